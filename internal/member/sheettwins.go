package member

import (
	"slices"
	"strings"

	"wardportal/internal/vi"
)

// findTwins marks rows of one file that repeat an earlier one, and those that may. The same person is: the same citizen
// number under the same name; the same name and full day of birth; the same name and a birth that agrees, with the same
// phone, address or card. Different citizen numbers are different people, however alike. A list of the dead repeats people
// of the other sheets when name, year and branch agree. One number under two names is an error.
func findTwins(rows []SheetRow) {
	byName, byID := map[string][]int{}, map[string][]int{}
	for i := range rows {
		r := &rows[i]
		if r.Name.Full() == "" {
			continue
		}
		key := vi.ToneFold(r.Name.Full())
		if r.IDNumber != "" {
			byID[r.IDNumber] = append(byID[r.IDNumber], i)
		}
		r.findTwin(rows, i, byName[key], byID[r.IDNumber])
		byName[key] = append(byName[key], i)
	}
}

// findTwin compares a row with the earlier ones of the same name and of the same number.
func (r *SheetRow) findTwin(rows []SheetRow, self int, names, numbers []int) {
	for _, j := range numbers {
		if o := &rows[j]; j != self && !sameName(o, r) {
			r.Why = append(r.Why, SheetReason{Code: "id-taken", Row: rowRef(o, r)})
			r.raise(LevelError)
			return
		}
	}
	ask := -1
	for _, j := range names {
		switch o := &rows[j]; likeness(o, r) {
		case 2:
			first := j
			if o.Twin > 0 {
				first = o.Twin - 1
			}
			r.Twin = first + 1
			r.raise(LevelDuplicate)
			return
		case 1:
			if ask < 0 {
				ask = j
			}
		}
	}
	if ask >= 0 {
		r.Why = append(r.Why, SheetReason{Code: "same-name-same-year", Row: rowRef(&rows[ask], r)})
		r.raise(LevelWarn)
	}
}

func sameName(a, b *SheetRow) bool {
	return vi.ToneFold(a.Name.Full()) == vi.ToneFold(b.Name.Full())
}

// likeness of two rows of one name: 2 the same person, 1 may be, 0 not.
func likeness(a, b *SheetRow) int {
	if a.IDNumber != "" && b.IDNumber != "" {
		switch {
		case a.IDNumber == b.IDNumber:
			return 2
		case len(a.IDNumber) == len(b.IDNumber): // an old and a new card may be one person's
			return 0
		}
	}
	if a.Sex != "" && b.Sex != "" && a.Sex != b.Sex {
		return 0
	}
	if a.Birth.IsZero() || b.Birth.IsZero() {
		if a.Phone == b.Phone && sameAddress(a, b) {
			return 2
		}
		return 0
	}
	if a.Birth.Year != b.Birth.Year || !a.Birth.Covers(b.Birth) && !b.Birth.Covers(a.Birth) {
		return 0
	}
	samePlace := a.Group == b.Group && a.Place == b.Place
	switch {
	case a.Phone != "" && a.Phone == b.Phone, a.Card != "" && a.Card == b.Card, sameAddress(a, b):
		return 2
	case a.Birth.Precision() == vi.FullDay && b.Birth.Precision() == vi.FullDay:
		return 2
	case samePlace && a.list != b.list:
		return 2
	case distinct(a, b):
		return 0
	}
	return 1
}

func sameAddress(a, b *SheetRow) bool {
	x, y := vi.Fold(a.Address), vi.Fold(b.Address)
	return x != "" && x == y && strings.ContainsAny(x, "0123456789")
}

// distinct tells whether something besides name and year tells two people apart: one is known by the day and the other not is
// no such thing, but a number on one side together with another branch is.
func distinct(a, b *SheetRow) bool {
	if a.Birth.Precision() != b.Birth.Precision() {
		return true
	}
	return a.IDNumber != "" || b.IDNumber != "" || a.Status != b.Status
}

// rowRef is how a row of the file refers to another.
func rowRef(o, from *SheetRow) string {
	if o.Sheet != from.Sheet {
		return o.Sheet + "!" + itoa(o.Row)
	}
	return itoa(o.Row)
}

// twinRef is the reference to the row that rows[i] repeats, "" when it repeats none.
func twinRef(rows []SheetRow, i int) string {
	if rows[i].Twin == 0 {
		return ""
	}
	return rowRef(&rows[rows[i].Twin-1], &rows[i])
}

// codes lists the reasons of a level's worth, gravest first where the level is error.
func (r *SheetRow) codes(keep func(code string) bool) []string {
	var list []string
	for _, w := range r.Why {
		if !keep(w.Code) {
			continue
		}
		if w.Row != "" {
			list = append(list, w.Code+":"+w.Row)
		} else {
			list = append(list, w.Code)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
