package publicui

import (
	"net/http"

	"wardportal/internal/db"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/web/ui"
)

type aboutView struct {
	Title        string
	Text         []string
	Associations []ui.Link
	Responsible  string
}

func (p pages) about(r *http.Request, _ *db.Tx) (kit.Reply, error) {
	facts := p.kit.FactsOf(r.Context())
	v := aboutView{Title: "Giới thiệu " + facts.Ward.Name, Text: paragraphs(facts.Ward.About), Responsible: facts.Ward.Responsible}
	for _, a := range facts.Associations {
		v.Associations = append(v.Associations, ui.Link{Label: a.Name, URL: href.Association(a.Slug)})
	}
	page := kit.PublicPage{Title: v.Title, Active: href.About, Path: href.About}
	if len(v.Text) > 0 {
		page.Description = shorten(v.Text[0], 160)
	}
	return kit.Public(page, aboutBody(v)), nil
}

type contactView struct {
	Owner, Address, Phone, Email, Hours, Responsible string
	Associations                                     []contactLine
}

type contactLine struct {
	Name, URL, Contact string
}

func (p pages) contact(r *http.Request, _ *db.Tx) (kit.Reply, error) {
	facts := p.kit.FactsOf(r.Context())
	w := facts.Ward
	v := contactView{Owner: "Ủy ban nhân dân " + w.Name, Address: w.Address, Phone: w.Phone, Email: w.Email, Hours: w.Hours, Responsible: w.Responsible}
	for _, a := range facts.Associations {
		contact := a.Contact
		if contact == "" {
			contact = "Qua Ủy ban nhân dân phường"
		}
		v.Associations = append(v.Associations, contactLine{Name: a.Name, URL: href.Association(a.Slug), Contact: contact})
	}
	return kit.Public(kit.PublicPage{Title: "Liên hệ", Active: href.Contact, Path: href.Contact,
		Description: "Địa chỉ, điện thoại, thư điện tử và giờ tiếp dân của Ủy ban nhân dân " + w.Name + "."}, contactBody(v)), nil
}

// helpView are the facts that the texts about the site itself mention.
type helpView struct {
	Ward, Phone, Email string
}

func (p pages) help(r *http.Request) helpView {
	w := p.kit.FactsOf(r.Context()).Ward
	return helpView{Ward: w.Name, Phone: w.Phone, Email: w.Email}
}

func (p pages) accessibility(r *http.Request, _ *db.Tx) (kit.Reply, error) {
	return kit.Public(kit.PublicPage{Title: "Hỗ trợ tiếp cận", Path: href.Accessibility,
		Description: "Cách dùng trang dễ hơn cho người mắt kém, người dùng bàn phím và người dùng phần mềm đọc màn hình."}, accessibilityBody(p.help(r))), nil
}

func (p pages) privacy(r *http.Request, _ *db.Tx) (kit.Reply, error) {
	return kit.Public(kit.PublicPage{Title: "Bảo vệ dữ liệu cá nhân", Path: href.Privacy,
		Description: "Trang này lưu gì về người đọc và hội viên, ai được xem, và quyền của ông/bà."}, privacyBody(p.help(r))), nil
}

func contactRows(v contactView) []ui.SummaryRow {
	var rows []ui.SummaryRow
	add := func(row ui.SummaryRow, value string) {
		if value != "" {
			rows = append(rows, row)
		}
	}
	add(ui.SummaryRow{Key: "Địa chỉ", Value: v.Address}, v.Address)
	add(ui.SummaryRow{Key: "Điện thoại", Body: telLink(v.Phone)}, v.Phone)
	add(ui.SummaryRow{Key: "Thư điện tử", Body: mailLink(v.Email)}, v.Email)
	add(ui.SummaryRow{Key: "Tiếp dân", Value: v.Hours}, v.Hours)
	add(ui.SummaryRow{Key: "Chịu trách nhiệm nội dung", Value: v.Responsible}, v.Responsible)
	return rows
}
