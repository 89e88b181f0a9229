package accountui_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"wardportal/internal/db/dbtest"
	"wardportal/internal/sample/sampletest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestSignInLeadsToTheWorkplaceAndOut(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	b.Get(t, "/quan-ly").Want(t, 200, "Chào ông Thuận", "Hội Người cao tuổi")
	out := b.Follow(t, "/dang-xuat", url.Values{})
	out.Want(t, http.StatusOK, "Các hội của phường").Never(t, "Chào ông Thuận")
	b.Get(t, "/quan-ly").Want(t, http.StatusSeeOther)
}

func TestWrongAndUnknownGetTheSameAnswer(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	wrong := s.Nobody().Post(t, "/dang-nhap", url.Values{"login": {"tuyeunuoc"}, "password": {"sai-mat-khau"}})
	unknown := s.Nobody().Post(t, "/dang-nhap", url.Values{"login": {"khong-co-ai"}, "password": {"sai-mat-khau"}})
	wrong.Want(t, 422, "Tên đăng nhập hoặc mật khẩu chưa đúng")
	if a, b := strings.ReplaceAll(wrong.Text(), "tuyeunuoc", ""), strings.ReplaceAll(unknown.Text(), "khong-co-ai", ""); a != b {
		t.Errorf("the answers differ:\n%s\n%s", a, b)
	}
}

func TestFiveWrongTriesAreThrottledFromThatAddressOnly(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	for range 5 {
		s.Nobody().Post(t, "/dang-nhap", url.Values{"login": {"dacam"}, "password": {"sai"}}).Want(t, 422)
	}
	s.Nobody().Post(t, "/dang-nhap", url.Values{"login": {"dacam"}, "password": {"ChanhLo-2023!"}}).Want(t, 429, "đợi 15 phút")
	// Another account from the same address still gets in.
	sampletest.As(t, s, "nct").Get(t, "/quan-ly").Want(t, 200)
	// The attempts count, and what was typed is nowhere in clear.
	if n := s.Count(t, `select count(*) from sign_in_attempt where not ok`); n != 5 {
		t.Errorf("%d failed attempts kept, want 5", n)
	}
	if n := s.Count(t, `select count(*) from audit_log where action = 'session.refused'`); n != 5 {
		t.Errorf("%d refusals in the audit log, want 5", n)
	}
}

func TestTypedTextSurvivesAnExpiredSession(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	s.Owner(t, `update session set ended_at = created_at`)
	b.Post(t, "/quan-ly/tai-khoan/mat-khau", url.Values{"cu": {"mật khẩu cũ"}, "moi": {"mật khẩu mới"}}).Want(t, http.StatusSeeOther)
	if n := s.Count(t, `select count(*) from parked_post`); n != 0 {
		t.Errorf("a form with passwords was parked")
	}
	b.Post(t, "/quan-ly/tai-khoan/phien", url.Values{"phien": {"77"}, "ghi-chu": {"Câu dài ông Thuận vừa gõ"}}).Want(t, http.StatusSeeOther)
	page := b.Post(t, "/dang-nhap", url.Values{"login": {"nct"}, "password": {"ChanhLo-2023!"}})
	if page.Location != "/dang-nhap/gui-lai?ve=%2Fquan-ly" {
		t.Fatalf("sign-in leads to %q, want the parked post", page.Location)
	}
	again := b.Get(t, page.Location).Want(t, 200, "Gửi tiếp nội dung đang dở")
	if got := again.Form(t, "/quan-ly/tai-khoan/phien").Get("ghi-chu"); got != "Câu dài ông Thuận vừa gõ" {
		t.Errorf("parked text came back as %q", got)
	}
	again.Never(t, "ChanhLo-2023!")
}

func TestRedirectAfterSignInStaysHere(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	for _, back := range []string{"//xau.example", `/\xau.example`, "https://xau.example", "javascript:alert(1)", "/\t/xau.example"} {
		p := s.Nobody().Post(t, "/dang-nhap", url.Values{"login": {"nct"}, "password": {"ChanhLo-2023!"}, "ve": {back}})
		if p.Location != "/quan-ly" {
			t.Errorf("ve=%q leads to %q", back, p.Location)
		}
	}
	p := s.Nobody().Post(t, "/dang-nhap", url.Values{"login": {"nct"}, "password": {"ChanhLo-2023!"}, "ve": {"/quan-ly/tai-khoan"}})
	if p.Location != "/quan-ly/tai-khoan" {
		t.Errorf("an own path leads to %q", p.Location)
	}
}

func TestCrossSitePostsAreRefused(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.Server.URL+"/dang-nhap", strings.NewReader("login=nct&password=ChanhLo-2023!"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	s.Nobody().Do(t, req).Want(t, http.StatusForbidden, "một trang khác")
}

func TestBadBytesAreRefused(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	for name, body := range map[string]string{"NUL": "login=a%00b&password=x", "broken UTF-8": "login=%ff%fe&password=x", "broken escape": "login=%zz"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.Server.URL+"/dang-nhap", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if p := s.Nobody().Do(t, req); p.Status != http.StatusBadRequest {
			t.Errorf("%s: status %d, want 400", name, p.Status)
		}
	}
	big := url.Values{"login": {strings.Repeat("ă", 2<<20)}}
	s.Nobody().Post(t, "/dang-nhap", big).Want(t, http.StatusRequestEntityTooLarge)
}

func TestDisablingAnAccountEndsItsNextRequest(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "khuyenhoc")
	b.Get(t, "/quan-ly").Want(t, 200)
	s.Owner(t, `update account set disabled_at = created_at where login = 'khuyenhoc'`)
	b.Get(t, "/quan-ly").Want(t, http.StatusSeeOther)
}

func TestAPasswordChangeEndsEverySession(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	here, there := sampletest.As(t, s, "tnxp"), sampletest.As(t, s, "tnxp")
	page := here.Get(t, "/quan-ly/tai-khoan").Want(t, 200, "Thiết bị đang đăng nhập")
	form := page.Form(t, "/quan-ly/tai-khoan/mat-khau")
	form.Set("cu", "không phải mật khẩu")
	form.Set("moi", "bốn con trâu đi cày")
	here.Post(t, "/quan-ly/tai-khoan/mat-khau", form).Want(t, 422, "Mật khẩu đang dùng chưa đúng")
	form.Set("cu", "ChanhLo-2023!")
	form.Set("moi", "ngắn")
	here.Post(t, "/quan-ly/tai-khoan/mat-khau", form).Want(t, 422, "ít nhất 8 ký tự")
	form.Set("moi", "bốn con trâu đi cày")
	here.Post(t, "/quan-ly/tai-khoan/mat-khau", form).Want(t, http.StatusSeeOther)
	there.Get(t, "/quan-ly").Want(t, http.StatusSeeOther)
	s.As(t, "tnxp", "bốn con trâu đi cày")
}
