package sample

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/member"
	"wardportal/internal/vi"
)

// firstYear is the first year whose reports the demo holds.
const firstYear = 2022

// crowd is how many members an association has today, and how it changes in a year.
type crowd struct {
	members, small              int // in the full and in the small world
	admitted, died, moved, left int // per year, for the full world
	shared                      int // of 100, how many are members of the elderly association too
}

var crowds = map[string]crowd{
	"nguoi-cao-tuoi":        {members: 1000, small: 96, admitted: 42, died: 19, moved: 5, left: 2},
	"khuyen-hoc":            {members: 1500, small: 120, admitted: 60, died: 6, moved: 8, left: 4, shared: 12},
	"chat-doc-da-cam":       {members: 90, small: 24, admitted: 2, died: 3, moved: 1, shared: 35},
	"thanh-nien-xung-phong": {members: 50, small: 16, admitted: 1, died: 2, moved: 1, shared: 70},
	"tu-yeu-nuoc":           {members: 100, small: 20, admitted: 1, died: 3, moved: 1, shared: 75},
}

// life is one made-up membership before it is loaded.
type life struct {
	row  member.Loaded
	born int
}

// addMembers fills the rosters. The elderly come first: members of the other associations are drawn from them.
func (b *builder) addMembers(ctx context.Context, tx *db.Tx) error {
	r := rand.New(rand.NewPCG(2023, 1201)) // a fixed seed: every demo ward is the same but for the passing years
	var elderly []member.Stored
	var elderlyLives []life
	for _, p := range plans {
		made := b.associations[p.slug]
		lives := b.livesOf(r, made, crowds[p.slug], tx.Now(), elderly, elderlyLives)
		rows := make([]member.Loaded, len(lives))
		for i, l := range lives {
			rows[i] = l.row
		}
		stored, err := member.Load(ctx, tx, b.keys, rows)
		if err != nil {
			return fmt.Errorf("%s: %w", p.slug, err)
		}
		for i, s := range stored {
			if lives[i].row.EndHow == "" {
				made.members = append(made.members, seated{s.Person, lives[i].row.Name.Full(), lives[i].row.Branch})
			}
		}
		if p.kind == "NCT" {
			elderly, elderlyLives = stored, lives
		}
		if err := b.countSchools(ctx, tx, made); err != nil {
			return err
		}
	}
	return nil
}

