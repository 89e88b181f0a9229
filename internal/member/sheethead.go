package member

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"wardportal/internal/association"
	"wardportal/internal/sheet"
	"wardportal/internal/vi"
)

// tableReader finds and reads the table of one sheet.
type tableReader struct {
	rd   *sheetReader
	g    *grid
	d    *SheetDraft
	col  map[string]int // column by use; absent = no such column
	list string         // RowDeceased … when the whole sheet is a list of such people
	// what the lines above a row say
	titlePlace placeText
	branch     placeText
	period     string
	sexAges    bool // the columns Nam and Nữ hold ages: "Tuổi" over "Nam" | "Nữ"
	headerless bool // the first line is a person already
	closed     bool // a total or a signature was passed
}

// headerDepth is how far down a header is looked for: a letterhead takes ten lines.
const headerDepth = 80

// findHeader finds the header of the sheet, one row or two, and says what its columns hold.
func (t *tableReader) findHeader() {
	best, score := -1, 0
	for row := 0; row < min(len(t.g.s.Rows), headerDepth); row++ {
		if s := t.headerScore(row, 3); s > score {
			best, score = row, s
		}
	}
	switch {
	case best >= 0:
		t.useHeader(best)
	case !t.headless():
		return
	}
	top := t.d.Header
	if best >= 0 {
		top = best
	}
	t.readTitles(top)
}

// headerScore rates a row as header: it must name the people and something else, without numbers, and at least one in share
// of its cells must be understood.
func (t *tableReader) headerScore(row, share int) int {
	score, named, male, female := 0, false, false, false
	seen := map[string]bool{}
	cols := t.g.filled(row)
	for _, col := range cols { // most rows are no header, and their numbers say so at once
		if c := t.g.cell(row, col); c.Kind == sheet.Number || c.Kind == sheet.Date || onlyFigures(t.g.text(row, col)) {
			return 0
		}
	}
	for _, col := range cols {
		text := t.g.text(row, col)
		use, quality := guessUse(text, t.kind(), t.rd.o.Learned)
		if quality == 0 || seen[use] {
			continue
		}
		seen[use] = true
		named = named || use == UseName || use == UseGiven || use == UseFamily
		male, female = male || use == UseMale, female || use == UseFemale
		score += 10 + quality/100
	}
	if !named || len(seen) < 2 || len(seen)*share < len(cols) {
		return 0
	}
	return score
}

// onlyFigures tells whether a text is a number, a date or a phone: no letter, and a digit in front.
func onlyFigures(s string) bool {
	return s != "" && s[0] >= '0' && s[0] <= '9' && strings.IndexFunc(s, unicode.IsLetter) < 0 || strings.Contains(s, "@")
}

func (t *tableReader) kind() association.KindCode { return t.rd.o.Kind.Code }

// useHeader takes the header at row, with the second line below it where there is one.
func (t *tableReader) useHeader(row int) {
	labels, parents := map[int]string{}, map[int]string{}
	width := t.g.width(row)
	last := row
	if t.secondLine(row) {
		last = row + 1
		width = max(width, t.g.width(last))
	}
	over := ""
	for col := range width {
		upper, lower := t.g.text(row, col), ""
		if last > row {
			lower = t.g.text(last, col)
		}
		if upper != "" {
			over = upper
		} else if m, ok := t.g.s.MergedAt(row, col); ok && m.Row1 <= row {
			over = cmp.Or(t.g.text(m.Row1, m.Col1), over)
		}
		switch {
		case lower != "":
			parents[col], labels[col] = over, lower
		case upper != "":
			labels[col] = upper
		}
	}
	t.d.Header = last + 1
	t.mapColumns(width, labels, parents)
}

// secondLine tells whether the row below a header row belongs to it: short words under merged or empty cells, no data.
func (t *tableReader) secondLine(row int) bool {
	cols := t.g.filled(row + 1)
	if len(cols) == 0 {
		return false
	}
	below := 0
	for _, col := range cols {
		c := t.g.cell(row+1, col)
		text := t.g.text(row+1, col)
		if c.Kind == sheet.Number || c.Kind == sheet.Date || numberOfColumn.MatchString(text) || utf8.RuneCountInString(text) > 30 {
			return false
		}
		switch use, quality := guessUse(text, t.kind(), nil); {
		case subWords[LabelKey(text)], quality >= 500 && use != UseName:
			below++
		}
		if up := t.g.text(row, col); up != "" {
			if m, ok := t.g.s.MergedAt(row, col); (!ok || m.Col2 == m.Col1) && !t.startsGroup(row, col) {
				return false // a data row, or a header of its own
			}
		}
	}
	return below*2 >= len(cols)
}

