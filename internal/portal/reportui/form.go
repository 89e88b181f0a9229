package reportui

import (
	"maps"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// target reads which report the address names; foreign and missing ones look alike.
func (p pages) target(r *http.Request) (int, association.Association, error) {
	year, err := pathYear(r)
	if err != nil {
		return 0, association.Association{}, err
	}
	a, ok := p.kit.FactsOf(r.Context()).BySlug(chi.URLParam(r, "slug"))
	if !ok {
		return 0, association.Association{}, fault.Missing()
	}
	return year, a, nil
}

// load reads the report that the address names.
func (p pages) load(r *http.Request, tx *db.Tx) (sheet, error) {
	year, a, err := p.target(r)
	if err != nil {
		return sheet{}, err
	}
	s, err := report.Open(r.Context(), tx, year, a.ID)
	if err != nil {
		return sheet{}, err
	}
	if !s.Exists() {
		return sheet{}, fault.Missing()
	}
	return sheet{s}, nil
}

func (p pages) form(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	s, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	if !authz.Can(tx.Who(), authz.WriteReport, authz.Of(s.Association.ID)) {
		return kit.Redirect(s.do("xem")), nil // who only reads has nothing to do in boxes
	}
	return formPage(r, s, nil), nil
}

func formPage(r *http.Request, s sheet, failed error) kit.Reply {
	want := r.FormValue("muc")
	v := buildForm(s, typedInto(r), kit.Errors(failed), want)
	last := "Mọi số liệu"
	if section, ok := report.SectionByID(report.SectionID(v.Section)); ok {
		last = section.Ref()
	}
	return kit.Work(kit.WorkPage{
		Title: v.Title + ", báo cáo năm " + itoa(s.year()), Active: href.Reports, Trail: s.trail(last), Failed: failed != nil, Status: savedStatus(s),
	}, formBody(v))
}

// savedStatus is the small line that autosave writes to: when the report was last saved, and by whom.
func savedStatus(s sheet) ui.Status {
	status := ui.Status{Live: true}
	for _, h := range s.History {
		if h.Action == string(report.ActSave) {
			status.Icon, status.Tone = "check", ui.Good
			status.Text = "Đã lưu lúc " + vi.ClockTime(h.At)
			if vi.Today(h.At) != vi.Today(s.Situation.Now) {
				status.Text = "Đã lưu ngày " + vi.ShortDate(h.At)
			}
			return status
		}
	}
	return status
}

func (p pages) save(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	year, a, err := p.target(r)
	if err != nil {
		return kit.Reply{}, err
	}
	settle(r.PostForm)
	in, err := parse(r, year, a.ID)
	autosave := r.Header.Get("X-Autosave") != ""
	if autosave && fault.Is(err, fault.Invalid) {
		err = nil // half a number is no reason to lose the rest: what can be read is kept, the form itself complains
	}
	var saved report.Saved
	var later map[string]report.Value
	if err == nil {
		saved, later, err = saveOrYield(r, tx, &in)
	}
	switch {
	case err != nil && autosave:
		return kit.Reply{}, err
	case fault.Is(err, fault.Conflict):
		return kit.Redo(err, p.conflict(in, later, err))
	case err != nil:
		return kit.Redo(err, p.showForm(err))
	case autosave:
		return kit.Done().Header("X-Form-Version", strconv.Itoa(saved.Version)), nil
	}
	return p.onward(r, year, a), nil
}

// saveOrYield saves, and where that meets what somebody else wrote, tries again without what only seems to clash. later are
// the cells that were to follow when the rest still clashes: the page of three columns takes them along.
func saveOrYield(r *http.Request, tx *db.Tx, in *report.Input) (saved report.Saved, later map[string]report.Value, err error) {
	ctx := r.Context()
	saved, err = report.Save(ctx, tx, *in)
	if !fault.Is(err, fault.Conflict) {
		return saved, nil, err
	}
	clashes, clashErr := report.Clashes(ctx, tx, *in)
	if clashErr != nil {
		return saved, nil, err
	}
	rest := *in
	rest.Values = maps.Clone(in.Values)
	later, some := input(r.PostForm).yield(&rest, clashes)
	if !some {
		return saved, nil, err
	}
	saved, err = report.Save(ctx, tx, rest)
	if err != nil || len(later) == 0 {
		*in = rest
		return saved, later, err
	}
	saved, err = report.Save(ctx, tx, report.Input{Year: in.Year, Association: in.Association, Version: saved.Version, Values: later})
	return saved, later, err
}

// showForm shows the refused form again, on the page that holds the first complaint.
func (p pages) showForm(failed error) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		s, err := p.load(r, tx)
		if err != nil {
			return kit.Reply{}, err
		}
		return formPage(r, s, failed), nil
	}
}

// onward leads from a saved page to the next one, or back to it.
func (p pages) onward(r *http.Request, year int, a association.Association) kit.Reply {
	switch r.PostFormValue("lam") {
	case goSend:
		return kit.Redirect(href.ReportDo(year, a.Slug, "nop"))
	case goNext:
		for i, section := range report.Sections[:len(report.Sections)-1] {
			if string(section.ID) == r.PostFormValue("muc") {
				return kit.Redirect(href.With(href.Report(year, a.Slug), "muc", string(report.Sections[i+1].ID)))
			}
		}
	}
	return kit.Redirect(href.With(href.Report(year, a.Slug), "muc", r.PostFormValue("muc"))).Flash(ui.Good, "Đã lưu tạm. Báo cáo chưa nộp.")
}

func (p pages) movers(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	s, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	v := buildMovers(s)
	return kit.Work(kit.WorkPage{Title: "Hội viên tăng, giảm trong kỳ", Active: href.Reports, Trail: s.trail("Biến động hội viên")}, moversBody(v)), nil
}
