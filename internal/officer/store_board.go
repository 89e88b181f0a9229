package officer

import (
	"context"
	"slices"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
)

// Vacancies works out the vacancy board of the day for one association, or with 0 for every association that the
// principal may see inside. A branch head sees the inside of no whole association.
func Vacancies(ctx context.Context, tx *db.Tx, a association.ID, on time.Time) (Board, error) {
	b, err := load(ctx, tx, a, on)
	if err != nil {
		return Board{}, err
	}
	return b.board(on), nil
}

func load(ctx context.Context, tx *db.Tx, a association.ID, on time.Time) (books, error) {
	if a != 0 && !authz.Can(tx.Who(), authz.ReadOfficers, authz.Of(a)) {
		return books{}, fault.Missing()
	}
	var b books
	var err error
	if b.associations, err = association.List(ctx, tx); err != nil {
		return b, err
	}
	b.associations = slices.DeleteFunc(b.associations, func(x association.Association) bool {
		return (a != 0 && x.ID != a) || !authz.Can(tx.Who(), authz.ReadOfficers, authz.Of(x.ID))
	})
	if b.branches, err = association.Branches(ctx, tx, a, on); err != nil {
		return b, err
	}
	if b.offices, err = db.All[Office](ctx, tx, `
		select `+officeColumns+` from office where ward_id = $1 and ($2 = 0 or association_id = $2) order by association_id, rank, id`, tx.Who().Ward, a); err != nil {
		return b, err
	}
	if b.terms, err = Terms(ctx, tx, a); err != nil {
		return b, err
	}
	b.spells, err = db.All[Appointment](ctx, tx, `
		select `+appointmentColumns+` from `+appointmentTables+`
		where a.ward_id = $1 and ($2 = 0 or a.association_id = $2) and a.starts_on <= $3 and a.ended is distinct from 'nhap_nham'
		order by a.association_id, a.starts_on, a.id`, tx.Who().Ward, a, on)
	return b, err
}

// Figures computes the rows of GEN.ORG that rest on the officers: stocks as of the last day, SUPP in the period (both days
// included). BCH and BTV count distinct people. Keys are indicator codes (handbook §4.2).
func Figures(ctx context.Context, tx *db.Tx, a association.ID, from, to time.Time) (map[string]Sum, error) {
	if a == 0 {
		return nil, fault.Missing()
	}
	b, err := load(ctx, tx, a, to)
	if err != nil {
		return nil, err
	}
	if len(b.associations) == 0 {
		return nil, fault.Missing()
	}
	return b.figures(b.associations[0], from, to), nil
}

func (b books) figures(a association.Association, from, to time.Time) map[string]Sum {
	seats := b.pick(func(s Appointment) bool { return sitsInCommittee(s.Body) })
	standing := b.pick(func(s Appointment) bool { return s.Body == association.BodyBTV })
	heads := b.pick(func(s Appointment) bool { return s.Code == HeadCode })
	c := b.committee(a, to)
	out := map[string]Sum{
		"GEN.ORG.BCH":     {int64(c.InOffice), len(seats)},
		"GEN.ORG.BTV":     {int64(people(standing, to)), len(standing)},
		"GEN.ORG.CHT_VAC": {int64(len(b.headless(a, to))), len(heads)},
		"GEN.ORG.SUPP":    {b.supplemented(from, to), len(seats) + len(heads)},
	}
	if c.Quota > 0 {
		out["GEN.ORG.BCH_QUOTA"] = Sum{int64(c.Quota), 1}
		out["GEN.ORG.BCH_VAC"] = Sum{int64(c.Vacant), len(seats)}
	}
	return out
}

// supplemented counts the people who came into the committee or to the head of a branch between congresses: not by
// election at the congress, and not on the day the term began, when a whole committee may have been designated.
func (b books) supplemented(from, to time.Time) int64 {
	seen := map[string]bool{}
	for _, s := range b.spells {
		if !sitsInCommittee(s.Body) && s.Code != HeadCode || s.Began == Elected || s.StartsOn.Before(from) || s.StartsOn.After(to) {
			continue
		}
		if !slices.ContainsFunc(b.terms, func(t Term) bool { return t.StartsOn.Equal(s.StartsOn) }) {
			seen[identity(s.PersonID, s.PersonName)] = true
		}
	}
	return int64(len(seen))
}
