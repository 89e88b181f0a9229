package officerui

import (
	"net/http"
	"strconv"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/officer"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

type boardView struct {
	Errors     ui.Errors
	Desk       string
	Figures    []ui.Figure
	Branches   []vacancyRow
	Seats      []vacancyRow
	Committees []committeeRow
	Terms      []termRow
	Date       ui.Date
}

type vacancyRow struct {
	Name, Of, Since, Why string
	Days                 ui.TagView
	FillURL              string
}

type committeeRow struct {
	Name, Seats, Vacant string
	Longest             ui.TagView
	URL                 string
}

type termRow struct {
	Name, Sentence, URL string
	Tag                 ui.TagView
}

func (p pages) vacancies(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	desk, err := p.kit.Desk(r, authz.ReadOfficers)
	if err != nil {
		return kit.Reply{}, err
	}
	day, date, errs := asOf(r, tx.Today())
	board, err := officer.Vacancies(r.Context(), tx, desk.ID, day)
	if err != nil {
		return kit.Reply{}, err
	}
	v := boardOf(tx.Who(), board)
	v.Date, v.Errors = date, errs
	if desk.ID != 0 {
		v.Desk = param(desk.ID)
	}
	place := desk.Name
	if place == "" {
		place = vi.Sentence(p.kit.FactsOf(r.Context()).Ward.Name)
	}
	reply := kit.Work(kit.WorkPage{
		Title: "Chức danh còn khuyết", Active: href.Officers, Trail: []string{place, "Cán bộ", "Chức danh còn khuyết"},
		Status: ui.Status{Text: "Tính đến " + vi.ShortDate(day)}, Failed: len(errs) > 0,
	}, boardBody(v))
	if len(errs) > 0 {
		reply = reply.Status(http.StatusUnprocessableEntity)
	}
	return reply, nil
}

// asOf reads the day of the board; a day that cannot be read leaves today and says so.
func asOf(r *http.Request, today time.Time) (time.Time, ui.Date, ui.Errors) {
	var p fault.Problems
	day := kit.Day(r, "ngay", &p)
	if p.Err() == nil && !day.IsZero() && (day.Year() < 1990 || day.After(today.AddDate(1, 0, 0))) {
		p.Add("ngay", "Chọn một ngày không quá một năm sau hôm nay.")
	}
	date := kit.DateInput(r, ui.Date{Name: "ngay", Label: "Tính đến ngày"})
	errs := kit.Errors(p.Err())
	date.Error = errs.For("ngay")
	if len(errs) > 0 || day.IsZero() {
		day = today
	}
	return day, date, errs
}

// boardOf turns the board into what the page shows. Rows open their fix only for those who may write there.
func boardOf(who authz.Who, b officer.Board) boardView {
	var v boardView
	write := func(a association.ID) bool { return authz.Can(who, authz.WriteOfficers, authz.Of(a)) }
	vacant, overdue, soon := 0, 0, 0
	for _, x := range b.Branches {
		v.Branches = append(v.Branches, vacancy(x, x.BranchName, write(x.Association)))
	}
	for _, x := range b.Seats {
		v.Seats = append(v.Seats, vacancy(x, x.Title, write(x.Association)))
	}
	for _, c := range b.Committees {
		vacant += c.Vacant
		row := committeeRow{Name: c.AssociationName, Seats: seats(c), Vacant: vi.Int(c.Vacant), URL: href.OfficersOf(c.Association), Longest: ui.TagView{Tone: ui.Good, Text: "Đủ"}}
		switch {
		case c.Quota == 0:
			row.Longest = ui.TagView{Tone: ui.Grey, Text: "Chưa ghi số lượng"}
		case c.Vacant > 0 && c.Since == nil:
			row.Longest = ui.TagView{Tone: ui.Warn, Text: "Chưa ghi cán bộ"}
		case c.Vacant > 0:
			row.Longest = daysTag(c.Days)
		}
		v.Committees = append(v.Committees, row)
	}
	for _, t := range b.Terms {
		if t.Left < 0 {
			overdue++
		} else {
			soon++
		}
		v.Terms = append(v.Terms, term(t, b.Day, write(t.AssociationID)))
	}
	v.Figures = []ui.Figure{
		{Value: vi.Int(len(b.Branches)), Label: "chi hội chưa có chi hội trưởng"}, {Value: vi.Int(vacant), Label: "ủy viên Ban Chấp hành còn khuyết"},
		{Value: vi.Int(overdue), Label: "nhiệm kỳ đã quá hạn"}, {Value: vi.Int(soon), Label: "nhiệm kỳ hết trong " + strconv.Itoa(officer.TermNotice) + " ngày"},
	}
	return v
}

// urgent is after how many days a vacancy turns from amber to red.
const urgent = 90

func daysTag(n int) ui.TagView {
	tag := ui.TagView{Tone: ui.Warn, Icon: "warning", Text: vi.Int(n) + "\u00a0ngày"}
	if n > urgent {
		tag.Tone = ui.Bad
	}
	return tag
}

func vacancy(x officer.Vacancy, name string, write bool) vacancyRow {
	row := vacancyRow{Name: name, Of: x.AssociationName, Since: "Chưa rõ", Days: ui.TagView{Tone: ui.Warn, Icon: "warning", Text: "Chưa rõ"}, Why: "Chưa cử ai"}
	if x.Since != nil {
		row.Since, row.Days = vi.ShortDate(*x.Since), daysTag(x.Days)
	}
	if x.Last != "" {
		row.Why = x.Why.Label() + " (" + x.Last + ")"
	}
	if write {
		branch := ""
		if x.Branch != 0 {
			branch = strconv.FormatInt(int64(x.Branch), 10)
		}
		row.FillURL = href.With(href.OfficerAdd, "hoi", param(x.Association), "office", x.Code, "branch", branch)
	}
	return row
}

func term(t officer.TermState, day time.Time, write bool) termRow {
	row := termRow{Name: t.AssociationName + ", " + vi.LowerFirst(t.Name), Sentence: "Hết ngày " + vi.ShortDate(t.LastDay) + "."}
	switch {
	case t.CongressOn != nil && t.CongressOn.After(t.StartsOn) && !t.CongressOn.Before(day):
		row.Sentence += " Đại hội đã định ngày " + vi.ShortDate(*t.CongressOn) + "."
	case t.Left >= 30:
		row.Sentence += " Nên báo trước đại hội 30 ngày: trước " + vi.ShortDate(t.LastDay.AddDate(0, 0, -30)) + "."
	default:
		row.Sentence += " Chưa có kế hoạch đại hội."
	}
	switch {
	case t.Left < 0:
		row.Tag = ui.TagView{Tone: ui.Bad, Icon: "wrong", Text: "Quá " + vi.Int(-t.Left) + "\u00a0ngày"}
	case t.Left <= 30:
		row.Tag = ui.TagView{Tone: ui.Warn, Icon: "clock", Text: "Còn " + vi.Int(t.Left) + "\u00a0ngày"}
	default:
		row.Tag = ui.TagView{Tone: ui.Info, Icon: "clock", Text: "Còn " + vi.Int(t.Left) + "\u00a0ngày"}
	}
	if write {
		row.URL = href.Term(t.ID)
	}
	return row
}
