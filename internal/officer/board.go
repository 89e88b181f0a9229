package officer

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/vi"
)

// HeadCode is the office whose absence leaves a branch without a head.
const HeadCode = "CHT"

// Board is the vacancy board as of a day.
type Board struct {
	Day        time.Time
	Branches   []Vacancy   // branches without a head, longest first
	Committees []Committee // every committee, the full ones too, longest shortage first
	Seats      []Vacancy   // other seats that must be filled and are not, in order of protocol
	Terms      []TermState // past due, or ending within 90 days, soonest first
}

// Vacancy is an office that nobody holds.
type Vacancy struct {
	Association     association.ID
	AssociationName string
	Branch          association.BranchID // 0 = an office of the association itself
	BranchName      string
	Code            string
	Title           string
	Since           *time.Time // first day empty; of an office that nobody ever held, since the term or the branch began; nil = unknown
	Days            int        // whole days empty on the board's day; 0 when Since is nil
	Last            string     // who held it before, "" = nobody
	Why             Ending     // how that ended
}

// Committee is a Ban Chấp hành against its quota.
type Committee struct {
	Association     association.ID
	AssociationName string
	Quota           int // 0 = no resolution entered
	InOffice        int // distinct people
	Vacant          int
	Since           *time.Time // since when it has been short without a break; nil when full or unknown
	Days            int
}

// TermState is a term that needs a congress.
type TermState struct {
	Term
	AssociationName string
	LastDay         time.Time
	Left            int // days until the last day; negative = past due
}

// TermNotice is how many days ahead the board names a term.
const TermNotice = 90

// books are what the board of some associations is worked out from.
type books struct {
	associations []association.Association
	branches     []association.Branch // open on the day
	offices      []Office
	terms        []Term
	spells       []Appointment // begun by the day, without mistaken entries
}

// board works the board out; pure, so that a property test can hold it against a brute-force count.
func (b books) board(day time.Time) Board {
	out := Board{Day: day}
	for _, a := range b.associations {
		out.Committees = append(out.Committees, b.committee(a, day))
		out.Seats = append(out.Seats, b.emptySeats(a, day)...)
		if t, ok := b.termOn(a.ID, day); ok {
			last := t.EndsOn.AddDate(0, 0, -1)
			if left := days(day, last); left <= TermNotice {
				out.Terms = append(out.Terms, TermState{Term: t, AssociationName: a.Name, LastDay: last, Left: left})
			}
		}
		out.Branches = append(out.Branches, b.headless(a, day)...)
	}
	slices.SortStableFunc(out.Branches, func(x, y Vacancy) int { return cmp.Compare(y.Days, x.Days) })
	slices.SortStableFunc(out.Committees, func(x, y Committee) int { return cmp.Or(cmp.Compare(y.Days, x.Days), cmp.Compare(y.Vacant, x.Vacant)) })
	slices.SortStableFunc(out.Terms, func(x, y TermState) int { return cmp.Compare(x.Left, y.Left) })
	return out
}

// committee counts distinct people in the offices that sit in the Ban Chấp hành, and since when they have been too few.
func (b books) committee(a association.Association, day time.Time) Committee {
	c := Committee{Association: a.ID, AssociationName: a.Name, Quota: b.quota(a, day)}
	seats := b.pick(func(s Appointment) bool { return s.AssociationID == a.ID && sitsInCommittee(s.Body) })
	c.InOffice = people(seats, day)
	if c.Quota == 0 || c.InOffice >= c.Quota {
		return c
	}
	c.Vacant = c.Quota - c.InOffice
	// Every day on which somebody came or went, or a new congress set the committee anew, up to the day asked.
	moves := b.moves(a.ID, seats, day)
	for _, m := range moves {
		short := people(seats, m.on) < b.quota(a, m.on)
		switch {
		case !short:
			c.Since = nil
		case c.Since == nil || m.anew:
			c.Since = &m.on
		}
	}
	if c.Since != nil {
		c.Days = days(*c.Since, day)
	}
	return c
}

type move struct {
	on   time.Time
	anew bool // a term begins
}

