package member

import (
	"context"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// Group is how many members share branch, sex and year of birth on a day.
type Group struct {
	BranchID  BranchID
	Sex       Sex
	BirthYear *int // nil = not known
	Members   int
	Cards     int // of them with a membership card
}

// Census is who was a member on a day, counted. It never changes by itself: it is read from the dated rows.
type Census struct {
	Day     time.Time
	Groups  []Group             // branches with a roster
	Counted []association.Count // branches kept by number only: their latest count up to the day
}

// CountAt counts the members of an association (0 = of all that may be read) at the end of the day.
func CountAt(ctx context.Context, tx *db.Tx, a AssociationID, day time.Time) (Census, error) {
	if !mayRead(tx.Who(), a) {
		return Census{}, fault.Missing()
	}
	groups, err := db.All[Group](ctx, tx, `
		select r.branch_id, m.sex, m.birth_year, count(*)::int as members, (count(*) filter (where m.card <> ''))::int as cards
		from membership_span s
		join membership m on m.id = s.membership_id
		join membership_branch r on r.membership_id = s.membership_id and not r.voided and r.from_day <= $3 and (r.to_day is null or r.to_day > $3)
		where s.ward_id = $1 and ($2 = 0 or s.association_id = $2) and not s.voided and s.from_day <= $3 and (s.to_day is null or s.to_day > $3)
		group by r.branch_id, m.sex, m.birth_year`, tx.Who().Ward, a, day)
	if err != nil {
		return Census{}, err
	}
	counted, err := association.CountsAt(ctx, tx, a, day)
	return Census{day, groups, counted}, err
}

// Members is everybody: those on rosters and those in branches kept by number only.
func (c Census) Members() int { return c.listed(func(Group) bool { return true }) + c.CountedMembers() }

// Listed is how many stand on rosters.
func (c Census) Listed() int { return c.listed(func(Group) bool { return true }) }

// CountedMembers is how many belong to branches kept by number only.
func (c Census) CountedMembers() int {
	n := 0
	for _, x := range c.Counted {
		n += x.Members
	}
	return n
}

// Female is how many are women, as far as known.
func (c Census) Female() int {
	n := c.listed(func(g Group) bool { return g.Sex == Female })
	for _, x := range c.Counted {
		if x.Female != nil {
			n += *x.Female
		}
	}
	return n
}

// Cards is how many of those on rosters hold a membership card.
func (c Census) Cards() int {
	n := 0
	for _, g := range c.Groups {
		n += g.Cards
	}
	return n
}

// Aged is how many on rosters are from … to years old in the year of the day (to 0 = no upper end).
func (c Census) Aged(from, to int) int {
	year := c.Day.Year()
	return c.listed(func(g Group) bool {
		return g.BirthYear != nil && year-*g.BirthYear >= from && (to == 0 || year-*g.BirthYear <= to)
	})
}

// NoBirth is how many on rosters have no year of birth.
func (c Census) NoBirth() int { return c.listed(func(g Group) bool { return g.BirthYear == nil }) }

// InBranch is how many the branch had; ok is false when nothing is known of a branch kept by number.
func (c Census) InBranch(b BranchID) (members int, ok bool) {
	for _, x := range c.Counted {
		if x.Branch == b {
			return x.Members, true
		}
	}
	n := c.listed(func(g Group) bool { return g.BranchID == b })
	return n, n > 0
}

func (c Census) listed(match func(Group) bool) int {
	n := 0
	for _, g := range c.Groups {
		if match(g) {
			n += g.Members
		}
	}
	return n
}

// Flow names one way in or out of the movement of a period.
type Flow string

// The flows. Supplemented are people listed late ("từ trước") whose membership falls into the period: they explain a gap.
const (
	FlowNew          Flow = "new"
	FlowIn           Flow = "in"
	FlowSupplemented Flow = "supplemented"
	FlowOut          Flow = "out"
	FlowDead         Flow = "dead"
	FlowLeft         Flow = "left"
)

// Mover is somebody behind a figure of the movement.
type Mover struct {
	ID       ID
	FullName string
	Flow     Flow
	Day      vi.Date
}

// Movement is the equation of a period: Begin + New + In + Supplemented − Out − Dead − Left = End, with the names. It
// covers rosters; branches kept by number only stand beside it.
type Movement struct {
	Begin, End               int
	CountedBegin, CountedEnd int
	Movers                   []Mover // in the order of their days
}

// Count gives a flow's figure.
func (m Movement) Count(f Flow) int {
	n := 0
	for _, x := range m.Movers {
		if x.Flow == f {
			n++
		}
	}
	return n
}

// MovementBetween gives the movement of an association from the beginning of the day from to the end of the day to.
func MovementBetween(ctx context.Context, tx *db.Tx, a AssociationID, from, to time.Time) (Movement, error) {
	if !mayRead(tx.Who(), a) {
		return Movement{}, fault.Missing()
	}
	var m Movement
	err := tx.QueryRow(ctx, `
		select count(*) filter (where s.from_day < $3 and (s.to_day is null or s.to_day >= $3)),
		       count(*) filter (where s.from_day <= $4 and (s.to_day is null or s.to_day > $4))
		from membership_span s where s.ward_id = $1 and ($2 = 0 or s.association_id = $2) and not s.voided`,
		tx.Who().Ward, a, from, to).Scan(&m.Begin, &m.End)
	if err != nil {
		return Movement{}, err
	}
	if m.Movers, err = movers(ctx, tx, a, from, to); err != nil {
		return Movement{}, err
	}
	for day, n := range map[time.Time]*int{from.AddDate(0, 0, -1): &m.CountedBegin, to: &m.CountedEnd} {
		counts, err := association.CountsAt(ctx, tx, a, day)
		if err != nil {
			return Movement{}, err
		}
		*n = Census{Counted: counts}.CountedMembers()
	}
	return m, nil
}

func movers(ctx context.Context, tx *db.Tx, a AssociationID, from, to time.Time) ([]Mover, error) {
	return db.All[Mover](ctx, tx, `
		select m.id, m.full_name, e.flow, e.day
		from (
			select s.membership_id, s.from_day as sort, s.joined as day,
			       case s.began when 'ket_nap' then 'new' when 'chuyen_den' then 'in' else 'supplemented' end as flow
			from membership_span s
			where s.ward_id = $1 and ($2 = 0 or s.association_id = $2) and not s.voided and s.from_day between $3 and $4
			union all
			select s.membership_id, s.to_day, s.ended, case s.ended_how when 'chuyen_di' then 'out' when 'qua_doi' then 'dead' else 'left' end
			from membership_span s
			where s.ward_id = $1 and ($2 = 0 or s.association_id = $2) and not s.voided and s.to_day between $3 and $4
		) e join membership m on m.id = e.membership_id
		order by e.sort, m.sort_key, m.id`, tx.Who().Ward, a, from, to)
}

// ProfileCounts counts the members on a day by their answer to an open (not sensitive) field of the kind; "" = no answer.
func ProfileCounts(ctx context.Context, tx *db.Tx, a AssociationID, day time.Time, code string) (map[string]int, error) {
	if !mayRead(tx.Who(), a) {
		return nil, fault.Missing()
	}
	rows, err := db.All[struct {
		Answer string
		N      int
	}](ctx, tx, `
		select coalesce(m.profile->>$4, '') as answer, count(*)::int as n
		from membership_span s join membership m on m.id = s.membership_id
		where s.ward_id = $1 and s.association_id = $2 and not s.voided and s.from_day <= $3 and (s.to_day is null or s.to_day > $3)
		group by 1`, tx.Who().Ward, a, day, code)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, r := range rows {
		counts[r.Answer] = r.N
	}
	return counts, nil
}

// PeopleAt gives, for the whole ward on a day, how many memberships rosters hold and how many different people they are.
// It tells numbers only, so everybody may ask.
func PeopleAt(ctx context.Context, tx *db.Tx, day time.Time) (memberships, people int, err error) {
	err = tx.QueryRow(ctx, `select memberships, people from member_people_at($1)`, day).Scan(&memberships, &people)
	return memberships, people, err
}

// PublicCount is what residents may know: Branch nil = the whole association; Members nil = hidden because it is small.
type PublicCount struct {
	AssociationID AssociationID
	BranchID      *BranchID
	Members       *int
}

// PublicCounts gives the sizes of rosters for public pages; counts under 5 are hidden, and a neighbour where the total would tell.
func PublicCounts(ctx context.Context, tx *db.Tx) ([]PublicCount, error) {
	return db.All[PublicCount](ctx, tx, `select association_id, branch_id, members from member_public_counts()`)
}
