package report

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/association/associationtest"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
)

func TestTheOfficialTypesFromPaper(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	saved := w.must(t, w.Official, Input{Association: w.Elders, Version: 1, Values: elders()})
	err := w.submit(t, w.Official, w.Elders, saved.Version, nil)
	var names []string
	for _, f := range fault.FieldsOf(err) {
		names = append(names, f.Name)
	}
	if !slices.Contains(names, FieldPaperDate) || !slices.Contains(names, FieldPaperNo) {
		t.Fatalf("without the paper: %v %v", err, names)
	}
	day, tomorrow := associationtest.Day(2026, 11, 15), associationtest.Day(2026, 11, 17)
	photo := authz.MediaID(7)
	for field, paper := range map[string]Paper{
		FieldPaperDate:  {Date: &tomorrow, Number: "05/BC-HNCT", Signer: "Nguyễn Văn Thạnh"},
		FieldPaperPhoto: {Date: &day, Media: &photo},
	} {
		if err := w.submit(t, w.Official, w.Elders, saved.Version, &paper); fault.FieldsOf(err) == nil || fault.FieldsOf(err)[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := w.submit(t, w.Official, w.Elders, saved.Version, &Paper{Date: &day, Number: "05/BC-HNCT", Signer: "Nguyễn Văn Thạnh"}); err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
	s := w.open(t, w.Chair, w.Elders)
	if !s.Report.OnBehalf || s.Report.SubmittedName != w.Official.Name || s.Report.Paper.Number != "05/BC-HNCT" || !strings.Contains(s.History[0].Sentence, "theo bản giấy ngày 15/11/2026") {
		t.Fatalf("on behalf: %+v %q", s.Report, s.History[0].Sentence)
	}
	if err := w.act(t, w.Chair, w.Elders, s.Report.Version, "", Object); fault.FieldsOf(err) == nil {
		t.Errorf("an objection has a reason: %v", err)
	}
	if err := w.act(t, w.Chair, w.Elders, s.Report.Version, "Số kết nạp là 42.", Object); err != nil {
		t.Fatal(err)
	}
	if err := w.act(t, w.Chair, w.Elders, s.Report.Version+1, "", Confirm); err != nil {
		t.Fatal(err)
	}
	s = w.open(t, w.Official, w.Elders)
	if s.Report.Stance.Code != "confirmed" || s.Report.Stance.Name != w.Chair.Name {
		t.Errorf("stance %+v", s.Report.Stance)
	}
	// One officer in the ward: whoever typed accepts, stamped. With a second one, four eyes.
	second := w.Person(t, "Đỗ Thị Mai", authz.Grant{Role: authz.Admin})
	w.Owner(t, `update account_grant set role = 'official' where account_id = $1`, int64(second.User))
	second.Grants = []authz.Grant{{Role: authz.Official}}
	if err := w.act(t, w.Official, w.Elders, s.Report.Version, "", Accept); !fault.Is(err, fault.Forbidden) {
		t.Errorf("four eyes: %v", err)
	}
	w.Owner(t, `update account_grant set ends_on = '2026-11-15' where account_id = $1`, int64(second.User))
	if err := w.act(t, w.Official, w.Elders, s.Report.Version, "", Accept); err != nil {
		t.Fatal(err)
	}
	if s := w.open(t, w.Official, w.Elders); !s.Report.SoleOfficial || !strings.Contains(s.History[0].Sentence, "chỉ có một cán bộ") {
		t.Errorf("the exception is stamped: %+v", s.Report)
	}
}

func TestLateExtendedClosedAmended(t *testing.T) {
	t.Parallel()
	now := dbtest.Instant
	w := world{associationtest.NewAt(t, func() time.Time { return now })}
	w.As(t, w.Official, func(ctx context.Context, tx *db.Tx) error {
		_, err := OpenCampaign(ctx, tx, DefaultCampaign(year))
		return err
	})
	w.must(t, w.Chair, Input{Association: w.Elders, Version: 1, Values: elders()})
	w.must(t, w.Other, Input{Association: w.Study, Version: 1, Values: map[string]Value{"GEN.MEM.BEGIN": Num(10), "GEN.MEM.END": Num(10), "GEN.ORG.BRANCH": Num(1), "KHOC.CH.TRUONG": Num(1), "GEN.ORG.BCH_QUOTA": Num(5), "GEN.ORG.BCH": Num(5)}})
	extend := func(a association.ID, until time.Time, reason string) error {
		return w.Try(t, w.Official, func(ctx context.Context, tx *db.Tx) error { return Extend(ctx, tx, year, a, until, reason) })
	}
	for name, err := range map[string]error{
		"no reason": extend(w.Study, associationtest.Day(2026, 11, 30), " "),
		"past":      extend(w.Study, associationtest.Day(2026, 11, 1), "Bão"),
		"no gain":   extend(w.Study, associationtest.Day(2026, 11, 20), "Bão"),
	} {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := w.Try(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		return Extend(ctx, tx, year, w.Elders, associationtest.Day(2026, 11, 30), "Xin thêm")
	}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a chair extends: %v", err)
	}
	if err := extend(w.Study, associationtest.Day(2027, 1, 5), "Bão lụt, xin lùi"); err != nil {
		t.Fatal(err)
	}
	now = now.AddDate(0, 0, 8) // 24/11: four days late
	version := w.open(t, w.Chair, w.Elders).Report.Version
	if err := w.submit(t, w.Chair, w.Elders, version, nil); err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
	board := w.board(t)
	if l := board.Lines[0]; l.Late != 4 || l.Timeliness != "nộp trễ 4 ngày" {
		t.Errorf("late by %d: %q", l.Late, l.Timeliness)
	}
	if l := board.Lines[1]; l.Late != 0 || !l.Gate.Open || l.Gate.Text != "Đang mở đến hết ngày 05/01/2027 (gia hạn)" {
		t.Errorf("extended: %+v", l.Gate)
	}
	version = board.Lines[0].Report.Version
	if err := w.act(t, w.Official, w.Elders, version, "", Accept); err != nil {
		t.Fatal(err)
	}
	now = time.Date(2027, 1, 5, 10, 0, 0, 0, time.UTC) // the close is over, the extension holds
	if err := w.act(t, w.Official, w.Elders, version+1, "Sót", Reopen); !fault.Is(err, fault.Conflict) {
		t.Errorf("reopened after the close: %v", err)
	}
	if err := w.act(t, w.Official, w.Elders, version+1, "Tỉnh yêu cầu bổ sung", Amend); err != nil {
		t.Fatal(err)
	}
	s := w.open(t, w.Chair, w.Elders)
	if s.Report.Amendment != 1 || !s.Editing.Open() {
		t.Errorf("an amendment is open after the close: %+v", s.Report)
	}
	if !w.open(t, w.Other, w.Study).Editing.Open() {
		t.Error("the extension lasts to the end of its day")
	}
	now = now.AddDate(0, 0, 1)
	if lock := w.open(t, w.Other, w.Study).Editing.Lock; lock == nil || lock.Reason != LockClosed {
		t.Errorf("the extension ends by itself: %+v", lock)
	}
}

func (w world) board(t *testing.T) (b Board) {
	t.Helper()
	if err := w.Pool.Read(t.Context(), w.Official, func(ctx context.Context, tx *db.Tx) (err error) { b, err = Overview(ctx, tx, year); return err }); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheWardRatesAnyTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(t, w.Chair, Input{Association: w.Elders, Version: 1, Values: elders()})
	if err := w.submit(t, w.Chair, w.Elders, 2, nil); err != nil {
		t.Fatal(err, fault.FieldsOf(err))
	}
	version := w.open(t, w.Official, w.Elders).Report.Version
	rate := func(who authz.Who, version int) error {
		return w.act(t, who, w.Elders, version, "", func(ctx context.Context, tx *db.Tx, act Act) error { return Rate(ctx, tx, act, "Xuất sắc") })
	}
	for name, c := range map[string]struct {
		err  error
		kind fault.Kind
	}{"chair": {rate(w.Chair, version), fault.Forbidden}, "leader": {rate(w.Leader, version), fault.Forbidden}, "other": {rate(w.Other, version), fault.NotFound}, "stale": {rate(w.Official, version-1), fault.Conflict}} {
		if !fault.Is(c.err, c.kind) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	for range 2 { // the second tap changes nothing
		if err := rate(w.Official, version); err != nil {
			t.Fatal(err)
		}
	}
	if r := w.open(t, w.Chair, w.Elders).Report; r.Rating != "Xuất sắc" || r.State != Submitted || r.Version != version+1 {
		t.Errorf("rated %+v", r)
	}
}

// An association that came after the campaign was opened has its report as soon as somebody writes.
func TestALateAssociationReportsToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Owner(t, `delete from report where association_id = $1`, int64(w.Elders))
	s := w.open(t, w.Chair, w.Elders)
	if s.Report.ID != 0 || s.Report.State != NotStarted || !s.Editing.Open() {
		t.Fatalf("nothing is there yet: %+v", s.Report)
	}
	saved := w.must(t, w.Chair, Input{Association: w.Elders, Version: s.Report.Version, Values: map[string]Value{"GEN.MEM.NEW": Num(41)}})
	if saved.Version != 2 || saved.State != Drafting {
		t.Errorf("saved %+v", saved)
	}
}

// Many taps at once on "Nộp báo cáo": the row lock lets one through, the others find it done.
func TestManyTapsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(t, w.Chair, Input{Association: w.Elders, Version: 1, Values: elders(), NextTargets: map[string]Value{"GEN.MEM.NEW": Num(45)}})
	values := map[string]Value{}
	for _, ind := range w.open(t, w.Chair, w.Elders).blanks() {
		values[ind.Code] = Say(NoData)
	}
	saved := w.must(t, w.Chair, Input{Association: w.Elders, Version: 2, Values: values})
	errs := make(chan error, 4)
	for range cap(errs) {
		go func() {
			errs <- w.Pool.Write(t.Context(), w.Chair, func(ctx context.Context, tx *db.Tx) error {
				return Submit(ctx, tx, Submission{Act: Act{Year: year, Association: w.Elders, Version: saved.Version}})
			})
		}()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err, fault.FieldsOf(err))
		}
	}
	if n := w.Count(t, `select count(*) from report_snapshot`); n != 1 {
		t.Errorf("%d copies of one submission", n)
	}
	if s := w.open(t, w.Chair, w.Elders); s.Report.Version != saved.Version+1 || s.Report.State != Submitted {
		t.Errorf("after the taps %+v", s.Report)
	}
}
