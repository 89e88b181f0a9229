package member

import (
	"regexp"
	"strconv"
	"strings"

	"wardportal/internal/sheet"
	"wardportal/internal/vi"
)

// readRows walks the lines below the header: headings say the branch or the period of what follows, totals and signatures
// end it, and what is left are people.
func (t *tableReader) readRows() {
	from := len(t.rd.draft.Rows)
	first := t.d.Header
	if t.headerless {
		first = 0
	}
	for row := first; row < len(t.g.s.Rows); row++ {
		cols := t.g.filled(row)
		switch {
		case len(cols) == 0, t.columnNumbers(row, cols):
		case t.repeatedHeader(row, cols):
		case t.totalLine(row, cols):
			t.closed = true
		case t.signature(row, cols):
			t.closed = true
		case t.heading(row, cols):
		case t.claimsMember(row, cols):
			t.closed = false
			t.rd.draft.Rows = append(t.rd.draft.Rows, t.person(row))
		}
	}
	t.d.Rows = len(t.rd.draft.Rows) - from
}

// columnNumbers is the line "(1) (2) (3)" below many headers, or "1 2 3 … n", or "A B 1 2".
func (t *tableReader) columnNumbers(row int, cols []int) bool {
	if len(cols) < 3 {
		return false
	}
	last := 0
	for i, col := range cols {
		s := strings.Trim(t.g.text(row, col), "()[] ")
		n, err := strconv.Atoi(s)
		switch {
		case err != nil && (len(s) != 1 || i > 2):
			return false
		case err == nil && last > 0 && n != last+1:
			return false
		case err == nil:
			last = n
		}
	}
	return last > 1 && last <= 40
}

// repeatedHeader is a header that stands again on every printed page, or over the table of the next branch; one that is
// different is taken from here on.
func (t *tableReader) repeatedHeader(row int, cols []int) bool {
	if len(cols) < 3 || t.headerScore(row, 2) < 40 {
		return false
	}
	same := 0
	for _, col := range cols {
		for _, c := range t.d.Columns {
			if c.Index == col && (c.Label == t.g.text(row, col) || strings.HasPrefix(c.Label, t.g.text(row, col)+" – ")) {
				same++
			}
		}
	}
	if same*2 >= len(cols) {
		return true
	}
	first := t.d.Header
	t.useHeader(row)
	t.d.Header = first
	return true
}

var (
	totalStart = regexp.MustCompile(`^(?:tổng|cộng|tổng cộng|tc|tổng số|toàn chi hội có|danh sách (?:này )?(?:có|gồm)|(?:chi hội|tổ dân phố|tdp).{0,20}(?:cộng|tổng số|có \d+))(?:[\s:.,(\d]|$)`)
	totalWords = regexp.MustCompile(`\d+\s*(?:hội viên|người|hv|đ/c|đồng chí|nạn nhân)\b`)
	familyTong = regexp.MustCompile(`^tổng\s+\p{L}+\s+\p{L}+$`)
)

// totalLine is a sub-total or total: "Cộng:", "Tổng số: 80 hội viên", "Danh sách này có 229 người./.".
func (t *tableReader) totalLine(row int, cols []int) bool {
	if len(cols) > 6 && !t.formulas(row, cols) {
		return false
	}
	for i, col := range cols {
		if i > 2 || t.g.cell(row, col).Kind != sheet.Text {
			continue
		}
		s := strings.ToLower(t.g.text(row, col))
		if totalStart.MatchString(s) && (totalWords.MatchString(s) || strings.ContainsAny(s, ":") || len(strings.Fields(s)) < 4 || t.formulas(row, cols)) && !familyTong.MatchString(s) {
			return true
		}
	}
	return false
}

func (t *tableReader) formulas(row int, cols []int) bool {
	n := 0
	for _, col := range cols {
		if t.g.cell(row, col).Formula {
			n++
		}
	}
	return n > 1 && n*2 >= len(cols)-1
}

var (
	periodWords  = regexp.MustCompile(`thời\s*k[ỳì]|giai đoạn|kháng chiến|chống (?:pháp|mỹ)|xây dựng|sau (?:năm )?1975|tập trung|cơ sở|biên giới|bảo vệ tổ quốc`)
	periodPhap   = regexp.MustCompile(`chống pháp|195[0-4]|kháng chiến chống thực dân`)
	periodMy     = regexp.MustCompile(`chống mỹ|19[67]\d|cứu nước`)
	periodXD     = regexp.MustCompile(`xây dựng|sau (?:năm )?1975|biên giới|bảo vệ tổ quốc|1976`)
	periodCS     = regexp.MustCompile(`cơ sở`)
	headingStart = regexp.MustCompile(`^(?:[ivx]+|[a-z]|\d+)\s*[.)/-]\s*`)
)

// heading is a line over a group of people: one text across the table. It says the branch, the period, or that the people
// below died or left; other headings are passed over.
func (t *tableReader) heading(row int, cols []int) bool {
	texts := []int{}
	for _, col := range cols {
		s := strings.ToLower(t.g.text(row, col))
		if !(col == t.at(UseOrder) && numberOfColumn.MatchString(s)) && !romanOnly.MatchString(s) && !countText.MatchString(s) {
			texts = append(texts, col)
		}
	}
	if len(texts) != 1 || t.g.cell(row, texts[0]).Kind != sheet.Text {
		return false
	}
	col := texts[0]
	text := t.g.text(row, col)
	lower := headingStart.ReplaceAllString(strings.ToLower(text), "")
	wide := false
	if m, ok := t.g.s.MergedAt(row, col); ok && m.Col2-m.Col1 >= 2 {
		wide = true
	}
	p := t.rd.place(headingStart.ReplaceAllString(text, ""), false)
	switch {
	case p.known() && !p.several && (wide || !t.looksPerson(row, col)):
		t.branch, t.closed = p, false
		return true
	case periodWords.MatchString(lower) && (wide || !t.looksPerson(row, col)):
		t.period, t.closed = periodOf(lower), false
		return true
	case wide && !t.closed:
		return true
	}
	return false
}

