package officerui_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/officer"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const officers = "/quan-ly/can-bo"

func id(t *testing.T, s *portaltest.Site, sql string, args ...any) string {
	t.Helper()
	return strconv.Itoa(s.Count(t, sql, args...))
}

func association(t *testing.T, s *portaltest.Site, slug string) string {
	t.Helper()
	return id(t, s, `select id::int from association where slug = $1`, slug)
}

func branch6(t *testing.T, s *portaltest.Site) string {
	t.Helper()
	return id(t, s, `select b.id::int from branch b join association a on a.id = b.association_id where a.slug = 'nguoi-cao-tuoi' and b.name = 'Chi hội 6'`)
}

func date(f url.Values, name string, d, m, y string) {
	f.Set(name+"-ngay", d)
	f.Set(name+"-thang", m)
	f.Set(name+"-nam", y)
}

// The journey that the conference asked for: a branch without a head is found on the board, a head is appointed, and the
// board and the count of vacancies follow.
func TestVacancyIsFoundAndFilled(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	hoi, branch := association(t, s, "nguoi-cao-tuoi"), branch6(t, s)
	b := sampletest.As(t, s, "nct")
	board := b.Get(t, officers+"/khuyet").Want(t, 200, "Chức danh còn khuyết", "Chi hội 6", "15/08/2026", "93 ngày", "Xin thôi", "14/15", "Giới thiệu nhân sự").Never(t, "Hội Khuyến học")
	fill := ""
	for _, a := range board.Find("a", "class", "govuk-link") {
		if h, _ := portaltest.Attr(a, "href"); strings.Contains(h, "/them") && strings.Contains(h, "branch="+branch) {
			fill = h
		}
	}
	if fill == "" {
		t.Fatal("the row does not open its fix")
	}
	form := b.Get(t, fill).Want(t, 200, "Bổ nhiệm cán bộ").Form(t, officers+"/them")
	if form.Get("office") != "CHT" || form.Get("branch") != branch {
		t.Fatalf("the form does not know what it is about: %v", form)
	}
	name := "Phạm Thị Không Ai Trùng"
	form.Set("name", name)
	form.Set("began", "bau_bo_sung")
	date(form, "starts_on", "1", "9", "2026")
	confirm := b.Post(t, officers+"/them", form).Want(t, 200, "Xác nhận bổ nhiệm", "Chi hội trưởng, Chi hội 6", "01/09/2026", "chưa có ai tên")
	if n := s.Count(t, `select count(*) from appointment where person_name = $1`, name); n != 0 {
		t.Fatal("saved before it was confirmed")
	}
	back := confirm.Form(t, officers+"/them")
	back.Set("sua", "1")
	if kept := b.Post(t, officers+"/them", back).Want(t, 200, "Xem lại trước khi lưu").Form(t, officers+"/them"); kept.Get("name") != name || kept.Get("starts_on-nam") != "2026" {
		t.Errorf("typed input is lost on the way back: %v", kept)
	}
	b.Follow(t, officers+"/them", confirm.Form(t, officers+"/them")).Want(t, 200, "Đã ghi "+name, name)
	b.Get(t, officers+"/khuyet").Want(t, 200, "chi hội nào cũng có chi hội trưởng").Never(t, "Chi hội 6")
	b.Get(t, officers+"/khuyet?ngay-ngay=20&ngay-thang=8&ngay-nam=2026").Want(t, 200, "Tính đến 20/08/2026", "5 ngày", "Chi hội 6")
	ward, elders := authz.WardID(s.Count(t, `select id::int from ward`)), authz.AssociationID(s.Count(t, `select `+hoi))
	s.DB.As(t, authz.System(ward, "test"), func(ctx context.Context, tx *db.Tx) error {
		f, err := officer.Figures(ctx, tx, elders, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC))
		if err != nil || f["GEN.ORG.CHT_VAC"].Value != 0 || f["GEN.ORG.SUPP"].Value != 1 {
			t.Errorf("figures %v, %v", f, err)
		}
		return nil
	})
}

