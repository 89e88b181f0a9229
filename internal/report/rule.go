package report

import (
	"fmt"
	"slices"
	"strings"

	"wardportal/internal/association"
	"wardportal/internal/vi"
)

// Severity says what a finding does to submission.
type Severity uint8

// The severities, the gravest last so that they compare.
const (
	Info  Severity = iota + 1 // shown, needs nothing
	Warn                      // passes with a written explanation that the reviewer sees
	Block                     // must be put right first
)

// Label is the word beside the icon.
func (s Severity) Label() string {
	switch s {
	case Block:
		return "Cần sửa"
	case Warn:
		return "Cần giải thích"
	default:
		return "Lưu ý"
	}
}

// Op is the relation a rule demands between its two sides.
type Op uint8

// The relations.
const (
	Equal      Op = iota + 1
	AtMost        // left ≤ right
	AtLeast       // left ≥ right
	BothOrNone    // one side is zero exactly when the other is (a number of gifts and their worth)
)

func (o Op) holds(left, right int64) bool {
	switch o {
	case Equal:
		return left == right
	case AtMost:
		return left <= right
	case AtLeast:
		return left >= right
	default:
		return (left == 0) == (right == 0)
	}
}

// Rule is one line of handbook §4.3–4.8 as data. Message may hold {left}, {right}, {gap} (the size of their difference)
// and any {CODE}; figures are filled in with thousands separators.
type Rule struct {
	ID       string
	Kinds    []association.KindCode // nil = every kind
	Left     Expr
	Op       Op
	Right    Expr
	Severity Severity
	Message  string
	// Ledger marks an equation whose operands must all be answered: blanks are named in a warning of their own.
	Ledger bool
	// NonZero switches the rule off while either side is 0: a price needs something bought.
	NonZero bool
}

// For tells whether the rule concerns the kind.
func (r Rule) For(kind association.KindCode) bool {
	return len(r.Kinds) == 0 || slices.Contains(r.Kinds, kind)
}

// Codes lists the fields the rule speaks about, each once.
func (r Rule) Codes() []string {
	var list []string
	for _, code := range append(r.Left.Codes(), r.Right.Codes()...) {
		if !slices.Contains(list, code) {
			list = append(list, code)
		}
	}
	return list
}

// BookFigure is what the books say about a figure in the period. Entries is how many entries that concern this figure the
// books hold: with none of them the books are silent and nobody is asked for a note (handbook §4.1).
type BookFigure struct {
	Value   int64
	Entries int
}

// Figures is everything that the rules look at. Only Kind, Year and Values are needed; what is nil is not checked.
type Figures struct {
	Kind     association.KindCode
	Year     int
	Values   map[string]Value
	Last     map[string]Value      // last year's accepted figures
	Books    map[string]BookFigure // G11
	Branches map[string]Total      // sums over the branch sheets, where the campaign asks for them: G4
	Limits   map[string]int64      // most that a figure can be by the roster: people turning 70, residents of 70 and older
}

// Finding is one thing that a check found.
type Finding struct {
	RuleID   string
	Severity Severity
	Codes    []string // fields it concerns; the first is where the form shows it
	Message  string   // a Vietnamese sentence, figures filled in
	Equation string   // "đầu kỳ 618 + kết nạp 41 = 659", "" where there is none
	Suggest  *Suggestion
}

// Key names the finding within a report, so that a written explanation stays with it while the figures move.
// An explanation should be asked for again when the finding's Message has changed.
func (f Finding) Key() string { return f.RuleID + "/" + f.Codes[0] }

// Suggestion is the figure that would make an equation hold, offered when exactly one operand is missing or when
// the gap can go to "Điều chỉnh do rà soát".
type Suggestion struct {
	Code  string
	Value int64
}

// Evaluate runs every rule of the kind over the figures: blocking findings first, then warnings, then information,
// in the order of the registry within each.
func Evaluate(f Figures) []Finding {
	f.Values = Fill(ForKind(f.Kind, f.Year), f.Values)
	for _, ind := range Registry {
		if !ind.InYear(f.Year) {
			f.Values[ind.Code] = Say(NotApplicable) // a row that the year's form does not have is no gap in a sum
		}
	}
	var list []Finding
	for _, r := range rules {
		if !r.For(f.Kind) {
			continue
		}
		if finding, found := r.check(f); found {
			list = append(list, finding)
		}
	}
	list = append(list, checkFigures(f)...)
	slices.SortStableFunc(list, func(a, b Finding) int { return int(b.Severity) - int(a.Severity) })
	return list
}

// Worst is the gravest severity of the findings, 0 for none.
func Worst(findings []Finding) Severity {
	var worst Severity
	for _, f := range findings {
		worst = max(worst, f.Severity)
	}
	return worst
}

// Rules lists the rules of a kind.
func Rules(kind association.KindCode) []Rule {
	return slices.DeleteFunc(slices.Clone(rules), func(r Rule) bool { return !r.For(kind) })
}

func (r Rule) check(f Figures) (Finding, bool) {
	left, right := r.Left.Eval(f.Values, f.Last), r.Right.Eval(f.Values, f.Last)
	if left.Present+right.Present == 0 || (r.NonZero && (left.Sum == 0 || right.Sum == 0)) {
		return Finding{}, false
	}
	if len(left.Missing)+len(right.Missing) > 0 && r.Ledger {
		return r.incomplete(left, right)
	}
	if !r.decidable(left, right) || r.Op.holds(left.Sum, right.Sum) {
		return Finding{}, false
	}
	return r.finding(f, left, right), true
}

