package reportui

import (
	"context"
	"net/http"
	"strings"

	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// submitView is the last page before a report is sent: what stands in the way, and what will be sent, in numbers.
type submitView struct {
	Action, Version, Back string
	Errors                ui.Errors
	Lock                  *report.Lock
	Blocks                []stepView // must be put right first
	Blanks                []stepView // rows of the first page without an answer
	Warnings              []findingView
	Infos                 []noteView
	Facts                 []ui.SummaryRow
	BlanksChoice          ui.Choice
	Final                 ui.Choice
	NeedsPaper            bool
	PaperDate             ui.Date
	PaperNumber, Signer   ui.Input
	PaperPhoto            string // address of the page that takes the photo, "" when it is there
	HasPhoto              bool
	CanSend               bool
}

// stepView is something to put right, with the way to its box.
type stepView struct{ Text, URL string }

func (p pages) submitForm(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	return p.submitPage(r, tx, nil)
}

func (p pages) submitPage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	s, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	if s.Report.State == report.NotStarted && s.Editing.Open() {
		return kit.Redirect(s.url()).Flash(ui.Info, "Chưa có số nào để nộp. Ông/bà nhập từ mục đầu."), nil
	}
	v := buildSubmit(s, typedInto(r), kit.Errors(failed))
	if failed != nil {
		v.PaperDate = kit.DateInput(r, v.PaperDate)
	}
	return kit.Work(kit.WorkPage{Title: "Nộp báo cáo năm " + itoa(s.year()), Active: href.Reports, Trail: s.trail("Nộp báo cáo"), Failed: failed != nil}, submitBody(v)), nil
}

func buildSubmit(s sheet, typed input, errs ui.Errors) submitView {
	v := submitView{Action: s.do("nop"), Version: itoa(s.Report.Version), Back: s.url(), Errors: ownErrors(errs)}
	move, _, lock := s.Situation.Try(report.ActSubmit)
	if lock != nil {
		v.Lock = lock
		return v
	}
	g := newGrid(s, typed, errs)
	for _, f := range s.Findings {
		view := g.finding(f)
		view.URL = s.findingURL(f)
		switch f.Severity {
		case report.Block:
			v.Blocks = append(v.Blocks, stepView{Text: view.sentence(), URL: view.URL})
		case report.Warn:
			v.Warnings = append(v.Warnings, view)
		default:
			v.Infos = append(v.Infos, noteView{ui.Info, "", view.sentence()})
		}
	}
	for _, o := range s.Obstacles() {
		if ind, ok := report.ByCode(o.Name); ok && !s.Values[o.Name].Answered() {
			v.Blanks = append(v.Blanks, stepView{Text: ind.Label, URL: s.fieldURL(ind.Section, ind.Code)})
		}
	}
	v.Facts = sendFacts(s)
	v.CanSend = len(v.Blocks) == 0
	v.BlanksChoice = blanksChoice(len(v.Blanks), typed)
	v.Final = finalChoice(s, typed)
	paperBoxes(&v, s, typed, errs, move.NeedsPaper(s.Situation.Role))
	return v
}

// sentence is the finding with the name of its row.
func (f findingView) sentence() string {
	if f.Row == "" {
		return f.Text
	}
	return f.Row + ": " + lowerFirst(f.Text)
}

