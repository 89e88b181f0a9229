package activity

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/association/associationtest"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var date = associationtest.Day

type world struct{ *associationtest.World }

func newWorld(t *testing.T) world { t.Helper(); return world{associationtest.New(t)} }

func (w world) add(t *testing.T, who authz.Who, a association.ID, in Details) (id ID, err error) {
	t.Helper()
	err = w.Try(t, who, func(ctx context.Context, tx *db.Tx) (err error) { id, err = Add(ctx, tx, a, in); return err })
	return id, err
}

func fieldOf(err error) string {
	if f := fault.FieldsOf(err); len(f) > 0 {
		return f[0].Name
	}
	return ""
}

func visit() Details {
	return Details{HappenedOn: date(2026, 3, 8), Kind: "tham_om", Quantity: 2, Amount: 400_000, Source: "quy_hoi", ForWhom: "member", Note: "Thăm cụ Lành ở bệnh viện"}
}

func TestDiaryFromEntryToSum(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, err := w.add(t, w.Chair, w.Elders, visit())
	if err != nil {
		t.Fatal(err)
	}
	sums := func() (s map[string]Sum) {
		w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) (err error) {
			s, err = Sums(ctx, tx, w.Elders, date(2026, 1, 1), date(2026, 12, 31))
			return err
		})
		return s
	}
	if got, want := sums(), (map[string]Sum{"GEN.CARE.SICK": {2, 1}, "GEN.CARE.SICK_AMT": {400_000, 1}}); !maps.Equal(got, want) {
		t.Fatalf("sums %v, want %v", got, want)
	}
	changed := visit()
	changed.Kind, changed.Quantity, changed.Branch = "mung_tho_90", 3, w.Branch3
	change := func(version int) error {
		return w.Try(t, w.Chair, func(ctx context.Context, tx *db.Tx) error { return Change(ctx, tx, id, version, changed) })
	}
	if err := change(7); !fault.Is(err, fault.Conflict) {
		t.Errorf("stale: %v", err)
	}
	if err := change(1); err != nil {
		t.Fatal(err)
	}
	want := map[string]Sum{"NCT.MT.90": {3, 1}, "NCT.MT.TOTAL": {3, 1}, "NCT.MT.AMT": {400_000, 1}}
	if got := sums(); !maps.Equal(got, want) {
		t.Errorf("after the change %v", got)
	}
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		per, err := BranchSums(ctx, tx, w.Elders, date(2026, 1, 1), date(2026, 12, 31))
		if err != nil || len(per) != 1 || !maps.Equal(per[w.Branch3], want) {
			t.Errorf("by branch %v, %v", per, err)
		}
		return nil
	})
	remove := func(version int, reason string) error {
		return w.Try(t, w.Chair, func(ctx context.Context, tx *db.Tx) error { return Remove(ctx, tx, id, version, reason) })
	}
	if err := remove(2, "  "); fieldOf(err) != "reason" {
		t.Errorf("without a reason: %v", err)
	}
	if err := remove(2, "ghi hai lần"); err != nil {
		t.Fatal(err)
	}
	if err := remove(3, "lần nữa"); !fault.Is(err, fault.Conflict) {
		t.Errorf("removed twice: %v", err)
	}
	if err := change(3); !fault.Is(err, fault.Conflict) {
		t.Errorf("changed after removal: %v", err)
	}
	if got := sums(); len(got) != 0 {
		t.Errorf("a removed entry counts: %v", got)
	}
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		e, err := Get(ctx, tx, id)
		if err != nil || e.RemovedReason != "ghi hai lần" {
			t.Errorf("kept: %+v, %v", e, err)
		}
		log, err := EntryTimeline(ctx, tx, id)
		if err != nil || len(log) != 3 || log[2].Sentence != "Ghi sổ ngày 08/03/2026: thăm hội viên ốm đau, 2 lượt, 400.000\u00a0đồng" {
			t.Errorf("timeline: %+v, %v", log, err)
		}
		return nil
	})
}

func TestAddRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	with := func(f func(*Details)) Details { in := visit(); f(&in); return in }
	for name, tt := range map[string]struct {
		in    Details
		field string
	}{
		"tomorrow":         {with(func(in *Details) { in.HappenedOn = date(2026, 11, 17) }), "happened_on"},
		"year 1850":        {with(func(in *Details) { in.HappenedOn = date(1850, 1, 1) }), "happened_on"},
		"no day":           {with(func(in *Details) { in.HappenedOn = time.Time{} }), "happened_on"},
		"unknown kind":     {with(func(in *Details) { in.Kind = "xo_so" }), "kind"},
		"another's kind":   {with(func(in *Details) { in.Kind = "hoc_bong" }), "kind"},
		"nothing":          {with(func(in *Details) { in.Quantity = 0 }), "quantity"},
		"too many":         {with(func(in *Details) { in.Quantity = 2_000_000 }), "quantity"},
		"negative money":   {with(func(in *Details) { in.Amount = -1 }), "amount"},
		"money from where": {with(func(in *Details) { in.Source = "" }), "source"},
		"unknown source":   {with(func(in *Details) { in.Source = "trung_so" }), "source"},
		"foreign branch":   {with(func(in *Details) { in.Branch = w.School }), "branch"},
	} {
		if _, err := w.add(t, w.Chair, w.Elders, tt.in); fieldOf(err) != tt.field {
			t.Errorf("%s: %v, want a complaint about %q", name, err, tt.field)
		}
	}
	if _, err := w.add(t, w.Chair, w.Elders, with(func(in *Details) { in.HappenedOn = date(2026, 11, 16) })); err != nil {
		t.Errorf("today: %v", err)
	}
}

func TestWhoMaySeeAndWriteTheDiary(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in3, in6, whole := visit(), visit(), visit()
	in3.Branch, in6.Branch = w.Branch3, w.Branch6
	own, err := w.add(t, w.Head, w.Elders, in3)
	if err != nil {
		t.Fatal(err)
	}
	sibling, err := w.add(t, w.Official, w.Elders, in6)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.add(t, w.Chair, w.Elders, whole); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		who authz.Who
		in  Details
	}{
		"other chair": {w.Other, whole}, "leader": {w.Leader, whole}, "editor": {w.Editor, whole}, "public": {w.Public, whole},
		"head, sibling branch": {w.Head, in6}, "head, whole association": {w.Head, whole},
	} {
		if _, err := w.add(t, tt.who, w.Elders, tt.in); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s adds: %v", name, err)
		}
		err := w.Try(t, tt.who, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `insert into activity (ward_id, association_id, branch_id, happened_on, kind, quantity, created_at, created_by) values ($1, $2, $3, $4, 'khac', 1, $5, 'x')`,
				w.Ward, w.Elders, branchOf(tt.in.Branch), date(2026, 1, 1), tx.Now())
			return err
		})
		if err == nil {
			t.Errorf("%s gets past the wall of rows", name)
		}
	}
	for name, tt := range map[string]struct {
		who  authz.Who
		want int
	}{"chair": {w.Chair, 3}, "official": {w.Official, 3}, "leader": {w.Leader, 3}, "head": {w.Head, 1}, "other chair": {w.Other, 0}, "editor": {w.Editor, 0}, "public": {w.Public, 0}} {
		w.As(t, tt.who, func(ctx context.Context, tx *db.Tx) error {
			list, _, err := List(ctx, tx, Filter{}, nil, 10)
			if err != nil || len(list) != tt.want {
				t.Errorf("%s sees %d, want %d: %v", name, len(list), tt.want, err)
			}
			return nil
		})
	}
	// A head may neither touch a sibling's entry nor push an own one over the fence.
	moved := in3
	moved.Branch = w.Branch6
	for name, f := range map[string]func(context.Context, *db.Tx) error{
		"remove sibling's": func(ctx context.Context, tx *db.Tx) error { return Remove(ctx, tx, sibling, 1, "x") },
		"change sibling's": func(ctx context.Context, tx *db.Tx) error { return Change(ctx, tx, sibling, 1, in6) },
		"move own away":    func(ctx context.Context, tx *db.Tx) error { return Change(ctx, tx, own, 1, moved) },
		"past the rule": func(ctx context.Context, tx *db.Tx) error {
			return tx.ExecOne(ctx, nil, `update activity set branch_id = $2 where id = $1`, own, w.Branch6)
		},
	} {
		if err := w.Try(t, w.Head, f); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPagesMeetEveryEntryOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		for i := range 23 {
			in := visit()
			in.HappenedOn = date(2026, 1, 1+i/4) // several on one day
			if _, err := Add(ctx, tx, w.Elders, in); err != nil {
				return err
			}
		}
		return nil
	})
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		var seen []ID
		var after *Cursor
		for {
			page, next, err := List(ctx, tx, Filter{Association: w.Elders, Kinds: []string{"tham_om"}, From: date(2026, 1, 1), To: date(2026, 12, 31)}, after, 5)
			if err != nil {
				return err
			}
			for _, e := range page {
				if len(seen) > 0 && e.ID >= seen[len(seen)-1] {
					t.Fatalf("%d after %d", e.ID, seen[len(seen)-1])
				}
				seen = append(seen, e.ID)
			}
			if after = next; next == nil {
				break
			}
		}
		if len(seen) != 23 {
			t.Errorf("%d entries met", len(seen))
		}
		return nil
	})
}

