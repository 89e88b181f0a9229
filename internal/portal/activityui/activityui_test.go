package activityui_test

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"wardportal/internal/activity"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const diary = "/quan-ly/hoat-dong"

func elders(t *testing.T, s *portaltest.Site) string {
	t.Helper()
	return itoa(s.Count(t, `select id::int from association where slug = 'nguoi-cao-tuoi'`))
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// write fills the short form of a kind and posts it.
func write(t *testing.T, b *portaltest.Browser, hoi, kind string, change func(url.Values)) *portaltest.Page {
	t.Helper()
	form := b.Get(t, diary+"/them?hoi="+hoi+"&kind="+kind).Form(t, diary+"/them")
	change(form)
	return b.Post(t, diary+"/them", form)
}

func TestEntryOnAPhoneReachesTheSum(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	hoi := elders(t, s)
	b := sampletest.As(t, s, "nct")
	b.Get(t, diary).Want(t, 200, "Sổ hoạt động", "Ghi việc mới")
	b.Get(t, diary+"/them").Want(t, 200, "Ghi việc gì?", "Thăm hội viên ốm đau", "Mừng thọ tuổi 90").Never(t, "Trao học bổng")
	page := write(t, b, hoi, "tham_om", func(f url.Values) {
		if f.Get("happened_on-nam") != "2026" || f.Get("quantity") != "1" {
			t.Errorf("the form does not begin with today and one: %v", f)
		}
		f.Set("quantity", "2")
		f.Set("amount", "400.000")
		f.Set("source", "quy_hoi")
		f.Set("note", "Thăm cụ Lành và cụ Sáu ở bệnh viện")
	})
	if page.Status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", page.Status, page.Text())
	}
	b.Get(t, page.Location).Want(t, 200, "Đã ghi vào sổ: Thăm hội viên ốm đau", "400.000", "Quỹ hội", "Lượt thăm hỏi hội viên ốm đau", "Trần Văn Thuận")
	b.Get(t, diary).Want(t, 200, "Thăm hội viên ốm đau", "Thăm cụ Lành và cụ Sáu ở bệnh viện", "2 lượt")

	// Change it, then take it out; it stays readable on request.
	form := b.Get(t, page.Location+"/sua").Want(t, 200, "Lưu thay đổi").Form(t, page.Location+"/sua")
	form.Set("quantity", "3")
	b.Follow(t, page.Location+"/sua", form).Want(t, 200, "Đã lưu thay đổi", "3 lượt")
	stale := b.Get(t, page.Location+"/sua").Form(t, page.Location+"/sua")
	stale.Set("version", "1")
	stale.Set("note", "Ghi từ cửa sổ khác")
	stale.Set("quantity", "5")
	// Both changed the quantity (2 → 3 and 2 → 5); only this window changed the note.
	again := b.Post(t, page.Location+"/sua", stale).Want(t, http.StatusConflict, "Có người vừa sửa", "Còn 1 mục cần chọn", "Trần Văn Thuận đã lưu dòng sổ này", "Lúc ông/bà mở", "Ông/bà nhập")
	choice := again.Form(t, page.Location+"/sua")
	if choice.Get("note") != "Ghi từ cửa sổ khác" || choice.Get("chon-quantity") != "mine" {
		t.Errorf("the page of three columns carries %v", choice)
	}
	none := maps.Clone(choice)
	none.Del("chon-quantity")
	b.Post(t, page.Location+"/sua", none).Want(t, http.StatusConflict, "Còn 1 mục cần chọn")
	choice.Set("chon-quantity", "now")
	b.Follow(t, page.Location+"/sua", choice).Want(t, 200, "Ghi từ cửa sổ khác", "3 lượt").Never(t, "5 lượt")
	remove := b.Get(t, page.Location+"/bo").Want(t, 200, "Bỏ dòng sổ này?").Form(t, page.Location+"/bo")
	b.Post(t, page.Location+"/bo", remove).Want(t, http.StatusUnprocessableEntity, "Ghi lý do bỏ dòng sổ này")
	remove = b.Get(t, page.Location+"/bo").Form(t, page.Location+"/bo")
	remove.Set("reason", "ghi hai lần")
	b.Follow(t, page.Location+"/bo", remove).Want(t, 200, "Đã bỏ dòng sổ").Never(t, "Ghi từ cửa sổ khác")
	b.Get(t, diary+"?da-bo=1").Want(t, 200, "Ghi từ cửa sổ khác", "Lý do: ghi hai lần")
}

func TestRefusedFormsKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	hoi := elders(t, s)
	b := sampletest.As(t, s, "nct")
	for name, tt := range map[string]struct {
		change func(url.Values)
		want   string
	}{
		"31/02":           {func(f url.Values) { f.Set("happened_on-ngay", "31"); f.Set("happened_on-thang", "2") }, "chỉ có 28 ngày"},
		"year only":       {func(f url.Values) { f.Set("happened_on-ngay", ""); f.Set("happened_on-thang", "") }, "Nhập đủ ngày, tháng và năm"},
		"tomorrow":        {func(f url.Values) { f.Set("happened_on-ngay", "17") }, "không thể sau hôm nay"},
		"words for money": {func(f url.Values) { f.Set("amount", "bốn trăm nghìn") }, "Có lỗi"},
		"money, no purse": {func(f url.Values) { f.Set("amount", "400.000"); f.Del("source") }, "Chọn nguồn tiền"},
		"none":            {func(f url.Values) { f.Set("quantity", "0") }, "ít nhất là 1"},
		"billions":        {func(f url.Values) { f.Set("quantity", "9.999.999.999") }, "quá lớn"},
	} {
		page := write(t, b, hoi, "tham_om", func(f url.Values) { f.Set("note", "Thăm bà Bùi Thị Hòa"); tt.change(f) })
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Body, "Thăm bà Bùi Thị Hòa") {
			t.Errorf("%s: status %d, or the note is lost", name, page.Status)
		}
		if tt.want != "Có lỗi" && !strings.Contains(page.Text(), tt.want) {
			t.Errorf("%s: page says %s", name, page.Text())
		}
		if len(page.Find("div", "class", "govuk-error-summary")) == 0 {
			t.Errorf("%s: no summary of errors", name)
		}
	}
	if n := s.Count(t, `select count(*) from activity where note = 'Thăm bà Bùi Thị Hòa'`); n != 0 {
		t.Errorf("%d entries were saved", n)
	}
}

