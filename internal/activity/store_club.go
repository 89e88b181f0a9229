package activity

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/association"
	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// NewClub is what it takes to enter a club.
type NewClub struct {
	Branch   association.BranchID // 0 = of the association as a whole
	Name     string
	Kind     string
	Members  int
	StartsOn time.Time
}

const clubColumns = `c.id, c.association_id, c.branch_id, coalesce(b.name, '') as branch_name, c.name, c.kind, c.members, c.starts_on, c.ends_on, c.version`

// Clubs lists the clubs alive on the day, by name; they are public.
func Clubs(ctx context.Context, tx *db.Tx, a association.ID, on time.Time) ([]Club, error) {
	return db.All[Club](ctx, tx, `
		select `+clubColumns+` from club c left join branch b on b.id = c.branch_id
		where c.ward_id = $1 and ($2 = 0 or c.association_id = $2) and c.starts_on <= $3 and (c.ends_on is null or c.ends_on > $3)
		order by c.association_id, c.name collate "vi-x-icu", c.id`, tx.Who().Ward, a, on)
}

// AddClub enters a club.
func AddClub(ctx context.Context, tx *db.Tx, a association.ID, in NewClub) (ClubID, error) {
	if !authz.Can(tx.Who(), authz.WriteDiary, authz.Of(a)) {
		return 0, fault.Missing()
	}
	as, err := association.Get(ctx, tx, a)
	if err != nil {
		return 0, err
	}
	k, ok := ClubKindByCode(in.Kind)
	if !ok || len(k.Kinds) > 0 && !slices.Contains(k.Kinds, association.KindCode(as.Kind)) {
		return 0, fault.At("kind", "Chọn loại câu lạc bộ, mô hình.")
	}
	if in.StartsOn.IsZero() || in.StartsOn.After(tx.Today()) {
		return 0, fault.At("starts_on", "Nhập ngày thành lập, không sau hôm nay.")
	}
	in.Name = vi.Clean(in.Name)
	id, err := db.Value[ClubID](ctx, tx, `
		insert into club (ward_id, association_id, branch_id, name, kind, members, starts_on, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
		tx.Who().Ward, a, branchOf(in.Branch), in.Name, in.Kind, in.Members, in.StartsOn, tx.Now())
	if err != nil {
		return 0, err
	}
	if err := note(ctx, tx, change{association: a, branch: branchOf(in.Branch), object: "club", id: int64(id), sentence: fmt.Sprintf("Thành lập %s, %s thành viên", in.Name, vi.Int(in.Members)), after: in}); err != nil {
		return 0, err
	}
	return id, audit.Record(ctx, tx, audit.Event{Action: "club.add", Object: "club", ID: int64(id), Association: a})
}

// ChangeClub sets the name and the number of members; ended, the first day on which the club is no more, may be nil.
func ChangeClub(ctx context.Context, tx *db.Tx, id ClubID, version int, name string, members int, ended *time.Time) error {
	c, err := db.One[Club](ctx, tx, `select `+clubColumns+` from club c left join branch b on b.id = c.branch_id where c.ward_id = $1 and c.id = $2`, tx.Who().Ward, id)
	if err != nil {
		return err
	}
	if !authz.Can(tx.Who(), authz.WriteDiary, authz.Of(c.AssociationID)) {
		return fault.Missing()
	}
	name = vi.Clean(name)
	err = tx.Versioned(ctx, `update club set name = @name, members = @members, ends_on = @ended, version = version + 1 where id = @id and version = @version`,
		`select 1 from club where id = @id`, pgx.NamedArgs{"id": id, "version": version, "name": name, "members": members, "ended": ended})
	if err != nil {
		return err
	}
	sentence := fmt.Sprintf("%s có %s thành viên", name, vi.Int(members))
	if ended != nil {
		sentence = fmt.Sprintf("%s thôi hoạt động từ %s", name, vi.ShortDate(*ended))
	}
	if err := note(ctx, tx, change{association: c.AssociationID, branch: c.BranchID, object: "club", id: int64(id), sentence: sentence, before: c}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "club.change", Object: "club", ID: int64(id), Association: c.AssociationID, Fields: []string{"name", "members", "ends_on"}})
}

// ClubCount computes the rows of the clubs as of a day: all of them, and those of each sort that has rows of its own.
func ClubCount(ctx context.Context, tx *db.Tx, a association.ID, on time.Time) (map[string]Sum, error) {
	list, err := Clubs(ctx, tx, a, on)
	if err != nil {
		return nil, err
	}
	out := map[string]Sum{}
	add := func(code string, n int) { out[code] = Sum{out[code].Value + int64(n), out[code].Entries + 1} }
	for _, c := range list {
		k, _ := ClubKindByCode(c.Kind)
		for _, code := range append([]string{"GEN.CLUB.N"}, k.Count...) {
			add(code, 1)
		}
		for _, code := range append([]string{"GEN.CLUB.MEM"}, k.Member...) {
			add(code, c.Members)
		}
	}
	return out, nil
}
