package officer

import (
	"context"
	"sync"
	"testing"
	"time"

	"wardportal/internal/association/associationtest"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

type world struct{ *associationtest.World }

func newWorld(t *testing.T) world { t.Helper(); return world{associationtest.New(t)} }

func (w world) appoint(t *testing.T, who authz.Who, in NewAppointment) (id ID, err error) {
	t.Helper()
	if in.Association == 0 {
		in.Association = w.Elders
	}
	if in.Began == "" {
		in.Began = Elected
	}
	err = w.Try(t, who, func(ctx context.Context, tx *db.Tx) (err error) {
		id, err = Appoint(ctx, tx, in)
		return err
	})
	return id, err
}

func (w world) mustAppoint(t *testing.T, who authz.Who, in NewAppointment) ID {
	t.Helper()
	id, err := w.appoint(t, who, in)
	if err != nil {
		t.Fatalf("appoint %s: %v", in.Name, err)
	}
	return id
}

func fieldOf(err error) string {
	if f := fault.FieldsOf(err); len(f) > 0 {
		return f[0].Name
	}
	return ""
}

func TestAppointAndHandOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.mustAppoint(t, w.Chair, NewAppointment{Office: "CHT", Branch: w.Branch6, Name: "Đỗ Văn Cư", From: date(2021, 5, 10)})
	if _, err := w.appoint(t, w.Chair, NewAppointment{Office: "CHT", Branch: w.Branch6, Name: "Võ Thị Sen", From: date(2026, 1, 1)}); fieldOf(err) != "office" {
		t.Fatalf("a second head of the branch: %v", err)
	}
	end := func(who authz.Who, in Leaving) error {
		return w.Try(t, who, func(ctx context.Context, tx *db.Tx) error { return End(ctx, tx, first, in) })
	}
	if err := end(w.Chair, Leaving{Version: 1, On: date(2021, 5, 10), How: Resigned}); fieldOf(err) != "ends_on" {
		t.Errorf("an office of no day: %v", err)
	}
	if err := end(w.Chair, Leaving{Version: 9, On: date(2026, 8, 15), How: MovedAway}); !fault.Is(err, fault.Conflict) {
		t.Errorf("stale version: %v", err)
	}
	if err := end(w.Chair, Leaving{Version: 1, On: date(2026, 8, 15), How: MovedAway}); err != nil {
		t.Fatal(err)
	}
	if err := end(w.Chair, Leaving{Version: 2, On: date(2026, 9, 15), How: Resigned}); !fault.Is(err, fault.Conflict) {
		t.Errorf("ended twice: %v", err)
	}
	w.mustAppoint(t, w.Chair, NewAppointment{Office: "CHT", Branch: w.Branch6, Name: "Võ Thị Sen", From: date(2026, 8, 15), Began: Supplementary})
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		for day, want := range map[time.Time]string{date(2026, 8, 14): "Đỗ Văn Cư", date(2026, 8, 15): "Võ Thị Sen"} {
			list, err := InOffice(ctx, tx, w.Elders, day)
			if err != nil || len(list) != 1 || list[0].PersonName != want {
				t.Errorf("in office on %s: %v, %v", day.Format(time.DateOnly), list, err)
			}
		}
		log, err := Timeline(ctx, tx, w.Elders, 10)
		if err != nil || len(log) != 3 || log[1].Sentence != "Đỗ Văn Cư thôi giữ chức Chi hội trưởng Chi hội 6 từ 15/08/2026 (chuyển đi)" {
			t.Errorf("timeline: %+v, %v", log, err)
		}
		return nil
	})
}

func TestAppointRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ok := NewAppointment{Office: "CT", Name: "Nguyễn Văn Thạnh", From: date(2021, 5, 10), Began: Elected}
	with := func(f func(*NewAppointment)) NewAppointment { in := ok; f(&in); return in }
	for name, tt := range map[string]struct {
		in    NewAppointment
		field string
	}{
		"blank name":          {with(func(in *NewAppointment) { in.Name = " \t " }), "name"},
		"no day":              {with(func(in *NewAppointment) { in.From = time.Time{} }), "starts_on"},
		"unknown office":      {with(func(in *NewAppointment) { in.Office = "VUA" }), "office"},
		"unknown beginning":   {with(func(in *NewAppointment) { in.Began = "tu_phong" }), "began"},
		"seat beyond":         {with(func(in *NewAppointment) { in.Seat = 2 }), "seat"},
		"branch for chair":    {with(func(in *NewAppointment) { in.Branch = w.Branch3 }), "branch"},
		"head without branch": {with(func(in *NewAppointment) { in.Office = "CHT" }), "branch"},
		"end without reason":  {with(func(in *NewAppointment) { in.Until = ptr(date(2022, 1, 1)) }), "ended"},
		"end before start":    {with(func(in *NewAppointment) { in.Until, in.Ended = ptr(date(2020, 1, 1)), Resigned }), "ends_on"},
		"not in the roster":   {with(func(in *NewAppointment) { in.Person = 99 }), "person"},
	} {
		if _, err := w.appoint(t, w.Chair, tt.in); fieldOf(err) != tt.field {
			t.Errorf("%s: %v, want a complaint about %q", name, err, tt.field)
		}
	}
	foreign := with(func(in *NewAppointment) { in.Office, in.Branch = "CHT", w.School })
	if _, err := w.appoint(t, w.Chair, foreign); !fault.Is(err, fault.NotFound) {
		t.Errorf("another association's branch: %v", err)
	}
	if n := w.Count(t, `select count(*) from appointment`); n != 0 {
		t.Errorf("%d appointments were left behind", n)
	}
	w.mustAppoint(t, w.Chair, ok)
}

