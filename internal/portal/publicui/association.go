package publicui

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/news"
	"wardportal/internal/officer"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web"
	"wardportal/web/ui"
)

type associationsView struct {
	Ward  string
	Cards []associationCard
}

func (p pages) associations(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	facts := p.kit.FactsOf(r.Context())
	counts, err := readCounts(r.Context(), tx, 0)
	if err != nil {
		return kit.Reply{}, err
	}
	v := associationsView{Ward: facts.Ward.Name, Cards: associationCards(facts.Associations, counts)}
	return kit.Public(kit.PublicPage{Title: "Các hội của " + facts.Ward.Name, Active: href.Associations, Path: href.Associations,
		Description: "Giới thiệu, ban chấp hành, chi hội và liên hệ của từng hội đặc thù " + facts.Ward.Name + "."}, associationsBody(v)), nil
}

type associationView struct {
	Trail    []ui.Link
	Title    string
	Lead     string
	Picture  string // address of the drawing
	Figures  []ui.Figure
	About    []string
	Bodies   []bodyView
	Branches ui.SimpleTable
	Note     string
	Contact  []string
	Phone    string
	News     []newsLine
}

// bodyView is a committee with those in office.
type bodyView struct {
	ID, Name string
	Table    ui.SimpleTable
}

func (p pages) association(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	ctx := r.Context()
	facts := p.kit.FactsOf(ctx)
	a, ok := facts.BySlug(chi.URLParam(r, "slug"))
	if !ok {
		return kit.Reply{}, fault.Missing()
	}
	counts, err := readCounts(ctx, tx, a.ID)
	if err != nil {
		return kit.Reply{}, err
	}
	inOffice, err := officer.PublicInOffice(ctx, tx, a.ID, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	about, err := news.List(ctx, tx, news.Filter{Association: a.ID}, 6)
	if err != nil {
		return kit.Reply{}, err
	}
	title := a.Name + " " + facts.Ward.Name
	v := associationView{
		Trail: []ui.Link{{Label: "Trang chủ", URL: href.Home}, {Label: "Các hội", URL: href.Associations}, {Label: a.Name}},
		Title: title, Picture: web.AssetURL("drawings/minh-hoa-thien-an.svg"),
		Bodies: bodies(inOffice), Branches: branchTable(a.ID, counts, inOffice), Note: countNote(a.ID, counts, vi.ShortDate(tx.Today())),
		News: newsLines(about.Rows), Phone: facts.Ward.Phone, Contact: contactLines(a, facts.Ward.Address),
	}
	if text := paragraphs(a.About); len(text) > 0 {
		v.Lead, v.About = text[0], text[1:]
	}
	v.About = append(v.About, paragraphs(a.History)...)
	if n, ok := counts.total(a.ID); ok {
		v.Figures = append(v.Figures, ui.Figure{Value: vi.Int(n), Label: "hội viên"})
	}
	if n := len(counts.of(a.ID)); n > 0 {
		v.Figures = append(v.Figures, ui.Figure{Value: vi.Int(n), Label: "chi hội"})
	}
	return kit.Public(kit.PublicPage{Title: title, Active: href.Associations, Path: href.Association(a.Slug), Description: shorten(title+". "+v.Lead, 160)},
		associationBody(v)), nil
}

// bodies groups those in office by their committee, in order of protocol; heads of branches stand in the table of branches.
func bodies(list []officer.Public) []bodyView {
	var out []bodyView
	for _, code := range []string{association.BodyBTV, association.BodyBCH, association.BodyBKT, association.BodyOther} {
		var rows [][]string
		for _, o := range list {
			if o.Body == code && o.BranchID == nil {
				rows = append(rows, []string{o.Name, officeWords(o), vi.ShortDate(o.StartsOn)})
			}
		}
		if len(rows) > 0 {
			name := association.BodyName(code)
			out = append(out, bodyView{ID: "ban-" + vi.Fold(code), Name: name, Table: ui.SimpleTable{Caption: name, HideCaption: true,
				Cols: []ui.Col{{Label: "Họ và tên"}, {Label: "Chức vụ"}, {Label: "Từ ngày", Numeric: true}}, Rows: rows}})
		}
	}
	return out
}

func officeWords(o officer.Public) string {
	if o.Acting {
		return "Phụ trách " + o.Title
	}
	return o.Title
}

func branchTable(a association.ID, c counts, inOffice []officer.Public) ui.SimpleTable {
	heads := map[association.BranchID]string{}
	for _, o := range inOffice {
		if o.BranchID != nil && o.Code == officer.HeadCode && heads[*o.BranchID] == "" {
			heads[*o.BranchID] = o.Name
			if o.Acting {
				heads[*o.BranchID] += " (phụ trách)"
			}
		}
	}
	t := ui.SimpleTable{Caption: "Các chi hội", HideCaption: true, Cards: true, Cols: []ui.Col{{Label: "Chi hội"}, {Label: "Địa bàn"}, {Label: "Chi hội trưởng"}, {Label: "Hội viên", Numeric: true}}}
	for _, b := range c.of(a) {
		head := heads[b.ID]
		if head == "" && b.Listed {
			head = "Đang kiện toàn"
		}
		t.Rows = append(t.Rows, []string{b.Name, places(b.GroupNames), head, c.words(b)})
	}
	if n, ok := c.total(a); ok && len(t.Rows) > 0 {
		t.Foot = []string{"Cộng", vi.Int(len(t.Rows)) + " chi hội", "", vi.Int(n)}
	}
	return t
}

func countNote(a association.ID, c counts, today string) string {
	note := "Số hội viên theo danh sách đến " + today + "."
	if c.counted[a] {
		note += " Chi hội trường học tính theo số nhà trường báo."
	}
	if c.anyHidden(a) {
		note += " Số dưới 5 không công bố để giữ sự riêng tư."
	}
	return note
}

func contactLines(a association.Association, address string) []string {
	lines := paragraphs(a.Contact)
	if len(lines) == 0 {
		lines = []string{"Qua Ủy ban nhân dân phường"}
		if address != "" {
			lines = append(lines, address)
		}
	}
	return lines
}

// places names residential groups shortly: one by its name, several as a range or list of numbers.
func places(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	short := []string{names[0]}
	for _, n := range names[1:] {
		short = append(short, strings.TrimPrefix(n, "Tổ dân phố "))
	}
	return strings.Join(short, ", ")
}
