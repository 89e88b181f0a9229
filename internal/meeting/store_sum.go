package meeting

import (
	"context"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
)

type tally struct {
	Branch  association.BranchID // 0 = of the association as a whole
	Kind    string
	Held    int
	Present int64
}

// held counts the meetings that the association called and that were held in the period; the day of a meeting is its
// local day, so one that begins at half past eleven on New Year's Eve belongs to the old year.
func held(ctx context.Context, tx *db.Tx, a association.ID, from, to time.Time) ([]tally, error) {
	return db.All[tally](ctx, tx, `
		select coalesce(branch_id, 0) as branch, kind, count(*)::integer as held, sum(present)::bigint as present
		from meeting
		where ward_id = $1 and association_id = $2 and state in ('closed', 'minutes_approved')
		  and (starts_at at time zone 'Asia/Ho_Chi_Minh')::date between $3 and $4
		group by branch_id, kind`, tx.Who().Ward, a, from, to)
}

// Sums adds up the meetings held between two days (both included) by indicator code. A code is a key only when there is a
// meeting for it.
func Sums(ctx context.Context, tx *db.Tx, a association.ID, from, to time.Time) (map[string]Sum, error) {
	list, err := held(ctx, tx, a, from, to)
	if err != nil {
		return nil, err
	}
	out := map[string]Sum{}
	for _, t := range list {
		t.into(out)
	}
	return out, nil
}

// BranchSums is Sums by branch; key 0 holds the association's own meetings.
func BranchSums(ctx context.Context, tx *db.Tx, a association.ID, from, to time.Time) (map[association.BranchID]map[string]Sum, error) {
	list, err := held(ctx, tx, a, from, to)
	if err != nil {
		return nil, err
	}
	out := map[association.BranchID]map[string]Sum{}
	for _, t := range list {
		if out[t.Branch] == nil {
			out[t.Branch] = map[string]Sum{}
		}
		t.into(out[t.Branch])
	}
	return out, nil
}

func (t tally) into(out map[string]Sum) {
	k, _ := KindByCode(t.Kind)
	for _, code := range k.Count {
		out[code] = Sum{out[code].Value + int64(t.Held), out[code].Entries + t.Held}
	}
	for _, code := range k.Present {
		out[code] = Sum{out[code].Value + t.Present, out[code].Entries + t.Held}
	}
}

// change is one row of the timeline.
type change struct {
	meeting       ID
	scope         authz.Scope
	sentence      string
	before, after any
}

func note(ctx context.Context, tx *db.Tx, c change) error {
	who := tx.Who()
	_, err := tx.Exec(ctx, `
		insert into meeting_change (ward_id, meeting_id, association_id, branch_id, at, account_id, by_name, on_behalf, sentence, before, after)
		values ($1, $2, nullif($3::bigint, 0), nullif($4::bigint, 0), $5, nullif($6::bigint, 0), $7, $8, $9, $10, $11)`,
		who.Ward, c.meeting, c.scope.Association, c.scope.Branch, tx.Now(), who.User, who.Name, authz.OnBehalf(who, c.scope), c.sentence, c.before, c.after)
	return err
}

func (m Meeting) record(ctx context.Context, tx *db.Tx, action, sentence string, before, after any) error {
	s := m.scope()
	if err := note(ctx, tx, change{meeting: m.ID, scope: s, sentence: sentence, before: before, after: after}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: action, Object: "meeting", ID: int64(m.ID), Association: s.Association})
}

// Happening is one sentence of the timeline.
type Happening struct {
	ID       int64
	At       time.Time
	ByName   string
	OnBehalf bool
	Sentence string
}

// Timeline gives the happenings of a meeting, the newest first.
func Timeline(ctx context.Context, tx *db.Tx, id ID) ([]Happening, error) {
	return db.All[Happening](ctx, tx, `
		select id, at, by_name, on_behalf, sentence from meeting_change where ward_id = $1 and meeting_id = $2 order by id desc`, tx.Who().Ward, id)
}
