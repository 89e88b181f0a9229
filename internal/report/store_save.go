package report

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/association"
	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

var _ = []struct{}{
	db.Explain("report_note_body_length", "", "Lời giải thích dài nhất 2.000 ký tự."),
	db.Explain("report_text_body_length", "", "Mỗi phần văn bản dài nhất 20.000 ký tự."),
	db.Explain("report_value_note_length", "", "Mỗi ghi chú dài nhất 1.000 ký tự."),
	db.Explain("report_paper_number_length", FieldPaperNo, "Số ký hiệu dài nhất 60 ký tự."),
	db.Explain("report_paper_signer_length", FieldPaperNo, "Tên người ký dài nhất 120 ký tự."),
	db.Explain("report_rating_length", keyRating, "Xếp loại dài nhất 60 ký tự."),
}

// Saved is what a save came to.
type Saved struct {
	ID      ID
	Version int // to post next
	State   State
	Changed int // cells that are different now
}

// Save keeps what was typed: a draft, an autosave, or the last word before submission. What others saved meanwhile in other
// cells stays; a cell that both changed differently is a Conflict, and Clashes then gives the three columns.
func Save(ctx context.Context, tx *db.Tx, in Input) (Saved, error) {
	s, err := lockReport(ctx, tx, in.Year, in.Association, authz.WriteReport)
	if err != nil {
		return Saved{}, err
	}
	if !s.Editing.Open() {
		return Saved{}, s.Editing.Lock.Fault()
	}
	now, mine := s.cells(), in.cells()
	opened, err := cellsAt(ctx, tx, s, in.Version)
	if err != nil {
		return Saved{}, err
	}
	apply, clashes := merge(opened, mine, now)
	if len(clashes) > 0 {
		return Saved{}, fault.Stale()
	}
	if err := s.admit(apply, in, authz.Can(tx.Who(), authz.ReviewReport, authz.Scope{})); err != nil {
		return Saved{}, err
	}
	reworded := in.reworded(s)
	if in.Paper != nil {
		if err := checkPaper(ctx, tx, in.Paper, false); err != nil {
			return Saved{}, err
		}
	}
	if len(apply) == 0 && !reworded && (in.Paper == nil || *in.Paper == s.Report.Paper) {
		return Saved{ID: s.Report.ID, Version: s.Report.Version, State: s.Report.State}, nil
	}
	return s.write(ctx, tx, in, now, apply)
}

// reworded tells whether an explanation that stayed the same was given again for what its finding says now.
func (in Input) reworded(s Sheet) bool {
	for key, e := range in.Explanations {
		if old := s.Explanations[key]; e.Text != "" && vi.CleanMultiline(e.Text) == old.Text && vi.Clean(e.About) != old.About {
			return true
		}
	}
	return false
}

// lockReport loads a report for an act: it is there (made if the association came after the campaign), locked, and open to the act.
func lockReport(ctx context.Context, tx *db.Tx, year int, a association.ID, action authz.Action) (Sheet, error) {
	who := tx.Who()
	if !authz.Can(who, authz.ReadReport, authz.Of(a)) {
		return Sheet{}, fault.Missing()
	}
	if !authz.Can(who, action, authz.Of(a)) {
		return Sheet{}, fault.Denied()
	}
	there, err := lockRow(ctx, tx, year, a)
	if err != nil {
		return Sheet{}, err
	}
	if !there && authz.Can(who, authz.WriteReport, authz.Of(a)) {
		if _, err := tx.Exec(ctx, `
			insert into report (ward_id, campaign_id, association_id)
			select ward_id, id, $3 from campaign where ward_id = $1 and year = $2 and period = $4
			on conflict do nothing`, who.Ward, year, a, annual); err != nil {
			return Sheet{}, err
		}
		if there, err = lockRow(ctx, tx, year, a); err != nil {
			return Sheet{}, err
		}
	}
	if !there {
		return Sheet{}, fault.Missing()
	}
	return read(ctx, tx, year, a)
}

// lockRow locks the report's row. Lock first and read after: a statement that waits for a lock would otherwise go on with
// the row as it was before.
func lockRow(ctx context.Context, tx *db.Tx, year int, a association.ID) (there bool, err error) {
	n, err := tx.Exec(ctx, `
		select 1 from report r join campaign c on c.id = r.campaign_id
		where r.ward_id = $1 and r.association_id = $3 and r.branch_id is null and c.year = $2 and c.period = $4 for update of r`,
		tx.Who().Ward, year, a, annual)
	return n > 0, err
}

