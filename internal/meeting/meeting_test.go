package meeting

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/association/associationtest"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var date = associationtest.Day

type world struct{ *associationtest.World }

func newWorld(t *testing.T) world { t.Helper(); return world{associationtest.New(t)} }

func at(y, m, d, hour, minute int) time.Time {
	return time.Date(y, time.Month(m), d, hour, minute, 0, 0, vi.Location())
}

func (w world) schedule(t *testing.T, who authz.Who, in Details) (id ID, err error) {
	t.Helper()
	err = w.Try(t, who, func(ctx context.Context, tx *db.Tx) (err error) { id, err = Schedule(ctx, tx, in); return err })
	return id, err
}

func (w world) must(t *testing.T, who authz.Who, in Details) ID {
	t.Helper()
	id, err := w.schedule(t, who, in)
	if err != nil {
		t.Fatalf("schedule %s: %v", in.Title, err)
	}
	return id
}

func (w world) move(t *testing.T, who authz.Who, id ID, version int, to State, reason string) error {
	t.Helper()
	return w.Try(t, who, func(ctx context.Context, tx *db.Tx) error { return Move(ctx, tx, id, version, to, reason) })
}

func (w world) close(t *testing.T, who authz.Who, id ID, version int, in Attendance) error {
	t.Helper()
	return w.Try(t, who, func(ctx context.Context, tx *db.Tx) error { return Close(ctx, tx, id, version, in) })
}

func (w world) branchMeeting() Details {
	return Details{Association: w.Elders, Branch: w.Branch3, Kind: "sinh_hoat", StartsAt: at(2026, 10, 5, 14, 0), Place: "Nhà văn hóa tổ dân phố 3"}
}

func fieldOf(err error) string {
	if f := fault.FieldsOf(err); len(f) > 0 {
		return f[0].Name
	}
	return ""
}

func TestRegistry(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, k := range Kinds {
		if seen[k.Code] || k.Label == "" {
			t.Errorf("%+v", k)
		}
		seen[k.Code] = true
		for _, code := range append(k.Count, k.Present...) {
			if !strings.HasPrefix(code, "GEN.ACT.") {
				t.Errorf("%s feeds %s", k.Code, code)
			}
		}
	}
	for from, list := range moves {
		for _, to := range list {
			if to.Label() == "" || from.Label() == "" || to == Closed {
				t.Errorf("move %s → %s", from, to)
			}
		}
	}
	if MayMove(Closed, Cancelled) || MayMove(Draft, MinutesApproved) || MayMove(Running, Cancelled) {
		t.Error("a held meeting can be called off")
	}
}

func TestBranchMeetingFromPlanToFigure(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.must(t, w.Head, w.branchMeeting())
	if err := w.close(t, w.Head, id, 1, Attendance{EndsAt: at(2026, 10, 5, 13, 0), Present: 28}); fieldOf(err) != "ends_at" {
		t.Errorf("ends before it began: %v", err)
	}
	if err := w.close(t, w.Head, id, 1, Attendance{EndsAt: at(2026, 12, 5, 16, 0), Present: 28}); fieldOf(err) != "ends_at" {
		t.Errorf("ends in the future: %v", err)
	}
	if err := w.close(t, w.Head, id, 1, Attendance{EndsAt: at(2026, 10, 5, 16, 0), Invited: 5, Present: 3, Absent: 6}); fieldOf(err) != "absent" {
		t.Errorf("more absent than invited: %v", err)
	}
	if err := w.close(t, w.Head, id, 1, Attendance{EndsAt: at(2026, 10, 5, 16, 0), Present: -1}); fieldOf(err) != "present" {
		t.Errorf("negative: %v", err)
	}
	if err := w.close(t, w.Head, id, 4, Attendance{EndsAt: at(2026, 10, 5, 16, 0), Present: 28}); !fault.Is(err, fault.Conflict) {
		t.Errorf("stale: %v", err)
	}
	if err := w.close(t, w.Head, id, 1, Attendance{EndsAt: at(2026, 10, 5, 16, 0), Invited: 41, Present: 28, Excused: 10, Absent: 3}); err != nil {
		t.Fatal(err)
	}
	if err := w.close(t, w.Head, id, 2, Attendance{EndsAt: at(2026, 10, 5, 17, 0), Present: 40}); !fault.Is(err, fault.Conflict) {
		t.Errorf("closed twice: %v", err)
	}
	if err := w.move(t, w.Head, id, 2, Cancelled, "hủy"); !fault.Is(err, fault.Conflict) {
		t.Errorf("cancelled after it was held: %v", err)
	}
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		want := map[string]Sum{"GEN.ACT.BRANCH": {1, 1}, "GEN.ACT.ATT": {28, 1}}
		got, err := Sums(ctx, tx, w.Elders, date(2026, 1, 1), date(2026, 11, 15))
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("sums %v, want %v (%v)", got, want, err)
		}
		per, err := BranchSums(ctx, tx, w.Elders, date(2026, 1, 1), date(2026, 11, 15))
		if err != nil || len(per) != 1 || !maps.Equal(per[w.Branch3], want) {
			t.Errorf("by branch %v, %v", per, err)
		}
		log, err := Timeline(ctx, tx, id)
		if err != nil || len(log) != 2 || log[0].Sentence != "Sinh hoạt chi hội đã họp, 28 người dự" {
			t.Errorf("timeline %+v, %v", log, err)
		}
		return nil
	})
}

func TestScheduleRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	with := func(f func(*Details)) Details { in := w.branchMeeting(); f(&in); return in }
	for name, tt := range map[string]struct {
		who   authz.Who
		in    Details
		field string
	}{
		"unknown kind":      {w.Chair, with(func(in *Details) { in.Kind = "da_bong" }), "kind"},
		"no time":           {w.Chair, with(func(in *Details) { in.StartsAt = time.Time{} }), "starts_at"},
		"no branch":         {w.Chair, with(func(in *Details) { in.Branch = 0 }), "branch"},
		"foreign branch":    {w.Chair, with(func(in *Details) { in.Branch = w.School }), "branch"},
		"endless title":     {w.Chair, with(func(in *Details) { in.Title = strings.Repeat("họp ", 80) }), "title"},
		"ward and a branch": {w.Official, with(func(in *Details) { in.Association, in.Kind = 0, "khac" }), "branch"},
	} {
		if _, err := w.schedule(t, tt.who, tt.in); fieldOf(err) != tt.field {
			t.Errorf("%s: %v, want a complaint about %q", name, err, tt.field)
		}
	}
	sibling := with(func(in *Details) { in.Branch = w.Branch6 })
	committee := Details{Association: w.Elders, Kind: "bch", StartsAt: at(2026, 10, 1, 8, 0)}
	joint := Details{Kind: "tong_ket", Title: "Hội nghị tổng kết công tác hội năm 2026", StartsAt: at(2026, 12, 1, 14, 0)}
	for name, tt := range map[string]struct {
		who authz.Who
		in  Details
	}{
		"head, sibling branch": {w.Head, sibling}, "head, committee": {w.Head, committee}, "other chair": {w.Other, committee}, "leader": {w.Leader, committee},
		"public": {w.Public, committee}, "chair for the ward": {w.Chair, joint}, "leader for the ward": {w.Leader, joint}, "editor": {w.Editor, joint},
	} {
		if _, err := w.schedule(t, tt.who, tt.in); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
		err := w.Try(t, tt.who, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `insert into meeting (ward_id, association_id, branch_id, kind, title, starts_at, created_at) values ($1, nullif($2::bigint, 0), nullif($3::bigint, 0), 'khac', 'Họp lén', $4, $4)`,
				w.Ward, tt.in.Association, tt.in.Branch, tx.Now())
			return err
		})
		if err == nil {
			t.Errorf("%s gets past the wall of rows", name)
		}
	}
}

