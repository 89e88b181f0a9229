package member

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// Act is what every move on a membership says: on which, at which version, from which (half-known) day, and why.
type Act struct {
	ID      ID
	Version int     // the version that the page was opened at; 0 = whatever it is now
	Day     vi.Date // unknown means today
	Reason  string
}

// begin locks the membership, cleans the act and takes the snapshot that Undo needs. A day in the future is refused.
func (a *Act) begin(ctx context.Context, tx *db.Tx) (stored, snapshot, error) {
	s, err := open(ctx, tx, a.ID, a.Version)
	if err != nil {
		return stored{}, snapshot{}, err
	}
	a.Reason = vi.Clean(a.Reason)
	if a.Day.IsZero() {
		a.Day = vi.DayOf(tx.Now())
	}
	p := &fault.Problems{}
	if err := pastDay(a.Day, tx.Today()); err != nil {
		p.Add(FieldDay, err.Error())
	}
	if utf8.RuneCountInString(a.Reason) > 500 {
		p.Add(FieldReason, "Lý do dài quá 500 ký tự.")
	}
	if err := p.Err(); err != nil {
		return stored{}, snapshot{}, err
	}
	snap, err := takeSnapshot(ctx, tx, s)
	return s, snap, err
}

// bump writes the new state of the membership row and its next version.
func bump(ctx context.Context, tx *db.Tx, s stored, set string, args ...any) error {
	all := append([]any{s.ID, s.Version + 1, tx.Now()}, args...)
	return tx.ExecOne(ctx, nil, `update membership set version = $2, changed_at = $3, `+set+` where id = $1`, all...)
}

var errNotLive = fault.New(fault.Conflict, "Người này không còn sinh hoạt trong hội, nên không làm được việc này. Xin mở lại hồ sơ để xem tình trạng hiện nay.")

// MoveBranch closes the row of the branch the member is in and opens the next, in one step. It needs the roster of both
// branches: a chair's or the ward's right; a branch head asks the association.
func MoveBranch(ctx context.Context, tx *db.Tx, a Act, to BranchID) (Done, error) {
	s, before, err := a.begin(ctx, tx)
	if err != nil {
		return Done{}, err
	}
	switch {
	case !s.Status.Live():
		return Done{}, errNotLive
	case to == s.BranchID:
		return Done{}, fault.At(FieldBranch, "Hội viên đang ở chi hội này. Chọn chi hội khác.")
	case to != 0 && !authz.Can(tx.Who(), authz.WriteRoster, authz.At(s.AssociationID, to)):
		return Done{}, fault.New(fault.Forbidden, "Chuyển sang chi hội khác do lãnh đạo hội làm. Xin báo lãnh đạo hội.")
	}
	target, err := placeFor(ctx, tx, s.AssociationID, to)
	if err != nil {
		return Done{}, err
	}
	if err := moveRows(ctx, tx, s, to, a); err != nil {
		return Done{}, err
	}
	if err := bump(ctx, tx, s, "branch_id = $4", to); err != nil {
		return Done{}, err
	}
	change, err := finish(ctx, tx, s.ID, happening{
		act: actMove, sentence: "Chuyển từ " + s.Branch + " sang " + target.branch + onDay(" từ", a.Day) + because(a.Reason),
		fields: []string{FieldBranch}, before: &before,
	})
	return Done{s.ID, change}, err
}

// moveRows closes the open branch row on the day of the move and opens the next, linked to it.
func moveRows(ctx context.Context, tx *db.Tx, s stored, to BranchID, a Act) error {
	closed, err := db.One[struct {
		ID    int64
		ToDay time.Time
	}](ctx, tx, `
		update membership_branch set to_day = greatest($2::date, from_day) where membership_id = $1 and to_day is null and not voided returning id, to_day`,
		s.ID, a.Day.First())
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into membership_branch (ward_id, association_id, membership_id, branch_id, moved, from_day, earlier_id, reason)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.Who().Ward, s.AssociationID, s.ID, to, a.Day, closed.ToDay, closed.ID, a.Reason)
	return err
}

