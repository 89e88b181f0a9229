package media

import (
	"bytes"
	"context"
	"testing"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// world is a ward with two associations and a few accounts, by plain SQL: this package is below those that own them.
func world(t *testing.T) *dbtest.DB {
	t.Helper()
	d := dbtest.New(t)
	d.Owner(t, `
		insert into ward (id, code, name, province, created_at) values (1, 'chanh-lo', 'phường Chánh Lộ', 'tỉnh Quảng Ngãi', '2023-01-01'), (2, 'khac', 'phường Khác', 'tỉnh Quảng Ngãi', '2023-01-01');
		insert into association (id, ward_id, kind, slug, name) values (1, 1, 'NCT', 'nguoi-cao-tuoi', 'Hội Người cao tuổi'), (2, 1, 'KHOC', 'khuyen-hoc', 'Hội Khuyến học');
		insert into account (id, ward_id, login, name, created_at) values (1, 1, 'nct', 'Trần Văn Thuận', '2023-01-01'), (2, 1, 'khuyenhoc', 'Lê Thị Hạnh', '2023-01-01'),
			(3, 1, 'bientap', 'Võ Ngọc Sơn', '2023-01-01'), (4, 1, 'canbo', 'Phan Thị Mận', '2023-01-01'), (5, 1, 'chihoi3', 'Đỗ Văn Kỳ', '2023-01-01');
		insert into branch (id, ward_id, association_id, name, opened_on) values (1, 1, 1, 'Chi hội 3', '2020-01-01');
		insert into account_grant (ward_id, account_id, role, association_id, branch_id, starts_on, created_at) values (1, 1, 'chair', 1, null, '2023-01-01', '2023-01-01'),
			(1, 2, 'chair', 2, null, '2023-01-01', '2023-01-01'), (1, 3, 'editor', null, null, '2023-01-01', '2023-01-01'), (1, 4, 'official', null, null, '2023-01-01', '2023-01-01'),
			(1, 5, 'branch_head', 1, 1, '2023-01-01', '2023-01-01')`)
	return d
}

var (
	nct      = authz.Who{Ward: 1, User: 1, Name: "Trần Văn Thuận", Grants: []authz.Grant{{Role: authz.Chair, Association: 1}}}
	khoc     = authz.Who{Ward: 1, User: 2, Name: "Lê Thị Hạnh", Grants: []authz.Grant{{Role: authz.Chair, Association: 2}}}
	editor   = authz.Who{Ward: 1, User: 3, Name: "Võ Ngọc Sơn", Grants: []authz.Grant{{Role: authz.Editor}}}
	official = authz.Who{Ward: 1, User: 4, Name: "Phan Thị Mận", Grants: []authz.Grant{{Role: authz.Official}}}
	head     = authz.Who{Ward: 1, User: 5, Name: "Đỗ Văn Kỳ", Grants: []authz.Grant{{Role: authz.BranchHead, Association: 1, Branch: 1}}}
)

func store(t *testing.T, d *dbtest.DB, who authz.Who, o Owner) ID {
	t.Helper()
	p := prepare(t, jpegOf(t, flag(800, 600)))
	var id ID
	d.As(t, who, func(ctx context.Context, tx *db.Tx) (err error) {
		id, err = Store(ctx, tx, p, o)
		return err
	})
	return id
}

func sees(t *testing.T, d *dbtest.DB, who authz.Who, id ID) bool {
	t.Helper()
	err := d.Pool.Read(t.Context(), who, func(ctx context.Context, tx *db.Tx) error {
		_, err := Read(ctx, tx, id, 720)
		return err
	})
	if err != nil && !fault.Is(err, fault.NotFound) {
		t.Fatal(err)
	}
	return err == nil
}

func TestADraftsPhotoIsHidden(t *testing.T) {
	t.Parallel()
	d := world(t)
	id := store(t, d, nct, Owner{Association: 1, Purpose: News})
	for name, c := range map[string]struct {
		who  authz.Who
		want bool
	}{
		"its chair": {nct, true}, "the editor": {editor, true}, "the official": {official, true},
		"a resident": {authz.Public(1), false}, "another chair": {khoc, false}, "another ward": {authz.System(2, "thử"), false},
		"the branch head": {head, false},
	} {
		if got := sees(t, d, c.who, id); got != c.want {
			t.Errorf("%s sees it: %v, want %v", name, got, c.want)
		}
	}
}

func TestOnlyAPublisherMakesAPhotoPublic(t *testing.T) {
	t.Parallel()
	d := world(t)
	id := store(t, d, nct, Owner{Association: 1, Purpose: News})
	since := dbtest.Instant
	set := func(who authz.Who, at *time.Time) error {
		return d.Try(t, who, func(ctx context.Context, tx *db.Tx) error { return SetPublic(ctx, tx, []ID{id}, at) })
	}
	for _, who := range []authz.Who{nct, editor, authz.Public(1)} {
		if err := set(who, &since); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", who.Name, err)
		}
	}
	// A right claimed in memory does not move the row: the grants in the table decide.
	liar := khoc
	liar.Grants = []authz.Grant{{Role: authz.Official}}
	if err := set(liar, &since); err != nil {
		t.Fatal(err)
	}
	if sees(t, d, authz.Public(1), id) {
		t.Fatal("public by a claimed right")
	}
	later := since.Add(time.Hour)
	if err := set(official, &later); err != nil {
		t.Fatal(err)
	}
	if sees(t, d, authz.Public(1), id) {
		t.Error("public before its hour")
	}
	if err := set(official, &since); err != nil {
		t.Fatal(err)
	}
	if !sees(t, d, authz.Public(1), id) || sees(t, d, authz.Public(2), id) {
		t.Error("a published photo is for its own ward's residents")
	}
	if err := set(official, nil); err != nil {
		t.Fatal(err)
	}
	if sees(t, d, authz.Public(1), id) {
		t.Error("still public after withdrawal")
	}
}

