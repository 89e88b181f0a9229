package member

import (
	"context"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// Likeness says why two rows may be one person.
type Likeness struct {
	Row
	SameID    bool // the same citizen number
	SamePhone bool
	SameName  bool // the same name without diacritics, and no other year of birth
}

// Likely finds who may already stand on the association's own roster: the same name and year of birth, phone or citizen
// number. It never looks into another association. Sure cases first, at most five; self is left out (0 = nobody).
func Likely(ctx context.Context, tx *db.Tx, keys *Keys, in NewMember, self ID) ([]Likeness, error) {
	if !mayRead(tx.Who(), in.Association) {
		return nil, fault.Missing()
	}
	in.clean()
	var key []byte
	if parsed, err := vi.ParseID(in.IDNumber); err == nil && parsed.Number != "" {
		if key, err = keys.index(tx.Who().Ward, parsed.Number); err != nil {
			return nil, err
		}
	}
	// Three look-ups, each by its index; folding twice finds "Lý" under "Lí" too, only through the search.
	return db.All[Likeness](ctx, tx, `
		with hit as (
			select id, true as by_id, false as by_phone, false as by_name from membership where association_id = $2 and id_key = $3
			union all
			select id, false, true, false from membership where association_id = $2 and phone = $4 and $4 <> ''
			union all
			select id, false, false, true from membership
			where ward_id = $1 and association_id = $2 and folded = $5 and ($6::int is null or birth_year is null or birth_year = $6)
		)
		select `+rowColumns+`, h.same_id, h.same_phone, h.same_name
		from (select id, bool_or(by_id) as same_id, bool_or(by_phone) as same_phone, bool_or(by_name) as same_name from hit group by id) h
		join membership m on m.id = h.id join branch b on b.id = m.branch_id
		where m.status <> 'mistake' and m.id <> $7
		order by h.same_id desc, h.same_name and h.same_phone desc, h.same_name desc, m.sort_key, m.id limit 5`,
		tx.Who().Ward, in.Association, key, in.Phone, vi.Fold(in.Name.Full()), birthYear(in.Birth), self)
}

func birthYear(d vi.Date) *int { return optional(d.Year) }

// Twin is a membership of another association that may belong to the same person.
type Twin struct {
	Row
	Association string
	Linked      bool // already the same person row
}

// MaybeSame shows the ward's official memberships elsewhere that may be the same person: the same citizen number, or name
// and year of birth. Nobody else learns that there is one.
func MaybeSame(ctx context.Context, tx *db.Tx, id ID) ([]Twin, error) {
	if who := tx.Who(); !who.IsSystem() && !who.Has(authz.Official) {
		return nil, fault.Denied()
	}
	return db.All[Twin](ctx, tx, `
		select `+rowColumns+`, a.name as association, m.person_id = x.person_id as linked
		from membership x
		join membership m on m.ward_id = x.ward_id and m.association_id <> x.association_id and m.status <> 'mistake'
			and (m.person_id = x.person_id or m.id_key = x.id_key or m.folded = x.folded and m.birth_year = x.birth_year)
		join branch b on b.id = m.branch_id join association a on a.id = m.association_id
		where x.ward_id = $1 and x.id = $2 order by a.sort, a.id, m.id limit 10`, tx.Who().Ward, id)
}
