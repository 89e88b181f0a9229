// Package authz says who acts and what they may do: one pure table, no SQL.
//
// It is the second of three fences (route, rule, row). The route asks Who.May, the domain asks Can with the loaded
// object's scope, and row-level security in Postgres asks the live grants again on its own.
package authz

import "slices"

// Typed ids: a person's id cannot be passed where an association's is wanted. Domains alias them.
type (
	WardID        int64
	UserID        int64
	AssociationID int64
	BranchID      int64
	GroupID       int64 // residential group (tổ dân phố)
	PersonID      int64
	MembershipID  int64
	ReportID      int64
	CampaignID    int64
	ArticleID     int64
	MediaID       int64
	ImportID      int64
	OfficeID      int64 // a kind of seat: chair, treasurer, …
	TermID        int64
	AppointmentID int64
	ActivityID    int64 // an entry of the diary
	FundEntryID   int64
	ClubID        int64
	MeetingID     int64
	LetterID      int64 // a resident's letter
)

// Role is a role code of product.md §1.
type Role string

// The roles. A resident has no account and holds no role.
const (
	BranchHead Role = "branch_head"
	Chair      Role = "chair"
	Editor     Role = "editor"
	Secretary  Role = "secretary"
	Official   Role = "official"
	Leader     Role = "leader"
	Admin      Role = "admin"
)

// Roles lists every role, in the order of product.md §1.
var Roles = []Role{BranchHead, Chair, Editor, Secretary, Official, Leader, Admin}

// Label gives the role's Vietnamese name.
func (r Role) Label() string {
	return map[Role]string{
		BranchHead: "Chi hội trưởng", Chair: "Lãnh đạo hội", Editor: "Biên tập viên", Secretary: "Thư ký hội",
		Official: "Cán bộ theo dõi hội", Leader: "Lãnh đạo UBND phường", Admin: "Quản trị",
	}[r]
}

// Ward tells whether the role acts for the whole ward; the others hold for one association or branch.
func (r Role) Ward() bool {
	return r == Editor || r == Official || r == Leader || r == Admin
}

// Grant is one live right: a role with the scope it holds for. Ward roles have no association;
// only a branch head has a branch.
type Grant struct {
	Role        Role
	Association AssociationID
	Branch      BranchID
}

// Who is the principal of one unit of work. The zero value is nobody and may do nothing.
type Who struct {
	Ward    WardID
	User    UserID // 0 for residents and for the system
	Name    string // as the timeline shows it
	Grants  []Grant
	Acting  AssociationID // the association chosen in the switch "Đang làm việc cho"; 0 = none
	Session string        // public id of the session, for the log; never the token
	system  bool
	why     string
}

// Public is a resident reading the ward's public pages.
func Public(ward WardID) Who { return Who{Ward: ward} }

// System is a job, a command or a flusher; why is shown by the audit.
func System(ward WardID, why string) Who {
	return Who{Ward: ward, Name: "Hệ thống", system: true, why: why}
}

// IsSystem tells whether a job or command acts.
func (w Who) IsSystem() bool { return w.system }

// Why gives the reason a system principal acts for.
func (w Who) Why() string { return w.why }

// SignedIn tells whether a person with an account acts.
func (w Who) SignedIn() bool { return w.User != 0 }

// Has tells whether the person holds the role anywhere.
func (w Who) Has(role Role) bool {
	return slices.ContainsFunc(w.Grants, func(g Grant) bool { return g.Role == role })
}

// Scope is where an act takes place. The zero Association means "the ward as a whole".
type Scope struct {
	Association AssociationID
	Branch      BranchID
}

// Of is the scope of a whole association, At that of one branch of it.
func Of(a AssociationID) Scope { return Scope{Association: a} }

// At is the scope of one branch of an association.
func At(a AssociationID, b BranchID) Scope { return Scope{Association: a, Branch: b} }

// Can says whether who may do the action in the scope. System principals may do everything in their ward.
func Can(who Who, action Action, scope Scope) bool {
	if who.system {
		return true
	}
	for _, g := range who.Grants {
		if slices.Contains(table[action], g.Role) && g.covers(scope) {
			return true
		}
	}
	return false
}

// May says whether who may do the action anywhere: the question of the route fence.
func (w Who) May(action Action) bool {
	if w.system {
		return true
	}
	return slices.ContainsFunc(w.Grants, func(g Grant) bool { return slices.Contains(table[action], g.Role) })
}

// AssociationsFor lists the associations in which who may do the action; all is true when a ward role grants it everywhere.
func (w Who) AssociationsFor(action Action) (ids []AssociationID, all bool) {
	if w.system {
		return nil, true
	}
	for _, g := range w.Grants {
		if !slices.Contains(table[action], g.Role) {
			continue
		}
		if g.Role.Ward() {
			return nil, true
		}
		if !slices.Contains(ids, g.Association) {
			ids = append(ids, g.Association)
		}
	}
	return ids, false
}

// BranchesOf lists the branches to which who is confined in the association; whole is true when the entire association is open.
func (w Who) BranchesOf(a AssociationID, action Action) (ids []BranchID, whole bool) {
	if w.system {
		return nil, true
	}
	for _, g := range w.Grants {
		if !slices.Contains(table[action], g.Role) {
			continue
		}
		switch {
		case g.Role.Ward(), g.Association == a && g.Role != BranchHead:
			return nil, true
		case g.Association == a:
			ids = append(ids, g.Branch)
		}
	}
	return ids, false
}

func (g Grant) covers(s Scope) bool {
	switch {
	case g.Role.Ward():
		return true
	case s.Association == 0 || g.Association != s.Association:
		return false
	case g.Role == BranchHead:
		return s.Branch != 0 && g.Branch == s.Branch
	default:
		return true
	}
}

// OnBehalf tells whether a write in the scope by who is "nhập thay": done by the ward for an association
// in which the person holds no office. Such writes are stamped (product.md §1).
func OnBehalf(who Who, scope Scope) bool {
	if who.system || !who.SignedIn() || scope.Association == 0 {
		return false
	}
	return !slices.ContainsFunc(who.Grants, func(g Grant) bool { return !g.Role.Ward() && g.Association == scope.Association })
}
