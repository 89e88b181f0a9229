package report

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/association"
	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// Act is a move with one button: on which report, at which version it was seen, and why.
type Act struct {
	Year        int
	Association association.ID
	Version     int
	Reason      string // where the move asks for one
}

// Submission is the move that sends a report.
type Submission struct {
	Act
	Paper  *Paper // the signed paper; asked of a secretary and of the ward
	Final  *bool
	Blanks Answer // NoData or Nothing answers every empty row of the first page; Blank leaves them to be asked about
}

// step is one move under way: the report as it is, locked, and the move that is possible.
type step struct {
	act     Act
	action  Action
	sheet   Sheet
	move    Move
	stamped bool
	set     []string           // further assignments of the update
	args    pgx.NamedArgs      // and what they take
	extra   []func(*pgx.Batch) // further statements of the same round trip
}

// permission is what the table of rights asks for each move.
func permission(action Action) authz.Action {
	switch action {
	case ActStart, ActSave, ActResume:
		return authz.WriteReport
	case ActSubmit, ActWithdraw, ActConfirm, ActObject:
		return authz.SubmitReport
	default:
		return authz.ReviewReport
	}
}

// begin loads and locks the report and asks the workflow. done tells that the very same move was just made by the same
// person: a second tap on the button is answered like the first and changes nothing.
func begin(ctx context.Context, tx *db.Tx, act Act, action Action) (st *step, done bool, err error) {
	s, err := lockReport(ctx, tx, act.Year, act.Association, permission(action))
	if err != nil {
		return nil, false, err
	}
	if h := s.History; len(h) > 0 && act.Version == s.Report.Version-1 && h[0].Version == s.Report.Version && h[0].Action == string(action) && h[0].ByName == tx.Who().Name {
		return nil, true, nil
	}
	move, stamped, lock := s.Situation.Try(action)
	if lock != nil {
		return nil, false, lock.Fault()
	}
	if act.Version != s.Report.Version {
		return nil, false, fault.Stale()
	}
	act.Reason = reasonText(act.Reason)
	if move.Reason && act.Reason == "" && action != ActReturn {
		return nil, false, fault.At(FieldReason, "Ông/bà ghi lý do.")
	}
	if len([]rune(act.Reason)) > 2000 {
		return nil, false, fault.At(FieldReason, "Lý do dài nhất 2.000 ký tự.")
	}
	return &step{act: act, action: action, sheet: s, move: move, stamped: stamped, args: pgx.NamedArgs{}}, false, nil
}

// finish writes the new state, its copy, its sentence and its record.
func (st *step) finish(ctx context.Context, tx *db.Tx, sentence string) error {
	version := st.act.Version + 1
	b := &pgx.Batch{}
	args := pgx.NamedArgs{
		"id": st.sheet.Report.ID, "state": st.move.To, "version": version, "now": tx.Now(), "user": tx.Who().User, "name": tx.Who().Name, "reason": st.act.Reason,
	}
	maps.Copy(args, st.args)
	sql := strings.Join(append([]string{`update report set state = @state, version = @version`}, st.set...), ", ") + ` where id = @id and version = @version - 1`
	b.Queue(sql, args)
	for _, queue := range st.extra {
		queue(b)
	}
	if st.move.Snapshot {
		if err := st.sheet.queueSnapshot(b, tx, st.action, version); err != nil {
			return err
		}
	}
	st.sheet.queueChange(b, tx, string(st.action), sentence, version, nil, nil)
	if err := tx.Batch(ctx, b); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{
		Action: "report." + string(st.action), Object: "report", ID: int64(st.sheet.Report.ID), Association: st.act.Association, Reason: st.act.Reason,
	})
}

