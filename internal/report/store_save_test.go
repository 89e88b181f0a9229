package report

import (
	"context"
	"slices"
	"testing"

	"wardportal/internal/db"
	"wardportal/internal/fault"
)

func TestTwoPeopleAtOneReport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(t, w.Chair, Input{Association: w.Elders, Version: 1, Values: map[string]Value{"GEN.MEM.BEGIN": Num(618), "GEN.MEM.NEW": Num(41)}})
	// The official had opened version 1 and typed another row: both stay.
	saved := w.must(t, w.Official, Input{Association: w.Elders, Version: 1, Values: map[string]Value{"GEN.MEM.BEGIN": {}, "GEN.MEM.IN": Num(6)}})
	s := w.open(t, w.Chair, w.Elders)
	if s.Values["GEN.MEM.BEGIN"] != Num(618) || s.Values["GEN.MEM.IN"] != Num(6) || saved.Version != 3 || !s.Report.OnBehalf || s.Report.TypedName != w.Official.Name {
		t.Errorf("merged: %v, %+v", s.Values, s.Report)
	}
	// The same cell, typed differently on the same base, is asked about.
	in := Input{Year: year, Association: w.Elders, Version: 1, Values: map[string]Value{"GEN.MEM.NEW": Num(40), "GEN.MEM.OUT": Num(5)}}
	if _, err := w.save(t, w.Official, in); !fault.Is(err, fault.Conflict) {
		t.Fatalf("clash: %v", err)
	}
	var clashes []Clash
	w.As(t, w.Official, func(ctx context.Context, tx *db.Tx) (err error) { clashes, err = Clashes(ctx, tx, in); return err })
	if len(clashes) != 1 || clashes[0].Label != "Kết nạp mới" || clashes[0].Opened != "(để trống)" || clashes[0].Mine != "40" || clashes[0].Now != "41" || clashes[0].ByName != w.Chair.Name {
		t.Errorf("clashes %+v", clashes)
	}
	in.Version = 3
	w.must(t, w.Official, in)
	if got := w.open(t, w.Chair, w.Elders).Values; got["GEN.MEM.NEW"] != Num(40) || got["GEN.MEM.OUT"] != Num(5) {
		t.Errorf("after the choice: %v", got)
	}
	if _, err := w.save(t, w.Chair, Input{Association: w.Elders, Version: 99, Values: map[string]Value{"GEN.MEM.NEW": Num(1)}}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a version of the future: %v", err)
	}
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		cells, err := AtVersion(ctx, tx, year, w.Elders, 2)
		if err != nil || cells["GEN.MEM.NEW"] != "41" || cells["GEN.MEM.IN"] != "" || cells["GEN.MEM.BEGIN"] != "618" {
			t.Errorf("version 2 held %v, %v", cells, err)
		}
		return nil
	})
}

func TestSaveRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rating := "Tốt"
	for name, c := range map[string]struct {
		in    Input
		field string
	}{
		"negative":      {Input{Values: map[string]Value{"GEN.MEM.NEW": Num(-1)}}, "GEN.MEM.NEW"},
		"huge":          {Input{Values: map[string]Value{"GEN.MEM.NEW": Num(MaxFigure + 1)}}, "GEN.MEM.NEW"},
		"computed":      {Input{Values: map[string]Value{"GEN.ORG.BCH_VAC": Num(1)}}, "GEN.ORG.BCH_VAC"},
		"decimal":       {Input{Values: map[string]Value{"GEN.MEM.NEW": Decimal(15, 1)}}, "GEN.MEM.NEW"},
		"of a stranger": {Input{Values: map[string]Value{"KHOC.HB": Num(1)}}, "KHOC.HB"},
		"unknown":       {Input{Notes: map[string]string{"GEN.MEM.WHAT": "x"}}, NoteField("GEN.MEM.WHAT")},
		"no such box":   {Input{Texts: map[Slot]string{{SectionCare, 4}: "x"}}, TextField(Slot{SectionCare, 4})},
		"target":        {Input{NextTargets: map[string]Value{"NCT.JOIN_RATE": Num(96)}}, TargetField("NCT.JOIN_RATE")},
		"rating":        {Input{Rating: &rating}, "xep-loai"},
	} {
		c.in.Association, c.in.Version = w.Elders, 1
		_, err := w.save(t, w.Chair, c.in)
		if f := fault.FieldsOf(err); len(f) != 1 || f[0].Name != c.field {
			t.Errorf("%s: %v %v", name, err, f)
		}
	}
	if s := w.open(t, w.Chair, w.Elders); s.Report.Version != 1 || s.Report.State != NotStarted {
		t.Errorf("a refused save moved the report: %+v", s.Report)
	}
	saved := w.must(t, w.Chair, Input{Association: w.Elders, Version: 1, Values: map[string]Value{"GEN.MEM.NEW": {}}})
	if saved.Version != 1 || saved.State != NotStarted {
		t.Errorf("saving nothing is nothing: %+v", saved)
	}
	w.must(t, w.Official, Input{Association: w.Elders, Version: 1, Rating: &rating})
}

