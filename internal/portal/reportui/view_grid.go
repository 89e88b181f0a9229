package reportui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"wardportal/internal/portal/href"
	"wardportal/internal/report"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// grid turns figures into rows.
type grid struct {
	s      sheet
	values map[string]report.Value
	drafts map[report.SectionID]string // sentences made from values
	typed  input
	errs   ui.Errors
}

func newGrid(s sheet, typed input, errs ui.Errors) grid {
	values := s.filled()
	return grid{s: s, values: values, drafts: s.Drafts(values), typed: typed, errs: errs}
}

func (g grid) chapter(v *formView, list []chapter, i int) {
	c := list[i]
	v.Section, v.Title = string(c.ID), c.Heading()
	if c.Part != "" && c.Number != "" {
		v.Kicker = "Phần " + c.Part + ". " + report.PartTitle(c.Part, g.s.year())
	}
	if len(c.Rows) > 0 {
		v.Groups = []rowGroup{{Rows: g.rows(c.Rows)}}
		v.Intro = introText(v.Open)
	}
	if len(c.More) > 0 && (v.Open || g.anyAnswered(c.More)) {
		v.More = []rowGroup{{Rows: g.rows(c.More)}}
		v.MoreOpen = g.anyAnswered(c.More) || g.anyError(c.More)
	}
	if c.ID == report.SectionTargets {
		v.Targets = g.targets()
	}
	v.Balances = g.balances(c.ID)
	if c.ID == report.SectionBuilding && len(g.s.Movement.Movers) > 0 {
		v.Movers = g.s.do("bien-dong")
	}
	for _, box := range c.Boxes {
		v.Texts = append(v.Texts, g.text(c, box))
	}
	v.Save, v.SaveTo = "Lưu và xem lại để nộp", goSend
	if i+1 < len(list) && len(g.s.Editing.Only) == 0 { // after a return only some boxes are open: the next page has none
		v.Save, v.SaveTo = "Lưu và sang "+list[i+1].Spoken(), goNext
	}
	v.Links = []ui.Link{{Label: "Xem cả báo cáo", URL: g.s.do("xem")}, {Label: "Nhập mọi số trên một trang", URL: href.With(g.s.url(), "muc", everything)}}
}

func introText(open bool) string {
	if !open {
		return ""
	}
	return "Số ở cột “Theo sổ” lấy từ danh sách hội viên, cán bộ, sổ họp và sổ hoạt động. Ô “Thực hiện” đã điền sẵn nếu sổ có số; sửa nếu ông/bà thấy chưa đúng."
}

func (g grid) all(v *formView, list []chapter) {
	v.Section, v.Title = everything, fmt.Sprintf("Số liệu năm %d trên một trang", g.s.year())
	v.Intro = introText(v.Open)
	for _, c := range list {
		if len(c.Rows) > 0 {
			v.Groups = append(v.Groups, rowGroup{Title: c.Heading(), Rows: g.rows(c.Rows)})
		}
		if len(c.More) > 0 && (v.Open || g.anyAnswered(c.More)) {
			v.More = append(v.More, rowGroup{Title: c.Heading(), Rows: g.rows(c.More)})
			v.MoreOpen = v.MoreOpen || g.anyError(c.More)
		}
	}
	v.Balances = append(g.balances(report.SectionBuilding), g.balances(report.SectionFunds)...)
	v.Save, v.SaveTo = "Lưu và xem lại để nộp", goSend
	v.Links = []ui.Link{{Label: "Xem cả báo cáo", URL: g.s.do("xem")}, {Label: "Viết lời báo cáo từng mục", URL: g.s.url()}}
}

func (g grid) anyAnswered(list []report.Indicator) bool {
	return slices.ContainsFunc(list, func(i report.Indicator) bool { return g.s.Values[i.Code].Answered() && !i.Computed() })
}

func (g grid) anyError(list []report.Indicator) bool {
	return slices.ContainsFunc(list, func(i report.Indicator) bool { return g.errs.For(i.Code) != "" })
}

func (g grid) rows(list []report.Indicator) []rowView {
	rows := make([]rowView, 0, len(list))
	for _, ind := range list {
		rows = append(rows, g.row(ind))
	}
	return rows
}

