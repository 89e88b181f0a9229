package member

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"wardportal/internal/audit"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// sealedRow is what is kept of a planned row, sealed as one text.
type sealedRow struct {
	Fields     Fields        `json:"f"`
	Number     string        `json:"id,omitempty"`
	Branch     BranchID      `json:"b,omitempty"`
	Group      int           `json:"g,omitempty"`
	Place      string        `json:"p,omitempty"`
	Status     string        `json:"s"`
	How        EndHow        `json:"h,omitempty"`
	On         vi.Date       `json:"on,omitzero"`
	To         string        `json:"to,omitempty"`
	Exempt     bool          `json:"x,omitempty"`
	Level      string        `json:"l"`
	Why        []SheetReason `json:"w,omitempty"`
	Twin       string        `json:"t,omitempty"`
	Source     string        `json:"src,omitempty"`
	Extra      [][2]string   `json:"e,omitempty"`
	Changes    []FieldChange `json:"c,omitempty"`
	Candidates []Candidate   `json:"k,omitempty"`
	Question   string        `json:"q,omitempty"`
	Version    int           `json:"v,omitempty"`
	Next       *Fields       `json:"n,omitempty"`
	NextNumber string        `json:"nid,omitempty"`
}

func (r *PlannedRow) toSealed(twin string) sealedRow {
	s := sealedRow{Fields: r.Fields, Number: r.IDNumber, Branch: r.Branch, Group: r.Group, Place: r.Place, Status: r.Status, How: r.How, On: r.On, To: r.To,
		Exempt: r.Exempt, Level: r.Level, Why: r.Why, Twin: twin, Source: r.Source, Changes: r.Changes, Candidates: r.Candidates, Question: r.Question,
		Version: r.Version, Next: r.next}
	if r.next != nil {
		s.NextNumber = r.next.IDNumber
	}
	for _, p := range r.extra {
		s.Extra = append(s.Extra, [2]string{p.key, p.value})
	}
	return s
}

// ImportRow is a stored row of a run.
type ImportRow struct {
	PlannedRow
	N            int
	Repeats      string // the row that this one repeats, as the file counts
	Done         ID
	Undo         []int64
	VersionAfter int
}

func (s sealedRow) row() PlannedRow {
	r := PlannedRow{SheetRow: SheetRow{Fields: s.Fields, Branch: s.Branch, Group: s.Group, Place: s.Place, Status: s.Status, How: s.How, On: s.On, To: s.To,
		Exempt: s.Exempt, Level: s.Level, Why: s.Why, Source: s.Source}, Changes: s.Changes, Candidates: s.Candidates, Question: s.Question, Version: s.Version, next: s.Next}
	r.IDNumber = s.Number
	if r.next != nil {
		r.next.IDNumber = s.NextNumber
	}
	for _, p := range s.Extra {
		r.extra = append(r.extra, sheetPair{p[0], p[1]})
	}
	return r
}

func writeImportRows(ctx context.Context, tx *db.Tx, keys *Keys, a AssociationID, run ImportID, rows []PlannedRow) error {
	n := len(rows)
	place, sheetNames, lines := make([]int, n), make([]string, n), make([]int, n)
	names, outcomes, warned, targets, sealed := make([]string, n), make([]string, n), make([]bool, n), make([]*ID, n), make([][]byte, n)
	decisions := make([]string, n)
	for i := range rows {
		r := &rows[i]
		twin := ""
		if r.Twin > 0 {
			twin = rowRef(&rows[r.Twin-1].SheetRow, &r.SheetRow)
		}
		var err error
		if sealed[i], err = keys.sealJSON(rowContext(run, i+1), r.toSealed(twin)); err != nil {
			return err
		}
		place[i], sheetNames[i], lines[i], names[i] = i+1, r.Sheet, r.Row, r.Name.Full()
		outcomes[i], warned[i], targets[i], decisions[i] = string(r.Outcome), r.warned(), optional(r.Target), r.Decision
	}
	_, err := tx.Exec(ctx, `
		insert into import_row (ward_id, association_id, run_id, n, sheet, row, name, outcome, warned, decision, membership_id, sealed)
		select $1, $2, $3, u.n, u.sheet, u.line, u.name, u.outcome, u.warned, u.decision, u.target, u.sealed
		from unnest($4::int[], $5::text[], $6::int[], $7::text[], $8::text[], $9::boolean[], $10::text[], $11::bigint[], $12::bytea[])
			u (n, sheet, line, name, outcome, warned, decision, target, sealed)`,
		tx.Who().Ward, a, run, place, sheetNames, lines, names, outcomes, warned, decisions, targets, sealed)
	return err
}

