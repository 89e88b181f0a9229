package report

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wardportal/internal/association"
)

// nct2023 is the report of the mock-up: every figure fits.
func nct2023() map[string]Value {
	return map[string]Value{
		"GEN.ORG.BRANCH": Num(8), "GEN.ORG.BCH_QUOTA": Num(15), "GEN.ORG.BCH": Num(13), "GEN.ORG.CHT_VAC": Num(1),
		"GEN.MEM.BEGIN": Num(618), "GEN.MEM.NEW": Num(41), "GEN.MEM.IN": Num(6), "GEN.MEM.OUT": Num(5),
		"GEN.MEM.DEAD": Num(17), "GEN.MEM.LEFT": Num(1), "GEN.MEM.END": Num(642),
	}
}

func with(values map[string]Value, changes map[string]Value) map[string]Value {
	out := maps.Clone(values)
	maps.Copy(out, changes)
	return out
}

func find(list []Finding, id string) *Finding {
	i := slices.IndexFunc(list, func(f Finding) bool { return f.RuleID == id })
	if i < 0 {
		return nil
	}
	return &list[i]
}

func TestMovementEquation(t *testing.T) {
	t.Parallel()
	good := nct2023()
	if list := Evaluate(Figures{Kind: association.NCT, Year: 2023, Values: good}); len(list) != 0 {
		t.Errorf("findings on a sound report: %+v", list)
	}
	b := Movement(good)
	want := "đầu kỳ 618 + kết nạp 41 + chuyển đến 6 − chuyển đi 5 − qua đời 17 − xin ra 1 = 642"
	if !b.Holds || !b.Complete || b.Gap != 0 || b.Text != want {
		t.Errorf("balance %+v", b)
	}

	bad := with(good, map[string]Value{"GEN.MEM.END": Num(645)})
	f := find(Evaluate(Figures{Kind: association.NCT, Year: 2023, Values: bad}), "G1")
	if f == nil || f.Severity != Block || !strings.Contains(f.Message, "tính ra 642, ô cuối kỳ ghi 645, chênh 3 người") {
		t.Fatalf("finding %+v", f)
	}
	if f.Suggest == nil || *f.Suggest != (Suggestion{"GEN.MEM.ADJ", 3}) || !slices.Contains(f.Codes, "GEN.MEM.DEAD") {
		t.Errorf("suggestion %+v, codes %v", f.Suggest, f.Codes)
	}
	if !strings.HasSuffix(f.Equation, "= 642, không phải 645") {
		t.Errorf("equation %q", f.Equation)
	}
	fixed := with(bad, map[string]Value{f.Suggest.Code: Num(f.Suggest.Value)})
	if b := Movement(fixed); !b.Holds || !strings.Contains(b.Text, "+ điều chỉnh do rà soát 3 −") {
		t.Errorf("after the suggestion %+v", b)
	}
	down := with(good, map[string]Value{"GEN.MEM.ADJ": Num(-2), "GEN.MEM.END": Num(640)})
	if b := Movement(down); !b.Holds || !strings.Contains(b.Text, "− điều chỉnh do rà soát 2 ") {
		t.Errorf("negative correction %+v", b)
	}
}

func TestMovementEquationWithBlanks(t *testing.T) {
	t.Parallel()
	two := with(nct2023(), map[string]Value{"GEN.MEM.IN": {}, "GEN.MEM.LEFT": Say(NoData)})
	f := find(Evaluate(Figures{Kind: association.NCT, Year: 2023, Values: two}), "G1")
	if f == nil || f.Severity != Warn || !slices.Equal(f.Codes, []string{"GEN.MEM.IN", "GEN.MEM.LEFT"}) || f.Suggest != nil {
		t.Fatalf("finding %+v", f)
	}
	if !strings.Contains(f.Message, "thiếu số: chuyển đến, xin ra") || !strings.Contains(f.Equation, "chuyển đến … −") {
		t.Errorf("message %q, equation %q", f.Message, f.Equation)
	}
	for code, want := range map[string]int64{"GEN.MEM.BEGIN": 618, "GEN.MEM.DEAD": 17, "GEN.MEM.END": 642} {
		one := with(nct2023(), map[string]Value{code: {}})
		f := find(Evaluate(Figures{Kind: association.NCT, Year: 2023, Values: one}), "G1")
		if f == nil || f.Suggest == nil || *f.Suggest != (Suggestion{code, want}) {
			t.Errorf("without %s: %+v", code, f)
		}
	}
	zero := with(nct2023(), map[string]Value{"GEN.MEM.IN": Say(Nothing), "GEN.MEM.OUT": Say(NotApplicable), "GEN.MEM.END": Num(641)})
	if list := Evaluate(Figures{Kind: association.NCT, Year: 2023, Values: zero}); len(list) != 0 {
		t.Errorf("“không phát sinh” is 0: %+v", list)
	}
	if list := Evaluate(Figures{Kind: association.NCT, Year: 2023}); len(list) != 0 {
		t.Errorf("an empty report is silent: %+v", list)
	}
	if b := Movement(nil); b.Complete || b.Holds {
		t.Errorf("nothing balances nothing: %+v", b)
	}
}

