package report

import (
	"fmt"
	"slices"
	"strings"

	"wardportal/internal/sheet"
)

// typed makes a typed cell of a figure: numbers are numbers, answers and hidden counts are words.
func (i Issue) typed(ind Indicator, v Value) sheet.Value {
	switch {
	case !v.Answered():
		return sheet.Value{}
	case !i.Exact && PublicText(ind, v) != v.String():
		return sheet.Str(PublicText(ind, v))
	}
	return number(v)
}

func number(v Value) sheet.Value {
	switch n, whole := v.Int(); {
	case v.Answer() != Number && v.Answered():
		return sheet.Str(v.String())
	case v.Answer() == Number && whole:
		return sheet.Int(n)
	case v.Answer() == Number:
		f, _ := v.rat().Float64()
		return sheet.Dec(f)
	}
	return sheet.Value{}
}

func (i Issue) workbook(tables ...sheet.Table) sheet.Workbook {
	for n := range tables {
		tables[n].Watermark = i.printNote()
	}
	return sheet.Workbook{Tables: tables, Creator: i.By, Created: i.At}
}

// Workbook makes "BIỂU SỐ LIỆU" and next year's plan as a spreadsheet.
func (s Sheet) Workbook(i Issue) sheet.Workbook {
	year := s.Campaign.Year
	letter := []string{strings.ToUpper(s.Name(i.Ward))}
	figures := sheet.Table{
		Name: "Biểu số liệu", Letter: letter, Landscape: true,
		Titles: []string{fmt.Sprintf("BIỂU SỐ LIỆU NĂM %d", year), s.standing()},
		Columns: []sheet.Column{
			{Header: "STT", Width: 6, Center: true}, {Header: "Mục", Width: 26}, {Header: "Chỉ tiêu", Width: 46}, {Header: "Đơn vị tính", Width: 12, Center: true},
			{Header: fmt.Sprintf("Năm %d", year-1), Width: 16}, {Header: fmt.Sprintf("Kế hoạch năm %d", year), Width: 16}, {Header: fmt.Sprintf("Thực hiện năm %d", year), Width: 16},
			{Header: "So với kế hoạch (%)", Width: 12}, {Header: fmt.Sprintf("So với năm %d (%%)", year-1), Width: 12}, {Header: "Tăng, giảm", Width: 14},
			{Header: "Ghi chú", Width: 30}, {Header: "Mã", Width: 16},
		},
	}
	var rows [][]sheet.Value
	for n, r := range s.Figures() {
		section, _ := SectionByID(r.Indicator.Section)
		ofTarget, ofLast, diff := number(r.OfTarget), number(r.OfLast), number(r.Difference)
		if i.text(r.Indicator, r.Now) != r.Now.String() && r.Now.Answered() || i.optional(r.Indicator, r.Last) != r.Last.String() {
			ofTarget, ofLast, diff = sheet.Value{}, sheet.Value{}, sheet.Value{}
		}
		rows = append(rows, []sheet.Value{
			sheet.Plain(int64(n + 1)), sheet.Str(section.Title), sheet.Str(r.Indicator.Label), sheet.Str(r.Indicator.Unit),
			i.typed(r.Indicator, r.Last), i.typed(r.Indicator, r.Target), i.typed(r.Indicator, r.Now), ofTarget, ofLast, diff,
			sheet.Str(r.Note), sheet.Str(r.Indicator.Code),
		})
	}
	figures.Rows = sheet.Cells(rows)
	if len(s.NextTargets) == 0 {
		return i.workbook(figures)
	}
	return i.workbook(figures, s.planSheet(letter))
}

func (s Sheet) planSheet(letter []string) sheet.Table {
	plan := sheet.Table{
		Name: fmt.Sprintf("Kế hoạch %d", s.Campaign.Year+1), Letter: letter, Titles: []string{fmt.Sprintf("CHỈ TIÊU NĂM %d", s.Campaign.Year+1)},
		Columns: []sheet.Column{{Header: "STT", Width: 6, Center: true}, {Header: "Chỉ tiêu", Width: 50}, {Header: "Đơn vị tính", Width: 12, Center: true}, {Header: "Kế hoạch", Width: 16}},
	}
	var rows [][]sheet.Value
	for _, ind := range ForKind(s.Kind, s.Campaign.Year+1) {
		if v, ok := s.NextTargets[ind.Code]; ok {
			rows = append(rows, []sheet.Value{sheet.Plain(int64(len(rows) + 1)), sheet.Str(ind.Label), sheet.Str(ind.Unit), number(v)})
		}
	}
	plan.Rows = sheet.Cells(rows)
	return plan
}

