package report

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestParseExpr(t *testing.T) {
	t.Parallel()
	codes := []string{"A.X.1", "A.X.2", "A.Y", "B.Z"}
	cases := map[string]string{
		"A.Y":                 "A.Y",
		"-A.Y+B.Z":            "-A.Y + B.Z",
		"A.X.*":               "A.X.1 + A.X.2",
		"2*A.X.* - B.Z?":      "2*A.X.1 + 2*A.X.2 - B.Z?",
		"100*B.Z - 5":         "100*B.Z - 5",
		"prev(B.Z) + A.Y":     "prev(B.Z) + A.Y",
		" A.Y  +  3 * B.Z ":   "A.Y + 3*B.Z",
		"A.Y - 2 * prev(B.Z)": "A.Y - 2*prev(B.Z)",
	}
	for in, want := range cases {
		e, err := ParseExpr(in, codes)
		if err != nil || e.String() != want {
			t.Errorf("ParseExpr(%q) = %q, %v; want %q", in, e, err, want)
		}
	}
	for _, in := range []string{"", "5", "A.Y B.Z", "A.Y +", "a.y", "C.*", "prev(A.Y", "A.Y * 2", "A..", "+", "A.Y + (B.Z)"} {
		if e, err := ParseExpr(in, codes); err == nil {
			t.Errorf("ParseExpr(%q) = %q, want an error", in, e)
		}
	}
}

func TestExprRoundTrip(t *testing.T) {
	t.Parallel()
	code := rapid.SampledFrom([]string{"GEN.MEM.END", "GEN.MEM.ADJ", "NCT.AGE.100", "DACAM.GIFT10_8"})
	rapid.Check(t, func(t *rapid.T) {
		e := Expr{Const: rapid.Int64Range(-50, 50).Draw(t, "const")}
		for range rapid.IntRange(1, 5).Draw(t, "terms") {
			coef := rapid.Int64Range(-9, 9).Filter(func(n int64) bool { return n != 0 }).Draw(t, "coef")
			e.Terms = append(e.Terms, ExprTerm{Coef: coef, Code: code.Draw(t, "code"), Prev: rapid.Bool().Draw(t, "prev"), Optional: rapid.Bool().Draw(t, "optional")})
		}
		back, err := ParseExpr(e.String(), nil)
		if err != nil || !slices.Equal(back.Terms, e.Terms) || back.Const != e.Const {
			t.Fatalf("%q comes back as %q, %v", e, back, err)
		}
	})
}

func TestEval(t *testing.T) {
	t.Parallel()
	e := mustExpr("GEN.MEM.BEGIN + 2*GEN.MEM.NEW - GEN.MEM.OUT + GEN.MEM.ADJ? + prev(GEN.MEM.END)")
	o := e.Eval(map[string]Value{
		"GEN.MEM.BEGIN": Num(10), "GEN.MEM.NEW": Say(Nothing), "GEN.MEM.OUT": Say(NotApplicable),
	}, map[string]Value{"GEN.MEM.END": Say(NoData)})
	if o.Sum != 10 || o.Present != 2 || len(o.Missing) != 1 || !o.Missing[0].Prev || o.Whole() {
		t.Errorf("outcome %+v", o)
	}
	if text := o.Text(); text != "đầu kỳ 10 + 2 × kết nạp 0 + cuối kỳ năm trước …" {
		t.Errorf("text %q", text)
	}
}
