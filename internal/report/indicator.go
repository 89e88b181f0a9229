package report

import (
	"fmt"
	"slices"
	"unicode"

	"wardportal/internal/association"
)

// Semantics says how a figure adds up over branches and over time (handbook §4.1).
type Semantics uint8

// The semantics. The zero value is none of them, so that a forgotten entry is found by the tests.
const (
	Stock      Semantics = iota + 1 // as of the cut-off: sum over branches, last value over time
	StockFirst                      // as of the beginning: sum over branches, first value over time
	Flow                            // in the period: sum over branches and over time
	Money                           // Flow in đồng
	Uniq                            // distinct people: never additive, counted again for the whole
	Ratio                           // never typed or stored: Σ numerator / Σ denominator
)

// Source says which book a figure comes from (handbook §4.1, column src).
type Source uint8

// The sources. External figures (population, households) are the ward's; Manual ones are in no book; Derived ones are
// computed from other rows.
const (
	Roster Source = iota + 1
	Meetings
	Activity
	Funds
	External
	Manual
	Derived
)

// Book is what people call the source, for sentences: "Sổ họp".
func (s Source) Book() string {
	switch s {
	case Roster:
		return "danh sách hội viên, cán bộ"
	case Meetings:
		return "sổ họp"
	case Activity:
		return "sổ hoạt động"
	case Funds:
		return "sổ quỹ"
	case External:
		return "số liệu của phường"
	default:
		return ""
	}
}

// Booked tells whether the portal keeps a book that can compute the figure.
func (s Source) Booked() bool { return s >= Roster && s <= Funds }

// Formula is how a derived row comes about. A ratio has Den; other derived rows have not.
type Formula struct {
	Num, Den Expr
	Factor   int64 // 100 for percentages, 1 for averages
	Decimals uint8
}

// Indicator is one row of the form. A published entry is never edited: it gets a LastYear and a successor.
type Indicator struct {
	Code    string
	Label   string // as printed in "BIỂU SỐ LIỆU"
	Short   string // inside equations and sentences: "kết nạp"; "" = the label with a small first letter
	Unit    string // "người", "đồng", "%"
	Section SectionID
	Kinds   []association.KindCode // nil = every kind

	FirstYear, LastYear int // 0 = open
	Semantics           Semantics
	Source              Source
	Formula             *Formula // only where Source is Derived

	Additive      bool // over associations of a ward; funds, populations, distinct people and ratios are not
	Core          bool // on the first page unless the campaign chooses otherwise; at most 25 per kind
	AtBranch      bool // a branch sheet may ask for it
	Signed        bool // may be negative: only corrections
	SuppressSmall bool // cells 1–4 are shown as "<5" in public or exported tables (handbook §4.4, product.md §2.9)

	apart    bool // adds up in no way although its semantics would let it
	headOnly bool // the association's own matter, never asked of a branch
}

// Computed tells whether the portal works the row out, so nobody types it.
func (i Indicator) Computed() bool { return i.Source == Derived }

// Money tells whether the figure is an amount in đồng, whatever its semantics.
func (i Indicator) Money() bool { return i.Unit == "đồng" }

// InYear tells whether forms of the year ask for the row.
func (i Indicator) InYear(year int) bool {
	return (i.FirstYear == 0 || year >= i.FirstYear) && (i.LastYear == 0 || year <= i.LastYear)
}

// For tells whether the row concerns associations of the kind.
func (i Indicator) For(kind association.KindCode) bool {
	return len(i.Kinds) == 0 || slices.Contains(i.Kinds, kind)
}

// ShortLabel is the name inside equations and sentences.
func (i Indicator) ShortLabel() string {
	if i.Short != "" {
		return i.Short
	}
	return lowerFirst(i.Label)
}

// FormulaText is the line shown under a computed row: its one formula and its one rounding. "" for typed rows.
func (i Indicator) FormulaText() string {
	if i.Formula == nil {
		return ""
	}
	f := *i.Formula
	text := "= " + f.Num.labels()
	if len(f.Den.Terms) == 0 {
		return text
	}
	text = fmt.Sprintf("= %s ÷ %s", bracket(f.Num), bracket(f.Den))
	if f.Factor == 100 {
		text += " × 100"
	}
	if f.Decimals == 0 {
		return text + ", làm tròn đến " + i.Unit
	}
	return fmt.Sprintf("%s, làm tròn %d chữ số thập phân", text, f.Decimals)
}

func bracket(e Expr) string {
	if len(e.Terms) > 1 {
		return "(" + e.labels() + ")"
	}
	return e.labels()
}

