package member

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// UndoFor is how long the bar "Hoàn tác" stands after an act.
const UndoFor = 30 * time.Second

// undoGrace is added on the server: the bar was drawn after the act, and the post takes its way.
const undoGrace = 5 * time.Second

// Undo takes back the last act on a membership, by the same person within UndoFor. Dated rows that the act opened are
// voided, those that it closed are open again; the timeline keeps both sentences. An addition becomes a slip of the hand.
func Undo(ctx context.Context, tx *db.Tx, change int64) (Done, error) {
	row, err := db.One[struct {
		MembershipID ID
		AccountID    *int64
		At           time.Time
		Act          string
		Version      int
		UndoneBy     *int64
		Before       *snapshot
		Sentence     string
	}](ctx, tx, `
		select membership_id, account_id, at, act, version, undone_by, before, sentence from member_change where ward_id = $1 and id = $2`, tx.Who().Ward, change)
	if err != nil {
		return Done{}, err
	}
	s, err := open(ctx, tx, row.MembershipID, 0)
	if err != nil {
		return Done{}, err
	}
	switch {
	case row.AccountID == nil || *row.AccountID != int64(tx.Who().User):
		return Done{}, fault.Missing()
	case row.UndoneBy != nil:
		return Done{}, fault.New(fault.Conflict, "Việc này đã được hoàn tác.")
	case tx.Now().Sub(row.At) > UndoFor+undoGrace:
		return Done{}, fault.New(fault.Conflict, "Đã quá 30 giây nên không hoàn tác được nữa. Ông/bà vẫn có thể sửa trong hồ sơ.")
	case s.Version != row.Version || row.Act == actUndo:
		return Done{}, fault.Stale()
	}
	undone, err := takeBack(ctx, tx, s, row.Act, row.Before, "Hoàn tác: "+row.Sentence)
	if err != nil {
		return Done{}, err
	}
	return Done{s.ID, undone}, tx.ExecOne(ctx, nil, `update member_change set undone_by = $2 where id = $1`, change, undone)
}

func takeBack(ctx context.Context, tx *db.Tx, s stored, act string, before *snapshot, sentence string) (int64, error) {
	if before == nil { // an addition
		return voidAll(ctx, tx, s, nil, sentence)
	}
	if err := restoreRows(ctx, tx, s.ID, before); err != nil {
		return 0, err
	}
	if err := restorePerson(ctx, tx, s, before); err != nil {
		return 0, err
	}
	f := before.Fields
	if f.Profile == nil {
		f.Profile = map[string]string{} // a nil map would be stored as the JSON null
	}
	err := tx.ExecOne(ctx, nil, `
		update membership set branch_id = @branch, status = @status, ended = @ended, ended_how = @ended_how, began = @began, joined = @joined,
			class = @class, card = @card, phone = @phone, phone_owner = @phone_owner, address = @address, group_id = nullif(@group::bigint, 0),
			note = @note, profile = @profile, id_key = @id_key, id_tail = @id_tail, version = @version, changed_at = @now
		where id = @id`, pgx.NamedArgs{
		"id": s.ID, "branch": before.Branch, "status": before.Status, "ended": before.Ended, "ended_how": before.EndedHow, "began": f.Began, "joined": f.Joined,
		"class": f.Class, "card": f.Card, "phone": f.Phone, "phone_owner": f.PhoneOwner, "address": f.Address, "group": f.Group, "note": f.Note,
		"profile": f.Profile, "id_key": before.IDKey, "id_tail": before.IDTail, "version": s.Version + 1, "now": tx.Now(),
	})
	if err != nil {
		return 0, err
	}
	if act == actEnd && before.Died.IsZero() && !s.Died.IsZero() {
		if _, err := tx.Exec(ctx, `select member_unask_others($1, $2)`, s.PersonID, s.ID); err != nil {
			return 0, err
		}
	}
	return finish(ctx, tx, s.ID, happening{act: actUndo, sentence: sentence})
}

// restoreRows puts the dated rows back: first everything newer is voided, so that one open row remains at any moment.
func restoreRows(ctx context.Context, tx *db.Tx, id ID, before *snapshot) error {
	spans, branches, states := []int64{}, []int64{}, []int64{}
	batch := &pgx.Batch{}
	for _, r := range before.Spans {
		spans = append(spans, r.ID)
	}
	for _, r := range before.Branches {
		branches = append(branches, r.ID)
	}
	for _, r := range before.States {
		states = append(states, r.ID)
	}
	batch.Queue(`update membership_span set voided = true, to_day = greatest(coalesce(to_day, $3::date), from_day), ended_how = coalesce(ended_how, 'nhap_nham')
		where membership_id = $1 and not id = any ($2) and not voided`, id, spans, tx.Today())
	batch.Queue(`update membership_branch set voided = true where membership_id = $1 and not id = any ($2) and not voided`, id, branches)
	batch.Queue(`update membership_state set voided = true where membership_id = $1 and not id = any ($2) and not voided`, id, states)
	batch.Queue(`update membership_secret set voided = true where membership_id = $1 and not id = any ($2) and not voided`, id, slices.Concat([]int64{}, before.Secrets))
	for _, r := range before.Spans {
		batch.Queue(`update membership_span set began = $2, joined = $3, from_day = $4::text::date, ended_how = $5, ended = $6, to_day = $7::text::date, reason = $8, place = $9, voided = $10
			where id = $1`, r.ID, r.Began, r.Joined, r.FromDay, r.EndedHow, r.Ended, r.ToDay, r.Reason, r.Place, r.Voided)
	}
	for _, r := range before.Branches {
		batch.Queue(`update membership_branch set to_day = $2::text::date, voided = $3 where id = $1`, r.ID, r.ToDay, r.Voided)
	}
	for _, r := range before.States {
		batch.Queue(`update membership_state set to_day = $2::text::date, voided = $3 where id = $1`, r.ID, r.ToDay, r.Voided)
	}
	if err := tx.Batch(ctx, batch); err != nil {
		return fmt.Errorf("put the dated rows back: %w", err)
	}
	return nil
}

