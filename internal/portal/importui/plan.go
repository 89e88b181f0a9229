package importui

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// perPage is how many rows of a plan one page shows.
const perPage = 50

type planView struct {
	File, Lead   string
	Converted    string
	ColumnsURL   string
	Stale        bool
	ReplanAction string
	Chips        []ui.Chip
	Caption      string
	Rows         []rowView
	Asks         bool // some row on the page has a choice
	ChooseAction string
	Filter       string
	Pager        ui.PagerLinks
	Sum          string
	Button       string
	ConfirmURL   string
	DownloadURL  string
	DropAction   string
	Empty        ui.Empty
}

type rowView struct {
	Line, Name, Source, URL string
	Tag                     ui.TagView
	Changes                 []member.FieldChange
	Lines                   []string // what is added, asked, or odd
	Choice                  ui.Choice
	Profile                 string // address of the member, after the import
}

// show is the plan of a file that waits, or what became of it.
func (p pages) show(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	run, desk, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	counts, err := member.CountImport(r.Context(), tx, run.ID)
	if err != nil {
		return kit.Reply{}, err
	}
	filter := r.FormValue("xem")
	if _, ok := filterWords[filter]; !ok {
		filter = startFilter(counts)
	}
	after, _ := strconv.Atoi(r.FormValue("sau"))
	rows, err := member.ImportRows(r.Context(), tx, p.keys, run.ID, filterWords[filter].store, max(after, 0), perPage+1)
	if err != nil {
		return kit.Reply{}, err
	}
	if run.State != member.ImportPlanned {
		v := buildResult(run, desk, counts, rows, filter, tx.Now())
		return p.page(desk, "Kết quả nhập từ tệp", false, resultBody(v)), nil
	}
	file, err := member.ImportSheets(r.Context(), tx, p.keys, run)
	if err != nil {
		return kit.Reply{}, err
	}
	branches, err := association.Branches(r.Context(), tx, desk.ID, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	v := buildPlan(planInput{run: run, file: file, counts: counts, rows: rows, filter: filter, branches: branchNames(branches)})
	v.Stale, err = member.ImportStale(r.Context(), tx, run)
	return p.page(desk, "Xem lại trước khi ghi", false, planBody(v)), err
}

func branchNames(list []association.Branch) map[member.BranchID]string {
	names := map[member.BranchID]string{}
	for _, b := range list {
		names[b.ID] = b.Name
	}
	return names
}

// filterWords are the chips: word of the address → what the store calls it, label, icon, tone.
var filterWords = map[string]struct {
	store, label, icon string
	tone               ui.Tone
}{
	"can-xem":    {"look", "Cần xem", "", ui.Info},
	"moi":        {"new", "Mới", "plus", ui.Good},
	"thay-doi":   {"changed", "Thay đổi", "pencil", ui.Info},
	"giu-nguyen": {"same", "Giữ nguyên", "none", ui.Info},
	"chon":       {"ask", "Cần ông/bà chọn", "warning", ui.Warn},
	"sai":        {"wrong", "Sai", "wrong", ui.Bad},
	"lap":        {"repeat", "Lặp trong tệp", "copy", ui.Info},
	"bo-qua":     {"skip", "Bỏ qua", "none", ui.Info},
	"tat-ca":     {"", "Tất cả", "", ui.Info},
}

var filterOrder = []string{"can-xem", "moi", "thay-doi", "giu-nguyen", "chon", "sai", "lap", "bo-qua", "tat-ca"}

func countOf(c member.ImportCounts, filter string) int {
	switch filter {
	case "can-xem":
		return c.Look
	case "moi":
		return c.New
	case "thay-doi":
		return c.Changed
	case "giu-nguyen":
		return c.Same
	case "chon":
		return c.Ask
	case "sai":
		return c.Wrong
	case "lap":
		return c.Repeat
	case "bo-qua":
		return c.Skipped
	default:
		return c.New + c.Changed + c.Same + c.Ask + c.Wrong + c.Repeat + c.Skipped
	}
}

func startFilter(c member.ImportCounts) string {
	switch {
	case c.Look > 0:
		return "can-xem"
	case c.Changed > 0:
		return "thay-doi"
	case c.New > 0:
		return "moi"
	default:
		return "tat-ca"
	}
}

type planInput struct {
	run      member.Import
	file     member.Understood
	counts   member.ImportCounts
	rows     []member.ImportRow
	filter   string
	branches map[member.BranchID]string
}

func buildPlan(in planInput) planView {
	id := int64(in.run.ID)
	todo := in.counts.New + in.counts.Changed
	v := planView{
		File: in.run.FileName, ColumnsURL: href.ImportDo(id, "cot"), ReplanAction: href.ImportDo(id, "lap-lai"), ChooseAction: href.ImportDo(id, "chon"), Filter: in.filter,
		ConfirmURL: href.ImportDo(id, "ghi"), DownloadURL: href.ImportDo(id, "dong-can-xem.xlsx"), DropAction: href.ImportDo(id, "bo"),
		Sum: sum(in.counts), Chips: chips(id, in.counts, in.filter), Empty: ui.Empty{Title: "Không có dòng nào", Text: "Chọn mục khác ở trên để xem các dòng còn lại."},
	}
	v.Lead = vi.Int(countOf(in.counts, "tat-ca")) + " dòng. Chưa có gì thay đổi trong danh sách cho đến khi ông/bà bấm “Ghi” ở bước sau."
	if todo > 0 {
		v.Button = "Ghi " + vi.Int(todo) + " thay đổi vào danh sách"
	}
	for _, s := range in.file.Sheets {
		if s.Before != "" {
			v.Converted = "Nhận ra chữ kiểu cũ (" + s.Encoding.Label() + ") và đã đổi: " + s.Before + " thành " + s.After + "."
			break
		}
	}
	rows := in.rows
	if len(rows) > perPage {
		rows = rows[:perPage]
		v.Pager = ui.PagerLinks{Label: "Trang dòng của tệp", NextURL: href.With(href.Import(id), "xem", in.filter, "sau", strconv.Itoa(rows[len(rows)-1].N)), NextLabel: "Xem tiếp"}
	}
	v.Caption = filterWords[in.filter].label + ": " + vi.Int(len(rows)) + " trong " + vi.Int(countOf(in.counts, in.filter)) + " dòng"
	for i := range rows {
		row := buildRow(id, &rows[i], in.branches)
		v.Asks = v.Asks || len(row.Choice.Options) > 0
		v.Rows = append(v.Rows, row)
	}
	return v
}

// chips are the filters that have rows.
func chips(id int64, c member.ImportCounts, active string) []ui.Chip {
	var list []ui.Chip
	for _, f := range filterOrder {
		n := countOf(c, f)
		if n == 0 && f != active {
			continue
		}
		w := filterWords[f]
		list = append(list, ui.Chip{Label: w.label, Count: vi.Int(n), URL: href.With(href.Import(id), "xem", f), Active: f == active, Icon: w.icon, Tone: w.tone})
	}
	return list
}

// sum says what writing now would do.
func sum(c member.ImportCounts) string {
	s := "Thêm " + vi.Int(c.New) + " người, sửa " + vi.Int(c.Changed) + " người, giữ nguyên " + vi.Int(c.Same) + " người."
	if left := c.Ask + c.Wrong + c.Skipped + c.Repeat; left > 0 {
		var parts []string
		for _, x := range []struct {
			n    int
			word string
		}{{c.Ask, "dòng cần ông/bà chọn"}, {c.Wrong, "dòng sai"}, {c.Repeat, "dòng lặp"}, {c.Skipped, "dòng ông/bà bỏ qua"}} {
			if x.n > 0 {
				parts = append(parts, vi.Int(x.n)+" "+x.word)
			}
		}
		s += " Không ghi " + vi.Int(left) + " dòng (" + strings.Join(parts, ", ") + ")."
	}
	return s + " Có thể hoàn tác trong 7 ngày."
}

var tags = map[member.Outcome]ui.TagView{
	member.OutcomeNew: {Tone: ui.Good, Icon: "plus"}, member.OutcomeChanged: {Tone: ui.Info, Icon: "pencil"}, member.OutcomeSame: {Tone: ui.Grey, Icon: "none"},
	member.OutcomeAsk: {Tone: ui.Warn, Icon: "warning"}, member.OutcomeWrong: {Tone: ui.Bad, Icon: "wrong"}, member.OutcomeRepeat: {Tone: ui.Grey, Icon: "copy"},
}

func buildRow(run int64, r *member.ImportRow, branches map[member.BranchID]string) rowView {
	v := rowView{Line: vi.Int(r.Row), Name: r.Name.Full(), URL: href.ImportRow(run, r.N), Changes: r.Changes}
	if r.Sheet != "" {
		v.Line += " " + r.Sheet
	}
	if v.Name == "" {
		v.Name = "(không có tên)"
	}
	if r.Source != "" && vi.Clean(r.Source) != v.Name {
		v.Source = "trong tệp: " + r.Source
	}
	v.Tag = tags[r.Outcome]
	v.Tag.Text = r.Outcome.Label()
	if r.Decision == member.DecideSkip {
		v.Tag = ui.TagView{Tone: ui.Grey, Icon: "none", Text: "Bỏ qua"}
		v.Changes = nil
	}
	switch r.Outcome {
	case member.OutcomeNew:
		v.Lines = append(v.Lines, summary(r, branches))
	case member.OutcomeRepeat:
		v.Lines = append(v.Lines, "Lặp lại dòng "+strings.Replace(r.Repeats, "!", ", dòng ", 1)+"; chỉ ghi một lần.")
	case member.OutcomeSame:
		v.Lines = append(v.Lines, "Đã có trong danh sách, không đổi gì.")
	case member.OutcomeAsk, member.OutcomeWrong:
		v.Lines = append(v.Lines, r.Question)
	}
	for _, w := range r.Why {
		if s := w.Sentence(); s != r.Question && w.Code != "id-other-name" {
			v.Lines = append(v.Lines, s)
		}
	}
	if r.Outcome == member.OutcomeAsk && len(r.Candidates) > 0 {
		v.Choice = choiceOf(r)
	}
	return v
}

// summary is a new member in a line: "Sinh 1952, Chi hội 3, vào hội 2023".
func summary(r *member.ImportRow, branches map[member.BranchID]string) string {
	parts := []string{}
	if s := r.Birth.Display(); s != "" {
		parts = append(parts, "sinh "+s)
	}
	if s := branches[r.Branch]; s != "" {
		parts = append(parts, s)
	}
	if s := r.Joined.Display(); s != "" {
		parts = append(parts, "vào hội "+s)
	}
	switch r.Status {
	case member.RowDeceased:
		parts = append(parts, "qua đời "+r.On.Display())
	case member.RowMoved:
		parts = append(parts, "chuyển đi "+r.On.Display())
	case member.RowLeft:
		parts = append(parts, "ra khỏi hội "+r.On.Display())
	}
	if r.Began == member.Admitted {
		parts = append(parts, "tính là kết nạp mới")
	}
	return vi.Sentence(strings.Join(parts, ", "))
}

// choiceOf asks whom an unclear row means.
func choiceOf(r *member.ImportRow) ui.Choice {
	c := ui.Choice{Name: "d-" + strconv.Itoa(r.N), Label: "Chọn người cho dòng " + vi.Int(r.Row), HideLabel: true, Value: r.Decision, Options: []ui.Option{{Label: "Chọn…"}}}
	for _, x := range r.Candidates {
		c.Options = append(c.Options, ui.Option{Value: member.DecideAs + strconv.FormatInt(int64(x.ID), 10), Label: "Là " + x.Label})
	}
	c.Options = append(c.Options, ui.Option{Value: member.DecideNew, Label: "Là người khác: thêm mới"}, ui.Option{Value: member.DecideSkip, Label: "Bỏ qua dòng này"})
	return c
}

// decide stores the choices of a page of the plan.
func (p pages) decide(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	run, _, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	o, err := member.ImportOptions(r.Context(), tx, run.AssociationID)
	if err != nil {
		return kit.Reply{}, err
	}
	choices := map[int]member.RowCorrection{}
	for name, values := range r.PostForm {
		n, err := strconv.Atoi(strings.TrimPrefix(name, "d-"))
		if strings.HasPrefix(name, "d-") && err == nil && validDecision(values[0]) && values[0] != "" {
			choices[n] = member.RowCorrection{Decision: values[0]}
		}
	}
	back := href.With(href.Import(int64(run.ID)), "xem", r.PostFormValue("xem"))
	if len(choices) == 0 {
		return kit.Redirect(back).Flash(ui.Info, "Ông/bà chưa chọn dòng nào."), nil
	}
	if err := member.CorrectRows(r.Context(), tx, p.keys, o, run.ID, choices); err != nil {
		return kit.Reply{}, err
	}
	return kit.Redirect(back).Flash(ui.Good, "Đã lưu lựa chọn của "+vi.Int(len(choices))+" dòng. Danh sách chưa thay đổi."), nil
}

func validDecision(s string) bool {
	if s == "" || s == member.DecideSkip || s == member.DecideNew {
		return true
	}
	id, ok := strings.CutPrefix(s, member.DecideAs)
	n, err := strconv.ParseInt(id, 10, 64)
	return ok && err == nil && n > 0
}

// undoable tells whether an executed import can still be taken back, and until when.
func undoable(run member.Import, now time.Time) (time.Time, bool) {
	if run.State != member.ImportApplied || run.AppliedAt == nil {
		return time.Time{}, false
	}
	until := run.AppliedAt.Add(member.UndoImportFor)
	return until, now.Before(until)
}

var errNothing = fault.New(fault.Conflict, "Không có gì để ghi: mọi dòng đều giữ nguyên, cần chọn, hoặc sai.")

// onBehalf is the note for the ward's official.
func onBehalf(who authz.Who, desk association.Association) string {
	if authz.OnBehalf(who, authz.Of(desk.ID)) {
		return "Ông/bà ghi thay cho " + desk.Name + ". Dòng thời gian của từng hội viên sẽ ghi rõ điều này."
	}
	return ""
}
