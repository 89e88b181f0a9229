package report

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wardportal/internal/association"
)

func story(values map[string]Value) Story {
	return Story{
		Name: "Hội Người cao tuổi phường Chánh Lộ", Kind: association.NCT, Year: 2023, Values: values,
		Targets: map[string]Value{"GEN.MEM.NEW": Num(40)}, Headless: []string{"chi hội 6"},
	}
}

func TestSentencesOfTheMock(t *testing.T) {
	t.Parallel()
	got := Draft(Tell(story(nct2023())), SectionBuilding)
	want := "Năm 2023 hội có 8 chi hội với 642 hội viên, tăng 24 người so với đầu năm; kết nạp mới 41 người, vượt kế hoạch. " +
		"Ban Chấp hành còn khuyết 2 ủy viên, chi hội 6 chưa có chi hội trưởng. " +
		"Trong năm có 6 hội viên chuyển đến; 5 hội viên chuyển đi; 17 hội viên qua đời; 1 người xin ra hoặc được đưa ra khỏi danh sách."
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestSentencesTellOnlyWhatIsKnown(t *testing.T) {
	t.Parallel()
	if list := Tell(story(nil)); len(list) != 0 {
		t.Errorf("out of nothing: %+v", list)
	}
	silent := map[string]Value{"GEN.CARE.SICK": Say(Nothing), "GEN.CARE.GIFT": Say(NoData), "GEN.CARE.FUN": Num(0), "GEN.FUND.FEE": Say(NotApplicable)}
	if list := Tell(story(silent)); len(list) != 0 {
		t.Errorf("answers that are no figures: %+v", list)
	}
	cases := []struct {
		section SectionID
		values  map[string]Value
		want    string
	}{
		{SectionCare, map[string]Value{"GEN.CARE.SICK": Num(30), "GEN.CARE.FUN": Num(17), "GEN.CARE.FUN_AMT": Num(8_500_000)},
			"Hội thăm hỏi 30 lượt hội viên ốm đau; phúng viếng 17 trường hợp, số tiền 8.500.000 đồng."},
		{SectionFunds, map[string]Value{"GEN.FUND.CLOSE": Num(48_350_000)}, "Quỹ hội: tồn cuối kỳ 48.350.000 đồng."},
		{SectionBuilding, map[string]Value{"GEN.MEM.END": Num(618), "GEN.MEM.BEGIN": Num(620)}, "Năm 2023 hội có 618 hội viên, giảm 2 người so với đầu năm."},
		{SectionBuilding, map[string]Value{"GEN.MEM.END": Num(618), "GEN.MEM.BEGIN": Num(618)}, "Năm 2023 hội có 618 hội viên, bằng số đầu năm."},
		{SectionBuilding, map[string]Value{"GEN.ORG.BRANCH": Num(8), "GEN.MEM.NEW": Num(38)}, "Năm 2023 hội có 8 chi hội; kết nạp mới 38 người, đạt 95% kế hoạch."},
		{SectionBuilding, map[string]Value{"GEN.ORG.BCH_QUOTA": Num(15), "GEN.ORG.BCH": Num(15), "GEN.ORG.CHT_VAC": Say(Nothing)},
			"Ban Chấp hành đã đủ ủy viên, chi hội nào cũng có chi hội trưởng."},
		{SectionBuilding, map[string]Value{"GEN.ORG.CHT_VAC": Num(2)}, "2 chi hội chưa có chi hội trưởng."},
		{SectionBuilding, map[string]Value{"GEN.ORG.CHT_VAC": Num(1)}, "Chi hội 6 chưa có chi hội trưởng."},
		{SectionBuilding, map[string]Value{"GEN.ACT.BRANCH": Num(32)}, "Các chi hội sinh hoạt 32 cuộc."},
		{SectionSituation, map[string]Value{"NCT.POP60": Num(658), "NCT.MEM60": Num(630)},
			"Trên địa bàn phường có 658 người cao tuổi, trong đó 630 người là hội viên, đạt tỷ lệ 95,7%."},
		{SectionSituation, map[string]Value{"NCT.POP60": Num(658)}, "Trên địa bàn phường có 658 người cao tuổi."},
		{SectionSituation, map[string]Value{"GEN.ORG.BRANCH": Num(8), "GEN.MEM.END": Num(642)}, "Hội Người cao tuổi phường Chánh Lộ có 8 chi hội, với 642 hội viên."},
	}
	for _, c := range cases {
		if got := Draft(Tell(story(c.values)), c.section); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestSmallSensitiveCountsAreNotTold(t *testing.T) {
	t.Parallel()
	s := Story{Name: "Hội Nạn nhân chất độc da cam/dioxin phường Chánh Lộ", Kind: association.DACAM, Year: 2023, Values: map[string]Value{
		"DACAM.VIC": Num(90), "DACAM.VIC.TT": Num(60), "DACAM.VIC.TH2": Num(27), "DACAM.VIC.TH3": Num(3),
	}}
	want := "Hội đang quản lý 90 nạn nhân, trong đó 60 người là nạn nhân trực tiếp, 27 người là con đẻ."
	if got := Draft(Tell(s), SectionSituation); got != want {
		t.Errorf("got %s", got)
	}
}

func TestBasisChangesWithTheFigures(t *testing.T) {
	t.Parallel()
	before := Tell(story(nct2023()))
	after := Tell(story(with(nct2023(), map[string]Value{"GEN.MEM.DEAD": Num(18)})))
	if len(before) != len(after) {
		t.Fatalf("%d sentences, then %d", len(before), len(after))
	}
	var changed []string
	for i := range before {
		if before[i].Basis != after[i].Basis {
			changed = append(changed, after[i].Text)
		}
	}
	if len(changed) != 1 || !strings.Contains(changed[0], "18 hội viên qua đời") {
		t.Errorf("changed: %q", changed)
	}
}

func TestSentencesOfEveryKindAreWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(association.Kinds).Draw(t, "kind")
		values := map[string]Value{}
		for _, ind := range ForKind(kind.Code, 2026) {
			values[ind.Code] = genValue().Draw(t, ind.Code)
		}
		for _, s := range Tell(Story{Name: kind.Name, Kind: kind.Code, Year: 2026, Values: values}) {
			if strings.ContainsAny(s.Text, "{}[]") || strings.Contains(s.Text, "  ") || !strings.HasSuffix(s.Text, ".") ||
				strings.Contains(s.Text, " 0 ") || s.Text != upperFirst(s.Text) || len(s.Codes) == 0 {
				t.Fatalf("sentence %+v", s)
			}
			for _, code := range s.Codes {
				if ind, ok := ByCode(code); !ok || !ind.For(kind.Code) {
					t.Fatalf("%s tells of %s", kind.Code, code)
				}
			}
		}
	})
}

func TestSentencesNameOnlyKnownCodes(t *testing.T) {
	t.Parallel()
	for _, spec := range sentences {
		for _, clause := range spec.clauses {
			for _, part := range strings.Split(clause, "{")[1:] {
				code, _, closed := strings.Cut(part, "}")
				if _, ok := ByCode(code); !ok || !closed {
					t.Errorf("clause %q names %q", clause, code)
				}
			}
			if strings.Count(clause, "[") != strings.Count(clause, "]") {
				t.Errorf("clause %q is not closed", clause)
			}
		}
	}
}
