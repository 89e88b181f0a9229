package feedbackui

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"wardportal/internal/account"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/feedback"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// People need longer than shortest to write a letter; a form left open longer than longest gets a fresh stamp.
const (
	shortest = 4 * time.Second
	longest  = 24 * time.Hour
	shown    = 20 // published answers on the page
)

// The form's fields are Vietnamese words without accents. trapField is not seen by people and stays empty.
const (
	stampField = "luc"
	trapField  = "trang-web"
)

var fieldNames = map[string]string{"name": "ten", "contact": "lien-he", "association": "ve-hoi", "subject": "tieu-de", "body": "noi-dung",
	"answer": "tra-loi", "note": "ly-do", "public_subject": "dang-tieu-de", "public_question": "dang-cau-hoi", "public_answer": "dang-tra-loi"}

// formErrors turns a fault into what the form shows.
func formErrors(err error) ui.Errors {
	list := kit.Errors(err)
	for i := range list {
		if name, ok := fieldNames[list[i].Field]; ok {
			list[i].Field = name
		}
	}
	return list
}

type formView struct {
	Stamp                        string
	Phone                        string // the ward's, as people write it
	Errors                       ui.Errors
	Name, Contact, Subject, Body string
	About                        ui.Choice
	Consent                      bool
	Published                    []publishedView
}

type publishedView struct {
	Subject, ISO, When, About string
	Question, Answer          []string // paragraphs
}

func (p pages) form(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.formPage(r, tx, nil) }

func (p pages) formPage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	list, err := feedback.Published(r.Context(), tx, shown)
	if err != nil {
		return kit.Reply{}, err
	}
	facts := p.kit.FactsOf(r.Context())
	v := formView{Stamp: p.stampFor(r, tx.Now()), Phone: facts.Ward.Phone, Errors: formErrors(failed), Name: r.PostFormValue("ten"), Contact: r.PostFormValue("lien-he"),
		Subject: r.PostFormValue("tieu-de"), Body: r.PostFormValue("noi-dung"), Consent: r.PostFormValue("dong-y") != ""}
	v.About = ui.Choice{Name: "ve-hoi", Label: "Thư về hội nào (có thể để trống)", Error: v.Errors.For("ve-hoi"), Value: r.FormValue("ve-hoi"),
		Options: []ui.Option{{Value: "", Label: "Việc chung, không về hội nào"}}}
	for _, a := range facts.Associations {
		v.About.Options = append(v.About.Options, ui.Option{Value: strconv.FormatInt(int64(a.ID), 10), Label: a.Name})
	}
	for _, q := range list {
		v.Published = append(v.Published, p.published(r, q))
	}
	page := kit.PublicPage{Title: "Góp ý", Active: href.Letters, Path: href.Letters, Failed: failed != nil,
		Description: "Gửi thư hỏi đáp, góp ý cho phường; không cần tài khoản. Thư được trả lời trong 7 ngày làm việc."}
	// Each visitor gets a form of their own: its key must not be shared with whoever opens the page next.
	return kit.Public(page, formBody(v)).Header("Cache-Control", "no-store"), nil
}

// stampFor keeps the stamp of a form that comes back, so that mending a field does not start the clock again.
func (p pages) stampFor(r *http.Request, now time.Time) string {
	s := r.PostFormValue(stampField)
	if at, ok := readStamp(p.kit.Secret, s); ok && now.Sub(at) < longest && !at.After(now) {
		return s
	}
	return stamp(p.kit.Secret, now)
}

func (p pages) published(r *http.Request, q feedback.Publication) publishedView {
	v := publishedView{Subject: q.Subject, ISO: q.PublishedAt.In(vi.Location()).Format(time.RFC3339), When: vi.ShortDate(q.PublishedAt),
		Question: paragraphs(q.Question), Answer: paragraphs(q.Answer)}
	if a, ok := p.kit.FactsOf(r.Context()).Association(q.Association); ok {
		v.About = a.Name
	}
	return v
}

func paragraphs(text string) []string {
	var list []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// parse reads the form and says what is wrong with it.
func (p pages) parse(r *http.Request, now time.Time) (feedback.NewLetter, error) {
	in := feedback.NewLetter{Name: kit.Text(r, "ten"), Contact: kit.Text(r, "lien-he"), Subject: kit.Text(r, "tieu-de"), Body: kit.Lines(r, "noi-dung"),
		Consent: r.PostFormValue("dong-y") != "", Trapped: r.PostFormValue(trapField) != ""}
	var problems fault.Problems
	if err := problems.Merge(in.Check()); err != nil {
		return in, err
	}
	if s := r.PostFormValue("ve-hoi"); s != "" {
		a, ok := p.kit.FactsOf(r.Context()).Association(kit.QueryID[feedback.AssociationID](r, "ve-hoi"))
		if !ok {
			problems.Add("association", "Không có hội này.")
		}
		in.Association = a.ID
	}
	if problems.Err() != nil {
		return in, problems.Err() // whoever mends a field takes their time
	}
	return in, p.haste(r, now)
}

// haste refuses what was not written by hand: a form without our stamp, or one filled in within a breath.
func (p pages) haste(r *http.Request, now time.Time) error {
	switch at, ok := readStamp(p.kit.Secret, r.PostFormValue(stampField)); {
	case !ok || at.After(now) || now.Sub(at) >= longest:
		return fault.At("", "Trang này mở đã lâu. Xin xem lại nội dung rồi bấm Gửi thư một lần nữa.")
	case now.Sub(at) < shortest:
		return fault.At("", "Thư được gửi quá nhanh. Xin xem lại nội dung, đợi vài giây rồi bấm Gửi thư một lần nữa.")
	}
	return nil
}

// send is in steps because a refusal for too many letters shows the form again as well: nobody retypes a letter.
func (p pages) send(r *http.Request, s *kit.Steps) (kit.Reply, error) {
	reply, err := s.Once(p.put)
	if !fault.Is(err, fault.TooMany) {
		return reply, err
	}
	refused := err
	reply, err = s.Page(func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.formPage(r, tx, refused) })
	return reply.Status(http.StatusTooManyRequests), err
}