// ExemptFrom frees an old or frail member from meetings ("miễn sinh hoạt"); the membership goes on.
func ExemptFrom(ctx context.Context, tx *db.Tx, a Act) (Done, error) {
	s, before, err := a.begin(ctx, tx)
	if err != nil {
		return Done{}, err
	}
	if s.Status != Active {
		return Done{}, errNotLive
	}
	_, err = tx.Exec(ctx, `
		insert into membership_state (ward_id, association_id, membership_id, state, since, from_day, reason) values ($1, $2, $3, 'mien_sinh_hoat', $4, $5, $6)`,
		tx.Who().Ward, s.AssociationID, s.ID, a.Day, a.Day.First(), a.Reason)
	if err != nil {
		return Done{}, err
	}
	if err := bump(ctx, tx, s, "status = 'exempt'"); err != nil {
		return Done{}, err
	}
	change, err := finish(ctx, tx, s.ID, happening{act: actExempt, sentence: "Miễn sinh hoạt" + onDay(" từ", a.Day) + because(a.Reason), before: &before})
	return Done{s.ID, change}, err
}

// Resume ends an exemption.
func Resume(ctx context.Context, tx *db.Tx, a Act) (Done, error) {
	s, before, err := a.begin(ctx, tx)
	if err != nil {
		return Done{}, err
	}
	if s.Status != Exempt {
		return Done{}, fault.New(fault.Conflict, "Hội viên này không ở diện miễn sinh hoạt.")
	}
	if err := closeState(ctx, tx, s.ID, a.Day); err != nil {
		return Done{}, err
	}
	if err := bump(ctx, tx, s, "status = 'active'"); err != nil {
		return Done{}, err
	}
	change, err := finish(ctx, tx, s.ID, happening{act: actResume, sentence: "Sinh hoạt trở lại" + onDay(" từ", a.Day) + because(a.Reason), before: &before})
	return Done{s.ID, change}, err
}

func closeState(ctx context.Context, tx *db.Tx, id ID, day vi.Date) error {
	_, err := tx.Exec(ctx, `update membership_state set to_day = greatest($2::date, from_day) where membership_id = $1 and to_day is null and not voided`, id, day.First())
	return err
}

// Ending is how a membership ends.
type Ending struct {
	Act
	How EndHow // one of Ends
	To  string // where somebody moved to
}

// End closes the membership: moved away, left, removed, expelled or died. A death is written to the person too, and every
// other association of that person is asked to confirm, without saying who told.
func End(ctx context.Context, tx *db.Tx, in Ending) (Done, error) {
	s, before, err := in.begin(ctx, tx)
	if err != nil {
		return Done{}, err
	}
	in.To = vi.Clean(in.To)
	switch {
	case !slices.Contains(Ends, in.How):
		return Done{}, fault.At(FieldHow, "Chọn lý do thôi sinh hoạt.")
	case !s.Status.Live():
		return Done{}, errNotLive
	case (in.How == Removed || in.How == Expelled) && in.Reason == "":
		return Done{}, fault.At(FieldReason, "Ghi lý do hoặc số quyết định.")
	case !s.Joined.IsZero() && in.Day.SurelyBefore(s.Joined):
		return Done{}, fault.At(FieldDay, "Ngày này không thể trước ngày vào hội ("+s.Joined.Display()+").")
	case in.How == Died && !s.Birth.IsZero() && in.Day.SurelyBefore(s.Birth):
		return Done{}, fault.At(FieldDay, "Ngày mất không thể trước ngày sinh.")
	}
	if err := endRows(ctx, tx, s, in); err != nil {
		return Done{}, err
	}
	change, err := finish(ctx, tx, s.ID, happening{act: actEnd, sentence: endSentence(in), fields: []string{FieldHow, FieldDay}, before: &before})
	return Done{s.ID, change}, err
}

func endRows(ctx context.Context, tx *db.Tx, s stored, in Ending) error {
	err := tx.ExecOne(ctx, nil, `
		update membership_span set ended_how = $2, ended = $3, to_day = greatest($4::date, from_day), reason = $5, place = case when $6 = '' then place else $6 end
		where membership_id = $1 and to_day is null and not voided`, s.ID, in.How, in.Day, in.Day.First(), in.Reason, in.To)
	if err != nil {
		return err
	}
	if err := closeState(ctx, tx, s.ID, in.Day); err != nil {
		return err
	}
	if in.How == Died {
		if err := tx.ExecOne(ctx, nil, `update person set died = $2, version = version + 1 where id = $1`, s.PersonID, in.Day); err != nil {
			return err
		}
	}
	if err := bump(ctx, tx, s, "status = 'left', ended = $4, ended_how = $5", in.Day, in.How); err != nil || in.How != Died {
		return err
	}
	_, err = tx.Exec(ctx, `select member_ask_others($1, $2, $3)`, s.PersonID, s.ID, in.Day)
	return err
}

