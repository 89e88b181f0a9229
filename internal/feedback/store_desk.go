package feedback

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// Letter is a letter as the workplace sees it. Name and Contact are filled for those who answer, and empty for the others.
type Letter struct {
	ID          ID
	Association association.ID
	Name        string
	Contact     string
	Subject     string
	Body        string
	Consent     bool
	State       State
	Answer      string
	AnsweredAt  *time.Time
	AnsweredOn  *time.Time
	Note        string
	ReceivedAt  time.Time
	DueOn       time.Time
	Version     int

	PublicSubject, PublicQuestion, PublicAnswer string     // as published last; "" = never
	PublishedAt                                 *time.Time // nil = not public now
}

// Get reads one letter. NotFound for those who may not read letters: hidden and missing look alike.
func Get(ctx context.Context, tx *db.Tx, id ID) (Letter, error) {
	if mayRead(tx.Who()) != nil {
		return Letter{}, fault.Missing()
	}
	return db.One[Letter](ctx, tx, `
		select l.id, coalesce(l.association_id, 0) as association, coalesce(s.name, '') as name, coalesce(s.contact, '') as contact,
		       l.subject, l.body, l.consent, l.state, l.answer, l.answered_at, l.answered_on, l.note, l.received_at, l.due_on, l.version,
		       coalesce(p.subject, '') as public_subject, coalesce(p.question, '') as public_question, coalesce(p.answer, '') as public_answer,
		       case when p.withdrawn_at is null then p.published_at end as published_at
		from letter l left join letter_sender s on s.letter_id = l.id left join letter_publication p on p.letter_id = l.id
		where l.ward_id = $1 and l.id = $2`, tx.Who().Ward, id)
}

// Row is a letter in the list.
type Row struct {
	ID          ID
	Association association.ID
	Subject     string
	State       State
	ReceivedAt  time.Time
	DueOn       time.Time
	Published   bool
}

// Cursor is where a page of the list ended. The zero value is the beginning.
type Cursor struct {
	At time.Time
	ID ID
}

// String writes the cursor for an address.
func (c Cursor) String() string { return fmt.Sprintf("%d-%d", c.At.UnixMicro(), c.ID) }

// ParseCursor reads what String wrote; NotFound for anything else, since a forged address names no page.
func ParseCursor(s string) (Cursor, error) {
	if s == "" {
		return Cursor{}, nil
	}
	a, b, _ := strings.Cut(s, "-")
	at, err1 := strconv.ParseInt(a, 10, 64)
	id, err2 := strconv.ParseInt(b, 10, 64)
	if err1 != nil || err2 != nil || id < 1 || at < 0 || at > 1<<52 {
		return Cursor{}, fault.Missing()
	}
	return Cursor{time.UnixMicro(at), ID(id)}, nil
}

// List gives the letters of a state, newest first. State "" means all but spam.
func List(ctx context.Context, tx *db.Tx, state State, after Cursor, limit int) (rows []Row, next Cursor, err error) {
	if err := mayRead(tx.Who()); err != nil {
		return nil, Cursor{}, err
	}
	states := []State{state}
	if state == "" {
		states = []State{New, Reading, Answered, Closed}
	}
	rows, err = db.All[Row](ctx, tx, `
		select l.id, coalesce(l.association_id, 0) as association, l.subject, l.state, l.received_at, l.due_on,
		       exists (select 1 from letter_publication p where p.letter_id = l.id and p.withdrawn_at is null) as published
		from letter l where l.ward_id = $1 and l.state = any ($2) and ($4::bigint = 0 or (l.received_at, l.id) < ($3, $4))
		order by l.received_at desc, l.id desc limit $5`, tx.Who().Ward, states, after.At, after.ID, limit+1)
	if err != nil {
		return nil, Cursor{}, err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		next = Cursor{rows[limit-1].ReceivedAt, rows[limit-1].ID}
	}
	return rows, next, nil
}

// Tally is how the ward keeps its promise of AnswerDays working days. Spam does not count.
type Tally struct {
	ByState map[State]int
	InTime  int // answered by the day it was due, letters of the last twelve months
	Late    int // answered later, letters of the last twelve months
	Waiting int // new or being looked at, still in time
	Overdue int // new or being looked at, past the day
}

