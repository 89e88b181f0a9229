package longevityui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// listInput is everything that the page is built from.
type listInput struct {
	asked    asked
	all      member.Longevity // of every branch the reader may read
	branches []association.Branch
	ward     string
	export   bool
	today    time.Time
}

type listView struct {
	Title                        string
	Trail                        []string
	Issuer, Ceremony             string
	Lines                        []string
	ExportURL                    string    // "" = may not, or nothing there
	Hidden                       []ui.Pair // what the filter form keeps
	Year, Counting, Desk, Branch ui.Choice // Desk and Branch without options: nothing to choose
	Chips                        []ui.Chip
	Counts                       ui.SimpleTable
	Groups                       []groupView
	Unknown                      groupView // without rows: nobody
	Closing                      string
	Print, PrintUnknown          ui.PrintTable
	Empty                        ui.Empty
}

type groupView struct {
	ID, Title, Note string
	Rows            []rowView
}

type rowView struct{ URL, Name, Under, Sex, Birth, Branch, Address string }

func buildList(in listInput) listView {
	a := in.asked
	shown := in.all.In(a.branch)
	place := branchName(in.branches, a.branch)
	v := listView{
		Title: "Mừng thọ năm " + strconv.Itoa(a.year), Trail: []string{a.desk.Name, "Hội viên", "Mừng thọ"}, Issuer: issuer(a.desk, in.ward, place),
		Ceremony: member.CeremonyTitle(shown.Ages()), Lines: lines(a, in.today), Closing: closing(shown),
		Counts: counts(in.all, in.branches), Empty: empty(a),
	}
	if place != "" {
		v.Trail = []string{a.desk.Name, place, "Hội viên", "Mừng thọ"}
	}
	v.choose(in)
	for _, g := range shown.Groups {
		v.Groups = append(v.Groups, group(g, a))
		v.Chips = append(v.Chips, ui.Chip{Label: groupName(g.Group), Count: vi.Int(len(g.Elders)), URL: "#" + groupID(g.Group)})
	}
	if n := len(shown.Unknown); n > 0 {
		v.Unknown = groupView{ID: "thieu-nam-sinh", Title: "Thiếu năm sinh: " + vi.Int(n) + " người", Note: "Chưa tính được tuổi những người này. Khi hồ sơ có năm sinh, ai đúng tuổi sẽ có tên trong danh sách."}
		for _, e := range shown.Unknown {
			v.Unknown.Rows = append(v.Unknown.Rows, row(e))
		}
		v.Chips = append(v.Chips, ui.Chip{Label: "Thiếu năm sinh", Count: vi.Int(n), URL: "#thieu-nam-sinh", Icon: "warning", Tone: ui.Warn})
	}
	v.Print, v.PrintUnknown = printed(shown, a, place), printedUnknown(shown, place)
	if in.export && shown.Count()+len(shown.Unknown) > 0 {
		v.ExportURL = a.url(href.LongevityExport)
	}
	return v
}

// yearsAhead is how far a ward plans gifts; the years in between are in the list of choices.
const yearsAhead = 5

func (v *listView) choose(in listInput) {
	a := in.asked
	v.Year = ui.Choice{Name: yearParam, Label: "Năm", Value: strconv.Itoa(a.year)}
	from, to := min(in.today.Year()-1, a.year), max(in.today.Year()+yearsAhead, a.year)
	for y := from; y <= to; y++ {
		v.Year.Options = append(v.Year.Options, ui.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y) + " (" + vi.LunarYearName(y) + ")"})
	}
	v.Counting = ui.Choice{Name: countingParam, Label: "Cách tính tuổi", Value: string(a.counting)}
	for _, c := range member.Countings {
		v.Counting.Options = append(v.Counting.Options, ui.Option{Value: string(c), Label: c.Label()})
	}
	switch {
	case len(a.desks) > 1:
		v.Desk = ui.Choice{Name: kit.AssociationParam, Label: "Hội", Value: id(a.desk.ID)}
		for _, d := range a.desks {
			v.Desk.Options = append(v.Desk.Options, ui.Option{Value: id(d.ID), Label: d.Name})
		}
	case a.hoi != "":
		v.Hidden = []ui.Pair{{Name: kit.AssociationParam, Value: a.hoi}}
	}
	if len(in.branches) > 1 {
		v.Branch = ui.Choice{Name: branchParam, Label: "Chi hội", Options: []ui.Option{{Label: "Tất cả"}}}
		for _, b := range in.branches {
			v.Branch.Options = append(v.Branch.Options, ui.Option{Value: id(b.ID), Label: b.Name})
		}
		if a.branch != 0 {
			v.Branch.Value = id(a.branch)
		}
	}
}

func branchName(branches []association.Branch, b member.BranchID) string {
	for _, x := range branches {
		if x.ID == b || len(branches) == 1 {
			return x.Name
		}
	}
	return ""
}

func issuer(desk association.Association, ward, branch string) string {
	s := desk.Name + " " + ward
	if branch != "" {
		s = branch + " – " + s
	}
	return s
}

// lines say for which Tết, how ages are counted, and as of when people belong.
func lines(a asked, today time.Time) []string {
	season := vi.SpringName(a.year)
	if tet, ok := vi.TetOf(a.year); ok {
		season += ", mồng Một Tết là ngày " + tet.Display()
	}
	how := "tuổi tròn: năm " + strconv.Itoa(a.year) + " trừ năm sinh"
	if a.counting == member.ByCustom {
		how = "tuổi mụ: năm " + strconv.Itoa(a.year) + " trừ năm sinh, thêm 1"
	}
	return []string{season + ". Tính theo " + how + ".", "Lập theo danh sách hội viên ngày " + vi.ShortDate(today) + "."}
}