func TestAPaperNeverBecomesPublic(t *testing.T) {
	t.Parallel()
	d := world(t)
	id := store(t, d, nct, Owner{Association: 1, Purpose: Record})
	since := dbtest.Instant
	d.As(t, official, func(ctx context.Context, tx *db.Tx) error { return SetPublic(ctx, tx, []ID{id}, &since) })
	if sees(t, d, authz.Public(1), id) || sees(t, d, editor, id) {
		t.Error("a paper beside a report reached a stranger")
	}
	if !sees(t, d, official, id) {
		t.Error("the official cannot see the paper")
	}
}

func TestStoreRefuses(t *testing.T) {
	t.Parallel()
	d := world(t)
	p := prepare(t, jpegOf(t, flag(80, 60)))
	for name, c := range map[string]struct {
		who authz.Who
		o   Owner
	}{
		"a resident":                 {authz.Public(1), Owner{Purpose: News}},
		"a branch head":              {head, Owner{Association: 1, Purpose: News}},
		"a chair for another's":      {nct, Owner{Association: 2, Purpose: News}},
		"a chair for the ward":       {nct, Owner{Purpose: News}},
		"an editor's paper":          {editor, Owner{Association: 1, Purpose: Record}},
		"a chair in a foreign paper": {khoc, Owner{Association: 1, Purpose: Record}},
	} {
		err := d.Try(t, c.who, func(ctx context.Context, tx *db.Tx) error {
			_, err := Store(ctx, tx, p, c.o)
			return err
		})
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := d.Try(t, nct, func(ctx context.Context, tx *db.Tx) error {
		_, err := Store(ctx, tx, Prepared{}, Owner{Association: 1, Purpose: News})
		return err
	}); !fault.Is(err, fault.Invalid) {
		t.Errorf("an empty photo: %v", err)
	}
	if n := d.Count(t, `select count(*) from media`); n != 0 {
		t.Errorf("%d rows left by refusals", n)
	}
}

func TestReadGivesTheNearestSize(t *testing.T) {
	t.Parallel()
	d := world(t)
	id := store(t, d, official, Owner{Purpose: News})
	d.As(t, official, func(ctx context.Context, tx *db.Tx) error {
		for asked, want := range map[int]int{1: 360, 360: 360, 361: 720, 720: 720, 800: 800, 1600: 800} {
			f, err := Read(ctx, tx, id, asked)
			if err != nil {
				return err
			}
			if f.Width != want || f.Height != want*3/4 || !bytes.HasPrefix(f.Body, []byte("\xff\xd8\xff")) || f.ETag == "" || f.Public {
				t.Errorf("asked %d: %d × %d, %s, public %v", asked, f.Width, f.Height, f.ETag, f.Public)
			}
		}
		before := tx.Trips()
		got, err := Get(ctx, tx, []ID{id, 999})
		if err != nil || len(got) != 1 || got[id].Width != 800 || tx.Trips() != before+1 {
			t.Errorf("Get = %v, %v", got, err)
		}
		return nil
	})
}
