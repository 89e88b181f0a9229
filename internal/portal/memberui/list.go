package memberui

import (
	"net/http"
	"strconv"
	"strings"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

func (p pages) list(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	desk, err := p.kit.Desk(r, authz.ReadRoster)
	if err != nil {
		return kit.Reply{}, err
	}
	a := parseAsked(r, desk.ID)
	page, err := member.List(r.Context(), tx, a.filter, member.ParseCursor(r.FormValue("sau")), 0)
	if err != nil {
		return kit.Reply{}, err
	}
	branches, err := branchesOf(r, tx, desk, authz.ReadRoster)
	if err != nil {
		return kit.Reply{}, err
	}
	v := buildList(listInput{
		asked: a, desk: desk, page: page, branches: branches, desks: p.kit.Desks(r, authz.ReadRoster),
		write: tx.Who().May(authz.WriteRoster), imports: tx.Who().May(authz.ImportRoster), export: tx.Who().May(authz.ExportRoster), first: r.FormValue("sau") == "",
	})
	return kit.Work(kit.WorkPage{Title: "Hội viên", Active: href.Members, Trail: v.Trail}, listBody(v)), nil
}

// branchesOf lists the branches with a roster that the person may work with, in their order.
func branchesOf(r *http.Request, tx *db.Tx, desk association.Association, action authz.Action) ([]association.Branch, error) {
	if desk.ID == 0 {
		return nil, nil
	}
	all, err := association.Branches(r.Context(), tx, desk.ID, tx.Today())
	if err != nil {
		return nil, err
	}
	ids, whole := tx.Who().BranchesOf(desk.ID, action)
	list := make([]association.Branch, 0, len(all))
	for _, b := range all {
		mine := whole
		for _, id := range ids {
			mine = mine || id == b.ID
		}
		if mine && b.Listed {
			list = append(list, b)
		}
	}
	return list, nil
}

// listInput is everything that the list page is built from.
type listInput struct {
	asked                         asked
	desk                          association.Association
	page                          member.Page
	branches                      []association.Branch
	desks                         []association.Association
	write, imports, export, first bool
}

type listView struct {
	Trail              []string
	AddURL, ImportURL  string // "" = may not
	ExportURL, InURL   string
	LongevityURL       string    // "" = nobody here is an elder
	Hidden             []ui.Pair // what the filter form keeps
	Query              ui.Input
	Desks, Branches    ui.Choice // without options: nothing to choose
	Sex, Age           ui.Choice
	NoBirth            ui.Check
	Narrowed           bool
	Chips              []ui.Chip
	Caption            string
	Rows               []rowView
	Print              ui.PrintTable
	Pager              ui.PagerLinks
	Empty              ui.Empty
	Questions, AskedAt string
}

type rowView struct {
	URL, Name, Under, Birth, Joined, Phone string
	Tag                                    ui.TagView
}

func buildList(in listInput) listView {
	a := in.asked
	v := listView{
		Trail:    trail(in.desk.Name, branchName(in.branches, a.filter.Branch), "Hội viên"),
		Query:    ui.Input{Name: "q", Label: "Tìm theo tên, bí danh hoặc 4 số cuối điện thoại", Type: "search", Value: a.query, Autocomplete: "off"},
		Sex:      ui.Choice{Name: "gioi-tinh", Label: "Giới tính", Value: a.sex, Options: []ui.Option{{Label: "Nam và nữ"}, {Value: "nam", Label: "Nam"}, {Value: "nu", Label: "Nữ"}}},
		Age:      ui.Choice{Name: "tuoi", Label: "Tuổi", Value: a.age, Options: []ui.Option{{Label: "Mọi tuổi"}}},
		NoBirth:  ui.Check{Name: "thieu-nam-sinh", Label: "Chỉ người thiếu năm sinh", Checked: a.noBirth != ""},
		Narrowed: a.narrowed(), Chips: chips(a, in.page.Tally), Caption: caption(in),
	}
	for _, x := range ages {
		v.Age.Options = append(v.Age.Options, ui.Option{Value: x.slug, Label: x.label})
	}
	v.fillChoices(in)
	for _, r := range in.page.Rows {
		v.Rows = append(v.Rows, rowOf(r, len(in.branches) != 1 && a.filter.Branch == 0, in.association(r)))
	}
	v.Print = printTable(v.Caption, in.page.Rows)
	if in.write {
		v.AddURL = href.With(href.MemberAdd, kit.AssociationParam, a.hoi, "chi-hoi", a.branch)
	}
	if in.imports {
		v.ImportURL = href.With(href.MemberImport, kit.AssociationParam, a.hoi)
	}
	if in.export && len(v.Rows) > 0 {
		v.ExportURL, v.InURL = a.url(href.MemberExport, a.state, ""), a.url(href.MemberPrint, a.state, "")
	}
	if in.page.Questions > 0 {
		v.Questions, v.AskedAt = "Có "+strconv.Itoa(in.page.Questions)+" tin về hội viên đang chờ xác nhận.", href.MemberAsked
	}
	if in.elders() {
		v.LongevityURL = href.With(href.Longevity, kit.AssociationParam, a.hoi)
	}
	v.Pager, v.Empty = pager(in), empty(in, v.AddURL)
	return v
}

// elders tells whether the list is of an association of elders, or of all with one of elders among them.
func (in listInput) elders() bool {
	for _, d := range in.desks {
		if d.Kind == string(association.NCT) && (in.desk.ID == 0 || in.desk.ID == d.ID) {
			return true
		}
	}
	return false
}

func (v *listView) fillChoices(in listInput) {
	if len(in.desks) > 1 {
		v.Desks = ui.Choice{Name: kit.AssociationParam, Label: "Hội", Value: idText(in.desk.ID), Options: []ui.Option{{Label: "Tất cả các hội"}}}
		for _, d := range in.desks {
			v.Desks.Options = append(v.Desks.Options, ui.Option{Value: idText(d.ID), Label: d.Name})
		}
	}
	if len(in.branches) > 1 {
		v.Branches = ui.Choice{Name: "chi-hoi", Label: "Chi hội", Value: in.asked.branch, Options: []ui.Option{{Label: "Tất cả"}}}
		for _, b := range in.branches {
			v.Branches.Options = append(v.Branches.Options, ui.Option{Value: idText(b.ID), Label: b.Name})
		}
	}
	if in.asked.state != "" {
		v.Hidden = append(v.Hidden, ui.Pair{Name: "trang-thai", Value: in.asked.state})
	}
}

func idText[T ~int64](id T) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}