// Workbook makes the ward's table, all figures of all associations and the state of the reports as a spreadsheet.
// Small counts of sensitive rows are hidden whoever exports it.
func (w WardSummary) Workbook(i Issue) sheet.Workbook {
	i.Exact = false
	letter := []string{strings.ToUpper(i.Ward)}
	return i.workbook(w.wardSheet(letter), w.figureSheet(i, letter))
}

func (w WardSummary) wardSheet(letter []string) sheet.Table {
	t := sheet.Table{
		Name: "Tổng hợp", Letter: letter, Landscape: true, Closing: w.Table.Notes,
		Titles:  []string{fmt.Sprintf("BẢNG TỔNG HỢP CÁC HỘI NĂM %d", w.Campaign.Year), upperFirst(w.Basis())},
		Columns: []sheet.Column{{Header: "STT", Width: 6, Center: true}, {Header: "Hội", Width: 34}, {Header: "Tình trạng", Width: 14}},
	}
	for _, c := range w.Table.Columns {
		t.Columns = append(t.Columns, sheet.Column{Header: c.Title + " (" + c.Unit + ")", Width: 15})
	}
	t.Columns = append(t.Columns, sheet.Column{Header: "Xếp loại", Width: 14})
	var rows [][]sheet.Value
	for n, r := range w.Table.Rows {
		rows = append(rows, append(append([]sheet.Value{sheet.Plain(int64(n + 1)), sheet.Str(r.Name), sheet.Str(r.State.Label())}, numbers(r.Cells)...), sheet.Str(r.Rating)))
	}
	totals := []TotalRow{w.Table.Total}
	if w.Table.Provisional != nil {
		totals = append(totals, *w.Table.Provisional)
	}
	for _, total := range totals {
		rows = append(rows, append([]sheet.Value{{}, sheet.Str(total.Label), {}}, numbers(total.Cells)...))
	}
	t.Rows = sheet.Cells(rows)
	return t
}

func numbers(cells []Cell) []sheet.Value {
	list := make([]sheet.Value, len(cells))
	for i, c := range cells {
		list[i] = number(c.Value)
		if c.Apart {
			list[i] = sheet.Str("không cộng")
		}
	}
	return list
}

func (w WardSummary) figureSheet(i Issue, letter []string) sheet.Table {
	t := sheet.Table{
		Name: "Toàn bộ số liệu", Letter: letter, Landscape: true,
		Titles:  []string{fmt.Sprintf("SỐ LIỆU CỦA TỪNG HỘI NĂM %d", w.Campaign.Year), upperFirst(w.Basis())},
		Columns: []sheet.Column{{Header: "STT", Width: 6, Center: true}, {Header: "Mã", Width: 18}, {Header: "Chỉ tiêu", Width: 46}, {Header: "Đơn vị tính", Width: 12, Center: true}},
	}
	for _, r := range w.Indicators.Reports {
		t.Columns = append(t.Columns, sheet.Column{Header: r.Name + " (" + strings.ToLower(r.State.Label()) + ")", Width: 18})
	}
	t.Columns = append(t.Columns, sheet.Column{Header: "Cộng các hội đã tiếp nhận", Width: 18}, sheet.Column{Header: "Ghi chú", Width: 40})
	var rows [][]sheet.Value
	for _, r := range w.Figures() {
		cells := []sheet.Value{sheet.Plain(int64(len(rows) + 1)), sheet.Str(r.Indicator.Code), sheet.Str(r.Indicator.Label), sheet.Str(r.Indicator.Unit)}
		for _, c := range slices.Concat(r.Cells, []Cell{r.Total}) {
			if c.Apart {
				cells = append(cells, sheet.Str("không cộng"))
			} else {
				cells = append(cells, i.typed(r.Indicator, c.Value))
			}
		}
		rows = append(rows, append(cells, sheet.Str(r.Total.Note)))
	}
	t.Rows = sheet.Cells(rows)
	return t
}