// warned tells whether somebody should look at a row that may go in.
func (r *PlannedRow) warned() bool {
	return r.Level == LevelWarn && (r.Outcome == OutcomeNew || r.Outcome == OutcomeChanged)
}

const runColumns = `id, association_id, by_name, on_behalf, created_at, file_name, file_hash, state, counts, mapping, roster_mark, applied_at, applied_by, undone_at,
	version, file_sealed is not null as has_file`

// GetImport reads a run; those of other associations are missing.
func GetImport(ctx context.Context, tx *db.Tx, id ImportID) (Import, error) {
	run, err := db.One[Import](ctx, tx, `select `+runColumns+` from import_run where ward_id = $1 and id = $2`, tx.Who().Ward, id)
	if err != nil {
		return Import{}, err
	}
	return run, mayImport(tx, run.AssociationID)
}

// lockImport reads a run for a change, at the version the page was opened with (0 = whatever it is), in the state wanted.
func lockImport(ctx context.Context, tx *db.Tx, id ImportID, version int, state string) (Import, error) {
	if _, err := tx.Exec(ctx, `select 1 from import_run where ward_id = $1 and id = $2 for update`, tx.Who().Ward, id); err != nil {
		return Import{}, err
	}
	run, err := GetImport(ctx, tx, id)
	switch {
	case err != nil:
		return Import{}, err
	case run.State != state && state != ImportApplied:
		return Import{}, fault.New(fault.Conflict, "Tệp này đã được ghi hoặc đã bỏ. Xin mở lại trang nhập từ tệp.")
	case run.State != state:
		return Import{}, fault.New(fault.Conflict, "Lần nhập này không hoàn tác được nữa. Xin mở lại trang để xem tình trạng hiện nay.")
	case version != 0 && run.Version != version:
		return Import{}, fault.Stale()
	}
	return run, nil
}

// RecentImports lists the newest runs of an association (0 = of all that may be seen).
func RecentImports(ctx context.Context, tx *db.Tx, a AssociationID, limit int) ([]Import, error) {
	return db.All[Import](ctx, tx, `
		select `+runColumns+` from import_run where ward_id = $1 and ($2 = 0 or association_id = $2) and state <> 'dropped' order by id desc limit $3`,
		tx.Who().Ward, a, limit)
}

// ImportRows gives rows of a run in the order of the file, after a place, by outcome ("" = all; "warned" = those to look at;
// "look" = everything that waits for a look or a decision).
func ImportRows(ctx context.Context, tx *db.Tx, keys *Keys, id ImportID, filter string, after, limit int) ([]ImportRow, error) {
	rows, err := db.All[storedImportRow](ctx, tx, `
		select n, sheet, row, outcome, decision, membership_id, sealed, done, changes, version_after from import_row
		where run_id = $1 and n > $2 and ($3 = '' or outcome = $3 or $3 = 'warned' and warned or $3 = 'skip' and decision = 'skip'
			or $3 = 'look' and decision <> 'skip' and (warned or outcome in ('ask', 'wrong')))
		order by n limit $4`, id, after, filter, limit)
	if err != nil {
		return nil, err
	}
	list := make([]ImportRow, len(rows))
	for i, r := range rows {
		if list[i], err = r.open(keys, id); err != nil {
			return nil, err
		}
	}
	return list, nil
}