// trail is the sticky line: association, branch if one is chosen, place.
func trail(association, branch string, rest ...string) []string {
	if association == "" {
		association = "Các hội"
	}
	line := []string{association}
	if branch != "" {
		line = append(line, branch)
	}
	return append(line, rest...)
}

func branchName(branches []association.Branch, id member.BranchID) string {
	for _, b := range branches {
		if b.ID == id || len(branches) == 1 {
			return b.Name
		}
	}
	return ""
}

func chips(a asked, t member.Tally) []ui.Chip {
	var list []ui.Chip
	for _, s := range states {
		if s.status == member.Mistake && t.Mistake == 0 && a.filter.Status != member.Mistake {
			continue
		}
		list = append(list, ui.Chip{Label: s.label, Count: vi.Int(t.Of(s.status)), URL: a.url(href.Members, s.slug, ""), Active: a.filter.Status == s.status})
	}
	return list
}

// total is the size of the list in words: "82 người", "hơn 1.000 người".
func total(t member.Total) string {
	if t.More {
		return "hơn " + vi.Int(t.N) + " người"
	}
	return vi.Int(t.N) + " người"
}

func caption(in listInput) string {
	s := in.asked.caption
	if b := branchName(in.branches, in.asked.filter.Branch); b != "" {
		s += ", " + lowerFirst(b)
	}
	if in.asked.query != "" {
		s += ", tìm “" + in.asked.query + "”"
	}
	s += ", xếp theo tên: "
	if n := len(in.page.Rows); n > 0 && (in.page.Next != "" || !in.first) {
		return s + "từ " + vi.Int(in.page.From) + " đến " + vi.Int(in.page.From+n-1) + " trong " + total(in.page.Total)
	}
	return s + total(in.page.Total)
}

