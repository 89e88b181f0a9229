package associationui_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"wardportal/internal/db/dbtest"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const branches = "/quan-ly/chi-hoi"

func id(t *testing.T, s *portaltest.Site, sql string, args ...any) string {
	t.Helper()
	return strconv.Itoa(s.Count(t, sql, args...))
}

func association(t *testing.T, s *portaltest.Site, slug string) string {
	t.Helper()
	return id(t, s, `select id::int from association where slug = $1`, slug)
}

func branch(t *testing.T, s *portaltest.Site, slug, name string) string {
	t.Helper()
	return id(t, s, `select b.id::int from branch b join association a on a.id = b.association_id where a.slug = $1 and b.name = $2`, slug, name)
}

func date(f url.Values, name, d, m, y string) {
	f.Set(name+"-ngay", d)
	f.Set(name+"-thang", m)
	f.Set(name+"-nam", y)
}

func TestListTellsMembersAndHeads(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	hoi := association(t, s, "nguoi-cao-tuoi")
	in3 := s.Count(t, `select count(*) from membership where status in ('active', 'exempt') and branch_id = `+branch(t, s, "nguoi-cao-tuoi", "Chi hội 3"))
	nct := sampletest.As(t, s, "nct")
	page := nct.Get(t, branches).Want(t, 200, "Chi hội của Hội Người cao tuổi", "8 chi hội", "Đặng Thị Sương", "Tổ dân phố 3", "Chưa có", "Thêm chi hội")
	if !strings.Contains(page.Text(), "Đặng Thị Sương "+strconv.Itoa(in3)) {
		t.Errorf("branch 3 has %d members; the page says %s", in3, page.Text())
	}
	sampletest.As(t, s, "khuyenhoc").Get(t, branches).Want(t, 200, "Chỉ quản lý theo số lượng", "không tính vào số người không trùng")
	sampletest.As(t, s, "canbo").Get(t, branches).Want(t, 200, "Hội Người cao tuổi (8 chi hội)")
	sampletest.As(t, s, "lanhdao").Get(t, branches+"?hoi="+hoi).Want(t, 200, "Chi hội 3").Never(t, "Thêm chi hội")
	sampletest.As(t, s, "dacam").Get(t, branches+"?hoi="+hoi).Want(t, 404)
	head := sampletest.As(t, s, "chihoi3").Get(t, branches).Want(t, 200, "Chi hội 3", "Chi hội 4").Never(t, "Thêm chi hội")
	if n := len(head.Find("a", "href", branches+"/"+branch(t, s, "nguoi-cao-tuoi", "Chi hội 4"))); n != 0 {
		t.Error("a branch head can open a sibling branch")
	}
}