// decidable tells whether missing operands leave the verdict certain. Figures are never negative, so a partial sum is a
// lower bound: it may prove "too much", never "too little".
func (r Rule) decidable(left, right Outcome) bool {
	if r.Op != BothOrNone && (left.Present == 0 || right.Present == 0) {
		return false
	}
	switch {
	case left.Whole() && right.Whole():
		return true
	case r.Op == AtMost || (r.Op == Equal && left.Sum > right.Sum):
		return right.Whole() && risesOnly(r.Left)
	case r.Op == AtLeast || (r.Op == Equal && right.Sum > left.Sum):
		return left.Whole() && risesOnly(r.Right)
	}
	return false
}

func risesOnly(e Expr) bool {
	return !slices.ContainsFunc(e.Terms, func(t ExprTerm) bool {
		ind, _ := ByCode(t.Code)
		return t.Coef < 0 || ind.Signed
	})
}

func (r Rule) finding(f Figures, left, right Outcome) Finding {
	out := Finding{
		RuleID: r.ID, Severity: r.Severity, Codes: r.Codes(),
		Message:  fillFigures(r.Message, f, left.Sum, right.Sum),
		Equation: equationText(r.Op, left, right),
	}
	if r.ID == movementRule {
		out.Suggest = adjustment(f, right.Sum-left.Sum)
	}
	return out
}

// adjustment offers the gap of the movement equation to the row made for it.
func adjustment(f Figures, gap int64) *Suggestion {
	now, _ := f.Values[memAdjust].Int()
	return &Suggestion{Code: memAdjust, Value: now + gap}
}

// incomplete names what a ledger equation lacks, and solves it when only one operand is missing.
func (r Rule) incomplete(left, right Outcome) (Finding, bool) {
	missing := append(slices.Clone(left.Missing), right.Missing...)
	if left.Present == 0 || right.Present+len(right.Missing) == 0 {
		return Finding{}, false
	}
	var names, codes []string
	for _, t := range missing {
		names = append(names, shortOf(t))
		codes = append(codes, t.Code)
	}
	out := Finding{RuleID: r.ID, Severity: Warn, Codes: codes, Equation: equationText(r.Op, left, right)}
	out.Message = fmt.Sprintf("Chưa đối chiếu được vì thiếu số: %s. Nếu không có, ông/bà nhập 0 hoặc chọn “không phát sinh”.", strings.Join(names, ", "))
	if len(missing) == 1 && !missing[0].Prev {
		n := right.Sum - left.Sum
		if len(right.Missing) == 1 {
			n = -n
		}
		if c := missing[0].Coef; c < 0 {
			n = -n
		}
		if ind, _ := ByCode(missing[0].Code); n >= 0 || ind.Signed {
			out.Suggest = &Suggestion{Code: missing[0].Code, Value: n}
			out.Message = fmt.Sprintf("Thiếu số: %s. Theo các số đã nhập thì số này là %s.", names[0], vi.Int(n))
		}
	}
	return out, true
}

// equationText writes an equation with its figures, ending in the bare result as people do. Of a comparison only a sum
// is worth writing out.
func equationText(op Op, left, right Outcome) string {
	text := left.Text()
	switch {
	case op != Equal && len(left.Terms) < 2:
		return ""
	case op != Equal:
		return fmt.Sprintf("%s = %s", text, vi.Int(left.Sum))
	case len(right.Missing) > 0 || len(right.Terms) > 1:
		return text + " = " + right.Text()
	case len(left.Missing) == 0 && left.Sum != right.Sum:
		return fmt.Sprintf("%s = %s, không phải %s", text, vi.Int(left.Sum), vi.Int(right.Sum))
	}
	return text + " = " + vi.Int(right.Sum)
}

func fillFigures(message string, f Figures, left, right int64) string {
	pairs := []string{
		"{left}", vi.Int(left), "{right}", vi.Int(right), "{gap}", vi.Int(abs(left - right)),
		"{year}", fmt.Sprint(f.Year), "{last}", fmt.Sprint(f.Year - 1),
	}
	for code, v := range f.Values {
		pairs = append(pairs, "{"+code+"}", v.String())
	}
	for code, v := range f.Last {
		pairs = append(pairs, "{prev("+code+")}", v.String())
	}
	return strings.NewReplacer(pairs...).Replace(message)
}

// Balance is an equation as the form shows it under its chapter, whether or not it holds.
type Balance struct {
	Text     string // "đầu kỳ 618 + kết nạp 41 − qua đời 17 = 642"
	Holds    bool
	Complete bool  // nothing is missing
	Gap      int64 // end as typed less end as computed; people to be found, or to be put right
}

// Movement is the movement equation of the members (handbook §4.8 G1).
func Movement(values map[string]Value) Balance { return balance(movementRule, values) }

// FundBalance is the fund equation (handbook §4.8 G7).
func FundBalance(values map[string]Value) Balance { return balance(fundRule, values) }

func balance(id string, values map[string]Value) Balance {
	i := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == id })
	left, right := rules[i].Left.Eval(values, nil), rules[i].Right.Eval(values, nil)
	b := Balance{Text: equationText(Equal, left, right), Complete: left.Whole() && right.Whole()}
	if b.Complete {
		b.Gap = right.Sum - left.Sum
		b.Holds = b.Gap == 0
	}
	return b
}
