package reportui_test

import (
	"archive/zip"
	"net/http"
	"strings"
	"testing"

	"wardportal/internal/sample/sampletest"
)

func TestTheCampaignIsOpenedChangedAndExtended(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "canbo")
	const dot = "/quan-ly/bao-cao/dot"
	form := b.Get(t, dot).Want(t, 200, "Mở đợt báo cáo", "tối đa 25 chỉ tiêu").Form(t, dot)
	if form.Get("year") != "2027" || len(form["chi-tieu-NCT"]) > 25 || len(form["chi-tieu-NCT"]) < 10 {
		t.Fatalf("proposed: year %s, %d rows", form.Get("year"), len(form["chi-tieu-NCT"]))
	}
	form.Set("deadline-thang", "13")
	form.Set("note", "Nhờ các hội gửi sớm.")
	page := b.Post(t, dot, form).Want(t, 422, "Còn 1 chỗ cần sửa", "Nhờ các hội gửi sớm.")
	if got := page.Form(t, dot).Get("deadline-thang"); got != "13" {
		t.Errorf("the month came back as %q", got)
	}
	form.Set("deadline-thang", "11")
	form.Set("deadline-ngay", "1") // before the cut-off
	b.Post(t, dot, form).Want(t, 422, "Hạn nộp phải từ ngày chốt số liệu trở đi")
	form.Set("deadline-ngay", "20")
	b.Follow(t, dot, form).Want(t, 200, "Đã mở đợt báo cáo năm 2027", "Hội Tù yêu nước", "Nhờ các hội gửi sớm.")
	b.Post(t, dot, b.Get(t, dot+"?nam=2027").Form(t, dot)).Want(t, 422, "Năm này đã có đợt báo cáo.")

	const this = dot + "/2026"
	one, two := b.Get(t, this).Form(t, this), b.Get(t, this).Form(t, this)
	one.Set("deadline-ngay", "25")
	b.Follow(t, this, one).Want(t, 200, "Đã sửa đợt báo cáo năm 2026", "25/11/2026")
	two.Set("note", "Lời dặn của người thứ hai.")
	late := b.Post(t, this, two).Want(t, http.StatusConflict, "Có người vừa sửa cùng nội dung này", "Hai bên sửa những mục khác nhau")
	b.Follow(t, this, late.Form(t, this)).Want(t, 200, "Lời dặn của người thứ hai.", "25/11/2026")
	// Both change the deadline: three columns, and the answer decides.
	three, four := b.Get(t, this).Form(t, this), b.Get(t, this).Form(t, this)
	three.Set("deadline-ngay", "26")
	b.Follow(t, this, three).Want(t, 200, "26/11/2026")
	four.Set("deadline-ngay", "28")
	clash := b.Post(t, this, four).Want(t, http.StatusConflict, "Hạn nộp", "25/11/2026", "26/11/2026", "28/11/2026").Form(t, this)
	clash.Set("chon-deadline", "mine")
	b.Follow(t, this, clash).Want(t, 200, "28/11/2026", "Lời dặn của người thứ hai.")
	none := b.Get(t, this).Form(t, this)
	none.Del("chi-tieu-TYN")
	b.Post(t, this, none).Want(t, 422, "chọn ít nhất một chỉ tiêu")

	extend := b.Get(t, elderly+"/gia-han").Want(t, 200, "Gia hạn cho Hội Người cao tuổi").Form(t, elderly+"/gia-han")
	b.Post(t, elderly+"/gia-han", extend).Want(t, 422, "Ông/bà nhập đủ ngày, tháng, năm")
	extend.Set("until-ngay", "15")
	extend.Set("until-thang", "1")
	extend.Set("until-nam", "2027")
	b.Post(t, elderly+"/gia-han", extend).Want(t, 422, "ghi lý do gia hạn")
	extend.Set("ly-do", "Chủ tịch hội nằm viện")
	b.Follow(t, elderly+"/gia-han", extend).Want(t, 200, "Đã gia hạn cho Hội Người cao tuổi", "Đang mở đến hết ngày 15/01/2027 (gia hạn)", "Gia hạn cho Hội Người cao tuổi đến hết ngày 15/01/2027: Chủ tịch hội nằm viện")
}

