package report

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"wardportal/internal/association"
)

var codeShape = regexp.MustCompile(`^(GEN|NCT|DACAM|KHOC|TNXP|TYN)(\.[A-Z0-9_]+)+$`)

func TestRegistryIsSound(t *testing.T) {
	t.Parallel()
	seen, labels := map[string]bool{}, map[string]string{}
	for _, ind := range Registry {
		if seen[ind.Code] || !codeShape.MatchString(ind.Code) {
			t.Errorf("%s: code twice, or of no proper shape", ind.Code)
		}
		seen[ind.Code] = true
		prefix, _, _ := strings.Cut(ind.Code, ".")
		if other := labels[prefix+ind.Label]; other != "" {
			t.Errorf("%s and %s have the same label %q", ind.Code, other, ind.Label)
		}
		labels[prefix+ind.Label] = ind.Code
		if ind.Label == "" || ind.Unit == "" || strings.Contains(ind.Label, " / ") {
			t.Errorf("%s: label %q, unit %q", ind.Code, ind.Label, ind.Unit)
		}
		if ind.Semantics < Stock || ind.Semantics > Ratio || ind.Source < Roster || ind.Source > Derived {
			t.Errorf("%s: semantics %d, source %d", ind.Code, ind.Semantics, ind.Source)
		}
		if _, ok := SectionByID(ind.Section); !ok {
			t.Errorf("%s: no chapter %q", ind.Code, ind.Section)
		}
		if (prefix == "GEN") != (len(ind.Kinds) == 0) || (prefix != "GEN" && !ind.For(association.KindCode(prefix))) {
			t.Errorf("%s: kinds %v", ind.Code, ind.Kinds)
		}
		if ind.LastYear != 0 && ind.LastYear < ind.FirstYear {
			t.Errorf("%s: ends before it begins", ind.Code)
		}
	}
}

func TestSemanticsOfTheRegistry(t *testing.T) {
	t.Parallel()
	for _, ind := range Registry {
		if (ind.Formula != nil) != ind.Computed() || (ind.Semantics == Ratio && !ind.Computed()) {
			t.Errorf("%s: computed rows have a formula, typed rows none, ratios are computed", ind.Code)
		}
		if ind.Formula != nil {
			operands := append(ind.Formula.Num.Codes(), ind.Formula.Den.Codes()...)
			if (ind.Semantics == Ratio) != (len(ind.Formula.Den.Terms) > 0) {
				t.Errorf("%s: a ratio has a denominator, other rows none", ind.Code)
			}
			for _, code := range operands {
				op, ok := ByCode(code)
				if !ok || op.Computed() || (len(op.Kinds) > 0 && !slices.Equal(op.Kinds, ind.Kinds)) {
					t.Errorf("%s: operand %s is missing, computed or of another kind", ind.Code, code)
				}
			}
			if !strings.HasPrefix(ind.FormulaText(), "= ") {
				t.Errorf("%s: formula text %q", ind.Code, ind.FormulaText())
			}
		}
		if ind.Semantics == Money && !ind.Money() {
			t.Errorf("%s: money in %s", ind.Code, ind.Unit)
		}
		if ind.Additive && (ind.Source == Funds || ind.Source == External || ind.Semantics == Uniq || ind.Semantics == Ratio) {
			t.Errorf("%s must not be added up over associations", ind.Code)
		}
		if ind.Signed != (ind.Code == memAdjust) {
			t.Errorf("%s: only the correction may be negative (G9)", ind.Code)
		}
	}
}

// Codes that the handbook's tables name, split rows among them; counted per table so that a lost row is noticed.
func TestEveryRowOfTheHandbook(t *testing.T) {
	t.Parallel()
	want := map[string]int{
		// §4.2 has 57 codes; awards by level add 8.
		"GEN": 57 + 8, "NCT": 35, "DACAM": 28, "KHOC": 29, "TNXP": 22, "TYN": 17 + len(association.Prisons),
	}
	got := map[string]int{}
	for _, ind := range Registry {
		prefix, _, _ := strings.Cut(ind.Code, ".")
		got[prefix]++
	}
	for prefix, n := range want {
		if got[prefix] != n {
			t.Errorf("%s has %d rows, want %d", prefix, got[prefix], n)
		}
	}
	for _, code := range []string{
		"GEN.MEM.IN", "GEN.MEM.OUT", "GEN.MEM.NPOOR", "GEN.ACT.PROP_ATT", "GEN.CARE.HOUSE_FIX", "GEN.CLUB.MEM", "GEN.FUND.OTH",
		"GEN.CLS.D", "NCT.AGE.100", "NCT.MT.100P", "NCT.QCS.CLOSE", "NCT.LTH_MEM", "DACAM.VIC.TH3", "DACAM.TC.B4", "DACAM.SK_AMT",
		"KHOC.GDHT_RATE", "KHOC.TTHTCD_ATT", "KHOC.QUY.PER", "TNXP.TK.XD", "TNXP.QUY_BQ", "TYN.NAM.4", "TYN.NOI.CONDAO", "TYN.THAM",
	} {
		if _, ok := ByCode(code); !ok {
			t.Errorf("%s is missing", code)
		}
	}
	if _, ok := ByCode("GEN.MEM.NOBODY"); ok {
		t.Error("an unknown code was found")
	}
}

