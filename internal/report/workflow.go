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
	Start         Action = "start"
	Save          Action = "save"
	Submit        Action = "submit"
	Withdraw      Action = "withdraw"
	Return        Action = "return"
	Resume        Action = "resume"
	Accept        Action = "accept"
	Unaccept      Action = "unaccept"
	Reopen        Action = "reopen"
	Consolidate   Action = "consolidate"
	Unconsolidate Action = "unconsolidate"
	Amend         Action = "amend"   // a new version of a closed report: "Bản điều chỉnh"
	Confirm       Action = "confirm" // the chair stands by figures that the ward typed
	Object        Action = "object"  // the chair does not
)

// Actions lists every action.
var Actions = []Action{
	Start, Save, Submit, Withdraw, Return, Resume, Accept, Unaccept, Reopen, Consolidate, Unconsolidate, Amend, Confirm, Object,
}

// Label is the word on the button.
func (a Action) Label() string {
	return map[Action]string{
		Start: "Bắt đầu nhập", Save: "Lưu tạm", Submit: "Nộp báo cáo", Withdraw: "Rút lại để sửa", Return: "Trả lại",
		Resume: "Sửa theo góp ý", Accept: "Tiếp nhận", Unaccept: "Bỏ tiếp nhận", Reopen: "Mở lại cho sửa",
		Consolidate: "Đưa vào tổng hợp", Unconsolidate: "Đưa ra khỏi tổng hợp", Amend: "Lập bản điều chỉnh",
		Confirm: "Xác nhận số liệu", Object: "Không đồng ý số liệu",
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
	return m.Action == Submit && role != authz.Chair
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
	{From: NotStarted, Action: Start, To: Drafting, Who: editors, When: WhileOpen},
	{From: NotStarted, Action: Save, To: Drafting, Who: editors, When: WhileOpen},
	{From: Drafting, Action: Save, To: Drafting, Who: editors, When: WhileOpen},
	{From: Drafting, Action: Submit, To: Submitted, Who: editors, When: WhileOpen, Snapshot: true},
	{From: Submitted, Action: Withdraw, To: Drafting, Who: senders, When: WhileOpen, Reason: true},
	{From: Submitted, Action: Return, To: Returned, Who: receiver, When: AnyTime, Reason: true},
	{From: Submitted, Action: Accept, To: Accepted, Who: receiver, When: AnyTime, Snapshot: true},
	{From: Submitted, Action: Confirm, To: Submitted, Who: chair, When: AnyTime, OnBehalf: true},
	{From: Submitted, Action: Object, To: Submitted, Who: chair, When: AnyTime, OnBehalf: true, Reason: true},
	{From: Returned, Action: Resume, To: Drafting, Who: editors, When: WhileOpen},
	{From: Returned, Action: Save, To: Drafting, Who: editors, When: WhileOpen},
	{From: Returned, Action: Submit, To: Submitted, Who: editors, When: WhileOpen, Snapshot: true},
	{From: Accepted, Action: Unaccept, To: Submitted, Who: receiver, When: AnyTime, Reason: true},
	{From: Accepted, Action: Reopen, To: Returned, Who: receiver, When: WhileOpen, Reason: true},
	{From: Accepted, Action: Consolidate, To: Consolidated, Who: receiver, When: AnyTime},
	{From: Accepted, Action: Amend, To: Drafting, Who: receiver, When: AfterClose, Reason: true},
	{From: Accepted, Action: Confirm, To: Accepted, Who: chair, When: AnyTime, OnBehalf: true},
	{From: Accepted, Action: Object, To: Accepted, Who: chair, When: AnyTime, OnBehalf: true, Reason: true},
	{From: Consolidated, Action: Unconsolidate, To: Accepted, Who: receiver, When: AnyTime, Reason: true},
	{From: Consolidated, Action: Reopen, To: Returned, Who: receiver, When: WhileOpen, Reason: true},
	{From: Consolidated, Action: Amend, To: Drafting, Who: receiver, When: AfterClose, Reason: true},
	{From: Consolidated, Action: Object, To: Consolidated, Who: chair, When: AnyTime, OnBehalf: true, Reason: true},
}

// Find gives the move for an action in a state; ok is false when the table has none.
func Find(from State, action Action) (Move, bool) {
	i := slices.IndexFunc(Moves, func(m Move) bool { return m.From == from && m.Action == action })
	if i < 0 {
		return Move{}, false
	}
	return Moves[i], true
}