// countText is how many people a heading announces: "25 người".
var countText = regexp.MustCompile(`^\(?\s*(?:gồm|có)?\s*\d{1,3}\s*(?:người|hội viên|hv|đ/c|đồng chí|nạn nhân)?\s*\)?$`)

var romanOnly = regexp.MustCompile(`^[ivx]+\.?$`)

func periodOf(lower string) string {
	switch {
	case periodXD.MatchString(lower):
		return "xd"
	case periodPhap.MatchString(lower):
		return "phap"
	case periodCS.MatchString(lower):
		return "cs"
	case periodMy.MatchString(lower):
		return "my"
	}
	return ""
}

// looksPerson tells whether a line with a single text may still be a person: a name in the column of names.
func (t *tableReader) looksPerson(row, col int) bool {
	return (col == t.at(UseName) || col == t.at(UseFamily)) && looksName(t.g.text(row, col))
}

// looksName tells whether a text could be somebody's full name: two to six words of letters.
func looksName(s string) bool {
	_, s = vi.StripTitle(s)
	s, _ = vi.SplitAlias(s)
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 6 || strings.ContainsAny(s, "0123456789:;/") {
		return false
	}
	return !notNames.MatchString(vi.Fold(s))
}

var notNames = regexp.MustCompile(`\b(?:chi hoi|hoi vien|hoi truong|nguoi lap|chu tich|ban chap hanh|thu ky|xac nhan|tong cong|cong hoa|doc lap|danh sach|to dan pho|dia phuong|uy ban|ke toan truong)\b`)

var signWords = regexp.MustCompile(`^(?:tm\b.*|t/m\b.*|kt\b.*|người lập.*|lập (?:biểu|bảng|danh sách).*|(?:phó )?chủ tịch(?: hội)?|(?:phó )?(?:chi )?hội (?:trưởng|phó)|chi hội (?:trưởng|phó)|xác nhận.*|thư ký|thủ quỹ|kế toán|` +
	`ban chấp hành.*|đại diện.*|.*,? ?ngày .{1,6} ?tháng .{1,6} ?năm.*|\(?ký.*|(?:ubnd|ubmttq|ủy ban).*|duyệt.*|nơi nhận.*|ghi chú:.*|lưu ý:.*|người (?:tổng hợp|kiểm tra|báo cáo|viết).*|trưởng ban.*|hiệu trưởng)$`)

// signature is a line of the block that closes a list.
func (t *tableReader) signature(row int, cols []int) bool {
	if len(cols) > 3 || t.ordered(row) {
		return false
	}
	for _, col := range cols {
		if signWords.MatchString(strings.ToLower(strings.TrimSpace(t.g.text(row, col)))) {
			return true
		}
	}
	return false
}

// ordered tells whether the row has a running number.
func (t *tableReader) ordered(row int) bool {
	col := t.at(UseOrder)
	if col < 0 {
		return false
	}
	if c := t.g.cell(row, col); c.Kind == sheet.Number {
		return true
	}
	_, err := strconv.Atoi(strings.Trim(t.g.text(row, col), ". )("))
	return err == nil
}

func (t *tableReader) at(use string) int {
	if col, ok := t.col[use]; ok {
		return col
	}
	return -1
}

// claimsMember tells whether a line stands for a person: it has a name, or a number and the data of somebody whose name is
// missing. After a total only lines with a number or a birth date are people; signatures are not.
func (t *tableReader) claimsMember(row int, cols []int) bool {
	name := t.rawName(row)
	data := 0
	for _, col := range cols {
		if col != t.at(UseOrder) && col != t.at(UseName) && col != t.at(UseFamily) && col != t.at(UseGiven) && t.used(col) {
			data++
		}
	}
	birth := false
	for _, use := range []string{UseBirth, UseBirthYear, UseMale, UseFemale, UseAge} {
		if col := t.at(use); col >= 0 && t.g.text(row, col) != "" {
			birth = true
		}
	}
	switch {
	case name == "":
		return data >= 2 && (t.ordered(row) || birth)
	case t.closed:
		return (t.ordered(row) || birth) && data > 0
	case t.ordered(row):
		return data > 0 || looksName(name) || t.at(UseFamily) >= 0
	default:
		return data > 0 && (birth || looksName(name)) || looksName(name) && len(t.col) <= 2
	}
}

func (t *tableReader) used(col int) bool {
	for _, c := range t.col {
		if c == col {
			return true
		}
	}
	return false
}

// rawName is the full name of a row as repaired, titles and all.
func (t *tableReader) rawName(row int) string {
	if col := t.at(UseName); col >= 0 {
		return t.g.name(row, col)
	}
	family, given := "", ""
	if col := t.at(UseFamily); col >= 0 {
		family = t.g.name(row, col)
	}
	if col := t.at(UseGiven); col >= 0 {
		given = t.g.name(row, col)
	}
	return strings.TrimSpace(family + " " + given)
}
