package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func built1(t *testing.T) *store {
	t.Helper()
	s, err := load(fstest.MapFS{
		"manifest.json":       {Data: []byte(`{"portal.css":"portal-1a2b.css","touch.png":"touch-3c4d.png"}`)},
		"portal-1a2b.css":     {Data: []byte("body{color:red}")},
		"portal-1a2b.css.br":  {Data: []byte("BR")},
		"portal-1a2b.css.gz":  {Data: []byte("GZIP")},
		"touch-3c4d.png":      {Data: []byte("PNG")},
		"secret-not-built.js": {Data: []byte("x")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func fetch(s *store, method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestEncodingIsTheSmallestAccepted(t *testing.T) {
	t.Parallel()
	s := built1(t)
	for _, c := range []struct{ accept, encoding, body string }{
		{"gzip, deflate, br, zstd", "br", "BR"}, {"gzip, deflate", "gzip", "GZIP"}, {"", "", "body{color:red}"},
		{"br;q=0, gzip;q=0.5", "gzip", "GZIP"}, {"BR", "br", "BR"}, {"identity", "", "body{color:red}"}, {"xbr", "", "body{color:red}"},
	} {
		w := fetch(s, http.MethodGet, s.url("portal.css"), "Accept-Encoding", c.accept)
		if w.Code != 200 || w.Header().Get("Content-Encoding") != c.encoding || w.Body.String() != c.body {
			t.Errorf("%q: %d %q %q", c.accept, w.Code, w.Header().Get("Content-Encoding"), w.Body)
		}
		if got := w.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("Cache-Control %q", got)
		}
		if w.Header().Get("Vary") != "Accept-Encoding" || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/css") {
			t.Errorf("headers %v", w.Header())
		}
	}
	if w := fetch(s, http.MethodGet, s.url("touch.png"), "Accept-Encoding", "br"); w.Body.String() != "PNG" || w.Header().Get("Content-Encoding") != "" {
		t.Errorf("a picture without a second form: %q %q", w.Body, w.Header().Get("Content-Encoding"))
	}
}

func TestKnownETagIsNotSentAgain(t *testing.T) {
	t.Parallel()
	s := built1(t)
	etag := fetch(s, http.MethodGet, s.url("portal.css"), "Accept-Encoding", "br").Header().Get("ETag")
	w := fetch(s, http.MethodGet, s.url("portal.css"), "Accept-Encoding", "br", "If-None-Match", `"x", W/`+etag)
	if w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("%d with %d bytes", w.Code, w.Body.Len())
	}
	// Another encoding is another representation.
	if w := fetch(s, http.MethodGet, s.url("portal.css"), "If-None-Match", etag); w.Code != 200 {
		t.Errorf("plain bytes taken for brotli: %d", w.Code)
	}
}

func TestOnlyBuiltNamesAreServed(t *testing.T) {
	t.Parallel()
	s := built1(t)
	for _, path := range []string{"/tinh/portal.css", "/tinh/manifest.json", "/tinh/secret-not-built.js", "/tinh/portal-1a2b.css.br", "/tinh/", "/tinh/../embed.go"} {
		if w := fetch(s, http.MethodGet, path); w.Code != http.StatusNotFound || w.Header().Get("Cache-Control") != "" {
			t.Errorf("%s: %d, kept %q", path, w.Code, w.Header().Get("Cache-Control"))
		}
	}
	if w := fetch(s, http.MethodPost, s.url("portal.css")); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
	if w := fetch(s, http.MethodHead, s.url("portal.css")); w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "15" {
		t.Errorf("HEAD: %d, %d bytes, length %s", w.Code, w.Body.Len(), w.Header().Get("Content-Length"))
	}
}

func TestBrokenBuildsAreNamed(t *testing.T) {
	t.Parallel()
	for want, dir := range map[string]fstest.MapFS{
		"make assets":   {".keep": {}},
		"manifest.json": {"manifest.json": {Data: []byte("{")}},
		"app.js":        {"manifest.json": {Data: []byte(`{"app.js":"app-9.js"}`)}},
	} {
		if _, err := load(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not name %q", err, want)
		}
	}
}

func TestDrawings(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"minh-hoa-hoi-truong", "minh-hoa-phat-bieu-1", "minh-hoa-phat-bieu-2", "minh-hoa-thien-an"} {
		b, err := Drawing(name)
		if err != nil || !strings.HasPrefix(string(b), "<svg") || strings.Contains(string(b), "style=") {
			t.Errorf("%s: %v, or not a drawing that the policy allows", name, err)
		}
	}
	if _, err := Drawing("../emblem"); err == nil {
		t.Error("a path led out of the drawings")
	}
}

// What a first visit may weigh: the stylesheet, the emblem and 5 KB of HTML stay under 25 KB (ui.md §5).
func TestBudget(t *testing.T) {
	t.Parallel()
	if err := Built(); err != nil {
		t.Skip(err)
	}
	s, err := built()
	if err != nil {
		t.Fatal(err)
	}
	css, emblem, js := s.files[s.names["portal.css"]], s.files[s.names["emblem.svg"]], s.files[s.names["app.js"]]
	if n := len(css.br) + len(emblem.br); n > 17_000 {
		t.Errorf("stylesheet and emblem weigh %d bytes", n)
	}
	if n := len(js.br); n > 10_000 {
		t.Errorf("the script weighs %d bytes", n)
	}
}