func TestMovementHoldsExactlyWhenItAddsUp(t *testing.T) {
	t.Parallel()
	n := rapid.Int64Range(0, 3000)
	rapid.Check(t, func(t *rapid.T) {
		begin, in1, in2 := n.Draw(t, "begin"), n.Draw(t, "new"), n.Draw(t, "in")
		out1, out2, out3 := n.Draw(t, "out"), n.Draw(t, "dead"), n.Draw(t, "left")
		adj, gap := rapid.Int64Range(-50, 50).Draw(t, "adj"), rapid.Int64Range(-3, 3).Draw(t, "gap")
		end := begin + in1 + in2 + adj - out1 - out2 - out3
		b := Movement(map[string]Value{
			"GEN.MEM.BEGIN": Num(begin), "GEN.MEM.NEW": Num(in1), "GEN.MEM.IN": Num(in2), "GEN.MEM.OUT": Num(out1),
			"GEN.MEM.DEAD": Num(out2), "GEN.MEM.LEFT": Num(out3), "GEN.MEM.ADJ": Num(adj), "GEN.MEM.END": Num(end + gap),
		})
		if b.Holds != (gap == 0) || b.Gap != gap {
			t.Fatalf("gap %d gives %+v", gap, b)
		}
	})
}

// Each rule with a report that breaks it and the nearest one that does not.
func TestEveryRuleOfTheHandbook(t *testing.T) {
	t.Parallel()
	type v = map[string]Value
	cases := []struct {
		kind     association.KindCode
		id       string
		severity Severity
		bad      v
		good     v
	}{
		{"NCT", "G3.NU", Block, v{"GEN.MEM.FEMALE": Num(643)}, v{"GEN.MEM.FEMALE": Num(642)}},
		{"NCT", "G3.DANG", Block, v{"GEN.MEM.PARTY": Num(700)}, v{"GEN.MEM.PARTY": Num(7)}},
		{"NCT", "G3.THE", Block, v{"GEN.MEM.CARD": Num(643)}, v{"GEN.MEM.CARD": Num(642)}},
		{"NCT", "G3.NGHEO", Block, v{"GEN.MEM.POOR": Num(400), "GEN.MEM.NPOOR": Num(300)}, v{"GEN.MEM.POOR": Num(40), "GEN.MEM.NPOOR": Num(30)}},
		{"NCT", "G3.NGHEO", Block, v{"GEN.MEM.POOR": Num(643)}, v{"GEN.MEM.POOR": Num(642)}}, // half known, certain all the same
		{"NCT", "G5.BTV", Block, v{"GEN.ORG.BTV": Num(14)}, v{"GEN.ORG.BTV": Num(5)}},
		{"NCT", "G5.BCH", Block, v{"GEN.ORG.BCH": Num(16)}, v{"GEN.ORG.BCH": Num(15)}},
		{"NCT", "G5.CHT", Block, v{"GEN.ORG.CHT_VAC": Num(9)}, v{"GEN.ORG.CHT_VAC": Num(8)}},
		{"NCT", "G5.TDP", Block, v{"GEN.ORG.TDP": Num(8), "GEN.ORG.TDP_COV": Num(9)}, v{"GEN.ORG.TDP": Num(8), "GEN.ORG.TDP_COV": Num(8)}},
		{"NCT", "G6", Warn, v{"GEN.CARE.SICK": Num(30), "GEN.CARE.SICK_AMT": Num(0)}, v{"GEN.CARE.SICK": Num(30), "GEN.CARE.SICK_AMT": Num(6_000_000)}},
		{"NCT", "G6", Warn, v{"GEN.CARE.GIFT": Say(Nothing), "GEN.CARE.GIFT_AMT": Num(1_000_000)}, v{"GEN.CARE.GIFT": Say(Nothing), "GEN.CARE.GIFT_AMT": Say(Nothing)}},
		{"NCT", "G6.MIN", Warn, v{"GEN.CARE.SICK": Num(30), "GEN.CARE.SICK_AMT": Num(6_000)}, v{"GEN.CARE.SICK": Num(30), "GEN.CARE.SICK_AMT": Num(600_000)}},
		{"NCT", "G6.MAX", Warn, v{"NCT.MT.TOTAL": Num(2), "NCT.MT.AMT": Num(200_000_000)}, v{"NCT.MT.TOTAL": Num(521), "NCT.MT.AMT": Num(291_000_000)}},
		{"TNXP", "G6.MAX", Warn, v{"TNXP.STK": Num(1), "TNXP.STK_AMT": Num(51_000_000)}, v{"TNXP.STK": Num(52), "TNXP.STK_AMT": Num(157_000_000)}},
		{"NCT", "G6.MAX", Warn, v{"GEN.CARE.HOUSE_NEW": Num(1), "GEN.CARE.HOUSE_FIX": Num(0), "GEN.CARE.HOUSE_AMT": Num(501_000_000)},
			v{"GEN.CARE.HOUSE_NEW": Num(1), "GEN.CARE.HOUSE_FIX": Num(0), "GEN.CARE.HOUSE_AMT": Num(80_000_000)}},
		{"NCT", "G7", Block, fund(10, 5, 3, 2, 1, 8, 14), fund(10, 5, 3, 2, 1, 8, 13)},
		{"NCT", "G8", Block, v{"GEN.CLS.A": Num(6), "GEN.CLS.B": Num(3)}, v{"GEN.CLS.A": Num(6), "GEN.CLS.B": Num(2)}},
		{"NCT", "G12", Info, v{"GEN.CARE.FUN": Num(18)}, v{"GEN.CARE.FUN": Num(17)}},
		{"NCT", "TD.TT", Warn, v{"GEN.EMU.COL": Num(2), "GEN.EMU.COL.XA": Num(3)}, v{"GEN.EMU.COL": Num(3), "GEN.EMU.COL.XA": Num(3)}},
		{"NCT", "NCT.1", Block, ages(300, 200, 90, 40, 1), ages(300, 200, 90, 39, 1)},
		{"NCT", "NCT.2", Block, v{"NCT.MEM60": Num(643)}, v{"NCT.MEM60": Num(630)}},
		{"NCT", "NCT.3", Warn, v{"NCT.MEM60": Num(630), "NCT.POP60": Num(629)}, v{"NCT.MEM60": Num(630), "NCT.POP60": Num(700)}},
		{"NCT", "NCT.4", Block, longevity(58), longevity(59)},
		{"NCT", "NCT.5", Block, v{"NCT.TCGS_DK": Num(5), "NCT.TCGS_DAT": Num(6)}, v{"NCT.TCGS_DK": Num(6), "NCT.TCGS_DAT": Num(6)}},
		{"NCT", "NCT.6", Block, v{"GEN.CLUB.N": Num(3), "NCT.LTH": Num(4)}, v{"GEN.CLUB.N": Num(11), "NCT.LTH": Num(4)}},
		{"NCT", "NCT.7", Info, v{"NCT.LTH": Num(2), "NCT.LTH_MEM": Num(80)}, v{"NCT.LTH": Num(2), "NCT.LTH_MEM": Num(110)}},
		{"DACAM", "DACAM.1", Block, victims(v{"DACAM.VIC": Num(91)}), victims(nil)},
		{"DACAM", "DACAM.2", Block, v{"DACAM.MEM.NN": Num(600), "DACAM.MEM.TN": Num(41)}, v{"DACAM.MEM.NN": Num(600), "DACAM.MEM.TN": Num(42)}},
		{"DACAM", "DACAM.3", Block, victims(v{"DACAM.MEM.NN": Num(91)}), victims(v{"DACAM.MEM.NN": Num(90)})},
		{"DACAM", "DACAM.4", Block, victims(v{"DACAM.TC.TT": Num(51)}), victims(v{"DACAM.TC.TT": Num(50)})},
		{"DACAM", "DACAM.5", Block, victims(v{"DACAM.TC.CON": Num(26)}), victims(v{"DACAM.TC.CON": Num(25)})},
		{"DACAM", "DACAM.6", Block, benefits(1, 19), benefits(2, 19)},
		{"DACAM", "DACAM.7", Block, v{"DACAM.TC.CON": Num(12), "DACAM.TC.B3": Num(6), "DACAM.TC.B4": Num(5)}, v{"DACAM.TC.CON": Num(11), "DACAM.TC.B3": Num(6), "DACAM.TC.B4": Num(5)}},
		{"DACAM", "DACAM.8", Block, v{"DACAM.TC.B4": Num(5), "DACAM.TC.PV": Num(6)}, v{"DACAM.TC.B4": Num(5), "DACAM.TC.PV": Num(5)}},
		{"DACAM", "DACAM.9", Block, victims(v{"DACAM.TC.TT": Num(50), "DACAM.TC.CON": Num(25), "DACAM.HS.CHUA": Num(16)}), victims(v{"DACAM.TC.TT": Num(50), "DACAM.TC.CON": Num(25), "DACAM.HS.CHUA": Num(15)})},
		{"DACAM", "DACAM.10", Block, v{"DACAM.GIA_DINH": Num(4), "DACAM.GIA_DINH2": Num(5)}, v{"DACAM.GIA_DINH": Num(40), "DACAM.GIA_DINH2": Num(5)}},
		{"KHOC", "KHOC.1", Block, v{"KHOC.CH.TDP": Num(5), "KHOC.CH.TRUONG": Num(2), "KHOC.CH.CQ": Num(2)}, v{"KHOC.CH.TDP": Num(5), "KHOC.CH.TRUONG": Num(2), "KHOC.CH.CQ": Num(1)}},
		{"KHOC", "KHOC.2", Block, v{"KHOC.GDHT_CN": Num(900), "KHOC.GDHT_DK": Num(899)}, v{"KHOC.GDHT_CN": Num(899), "KHOC.GDHT_DK": Num(899)}},
		{"KHOC", "KHOC.3", Block, v{"KHOC.GDHT_DK": Num(900), "KHOC.HO": Num(899)}, v{"KHOC.GDHT_DK": Num(900), "KHOC.HO": Num(3000)}},
		{"KHOC", "KHOC.4", Block, v{"KHOC.DHHT_CN": Num(9), "KHOC.DHHT_TONG": Num(8)}, v{"KHOC.DHHT_CN": Num(8), "KHOC.DHHT_TONG": Num(8)}},
		{"KHOC", "KHOC.5", Block, v{"KHOC.CDHT_CN": Num(9), "GEN.ORG.TDP": Num(8)}, v{"KHOC.CDHT_CN": Num(8), "GEN.ORG.TDP": Num(8)}},
		{"KHOC", "KHOC.6", Warn, v{"KHOC.HB_AMT": Num(9_000_000), "GEN.FUND.OUT": Num(8_000_000)}, v{"KHOC.HB_AMT": Num(9_000_000), "GEN.FUND.OUT": Num(9_000_000)}},
		{"KHOC", "KHOC.7", Warn, v{"KHOC.DANSO": Num(20_000)}, v{"KHOC.DANSO": Num(3_000)}},
		{"KHOC", "KHOC.8", Warn, v{"KHOC.DANSO": Num(700)}, v{"KHOC.DANSO": Num(3_000)}},
		{"TNXP", "TNXP.1", Warn, v{"TNXP.TK.PHAP": Num(2), "TNXP.TK.MY": Num(600), "TNXP.TK.CS": Num(40), "TNXP.TK.XD": Num(1)}, v{"TNXP.TK.PHAP": Num(2), "TNXP.TK.MY": Num(600), "TNXP.TK.CS": Num(40), "TNXP.TK.XD": Say(Nothing)}},
		{"TNXP", "TNXP.2", Block, v{"TNXP.TCHT": Num(600), "TNXP.CHUA": Num(43)}, v{"TNXP.TCHT": Num(600), "TNXP.CHUA": Num(42)}},
		{"TNXP", "TNXP.6", Block, v{"TNXP.TC1L_KY": Num(2), "TNXP.TC1L": Num(1)}, v{"TNXP.TC1L_KY": Num(1), "TNXP.TC1L": Num(1)}},
		{"TYN", "TYN.1", Block, v{"TYN.CT": Num(600), "TYN.TB": Num(43)}, v{"TYN.CT": Num(600), "TYN.TB": Num(42)}},
		{"TYN", "TYN.1A", Warn, v{"TYN.CT": Num(600), "TYN.TB": Num(41)}, v{"TYN.CT": Num(600), "TYN.TB": Num(42)}},
		{"TYN", "TYN.2", Block, v{"TYN.PHAP": Num(643)}, v{"TYN.PHAP": Num(642)}},
		{"TYN", "TYN.2A", Warn, v{"TYN.PHAP": Num(1), "TYN.MY": Num(640)}, v{"TYN.PHAP": Num(1), "TYN.MY": Num(641)}},
		{"TYN", "TYN.3", Block, v{"TYN.NAM.1": Num(640), "TYN.NAM.2": Num(3)}, v{"TYN.NAM.1": Num(640), "TYN.NAM.2": Num(2)}},
		{"TYN", "TYN.3A", Warn, v{"TYN.NAM.1": Num(1), "TYN.NAM.2": Num(1), "TYN.NAM.3": Num(1), "TYN.NAM.4": Num(1)}, v{"TYN.NAM.1": Num(639), "TYN.NAM.2": Num(1), "TYN.NAM.3": Num(1), "TYN.NAM.4": Num(1)}},
		{"TYN", "TYN.4", Block, v{"TYN.TCHT": Num(643)}, v{"TYN.TCHT": Num(642)}},
		{"TYN", "TYN.NOI", Block, v{"TYN.NOI.PHUQUOC": Num(643)}, v{"TYN.NOI.PHUQUOC": Num(30), "TYN.NOI.CONDAO": Num(630)}},
	}
	covered := map[string]bool{"G1": true}
	for _, c := range cases {
		covered[c.id] = true
		base := nct2023()
		f := find(Evaluate(Figures{Kind: c.kind, Year: 2023, Values: with(base, c.bad)}), c.id)
		if f == nil || f.Severity != c.severity || strings.ContainsAny(f.Message, "{}") || len(f.Codes) == 0 {
			t.Errorf("%s on %v: %+v", c.id, c.bad, f)
		}
		if f := find(Evaluate(Figures{Kind: c.kind, Year: 2023, Values: with(base, c.good)}), c.id); f != nil {
			t.Errorf("%s fires on %v: %q", c.id, c.good, f.Message)
		}
	}
	simple := []string{"G2", "G2.QUY", "TD.CN", "NCT.8", "NCT.9", "TNXP.3", "TNXP.4", "TNXP.5", "TYN.5", "TYN.6"} // of a shape tested above or below
	for _, r := range rules {
		if !covered[r.ID] && !slices.Contains(simple, r.ID) {
			t.Errorf("rule %s has no case", r.ID)
		}
	}
}

