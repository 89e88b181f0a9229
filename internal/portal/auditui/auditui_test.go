package auditui_test

import (
	"net/http"
	"net/url"
	"testing"

	"wardportal/internal/db/dbtest"
	"wardportal/internal/sample/sampletest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestTheLogTellsWhoDidWhat(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	s.Nobody().Post(t, "/dang-nhap", url.Values{"login": {"nct"}, "password": {"sai mật khẩu rồi"}})
	sampletest.As(t, s, "nct")
	page := sampletest.As(t, s, "canbo").Get(t, "/quan-ly/nhat-ky")
	page.Want(t, http.StatusOK, "Đăng nhập không được", "Đăng nhập", "Hệ thống: đăng nhập").Never(t, "sai mật khẩu rồi", "session.begin")
	// Below the first page there is more, and the way back to the top.
	next := page.Find("a", "rel", "next")
	if len(next) == 0 {
		t.Fatal("a world of hundreds of acts has no second page")
	}
	sampletest.As(t, s, "quantri").Get(t, "/quan-ly/nhat-ky?sau=40").Want(t, http.StatusOK, "Nhật ký hệ thống")
	for _, login := range []string{"nct", "chihoi3", "bientap", "lanhdao"} {
		sampletest.As(t, s, login).Get(t, "/quan-ly/nhat-ky").Want(t, http.StatusForbidden)
	}
}
