package report

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wardportal/internal/fault"
)

func mustInd(t *testing.T, code string) Indicator {
	t.Helper()
	ind, ok := ByCode(code)
	if !ok {
		t.Fatalf("no indicator %s", code)
	}
	return ind
}

func TestParseValue(t *testing.T) {
	t.Parallel()
	cases := []struct {
		code, in string
		want     Value
	}{
		{"GEN.MEM.END", "", Value{}},
		{"GEN.MEM.END", " \u00a0 ", Value{}},
		{"GEN.MEM.END", "642", Num(642)},
		{"GEN.MEM.END", "1.184", Num(1184)},
		{"GEN.MEM.END", "1 184 người", Num(1184)},
		{"GEN.MEM.END", "0", Num(0)},
		{"GEN.MEM.END", "08", Num(8)},
		{"GEN.MEM.ADJ", "−2", Num(-2)},
		{"GEN.MEM.ADJ", "-2", Num(-2)},
		{"GEN.MEM.ADJ", "+3", Num(3)},
		{"GEN.MEM.DEAD", "Không phát sinh", Say(Nothing)},
		{"GEN.MEM.DEAD", "KHÔNG CÓ SỐ LIỆU", Say(NoData)},
		{"GEN.MEM.DEAD", "không áp dụng", Say(NotApplicable)},
		{"GEN.FUND.CLOSE", "48.350.000", Num(48_350_000)},
		{"GEN.FUND.CLOSE", "48.350.000đ", Num(48_350_000)},
		{"GEN.FUND.CLOSE", "48.350.000 đồng", Num(48_350_000)},
		{"GEN.FUND.CLOSE", "25,5 triệu", Num(25_500_000)},
		{"GEN.FUND.CLOSE", "25.5 triệu đồng", Num(25_500_000)},
		{"GEN.FUND.CLOSE", "1,25 tỷ", Num(1_250_000_000)},
		{"GEN.FUND.CLOSE", "291 triệu", Num(291_000_000)},
		{"GEN.FUND.CLOSE", "500 nghìn", Num(500_000)},
	}
	for _, c := range cases {
		got, err := ParseValue(mustInd(t, c.code), c.in)
		if err != nil || got != c.want {
			t.Errorf("ParseValue(%s, %q) = %v, %v; want %v", c.code, c.in, got, err, c.want)
		}
	}
}

func TestParseValueRefuses(t *testing.T) {
	t.Parallel()
	cases := []struct{ code, in, says string }{
		{"GEN.MEM.END", "sáu trăm", "số nguyên"},
		{"GEN.MEM.END", "12,5", "phần lẻ"},
		{"GEN.MEM.END", "1,234,567", "phần lẻ"},
		{"GEN.MEM.END", "1.5", "số nguyên"},
		{"GEN.MEM.END", "12.34.5", "số nguyên"},
		{"GEN.MEM.END", "-3", "không thể âm"},
		{"GEN.MEM.END", "–", "Dấu gạch"},
		{"GEN.MEM.END", "----", "Dấu gạch"},
		{"GEN.MEM.END", "99999999999999999999", "quá lớn"},
		{"GEN.MEM.END", "25 triệu", "số nguyên"},
		{"GEN.MEM.END", "12\x00", "không đọc được"},
		{"GEN.MEM.END", "\xff\xfe", "không đọc được"},
		{"GEN.FUND.CLOSE", "nhiều", "bằng đồng"},
		{"GEN.FUND.CLOSE", "0,0000001 triệu", "phần lẻ"},
		{"GEN.FUND.CLOSE", "2000000 tỷ", "quá lớn"},
		{"GEN.ORG.TDP_RATE", "95", "không nhập tay"},
	}
	for _, c := range cases {
		v, err := ParseValue(mustInd(t, c.code), c.in)
		if !fault.Is(err, fault.Invalid) || v != (Value{}) {
			t.Errorf("ParseValue(%s, %q) = %v, %v; want an Invalid fault", c.code, c.in, v, err)
			continue
		}
		f := fault.FieldsOf(err)
		if len(f) != 1 || f[0].Name != c.code || !strings.Contains(f[0].Message, c.says) {
			t.Errorf("ParseValue(%s, %q) says %+v; want %q", c.code, c.in, f, c.says)
		}
	}
}