// cellsAt gives the cells as they stood at a version: today's, with every later change taken back.
func cellsAt(ctx context.Context, tx *db.Tx, s Sheet, version int) (edits, error) {
	cells := s.cells()
	if version == s.Report.Version || s.Report.ID == 0 {
		return cells, nil
	}
	if version < 0 || version > s.Report.Version {
		return nil, fault.Stale()
	}
	changes, err := db.Column[edits](ctx, tx, `
		select before from report_change where ward_id = $1 and report_id = $2 and version > $3 and before is not null order by id desc`,
		tx.Who().Ward, s.Report.ID, version)
	if err != nil {
		return nil, err
	}
	for _, before := range changes {
		for key, content := range before {
			cells[key] = content
		}
	}
	return cells, nil
}

// AtVersion gives the report's cells by key as they stood at a version (KeyLabel and CellText make them readable).
func AtVersion(ctx context.Context, tx *db.Tx, year int, a association.ID, version int) (map[string]string, error) {
	s, err := read(ctx, tx, year, a)
	if err != nil {
		return nil, err
	}
	return cellsAt(ctx, tx, s, version)
}

// Clashes gives the cells for the page of three columns after Save said Conflict. Everything else of the input can be
// posted again as it is, with the report's version of now.
func Clashes(ctx context.Context, tx *db.Tx, in Input) ([]Clash, error) {
	s, err := read(ctx, tx, in.Year, in.Association)
	if err != nil {
		return nil, err
	}
	opened, err := cellsAt(ctx, tx, s, in.Version)
	if err != nil {
		return nil, err
	}
	now, mine := s.cells(), in.cells()
	_, keys := merge(opened, mine, now)
	type author struct {
		Key    string
		ByName string
		At     time.Time
	}
	authors, err := db.All[author](ctx, tx, `
		select distinct on (k.key) k.key, g.by_name, g.at
		from report_change g, jsonb_object_keys(g.after) k (key)
		where g.ward_id = $1 and g.report_id = $2 and g.version > $3 and k.key = any ($4) order by k.key, g.id desc`,
		tx.Who().Ward, s.Report.ID, in.Version, keys)
	if err != nil {
		return nil, err
	}
	list := make([]Clash, len(keys))
	for i, key := range keys {
		list[i] = Clash{Key: key, Label: KeyLabel(key), Opened: CellText(key, opened[key]), Mine: CellText(key, mine[key]), Now: CellText(key, now[key])}
		if j := slices.IndexFunc(authors, func(a author) bool { return a.Key == key }); j >= 0 {
			list[i].ByName, list[i].At = authors[j].ByName, authors[j].At
		}
	}
	return list, nil
}

// write applies the cells, moves the report on and notes what happened.
func (s *Sheet) write(ctx context.Context, tx *db.Tx, in Input, now, apply edits) (Saved, error) {
	move, _, lock := s.Situation.Try(ActSave)
	if lock != nil {
		return Saved{}, lock.Fault()
	}
	version := s.Report.Version + 1
	b := &pgx.Batch{}
	if err := s.queueCells(b, tx, in, apply, version); err != nil {
		return Saved{}, err
	}
	paper := s.Report.Paper
	if in.Paper != nil {
		paper = *in.Paper
	}
	behalf := authz.OnBehalf(tx.Who(), authz.Of(s.Association.ID))
	final, rating := s.Report.Final, s.Report.Rating
	if content, ok := apply[keyFinal]; ok {
		final = content == "1"
	}
	if content, ok := apply[keyRating]; ok {
		rating = content
	}
	b.Queue(`
		update report set state = @state, version = @version, final = @final, rating = @rating,
		  on_behalf = on_behalf or @behalf, typed_name = case when @behalf then @name else typed_name end,
		  stance = case when @behalf then '' else stance end,
		  paper_date = @paper_date, paper_media = @paper_media, paper_number = @paper_number, paper_signer = @paper_signer
		where id = @id and version = @version - 1`, pgx.NamedArgs{
		"id": s.Report.ID, "version": version, "state": move.To, "final": final, "rating": rating, "behalf": behalf, "name": tx.Who().Name,
		"paper_date": paper.Date, "paper_media": paper.Media, "paper_number": paper.Number, "paper_signer": paper.Signer,
	})
	before := edits{}
	for key := range apply {
		before[key] = now[key]
	}
	s.queueChange(b, tx, string(ActSave), editedSentence(apply), version, before, apply)
	if err := tx.Batch(ctx, b); err != nil {
		return Saved{}, err
	}
	err := audit.Record(ctx, tx, audit.Event{Action: "report.save", Object: "report", ID: int64(s.Report.ID), Association: s.Association.ID, Fields: fieldsOf(apply)})
	return Saved{ID: s.Report.ID, Version: version, State: move.To, Changed: len(apply)}, err
}