func (g grid) row(ind report.Indicator) rowView {
	value, last, plan := g.values[ind.Code], g.s.Last[ind.Code], g.s.Targets[ind.Code]
	row := rowView{
		Code: ind.Code, Label: ind.Label, Unit: ind.Unit, Formula: ind.FormulaText(), Wide: ind.Money(), Signed: ind.Signed,
		Last: dash(last.String()), Plan: dash(plan.String()), Book: g.book(ind), Now: dash(value.String()),
		Percent: percentText(value, plan), Change: changeText(value, last),
		InputLabel: fmt.Sprintf("Thực hiện năm %d: %s", g.s.year(), ind.Label), Error: g.errs.For(ind.Code), Flag: g.s.flag(ind.Code),
		Typed: value.Input(), Answer: wordOf(value), Open: g.s.Editing.Field(ind.Code) == nil && !ind.Computed(),
	}
	if g.typed != nil && row.Open && g.typed.has(ind.Code) {
		row.Typed, row.Answer = g.typed.get(ind.Code), g.typed.get(answerPrefix+ind.Code)
	}
	if row.Open && value.Answered() && !g.s.Values[ind.Code].Answered() {
		row.Proposal = value.Input()
	}
	row.Findings = g.findings(ind.Code)
	return row
}

// book is the column "Theo sổ": the books' figure, "chưa có sổ" where they are silent, a dash where there is no book.
func (g grid) book(ind report.Indicator) string {
	if b, ok := g.s.Books[ind.Code]; ok && b.Entries > 0 {
		return vi.Int(b.Value)
	}
	if ind.Source.Booked() {
		return silent
	}
	return "–"
}

// silent stands where the books hold nothing about a figure.
const silent = "chưa có sổ"

// findings are those that belong under the row: each stands under the first of its fields that people type.
func (g grid) findings(code string) []findingView {
	var list []findingView
	for _, f := range g.s.Findings {
		if g.s.home(f) == code {
			list = append(list, g.finding(f))
		}
	}
	return list
}

// home is the row under which a finding stands.
func (s sheet) home(f report.Finding) string {
	for _, code := range f.Codes {
		if slices.ContainsFunc(s.Rows, func(i report.Indicator) bool { return i.Code == code && !i.Computed() }) {
			return code
		}
	}
	return f.Codes[0]
}

func (g grid) finding(f report.Finding) findingView {
	field := report.ExplainField(f.Key())
	v := findingView{
		Field: field, AboutField: aboutPrefix + f.Key(), About: f.Message, Text: f.Message, Equation: f.Equation, Label: f.Severity.Label(),
		Tone: severityTone(f.Severity), Explain: f.Severity == report.Warn, Note: g.s.Explanations[f.Key()].Text, Open: g.s.Editing.Open(),
		Error: g.errs.For(field),
	}
	if ind, ok := report.ByCode(f.Codes[0]); ok && len(f.Codes) == 1 {
		v.Row = ind.Label
	}
	switch {
	case !v.Explain || v.Note == "":
	case g.s.Explained(f):
		v.Label, v.Tone = "Đã giải thích", ui.Good
	default:
		v.Label = "Số đã đổi, xem lại lời giải thích"
	}
	if g.typed.has(field) {
		v.Note = g.typed.get(field)
	}
	if f.Suggest != nil && v.Open && g.s.Editing.Field(f.Suggest.Code) == nil {
		if ind, ok := report.ByCode(f.Suggest.Code); ok {
			v.Suggest = fmt.Sprintf("Ghi %s vào “%s”", vi.Int(f.Suggest.Value), ind.Label)
			v.SuggestValue = f.Suggest.Code + "=" + strconv.FormatInt(f.Suggest.Value, 10)
		}
	}
	return v
}

func severityTone(s report.Severity) ui.Tone {
	switch s {
	case report.Block:
		return ui.Bad
	case report.Warn:
		return ui.Warn
	}
	return ui.Info
}

// unplanned are rows that nobody sets a target for: what happens to people, and seats that ought not to be empty.
var unplanned = []string{"GEN.MEM.IN", "GEN.MEM.OUT", "GEN.MEM.DEAD", "GEN.MEM.LEFT", "GEN.ORG.CHT_VAC", "GEN.ORG.BCH_QUOTA", "GEN.CARE.FUN", "GEN.CARE.FUN_AMT", "GEN.FUND.CLOSE"}