func TestOpenRenameAndClose(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	hoi := association(t, s, "nguoi-cao-tuoi")
	form := b.Get(t, branches+"/them?hoi="+hoi).Want(t, 200, "Thêm chi hội").Form(t, branches+"/them")
	b.Post(t, branches+"/them", form).Want(t, http.StatusUnprocessableEntity, "Nhập tên chi hội", "Nhập ngày thành lập")
	form = b.Get(t, branches+"/them?hoi="+hoi).Form(t, branches+"/them")
	form.Set("name", "Chi hội 3")
	date(form, "opened_on", "1", "3", "2026")
	b.Post(t, branches+"/them", form).Want(t, http.StatusUnprocessableEntity, "đã có chi hội mang tên này")
	form = b.Get(t, branches+"/them?hoi="+hoi).Form(t, branches+"/them")
	form.Set("name", "Chi hội 9")
	date(form, "opened_on", "1", "3", "2026")
	form["groups"] = []string{id(t, s, `select id::int from residential_group where number = 8`)}
	b.Follow(t, branches+"/them", form).Want(t, 200, "Đã thêm Chi hội 9", "Tổ dân phố 8", "01/03/2026")
	path := branches + "/" + branch(t, s, "nguoi-cao-tuoi", "Chi hội 9")
	form = b.Get(t, path).Form(t, path)
	form.Set("name", "Chi hội Phố Mới")
	b.Follow(t, path, form).Want(t, 200, "Chi hội Phố Mới", "Đã lưu")
	form.Set("_khoa", "another-key-0123456789")
	form.Set("name", "Chi hội Cũ")
	form.Set("sort", "12")
	choice := b.Post(t, path, form).Want(t, http.StatusConflict, "Có người vừa sửa", "Chi hội 9", "Chi hội Cũ", "Còn 1 mục cần chọn").Form(t, path)
	choice.Set("chon-name", "now")
	b.Follow(t, path, choice).Want(t, 200, "Chi hội Phố Mới", "Đã lưu")
	if f := b.Get(t, path).Form(t, path); f.Get("sort") != "12" {
		t.Errorf("what only this window changed is lost: %v", f)
	}
	end := b.Get(t, path+"/ket-thuc").Want(t, 200, "Kết thúc Chi hội Phố Mới").Form(t, path+"/ket-thuc")
	date(end, "closed_on", "1", "11", "2026")
	b.Post(t, path+"/ket-thuc", end).Want(t, http.StatusUnprocessableEntity, "Ghi lý do kết thúc chi hội")
	end = b.Get(t, path+"/ket-thuc").Form(t, path+"/ket-thuc")
	date(end, "closed_on", "1", "11", "2026")
	end.Set("reason", "nhập vào Chi hội 8")
	b.Follow(t, path+"/ket-thuc", end).Want(t, 200, "đã kết thúc hoạt động", "8 chi hội").Never(t, "Thêm vào Chi hội Phố Mới")
}

// A branch with members cannot be closed; once they are moved, its head leaves the office with it.
func TestClosingLooksAtMembersAndOfficers(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	three := branch(t, s, "nguoi-cao-tuoi", "Chi hội 3")
	path := branches + "/" + three
	page := b.Get(t, path+"/ket-thuc").Want(t, 200, "trước khi kết thúc")
	if len(page.Find("form", "action", path+"/ket-thuc")) != 0 {
		t.Error("the form is offered although members remain")
	}
	b.Post(t, path+"/ket-thuc", url.Values{"version": {"1"}, "closed_on-ngay": {"1"}, "closed_on-thang": {"11"}, "closed_on-nam": {"2026"}, "reason": {"x"}}).Want(t, http.StatusUnprocessableEntity, "còn")
	s.Owner(t, `update membership_span set ended_how = 'xin_ra', to_day = greatest(from_day, date '2026-06-01') where to_day is null and membership_id in (select id from membership where branch_id = `+three+`)`)
	form := b.Get(t, path+"/ket-thuc").Want(t, 200, "Chi hội trưởng Đặng Thị Sương").Form(t, path+"/ket-thuc")
	date(form, "closed_on", "31", "10", "2026")
	form.Set("reason", "nhập vào Chi hội 4")
	b.Follow(t, path+"/ket-thuc", form).Want(t, 200, "7 chi hội")
	if n := s.Count(t, `select count(*) from appointment where branch_id = `+three+` and ended = 'sap_nhap' and ends_on = '2026-11-01'`); n != 1 {
		t.Errorf("%d offices ended with the branch", n)
	}
	b.Get(t, "/quan-ly/can-bo/khuyet").Want(t, 200).Never(t, "Chi hội 3<")
}