func fund(open, fee, mob, bud, oth, out, closing int64) map[string]Value {
	return map[string]Value{
		"GEN.FUND.OPEN": Num(open), "GEN.FUND.FEE": Num(fee), "GEN.FUND.MOB": Num(mob), "GEN.FUND.BUD": Num(bud),
		"GEN.FUND.OTH": Num(oth), "GEN.FUND.OUT": Num(out), "GEN.FUND.CLOSE": Num(closing),
	}
}

func ages(a, b, c, d, e int64) map[string]Value {
	return map[string]Value{
		"NCT.AGE.60": Num(a), "NCT.AGE.70": Num(b), "NCT.AGE.80": Num(c), "NCT.AGE.90": Num(d), "NCT.AGE.100": Num(e), "NCT.MEM60": Num(630),
	}
}

func longevity(total int64) map[string]Value {
	return map[string]Value{
		"NCT.MT.70": Num(20), "NCT.MT.75": Num(15), "NCT.MT.80": Num(12), "NCT.MT.85": Num(6), "NCT.MT.90": Num(4), "NCT.MT.95": Num(1),
		"NCT.MT.100": Num(1), "NCT.MT.100P": Say(Nothing), "NCT.MT.TOTAL": Num(total),
	}
}

func victims(more map[string]Value) map[string]Value {
	return with(map[string]Value{
		"DACAM.VIC": Num(90), "DACAM.VIC.TT": Num(50), "DACAM.VIC.TH2": Num(25), "DACAM.VIC.TH3": Num(10), "DACAM.VIC.DAN": Num(5),
	}, more)
}