func TestParseReadsWhatItShows(t *testing.T) {
	t.Parallel()
	count, money, signed := mustInd(t, "GEN.MEM.END"), mustInd(t, "GEN.FUND.OUT"), mustInd(t, "GEN.MEM.ADJ")
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, MaxFigure).Draw(t, "n")
		for _, ind := range []Indicator{count, money, signed} {
			if v, err := ParseValue(ind, Num(n).String()); err != nil || v != Num(n) {
				t.Fatalf("%s: %q gives %v, %v", ind.Code, Num(n), v, err)
			}
		}
		if v, err := ParseValue(signed, Num(-n).String()); err != nil || v != Num(-n) {
			t.Fatalf("%q gives %v, %v", Num(-n), v, err)
		}
	})
}

func FuzzParseValue(f *testing.F) {
	for _, seed := range []string{"1.184", "25,5 triệu", "−2", "", "không phát sinh", "\x00", "1,2,3", "9999999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		for _, code := range []string{"GEN.MEM.END", "GEN.MEM.ADJ", "GEN.FUND.OUT"} {
			ind, _ := ByCode(code)
			v, err := ParseValue(ind, in)
			if err != nil && v.Answered() {
				t.Fatalf("%q gives both %v and %v", in, v, err)
			}
			if n, ok := v.Int(); ok && (abs(n) > MaxFigure || (n < 0 && !ind.Signed)) {
				t.Fatalf("%s accepts %q as %d", code, in, n)
			}
		}
	})
}

func TestValueShownAndStored(t *testing.T) {
	t.Parallel()
	shown := map[Value]string{
		{}: "", Num(0): "0", Num(1184): "1.184", Num(-2): "−2", Num(-1234567): "−1.234.567",
		Decimal(958, 1): "95,8", Decimal(1000, 1): "100", Decimal(5, 1): "0,5", Decimal(-12345, 1): "−1.234,5",
		Say(Nothing): "không phát sinh", Say(NoData): "không có số liệu", Say(NotApplicable): "không áp dụng", Say(Number): "",
		Num(math.MinInt64): "−9.223.372.036.854.775.808",
	}
	for v, want := range shown {
		if got := v.String(); got != want {
			t.Errorf("%#v shows %q, want %q", v, got, want)
		}
	}
	for _, v := range []Value{{}, Num(-7), Num(0), Say(Nothing), Say(NoData), Say(NotApplicable)} {
		code, n := v.Columns()
		if got, err := Stored(code, n); err != nil || got != v {
			t.Errorf("%v stored as %q, %v comes back as %v, %v", v, code, n, got, err)
		}
	}
	if _, err := Stored("number", nil); err == nil {
		t.Error("a number without a number was accepted")
	}
	if _, err := Stored("maybe", nil); err == nil {
		t.Error("an unknown answer was accepted")
	}
}

// The published percentage of anchors §4: 2712 of 2901 is 93,5 and nothing else.
func TestQuotient(t *testing.T) {
	t.Parallel()
	cases := []struct {
		num, den, factor int64
		decimals         uint8
		want             string
	}{
		{2712, 2901, 100, 1, "93,5"},
		{13, 15, 100, 1, "86,7"},
		{41, 40, 100, 1, "102,5"},
		{1, 8, 100, 1, "12,5"},
		{1, 16, 100, 1, "6,3"}, // 6,25: half goes up
		{-1, 16, 100, 1, "−6,3"},
		{0, 5, 100, 1, "0"},
		{18_250_000, 73, 1, 0, "250.000"},
		{5, 2, 1, 0, "3"},
	}
	for _, c := range cases {
		v, ok := Quotient(c.num, c.den, c.factor, c.decimals)
		if !ok || v.String() != c.want {
			t.Errorf("%d×%d/%d = %q, %v; want %q", c.num, c.factor, c.den, v, ok, c.want)
		}
	}
	if _, ok := Percent(5, 0); ok {
		t.Error("divided by zero")
	}
	if _, ok := Quotient(math.MaxInt64, 1, 100, 1); ok {
		t.Error("an overflow was accepted")
	}
}