// startsGroup tells whether a header cell is the first of several columns that share it: its neighbour above is empty and
// the one below is not.
func (t *tableReader) startsGroup(row, col int) bool {
	return t.g.text(row, col+1) == "" && t.g.text(row+1, col+1) != ""
}

var (
	numberOfColumn = regexp.MustCompile(`^[(\[]?\s*(?:\d{1,2}|[A-Za-z])\s*[)\]]?$`)
	subWords       = map[string]bool{
		"nam": true, "nu": true, "nawm": true, "ngay": true, "thang": true, "tu": true, "den": true, "ho": true, "ten": true, "so": true, "di": true, "ve": true,
		"ho dem": true, "ho va dem": true, "ho lot": true, "ngay cap": true, "noi cap": true, "co": true, "khong": true, "x": false, "duong": true, "so nha": true,
		"tu nam": true, "den nam": true, "tu ngay": true, "den ngay": true, "tu thang nam": true, "den thang nam": true, "bat": true, "ra": true, "bat dau": true, "ket thuc": true,
	}
)

// mapColumns gives every column a use: as chosen by hand, as learned, as its label says; of two that claim the same use the
// surer one has it. Columns without a label are judged by what they hold.
func (t *tableReader) mapColumns(width int, labels, parents map[int]string) {
	t.d.Columns, t.sexAges = nil, false
	for col := range width {
		c := SheetColumn{Index: col, Label: labels[col], Hidden: t.g.s.ColHidden(col), Samples: t.samples(col)}
		if p := parents[col]; p != "" && p != c.Label {
			c.Label = p + " – " + c.Label
			c.Use, c.quality = t.subUse(p, labels[col])
			if key := LabelKey(p); (c.Use == UseMale || c.Use == UseFemale) && (key == "tuoi" || strings.HasPrefix(key, "do tuoi") || strings.HasPrefix(key, "so tuoi")) {
				t.sexAges = true
			}
		} else {
			c.Use, c.quality = guessUse(c.Label, t.kind(), t.rd.o.Learned)
		}
		if use, ok := t.rd.o.Learned[LabelKey(c.Label)]; ok && c.Label != "" {
			c.Use, c.quality = use, 1000
		}
		if c.Label == "" && len(c.Samples) == 0 {
			continue
		}
		if use, ok := t.d.Mapped.Columns[col]; ok {
			c.Use, c.quality = use, 2000
		}
		t.d.Columns = append(t.d.Columns, c)
	}
	t.splitName()
	t.vetName()
	t.judgeUnlabelled()
	t.settle()
}

// subUse is the use of a column under a shared heading: "Năm sinh" over "Nam" | "Nữ", "Thời gian" over "Từ" | "Đến".
func (t *tableReader) subUse(parent, label string) (string, int) {
	up, _ := guessUse(parent, t.kind(), nil)
	key := LabelKey(label)
	switch {
	case key == "nam" && up != UseBirth || key == "nam" && !strings.Contains(strings.ToLower(label), "ă"):
		return UseMale, 600
	case key == "nu":
		return UseFemale, 600
	case up == UseBirth || strings.Contains(LabelKey(parent), "sinh"):
		switch key {
		case "ngay":
			return UseBirthDay, 600
		case "thang":
			return UseBirthMonth, 600
		case "nawm", "nam":
			return UseBirthYear, 600
		}
	case key == "tu" || key == "tu nam" || key == "tu ngay" || key == "tu thang nam" || key == "bat dau":
		return map[bool]string{true: UseArrested, false: UseFrom}[t.kind() == association.TYN], 600
	case key == "den" || key == "den nam" || key == "den ngay" || key == "den thang nam" || key == "ket thuc":
		return map[bool]string{true: UseReleased, false: UseTo}[t.kind() == association.TYN], 600
	case key == "so" || key == "so the" || key == "nawm" || key == "ngay":
		return guessUse(parent, t.kind(), t.rd.o.Learned)
	}
	if use, q := guessUse(label, t.kind(), t.rd.o.Learned); q >= 400 {
		return use, q
	}
	if use, q := guessUse(parent+" "+label, t.kind(), t.rd.o.Learned); q > 0 {
		return use, q
	}
	return guessUse(label, t.kind(), t.rd.o.Learned)
}

// splitName sees a name in two columns under one heading ("Họ và tên" over two columns, the second without a label) or
// "Họ" | "Tên", "Họ và tên" | "Tên".
func (t *tableReader) splitName() {
	at := func(use string) int {
		return slices.IndexFunc(t.d.Columns, func(c SheetColumn) bool { return c.Use == use && c.quality < 1000 })
	}
	name, given := at(UseName), at(UseGiven)
	if name < 0 {
		return
	}
	next := name + 1
	if given >= 0 && given != next {
		return
	}
	if given < 0 && (next >= len(t.d.Columns) || t.d.Columns[next].Label != "" || !givenNames(t.d.Columns[next].Samples)) {
		return
	}
	if given >= 0 && !givenNames(t.d.Columns[next].Samples) {
		return
	}
	t.d.Columns[name].Use, t.d.Columns[next].Use, t.d.Columns[next].quality = UseFamily, UseGiven, 500
}