func benefits(b1, b4 int64) map[string]Value {
	return map[string]Value{
		"DACAM.TC.B1": Num(b1), "DACAM.TC.B2": Num(10), "DACAM.TC.B3": Num(9), "DACAM.TC.B4": Num(b4),
		"DACAM.TC.TT": Num(30), "DACAM.TC.CON": Num(10),
	}
}

func TestLastYearRules(t *testing.T) {
	t.Parallel()
	last := map[string]Value{"GEN.MEM.END": Num(618), "GEN.FUND.CLOSE": Num(40_000_000), "GEN.CARE.SICK": Num(100), "GEN.ORG.BRANCH": Num(5), "GEN.ACT.BRANCH": Num(0)}
	now := with(nct2023(), map[string]Value{"GEN.FUND.OPEN": Num(39_000_000), "GEN.CARE.SICK": Num(131), "GEN.ACT.BRANCH": Num(30)})
	list := Evaluate(Figures{Kind: association.NCT, Year: 2023, Values: now, Last: last})
	if f := find(list, "G2"); f != nil {
		t.Errorf("618 follows 618: %+v", f)
	}
	if f := find(list, "G2.QUY"); f == nil || !strings.Contains(f.Message, "số cuối kỳ năm 2022 là 40.000.000 đồng") {
		t.Errorf("fund opening: %+v", f)
	}
	var outliers []string
	for _, f := range list {
		if f.RuleID == "G10" {
			outliers = append(outliers, f.Codes[0]+": "+f.Message)
		}
	}
	want := []string{
		"GEN.CARE.SICK: Năm 2022 là 100, năm nay 131: tăng 31%. Nếu đúng, ông/bà ghi vài chữ vì sao.",
		"GEN.ACT.BRANCH: Năm 2022 là 0, năm nay 30 cuộc.",
	}
	if !slices.Equal(outliers, want) {
		t.Errorf("outliers %q", outliers)
	}
	if f := find(Evaluate(Figures{Kind: association.NCT, Year: 2023, Values: nct2023(), Last: map[string]Value{"GEN.MEM.END": Num(620)}}), "G2"); f == nil || f.Severity != Warn {
		t.Errorf("618 does not follow 620: %+v", f)
	}
	// 30 % exactly, and a change below five of anything, are quiet.
	quiet := with(nct2023(), map[string]Value{"GEN.CARE.SICK": Num(130), "GEN.CARE.FUN": Num(6)})
	if f := find(Evaluate(Figures{Kind: association.NCT, Year: 2023, Values: quiet, Last: map[string]Value{"GEN.CARE.SICK": Num(100), "GEN.CARE.FUN": Num(2)}}), "G10"); f != nil {
		t.Errorf("too eager: %+v", f)
	}
}

