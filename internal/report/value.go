package report

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// Answer says what stands in a cell of the form: nothing yet, a number, or one of the three answers that are
// not numbers (product.md §2.7). The zero Answer is Blank.
type Answer uint8

// The answers. Nothing counts as 0; NoData and Blank are missing; NotApplicable takes no part in any sum.
const (
	Blank         Answer = iota // not answered yet
	Number                      // a figure
	Nothing                     // "không phát sinh": looked, and there was nothing
	NoData                      // "không có số liệu": nobody can say
	NotApplicable               // "không áp dụng": the row does not concern this unit
)

var answerCodes = [...]string{Blank: "", Number: "number", Nothing: "nothing", NoData: "no_data", NotApplicable: "not_applicable"}

var answerLabels = [...]string{
	Blank: "", Number: "", Nothing: "không phát sinh", NoData: "không có số liệu", NotApplicable: "không áp dụng",
}

// Answers lists the three answers that are words, in the order the form offers them.
var Answers = []Answer{Nothing, NoData, NotApplicable}

// Code is the stored name of the answer, also the value of its choice in a form.
func (a Answer) Code() string { return answerCodes[a] }

// Label is the Vietnamese text of an answer that is a word, else "".
func (a Answer) Label() string { return answerLabels[a] }

// AnswerByCode finds an answer by its stored name.
func AnswerByCode(code string) (Answer, bool) {
	i := slices.Index(answerCodes[:], code)
	return Answer(max(i, 0)), i >= 0
}

// MaxFigure bounds every typed figure; no ward counts or spends a quadrillion. It keeps sums and ratios inside int64.
const MaxFigure = 1_000_000_000_000_000

// Value is the content of one cell. Counts and money in đồng are whole numbers; computed ratios carry decimals.
// The zero Value is blank. Values are comparable with ==.
type Value struct {
	answer   Answer
	decimals uint8
	n        int64 // scaled by 10^decimals
}

// Num is a whole number.
func Num(n int64) Value { return Value{answer: Number, n: n} }

// Decimal is a number given in units of 10^-decimals: Decimal(958, 1) is 95,8.
func Decimal(scaled int64, decimals uint8) Value {
	return Value{answer: Number, decimals: decimals, n: scaled}
}

// Say is a cell answered with a word. Say(Number) would have no number and is blank.
func Say(a Answer) Value {
	if a == Number {
		return Value{}
	}
	return Value{answer: a}
}

// Stored rebuilds a whole-number value from its two columns; n is ignored unless the code says number.
func Stored(code string, n *int64) (Value, error) {
	a, ok := AnswerByCode(code)
	if !ok || (a == Number && n == nil) {
		return Value{}, fmt.Errorf("report: stored answer %q with number %v", code, n)
	}
	if a == Number {
		return Num(*n), nil
	}
	return Say(a), nil
}

// Columns gives what Stored reads back. Computed ratios are never stored (handbook §4.1).
func (v Value) Columns() (code string, n *int64) {
	if v.answer == Number {
		return v.answer.Code(), &v.n
	}
	return v.answer.Code(), nil
}

// Answer says what kind of content the cell has.
func (v Value) Answer() Answer { return v.answer }

// Int gives the number that takes part in sums: a whole number, or 0 for "không phát sinh".
// ok is false for blanks, the other answers and decimals.
func (v Value) Int() (n int64, ok bool) {
	return v.n, v.answer == Nothing || (v.answer == Number && v.decimals == 0)
}

// Answered tells whether somebody decided what stands here; only a blank is unanswered.
func (v Value) Answered() bool { return v.answer != Blank }

// Missing tells whether a sum over this value is incomplete.
func (v Value) Missing() bool { return v.answer == Blank || v.answer == NoData }

// String shows the value as on screen and paper: "1.234", "95,8", "không phát sinh"; a blank is "".
func (v Value) String() string {
	if v.answer != Number {
		return v.answer.Label()
	}
	return formatScaled(v.n, v.decimals)
}

// Input gives the text for the form's box: ungrouped for nobody, grouped as people write it; answers are choices, not text.
func (v Value) Input() string {
	if v.answer != Number {
		return ""
	}
	return v.String()
}