// vetName takes the use "name" away from a column that holds no names ("Loại hội viên", "Hội viên chính thức: x"): the label
// was only guessed, and a list of people repeats few names. Where family and given names have columns of their own, a third
// column is none.
func (t *tableReader) vetName() {
	parted := slices.ContainsFunc(t.d.Columns, func(c SheetColumn) bool { return c.Use == UseGiven && c.quality >= 500 }) &&
		slices.ContainsFunc(t.d.Columns, func(c SheetColumn) bool { return c.Use == UseFamily && c.quality >= 500 })
	for i, c := range t.d.Columns {
		if c.Use != UseName || c.quality >= 1000 || len(c.Samples) == 0 {
			continue
		}
		named, different := 0, map[string]bool{}
		for _, s := range c.Samples {
			different[s] = true
			if looksName(s) {
				named++
			}
		}
		if parted || named*2 < len(c.Samples) || len(c.Samples) >= 6 && len(different)*3 < len(c.Samples) {
			t.d.Columns[i].Use = ""
		}
	}
}

// givenNames tells whether texts are single words, as given names are.
func givenNames(texts []string) bool {
	single := 0
	for _, s := range texts {
		if n := len(strings.Fields(s)); n == 1 && !strings.ContainsAny(s, "0123456789") {
			single++
		}
	}
	return len(texts) > 0 && single*10 >= len(texts)*8
}

// settle leaves each use to the column that claims it with the most right; the others are not used. A column of remarks may
// occur twice.
func (t *tableReader) settle() {
	t.col = map[string]int{}
	owner := map[string]int{}
	for i, c := range t.d.Columns {
		if c.Use == "" || c.Use == UseNone {
			continue
		}
		j, taken := owner[c.Use]
		switch {
		case !taken:
			owner[c.Use] = i
		case c.quality > t.d.Columns[j].quality:
			t.d.Columns[j].Use = ""
			owner[c.Use] = i
		default:
			t.d.Columns[i].Use = ""
		}
	}
	for use, i := range owner {
		t.col[use] = t.d.Columns[i].Index
	}
}

// samples gives the first values of a column below the header.
func (t *tableReader) samples(col int) []string {
	var list []string
	for row := t.d.Header; row < len(t.g.s.Rows) && len(list) < 40; row++ {
		if s := t.g.text(row, col); s != "" && !numberOfColumn.MatchString(s) || s != "" && t.g.cell(row, col).Kind == sheet.Number {
			list = append(list, s)
		}
	}
	return list
}

var (
	yearInTitle = regexp.MustCompile(`\b(19[89]\d|20\d\d)\b`)
	deadList    = regexp.MustCompile(`\b(?:da mat|tu tran|qua doi|da chet|da qua doi)\b`)
	movedList   = regexp.MustCompile(`\b(?:chuyen di|da chuyen|chuyen sinh hoat)\b`)
	leftList    = regexp.MustCompile(`\b(?:xin ra|xoa ten|ra khoi hoi|thoi sinh hoat)\b`)
)

// readTitles learns from the lines above the table, and from the sheet's name: the year, the branch, and whether this is a
// list of people who died or left.
func (t *tableReader) readTitles(header int) {
	lines := []string{}
	for row := range header {
		for _, col := range t.g.filled(row) {
			lines = append(lines, t.g.text(row, col))
		}
	}
	t.d.Titles = lines
	for _, line := range append(slices.Clone(lines), t.d.Name) {
		for _, m := range yearInTitle.FindAllString(line, -1) {
			if y, _ := strconv.Atoi(m); y <= t.rd.o.Today.Year() && y > t.d.Year {
				t.d.Year = y
			}
		}
		if p := t.rd.place(line, false); p.known() || p.several {
			t.titlePlace = t.titlePlace.join(p)
		}
	}
	if p := t.rd.place(t.d.Name, false); !t.titlePlace.known() && !t.titlePlace.several && p.known() {
		t.titlePlace = p
	}
	for i, line := range append([]string{t.d.Name}, lines...) {
		switch f := vi.Fold(line); {
		case t.list != "", i > 0 && !strings.Contains(f, "danh sach"):
		case deadList.MatchString(f):
			t.list = RowDeceased
		case movedList.MatchString(f):
			t.list = RowMoved
		case leftList.MatchString(f):
			t.list = RowLeft
		}
	}
}

// year is the year the list speaks of, else the current one.
func (t *tableReader) year() int { return cmp.Or(t.d.Year, t.rd.o.Today.Year()) }
