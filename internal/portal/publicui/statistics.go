package publicui

import (
	"net/http"
	"strconv"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// yearsShown is how many years the tables of reports go back.
const yearsShown = 4

type statisticsView struct {
	Ward     string
	Figures  []ui.Figure
	Chart    ui.Chart
	Table    ui.SimpleTable
	Note     string
	Reports  []reportTable
	Compared ui.Chart
	Years    string // "2025 và 2024"
}

// reportTable is what an association reported over the years.
type reportTable struct {
	Name  string
	Table ui.SimpleTable
}

// statistics shows what the rosters hold today and what received reports say of the years before.
func (p pages) statistics(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	ctx := r.Context()
	facts := p.kit.FactsOf(ctx)
	counts, err := readCounts(ctx, tx, 0)
	if err != nil {
		return kit.Reply{}, err
	}
	_, people, err := member.PeopleAt(ctx, tx, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	published, err := report.Published(ctx, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	v := statisticsView{Ward: facts.Ward.Name, Figures: wardFigures(len(facts.Associations), len(counts.branches), people),
		Chart: memberChart(facts.Associations, counts), Table: memberTable(facts.Associations, counts), Reports: reportTables(facts.Associations, published),
		Note: "Tính đến " + vi.ShortDate(tx.Today()) + ". Một người có thể là hội viên của nhiều hội, nên không cộng số hội viên các hội để ra số người. Số dưới 5 không công bố."}
	v.Compared, v.Years = comparedChart(facts.Associations, published)
	return kit.Public(kit.PublicPage{Title: "Số liệu", Active: href.Statistics, Path: href.Statistics,
		Description: "Số hội viên, chi hội và hoạt động qua các năm của các hội đặc thù " + facts.Ward.Name + ", có biểu đồ và bảng."}, statisticsBody(v)), nil
}

func memberChart(list []association.Association, c counts) ui.Chart {
	chart := ui.Chart{Label: "Biểu đồ cột ngang: số hội viên của từng hội; số liệu ở bảng ngay dưới", Series: []string{"hội viên"}}
	for _, a := range list {
		if n, ok := c.total(a.ID); ok {
			chart.Bars = append(chart.Bars, ui.Bar{Label: a.Name, Value: float64(n), Text: vi.Int(n)})
		}
	}
	return chart
}

func memberTable(list []association.Association, c counts) ui.SimpleTable {
	t := ui.SimpleTable{Caption: "Hội viên và chi hội của từng hội", HideCaption: true,
		Cols: []ui.Col{{Label: "Hội"}, {Label: "Hội viên", Numeric: true}, {Label: "Chi hội", Numeric: true}}}
	for _, a := range list {
		members := untoldWords
		if n, ok := c.total(a.ID); ok {
			members = vi.Int(n)
		}
		t.Rows = append(t.Rows, []string{a.Name, members, vi.Int(len(c.of(a.ID)))})
	}
	return t
}

// cell names a reported figure.
type cell struct {
	year        int
	association association.ID
	code        string
}

func index(list []report.PublicFigure) (cells map[cell]report.PublicFigure, years []int) {
	cells = map[cell]report.PublicFigure{}
	for _, f := range list {
		cells[cell{f.Year, f.Association, f.Code}] = f
		if len(years) == 0 || years[len(years)-1] != f.Year { // the list is sorted, newest year first
			years = append(years, f.Year)
		}
	}
	return cells, years
}

// reportTables lists, per association, the rows that residents may see, the newest year first. Rows without a figure in
// any of the years are left out.
func reportTables(list []association.Association, published []report.PublicFigure) []reportTable {
	cells, years := index(published)
	years = years[:min(len(years), yearsShown)]
	var tables []reportTable
	for _, a := range list {
		t := ui.SimpleTable{Caption: a.Name + " theo báo cáo năm", HideCaption: true, Cards: true, Cols: []ui.Col{{Label: "Nội dung"}}}
		for _, y := range years {
			t.Cols = append(t.Cols, ui.Col{Label: strconv.Itoa(y), Numeric: true})
		}
		for _, code := range report.PublicCodes {
			if row, any := reportRow(cells, years, a.ID, code); any {
				t.Rows = append(t.Rows, row)
			}
		}
		if len(t.Rows) > 0 {
			tables = append(tables, reportTable{Name: a.Name, Table: t})
		}
	}
	return tables
}

func reportRow(cells map[cell]report.PublicFigure, years []int, a association.ID, code string) (row []string, any bool) {
	ind, ok := report.ByCode(code)
	if !ok {
		return nil, false
	}
	row = []string{ind.Label + " (" + ind.Unit + ")"}
	for _, y := range years {
		f, there := cells[cell{y, a, code}]
		text := "–"
		if there {
			text, any = f.Text(), true
		}
		row = append(row, text)
	}
	return row, any
}

const membersAtEnd = "GEN.MEM.END"

// comparedChart sets the members at the end of the newest complete year beside those of the year before.
func comparedChart(list []association.Association, published []report.PublicFigure) (chart ui.Chart, years string) {
	cells, _ := index(published)
	year := completeYear(published, membersAtEnd)
	if year == 0 {
		return ui.Chart{}, ""
	}
	now, before := strconv.Itoa(year), strconv.Itoa(year-1)
	chart = ui.Chart{Label: "Biểu đồ cột ngang: hội viên cuối năm " + now + " và " + before + " theo báo cáo; số liệu ở các bảng bên dưới", Series: []string{"năm " + now, "năm " + before}}
	for _, a := range list {
		f, ok := cells[cell{year, a.ID, membersAtEnd}]
		n, whole := f.Value.Int()
		if !ok || !whole {
			continue
		}
		bar := ui.Bar{Label: a.Name, Value: float64(n), Text: f.Text()}
		if prev, ok := cells[cell{year - 1, a.ID, membersAtEnd}]; ok {
			if m, whole := prev.Value.Int(); whole {
				bar.Prev = float64(m)
			}
		}
		chart.Bars = append(chart.Bars, bar)
	}
	return chart, now + " và " + before
}

// completeYear is the newest year in which as many associations as ever reported the row: a year of which only some
// reports were received would look like a fall.
func completeYear(published []report.PublicFigure, code string) int {
	told := map[int]int{}
	most := 0
	for _, f := range published {
		if f.Code == code {
			told[f.Year]++
			most = max(most, told[f.Year])
		}
	}
	best := 0
	for y, n := range told {
		if n == most {
			best = max(best, y)
		}
	}
	return best
}