func TestWhoSeesWhichMeeting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	joint := Details{Kind: "tong_ket", Title: "Hội nghị tổng kết công tác hội năm 2026", StartsAt: at(2026, 12, 1, 14, 0), Associations: []association.ID{w.Elders, w.Study}, Public: true}
	ids := map[string]ID{
		"joint":  w.must(t, w.Official, joint),
		"own":    w.must(t, w.Chair, Details{Association: w.Elders, Kind: "bch", StartsAt: at(2026, 11, 20, 8, 0)}),
		"branch": w.must(t, w.Head, w.branchMeeting()),
		"study":  w.must(t, w.Other, Details{Association: w.Study, Kind: "btv", StartsAt: at(2026, 11, 21, 8, 0)}),
	}
	sees := func(who authz.Who) string {
		var out []string
		w.As(t, who, func(ctx context.Context, tx *db.Tx) error {
			for _, name := range []string{"joint", "own", "branch", "study"} {
				switch _, err := Get(ctx, tx, ids[name]); {
				case err == nil:
					out = append(out, name)
				case !fault.Is(err, fault.NotFound):
					return err
				}
			}
			return nil
		})
		return strings.Join(out, " ")
	}
	check := func(when string, want map[string]string) {
		for name, who := range map[string]authz.Who{"official": w.Official, "leader": w.Leader, "chair": w.Chair, "other": w.Other, "head": w.Head, "editor": w.Editor, "public": w.Public} {
			if got := sees(who); got != want[name] {
				t.Errorf("%s, %s sees %q, want %q", when, name, got, want[name])
			}
		}
	}
	all := "joint own branch study"
	check("in draft", map[string]string{"official": all, "leader": all, "chair": "own branch", "other": "study", "head": "branch"})
	if err := w.move(t, w.Official, ids["joint"], 1, Invited, ""); err != nil {
		t.Fatal(err)
	}
	check("announced", map[string]string{"official": all, "leader": all, "chair": "joint own branch", "other": "joint study", "head": "joint branch", "editor": "joint", "public": "joint"})
	w.As(t, w.Public, func(ctx context.Context, tx *db.Tx) error {
		next, err := Upcoming(ctx, tx, 10)
		if err != nil || len(next) != 1 || next[0].ID != ids["joint"] || len(next[0].Associations) != 2 {
			t.Errorf("upcoming %+v, %v", next, err)
		}
		return nil
	})
	if err := w.move(t, w.Chair, ids["joint"], 2, Cancelled, "không phải việc của tôi"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a participant cancels the ward's meeting: %v", err)
	}
	if err := w.move(t, w.Official, ids["joint"], 2, Postponed, " "); fieldOf(err) != "reason" {
		t.Errorf("postponed without a reason: %v", err)
	}
	if err := w.move(t, w.Official, ids["joint"], 2, Postponed, "trùng lịch họp thành phố"); err != nil {
		t.Fatal(err)
	}
	w.As(t, w.Public, func(ctx context.Context, tx *db.Tx) error {
		if next, err := Upcoming(ctx, tx, 10); err != nil || len(next) != 0 {
			t.Errorf("a postponed meeting is announced: %+v, %v", next, err)
		}
		return nil
	})
}

func TestInviteesStayFrozenAndInside(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.must(t, w.Official, Details{Kind: "tong_ket", Title: "Hội nghị tổng kết", StartsAt: at(2026, 12, 1, 14, 0), Associations: []association.ID{w.Elders, w.Study}, Public: true})
	if err := w.move(t, w.Official, id, 1, Invited, ""); err != nil {
		t.Fatal(err)
	}
	guests := []Invitee{
		{Class: "cap_tren", Name: "Nguyễn  Thanh Hải", Title: "Phó Chủ tịch UBMTTQ tỉnh"}, {Association: w.Elders, Class: "cht", Name: "Phạm Thị Lượm"},
		{Association: w.Study, Class: "uvbch", Name: "Trần Thị Hiền"},
	}
	invite := func(who authz.Who, list []Invitee) error {
		return w.Try(t, who, func(ctx context.Context, tx *db.Tx) error { return Invite(ctx, tx, id, list) })
	}
	if err := invite(w.Official, guests); err != nil {
		t.Fatal(err)
	}
	if err := invite(w.Official, []Invitee{{Class: "ca_si", Name: "Ai đó"}}); fieldOf(err) != "class" {
		t.Errorf("unknown class: %v", err)
	}
	if err := invite(w.Chair, guests); !fault.Is(err, fault.NotFound) {
		t.Errorf("a participant invites: %v", err)
	}
	for name, tt := range map[string]struct {
		who  authz.Who
		want string
	}{"official": {w.Official, "Nguyễn Thanh Hải, Phạm Thị Lượm, Trần Thị Hiền"}, "chair": {w.Chair, "Phạm Thị Lượm"}, "other": {w.Other, "Trần Thị Hiền"}, "public": {w.Public, ""}, "head": {w.Head, ""}} {
		w.As(t, tt.who, func(ctx context.Context, tx *db.Tx) error {
			list, err := Invitees(ctx, tx, id)
			var names []string
			for _, v := range list {
				names = append(names, v.Name)
			}
			if got := strings.Join(names, ", "); err != nil || got != tt.want {
				t.Errorf("%s sees %q, want %q (%v)", name, got, tt.want, err)
			}
			return nil
		})
	}
}

