package report

import (
	"slices"

	"wardportal/internal/authz"
)

// State is where a report stands. The text is what the database keeps.
type State string

// The states of product.md §3.
const (
	NotStarted   State = "not_started"
	Drafting     State = "drafting"
	Submitted    State = "submitted"
	Returned     State = "returned"
	Accepted     State = "accepted"
	Consolidated State = "consolidated"
)

// States lists them in the order of a report's life.
var States = []State{NotStarted, Drafting, Submitted, Returned, Accepted, Consolidated}

// Label is the word shown for the state.
func (s State) Label() string {
	return map[State]string{
		NotStarted: "Chưa bắt đầu", Drafting: "Đang nhập", Submitted: "Đã nộp", Returned: "Trả lại",
		Accepted: "Đã tiếp nhận", Consolidated: "Đã tổng hợp",
	}[s]
}

// Received tells whether the ward has accepted the figures: only such reports are in totals and public pages.
func (s State) Received() bool { return s == Accepted || s == Consolidated }

// Sent tells whether the association has done its part for now.
func (s State) Sent() bool { return s == Submitted || s.Received() }

// Action is a move in the life of a report.
type Action string

// The actions. Every one that takes something back has a reason and is itself the inverse of another.
const (
	ActStart         Action = "start"
	ActSave          Action = "save"
	ActSubmit        Action = "submit"
	ActWithdraw      Action = "withdraw"
	ActReturn        Action = "return"
	ActResume        Action = "resume"
	ActAccept        Action = "accept"
	ActUnaccept      Action = "unaccept"
	ActReopen        Action = "reopen"
	ActConsolidate   Action = "consolidate"
	ActUnconsolidate Action = "unconsolidate"
	ActAmend         Action = "amend"   // a new version of a closed report: "Bản điều chỉnh"
	ActConfirm       Action = "confirm" // the chair stands by figures that the ward typed
	ActObject        Action = "object"  // the chair does not
)

// Actions lists every action.
var Actions = []Action{
	ActStart, ActSave, ActSubmit, ActWithdraw, ActReturn, ActResume, ActAccept, ActUnaccept, ActReopen, ActConsolidate, ActUnconsolidate, ActAmend, ActConfirm, ActObject,
}

// Label is the word on the button.
func (a Action) Label() string {
	return map[Action]string{
		ActStart: "Bắt đầu nhập", ActSave: "Lưu tạm", ActSubmit: "Nộp báo cáo", ActWithdraw: "Rút lại để sửa", ActReturn: "Trả lại",
		ActResume: "Sửa theo góp ý", ActAccept: "Tiếp nhận", ActUnaccept: "Bỏ tiếp nhận", ActReopen: "Mở lại cho sửa",
		ActConsolidate: "Đưa vào tổng hợp", ActUnconsolidate: "Đưa ra khỏi tổng hợp", ActAmend: "Lập bản điều chỉnh",
		ActConfirm: "Xác nhận số liệu", ActObject: "Không đồng ý số liệu",
	}[a]
}

// When says in which part of the campaign a move is possible.
type When uint8

// The times of a move. Editing stops at the close; receiving and consolidating go on; amendments begin there.
const (
	WhileOpen When = iota + 1 // from the opening to the end of the closing day
	AnyTime
	AfterClose
)

// Move is one line of the workflow table.
type Move struct {
	From     State
	Action   Action
	To       State
	Who      []authz.Role
	When     When
	Reason   bool // a written reason is required
	OnBehalf bool // only for figures the ward typed for the association
	Snapshot bool // an immutable copy of the figures is kept
}

// NeedsPaper tells whether whoever acts must attach or name the signed paper: the secretary, and the ward for another.
func (m Move) NeedsPaper(role authz.Role) bool {
	return m.Action == ActSubmit && role != authz.Chair
}

var (
	editors  = []authz.Role{authz.Chair, authz.Secretary, authz.Official}
	senders  = []authz.Role{authz.Chair, authz.Secretary}
	chair    = []authz.Role{authz.Chair}
	receiver = []authz.Role{authz.Official}
)

// Moves is the whole workflow; what is not here does not happen. After a return the flagged fields stay the only open
// ones until the report is sent again, also while it is "Đang nhập". Once the ward has accepted, the association can no
// longer pull the report back.
var Moves = []Move{
	{From: NotStarted, Action: ActStart, To: Drafting, Who: editors, When: WhileOpen},
	{From: NotStarted, Action: ActSave, To: Drafting, Who: editors, When: WhileOpen},
	{From: Drafting, Action: ActSave, To: Drafting, Who: editors, When: WhileOpen},
	{From: Drafting, Action: ActSubmit, To: Submitted, Who: editors, When: WhileOpen, Snapshot: true},
	{From: Submitted, Action: ActWithdraw, To: Drafting, Who: senders, When: WhileOpen, Reason: true},
	{From: Submitted, Action: ActReturn, To: Returned, Who: receiver, When: AnyTime, Reason: true},
	{From: Submitted, Action: ActAccept, To: Accepted, Who: receiver, When: AnyTime, Snapshot: true},
	{From: Submitted, Action: ActConfirm, To: Submitted, Who: chair, When: AnyTime, OnBehalf: true},
	{From: Submitted, Action: ActObject, To: Submitted, Who: chair, When: AnyTime, OnBehalf: true, Reason: true},
	{From: Returned, Action: ActResume, To: Drafting, Who: editors, When: WhileOpen},
	{From: Returned, Action: ActSave, To: Drafting, Who: editors, When: WhileOpen},
	{From: Returned, Action: ActSubmit, To: Submitted, Who: editors, When: WhileOpen, Snapshot: true},
	{From: Accepted, Action: ActUnaccept, To: Submitted, Who: receiver, When: AnyTime, Reason: true},
	{From: Accepted, Action: ActReopen, To: Returned, Who: receiver, When: WhileOpen, Reason: true},
	{From: Accepted, Action: ActConsolidate, To: Consolidated, Who: receiver, When: AnyTime},
	{From: Accepted, Action: ActAmend, To: Drafting, Who: receiver, When: AfterClose, Reason: true},
	{From: Accepted, Action: ActConfirm, To: Accepted, Who: chair, When: AnyTime, OnBehalf: true},
	{From: Accepted, Action: ActObject, To: Accepted, Who: chair, When: AnyTime, OnBehalf: true, Reason: true},
	{From: Consolidated, Action: ActUnconsolidate, To: Accepted, Who: receiver, When: AnyTime, Reason: true},
	{From: Consolidated, Action: ActReopen, To: Returned, Who: receiver, When: WhileOpen, Reason: true},
	{From: Consolidated, Action: ActAmend, To: Drafting, Who: receiver, When: AfterClose, Reason: true},
	{From: Consolidated, Action: ActObject, To: Consolidated, Who: chair, When: AnyTime, OnBehalf: true, Reason: true},
}

// Find gives the move for an action in a state; ok is false when the table has none.
func Find(from State, action Action) (Move, bool) {
	i := slices.IndexFunc(Moves, func(m Move) bool { return m.From == from && m.Action == action })
	if i < 0 {
		return Move{}, false
	}
	return Moves[i], true
}
