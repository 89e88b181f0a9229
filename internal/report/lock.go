package report

import (
	"slices"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/fault"
)

// Situation is everything that decides what somebody may do with a report now. Handler and template ask the same one.
type Situation struct {
	State    State
	Calendar Calendar
	Now      time.Time
	Role     authz.Role // the role in which the person acts on this report
	Covers   bool       // the role's grant covers the report's association
	// Flagged lists the fields that the ward sent back; empty means the whole report is open. The flags stand until the
	// report is sent again.
	Flagged       []string
	OnBehalf      bool // the ward typed the figures
	SentBySelf    bool // the person who acts submitted this very version
	SoleOfficial  bool // the ward has one officer: four eyes pass with a stamp (anchors, "Also heard")
	AmendedClosed bool // this version is a "Bản điều chỉnh", so the close does not lock it
}

// LockReason says why something cannot be done.
type LockReason string

// The reasons.
const (
	LockOther        LockReason = "other_association"
	LockRole         LockReason = "role"
	LockNotOpened    LockReason = "not_opened"
	LockClosed       LockReason = "closed"
	LockNotClosed    LockReason = "not_closed"
	LockSubmitted    LockReason = "submitted"
	LockAccepted     LockReason = "accepted"
	LockConsolidated LockReason = "consolidated"
	LockState        LockReason = "state"
	LockFlaggedOnly  LockReason = "flagged_only"
	LockFourEyes     LockReason = "four_eyes"
	LockNotOnBehalf  LockReason = "not_on_behalf"
)

// Lock is a refusal with its sentences: why, and who can help. It never says only "đã khóa".
type Lock struct {
	Reason LockReason
	Why    string
	Help   string
}

// Text is both sentences.
func (l Lock) Text() string {
	if l.Help == "" {
		return l.Why
	}
	return l.Why + " " + l.Help
}

// Fault turns the refusal into what a domain function returns. Another association's report looks missing.
func (l Lock) Fault() error {
	switch l.Reason {
	case LockOther:
		return fault.Missing()
	case LockRole, LockFourEyes:
		return fault.New(fault.Forbidden, l.Text())
	default:
		return fault.New(fault.Conflict, l.Text())
	}
}

// Try asks whether the action is possible; the move is valid only when lock is nil. Stamped tells that four eyes were
// passed by the exception for a ward with one officer: the history must say so.
func (s Situation) Try(action Action) (move Move, stamped bool, lock *Lock) {
	if !s.Covers {
		return Move{}, false, &Lock{Reason: LockOther, Why: "Không tìm thấy báo cáo này."}
	}
	move, ok := Find(s.State, action)
	if !ok {
		return Move{}, false, s.stateLock(action)
	}
	if !slices.Contains(move.Who, s.Role) {
		return Move{}, false, roleLock(move)
	}
	if lock := s.timeLock(move); lock != nil {
		return Move{}, false, lock
	}
	if move.OnBehalf && !s.OnBehalf {
		return Move{}, false, &Lock{LockNotOnBehalf, "Báo cáo này do hội tự nhập nên không cần xác nhận.", ""}
	}
	if action == ActAccept && s.SentBySelf {
		if !s.SoleOfficial {
			return Move{}, false, &Lock{LockFourEyes, "Người đã nộp thay thì không tự tiếp nhận.", "Ông/bà nhờ một cán bộ khác của phường tiếp nhận."}
		}
		stamped = true
	}
	return move, stamped, nil
}

// Available lists the actions that are possible now, in the order of the table.
func (s Situation) Available() []Action {
	var list []Action
	for _, a := range Actions {
		if _, _, lock := s.Try(a); lock == nil {
			list = append(list, a)
		}
	}
	return list
}

// Edit says whether figures and texts may be changed, and which.
type Edit struct {
	Lock *Lock    // nil: open
	Only []string // when open: the only fields that are, nil = all
}

// Editing is the one answer to "may this be edited, and if not, why and who can help".
func (s Situation) Editing() Edit {
	if _, _, lock := s.Try(ActSave); lock != nil {
		return Edit{Lock: lock}
	}
	return Edit{Only: s.Flagged}
}

// Open tells whether anything may be changed.
func (e Edit) Open() bool { return e.Lock == nil }