func TestChangeKeepsWhoCalled(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.must(t, w.Chair, Details{Association: w.Elders, Kind: "bch", StartsAt: at(2026, 11, 20, 8, 0)})
	in := Details{Association: w.Study, Kind: "btv", Title: "Họp Ban Thường vụ mở rộng", StartsAt: at(2026, 11, 21, 8, 0), Associations: []association.ID{w.Study}}
	change := func(who authz.Who, version int) error {
		return w.Try(t, who, func(ctx context.Context, tx *db.Tx) error { return Change(ctx, tx, id, version, in) })
	}
	if err := change(w.Other, 1); !fault.Is(err, fault.NotFound) {
		t.Errorf("other chair: %v", err)
	}
	if err := change(w.Chair, 3); !fault.Is(err, fault.Conflict) {
		t.Errorf("stale: %v", err)
	}
	if err := change(w.Chair, 1); err != nil {
		t.Fatal(err)
	}
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		m, err := Get(ctx, tx, id)
		if err != nil || *m.AssociationID != w.Elders || m.Title != in.Title || len(m.Associations) != 2 {
			t.Errorf("%+v, %v", m, err)
		}
		return nil
	})
}

// Figures of any period equal a count of the meetings one by one, around midnight and New Year too; cancelled, planned and
// other associations' meetings never count.
func TestSumsEqualBruteForce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rng := rand.New(rand.NewPCG(3, 9)) //nolint:gosec // a fixed seed, for a test that repeats itself
	type done struct {
		kind    string
		day     time.Time
		present int
	}
	var all []done
	w.As(t, w.Official, func(ctx context.Context, tx *db.Tx) error {
		for i := range 80 {
			day := date(2025, 11, 15).AddDate(0, 0, rng.IntN(90))
			hour, minute := []int{0, 7, 14, 23}[rng.IntN(4)], rng.IntN(29)
			in := Details{Association: w.Elders, Kind: []string{"bch", "btv", "sinh_hoat", "tong_ket"}[rng.IntN(4)], StartsAt: at(day.Year(), int(day.Month()), day.Day(), hour, minute)}
			if in.Kind == "sinh_hoat" {
				in.Branch = []association.BranchID{w.Branch3, w.Branch6}[rng.IntN(2)]
			}
			fate := rng.IntN(5)
			if fate == 0 {
				in.Association, in.Branch = w.Study, 0
				if in.Kind == "sinh_hoat" {
					in.Branch = w.School
				}
			}
			id, err := Schedule(ctx, tx, in)
			if err != nil {
				return fmt.Errorf("meeting %d: %w", i, err)
			}
			if fate == 1 {
				continue // never held
			}
			d := done{in.Kind, day, rng.IntN(60)}
			if err := Close(ctx, tx, id, 1, Attendance{EndsAt: in.StartsAt.Add(90 * time.Minute), Present: d.present}); err != nil {
				return err
			}
			if fate > 1 {
				all = append(all, d)
			}
		}
		for range 20 {
			from := date(2025, 11, 15).AddDate(0, 0, rng.IntN(80))
			to := from.AddDate(0, 0, rng.IntN(60))
			want := map[string]Sum{}
			for _, d := range all {
				if d.day.Before(from) || d.day.After(to) {
					continue
				}
				k, _ := KindByCode(d.kind)
				for _, c := range k.Count {
					want[c] = Sum{want[c].Value + 1, want[c].Entries + 1}
				}
				for _, c := range k.Present {
					want[c] = Sum{want[c].Value + int64(d.present), want[c].Entries + 1}
				}
			}
			got, err := Sums(ctx, tx, w.Elders, from, to)
			if err != nil || !maps.Equal(got, want) {
				t.Fatalf("%s to %s: %v, want %v (%v)", from, to, got, want, err)
			}
		}
		return nil
	})
}

func TestListPagesOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		for i := range 12 {
			if _, err := Schedule(ctx, tx, Details{Association: w.Elders, Kind: "bch", StartsAt: at(2026, 3, 1+i/3, 8, 0)}); err != nil {
				return err
			}
		}
		var after *Cursor
		n := 0
		for {
			page, next, err := List(ctx, tx, w.Elders, after, 5)
			if err != nil {
				return err
			}
			n += len(page)
			if after = next; next == nil {
				break
			}
		}
		if n != 12 {
			t.Errorf("%d meetings met", n)
		}
		if page, _, err := List(ctx, tx, w.Study, nil, 5); err != nil || len(page) != 0 {
			t.Errorf("another association's list: %v, %v", page, err)
		}
		return nil
	})
}