func groupName(age int) string {
	if age == last() {
		return strconv.Itoa(age) + " tuổi trở lên"
	}
	return strconv.Itoa(age) + " tuổi"
}

func groupID(age int) string { return "tuoi-" + strconv.Itoa(age) }

// last is the group in which ages differ.
func last() int { return member.LongevityAges[len(member.LongevityAges)-1] }

func group(g member.Honoured, a asked) groupView {
	v := groupView{ID: groupID(g.Group), Title: groupName(g.Group) + ": " + vi.Int(len(g.Elders)) + " người", Note: member.LongevityTitle(g.Group)}
	for _, e := range g.Elders {
		r := row(e)
		if g.Group == last() {
			r.Under = age(e, a) + " tuổi"
		}
		v.Rows = append(v.Rows, r)
	}
	return v
}

func row(e member.Elder) rowView {
	return rowView{URL: href.Member(e.ID), Name: e.FullName, Sex: dash(e.Sex.Label()), Birth: dash(e.Birth.Display()), Branch: e.Branch, Address: dash(e.Address)}
}

func age(e member.Elder, a asked) string { return strconv.Itoa(a.counting.Age(e.Birth.Year, a.year)) }

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func closing(l member.Longevity) string {
	return "Danh sách này có " + vi.Int(l.Count()) + " người./."
}

// counts is the table of branches by ages; a branch that was closed under its members still counts.
func counts(l member.Longevity, branches []association.Branch) ui.SimpleTable {
	t := ui.SimpleTable{Caption: "Số người được mừng thọ theo chi hội và độ tuổi", HideCaption: true, Cards: true, Cols: []ui.Col{{Label: "Chi hội"}}}
	for _, age := range member.LongevityAges {
		t.Cols = append(t.Cols, ui.Col{Label: groupName(age), Numeric: true})
	}
	t.Cols = append(t.Cols, ui.Col{Label: "Cộng", Numeric: true})
	type line struct {
		name string
		l    member.Longevity
	}
	var list []line
	known := map[member.BranchID]bool{}
	for _, b := range branches {
		known[b.ID] = true
		list = append(list, line{b.Name, l.In(b.ID)})
	}
	for _, g := range l.Groups {
		for _, e := range g.Elders {
			if !known[e.BranchID] {
				known[e.BranchID] = true
				list = append(list, line{e.Branch, l.In(e.BranchID)})
			}
		}
	}
	for _, x := range list {
		t.Rows = append(t.Rows, countRow(x.name, x.l))
	}
	t.Foot = countRow("Cộng", l)
	return t
}

func countRow(name string, l member.Longevity) []string {
	by := map[int]int{}
	for _, g := range l.Groups {
		by[g.Group] = len(g.Elders)
	}
	cells := []string{name}
	for _, age := range member.LongevityAges {
		cells = append(cells, vi.Int(by[age]))
	}
	return append(cells, vi.Int(l.Count()))
}

// printed leaves out what the paper has no room for, so that a row takes two lines at most beside the place to sign; the
// branch is not repeated where the heading names it.
func printed(l member.Longevity, a asked, place string) ui.PrintTable {
	t := ui.PrintTable{Caption: "Danh sách mừng thọ năm " + strconv.Itoa(a.year), Sign: true, Cols: []ui.Col{
		{Label: "Họ và tên"}, {Label: "Ngày sinh", Numeric: true}, {Label: "Tuổi", Numeric: true}, {Label: "Chi\u00a0hội"}, {Label: "Chỗ\u00a0ở"},
	}}
	for _, g := range l.Groups {
		for _, e := range g.Elders {
			t.Rows = append(t.Rows, []string{e.FullName, e.Birth.Display(), age(e, a), together(e.Branch), e.Address})
		}
	}
	return without(t, 3, place != "")
}

// without drops a column of a table on paper.
func without(t ui.PrintTable, col int, drop bool) ui.PrintTable {
	if drop {
		t.Cols = slices.Delete(t.Cols, col, col+1)
		for i := range t.Rows {
			t.Rows[i] = slices.Delete(t.Rows[i], col, col+1)
		}
	}
	return t
}

// together keeps a short name such as "Chi hội 3" on one line of a narrow column.
func together(name string) string {
	if len([]rune(name)) > 12 {
		return name
	}
	return strings.ReplaceAll(name, " ", "\u00a0")
}

func printedUnknown(l member.Longevity, place string) ui.PrintTable {
	t := ui.PrintTable{Caption: "Thiếu năm sinh, cần hỏi lại", Cols: []ui.Col{{Label: "Họ và tên"}, {Label: "Chi\u00a0hội"}, {Label: "Chỗ\u00a0ở"}, {Label: "Năm sinh"}}}
	for _, e := range l.Unknown {
		t.Rows = append(t.Rows, []string{e.FullName, together(e.Branch), e.Address, ""})
	}
	return without(t, 1, place != "")
}

func empty(a asked) ui.Empty {
	return ui.Empty{
		Title: "Năm " + strconv.Itoa(a.year) + " không có ai đến tuổi mừng thọ",
		Text:  "Danh sách lấy người 70, 75, 80, 85, 90, 95 tuổi và từ 100 tuổi trở lên. Thử năm khác, hoặc xem lại năm sinh trong danh sách hội viên.",
		Actions: []ui.Action{
			{Label: "Xem danh sách hội viên", URL: href.With(href.Members, kit.AssociationParam, a.hoi), Kind: ui.Secondary},
		},
	}
}