func fieldsOf(apply edits) []string {
	var list []string
	for key := range apply {
		list = append(list, key)
	}
	slices.Sort(list)
	return list
}

// queueCells writes each kind of cell to its table.
func (s *Sheet) queueCells(b *pgx.Batch, tx *db.Tx, in Input, apply edits, version int) error {
	args := func(more pgx.NamedArgs) pgx.NamedArgs {
		more["ward"], more["association"], more["report"], more["version"] = tx.Who().Ward, s.Association.ID, s.Report.ID, version
		return more
	}
	for key, content := range apply {
		prefix, rest := cutKey(key)
		switch prefix {
		case "":
			answer, n := in.Values[key].Columns()
			b.Queue(`
				insert into report_value (ward_id, association_id, report_id, code, answer, number, version)
				values (@ward, @association, @report, @code, @answer, @number, @version)
				on conflict (report_id, code) do update set answer = excluded.answer, number = excluded.number, version = excluded.version`,
				args(pgx.NamedArgs{"code": key, "answer": answer, "number": n}))
		case notePrefix:
			b.Queue(`
				insert into report_value (ward_id, association_id, report_id, code, answer, note, version)
				values (@ward, @association, @report, @code, '', @note, @version)
				on conflict (report_id, code) do update set note = excluded.note, version = excluded.version`,
				args(pgx.NamedArgs{"code": rest, "note": content}))
		case textPrefix:
			var slot Slot
			if err := slot.UnmarshalText([]byte(rest)); err != nil {
				return err
			}
			b.Queue(`
				insert into report_text (ward_id, association_id, report_id, section, slot, body, basis, version)
				values (@ward, @association, @report, @section, @slot, @body, @basis, @version)
				on conflict (report_id, section, slot) do update set body = excluded.body, basis = excluded.basis, version = excluded.version`,
				args(pgx.NamedArgs{"section": slot.Section, "slot": slot.Index, "body": content, "basis": s.basisAfter(slot, in)}))
		case targetPrefix:
			s.queueTarget(b, rest, in.NextTargets[rest], args)
		}
	}
	for key, e := range in.Explanations {
		_, changed := apply[ExplainField(key)]
		if changed || (e.Text != "" && vi.CleanMultiline(e.Text) == s.Explanations[key].Text) {
			s.queueExplanation(b, key, e, args)
		}
	}
	return nil
}

// basisAfter is what the proposed sentences of the chapter stand on once the figures of the input are in.
func (s *Sheet) basisAfter(slot Slot, in Input) string {
	values := map[string]Value{}
	for code, v := range s.Values {
		values[code] = v
	}
	for code, v := range in.Values {
		values[code] = v
	}
	story := s.story()
	story.Values = Fill(s.Rows, values)
	return basisOf(Tell(story), slot)
}

func (s *Sheet) queueTarget(b *pgx.Batch, code string, v Value, args func(pgx.NamedArgs) pgx.NamedArgs) {
	n, ok := v.Int()
	next := s.Campaign.Year + 1
	if !ok {
		b.Queue(`delete from report_target where ward_id = @ward and association_id = @association and year = @year and code = @code`,
			args(pgx.NamedArgs{"year": next, "code": code}))
		return
	}
	b.Queue(`
		insert into report_target (ward_id, association_id, year, code, number, report_id, version)
		values (@ward, @association, @year, @code, @number, @report, @version)
		on conflict (association_id, year, code) do update set number = excluded.number, report_id = excluded.report_id, version = excluded.version`,
		args(pgx.NamedArgs{"year": next, "code": code, "number": n}))
}

func (s *Sheet) queueExplanation(b *pgx.Batch, key string, e Explanation, args func(pgx.NamedArgs) pgx.NamedArgs) {
	text := vi.CleanMultiline(e.Text)
	old := s.Explanations[key]
	switch {
	case text == old.Text && (vi.Clean(e.About) == old.About || text == ""):
	case text == "":
		b.Queue(`delete from report_note where ward_id = @ward and report_id = @report and finding = @finding`, args(pgx.NamedArgs{"finding": key}))
	default:
		b.Queue(`
			insert into report_note (ward_id, association_id, report_id, finding, about, body, version)
			values (@ward, @association, @report, @finding, @about, @body, @version)
			on conflict (report_id, finding) do update set about = excluded.about, body = excluded.body, version = excluded.version`,
			args(pgx.NamedArgs{"finding": key, "about": vi.Clean(e.About), "body": text}))
	}
}

