package report

import (
	"fmt"
	"strings"
)

// Term is one contribution to a sum, with the name shown when it is missing ("Chi hội 6", "Hội Khuyến học").
type Term struct {
	Name  string
	Value Value
}

// Total is a sum that remembers what is missing from it.
// "Không áp dụng" leaves both Have and Of, blanks and "không có số liệu" leave only Have.
type Total struct {
	Sum     int64
	Have    int      // terms that gave a number
	Of      int      // terms that the sum should have
	Missing []string // names of those that gave none
}

// Sum adds whole numbers. Computed ratios must not be summed (handbook §4.1); a decimal counts as missing here.
func Sum(terms ...Term) Total {
	var t Total
	for _, term := range terms {
		if term.Value.answer == NotApplicable {
			continue
		}
		t.Of++
		n, ok := term.Value.Int()
		if !ok {
			t.Missing = append(t.Missing, term.Name)
			continue
		}
		t.Have++
		t.Sum += n
	}
	return t
}

// Complete tells whether nothing is missing.
func (t Total) Complete() bool { return t.Have == t.Of }

// Value is the sum as a cell: blank when no term gave a number, "không áp dụng" when the row concerns nobody.
func (t Total) Value() Value {
	switch {
	case t.Of == 0:
		return Say(NotApplicable)
	case t.Have == 0:
		return Value{}
	}
	return Num(t.Sum)
}

// Coverage is "18/19" when something is missing, else "".
func (t Total) Coverage() string {
	if t.Complete() {
		return ""
	}
	return fmt.Sprintf("%d/%d", t.Have, t.Of)
}

// Note says what is missing, "" when nothing is: "mới có 18/19 chi hội, thiếu: Chi hội 6". unit is what the terms are.
// Long lists are cut after five names.
func (t Total) Note(unit string) string {
	if t.Complete() {
		return ""
	}
	names := t.Missing
	tail := ""
	if len(names) > 5 {
		names, tail = names[:5], fmt.Sprintf(" và %d %s khác", len(t.Missing)-5, unit)
	}
	return fmt.Sprintf("mới có %s %s, thiếu: %s%s", t.Coverage(), unit, strings.Join(names, ", "), tail)
}