// targets is the grid of next year's plan: the typed rows of the first page.
func (g grid) targets() []targetRow {
	var list []targetRow
	for _, ind := range g.s.Rows {
		if !g.s.Chosen(ind.Code) || ind.Computed() || ind.Signed || ind.Semantics == report.StockFirst || slices.Contains(unplanned, ind.Code) {
			continue
		}
		field := report.TargetField(ind.Code)
		row := targetRow{
			Field: field, Label: ind.Label, Unit: ind.Unit, Now: dash(g.values[ind.Code].String()), Plan: dash(g.s.Targets[ind.Code].String()),
			Typed: g.s.NextTargets[ind.Code].Input(), InputLabel: fmt.Sprintf("Chỉ tiêu năm %d: %s", g.s.year()+1, ind.Label), Error: g.errs.For(field),
		}
		if g.typed.has(field) {
			row.Typed = g.typed.get(field)
		}
		list = append(list, row)
	}
	return list
}

// balances are the equations under a chapter: members under organisation, money under funds.
func (g grid) balances(id report.SectionID) []noteView {
	switch id {
	case report.SectionBuilding:
		return balanceNote(report.Movement(g.values), "người")
	case report.SectionFunds:
		return balanceNote(report.FundBalance(g.values), "đồng")
	}
	return nil
}

func balanceNote(b report.Balance, unit string) []noteView {
	switch {
	case !b.Complete || b.Text == "":
		return nil
	case b.Holds:
		return []noteView{{ui.Good, "Khớp:", b.Text + "."}}
	}
	return []noteView{{ui.Bad, "Chưa khớp, chênh " + vi.Int(max(b.Gap, -b.Gap)) + " " + unit + ":", b.Text + "."}}
}

func (g grid) text(c chapter, box report.Narrative) textView {
	field := report.TextField(box.Slot)
	if box.Slot.Index == 0 {
		box.Proposal = g.drafts[c.ID]
	}
	written := strings.TrimSpace(box.Text) != ""
	t := textView{
		Name: field, Label: "Nội dung viết trong báo cáo", Value: box.Text, Open: g.s.Editing.Field(string(c.ID)) == nil,
		Error: g.errs.For(field), LastYear: box.LastYear, Proposal: box.Proposal,
	}
	if box.Heading != "" {
		t.Label = box.Heading
	}
	if box.Slot.Index == 0 {
		t.Flag = g.s.flag(string(c.ID))
	}
	if !written {
		t.Value = box.Proposal
	}
	t.Hint = textHint(box)
	if box.Proposal != "" && written && box.Text != box.Proposal && t.Open {
		t.Restore, t.Stale = field, box.Changed
	}
	if g.typed.has(field) && t.Open {
		t.Value = g.typed.get(field)
	}
	return t
}

func textHint(box report.Narrative) string {
	if box.Proposal != "" {
		return "Câu này lấy số ở trên. Ông/bà sửa được."
	}
	return "Viết ngắn, mỗi ý một dòng."
}

func dash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// wordOf is the stored name of an answer that is a word, "" for numbers and blanks.
func wordOf(v report.Value) string {
	if a := v.Answer(); a != report.Number {
		return a.Code()
	}
	return ""
}

// percentText compares with the plan: "86,7", "–" where either is missing or the plan is nothing.
func percentText(value, plan report.Value) string {
	a, ok := value.Int()
	b, planned := plan.Int()
	if !ok || !planned {
		return "–"
	}
	p, ok := report.Percent(a, b)
	if !ok {
		return "–"
	}
	return p.String()
}

func changeText(value, last report.Value) string {
	a, ok := value.Int()
	b, known := last.Int()
	if !ok || !known {
		return "–"
	}
	return vi.SignedInt(a - b)
}

// boxAttrs lets the stylesheet see whether the box is empty, and widens boxes of amounts.
func boxAttrs(row rowView) templ.Attributes {
	attrs := templ.Attributes{"placeholder": " "} // the stylesheet asks :placeholder-shown
	if row.Wide {
		attrs["data-wide"] = true
	}
	return attrs
}

// inputMode picks the keyboard of phones; the one of figures has no minus.
func inputMode(row rowView) string {
	if row.Signed {
		return "text"
	}
	return "numeric"
}

func toneIcon(t ui.Tone) string {
	switch t {
	case ui.Bad:
		return "wrong"
	case ui.Warn:
		return "warning"
	case ui.Good:
		return "check"
	}
	return "info"
}
