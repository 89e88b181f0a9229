package officer

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/association"
	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

const termColumns = `id, association_id, name, starts_on, ends_on, bch_quota, congress_on, decision_no, decision_on, authority, version`

// Terms lists the terms of an association, the newest first. Association 0 means all of the ward; terms are public.
func Terms(ctx context.Context, tx *db.Tx, a association.ID) ([]Term, error) {
	return db.All[Term](ctx, tx, `
		select `+termColumns+` from term where ward_id = $1 and ($2 = 0 or association_id = $2) order by association_id, starts_on desc`, tx.Who().Ward, a)
}

// TermDetails are the fields of a term's form.
type TermDetails struct {
	Name       string
	StartsOn   time.Time
	EndsOn     time.Time // the first day after the term
	BchQuota   int       // 0 = as the association's
	CongressOn *time.Time
	DecisionNo string
	DecisionOn *time.Time
	Authority  string
}

func (in TermDetails) args(tx *db.Tx) pgx.NamedArgs {
	return pgx.NamedArgs{
		"ward": tx.Who().Ward, "name": vi.Clean(in.Name), "starts_on": in.StartsOn, "ends_on": in.EndsOn, "bch_quota": in.BchQuota, "congress_on": in.CongressOn,
		"decision_no": vi.Clean(in.DecisionNo), "decision_on": in.DecisionOn, "authority": vi.Clean(in.Authority), "now": tx.Now(),
	}
}

// AddTerm opens a term. A congress that came early is entered by first ending the term before with ChangeTerm.
func AddTerm(ctx context.Context, tx *db.Tx, a association.ID, in TermDetails) (TermID, error) {
	if !authz.Can(tx.Who(), authz.WriteOfficers, authz.Of(a)) {
		return 0, fault.Missing()
	}
	args := in.args(tx)
	args["association"] = a
	id, err := db.Value[TermID](ctx, tx, `
		insert into term (ward_id, association_id, name, starts_on, ends_on, bch_quota, congress_on, decision_no, decision_on, authority, created_at)
		values (@ward, @association, @name, @starts_on, @ends_on, nullif(@bch_quota::integer, 0), @congress_on, @decision_no, @decision_on, @authority, @now)
		returning id`, args)
	if err != nil {
		return 0, err
	}
	sentence := fmt.Sprintf("Mở %s, từ %s", vi.LowerFirst(vi.Clean(in.Name)), vi.ShortDate(in.StartsOn))
	if err := note(ctx, tx, change{association: a, sentence: sentence, after: in}); err != nil {
		return 0, err
	}
	return id, audit.Record(ctx, tx, audit.Event{Action: "term.add", Object: "term", ID: int64(id), Association: a})
}

// ChangeTerm changes a term; version is the one the form was opened with.
func ChangeTerm(ctx context.Context, tx *db.Tx, id TermID, version int, in TermDetails) error {
	t, err := db.One[Term](ctx, tx, `select `+termColumns+` from term where ward_id = $1 and id = $2`, tx.Who().Ward, id)
	if err != nil {
		return err
	}
	if !authz.Can(tx.Who(), authz.WriteOfficers, authz.Of(t.AssociationID)) {
		return fault.Missing()
	}
	args := in.args(tx)
	args["id"], args["version"] = id, version
	err = tx.Versioned(ctx, `
		update term set name = @name, starts_on = @starts_on, ends_on = @ends_on, bch_quota = nullif(@bch_quota::integer, 0), congress_on = @congress_on,
		  decision_no = @decision_no, decision_on = @decision_on, authority = @authority, version = version + 1
		where id = @id and version = @version`, `select 1 from term where id = @id`, args)
	if err != nil {
		return err
	}
	if err := note(ctx, tx, change{association: t.AssociationID, sentence: "Sửa " + vi.LowerFirst(vi.Clean(in.Name)), before: t, after: in}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "term.change", Object: "term", ID: int64(id), Association: t.AssociationID})
}

// change is one row of the timeline.
type change struct {
	association   association.ID
	branch        association.BranchID
	appointment   ID
	person        authz.PersonID
	sentence      string
	before, after any
}

func (a Appointment) change(sentence string, before, after any) change {
	c := change{association: a.AssociationID, appointment: a.ID, sentence: sentence, before: before, after: after}
	if a.BranchID != nil {
		c.branch = *a.BranchID
	}
	if a.PersonID != nil {
		c.person = *a.PersonID
	}
	return c
}

func note(ctx context.Context, tx *db.Tx, c change) error {
	who := tx.Who()
	_, err := tx.Exec(ctx, `
		insert into officer_change (ward_id, association_id, branch_id, appointment_id, person_id, at, account_id, by_name, on_behalf, sentence, before, after)
		values ($1, $2, nullif($3::bigint, 0), nullif($4::bigint, 0), nullif($5::bigint, 0), $6, nullif($7::bigint, 0), $8, $9, $10, $11, $12)`,
		who.Ward, c.association, c.branch, c.appointment, c.person, tx.Now(), who.User, who.Name, authz.OnBehalf(who, authz.Of(c.association)), c.sentence, c.before, c.after)
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

// Timeline gives the newest happenings of an association's officers.
func Timeline(ctx context.Context, tx *db.Tx, a association.ID, limit int) ([]Happening, error) {
	return db.All[Happening](ctx, tx, `
		select id, at, by_name, on_behalf, sentence from officer_change where ward_id = $1 and association_id = $2 order by id desc limit $3`, tx.Who().Ward, a, limit)
}

// PersonTimeline gives the happenings of a person's offices, as far as the principal may see them.
func PersonTimeline(ctx context.Context, tx *db.Tx, p authz.PersonID, limit int) ([]Happening, error) {
	return db.All[Happening](ctx, tx, `
		select id, at, by_name, on_behalf, sentence from officer_change where ward_id = $1 and person_id = $2 order by id desc limit $3`, tx.Who().Ward, p, limit)
}

// TermPast is a term's fields as they stood at a version, with who saved last since then, and when.
type TermPast struct {
	TermDetails
	By string
	At time.Time
}

// TermAtVersion gives a term's fields as they stood at an older version, from the timeline. Without a later change it is NotFound.
func TermAtVersion(ctx context.Context, tx *db.Tx, t Term, version int) (TermPast, error) {
	rows, err := db.All[struct {
		Before Term
		ByName string
		At     time.Time
	}](ctx, tx, `
		select before, by_name, at from officer_change
		where ward_id = $1 and association_id = $2 and appointment_id is null and (before ->> 'ID')::bigint = $3 and (before ->> 'Version')::integer >= $4
		order by (before ->> 'Version')::integer`, tx.Who().Ward, t.AssociationID, t.ID, version)
	if err != nil {
		return TermPast{}, err
	}
	if len(rows) == 0 || rows[0].Before.Version != version {
		return TermPast{}, fault.Missing()
	}
	last := rows[len(rows)-1]
	return TermPast{TermDetails: rows[0].Before.Details(), By: last.ByName, At: last.At}, nil
}

// Details gives the fields of a term's form.
func (t Term) Details() TermDetails {
	d := TermDetails{Name: t.Name, StartsOn: t.StartsOn, EndsOn: t.EndsOn, CongressOn: t.CongressOn, DecisionNo: t.DecisionNo, DecisionOn: t.DecisionOn, Authority: t.Authority}
	if t.BchQuota != nil {
		d.BchQuota = *t.BchQuota
	}
	return d
}
