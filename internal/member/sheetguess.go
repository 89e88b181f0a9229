package member

import (
	"regexp"
	"strings"

	"wardportal/internal/sheet"
	"wardportal/internal/vi"
)

// Columns without a label, and tables without a header, are judged by what they hold.

var (
	dateLike  = regexp.MustCompile(`^(?:\d{1,2}|0?0|--|\.\.)[/.-](?:(?:\d{1,2}|0?0|--|\.\.)[/.-])?(?:\d{4}|\d{2})$|^(?:19|20)\d{2}$`)
	phoneLike = regexp.MustCompile(`^(?:\+?84|0)?[35789]\d{8}$`)
	idLike    = regexp.MustCompile(`^\d{12}$|^\d{11}$`)
)

// judgeUnlabelled gives columns whose label is missing the use that their content speaks for, if no other column has it.
func (t *tableReader) judgeUnlabelled() {
	taken := map[string]bool{}
	for _, c := range t.d.Columns {
		taken[c.Use] = true
	}
	for i, c := range t.d.Columns {
		if c.Label != "" || c.Use != "" {
			continue
		}
		if use := contentUse(c.Samples); use != "" && !taken[use] && !(use == UseName && taken[UseGiven]) {
			t.d.Columns[i].Use, t.d.Columns[i].quality = use, 50
			taken[use] = true
		}
	}
}

// contentUse says what a column of such texts holds, "" when it cannot be told. Four in five must agree, and of words that mean little by themselves there must be three.
func contentUse(samples []string) string {
	n := map[string]int{}
	for _, s := range samples {
		digits := strings.NewReplacer(" ", "", ".", "", "-", "").Replace(s)
		switch f := vi.Fold(s); {
		case f == "nam" || f == "nu":
			n[UseSex]++
		case idLike.MatchString(digits):
			n[UseID]++
		case phoneLike.MatchString(digits):
			n[UsePhone]++
		case dateLike.MatchString(s):
			n[UseBirth]++
		case looksName(s) && vi.IsSyllable(strings.Fields(s)[0]):
			n[UseName]++
		case strings.Contains(s, "@"):
			n[UseEmail]++
		}
	}
	for use, count := range n {
		if count*5 >= len(samples)*4 && (count > 2 || use == UsePhone || use == UseID) {
			return use
		}
	}
	return ""
}

// headless reads a table without a header: names in one column and dates, sexes or numbers in others.
func (t *tableReader) headless() bool {
	width := 0
	for row := range min(len(t.g.s.Rows), 200) {
		width = max(width, t.g.width(row))
	}
	uses := map[int]string{}
	named, others := false, 0
	taken := map[string]bool{}
	for col := range width {
		var list []string
		for row := 0; row < len(t.g.s.Rows) && len(list) < 40; row++ {
			if s := t.g.text(row, col); s != "" && t.g.cell(row, col).Kind != sheet.Empty {
				list = append(list, s)
			}
		}
		use := contentUse(list)
		if use == "" || taken[use] {
			continue
		}
		uses[col], taken[use] = use, true
		if use == UseName {
			named = true
		} else {
			others++
		}
	}
	if !named || others == 0 {
		return false
	}
	t.d.Header = t.firstPerson(uses)
	if t.d.Header < 0 {
		return false
	}
	for col := range width {
		t.d.Columns = append(t.d.Columns, SheetColumn{Index: col, Use: uses[col], Samples: t.samples(col), quality: 50})
		if use, ok := t.d.Mapped.Columns[col]; ok {
			t.d.Columns[col].Use, t.d.Columns[col].quality = use, 2000
		}
	}
	t.settle()
	t.d.Header = max(t.d.Header, 1)
	t.headerless = t.d.Header == 1 && t.personAt(0, uses)
	return true
}

// firstPerson is the number of lines above the first that has a name and something else that was understood; -1 none.
func (t *tableReader) firstPerson(uses map[int]string) int {
	for row := range min(len(t.g.s.Rows), headerDepth) {
		if t.personAt(row, uses) {
			return row
		}
	}
	return -1
}

func (t *tableReader) personAt(row int, uses map[int]string) bool {
	name, more := false, false
	for col, use := range uses {
		s := t.g.text(row, col)
		switch {
		case use == UseName:
			name = looksName(s)
		case s != "":
			more = true
		}
	}
	return name && more
}
