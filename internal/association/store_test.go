package association_test

import (
	"context"
	"testing"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
	"wardportal/internal/ward"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var (
	official = authz.Who{Ward: 1, User: 1, Name: "Trần Thị Cán Bộ", Grants: []authz.Grant{{Role: authz.Official}}}
	chair    = authz.Who{Ward: 1, User: 2, Name: "Đặng Văn Thuận", Grants: []authz.Grant{{Role: authz.Chair, Association: 1}}}
	head     = authz.Who{Ward: 1, User: 3, Name: "Lê Thị Hoa", Grants: []authz.Grant{{Role: authz.BranchHead, Association: 1, Branch: 11}}}
	leader   = authz.Who{Ward: 1, User: 4, Name: "Phạm Lãnh Đạo", Grants: []authz.Grant{{Role: authz.Leader}}}
	other    = authz.Who{Ward: 1, User: 5, Name: "Võ Khuyến Học", Grants: []authz.Grant{{Role: authz.Chair, Association: 2}}}
	opened   = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
)

// start has two associations with a branch each; branch 12 is kept by number only. Rights stand in the database as well.
func start(t *testing.T) *dbtest.DB {
	t.Helper()
	d := dbtest.New(t)
	d.Owner(t, `
		insert into ward (id, code, name, province, created_at) values (1, 'chanh-lo', 'phường Chánh Lộ', 'tỉnh Quảng Ngãi', '2026-01-01'), (2, 'khac', 'phường Khác', 'tỉnh Khác', '2026-01-01');
		insert into association (id, ward_id, kind, slug, name, sort) values (1, 1, 'NCT', 'nguoi-cao-tuoi', 'Hội Người cao tuổi', 1), (2, 1, 'KHOC', 'khuyen-hoc', 'Hội Khuyến học', 2), (3, 2, 'NCT', 'nguoi-cao-tuoi', 'Hội của phường khác', 1);
		insert into branch (id, ward_id, association_id, name, listed, opened_on) values (11, 1, 1, 'Chi hội 3', true, '2020-01-01'), (12, 1, 1, 'Chi hội Trường Trần Phú', false, '2020-01-01'), (21, 1, 2, 'Chi hội 1', false, '2020-01-01'), (31, 2, 3, 'Chi hội xa', true, '2020-01-01');
		insert into account (id, ward_id, login, name, created_at) select n, 1, 'tk' || n, 'Người ' || n, '2026-01-01' from generate_series(1, 5) n;
		insert into account_grant (ward_id, account_id, role, association_id, branch_id, starts_on, created_at) values
			(1, 1, 'official', null, null, '2026-01-01', '2026-01-01'), (1, 2, 'chair', 1, null, '2026-01-01', '2026-01-01'), (1, 3, 'branch_head', 1, 11, '2026-01-01', '2026-01-01'),
			(1, 4, 'leader', null, null, '2026-01-01', '2026-01-01'), (1, 5, 'chair', 2, null, '2026-01-01', '2026-01-01');
		select setval('association_id_seq', 100), setval('branch_id_seq', 100)`)
	return d
}

func kindOf(err error) string {
	if err == nil {
		return "ok"
	}
	return fault.KindOf(err).String()
}

// Rule and row say the same: who may open, rename, close and count, and who may not (ASVS 8.2.2, 8.4.1).
func TestWhoChangesBranches(t *testing.T) {
	t.Parallel()
	d := start(t)
	acts := map[string]func(ctx context.Context, tx *db.Tx) error{
		"open": func(ctx context.Context, tx *db.Tx) error {
			_, err := association.AddBranch(ctx, tx, association.NewBranch{Association: 1, Name: "Chi hội của " + tx.Who().Name, OpenedOn: opened})
			return err
		},
		"rename": func(ctx context.Context, tx *db.Tx) error {
			b, err := association.GetBranch(ctx, tx, 11)
			if err != nil {
				return err
			}
			return association.RenameBranch(ctx, tx, 11, b.Version, b.Name, 1)
		},
		"count": func(ctx context.Context, tx *db.Tx) error {
			return association.AddCount(ctx, tx, association.Count{Branch: 12, CountedOn: opened.AddDate(0, 0, int(tx.Who().User)), Members: 40, Source: "Nhà trường báo"})
		},
	}
	for name, c := range map[string]struct {
		who  authz.Who
		want map[string]string
	}{
		"official":                 {official, map[string]string{"open": "ok", "rename": "ok", "count": "ok"}},
		"chair":                    {chair, map[string]string{"open": "ok", "rename": "ok", "count": "ok"}},
		"head of another branch":   {head, map[string]string{"open": "not_found", "rename": "not_found", "count": "not_found"}},
		"leader":                   {leader, map[string]string{"open": "not_found", "rename": "not_found", "count": "not_found"}},
		"chair of another":         {other, map[string]string{"open": "not_found", "rename": "not_found", "count": "not_found"}},
		"resident":                 {authz.Public(1), map[string]string{"open": "not_found", "rename": "not_found", "count": "not_found"}},
		"official of another ward": {authz.Who{Ward: 2, User: 1, Grants: official.Grants}, map[string]string{"open": "not_found", "rename": "not_found", "count": "not_found"}},
	} {
		for act, want := range c.want {
			if err := d.Try(t, c.who, acts[act]); kindOf(err) != want {
				t.Errorf("%s: %s gives %v, want %s", name, act, err, want)
			}
		}
	}
	// The second fence forgotten: a forged grant still meets the rows of Postgres.
	forged := other
	forged.Grants = []authz.Grant{{Role: authz.Chair, Association: 1}}
	for act, fn := range acts {
		if err := d.Try(t, forged, fn); err == nil {
			t.Errorf("a forged grant may %s", act)
		}
	}
}

func TestANewBranchIsChecked(t *testing.T) {
	t.Parallel()
	d := start(t)
	add := func(in association.NewBranch) (id association.BranchID, err error) {
		err = d.Try(t, official, func(ctx context.Context, tx *db.Tx) error { id, err = association.AddBranch(ctx, tx, in); return err })
		return id, err
	}
	for name, c := range map[string]struct {
		in    association.NewBranch
		field string
		kind  fault.Kind
	}{
		"no name":                   {association.NewBranch{Association: 1, Name: "   ", OpenedOn: opened}, "name", fault.Invalid},
		"a name twice":              {association.NewBranch{Association: 1, Name: "Chi hội 3", OpenedOn: opened}, "name", fault.Invalid},
		"an unknown place":          {association.NewBranch{Association: 1, Name: "Chi hội 4", Place: "sao Hỏa", OpenedOn: opened}, "place", fault.Invalid},
		"no such association":       {association.NewBranch{Association: 99, Name: "Chi hội 4", OpenedOn: opened}, "", fault.NotFound},
		"another ward's":            {association.NewBranch{Association: 3, Name: "Chi hội 4", OpenedOn: opened}, "", fault.NotFound},
		"a group that is not there": {association.NewBranch{Association: 1, Name: "Chi hội 4", Groups: []authz.GroupID{77}, OpenedOn: opened}, "", fault.NotFound},
	} {
		_, err := add(c.in)
		if fields := fault.FieldsOf(err); err == nil || fault.KindOf(err) != c.kind || c.field != "" && (len(fields) != 1 || fields[0].Name != c.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := add(association.NewBranch{Association: 2, Name: "Chi hội 3", OpenedOn: opened}); err != nil {
		t.Errorf("the same name in another association: %v", err)
	}
}

func TestABranchHasAStory(t *testing.T) {
	t.Parallel()
	d := start(t)
	add := func(in association.NewBranch) (id association.BranchID, err error) {
		err = d.Try(t, official, func(ctx context.Context, tx *db.Tx) error { id, err = association.AddBranch(ctx, tx, in); return err })
		return id, err
	}
	id, err := add(association.NewBranch{Association: 1, Name: " Chi hội  Nghĩa Lộ ", OpenedOn: opened})
	if err != nil {
		t.Fatal(err)
	}
	rename := func(version int, name string) error {
		return d.Try(t, chair, func(ctx context.Context, tx *db.Tx) error {
			return association.RenameBranch(ctx, tx, id, version, name, 4)
		})
	}
	if err := rename(1, "Chi hội Nghĩa Lộ Một"); err != nil {
		t.Fatal(err)
	}
	if err := rename(1, "Chi hội khác"); !fault.Is(err, fault.Conflict) {
		t.Errorf("an old version: %v", err)
	}
	closing := func(on time.Time, reason string) error {
		return d.Try(t, official, func(ctx context.Context, tx *db.Tx) error {
			b, err := association.GetBranch(ctx, tx, id)
			if err != nil {
				return err
			}
			return association.CloseBranch(ctx, tx, id, b.Version, on, reason)
		})
	}
	if err := closing(dbtest.Instant, " "); !fault.Is(err, fault.Invalid) {
		t.Errorf("closing without a reason: %v", err)
	}
	if err := closing(opened.AddDate(0, 0, -1), "Nhập vào chi hội 3"); !fault.Is(err, fault.Invalid) {
		t.Errorf("closed before it was opened: %v", err)
	}
	if err := closing(time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), "Nhập vào chi hội 3"); err != nil {
		t.Fatal(err)
	}
	if err := closing(dbtest.Instant, "Lần nữa"); !fault.Is(err, fault.Conflict) {
		t.Errorf("closing twice: %v", err)
	}
	if err := d.Pool.Read(t.Context(), chair, func(ctx context.Context, tx *db.Tx) error {
		list, err := association.Timeline(ctx, tx, 1, 10)
		if err != nil {
			return err
		}
		want := []string{"Kết thúc Chi hội Nghĩa Lộ Một từ 01/10/2026: Nhập vào chi hội 3", "Đổi tên Chi hội Nghĩa Lộ thành Chi hội Nghĩa Lộ Một", "Thành lập Chi hội Nghĩa Lộ"}
		for i, sentence := range want {
			if i >= len(list) || list[i].Sentence != sentence {
				t.Errorf("the story is %v", list)
				break
			}
		}
		if len(list) == 3 && (!list[0].OnBehalf || list[1].OnBehalf || list[1].ByName != "Đặng Văn Thuận") {
			t.Errorf("who did what for whom: %+v", list)
		}
		then, err := association.Branches(ctx, tx, 1, time.Date(2026, 9, 30, 0, 0, 0, 0, time.UTC))
		if err != nil {
			return err
		}
		now, err := association.Branches(ctx, tx, 1, tx.Today())
		if len(then) != 3 || len(now) != 2 {
			t.Errorf("%d branches before the end, %d after", len(then), len(now))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	// Another association's story stays closed.
	if err := d.Pool.Read(t.Context(), other, func(ctx context.Context, tx *db.Tx) error {
		list, err := association.Timeline(ctx, tx, 1, 10)
		if len(list) != 0 {
			t.Errorf("another chair reads %v", list)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestCountsOfBranchesKeptByNumber(t *testing.T) {
	t.Parallel()
	d := start(t)
	day := func(m time.Month, n int) time.Time { return time.Date(2026, m, n, 0, 0, 0, 0, time.UTC) }
	female := 60
	for name, c := range map[string]struct {
		in    association.Count
		field string
	}{
		"more women than members": {association.Count{Branch: 12, CountedOn: day(9, 5), Members: 40, Female: &female, Source: "Trường báo"}, "female"},
		"below zero":              {association.Count{Branch: 12, CountedOn: day(9, 5), Members: -1, Source: "Trường báo"}, "members"},
		"too many":                {association.Count{Branch: 12, CountedOn: day(9, 5), Members: 100_001, Source: "Trường báo"}, "members"},
		"tomorrow":                {association.Count{Branch: 12, CountedOn: day(11, 17), Members: 40, Source: "Trường báo"}, "counted_on"},
		"nobody's word":           {association.Count{Branch: 12, CountedOn: day(9, 5), Members: 40, Source: " "}, "source"},
		"a branch with a list":    {association.Count{Branch: 11, CountedOn: day(9, 5), Members: 40, Source: "Trường báo"}, ""},
	} {
		err := d.Try(t, chair, func(ctx context.Context, tx *db.Tx) error { return association.AddCount(ctx, tx, c.in) })
		if fields := fault.FieldsOf(err); !fault.Is(err, fault.Invalid) || c.field != "" && (len(fields) != 1 || fields[0].Name != c.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, c := range []association.Count{{Branch: 12, CountedOn: day(9, 5), Members: 40, Source: "Trường báo"}, {Branch: 12, CountedOn: day(11, 16), Members: 45, Source: "Trường báo"}} {
		d.As(t, chair, func(ctx context.Context, tx *db.Tx) error { return association.AddCount(ctx, tx, c) })
	}
	twice := d.Try(t, chair, func(ctx context.Context, tx *db.Tx) error {
		return association.AddCount(ctx, tx, association.Count{Branch: 12, CountedOn: day(9, 5), Members: 41, Source: "Trường báo lại"})
	})
	if fields := fault.FieldsOf(twice); len(fields) != 1 || fields[0].Name != "counted_on" {
		t.Errorf("a day twice: %v", twice)
	}
	for on, want := range map[time.Time]int{day(9, 4): 0, day(9, 5): 40, day(11, 15): 40, day(11, 16): 45} {
		if err := d.Pool.Read(t.Context(), authz.Public(1), func(ctx context.Context, tx *db.Tx) error {
			list, err := association.CountsAt(ctx, tx, 1, on)
			got := 0
			for _, c := range list {
				got += c.Members
			}
			if got != want {
				t.Errorf("on %s %d members, want %d", on.Format(time.DateOnly), got, want)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOnlyTheWardFoundsAssociations(t *testing.T) {
	t.Parallel()
	d := start(t)
	create := func(who authz.Who, slug string) error {
		return d.Try(t, who, func(ctx context.Context, tx *db.Tx) error {
			_, err := association.Create(ctx, tx, association.New{Kind: "TNXP", Slug: slug, Name: "Hội Cựu thanh niên xung phong", OpenedOn: opened})
			return err
		})
	}
	for _, who := range []authz.Who{chair, leader, head, authz.Public(1)} {
		if err := create(who, "tnxp"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", who.Name, err)
		}
	}
	for _, slug := range []string{"Có Dấu", "tong-hop", "", "a--b", "khuyen-hoc"} {
		if err := create(official, slug); !fault.Is(err, fault.Invalid) || fault.FieldsOf(err)[0].Name != "slug" {
			t.Errorf("address %q: %v", slug, err)
		}
	}
	if err := create(official, "tnxp"); err != nil {
		t.Fatal(err)
	}
	if err := d.Pool.Read(t.Context(), authz.Public(1), func(ctx context.Context, tx *db.Tx) error {
		list, err := association.List(ctx, tx)
		if len(list) != 3 || list[0].Slug != "tnxp" && list[0].Slug != "nguoi-cao-tuoi" {
			t.Errorf("the ward's associations: %v", list)
		}
		if _, err := association.Get(ctx, tx, 3); !fault.Is(err, fault.NotFound) {
			t.Errorf("another ward's association: %v", err)
		}
		if _, err := association.GetBranch(ctx, tx, 31); !fault.Is(err, fault.NotFound) {
			t.Errorf("another ward's branch: %v", err)
		}
		a, err2 := association.Find(ctx, tx, "tnxp")
		if a.Name != "Hội Cựu thanh niên xung phong" {
			t.Errorf("found %+v, %v", a, err2)
		}
		w, err3 := ward.Get(ctx, tx)
		if w.Code != "chanh-lo" {
			t.Errorf("ward %+v", w)
		}
		if err2 != nil {
			return err2
		}
		if err3 != nil {
			return err3
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
