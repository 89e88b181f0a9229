package report

import (
	"maps"
	"slices"
	"time"
)

// Copy is a report as it was sent or accepted. It is complete in itself: it renders the same after registry, books and
// last year's figures have moved on.
type Copy struct {
	Mark         Mark `json:"-"`
	Year         int
	Name         string // of the association
	CutOff       time.Time
	From, To     time.Time
	Final        bool
	Amendment    int
	Rows         []string // the first page
	Values       map[string]Value
	Notes        map[string]string
	Last         map[string]Value
	Targets      map[string]Value
	NextTargets  map[string]Value
	Books        map[string]BookFigure
	Texts        map[Slot]string
	Explanations map[string]Explanation
	Paper        Paper
	OnBehalf     bool
	Rating       string
}

func (s Sheet) copy() Copy {
	c := Copy{
		Year: s.Campaign.Year, Name: s.Association.Name, CutOff: s.Campaign.CutOff, From: s.From, To: s.To, Final: s.Report.Final, Amendment: s.Report.Amendment,
		Rows: codesOf(s.Campaign.ChosenRows(s.Kind)), Values: s.Values, Notes: s.Notes, Last: s.Last, Targets: s.Targets, NextTargets: s.NextTargets,
		Books: s.Books, Texts: map[Slot]string{}, Explanations: s.Explanations, Paper: s.Report.Paper, OnBehalf: s.Report.OnBehalf, Rating: s.Report.Rating,
	}
	for _, n := range s.Narrative {
		if n.Text != "" {
			c.Texts[n.Slot] = n.Text
		}
	}
	return c
}

// cells writes the copy as cells, to be compared with another.
func (c Copy) cells() edits {
	out := edits{}
	for code, v := range c.Values {
		out.put(code, v.cell())
	}
	for code, text := range c.Notes {
		out.put(NoteField(code), text)
	}
	for key, e := range c.Explanations {
		out.put(ExplainField(key), e.Text)
	}
	for slot, text := range c.Texts {
		out.put(TextField(slot), text)
	}
	for code, v := range c.NextTargets {
		out.put(TargetField(code), v.cell())
	}
	out.put(keyFinal, flag(c.Final))
	out.put(keyRating, c.Rating)
	return out
}

// CellChange is a cell that differs between two copies; both contents as people read them.
type CellChange struct {
	Key, Label    string
	Before, After string
}

// Changed lists what was changed from one copy to the next ("3 ô đã sửa"), figures in form order, then the rest.
func Changed(before, after Copy) []CellChange {
	was, is := before.cells(), after.cells()
	keys := map[string]bool{}
	for _, cells := range []edits{was, is} {
		for key := range cells {
			keys[key] = true
		}
	}
	var list []CellChange
	for _, key := range slices.SortedFunc(maps.Keys(keys), byForm) {
		if was[key] != is[key] {
			list = append(list, CellChange{key, KeyLabel(key), CellText(key, was[key]), CellText(key, is[key])})
		}
	}
	return list
}

func byForm(a, b string) int {
	place := func(key string) int {
		if i, ok := registryIndex[key]; ok {
			return i
		}
		return len(Registry)
	}
	if d := place(a) - place(b); d != 0 {
		return d
	}
	if a < b {
		return -1
	}
	return 1
}
