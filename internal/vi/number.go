package vi

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// minus is the real minus sign; a hyphen would break from its number at a line end.
const minus = "−"

// Int writes n with "." between thousands: "1.234", "−5".
func Int[T ~int | ~int32 | ~int64](n T) string {
	s := strconv.FormatInt(int64(n), 10)
	if rest, neg := strings.CutPrefix(s, "-"); neg {
		return minus + group(rest)
	}
	return group(s)
}

// SignedInt is [Int] with its sign always shown, for changes: "+3", "−1", "0".
func SignedInt[T ~int | ~int32 | ~int64](n T) string {
	if n > 0 {
		return "+" + Int(n)
	}
	return Int(n)
}

// group puts a dot between thousands of a string of digits.
func group(digits string) string {
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Decimal writes x with exactly digits places after a comma: "1.234,5". What is
// no number (a share of nothing) is "–".
func Decimal(x float64, digits int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "–"
	}
	// Halves go away from zero, as people round by hand.
	shift := math.Pow10(max(digits, 0))
	if r := math.Round(x*shift) / shift; !math.IsInf(x*shift, 0) {
		x = r
	}
	whole, frac, _ := strings.Cut(strconv.FormatFloat(math.Abs(x), 'f', max(digits, 0), 64), ".")
	s := group(whole)
	if frac != "" {
		s += "," + frac
	}
	if x < 0 {
		return minus + s
	}
	return s
}

// Percent writes a value that already counts hundredths, with at most digits
// places: Percent(95.5, 1) is "95,5%", Percent(100, 1) is "100%".
func Percent(x float64, digits int) string {
	s := Decimal(x, digits)
	if s == "–" {
		return s
	}
	if strings.Contains(s, ",") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ",")
	}
	return s + "%"
}

// Dong writes an amount of money: "25.500.000 đồng". The space does not break.
func Dong(n int64) string { return Int(n) + "\u00a0đồng" }

// NumberReason says why a text is no number.
type NumberReason string

// Reasons of [NumberError].
const (
	NumberEmpty    NumberReason = "empty"
	NumberLetters  NumberReason = "letters"  // something else than digits
	NumberComma    NumberReason = "comma"    // a decimal part where whole numbers are asked
	NumberGrouping NumberReason = "grouping" // "12.34": thousands not in threes
	NumberTooBig   NumberReason = "too-big"
)

// NumberError is the refusal of a number; its text is for the person who typed it.
type NumberError struct{ Reason NumberReason }

func (e *NumberError) Error() string {
	switch e.Reason {
	case NumberEmpty:
		return "Hãy nhập số."
	case NumberComma:
		return "Hãy nhập số nguyên, không có phần lẻ. Dấu chấm chỉ để phân cách hàng nghìn, ví dụ 1.234."
	case NumberGrouping:
		return "Dấu chấm chỉ để phân cách hàng nghìn, ví dụ 1.234. Phần lẻ viết sau dấu phẩy, ví dụ 1,5."
	case NumberTooBig:
		return "Số quá lớn. Hãy kiểm tra lại."
	}
	return "Chỉ nhập chữ số, ví dụ 1.234."
}

var (
	plainDigits   = regexp.MustCompile(`^\d+$`)
	groupedDigits = regexp.MustCompile(`^\d{1,3}(?:\.\d{3})+$|^\d{1,3}(?: \d{3})+$`)
	numberRunes   = regexp.MustCompile(`^[\d., ]+$`)
)

// ParseInt reads a whole number as people type it: "1.234", "1 234", "1234",
// "-5". A comma is refused, since it may be a decimal or a foreign thousand; so is
// a dot that does not part thousands. Errors are [*NumberError].
func ParseInt(s string) (int64, error) {
	neg, s := cutSign(s)
	digits, reason := wholeDigits(s)
	if reason != "" {
		return 0, &NumberError{reason}
	}
	if neg {
		digits = "-" + digits
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, &NumberError{NumberTooBig}
	}
	return n, nil
}

// cutSign cleans s and takes a leading plus, minus or hyphen off.
func cutSign(s string) (neg bool, rest string) {
	s = Clean(s)
	for _, sign := range []string{"-", minus, "–"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return true, strings.TrimLeft(rest, " ")
		}
	}
	return false, strings.TrimPrefix(s, "+")
}

// wholeDigits takes the separators out of an unsigned whole number.
func wholeDigits(s string) (digits string, bad NumberReason) {
	switch {
	case s == "":
		return "", NumberEmpty
	case plainDigits.MatchString(s):
		return s, ""
	case groupedDigits.MatchString(s):
		return strings.NewReplacer(".", "", " ", "").Replace(s), ""
	case !numberRunes.MatchString(s) || !strings.ContainsAny(s, "0123456789"):
		return "", NumberLetters
	case strings.Contains(s, ","):
		return "", NumberComma
	}
	return "", NumberGrouping
}

// ParseDecimal reads a number with an optional part after a comma: "1.234,5",
// "95,5", "95". A trailing "%" is dropped. A dot only parts thousands: "95.5" is
// refused, not guessed. Errors are [*NumberError].
func ParseDecimal(s string) (float64, error) {
	neg, s := cutSign(s)
	s = strings.TrimRight(strings.TrimSuffix(s, "%"), " ")
	whole, frac, comma := strings.Cut(s, ",")
	digits, reason := wholeDigits(whole)
	if reason == "" && comma && !plainDigits.MatchString(frac) {
		reason = NumberLetters
	}
	if reason != "" {
		return 0, &NumberError{reason}
	}
	x, err := strconv.ParseFloat(digits+"."+frac, 64)
	if err != nil {
		return 0, &NumberError{NumberTooBig}
	}
	if neg {
		x = -x
	}
	return x, nil
}

var moneyUnit = regexp.MustCompile(`(?i)\s*(?:đồng|đ|vnđ|vnd|₫)\.?$`)

// ParseDong reads an amount of money, with or without its unit: "25.500.000 đồng",
// "500.000đ", "500000". Errors are [*NumberError].
func ParseDong(s string) (int64, error) {
	return ParseInt(moneyUnit.ReplaceAllString(Clean(s), ""))
}
