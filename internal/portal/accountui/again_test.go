package accountui_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample"
	"wardportal/internal/sample/sampletest"
)

const devices = "/quan-ly/tai-khoan/phien"

func signIn(t *testing.T, b *portaltest.Browser, login string) *portaltest.Page {
	t.Helper()
	return b.Post(t, "/dang-nhap", url.Values{"login": {login}, "password": {sample.Password}, "ve": {"/quan-ly/tai-khoan"}})
}

// At a shared machine whoever signs in next holds the cookie of what another typed: they go where they wanted to, the owner
// finds the text again, sees it however often the page is loaded, and may give it up.
func TestParkedTextWaitsForItsOwner(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	s.Owner(t, `update session set ended_at = created_at`)
	b.Post(t, devices, url.Values{"phien": {"77"}, "ghi-chu": {"canary: bà Hoa đau khớp"}}).Want(t, http.StatusSeeOther)

	other := signIn(t, b, "khuyenhoc")
	shown := b.Get(t, other.Location).Never(t, "canary")
	if shown.Status != http.StatusSeeOther || shown.Location != "/quan-ly/tai-khoan" {
		t.Errorf("another person at the machine: %d %s", shown.Status, shown.Location)
	}
	b.Post(t, "/dang-xuat", nil).Want(t, http.StatusSeeOther)

	mine := signIn(t, b, "nct")
	b.Get(t, mine.Location).Want(t, 200, "canary: bà Hoa đau khớp")
	page := b.Get(t, mine.Location).Want(t, 200, "Gửi tiếp nội dung đang dở", "canary")
	if got := page.Form(t, devices).Get("ghi-chu"); got != "canary: bà Hoa đau khớp" {
		t.Errorf("the form carries %q", got)
	}
	b.Post(t, "/dang-nhap/gui-lai", page.Form(t, "/dang-nhap/gui-lai")).Want(t, http.StatusSeeOther)
	if n := s.Count(t, `select count(*) from parked_post`); n != 0 {
		t.Error("given up, and still kept")
	}
	if again := b.Get(t, mine.Location); again.Status != http.StatusSeeOther {
		t.Errorf("given up, and still shown: %d", again.Status)
	}
}

// ASVS 7.4.4: signing out always works: with an expired session, without any right, twice.
func TestASVS7_4_4_SigningOutAlwaysWorks(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	for name, sql := range map[string]string{
		"nct": `select 1`, "khuyenhoc": `update session set seen_at = seen_at - interval '2 hours'`, "dacam": `update account_grant set ends_on = starts_on, starts_on = starts_on - 9`,
	} {
		b := sampletest.As(t, s, name)
		s.Owner(t, sql)
		for range 2 {
			out := b.Post(t, "/dang-xuat", nil).Want(t, http.StatusSeeOther)
			if out.Location != "/" || !strings.Contains(out.Header.Get("Clear-Site-Data"), "storage") {
				t.Errorf("%s: leads to %s, clears %s", name, out.Location, out.Header.Get("Clear-Site-Data"))
			}
		}
		if n := s.Count(t, `select count(*) from session s join account a on a.id = s.account_id where a.login = $1 and s.ended_at is null`, name); n != 0 {
			t.Errorf("%s: the session lives on", name)
		}
	}
	if n := s.Count(t, `select count(*) from audit_log where action = 'session.end'`); n != 3 {
		t.Errorf("%d ends in the audit log, want 3", n)
	}
}

// ASVS 6.3.1: at an unlocked machine nobody guesses the password through the form that changes it.
func TestASVS6_3_1_ChangingAPasswordIsThrottled(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "tnxp")
	guess := func(old string) *portaltest.Page {
		return b.Post(t, "/quan-ly/tai-khoan/mat-khau", url.Values{"cu": {old}, "moi": {"bốn con trâu đi cày"}})
	}
	for range 5 {
		guess("sai rồi").Want(t, 422, "Mật khẩu đang dùng chưa đúng")
	}
	guess(sample.Password).Want(t, http.StatusTooManyRequests)
	sampletest.As(t, s, "tnxp") // the sign-in of the rightful owner is not closed by it
}

// Ward staff have longer passwords, and the page says which length is theirs.
func TestThePageNamesTheOwnLength(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	chair, official := sampletest.As(t, s, "nct"), sampletest.As(t, s, "canbo")
	chair.Get(t, "/quan-ly/tai-khoan").Want(t, 200, "Ít nhất 8 ký tự")
	official.Get(t, "/quan-ly/tai-khoan").Want(t, 200, "Ít nhất 12 ký tự")
	official.Post(t, "/quan-ly/tai-khoan/mat-khau", url.Values{"cu": {sample.Password}, "moi": {"mười một ch"}}).Want(t, 422, "ít nhất 12 ký tự")
}

// ASVS 3.3.1–3.3.4: the session cookie is out of scripts' reach and of other sites'; behind https it has the prefix as well.
func TestASVS3_3_TheSessionCookie(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	for scheme, want := range map[string]string{"http": "phien=", "https": "__Host-phien="} {
		s.Kit.BaseURL.Scheme = scheme
		page := s.Nobody().Post(t, "/dang-nhap", url.Values{"login": {"nct"}, "password": {sample.Password}, "may-rieng": {"1"}})
		line := page.Header.Get("Set-Cookie")
		for _, part := range []string{want, "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="} {
			if !strings.Contains(line, part) {
				t.Errorf("%s: %q lacks %s", scheme, line, part)
			}
		}
		if strings.Contains(line, "Domain") || strings.Contains(line, "Secure") != (scheme == "https") {
			t.Errorf("%s: %q", scheme, line)
		}
	}
	s.Kit.BaseURL.Scheme = "http"
	shared := s.Nobody().Post(t, "/dang-nhap", url.Values{"login": {"canbo"}, "password": {sample.Password}, "may-rieng": {"1"}})
	if line := shared.Header.Get("Set-Cookie"); strings.Contains(line, "Max-Age") {
		t.Errorf("an official's cookie outlives the browser: %q", line)
	}
}
