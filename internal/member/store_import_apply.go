package member

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// ImportDone says what an executed import did.
type ImportDone struct {
	Added, Admitted, Changed, Ended, Left int // Admitted of Added joined this year; Left are rows that did nothing
}

// ApplyImport executes a stored plan exactly as it was shown, in one transaction. It is refused when the roster changed since
// the plan was made: the plan has to be made anew then.
func ApplyImport(ctx context.Context, tx *db.Tx, keys *Keys, id ImportID, version int) (ImportDone, error) {
	run, err := lockImport(ctx, tx, id, version, ImportPlanned)
	if err != nil {
		return ImportDone{}, err
	}
	if !authz.Can(tx.Who(), authz.WriteRoster, authz.Of(run.AssociationID)) {
		return ImportDone{}, fault.Denied()
	}
	mark, err := rosterMark(ctx, tx, run.AssociationID)
	if err != nil {
		return ImportDone{}, err
	}
	if mark != run.RosterMark {
		return ImportDone{}, fault.New(fault.Conflict, "Danh sách hội viên đã thay đổi sau khi lập bản xem trước, nên chưa ghi gì. Xin bấm “Lập lại bản xem trước” rồi xem lại.")
	}
	a := &applying{run: run, keys: keys}
	if err := a.rows(ctx, tx); err != nil {
		return ImportDone{}, err
	}
	if err := a.finish(ctx, tx); err != nil {
		return ImportDone{}, err
	}
	return a.done, audit.Record(ctx, tx, audit.Event{Action: "import.apply", Object: "import_run", ID: int64(id), Association: run.AssociationID})
}

// applying is an import while it is executed.
type applying struct {
	run  Import
	keys *Keys
	done ImportDone
	// of every row that did something
	place   []int
	member  []ID
	changes []string
}

func (a *applying) rows(ctx context.Context, tx *db.Tx) error {
	rows, err := ImportRows(ctx, tx, a.keys, a.run.ID, "", 0, math.MaxInt32)
	if err != nil {
		return err
	}
	o, err := ImportOptions(ctx, tx, a.run.AssociationID)
	if err != nil {
		return err
	}
	p, err := openPlanner(ctx, tx, a.keys, a.run.AssociationID, o)
	if err != nil {
		return err
	}
	var fresh []Loaded
	var freshAt []int
	for i := range rows {
		switch r := &rows[i]; {
		case r.Decision == DecideSkip:
			a.done.Left++
		case r.Outcome == OutcomeNew:
			fresh, freshAt = append(fresh, a.loaded(r, p.groups)), append(freshAt, r.N)
			if r.Began == Admitted {
				a.done.Admitted++
			}
		case r.Outcome == OutcomeChanged:
			changes, err := a.change(ctx, tx, r)
			if err != nil {
				return fmt.Errorf("row %d: %w", r.Row, err)
			}
			a.note(r.N, r.Target, changes)
			a.done.Changed++
		case r.Outcome != OutcomeSame:
			a.done.Left++
		}
	}
	made, err := Load(ctx, tx, a.keys, fresh)
	if err != nil {
		return err
	}
	for i, m := range made {
		a.note(freshAt[i], m.ID, nil)
	}
	a.done.Added = len(made)
	return nil
}

func (a *applying) note(place int, id ID, changes []int64) {
	words := make([]string, len(changes))
	for i, c := range changes {
		words[i] = fmt.Sprint(c)
	}
	a.place, a.member, a.changes = append(a.place, place), append(a.member, id), append(a.changes, "{"+strings.Join(words, ",")+"}")
}

// loaded is a new member with the past that the row tells.
func (a *applying) loaded(r *ImportRow, groups map[int]GroupID) Loaded {
	l := Loaded{
		NewMember: NewMember{Association: a.run.AssociationID, Branch: r.Branch, Fields: r.Fields},
		Exempt:    r.Exempt, EndHow: r.How, Ended: r.On,
		Sentence: "Nhập từ tệp " + a.run.FileName + ", " + r.lineWords(),
	}
	l.Group = groups[r.Group]
	if r.Status == RowActive {
		l.EndHow = ""
	} else {
		a.done.Ended++
	}
	return l
}

func (r *ImportRow) lineWords() string {
	if r.Sheet == "" {
		return "dòng " + vi.Int(r.Row)
	}
	return "trang tính " + r.Sheet + ", dòng " + vi.Int(r.Row)
}

// change carries out the acts of a row on somebody of the roster, and gives the changes that undo takes back.
func (a *applying) change(ctx context.Context, tx *db.Tx, r *ImportRow) ([]int64, error) {
	var list []int64
	version := r.Version
	act := func(done Done, err error) error {
		if err != nil {
			return err
		}
		if done.Change != 0 {
			list = append(list, done.Change)
			version = 0 // the first act was checked against the plan; the others follow in this transaction
		}
		return nil
	}
	told := func(field string) bool {
		return slices.ContainsFunc(r.Changes, func(c FieldChange) bool { return c.Field == field })
	}
	if slices.ContainsFunc(r.Changes, func(c FieldChange) bool { return c.Field != FieldBranch && c.Field != FieldHow }) && r.next != nil {
		if err := act(ChangeFields(ctx, tx, a.keys, Edit{ID: r.Target, Version: version, Fields: *r.next})); err != nil {
			return nil, err
		}
	}
	why := "theo tệp " + a.run.FileName
	if told(FieldBranch) {
		if err := act(MoveBranch(ctx, tx, Act{ID: r.Target, Version: version, Reason: why}, r.Branch)); err != nil {
			return nil, err
		}
	}
	switch {
	case !told(FieldHow):
	case r.Status == RowActive:
		return list, act(ExemptFrom(ctx, tx, Act{ID: r.Target, Version: version, Reason: why}))
	default:
		a.done.Ended++
		return list, act(End(ctx, tx, Ending{Act: Act{ID: r.Target, Version: version, Day: r.On, Reason: why}, How: r.How, To: r.To}))
	}
	return list, nil
}

