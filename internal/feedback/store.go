package feedback

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/association"
	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
)

// Throttle: a household writes a few letters a day at most, and a flood from many addresses must not fill the box.
const (
	maxHour     = 5
	maxDay      = 15
	maxHourWard = 200
)

// Origin is where a letter comes from, for the throttle only. Network is the address as the throttle counts it (an IPv6
// network as a whole); it is kept for a day as a hash keyed with Key, and tied to no letter.
type Origin struct {
	Network string
	Key     []byte
}

func (o Origin) hash() []byte {
	mac := hmac.New(sha256.New, o.Key)
	mac.Write([]byte("letter from " + o.Network))
	return mac.Sum(nil)
}

// Send puts a letter into the box and gives the follow-up code, which is stored as a hash only. Anybody may send, nobody
// needs an account; the system may, without a count (the demo's letters). TooMany when the address, or everybody together, has sent too much lately.
func Send(ctx context.Context, tx *db.Tx, in NewLetter, from Origin) (code string, err error) {
	if in, err = in.clean(); err != nil {
		return "", err
	}
	if err := throttle(ctx, tx, from.hash()); err != nil {
		return "", err
	}
	code = newCode()
	id, state, sentence := newID(), New, "Thư gửi đến từ trang công khai"
	if in.Trapped {
		state, sentence = Spam, "Tự động xếp vào thư rác: ô dành để trống đã được điền"
	}
	b := &pgx.Batch{}
	b.Queue(`
		insert into letter (id, ward_id, association_id, code_hash, subject, body, consent, state, received_at, due_on, updated_at)
		values (@id, @ward, nullif(@association::bigint, 0), @code, @subject, @body, @consent, @state, @now, @due, @now)`,
		pgx.NamedArgs{"id": id, "ward": tx.Who().Ward, "association": in.Association, "code": hashCode(code), "subject": in.Subject, "body": in.Body,
			"consent": in.Consent, "state": state, "now": tx.Now(), "due": Due(tx.Today())})
	b.Queue(`insert into letter_sender (letter_id, ward_id, name, contact) values ($1, $2, $3, $4)`, id, tx.Who().Ward, in.Name, in.Contact)
	if !tx.Who().IsSystem() {
		b.Queue(`insert into letter_sending (ward_id, address_key, at) values ($1, $2, $3)`, tx.Who().Ward, from.hash(), tx.Now())
	}
	if err := tx.Batch(ctx, b); err != nil {
		return "", err
	}
	return code, note(ctx, tx, id, sentence, "letter.send", nil, nil, "")
}

// throttle counts under a lock per address, so that a burst at once is counted like one after the other.
func throttle(ctx context.Context, tx *db.Tx, key []byte) error {
	if tx.Who().IsSystem() {
		return nil // the demo's own letters
	}
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended(encode($1::bytea, 'hex'), 15))`, key); err != nil {
		return err
	}
	var hour, day, all int
	if err := tx.QueryRow(ctx, `select hour_mine, day_mine, hour_all from letter_recent($1)`, key).Scan(&hour, &day, &all); err != nil {
		return err
	}
	switch {
	case hour >= maxHour || day >= maxDay:
		return fault.New(fault.TooMany, "Từ nơi này vừa gửi nhiều thư. Xin đợi một giờ rồi bấm Gửi lại, hoặc gọi điện cho phường.")
	case all >= maxHourWard:
		return fault.New(fault.TooMany, "Phường đang nhận rất nhiều thư cùng lúc. Xin đợi một giờ rồi bấm Gửi lại, hoặc gọi điện cho phường.")
	}
	return nil
}

// Found is what the holder of a follow-up code sees.
type Found struct {
	Subject    string
	Body       string
	State      State
	Answer     string
	AnsweredAt *time.Time
	Note       string
	ReceivedAt time.Time
	DueOn      time.Time
	Published  bool
}

// Find looks a letter up by its follow-up code, as typed. NotFound for anything that is no code of this ward.
func Find(ctx context.Context, tx *db.Tx, typed string) (Found, error) {
	code, ok := readCode(typed)
	if !ok {
		return Found{}, fault.Missing()
	}
	return db.One[Found](ctx, tx, `
		select subject, body, state, answer, answered_at, note, received_at, due_on, published from letter_find($1)`, hashCode(code))
}

// Publication is a question with its answer as everybody may read it.
type Publication struct {
	LetterID    ID
	Association association.ID
	Subject     string
	Question    string
	Answer      string
	PublishedAt time.Time
}

// Published gives the newest published questions, at most limit.
func Published(ctx context.Context, tx *db.Tx, limit int) ([]Publication, error) {
	return db.All[Publication](ctx, tx, `
		select letter_id, coalesce(association_id, 0) as association, subject, question, answer, published_at
		from letter_publication where ward_id = $1 and withdrawn_at is null order by published_at desc, letter_id desc limit $2`, tx.Who().Ward, limit)
}

// Sweep forgets what is no longer needed: who sent how much after a day, and names and contacts a year after the last act on a
// letter that is answered, closed or spam. Only the system may.
func Sweep(ctx context.Context, tx *db.Tx) error {
	if !tx.Who().IsSystem() {
		return fault.Denied()
	}
	if _, err := tx.Exec(ctx, `delete from letter_sending where ward_id = $1 and at < $2`, tx.Who().Ward, tx.Now().AddDate(0, 0, -1)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		update letter_sender s set name = '', contact = '' from letter l
		where l.ward_id = $1 and l.id = s.letter_id and l.state in ('answered', 'closed', 'spam') and l.updated_at < $2 and (s.name <> '' or s.contact <> '')`,
		tx.Who().Ward, tx.Now().AddDate(-1, 0, 0))
	return err
}

// note writes the sentence of the timeline and the audit's record. before and after hold no value of the sender's.
func note(ctx context.Context, tx *db.Tx, id ID, sentence, action string, before, after any, reason string, fields ...string) error {
	who := tx.Who()
	name := who.Name
	if name == "" {
		name = "Người gửi"
	}
	_, err := tx.Exec(ctx, `
		insert into letter_change (ward_id, letter_id, at, account_id, by_name, on_behalf, sentence, before, after)
		values ($1, $2, $3, nullif($4::bigint, 0), $5, false, $6, $7, $8)`, who.Ward, id, tx.Now(), who.User, name, sentence, before, after)
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: action, Object: "letter", ID: int64(id), Fields: fields, Reason: reason})
}

// mayRead is the question of every reading of the desk.
func mayRead(who authz.Who) error {
	if !authz.Can(who, authz.ReadLetters, authz.Scope{}) {
		return fault.Denied()
	}
	return nil
}
