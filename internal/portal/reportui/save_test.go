package reportui_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
)

func openForm(t *testing.T, b *portaltest.Browser, path string) url.Values {
	t.Helper()
	form := b.Get(t, path+"?muc=tat-ca").Want(t, 200).Form(t, path)
	form.Set("lam", "tam")
	return form
}

func TestTwoPeopleAtOnceLoseNothing(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	chair, official := sampletest.As(t, s, "dacam"), sampletest.As(t, s, "canbo")
	const path = "/quan-ly/bao-cao/2026/chat-doc-da-cam"
	first := openForm(t, chair, path)
	first.Set("GEN.CARE.SICK", "10")
	chair.Follow(t, path, first)

	mine, theirs := openForm(t, chair, path), openForm(t, official, path)
	theirs.Set("GEN.CARE.SICK", "12")
	theirs.Set("GEN.CARE.GIFT", "30")
	official.Follow(t, path, theirs)
	mine.Set("GEN.CARE.SICK", "11")
	mine.Set("GEN.MEM.ADJ", "-2") // a cell that only the chair touched
	page := chair.Post(t, path, mine).Want(t, http.StatusConflict, "Có người vừa sửa cùng báo cáo này", "Còn 1 ô cần chọn", "Trần Thị Minh Nguyệt", "Lúc ông/bà mở", "11", "12", "10")
	choice := page.Form(t, path)
	if choice.Get("GEN.MEM.ADJ") != "-2" || choice.Get("GEN.CARE.SICK") != "11" {
		t.Fatalf("the page of three columns lost what was typed: %v", choice)
	}
	keepMine := url.Values{}
	for k, v := range choice {
		keepMine[k] = v
	}
	keepMine.Set("lam", "tam")
	for _, tc := range []struct{ choice, want string }{{"now", "12"}, {"opened", "10"}, {"mine", "11"}} {
		form := url.Values{}
		for k, v := range keepMine {
			form[k] = append([]string(nil), v...)
		}
		form.Del("_khoa")
		form.Set("version", openForm(t, chair, path).Get("version"))
		form.Set("chon-GEN.CARE.SICK", tc.choice)
		chair.Follow(t, path, form).Want(t, 200, "Đã lưu tạm")
		now := openForm(t, chair, path)
		if got := now.Get("GEN.CARE.SICK"); got != tc.want {
			t.Errorf("choice %s left %q, want %s", tc.choice, got, tc.want)
		}
		if now.Get("GEN.CARE.GIFT") != "30" || now.Get("GEN.MEM.ADJ") != "−2" {
			t.Errorf("choice %s touched other cells: %q %q", tc.choice, now.Get("GEN.CARE.GIFT"), now.Get("GEN.MEM.ADJ"))
		}
	}
}

func TestCellsThatDoNotMeetAreMerged(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	chair, official := sampletest.As(t, s, "tnxp"), sampletest.As(t, s, "canbo")
	const path = "/quan-ly/bao-cao/2026/thanh-nien-xung-phong"
	mine, theirs := openForm(t, chair, path), openForm(t, official, path)
	theirs.Set("GEN.CARE.GIFT", "14")
	official.Follow(t, path, theirs)
	mine.Set("GEN.CARE.SICK", "21")
	chair.Follow(t, path, mine).Want(t, 200, "Đã lưu tạm")
	now := openForm(t, chair, path)
	if now.Get("GEN.CARE.GIFT") != "14" || now.Get("GEN.CARE.SICK") != "21" {
		t.Errorf("merged to %q and %q, want 14 and 21", now.Get("GEN.CARE.GIFT"), now.Get("GEN.CARE.SICK"))
	}
}

func TestAutosave(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "tuyeunuoc")
	const path = "/quan-ly/bao-cao/2026/tu-yeu-nuoc"
	form := openForm(t, b, path)
	autosave := func() *portaltest.Page {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.Server.URL+path, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("X-Autosave", "1")
		return b.Do(t, req)
	}
	form.Set("GEN.CARE.SICK", "5")
	for _, text := range []string{"6", "7", "bảy tám"} { // the last is no number: the rest is kept all the same
		form.Set("GEN.CARE.GIFT", text)
		p := autosave()
		if p.Status != http.StatusNoContent || p.Header.Get("X-Form-Version") == "" {
			t.Fatalf("autosave: %d %q", p.Status, p.Header.Get("X-Form-Version"))
		}
		form.Set("version", p.Header.Get("X-Form-Version"))
	}
	now := openForm(t, b, path)
	if now.Get("GEN.CARE.SICK") != "5" || now.Get("GEN.CARE.GIFT") != "7" {
		t.Errorf("autosaved %q and %q, want 5 and 7", now.Get("GEN.CARE.SICK"), now.Get("GEN.CARE.GIFT"))
	}
	b.Get(t, path+"/xem").Want(t, 200, "Nhập, sửa báo cáo (2 lần lưu)")
	s.Owner(t, `update session set ended_at = created_at`)
	if p := autosave(); p.Status != http.StatusUnauthorized {
		t.Errorf("autosave after the session: %d, want 401", p.Status)
	}
}

