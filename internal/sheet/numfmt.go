package sheet

import (
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// numFmt is a parsed number format in Excel's notation (ECMA-376 part 1, 18.8.31).
type numFmt struct{ sections []section }

type section struct {
	tokens  []token
	date    bool // has a day, month, year or time token
	general bool
	text    bool // has @
	// digits of a plain number
	minInt, minDec, maxDec int
	thousands, percent     bool
	scaleK                 int // trailing commas: thousands left out
	exponent               int // digits of the exponent, 0 = none
}

type token struct {
	kind byte // 'l' literal, 'd' 'm' 'y' 'h' 'n'(minute) 's' 'a'(am/pm) '0' (where the number goes) '@'
	text string
	size int
}

// builtin are the formats that a file names by number only, as they look on a computer set to Vietnamese.
var builtin = map[int]string{
	0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
	12: "# ?/?", 13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
	18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm",
	37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}

var parsedFormats sync.Map // format code → *numFmt; codes come from files, so only short ones are kept

func (s *Style) parsed() *numFmt {
	if s.code != nil {
		return s.code
	}
	return parseNumFmt(s.NumFmt)
}

// parseNumFmt never fails: what it does not understand is shown as General.
func parseNumFmt(code string) *numFmt {
	if v, ok := parsedFormats.Load(code); ok {
		return v.(*numFmt)
	}
	f := &numFmt{}
	for _, part := range splitSections(code) {
		f.sections = append(f.sections, parseSection(part))
	}
	if len(code) <= 32 && f.common() {
		parsedFormats.Store(code, f)
	}
	return f
}

// common keeps the cache small: formats made of a handful of tokens are the ones that come again.
func (f *numFmt) common() bool { return len(f.sections) <= 2 && len(f.sections[0].tokens) <= 5 }

// splitSections cuts "positive;negative;zero;text" outside quotes and brackets.
func splitSections(code string) []string {
	var parts []string
	start, quoted, bracket := 0, false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case c == ';' && !bracket:
			parts = append(parts, code[start:i])
			start = i + 1
		}
	}
	return append(parts, code[start:])
}

func parseSection(code string) section {
	var s section
	if t := strings.TrimSpace(code); t == "" || strings.Contains(strings.ToLower(t), "general") || strings.EqualFold(t, "standard") {
		s.general = t != ""
		if !s.general {
			return s
		}
	}
	p := sectionParser{code: code, s: &s}
	for p.i < len(p.code) {
		p.next()
	}
	p.minutes()
	return s
}

type sectionParser struct {
	code    string
	i       int
	s       *section
	decimal bool
	commas  int
}

func (p *sectionParser) lit(text string) {
	p.s.tokens = append(p.s.tokens, token{kind: 'l', text: text})
}

func (p *sectionParser) next() {
	c := p.code[p.i]
	switch c {
	case '"':
		end := strings.IndexByte(p.code[p.i+1:], '"')
		if end < 0 {
			end = len(p.code) - p.i - 1
		}
		p.lit(p.code[p.i+1 : p.i+1+end])
		p.i += end + 2
	case '\\':
		_, n := utf8.DecodeRuneInString(p.code[p.i+1:])
		p.lit(p.code[p.i+1 : p.i+1+n])
		p.i += 1 + max(n, 1)
	case '_', '*': // a space as wide as the next sign, a sign repeated to fill the cell
		if c == '_' {
			p.lit(" ")
		}
		_, n := utf8.DecodeRuneInString(p.code[p.i+1:])
		p.i += 1 + max(n, 1)
	case '[':
		p.bracket()
	default:
		p.plain(c)
	}
}

// bracket reads [Red], [$-42A], [$₫-42A], [>=100], [h].
func (p *sectionParser) bracket() {
	end := strings.IndexByte(p.code[p.i:], ']')
	if end < 0 {
		p.i = len(p.code)
		return
	}
	in := p.code[p.i+1 : p.i+end]
	p.i += end + 1
	switch low := strings.ToLower(in); {
	case low == "h" || low == "hh" || low == "m" || low == "mm" || low == "s" || low == "ss":
		p.s.date = true
		p.s.tokens = append(p.s.tokens, token{kind: 'e', text: low[:1], size: len(in)})
	case strings.HasPrefix(in, "$"):
		if sign, _, _ := strings.Cut(in[1:], "-"); sign != "" {
			p.lit(sign)
		}
	}
}

func (p *sectionParser) plain(c byte) {
	low := c | 0x20
	switch {
	case p.s.general && low >= 'a' && low <= 'z':
		p.i++ // the word General itself
		if !p.s.hasNumber() {
			p.s.tokens = append(p.s.tokens, token{kind: '0'})
		}
	case c == '0' || c == '#' || c == '?' || c == '.' || c == ',':
		p.digits(c)
	case c == '%':
		p.s.percent = true
		p.lit("%")
		p.i++
	case low == 'e' && p.i+1 < len(p.code) && (p.code[p.i+1] == '+' || p.code[p.i+1] == '-'):
		p.i += 2
		for p.i < len(p.code) && (p.code[p.i] == '0' || p.code[p.i] == '#') {
			p.s.exponent++
			p.i++
		}
	case low == 'a' && (hasFold(p.code[p.i:], "am/pm") || hasFold(p.code[p.i:], "a/p")):
		p.s.tokens = append(p.s.tokens, token{kind: 'a'})
		p.i += map[bool]int{true: 5, false: 3}[hasFold(p.code[p.i:], "am/pm")]
	case low == 'd' || low == 'm' || low == 'y' || low == 'h' || low == 's':
		n := 1
		for p.i+n < len(p.code) && p.code[p.i+n]|0x20 == low {
			n++
		}
		p.s.date = true
		p.s.tokens = append(p.s.tokens, token{kind: low, size: n})
		p.i += n
	case c == '@':
		p.s.text = true
		p.s.tokens = append(p.s.tokens, token{kind: '@'})
		p.i++
	default:
		_, n := utf8.DecodeRuneInString(p.code[p.i:])
		p.lit(p.code[p.i : p.i+n])
		p.i += n
	}
}

