package sample

import (
	"context"
	"fmt"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/report"
	"wardportal/internal/vi"
)

// addReports closes the years from firstYear to last year with figures computed from the demo's own books, so that what a
// year began with is what the one before ended with, and opens the campaign of the current year.
func (b *builder) addReports(ctx context.Context, tx *db.Tx) error {
	this := tx.Now().In(vi.Location()).Year()
	for year := firstYear; year < this; year++ {
		h := report.History{Year: year}
		for _, p := range plans {
			r, err := b.closedReport(ctx, tx, b.associations[p.slug], year)
			if err != nil {
				return fmt.Errorf("%s %d: %w", p.kind, year, err)
			}
			h.Reports = append(h.Reports, r)
		}
		if err := report.LoadYear(ctx, tx, h); err != nil {
			return fmt.Errorf("year %d: %w", year, err)
		}
	}
	_, err := report.OpenCampaign(ctx, tx, report.ProposeCampaign(this, tx.Now()))
	return err
}

func (b *builder) closedReport(ctx context.Context, tx *db.Tx, made *built, year int) (report.HistoryReport, error) {
	as, err := association.Get(ctx, tx, made.id)
	if err != nil {
		return report.HistoryReport{}, err
	}
	ledger, err := report.Books(ctx, tx, as, date(year, 1, 1), date(year, 12, 31))
	if err != nil {
		return report.HistoryReport{}, err
	}
	kind := association.KindCode(as.Kind)
	values := map[string]report.Value{}
	for _, ind := range report.ForKind(kind, year) {
		if ind.Computed() {
			continue
		}
		if f, ok := ledger.Figures[ind.Code]; ok && f.Entries > 0 {
			values[ind.Code] = report.Num(f.Value)
			continue
		}
		values[ind.Code] = report.Say(report.Nothing)
		if ind.Source == report.External {
			values[ind.Code] = report.Say(report.NoData)
		}
	}
	for code, v := range b.typed(kind, values, year) {
		if _, known := values[code]; known {
			values[code] = report.Num(v)
		}
	}
	filled := report.Fill(report.ForKind(kind, year), values)
	submitted := local(year, 11, 16+len(made.plan.slug)%4, 9)
	return report.HistoryReport{
		Association: made.id, Values: values, Texts: texts(as, kind, year, filled), NextTargets: plansFor(values), Rating: "Tốt",
		SubmittedAt: submitted, SubmittedName: chairs[made.plan.slug], AcceptedAt: submitted.Add(50 * time.Hour), AcceptedName: "Trần Thị Minh Nguyệt",
	}, nil
}

// typed are the figures that no book holds: the ward's own numbers and what chairs know.
func (b *builder) typed(kind association.KindCode, values map[string]report.Value, year int) map[string]int64 {
	n := func(code string) int64 {
		v, _ := values[code].Int()
		return v
	}
	end, grown := n("GEN.MEM.END"), int64(year-firstYear)
	t := map[string]int64{"GEN.ORG.TDP": 8, "GEN.MEM.ADJ": 0, "GEN.MEM.PARTY": end * 22 / 100, "GEN.CLS.A": 1, "GEN.CLS.B": max(n("GEN.ORG.BRANCH")-1, 0)}
	switch kind {
	case association.NCT:
		t["NCT.POP60"] = n("NCT.MEM60")*112/100 + grown
		t["NCT.BHYT"] = t["NCT.POP60"]
		t["NCT.KSK"] = t["NCT.POP60"] * 71 / 100
		t["NCT.HSSK"] = t["NCT.POP60"] * 83 / 100
		t["NCT.HTXH"] = t["NCT.POP60"] * 18 / 100
		t["NCT.BTXH"] = t["NCT.POP60"] * 4 / 100
		t["NCT.KT"] = 12 + grown
		t["NCT.SOCIAL"] = 46 + grown
	case association.KHOC:
		t["KHOC.DANSO"], t["KHOC.HO"] = 12_480+60*grown, 3_310+15*grown
		t["KHOC.GDHT_DK"], t["KHOC.GDHT_CN"] = 2_150+40*grown, 1_930+45*grown
		t["KHOC.DHHT_TONG"], t["KHOC.DHHT_CN"] = 14, 9+min(grown, 4)
		t["KHOC.CDHT_CN"], t["KHOC.DVHT_CN"], t["KHOC.CONGDAN_CN"] = 7, 5, 3_900+120*grown
	}
	return t
}

// plansFor sets next year's plan a little above what was reached.
func plansFor(values map[string]report.Value) map[string]report.Value {
	out := map[string]report.Value{}
	for _, code := range []string{"GEN.MEM.END", "GEN.MEM.NEW", "GEN.ACT.BRANCH", "GEN.ACT.PROP", "GEN.CARE.SICK", "GEN.CARE.GIFT", "KHOC.HB", "KHOC.THUONG_HS", "NCT.MT.TOTAL"} {
		if n, ok := values[code].Int(); ok && n > 0 {
			out[code] = report.Num((n*103 + 99) / 100)
		}
	}
	return out
}

// texts are the narrative boxes, filled with the sentences that the figures support.
func texts(as association.Association, kind association.KindCode, year int, values map[string]report.Value) map[report.Slot]string {
	sentences := report.Tell(report.Story{Name: as.Name, Kind: kind, Year: year, Values: values})
	out := map[report.Slot]string{}
	for _, s := range report.Sections {
		if text := report.Draft(sentences, s.ID); text != "" {
			out[report.Slot{Section: s.ID}] = text
		}
	}
	return out
}
