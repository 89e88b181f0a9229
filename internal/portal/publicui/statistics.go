package publicui

import (
	"net/http"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

type statisticsView struct {
	Ward    string
	Figures []ui.Figure
	Chart   ui.Chart
	Table   ui.SimpleTable
	Note    string
}

// statistics shows what the rosters hold today.
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
	v := statisticsView{Ward: facts.Ward.Name, Figures: wardFigures(len(facts.Associations), len(counts.branches), people),
		Chart: memberChart(facts.Associations, counts), Table: memberTable(facts.Associations, counts),
		Note: "Tính đến " + vi.ShortDate(tx.Today()) + ". Một người có thể là hội viên của nhiều hội, nên không cộng số hội viên các hội để ra số người. Số dưới 5 không công bố."}
	return kit.Public(kit.PublicPage{Title: "Số liệu", Active: href.Statistics, Path: href.Statistics,
		Description: "Số hội viên, chi hội của các hội đặc thù " + facts.Ward.Name + ", có biểu đồ và bảng."}, statisticsBody(v)), nil
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
