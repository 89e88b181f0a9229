package feedback

import (
	"slices"

	"wardportal/internal/authz"
	"wardportal/internal/fault"
)

// State is where a letter stands.
type State string

// The states.
const (
	New      State = "new"
	Reading  State = "reading"
	Answered State = "answered"
	Closed   State = "closed"
	Spam     State = "spam"
)

// States are all of them, in the order of the list's chips.
var States = []State{New, Reading, Answered, Closed, Spam}

// Label is the state's Vietnamese name.
func (s State) Label() string {
	return map[State]string{New: "Mới", Reading: "Đang xem", Answered: "Đã trả lời", Closed: "Đã đóng", Spam: "Thư rác"}[s]
}

// Move is something the official does with a letter.
type Move string

// The moves.
const (
	Take     Move = "take"     // new → being looked at
	Reply    Move = "reply"    // write the answer, or mend it
	Close    Move = "close"    // nothing more to do; the sender reads why
	Reopen   Move = "reopen"   // closed → being looked at
	MarkSpam Move = "spam"     // out of the way
	NotSpam  Move = "not_spam" // back among the new ones
	Publish  Move = "publish"  // question and answer for everybody
)

// Moves are all of them.
var Moves = []Move{Take, Reply, Close, Reopen, MarkSpam, NotSpam, Publish}

var from = map[Move][]State{
	Take: {New}, Reply: {New, Reading, Answered}, Close: {New, Reading, Answered}, Reopen: {Closed},
	MarkSpam: {New, Reading}, NotSpam: {Spam}, Publish: {Answered, Closed},
}

const noConsent = "Người gửi không đồng ý đăng thư này."

// Check says whether who may make the move on the letter: nil, or the fault that says why not.
func Check(who authz.Who, l Letter, m Move) error {
	switch {
	case !authz.Can(who, authz.AnswerLetters, authz.Scope{}):
		return fault.Denied()
	case !slices.Contains(from[m], l.State):
		return fault.New(fault.Conflict, "Thư đang ở trạng thái “"+l.State.Label()+"” nên không làm được việc này nữa. Xin tải lại trang.")
	case m == Publish && !l.Consent:
		return fault.New(fault.Forbidden, noConsent)
	case m == Publish && l.Answer == "":
		return fault.New(fault.Conflict, "Thư chưa có câu trả lời nên chưa đăng được.")
	}
	return nil
}

// Open lists the moves that who may make now, for the buttons of a page.
func Open(who authz.Who, l Letter) []Move {
	var open []Move
	for _, m := range Moves {
		if Check(who, l, m) == nil {
			open = append(open, m)
		}
	}
	return open
}