// Submit sends the report. It is refused while findings block, rows of the first page are empty or a warning has no
// explanation: Invalid, each complaint at its form field. A copy is kept.
func Submit(ctx context.Context, tx *db.Tx, in Submission) error {
	if in.Blanks != Blank {
		var err error
		if in.Act, err = fillBlanks(ctx, tx, in); err != nil {
			return err
		}
	}
	st, done, err := begin(ctx, tx, in.Act, ActSubmit)
	if err != nil || done {
		return err
	}
	s := &st.sheet
	if in.Final != nil && *in.Final != s.Report.Final {
		s.Report.Final = *in.Final
		s.From, s.To = s.Calendar.FlowPeriod(s.From.AddDate(0, 0, -1), s.Report.Final)
	}
	if in.Paper != nil {
		s.Report.Paper = *in.Paper
	}
	var p fault.Problems
	needed := st.move.NeedsPaper(s.Situation.Role) && !tx.Who().IsSystem()
	if err := p.Merge(checkPaper(ctx, tx, &s.Report.Paper, needed)); err != nil {
		return err
	}
	if err := s.judge(ctx, tx); err != nil {
		return err
	}
	for _, f := range s.Obstacles() {
		p.Add(f.Name, f.Message)
	}
	if err := p.Err(); err != nil {
		return err
	}
	behalf := authz.OnBehalf(tx.Who(), authz.Of(in.Association))
	s.Report.OnBehalf = behalf
	st.set = []string{
		`final = @final`, `submitted_at = @now`, `submitted_by = nullif(@user::bigint, 0)`, `submitted_name = @name`, `on_behalf = @behalf`,
		`typed_name = case when @behalf then @name else typed_name end`, `stance = ''`, `stance_at = null`, `stance_name = ''`, `stance_note = ''`,
		`paper_date = @paper_date`, `paper_media = @paper_media`, `paper_number = @paper_number`, `paper_signer = @paper_signer`,
	}
	paper := s.Report.Paper
	st.args = pgx.NamedArgs{
		"final": s.Report.Final, "behalf": behalf, "paper_date": paper.Date, "paper_media": paper.Media, "paper_number": paper.Number, "paper_signer": paper.Signer,
	}
	st.extra = append(st.extra, func(b *pgx.Batch) {
		b.Queue(`update report_flag set resolved = true where ward_id = @ward and report_id = @id and not resolved`, pgx.NamedArgs{"ward": tx.Who().Ward, "id": s.Report.ID})
	})
	return st.finish(ctx, tx, s.submitSentence(behalf, s.Calendar.Timeliness(tx.Now())))
}

func (s Sheet) submitSentence(behalf bool, timeliness string) string {
	what := "Nộp báo cáo"
	if s.Report.Amendment > 0 {
		what = fmt.Sprintf("Nộp bản điều chỉnh lần %d", s.Report.Amendment)
		timeliness = ""
	}
	if behalf {
		what += " thay hội, theo bản giấy"
		if p := s.Report.Paper; p.Date != nil {
			what += " ngày " + dayText(*p.Date)
		}
	}
	what += ", " + finalWord(s.Report.Final)
	if timeliness != "" {
		what += ", " + timeliness
	}
	return what
}

// fillBlanks answers every empty row of the first page with the same word, as a save of its own.
func fillBlanks(ctx context.Context, tx *db.Tx, in Submission) (Act, error) {
	if in.Blanks == Number {
		return in.Act, fault.New(fault.Invalid, "Ô trống chỉ điền được “không phát sinh”, “không có số liệu” hoặc “không áp dụng”.")
	}
	s, err := lockReport(ctx, tx, in.Year, in.Association, authz.SubmitReport)
	if err != nil {
		return in.Act, err
	}
	blanks := s.blanks()
	if len(blanks) == 0 || in.Version != s.Report.Version {
		return in.Act, nil // nothing to fill, or stale: the move itself says so
	}
	values := map[string]Value{}
	for _, ind := range blanks {
		values[ind.Code] = Say(in.Blanks)
	}
	saved, err := Save(ctx, tx, Input{Year: in.Year, Association: in.Association, Version: in.Version, Values: values})
	in.Version = saved.Version
	return in.Act, err
}

