package report

import (
	"fmt"
	"strconv"
	"strings"

	"wardportal/internal/vi"
)

// Expr is a linear expression over indicators: what every formula and rule of handbook §4 is made of.
type Expr struct {
	Terms []ExprTerm
	Const int64
}

// ExprTerm is coefficient × indicator.
type ExprTerm struct {
	Coef     int64
	Code     string
	Prev     bool // last year's accepted value instead of this year's
	Optional bool // a blank counts as 0 and is not missing ("Điều chỉnh do rà soát" is normally empty)
}

// ParseExpr reads an expression such as
//
//	GEN.MEM.BEGIN + GEN.MEM.NEW - GEN.MEM.OUT + GEN.MEM.ADJ?
//	100*GEN.MEM.END - 5
//	NCT.AGE.* + prev(GEN.MEM.END)
//
// "?" marks an optional operand; "X.*" stands for every code of the list that begins with "X.".
func ParseExpr(text string, codes []string) (Expr, error) {
	p := exprParser{rest: strings.TrimSpace(text), codes: codes}
	var e Expr
	for first := true; p.rest != ""; first = false {
		sign, ok := p.sign(first)
		if !ok {
			return Expr{}, fmt.Errorf("report: expression %q: operator expected before %q", text, p.rest)
		}
		if err := p.term(sign, &e); err != nil {
			return Expr{}, fmt.Errorf("report: expression %q: %w", text, err)
		}
	}
	if len(e.Terms) == 0 {
		return Expr{}, fmt.Errorf("report: expression %q has no operand", text)
	}
	return e, nil
}

func mustExpr(text string, codes ...string) Expr {
	e, err := ParseExpr(text, codes)
	if err != nil {
		panic(err) // the registries are literals of this package; their tests run at every build
	}
	return e
}

type exprParser struct {
	rest  string
	codes []string
}

func (p *exprParser) sign(first bool) (int64, bool) {
	if after, ok := strings.CutPrefix(p.rest, "+"); ok {
		p.rest = strings.TrimSpace(after)
		return 1, true
	}
	if after, ok := strings.CutPrefix(p.rest, "-"); ok {
		p.rest = strings.TrimSpace(after)
		return -1, true
	}
	return 1, first
}

// term reads [number "*"] operand or a bare number.
func (p *exprParser) term(sign int64, e *Expr) error {
	word := p.word()
	coef := int64(1)
	if n, err := strconv.ParseInt(word, 10, 64); err == nil {
		after, times := strings.CutPrefix(p.rest, "*")
		if !times {
			e.Const += sign * n
			return nil
		}
		p.rest = strings.TrimSpace(after)
		coef, word = n, p.word()
	}
	t := ExprTerm{Coef: sign * coef}
	if inner, ok := strings.CutPrefix(word, "prev("); ok {
		word, ok = strings.CutSuffix(inner, ")")
		if !ok {
			return fmt.Errorf("%q is not closed", inner)
		}
		t.Prev = true
	}
	word, t.Optional = strings.CutSuffix(word, "?")
	codes, err := p.resolve(word)
	if err != nil {
		return err
	}
	for _, t.Code = range codes {
		e.Terms = append(e.Terms, t)
	}
	return nil
}

// word cuts the next operand; "X.*" keeps its star, "5*X" gives 5.
func (p *exprParser) word() string {
	end := 0
	for end < len(p.rest) {
		c := p.rest[end]
		if c == ' ' || c == '+' || c == '-' || (c == '*' && (end == 0 || p.rest[end-1] != '.')) {
			break
		}
		end++
	}
	word := p.rest[:end]
	p.rest = strings.TrimSpace(p.rest[end:])
	return word
}

