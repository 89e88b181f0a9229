package e2e

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"wardportal/internal/portal/portaltest"
)

// theBarSeesFaults holds a page with one fault of each kind against the bar: a bar that finds nothing proves nothing.
func theBarSeesFaults(t *testing.T, chrome context.Context, site *portaltest.Site) {
	bad := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		_, _ = w.Write([]byte(`<!doctype html><html lang="vi"><title>Thử</title><main><h1>Thử</h1><img src="/khong-co"><div style="width:500px">Rộng</div></main><script>alert(1)</script></html>`))
	}))
	t.Cleanup(bad.Close)
	p := comes(t, chrome, site, "thuoc-do")
	p.must(chromedp.Do(p.ctx, chromedp.Navigate(bad.URL)))
	got := strings.Join(p.faults(), "\n")
	for _, want := range []string{"image-alt", "wider than 360 px", "Content Security Policy"} {
		if !strings.Contains(got, want) {
			t.Errorf("the bar misses %s; it sees %s", want, got)
		}
	}
}