// The figures of any period equal the entries added one by one.
func TestSumsEqualBruteForce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rng := rand.New(rand.NewPCG(7, 11)) //nolint:gosec // a fixed seed, for a test that repeats itself
	kinds := KindsFor(association.NCT, 2026)
	branches := []association.BranchID{0, w.Branch3, w.Branch6}
	var all []Details
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		for i := range 150 {
			k := kinds[rng.IntN(len(kinds))]
			in := Details{HappenedOn: date(2026, 1, 1).AddDate(0, 0, rng.IntN(300)), Kind: k.Code, Quantity: 1 + rng.IntN(9), Branch: branches[rng.IntN(3)]}
			if k.PeopleLabel != "" {
				in.People = rng.IntN(80)
			}
			if k.Money && rng.IntN(3) > 0 {
				in.Amount, in.Source = int64(rng.IntN(50))*100_000, "van_dong"
			}
			id, err := Add(ctx, tx, w.Elders, in)
			if err != nil {
				return fmt.Errorf("entry %d: %w", i, err)
			}
			if rng.IntN(8) == 0 {
				if err := Remove(ctx, tx, id, 1, "nhập nhầm"); err != nil {
					return err
				}
				continue
			}
			all = append(all, in)
		}
		return nil
	})
	w.As(t, w.Leader, func(ctx context.Context, tx *db.Tx) error {
		for range 25 {
			from := date(2026, 1, 1).AddDate(0, 0, rng.IntN(300))
			to := from.AddDate(0, 0, rng.IntN(200))
			want := map[string]Sum{}
			for _, in := range all {
				if in.HappenedOn.Before(from) || in.HappenedOn.After(to) {
					continue
				}
				k, _ := KindByCode(in.Kind)
				for _, c := range k.Count {
					want[c] = Sum{want[c].Value + int64(in.Quantity), want[c].Entries + 1}
				}
				for _, c := range k.People {
					want[c] = Sum{want[c].Value + int64(in.People), want[c].Entries + 1}
				}
				for _, c := range k.Amount {
					want[c] = Sum{want[c].Value + in.Amount, want[c].Entries + 1}
				}
			}
			got, err := Sums(ctx, tx, w.Elders, from, to)
			if err != nil || !maps.Equal(got, want) {
				t.Fatalf("%s to %s: %v, want %v (%v)", from, to, got, want, err)
			}
			per, err := BranchSums(ctx, tx, w.Elders, from, to)
			if err != nil {
				return err
			}
			total := map[string]Sum{}
			for _, m := range per {
				for c, s := range m {
					total[c] = Sum{total[c].Value + s.Value, total[c].Entries + s.Entries}
				}
			}
			if !maps.Equal(total, want) {
				t.Fatalf("the branches add up to %v, want %v", total, want)
			}
		}
		return nil
	})
}

func TestBeneficiariesKeepOrderAndWalls(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := visit()
	in.Branch = w.Branch6
	id, err := w.add(t, w.Chair, w.Elders, in)
	if err != nil {
		t.Fatal(err)
	}
	list := []Beneficiary{{Kind: "member", Name: "Nguyễn Thị  Lành", Amount: 200_000}, {Kind: "household", Name: "Hộ ông Đặng Văn Lộc", Amount: 200_000}}
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error { return SetBeneficiaries(ctx, tx, id, list) })
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		got, err := Beneficiaries(ctx, tx, id)
		if err != nil || len(got) != 2 || got[0].Name != "Nguyễn Thị Lành" || got[1].Kind != "household" {
			t.Errorf("%+v, %v", got, err)
		}
		return SetBeneficiaries(ctx, tx, id, list[:1])
	})
	if n := w.Count(t, `select count(*) from beneficiary`); n != 1 {
		t.Errorf("%d rows after the list was replaced", n)
	}
	for name, who := range map[string]authz.Who{"head of another branch": w.Head, "other chair": w.Other, "public": w.Public} {
		w.As(t, who, func(ctx context.Context, tx *db.Tx) error {
			got, err := Beneficiaries(ctx, tx, id)
			if err != nil || len(got) != 0 {
				t.Errorf("%s reads %+v, %v", name, got, err)
			}
			return nil
		})
		if err := w.Try(t, who, func(ctx context.Context, tx *db.Tx) error { return SetBeneficiaries(ctx, tx, id, nil) }); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s writes: %v", name, err)
		}
	}
}