func endSentence(in Ending) string {
	switch in.How {
	case MovedAway:
		to := ""
		if in.To != "" {
			to = " đến " + in.To
		}
		return "Chuyển đi" + to + onDay("", in.Day) + because(in.Reason)
	case Died:
		return "Qua đời" + onDay("", in.Day) + because(in.Reason)
	default:
		return in.How.Label() + onDay(" từ", in.Day) + because(in.Reason)
	}
}

// Return is somebody who comes back.
type Return struct {
	Act
	Began  Began // Admitted or Arrived
	Branch BranchID
	From   string
}

// Readmit opens a new stretch of belonging after an earlier one; the past stays as it is. The dead do not come back: a
// death told by mistake is taken back with WithdrawDeath.
func Readmit(ctx context.Context, tx *db.Tx, in Return) (Done, error) {
	s, before, err := in.begin(ctx, tx)
	if err != nil {
		return Done{}, err
	}
	switch {
	case s.Status != Left:
		return Done{}, fault.New(fault.Conflict, "Người này đang có trong danh sách của hội.")
	case !s.Died.IsZero():
		return Done{}, fault.New(fault.Conflict, "Hồ sơ đã ghi người này qua đời. Nếu ghi nhầm, hãy đính chính trước.")
	case in.Began != Admitted && in.Began != Arrived:
		return Done{}, fault.At(FieldBegan, "Chọn kết nạp lại hoặc chuyển đến.")
	case in.Day.SurelyBefore(s.Ended):
		return Done{}, fault.At(FieldDay, "Ngày trở lại không thể trước ngày thôi sinh hoạt ("+s.Ended.Display()+").")
	}
	target, err := placeFor(ctx, tx, s.AssociationID, in.Branch)
	if err != nil {
		return Done{}, err
	}
	if err := readmitRows(ctx, tx, s, in); err != nil {
		return Done{}, err
	}
	word := "Kết nạp lại"
	if in.Began == Arrived {
		word = "Chuyển về"
		if from := vi.Clean(in.From); from != "" {
			word += " từ " + from
		}
	}
	change, err := finish(ctx, tx, s.ID, happening{
		act: actReadmit, sentence: word + onDay("", in.Day) + ", sinh hoạt tại " + target.branch + because(in.Reason), fields: []string{FieldBegan, FieldDay}, before: &before,
	})
	return Done{s.ID, change}, err
}

func readmitRows(ctx context.Context, tx *db.Tx, s stored, in Return) error {
	floor, err := db.Value[time.Time](ctx, tx, `select max(to_day) from membership_span where membership_id = $1 and not voided`, s.ID)
	if err != nil {
		return err
	}
	if err := openSpan(ctx, tx, s.AssociationID, s.ID, in.Began, in.Day, vi.Clean(in.From), floor); err != nil {
		return err
	}
	if in.Branch != s.BranchID {
		if err := moveRows(ctx, tx, s, in.Branch, in.Act); err != nil {
			return err
		}
	}
	return bump(ctx, tx, s, "status = 'active', ended = null, ended_how = null, began = $4, joined = $5, branch_id = $6", in.Began, in.Day, in.Branch)
}

// MarkMistake says that the row never should have been: a slip of the hand ("nhập nhầm"). It leaves every count and list,
// of the past too, and stays findable under its own chip.
func MarkMistake(ctx context.Context, tx *db.Tx, a Act) (Done, error) {
	s, before, err := a.begin(ctx, tx)
	if err != nil {
		return Done{}, err
	}
	if s.Status == Mistake {
		return Done{}, fault.New(fault.Conflict, "Hồ sơ này đã được ghi là nhập nhầm.")
	}
	if strings.TrimSpace(a.Reason) == "" {
		return Done{}, fault.At(FieldReason, "Ghi lý do, ví dụ: ghi hai lần, nhầm người.")
	}
	change, err := voidAll(ctx, tx, s, &before, "Ghi là nhập nhầm"+because(a.Reason))
	return Done{s.ID, change}, err
}

func voidAll(ctx context.Context, tx *db.Tx, s stored, before *snapshot, sentence string) (int64, error) {
	if _, err := tx.Exec(ctx, `
		update membership_span set voided = true, ended_how = 'nhap_nham', ended = $2, to_day = greatest(coalesce(to_day, $3::date), from_day)
		where membership_id = $1 and not voided`, s.ID, vi.DayOf(tx.Now()), tx.Today()); err != nil {
		return 0, err
	}
	if err := bump(ctx, tx, s, "status = 'mistake', ended = null, ended_how = null"); err != nil {
		return 0, err
	}
	return finish(ctx, tx, s.ID, happening{act: actMistake, sentence: sentence, before: before})
}