func TestWhoMayOpenWhat(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	hoi := elders(t, s)
	nct := sampletest.As(t, s, "nct")
	page := write(t, nct, hoi, "tang_qua", func(f url.Values) { f.Set("note", "Quà Tết") })
	if page.Status != http.StatusSeeOther {
		t.Fatal(page.Text())
	}
	for login, want := range map[string]int{"nct": 200, "canbo": 200, "lanhdao": 200, "dacam": 404, "chihoi3": 404, "bientap": 403, "quantri": 403} {
		b := sampletest.As(t, s, login)
		if got := b.Get(t, page.Location).Status; got != want {
			t.Errorf("%s opens the entry: %d, want %d", login, got, want)
		}
		if got := b.Get(t, diary+"/999999").Status; want != 403 && got != 404 {
			t.Errorf("%s opens nothing: %d", login, got)
		}
		if login != "nct" && login != "canbo" {
			b.Post(t, page.Location+"/bo", url.Values{"version": {"1"}, "reason": {"phá"}})
		}
	}
	if n := s.Count(t, `select count(*) from activity where removed_reason = 'phá'`); n != 0 {
		t.Error("somebody without the right removed an entry")
	}
	lead := sampletest.As(t, s, "lanhdao")
	lead.Get(t, page.Location).Want(t, 200).Never(t, "Bỏ dòng này")
	lead.Get(t, diary).Want(t, 200).Never(t, "Ghi việc mới")
	sampletest.As(t, s, "dacam").Get(t, diary+"?hoi="+hoi).Want(t, 404)
	sampletest.As(t, s, "dacam").Get(t, diary+"/them?hoi="+hoi+"&kind=tham_om").Want(t, 404)
	s.Nobody().Get(t, diary).Want(t, http.StatusSeeOther)
}

func TestBranchHeadWritesForTheOwnBranchOnly(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	hoi := elders(t, s)
	b := sampletest.As(t, s, "chihoi3")
	own := s.Count(t, `select branch_id::int from account_grant g join account a on a.id = g.account_id where a.login = 'chihoi3'`)
	page := write(t, b, hoi, "tham_om", func(f url.Values) {
		if f.Get("branch") != itoa(own) {
			t.Errorf("branch %q, want the own one %d", f.Get("branch"), own)
		}
	})
	if page.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", page.Status, page.Text())
	}
	for _, foreign := range []string{"", itoa(own + 1)} {
		if got := write(t, b, hoi, "tham_om", func(f url.Values) { f.Set("branch", foreign) }); got.Status != http.StatusNotFound {
			t.Errorf("branch %q: %d", foreign, got.Status)
		}
	}
}

func TestOfficialWritesInTheirStead(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "canbo")
	b.Get(t, diary+"/them").Want(t, 200, "Ghi việc cho hội nào?", "Hội Khuyến học", "Hội Tù yêu nước")
	page := write(t, b, elders(t, s), "phung_vieng", func(url.Values) {})
	b.Get(t, page.Location).Want(t, 200, "(nhập thay)")
	b.Get(t, diary).Want(t, 200, "Phúng viếng", "Hội Người cao tuổi")
}

func TestListPagesThroughTheYear(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	s.Owner(t, `delete from activity where not exists (select 1 from beneficiary where activity_id = activity.id)`)
	ward := authz.WardID(s.Count(t, `select id::int from ward`))
	study := authz.AssociationID(s.Count(t, `select id::int from association where slug = 'khuyen-hoc'`))
	s.DB.As(t, authz.System(ward, "test"), func(ctx context.Context, tx *db.Tx) error {
		for i := range 35 {
			_, err := activity.Add(ctx, tx, study, activity.Details{HappenedOn: time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC), Kind: "hoc_bong", Quantity: 1})
			if err != nil {
				return err
			}
		}
		return nil
	})
	b := sampletest.As(t, s, "khuyenhoc")
	first := b.Get(t, diary+"?viec=hoc_bong").Want(t, 200, "04/02/2026", "Xem tiếp")
	next := ""
	for _, a := range first.Find("a", "rel", "next") {
		next, _ = portaltest.Attr(a, "href")
	}
	if !strings.Contains(next, "viec=hoc_bong") {
		t.Fatalf("the next page loses the filter: %q", next)
	}
	b.Get(t, next).Want(t, 200, "01/01/2026", "Về đầu danh sách").Never(t, "04/02/2026", "Xem tiếp")
	b.Get(t, diary+"?nam=2025").Want(t, 200, "chưa có việc nào")
	b.Get(t, diary+"?sau=linh-tinh&nam=abc&chi-hoi=x").Want(t, 200, "Trao học bổng")
}
