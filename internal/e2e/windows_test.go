package e2e

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"wardportal/internal/db/dbtest"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample"
	"wardportal/internal/sample/sampletest"
)

// twoWindows is one form open twice: who saves second gets three columns, chooses, and nothing typed is lost.
func twoWindows(t *testing.T, chrome context.Context, site *portaltest.Site) {
	first := comes(t, chrome, site, "hai-cua-so").signsIn("nct")
	first.press("Hội viên", "Việc cần làm").addsMember("Nguyễn Thị Thanh Quýt")
	profile := first.path()
	second := first.secondWindow()
	second.opens(profile).press("Sửa hồ sơ")
	first.press("Sửa hồ sơ").fill("Điện thoại (nếu có)", "0900 000 099").fill("Tên thường gọi", "Bà Năm").press("Lưu").is(http.StatusOK)

	second.fill("Điện thoại (nếu có)", "0900 000 111").fill("Chỗ ở", "Hẻm 12, tổ dân phố 3").press("Lưu").is(http.StatusConflict).
		sees("Có người vừa sửa cùng hồ sơ này", "Lúc ông/bà mở", "Ông/bà nhập", "Hiện nay", "0900 000 027", "0900 000 111", "0900 000 099")
	second.tick("0900 000 111", "Điện thoại").press("Lưu theo lựa chọn").is(http.StatusOK).at(profile).
		sees("0900 000 111", "Hẻm 12, tổ dân phố 3", "Bà Năm")

	twoReports(t, first, second)
}

// twoReports is the same with the report: cells that only one changed are kept, the one both changed is asked for.
func twoReports(t *testing.T, first, second *person) {
	const gifts = "Suất quà tặng hội viên khó khăn, lễ Tết"
	const box = "Thực hiện năm 2026: "
	const all = "/quan-ly/bao-cao/2026/nguoi-cao-tuoi?muc=tat-ca"
	first.opens(all)
	second.opens(all)
	first.fill(box+visits, "21").press("Lưu tạm").is(http.StatusOK)
	second.fill(box+visits, "22").fill(box+gifts, "33").press("Lưu tạm").is(http.StatusConflict).
		sees("Có người vừa sửa cùng báo cáo này", "21", "22")
	second.tick("22", visits).press("Lưu theo lựa chọn").is(http.StatusOK)
	if a, b := second.value(box+visits), second.value(box+gifts); a != "22" || b != "33" {
		t.Errorf("the report holds %s and %s, want 22 and 33", a, b)
	}
}

// pressedTwice sends one form by two presses in a row; the script stops the second, and without the script the server does.
func pressedTwice(t *testing.T, chrome context.Context, site *portaltest.Site) {
	for i, script := range []bool{true, false} {
		p := comes(t, chrome, site, fmt.Sprint("bam-hai-lan-", i)).signsIn("nct")
		if !script {
			p.withoutScript()
		}
		name := []string{"Nguyễn Thị Thanh Quýt", "Trần Thị Thanh Cam"}[i]
		p.opens("/quan-ly/hoi-vien/them")
		p.fill("Họ và tên", name).tick("Nữ").date("Ngày sinh", "", "", "1946").tick("Kết nạp mới").date("Ngày vào hội", "1", "3", "2026")
		p.chooseIfAsked("Chi hội", "Chi hội 3")
		f := p.find("press", "Lưu hội viên", nil)
		p.moves(func() {
			p.clickAt(f)
			p.clickAt(f)
		})
		p.is(http.StatusOK).sees(name)
		if n := site.Count(t, `select count(*)::int from membership where full_name = $1`, name); n != 1 {
			t.Errorf("script %v: two presses made %d members", script, n)
		}
	}
}

// sessionExpires lets the session run out over a form: what was typed is there again after the sign-in, and is sent once.
func sessionExpires(t *testing.T, chrome context.Context, _ *portaltest.Site) {
	var later atomic.Int64
	site := sampletest.StartAt(t, func() time.Time { return dbtest.Instant.Add(time.Duration(later.Load())) })
	p := comes(t, chrome, site, "het-phien").signsIn("nct")
	p.opens("/quan-ly/hoi-vien/them")
	p.fill("Họ và tên", "Nguyễn Thị Thanh Quýt").tick("Nữ").date("Ngày sinh", "", "", "1946").tick("Kết nạp mới").date("Ngày vào hội", "1", "3", "2026")
	p.chooseIfAsked("Chi hội", "Chi hội 3")
	later.Store(int64(3 * time.Hour))
	p.press("Lưu hội viên").at("/dang-nhap").sees("Phiên làm việc đã hết", "Nội dung ông/bà vừa gửi đã được giữ lại")
	if n := site.Count(t, `select count(*)::int from membership where full_name = 'Nguyễn Thị Thanh Quýt'`); n != 0 {
		t.Fatal("saved although nobody was signed in")
	}
	p.fill("Tên đăng nhập", "nct").fill("Mật khẩu", sample.Password).press("Đăng nhập", "Mật khẩu").
		sees("Gửi tiếp nội dung đang dở", "Nguyễn Thị Thanh Quýt", "1946")
	p.press("Gửi nội dung này").is(http.StatusOK).sees("Đã thêm bà Nguyễn Thị Thanh Quýt")
	if n := site.Count(t, `select count(*)::int from membership where full_name = 'Nguyễn Thị Thanh Quýt'`); n != 1 {
		t.Errorf("%d members after the form was sent again", n)
	}
}

// chairWithoutScript keeps the roster and a report with scripts switched off.
func chairWithoutScript(t *testing.T, chrome context.Context, site *portaltest.Site) {
	p := comes(t, chrome, site, "chu-tich-khong-js").withoutScript().signsIn("nct")
	p.press("Hội viên", "Việc cần làm").addsMember("Nguyễn Thị Thanh Quýt")
	p.press("Sửa hồ sơ").fill("Tên thường gọi", "Bà Tư").press("Lưu").is(http.StatusOK).sees("Bà Tư")
	p.movesAndTakesBack()
	p.press("Báo cáo", "Việc cần làm").press("Bắt đầu nhập").press("Nhập mọi số trên một trang")
	p.draftsWithMistakes()
	p.press("Lưu và xem lại để nộp")
	p.explains("Năm nay nhà hảo tâm ủng hộ nhiều hơn")
	p.press("Nộp báo cáo", "Chưa nộp, về sửa tiếp").is(http.StatusOK).sees("Đã nộp báo cáo năm 2026")
	p.press("Đăng xuất").at("/")
	p.opens("/quan-ly/hoi-vien").at("/dang-nhap")
}
