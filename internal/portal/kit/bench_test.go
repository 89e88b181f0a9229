package kit_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"wardportal/internal/account"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/portal/kit"
	"wardportal/internal/portal/mw"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const ward = authz.WardID(1)

// bench is a portal of a test's own routes on a real socket, with one official whose session token is at hand.
type bench struct {
	*dbtest.DB
	kit     *kit.Kit
	routes  *kit.Router
	server  *httptest.Server
	log     *logbook
	token   string
	account account.ID
}

// logbook is a log that tests may read while requests write it.
type logbook struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{DB: dbtest.New(t), log: &logbook{}}
	b.Owner(t, `
		insert into ward (id, code, name, province, created_at) values (1, 'chanh-lo', 'phường Chánh Lộ', 'tỉnh Quảng Ngãi', '2026-01-01');
		insert into association (id, ward_id, kind, slug, name) values (1, 1, 'NCT', 'nguoi-cao-tuoi', 'Hội Người cao tuổi')`)
	b.account, b.token = b.person(t, "canbo", authz.Grant{Role: authz.Official})
	b.server = httptest.NewUnstartedServer(nil)
	b.kit = kit.New(kit.Config{
		Pool: b.Pool, Log: slog.New(slog.NewJSONHandler(b.log, nil)), Secret: []byte("0123456789abcdef0123456789abcdef"),
		BaseURL: &url.URL{Scheme: "http", Host: b.server.Listener.Addr().String()}, Rate: 100_000,
	})
	mux := chi.NewRouter()
	mux.Use(mw.Headers(false), b.kit.Begin, mw.Throttle(b.kit), b.kit.Ward, mw.CrossOrigin(b.kit), middleware.GetHead)
	b.routes = b.kit.Router(mux)
	b.server.Config.Handler = mux
	b.server.Start()
	t.Cleanup(b.server.Close)
	return b
}

// person is an account with a right and an open session.
func (b *bench) person(t *testing.T, login string, g authz.Grant) (id account.ID, token string) {
	t.Helper()
	b.As(t, authz.System(ward, "thử"), func(ctx context.Context, tx *db.Tx) error {
		var err error
		if id, err = account.Create(ctx, tx, account.New{Login: login, Name: "Trần Thị Cán Bộ", PasswordHash: "-"}); err != nil {
			return err
		}
		if err := account.Give(ctx, tx, account.NewGrant{Account: id, Grant: g, StartsOn: tx.Today()}); err != nil {
			return err
		}
		o, err := account.Begin(ctx, tx, id, login, "192.0.2.1", "test", false, []byte("k"), "")
		token = o.Token
		return err
	})
	return id, token
}

// answer is what came back over the socket.
type answer struct {
	*http.Response
	body string
}

type option func(*http.Request)

func header(name, value string) option { return func(r *http.Request) { r.Header.Add(name, value) } }

func cookie(name, value string) option {
	return func(r *http.Request) { r.AddCookie(&http.Cookie{Name: name, Value: value}) }
}

// ask sends one request without following redirects or decoding; the official's session goes along unless told otherwise.
func (b *bench) ask(t *testing.T, method, path string, body io.Reader, opts ...option) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, b.server.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, o := range opts {
		o(req)
	}
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		return answer{Response: &http.Response{Header: http.Header{}}, body: err.Error()}
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return answer{Response: &http.Response{StatusCode: -1, Header: res.Header}, body: err.Error()}
	}
	return answer{Response: res, body: string(text)}
}

func (b *bench) signedIn() option { return cookie("phien", b.token) }

func (b *bench) post(t *testing.T, path string, form url.Values, opts ...option) answer {
	t.Helper()
	return b.ask(t, http.MethodPost, path, strings.NewReader(form.Encode()), append([]option{b.signedIn()}, opts...)...)
}

func (b *bench) get(t *testing.T, path string, opts ...option) answer {
	t.Helper()
	return b.ask(t, http.MethodGet, path, http.NoBody, opts...)
}

// set gives the value of a cookie that the answer sets; ok is false when it sets none.
func (a answer) set(name string) (value string, ok bool) {
	for _, c := range a.Cookies() {
		if c.Name == name {
			return c.Value, true
		}
	}
	return "", false
}

// words is a body of a page.
type words string

func (w words) Render(_ context.Context, out io.Writer) error {
	_, err := io.WriteString(out, string(w))
	return err
}

func page(text string) (kit.Reply, error) {
	return kit.Public(kit.PublicPage{Title: "Thử"}, words("<p>"+text+"</p>")), nil
}

func work(text string) (kit.Reply, error) {
	return kit.Work(kit.WorkPage{Title: "Thử"}, words("<p>"+text+"</p>")), nil
}
