package activity

import (
	"context"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
)

// tally is what the diary holds of one kind in one branch.
type tally struct {
	Branch   association.BranchID // 0 = the association as a whole
	Kind     string
	Entries  int
	Quantity int64
	People   int64
	Amount   int64
}

func tallies(ctx context.Context, tx *db.Tx, a association.ID, from, to time.Time) ([]tally, error) {
	return db.All[tally](ctx, tx, `
		select coalesce(branch_id, 0) as branch, kind, count(*)::integer as entries, sum(quantity)::bigint as quantity, sum(people)::bigint as people, sum(amount)::bigint as amount
		from activity
		where ward_id = $1 and association_id = $2 and happened_on between $3 and $4 and removed_at is null
		group by branch_id, kind`, tx.Who().Ward, a, from, to)
}

// Sums adds the diary up by indicator code, both days included. Every indicator that the diary can feed is a key only when
// there is an entry for it. Rows of distinct people (GEN.CARE.LOAN, NCT.EYE) add what was written; who was counted twice
// is for the reader of the list to see.
func Sums(ctx context.Context, tx *db.Tx, a association.ID, from, to time.Time) (map[string]Sum, error) {
	list, err := tallies(ctx, tx, a, from, to)
	if err != nil {
		return nil, err
	}
	out := map[string]Sum{}
	for _, t := range list {
		t.into(out)
	}
	return out, nil
}

// BranchSums is Sums by branch; key 0 holds what the association did as a whole.
func BranchSums(ctx context.Context, tx *db.Tx, a association.ID, from, to time.Time) (map[association.BranchID]map[string]Sum, error) {
	list, err := tallies(ctx, tx, a, from, to)
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
	k, ok := KindByCode(t.Kind)
	if !ok {
		return // a kind of a newer program; its rows are unknown here
	}
	add := func(codes []string, n int64) {
		for _, code := range codes {
			out[code] = Sum{out[code].Value + n, out[code].Entries + t.Entries}
		}
	}
	add(k.Count, t.Quantity)
	add(k.People, t.People)
	add(k.Amount, t.Amount)
}

// change is one row of the timeline.
type change struct {
	association   association.ID
	branch        *association.BranchID
	object        string
	id            int64
	sentence      string
	before, after any
}

func note(ctx context.Context, tx *db.Tx, c change) error {
	who := tx.Who()
	_, err := tx.Exec(ctx, `
		insert into activity_change (ward_id, association_id, branch_id, object, object_id, at, account_id, by_name, on_behalf, sentence, before, after)
		values ($1, $2, $3, $4, $5, $6, nullif($7::bigint, 0), $8, $9, $10, $11, $12)`,
		who.Ward, c.association, c.branch, c.object, c.id, tx.Now(), who.User, who.Name, authz.OnBehalf(who, authz.Of(c.association)), c.sentence, c.before, c.after)
	return err
}

// Happening is one sentence of the timeline.
type Happening struct {
	ID       int64
	At       time.Time
	ByName   string
	OnBehalf bool
	Sentence string
}

// Timeline gives the newest happenings of the diary, the funds and the clubs of an association.
func Timeline(ctx context.Context, tx *db.Tx, a association.ID, limit int) ([]Happening, error) {
	return db.All[Happening](ctx, tx, `
		select id, at, by_name, on_behalf, sentence from activity_change where ward_id = $1 and association_id = $2 order by id desc limit $3`, tx.Who().Ward, a, limit)
}

// EntryTimeline gives the happenings of one entry of the diary.
func EntryTimeline(ctx context.Context, tx *db.Tx, id ID) ([]Happening, error) {
	return db.All[Happening](ctx, tx, `
		select id, at, by_name, on_behalf, sentence from activity_change where ward_id = $1 and object = 'activity' and object_id = $2 order by id desc`, tx.Who().Ward, id)
}

// Past is an entry's fields as they stood at a version, with who saved last since then, and when.
type Past struct {
	Details
	By string
	At time.Time
}

// AtVersion gives an entry's fields as they stood at an older version, from the timeline. Without a later change it is NotFound.
func AtVersion(ctx context.Context, tx *db.Tx, id ID, version int) (Past, error) {
	rows, err := db.All[struct {
		Before Entry
		ByName string
		At     time.Time
	}](ctx, tx, `
		select before, by_name, at from activity_change
		where ward_id = $1 and object = 'activity' and object_id = $2 and (before ->> 'Version')::integer >= $3 order by (before ->> 'Version')::integer`, tx.Who().Ward, id, version)
	if err != nil {
		return Past{}, err
	}
	if len(rows) == 0 || rows[0].Before.Version != version {
		return Past{}, fault.Missing()
	}
	last := rows[len(rows)-1]
	return Past{Details: rows[0].Before.Details(), By: last.ByName, At: last.At}, nil
}

// Details gives the fields of an entry's form.
func (e Entry) Details() Details {
	d := Details{HappenedOn: e.HappenedOn, Kind: e.Kind, Quantity: e.Quantity, People: e.People, Amount: e.Amount, Source: e.Source, ForWhom: e.ForWhom, Note: e.Note}
	if e.BranchID != nil {
		d.Branch = *e.BranchID
	}
	return d
}
