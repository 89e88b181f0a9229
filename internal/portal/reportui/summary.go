package reportui

import (
	"net/http"

	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

func (p pages) loadSummary(r *http.Request, tx *db.Tx) (report.WardSummary, error) {
	year, err := pathYear(r)
	if err != nil {
		return report.WardSummary{}, err
	}
	return report.Summary(r.Context(), tx, year)
}

func (p pages) summary(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	w, err := p.loadSummary(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	v := buildSummary(w, tx.Who(), tx.Now())
	return kit.Work(kit.WorkPage{
		Title: v.Title, Active: href.Reports, Trail: []string{upperFirst(p.kit.FactsOf(r.Context()).Ward.Name), "Báo cáo năm " + itoa(w.Campaign.Year), "Tổng hợp"},
		Status: ui.Status{Icon: "clock", Text: "Số liệu lúc " + vi.ClockTime(tx.Now())},
	}, summaryBody(v)), nil
}

func (p pages) summaryTextForm(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	w, err := p.loadSummary(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	return p.summaryTextPage(r, w, nil), nil
}

func (p pages) summaryTextPage(r *http.Request, w report.WardSummary, failed error) kit.Reply {
	v := buildSummaryText(w, typedInto(r), kit.Errors(failed))
	return kit.Work(kit.WorkPage{
		Title: v.Title, Active: href.Reports, Trail: []string{"Báo cáo năm " + itoa(w.Campaign.Year), "Tổng hợp", "Lời của phường"}, Failed: failed != nil,
	}, summaryTextBody(v))
}

func (p pages) summaryText(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	year, err := pathYear(r)
	if err != nil {
		return kit.Reply{}, err
	}
	settle(r.PostForm)
	version, err := kit.Number(r, "version")
	if err != nil {
		return kit.Reply{}, err
	}
	t := report.SummaryText{Version: int(version)}
	if err := keepUnposted(r, tx, year, &t); err != nil {
		return kit.Reply{}, err
	}
	err = report.SaveSummaryText(r.Context(), tx, year, t)
	if fault.Is(err, fault.Conflict) {
		return kit.Redo(err, p.summaryConflict(err))
	}
	if err != nil {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
			w, loadErr := p.loadSummary(r, tx)
			if loadErr != nil {
				return kit.Reply{}, loadErr
			}
			return p.summaryTextPage(r, w, err), nil
		})
	}
	return kit.Redirect(href.Summary(year)+"#loi-phuong").Flash(ui.Good, "Đã lưu lời của phường."), nil
}

// keepUnposted reads the four texts; one that the page of three columns decided to keep as it is was not posted.
func keepUnposted(r *http.Request, tx *db.Tx, year int, t *report.SummaryText) error {
	form := input(r.PostForm)
	complete := true
	for _, f := range summaryFields {
		if form.has(f.Name) {
			*f.of(t) = kit.Lines(r, f.Name)
		} else {
			complete = false
		}
	}
	if complete {
		return nil
	}
	w, err := report.Summary(r.Context(), tx, year)
	if err != nil {
		return err
	}
	for _, f := range summaryFields {
		if !form.has(f.Name) {
			*f.of(t) = *f.of(&w.Text)
		}
	}
	return nil
}

// summaryConflict lays the ward's texts side by side after somebody else saved them. What stood there at the opening
// travels in the form itself.
func (p pages) summaryConflict(error) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		w, err := p.loadSummary(r, tx)
		if err != nil {
			return kit.Reply{}, err
		}
		v := buildSummaryConflict(w, input(r.PostForm))
		return kit.Work(kit.WorkPage{Title: "Có người vừa sửa lời của phường", Active: href.Reports, Failed: true}, conflictBody(v)), nil
	}
}
