package reportui

import (
	"net/url"
	"testing"

	"wardportal/internal/report"
	"wardportal/web/ui"
)

func TestFieldsOfTheFormAreTheCellsOfTheReport(t *testing.T) {
	t.Parallel()
	for _, section := range report.Sections {
		for i := range max(1, len(section.Slots)) {
			slot := report.Slot{Section: section.ID, Index: i}
			if got, ok := slotOf(report.TextField(slot)); !ok || got != slot {
				t.Errorf("slotOf(%q) = %v, %v", report.TextField(slot), got, ok)
			}
		}
	}
	for _, name := range []string{"", "van-ban:", "van-ban:khong-co:0", "van-ban:to-chuc:9", "van-ban:to-chuc:-1", "van-ban:to-chuc:x", "GEN.MEM.NEW"} {
		if slot, ok := slotOf(name); ok {
			t.Errorf("slotOf(%q) = %v, want none", name, slot)
		}
	}
}

func TestATypedNumberWinsOverAnAnswerInWords(t *testing.T) {
	t.Parallel()
	ind, _ := report.ByCode("GEN.CARE.GIFT")
	for _, tc := range []struct {
		typed, answer string
		want          report.Value
	}{
		{"12", "nothing", report.Num(12)},
		{"", "nothing", report.Say(report.Nothing)},
		{" ", "no_data", report.Say(report.NoData)},
		{"", "", report.Value{}},
		{"", "number", report.Value{}},    // no answer of ours
		{"", "bao nhiêu", report.Value{}}, // nor this
		{"không phát sinh", "", report.Say(report.Nothing)},
		{"1.250", "", report.Num(1250)},
	} {
		in := input{"GEN.CARE.GIFT": {tc.typed}, "tl-GEN.CARE.GIFT": {tc.answer}}
		if got, err := in.value(ind); err != nil || got != tc.want {
			t.Errorf("%q with %q: %v, %v, want %v", tc.typed, tc.answer, got, err, tc.want)
		}
	}
	if _, err := (input{"GEN.CARE.GIFT": {"mười hai"}}).value(ind); err == nil {
		t.Error("words that are no answer were taken")
	}
}

func TestAProposalNobodyTouchedIsNotWrittenDown(t *testing.T) {
	t.Parallel()
	const box = "van-ban:cham-lo:0"
	for _, tc := range []struct{ typed, proposed, want string }{
		{"Hội thăm 3 lượt.", "Hội thăm 3 lượt.", ""},
		{"Hội thăm 3 lượt.\r\n", "Hội thăm 3 lượt.", ""},
		{"Hội thăm 3 lượt, có quà.", "Hội thăm 3 lượt.", "Hội thăm 3 lượt, có quà."},
		{"", "Hội thăm 3 lượt.", ""},
		{"Lời riêng.", "", "Lời riêng."},
	} {
		if got := (input{box: {tc.typed}, proposalPrefix + box: {tc.proposed}}).text(box); got != tc.want {
			t.Errorf("%q proposed as %q is kept as %q, want %q", tc.typed, tc.proposed, got, tc.want)
		}
	}
}

func TestChoicesOfTheThreeColumns(t *testing.T) {
	t.Parallel()
	form := func(choice string) url.Values {
		return url.Values{"GEN.CARE.SICK": {"11"}, "tl-GEN.CARE.SICK": {""}, "mo:GEN.CARE.SICK": {"10"}, "chon-GEN.CARE.SICK": {choice}}
	}
	for choice, want := range map[string]string{ui.ConflictMine: "11", ui.ConflictOpened: "10", ui.ConflictNow: "", "bậy bạ": "11"} {
		f := form(choice)
		settle(f)
		if got := f.Get("GEN.CARE.SICK"); got != want {
			t.Errorf("choice %q leaves %q, want %q", choice, got, want)
		}
		if choice == ui.ConflictNow && f.Has("GEN.CARE.SICK") {
			t.Error("what stays as it is must not be posted")
		}
		if f.Has("chon-GEN.CARE.SICK") || f.Has("mo:GEN.CARE.SICK") {
			t.Errorf("choice %q leaves its own fields", choice)
		}
	}
}

func TestOnlyWhatWasChangedTravelsOn(t *testing.T) {
	t.Parallel()
	in := input{"GEN.CARE.SICK": {"11"}, "GEN.CARE.GIFT": {"30"}, "tl-GEN.CARE.SICK": {""}, "van-ban:cham-lo:0": {"Lời mới."}, "muc": {"cham-lo"}}
	parsed := report.Input{
		Values: map[string]report.Value{"GEN.CARE.SICK": report.Num(11), "GEN.CARE.GIFT": report.Num(30)},
		Texts:  map[report.Slot]string{{Section: report.SectionCare}: "Lời mới."},
	}
	out := in.changed(parsed, map[string]string{"GEN.CARE.SICK": "10", "GEN.CARE.GIFT": "30"})
	if out.get("GEN.CARE.SICK") != "11" || out.get("van-ban:cham-lo:0") != "Lời mới." || out.get("muc") != "cham-lo" {
		t.Errorf("what was changed is lost: %v", out)
	}
	if out.has("GEN.CARE.GIFT") {
		t.Error("a cell that still says what it said would undo what others did")
	}
}

func TestSuggestionsComeOnlyAsOurButtonsMakeThem(t *testing.T) {
	t.Parallel()
	for button, want := range map[string]int{"GEN.MEM.ADJ=-6": 1, "GEN.MEM.ADJ": 0, "GEN.MEM.ADJ=x": 0, "KHONG.CO=3": 0, "": 0} {
		values := map[string]report.Value{}
		suggest(button, values)
		if len(values) != want {
			t.Errorf("button %q gives %v", button, values)
		}
	}
}
