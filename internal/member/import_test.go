package member_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
	"wardportal/internal/member"
	"wardportal/internal/sheet"
	"wardportal/internal/vi"
)

const firstList = `STT,Họ và tên,Ngày sinh,Giới tính,Chi hội,Năm vào hội,Điện thoại,CCCD,Chỗ ở,Ghi chú
1,Nguyễn Thị Hoa,1946,Nữ,Chi hội 1,2010,0905000111,999146000011,12 Lê Lợi,
2,Trần Văn Bảy,15/7/1944,Nam,Chi hội 1,2008,,,14 Lê Lợi,
3,Lê Thị Sáu,31/02/1950,Nữ,Chi hội 2,,,,16 Lê Lợi,
4,Phạm Văn Tám,1948,Nam,Chi hội 2,2026,0905000444,,18 Lê Lợi,
5,Đỗ Thị Chín,1941,Nữ,Chi hội 2,,,,,mất 3/2022
`

// imported plans a CSV for the elderly and gives the run.
func (w *world) planned(t testing.TB, who authz.Who, name, csv string) member.ImportID {
	t.Helper()
	var id member.ImportID
	w.As(t, who, func(ctx context.Context, tx *db.Tx) error {
		o, err := member.ImportOptions(ctx, tx, w.nct)
		if err != nil {
			return err
		}
		book, err := sheet.Read(ctx, bytes.NewReader([]byte(csv)), int64(len(csv)), sheet.DefaultLimits())
		if err != nil {
			return err
		}
		id, err = member.SaveImport(ctx, tx, w.keys, o, member.NewImport{Association: w.nct, FileName: name, Data: []byte(csv), Draft: member.ReadSheets(book, o)})
		return err
	})
	return id
}

func (w *world) applied(t testing.TB, who authz.Who, id member.ImportID) member.ImportDone {
	t.Helper()
	var done member.ImportDone
	w.As(t, who, func(ctx context.Context, tx *db.Tx) (err error) {
		done, err = member.ApplyImport(ctx, tx, w.keys, id, 0)
		return err
	})
	return done
}

func (w *world) run(t testing.TB, who authz.Who, id member.ImportID) (member.Import, []member.ImportRow) {
	t.Helper()
	var run member.Import
	var rows []member.ImportRow
	w.As(t, who, func(ctx context.Context, tx *db.Tx) (err error) {
		if run, err = member.GetImport(ctx, tx, id); err != nil {
			return err
		}
		rows, err = member.ImportRows(ctx, tx, w.keys, id, "", 0, 1000)
		return err
	})
	return run, rows
}

func outcomes(rows []member.ImportRow) string {
	var list []string
	for _, r := range rows {
		list = append(list, string(r.Outcome))
	}
	return strings.Join(list, " ")
}

func TestImportThenAgainChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.planned(t, w.chair, "danh sách.csv", firstList)
	if _, rows := w.run(t, w.chair, id); outcomes(rows) != "new new wrong new new" {
		t.Fatalf("plan: %s", outcomes(rows))
	}
	if n := len(w.names(t, w.chair, member.Filter{Association: w.nct})); n != 0 {
		t.Fatalf("a plan alone wrote %d people", n)
	}
	if got := w.applied(t, w.chair, id); got != (member.ImportDone{Added: 4, Admitted: 1, Ended: 1, Left: 1}) {
		t.Fatalf("done: %+v", got)
	}
	if got := strings.Join(w.names(t, w.chair, member.Filter{Association: w.nct}), ", "); got != "Trần Văn Bảy, Đỗ Thị Chín, Nguyễn Thị Hoa, Phạm Văn Tám" {
		t.Errorf("roster: %s", got)
	}
	again := w.planned(t, w.chair, "danh sách.csv", firstList)
	if _, rows := w.run(t, w.chair, again); outcomes(rows) != "same same wrong same same" {
		t.Errorf("the same file again: %s %+v", outcomes(rows), rows[0].Changes)
	}
	if got := w.applied(t, w.chair, again); got != (member.ImportDone{Left: 1}) {
		t.Errorf("the same file again did %+v", got)
	}
}

