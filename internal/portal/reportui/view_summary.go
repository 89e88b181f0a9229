package reportui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/portal/href"
	"wardportal/internal/report"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// summaryView is the ward's summary of a year.
type summaryView struct {
	Title, Basis string
	Meta         []string
	Figures      []ui.Figure
	Files        []ui.Link
	Matrix       []string // headings of the chapters
	MatrixRows   []matrixRow
	Columns      []ui.Col
	Rows         []wardRowView
	Totals       []wardRowView
	Notes        []string
	Chart        ui.Chart
	ChartRows    [][]string
	ChartCols    []ui.Col
	Texts        []textView
	TextsLink    *ui.Link
	TextsBy      string
	Indicators   ui.SimpleTable
	Primary      *ui.Action
	Links        []ui.Link
}

type matrixRow struct {
	Name, URL string
	Cells     []matrixCell
	Tag       *ui.TagView
}

// matrixCell is how far a chapter of an association is: an icon whose word is read out.
type matrixCell struct {
	Icon string
	Tone ui.Tone
	Word string
}

// wardRowView is a line of the consolidated table; pending lines are muted and say so.
type wardRowView struct {
	Name, URL, Under string
	Good, Pending    bool
	Cells            []string
}

func buildSummary(w report.WardSummary, who authz.Who, now time.Time) summaryView {
	c, b := w.Campaign, w.Board
	v := summaryView{
		Title: "Tổng hợp báo cáo năm " + itoa(c.Year), Basis: w.Basis(), Notes: w.Table.Notes,
		Meta:  []string{"Chốt số liệu " + day(c.CutOff), "Hạn nộp " + day(c.Deadline), "Khóa số liệu " + day(c.Close)},
		Files: []ui.Link{{Label: "Word", URL: href.SummaryFile(c.Year, "docx")}, {Label: "PDF", URL: href.SummaryFile(c.Year, "pdf")}, {Label: "Excel", URL: href.SummaryFile(c.Year, "xlsx")}},
		Figures: []ui.Figure{
			{Value: fmt.Sprintf("%d/%d", b.Sent(), len(b.Lines)), Label: "hội đã nộp"}, {Value: fmt.Sprintf("%d/%d", b.Accepted(), len(b.Lines)), Label: "đã tiếp nhận"},
		},
	}
	if !c.Historical {
		v.Figures = append(v.Figures, ui.Figure{Value: upperFirst(c.Calendar(time.Time{}).Countdown(now)), Label: "đến hạn nộp " + day(c.Deadline)})
	}
	if p := w.Table.People; p.Known {
		v.Figures = append(v.Figures, ui.Figure{Value: vi.Int(p.Distinct), Label: "người là hội viên (không tính trùng)"})
	}
	v.matrix(b)
	v.table(w)
	v.chart(w)
	v.words(w, who)
	v.Indicators = indicatorTable(w.Indicators)
	if n := len(b.Unsent()); n > 0 && who.May(authz.ManageCampaign) && !c.Historical {
		v.Primary = &ui.Action{Label: fmt.Sprintf("Soạn tin nhắc %d hội chưa nộp", n), URL: href.ReportYear(c.Year) + "#nhac"}
	}
	v.Links = []ui.Link{{Label: "Về danh sách báo cáo", URL: href.ReportYear(c.Year)}}
	return v
}

func (v *summaryView) matrix(b report.Board) {
	for _, s := range report.Matrix() {
		v.Matrix = append(v.Matrix, s.Short)
	}
	for _, l := range b.Lines {
		row := matrixRow{Name: l.Association.Name, URL: href.ReportDo(b.Campaign.Year, l.Association.Slug, "xem"), Tag: stateOf(l.Report.State)}
		for _, c := range l.Complete {
			row.Cells = append(row.Cells, cellOf(c.Label()))
		}
		v.MatrixRows = append(v.MatrixRows, row)
	}
}

func cellOf(label string) matrixCell {
	switch label {
	case "đủ":
		return matrixCell{"check", ui.Good, label}
	case "đang nhập":
		return matrixCell{"pencil", ui.Warn, label}
	case "chưa có":
		return matrixCell{"none", ui.Bad, label}
	}
	return matrixCell{Word: "không hỏi"}
}