func (w world) fund(t *testing.T, who authz.Who, a association.ID, in NewFundEntry) error {
	t.Helper()
	return w.Try(t, who, func(ctx context.Context, tx *db.Tx) error { _, err := AddFundEntry(ctx, tx, a, in); return err })
}

func TestFundBook(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, in := range []NewFundEntry{
		{Fund: "QUY", HappenedOn: date(2025, 12, 31), Category: Opening, Amount: 5_000_000},
		{Fund: "QUY", HappenedOn: date(2026, 2, 1), Category: Fees, Amount: 3_000_000, Counterpart: "Chi hội 3"},
		{Fund: "QUY", HappenedOn: date(2026, 3, 1), Category: Spent, Amount: 2_500_000, Counterpart: "Thăm ốm"},
		{Fund: "QUY", HappenedOn: date(2026, 4, 1), Category: Budget, Amount: 1_000_000},
		{Fund: "QCS", HappenedOn: date(2026, 4, 2), Category: Opening, Amount: 10_000_000},
		{Fund: "QCS", HappenedOn: date(2026, 5, 2), Category: Mobilised, Amount: 4_000_000},
	} {
		if err := w.fund(t, w.Chair, w.Elders, in); err != nil {
			t.Fatalf("%+v: %v", in, err)
		}
	}
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		got, err := FundSums(ctx, tx, w.Elders, date(2026, 1, 1), date(2026, 11, 15))
		want := map[string]Sum{
			"GEN.FUND.OPEN": {5_000_000, 1}, "GEN.FUND.FEE": {3_000_000, 1}, "GEN.FUND.BUD": {1_000_000, 1}, "GEN.FUND.OUT": {2_500_000, 1}, "GEN.FUND.CLOSE": {6_500_000, 4},
			"NCT.QCS.IN": {4_000_000, 1}, "NCT.QCS.CLOSE": {14_000_000, 2},
		}
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("sums %v, want %v (%v)", got, want, err)
		}
		book, err := FundBook(ctx, tx, w.Elders, "QUY", date(2026, 3, 1), date(2026, 12, 31))
		if err != nil || len(book) != 2 || book[0].Balance != 5_500_000 || book[1].Balance != 6_500_000 {
			t.Errorf("book %+v, %v", book, err)
		}
		return nil
	})
	spend := NewFundEntry{Fund: "QUY", HappenedOn: date(2026, 2, 10), Category: Spent, Amount: 6_000_000}
	if err := w.fund(t, w.Chair, w.Elders, spend); fieldOf(err) != "note" {
		t.Errorf("an expense that makes a later day negative: %v", err)
	}
	spend.Note = "Ứng trước, ngân sách trả trong tháng 3"
	if err := w.fund(t, w.Chair, w.Elders, spend); err != nil {
		t.Errorf("with a note: %v", err)
	}
	for name, tt := range map[string]struct {
		in    NewFundEntry
		field string
	}{
		"second opening": {NewFundEntry{Fund: "QUY", HappenedOn: date(2026, 1, 1), Category: Opening, Amount: 1}, "category"},
		"foreign fund":   {NewFundEntry{Fund: "NGHIATINH", HappenedOn: date(2026, 1, 1), Category: Fees, Amount: 1}, "fund"},
		"zero":           {NewFundEntry{Fund: "QUY", HappenedOn: date(2026, 1, 1), Category: Fees}, "amount"},
		"tomorrow":       {NewFundEntry{Fund: "QUY", HappenedOn: date(2026, 11, 17), Category: Fees, Amount: 1}, "happened_on"},
		"unknown":        {NewFundEntry{Fund: "QUY", HappenedOn: date(2026, 1, 1), Category: "XYZ", Amount: 1}, "category"},
	} {
		if err := w.fund(t, w.Chair, w.Elders, tt.in); fieldOf(err) != tt.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, who := range map[string]authz.Who{"other chair": w.Other, "leader": w.Leader, "head": w.Head, "public": w.Public} {
		if err := w.fund(t, who, w.Elders, NewFundEntry{Fund: "QUY", HappenedOn: date(2026, 1, 1), Category: Fees, Amount: 1}); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s writes the book: %v", name, err)
		}
		if name == "leader" {
			continue
		}
		w.As(t, who, func(ctx context.Context, tx *db.Tx) error {
			book, err := FundBook(ctx, tx, w.Elders, "QUY", date(2020, 1, 1), date(2026, 12, 31))
			if err != nil || len(book) != 0 {
				t.Errorf("%s reads the book: %v, %v", name, book, err)
			}
			return nil
		})
	}
}

