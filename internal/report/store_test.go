package report

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"wardportal/internal/activity"
	"wardportal/internal/association"
	"wardportal/internal/association/associationtest"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// world is a ward with a campaign of 2026 that is open on the test's day, four days before the deadline.
type world struct{ *associationtest.World }

const year = 2026

func newWorld(t *testing.T) world {
	t.Helper()
	w := world{associationtest.New(t)}
	w.As(t, w.Official, func(ctx context.Context, tx *db.Tx) error {
		_, err := OpenCampaign(ctx, tx, DefaultCampaign(year))
		return err
	})
	return w
}

func (w world) open(t *testing.T, who authz.Who, a association.ID) (s Sheet) {
	t.Helper()
	if err := w.Pool.Read(t.Context(), who, func(ctx context.Context, tx *db.Tx) (err error) { s, err = Open(ctx, tx, year, a); return err }); err != nil {
		t.Fatal(err)
	}
	return s
}

func (w world) save(t *testing.T, who authz.Who, in Input) (saved Saved, err error) {
	t.Helper()
	in.Year = year
	err = w.Try(t, who, func(ctx context.Context, tx *db.Tx) (err error) { saved, err = Save(ctx, tx, in); return err })
	return saved, err
}

func (w world) must(t *testing.T, who authz.Who, in Input) Saved {
	t.Helper()
	saved, err := w.save(t, who, in)
	if err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
	return saved
}

func (w world) act(t *testing.T, who authz.Who, a association.ID, version int, reason string, do func(context.Context, *db.Tx, Act) error) error {
	t.Helper()
	return w.Try(t, who, func(ctx context.Context, tx *db.Tx) error {
		return do(ctx, tx, Act{Year: year, Association: a, Version: version, Reason: reason})
	})
}

func (w world) submit(t *testing.T, who authz.Who, a association.ID, version int, paper *Paper) error {
	t.Helper()
	return w.Try(t, who, func(ctx context.Context, tx *db.Tx) error {
		return Submit(ctx, tx, Submission{Act: Act{Year: year, Association: a, Version: version}, Paper: paper, Blanks: Nothing})
	})
}

// elders are figures of a small Hội Người cao tuổi that fit together and with what the ward's books hold.
func elders() map[string]Value {
	return map[string]Value{
		"GEN.MEM.BEGIN": Num(618), "GEN.MEM.NEW": Num(41), "GEN.MEM.IN": Num(6), "GEN.MEM.OUT": Num(5), "GEN.MEM.DEAD": Num(17), "GEN.MEM.LEFT": Num(1),
		"GEN.MEM.END": Num(642), "GEN.ORG.BRANCH": Num(2), "GEN.ORG.BCH_QUOTA": Num(5), "GEN.ORG.BCH": Num(5), "GEN.ORG.CHT_VAC": Num(0),
		"NCT.POP60": Num(700), "NCT.MEM60": Num(642),
	}
}