func (v *summaryView) table(w report.WardSummary) {
	v.Columns = []ui.Col{{Label: "Hội"}}
	for _, c := range w.Table.Columns {
		label := c.Title
		if c.Unit == "đồng" {
			label += " (đồng)"
		}
		v.Columns = append(v.Columns, ui.Col{Label: label, Numeric: true})
	}
	for _, r := range w.Table.Rows {
		row := wardRowView{Name: r.Name, URL: href.ReportDo(w.Campaign.Year, r.Slug, "xem"), Under: "đã tiếp nhận", Good: true, Cells: cellTexts(r.Cells)}
		if !r.Accepted {
			row.Under, row.Good, row.Pending = "chưa tiếp nhận", false, true
		}
		v.Rows = append(v.Rows, row)
	}
	total := cellTexts(w.Table.Total.Cells)
	if w.Board.Accepted() == 0 { // nothing is summed yet
		total = slices.Repeat([]string{dash("")}, len(total))
	}
	v.Totals = []wardRowView{{Name: w.Table.Total.Label, Cells: total}}
	if p := w.Table.Provisional; p != nil {
		v.Totals = append(v.Totals, wardRowView{Name: p.Label, Pending: true, Cells: cellTexts(p.Cells)})
	}
}

func cellTexts(cells []report.Cell) []string {
	list := make([]string, len(cells))
	for i, c := range cells {
		list[i] = c.String()
	}
	return list
}

// chart draws the members of each association beside last year's, with its table.
func (v *summaryView) chart(w report.WardSummary) {
	now, before := fmt.Sprintf("năm %d", w.Campaign.Year), fmt.Sprintf("năm %d", w.Campaign.Year-1)
	v.Chart = ui.Chart{Label: "Biểu đồ cột ngang: hội viên từng hội; số liệu ở bảng bên dưới", Series: []string{now, before}}
	v.ChartCols = []ui.Col{{Label: "Hội"}, {Label: upperFirst(now), Numeric: true}, {Label: upperFirst(before), Numeric: true}}
	for _, r := range w.Table.Rows {
		n, ok := r.Values[membersRow].Int()
		last := lastMembers(w.Last, r.Slug)
		m, known := last.Int()
		if !ok && !known {
			continue
		}
		v.Chart.Bars = append(v.Chart.Bars, ui.Bar{Label: r.Name, Value: float64(n), Text: dash(r.Values[membersRow].String()), Prev: float64(m)})
		v.ChartRows = append(v.ChartRows, []string{r.Name, dash(r.Values[membersRow].String()), dash(last.String())})
	}
}

// membersRow is the indicator of the chart.
const membersRow = "GEN.MEM.END"

func lastMembers(t report.WardTable, slug string) report.Value {
	for _, r := range t.Rows {
		if r.Slug == slug && r.Accepted {
			return r.Values[membersRow]
		}
	}
	return report.Value{}
}

// summaryField is one of the ward's own texts.
type summaryField struct {
	Name, Label, Hint string
	of                func(*report.SummaryText) *string
}

var summaryFields = []summaryField{
	{"danh-gia", "Đánh giá chung", "Những việc các hội làm được trong năm.", func(t *report.SummaryText) *string { return &t.Assessment }},
	{"han-che", "Tồn tại, hạn chế", "Chỗ còn yếu và nguyên nhân.", func(t *report.SummaryText) *string { return &t.Limits }},
	{"phuong-huong", "Phương hướng, nhiệm vụ năm sau", "", func(t *report.SummaryText) *string { return &t.Direction }},
	{"kien-nghi", "Kiến nghị, đề xuất", "", func(t *report.SummaryText) *string { return &t.Proposals }},
}

func (v *summaryView) words(w report.WardSummary, who authz.Who) {
	for _, f := range summaryFields {
		if text := strings.TrimSpace(*f.of(&w.Text)); text != "" {
			v.Texts = append(v.Texts, textView{Label: f.Label, Value: text})
		}
	}
	if w.Text.Version > 0 {
		v.TextsBy = w.Text.ByName + " viết " + vi.ShortDateTime(w.Text.At)
	}
	if who.May(authz.WriteSummary) {
		v.TextsLink = &ui.Link{Label: "Viết, sửa", URL: href.SummaryText(w.Campaign.Year)}
	}
}