func TestSubmissionAsksForEverything(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	values := elders()
	values["GEN.MEM.END"], values["NCT.POP60"], values["NCT.MEM60"] = Num(640), Num(600), Num(630) // G1 blocks, NCT.3 warns
	saved := w.must(t, w.Chair, Input{Association: w.Elders, Version: 1, Values: values})
	err := w.Try(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		return Submit(ctx, tx, Submission{Act: Act{Year: year, Association: w.Elders, Version: saved.Version}})
	})
	var names []string
	for _, f := range fault.FieldsOf(err) {
		names = append(names, f.Name)
	}
	for _, want := range []string{"GEN.MEM.BEGIN", "GEN.CARE.SICK", ExplainField("NCT.3/NCT.MEM60")} {
		if !slices.Contains(names, want) {
			t.Errorf("no complaint at %s in %v", want, names)
		}
	}
	if slices.Contains(names, "GEN.MEM.ADJ") || slices.Contains(names, "GEN.ORG.BCH_VAC") {
		t.Errorf("the correction and computed rows may stay empty: %v", names)
	}
	// The gap goes to the correction as the finding suggests; the warning is explained.
	s := w.open(t, w.Chair, w.Elders)
	gap := s.Findings[0].Suggest
	if gap == nil || gap.Code != memAdjust || gap.Value != -2 {
		t.Fatalf("suggestion %+v", s.Findings[0])
	}
	i := slices.IndexFunc(s.Findings, func(f Finding) bool { return f.RuleID == "NCT.3" })
	saved = w.must(t, w.Chair, Input{
		Association: w.Elders, Version: saved.Version, Values: map[string]Value{gap.Code: Num(gap.Value)},
		Explanations: map[string]Explanation{s.Findings[i].Key(): {"Có người tạm trú ở phường khác.", s.Findings[i].Message}},
	})
	s = w.open(t, w.Chair, w.Elders)
	i = slices.IndexFunc(s.Findings, func(f Finding) bool { return f.RuleID == "NCT.3" })
	if !s.Explained(s.Findings[i]) {
		t.Fatal("the word was given for what the finding says")
	}
	// The figure moves on: the word is asked for again, and giving it again is enough.
	saved = w.must(t, w.Chair, Input{Association: w.Elders, Version: saved.Version, Values: map[string]Value{"NCT.POP60": Num(610)}})
	err = w.submit(t, w.Chair, w.Elders, saved.Version, nil)
	if f := fault.FieldsOf(err); len(f) != 1 || f[0].Name != ExplainField("NCT.3/NCT.MEM60") {
		t.Fatalf("an old word on a new figure: %v %v", err, f)
	}
	s = w.open(t, w.Chair, w.Elders)
	i = slices.IndexFunc(s.Findings, func(f Finding) bool { return f.RuleID == "NCT.3" })
	saved = w.must(t, w.Chair, Input{Association: w.Elders, Version: s.Report.Version, Explanations: map[string]Explanation{s.Findings[i].Key(): {"Có người tạm trú ở phường khác.", s.Findings[i].Message}}})
	if err := w.submit(t, w.Chair, w.Elders, saved.Version, nil); err != nil {
		t.Error(err, fault.FieldsOf(err))
	}
}