type storedImportRow struct {
	N            int
	Sheet        string
	Row          int
	Outcome      Outcome
	Decision     string
	MembershipID *ID
	Sealed       []byte
	Done         *ID
	Changes      []int64
	VersionAfter *int
}

func (r storedImportRow) open(keys *Keys, run ImportID) (ImportRow, error) {
	var s sealedRow
	if err := keys.openJSON(rowContext(run, r.N), r.Sealed, &s); err != nil {
		return ImportRow{}, err
	}
	out := ImportRow{PlannedRow: s.row(), N: r.N, Repeats: s.Twin, Undo: r.Changes}
	out.Sheet, out.Row, out.Outcome, out.Decision = r.Sheet, r.Row, r.Outcome, r.Decision
	if r.MembershipID != nil {
		out.Target = *r.MembershipID
	}
	if r.Done != nil {
		out.Done = *r.Done
	}
	if r.VersionAfter != nil {
		out.VersionAfter = *r.VersionAfter
	}
	return out, nil
}

// GetImportRow reads one row of a run by its place.
func GetImportRow(ctx context.Context, tx *db.Tx, keys *Keys, id ImportID, n int) (ImportRow, error) {
	rows, err := ImportRows(ctx, tx, keys, id, "", n-1, 1)
	if err != nil {
		return ImportRow{}, err
	}
	if len(rows) == 0 || rows[0].N != n {
		return ImportRow{}, fault.Missing()
	}
	return rows[0], nil
}

// ImportCounts are the numbers of a plan as the page needs them: what would be done now, what waits for a look, what is set aside.
type ImportCounts struct {
	Look, Warned, Skipped                  int
	New, Changed, Same, Ask, Wrong, Repeat int // without those set aside
}

// CountImport counts the rows of a run.
func CountImport(ctx context.Context, tx *db.Tx, id ImportID) (ImportCounts, error) {
	return db.One[ImportCounts](ctx, tx, `
		select count(*) filter (where decision <> 'skip' and (warned or outcome in ('ask', 'wrong'))) as look, count(*) filter (where warned) as warned,
			count(*) filter (where decision = 'skip') as skipped, count(*) filter (where decision <> 'skip' and outcome = 'new') as new,
			count(*) filter (where decision <> 'skip' and outcome = 'changed') as changed, count(*) filter (where decision <> 'skip' and outcome = 'same') as same,
			count(*) filter (where decision <> 'skip' and outcome = 'ask') as ask, count(*) filter (where decision <> 'skip' and outcome = 'wrong') as wrong,
			count(*) filter (where decision <> 'skip' and outcome = 'repeat') as repeat
		from import_row where run_id = $1`, id)
}

// UnknownPlace is a branch as the file calls it that is none of the association's, and how many rows say so.
type UnknownPlace struct {
	Name string
	Rows int
}

// UnknownPlaces counts the rows of a draft whose branch is not known, by the file's own words.
func (d Draft) UnknownPlaces() []UnknownPlace {
	var list []UnknownPlace
	for _, r := range d.Rows {
		if r.Branch != 0 || r.Place == "" {
			continue
		}
		i := slices.IndexFunc(list, func(u UnknownPlace) bool { return PlaceKey(u.Name) == PlaceKey(r.Place) })
		if i < 0 {
			list = append(list, UnknownPlace{Name: r.Place})
			i = len(list) - 1
		}
		list[i].Rows++
	}
	return list
}

// Understood is how a file was understood: its sheets, and the branches that it names and the association does not have.
type Understood struct {
	Sheets []SheetDraft
	Places []UnknownPlace
}

// ImportSheets gives how the file of a run was understood.
func ImportSheets(ctx context.Context, tx *db.Tx, keys *Keys, run Import) (Understood, error) {
	sealed, err := db.Value[[]byte](ctx, tx, `select sheets_sealed from import_run where id = $1`, run.ID)
	if err != nil {
		return Understood{}, err
	}
	var u Understood
	err = keys.openJSON(fileContext(run.AssociationID), sealed, &u)
	return u, err
}