func TestWhoMaySeeAndWrite(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	chair := w.mustAppoint(t, w.Chair, NewAppointment{Office: "CT", Name: "Nguyễn Văn Thạnh", From: date(2021, 5, 10)})
	w.mustAppoint(t, w.Official, NewAppointment{Office: "CHT", Branch: w.Branch3, Name: "Phạm Thị Lượm", From: date(2021, 5, 10)})
	w.mustAppoint(t, w.Chair, NewAppointment{Office: "UVBCH", Name: "Bùi Thị Hòa", From: date(2026, 12, 1), Began: Supplementary})
	for name, who := range map[string]authz.Who{"other chair": w.Other, "leader": w.Leader, "branch head": w.Head, "nobody": w.Public} {
		if _, err := w.appoint(t, who, NewAppointment{Office: "TQ", Name: "Huỳnh Thị Đào", From: date(2022, 1, 1)}); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s appoints: %v", name, err)
		}
		// The third fence alone: straight past the rule.
		err := w.Try(t, who, func(ctx context.Context, tx *db.Tx) error {
			return tx.ExecOne(ctx, nil, `update appointment set end_note = 'x' where id = $1`, chair)
		})
		if err == nil {
			t.Errorf("%s changes a row", name)
		}
	}
	day := date(2026, 11, 16)
	for name, tt := range map[string]struct {
		who  authz.Who
		want int
	}{"chair": {w.Chair, 2}, "official": {w.Official, 2}, "leader": {w.Leader, 2}, "head": {w.Head, 1}, "other chair": {w.Other, 0}, "nobody": {w.Public, 0}} {
		w.As(t, tt.who, func(ctx context.Context, tx *db.Tx) error {
			list, err := InOffice(ctx, tx, w.Elders, day)
			if err != nil || len(list) != tt.want {
				t.Errorf("%s sees %d rows, want %d: %v", name, len(list), tt.want, err)
			}
			open, err := PublicInOffice(ctx, tx, w.Elders, day)
			if err != nil || len(open) != 2 || open[0].Name != "Nguyễn Văn Thạnh" || open[1].BranchName != "Chi hội 3" {
				t.Errorf("%s reads the public list: %+v, %v", name, open, err)
			}
			ahead, err := PublicInOffice(ctx, tx, w.Elders, date(2026, 12, 2))
			if err != nil || len(ahead) != 0 {
				t.Errorf("%s learns who will be in office: %+v, %v", name, ahead, err)
			}
			return nil
		})
	}
	for name, who := range map[string]authz.Who{"other chair": w.Other, "head": w.Head, "nobody": w.Public} {
		err := w.Pool.Read(t.Context(), who, func(ctx context.Context, tx *db.Tx) error { _, err := Vacancies(ctx, tx, w.Elders, day); return err })
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s opens the board: %v", name, err)
		}
	}
}

func TestOverlapIsRefusedByTheTable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error { return SetUp(ctx, tx, w.Elders) })
	insert := func(seat int, acting bool, from, until *time.Time) error {
		return w.Try(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
			var ended any
			if until != nil {
				ended = "xin_thoi"
			}
			_, err := tx.Exec(ctx, `
				insert into appointment (ward_id, association_id, office_id, seat, person_name, starts_on, ends_on, began, ended, acting, created_at)
				select $1, $2, id, $3, 'Nguyễn Thị An', $4, $5, 'bau_dai_hoi', $6, $7, $8 from office where association_id = $2 and code = 'PCT'`,
				w.Ward, w.Elders, seat, from, until, ended, acting, tx.Now())
			return err
		})
	}
	may := ptr(date(2023, 5, 1))
	for _, tt := range []struct {
		name        string
		seat        int
		acting      bool
		from, until *time.Time
		refused     bool
	}{
		{"first", 1, false, ptr(date(2021, 5, 1)), may, false},
		{"same day handover", 1, false, may, nil, false},
		{"inside", 1, false, ptr(date(2022, 1, 1)), ptr(date(2022, 2, 1)), true},
		{"after the open one", 1, false, ptr(date(2030, 1, 1)), nil, true},
		{"another seat", 2, false, ptr(date(2022, 1, 1)), nil, false},
		{"acting beside", 1, true, ptr(date(2024, 1, 1)), ptr(date(2024, 3, 1)), false},
		{"two acting", 1, true, ptr(date(2024, 2, 1)), nil, true},
	} {
		if err := insert(tt.seat, tt.acting, tt.from, tt.until); (fieldOf(err) == "starts_on") != tt.refused || (err != nil) != tt.refused {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// Two people put into the one seat at the same moment: exactly one stays.
func TestTwoChairsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error { return SetUp(ctx, tx, w.Elders) })
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() {
			_, errs[i] = w.appoint(t, w.Chair, NewAppointment{Office: "CT", Name: "Ứng viên Nguyễn", From: date(2026, 1, 1)})
		})
	}
	wg.Wait()
	good := 0
	for _, err := range errs {
		if err == nil {
			good++
		} else if !fault.Is(err, fault.Invalid) {
			t.Errorf("unexpected: %v", err)
		}
	}
	if n := w.Count(t, `select count(*) from appointment`); good != 1 || n != 1 {
		t.Errorf("%d succeeded, %d rows", good, n)
	}
}

