package kit_test

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/portal/kit"
)

func (b *bench) reading(t *testing.T) {
	t.Helper()
	long := strings.Repeat("Hội Người cao tuổi phường Chánh Lộ. ", 60)
	b.routes.Get("/bai", kit.Anyone, func(*http.Request, *db.Tx) (kit.Reply, error) { return page(long) })
	b.routes.Get("/dang-ky", kit.Anyone, func(*http.Request, *db.Tx) (kit.Reply, error) {
		return kit.Public(kit.PublicPage{Title: "Thử", Script: true}, words(long)), nil
	})
	b.routes.Get("/quan-ly", kit.May(authz.UseWorkplace), func(*http.Request, *db.Tx) (kit.Reply, error) { return work(long) })
	b.routes.Get("/quan-ly/anh", kit.May(authz.UseWorkplace), func(*http.Request, *db.Tx) (kit.Reply, error) {
		return kit.Inline("image/jpeg", func(_ context.Context, w io.Writer) error { _, err := io.WriteString(w, "JPEG"); return err }).Header("ETag", `"a1"`), nil
	})
	b.routes.Get("/robots.txt", kit.Anyone, func(*http.Request, *db.Tx) (kit.Reply, error) {
		return kit.Inline("text/plain; charset=utf-8", func(_ context.Context, w io.Writer) error { _, err := io.WriteString(w, "User-agent: *\n"); return err }), nil
	})
	b.routes.Get("/khong-co", kit.Anyone, func(*http.Request, *db.Tx) (kit.Reply, error) { return kit.Reply{}, fault.Missing() })
}

// Pages travel in the encoding that was asked for and say the same in each; HEAD tells the length that GET has.
func TestEncodings(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.reading(t)
	plain := b.get(t, "/bai")
	for accept, want := range map[string]string{
		"gzip, deflate, br": "br", "gzip": "gzip", "br;q=0, gzip": "gzip", "br;q=0.0,gzip;q=0.000": "", "identity": "", "": "", "GZIP;q=0.5": "gzip", "br ; q = 0.1": "br", "xbr": "",
	} {
		a := b.get(t, "/bai", header("Accept-Encoding", accept))
		var text io.Reader = strings.NewReader(a.body)
		switch a.Header.Get("Content-Encoding") {
		case "br":
			text = brotli.NewReader(text)
		case "gzip":
			z, err := gzip.NewReader(text)
			if err != nil {
				t.Fatal(err)
			}
			text = z
		}
		body, err := io.ReadAll(text)
		if err != nil || string(body) != plain.body || a.Header.Get("Content-Encoding") != want || a.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("accepting %q: %q, same text %v, %v", accept, a.Header.Get("Content-Encoding"), string(body) == plain.body, err)
		}
		head := b.ask(t, http.MethodHead, "/bai", http.NoBody, header("Accept-Encoding", accept))
		if head.StatusCode != http.StatusOK || head.body != "" || head.ContentLength != a.ContentLength || head.Header.Get("ETag") != a.Header.Get("ETag") {
			t.Errorf("HEAD accepting %q: %d, length %d, want %d", accept, head.StatusCode, head.ContentLength, a.ContentLength)
		}
	}
	if a := b.get(t, "/bai", header("Range", "bytes=0-9")); a.StatusCode != http.StatusOK || a.body != plain.body {
		t.Errorf("a range of a page: %d", a.StatusCode)
	}
}

func TestUnchangedPagesAreNotSentAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.reading(t)
	for path, as := range map[string]option{"/bai": cookie("x", "y"), "/robots.txt": cookie("x", "y"), "/quan-ly/anh": b.signedIn()} {
		tag := b.get(t, path, as).Header.Get("ETag")
		if tag == "" {
			t.Fatalf("%s has no tag", path)
		}
		for _, ask := range []string{tag, `"zzz", ` + tag} {
			if a := b.get(t, path, as, header("If-None-Match", ask)); a.StatusCode != http.StatusNotModified || a.body != "" || a.Header.Get("Content-Type") != "" {
				t.Errorf("%s with its tag: %d %q", path, a.StatusCode, a.body)
			}
		}
		if a := b.get(t, path, as, header("If-None-Match", `"zzz"`)); a.StatusCode != http.StatusOK || a.body == "" {
			t.Errorf("%s with another tag: %d", path, a.StatusCode)
		}
	}
	if a := b.get(t, "/quan-ly/anh", header("If-None-Match", `"a1"`)); a.StatusCode != http.StatusSeeOther {
		t.Errorf("a tag opens a picture of the workplace: %d", a.StatusCode)
	}
}