func TestBooksNeverPunish(t *testing.T) {
	t.Parallel()
	values := with(nct2023(), map[string]Value{"GEN.ACT.BRANCH": Num(32)})
	run := func(b BookFigure) *Finding {
		return find(Evaluate(Figures{Kind: association.NCT, Year: 2023, Values: values, Books: map[string]BookFigure{"GEN.ACT.BRANCH": b}}), "G11")
	}
	f := run(BookFigure{Value: 26, Entries: 26})
	if f == nil || f.Severity != Warn || !strings.HasPrefix(f.Message, "Thực hiện ghi 32, theo sổ là 26.") || !strings.Contains(f.Message, "sổ họp") {
		t.Errorf("finding %+v", f)
	}
	if f := run(BookFigure{Value: 0, Entries: 0}); f != nil {
		t.Errorf("empty books punish: %+v", f)
	}
	if f := run(BookFigure{Value: 32, Entries: 30}); f != nil {
		t.Errorf("agreement punished: %+v", f)
	}
}

func TestRowRules(t *testing.T) {
	t.Parallel()
	base := with(nct2023(), map[string]Value{"NCT.MT.70": Num(21), "GEN.CARE.GIFT": Num(40)})
	list := Evaluate(Figures{
		Kind: association.NCT, Year: 2023, Values: base,
		Limits:   map[string]int64{"NCT.MT.70": 20},
		Branches: map[string]Total{"GEN.CARE.GIFT": {Sum: 45, Have: 7, Of: 8, Missing: []string{"Chi hội 6"}}, "GEN.MEM.END": {Sum: 600, Have: 7, Of: 8}},
	})
	if f := find(list, "DS"); f == nil || f.Codes[0] != "NCT.MT.70" {
		t.Errorf("limit: %+v", f)
	}
	if f := find(list, "G4"); f == nil || f.Codes[0] != "GEN.CARE.GIFT" || !strings.Contains(f.Message, "mới có 7/8 chi hội, thiếu: Chi hội 6") {
		t.Errorf("branches: %+v", f)
	}
	n := 0
	for _, f := range list {
		if f.RuleID == "G4" {
			n++
		}
	}
	if n != 1 {
		t.Errorf("600 of 7/8 branches may still become 642, yet %d findings", n)
	}
	neg := Evaluate(Figures{Kind: association.NCT, Year: 2023, Values: map[string]Value{"GEN.CARE.FUN": Num(-1), "GEN.MEM.ADJ": Num(-1)}})
	if f := find(neg, "G9"); f == nil || f.Severity != Block || f.Codes[0] != "GEN.CARE.FUN" {
		t.Errorf("negative: %+v", neg)
	}
	if Worst(neg) != Block || Worst(nil) != 0 {
		t.Error("worst severity")
	}
}

