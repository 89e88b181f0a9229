package member_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/member"
	"wardportal/internal/vi"
	"wardportal/internal/ward"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// world is a ward with two associations, two branches each, one of them a school kept by number.
type world struct {
	*dbtest.DB
	ward                        authz.WardID
	nct, tyn                    member.AssociationID
	nct1, nct2, nctSchool, tyn1 member.BranchID
	chair, other, head          authz.Who // chair of nct, chair of tyn, head of nct1
	official, leader, editor    authz.Who
	stranger                    authz.Who // signed in without any right
	system                      authz.Who
	keys                        *member.Keys
}

func newWorld(t testing.TB) *world { return newWorldAt(t, func() time.Time { return dbtest.Instant }) }

func newWorldAt(t testing.TB, now func() time.Time) *world {
	t.Helper()
	w := &world{DB: dbtest.NewAt(t, now)}
	keys, err := member.NewKeys([]byte(strings.Repeat("khóa bí mật ", 4)))
	if err != nil {
		t.Fatal(err)
	}
	w.keys = keys
	opened := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	w.As(t, authz.System(0, "test"), func(ctx context.Context, tx *db.Tx) (err error) {
		w.ward, err = ward.Create(ctx, tx, ward.New{Code: "chanh-lo", Name: "phường Chánh Lộ", City: "thành phố Quảng Ngãi", Province: "tỉnh Quảng Ngãi"})
		return err
	})
	w.system = authz.System(w.ward, "test")
	w.As(t, w.system, func(ctx context.Context, tx *db.Tx) error {
		w.nct = must(association.Create(ctx, tx, association.New{Kind: "NCT", Slug: "nguoi-cao-tuoi", Name: "Hội Người cao tuổi", Sort: 1, OpenedOn: opened}))(t)
		w.tyn = must(association.Create(ctx, tx, association.New{Kind: "TYN", Slug: "tu-yeu-nuoc", Name: "Hội Tù yêu nước", Sort: 2, OpenedOn: opened}))(t)
		add := func(a member.AssociationID, name string, counted bool) member.BranchID {
			return must(association.AddBranch(ctx, tx, association.NewBranch{Association: a, Name: name, NumberOnly: counted, OpenedOn: opened}))(t)
		}
		w.nct1, w.nct2, w.nctSchool = add(w.nct, "Chi hội 1", false), add(w.nct, "Chi hội 2", false), add(w.nct, "Trường THCS", true)
		w.tyn1 = add(w.tyn, "Chi hội 1", false)
		return nil
	})
	w.chair = w.account(t, "nct", "Trần Văn Thuận", authz.Grant{Role: authz.Chair, Association: w.nct})
	w.other = w.account(t, "tyn", "Lê Thị Mười", authz.Grant{Role: authz.Chair, Association: w.tyn})
	w.head = w.account(t, "chihoi1", "Phan Thị Mận", authz.Grant{Role: authz.BranchHead, Association: w.nct, Branch: w.nct1})
	w.official = w.account(t, "canbo", "Võ Minh Đức", authz.Grant{Role: authz.Official})
	w.leader = w.account(t, "lanhdao", "Đỗ Quang Cảnh", authz.Grant{Role: authz.Leader})
	w.editor = w.account(t, "bientap", "Bùi Thị Dung", authz.Grant{Role: authz.Editor})
	w.stranger = w.account(t, "khach", "Người lạ", authz.Grant{})
	return w
}

func (w *world) account(t testing.TB, login, name string, g authz.Grant) authz.Who {
	t.Helper()
	w.Owner(t, `insert into account (ward_id, login, name, created_at) values ($1, $2, $3, $4)`, w.ward, login, name, dbtest.Instant)
	id := authz.UserID(w.Count(t, `select id from account where login = $1`, login))
	who := authz.Who{Ward: w.ward, User: id, Name: name}
	if g.Role != "" {
		w.Owner(t, `insert into account_grant (ward_id, account_id, role, association_id, branch_id, starts_on, created_at)
			values ($1, $2, $3, nullif($4::bigint, 0), nullif($5::bigint, 0), '2000-01-01', $6)`, w.ward, id, g.Role, g.Association, g.Branch, dbtest.Instant)
		who.Grants = []authz.Grant{g}
	}
	return who
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// date reads "1946", "07/1946" or "15/07/1946".
func date(t testing.TB, s string) vi.Date {
	t.Helper()
	d, err := vi.ParseDate(s, 2026)
	if err != nil {
		t.Fatal(err)
	}
	return d.Date
}

// someone is a new member of nct, branch 1, who was one before.
func (w *world) someone(t testing.TB, name, birth string) member.NewMember {
	t.Helper()
	return member.NewMember{Association: w.nct, Branch: w.nct1, Fields: member.Fields{
		Name: vi.SplitName(name), Sex: member.Female, Birth: date(t, birth), Began: member.Listed, Joined: date(t, "2011"),
	}}
}

// add adds as the chair of the association.
func (w *world) add(t testing.TB, in member.NewMember) member.Done {
	t.Helper()
	who := w.chair
	if in.Association == w.tyn {
		who = w.other
	}
	var done member.Done
	w.As(t, who, func(ctx context.Context, tx *db.Tx) (err error) {
		done, err = member.Add(ctx, tx, w.keys, in)
		return err
	})
	return done
}

func (w *world) get(t testing.TB, id member.ID) member.Member {
	t.Helper()
	var m member.Member
	w.As(t, w.system, func(ctx context.Context, tx *db.Tx) (err error) {
		m, err = member.Get(ctx, tx, id)
		return err
	})
	return m
}

// names lists what who sees of a filter, first page.
func (w *world) names(t testing.TB, who authz.Who, f member.Filter) []string {
	t.Helper()
	var names []string
	w.As(t, who, func(ctx context.Context, tx *db.Tx) error {
		page, err := member.List(ctx, tx, f, member.Cursor{}, 0)
		for _, r := range page.Rows {
			names = append(names, r.FullName)
		}
		return err
	})
	return names
}