// Minus is the sign of negative figures on screen, a true minus and not a hyphen.
const minus = "−"

// formatScaled writes n / 10^decimals as vi.Int writes whole numbers, without zeros at the end.
func formatScaled(n int64, decimals uint8) string {
	scale := pow10(decimals)
	text := vi.Int(n / scale)
	if n < 0 && n/scale == 0 {
		text = minus + text
	}
	frac := strings.TrimRight(fmt.Sprintf("%0*d", int(decimals), abs(n%scale)), "0")
	if decimals == 0 || frac == "" {
		return text
	}
	return text + "," + frac
}

// ParseValue reads what a person typed or pasted into the box of the indicator. An empty text is a blank, not an error.
// It accepts grouped numbers, the unit after the number, amounts such as "25,5 triệu" for money, and the three answers
// in words. Errors are Invalid faults at the indicator's code, with a sentence that says what to do.
func ParseValue(ind Indicator, text string) (Value, error) {
	if !vi.ValidText(text) {
		return Value{}, fault.At(ind.Code, "Ô này có ký tự không đọc được. Ông/bà nhập lại bằng chữ số.")
	}
	text = vi.Clean(text)
	if text == "" {
		return Value{}, nil
	}
	if ind.Computed() {
		return Value{}, fault.At(ind.Code, "Số này do máy tính từ các số khác, không nhập tay.")
	}
	if a, ok := wordAnswer(text); ok {
		return Say(a), nil
	}
	n, problem := parseFigure(ind, text)
	if problem != "" {
		return Value{}, fault.At(ind.Code, problem)
	}
	return Num(n), nil
}

var shortAnswers = map[string]Answer{
	"khong phat sinh": Nothing, "kps": Nothing, "khong co": Nothing, "khong": Nothing,
	"khong co so lieu": NoData, "khong ro": NoData,
	"khong ap dung": NotApplicable, "kad": NotApplicable,
}

func wordAnswer(text string) (Answer, bool) {
	a, ok := shortAnswers[vi.Fold(text)]
	return a, ok
}

// CompareValues orders for tables: numbers first by size, then answers, then blanks.
func CompareValues(a, b Value) int {
	rank := func(v Value) int {
		switch v.answer {
		case Number, Nothing:
			return 0
		case Blank:
			return 2
		default:
			return 1
		}
	}
	if d := cmp.Compare(rank(a), rank(b)); d != 0 {
		return d
	}
	return a.rat().Cmp(b.rat())
}

func (v Value) rat() *big.Rat {
	r := new(big.Rat).SetInt64(v.n)
	return r.Quo(r, new(big.Rat).SetInt64(pow10(v.decimals)))
}

func pow10(decimals uint8) int64 {
	p := int64(1)
	for range decimals {
		p *= 10
	}
	return p
}

// Quotient is num × factor / den rounded half away from zero to the decimals. It is the only rounding of the portal's
// reports: percentages have factor 100 and one decimal, averages in đồng factor 1 and none. ok is false when den is 0
// or the result leaves int64.
func Quotient(num, den, factor int64, decimals uint8) (Value, bool) {
	if den == 0 {
		return Value{}, false
	}
	top := new(big.Int).Mul(big.NewInt(num), big.NewInt(factor))
	top.Mul(top, big.NewInt(2*pow10(decimals)))
	bottom := big.NewInt(den)
	negative := top.Sign()*bottom.Sign() < 0
	top.Abs(top).Add(top, new(big.Int).Abs(bottom)) // (2·x + den) / (2·den), floored: half away from zero
	bottom = new(big.Int).Mul(new(big.Int).Abs(bottom), big.NewInt(2))
	top.Quo(top, bottom)
	if !top.IsInt64() {
		return Value{}, false
	}
	n := top.Int64()
	if negative {
		n = -n
	}
	return Decimal(n, decimals), true
}

// Percent is num/den in percent with one decimal, as shown in every column "%".
func Percent(num, den int64) (Value, bool) { return Quotient(num, den, 100, 1) }
