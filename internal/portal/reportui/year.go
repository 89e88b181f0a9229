package reportui

import (
	"net/http"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
)

// latest shows the newest year; without any it teaches the first step.
func (p pages) latest(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	list, err := report.Campaigns(r.Context(), tx)
	if err != nil {
		return kit.Reply{}, err
	}
	if len(list) == 0 {
		v := emptyYear(tx.Who().May(authz.ManageCampaign))
		return kit.Work(kit.WorkPage{Title: "Báo cáo", Active: href.Reports}, emptyBody(v)), nil
	}
	return p.board(r, tx, list[0].Year, list)
}

func (p pages) yearPage(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	year, err := pathYear(r)
	if err != nil {
		return kit.Reply{}, err
	}
	list, err := report.Campaigns(r.Context(), tx)
	if err != nil {
		return kit.Reply{}, err
	}
	return p.board(r, tx, year, list)
}

func (p pages) board(r *http.Request, tx *db.Tx, year int, years []report.Campaign) (kit.Reply, error) {
	board, err := report.Overview(r.Context(), tx, year)
	if err != nil {
		return kit.Reply{}, err
	}
	if len(board.Lines) == 0 {
		return kit.Reply{}, fault.Missing()
	}
	v := buildYear(board, tx.Who(), tx.Now(), years, p.kit.Absolute)
	if v.Manage {
		history, err := report.CampaignTimeline(r.Context(), tx, year)
		if err != nil {
			return kit.Reply{}, err
		}
		v.History = timeline(history)
	}
	place := "UBND " + p.kit.FactsOf(r.Context()).Ward.Name
	if !v.Ward {
		place = p.kit.Office(r)
	}
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Reports, Trail: []string{place, v.Title}}, yearBody(v)), nil
}