func (p *exprParser) resolve(word string) ([]string, error) {
	prefix, glob := strings.CutSuffix(word, "*")
	if !glob {
		if !validCode(word) {
			return nil, fmt.Errorf("%q is no code", word)
		}
		return []string{word}, nil
	}
	var found []string
	for _, code := range p.codes {
		if strings.HasPrefix(code, prefix) {
			found = append(found, code)
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%q stands for nothing", word)
	}
	return found, nil
}

func validCode(word string) bool {
	if !strings.Contains(word, ".") || strings.HasPrefix(word, ".") || strings.HasSuffix(word, ".") {
		return false
	}
	return strings.Trim(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") == ""
}

// String writes the expression in the form that ParseExpr reads.
func (e Expr) String() string {
	var b strings.Builder
	for i, t := range e.Terms {
		writeSign(&b, i == 0, t.Coef < 0, " - ", "-")
		if c := abs(t.Coef); c != 1 {
			fmt.Fprintf(&b, "%d*", c)
		}
		name := t.Code
		if t.Optional {
			name += "?"
		}
		if t.Prev {
			name = "prev(" + name + ")"
		}
		b.WriteString(name)
	}
	if e.Const != 0 {
		writeSign(&b, false, e.Const < 0, " - ", "-")
		fmt.Fprint(&b, abs(e.Const))
	}
	return b.String()
}

func writeSign(b *strings.Builder, first, negative bool, inner, leading string) {
	switch {
	case first && negative:
		b.WriteString(leading)
	case first:
	case negative:
		b.WriteString(inner)
	default:
		b.WriteString(" + ")
	}
}

// Codes lists the indicators of this year that the expression reads.
func (e Expr) Codes() []string {
	var list []string
	for _, t := range e.Terms {
		if !t.Prev {
			list = append(list, t.Code)
		}
	}
	return list
}

// labels writes the expression with the indicators' names instead of codes.
func (e Expr) labels() string {
	var b strings.Builder
	for i, t := range e.Terms {
		writeSign(&b, i == 0, t.Coef < 0, " "+minus+" ", minus)
		b.WriteString(labelOf(t.Code))
	}
	return b.String()
}

// Outcome is the value of an expression over the figures of one report.
type Outcome struct {
	Sum     int64
	Present int          // operands that gave a number
	Missing []ExprTerm   // operands that are blank or "không có số liệu"
	Terms   []TermResult // every operand that takes part, for the equation's text
}

// TermResult is one operand with what it holds.
type TermResult struct {
	Term ExprTerm
	N    int64
	OK   bool // false: missing
}

// Whole tells whether the expression has a definite value: something is there and nothing is missing.
func (o Outcome) Whole() bool { return o.Present > 0 && len(o.Missing) == 0 }

// Eval works the expression out over this year's and last year's values. "Không áp dụng" counts as 0 without being
// present or missing.
func (e Expr) Eval(values, last map[string]Value) Outcome {
	o := Outcome{Sum: e.Const}
	for _, t := range e.Terms {
		v := values[t.Code]
		if t.Prev {
			v = last[t.Code]
		}
		n, ok := v.Int()
		switch {
		case ok:
			o.Present++
			o.Sum += t.Coef * n
			o.Terms = append(o.Terms, TermResult{t, n, true})
		case v.answer == NotApplicable || (t.Optional && v.answer == Blank):
		default:
			o.Missing = append(o.Missing, t)
			o.Terms = append(o.Terms, TermResult{t, 0, false})
		}
	}
	return o
}

// Text writes the operands with their figures: "đầu kỳ 618 + kết nạp 41 − chuyển đi 5". Zero optional operands are
// left out; missing ones show "…".
func (o Outcome) Text() string {
	var b strings.Builder
	for _, t := range o.Terms {
		if t.Term.Optional && t.OK && t.N == 0 {
			continue
		}
		coef, n := t.Term.Coef, t.N
		if t.OK && n < 0 {
			coef, n = -coef, -n
		}
		writeSign(&b, b.Len() == 0, coef < 0, " "+minus+" ", minus)
		if c := abs(coef); c != 1 {
			fmt.Fprintf(&b, "%s × ", vi.Int(c))
		}
		b.WriteString(shortOf(t.Term))
		if t.OK {
			b.WriteString(" " + vi.Int(n))
		} else {
			b.WriteString(" …")
		}
	}
	return b.String()
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}
