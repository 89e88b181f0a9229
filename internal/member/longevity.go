package member

import (
	"slices"
	"time"

	"wardportal/internal/vi"
)

// Counting is the local custom by which the years of somebody honoured are counted (handbook §3.3).
type Counting string

// The two customs. ByYear is what the law's ages mean; ByCustom counts the year of birth as the first.
const (
	ByYear   Counting = "tron"
	ByCustom Counting = "mu"
)

// Countings lists the customs, the usual one first.
var Countings = []Counting{ByYear, ByCustom}

// Label is the Vietnamese word: "Tuổi tròn".
func (c Counting) Label() string {
	return map[Counting]string{ByYear: "Tuổi tròn", ByCustom: "Tuổi mụ"}[c]
}

// Age is how old somebody born in the year counts as in the other year.
func (c Counting) Age(born, year int) int {
	age := year - born
	if c == ByCustom {
		age++
	}
	return age
}

// Born is the year in which somebody was born who counts as so old in the year; Age(year, year) is what a newborn counts.
func (c Counting) Born(age, year int) int { return year - age + c.Age(year, year) }

// LongevityAges are the ages at which elders are honoured; from the last one on, every year (Law 39/2009 art. 21, handbook §3.3).
var LongevityAges = []int{70, 75, 80, 85, 90, 95, 100}

// centenary is the age from which every year is honoured.
const centenary = 100

// LongevityGroup is the age under which somebody so old is honoured: 70 … 95, or 100 for everybody from 100 on. ok is false
// for the years between.
func LongevityGroup(age int) (group int, ok bool) {
	group = min(age, centenary)
	return group, slices.Contains(LongevityAges, group)
}

// LongevityTitle is what the ceremony for one of LongevityAges is called (TT 06/2012/TT-BVHTTDL art. 8).
func LongevityTitle(group int) string {
	switch {
	case group >= 90:
		return "LỄ MỪNG THƯỢNG THƯỢNG THỌ"
	case group >= 80:
		return "LỄ MỪNG THƯỢNG THỌ"
	default:
		return mixedTitle
	}
}

// mixedTitle is also what one ceremony for elders of several titles is called.
const mixedTitle = "LỄ MỪNG THỌ"

// CeremonyTitle is what one ceremony for all those groups is called: their common title, or the general one.
func CeremonyTitle(groups []int) string {
	if len(groups) == 0 {
		return mixedTitle
	}
	title := LongevityTitle(groups[0])
	for _, g := range groups {
		if LongevityTitle(g) != title {
			return mixedTitle
		}
	}
	return title
}

// LongevityYear is the year that a list opens on: the lists for the coming Tết are drawn up from October, after the day of
// elders of 1/10.
func LongevityYear(today time.Time) int {
	if today.After(time.Date(today.Year(), time.October, 1, 0, 0, 0, 0, today.Location())) {
		return today.Year() + 1
	}
	return today.Year()
}

// Elder is a line of the longevity list. Nothing here is sensitive: no health, no means, no gift.
type Elder struct {
	ID       ID
	BranchID BranchID
	Branch   string
	Sort     int // of the branch among its sisters
	FullName string
	Sex      Sex
	Birth    vi.Date // zero: not known
	Address  string
}

// Longevity is who is to be honoured in a year, and whose age nobody can tell.
type Longevity struct {
	Groups  []Honoured // those with somebody in them, from 70 up
	Unknown []Elder    // "thiếu năm sinh", by name
}

// Honoured is everybody honoured at one of LongevityAges, by name. In the last group ages differ.
type Honoured struct {
	Group  int
	Elders []Elder
}

// Count is how many are to be honoured.
func (l Longevity) Count() int {
	n := 0
	for _, g := range l.Groups {
		n += len(g.Elders)
	}
	return n
}

// Ages lists the groups with somebody in them.
func (l Longevity) Ages() []int {
	ages := make([]int, len(l.Groups))
	for i, g := range l.Groups {
		ages[i] = g.Group
	}
	return ages
}

// In keeps the elders of one branch; 0 keeps all.
func (l Longevity) In(b BranchID) Longevity {
	if b == 0 {
		return l
	}
	here := func(all []Elder) []Elder {
		var some []Elder
		for _, e := range all {
			if e.BranchID == b {
				some = append(some, e)
			}
		}
		return some
	}
	out := Longevity{Unknown: here(l.Unknown)}
	for _, g := range l.Groups {
		if some := here(g.Elders); len(some) > 0 {
			out.Groups = append(out.Groups, Honoured{g.Group, some})
		}
	}
	return out
}

// groupElders sorts elders, who come by name, into the groups of the year.
func groupElders(elders []Elder, year int, c Counting) Longevity {
	var l Longevity
	byAge := map[int][]Elder{}
	for _, e := range elders {
		if e.Birth.IsZero() {
			l.Unknown = append(l.Unknown, e)
			continue
		}
		if group, ok := LongevityGroup(c.Age(e.Birth.Year, year)); ok {
			byAge[group] = append(byAge[group], e)
		}
	}
	for _, age := range LongevityAges {
		if len(byAge[age]) > 0 {
			l.Groups = append(l.Groups, Honoured{age, byAge[age]})
		}
	}
	return l
}