// indicatorTable is every figure by association.
func indicatorTable(t report.IndicatorTable) ui.SimpleTable {
	table := ui.SimpleTable{Caption: "Toàn bộ chỉ tiêu theo hội", HideCaption: true, Cols: []ui.Col{{Label: "Chỉ tiêu"}, {Label: "Đơn vị"}}}
	for _, r := range t.Reports {
		label := r.Name
		if !r.State.Received() {
			label += " (chưa tiếp nhận)"
		}
		table.Cols = append(table.Cols, ui.Col{Label: label, Numeric: true})
	}
	table.Cols = append(table.Cols, ui.Col{Label: "Cộng số đã tiếp nhận", Numeric: true})
	for _, r := range t.Rows {
		known := false
		row := []string{r.Indicator.Label, r.Indicator.Unit}
		for i, c := range r.Cells {
			known = known || c.Value.Answered()
			text := ""
			if r.Indicator.For(t.Reports[i].Kind) {
				text = dash(c.Value.String())
			}
			row = append(row, text)
		}
		if known {
			table.Rows = append(table.Rows, append(row, r.Total.String()))
		}
	}
	return table
}

// summaryTextView is the form of the ward's own texts.
type summaryTextView struct {
	Title, Action, Version, Back string
	Errors                       ui.Errors
	Boxes                        []ui.Input
	Opened                       []ui.Pair
}

func buildSummaryText(w report.WardSummary, typed input, errs ui.Errors) summaryTextView {
	v := summaryTextView{
		Title: "Lời của phường trong bảng tổng hợp năm " + itoa(w.Campaign.Year), Action: href.SummaryText(w.Campaign.Year), Version: itoa(w.Text.Version),
		Back: href.Summary(w.Campaign.Year), Errors: errs,
	}
	for _, f := range summaryFields {
		text := *f.of(&w.Text)
		v.Opened = append(v.Opened, ui.Pair{Name: openedPrefix + f.Name, Value: text})
		if typed.has(f.Name) {
			text = typed.get(f.Name)
		}
		v.Boxes = append(v.Boxes, ui.Input{Name: f.Name, Label: f.Label, Hint: f.Hint, Value: text, Rows: 6, Spell: true, LabelSize: "s", MaxLength: 20000, Error: errs.For(f.Name)})
	}
	return v
}

func buildSummaryConflict(w report.WardSummary, typed input) conflictView {
	v := conflictView{Action: href.SummaryText(w.Campaign.Year), Version: itoa(w.Text.Version), Open: href.SummaryText(w.Campaign.Year)}
	v.Lead = w.Text.ByName + " đã lưu lời của phường lúc " + vi.ClockTime(w.Text.At) + ", sau khi ông/bà mở trang."
	v.Compare = ui.ConflictView{
		Opened: ui.Figure{Label: "Lúc ông/bà mở", Value: "trước khi sửa"}, Mine: ui.Figure{Label: "Ông/bà nhập", Value: "chưa lưu"},
		Now: ui.Figure{Label: "Hiện nay", Value: w.Text.ByName + " lưu lúc " + vi.ClockTime(w.Text.At)},
	}
	for _, f := range summaryFields {
		now, mine, opened := clean(*f.of(&w.Text)), clean(typed.get(f.Name)), clean(typed.get(openedPrefix+f.Name))
		switch {
		case !typed.has(f.Name) || mine == opened:
			continue // untouched here: what the other one wrote stands
		case opened != now && mine != now:
			v.Compare.Fields = append(v.Compare.Fields, ui.ConflictField{Name: f.Name, Label: f.Label, Opened: opened, Mine: mine, Now: now, Choice: ui.ConflictMine})
			v.Hidden = append(v.Hidden, ui.Pair{Name: openedPrefix + f.Name, Value: opened})
		}
		v.Hidden = append(v.Hidden, ui.Pair{Name: f.Name, Value: mine})
	}
	return v
}

func clean(text string) string { return vi.CleanMultiline(text) }