func lowerFirst(s string) string {
	for _, r := range s {
		return strings.ToLower(string(r)) + s[len(string(r)):]
	}
	return s
}

// association names the row's association where the list shows several.
func (in listInput) association(r member.Row) string {
	for _, d := range in.desks {
		if in.desk.ID == 0 && d.ID == r.AssociationID {
			return d.ShortName
		}
	}
	return ""
}

func rowOf(r member.Row, withBranch bool, association string) rowView {
	v := rowView{URL: href.Member(r.ID), Name: r.FullName, Birth: dash(r.Birth.Display()), Joined: dash(r.Joined.Display()), Phone: dash(vi.PhoneDisplay(r.Phone)), Tag: statusTag(r.Status, r.EndedHow)}
	var under []string
	if r.Alias != "" {
		under = append(under, r.Alias)
	}
	if association != "" {
		under = append(under, association)
	}
	if withBranch {
		under = append(under, r.Branch)
	}
	v.Under = strings.Join(under, " · ")
	return v
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func statusTag(s member.Status, how *member.EndHow) ui.TagView {
	switch {
	case s == member.Active:
		return ui.TagView{Tone: ui.Good, Text: s.Label()}
	case s == member.Left && how != nil:
		return ui.TagView{Tone: ui.Grey, Text: how.Label()}
	case s == member.Exempt:
		return ui.TagView{Tone: ui.Info, Text: s.Label()}
	default:
		return ui.TagView{Tone: ui.Grey, Text: s.Label()}
	}
}

func printTable(caption string, rows []member.Row) ui.PrintTable {
	t := ui.PrintTable{Caption: caption, Sign: true, Cols: []ui.Col{
		{Label: "Họ và tên"}, {Label: "Năm sinh", Numeric: true}, {Label: "Chi hội"}, {Label: "Ngày vào hội", Numeric: true},
	}}
	for _, r := range rows {
		year := ""
		if !r.Birth.IsZero() {
			year = strconv.Itoa(r.Birth.Year)
		}
		t.Rows = append(t.Rows, []string{r.FullName, year, r.Branch, r.Joined.Display()})
	}
	return t
}

func pager(in listInput) ui.PagerLinks {
	var links ui.PagerLinks
	if !in.first {
		links.FirstURL = in.asked.url(href.Members, in.asked.state, "")
	}
	if in.page.Next == "" {
		return links
	}
	links.NextURL, links.NextLabel = in.asked.url(href.Members, in.asked.state, in.page.Next), "Xem tiếp"
	if left := in.page.Total.N - in.page.From - len(in.page.Rows) + 1; !in.page.Total.More && left > 0 {
		links.NextLabel = "Xem " + strconv.Itoa(min(left, member.PageSize)) + " người tiếp theo"
	} else {
		links.NextLabel = "Xem " + strconv.Itoa(member.PageSize) + " người tiếp theo"
	}
	return links
}

func empty(in listInput, addURL string) ui.Empty {
	if in.asked.query != "" || in.asked.narrowed() || in.page.Tally.Of("") > 0 || !in.first {
		return ui.Empty{
			Title: "Không có ai theo điều kiện đã chọn", Text: "Thử gõ ít chữ hơn, không cần dấu, hoặc xem “Tất cả”.",
			Actions: []ui.Action{{Label: "Bỏ điều kiện lọc", URL: href.With(href.Members, kit.AssociationParam, in.asked.hoi, "trang-thai", "tat-ca"), Kind: ui.Secondary}},
		}
	}
	e := ui.Empty{Title: "Danh sách chưa có ai", Text: "Thêm từng người, hoặc nhập cả danh sách đang có trong tệp Excel."}
	if addURL != "" {
		e.Actions = []ui.Action{{Label: "Thêm hội viên đầu tiên", URL: addURL, Kind: ui.Secondary}}
	}
	if in.imports {
		e.Actions = append(e.Actions, ui.Action{Label: "Nhập từ Excel", URL: href.With(href.MemberImport, kit.AssociationParam, in.asked.hoi), Kind: ui.Secondary})
	}
	return e
}
