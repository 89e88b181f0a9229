package report

import (
	"fmt"

	"wardportal/internal/vi"
)

// checkFigures applies the rules that hold for every row: G9 (no negatives), the roster's limits, G11 (books),
// G4 (branches) and G10 (last year). One row gets at most one of the last three, the most concrete: whoever explained
// the books need not explain the year as well.
func checkFigures(f Figures) []Finding {
	var list []Finding
	for _, ind := range ForKind(f.Kind, f.Year) {
		n, ok := f.Values[ind.Code].Int()
		if !ok || ind.Computed() {
			continue
		}
		if n < 0 && !ind.Signed {
			list = append(list, Finding{RuleID: "G9", Severity: Block, Codes: []string{ind.Code}, Message: sayNegative})
			continue
		}
		for _, check := range []func(Figures, Indicator, int64) (Finding, bool){checkLimit, checkBooks, checkBranches, checkLastYear} {
			if finding, found := check(f, ind, n); found {
				finding.Codes = []string{ind.Code}
				list = append(list, finding)
				break
			}
		}
	}
	return list
}

// checkLimit warns where a figure exceeds what the roster allows: more people honoured at 70 than turn 70
// (handbook §4.3), or any result above the roster (anchors: outliers).
func checkLimit(f Figures, ind Indicator, n int64) (Finding, bool) {
	limit, known := f.Limits[ind.Code]
	if !known || n <= limit {
		return Finding{}, false
	}
	return Finding{RuleID: "DS", Severity: Warn, Message: fmt.Sprintf(
		"Thực hiện ghi %s, theo danh sách nhiều nhất là %s. Ông/bà xem lại danh sách hoặc giải thích.", vi.Int(n), vi.Int(limit))}, true
}

// checkBooks is G11 and handbook §4.1: typed against the books, and only where the books hold entries.
func checkBooks(f Figures, ind Indicator, n int64) (Finding, bool) {
	book, ok := f.Books[ind.Code]
	if !ok || book.Entries == 0 || book.Value == n {
		return Finding{}, false
	}
	name := ind.Source.Book()
	if name == "" {
		name = "sổ"
	}
	return Finding{RuleID: "G11", Severity: Warn, Message: fmt.Sprintf(
		"Thực hiện ghi %s, theo sổ là %s. Ông/bà ghi thêm vào %s, hoặc giải thích ở đây rồi vẫn nộp được.", vi.Int(n), vi.Int(book.Value), name)}, true
}

// checkBranches is G4: the branch sheets, members without a branch among them, make up the association's figure.
func checkBranches(f Figures, ind Indicator, n int64) (Finding, bool) {
	sum, ok := f.Branches[ind.Code]
	if !ok || !ind.AtBranch || sum.Have == 0 || (sum.Complete() && sum.Sum == n) || (!sum.Complete() && sum.Sum <= n) {
		return Finding{}, false
	}
	message := fmt.Sprintf("Hội ghi %s, các chi hội cộng lại là %s.", vi.Int(n), vi.Int(sum.Sum))
	if note := sum.Note("chi hội"); note != "" {
		message += " Tổng này " + note + "."
	}
	return Finding{RuleID: "G4", Severity: Warn, Message: message}, true
}

// Year-on-year changes beyond these bounds want a word (handbook §4.8 G10; at least 5 of anything, so that 2 → 3 is quiet).
const (
	outlierPercent = 30
	outlierLeast   = 5
)

func checkLastYear(f Figures, ind Indicator, n int64) (Finding, bool) {
	last, ok := f.Last[ind.Code].Int()
	change := n - last
	if !ok || abs(change) < outlierLeast || ind.Signed {
		return Finding{}, false
	}
	if last == 0 {
		return Finding{RuleID: "G10", Severity: Info, Message: fmt.Sprintf("Năm %d là 0, năm nay %s %s.", f.Year-1, vi.Int(n), ind.Unit)}, true
	}
	percent, ok := Percent(change, last)
	if !ok || abs(change)*100 <= abs(last)*outlierPercent {
		return Finding{}, false
	}
	word := "tăng"
	if change < 0 {
		word = "giảm"
	}
	return Finding{RuleID: "G10", Severity: Warn, Message: fmt.Sprintf(
		"Năm %d là %s, năm nay %s: %s %s%%. Nếu đúng, ông/bà ghi vài chữ vì sao.",
		f.Year-1, vi.Int(last), vi.Int(n), word, Decimal(abs(percent.n), percent.decimals))}, true
}
