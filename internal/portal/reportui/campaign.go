package reportui

import (
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// pathYear reads the year of the address; what is no year looks like a year without a campaign.
func pathYear(r *http.Request) (int, error) {
	n, err := strconv.Atoi(chi.URLParam(r, "year"))
	if err != nil || n < 1990 || n > 2100 {
		return 0, fault.Missing()
	}
	return n, nil
}

func (p pages) openForm(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	list, err := report.Campaigns(r.Context(), tx)
	if err != nil {
		return kit.Reply{}, err
	}
	year := tx.Now().In(vi.Location()).Year()
	if n := int(kit.QueryID[int64](r, "nam")); n >= 1990 && n <= 2100 {
		year = n
	} else if len(list) > 0 && list[0].Year >= year {
		year = list[0].Year + 1
	}
	return p.campaignPage(r, report.ProposeCampaign(year, tx.Now()), nil), nil
}

func (p pages) open(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	c, err := parseCampaign(r)
	if err == nil {
		_, err = report.OpenCampaign(r.Context(), tx, c)
	}
	if err != nil {
		return kit.Redo(err, func(r *http.Request, _ *db.Tx) (kit.Reply, error) { return p.campaignPage(r, c, err), nil })
	}
	return kit.Redirect(href.ReportYear(c.Year)).Flash(ui.Good, "Đã mở đợt báo cáo năm "+itoa(c.Year)+". Mỗi hội đã có biểu để nhập."), nil
}

func (p pages) changeForm(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	year, err := pathYear(r)
	if err != nil {
		return kit.Reply{}, err
	}
	c, err := report.GetCampaign(r.Context(), tx, year)
	if err != nil {
		return kit.Reply{}, err
	}
	return p.campaignPage(r, c, nil), nil
}

func (p pages) change(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	year, err := pathYear(r)
	if err != nil {
		return kit.Reply{}, err
	}
	c, err := parseCampaign(r)
	if err == nil {
		c.Year = year
		c.Version, err = kit.Version(r)
	}
	if err == nil && kit.Settles(r) {
		version := c.Version
		c, err = p.settled(r, tx, year, c)
		c.Version = version
	}
	if err == nil {
		err = report.ChangeCampaign(r.Context(), tx, year, c)
	}
	switch {
	case fault.Is(err, fault.Conflict):
		return kit.Redo(err, p.campaignConflict(year, c))
	case err != nil:
		return kit.Redo(err, func(r *http.Request, _ *db.Tx) (kit.Reply, error) { return p.campaignPage(r, c, err), nil })
	}
	return kit.Redirect(href.ReportYear(year)).Flash(ui.Good, "Đã sửa đợt báo cáo năm "+itoa(year)+"."), nil
}

func (p pages) campaignPage(r *http.Request, c report.Campaign, failed error) kit.Reply {
	v := buildCampaign(c, p.kindsOf(r), kit.Errors(failed))
	if failed != nil {
		for i := range v.Dates {
			v.Dates[i] = kit.DateInput(r, v.Dates[i])
		}
	}
	return kit.Work(kit.WorkPage{
		Title: v.Title, Active: href.Reports, Failed: failed != nil, Trail: []string{"UBND " + p.kit.FactsOf(r.Context()).Ward.Name, "Báo cáo", v.Title},
	}, campaignBody(v))
}

// kindsOf lists the kinds of the ward's associations, each once, in the registry's order.
func (p pages) kindsOf(r *http.Request) []association.Kind {
	var list []association.Kind
	for _, kind := range association.Kinds {
		for _, a := range p.kit.FactsOf(r.Context()).Associations {
			if association.KindCode(a.Kind) == kind.Code {
				list = append(list, kind)
				break
			}
		}
	}
	return list
}

// parseCampaign reads the form; dates must be known to the day.
func parseCampaign(r *http.Request) (report.Campaign, error) {
	var problems fault.Problems
	year, err := strconv.Atoi(kit.Text(r, "year"))
	if err != nil {
		problems.Add("year", "Ông/bà nhập năm, ví dụ 2026.")
	}
	c := report.Campaign{
		Year: year, AskBranches: r.PostFormValue("chi-hoi") != "", Note: kit.Lines(r, "note"), Rows: map[association.KindCode][]string{},
		Opens: fullDay(r, "opens", &problems), CutOff: fullDay(r, "cutoff", &problems), Deadline: fullDay(r, "deadline", &problems), Close: fullDay(r, "close", &problems),
	}
	for _, kind := range association.Kinds {
		field := rowsField(kind.Code)
		if !input(r.PostForm).has(field + "-co") {
			continue // the form did not ask about this kind
		}
		c.Rows[kind.Code] = r.PostForm[field]
		if len(c.Rows[kind.Code]) == 0 {
			problems.Add(field, "Ông/bà chọn ít nhất một chỉ tiêu cho "+kind.ShortName+".")
		}
	}
	return c, problems.Err()
}

func rowsField(kind association.KindCode) string { return "chi-tieu-" + string(kind) }

// fullDay reads a date of which nothing may be missing, as midnight UTC; the zero time when it is not given.
func fullDay(r *http.Request, name string, problems *fault.Problems) time.Time {
	d := kit.Date(r, name, problems)
	switch {
	case d.Precision() == vi.FullDay:
		return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	case !problems.Has(name):
		problems.Add(name, "Ông/bà nhập đủ ngày, tháng, năm.")
	}
	return time.Time{}
}

func (p pages) extendForm(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	return p.extendPage(r, tx, nil)
}

func (p pages) extendPage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	s, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	v := extendView{
		Title: "Gia hạn cho " + s.Association.Name, Action: s.do("gia-han"), Errors: kit.Errors(failed), Back: href.ReportYear(s.year()),
		Now: "Hạn nộp hiện nay là " + s.Calendar.DueDate().Format("02/01/2006") + ", số liệu khóa sau ngày " + s.Calendar.CloseDate().Format("02/01/2006") + ".",
	}
	v.Until = ui.Date{Name: "until", Label: "Gia hạn đến hết ngày", Hint: "Gia hạn tự hết, không cần khóa lại.", Error: v.Errors.For("until")}
	if failed != nil {
		v.Until = kit.DateInput(r, v.Until)
		v.Reason = r.PostFormValue(report.FieldReason)
	}
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Reports, Trail: s.trail("Gia hạn"), Failed: failed != nil}, extendBody(v)), nil
}

func (p pages) extend(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	s, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	var problems fault.Problems
	until := fullDay(r, "until", &problems)
	if err = problems.Err(); err == nil {
		err = report.Extend(r.Context(), tx, s.year(), s.Association.ID, until, kit.Text(r, report.FieldReason))
	}
	if err != nil {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.extendPage(r, tx, err) })
	}
	return kit.Redirect(href.ReportYear(s.year())).Flash(ui.Good, "Đã gia hạn cho "+s.Association.Name+" đến hết ngày "+until.Format("02/01/2006")+"."), nil
}