func lowerFirst(text string) string {
	r := []rune(text)
	if len(r) == 0 {
		return text
	}
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

// ownErrors keeps the complaints that have a box on this page; the others stand in the lists with a link to theirs.
func ownErrors(errs ui.Errors) ui.Errors {
	var own ui.Errors
	for _, e := range errs {
		if _, row := report.ByCode(e.Field); !row {
			own = append(own, e)
		}
	}
	return own
}

// findingURL leads to the box where a finding is put right.
func (s sheet) findingURL(f report.Finding) string {
	code := s.home(f)
	ind, ok := report.ByCode(code)
	if !ok {
		return s.url()
	}
	return s.fieldURL(ind.Section, code)
}

func sendFacts(s sheet) []ui.SummaryRow {
	answered, all := answeredRows(s)
	done, chapters := progress(s.chapters())
	texts := 0
	for _, n := range s.Narrative {
		if strings.TrimSpace(n.Text) != "" || n.Proposal != "" {
			texts++
		}
	}
	return []ui.SummaryRow{
		{Key: "Số liệu yêu cầu", Value: vi.Int(answered) + "/" + vi.Int(all) + " ô đã có"},
		{Key: "Các mục", Value: vi.Int(done) + "/" + vi.Int(chapters) + " mục đã xong"},
		{Key: "Lời văn", Value: vi.Int(texts) + " đoạn"},
		{Key: "Kỳ báo cáo", Value: "từ " + day(s.From) + " đến " + day(s.To)},
		{Key: "Hạn nộp", Value: day(s.Calendar.DueDate()) + " (nộp hôm nay là " + s.Calendar.Timeliness(s.Situation.Now) + ")"},
	}
}

func blanksChoice(n int, typed input) ui.Choice {
	return ui.Choice{
		Name: "o-trong", Label: "Còn " + vi.Int(n) + " ô trống thì ghi", Value: typed.get("o-trong"), LabelSize: "s",
		Options: []ui.Option{
			{Value: "", Label: "Để tôi nhập nốt"},
			{Value: report.Nothing.Code(), Label: "Tất cả là không phát sinh", Hint: "Có xem và trong kỳ không có việc nào."},
			{Value: report.NoData.Code(), Label: "Tất cả là không có số liệu", Hint: "Chưa ai thống kê được. Tổng cộng của phường sẽ ghi là còn thiếu."},
		},
	}
}

func finalChoice(s sheet, typed input) ui.Choice {
	value := "uoc"
	if s.Report.Final {
		value = "chinh-thuc"
	}
	if typed.has("so") {
		value = typed.get("so")
	}
	return ui.Choice{
		Name: "so", Label: "Số liệu này là", Value: value, LabelSize: "s",
		Options: []ui.Option{
			{Value: "uoc", Label: "Số ước thực hiện cả năm", Hint: "Chốt đến " + day(s.Campaign.CutOff) + "; thường dùng cho hội nghị cuối năm."},
			{Value: "chinh-thuc", Label: "Số chính thức", Hint: "Tính đến hết ngày 31/12/" + itoa(s.year()) + "."},
		},
	}
}

func paperBoxes(v *submitView, s sheet, typed input, errs ui.Errors, needed bool) {
	v.NeedsPaper, v.HasPhoto = needed, s.Report.Paper.Media != nil
	v.PaperPhoto = s.do("ban-giay")
	paper := s.Report.Paper
	v.PaperDate = ui.Date{Name: report.FieldPaperDate, Label: "Ngày trên bản giấy đã ký", Error: errs.For(report.FieldPaperDate)}
	if paper.Date != nil {
		v.PaperDate = dateBoxes(report.FieldPaperDate, v.PaperDate.Label, "", errs, *paper.Date)
	}
	v.PaperNumber = ui.Input{Name: report.FieldPaperNo, Label: "Số, ký hiệu", Hint: "Ví dụ 05/BC-HNCT.", Value: paper.Number, Width: "10", Error: errs.For(report.FieldPaperNo), MaxLength: 60}
	v.Signer = ui.Input{Name: signerField, Label: "Người ký", Value: paper.Signer, Width: "20", MaxLength: 120}
	if typed.has(report.FieldPaperNo) {
		v.PaperNumber.Value, v.Signer.Value = typed.get(report.FieldPaperNo), typed.get(signerField)
	}
}

// signerField is the box of the name under the paper.
const signerField = "giay-nguoi-ky"

func (p pages) submit(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	s, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	if err := p.send(r.Context(), tx, r, s); err != nil {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.submitPage(r, tx, err) })
	}
	return kit.Redirect(s.do("xem")).Flash(ui.Good, "Đã nộp báo cáo năm "+itoa(s.year())+" của "+s.Association.Name+". Phường sẽ xem và tiếp nhận."), nil
}

// send keeps the explanations that were written on the page, then sends the report.
func (p pages) send(ctx context.Context, tx *db.Tx, r *http.Request, s sheet) error {
	in, err := parse(r, s.year(), s.Association.ID)
	if err != nil {
		return err
	}
	in.Values, in.Texts, in.NextTargets = nil, nil, nil
	version := in.Version
	if len(in.Explanations) > 0 && s.may(report.ActSave) {
		saved, err := report.Save(ctx, tx, in)
		if err != nil {
			return err
		}
		if saved.Changed > 0 || saved.Version > version {
			version = saved.Version
		}
	}
	final := r.PostFormValue("so") == "chinh-thuc"
	blanks, _ := report.AnswerByCode(r.PostFormValue("o-trong"))
	out := report.Submission{Act: report.Act{Year: s.year(), Association: s.Association.ID, Version: version}, Final: &final, Blanks: blanks}
	if input(r.PostForm).has(report.FieldPaperNo) {
		if out.Paper, err = parsePaper(r, s); err != nil {
			return err
		}
	}
	return report.Submit(ctx, tx, out)
}

// parsePaper reads what is said about the signed paper; the photo that is there already stays.
func parsePaper(r *http.Request, s sheet) (*report.Paper, error) {
	paper := s.Report.Paper
	paper.Number, paper.Signer = kit.Text(r, report.FieldPaperNo), kit.Text(r, signerField)
	var problems fault.Problems
	d := kit.Date(r, report.FieldPaperDate, &problems)
	paper.Date = nil
	switch d.Precision() {
	case vi.FullDay:
		t := d.First()
		paper.Date = &t
	case vi.YearOnly, vi.MonthOnly:
		problems.Add(report.FieldPaperDate, "Ông/bà nhập đủ ngày, tháng, năm.")
	}
	return &paper, problems.Err()
}