func TestTheWholeLifeOfAReport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.open(t, w.Chair, w.Elders)
	if s.Report.State != NotStarted || s.Report.Version != 1 || !s.Editing.Open() || s.Situation.Role != authz.Chair {
		t.Fatalf("fresh report: %+v", s.Report)
	}
	saved := w.must(t, w.Chair, Input{
		Association: w.Elders, Version: 1, Values: elders(),
		Texts:       map[Slot]string{{SectionBuilding, 0}: "Năm 2026 hội giữ vững tổ chức."},
		NextTargets: map[string]Value{"GEN.MEM.NEW": Num(45)},
	})
	if saved.Version != 2 || saved.State != Drafting || saved.Changed != len(elders())+2 {
		t.Fatalf("saved %+v", saved)
	}
	if err := w.submit(t, w.Chair, w.Elders, 2, nil); err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
	s = w.open(t, w.Official, w.Elders)
	if s.Report.State != Submitted || s.Report.SubmittedName != w.Chair.Name || s.Report.OnBehalf || len(s.Marks) != 1 {
		t.Fatalf("after submission: %+v", s.Report)
	}
	if v := s.Values["GEN.CARE.SICK"]; v != Say(Nothing) {
		t.Errorf("empty rows are answered as asked, got %v", v)
	}
	if got := s.History[0].Sentence; !strings.HasPrefix(got, "Nộp báo cáo, số ước thực hiện, đúng hạn") {
		t.Errorf("sentence %q", got)
	}
	version := s.Report.Version
	if _, err := w.save(t, w.Chair, Input{Association: w.Elders, Version: version, Values: map[string]Value{"GEN.MEM.NEW": Num(1)}}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a sent report is locked: %v", err)
	}
	err := w.Try(t, w.Official, func(ctx context.Context, tx *db.Tx) error {
		return Return(ctx, tx, Act{Year: year, Association: w.Elders, Version: version}, map[string]string{"GEN.MEM.NEW": "Danh sách kết nạp có 42 người.", "GEN.MEM.END": "Tính lại."})
	})
	if err != nil {
		t.Fatal(err)
	}
	s = w.open(t, w.Chair, w.Elders)
	if s.Report.State != Returned || len(s.OpenFlags()) != 2 || s.Editing.Field("GEN.MEM.NEW") != nil || s.Editing.Field("GEN.MEM.OUT") == nil {
		t.Fatalf("returned: %+v, flags %+v", s.Report, s.Flags)
	}
	_, err = w.save(t, w.Chair, Input{Association: w.Elders, Version: s.Report.Version, Values: map[string]Value{"GEN.MEM.OUT": Num(4)}})
	if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != "GEN.MEM.OUT" {
		t.Errorf("a field without a flag stays locked: %v", err)
	}
	saved = w.must(t, w.Chair, Input{Association: w.Elders, Version: s.Report.Version, Values: map[string]Value{"GEN.MEM.NEW": Num(42), "GEN.MEM.END": Num(643), "GEN.MEM.OUT": Num(5)}})
	if saved.Changed != 2 || saved.State != Drafting {
		t.Errorf("saved %+v", saved)
	}
	if s := w.open(t, w.Chair, w.Elders); s.Editing.Field("GEN.MEM.OUT") == nil {
		t.Error("flags stand until the report is sent again")
	}
	if err := w.submit(t, w.Chair, w.Elders, saved.Version, nil); err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
	if err := w.act(t, w.Official, w.Elders, saved.Version+1, "", Accept); err != nil {
		t.Fatal(err)
	}
	s = w.open(t, w.Leader, w.Elders)
	if s.Report.State != Accepted || s.Report.AcceptedName != w.Official.Name || s.Report.SoleOfficial || len(s.OpenFlags()) != 0 || len(s.Flags) != 2 || len(s.Marks) != 3 {
		t.Fatalf("accepted: %+v, %d marks", s.Report, len(s.Marks))
	}
	w.checkCopies(t, s)
	if n := w.Count(t, `select count(*) from audit_log where object = 'report' and action in ('report.submit', 'report.return', 'report.accept')`); n != 4 {
		t.Errorf("%d audit rows of moves", n)
	}
}

// checkCopies holds the two copies of the submissions against each other.
func (w world) checkCopies(t *testing.T, s Sheet) {
	t.Helper()
	var first, second Copy
	w.As(t, w.Official, func(ctx context.Context, tx *db.Tx) (err error) {
		if first, err = Snapshot(ctx, tx, year, w.Elders, s.Marks[2].ID); err != nil {
			return err
		}
		second, err = Snapshot(ctx, tx, year, w.Elders, s.Marks[1].ID)
		return err
	})
	var changed []string
	for _, c := range Changed(first, second) {
		changed = append(changed, c.Label+": "+c.Before+" → "+c.After)
	}
	want := []string{"Kết nạp mới: 41 → 42", "Tổng số hội viên cuối kỳ: 642 → 643"}
	if !slices.Equal(changed, want) {
		t.Errorf("changed %q", changed)
	}
	if first.Texts[Slot{SectionBuilding, 0}] == "" || first.NextTargets["GEN.MEM.NEW"] != Num(45) || first.Name != "Hội Người cao tuổi" || len(first.Rows) == 0 {
		t.Errorf("the copy is not whole: %+v", first)
	}
	if err := w.Try(t, w.Other, func(ctx context.Context, tx *db.Tx) error {
		_, err := Snapshot(ctx, tx, year, w.Elders, s.Marks[0].ID)
		return err
	}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another association's copy: %v", err)
	}
	if err := w.Try(t, w.Other, func(ctx context.Context, tx *db.Tx) error {
		_, err := Snapshot(ctx, tx, year, w.Study, s.Marks[0].ID)
		return err
	}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another association's copy under one's own address: %v", err)
	}
}