func TestMemberOfTheRosterIsLinked(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	hoi := association(t, s, "nguoi-cao-tuoi")
	person := id(t, s, `select min(person_id)::int from membership where association_id = `+hoi+` and status = 'active' and died is null and person_id not in (select person_id from appointment where person_id is not null)`)
	ward := authz.WardID(s.Count(t, `select id::int from ward`))
	var name string
	s.DB.As(t, authz.System(ward, "test"), func(ctx context.Context, tx *db.Tx) (err error) {
		name, err = db.Value[string](ctx, tx, `select full_name from membership where association_id = `+hoi+` and person_id = `+person)
		return err
	})
	form := b.Get(t, officers+"/them?hoi="+hoi+"&office=UVBCH").Form(t, officers+"/them")
	form.Set("name", strings.ToLower(name))
	form.Set("began", "bau_bo_sung")
	date(form, "starts_on", "1", "9", "2026")
	confirm := b.Post(t, officers+"/them", form).Want(t, 200, "Người này là ai", name, "Không có trong danh sách").Form(t, officers+"/them")
	without := url.Values{}
	for k, v := range confirm {
		if k != "person" {
			without[k] = v
		}
	}
	b.Post(t, officers+"/them", without).Want(t, http.StatusUnprocessableEntity, "Chọn đúng người")
	confirm = b.Post(t, officers+"/them", form).Form(t, officers+"/them")
	confirm.Set("person", person)
	b.Follow(t, officers+"/them", confirm).Want(t, 200, "Đã ghi")
	if n := s.Count(t, `select count(*) from appointment where person_id = `+person); n != 1 {
		t.Errorf("%d appointments of the person", n)
	}
	foreign := id(t, s, `select min(person_id)::int from membership m where association_id <> `+hoi+` and not exists (select 1 from membership x where x.person_id = m.person_id and x.association_id = `+hoi+`)`)
	confirm.Set("person", foreign)
	confirm.Set("_khoa", "another-key-0123456789")
	b.Post(t, officers+"/them", confirm).Want(t, http.StatusUnprocessableEntity, "không có trong danh sách hội viên của hội")
}

func TestRefusedFormsKeepTheirInput(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	hoi := association(t, s, "nguoi-cao-tuoi")
	for name, tt := range map[string]struct {
		change func(url.Values)
		want   string
	}{
		"taken":       {func(f url.Values) { f.Set("office", "CT") }, "đã đủ người"},
		"no date":     {func(f url.Values) { date(f, "starts_on", "", "", "") }, "Nhập ngày bắt đầu giữ chức"},
		"half a date": {func(f url.Values) { date(f, "starts_on", "", "9", "2026") }, "Nhập đủ ngày"},
		"no name":     {func(f url.Values) { f.Set("name", " ") }, "Nhập họ và tên"},
		"no office":   {func(f url.Values) { f.Set("office", "") }, "Chọn chức danh"},
		"no branch":   {func(f url.Values) { f.Set("office", "CHT") }, "Chọn chi hội"},
	} {
		form := b.Get(t, officers+"/them?hoi="+hoi+"&office=UVBCH").Form(t, officers+"/them")
		form.Set("name", "Bùi Thị Hòa")
		form.Set("began", "bau_bo_sung")
		form.Set("decision_no", "12/QĐ-HNCT")
		date(form, "starts_on", "1", "9", "2026")
		tt.change(form)
		page := b.Post(t, officers+"/them", form)
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text(), tt.want) || !strings.Contains(page.Body, "12/QĐ-HNCT") {
			t.Errorf("%s: %d %s", name, page.Status, page.Text())
		}
	}
}

func TestEndingAnOffice(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	hoi := association(t, s, "nguoi-cao-tuoi")
	treasurer := id(t, s, `select a.id::int from appointment a join office o on o.id = a.office_id where o.code = 'TQ' and a.association_id = `+hoi)
	path := officers + "/" + treasurer + "/thoi"
	form := b.Get(t, path).Want(t, 200, "Ghi thôi giữ chức", "Thủ quỹ", "Nhớ bàn giao").Form(t, path)
	b.Post(t, path, form).Want(t, http.StatusUnprocessableEntity, "Nhập ngày thôi giữ chức")
	form = b.Get(t, path).Form(t, path)
	form.Set("ended", "xin_thoi")
	date(form, "ends_on", "1", "11", "2026")
	b.Follow(t, path, form).Want(t, 200, "thôi giữ chức từ 01/11/2026")
	b.Get(t, officers+"/khuyet").Want(t, 200, "Chức danh bắt buộc chưa có người", "Thủ quỹ", "15 ngày")
	form = b.Get(t, path).Form(t, path)
	form.Set("ended", "mien_nhiem")
	date(form, "ends_on", "2", "11", "2026")
	b.Post(t, path, form).Want(t, http.StatusConflict, "đã thôi giữ chức này")
}

