package ui

import "strconv"

// Link is a labelled address. Phone numbers and mail addresses are links too ("tel:…", "mailto:…").
type Link struct {
	Label string
	URL   string
}

// NavItem is one entry of the public service navigation or of the workplace's side navigation.
type NavItem struct {
	Label  string
	URL    string
	Active bool // the page belongs to this entry
	Count  int  // things that wait there; 0 shows no badge
}

// Assets are the addresses of the built files; the caller takes them from web.AssetURL.
type Assets struct {
	CSS       string // portal.css
	JS        string // app.js, loaded by Work and by public pages that ask for it
	Emblem    string // emblem.svg, also the favicon
	TouchIcon string // apple-touch-icon.png
}

// Site holds the ward's facts that every page repeats.
type Site struct {
	Name    string // "Cổng thông tin các hội đặc thù"
	Ward    string // "Phường Chánh Lộ"
	Place   string // "thành phố Quảng Ngãi"; hidden on phones
	Title   string // tail of every <title>: "Cổng thông tin các hội đặc thù phường Chánh Lộ"
	HomeURL string // "/"

	Owner       string   // footer heading: "Ủy ban nhân dân phường Chánh Lộ"
	Responsible string   // "Chịu trách nhiệm nội dung: …"
	Address     string   // without the word "Địa chỉ"
	Phone       string   // as people write it: "0255 000 0000"
	Email       string   // plain address
	Hours       string   // "sáng thứ Hai đến thứ Sáu, 7:00 – 11:30"
	Help        []Link   // column "Cần giúp?"
	About       []Link   // column "Về trang này"
	SmallPrint  []string // last lines of the public footer
	HelpLine    string   // workplace footer: words before the number, "Cần giúp? Gọi cán bộ phường"
	HelpPhone   string   // workplace footer: number to call
	HelpHours   string   // workplace footer: words after the number, "(giờ làm việc)"
}

// Reader is the state of the reader switches, kept in a cookie by the server.
// The form posts `co` (18, 22 or 26), `tp` (present = high contrast) and `ve` (path to return to).
type Reader struct {
	Action   string // "/co-chu"
	Size     int    // 22 or 26; anything else is the normal size
	Contrast bool
	ReturnTo string // path and query of this page
}

// sizeAttr is the value of <html data-size>; empty means the normal size.
func (r Reader) sizeAttr() string {
	if r.Size == 22 || r.Size == 26 {
		return strconv.Itoa(r.Size)
	}
	return ""
}

// Flash is the one message carried over a redirect.
// Tone Good shows "Xong", Warn and Bad show "Lưu ý", Info shows "Cho biết"; Title replaces those words.
type Flash struct {
	Tone  Tone
	Title string
	Text  string
	More  *Link // what to do next, may be nil
}

// Undo is the bar that stays at the bottom for Seconds after a roster action.
// The countdown is only a courtesy of the script; the server decides whether it is still in time.
type Undo struct {
	Text    string // "Đã chuyển ông Đặng Văn Lộc sang chi hội 2."
	Action  string // address the undo button posts to
	Fields  []Pair // hidden inputs of that form
	Seconds int    // time left at the moment of rendering
}

// Pair is a name with its value: a hidden input.
type Pair struct{ Name, Value string }

// Shell is what public pages and workplace pages have in common.
type Shell struct {
	Title  string // the page's own name; the site's name is added
	Failed bool   // the form on the page came back with errors: the title starts with "Lỗi:"
	Site   Site
	Assets Assets
	Reader Reader
	Demo   bool // shows the line "Dữ liệu mẫu" under the header
	Flash  *Flash
}

// PublicPage is a page residents read. It carries no script unless Script is set
// (the sign-in page, for its "show password" button).
type PublicPage struct {
	Shell
	Nav         []NavItem
	Account     *Link  // "Đăng nhập" or "Trang làm việc", at the right of the header on wide screens
	Description string // meta description and og:description, at most about 160 characters
	Canonical   string // absolute address; empty = none
	Image       string // absolute address of a raster picture for og:image
	ImageAlt    string
	Article     bool   // og:type article
	Published   string // RFC 3339, for articles
	Feed        *Link  // Atom feed
	NoIndex     bool
	Script      bool
}

// WorkPage is a page of the workplace. Search engines are told to stay out.
type WorkPage struct {
	Shell
	Office  string // second line of the header: "Hội Người cao tuổi", "UBND phường Chánh Lộ"
	HomeURL string // "/quan-ly"
	User    Link   // name and account page; hidden on phones, where "Tài khoản" in Side leads there
	SignOut string // address of the sign-out form; the account page repeats it with SignOutForm
	Side    []NavItem
	Context Context
	Undo    *Undo
}

// Context is the sticky line that says where one is: "Hội Người cao tuổi – Chi hội 3 – Hội viên".
type Context struct {
	Trail  []string
	Status Status
}

// Status is a small line with an icon ("Đã lưu lúc 14:03"). Live announces changes, and is what
// the autosave script writes to.
type Status struct {
	Icon string
	Tone Tone
	Text string
	Live bool
}

func (s Shell) fullTitle() string {
	t := s.Title
	if t == "" {
		t = s.Site.Title
	} else if s.Site.Title != "" {
		t += " – " + s.Site.Title
	}
	if s.Failed {
		t = "Lỗi: " + t
	}
	return t
}

// placeTail follows the ward's name on wide screens.
func (s Site) placeTail() string {
	if s.Place == "" {
		return ""
	}
	return ", " + s.Place
}

func (p PublicPage) ogType() string {
	if p.Article {
		return "article"
	}
	return "website"
}

// ogTitle leaves the site's name to og:site_name: a card in Zalo has room for one line.
func (p PublicPage) ogTitle() string {
	if p.Title == "" {
		return p.Site.Title
	}
	return p.Title
}

func (f Flash) title() string {
	switch {
	case f.Title != "":
		return f.Title
	case f.Tone == Good:
		return "Xong"
	case f.Tone == Warn || f.Tone == Bad:
		return "Lưu ý"
	}
	return "Cho biết"
}

func (f Flash) class() string {
	if f.Tone == Warn || f.Tone == Bad {
		return "govuk-notification-banner p-banner--" + string(f.Tone)
	}
	return "govuk-notification-banner"
}

// class colours the words of a failure; of everything else only the icon.
func (s Status) class() string {
	if s.Tone == Bad {
		return "p-status p-bad"
	}
	return "p-status"
}

// TelURL turns a phone number as written into a tel: address.
func TelURL(number string) string {
	out := []byte("tel:")
	for i := 0; i < len(number); i++ {
		if c := number[i]; c >= '0' && c <= '9' || c == '+' && len(out) == 4 {
			out = append(out, c)
		}
	}
	return string(out)
}