func TestCoreFitsOnePage(t *testing.T) {
	t.Parallel()
	for _, kind := range association.Kinds {
		core := CoreFor(kind.Code, 2026)
		if len(core) > 25 || len(core) < 15 {
			t.Errorf("%s has %d core rows", kind.Code, len(core))
		}
		for _, need := range []string{
			"GEN.MEM.BEGIN", "GEN.MEM.NEW", "GEN.MEM.IN", "GEN.MEM.OUT", "GEN.MEM.DEAD", "GEN.MEM.LEFT", "GEN.MEM.ADJ", "GEN.MEM.END",
			"GEN.ORG.BCH_VAC", "GEN.ORG.CHT_VAC", "GEN.FUND.CLOSE",
		} {
			if !slices.ContainsFunc(core, func(i Indicator) bool { return i.Code == need }) {
				t.Errorf("%s: the ward's table needs %s on the first page", kind.Code, need)
			}
		}
		for _, ind := range core {
			if ind.Formula == nil {
				continue
			}
			for _, code := range append(ind.Formula.Num.Codes(), ind.Formula.Den.Codes()...) {
				if op, _ := ByCode(code); !op.Core {
					t.Errorf("%s: core row %s is computed from %s, which is not core", kind.Code, ind.Code, code)
				}
			}
		}
	}
}

func TestForKindAndYear(t *testing.T) {
	t.Parallel()
	has := func(kind association.KindCode, year int, code string) bool {
		return slices.ContainsFunc(ForKind(kind, year), func(i Indicator) bool { return i.Code == code })
	}
	if has(association.NCT, 2023, "NCT.HTXH") || !has(association.NCT, 2025, "NCT.HTXH") {
		t.Error("the social pension allowance begins in 2025")
	}
	if !has(association.NCT, 2025, "GEN.EMU.COL.HUYEN") || has(association.NCT, 2026, "GEN.EMU.COL.HUYEN") {
		t.Error("district awards end in 2025")
	}
	if has(association.KHOC, 2025, "NCT.POP60") || !has(association.KHAC, 2025, "GEN.MEM.END") {
		t.Error("rows of the wrong kind")
	}
	if rows := InSection(ForKind(association.NCT, 2025), SectionFunds); len(rows) != 9 {
		t.Errorf("%d fund rows", len(rows))
	}
}

func TestFillComputesDerivedRows(t *testing.T) {
	t.Parallel()
	typed := map[string]Value{
		"GEN.ORG.BCH_QUOTA": Num(15), "GEN.ORG.BCH": Num(13), "GEN.ORG.BCH_VAC": Num(99),
		"NCT.MEM60": Num(630), "NCT.POP60": Num(658), "NCT.BHYT": Num(600),
	}
	got := Fill(ForKind(association.NCT, 2023), typed)
	for code, want := range map[string]string{"GEN.ORG.BCH_VAC": "2", "NCT.JOIN_RATE": "95,7", "NCT.BHYT_RATE": "91,2", "GEN.ORG.TDP_RATE": ""} {
		if got[code].String() != want {
			t.Errorf("%s = %q, want %q", code, got[code], want)
		}
	}
	if typed["GEN.ORG.BCH_VAC"] != Num(99) {
		t.Error("the caller's map was changed")
	}
	if v := Compute(mustInd(t, "NCT.JOIN_RATE"), map[string]Value{"NCT.MEM60": Num(5), "NCT.POP60": Num(0)}); v.Answered() {
		t.Errorf("5 of nobody is %v", v)
	}
	if v := Compute(mustInd(t, "GEN.ORG.BCH_VAC"), map[string]Value{"GEN.ORG.BCH_QUOTA": Num(5), "GEN.ORG.BCH": Num(6)}); v != Num(0) {
		t.Errorf("vacancies %v", v)
	}
	text := mustInd(t, "NCT.JOIN_RATE").FormulaText()
	if text != "= hội viên từ đủ 60 tuổi ÷ người cao tuổi (đủ 60 trở lên) trên địa bàn × 100, làm tròn 1 chữ số thập phân" {
		t.Errorf("formula text %q", text)
	}
}

func TestSections(t *testing.T) {
	t.Parallel()
	s, ok := SectionByID(SectionBuilding)
	if !ok || s.Heading() != "2. Công tác xây dựng tổ chức hội" || s.Ref() != "Mục I.2" {
		t.Errorf("%+v: %q, %q", s, s.Heading(), s.Ref())
	}
	if got := PartTitle("III", 2023); got != "Phương hướng, nhiệm vụ năm 2024" {
		t.Errorf("part III is %q", got)
	}
	if _, ok := SectionByID("muc-khac"); ok || PartTitle("V", 2023) != "" {
		t.Error("an unknown chapter was found")
	}
	seen := map[SectionID]bool{}
	for _, s := range Sections {
		if seen[s.ID] || s.Title == "" || (s.Part != "" && PartTitle(s.Part, 2023) == "") {
			t.Errorf("chapter %+v", s)
		}
		seen[s.ID] = true
	}
}
