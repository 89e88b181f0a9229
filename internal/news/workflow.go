package news

import (
	"slices"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/fault"
)

// Status is where an article stands.
type Status string

// The states. A published article whose instant lies ahead is scheduled.
const (
	Draft     Status = "draft"
	Submitted Status = "submitted"
	Returned  Status = "returned"
	Approved  Status = "approved"
	Published Status = "published"
	Withdrawn Status = "withdrawn"
)

// Statuses lists the states in the order of the desk.
var Statuses = []Status{Submitted, Approved, Returned, Draft, Published, Withdrawn}

// Label is the state as the desk shows it.
func (s Status) Label() string {
	return map[Status]string{Draft: "Bản nháp", Submitted: "Chờ duyệt", Returned: "Trả lại", Approved: "Đã duyệt",
		Published: "Đã đăng", Withdrawn: "Đã gỡ"}[s]
}

// Move is something that can be done to an article.
type Move string

// The moves.
const (
	Edit     Move = "edit"
	Submit   Move = "submit"
	Return   Move = "return"
	Approve  Move = "approve"
	Publish  Move = "publish"
	Withdraw Move = "withdraw"
	Redraft  Move = "redraft" // a withdrawn article goes back to its writer
)

// Moves lists every move.
var Moves = []Move{Edit, Submit, Return, Approve, Publish, Withdraw, Redraft}

const selfPublish = "Bài do chính ông/bà gửi thì phải do người khác duyệt và đăng."

// State is what the rules need to know of an article.
type State struct {
	Status      Status
	Association association.ID // whose draft; 0 = the newsroom's
	SubmittedBy authz.UserID   // 0 = not submitted, or by the system
	PublishedAt *time.Time
}

// rule says from which states a move starts, who makes it, and whether it takes a second person.
type rule struct {
	from   []Status
	action authz.Action
	second bool
}

var rules = map[Move]rule{
	Submit:   {from: []Status{Draft, Returned}, action: authz.WriteNews},
	Return:   {from: []Status{Submitted, Approved}, action: authz.PublishNews},
	Approve:  {from: []Status{Submitted}, action: authz.PublishNews, second: true},
	Publish:  {from: []Status{Submitted, Approved}, action: authz.PublishNews, second: true},
	Withdraw: {from: []Status{Published}, action: authz.PublishNews},
	Redraft:  {from: []Status{Withdrawn}, action: authz.PublishNews},
}

// Check says whether who may make the move on an article in state s: nil, or the fault that says why not.
func Check(who authz.Who, s State, m Move) error {
	if m == Edit {
		return checkEdit(who, s)
	}
	r, ok := rules[m]
	switch {
	case !ok, !authz.Can(who, r.action, authz.Of(s.Association)):
		return fault.Denied()
	case !slices.Contains(r.from, s.Status):
		return fault.New(fault.Conflict, "Bài đang ở trạng thái “"+s.Status.Label()+"” nên không làm được việc này nữa. Xin tải lại trang.")
	case r.second && who.SignedIn() && who.User == s.SubmittedBy:
		return fault.New(fault.Forbidden, selfPublish)
	}
	return nil
}

// checkEdit: writers change drafts and returned articles; the newsroom also what waits for review; a published article is
// corrected only by somebody who may publish and did not submit it, so that two people stand behind every word.
func checkEdit(who authz.Who, s State) error {
	scope := authz.Of(s.Association)
	if !authz.Can(who, authz.WriteNews, scope) {
		return fault.Denied()
	}
	switch s.Status {
	case Draft, Returned:
		return nil
	case Submitted:
		if authz.Can(who, authz.EditAnyNews, scope) {
			return nil
		}
		return fault.New(fault.Conflict, "Bài đang chờ duyệt nên tạm khóa. Nếu cần sửa, xin nhờ cán bộ phường trả lại bài.")
	case Published:
		if !authz.Can(who, authz.PublishNews, scope) {
			return fault.New(fault.Forbidden, "Bài đã đăng chỉ cán bộ phường đính chính được.")
		}
		if who.SignedIn() && who.User == s.SubmittedBy {
			return fault.New(fault.Forbidden, "Bài do chính ông/bà gửi thì phải do người khác đính chính.")
		}
		return nil
	}
	return fault.New(fault.Conflict, "Bài đang ở trạng thái “"+s.Status.Label()+"” nên không sửa được. Xin trả lại bài trước khi sửa.")
}

// Open lists the moves that who may make now, for the buttons of a page.
func Open(who authz.Who, s State) []Move {
	var open []Move
	for _, m := range Moves {
		if Check(who, s, m) == nil {
			open = append(open, m)
		}
	}
	return open
}
