package publicui

import (
	"testing"

	"wardportal/internal/association"
	"wardportal/internal/report"
)

func figure(year int, a association.ID, code string, n int64) report.PublicFigure {
	return report.PublicFigure{Year: year, Association: a, Code: code, Value: report.Num(n)}
}

// A year of which only some reports were received is not drawn as a fall.
func TestComparedChartWaitsForTheWholeYear(t *testing.T) {
	t.Parallel()
	list := []association.Association{{ID: 1, Name: "Hội Người cao tuổi"}, {ID: 2, Name: "Hội Khuyến học"}}
	published := []report.PublicFigure{
		figure(2026, 1, membersAtEnd, 1010),
		figure(2025, 1, membersAtEnd, 1000), figure(2025, 2, membersAtEnd, 1800),
		figure(2024, 1, membersAtEnd, 990),
	}
	chart, years := comparedChart(list, published)
	if years != "2025 và 2024" || len(chart.Bars) != 2 || chart.Bars[0].Text != "1.000" || chart.Bars[0].Prev != 990 || chart.Bars[1].Prev != 0 {
		t.Errorf("%s: %+v", years, chart.Bars)
	}
	if chart, years := comparedChart(list, nil); years != "" || len(chart.Bars) != 0 {
		t.Errorf("without reports: %s %+v", years, chart)
	}
}

func TestReportTables(t *testing.T) {
	t.Parallel()
	list := []association.Association{{ID: 1, Name: "Hội Người cao tuổi"}, {ID: 2, Name: "Hội Khuyến học"}}
	var published []report.PublicFigure
	for y := 2026; y > 2020; y-- {
		published = append(published, figure(y, 1, "GEN.MEM.NEW", int64(y-2000)))
	}
	published[1].Hidden, published[1].Value = true, report.Value{}
	tables := reportTables(list, published)
	if len(tables) != 1 || len(tables[0].Table.Cols) != 1+yearsShown || len(tables[0].Table.Rows) != 1 {
		t.Fatalf("%+v", tables)
	}
	if row := tables[0].Table.Rows[0]; row[1] != "26" || row[2] != "dưới 5" || row[3] != "24" {
		t.Errorf("row %q", row)
	}
}