// ImportFile gives back the file of a run that is still planned.
func ImportFile(ctx context.Context, tx *db.Tx, keys *Keys, run Import) ([]byte, error) {
	sealed, err := db.Value[[]byte](ctx, tx, `select file_sealed from import_run where id = $1`, run.ID)
	if err != nil {
		return nil, err
	}
	if sealed == nil {
		return nil, fault.New(fault.Conflict, "Tệp gốc không còn được giữ. Xin chọn lại tệp.")
	}
	return keys.openBytes(fileContext(run.AssociationID), sealed)
}

// ReplanImport makes the plan anew, after the columns were corrected or because the roster changed meanwhile. Decisions about
// rows are kept where the file is read as before.
func ReplanImport(ctx context.Context, tx *db.Tx, keys *Keys, o SheetOptions, id ImportID, version int, d Draft, m ImportMapping, learned Learning) error {
	run, err := lockImport(ctx, tx, id, version, ImportPlanned)
	if err != nil {
		return err
	}
	p, err := openPlanner(ctx, tx, keys, run.AssociationID, o)
	if err != nil {
		return err
	}
	rows := p.plan(d.Rows)
	mark, err := rosterMark(ctx, tx, run.AssociationID)
	if err != nil {
		return err
	}
	sheets, err := keys.sealJSON(fileContext(run.AssociationID), Understood{d.Sheets, d.UnknownPlaces()})
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `delete from import_row where run_id = $1`, id); err != nil {
		return err
	}
	if err := writeImportRows(ctx, tx, keys, run.AssociationID, id, rows); err != nil {
		return err
	}
	return tx.ExecOne(ctx, nil, `
		update import_run set mapping = $2, learned = $3, counts = $4, roster_mark = $5, sheets_sealed = $6, version = version + 1 where id = $1`,
		id, m, learned, tally(rows), mark, sheets)
}

// DropImport sets a planned file aside; KeepImport takes that back as long as the plan is there.
func DropImport(ctx context.Context, tx *db.Tx, id ImportID) error {
	return turnImport(ctx, tx, id, ImportPlanned, ImportDropped, "import.drop")
}

// KeepImport goes on with a file that was set aside.
func KeepImport(ctx context.Context, tx *db.Tx, id ImportID) error {
	return turnImport(ctx, tx, id, ImportDropped, ImportPlanned, "import.keep")
}

func turnImport(ctx context.Context, tx *db.Tx, id ImportID, from, to, action string) error {
	run, err := lockImport(ctx, tx, id, 0, from)
	switch {
	case err != nil:
		return err
	case !run.HasFile:
		return fault.New(fault.Conflict, "Tệp này không còn được giữ. Xin chọn lại tệp.")
	}
	if err := tx.ExecOne(ctx, nil, `update import_run set state = $2, version = version + 1 where id = $1`, id, to); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: action, Object: "import_run", ID: int64(id), Association: run.AssociationID})
}

// How long a file that was never written is kept: set aside, or left lying.
const (
	keepDropped = 24 * time.Hour
	keepPlanned = 30 * 24 * time.Hour
)

// forgetOld takes away the files and rows of the association that nobody went on with: they are full of people.
func forgetOld(ctx context.Context, tx *db.Tx, a AssociationID) error {
	old, err := db.Column[ImportID](ctx, tx, `
		update import_run set state = 'dropped', file_sealed = null, version = version + 1
		where association_id = $1 and file_sealed is not null and (state = 'dropped' and created_at < $2 or state = 'planned' and created_at < $3) returning id`,
		a, tx.Now().Add(-keepDropped), tx.Now().Add(-keepPlanned))
	if err != nil || len(old) == 0 {
		return err
	}
	_, err = tx.Exec(ctx, `delete from import_row where run_id = any ($1)`, old)
	return err
}

// RowCorrection is what somebody mends in a row, or decides about it. A decision alone leaves the fields.
type RowCorrection struct {
	Decision string
	Fields   *Fields // nil = as they are; IDNumber "" leaves the file's
	Branch   BranchID
	Status   string
	On       vi.Date
}