// A row that the year's form no longer has is not a missing figure.
func TestEndedRowsLeaveNoGap(t *testing.T) {
	t.Parallel()
	values := map[string]Value{"GEN.EMU.COL": Num(3), "GEN.EMU.COL.TW": Num(1), "GEN.EMU.COL.TINH": Num(1), "GEN.EMU.COL.XA": Num(2)}
	f := find(Evaluate(Figures{Kind: association.TNXP, Year: 2026, Values: values}), "TD.TT")
	if f == nil || f.Equation != "tập thể được Trung ương khen 1 + tập thể được cấp tỉnh khen 1 + tập thể được cấp xã, phường khen 2 = 4" {
		t.Errorf("2026: %+v", f)
	}
	f = find(Evaluate(Figures{Kind: association.TNXP, Year: 2023, Values: values}), "TD.TT")
	if f == nil || !strings.Contains(f.Equation, "cấp huyện, thành phố thuộc tỉnh khen …") {
		t.Errorf("2023: %+v", f)
	}
}

func TestRulesAreWellFormed(t *testing.T) {
	t.Parallel()
	for _, r := range rules {
		kinds := r.Kinds
		if kinds == nil {
			kinds = []association.KindCode{association.KHAC}
		}
		for _, code := range r.Codes() {
			ind, ok := ByCode(code)
			if !ok || !ind.For(kinds[0]) {
				t.Errorf("%s reads %s, which the kind does not have", r.ID, code)
			}
		}
		if r.Message == "" || r.Severity < Info || r.Severity > Block || r.Op < Equal || r.Op > BothOrNone {
			t.Errorf("rule %+v", r)
		}
	}
	if len(Rules(association.NCT)) <= len(Rules(association.KHAC)) {
		t.Error("the kinds' own rules are missing")
	}
}

func TestEvaluateNeverPanicsAndSortsBySeverity(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(association.Kinds).Draw(t, "kind").Code
		f := Figures{Kind: kind, Year: rapid.IntRange(2022, 2027).Draw(t, "year"), Values: map[string]Value{}, Last: map[string]Value{}}
		for _, ind := range ForKind(kind, f.Year) {
			f.Values[ind.Code] = genValue().Draw(t, ind.Code)
			f.Last[ind.Code] = genValue().Draw(t, "last "+ind.Code)
		}
		list := Evaluate(f)
		keys := map[string]bool{}
		for i, finding := range list {
			if keys[finding.Key()] {
				t.Fatalf("%s stands for two findings", finding.Key())
			}
			keys[finding.Key()] = true
			if strings.ContainsAny(finding.Message+finding.Equation, "{}") || finding.Message == "" || len(finding.Codes) == 0 {
				t.Fatalf("finding %+v", finding)
			}
			if i > 0 && finding.Severity > list[i-1].Severity {
				t.Fatalf("%s stands after a lighter one", finding.RuleID)
			}
		}
	})
}