// Field gives the reason why one field is locked, nil when it is open. code is an indicator's or a chapter's.
func (e Edit) Field(code string) *Lock {
	switch {
	case e.Lock != nil:
		return e.Lock
	case len(e.Only) == 0 || slices.Contains(e.Only, code):
		return nil
	}
	return &Lock{
		LockFlaggedOnly, "Báo cáo được trả lại để sửa những ô có góp ý; ô này không có góp ý nên giữ nguyên.",
		"Cần sửa thêm ô này, ông/bà gọi cán bộ theo dõi hội.",
	}
}

func (s Situation) timeLock(move Move) *Lock {
	closed := s.Calendar.Closed(s.Now) && !s.AmendedClosed
	switch {
	case move.When == WhileOpen && !s.Calendar.Open(s.Now):
		return &Lock{LockNotOpened, "Đợt báo cáo mở từ ngày " + dayText(s.Calendar.Opens) + ".", s.helpOfWard("Cần nhập sớm hơn, ông/bà gọi cán bộ theo dõi hội.", "Ông/bà sửa ngày mở ở trang đợt báo cáo.")}
	case move.When == WhileOpen && closed:
		return &Lock{
			LockClosed, "Số liệu đã khóa sau hết ngày " + dayText(s.Calendar.CloseDate()) + ".",
			s.helpOfWard("Cần sửa, ông/bà đề nghị cán bộ theo dõi hội gia hạn.", s.closedHelp()),
		}
	case move.When == AfterClose && !closed:
		return &Lock{LockNotClosed, "Số liệu chưa khóa nên chưa cần bản điều chỉnh.", "Ông/bà bấm “Mở lại cho sửa” và ghi lý do."}
	}
	return nil
}

func (s Situation) closedHelp() string {
	if s.State.Received() {
		return "Cần sửa, ông/bà lập “Bản điều chỉnh” và ghi lý do."
	}
	return "Ông/bà gia hạn cho hội này ở trang đợt báo cáo rồi nhập tiếp."
}

// helpOfWard picks the sentence by who asks: an association is told whom to call, the ward's officer what to press.
func (s Situation) helpOfWard(association, ward string) string {
	if s.Role == authz.Official {
		return ward
	}
	return association
}

func (s Situation) stateLock(action Action) *Lock {
	editing := action == ActStart || action == ActSave || action == ActSubmit || action == ActResume
	switch {
	case editing && s.State == Submitted:
		return &Lock{
			LockSubmitted, "Báo cáo đã nộp, đang chờ phường xem nên không sửa được.",
			s.helpOfWard("Muốn sửa, ông/bà bấm “Rút lại để sửa”.", "Muốn hội sửa, ông/bà bấm “Trả lại” và ghi lý do."),
		}
	case (editing || action == ActWithdraw) && s.State == Accepted:
		return &Lock{
			LockAccepted, "Phường đã tiếp nhận báo cáo này nên không sửa được nữa.",
			s.helpOfWard("Cần sửa, ông/bà gọi cán bộ theo dõi hội để mở lại.", "Cần sửa, ông/bà bấm “Mở lại cho sửa” và ghi lý do."),
		}
	case (editing || action == ActWithdraw) && s.State == Consolidated:
		return &Lock{
			LockConsolidated, "Báo cáo đã đưa vào bảng tổng hợp của phường nên không sửa được nữa.",
			s.helpOfWard("Cần sửa, ông/bà gọi cán bộ theo dõi hội để mở lại.", "Cần sửa, ông/bà bấm “Mở lại cho sửa”; bảng tổng hợp sẽ được đánh dấu là đã cũ."),
		}
	}
	return &Lock{
		LockState, "Báo cáo đang ở bước “" + s.State.Label() + "” nên chưa thể làm việc “" + action.Label() + "”.",
		"Ông/bà tải lại trang để xem tình trạng mới nhất.",
	}
}

func roleLock(move Move) *Lock {
	if slices.Contains(move.Who, authz.Official) && len(move.Who) == 1 {
		return &Lock{LockRole, "Việc “" + move.Action.Label() + "” do cán bộ theo dõi hội của phường làm.", "Ông/bà gọi cán bộ theo dõi hội."}
	}
	return &Lock{LockRole, "Việc “" + move.Action.Label() + "” do lãnh đạo hội hoặc người được ủy quyền làm.", "Ông/bà nhờ chủ tịch hoặc thư ký hội."}
}