func TestTerms(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	hoi := association(t, s, "nguoi-cao-tuoi")
	term := id(t, s, `select id::int from term where association_id = `+hoi)
	path := officers + "/nhiem-ky/" + term
	form := b.Get(t, path).Want(t, 200, "Sửa nhiệm kỳ").Form(t, path)
	if form.Get("ends_on-ngay") != "19" || form.Get("bch_quota") != "15" {
		t.Errorf("the form shows %v", form)
	}
	date(form, "ends_on", "20", "12", "2026")
	form.Set("bch_quota", "17")
	b.Follow(t, path, form).Want(t, 200, "Đã lưu Nhiệm kỳ", "đến hết ngày 20/12/2026")
	b.Get(t, officers+"/khuyet").Want(t, 200, "14/17", "Còn 34 ngày", "Hết ngày 20/12/2026")
	// A second window, opened before: it changed the quota too, and alone the authority.
	form.Set("_khoa", "another-key-0123456789")
	date(form, "ends_on", "19", "3", "2028")
	form.Set("bch_quota", "19")
	form.Set("authority", "UBND phường Chánh Lộ")
	choice := b.Post(t, path, form).Want(t, http.StatusConflict, "Có người vừa sửa", "đã lưu nhiệm kỳ này", "Còn 1 mục cần chọn", "17", "19").Form(t, path)
	choice.Set("chon-bch_quota", "opened")
	b.Follow(t, path, choice).Want(t, 200, "Đã lưu Nhiệm kỳ", "đến hết ngày 20/12/2026")
	if f := b.Get(t, path).Form(t, path); f.Get("bch_quota") != "15" || f.Get("authority") != "UBND phường Chánh Lộ" {
		t.Errorf("after the choice: %v", f)
	}
	add := b.Get(t, officers+"/nhiem-ky?hoi="+hoi).Form(t, officers+"/nhiem-ky")
	add.Set("name", "Nhiệm kỳ 2026 – 2031")
	date(add, "starts_on", "1", "11", "2026")
	date(add, "ends_on", "31", "10", "2031")
	b.Post(t, officers+"/nhiem-ky", add).Want(t, http.StatusUnprocessableEntity, "trùng với một nhiệm kỳ khác")
	for _, login := range []string{"dacam", "lanhdao"} {
		if p := sampletest.As(t, s, login).Get(t, path); p.Status != http.StatusNotFound && p.Status != http.StatusForbidden {
			t.Errorf("%s opens the term: %d", login, p.Status)
		}
	}
}

func TestWhoSeesWhat(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	hoi := association(t, s, "nguoi-cao-tuoi")
	chair := id(t, s, `select a.id::int from appointment a join office o on o.id = a.office_id where o.code = 'CT' and a.association_id = `+hoi)
	sampletest.As(t, s, "canbo").Get(t, officers).Want(t, 200, "Cán bộ các hội", "Hội Khuyến học", "14/15")
	sampletest.As(t, s, "canbo").Get(t, officers+"/khuyet").Want(t, 200, "Phường Chánh Lộ", "Hội Khuyến học", "Chi hội 7", "Chưa cử ai")
	sampletest.As(t, s, "canbo").Get(t, officers+"/them").Want(t, 200, "của hội nào?")
	lead := sampletest.As(t, s, "lanhdao")
	lead.Get(t, officers+"?hoi="+hoi).Want(t, 200, "Trần Văn Thuận", "Chủ tịch").Never(t, "Thôi giữ chức", ">Bổ nhiệm<")
	lead.Get(t, officers+"/khuyet").Want(t, 200, "Chi hội 6").Never(t, "Giới thiệu nhân sự")
	head := sampletest.As(t, s, "chihoi3")
	head.Get(t, officers).Want(t, 200, "Trần Văn Thuận", "Đặng Thị Sương").Never(t, "/thoi")
	head.Get(t, officers+"/khuyet").Want(t, 404)
	other := sampletest.As(t, s, "dacam")
	other.Get(t, officers+"?hoi="+hoi).Want(t, 404)
	for login, want := range map[string]int{"dacam": 404, "lanhdao": 403, "chihoi3": 403, "bientap": 403, "quantri": 403} {
		b := sampletest.As(t, s, login)
		if p := b.Get(t, officers+"/"+chair+"/thoi"); p.Status != want {
			t.Errorf("%s opens the ending: %d, want %d", login, p.Status, want)
		}
		if p := b.Post(t, officers+"/"+chair+"/thoi", url.Values{"version": {"1"}, "ended": {"nhap_nham"}}); p.Status != want {
			t.Errorf("%s ends the chair: %d, want %d", login, p.Status, want)
		}
	}
	if n := s.Count(t, `select count(*) from appointment where ended = 'nhap_nham'`); n != 0 {
		t.Error("the chair was ended by somebody without the right")
	}
	nct := sampletest.As(t, s, "nct")
	nct.Get(t, officers+"/999999/thoi").Want(t, 404)
	nct.Get(t, officers+"/khuyet?ngay-ngay=31&ngay-thang=2&ngay-nam=2026").Want(t, http.StatusUnprocessableEntity, "chỉ có 28 ngày")
}
