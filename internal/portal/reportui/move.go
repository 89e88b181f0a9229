package reportui

import (
	"context"
	"net/http"
	"strings"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// reasonField is the box of a written reason.
const reasonField = report.FieldReason

// moveSpec is a move of the workflow that has a confirm page: its address, who may come there, and what it means in words.
type moveSpec struct {
	Action report.Action
	Path   string
	Need   authz.Action
	Will   string // what happens, before it happens; "{hội}" is the association's name
	Done   string
	Asks   string // label of the reason
	Danger bool
}

// moves are the one-page moves, in the order of the buttons.
var moves = []moveSpec{
	{report.ActAccept, "tiep-nhan", authz.ReviewReport, "Số liệu của {hội} được cộng vào bảng tổng hợp của phường. Hội không rút lại được nữa.", "Đã tiếp nhận báo cáo của {hội}.", "", false},
	{report.ActReturn, "tra-lai", authz.ReviewReport, "{hội} nhận lại báo cáo và chỉ sửa được những ô ông/bà đánh dấu. Không đánh dấu ô nào thì cả báo cáo được mở.", "Đã trả lại báo cáo cho {hội}.", "Lời nhắn chung", false},
	{report.ActConfirm, "xac-nhan", authz.SubmitReport, "Ông/bà xác nhận số liệu phường nhập thay đúng với bản giấy của hội.", "Đã xác nhận số liệu nhập thay.", "", false},
	{report.ActObject, "khong-dong-y", authz.SubmitReport, "Phường sẽ thấy ông/bà không đồng ý và lý do.", "Đã gửi ý kiến không đồng ý cho phường.", "Chỗ nào chưa đúng", false},
	{report.ActWithdraw, "rut-lai", authz.SubmitReport, "Báo cáo trở lại bước đang nhập. Sửa xong ông/bà nộp lại.", "Đã rút lại. Ông/bà sửa rồi nộp lại.", "Vì sao rút lại", false},
	{report.ActConsolidate, "tong-hop", authz.ReviewReport, "Báo cáo được ghi là đã đưa vào bảng tổng hợp của phường.", "Đã đưa báo cáo của {hội} vào tổng hợp.", "", false},
	{report.ActUnaccept, "bo-tiep-nhan", authz.ReviewReport, "Báo cáo trở lại bước đã nộp; số liệu không còn trong tổng cộng.", "Đã bỏ tiếp nhận báo cáo của {hội}.", "Lý do", true},
	{report.ActUnconsolidate, "bo-tong-hop", authz.ReviewReport, "Báo cáo trở lại bước đã tiếp nhận.", "Đã đưa báo cáo của {hội} ra khỏi tổng hợp.", "Lý do", true},
	{report.ActReopen, "mo-lai", authz.ReviewReport, "{hội} sửa được báo cáo và phải nộp lại. Số liệu không còn trong tổng cộng cho đến khi tiếp nhận lại.", "Đã mở lại báo cáo của {hội}.", "Lý do", true},
	{report.ActAmend, "dieu-chinh", authz.ReviewReport, "Lập “Bản điều chỉnh” sau ngày khóa số liệu. Bản cũ được giữ nguyên trong lịch sử.", "Đã mở bản điều chỉnh cho {hội}.", "Lý do", true},
}

func (m moveSpec) words(text string, s sheet) string {
	return upperFirst(strings.ReplaceAll(text, "{hội}", s.Association.Name))
}

// moveView is the confirm page of a move.
type moveView struct {
	Title, Action, Version, Will string
	Errors                       ui.Errors
	Asks, Reason, Button, Back   string
	Kind                         ui.ActionKind
	Facts                        []ui.SummaryRow
	Rows                         []flagGroup // of a return: what can be flagged
}

type flagGroup struct {
	Title string
	Rows  []flagRow
}

// flagRow is one row that can be sent back.
type flagRow struct {
	Code, Label, Value, Note string
	On                       bool
	ReasonField, Reason      string
	Error                    string
}

// Fields of the flags of a return.
const (
	flagField    = "o"    // ticked codes
	flagWhyField = "vi-o" // followed by the code: why
)

func (p pages) moveForm(m moveSpec) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.movePage(r, tx, m, nil) }
}

func (p pages) movePage(r *http.Request, tx *db.Tx, m moveSpec, failed error) (kit.Reply, error) {
	s, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	move, stamped, lock := s.Situation.Try(m.Action)
	if lock != nil {
		return kit.Reply{}, lock.Fault()
	}
	v := moveView{
		Title: m.Action.Label() + ": " + s.Association.Name, Action: s.do(m.Path), Version: itoa(s.Report.Version), Will: m.words(m.Will, s),
		Errors: kit.Errors(failed), Button: m.Action.Label(), Back: s.do("xem"), Facts: moveFacts(s),
	}
	if stamped {
		v.Will += " Ông/bà cũng là người đã nộp thay; vì phường chỉ có một cán bộ theo dõi nên việc này được ghi rõ trong lịch sử."
	}
	if m.Danger {
		v.Kind = ui.Danger
	}
	if move.Reason {
		v.Asks, v.Reason = m.Asks, r.PostFormValue(reasonField)
	}
	if m.Action == report.ActReturn {
		v.Rows = flagGroups(s, typedInto(r), v.Errors)
	}
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Reports, Trail: s.trail(m.Action.Label()), Failed: failed != nil}, moveBody(v)), nil
}