func TestBadFiguresComeBackWithEverythingTyped(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	form := openForm(t, b, elderly)
	form.Set("GEN.MEM.NEW", "ba mươi")
	form.Set("GEN.CARE.GIFT", "-4")
	form.Set("GEN.CARE.GIFT_AMT", "2,5 triệu")
	page := b.Post(t, elderly, form).Want(t, 422, "Còn 2 chỗ cần sửa", "không thể âm")
	again := page.Form(t, elderly)
	for name, want := range map[string]string{"GEN.MEM.NEW": "ba mươi", "GEN.CARE.GIFT": "-4", "GEN.CARE.GIFT_AMT": "2,5 triệu"} {
		if got := again.Get(name); got != want {
			t.Errorf("%s came back as %q, want %q", name, got, want)
		}
	}
	if n := s.Count(t, `select count(*) from report_value v join report r on r.id = v.report_id join campaign c on c.id = r.campaign_id where c.year = 2026`); n != 0 {
		t.Errorf("%d figures of a refused form were kept", n)
	}
	form.Set("GEN.MEM.NEW", "30")
	form.Set("GEN.CARE.GIFT", "")
	form.Set("tl-GEN.CARE.GIFT", "not_applicable")
	b.Follow(t, elderly, form).Want(t, 200, "2.500.000")
	now := openForm(t, b, elderly)
	if now.Get("tl-GEN.CARE.GIFT") != "not_applicable" || now.Get("GEN.CARE.GIFT_AMT") != "2.500.000" {
		t.Errorf("answers: %q %q", now.Get("tl-GEN.CARE.GIFT"), now.Get("GEN.CARE.GIFT_AMT"))
	}
	for _, bad := range []url.Values{{}, {"version": {"x"}}, {"version": {"-3"}}} {
		if p := b.Post(t, elderly, bad); p.Status != http.StatusBadRequest {
			t.Errorf("post of %v: %d, want 400", bad, p.Status)
		}
	}
}

func TestSentTwiceIsSentOnce(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	form := openForm(t, b, elderly)
	form.Set("GEN.CARE.SICK", "3")
	first, second := b.Post(t, elderly, form), b.Post(t, elderly, form)
	if first.Location != second.Location {
		t.Errorf("the second submit leads to %q, the first to %q", second.Location, first.Location)
	}
	if n := s.Count(t, `select count(*) from report_change where action = 'save'`); n != 1 {
		t.Errorf("%d saves, want 1", n)
	}
}

func TestTextsFollowTheFiguresUntilSomebodyWrites(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	const box = "van-ban:cham-lo:0"
	page := func() url.Values { return b.Get(t, elderly+"?muc=cham-lo").Form(t, elderly) }
	form := page()
	form.Set("GEN.CARE.SICK", "41")
	form.Set("lam", "tam")
	b.Follow(t, elderly, form)
	form = page()
	if !strings.Contains(form.Get(box), "thăm hỏi 41 lượt") {
		t.Fatalf("the text does not follow the figure: %q", form.Get(box))
	}
	form.Set(box, "Hội thăm 41 lượt hội viên đau ốm; riêng dịp Tết thăm tận nhà.")
	form.Set("lam", "tam")
	b.Follow(t, elderly, form)
	form = page()
	form.Set("GEN.CARE.SICK", "44")
	form.Set("lam", "tam")
	b.Follow(t, elderly, form).Want(t, 200, "Số liệu đã đổi.", "riêng dịp Tết thăm tận nhà", "Lấy lại câu theo số liệu")
	form = page()
	form.Set("lay-lai", box)
	b.Follow(t, elderly, form).Want(t, 200, "thăm hỏi 44 lượt").Never(t, "riêng dịp Tết")
}