// queueChange adds one sentence to the timeline; before and after are nil where no cell changed.
func (s *Sheet) queueChange(b *pgx.Batch, tx *db.Tx, action, sentence string, version int, before, after edits) {
	who := tx.Who()
	var was, is any
	if len(after) > 0 {
		was, is = before, after
	}
	b.Queue(`
		insert into report_change (ward_id, association_id, report_id, version, at, account_id, by_name, on_behalf, action, sentence, before, after)
		values (@ward, @association, @report, @version, @at, nullif(@user::bigint, 0), @name, @behalf, @action, @sentence, @before, @after)`,
		pgx.NamedArgs{
			"ward": who.Ward, "association": s.Association.ID, "report": s.Report.ID, "version": version, "at": tx.Now(), "user": who.User, "name": who.Name,
			"behalf": authz.OnBehalf(who, authz.Of(s.Association.ID)), "action": action, "sentence": sentence, "before": was, "after": is,
		})
}

// checkPaper cleans what was said about the signed paper; needed also asks for it.
func checkPaper(ctx context.Context, tx *db.Tx, p *Paper, needed bool) error {
	p.Number, p.Signer = vi.Clean(p.Number), vi.Clean(p.Signer)
	var problems fault.Problems
	if p.Date != nil {
		d := dateOnly(*p.Date)
		p.Date = &d
		if d.After(tx.Today()) {
			problems.Add(FieldPaperDate, "Ngày trên bản giấy không thể sau hôm nay.")
		}
	}
	if needed && p.Date == nil {
		problems.Add(FieldPaperDate, "Ông/bà ghi ngày trên bản giấy đã ký.")
	}
	if needed && !p.Named() {
		problems.Add(FieldPaperNo, "Ông/bà đính kèm ảnh bản giấy, hoặc ghi số ký hiệu và người ký.")
	}
	if p.Media != nil {
		// A photo that may not be seen is as good as none: row-level security answers.
		there, err := db.Value[bool](ctx, tx, `select exists (select 1 from media where ward_id = $1 and id = $2 and purpose = 'record')`, tx.Who().Ward, *p.Media)
		if err != nil {
			return err
		}
		if !there {
			problems.Add(FieldPaperPhoto, "Không tìm thấy ảnh bản giấy. Ông/bà chọn lại ảnh.")
		}
	}
	return problems.Err()
}

// Snapshot reads an immutable copy; NotFound when it is not the report's.
func Snapshot(ctx context.Context, tx *db.Tx, year int, a association.ID, mark int64) (Copy, error) {
	if !authz.Can(tx.Who(), authz.ReadReport, authz.Of(a)) {
		return Copy{}, fault.Missing()
	}
	row, err := db.One[struct {
		ID      int64
		Version int
		Action  Action
		At      time.Time
		ByName  string
		Body    []byte
	}](ctx, tx, `
		select p.id, p.version, p.action, p.at, p.by_name, p.body from report_snapshot p
		join report r on r.id = p.report_id join campaign c on c.id = r.campaign_id
		where p.ward_id = $1 and p.id = $2 and p.association_id = $3 and c.year = $4 and c.period = $5`, tx.Who().Ward, mark, a, year, annual)
	if err != nil {
		return Copy{}, err
	}
	var c Copy
	if err := json.Unmarshal(row.Body, &c); err != nil {
		return Copy{}, fmt.Errorf("report copy %d: %w", mark, err)
	}
	c.Mark = Mark{row.ID, row.Version, row.Action, row.At, row.ByName}
	return c, nil
}

func (s *Sheet) queueSnapshot(b *pgx.Batch, tx *db.Tx, action Action, version int) error {
	body, err := json.Marshal(s.copy())
	if err != nil {
		return err
	}
	b.Queue(`
		insert into report_snapshot (ward_id, association_id, report_id, version, action, at, by_name, body)
		values (@ward, @association, @report, @version, @action, @at, @name, @body)`,
		pgx.NamedArgs{
			"ward": tx.Who().Ward, "association": s.Association.ID, "report": s.Report.ID, "version": version, "action": action, "at": tx.Now(),
			"name": tx.Who().Name, "body": body,
		})
	return nil
}

// reasonText cleans a written reason.
func reasonText(s string) string { return strings.TrimSpace(vi.CleanMultiline(s)) }