func TestFiguresAndMistakes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	figures := func() (f map[string]Sum) {
		w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) (err error) {
			f, err = Figures(ctx, tx, w.Elders, date(2026, 1, 1), date(2026, 11, 15))
			return err
		})
		return f
	}
	if f := figures(); f["GEN.ORG.BCH"].Entries != 0 || f["GEN.ORG.BCH_QUOTA"] != (Sum{5, 1}) || f["GEN.ORG.CHT_VAC"] != (Sum{2, 0}) {
		t.Errorf("empty books: %+v", f)
	}
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		_, err := AddTerm(ctx, tx, w.Elders, TermDetails{Name: "Nhiệm kỳ 2021 - 2026", StartsOn: date(2021, 5, 10), EndsOn: date(2026, 5, 10)})
		return err
	})
	w.mustAppoint(t, w.Chair, NewAppointment{Office: "CT", Name: "Nguyễn Văn Thạnh", From: date(2021, 5, 10)})
	w.mustAppoint(t, w.Chair, NewAppointment{Office: "UVBCH", Name: "Bùi Thị Hòa", From: date(2021, 5, 10)})
	w.mustAppoint(t, w.Chair, NewAppointment{Office: "UVBCH", Name: "Đặng Văn Lộc", From: date(2026, 3, 1), Began: Supplementary})
	w.mustAppoint(t, w.Chair, NewAppointment{Office: "CHT", Branch: w.Branch3, Name: "Phạm Thị Lượm", From: date(2026, 4, 1), Began: Designated})
	slip := w.mustAppoint(t, w.Chair, NewAppointment{Office: "PCT", Name: "Ghi Nhầm Người", From: date(2026, 2, 1), Began: Supplementary})
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		return End(ctx, tx, slip, Leaving{Version: 1, How: Mistaken})
	})
	want := map[string]Sum{"GEN.ORG.BCH_QUOTA": {5, 1}, "GEN.ORG.BCH": {3, 3}, "GEN.ORG.BCH_VAC": {2, 3}, "GEN.ORG.BTV": {1, 1}, "GEN.ORG.CHT_VAC": {1, 1}, "GEN.ORG.SUPP": {2, 4}}
	got := figures()
	for code, sum := range want {
		if got[code] != sum {
			t.Errorf("%s = %+v, want %+v", code, got[code], sum)
		}
	}
	w.As(t, w.Official, func(ctx context.Context, tx *db.Tx) error {
		b, err := Vacancies(ctx, tx, 0, date(2026, 11, 16))
		if err != nil || len(b.Committees) != 2 || len(b.Branches) != 2 || len(b.Terms) != 1 || b.Terms[0].Left >= 0 {
			t.Errorf("the ward's board: %+v, %v", b, err)
		}
		return nil
	})
}

func TestTermsDoNotOverlap(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	add := func(who authz.Who, from, to time.Time) error {
		return w.Try(t, who, func(ctx context.Context, tx *db.Tx) error {
			_, err := AddTerm(ctx, tx, w.Elders, TermDetails{Name: "Nhiệm kỳ", StartsOn: from, EndsOn: to})
			return err
		})
	}
	if err := add(w.Chair, date(2018, 6, 1), date(2023, 6, 1)); err != nil {
		t.Fatal(err)
	}
	if err := add(w.Chair, date(2023, 6, 1), date(2028, 6, 1)); err != nil {
		t.Errorf("a term that follows on the day: %v", err)
	}
	if err := add(w.Chair, date(2022, 1, 1), date(2024, 1, 1)); fieldOf(err) != "starts_on" {
		t.Errorf("overlap: %v", err)
	}
	if err := add(w.Chair, date(2030, 6, 1), date(2029, 6, 1)); fieldOf(err) != "ends_on" {
		t.Errorf("backwards: %v", err)
	}
	if err := add(w.Leader, date(2030, 6, 1), date(2034, 6, 1)); !fault.Is(err, fault.NotFound) {
		t.Errorf("the leader writes: %v", err)
	}
}
