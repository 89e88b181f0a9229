package vi

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestIntAndMoney(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{
		0: "0", 5: "5", 999: "999", 1000: "1.000", 1234: "1.234", 25500000: "25.500.000", -5: "−5", -1234: "−1.234",
		math.MinInt64: "−9.223.372.036.854.775.808",
	} {
		if got := Int(n); got != want {
			t.Errorf("Int(%d) = %q", n, got)
		}
	}
	if Int(1234) != "1.234" || SignedInt(3) != "+3" || SignedInt(-1) != "−1" || SignedInt(0) != "0" || SignedInt(int64(1200)) != "+1.200" {
		t.Error("SignedInt")
	}
	if got := Dong(25500000); got != "25.500.000\u00a0đồng" {
		t.Errorf("Dong = %q", got)
	}
}

func TestDecimalAndPercent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		x      float64
		digits int
		want   string
	}{
		{1234.5, 1, "1.234,5"}, {1234.5, 2, "1.234,50"}, {0.05, 1, "0,1"}, {2.5, 0, "3"}, {0.125, 2, "0,13"}, {-0.04, 1, "0,0"},
		{-1.5, 1, "−1,5"}, {999.96, 1, "1.000,0"}, {math.NaN(), 1, "–"}, {math.Inf(1), 0, "–"}, {7, -1, "7"},
	} {
		if got := Decimal(c.x, c.digits); got != c.want {
			t.Errorf("Decimal(%v, %d) = %q, want %q", c.x, c.digits, got, c.want)
		}
	}
	for x, want := range map[float64]string{95.5: "95,5%", 100: "100%", 0: "0%", 33.333: "33,3%", -2.5: "−2,5%", 1000: "1.000%"} {
		if got := Percent(x, 1); got != want {
			t.Errorf("Percent(%v) = %q", x, got)
		}
	}
	if Percent(math.NaN(), 1) != "–" || Percent(50, 0) != "50%" {
		t.Error("Percent of nothing")
	}
}

func TestParseInt(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int64{
		"1.234": 1234, "1 234": 1234, "1\u00a0234": 1234, "1234": 1234, " 0 ": 0, "007": 7, "25.500.000": 25500000,
		"-5": -5, "−5": -5, "– 1.000": -1000, "+3": 3,
	} {
		if got, err := ParseInt(in); err != nil || got != want {
			t.Errorf("ParseInt(%q) = %d, %v", in, got, err)
		}
	}
	for in, want := range map[string]NumberReason{
		"": NumberEmpty, "  ": NumberEmpty, "1,5": NumberComma, "1,234": NumberComma, "12.34": NumberGrouping, "1.5": NumberGrouping,
		"1234.567": NumberGrouping, "1.234 567": NumberGrouping, "mười": NumberLetters, "12a": NumberLetters, "1e3": NumberLetters, "--5": NumberLetters,
		".": NumberLetters, "99999999999999999999": NumberTooBig, "٣": NumberLetters, "-": NumberEmpty,
	} {
		var e *NumberError
		if got, err := ParseInt(in); !errors.As(err, &e) || e.Reason != want || got != 0 || e.Error() == "" {
			t.Errorf("ParseInt(%q) = %d, %v; want %s", in, got, err, want)
		}
	}
}

func TestParseDecimalAndDong(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]float64{"1.234,5": 1234.5, "95,5%": 95.5, "95,5 %": 95.5, "95": 95, "-0,25": -0.25, "1 234,5": 1234.5} {
		if got, err := ParseDecimal(in); err != nil || got != want {
			t.Errorf("ParseDecimal(%q) = %v, %v", in, got, err)
		}
	}
	for in, want := range map[string]NumberReason{"95.5": NumberGrouping, "1,2,3": NumberLetters, "1,": NumberLetters, ",5": NumberEmpty, "": NumberEmpty, "NaN": NumberLetters, "%": NumberEmpty} {
		var e *NumberError
		if got, err := ParseDecimal(in); !errors.As(err, &e) || e.Reason != want {
			t.Errorf("ParseDecimal(%q) = %v, %v", in, got, err)
		}
	}
	for in, want := range map[string]int64{"25.500.000 đồng": 25500000, "500.000đ": 500000, "500000 VNĐ": 500000, "500.000": 500000, "10.000₫": 10000} {
		if got, err := ParseDong(in); err != nil || got != want {
			t.Errorf("ParseDong(%q) = %d, %v", in, got, err)
		}
	}
	if _, err := ParseDong("5 triệu"); err == nil {
		t.Error("words are no amount")
	}
}

func TestNumberInWords(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{
		0: "không", 1: "một", 4: "bốn", 5: "năm", 10: "mười", 11: "mười một", 14: "mười bốn", 15: "mười lăm", 20: "hai mươi",
		21: "hai mươi mốt", 24: "hai mươi tư", 25: "hai mươi lăm", 55: "năm mươi lăm", 100: "một trăm", 101: "một trăm linh một",
		105: "một trăm linh năm", 110: "một trăm mười", 115: "một trăm mười lăm", 121: "một trăm hai mươi mốt", 404: "bốn trăm linh bốn",
		1000: "một nghìn", 1005: "một nghìn không trăm linh năm", 1050: "một nghìn không trăm năm mươi", 2023: "hai nghìn không trăm hai mươi ba",
		21000: "hai mươi mốt nghìn", 1000005: "một triệu không trăm linh năm", 25500000: "hai mươi lăm triệu năm trăm nghìn",
		1000000000: "một tỷ", 1005000000: "một tỷ không trăm linh năm triệu", 2000000000000: "hai nghìn tỷ", -3: "âm ba",
		math.MinInt64: "âm chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm linh tám",
	} {
		if got := NumberInWords(n); got != want {
			t.Errorf("NumberInWords(%d) = %q, want %q", n, got, want)
		}
	}
	if got := DongInWords(25500000); got != "Hai mươi lăm triệu năm trăm nghìn đồng" {
		t.Errorf("DongInWords = %q", got)
	}
}

func TestNumberProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "n")
		if back, err := ParseInt(Int(n)); err != nil || back != n {
			t.Fatalf("%d written as %q, read as %d, %v", n, Int(n), back, err)
		}
		for w := range strings.FieldsSeq(NumberInWords(n)) {
			if !IsSyllable(w) {
				t.Fatalf("%d: %q is no syllable", n, w)
			}
		}
	})
}

func FuzzParseInt(f *testing.F) {
	for _, s := range []string{"1.234", "1 234", "-5", "1,5", "", "−", "9223372036854775808"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseInt(s)
		if err != nil {
			return
		}
		if back, err := ParseInt(Int(n)); err != nil || back != n {
			t.Fatalf("%q read as %d, written as %q", s, n, Int(n))
		}
		if x, err := ParseDecimal(s); err != nil || math.Abs(x-float64(n)) > math.Abs(float64(n))*1e-9 {
			t.Fatalf("%q: whole %d, decimal %v, %v", s, n, x, err)
		}
	})
}