// finish writes what became of the rows, and closes the run. The file is kept no longer.
func (a *applying) finish(ctx context.Context, tx *db.Tx) error {
	if _, err := tx.Exec(ctx, `
		update import_row r set done = u.done, changes = u.changes::bigint[], version_after = m.version
		from unnest($2::int[], $3::bigint[], $4::text[]) u (n, done, changes) join membership m on m.id = u.done
		where r.run_id = $1 and r.n = u.n`, a.run.ID, a.place, a.member, a.changes); err != nil {
		return err
	}
	return tx.ExecOne(ctx, nil, `
		update import_run set state = 'applied', applied_at = $2, applied_by = $3, file_sealed = null, version = version + 1 where id = $1`,
		a.run.ID, tx.Now(), tx.Who().Name)
}

// UndoImport takes a whole import back, within UndoImportFor, as long as nobody worked on with what it wrote: new members
// become slips of the hand, changed ones are what they were.
func UndoImport(ctx context.Context, tx *db.Tx, keys *Keys, id ImportID) error {
	run, err := lockImport(ctx, tx, id, 0, ImportApplied)
	switch {
	case err != nil:
		return err
	case !authz.Can(tx.Who(), authz.WriteRoster, authz.Of(run.AssociationID)):
		return fault.Denied()
	case tx.Now().Sub(*run.AppliedAt) > UndoImportFor:
		return fault.New(fault.Conflict, "Đã quá 7 ngày nên không hoàn tác cả tệp được nữa. Ông/bà vẫn có thể sửa từng hồ sơ.")
	}
	if err := untouched(ctx, tx, id); err != nil {
		return err
	}
	rows, err := db.All[storedImportRow](ctx, tx, `
		select n, sheet, row, outcome, decision, membership_id, sealed, done, changes, version_after from import_row
		where run_id = $1 and done is not null order by n`, id)
	if err != nil {
		return err
	}
	sentence := "Hoàn tác lần nhập từ tệp " + run.FileName
	var fresh []ID
	for _, r := range rows {
		if r.Outcome == OutcomeNew {
			fresh = append(fresh, *r.Done)
		} else if len(r.Changes) > 0 {
			if err := takeBackImport(ctx, tx, *r.Done, r.Changes[0], sentence); err != nil {
				return err
			}
		}
	}
	if err := voidMany(ctx, tx, run.AssociationID, fresh, sentence); err != nil {
		return err
	}
	if err := tx.ExecOne(ctx, nil, `update import_run set state = 'undone', undone_at = $2, version = version + 1 where id = $1`, id, tx.Now()); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "import.undo", Object: "import_run", ID: int64(id), Association: run.AssociationID})
}

// untouched refuses when somebody changed a person after the import, or gave one of the new members an office.
func untouched(ctx context.Context, tx *db.Tx, id ImportID) error {
	names, err := db.Column[string](ctx, tx, `
		select m.full_name from import_row r join membership m on m.id = r.done
		where r.run_id = $1 and (m.version <> r.version_after
			or r.outcome = 'new' and exists (select 1 from appointment p where p.person_id = m.person_id and p.association_id = m.association_id))
		order by r.n limit 4`, id)
	if err != nil || len(names) == 0 {
		return err
	}
	who := strings.Join(names[:min(len(names), 3)], ", ")
	if len(names) > 3 {
		who += " và những người khác"
	}
	return fault.New(fault.Conflict, "Không hoàn tác cả tệp được nữa, vì sau đó hồ sơ đã được sửa tiếp hoặc đã giữ chức vụ: "+who+".")
}

// takeBackImport puts a member back to what stood before the first change of the import.
func takeBackImport(ctx context.Context, tx *db.Tx, id ID, change int64, sentence string) error {
	s, err := open(ctx, tx, id, 0)
	if err != nil {
		return err
	}
	before, err := db.Value[*snapshot](ctx, tx, `select before from member_change where ward_id = $1 and id = $2`, tx.Who().Ward, change)
	if err != nil {
		return err
	}
	if before == nil {
		return fmt.Errorf("change %d of an import has no state before it", change)
	}
	_, err = takeBack(ctx, tx, s, actEnd, before, sentence)
	return err
}

// voidMany turns members into slips of the hand, three statements for all.
func voidMany(ctx context.Context, tx *db.Tx, a AssociationID, ids []ID, sentence string) error {
	if len(ids) == 0 {
		return nil
	}
	who := tx.Who()
	if _, err := tx.Exec(ctx, `
		update membership_span set voided = true, ended_how = 'nhap_nham', ended = $2, to_day = greatest(coalesce(to_day, $3::date), from_day)
		where membership_id = any ($1) and not voided`, ids, vi.DayOf(tx.Now()), tx.Today()); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `
		update membership set status = 'mistake', ended = null, ended_how = null, version = version + 1, changed_at = $2 where id = any ($1)`, ids, tx.Now()); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		insert into member_change (ward_id, association_id, membership_id, version, at, account_id, by_name, on_behalf, act, sentence)
		select $1, $2, m.id, m.version, $3, nullif($4::bigint, 0), $5, $6, $7, $8 from membership m where m.id = any ($9)`,
		who.Ward, a, tx.Now(), who.User, who.Name, authz.OnBehalf(who, authz.Of(a)), actUndo, sentence, ids)
	return err
}
