package officerui

import (
	"net/http"
	"strconv"
	"time"

	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/officer"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

type termParts = []kit.Part[officer.TermDetails]

// partsOfTerm lists the fields of a term as the three columns compare them.
func partsOfTerm() termParts {
	type details = officer.TermDetails
	day := func(d *time.Time) string {
		if d == nil || d.IsZero() {
			return ""
		}
		return vi.ShortDate(*d)
	}
	quota := func(d details) string {
		if d.BchQuota == 0 {
			return ""
		}
		return strconv.Itoa(d.BchQuota)
	}
	last := func(d details) string { return vi.ShortDate(d.EndsOn.AddDate(0, 0, -1)) }
	return termParts{
		{Name: "name", Label: "Tên nhiệm kỳ", Show: func(d details) string { return vi.Clean(d.Name) }, Take: func(to *details, from details) { to.Name = from.Name }},
		{Name: "starts_on", Label: "Bắt đầu từ ngày", Show: func(d details) string { return vi.ShortDate(d.StartsOn) }, Take: func(to *details, from details) { to.StartsOn = from.StartsOn }},
		{Name: "ends_on", Label: "Đến hết ngày", Show: last, Take: func(to *details, from details) { to.EndsOn = from.EndsOn }},
		{Name: "bch_quota", Label: "Số ủy viên Ban Chấp hành", Show: quota, Take: func(to *details, from details) { to.BchQuota = from.BchQuota }},
		{Name: "decision_no", Label: "Số quyết định công nhận", Show: func(d details) string { return vi.Clean(d.DecisionNo) }, Take: func(to *details, from details) { to.DecisionNo = from.DecisionNo }},
		{Name: "decision_on", Label: "Ngày ký", Show: func(d details) string { return day(d.DecisionOn) }, Take: func(to *details, from details) { to.DecisionOn = from.DecisionOn }},
		{Name: "authority", Label: "Cơ quan công nhận", Show: func(d details) string { return vi.Clean(d.Authority) }, Take: func(to *details, from details) { to.Authority = from.Authority }},
		{Name: "congress_on", Label: "Ngày đại hội tới", Show: func(d details) string { return day(d.CongressOn) }, Take: func(to *details, from details) { to.CongressOn = from.CongressOn }},
	}
}

func openedTerm(r *http.Request, tx *db.Tx, t officer.Term) (officer.TermPast, error) {
	version, err := kit.Opened(r)
	if err != nil {
		return officer.TermPast{}, err
	}
	return officer.TermAtVersion(r.Context(), tx, t, version)
}

// settledTerm merges the typed fields with what is stored now; a field without an answer is stale again.
func settledTerm(r *http.Request, tx *db.Tx, t officer.Term, mine officer.TermDetails) (officer.TermDetails, error) {
	past, err := openedTerm(r, tx, t)
	if err != nil {
		return mine, err
	}
	merged, open := kit.Merge(r, partsOfTerm(), past.TermDetails, mine, t.Details())
	if len(open) > 0 {
		return mine, fault.Stale()
	}
	return merged, nil
}

// termConflict is the page of three columns: as opened, as typed, as it is now.
func (p pages) termConflict(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	t, desk, err := p.termOf(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	past, err := openedTerm(r, tx, t)
	if err != nil {
		return kit.Reply{}, err
	}
	mine, _ := parseTerm(r) // read once already; it was the version that was refused
	v, err := kit.Settle(r, kit.Clash{
		What: "nhiệm kỳ này", By: past.By, At: past.At, Today: tx.Today(), Action: href.Term(t.ID), Drop: href.OfficersOf(desk.ID), Version: t.Version,
	}, partsOfTerm(), past.TermDetails, mine, t.Details())
	if err != nil {
		return kit.Reply{}, err
	}
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Officers, Trail: []string{desk.Name, "Cán bộ", "Nhiệm kỳ"}}, ui.ConflictPage(v)), nil
}