// countSchools gives the branches that are kept by number only a count for every year.
func (b *builder) countSchools(ctx context.Context, tx *db.Tx, made *built) error {
	for i, branch := range made.plan.branches {
		if !branch.number {
			continue
		}
		for year := firstYear - 1; year <= tx.Today().Year(); year++ {
			on := time.Date(year, 10, 5, 0, 0, 0, 0, time.UTC)
			if on.After(tx.Today()) {
				continue
			}
			n := 60 + 15*i%70 + 2*(year-firstYear)
			female := n * 7 / 10
			if err := association.AddCount(ctx, tx, association.Count{
				Branch: made.branches[i], CountedOn: on, Members: n, Female: &female, Source: fmt.Sprintf("Nhà trường báo ngày %s", vi.ShortDate(on)),
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *builder) livesOf(r *rand.Rand, made *built, c crowd, now time.Time, elderly []member.Stored, elderlyLives []life) []life {
	target, scale := c.members, 1.0
	if b.opts.Small {
		target, scale = c.small, float64(c.small)/float64(c.members)
	}
	listed := made.listedBranches()
	year := now.In(vi.Location()).Year()
	kind := association.KindCode(made.plan.kind)
	taken := map[member.PersonID]bool{}
	var lives []life
	recent := 0 // admitted since firstYear and still there
	add := func(joined vi.Date, began member.Began, end member.EndHow, ended vi.Date) {
		l := b.oneLife(r, made, kind, listed[r.IntN(len(listed))], joined, ended)
		l.row.Began, l.row.Joined, l.row.EndHow, l.row.Ended = began, joined, end, ended
		if end == "" && len(elderly) > 0 && r.IntN(100) < c.shared {
			shareWith(r, &l, elderly, elderlyLives, taken)
		}
		lives = append(lives, l)
	}
	for y := firstYear; y <= year; y++ {
		through := yearShare(y, now)
		for range scaled(r, float64(c.admitted)*scale*through) {
			began := member.Admitted
			if r.IntN(8) == 0 {
				began = member.Arrived
			}
			add(dayIn(r, y, now), began, "", vi.Date{})
			recent++
		}
		for _, way := range []struct {
			how  member.EndHow
			mean int
		}{{member.Died, c.died}, {member.MovedAway, c.moved}, {member.Resigned, c.left}} {
			for range scaled(r, float64(way.mean)*scale*through) {
				add(vi.Date{Year: 2000 + r.IntN(20)}, member.Admitted, way.how, dayIn(r, y, now))
			}
		}
	}
	for range max(0, target-recent) {
		add(oldJoining(r), member.Admitted, "", vi.Date{})
	}
	return lives
}

// shareWith makes the life that of somebody who is in the elderly association already: one person, two memberships.
func shareWith(r *rand.Rand, l *life, elderly []member.Stored, lives []life, taken map[member.PersonID]bool) {
	for range 20 {
		i := r.IntN(len(elderly))
		e := lives[i]
		if taken[elderly[i].Person] || e.row.EndHow != "" || !l.row.Joined.IsZero() && e.row.Birth.Year > l.row.Joined.Year-16 {
			continue
		}
		taken[elderly[i].Person] = true
		l.row.Person = elderly[i].Person
		l.row.Name, l.row.Sex, l.row.Birth = e.row.Name, e.row.Sex, e.row.Birth
		l.row.Phone, l.row.Address = e.row.Phone, e.row.Address
		return
	}
}

func (b *builder) oneLife(r *rand.Rand, made *built, kind association.KindCode, branch int, joined, ended vi.Date) life {
	born := birthYear(r, kind, joined, ended)
	female := r.IntN(100) < 57
	if kind == association.TYN || kind == association.TNXP {
		female = r.IntN(100) < 38
	}
	sex := member.Male
	if female {
		sex = member.Female
	}
	group := pick(r, made.plan.branches[branch].groups)
	l := life{born: born}
	l.row = member.Loaded{NewMember: member.NewMember{Association: made.id, Branch: made.branches[branch], Fields: member.Fields{
		Name: vi.SplitName(personName(r, female, born)), Sex: sex, Birth: birthDate(r, born), Class: member.Full,
		Address: address(r, group), Group: b.groups[group-1], Profile: profile(r, kind, born),
	}}}
	chance := 85
	if born < 1946 {
		chance = 35
	}
	if r.IntN(100) < chance {
		l.row.Phone = fmt.Sprintf("%s000%04d", pick(r, prefixes), r.IntN(10000))
		if born < 1946 {
			l.row.PhoneOwner = pick(r, []string{"con trai", "con gái", "cháu nội"})
		}
	}
	if (kind == association.TNXP || kind == association.TYN) && r.IntN(5) == 0 {
		l.row.Alias = pick(r, givenOrder) + " " + pick(r, givenMen)
	}
	if kind == association.NCT && r.IntN(100) < 78 {
		l.row.Card = fmt.Sprintf("NCT-%04d", r.IntN(10000))
	}
	return l
}

// birthYear draws an age that the association's members have and that fits the day of joining.
func birthYear(r *rand.Rand, kind association.KindCode, joined, ended vi.Date) int {
	switch kind {
	case association.TNXP:
		return 1944 + r.IntN(13)
	case association.TYN:
		return 1934 + r.IntN(20)
	case association.DACAM:
		return 1942 + r.IntN(44)
	case association.KHOC:
		return min(1945+r.IntN(50), joined.Year-18)
	}
	if joined.Year >= firstYear {
		return joined.Year - 60 - r.IntN(6)
	}
	age := []int{60 + r.IntN(10), 60 + r.IntN(10), 60 + r.IntN(10), 60 + r.IntN(10), 60 + r.IntN(10), 70 + r.IntN(10), 70 + r.IntN(10), 70 + r.IntN(10), 80 + r.IntN(10), 88 + r.IntN(12)}[r.IntN(10)]
	year := 2024
	if !ended.IsZero() {
		year, age = ended.Year, age+8
	}
	return min(year-age, joined.Year-60)
}

// birthDate keeps as much of the date as such people's papers do (handbook §10).
func birthDate(r *rand.Rand, born int) vi.Date {
	yearOnly := 3
	switch {
	case born <= 1945:
		yearOnly = 55
	case born <= 1960:
		yearOnly = 25
	}
	x := r.IntN(100)
	switch {
	case x < yearOnly:
		return vi.Date{Year: born}
	case x < yearOnly+5:
		return vi.Date{Year: born, Month: 1 + r.IntN(12)}
	default:
		return vi.Date{Year: born, Month: 1 + r.IntN(12), Day: 1 + r.IntN(28)}
	}
}

// oldJoining is a day of joining before the demo's books begin: a year, sometimes a month.
func oldJoining(r *rand.Rand) vi.Date {
	d := vi.Date{Year: 1998 + r.IntN(24)}
	if r.IntN(4) == 0 {
		d.Month = 1 + r.IntN(12)
	}
	return d
}

// dayIn is a day of the year that lies at least a week back.
func dayIn(r *rand.Rand, year int, now time.Time) vi.Date {
	first := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC)
	last := time.Date(year, 12, 28, 0, 0, 0, 0, time.UTC)
	if limit := now.AddDate(0, 0, -7); last.After(limit) {
		last = limit
	}
	days := int(last.Sub(first).Hours()/24) + 1
	if days < 1 {
		days = 1
	}
	return vi.DayOf(first.AddDate(0, 0, r.IntN(days)))
}

// yearShare is how much of the year has passed: 1 for years that are over.
func yearShare(year int, now time.Time) float64 {
	local := now.In(vi.Location())
	if year < local.Year() {
		return 1
	}
	return float64(local.YearDay()) / 365
}

// scaled turns a yearly mean into a count: no year is like the other, and the fraction is drawn.
func scaled(r *rand.Rand, mean float64) int {
	mean *= 0.75 + r.Float64()/2
	n := int(mean)
	if r.Float64() < mean-float64(n) {
		n++
	}
	return n
}

func address(r *rand.Rand, group int) string {
	house := fmt.Sprint(1 + r.IntN(480))
	switch r.IntN(6) {
	case 0:
		house += "/" + fmt.Sprint(1+r.IntN(40))
	case 1:
		house += "A"
	case 2:
		house = "hẻm " + fmt.Sprint(1+r.IntN(300)) + "/" + fmt.Sprint(1+r.IntN(20))
	}
	return fmt.Sprintf("%s %s, tổ %d", house, pick(r, streets), group)
}

// listedBranches are the places of the branches that keep a roster.
func (m *built) listedBranches() []int {
	var list []int
	for i, p := range m.plan.branches {
		if !p.number {
			list = append(list, i)
		}
	}
	return list
}

// seated is somebody who may hold an office.
type seated struct {
	person authz.PersonID
	name   string
	branch association.BranchID
}
