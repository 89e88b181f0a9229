package ui_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"wardportal/web/ui"
)

func demoSite() ui.Site {
	return ui.Site{
		Name: "Cổng thông tin các hội đặc thù", Ward: "Phường Chánh Lộ", Place: "thành phố Quảng Ngãi",
		Title: "Cổng thông tin các hội đặc thù phường Chánh Lộ", HomeURL: "/",
		Owner:       "Ủy ban nhân dân phường Chánh Lộ",
		Responsible: "Chịu trách nhiệm nội dung: Chủ tịch Ủy ban nhân dân phường (mẫu)",
		Address:     "số 00 đường Mẫu, phường Chánh Lộ, thành phố Quảng Ngãi, tỉnh Quảng Ngãi (mẫu)",
		Phone:       "0255 000 0000", Email: "lienhe@chanhlo.example", Hours: "sáng thứ Hai đến thứ Sáu, 7:00 – 11:30",
		Help:       []ui.Link{{Label: "Gửi thư, góp ý", URL: "/gop-y"}, {Label: "Đăng nhập cho cán bộ hội", URL: "/dang-nhap"}},
		About:      []ui.Link{{Label: "Hỗ trợ tiếp cận", URL: "/tro-nang"}, {Label: "Bảo vệ dữ liệu cá nhân", URL: "/quyen-rieng-tu"}},
		SmallPrint: []string{"Ghi rõ nguồn khi dùng lại thông tin của trang này."},
		HelpLine:   "Cần giúp? Gọi cán bộ phường", HelpPhone: "0900 000 000", HelpHours: "(giờ làm việc)",
	}
}

func demoShell(title string) ui.Shell {
	return ui.Shell{
		Title: title, Site: demoSite(), Demo: true,
		Assets: ui.Assets{CSS: "portal.css", JS: "app.js", Emblem: "emblem.svg", TouchIcon: "apple-touch-icon.png"},
		Reader: ui.Reader{Action: "/co-chu", ReturnTo: "/tin-tuc?chuyen-muc=thong-bao"},
	}
}

func demoWork(title, active string) ui.WorkPage {
	p := ui.WorkPage{
		Shell: demoShell(title), Office: "Hội Người cao tuổi", HomeURL: "/quan-ly",
		User: ui.Link{Label: "Trần Văn Thuận", URL: "/quan-ly/tai-khoan"}, SignOut: "/dang-xuat",
		Context: ui.Context{Trail: []string{"Hội Người cao tuổi", "Chi hội 3", title}},
	}
	counts := map[string]int{"Việc cần làm": 4, "Cán bộ": 3}
	for _, name := range []string{"Việc cần làm", "Hội viên", "Chi hội", "Cán bộ", "Hoạt động", "Họp", "Báo cáo", "Tin bài", "Tài khoản"} {
		p.Side = append(p.Side, ui.NavItem{Label: name, URL: "/quan-ly", Active: name == active, Count: counts[name]})
	}
	return p
}

func demoPublic(title, active string) ui.PublicPage {
	p := ui.PublicPage{Shell: demoShell(title), Account: &ui.Link{Label: "Đăng nhập", URL: "/dang-nhap"}}
	for _, name := range []string{"Trang chủ", "Giới thiệu", "Tin tức", "Thông báo", "Các hội", "Văn bản", "Lịch", "Số liệu", "Góp ý", "Tìm kiếm"} {
		p.Nav = append(p.Nav, ui.NavItem{Label: name, URL: "/", Active: name == active})
	}
	return p
}

// meta gives the content of a meta element by name or property.
func meta(p page, name string) string {
	p.t.Helper()
	return get(p.find(func(n *html.Node) bool {
		return n.DataAtom == atom.Meta && (get(n, "name") == name || get(n, "property") == name)
	}), "content")
}

