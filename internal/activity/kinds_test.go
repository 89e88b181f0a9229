package activity

import (
	"slices"
	"testing"

	"wardportal/internal/association"
)

// fed are all rows of handbook §4 whose source is the diary (src A).
var fed = []string{
	"GEN.ACT.PROP", "GEN.ACT.PROP_ATT", "GEN.ACT.TRAIN", "GEN.CARE.SICK", "GEN.CARE.SICK_AMT", "GEN.CARE.FUN", "GEN.CARE.FUN_AMT", "GEN.CARE.GIFT", "GEN.CARE.GIFT_AMT",
	"GEN.CARE.HOUSE_NEW", "GEN.CARE.HOUSE_FIX", "GEN.CARE.HOUSE_AMT", "GEN.CARE.LOAN", "GEN.CARE.LOAN_AMT",
	"GEN.EMU.COL", "GEN.EMU.COL.TW", "GEN.EMU.COL.TINH", "GEN.EMU.COL.HUYEN", "GEN.EMU.COL.XA", "GEN.EMU.IND", "GEN.EMU.IND.TW", "GEN.EMU.IND.TINH", "GEN.EMU.IND.HUYEN", "GEN.EMU.IND.XA",
	"NCT.MT.70", "NCT.MT.75", "NCT.MT.80", "NCT.MT.85", "NCT.MT.90", "NCT.MT.95", "NCT.MT.100", "NCT.MT.100P", "NCT.MT.TOTAL", "NCT.MT.AMT", "NCT.EYE", "NCT.TCGS_DK", "NCT.TCGS_DAT",
	"DACAM.HS.GIUP", "DACAM.GIFT10_8", "DACAM.GIFT10_8_AMT", "DACAM.XE", "DACAM.SK", "DACAM.SK_AMT", "DACAM.HB", "DACAM.HB_AMT", "DACAM.KB",
	"KHOC.HEO", "KHOC.HEO_AMT", "KHOC.HB", "KHOC.HB_AMT", "KHOC.THUONG_HS", "KHOC.THUONG_HS_AMT", "KHOC.THUONG_GV", "KHOC.HOTRO", "KHOC.HOTRO_AMT", "KHOC.BO_HOC", "KHOC.TTHTCD", "KHOC.TTHTCD_ATT",
	"TNXP.NHA", "TNXP.STK", "TNXP.STK_AMT", "TNXP.GDTT", "TNXP.GDTT_ATT", "TNXP.VN", "TYN.GDTT", "TYN.GDTT_ATT", "TYN.THAM",
}

func TestEveryRowOfTheDiaryIsFed(t *testing.T) {
	t.Parallel()
	for _, code := range fed {
		if len(Feeding(code)) == 0 {
			t.Errorf("no kind of entry feeds %s", code)
		}
	}
	for _, k := range Kinds {
		for _, code := range k.Feeds() {
			if !slices.Contains(fed, code) {
				t.Errorf("%s feeds %s, which is no row of the diary", k.Code, code)
			}
		}
	}
	if got := Feeding("GEN.MEM.END"); got != nil {
		t.Errorf("the roster's figure is fed by %v", got)
	}
}

func TestKindsAreSound(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, k := range Kinds {
		if seen[k.Code] || k.Label == "" || k.Group == "" || k.Unit == "" {
			t.Errorf("%+v: code twice or a word missing", k)
		}
		seen[k.Code] = true
		if len(k.People) > 0 && k.PeopleLabel == "" || len(k.Amount) > 0 && !k.Money {
			t.Errorf("%s feeds a row from a box the form does not show", k.Code)
		}
	}
	for _, kind := range association.Kinds {
		labels := map[string]bool{}
		list := KindsFor(kind.Code, 2026)
		for _, k := range list {
			if labels[k.Label] {
				t.Errorf("%s: two kinds read %q", kind.Code, k.Label)
			}
			labels[k.Label] = true
			for _, code := range k.Feeds() {
				if p := code[:slices.Index([]byte(code), '.')]; p != "GEN" && p != string(kind.Code) {
					t.Errorf("%s offers %s, which feeds %s", kind.Code, k.Code, code)
				}
			}
		}
		if len(list) < 15 {
			t.Errorf("%s: only %d kinds", kind.Code, len(list))
		}
	}
	if slices.ContainsFunc(KindsFor(association.NCT, 2026), func(k Kind) bool { return k.Code == "khen_ca_nhan_HUYEN" }) {
		t.Error("the district level ended in 2025")
	}
	if !slices.ContainsFunc(KindsFor(association.NCT, 2025), func(k Kind) bool { return k.Code == "khen_ca_nhan_HUYEN" }) {
		t.Error("the district level stood in 2025")
	}
}

func TestFundsOfKinds(t *testing.T) {
	t.Parallel()
	for kind, want := range map[association.KindCode]int{association.NCT: 2, association.KHOC: 2, association.DACAM: 2, association.TNXP: 2, association.TYN: 1, association.KHAC: 1} {
		if got := FundsFor(kind); len(got) != want || got[0].Code != "QUY" {
			t.Errorf("%s: %+v", kind, got)
		}
	}
	if _, ok := FundByCode("BITCOIN"); ok {
		t.Error("an unknown fund was found")
	}
}
