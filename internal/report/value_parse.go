package report

import (
	"strconv"
	"strings"

	"wardportal/internal/vi"
)

// Amounts as people write them in reports: "25,5 triệu". Only for money.
var moneyWords = []struct {
	word  string // folded
	power int    // zeros it stands for
}{
	{"ty dong", 9}, {"ty", 9}, {"trieu dong", 6}, {"trieu", 6}, {"tr", 6}, {"nghin dong", 3}, {"nghin", 3}, {"ngan dong", 3}, {"ngan", 3},
	{"dong", 0}, {"vnd", 0}, {"d", 0},
}

const (
	sayWhole    = "Ông/bà nhập số nguyên, ví dụ 1.234; nếu không có thì chọn “không phát sinh”."
	sayMoney    = "Ông/bà nhập số tiền bằng đồng, ví dụ 2.500.000 hoặc 2,5 triệu."
	sayNegative = "Số này không thể âm. Ông/bà kiểm tra lại."
	sayTooLarge = "Số này quá lớn. Ông/bà kiểm tra lại đơn vị tính."
	sayDash     = "Dấu gạch chưa rõ nghĩa. Ông/bà nhập 0, hoặc chọn “không phát sinh”, “không có số liệu”, “không áp dụng”."
	sayPart     = "Số này phải là số nguyên, không có phần lẻ."
)

// parseFigure reads a cleaned, non-empty text; problem is the sentence for the reader, "" when all is well.
func parseFigure(ind Indicator, text string) (n int64, problem string) {
	folded := vi.Fold(text)
	negative, rest := cutSign(folded)
	if strings.Trim(rest, "-–—−. ") == "" {
		return 0, sayDash
	}
	power := 0
	if ind.Money() {
		rest, power = cutMoneyWord(rest)
	} else {
		rest = strings.TrimSpace(strings.TrimSuffix(rest, vi.Fold(ind.Unit)))
	}
	n, problem = parseDigits(rest, power)
	switch {
	case problem == sayWhole && ind.Money():
		return 0, sayMoney
	case problem != "":
		return 0, problem
	case negative && !ind.Signed && n != 0:
		return 0, sayNegative
	case negative:
		return -n, ""
	}
	return n, ""
}

func cutSign(s string) (negative bool, rest string) {
	for _, sign := range []string{"-", "−", "–"} {
		if after, ok := strings.CutPrefix(s, sign); ok {
			return true, strings.TrimSpace(after)
		}
	}
	return false, strings.TrimSpace(strings.TrimPrefix(s, "+"))
}

func cutMoneyWord(s string) (rest string, power int) {
	for _, w := range moneyWords {
		before, ok := strings.CutSuffix(s, w.word)
		before = strings.TrimSpace(before)
		if ok && before != "" && before[len(before)-1] >= '0' && before[len(before)-1] <= '9' {
			return before, w.power
		}
	}
	return s, 0
}

// parseDigits reads digits with optional grouping by "." or space and, where a power of ten gives it meaning, a decimal part.
func parseDigits(s string, power int) (n int64, problem string) {
	whole, frac, _ := strings.Cut(s, ",")
	if power > 0 && frac == "" {
		// "1.5 triệu": a point that cannot be a thousands separator is a decimal one.
		if a, b, ok := strings.Cut(whole, "."); ok && len(b) != 3 && !strings.Contains(b, ".") {
			whole, frac = a, b
		}
	}
	if power == 0 && englishGrouping(s) {
		whole, frac = strings.ReplaceAll(s, ",", ""), ""
	}
	digits, ok := ungroup(whole)
	if !ok || !allDigits(frac) {
		return 0, sayWhole
	}
	frac = strings.TrimRight(frac, "0")
	if len(frac) > power {
		return 0, sayPart
	}
	digits += frac + strings.Repeat("0", power-len(frac))
	digits = strings.TrimLeft(digits, "0")
	if digits == "" {
		return 0, ""
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n > MaxFigure {
		return 0, sayTooLarge
	}
	return n, ""
}

// englishGrouping recognises "1,234,567" from foreign spreadsheets: at least two commas, or there would be doubt.
func englishGrouping(s string) bool {
	parts := strings.Split(s, ",")
	if len(parts) < 3 {
		return false
	}
	for _, p := range parts[1:] {
		if len(p) != 3 || !allDigits(p) {
			return false
		}
	}
	return allDigits(parts[0]) && parts[0] != "" && len(parts[0]) <= 3
}

// ungroup removes thousands separators; groups after the first must have three digits, so "1.5" is not read as 15.
func ungroup(s string) (digits string, ok bool) {
	sep := "."
	if !strings.Contains(s, ".") {
		sep = " "
	}
	parts := strings.Split(s, sep)
	for i, p := range parts {
		if !allDigits(p) || p == "" || (i > 0 && len(p) != 3) || (i == 0 && len(parts) > 1 && len(p) > 3) {
			return "", false
		}
	}
	return strings.Join(parts, ""), true
}

func allDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}