// Return sends the report back. Flags are reasons on fields (indicators or chapters); while they stand only those fields
// are open. Act.Reason is a general word; one of both is needed.
func Return(ctx context.Context, tx *db.Tx, act Act, flags map[string]string) error {
	st, done, err := begin(ctx, tx, act, ActReturn)
	if err != nil || done {
		return err
	}
	var p fault.Problems
	codes := slices.SortedFunc(maps.Keys(flags), byForm)
	var kept, reasons, names []string
	for _, code := range codes {
		reason := reasonText(flags[code])
		_, chapter := SectionByID(SectionID(code))
		_, row := st.sheet.row(code)
		switch {
		case reason == "":
			continue
		case !chapter && !row:
			p.Add(code, sayUnknown)
		case len([]rune(reason)) > 1000:
			p.Add(code, "Góp ý dài nhất 1.000 ký tự.")
		}
		kept, reasons, names = append(kept, code), append(reasons, reason), append(names, flagName(code))
	}
	if len(kept) == 0 && st.act.Reason == "" {
		p.Add(FieldReason, "Ông/bà ghi lý do trả lại, hoặc góp ý vào từng ô.")
	}
	if err := p.Err(); err != nil {
		return err
	}
	st.set = []string{`returned_at = @now`, `returned_name = @name`, `return_note = @reason`}
	st.extra = append(st.extra, func(b *pgx.Batch) {
		b.Queue(`
			insert into report_flag (ward_id, association_id, report_id, code, reason, at, by_name)
			select @ward, @association, @report, u.code, u.reason, @now, @name from unnest(@codes::text[], @reasons::text[]) as u (code, reason)`,
			pgx.NamedArgs{
				"ward": tx.Who().Ward, "association": act.Association, "report": st.sheet.Report.ID, "now": tx.Now(), "name": tx.Who().Name, "codes": kept, "reasons": reasons,
			})
	})
	sentence := "Trả lại báo cáo"
	if len(names) > 0 {
		sentence += fmt.Sprintf(", góp ý %d ô: %s", len(names), strings.Join(names[:min(3, len(names))], ", "))
	}
	if st.act.Reason != "" {
		sentence += ". " + st.act.Reason
	}
	return st.finish(ctx, tx, sentence)
}

func flagName(code string) string {
	if section, ok := SectionByID(SectionID(code)); ok {
		return section.Ref()
	}
	return labelOf(code)
}

// Accept takes the report over. Who sent it must not accept it, except where the ward has one officer: stamped. A copy is kept.
func Accept(ctx context.Context, tx *db.Tx, act Act) error {
	st, done, err := begin(ctx, tx, act, ActAccept)
	if err != nil || done {
		return err
	}
	// What is kept beside the figures is what the books say today.
	if err := st.sheet.judge(ctx, tx); err != nil {
		return err
	}
	st.set = []string{
		`accepted_at = @now`, `accepted_by = nullif(@user::bigint, 0)`, `accepted_name = @name`, `sole_official = @sole`, `amended_closed = false`,
	}
	st.args["sole"] = st.stamped
	sentence := "Tiếp nhận báo cáo"
	if st.sheet.Report.Amendment > 0 {
		sentence = fmt.Sprintf("Tiếp nhận bản điều chỉnh lần %d", st.sheet.Report.Amendment)
	}
	if st.stamped {
		sentence += " (phường chỉ có một cán bộ theo dõi hội, người nhập thay tự tiếp nhận)"
	}
	return st.finish(ctx, tx, sentence)
}

// simple are the moves that only change the state: their sentence, and what else they set.
var simple = map[Action]struct {
	sentence string
	set      []string
}{
	ActStart:         {"Bắt đầu nhập báo cáo", nil},
	ActResume:        {"Sửa báo cáo theo góp ý", nil},
	ActWithdraw:      {"Rút báo cáo lại để sửa", []string{`submitted_at = null`, `submitted_by = null`}},
	ActUnaccept:      {"Bỏ tiếp nhận", []string{`accepted_at = null`, `accepted_by = null`, `accepted_name = ''`, `sole_official = false`}},
	ActReopen:        {"Mở lại cho sửa", []string{`accepted_at = null`, `accepted_by = null`, `accepted_name = ''`, `sole_official = false`, `returned_at = @now`, `returned_name = @name`, `return_note = @reason`}},
	ActConsolidate:   {"Đưa vào bảng tổng hợp", nil},
	ActUnconsolidate: {"Đưa ra khỏi bảng tổng hợp", nil},
	ActAmend: {"Lập bản điều chỉnh", []string{
		`amendment = amendment + 1`, `amended_closed = true`, `accepted_at = null`, `accepted_by = null`, `accepted_name = ''`, `sole_official = false`,
		`submitted_at = null`, `submitted_by = null`,
	}},
	ActConfirm: {"Xác nhận số liệu phường nhập thay", []string{`stance = 'confirmed'`, `stance_at = @now`, `stance_name = @name`, `stance_note = ''`}},
	ActObject:  {"Không đồng ý số liệu phường nhập thay", []string{`stance = 'objected'`, `stance_at = @now`, `stance_name = @name`, `stance_note = @reason`}},
}