// Registry holds every indicator of handbook §4.2–4.7, in form order: GEN first, then each kind's rows.
var Registry = slices.Concat(generalRows, nctRows, dacamRows, khocRows, tnxpRows, tynRows)

var registryIndex = func() map[string]int {
	index := make(map[string]int, len(Registry))
	for i, ind := range Registry {
		index[ind.Code] = i
	}
	return index
}()

// ByCode finds an indicator.
func ByCode(code string) (Indicator, bool) {
	i, ok := registryIndex[code]
	if !ok {
		return Indicator{}, false
	}
	return Registry[i], true
}

// ForKind lists the rows that a report of the kind and year may have, in form order.
func ForKind(kind association.KindCode, year int) []Indicator {
	var list []Indicator
	for _, ind := range Registry {
		if ind.For(kind) && ind.InYear(year) {
			list = append(list, ind)
		}
	}
	return list
}

// CoreFor lists the core rows of a kind in the year: what a new campaign chooses (at most 25, product.md §3).
func CoreFor(kind association.KindCode, year int) []Indicator {
	return slices.DeleteFunc(ForKind(kind, year), func(i Indicator) bool { return !i.Core })
}

// InSection keeps the rows of one chapter.
func InSection(list []Indicator, section SectionID) []Indicator {
	var out []Indicator
	for _, ind := range list {
		if ind.Section == section {
			out = append(out, ind)
		}
	}
	return out
}

// Fill computes every derived row of the list from the values and gives a new map; a derived row whose operands are
// missing is blank. Values typed into derived rows are dropped.
func Fill(list []Indicator, values map[string]Value) map[string]Value {
	out := make(map[string]Value, len(values)+4)
	for code, v := range values {
		if ind, ok := ByCode(code); !ok || !ind.Computed() {
			out[code] = v
		}
	}
	for _, ind := range list {
		if ind.Computed() {
			if v := Compute(ind, out); v.Answered() {
				out[ind.Code] = v
			}
		}
	}
	return out
}

// Compute works out one derived row from typed values, which may already be sums over several units: a ratio of sums
// is Σ numerator / Σ denominator, never an average of ratios.
func Compute(ind Indicator, values map[string]Value) Value {
	if ind.Formula == nil {
		return Value{}
	}
	f := *ind.Formula
	num := f.Num.Eval(values, nil)
	if !num.Whole() {
		return Value{}
	}
	if len(f.Den.Terms) == 0 {
		return Num(max(num.Sum, 0)) // a seat taken twice is G5's matter, not a negative vacancy
	}
	den := f.Den.Eval(values, nil)
	if !den.Whole() {
		return Value{}
	}
	v, ok := Quotient(num.Sum, den.Sum, f.Factor, f.Decimals)
	if !ok {
		return Value{}
	}
	return v
}

// lowerFirst writes a label inside a sentence; abbreviations such as "CLB" stay.
func lowerFirst(s string) string {
	runes := []rune(s)
	if len(runes) < 2 || unicode.IsUpper(runes[1]) {
		return s
	}
	runes[0] = unicode.ToLower(runes[0])
	return string(runes)
}

func labelOf(code string) string {
	if ind, ok := ByCode(code); ok {
		return lowerFirst(ind.Label)
	}
	return code
}

func shortOf(t ExprTerm) string {
	name := t.Code
	if ind, ok := ByCode(t.Code); ok {
		name = ind.ShortLabel()
	}
	if t.Prev {
		name += " năm trước"
	}
	return name
}

// rows finishes a table of the registry: its kinds, and what follows from semantics and source. Amounts held or
// received by funds, the ward's own figures, distinct people and ratios never add up over associations.
func rows(kinds []association.KindCode, list []Indicator) []Indicator {
	for i := range list {
		ind := &list[i]
		ind.Kinds = kinds
		own := ind.Source == Funds || ind.Source == External
		summable := ind.Semantics == Stock || ind.Semantics == StockFirst || ind.Semantics == Flow || ind.Semantics == Money
		ind.Additive = summable && !own && !ind.apart
		ind.AtBranch = summable && ind.Source != External && ind.Source != Derived && !ind.headOnly
	}
	return list
}

func percentOf(num, den string) *Formula {
	return &Formula{Num: mustExpr(num), Den: mustExpr(den), Factor: 100, Decimals: 1}
}

func averageOf(num, den string) *Formula {
	return &Formula{Num: mustExpr(num), Den: mustExpr(den), Factor: 1}
}

func upperFirst(s string) string {
	runes := []rune(s)
	if len(runes) > 0 {
		runes[0] = unicode.ToUpper(runes[0])
	}
	return string(runes)
}