func (b books) moves(a association.ID, seats []Appointment, day time.Time) []move {
	var list []move
	for _, s := range seats {
		list = append(list, move{on: s.StartsOn})
		if s.EndsOn != nil {
			list = append(list, move{on: *s.EndsOn})
		}
	}
	for _, t := range b.terms {
		if t.AssociationID == a {
			list = append(list, move{on: t.StartsOn, anew: true})
		}
	}
	list = slices.DeleteFunc(list, func(m move) bool { return m.on.After(day) })
	// Of one day, the term's beginning counts first, then what happened on the day as a whole.
	slices.SortFunc(list, func(x, y move) int {
		if c := x.on.Compare(y.on); c != 0 {
			return c
		}
		return cmp.Compare(flag(y.anew), flag(x.anew))
	})
	return slices.CompactFunc(list, func(x, y move) bool { return x.on.Equal(y.on) })
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// quota is the number of seats by the resolution of the congress in force on the day, else the association's own figure.
func (b books) quota(a association.Association, day time.Time) int {
	if t, ok := b.termOn(a.ID, day); ok && t.BchQuota != nil {
		return *t.BchQuota
	}
	if a.BchQuota != nil {
		return *a.BchQuota
	}
	return 0
}

// termOn is the last term that began by the day: it stays in force after its planned end, until a congress is held.
func (b books) termOn(a association.ID, day time.Time) (Term, bool) {
	var found Term
	for _, t := range b.terms {
		if t.AssociationID == a && !t.StartsOn.After(day) && (found.ID == 0 || t.StartsOn.After(found.StartsOn)) {
			found = t
		}
	}
	return found, found.ID != 0
}

// emptySeats lists the offices that must be filled and that nobody holds: one deputy of two is enough, the size of the
// committee is counted by itself.
func (b books) emptySeats(a association.Association, day time.Time) []Vacancy {
	var list []Vacancy
	for _, o := range b.offices {
		if o.AssociationID != a.ID || !o.Mandatory || o.PerBranch() {
			continue
		}
		v := Vacancy{Association: a.ID, AssociationName: a.Name, Code: o.Code, Title: o.Title, Since: b.began(a.ID, day, nil)}
		if v.fill(b.pick(func(s Appointment) bool { return s.OfficeID == o.ID }), day) {
			list = append(list, v)
		}
	}
	return list
}

// began is from when on an office that nobody ever held counts as empty: since the term in force began, or since the
// branch was opened when that was later. nil = the books do not say.
func (b books) began(a association.ID, day time.Time, opened *time.Time) *time.Time {
	t, ok := b.termOn(a, day)
	switch {
	case !ok:
		return opened
	case opened == nil || t.StartsOn.After(*opened):
		return &t.StartsOn
	default:
		return opened
	}
}

func (b books) headless(a association.Association, day time.Time) []Vacancy {
	var list []Vacancy
	for _, br := range b.branches {
		if br.AssociationID != a.ID {
			continue
		}
		v := Vacancy{Association: a.ID, AssociationName: a.Name, Branch: br.ID, BranchName: br.Name, Code: HeadCode, Title: b.headTitle(a.ID), Since: b.began(a.ID, day, &br.OpenedOn)}
		held := b.pick(func(s Appointment) bool { return s.Code == HeadCode && s.BranchID != nil && *s.BranchID == br.ID })
		if v.fill(held, day) {
			list = append(list, v)
		}
	}
	return list
}

func (b books) headTitle(a association.ID) string {
	for _, o := range b.offices {
		if o.AssociationID == a && o.Code == HeadCode {
			return o.Title
		}
	}
	return "Chi hội trưởng"
}

// fill says whether the seat is empty on the day, and if so since when: since the last holder left, else since v.Since.
func (v *Vacancy) fill(held []Appointment, day time.Time) bool {
	for _, s := range held {
		if s.On(day) {
			return false
		}
		if s.EndsOn != nil && (v.Last == "" || s.EndsOn.After(*v.Since)) { // Since is the end of Last's time, once there is a Last
			v.Since, v.Last = s.EndsOn, s.PersonName
			if s.Ended != nil {
				v.Why = *s.Ended
			}
		}
	}
	if v.Since != nil {
		v.Days = days(*v.Since, day)
	}
	return true
}

func (b books) pick(want func(Appointment) bool) []Appointment {
	var list []Appointment
	for _, s := range b.spells {
		if want(s) {
			list = append(list, s)
		}
	}
	return list
}

// people counts distinct people among the appointments on the day. Who is not in the roster is known by name.
func people(list []Appointment, day time.Time) int {
	seen := map[string]bool{}
	for _, s := range list {
		if s.On(day) {
			seen[identity(s.PersonID, s.PersonName)] = true
		}
	}
	return len(seen)
}

func identity(p *authz.PersonID, name string) string {
	if p != nil {
		return fmt.Sprint(int64(*p))
	}
	return "~" + vi.Fold(name)
}

// days counts whole days from a to b; negative when b is before a. Both are dates at midnight UTC.
func days(a, b time.Time) int { return int(b.Sub(a).Hours() / 24) }