func TestQuotientIsTheNearest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		num := rapid.Int64Range(-MaxFigure, MaxFigure).Draw(t, "num")
		den := rapid.Int64Range(1, MaxFigure).Draw(t, "den")
		v, ok := Percent(num, den)
		if !ok {
			t.Fatal("refused")
		}
		exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(num), big.NewInt(1000)), big.NewInt(den))
		off := new(big.Rat).Sub(exact, new(big.Rat).SetInt64(v.n))
		if off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 {
			t.Fatalf("%d/%d shown as %s, off by %s of a tenth", num, den, v, off.FloatString(4))
		}
	})
}

func TestSumNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	total := Sum(
		Term{"Chi hội 1", Num(92)}, Term{"Chi hội 2", Say(Nothing)}, Term{"Chi hội 3", Value{}},
		Term{"Chi hội 4", Say(NoData)}, Term{"Chi hội trường học", Say(NotApplicable)},
	)
	if total.Sum != 92 || total.Coverage() != "2/4" || total.Complete() {
		t.Errorf("total %+v", total)
	}
	if note := total.Note("chi hội"); note != "mới có 2/4 chi hội, thiếu: Chi hội 3, Chi hội 4" {
		t.Errorf("note %q", note)
	}
	if v := total.Value(); v != Num(92) {
		t.Errorf("value %v", v)
	}
	whole := Sum(Term{"Chi hội 1", Num(5)}, Term{"Chi hội 2", Say(Nothing)})
	if whole.Note("chi hội") != "" || whole.Coverage() != "" || whole.Value() != Num(5) {
		t.Errorf("whole %+v", whole)
	}
	if v := Sum(Term{"A", Value{}}).Value(); v.Answered() {
		t.Errorf("a sum of blanks is %v", v)
	}
	if v := Sum(Term{"A", Say(NotApplicable)}).Value(); v != Say(NotApplicable) {
		t.Errorf("a sum that concerns nobody is %v", v)
	}
	if t6 := Sum(Term{"A", Decimal(5, 1)}); t6.Complete() {
		t.Error("a ratio was summed")
	}
}

func genValue() *rapid.Generator[Value] {
	return rapid.Custom(func(t *rapid.T) Value {
		switch rapid.IntRange(0, 5).Draw(t, "answer") {
		case 0:
			return Value{}
		case 1:
			return Say(rapid.SampledFrom(Answers).Draw(t, "word"))
		}
		return Num(rapid.Int64Range(0, 5000).Draw(t, "n"))
	})
}

func TestSumProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOf(genValue()).Draw(t, "values")
		var terms []Term
		var want int64
		for _, v := range values {
			terms = append(terms, Term{"Chi hội", v})
			if n, ok := v.Int(); ok {
				want += n
			}
		}
		total := Sum(terms...)
		if total.Sum != want || total.Have+len(total.Missing) != total.Of || total.Of > len(values) {
			t.Fatalf("%+v of %v", total, values)
		}
		k := rapid.IntRange(0, len(terms)).Draw(t, "cut")
		a, b := Sum(terms[:k]...), Sum(terms[k:]...)
		if a.Sum+b.Sum != total.Sum || a.Have+b.Have != total.Have || a.Of+b.Of != total.Of {
			t.Fatalf("parts %+v and %+v do not make %+v", a, b, total)
		}
	})
}
