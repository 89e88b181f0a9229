package report

import (
	"errors"
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

// parseDigits reads digits, grouped as vi.ParseInt allows, and a decimal part where a power of ten gives it meaning.
func parseDigits(s string, power int) (n int64, problem string) {
	whole, frac := s, ""
	if power > 0 {
		whole, frac = cutDecimal(s)
	}
	n, err := vi.ParseInt(whole)
	var bad *vi.NumberError
	switch {
	case errors.As(err, &bad) && bad.Reason == vi.NumberComma:
		return 0, sayPart
	case errors.As(err, &bad) && bad.Reason == vi.NumberTooBig:
		return 0, sayTooLarge
	case err != nil || n < 0 || strings.Trim(frac, "0123456789") != "":
		return 0, sayWhole
	}
	frac = strings.TrimRight(frac, "0")
	if len(frac) > power {
		return 0, sayPart
	}
	for len(frac) < power {
		frac += "0"
	}
	for _, digit := range frac {
		if n > MaxFigure/10 {
			return 0, sayTooLarge
		}
		n = n*10 + int64(digit-'0')
	}
	if n > MaxFigure {
		return 0, sayTooLarge
	}
	return n, ""
}

// cutDecimal splits "25,5" and, where the point cannot part thousands, "25.5".
func cutDecimal(s string) (whole, frac string) {
	if whole, frac, ok := strings.Cut(s, ","); ok {
		return whole, frac
	}
	if whole, frac, ok := strings.Cut(s, "."); ok && len(frac) != 3 && !strings.Contains(frac, ".") {
		return whole, frac
	}
	return s, ""
}
