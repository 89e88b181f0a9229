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