func TestImportChangesFieldByFieldAndUndoes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.applied(t, w.chair, w.planned(t, w.chair, "a.csv", firstList))
	next := `STT,Họ và tên,Ngày sinh,Giới tính,Chi hội,Năm vào hội,Điện thoại,CCCD,Chỗ ở,Ghi chú
1,Nguyễn Thị Hoa,3/2/1946,Nữ,Chi hội 2,,,,,
2,Trần Văn Bảy,1944,Nam,Chi hội 1,,0905000222,,,từ trần 12/5/2025
3,Phạm Văn Tám,1948,,Chi hội 2,,,,,
4,Võ Thị Mười,1950,Nữ,Chi hội 1,,,,,
`
	id := w.planned(t, w.chair, "b.csv", next)
	_, rows := w.run(t, w.chair, id)
	if outcomes(rows) != "ask changed same new" {
		t.Fatalf("plan: %s", outcomes(rows))
	}
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		o, err := member.ImportOptions(ctx, tx, w.nct)
		if err != nil {
			return err
		}
		return member.CorrectRows(ctx, tx, w.keys, o, id, map[int]member.RowCorrection{1: {Decision: member.DecideAs + fmt.Sprint(int64(rows[0].Candidates[0].ID))}})
	})
	_, rows = w.run(t, w.chair, id)
	var told []string
	for _, c := range rows[0].Changes {
		told = append(told, c.Label+" "+c.From+" → "+c.To)
	}
	if got := strings.Join(told, "; "); got != "Ngày sinh 1946 → 03/02/1946; Chi hội Chi hội 1 → Chi hội 2" {
		t.Fatalf("changes of row 1: %s", got)
	}
	if done := w.applied(t, w.chair, id); done != (member.ImportDone{Added: 1, Changed: 2, Ended: 1}) {
		t.Fatalf("done: %+v", done)
	}
	hoa, bay := w.get(t, rows[0].Target), w.get(t, rows[1].Target)
	if hoa.Branch != "Chi hội 2" || hoa.Birth.ISO() != "1946-02-03" || hoa.Phone != "0905000111" || hoa.Joined.ISO() != "2010" || hoa.IDTail != "0011" {
		t.Errorf("blank cells must not erase: %+v", hoa)
	}
	if bay.Status != member.Left || bay.Died.ISO() != "2025-05-12" || bay.Phone != "0905000222" || bay.Birth.ISO() != "1944-07-15" {
		t.Errorf("row 2: %+v", bay)
	}
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error { return member.UndoImport(ctx, tx, w.keys, id) })
	hoa, bay = w.get(t, rows[0].Target), w.get(t, rows[1].Target)
	if hoa.Branch != "Chi hội 1" || hoa.Birth.ISO() != "1946" || bay.Status != member.Active || !bay.Died.IsZero() || bay.Phone != "" {
		t.Errorf("not undone: %+v %+v", hoa, bay)
	}
	if got := strings.Join(w.names(t, w.chair, member.Filter{Association: w.nct}), ", "); got != "Trần Văn Bảy, Đỗ Thị Chín, Nguyễn Thị Hoa, Phạm Văn Tám" {
		t.Errorf("roster after undo: %s", got)
	}
}

func TestImportIsRefusedWhenTheRosterMoved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.planned(t, w.chair, "a.csv", firstList)
	w.add(t, w.someone(t, "Nguyễn Thị Mới", "1950"))
	err := w.Try(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		_, err := member.ApplyImport(ctx, tx, w.keys, id, 0)
		return err
	})
	if !fault.Is(err, fault.Conflict) {
		t.Fatalf("got %v", err)
	}
	if n := len(w.names(t, w.chair, member.Filter{Association: w.nct})); n != 1 {
		t.Errorf("half of it was written: %d", n)
	}
}

func TestImportUndoStopsWhereSomebodyWorkedOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.planned(t, w.chair, "a.csv", firstList)
	w.applied(t, w.chair, id)
	_, rows := w.run(t, w.chair, id)
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		m, err := member.Get(ctx, tx, rows[0].Done)
		if err != nil {
			return err
		}
		m.Phone = "0905000999"
		_, err = member.ChangeFields(ctx, tx, w.keys, member.Edit{ID: m.ID, Version: m.Version, Fields: m.Fields})
		return err
	})
	err := w.Try(t, w.chair, func(ctx context.Context, tx *db.Tx) error { return member.UndoImport(ctx, tx, w.keys, id) })
	if !fault.Is(err, fault.Conflict) || !strings.Contains(fault.MessageOf(err), "Nguyễn Thị Hoa") {
		t.Errorf("got %v", err)
	}
}

