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

// everything is the value of ?muc= that puts all chosen rows on one page.
const everything = "tat-ca"

// Where the buttons of the form lead.
const (
	goStay = "tam"
	goNext = "tiep"
	goSend = "nop"
)

// formView is the page of the form: one chapter, or all figures together.
type formView struct {
	Kicker, Title, Intro string
	Action, Section      string
	Version              string
	Errors               ui.Errors
	Open                 bool
	Lock                 *report.Lock
	Return               *returnView
	Notices              []noteView
	Heads                gridHeads
	Groups               []rowGroup
	More                 []rowGroup // under "Thêm số liệu"
	MoreOpen             bool
	Targets              []targetRow // next year's plan
	Balances             []noteView
	Movers               string // address of the names behind the movement, "" = none
	Texts                []textView
	Paper                *paperView
	Save                 string // words of the primary button: "Lưu và sang mục 3"
	SaveTo               string // where it leads: goNext, goSend
	Links                []ui.Link
	Tasks                []ui.Task
	TasksTitle           string
}

// gridHeads are the headings of the columns, which also label the cells of the cards.
type gridHeads struct{ Row, Last, Plan, Book, Now, Percent, Change, Next string }

// rowGroup is a chapter within the grid; Title is "" where the page is one chapter.
type rowGroup struct {
	Title string
	Rows  []rowView
}

// rowView is one indicator in the grid, ready to draw.
type rowView struct {
	Code, Label, Unit, Formula             string
	Last, Plan, Book, Now, Percent, Change string // as shown; Now where the row is not typed
	Typed, Answer, InputLabel, Error       string
	Open                                   bool
	Flag                                   string // why it was sent back
	Findings                               []findingView
	Wide                                   bool   // amounts in đồng need a wider box
	Signed                                 bool   // may be negative, and is normally empty
	Proposal                               string // what the books proposed and nobody has saved yet
}

// attention tells whether the row has something to read under it.
func (r rowView) attention() bool { return r.Flag != "" || len(r.Findings) > 0 }

// findingView is a finding under its row.
type findingView struct {
	Row                         string // the row's name, where the sentence does not say it itself
	Field, AboutField, About    string
	Text, Equation, Label, Note string
	Error                       string
	Tone                        ui.Tone
	Explain                     bool // passes with a written explanation
	Open                        bool
	Suggest, SuggestValue       string // a button that takes over a figure
	URL                         string // leads to its row, in the review
}

type targetRow struct{ Field, Label, Unit, Now, Plan, Typed, InputLabel, Error string }

type noteView struct {
	Tone       ui.Tone
	Lead, Text string
}

type textView struct {
	Name, Label, Hint, Value, Error string
	Open                            bool
	Proposal                        string
	Restore                         string // value of the button that takes the proposed text again, "" = nothing to restore
	Stale                           bool
	Flag, LastYear                  string
}

type returnView struct {
	Note   string
	Fields []ui.Link
}

type paperView struct {
	Lead, Photo, PhotoURL, ChangeURL string
}

func heads(year int) gridHeads {
	y := strconv.Itoa(year)
	return gridHeads{
		Row: "Nội dung", Last: "Năm " + strconv.Itoa(year-1), Plan: "Kế hoạch năm " + y, Book: "Theo sổ",
		Now: "Thực hiện năm " + y, Percent: "So với kế hoạch (%)", Change: "Tăng, giảm", Next: "Chỉ tiêu năm " + strconv.Itoa(year+1),
	}
}