func TestWhoMayWhat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	open := func(who authz.Who) error {
		return w.Pool.Read(t.Context(), who, func(ctx context.Context, tx *db.Tx) error { _, err := Open(ctx, tx, year, w.Elders); return err })
	}
	for name, c := range map[string]struct {
		who        authz.Who
		read, save fault.Kind
	}{
		"chair":       {w.Chair, fault.Internal, fault.Internal},
		"other chair": {w.Other, fault.NotFound, fault.NotFound},
		"leader":      {w.Leader, fault.Internal, fault.Forbidden},
		"head":        {w.Head, fault.NotFound, fault.NotFound},
		"editor":      {w.Editor, fault.NotFound, fault.NotFound},
		"public":      {w.Public, fault.NotFound, fault.NotFound},
		"official":    {w.Official, fault.Internal, fault.Internal},
	} {
		if err := open(c.who); (c.read == fault.Internal) != (err == nil) || (err != nil && !fault.Is(err, c.read)) {
			t.Errorf("%s reads: %v", name, err)
		}
		in := Input{Association: w.Elders, Version: 1, Values: map[string]Value{"GEN.ORG.BRANCH": Num(int64(len(name)))}}
		if s, err := w.save(t, c.who, in); (c.save == fault.Internal) != (err == nil) || (err != nil && !fault.Is(err, c.save)) {
			if !fault.Is(err, fault.Conflict) || c.save != fault.Internal { // two of them write the same cell
				t.Errorf("%s saves: %v %+v", name, err, s)
			}
		}
	}
	version := w.open(t, w.Official, w.Elders).Report.Version
	w.must(t, w.Chair, Input{Association: w.Elders, Version: version, Values: elders()})
	version = w.open(t, w.Official, w.Elders).Report.Version
	if err := w.submit(t, w.Chair, w.Elders, version, nil); err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
	version = w.open(t, w.Official, w.Elders).Report.Version
	for name, refused := range map[string]struct {
		who  authz.Who
		do   func(context.Context, *db.Tx, Act) error
		kind fault.Kind
	}{
		"chair accepts":          {w.Chair, Accept, fault.Forbidden},
		"leader accepts":         {w.Leader, Accept, fault.Forbidden},
		"other chair accepts":    {w.Other, Accept, fault.NotFound},
		"official withdraws":     {w.Official, Withdraw, fault.Forbidden},
		"chair reopens":          {w.Chair, Reopen, fault.Forbidden},
		"official reopens early": {w.Official, Reopen, fault.Conflict},
		"chair confirms own":     {w.Chair, Confirm, fault.Conflict},
		"amend before the close": {w.Official, Amend, fault.Conflict},
	} {
		if err := w.act(t, refused.who, w.Elders, version, "Lý do", refused.do); !fault.Is(err, refused.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := w.act(t, w.Chair, w.Elders, version, "", Withdraw); fault.FieldsOf(err) == nil {
		t.Errorf("withdrawal without a reason: %v", err)
	}
	if err := w.act(t, w.Official, w.Elders, version-1, "", Accept); !fault.Is(err, fault.Conflict) {
		t.Errorf("stale acceptance: %v", err)
	}
	if err := w.act(t, w.Official, w.Elders, version, "", Accept); err != nil {
		t.Fatal(err)
	}
	if err := w.act(t, w.Official, w.Elders, version, "", Accept); err != nil {
		t.Errorf("the second tap is harmless: %v", err)
	}
	if n := w.Count(t, `select count(*) from report_snapshot where action = 'accept'`); n != 1 {
		t.Errorf("%d copies of one acceptance", n)
	}
}

// The wall of rows stands without the program: a chair's statement cannot accept, and sees nothing of others.
func TestTheDatabaseRefusesToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	err := w.Try(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `update report set state = 'accepted', accepted_by = $1 where association_id = $2`, tx.Who().User, w.Elders)
		return err
	})
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("a chair accepts by hand: %v", err)
	}
	for name, who := range map[string]authz.Who{"head": w.Head, "editor": w.Editor, "public": w.Public, "other": w.Other} {
		w.As(t, who, func(ctx context.Context, tx *db.Tx) error {
			n, err := db.Value[int](ctx, tx, `select count(*)::int from report where association_id = $1`, w.Elders)
			if n != 0 || err != nil {
				t.Errorf("%s sees %d reports, %v", name, n, err)
			}
			return nil
		})
	}
}

