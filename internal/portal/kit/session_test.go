package kit_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"wardportal/internal/account"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/portal/kit"
)

// ASVS 8.2.1: the first fence, before a handler or a body is touched.
func TestTheRouteFence(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ran := 0
	b.routes.Get("/quan-ly/so", kit.May(authz.ManageAccounts), func(*http.Request, *db.Tx) (kit.Reply, error) { ran++; return work("mật") })
	b.routes.Post("/quan-ly/so", kit.May(authz.ManageAccounts), func(*http.Request, *db.Tx) (kit.Reply, error) { ran++; return work("mật") })
	if a := b.get(t, "/quan-ly/so", b.signedIn()); a.StatusCode != http.StatusForbidden || strings.Contains(a.body, "mật") {
		t.Errorf("an official reads: %d", a.StatusCode)
	}
	if a := b.post(t, "/quan-ly/so", nil); a.StatusCode != http.StatusForbidden {
		t.Errorf("an official posts: %d", a.StatusCode)
	}
	if a := b.get(t, "/quan-ly/so?a=1&b=2"); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/dang-nhap?ve=%2Fquan-ly%2Fso%3Fa%3D1%26b%3D2" {
		t.Errorf("nobody reads: %d %s", a.StatusCode, a.Header.Get("Location"))
	}
	if ran != 0 {
		t.Errorf("the handler ran %d times", ran)
	}
	_, admin := b.person(t, "quantri", authz.Grant{Role: authz.Admin})
	if a := b.get(t, "/quan-ly/so", cookie("phien", admin)); a.StatusCode != http.StatusOK || ran != 1 {
		t.Errorf("an admin reads: %d", a.StatusCode)
	}
}

// Uses are collected in memory and only once a minute per session: a read request never writes.
func TestUseOfASessionIsNotedInMemory(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Get("/quan-ly", kit.May(authz.UseWorkplace), func(*http.Request, *db.Tx) (kit.Reply, error) { return work("x") })
	b.get(t, "/quan-ly", b.signedIn())
	if seen := b.kit.TakeSeen(); len(seen) != 0 {
		t.Errorf("a session used a moment ago is noted again: %v", seen)
	}
	b.Owner(t, `update session set seen_at = seen_at - interval '2 minutes'`)
	for range 3 {
		b.get(t, "/quan-ly", b.signedIn())
	}
	seen := b.kit.TakeSeen()
	if len(seen) != 1 || !seen[0].At.Equal(dbtest.Instant) || len(b.kit.TakeSeen()) != 0 {
		t.Errorf("noted %v", seen)
	}
	b.As(t, authz.System(ward, "thử"), func(ctx context.Context, tx *db.Tx) error { return account.FlushSeen(ctx, tx, seen) })
	if n := b.Count(t, `select count(*) from session where seen_at = $1`, dbtest.Instant); n != 1 {
		t.Error("the flush wrote nothing")
	}
}

// A host name of no ward is a 404 page, and inventing host names is throttled like everything else.
func TestHostsOfNoWard(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Get("/", kit.Anyone, func(r *http.Request, _ *db.Tx) (kit.Reply, error) {
		return kit.Public(kit.PublicPage{Title: "Thử", Path: "/x"}, words(b.kit.Absolute("/y")+b.kit.FactsOf(r.Context()).Ward.Name)), nil
	})
	host := func(h string) option { return func(r *http.Request) { r.Host = h } }
	if a := b.get(t, "/", host("xau.example")); a.StatusCode != http.StatusOK || strings.Contains(a.body, "xau.example") {
		t.Errorf("the only ward answers to every name, but never repeats it: %d %v", a.StatusCode, strings.Contains(a.body, "xau.example"))
	}
	b.Owner(t, `update ward set hosts = '{chanhlo.example}'`)
	b.kit.Forget()
	for h, want := range map[string]int{"chanhlo.example": 200, "CHANHLO.example:8080": 200, "xau.example": 404, "[::1]:80": 404} {
		if a := b.get(t, "/", host(h)); a.StatusCode != want {
			t.Errorf("%s: %d, want %d", h, a.StatusCode, want)
		}
	}
	if a := b.get(t, "/", host("xau.example")); !strings.Contains(a.body, "Chưa có phường nào dùng địa chỉ này") {
		t.Errorf("unknown name: %s", a.body)
	}
}

// F8, F10: a page that takes too long is answered with "busy" while others go on; a lock is not waited for for ever.
func TestF11ALockedTableIsABusyPage(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Get("/cham", kit.Anyone, func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		if _, err := tx.Exec(r.Context(), `set local statement_timeout = '60ms'`); err != nil {
			return kit.Reply{}, err
		}
		_, err := tx.Exec(r.Context(), `select pg_sleep(9)`)
		return kit.Reply{}, err
	})
	b.routes.Get("/han", kit.Anyone, func(r *http.Request, _ *db.Tx) (kit.Reply, error) {
		deadline, ok := r.Context().Deadline()
		if left := time.Until(deadline); !ok || left > 15*time.Second {
			t.Errorf("a page may take %v (deadline %v)", left, ok)
		}
		return page("x")
	})
	a := b.get(t, "/cham")
	if a.StatusCode != http.StatusServiceUnavailable || a.Header.Get("Retry-After") != "30" || !strings.Contains(a.body, "Hệ thống đang bận") || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v", a.StatusCode, a.Header)
	}
	if a := b.get(t, "/han"); a.StatusCode != http.StatusOK {
		t.Errorf("%d", a.StatusCode)
	}
}