// buildForm makes the page of one chapter (by its id) or of all figures. typed is what a form that came back held.
func buildForm(s sheet, typed input, errs ui.Errors, want string) formView {
	chapters := s.chapters()
	v := formView{
		Action: s.url(), Version: strconv.Itoa(s.Report.Version), Errors: errs, Open: s.Editing.Open(), Lock: s.Editing.Lock,
		Heads: heads(s.year()), Return: buildReturn(s, chapters), Paper: buildPaper(s), Notices: stanceNotes(s),
	}
	v.Tasks, v.TasksTitle = chapterTasks(s, chapters)
	g := newGrid(s, typed, errs)
	if want == everything {
		g.all(&v, chapters)
		return v
	}
	i := findChapter(chapters, want)
	if i < 0 {
		i = firstOpen(chapters)
	}
	g.chapter(&v, chapters, i)
	return v
}

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
	if v.Note != "" && !g.s.Explained(f) && v.Explain {
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

// targets is the grid of next year's plan: the typed rows of the first page.
func (g grid) targets() []targetRow {
	var list []targetRow
	for _, ind := range g.s.Rows {
		if !g.s.Chosen(ind.Code) || ind.Computed() || ind.Signed || ind.Semantics == report.StockFirst {
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

func buildReturn(s sheet, chapters []chapter) *returnView {
	if s.Report.State != report.Returned && len(s.OpenFlags()) == 0 {
		return nil
	}
	v := &returnView{Note: s.Report.ReturnNote}
	for _, f := range s.OpenFlags() {
		link := ui.Link{Label: f.Code, URL: s.url()}
		if ind, ok := report.ByCode(f.Code); ok {
			link = ui.Link{Label: ind.Label, URL: s.fieldURL(ind.Section, ind.Code)}
		} else if i := findChapter(chapters, f.Code); i >= 0 {
			link = ui.Link{Label: chapters[i].Heading(), URL: s.fieldURL(chapters[i].ID, report.TextField(report.Slot{Section: chapters[i].ID}))}
		}
		link.Label += ": " + f.Reason
		v.Fields = append(v.Fields, link)
	}
	return v
}

// fieldURL leads to one box of the form.
func (s sheet) fieldURL(section report.SectionID, field string) string {
	return href.With(s.url(), "muc", string(section)) + "#" + ui.FieldID(field)
}

func buildPaper(s sheet) *paperView {
	p := s.Report.Paper
	if !s.Report.OnBehalf || !s.Editing.Open() || p.Date == nil {
		return nil
	}
	v := &paperView{Lead: "Bản giấy ngày " + p.Date.Format("02/01/2006"), ChangeURL: s.do("ban-giay")}
	if p.Number != "" {
		v.Lead = "Bản giấy số " + p.Number + " ngày " + p.Date.Format("02/01/2006")
	}
	if p.Media != nil {
		v.Photo, v.PhotoURL = s.do("ban-giay/anh"), s.do("ban-giay/anh")+"?lon=1"
	}
	return v
}

// stanceNotes tell who typed for whom, and what the chair said to it.
func stanceNotes(s sheet) []noteView {
	if !s.Report.OnBehalf {
		return nil
	}
	list := []noteView{{ui.Info, "Nhập thay từ bản giấy:", "số liệu do " + s.Report.TypedName + " (phường) nhập cho " + s.Association.Name + "."}}
	if text := s.Report.Stance.Text(); text != "" {
		tone := ui.Good
		if s.Report.Stance.Code == "objected" {
			tone = ui.Warn
		}
		list = append(list, noteView{tone, "", text})
	}
	return list
}

// chapterTasks lists the chapters with their state, and how many are done.
func chapterTasks(s sheet, list []chapter) ([]ui.Task, string) {
	tasks := make([]ui.Task, 0, len(list))
	for _, c := range list {
		title := c.Heading()
		if c.Part != "" && c.Number != "" {
			title = c.Part + "." + c.Number + " " + c.Title
		}
		tasks = append(tasks, ui.Task{Title: title, URL: href.With(s.url(), "muc", string(c.ID)), Tag: stateTag(c.State)})
	}
	done, all := progress(list)
	return tasks, fmt.Sprintf("Các mục của báo cáo (đã xong %d/%d)", done, all)
}

// progress counts the chapters that ask something, and those of them that are done.
func progress(list []chapter) (done, all int) {
	for _, c := range list {
		if c.State == "" {
			continue
		}
		all++
		if c.done() {
			done++
		}
	}
	return done, all
}

func stateTag(label string) *ui.TagView {
	switch label {
	case "đủ":
		return &ui.TagView{Tone: ui.Good, Text: "Đã xong"}
	case "đang nhập":
		return &ui.TagView{Icon: "pencil", Text: "Đang nhập"}
	case "chưa có":
		return &ui.TagView{Tone: ui.Grey, Icon: "none", Text: "Chưa có"}
	}
	return &ui.TagView{Tone: ui.Grey, Icon: "info", Text: "Không bắt buộc"}
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