// ASVS 14.3.2: what a signed-in person saw stays in no cache; neither do forms, errors and redirects.
func TestASVS14_3_2_SignedInPagesAreKeptNowhere(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.reading(t)
	for path, want := range map[string]string{
		"/quan-ly": "no-store", "/quan-ly/anh": "private, no-cache", "/dang-ky": "no-store", "/khong-co": "no-store", "/bai": "no-cache",
	} {
		a := b.get(t, path, b.signedIn())
		if got := a.Header.Get("Cache-Control"); got != want || want == "no-store" && a.Header.Get("ETag") != "" {
			t.Errorf("%s: Cache-Control %q, ETag %q, want %q", path, got, a.Header.Get("ETag"), want)
		}
	}
	if a := b.get(t, "/quan-ly"); a.StatusCode != http.StatusSeeOther || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the way to the sign-in page: %d %q", a.StatusCode, a.Header.Get("Cache-Control"))
	}
}

// ASVS 3.4.1–3.4.8: every answer carries the headers, those of errors and redirects included.
func TestASVS3_4_SecurityHeaders(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.reading(t)
	for _, path := range []string{"/bai", "/quan-ly", "/khong-co", "/robots.txt", "/quan-ly/anh"} {
		h := b.get(t, path, b.signedIn()).Header
		csp := h.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: the policy lacks %q", path, want)
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") {
			t.Errorf("%s: policy %q", path, csp)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if len(h.Get("X-Request-Id")) != 9 || h.Get("Server") != "" || h.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: %v", path, h)
		}
	}
}

// ASVS 3.5.1: a post from another site is refused before anything is done, whatever way the browser tells; reading is not.
func TestASVS3_5_1_CrossSitePostsAreRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.reading(t)
	b.routes.Post(addPath, kit.May(authz.WriteAssociation), addBranch)
	body := func() io.Reader { return strings.NewReader("ten=Chi+hoi+9") }
	for name, o := range map[string]option{
		"cross-site": header("Sec-Fetch-Site", "cross-site"), "same-site": header("Sec-Fetch-Site", "same-site"), "foreign origin": header("Origin", "https://xau.example"), "null origin": header("Origin", "null"),
	} {
		if a := b.ask(t, http.MethodPost, addPath, body(), b.signedIn(), o); a.StatusCode != http.StatusForbidden || b.branches(t) != 0 || !strings.Contains(a.body, "một trang khác") {
			t.Errorf("%s: %d, %d branches", name, a.StatusCode, b.branches(t))
		}
		if a := b.get(t, "/bai", o); a.StatusCode != http.StatusOK {
			t.Errorf("%s: reading gives %d", name, a.StatusCode)
		}
	}
	if a := b.ask(t, http.MethodPost, addPath, body(), b.signedIn(), header("Sec-Fetch-Site", "same-origin"), header("Origin", b.server.URL)); a.StatusCode != http.StatusSeeOther {
		t.Errorf("one's own form: %d", a.StatusCode)
	}
}

// The log names routes, not addresses: people search for people (security bar §0.7).
func TestTheLogNamesRoutesOnly(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.reading(t)
	b.routes.Get("/hoi-vien/{id}", kit.May(authz.ReadRoster), func(*http.Request, *db.Tx) (kit.Reply, error) { return work("x") })
	b.get(t, "/hoi-vien/Canary-Thuan?q=canary-0905123456", b.signedIn(), header("User-Agent", "canary-agent"), header("Referer", "http://x/canary"))
	b.get(t, "/khong/co/canary-duong-dan")
	b.get(t, "/bai", func(r *http.Request) { r.Host = "canary.example" })
	if log := b.log.String(); strings.Contains(strings.ToLower(log), "canary") || !strings.Contains(log, `"route":"/hoi-vien/{id}"`) || !strings.Contains(log, `"status":404`) {
		t.Errorf("the log says: %s", log)
	}
}
