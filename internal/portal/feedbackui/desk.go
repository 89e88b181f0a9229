package feedbackui

import (
	"context"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/feedback"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

const perPage = 30

type listView struct {
	Figures []ui.Figure
	Chips   []ui.Chip
	Rows    []rowView
	Empty   ui.Empty
	Pager   ui.PagerLinks
}

type rowView struct {
	URL, Subject, About, Received string
	Tag                           ui.TagView
	Due                           ui.TagView // Text "" = nothing is due
	Published                     bool
}

func (p pages) list(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	state := feedback.State(r.URL.Query().Get("trang-thai"))
	if state != "" && !slices.Contains(feedback.States, state) {
		return kit.Reply{}, fault.Missing()
	}
	after, err := feedback.ParseCursor(r.URL.Query().Get("sau"))
	if err != nil {
		return kit.Reply{}, err
	}
	rows, next, err := feedback.List(r.Context(), tx, state, after, perPage)
	if err != nil {
		return kit.Reply{}, err
	}
	tally, err := feedback.Count(r.Context(), tx)
	if err != nil {
		return kit.Reply{}, err
	}
	v := listView{Chips: chips(state, tally), Figures: figures(tally), Empty: ui.Empty{Title: "Chưa có thư nào", Text: "Thư người dân gửi từ trang Góp ý sẽ đến đây."}}
	if state != "" {
		v.Empty = ui.Empty{Title: "Không có thư nào ở trạng thái này", Text: "Chọn trạng thái khác ở trên."}
	}
	for _, l := range rows {
		v.Rows = append(v.Rows, p.row(r, l, tx.Today()))
	}
	v.Pager = ui.PagerLinks{NextLabel: "Xem thư cũ hơn"}
	if after.ID != 0 {
		v.Pager.FirstURL = href.With(href.WorkLetters, "trang-thai", string(state))
	}
	if next.ID != 0 {
		v.Pager.NextURL = href.With(href.WorkLetters, "trang-thai", string(state), "sau", next.String())
	}
	return kit.Work(kit.WorkPage{Title: "Thư góp ý", Active: href.WorkLetters, Trail: []string{p.kit.Office(r), "Thư góp ý"}}, listBody(v)), nil
}

func figures(t feedback.Tally) []ui.Figure {
	return []ui.Figure{{Value: vi.Int(t.Waiting), Label: "đang chờ, còn hạn"}, {Value: vi.Int(t.Overdue), Label: "đang chờ, quá hạn"},
		{Value: vi.Int(t.InTime), Label: "trả lời đúng hạn"}, {Value: vi.Int(t.Late), Label: "trả lời trễ"}}
}

func chips(active feedback.State, t feedback.Tally) []ui.Chip {
	all := 0
	for _, s := range feedback.States {
		if s != feedback.Spam {
			all += t.ByState[s]
		}
	}
	list := []ui.Chip{{Label: "Tất cả", Count: vi.Int(all), URL: href.WorkLetters, Active: active == ""}}
	for _, s := range feedback.States {
		list = append(list, ui.Chip{Label: s.Label(), Count: vi.Int(t.ByState[s]), URL: href.With(href.WorkLetters, "trang-thai", string(s)), Active: s == active})
	}
	return list
}

func (p pages) row(r *http.Request, l feedback.Row, today time.Time) rowView {
	return rowView{URL: href.Letter(l.ID), Subject: l.Subject, About: p.about(r, l.Association), Received: vi.ShortDateTime(l.ReceivedAt), Tag: tag(l.State),
		Due: due(l.State, l.DueOn, today), Published: l.Published}
}

func (p pages) about(r *http.Request, id authz.AssociationID) string {
	if a, ok := p.kit.FactsOf(r.Context()).Association(id); ok {
		return a.Name
	}
	return "Việc chung"
}

func tag(s feedback.State) ui.TagView {
	tones := map[feedback.State]ui.Tone{feedback.New: ui.Info, feedback.Reading: ui.Warn, feedback.Answered: ui.Good, feedback.Closed: ui.Grey, feedback.Spam: ui.Bad}
	return ui.TagView{Tone: tones[s], Text: s.Label()}
}

// due says how much of the seven working days is left; nothing for a letter that waits no longer.
func due(s feedback.State, day, today time.Time) ui.TagView {
	if s != feedback.New && s != feedback.Reading {
		return ui.TagView{}
	}
	left := feedback.WorkingDays(today, day)
	switch {
	case day.Before(today):
		// A weekend past the day is late too, though no working day has gone by.
		return ui.TagView{Tone: ui.Bad, Text: "Quá hạn " + vi.ShortDate(day)}
	case left == 0:
		return ui.TagView{Tone: ui.Warn, Text: "Hạn hôm nay"}
	case left <= 2:
		return ui.TagView{Tone: ui.Warn, Text: "Còn " + vi.Int(left) + " ngày làm việc"}
	}
	return ui.TagView{Tone: ui.Grey, Text: "Còn " + vi.Int(left) + " ngày làm việc"}
}

type showView struct {
	URL, Version, Subject string
	Tag, Due              ui.TagView
	Errors                ui.Errors
	Refused               string // the act whose form comes back: its form stands open
	Facts                 []ui.SummaryRow
	Body, Answer          []string
	AnsweredWhen          string
	Moves                 map[feedback.Move]bool
	Buttons               []ui.Action // moves without words
	NoConsent             bool        // an answer is there, but it may not be published
	PublishedWhen         string      // "" = not public now
	CanUnpublish          bool
	Events                []ui.Event

	TypedAnswer, TypedNote                      string
	PublicSubject, PublicQuestion, PublicAnswer string
}

func (p pages) show(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	id, err := kit.PathID[feedback.ID](r, "id")
	if err != nil {
		return kit.Reply{}, err
	}
	return p.showPage(r, tx, id, nil)
}

func (p pages) showPage(r *http.Request, tx *db.Tx, id feedback.ID, failed error) (kit.Reply, error) {
	l, err := feedback.Get(r.Context(), tx, id)
	if err != nil {
		return kit.Reply{}, err
	}
	events, err := feedback.Timeline(r.Context(), tx, id, 50)
	if err != nil {
		return kit.Reply{}, err
	}
	who := tx.Who()
	v := showView{URL: href.Letter(id), Version: strconv.Itoa(l.Version), Subject: l.Subject, Tag: tag(l.State), Due: due(l.State, l.DueOn, tx.Today()),
		Errors: formErrors(failed), Facts: p.facts(r, who, l), Body: paragraphs(l.Body), Answer: paragraphs(l.Answer), Moves: map[feedback.Move]bool{},
		NoConsent: !l.Consent && l.Answer != "", CanUnpublish: l.PublishedAt != nil && authz.Can(who, authz.AnswerLetters, authz.Scope{})}
	for _, m := range feedback.Open(who, l) {
		v.Moves[m] = true
	}
	v.Buttons = v.buttons()
	if failed != nil {
		v.Refused = path.Base(r.URL.Path)
	}
	if l.AnsweredAt != nil {
		v.AnsweredWhen = vi.ShortDateTime(*l.AnsweredAt)
	}
	if l.PublishedAt != nil {
		v.PublishedWhen = vi.ShortDateTime(*l.PublishedAt)
	}
	for _, h := range events {
		v.Events = append(v.Events, ui.Event{ISO: h.At.In(vi.Location()).Format(time.RFC3339), When: vi.ShortDateTime(h.At), Text: h.ByName + ": " + h.Sentence})
	}
	v.fill(r, l)
	return kit.Work(kit.WorkPage{Title: l.Subject, Active: href.WorkLetters, Trail: []string{p.kit.Office(r), "Thư góp ý", l.State.Label()}, Failed: failed != nil}, showBody(v)), nil
}

// fill puts into each form what was typed and refused, else what is stored, else a first proposal.
func (v *showView) fill(r *http.Request, l feedback.Letter) {
	first := func(field string, stored ...string) string {
		if typed, ok := r.PostForm[field]; ok && len(typed) > 0 {
			return typed[0]
		}
		for _, s := range stored {
			if s != "" {
				return s
			}
		}
		return ""
	}
	v.TypedAnswer, v.TypedNote = first("tra-loi", l.Answer), first("ly-do")
	v.PublicSubject = first("dang-tieu-de", l.PublicSubject, l.Subject)
	v.PublicQuestion = first("dang-cau-hoi", l.PublicQuestion, l.Body)
	v.PublicAnswer = first("dang-tra-loi", l.PublicAnswer, l.Answer)
}

// buttons: one form posts every move without words; each button names its own address.
func (v *showView) buttons() []ui.Action {
	var list []ui.Action
	for _, b := range []struct {
		move      feedback.Move
		to, label string
	}{{feedback.Take, "nhan", "Nhận xem thư"}, {feedback.NotSpam, "khong-rac", "Không phải thư rác"}, {feedback.Reopen, "mo-lai", "Mở lại thư"},
		{feedback.MarkSpam, "thu-rac", "Xếp vào thư rác"}} {
		if v.Moves[b.move] {
			list = append(list, ui.Action{Label: b.label, Kind: ui.Secondary, To: v.URL + "/" + b.to})
		}
	}
	return list
}

// facts tell who wrote only to those who answer; the leader reads the letter without its sender.
func (p pages) facts(r *http.Request, who authz.Who, l feedback.Letter) []ui.SummaryRow {
	rows := []ui.SummaryRow{{Key: "Nhận lúc", Value: vi.ShortDateTime(l.ReceivedAt)}, {Key: "Hạn trả lời", Value: vi.ShortDate(l.DueOn)}, {Key: "Về", Value: p.about(r, l.Association)}}
	if authz.Can(who, authz.AnswerLetters, authz.Scope{}) {
		name := l.Name
		if name == "" {
			name = "Không ghi tên"
		}
		rows = append(rows, ui.SummaryRow{Key: "Người gửi", Value: name}, contactRow(l.Contact))
	} else {
		rows = append(rows, ui.SummaryRow{Key: "Người gửi", Value: "Chỉ cán bộ trả lời thư xem được"})
	}
	consent := "Không. Chỉ trả lời riêng cho người gửi"
	if l.Consent {
		consent = "Đồng ý đăng câu hỏi và câu trả lời, không đăng tên"
	}
	rows = append(rows, ui.SummaryRow{Key: "Cho đăng", Value: consent})
	if l.Note != "" {
		rows = append(rows, ui.SummaryRow{Key: "Lý do đóng", Value: l.Note})
	}
	return rows
}

func contactRow(contact string) ui.SummaryRow {
	row := ui.SummaryRow{Key: "Cách liên hệ", Value: contact}
	switch {
	case contact == "":
		row.Value = "Không ghi; người gửi xem câu trả lời bằng mã tra cứu"
	case strings.Contains(contact, "@"):
		row.Actions = []ui.Action{{Label: "Viết thư điện tử", URL: "mailto:" + contact}}
	default:
		row.Value = vi.PhoneDisplay(contact)
		row.Actions = []ui.Action{{Label: "Gọi", Hidden: " người gửi", URL: vi.PhoneLink(contact)}}
	}
	return row
}

// deed is one thing the official does with a letter, with the words of the request's form.
type deed func(ctx context.Context, tx *db.Tx, r *http.Request, id feedback.ID, version int) error

func plain(m feedback.Move) deed {
	return func(ctx context.Context, tx *db.Tx, _ *http.Request, id feedback.ID, version int) error {
		return feedback.Do(ctx, tx, id, version, m)
	}
}

func answerLetter(ctx context.Context, tx *db.Tx, r *http.Request, id feedback.ID, version int) error {
	return feedback.AnswerLetter(ctx, tx, id, version, kit.Lines(r, "tra-loi"))
}

func closeLetter(ctx context.Context, tx *db.Tx, r *http.Request, id feedback.ID, version int) error {
	return feedback.CloseLetter(ctx, tx, id, version, kit.Lines(r, "ly-do"))
}

func publishLetter(ctx context.Context, tx *db.Tx, r *http.Request, id feedback.ID, version int) error {
	return feedback.PublishLetter(ctx, tx, id, version, kit.Text(r, "dang-tieu-de"), kit.Lines(r, "dang-cau-hoi"), kit.Lines(r, "dang-tra-loi"))
}

func unpublishLetter(ctx context.Context, tx *db.Tx, _ *http.Request, id feedback.ID, version int) error {
	return feedback.UnpublishLetter(ctx, tx, id, version)
}

// act makes the handler of a deed. What was refused comes back on the letter's page with everything that was typed.
func (p pages) act(do deed, done string) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		id, err := kit.PathID[feedback.ID](r, "id")
		if err != nil {
			return kit.Reply{}, err
		}
		version, err := kit.Version(r)
		if err != nil {
			return kit.Reply{}, err
		}
		if err := do(r.Context(), tx, r, id, version); err != nil {
			return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.showPage(r, tx, id, err) })
		}
		return kit.Redirect(href.Letter(id)).Flash(ui.Good, done), nil
	}
}

func publishWords(v showView) string {
	if v.PublishedWhen != "" {
		return "Sửa nội dung đã đăng"
	}
	return "Đăng câu hỏi và câu trả lời"
}