// Expenses that fit one by one, written at the same moment: the balance never falls below zero.
func TestExpensesAtOnceNeverOverdraw(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.fund(t, w.Chair, w.Elders, NewFundEntry{Fund: "QUY", HappenedOn: date(2026, 1, 1), Category: Opening, Amount: 1_000_000}); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			err := w.Pool.Write(context.Background(), w.Chair, func(ctx context.Context, tx *db.Tx) error {
				_, err := AddFundEntry(ctx, tx, w.Elders, NewFundEntry{Fund: "QUY", HappenedOn: date(2026, 6, 1), Category: Spent, Amount: 400_000})
				return err
			})
			if err != nil && fieldOf(err) != "note" {
				t.Errorf("unexpected: %v", err)
			}
		})
	}
	wg.Wait()
	if n := w.Count(t, `select count(*) from fund_entry where category = 'OUT'`); n != 2 {
		t.Errorf("%d expenses of 400.000 out of 1.000.000", n)
	}
}

func TestClubsCountAsOfADay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var id ClubID
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) (err error) {
		if id, err = AddClub(ctx, tx, w.Elders, NewClub{Name: "CLB liên thế hệ tổ dân phố 3", Kind: "lien_the_he", Members: 55, StartsOn: date(2022, 5, 1)}); err != nil {
			return err
		}
		_, err = AddClub(ctx, tx, w.Elders, NewClub{Name: "CLB dưỡng sinh", Kind: "van_hoa", Members: 30, StartsOn: date(2024, 1, 1), Branch: w.Branch3})
		return err
	})
	add := func(who authz.Who, a association.ID, in NewClub) error {
		return w.Try(t, who, func(ctx context.Context, tx *db.Tx) error { _, err := AddClub(ctx, tx, a, in); return err })
	}
	ok := NewClub{Name: "CLB thơ", Kind: "clb", StartsOn: date(2024, 1, 1)}
	for name, tt := range map[string]struct {
		err   error
		field string
	}{
		"same name":      {add(w.Chair, w.Elders, NewClub{Name: "CLB dưỡng sinh", Kind: "clb", StartsOn: date(2024, 1, 1)}), "name"},
		"foreign kind":   {add(w.Other, w.Study, NewClub{Name: "CLB", Kind: "lien_the_he", StartsOn: date(2024, 1, 1)}), "kind"},
		"foreign branch": {add(w.Chair, w.Elders, NewClub{Name: "CLB cờ", Kind: "clb", StartsOn: date(2024, 1, 1), Branch: w.School}), "branch"},
		"tomorrow":       {add(w.Chair, w.Elders, NewClub{Name: "CLB cờ", Kind: "clb", StartsOn: date(2027, 1, 1)}), "starts_on"},
	} {
		if fieldOf(tt.err) != tt.field {
			t.Errorf("%s: %v", name, tt.err)
		}
	}
	for name, who := range map[string]authz.Who{"other chair": w.Other, "leader": w.Leader, "public": w.Public} {
		if err := add(who, w.Elders, ok); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s adds a club: %v", name, err)
		}
	}
	ended := date(2025, 1, 1)
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		return ChangeClub(ctx, tx, id, 1, "CLB liên thế hệ tổ dân phố 3", 60, &ended)
	})
	for day, want := range map[time.Time]map[string]Sum{
		date(2022, 4, 30): {},
		date(2024, 6, 1):  {"GEN.CLUB.N": {2, 2}, "GEN.CLUB.MEM": {90, 2}, "NCT.LTH": {1, 1}, "NCT.LTH_MEM": {60, 1}, "NCT.CLB_VH": {1, 1}},
		date(2025, 1, 1):  {"GEN.CLUB.N": {1, 1}, "GEN.CLUB.MEM": {30, 1}, "NCT.CLB_VH": {1, 1}},
	} {
		w.As(t, w.Public, func(ctx context.Context, tx *db.Tx) error {
			got, err := ClubCount(ctx, tx, w.Elders, day)
			if err != nil || !maps.Equal(got, want) {
				t.Errorf("%s: %v, want %v (%v)", day.Format(time.DateOnly), got, want, err)
			}
			return nil
		})
	}
}
