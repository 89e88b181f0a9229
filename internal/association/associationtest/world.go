// Package associationtest gives store tests a small ward: two associations with branches, and one account for each role,
// so that the rules in Go and the wall of rows in Postgres see the same rights.
package associationtest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
)

// World is a ward with a Hội Người cao tuổi (branches 3 and 6) and a Hội Khuyến học (one branch at a school).
type World struct {
	*dbtest.DB
	Ward                     authz.WardID
	Elders, Study            association.ID
	Branch3, Branch6, School association.BranchID

	System, Public   authz.Who
	Chair, Other     authz.Who // chairs of Elders and of Study
	Official, Leader authz.Who
	Head             authz.Who // head of Branch3
	Editor           authz.Who
}

// Day is a date as domains keep it: midnight UTC.
func Day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// New builds the world on a database of the test's own; the clock stands at dbtest.Instant.
func New(t testing.TB) *World {
	t.Helper()
	return NewAt(t, func() time.Time { return dbtest.Instant })
}

// NewAt is New with a clock of the test's own.
func NewAt(t testing.TB, now func() time.Time) *World {
	t.Helper()
	w := &World{DB: dbtest.NewAt(t, now)}
	w.Owner(t, `insert into ward (code, name, province, created_at) values ('chanh-lo', 'phường Chánh Lộ', 'tỉnh Quảng Ngãi', $1)`, dbtest.Instant)
	w.Ward = authz.WardID(w.Count(t, `select id from ward`))
	w.System, w.Public = authz.System(w.Ward, "test"), authz.Public(w.Ward)
	w.As(t, w.System, w.associations)
	w.Chair = w.Person(t, "Nguyễn Văn Thạnh", authz.Grant{Role: authz.Chair, Association: w.Elders})
	w.Other = w.Person(t, "Trần Thị Hiền", authz.Grant{Role: authz.Chair, Association: w.Study})
	w.Official = w.Person(t, "Lê Thị Thu Hà", authz.Grant{Role: authz.Official})
	w.Leader = w.Person(t, "Võ Minh Quân", authz.Grant{Role: authz.Leader})
	w.Head = w.Person(t, "Phạm Thị Lượm", authz.Grant{Role: authz.BranchHead, Association: w.Elders, Branch: w.Branch3})
	w.Editor = w.Person(t, "Bùi Quốc Đạt", authz.Grant{Role: authz.Editor})
	return w
}

func (w *World) associations(ctx context.Context, tx *db.Tx) (err error) {
	w.Elders, err = association.Create(ctx, tx, association.New{Kind: "NCT", Slug: "nguoi-cao-tuoi", Name: "Hội Người cao tuổi", BchQuota: 5, OpenedOn: Day(2000, 1, 1)})
	if err != nil {
		return err
	}
	w.Study, err = association.Create(ctx, tx, association.New{Kind: "KHOC", Slug: "khuyen-hoc", Name: "Hội Khuyến học", BchQuota: 5, OpenedOn: Day(2000, 1, 1)})
	if err != nil {
		return err
	}
	for _, b := range []struct {
		id   *association.BranchID
		of   association.ID
		name string
	}{{&w.Branch3, w.Elders, "Chi hội 3"}, {&w.Branch6, w.Elders, "Chi hội 6"}, {&w.School, w.Study, "Chi hội Trường THCS Chánh Lộ"}} {
		if *b.id, err = association.AddBranch(ctx, tx, association.NewBranch{Association: b.of, Name: b.name, OpenedOn: Day(2010, 1, 1)}); err != nil {
			return err
		}
	}
	return nil
}

// Person makes an account that holds one grant since 2020.
func (w *World) Person(t testing.TB, name string, g authz.Grant) authz.Who {
	t.Helper()
	login := fmt.Sprintf("u%d-%d-%s", g.Association, g.Branch, string(g.Role)[:3])
	w.Owner(t, `insert into account (ward_id, login, name, created_at) values ($1, $2, $3, $4)`, int64(w.Ward), login, name, dbtest.Instant)
	id := w.Count(t, `select id from account where login = $1`, login)
	w.Owner(t, `
		insert into account_grant (ward_id, account_id, role, association_id, branch_id, starts_on, created_at)
		values ($1, $2, $3, nullif($4::bigint, 0), nullif($5::bigint, 0), $6, $7)`,
		int64(w.Ward), id, string(g.Role), int64(g.Association), int64(g.Branch), Day(2020, 1, 1), dbtest.Instant)
	return authz.Who{Ward: w.Ward, User: authz.UserID(id), Name: name, Grants: []authz.Grant{g}}
}