func restorePerson(ctx context.Context, tx *db.Tx, s stored, before *snapshot) error {
	if err := savePerson(ctx, tx, s.PersonID, before.Fields); err != nil {
		return err
	}
	if before.Died == s.Died {
		return nil
	}
	return tx.ExecOne(ctx, nil, `update person set died = $2, version = version + 1 where id = $1`, s.PersonID, before.Died)
}

// WithdrawDeath takes back a death that was told by mistake, at any later time: the membership is what it was, and the
// questions to other associations fall away.
func WithdrawDeath(ctx context.Context, tx *db.Tx, a Act) (Done, error) {
	s, before, err := a.begin(ctx, tx)
	if err != nil {
		return Done{}, err
	}
	if s.EndedHow == nil || *s.EndedHow != Died {
		return Done{}, fault.New(fault.Conflict, "Hồ sơ không ghi người này qua đời.")
	}
	if a.Reason == "" {
		return Done{}, fault.At(FieldReason, "Ghi lý do đính chính.")
	}
	if err := tx.ExecOne(ctx, nil, `
		update membership_span set ended_how = null, ended = null, to_day = null, reason = ''
		where id = (select max(id) from membership_span where membership_id = $1 and not voided)`, s.ID); err != nil {
		return Done{}, err
	}
	if err := tx.ExecOne(ctx, nil, `update person set died = null, version = version + 1 where id = $1`, s.PersonID); err != nil {
		return Done{}, err
	}
	if err := bump(ctx, tx, s, "status = 'active', ended = null, ended_how = null"); err != nil {
		return Done{}, err
	}
	if _, err := tx.Exec(ctx, `select member_unask_others($1, $2)`, s.PersonID, s.ID); err != nil {
		return Done{}, err
	}
	change, err := finish(ctx, tx, s.ID, happening{act: actChange, sentence: "Đính chính: không phải qua đời" + because(a.Reason), fields: []string{FieldHow}, before: &before})
	return Done{s.ID, change}, err
}

// Question asks an association to confirm what was told elsewhere about one of its members.
type Question struct {
	ID           int64
	MembershipID ID
	FullName     string
	Sex          Sex
	Kind         string  // "died"
	Day          vi.Date // as told
	AskedAt      time.Time
}

// Questions lists what waits for an answer of the association (0 = every one that may be read). Who told is not known.
func Questions(ctx context.Context, tx *db.Tx, a AssociationID) ([]Question, error) {
	return db.All[Question](ctx, tx, `
		select q.id, q.membership_id, m.full_name, m.sex, q.kind, q.day, q.asked_at
		from member_question q join membership m on m.id = q.membership_id
		where q.ward_id = $1 and ($2 = 0 or q.association_id = $2) and q.answered_at is null order by q.id`, tx.Who().Ward, a)
}

// Answer closes a question. Yes ends the membership as a death on the day (unknown = the day that was told).
func Answer(ctx context.Context, tx *db.Tx, id int64, yes bool, day vi.Date) (Done, error) {
	q, err := db.One[struct {
		MembershipID ID
		Day          vi.Date
	}](ctx, tx, `select membership_id, day from member_question where ward_id = $1 and id = $2 and answered_at is null`, tx.Who().Ward, id)
	if err != nil {
		return Done{}, err
	}
	s, err := open(ctx, tx, q.MembershipID, 0)
	if err != nil {
		return Done{}, err
	}
	answer := map[bool]string{true: "yes", false: "no"}[yes]
	if err := tx.ExecOne(ctx, nil, `update member_question set answered_at = $2, answer = $3 where id = $1 and answered_at is null`, id, tx.Now(), answer); err != nil {
		return Done{}, err
	}
	if !yes {
		change, err := finish(ctx, tx, s.ID, happening{act: actChange, sentence: "Xác nhận vẫn còn sinh hoạt"})
		return Done{s.ID, change}, err
	}
	if day.IsZero() {
		day = q.Day
	}
	return End(ctx, tx, Ending{Act: Act{ID: s.ID, Day: day}, How: Died})
}
