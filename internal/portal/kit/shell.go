package kit

import (
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"wardportal/internal/authz"
	"wardportal/internal/ward"
	"wardportal/web"
	"wardportal/web/ui"
)

const siteName = "Cổng thông tin các hội đặc thù"

// publicMenu is the main menu of the public site: entries whose pages are mounted.
func (k *Kit) publicMenu(active string) []ui.NavItem {
	items := make([]ui.NavItem, 0, len(k.publicEntries))
	for _, e := range k.publicEntries {
		items = append(items, ui.NavItem{Label: e.Label, URL: e.URL, Active: e.URL == active})
	}
	return items
}

// PublicMenu adds an entry to the main menu of the public site, in the order of the calls.
func (k *Kit) PublicMenu(label, path string) {
	k.publicEntries = append(k.publicEntries, ui.Link{Label: label, URL: path})
}

// FooterLink adds a link to a column of the public footer: help ("Cần giúp?") or about ("Về trang này").
func (k *Kit) FooterLink(help bool, label, path string) {
	if help {
		k.helpLinks = append(k.helpLinks, ui.Link{Label: label, URL: path})
		return
	}
	k.aboutLinks = append(k.aboutLinks, ui.Link{Label: label, URL: path})
}

func (k *Kit) shell(r *http.Request, title string, failed bool) ui.Shell {
	w := k.FactsOf(r.Context()).Ward
	return ui.Shell{
		Title: title, Failed: failed, Demo: w.Demo,
		Site: k.site(w),
		Assets: ui.Assets{
			CSS: web.AssetURL("portal.css"), JS: web.AssetURL("app.js"), Emblem: web.AssetURL("emblem.svg"), TouchIcon: web.AssetURL("apple-touch-icon.png"),
		},
		Reader: reader(r),
	}
}

func (k *Kit) site(w ward.Ward) ui.Site {
	if w.ID == 0 {
		return ui.Site{Name: siteName, Title: siteName, HomeURL: "/"}
	}
	return ui.Site{
		Name: siteName, Ward: upperFirst(w.Name), Place: strings.TrimPrefix(w.Place(), upperFirst(w.Name)+", "),
		Title: siteName + " " + w.Name, HomeURL: "/",
		Owner: "Ủy ban nhân dân " + w.Name, Responsible: responsible(w), Address: w.Address, Phone: w.Phone, Email: w.Email, Hours: w.Hours,
		Help: k.helpLinks, About: k.aboutLinks,
		SmallPrint: smallPrint(w),
		HelpLine:   "Cần giúp? Gọi cán bộ phường", HelpPhone: w.Phone, HelpHours: "(giờ làm việc)",
	}
}

// responsible says who answers for the content (handbook §9).
func responsible(w ward.Ward) string {
	if w.Responsible == "" {
		return ""
	}
	return "Chịu trách nhiệm nội dung: " + w.Responsible
}

func smallPrint(w ward.Ward) []string {
	lines := []string{"Ghi rõ nguồn khi dùng lại thông tin của trang này."}
	if w.Demo {
		lines = append(lines, "Dữ liệu mẫu: tên người, địa chỉ liên hệ và số liệu là giả định, trừ dữ kiện đã công bố về hội nghị ngày 01/12/2023.")
	}
	return lines
}

// reader is the state of the reader switches, kept in a cookie of its own: "22" or "26", and "c" for high contrast.
func reader(r *http.Request) ui.Reader {
	out := ui.Reader{Action: "/co-chu", Size: 18, ReturnTo: r.URL.RequestURI()}
	c, err := r.Cookie(ReaderCookie)
	if err != nil {
		return out
	}
	switch {
	case strings.HasPrefix(c.Value, "22"):
		out.Size = 22
	case strings.HasPrefix(c.Value, "26"):
		out.Size = 26
	}
	out.Contrast = strings.HasSuffix(c.Value, "c")
	return out
}

// ReaderCookie keeps the reader switches.
const ReaderCookie = "doc"

func (k *Kit) publicShell(w http.ResponseWriter, r *http.Request, p PublicPage) ui.PublicPage {
	page := ui.PublicPage{
		Shell: k.shell(r, p.Title, p.Failed), Nav: k.publicMenu(p.Active), Description: p.Description, ImageAlt: p.ImageAlt,
		Article: p.Article, Published: p.Published, NoIndex: p.NoIndex, Script: p.Script,
		Feed:    &ui.Link{Label: "Tin mới", URL: "/tin-tuc.atom"},
		Account: &ui.Link{Label: "Đăng nhập", URL: signInPath},
	}
	if k.Token(r) != "" {
		page.Account = &ui.Link{Label: "Trang làm việc", URL: workplace}
	}
	if p.Path != "" {
		page.Canonical = k.Absolute(p.Path)
	}
	if p.Image != "" {
		page.Image = k.Absolute(p.Image)
	}
	page.Flash, _ = k.takeFlash(w, r, k.Pool.Now())
	return page
}

func (k *Kit) workShell(w http.ResponseWriter, r *http.Request, s *state, p WorkPage) ui.WorkPage {
	page := ui.WorkPage{
		Shell: k.shell(r, p.Title, p.Failed), Office: k.office(r, s.who), HomeURL: workplace,
		User: ui.Link{Label: s.who.Name, URL: workplace + "/tai-khoan"}, SignOut: "/dang-xuat",
		Context: ui.Context{Trail: p.Trail, Status: p.Status},
	}
	for _, e := range k.menu {
		if e.Need.Allows(s.who) {
			page.Side = append(page.Side, ui.NavItem{Label: e.Label, URL: e.URL, Active: e.URL == p.Active})
		}
	}
	page.Flash, page.Undo = k.takeFlash(w, r, k.Pool.Now())
	if p.Undo != nil {
		page.Undo = p.Undo
	}
	return page
}

// Office is the second line of the workplace's header: for whom one works at the moment.
func (k *Kit) Office(r *http.Request) string { return k.office(r, WhoOf(r.Context())) }

func (k *Kit) office(r *http.Request, who authz.Who) string {
	facts := k.FactsOf(r.Context())
	for _, g := range who.Grants {
		if g.Role.Ward() {
			return "UBND " + facts.Ward.Name
		}
	}
	for _, g := range who.Grants {
		if who.Acting != 0 && g.Association != who.Acting {
			continue
		}
		if a, ok := facts.Association(g.Association); ok {
			return a.Name
		}
	}
	return siteName
}

// upperFirst is for ward names, which begin with an ASCII letter: "phường", "xã", "đặc khu" has a rune of its own.
func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
