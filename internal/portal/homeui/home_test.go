package homeui_test

import (
	"net/url"
	"testing"

	"wardportal/internal/db/dbtest"
	"wardportal/internal/sample/sampletest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestEveryRoleSeesItsOwnWork(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	for _, tc := range []struct {
		login       string
		says, never []string
	}{
		{
			"nct",
			[]string{"Chào ông Thuận, hôm nay có", "Thứ Hai, ngày 16 tháng 11 năm 2026", "Nộp báo cáo năm 2026", "Còn 4 ngày", "Bắt đầu nhập", "Bổ sung chi hội trưởng chi hội 6", "Thêm hội viên", "Danh sách mừng thọ", "Tình hình hội hiện nay"},
			[]string{"Hội Khuyến học", "Chép tin nhắn", "Bảng tổng hợp"},
		},
		{
			"canbo",
			[]string{"Chào bà Nguyệt", "Báo cáo năm 2026 của các hội", "Đã nộp 0/5 hội", "Chưa nộp: Hội Người cao tuổi", "Tin nhắn nhắc nộp", "Phường còn chờ báo cáo của", "chưa có chi hội trưởng"},
			[]string{"Thêm hội viên"},
		},
		{"lanhdao", []string{"Báo cáo năm 2026 của các hội", "Bảng tổng hợp của phường"}, []string{"Chép tin nhắn", "Mở đợt báo cáo", "Thêm hội viên"}},
		{"bientap", []string{"Viết tin bài"}, []string{"Báo cáo năm", "Thêm hội viên", "chi hội trưởng"}},
		{"chihoi3", []string{"Thêm hội viên", "Danh sách mừng thọ", "Ghi thăm hỏi, tặng quà"}, []string{"Nộp báo cáo", "chưa có chi hội trưởng", "Bảng tổng hợp"}},
		{"quantri", []string{"Tài khoản và mật khẩu"}, []string{"Báo cáo năm", "Thêm hội viên", "chi hội trưởng"}},
	} {
		page := sampletest.As(t, s, tc.login).Get(t, "/quan-ly").Want(t, 200, tc.says...)
		page.Never(t, tc.never...)
		if len(page.Find("h1", "class", "")) != 1 {
			t.Errorf("%s: not exactly one heading", tc.login)
		}
	}
}

func TestWhatIsLeftIsNamedAndTheButtonLeadsThere(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	const path = "/quan-ly/bao-cao/2026/nguoi-cao-tuoi"
	form := b.Get(t, path+"?muc=dac-diem").Form(t, path)
	form.Set("NCT.POP60", "120")
	b.Post(t, path, form)
	page := b.Get(t, "/quan-ly").Want(t, 200, "Làm tiếp mục 2", "Còn mục 2, mục 3, mục 5 và phương hướng chung", "Đã điền 1 trong")
	if len(page.Find("a", "href", path+"?muc=to-chuc")) == 0 {
		t.Error("the button does not lead to chapter 2")
	}
	// A death told by another association waits for this one's word, without saying who told.
	s.Owner(t, `insert into member_question (ward_id, association_id, membership_id, kind, day, asked_at)
		select ward_id, association_id, id, 'died', '2026-11-02', '2026-11-15' from membership where association_id = (select id from association where slug = 'nguoi-cao-tuoi') order by id limit 1`)
	b.Get(t, "/quan-ly").Want(t, 200, "Trả lời 1 điều cần xác nhận về hội viên")
	sampletest.As(t, s, "khuyenhoc").Get(t, "/quan-ly").Want(t, 200).Never(t, "cần xác nhận về hội viên", "Danh sách mừng thọ")
}

func TestNobodyIsSentToSignIn(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	if p := s.Nobody().Get(t, "/quan-ly"); p.Status != 303 || p.Location != "/dang-nhap?ve="+url.QueryEscape("/quan-ly") {
		t.Errorf("a resident at the workplace: %d to %q", p.Status, p.Location)
	}
}