func TestImportRights(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.planned(t, w.official, "a.csv", firstList)
	if run, _ := w.run(t, w.chair, id); !run.OnBehalf {
		t.Error("the official's import is not marked as typed on behalf")
	}
	for name, who := range map[string]authz.Who{"other chair": w.other, "branch head": w.head, "leader": w.leader, "editor": w.editor, "stranger": w.stranger} {
		err := w.Try(t, who, func(ctx context.Context, tx *db.Tx) error {
			_, err := member.GetImport(ctx, tx, id)
			return err
		})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
		err = w.Try(t, who, func(ctx context.Context, tx *db.Tx) error {
			_, err := member.ImportOptions(ctx, tx, w.nct)
			return err
		})
		if !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s may import: %v", name, err)
		}
	}
}

func TestImportsLeftLyingAreForgotten(t *testing.T) {
	t.Parallel()
	now := dbtest.Instant
	w := newWorldAt(t, func() time.Time { return now })
	old := w.planned(t, w.chair, "a.csv", firstList)
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error { return member.DropImport(ctx, tx, old) })
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error { return member.KeepImport(ctx, tx, old) })
	if run, rows := w.run(t, w.chair, old); run.State != member.ImportPlanned || len(rows) != 5 {
		t.Fatalf("not kept: %s, %d rows", run.State, len(rows))
	}
	now = now.Add(31 * 24 * time.Hour)
	w.planned(t, w.chair, "b.csv", firstList)
	if run, rows := w.run(t, w.chair, old); run.State != member.ImportDropped || run.HasFile || len(rows) != 0 {
		t.Errorf("not forgotten: %s, file %v, %d rows", run.State, run.HasFile, len(rows))
	}
	err := w.Try(t, w.chair, func(ctx context.Context, tx *db.Tx) error { return member.KeepImport(ctx, tx, old) })
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("a forgotten file came back: %v", err)
	}
}

func TestImportKeepsNothingSensitiveInPlain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.planned(t, w.chair, "a.csv", firstList)
	for _, table := range []string{"import_run", "import_row"} {
		if n := w.Count(t, `select count(*) from `+table+` x where x::text like '%999146000011%' or encode(convert_to(x::text, 'UTF8'), 'hex') like '%3939393134363030303031%'`); n != 0 {
			t.Errorf("%s holds a citizen number in plain", table)
		}
	}
	if _, rows := w.run(t, w.chair, id); rows[0].IDNumber != "999146000011" {
		t.Errorf("the number is lost: %q", rows[0].IDNumber)
	}
}

func TestImportOfThousands(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var b strings.Builder
	b.WriteString("STT,Họ và tên,Ngày sinh,Giới tính,Chi hội,Năm vào hội,Điện thoại,CCCD,Chỗ ở\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "%d,%s,%d/%d/%d,Nữ,Chi hội %d,2010,090%07d,,%d Lê Lợi\n", i+1, vi.TitleName(fmt.Sprintf("Nguyễn Thị %s", names[i%len(names)])), i%28+1, i/28%12+1, 1930+i/336, i%2+1, i, i+1)
	}
	start := time.Now()
	id := w.planned(t, w.chair, "5000.csv", b.String())
	planned := time.Since(start)
	done := w.applied(t, w.chair, id)
	t.Logf("plan %v, plan and apply %v", planned, time.Since(start))
	if done.Added != 5000 {
		t.Errorf("done %+v", done)
	}
	_, rows := w.run(t, w.chair, w.planned(t, w.chair, "5000.csv", b.String()))
	for _, r := range rows {
		if r.Outcome != member.OutcomeSame {
			t.Fatalf("row %d of the same file: %s %+v %s", r.Row, r.Outcome, r.Changes, r.Question)
		}
	}
}

var names = strings.Fields("An Bình Chi Dung Đào Giang Hà Hạnh Hiền Hoa Hồng Huệ Hương Lan Lành Liên Loan Mai Minh Nga Ngọc Nhung Oanh Phượng Quyên Sen Tâm Thảo Thu Thủy Trang Tuyết Vân Xuân Yến")