// digits reads one sign of a digit pattern such as #,##0.00.
func (p *sectionParser) digits(c byte) {
	p.i++
	s := p.s
	if s.date { // hh:mm:ss.0 or dd.mm.yyyy
		if c == '.' || c == ',' {
			p.lit(string(c))
		}
		return
	}
	if !s.hasNumber() {
		s.tokens = append(s.tokens, token{kind: '0'})
	}
	switch c {
	case '.':
		p.decimal = true
	case ',':
		p.commas++
		s.scaleK++
	default:
		if p.commas > 0 { // a comma between digits groups them, one after them all divides
			s.thousands, s.scaleK, p.commas = true, s.scaleK-p.commas, 0
		}
		switch {
		case p.decimal:
			s.maxDec++
			if c == '0' {
				s.minDec = s.maxDec
			}
		case c == '0':
			s.minInt++
		}
	}
}

func (s *section) hasNumber() bool {
	for _, t := range s.tokens {
		if t.kind == '0' {
			return true
		}
	}
	return false
}

// minutes tells an m that follows hours or stands before seconds from a month.
func (p *sectionParser) minutes() {
	prev := byte(0)
	var pending *token
	for i := range p.s.tokens {
		t := &p.s.tokens[i]
		switch t.kind {
		case 'l', 'a':
			continue
		case 'm':
			if prev == 'h' || prev == 'e' {
				t.kind = 'n'
			} else {
				pending = t
			}
		case 's':
			if pending != nil && pending.size <= 2 && prev == 'm' {
				pending.kind = 'n'
			}
		}
		prev = t.kind
	}
}

func (f *numFmt) precision() Precision {
	best := NoDate
	for _, t := range f.sections[0].tokens {
		switch t.kind {
		case 'd':
			return Day
		case 'm':
			best = max(best, Month)
		case 'y':
			best = max(best, Year)
		}
	}
	return best
}

// isDate says whether numbers with this format are days (a clock time alone is no date).
func (f *numFmt) isDate() bool { return f.precision() != NoDate }

// pick chooses the section for a value and says whether the sign is still to be written.
func (f *numFmt) pick(v float64) (section, bool) {
	switch {
	case v < 0 && len(f.sections) > 1:
		return f.sections[1], false
	case v == 0 && len(f.sections) > 2:
		return f.sections[2], false
	}
	return f.sections[0], v < 0
}

// format shows a number as a Vietnamese office sees it: "." between thousands, "," before decimals.
func (f *numFmt) format(v float64) string {
	s, minus := f.pick(v)
	if s.date {
		return s.formatTime(v)
	}
	if s.general || s.text || len(f.sections) == 1 && !s.hasNumber() && len(s.tokens) == 0 {
		if len(s.tokens) <= 1 {
			return general(v)
		}
	}
	var b strings.Builder
	if minus {
		b.WriteByte('-')
	}
	for _, t := range s.tokens {
		switch t.kind {
		case 'l':
			b.WriteString(t.text)
		case '0':
			b.WriteString(s.number(math.Abs(v)))
		case '@':
			b.WriteString(general(v))
		}
	}
	return b.String()
}

// number writes the digits of v as the section's pattern asks.
func (s section) number(v float64) string {
	if s.general {
		return general(v)
	}
	if s.percent {
		v *= 100
	}
	for range s.scaleK {
		v /= 1000
	}
	if s.exponent > 0 {
		return s.scientific(v)
	}
	text := strconv.FormatFloat(v, 'f', min(s.maxDec, 20), 64)
	whole, dec, _ := strings.Cut(text, ".")
	for len(dec) > s.minDec && strings.HasSuffix(dec, "0") {
		dec = dec[:len(dec)-1]
	}
	if whole == "0" && s.minInt == 0 {
		whole = ""
	}
	if n := min(s.minInt, 100) - len(whole); n > 0 {
		whole = strings.Repeat("0", n) + whole
	}
	if s.thousands {
		whole = group(whole)
	}
	if dec != "" {
		return whole + "," + dec
	}
	return whole
}

func (s section) scientific(v float64) string {
	text := strconv.FormatFloat(v, 'E', min(s.maxDec, 20), 64)
	mantissa, exp, _ := strings.Cut(text, "E")
	sign, digits := exp[:1], exp[1:]
	for len(digits) < s.exponent {
		digits = "0" + digits
	}
	return strings.Replace(mantissa, ".", ",", 1) + "E" + sign + digits
}

func group(digits string) string {
	var b strings.Builder
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// general shows a number without a format of its own: whole up to 15 digits, as LibreOffice does, because the
// reader needs to see a citizen number and not 9,99E+11.
func general(v float64) string {
	if math.Abs(v) >= 1e15 || v != 0 && math.Abs(v) < 1e-9 {
		return strings.Replace(strconv.FormatFloat(v, 'E', -1, 64), ".", ",", 1)
	}
	text := strconv.FormatFloat(v, 'f', -1, 64)
	if len(text) > 16 && v != math.Trunc(v) {
		text = strconv.FormatFloat(v, 'g', 10, 64)
	}
	return strings.Replace(text, ".", ",", 1)
}

// plain is the stored number without any format: digits and a point.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