func TestBooksBesideTyped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if b := w.open(t, w.Chair, w.Elders).Books["GEN.CARE.SICK"]; b.Entries != 0 {
		t.Errorf("an empty diary speaks: %+v", b)
	}
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		for _, day := range []time.Time{associationtest.Day(2026, 3, 8), associationtest.Day(2025, 3, 8)} {
			if _, err := activity.Add(ctx, tx, w.Elders, activity.Details{HappenedOn: day, Kind: "tham_om", Quantity: 26, Amount: 5_200_000, Source: "quy_hoi", ForWhom: "member"}); err != nil {
				return err
			}
		}
		return nil
	})
	values := elders()
	values["GEN.CARE.SICK"], values["GEN.CARE.SICK_AMT"] = Num(32), Num(6_400_000)
	w.must(t, w.Chair, Input{Association: w.Elders, Version: 1, Values: values})
	s := w.open(t, w.Chair, w.Elders)
	if b := s.Books["GEN.CARE.SICK"]; b.Value != 26 || b.Entries != 1 {
		t.Errorf("theo sổ %+v: only this year's entry counts", b)
	}
	i := slices.IndexFunc(s.Findings, func(f Finding) bool { return f.Key() == "G11/GEN.CARE.SICK" })
	if i < 0 || !strings.Contains(s.Findings[i].Message, "theo sổ là 26") {
		t.Errorf("no word about the books in %+v", s.Findings)
	}
	if b := s.Books["GEN.ORG.BRANCH"]; b.Value != 2 {
		t.Errorf("branches by the books %+v", b)
	}
	if slices.ContainsFunc(s.Findings, func(f Finding) bool { return f.RuleID == "G11" && f.Codes[0] == "GEN.MEM.END" }) {
		t.Error("an empty roster punishes")
	}
	if !s.Balance.Holds {
		t.Errorf("balance %+v", s.Balance)
	}
}

// The round trips of the form do not depend on how much there is: the books are asked a fixed number of questions.
func TestOpenAsksAFixedNumberOfQuestions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	trips := func() (n int) {
		w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
			_, err := Open(ctx, tx, year, w.Elders)
			n = tx.Trips()
			return err
		})
		return n
	}
	before := trips()
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		for i := range 18 {
			if _, err := association.AddBranch(ctx, tx, association.NewBranch{Association: w.Elders, Name: fmt.Sprintf("Chi hội %d", 10+i), OpenedOn: associationtest.Day(2012, 1, 1)}); err != nil {
				return err
			}
		}
		return nil
	})
	if after := trips(); after > before || before > 30 { // with few vacancies the sentence names the branches: one more look
		t.Errorf("%d round trips with 2 branches, %d with 20", before, after)
	}
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		if _, err := read(ctx, tx, year, w.Elders); err != nil || tx.Trips() != 2 {
			t.Errorf("the report itself takes %d round trips, %v", tx.Trips(), err)
		}
		return nil
	})
}