func TestTheWardsWordsAreVersioned(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "canbo")
	const path = "/quan-ly/bao-cao/2026/tong-hop/loi"
	b.Get(t, "/quan-ly/bao-cao/2026/tong-hop").Want(t, 200, "Chưa viết đánh giá chung", "Viết, sửa")
	mine, theirs := b.Get(t, path).Form(t, path), b.Get(t, path).Form(t, path)
	theirs.Set("danh-gia", "Các hội hoạt động đều.")
	theirs.Set("kien-nghi", "Đề nghị hỗ trợ kinh phí.")
	b.Follow(t, path, theirs).Want(t, 200, "Đã lưu lời của phường", "Các hội hoạt động đều.")
	mine.Set("danh-gia", "Các hội có nhiều đổi mới.")
	mine.Set("han-che", "Hai chi hội chưa có chi hội trưởng.")
	page := b.Post(t, path, mine).Want(t, http.StatusConflict, "Còn 1 ô cần chọn", "Các hội hoạt động đều.", "Các hội có nhiều đổi mới.")
	choice := page.Form(t, path)
	choice.Set("chon-danh-gia", "now")
	b.Follow(t, path, choice).Want(t, 200, "Các hội hoạt động đều.", "Hai chi hội chưa có chi hội trưởng.", "Đề nghị hỗ trợ kinh phí.").Never(t, "nhiều đổi mới")
}

func TestFilesOpen(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "canbo")
	for path, want := range map[string]string{
		"/quan-ly/bao-cao/2025/tong-hop.xlsx": "xl/workbook.xml", "/quan-ly/bao-cao/2025/tong-hop.docx": "word/document.xml",
		"/quan-ly/bao-cao/2025/nguoi-cao-tuoi/bao-cao.xlsx": "xl/workbook.xml", "/quan-ly/bao-cao/2025/nguoi-cao-tuoi/bao-cao.docx": "word/document.xml",
	} {
		p := b.Get(t, path)
		if p.Status != 200 || !strings.HasPrefix(p.Header.Get("Content-Disposition"), "attachment") {
			t.Fatalf("%s: %d %q", path, p.Status, p.Header.Get("Content-Disposition"))
		}
		z, err := zip.NewReader(strings.NewReader(p.Body), int64(len(p.Body)))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if _, err := z.Open(want); err != nil {
			t.Errorf("%s has no %s", path, want)
		}
	}
	for _, path := range []string{"/quan-ly/bao-cao/2025/tong-hop.pdf", "/quan-ly/bao-cao/2025/nguoi-cao-tuoi/bao-cao.pdf"} {
		if p := b.Get(t, path); p.Status != 200 || !strings.HasPrefix(p.Body, "%PDF-") {
			t.Errorf("%s: %d, %.20q", path, p.Status, p.Body)
		}
	}
	if n := s.Count(t, `select count(*) from audit_log where action in ('summary.xlsx', 'summary.docx', 'summary.pdf', 'report.xlsx', 'report.docx', 'report.pdf')`); n != 6 {
		t.Errorf("%d exports in the audit log, want 6", n)
	}
}

func TestTheSummaryOfAClosedYear(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	page := sampletest.As(t, s, "lanhdao").Get(t, "/quan-ly/bao-cao/2025/tong-hop")
	page.Want(t, 200, "Cộng 5/5 hội đã tiếp nhận", "Quỹ của mỗi hội là riêng nên không cộng chung", "không cộng", "lượt hội viên", "người tham gia từ hai hội trở lên", "Toàn bộ chỉ tiêu theo hội")
	page.Never(t, "Viết, sửa", "Soạn tin nhắc", "Tạm tính")
	sampletest.As(t, s, "lanhdao").Get(t, "/quan-ly/bao-cao/2026/tong-hop").Want(t, 200, "Cộng 0/5 hội đã tiếp nhận").Never(t, "không áp dụng") // nothing to add up yet
}
