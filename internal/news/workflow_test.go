package news

import (
	"testing"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/fault"
)

var (
	nct      = authz.Who{Ward: 1, User: 1, Name: "Trần Văn Thuận", Grants: []authz.Grant{{Role: authz.Chair, Association: 1}}}
	khoc     = authz.Who{Ward: 1, User: 2, Name: "Lê Thị Hạnh", Grants: []authz.Grant{{Role: authz.Chair, Association: 2}}}
	editor   = authz.Who{Ward: 1, User: 3, Name: "Võ Ngọc Sơn", Grants: []authz.Grant{{Role: authz.Editor}}}
	official = authz.Who{Ward: 1, User: 4, Name: "Phan Thị Mận", Grants: []authz.Grant{{Role: authz.Official}}}
	head     = authz.Who{Ward: 1, User: 5, Name: "Đỗ Văn Kỳ", Grants: []authz.Grant{{Role: authz.BranchHead, Association: 1, Branch: 1}}}
	leader   = authz.Who{Ward: 1, User: 6, Name: "Bùi Quang Hiển", Grants: []authz.Grant{{Role: authz.Leader}}}
	admin    = authz.Who{Ward: 1, User: 7, Name: "Tạ Đăng Khoa", Grants: []authz.Grant{{Role: authz.Admin}}}
	resident = authz.Public(1)
)

// Who may do what in which state, on an article of association 1 that its chair submitted. Letters: n chair of the
// association, k another chair, e editor, o official, l leader; branch heads, admins and residents never.
func TestWorkflow(t *testing.T) {
	t.Parallel()
	who := map[rune]authz.Who{'n': nct, 'k': khoc, 'e': editor, 'o': official, 'l': leader, 'h': head, 'a': admin, 'r': resident}
	for status, moves := range map[Status]map[Move]string{
		Draft:     {Edit: "neo", Submit: "neo"},
		Returned:  {Edit: "neo", Submit: "neo"},
		Submitted: {Edit: "eo", Return: "ol", Approve: "ol", Publish: "ol"},
		Approved:  {Return: "ol", Publish: "ol"},
		Published: {Edit: "o", Withdraw: "ol"},
		Withdrawn: {Redraft: "ol"},
	} {
		for _, m := range Moves {
			for letter, w := range who {
				want := false
				for _, l := range moves[m] {
					want = want || l == letter
				}
				s := State{Status: status, Association: 1, SubmittedBy: nct.User}
				if got := Check(w, s, m) == nil; got != want {
					t.Errorf("%s: %s by %c allowed %v, want %v", status, m, letter, got, want)
				}
			}
		}
	}
}

func TestNobodyPublishesTheirOwn(t *testing.T) {
	t.Parallel()
	for status, moves := range map[Status][]Move{Submitted: {Approve, Publish}, Approved: {Publish}, Published: {Edit}} {
		for _, m := range moves {
			s := State{Status: status, SubmittedBy: official.User, PublishedAt: &time.Time{}}
			if err := Check(official, s, m); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s own article in %s: %v", m, status, err)
			}
			s.SubmittedBy = editor.User
			if err := Check(official, s, m); err != nil {
				t.Errorf("%s another's article in %s: %v", m, status, err)
			}
		}
	}
}

func TestOpenListsWhatIsAllowed(t *testing.T) {
	t.Parallel()
	got := Open(leader, State{Status: Submitted, SubmittedBy: editor.User})
	if len(got) != 3 || got[0] != Return || got[1] != Approve || got[2] != Publish {
		t.Errorf("leader on a submitted article: %v", got)
	}
}
