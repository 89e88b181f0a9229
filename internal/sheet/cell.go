package sheet

import (
	"math"
	"strings"
	"time"
)

var generalFormat = parseNumFmt("General")

func (s *Style) orGeneral() *numFmt {
	if s == nil || s.NumFmt == "" {
		return generalFormat
	}
	return s.parsed()
}

// textCell keeps the text as it was stored, spaces and all; a text of nothing is no content.
func textCell(text string, st *Style, formula bool) Cell {
	if text == "" {
		return Cell{Style: st}
	}
	return Cell{Kind: Text, Text: text, Raw: text, Style: st, Formula: formula}
}

// numberCell makes a Number, or a Date when the format shows a day, month or year. shift is added to dates.
func numberCell(v, shift float64, st *Style, formula bool) Cell {
	f := st.orGeneral()
	c := Cell{Kind: Number, Number: v, Style: st, Formula: formula}
	if f.isDate() && math.Abs(v) < 3_000_000 {
		c.Kind = Date
		c.Number += shift
	}
	c.Raw = plain(c.Number)
	c.Text = f.format(c.Number)
	if c.Text == c.Raw {
		c.Text = c.Raw // one string instead of two
	}
	return c
}

func boolCell(v bool, st *Style, formula bool) Cell {
	c := Cell{Kind: Bool, Text: "SAI", Raw: "false", Style: st, Formula: formula}
	if v {
		c.Text, c.Raw, c.Number = "ĐÚNG", "true", 1
	}
	return c
}

// isoDateCell reads a stored ISO date or date-time; what is none stays text.
func isoDateCell(iso string, st *Style, formula bool) Cell {
	t, ok := parseISO(iso)
	if !ok {
		return textCell(iso, st, formula)
	}
	if st == nil || !st.orGeneral().isDate() {
		st = isoStyle(st)
	}
	v := serialOf(t) + t.Sub(t.Truncate(24*time.Hour)).Seconds()/86400
	return numberCell(v, 0, st, formula)
}

var dayFormat = parseNumFmt("dd/mm/yyyy")

func isoStyle(base *Style) *Style {
	st := Style{}
	if base != nil {
		st = *base
	}
	st.NumFmt, st.code = "dd/mm/yyyy", dayFormat
	return &st
}

func parseISO(s string) (time.Time, bool) {
	s = strings.TrimSuffix(s, "Z")
	for _, layout := range [...]string{"2006-01-02", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