// Count gives the tally of tx's ward.
func Count(ctx context.Context, tx *db.Tx) (Tally, error) {
	if err := mayRead(tx.Who()); err != nil {
		return Tally{}, err
	}
	type count struct {
		State                          State
		Number                         int
		InTime, Late, Waiting, Overdue int
	}
	rows, err := db.All[count](ctx, tx, `
		select state, count(*) as number,
		       count(*) filter (where answered_on <= due_on and received_at > $3) as in_time,
		       count(*) filter (where answered_on > due_on and received_at > $3) as late,
		       count(*) filter (where state in ('new', 'reading') and due_on >= $2) as waiting,
		       count(*) filter (where state in ('new', 'reading') and due_on < $2) as overdue
		from letter where ward_id = $1 group by state`, tx.Who().Ward, tx.Today(), tx.Now().AddDate(-1, 0, 0))
	if err != nil {
		return Tally{}, err
	}
	t := Tally{ByState: map[State]int{}}
	for _, r := range rows {
		t.ByState[r.State] = r.Number
		if r.State == Spam {
			continue
		}
		t.InTime, t.Late, t.Waiting, t.Overdue = t.InTime+r.InTime, t.Late+r.Late, t.Waiting+r.Waiting, t.Overdue+r.Overdue
	}
	return t, nil
}

// Happening is one sentence of a letter's timeline.
type Happening struct {
	At       time.Time
	ByName   string
	Sentence string
}

// Timeline gives the newest happenings of a letter.
func Timeline(ctx context.Context, tx *db.Tx, id ID, limit int) ([]Happening, error) {
	return db.All[Happening](ctx, tx, `select at, by_name, sentence from letter_change where ward_id = $1 and letter_id = $2 order by id desc limit $3`,
		tx.Who().Ward, id, limit)
}

// ready loads the letter and asks the workflow.
func ready(ctx context.Context, tx *db.Tx, id ID, version int, m Move) (Letter, error) {
	l, err := Get(ctx, tx, id)
	if err != nil {
		return Letter{}, err
	}
	if err := Check(tx.Who(), l, m); err != nil {
		return Letter{}, err
	}
	if l.Version != version {
		return Letter{}, fault.Stale()
	}
	return l, nil
}

// move carries out a change. The version in the where clause settles a race of two people.
func move(ctx context.Context, tx *db.Tx, l Letter, set string, args pgx.NamedArgs) error {
	all := pgx.NamedArgs{"id": l.ID, "version": l.Version, "user": tx.Who().User, "now": tx.Now(), "today": tx.Today()}
	for k, v := range args {
		all[k] = v
	}
	return tx.Versioned(ctx, `update letter set `+set+`, updated_at = @now, version = version + 1 where id = @id and version = @version`,
		`select 1 from letter where id = @id`, all)
}

type snapshot struct {
	State  State  `json:"state,omitempty"`
	Answer string `json:"answer,omitempty"`
}

// plainMoves need nothing but the press of a button.
var plainMoves = map[Move]struct {
	to               State
	sentence, action string
}{
	Take:     {Reading, "Nhận xem thư", "letter.take"},
	Reopen:   {Reading, "Mở lại thư", "letter.reopen"},
	MarkSpam: {Spam, "Xếp vào thư rác", "letter.spam"},
	NotSpam:  {New, "Đưa ra khỏi thư rác", "letter.not_spam"},
}

// Do makes a move that needs no words: Take, Reopen, MarkSpam, NotSpam.
func Do(ctx context.Context, tx *db.Tx, id ID, version int, m Move) error {
	plain, ok := plainMoves[m]
	if !ok {
		return fault.Missing()
	}
	l, err := ready(ctx, tx, id, version, m)
	if err != nil {
		return err
	}
	set := `state = @state`
	if m == Reopen {
		set += `, note = ''`
	}
	if err := move(ctx, tx, l, set, pgx.NamedArgs{"state": plain.to}); err != nil {
		return err
	}
	return note(ctx, tx, id, plain.sentence, plain.action, snapshot{State: l.State}, snapshot{State: plain.to}, "")
}