// moveFacts say in numbers what the move is about.
func moveFacts(s sheet) []ui.SummaryRow {
	list := []ui.SummaryRow{{Key: "Báo cáo", Value: s.Association.Name + ", năm " + itoa(s.year())}, {Key: "Trạng thái", Value: s.Report.State.Label()}}
	if at := s.Report.SubmittedAt; at != nil {
		list = append(list, ui.SummaryRow{Key: "Nộp", Value: vi.ShortDateTime(*at) + ", " + s.Report.SubmittedName + " (" + s.Calendar.Timeliness(*at) + ")"})
	}
	answered, all := answeredRows(s)
	list = append(list, ui.SummaryRow{Key: "Số liệu", Value: vi.Int(answered) + "/" + vi.Int(all) + " chỉ tiêu yêu cầu đã có"})
	if n := len(s.Explanations); n > 0 {
		list = append(list, ui.SummaryRow{Key: "Giải thích", Value: vi.Int(n) + " chỗ"})
	}
	return list
}

func answeredRows(s sheet) (answered, all int) {
	for _, c := range s.chapters() {
		for _, ind := range c.Rows {
			if ind.Computed() || ind.Signed {
				continue
			}
			all++
			if s.Values[ind.Code].Answered() {
				answered++
			}
		}
	}
	return answered, all
}

// flagGroups lists what a return can point at: the rows of the first page, other rows with a value, and the chapters' texts.
func flagGroups(s sheet, typed input, errs ui.Errors) []flagGroup {
	var list []flagGroup
	for _, c := range s.chapters() {
		group := flagGroup{Title: c.Heading()}
		for _, ind := range c.Rows {
			if !ind.Computed() {
				group.Rows = append(group.Rows, flagOf(ind.Code, ind.Label, dash(s.Values[ind.Code].String()), s.noteOn(ind.Code), typed, errs))
			}
		}
		for _, ind := range c.More {
			if v := s.Values[ind.Code]; v.Answered() && !ind.Computed() {
				group.Rows = append(group.Rows, flagOf(ind.Code, ind.Label, v.String(), s.noteOn(ind.Code), typed, errs))
			}
		}
		group.Rows = append(group.Rows, flagOf(string(c.ID), "Phần lời: "+c.Title, "", "", typed, errs))
		list = append(list, group)
	}
	return list
}

// noteOn is what the chair explained about a row, for the reviewer.
func (s sheet) noteOn(code string) string {
	for _, f := range s.Findings {
		if e := s.Explanations[f.Key()]; e.Text != "" && s.home(f) == code {
			return "Giải thích: " + e.Text
		}
	}
	return ""
}

func flagOf(code, label, value, note string, typed input, errs ui.Errors) flagRow {
	field := flagWhyField + code
	return flagRow{
		Code: code, Label: label, Value: value, Note: note, On: contains(typed[flagField], code), ReasonField: field, Reason: typed.get(field), Error: errs.For(field),
	}
}

func (p pages) move(m moveSpec) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		s, err := p.load(r, tx)
		if err != nil {
			return kit.Reply{}, err
		}
		act := report.Act{Year: s.year(), Association: s.Association.ID, Reason: kit.Lines(r, reasonField)}
		if act.Version, err = kit.Version(r); err != nil {
			return kit.Reply{}, err
		}
		if err := p.carryOut(r.Context(), tx, m, act, input(r.PostForm)); err != nil {
			return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.movePage(r, tx, m, err) })
		}
		return kit.Redirect(s.do("xem")).Flash(ui.Good, m.words(m.Done, s)), nil
	}
}

func (p pages) carryOut(ctx context.Context, tx *db.Tx, m moveSpec, act report.Act, form input) error {
	switch m.Action {
	case report.ActAccept:
		return report.Accept(ctx, tx, act)
	case report.ActReturn:
	default:
		return report.Do(ctx, tx, m.Action, act)
	}
	flags, err := parseFlags(form)
	if err != nil {
		return err
	}
	return report.Return(ctx, tx, act, flags)
}

// parseFlags reads which rows are sent back, and why: a reason is a flag even where the tick was forgotten, a tick needs one.
func parseFlags(form input) (map[string]string, error) {
	flags := map[string]string{}
	var problems fault.Problems
	for name := range form {
		if code, ok := strings.CutPrefix(name, flagWhyField); ok {
			if why := vi.Clean(form.get(name)); why != "" {
				flags[code] = why
			}
		}
	}
	for _, code := range form[flagField] {
		if flags[code] == "" {
			problems.Add(flagWhyField+code, "Ông/bà ghi vì sao trả lại ô này.")
		}
	}
	return flags, problems.Err()
}
