package kit_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/portal/kit"
	"wardportal/web/ui"
)

// The session expired while somebody typed: the text is kept for them, and for nobody else.
func TestOnlyAnExpiredSessionParks(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Post(addPath, kit.May(authz.WriteAssociation), addBranch)
	b.routes.Post("/quan-ly/mat-khau", kit.May(authz.UseWorkplace), addBranch, kit.Secret())
	b.Owner(t, `update session set ended_at = created_at`)
	form := url.Values{"ten": {"canary Chi hội 9"}, kit.FormKey: {aKey}}
	parked := func() int { return b.Count(t, `select count(*) from parked_post`) }
	for name, o := range map[string]option{"a stranger": cookie("x", "y"), "an invented session": cookie("phien", strings.Repeat("A", 43)), "an own cookie for parked text": cookie("gui-lai", "AAAAAAAAAAAAAAAAAAAAAAAAAA")} {
		a := b.ask(t, http.MethodPost, addPath, strings.NewReader(form.Encode()), o)
		if _, ok := a.set("gui-lai"); a.StatusCode != http.StatusSeeOther || ok || parked() != 0 {
			t.Errorf("%s: %d, %d parked", name, a.StatusCode, parked())
		}
	}
	if a := b.post(t, "/quan-ly/mat-khau", form); a.StatusCode != http.StatusSeeOther || parked() != 0 {
		t.Errorf("a form with passwords: %d, %d parked", a.StatusCode, parked())
	}
	a := b.post(t, addPath+"?hoi=1", form, header("Referer", b.server.URL+"/quan-ly/chi-hoi?hoi=1"))
	token, ok := a.set("gui-lai")
	if !ok || len(token) < 26 || parked() != 1 || b.branches(t) != 0 {
		t.Fatalf("%d, token %q, %d parked", a.StatusCode, token, parked())
	}
	if got := a.Header.Get("Location"); got != "/dang-nhap?ve=%2Fquan-ly%2Fchi-hoi%3Fhoi%3D1" {
		t.Errorf("leads to %s, want back to the page of the form", got)
	}
	if a := b.post(t, addPath, form, header("Referer", "https://xau.example/x")); a.Header.Get("Location") != "/dang-nhap?ve=%2Fquan-ly" {
		t.Errorf("a foreign referer leads to %s", a.Header.Get("Location"))
	}
	if log := b.log.String(); strings.Contains(log, "canary") || strings.Contains(log, token) {
		t.Error("what was typed is in the log")
	}
}

// The row and the cookie go when the form was taken, be it with complaints, and stay while the database was busy.
func TestParkedTextGoesWhenItsFormWasTaken(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Post(addPath, kit.May(authz.WriteAssociation), addBranch)
	park := func() string {
		b.Owner(t, `update session set ended_at = created_at`)
		token, _ := b.post(t, addPath, url.Values{"ten": {"Chi hội 9"}}).set("gui-lai")
		b.Owner(t, `update session set ended_at = null`)
		return token
	}
	parked := func() int { return b.Count(t, `select count(*) from parked_post`) }
	for name, c := range map[string]struct {
		form   url.Values
		status int
	}{
		"carried out": {url.Values{"ten": {"Chi hội 9"}, kit.ParkedField: {"1"}}, http.StatusSeeOther},
		"shown again": {url.Values{"ten": {""}, kit.ParkedField: {"1"}}, http.StatusUnprocessableEntity},
	} {
		a := b.post(t, addPath, c.form, cookie("gui-lai", park()))
		if value, set := a.set("gui-lai"); a.StatusCode != c.status || !set || value != "" || parked() != 0 {
			t.Errorf("%s: %d, cookie cleared %v, %d parked", name, a.StatusCode, set, parked())
		}
	}
	token := park()
	if a := b.post(t, addPath, url.Values{"ten": {"Chi hội 10"}}, cookie("gui-lai", token)); a.StatusCode != http.StatusSeeOther || parked() != 1 {
		t.Errorf("another form took the parked text away: %d, %d parked", a.StatusCode, parked())
	}
	b.Owner(t, `create function busy() returns trigger language plpgsql as $$ begin raise exception 'busy' using errcode = '55P03'; end $$; create trigger busy before insert on branch for each row execute function busy()`)
	a := b.post(t, addPath, url.Values{"ten": {"Chi hội 11"}, kit.ParkedField: {"1"}}, cookie("gui-lai", token))
	if _, set := a.set("gui-lai"); a.StatusCode != http.StatusServiceUnavailable || set || parked() != 1 || a.Header.Get("Retry-After") == "" {
		t.Errorf("in a busy moment: %d, cookie touched %v, %d parked", a.StatusCode, set, parked())
	}
}

// The message after a redirect is shown once, is believed only when signed here, and only for a minute.
func TestMessagesCannotBeForged(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Post("/quan-ly/luu", kit.May(authz.UseWorkplace), func(*http.Request, *db.Tx) (kit.Reply, error) {
		return kit.Redirect("/quan-ly").Flash(ui.Good, "Đã lưu hồ sơ <b>canary</b>."), nil
	})
	b.routes.Get("/quan-ly", kit.May(authz.UseWorkplace), func(*http.Request, *db.Tx) (kit.Reply, error) { return work("trang") })
	b.routes.Get("/", kit.Anyone, func(*http.Request, *db.Tx) (kit.Reply, error) { return page("trang") })
	a := b.post(t, "/quan-ly/luu", nil)
	value, ok := a.set("tin")
	if !ok || a.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d, no message", a.StatusCode)
	}
	shown := b.get(t, "/quan-ly", b.signedIn(), cookie("tin", value))
	if cleared, set := shown.set("tin"); !strings.Contains(shown.body, "Đã lưu hồ sơ &lt;b&gt;canary") || !set || cleared != "" {
		t.Errorf("shown %v, cleared %v", strings.Contains(shown.body, "canary"), set)
	}
	head, tail, _ := strings.Cut(value, ".")
	for name, forged := range map[string]string{
		"another text": "eyJmIjp7IlRvbmUiOjEsIlRleHQiOiJjYW5hcnkifSwidCI6MTc2MzI2MjYwMH0." + tail, "no signature": head + ".", "signature of nothing": "." + tail, "cut": value[:len(value)-2], "not base64": "*.*",
	} {
		if p := b.get(t, "/quan-ly", b.signedIn(), cookie("tin", forged)); p.StatusCode != http.StatusOK || strings.Contains(p.body, "canary") {
			t.Errorf("%s: %d, shown %v", name, p.StatusCode, strings.Contains(p.body, "canary"))
		}
	}
	// A public page that shows a message is not the one that others get.
	plain, with := b.get(t, "/"), b.get(t, "/", cookie("tin", value))
	if plain.Header.Get("ETag") == with.Header.Get("ETag") || strings.Contains(plain.body, "canary") {
		t.Error("a page with a message has the tag of the page without")
	}
}