func TestPublicShell(t *testing.T) {
	t.Parallel()
	v := demoPublic("Hội nghị tổng kết", "Tin tức")
	v.Description, v.Canonical = "Củng cố tổ chức hội.", "https://chanhlo.example/tin-tuc/hoi-nghi"
	v.Image, v.ImageAlt, v.Article, v.Published = "https://chanhlo.example/anh/1-1200", "Hội trường", true, "2023-12-04T16:54:00+07:00"
	v.Feed = &ui.Link{Label: "Tin mới", URL: "/tin-tuc.atom"}
	src := render(t, ui.Public(v, text("Nội dung bài")))
	p := check(t, src)
	if !strings.HasPrefix(src, "<!doctype html>") && !strings.HasPrefix(src, "<!DOCTYPE html>") {
		t.Error("no doctype first: the page would be in quirks mode")
	}
	title := p.find(func(n *html.Node) bool { return n.DataAtom == atom.Title })
	if words(title) != "Hội nghị tổng kết – Cổng thông tin các hội đặc thù phường Chánh Lộ" {
		t.Errorf("title %q", words(title))
	}
	for name, want := range map[string]string{
		"description": v.Description, "og:title": v.Title, "og:image": v.Image, "og:image:alt": v.ImageAlt, "og:url": v.Canonical,
		"og:type": "article", "og:locale": "vi_VN", "article:published_time": v.Published,
	} {
		if got := meta(p, name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if strings.Contains(src, "<script") {
		t.Error("a public page carries a script")
	}
	if strings.Contains(src, "noindex") {
		t.Error("a public page hides from search engines")
	}
	if got := words(p.byID("noi-dung")); got != "Nội dung bài" {
		t.Errorf("main holds %q", got)
	}
	here := p.find(func(n *html.Node) bool { return get(n, "aria-current") != "" })
	if words(here) != "Tin tức" {
		t.Errorf("current entry %q", words(here))
	}
	if !strings.Contains(words(p.root), "Dữ liệu mẫu") {
		t.Error("the demo ward does not say so")
	}
	v.Demo, v.Script, v.NoIndex = false, true, true
	src = render(t, ui.Public(v, text("")))
	if strings.Contains(src, "Dữ liệu mẫu") || !strings.Contains(src, `src="app.js"`) || !strings.Contains(src, "noindex") {
		t.Error("demo line, script or robots do not follow the page")
	}
}

func TestReaderSwitches(t *testing.T) {
	t.Parallel()
	v := demoPublic("Tin tức", "Tin tức")
	v.Reader.Size, v.Reader.Contrast = 26, true
	p := check(t, render(t, ui.Public(v, text(""))))
	root := p.find(func(n *html.Node) bool { return n.DataAtom == atom.Html })
	if get(root, "lang") != "vi" || get(root, "data-size") != "26" || get(root, "data-contrast") != "high" {
		t.Errorf("html %v", root.Attr)
	}
	if !has(p.byID("co26"), "checked") || has(p.byID("co18"), "checked") || !has(p.byID("tp"), "checked") {
		t.Error("the switches do not show what is chosen")
	}
	back := p.find(func(n *html.Node) bool { return get(n, "name") == "ve" })
	if get(back, "value") != "/tin-tuc?chuyen-muc=thong-bao" {
		t.Errorf("returns to %q", get(back, "value"))
	}
	v.Reader = ui.Reader{Action: "/co-chu", Size: 99}
	p = check(t, render(t, ui.Public(v, text(""))))
	root = p.find(func(n *html.Node) bool { return n.DataAtom == atom.Html })
	if has(root, "data-size") || has(root, "data-contrast") || !has(p.byID("co18"), "checked") {
		t.Error("an unknown size is not the normal one")
	}
}

func TestWorkShell(t *testing.T) {
	t.Parallel()
	v := demoWork("Hội viên", "Hội viên")
	v.Failed = true
	v.Flash = &ui.Flash{Tone: ui.Good, Text: "Đã lưu bà Nguyễn Thị An.", More: &ui.Link{Label: "Mở hồ sơ", URL: "/quan-ly/hoi-vien/1"}}
	v.Undo = &ui.Undo{Text: "Đã chuyển ông Đặng Văn Lộc.", Action: "/quan-ly/hoan-tac", Fields: []ui.Pair{{Name: "viec", Value: "17"}}, Seconds: 30}
	v.Context.Status = ui.Status{Icon: "check", Tone: ui.Good, Text: "Đã lưu lúc 14:03", Live: true}
	src := render(t, ui.Work(v, text("Danh sách")))
	p := check(t, src)
	title := p.find(func(n *html.Node) bool { return n.DataAtom == atom.Title })
	if !strings.HasPrefix(words(title), "Lỗi: Hội viên – ") {
		t.Errorf("title %q", words(title))
	}
	if meta(p, "robots") != "noindex, nofollow" {
		t.Error("the workplace may be indexed")
	}
	here := p.find(func(n *html.Node) bool { return get(n, "aria-current") == "page" })
	if words(here) != "Hội viên" {
		t.Errorf("current entry %q", words(here))
	}
	status := p.find(func(n *html.Node) bool { return has(n, "data-save-status") })
	if get(status, "role") != "status" || words(status) != "Đã lưu lúc 14:03" {
		t.Errorf("status %q", words(status))
	}
	undo := p.find(func(n *html.Node) bool { return has(n, "data-undo") })
	if get(undo, "data-undo") != "30" || !strings.Contains(words(undo), "Hoàn tác (còn 30 giây)") {
		t.Errorf("undo bar %q", words(undo))
	}
	if !strings.Contains(words(p.root), "Việc cần làm có 4 việc") {
		t.Error("the count is not read out with its words")
	}
	if !strings.Contains(src, "govuk-notification-banner--success") {
		t.Error("the message of the redirect is missing")
	}

	v.Flash, v.Undo, v.Context = nil, nil, ui.Context{}
	src = render(t, ui.Work(v, text("")))
	for _, leftover := range []string{"p-undo", "notification-banner", "p-context"} {
		if strings.Contains(src, leftover) {
			t.Errorf("%s without content", leftover)
		}
	}
}

func TestBannersSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	for want, f := range map[string]ui.Flash{
		"Xong": {Tone: ui.Good, Text: "Đã lưu."}, "Lưu ý": {Tone: ui.Bad, Text: "Chưa gửi được."},
		"Cho biết": {Text: "Phiên làm việc đã hết giờ."}, "Đã hoàn tác": {Tone: ui.Good, Title: "Đã hoàn tác", Text: "Ông Lộc về lại chi hội 3."},
	} {
		p := check(t, render(t, ui.Banner(f)))
		if got := words(p.byID("tin-bao")); got != want {
			t.Errorf("banner is titled %q, want %q", got, want)
		}
	}
}

func TestTelURL(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"0255 000 0000": "tel:02550000000", "+84 (255) 3.822.822": "tel:+842553822822", "09+1": "tel:091", "": "tel:"} {
		if got := ui.TelURL(in); got != want {
			t.Errorf("TelURL(%q) = %q, want %q", in, got, want)
		}
	}
}