func (p pages) put(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	again := func(err error) (kit.Reply, error) {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.formPage(r, tx, err) })
	}
	in, err := p.parse(r, tx.Now())
	if err != nil {
		return again(err)
	}
	from := feedback.Origin{Network: account.Network(kit.AddressOf(r.Context())), Key: p.kit.Secret}
	code, err := feedback.Send(r.Context(), tx, in, from)
	if fault.Is(err, fault.TooMany) {
		return kit.Reply{}, err
	}
	if err != nil {
		return again(err)
	}
	receipt, err := sealReceipt(p.kit.Secret, code, tx.Now())
	if err != nil {
		return kit.Reply{}, err
	}
	return kit.Redirect(href.With(href.LettersSent, "phieu", receipt)), nil
}

type sentView struct {
	Code  string // "" = the receipt is too old
	Days  string
	Phone string
}

func (p pages) sent(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	v := sentView{Days: vi.Int(feedback.AnswerDays), Phone: p.kit.FactsOf(r.Context()).Ward.Phone}
	if code, ok := openReceipt(p.kit.Secret, r.URL.Query().Get("phieu"), tx.Now()); ok {
		v.Code = feedback.ShowCode(code)
	}
	page := kit.PublicPage{Title: "Đã gửi thư", Active: href.Letters, NoIndex: true, Script: v.Code != ""} // the script is for the print button
	return kit.Public(page, sentBody(v)).Header("Cache-Control", "no-store"), nil
}

type lookUpView struct {
	Typed  string
	Errors ui.Errors
	Found  *foundView
}

type foundView struct {
	Subject, Received, Due, AnsweredWhen string
	Tag                                  ui.TagView
	Body, Answer, Note                   []string
	Published                            bool
}

func (p pages) lookUpForm(_ *http.Request, _ *db.Tx) (kit.Reply, error) {
	return lookUpPage(lookUpView{}, http.StatusOK), nil
}

func lookUpPage(v lookUpView, status int) kit.Reply {
	page := kit.PublicPage{Title: "Tra cứu thư đã gửi", Active: href.Letters, NoIndex: true, Failed: len(v.Errors) > 0}
	return kit.Public(page, lookUpBody(v)).Status(status).Header("Cache-Control", "no-store")
}

// lookUp is a post because the code must stand in no address and no log. It writes nothing.
func (p pages) lookUp(r *http.Request, s *kit.Steps) (kit.Reply, error) {
	v := lookUpView{Typed: kit.Text(r, "ma")}
	var found feedback.Found
	var today time.Time
	err := s.Read(func(ctx context.Context, tx *db.Tx) (err error) {
		today = tx.Today()
		found, err = feedback.Find(ctx, tx, v.Typed)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		v.Errors = ui.Errors{{Field: "ma", Message: "Không có thư nào mang mã này. Xin xem lại tờ giấy ghi mã, ví dụ: K7QM2-XPA93."}}
		return lookUpPage(v, http.StatusUnprocessableEntity), nil
	}
	if err != nil {
		return kit.Reply{}, err
	}
	v.Found = foundLetter(found, today)
	return lookUpPage(v, http.StatusOK), nil
}

// foundLetter is the letter as its sender sees it. Spam looks like a letter that waits: whoever sends it learns nothing.
func foundLetter(f feedback.Found, today time.Time) *foundView {
	state := f.State
	if state == feedback.Spam {
		state = feedback.New
	}
	v := &foundView{Subject: f.Subject, Received: vi.ShortDateTime(f.ReceivedAt), Tag: tag(state), Body: paragraphs(f.Body), Answer: paragraphs(f.Answer),
		Note: paragraphs(f.Note), Published: f.Published}
	if f.AnsweredAt != nil {
		v.AnsweredWhen = vi.ShortDateTime(*f.AnsweredAt)
	}
	if state == feedback.New || state == feedback.Reading {
		v.Due = "Phường trả lời chậm nhất ngày " + vi.ShortDate(f.DueOn) + "."
		if f.DueOn.Before(today) {
			v.Due = "Thư đã quá hạn trả lời (" + vi.ShortDate(f.DueOn) + "). Ông/bà có thể gọi điện cho phường để hỏi."
		}
	}
	return v
}
