package officerui

import (
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/officer"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/web/ui"
)

type termFormView struct {
	Title, Action, Version string
	Back                   ui.Link
	Errors                 ui.Errors
	Hidden                 []ui.Pair
	Name                   ui.Input
	Start, Last, Congress  ui.Date
	Quota                  ui.Input
	DecisionNo, Authority  ui.Input
	DecisionOn             ui.Date
}

// termOf finds the term of the address, or the zero term and the association for a new one.
func (p pages) termOf(r *http.Request, tx *db.Tx) (officer.Term, association.Association, error) {
	if chi.URLParam(r, "id") == "" {
		desk, err := p.kit.Desk(r, authz.WriteOfficers)
		if err == nil && desk.ID == 0 {
			err = fault.Missing()
		}
		return officer.Term{}, desk, err
	}
	id, err := kit.PathID[authz.TermID](r, "id")
	if err != nil {
		return officer.Term{}, association.Association{}, err
	}
	terms, err := officer.Terms(r.Context(), tx, 0)
	if err != nil {
		return officer.Term{}, association.Association{}, err
	}
	for _, t := range terms {
		if t.ID == id && authz.Can(tx.Who(), authz.WriteOfficers, authz.Of(t.AssociationID)) {
			a, _ := p.kit.FactsOf(r.Context()).Association(t.AssociationID)
			return t, a, nil
		}
	}
	return officer.Term{}, association.Association{}, fault.Missing()
}

func (p pages) termForm(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.termPage(r, tx, nil) }

func (p pages) termPage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	t, desk, err := p.termOf(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	errs := kit.Errors(failed)
	v := termFormView{Title: "Mở nhiệm kỳ mới", Action: href.Terms, Errors: errs, Back: ui.Link{Label: "Cán bộ " + desk.Name, URL: href.OfficersOf(desk.ID)}}
	v.Hidden = []ui.Pair{{Name: "hoi", Value: param(desk.ID)}}
	if t.ID != 0 {
		v.Title, v.Action, v.Version = "Sửa nhiệm kỳ", href.Term(t.ID), strconv.Itoa(t.Version)
	}
	v.Name = ui.Input{Name: "name", Label: "Tên nhiệm kỳ", Hint: "Ví dụ: Nhiệm kỳ 2023 – 2028", Value: t.Name}
	v.Quota = ui.Input{Name: "bch_quota", Label: "Số ủy viên Ban Chấp hành theo nghị quyết đại hội", Hint: "Để trống nếu không đổi.", Width: "3", InputMode: "numeric"}
	if t.BchQuota != nil {
		v.Quota.Value = strconv.Itoa(*t.BchQuota)
	}
	v.DecisionNo = ui.Input{Name: "decision_no", Label: "Số quyết định công nhận", Value: t.DecisionNo, Width: "20"}
	v.Authority = ui.Input{Name: "authority", Label: "Cơ quan công nhận", Value: t.Authority}
	v.Start, v.Last = boxes("starts_on", "Bắt đầu từ ngày", &t.StartsOn), boxes("ends_on", "Đến hết ngày", nil)
	v.Last.Hint = "Nhiệm kỳ thường là 5 năm."
	v.Congress = boxes("congress_on", "Ngày đã định cho đại hội tới (nếu có)", t.CongressOn)
	v.DecisionOn = boxes("decision_on", "Ngày ký", t.DecisionOn)
	if t.ID != 0 {
		last := t.EndsOn.AddDate(0, 0, -1)
		v.Last = boxes("ends_on", "Đến hết ngày", &last)
	}
	if failed != nil {
		v.keep(r)
		if v.Version != "" {
			v.Version = r.PostFormValue("version")
		}
	}
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Officers, Trail: []string{desk.Name, "Cán bộ", "Nhiệm kỳ"}, Failed: failed != nil}, termBody(v)), nil
}

// keep puts back what was typed, with the complaints beside it.
func (v *termFormView) keep(r *http.Request) {
	for _, in := range []*ui.Input{&v.Name, &v.Quota, &v.DecisionNo, &v.Authority} {
		in.Value, in.Error = r.PostFormValue(in.Name), v.Errors.For(in.Name)
	}
	for _, d := range []*ui.Date{&v.Start, &v.Last, &v.Congress, &v.DecisionOn} {
		*d = kit.DateInput(r, *d)
		d.Error = v.Errors.For(d.Name)
	}
}

func boxes(name, label string, day *time.Time) ui.Date {
	d := ui.Date{Name: name, Label: label}
	if day != nil && !day.IsZero() {
		d.Day, d.Month, d.Year = strconv.Itoa(day.Day()), strconv.Itoa(int(day.Month())), strconv.Itoa(day.Year())
	}
	return d
}

func parseTerm(r *http.Request) (officer.TermDetails, error) {
	var p fault.Problems
	in := officer.TermDetails{
		Name: kit.Text(r, "name"), StartsOn: kit.Day(r, "starts_on", &p), BchQuota: kit.Whole(r, "bch_quota", &p), DecisionNo: kit.Text(r, "decision_no"), Authority: kit.Text(r, "authority"),
	}
	last := kit.Day(r, "ends_on", &p)
	if in.StartsOn.IsZero() {
		p.Add("starts_on", "Nhập ngày bắt đầu nhiệm kỳ.")
	}
	if last.IsZero() {
		p.Add("ends_on", "Nhập ngày cuối của nhiệm kỳ.")
	}
	in.EndsOn = last.AddDate(0, 0, 1) // people say the last day, the books keep the first day after
	if on := kit.Day(r, "congress_on", &p); !on.IsZero() {
		in.CongressOn = &on
	}
	if on := kit.Day(r, "decision_on", &p); !on.IsZero() {
		in.DecisionOn = &on
	}
	return in, p.Err()
}

func (p pages) saveTerm(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	again := func(err error) (kit.Reply, error) {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.termPage(r, tx, err) })
	}
	t, desk, err := p.termOf(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	in, err := parseTerm(r)
	if err != nil {
		return again(err)
	}
	if t.ID == 0 {
		_, err = officer.AddTerm(r.Context(), tx, desk.ID, in)
	} else {
		version, bad := kit.Version(r)
		if bad != nil {
			return kit.Reply{}, bad
		}
		if kit.Settles(r) {
			in, err = settledTerm(r, tx, t, in)
		}
		if err == nil {
			err = officer.ChangeTerm(r.Context(), tx, t.ID, version, in)
		}
		if fault.Is(err, fault.Conflict) {
			return kit.Redo(err, p.termConflict)
		}
	}
	if err != nil {
		return again(err)
	}
	return kit.Redirect(href.OfficersOf(desk.ID)).Flash(ui.Good, "Đã lưu "+in.Name+"."), nil
}