// CorrectRows writes decisions and corrected fields into the plan, by place in the file, and says anew what the rows will do.
// A correction that the form refuses stops all of them.
func CorrectRows(ctx context.Context, tx *db.Tx, keys *Keys, o SheetOptions, id ImportID, corrections map[int]RowCorrection) error {
	run, err := lockImport(ctx, tx, id, 0, ImportPlanned)
	if err != nil {
		return err
	}
	p, err := openPlanner(ctx, tx, keys, run.AssociationID, o)
	if err != nil {
		return err
	}
	for _, n := range slices.Sorted(maps.Keys(corrections)) {
		if err := correctRow(ctx, tx, keys, o, p, id, n, corrections[n]); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `
		update import_run set version = version + 1,
			counts = (select coalesce(jsonb_object_agg(c.outcome, c.n), '{}') from (select outcome, count(*) as n from import_row where run_id = $1 group by outcome) c)
		where id = $1`, id)
	return err
}

func correctRow(ctx context.Context, tx *db.Tx, keys *Keys, o SheetOptions, p *planner, id ImportID, n int, c RowCorrection) error {
	row, err := GetImportRow(ctx, tx, keys, id, n)
	if err != nil {
		return err
	}
	r := row.PlannedRow
	if err := r.correct(c, o); err != nil {
		return err
	}
	if r.Decision = c.Decision; r.Decision != DecideSkip { // of a row set aside it stays to be seen what it would have done
		p.decide(&r, n)
	}
	sealed, err := keys.sealJSON(rowContext(id, n), r.toSealed(row.Repeats))
	if err != nil {
		return err
	}
	return tx.ExecOne(ctx, nil, `
		update import_row set name = $3, outcome = $4, warned = $5, decision = $6, membership_id = $7, sealed = $8 where run_id = $1 and n = $2`,
		id, n, r.Name.Full(), r.Outcome, r.warned(), r.Decision, optional(r.Target), sealed)
}

// correct lays corrected fields over the row and checks them like a form; a row that is right then is wrong no more.
func (r *PlannedRow) correct(c RowCorrection, o SheetOptions) error {
	if c.Branch != 0 {
		r.Branch, r.Place = c.Branch, ""
		r.Group = 0
		for _, p := range o.Places {
			if p.ID == c.Branch && len(p.Groups) == 1 {
				r.Group = p.Groups[0]
			}
		}
	}
	if c.Fields == nil {
		return nil
	}
	number := r.IDNumber
	profile, class, alias := r.Profile, r.Class, r.Alias
	r.Fields = *c.Fields
	r.Profile, r.Class, r.Began = profile, class, Listed
	if r.Alias == "" {
		r.Alias = alias
	}
	r.clean()
	if err := r.check(o.Kind, o.Today).Err(); err != nil {
		return err
	}
	r.Began = ""
	if strings.TrimSpace(r.IDNumber) == "" {
		r.IDNumber = number
	} else if id, err := vi.ParseID(r.IDNumber); err == nil {
		r.IDNumber = id.Number
	}
	if c.Status != "" {
		r.Status, r.On = c.Status, c.On
		r.How = map[string]EndHow{RowDeceased: Died, RowMoved: MovedAway, RowLeft: Resigned}[c.Status]
		if err := pastDay(c.On, o.Today); err != nil {
			return fault.At(FieldDay, err.Error())
		}
	}
	r.Level, r.Why, r.Twin = LevelOK, nil, 0
	return nil
}

// ImportStale tells whether the roster changed since the plan of a run was made.
func ImportStale(ctx context.Context, tx *db.Tx, run Import) (bool, error) {
	mark, err := rosterMark(ctx, tx, run.AssociationID)
	return mark != run.RosterMark, err
}

// RecordImportExport writes down that the rows of a run leave the portal as a file.
func RecordImportExport(ctx context.Context, tx *db.Tx, run Import) error {
	return audit.Record(ctx, tx, audit.Event{Action: "import.export", Object: "import_run", ID: int64(run.ID), Association: run.AssociationID})
}