// AnswerLetter writes the answer, or mends it. The day of the first answer is what counts against the promise.
func AnswerLetter(ctx context.Context, tx *db.Tx, id ID, version int, answer string) error {
	l, err := ready(ctx, tx, id, version, Reply)
	if err != nil {
		return err
	}
	answer = vi.CleanMultiline(answer)
	var p fault.Problems
	checkLength(&p, "answer", answer, 2, MaxText, "Nhập câu trả lời, tối đa 5.000 ký tự.")
	if err := p.Err(); err != nil {
		return err
	}
	if l.State == Answered && l.Answer == answer {
		return nil // saved without a change: no version, no sentence
	}
	err = move(ctx, tx, l, `state = 'answered', answer = @answer, answered_by = nullif(@user::bigint, 0), answered_at = @now, answered_on = coalesce(answered_on, @today)`,
		pgx.NamedArgs{"answer": answer})
	if err != nil {
		return err
	}
	sentence := "Trả lời thư"
	if l.Answer != "" {
		sentence = "Sửa câu trả lời"
	}
	return note(ctx, tx, id, sentence, "letter.answer", snapshot{l.State, l.Answer}, snapshot{Answered, answer}, "", "answer")
}

// CloseLetter ends the work on a letter. Without an answer the sender must be told why.
func CloseLetter(ctx context.Context, tx *db.Tx, id ID, version int, why string) error {
	l, err := ready(ctx, tx, id, version, Close)
	if err != nil {
		return err
	}
	why = vi.CleanMultiline(why)
	var p fault.Problems
	checkLength(&p, "note", why, 0, MaxNote, "Lý do tối đa 1.000 ký tự.")
	if why == "" && l.Answer == "" {
		p.Add("note", "Thư chưa được trả lời. Ghi lý do đóng để người gửi biết.")
	}
	if err := p.Err(); err != nil {
		return err
	}
	if err := move(ctx, tx, l, `state = 'closed', note = @note`, pgx.NamedArgs{"note": why}); err != nil {
		return err
	}
	sentence := "Đóng thư"
	if why != "" {
		sentence += ": " + why
	}
	return note(ctx, tx, id, sentence, "letter.close", snapshot{State: l.State}, snapshot{State: Closed}, why)
}

// PublishLetter shows question and answer to everybody, worded as the official has cleared them of names. It needs the
// sender's consent. Publishing again replaces the words.
func PublishLetter(ctx context.Context, tx *db.Tx, id ID, version int, subject, question, answer string) error {
	l, err := ready(ctx, tx, id, version, Publish)
	if err != nil {
		return err
	}
	subject, question, answer = vi.Clean(subject), vi.CleanMultiline(question), vi.CleanMultiline(answer)
	var p fault.Problems
	checkLength(&p, "public_subject", subject, 5, MaxSubject, needSubject)
	checkLength(&p, "public_question", question, 10, MaxText, needBody)
	checkLength(&p, "public_answer", answer, 2, MaxText, "Nhập câu trả lời để đăng, tối đa 5.000 ký tự.")
	if err := p.Err(); err != nil {
		return err
	}
	if err := move(ctx, tx, l, `state = state`, nil); err != nil { // the version also guards the publication
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into letter_publication (letter_id, ward_id, association_id, subject, question, answer, published_at)
		values (@id, @ward, nullif(@association::bigint, 0), @subject, @question, @answer, @now)
		on conflict (letter_id) do update set subject = excluded.subject, question = excluded.question, answer = excluded.answer,
			published_at = excluded.published_at, withdrawn_at = null`,
		pgx.NamedArgs{"id": id, "ward": tx.Who().Ward, "association": l.Association, "subject": subject, "question": question, "answer": answer, "now": tx.Now()})
	if err != nil {
		return err
	}
	return note(ctx, tx, id, "Đăng câu hỏi và câu trả lời", "letter.publish", nil, nil, "")
}

// UnpublishLetter takes question and answer off the public page.
func UnpublishLetter(ctx context.Context, tx *db.Tx, id ID, version int) error {
	l, err := Get(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case !authz.Can(tx.Who(), authz.AnswerLetters, authz.Scope{}):
		return fault.Denied()
	case l.PublishedAt == nil:
		return fault.New(fault.Conflict, "Câu hỏi này không còn trên trang công khai.")
	case l.Version != version:
		return fault.Stale()
	}
	if err := move(ctx, tx, l, `state = state`, nil); err != nil {
		return err
	}
	if err := tx.ExecOne(ctx, nil, `update letter_publication set withdrawn_at = $2 where letter_id = $1`, id, tx.Now()); err != nil {
		return err
	}
	return note(ctx, tx, id, "Gỡ câu hỏi và câu trả lời khỏi trang công khai", "letter.unpublish", nil, nil, "")
}
