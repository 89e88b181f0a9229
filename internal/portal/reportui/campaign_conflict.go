package reportui

import (
	"net/http"
	"strings"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// partsOfCampaign lists what the page of three columns compares of a campaign: four dates, the note, the rows of each kind.
func (p pages) partsOfCampaign(r *http.Request) []kit.Part[report.Campaign] {
	day := func(name, label string, field func(*report.Campaign) *time.Time) kit.Part[report.Campaign] {
		return kit.Part[report.Campaign]{
			Name: name, Label: label,
			Show: func(c report.Campaign) string { return vi.ShortDate(*field(&c)) },
			Take: func(to *report.Campaign, from report.Campaign) { *field(to) = *field(&from) },
		}
	}
	parts := []kit.Part[report.Campaign]{
		day("opens", "Ngày mở nhập", func(c *report.Campaign) *time.Time { return &c.Opens }),
		day("cutoff", "Ngày chốt số liệu", func(c *report.Campaign) *time.Time { return &c.CutOff }),
		day("deadline", "Hạn nộp", func(c *report.Campaign) *time.Time { return &c.Deadline }),
		day("close", "Ngày khóa số liệu", func(c *report.Campaign) *time.Time { return &c.Close }),
		{
			Name: "note", Label: "Ghi chú", Show: func(c report.Campaign) string { return vi.CleanMultiline(c.Note) },
			Take: func(to *report.Campaign, from report.Campaign) { to.Note = from.Note },
		},
	}
	parts = append(parts, kit.Part[report.Campaign]{
		Name: "chi-hoi", Label: "Hỏi số liệu từng chi hội", Show: func(c report.Campaign) string { return map[bool]string{true: "Có", false: "Không"}[c.AskBranches] },
		Take: func(to *report.Campaign, from report.Campaign) { to.AskBranches = from.AskBranches },
	})
	for _, kind := range p.kindsOf(r) {
		parts = append(parts, kit.Part[report.Campaign]{
			Name: rowsField(kind.Code), Label: "Chỉ tiêu chính của " + kind.ShortName,
			Show: func(c report.Campaign) string { return rowWords(c, kind.Code) },
			Take: func(to *report.Campaign, from report.Campaign) { to.Rows[kind.Code] = from.Rows[kind.Code] },
		})
	}
	return parts
}

// rowWords names the rows of a kind's first page, so that two choices can be told apart.
func rowWords(c report.Campaign, kind association.KindCode) string {
	chosen := c.ChosenRows(kind)
	labels := make([]string, len(chosen))
	for i, ind := range chosen {
		labels[i] = ind.ShortLabel()
	}
	return itoa(len(labels)) + " chỉ tiêu: " + strings.Join(labels, ", ")
}

// settled merges a form that comes back from the page of three columns with what stands now.
func (p pages) settled(r *http.Request, tx *db.Tx, year int, mine report.Campaign) (report.Campaign, error) {
	now, past, err := openedCampaign(r, tx, year)
	if err != nil {
		return mine, err
	}
	merged, open := kit.Merge(r, p.partsOfCampaign(r), past.Campaign, mine, now)
	if len(open) > 0 {
		return mine, fault.Stale()
	}
	return merged, nil
}

func openedCampaign(r *http.Request, tx *db.Tx, year int) (report.Campaign, report.CampaignPast, error) {
	version, err := kit.Opened(r)
	if err != nil {
		return report.Campaign{}, report.CampaignPast{}, err
	}
	now, err := report.GetCampaign(r.Context(), tx, year)
	if err != nil {
		return now, report.CampaignPast{}, err
	}
	past, err := report.CampaignAtVersion(r.Context(), tx, now, version)
	return now, past, err
}

// campaignConflict is the page of three columns: as opened, as typed, as it is now.
func (p pages) campaignConflict(year int, mine report.Campaign) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		now, past, err := openedCampaign(r, tx, year)
		if err != nil {
			return kit.Reply{}, err
		}
		v, err := kit.Settle(r, kit.Clash{
			What: "đợt báo cáo này", By: past.By, At: past.At, Today: tx.Now(), Action: href.ReportCampaign(year), Drop: href.ReportYear(year), Version: now.Version,
		}, p.partsOfCampaign(r), past.Campaign, mine, now)
		if err != nil {
			return kit.Reply{}, err
		}
		return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Reports, Trail: []string{"Báo cáo", "Đợt báo cáo năm " + itoa(year)}}, ui.ConflictPage(v)), nil
	}
}