func TestCountsOfBranchesKeptByNumber(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "khuyenhoc")
	path := branches + "/" + branch(t, s, "khuyen-hoc", "Chi hội Trường Tiểu học")
	for name, tt := range map[string]struct {
		change func(url.Values)
		want   string
	}{
		"no day":         {func(f url.Values) { date(f, "counted_on", "", "", "") }, "Nhập ngày tính số liệu"},
		"tomorrow":       {func(f url.Values) { date(f, "counted_on", "17", "11", "2026") }, "không sau hôm nay"},
		"no number":      {func(f url.Values) { f.Set("members", "") }, "Nhập số hội viên"},
		"words":          {func(f url.Values) { f.Set("members", "nhiều") }, "Có lỗi"},
		"too many girls": {func(f url.Values) { f.Set("female", "400") }, "không thể nhiều hơn"},
		"no source":      {func(f url.Values) { f.Set("source", "") }, "số này lấy từ đâu"},
	} {
		form := b.Get(t, path).Form(t, path+"/so-lieu")
		form.Set("members", "312")
		form.Set("female", "200")
		form.Set("source", "Nhà trường báo ngày 10/11")
		date(form, "counted_on", "10", "11", "2026")
		tt.change(form)
		page := b.Post(t, path+"/so-lieu", form)
		if page.Status != http.StatusUnprocessableEntity || tt.want != "Có lỗi" && !strings.Contains(page.Text(), tt.want) {
			t.Errorf("%s: %d %s", name, page.Status, page.Text())
		}
	}
	form := b.Get(t, path).Form(t, path+"/so-lieu")
	form.Set("members", "312")
	form.Set("source", "Nhà trường báo ngày 10/11")
	date(form, "counted_on", "10", "11", "2026")
	b.Follow(t, path+"/so-lieu", form).Want(t, 200, "Đã ghi số hội viên", "312", "không rõ", "Nhà trường báo ngày 10/11")
	b.Get(t, branches).Want(t, 200, "312")
	listed := branches + "/" + branch(t, s, "khuyen-hoc", "Chi hội 1")
	if p := b.Get(t, listed).Want(t, 200, "Xem danh sách hội viên"); len(p.Find("form", "action", listed+"/so-lieu")) != 0 {
		t.Error("a branch with a roster asks for counts")
	}
}

func TestForeignBranchesAreMissing(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	three := branches + "/" + branch(t, s, "nguoi-cao-tuoi", "Chi hội 3")
	rename := url.Values{"version": {"1"}, "name": {"Bị đổi"}, "sort": {"1"}}
	for login, want := range map[string]int{"dacam": 404, "chihoi3": 403, "lanhdao": 403, "bientap": 403, "quantri": 403} {
		b := sampletest.As(t, s, login)
		if p := b.Post(t, three, rename); p.Status != want {
			t.Errorf("%s renames: %d, want %d", login, p.Status, want)
		}
		if p := b.Get(t, three+"/ket-thuc"); p.Status != want {
			t.Errorf("%s opens the closing: %d, want %d", login, p.Status, want)
		}
	}
	sampletest.As(t, s, "dacam").Get(t, three).Want(t, 404)
	sampletest.As(t, s, "dacam").Get(t, branches+"/999999").Want(t, 404)
	sampletest.As(t, s, "chihoi3").Get(t, three).Want(t, 200, "Chi hội 3").Never(t, "Lưu tên chi hội")
	if n := s.Count(t, `select count(*) from branch where name = 'Bị đổi'`); n != 0 {
		t.Error("renamed by somebody without the right")
	}
}

// The head of a school's branch writes its count; nothing else of the page is theirs to change.
func TestHeadOfABranchKeptByNumberWritesItsCount(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	school, sibling := branch(t, s, "khuyen-hoc", "Chi hội Trường Tiểu học"), branch(t, s, "khuyen-hoc", "Chi hội Trường Mầm non")
	s.Owner(t, `update account_grant set association_id = `+association(t, s, "khuyen-hoc")+`, branch_id = `+school+` where role = 'branch_head'`)
	b := sampletest.As(t, s, "chihoi3")
	path := branches + "/" + school
	form := b.Get(t, path).Want(t, 200, "Ghi số mới").Never(t, "Kết thúc hoạt động").Form(t, path+"/so-lieu")
	form.Set("members", "320")
	form.Set("source", "Nhà trường báo ngày 12/11")
	date(form, "counted_on", "12", "11", "2026")
	b.Follow(t, path+"/so-lieu", form).Want(t, 200, "Đã ghi số hội viên", "320")
	form.Set("_khoa", "another-key-0123456789")
	b.Post(t, branches+"/"+sibling+"/so-lieu", form).Want(t, http.StatusNotFound)
}
