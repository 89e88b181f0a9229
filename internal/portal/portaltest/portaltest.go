// Package portaltest drives the real router over a clone of the sample ward, as any of the demo accounts: page tests see
// what a browser sees, down to cookies and redirects.
package portaltest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/portal"
	"wardportal/internal/portal/kit"
)

// Secret is the tests' secret file.
var Secret = []byte("0123456789abcdef0123456789abcdef")

// Build fills a database; sample.Load is the usual one. It is passed in because sample stands above portal.
type Build func(ctx context.Context, pool *db.Pool) error

// Site is one test's portal over a database of its own.
type Site struct {
	*dbtest.DB
	Server *httptest.Server
	Kit    *kit.Kit
	Portal *portal.Site
}

// Start clones the world that build fills (once per key and state of the migrations) and serves it.
func Start(t testing.TB, key string, build Build) *Site {
	t.Helper()
	return StartAt(t, key, build, func() time.Time { return dbtest.Instant })
}

// StartAt is Start with a clock of the test's own.
func StartAt(t testing.TB, key string, build Build, now func() time.Time) *Site {
	t.Helper()
	d := dbtest.From(t, key, now, build)
	server := httptest.NewUnstartedServer(nil)
	base := &url.URL{Scheme: "http", Host: server.Listener.Addr().String()}
	k := kit.New(kit.Config{Pool: d.Pool, Log: slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelError})), Secret: Secret, BaseURL: base, Rate: 100_000})
	site := portal.New(k)
	server.Config.Handler = site
	server.Start()
	t.Cleanup(server.Close)
	return &Site{DB: d, Server: server, Kit: k, Portal: site}
}

type testWriter struct{ t testing.TB }

func (w testWriter) Write(p []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

// Browser is one person's browser: it keeps cookies and does not follow redirects.
type Browser struct {
	site   *Site
	client *http.Client
}

// Nobody is a resident's browser.
func (s *Site) Nobody() *Browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		panic(err) // New fails only on options it was not given
	}
	return &Browser{site: s, client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// As signs in as a demo account.
func (s *Site) As(t testing.TB, login, password string) *Browser {
	t.Helper()
	b := s.Nobody()
	page := b.Post(t, "/dang-nhap", url.Values{"login": {login}, "password": {password}})
	if page.Status != http.StatusSeeOther {
		t.Fatalf("sign-in as %s: status %d: %s", login, page.Status, page.Text())
	}
	return b
}

// Page is an answer.
type Page struct {
	Status   int
	Header   http.Header
	Location string
	Body     string
	Doc      *html.Node
}

// Get asks for a page.
func (b *Browser) Get(t testing.TB, path string) *Page {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.site.Server.URL+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	return b.Do(t, req)
}

// Post sends a form.
func (b *Browser) Post(t testing.TB, path string, form url.Values) *Page {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.site.Server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.Do(t, req)
}

// Follow posts a form, expects a redirect and gives the page it leads to.
func (b *Browser) Follow(t testing.TB, path string, form url.Values) *Page {
	t.Helper()
	p := b.Post(t, path, form)
	if p.Status != http.StatusSeeOther {
		t.Fatalf("post %s: status %d, want 303: %s", path, p.Status, p.Text())
	}
	return b.Get(t, p.Location)
}

// Do sends any request with the browser's cookies.
func (b *Browser) Do(t testing.TB, req *http.Request) *Page {
	t.Helper()
	res, err := b.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	p := &Page{Status: res.StatusCode, Header: res.Header, Location: res.Header.Get("Location"), Body: string(body)}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		if p.Doc, err = html.Parse(strings.NewReader(p.Body)); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// Want fails the test unless the page has the status and all the texts.
func (p *Page) Want(t testing.TB, status int, texts ...string) *Page {
	t.Helper()
	if p.Status != status {
		t.Fatalf("status %d, want %d: %s", p.Status, status, p.Text())
	}
	text := p.Text()
	for _, want := range texts {
		if !strings.Contains(text, want) {
			t.Errorf("page does not say %q; it says: %s", want, text)
		}
	}
	return p
}

// Never fails the test when the page, markup included, has one of the texts.
func (p *Page) Never(t testing.TB, texts ...string) *Page {
	t.Helper()
	for _, bad := range texts {
		if strings.Contains(p.Body, bad) {
			t.Errorf("page says %q and must not", bad)
		}
	}
	return p
}

// Text is what the page says, blanks collapsed.
func (p *Page) Text() string {
	if p.Doc == nil {
		return p.Body
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(p.Doc)
	return strings.Join(strings.Fields(b.String()), " ")
}

// Find gives every element of the tag that has the attribute with the value ("" = any value).
func (p *Page) Find(tag, attr, value string) []*html.Node {
	var found []*html.Node
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && n.Data == tag {
			if v, ok := Attr(n, attr); ok && (value == "" || v == value) {
				found = append(found, n)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	if p.Doc != nil {
		walk(p.Doc)
	}
	return found
}

// Form gives the fields of the first form whose action is the path, as a browser would post them.
func (p *Page) Form(t testing.TB, action string) url.Values {
	t.Helper()
	for _, f := range p.Find("form", "action", action) {
		return fields(f)
	}
	t.Fatalf("page has no form with action %q", action)
	return nil
}

func fields(form *html.Node) url.Values {
	out := url.Values{}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			name, _ := Attr(n, "name")
			switch n.Data {
			case "input":
				kind, _ := Attr(n, "type")
				_, checked := Attr(n, "checked")
				value, _ := Attr(n, "value")
				if name != "" && kind != "submit" && kind != "file" && (kind != "radio" && kind != "checkbox" || checked) {
					out.Add(name, value)
				}
			case "textarea":
				if n.FirstChild != nil {
					out.Add(name, n.FirstChild.Data)
				} else {
					out.Add(name, "")
				}
			case "select":
				out.Set(name, selected(n))
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(form)
	return out
}

func selected(n *html.Node) string {
	first, chosen, any, has := "", "", false, false
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.Data != "option" {
			continue
		}
		v, _ := Attr(c, "value")
		if !any {
			first, any = v, true // the first option counts although its value may be empty
		}
		if _, ok := Attr(c, "selected"); ok {
			chosen, has = v, true
		}
	}
	if has {
		return chosen
	}
	return first
}

// Attr gives an attribute of an element.
func Attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}