// Do makes a move that needs no more than a reason: every action but save, submit, return and accept.
func Do(ctx context.Context, tx *db.Tx, action Action, act Act) error {
	how, ok := simple[action]
	if !ok {
		return fmt.Errorf("report: %q is no move with one button", action)
	}
	st, done, err := begin(ctx, tx, act, action)
	if err != nil || done {
		return err
	}
	st.set = how.set
	sentence := how.sentence
	if st.act.Reason != "" {
		sentence += ": " + vi.Clean(st.act.Reason)
	}
	return st.finish(ctx, tx, sentence)
}

// Rate notes how the ward rates the association ("Xếp loại"), in whatever state its report is. An empty rating takes it back.
func Rate(ctx context.Context, tx *db.Tx, act Act, rating string) error {
	s, err := lockReport(ctx, tx, act.Year, act.Association, authz.ReviewReport)
	if err != nil {
		return err
	}
	if rating = vi.Clean(rating); rating == s.Report.Rating {
		return nil
	}
	if act.Version != s.Report.Version {
		return fault.Stale()
	}
	b := &pgx.Batch{}
	version := act.Version + 1
	b.Queue(`update report set rating = @rating, version = @version where id = @id and version = @version - 1`,
		pgx.NamedArgs{"id": s.Report.ID, "rating": rating, "version": version})
	sentence := "Xếp loại hội: " + rating
	if rating == "" {
		sentence = "Bỏ xếp loại hội"
	}
	s.queueChange(b, tx, "rate", sentence, version, edits{keyRating: s.Report.Rating}, edits{keyRating: rating})
	if err := tx.Batch(ctx, b); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "report.rate", Object: "report", ID: int64(s.Report.ID), Association: act.Association, Fields: []string{keyRating}})
}

// Withdraw pulls a report back that the ward has not accepted yet.
func Withdraw(ctx context.Context, tx *db.Tx, act Act) error { return Do(ctx, tx, ActWithdraw, act) }

// Unaccept takes an acceptance back.
func Unaccept(ctx context.Context, tx *db.Tx, act Act) error { return Do(ctx, tx, ActUnaccept, act) }

// Reopen lets the association change an accepted report before the close.
func Reopen(ctx context.Context, tx *db.Tx, act Act) error { return Do(ctx, tx, ActReopen, act) }

// Amend begins a "Bản điều chỉnh" of an accepted report after the close.
func Amend(ctx context.Context, tx *db.Tx, act Act) error { return Do(ctx, tx, ActAmend, act) }

// Include marks an accepted report as taken into the ward's table.
func Include(ctx context.Context, tx *db.Tx, act Act) error {
	return Do(ctx, tx, ActConsolidate, act)
}

// Exclude takes a report out of the ward's table again.
func Exclude(ctx context.Context, tx *db.Tx, act Act) error {
	return Do(ctx, tx, ActUnconsolidate, act)
}

// Confirm is the chair's word that the figures typed by the ward are right, Object that they are not.
func Confirm(ctx context.Context, tx *db.Tx, act Act) error { return Do(ctx, tx, ActConfirm, act) }

// Object is the chair's word that the figures typed by the ward are not right; a reason says why.
func Object(ctx context.Context, tx *db.Tx, act Act) error { return Do(ctx, tx, ActObject, act) }
