package member

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/association"
	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
)

// LongevityQuery asks who of an association of elders is honoured in a year: the solar year in which that Tết falls.
type LongevityQuery struct {
	Association AssociationID
	Year        int
	Counting    Counting
}

// LongevityList gives who is to be honoured, of those who are alive and belong to the association today: "miễn sinh hoạt" is
// no reason to be forgotten. The head of a branch gets the branch. An association of another kind honours nobody: it is
// fault.Missing to whoever may not read it, and an empty list to the others. One round trip.
func LongevityList(ctx context.Context, tx *db.Tx, q LongevityQuery) (Longevity, error) {
	branches, whole := tx.Who().BranchesOf(q.Association, authz.ReadRoster)
	if !whole && len(branches) == 0 {
		return Longevity{}, fault.Missing()
	}
	born := make([]int, len(LongevityAges))
	for i, age := range LongevityAges {
		born[i] = q.Counting.Born(age, q.Year)
	}
	elders, err := db.All[Elder](ctx, tx, `
		select m.id, m.branch_id, b.name as branch, b.sort, m.full_name, m.sex, m.birth, m.address
		from membership m
		join branch b on b.id = m.branch_id
		join association a on a.id = m.association_id and a.kind = @kind
		where m.ward_id = @ward and m.association_id = @association and (@whole or m.branch_id = any (@branches))
		and m.died is null
		and (m.birth_year is null or m.birth_year = any (@born) or m.birth_year <= @oldest)
		and exists (
			select 1 from membership_span s
			where s.membership_id = m.id and not s.voided and s.from_day <= @today and (s.to_day is null or s.to_day > @today))
		order by greatest(m.birth_year, @oldest) desc, m.sort_key, m.id`,
		pgx.NamedArgs{
			"ward": tx.Who().Ward, "association": q.Association, "kind": association.NCT, "whole": whole, "branches": branches,
			"born": born, "oldest": q.Counting.Born(centenary, q.Year), "today": tx.Today(),
		})
	return groupElders(elders, q.Year, q.Counting), err
}

// RecordLongevityExport notes in the audit log that a longevity list of so many people was taken out.
func RecordLongevityExport(ctx context.Context, tx *db.Tx, q LongevityQuery, rows int) error {
	if !mayExport(tx.Who(), Filter{Association: q.Association}) {
		return fault.Missing()
	}
	return audit.Record(ctx, tx, audit.Event{
		Action: "member.export", Object: "longevity", ID: int64(rows), Association: q.Association, Fields: []string{"birth", "address"},
		Reason: fmt.Sprintf("Tải danh sách mừng thọ năm %d", q.Year),
	})
}
