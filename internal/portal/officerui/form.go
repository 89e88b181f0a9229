package officerui

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

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

type chooseView struct {
	Title string
	Links []ui.Link
}

type formView struct {
	Title, Action  string
	Back           ui.Link
	Errors         ui.Errors
	Hidden         []ui.Pair
	Office, Branch ui.Choice
	Name           ui.Input
	From           ui.Date
	Began          ui.Choice
	Acting         ui.Check
	DecisionNo     ui.Input
	DecisionOn     ui.Date
	Note           *ui.Input // only when it is asked for
}

// parse reads the form of an appointment; fields are named as in the domain, so that its complaints find them.
func parse(r *http.Request, desk association.ID) (officer.NewAppointment, error) {
	var p fault.Problems
	in := officer.NewAppointment{
		Association: desk, Office: r.FormValue("office"), Branch: kit.QueryID[authz.BranchID](r, "branch"), Person: kit.QueryID[authz.PersonID](r, "person"),
		Name: kit.Text(r, "name"), From: kit.Day(r, "starts_on", &p), Began: officer.Beginning(r.FormValue("began")), Acting: r.FormValue("acting") != "",
		DecisionNo: kit.Text(r, "decision_no"), Note: kit.Text(r, "note"),
	}
	if on := kit.Day(r, "decision_on", &p); !on.IsZero() {
		in.DecisionOn = &on
	}
	return in, p.Err()
}

func (p pages) addForm(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.addPage(r, tx, nil) }

func (p pages) addPage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	desk, err := p.kit.Desk(r, authz.WriteOfficers)
	if err != nil {
		return kit.Reply{}, err
	}
	page := kit.WorkPage{Title: "Bổ nhiệm cán bộ", Active: href.Officers, Trail: []string{desk.Name, "Cán bộ", "Bổ nhiệm"}, Failed: failed != nil}
	if desk.ID == 0 {
		page.Trail = page.Trail[1:]
		return kit.Work(page, chooseBody(p.chooseDesk(r))), nil
	}
	offices, err := officer.Offices(r.Context(), tx, desk.ID)
	if err != nil {
		return kit.Reply{}, err
	}
	branches, err := association.Branches(r.Context(), tx, desk.ID, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	errs := kit.Errors(failed)
	for i := range errs { // the person is asked by name here; the confirm page asks who it is
		if errs[i].Field == "person" {
			errs[i].Field = "name"
		}
	}
	return kit.Work(page, formBody(buildForm(r, desk, offices, branches, errs))), nil
}

func (p pages) chooseDesk(r *http.Request) chooseView {
	v := chooseView{Title: "Bổ nhiệm cán bộ của hội nào?"}
	for _, a := range p.kit.Desks(r, authz.WriteOfficers) {
		v.Links = append(v.Links, ui.Link{Label: a.Name, URL: href.With(href.OfficerAdd, "hoi", param(a.ID))})
	}
	return v
}

func buildForm(r *http.Request, desk association.Association, offices []officer.Office, branches []association.Branch, errs ui.Errors) formView {
	v := formView{Title: "Bổ nhiệm cán bộ", Action: href.OfficerAdd, Errors: errs, Back: ui.Link{Label: "Cán bộ " + desk.Name, URL: href.OfficersOf(desk.ID)}}
	v.Hidden = []ui.Pair{{Name: "hoi", Value: param(desk.ID)}}
	v.Office = ui.Choice{Name: "office", Label: "Chức danh", Value: r.FormValue("office"), Error: errs.For("office"), Options: []ui.Option{{Label: "Chọn chức danh"}}}
	for _, o := range officesOf(desk, offices) {
		v.Office.Options = append(v.Office.Options, ui.Option{Value: o.Code, Label: o.Title})
	}
	v.Branch = ui.Choice{Name: "branch", Label: "Chi hội", Hint: "Chỉ chọn khi là chức danh của chi hội, ví dụ chi hội trưởng.", Value: r.FormValue("branch"), Error: errs.For("branch"), Options: []ui.Option{{Label: "Không thuộc riêng chi hội nào"}}}
	for _, b := range branches {
		v.Branch.Options = append(v.Branch.Options, ui.Option{Value: strconv.FormatInt(int64(b.ID), 10), Label: b.Name})
	}
	v.Name = ui.Input{Name: "name", Label: "Họ và tên", Value: r.FormValue("name"), Error: errs.For("name")}
	v.From = kit.DateInput(r, ui.Date{Name: "starts_on", Label: "Giữ chức từ ngày", Error: errs.For("starts_on")})
	v.Began = ui.Choice{Name: "began", Label: "Giữ chức do", Value: r.FormValue("began"), Error: errs.For("began")}
	for _, b := range officer.Beginnings {
		v.Began.Options = append(v.Began.Options, ui.Option{Value: string(b), Label: b.Label()})
	}
	v.Acting = ui.Check{Name: "acting", Label: "Chỉ phụ trách tạm, bên cạnh người đang giữ chức", Checked: r.FormValue("acting") != ""}
	v.DecisionNo = ui.Input{Name: "decision_no", Label: "Số quyết định, nghị quyết (nếu có)", Value: r.FormValue("decision_no"), Width: "20", Error: errs.For("decision_no")}
	v.DecisionOn = kit.DateInput(r, ui.Date{Name: "decision_on", Label: "Ngày ký (nếu có)", Error: errs.For("decision_on")})
	if e := errs.For("note"); e != "" || r.FormValue("note") != "" {
		v.Note = &ui.Input{Name: "note", Label: "Lý do", Value: r.FormValue("note"), Error: e}
	}
	return v
}

// officesOf gives the titles to choose from; an association that has never appointed anybody has those of its kind.
func officesOf(desk association.Association, stored []officer.Office) []officer.Office {
	if len(stored) > 0 {
		return stored
	}
	k, _ := association.ByCode(association.KindCode(desk.Kind))
	list := make([]officer.Office, len(k.Offices))
	for i, o := range k.Offices {
		list[i] = officer.Office{Code: o.Code, Title: o.Title, Body: o.Body}
	}
	return list
}

// errTried rolls back what was only tried.
var errTried = errors.New("only tried")

// add goes in two steps: the first tries the appointment and shows what will happen, and who of the roster is meant; the
// second, confirmed, carries it out.
func (p pages) add(r *http.Request, s *kit.Steps) (kit.Reply, error) {
	again := func(err error) (kit.Reply, error) {
		return s.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.addPage(r, tx, err) })
	}
	desk, err := p.kit.Desk(r, authz.WriteOfficers)
	if err != nil {
		return kit.Reply{}, err
	}
	if desk.ID == 0 {
		return kit.Redirect(href.OfficerAdd), nil
	}
	if r.PostFormValue("sua") != "" { // back from the confirm page, with everything that was typed
		return s.Page(p.addForm)
	}
	in, err := parse(r, desk.ID)
	if err != nil {
		return again(err)
	}
	if r.PostFormValue("chac") != "" {
		return s.Once(func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.appoint(r, tx, desk, in) })
	}
	in.Person = 0 // who is meant is asked on the next page
	err = s.Write(func(ctx context.Context, tx *db.Tx) error {
		if _, err := officer.Appoint(ctx, tx, in); err != nil {
			return err
		}
		return errTried
	})
	if !errors.Is(err, errTried) {
		return again(err)
	}
	return s.Page(func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.confirm(r, tx, desk, in, nil) })
}

func (p pages) appoint(r *http.Request, tx *db.Tx, desk association.Association, in officer.NewAppointment) (kit.Reply, error) {
	if r.PostFormValue("person") == "" {
		err := fault.At("person", "Chọn đúng người trong danh sách, hoặc “Không có trong danh sách”.")
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.confirm(r, tx, desk, in, err) })
	}
	if _, err := officer.Appoint(r.Context(), tx, in); err != nil {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.addPage(r, tx, err) })
	}
	return kit.Redirect(href.OfficersOf(desk.ID)).Flash(ui.Good, "Đã ghi "+in.Name+" giữ chức từ "+vi.ShortDate(in.From)+"."), nil
}

type confirmView struct {
	Action  string
	Errors  ui.Errors
	Hidden  []ui.Pair
	Rows    []ui.SummaryRow
	Person  ui.Choice // no options: nobody of the name is in the roster
	Missing string
}

// carried are the fields of the form that the confirm page carries along.
var carried = []string{"hoi", "office", "branch", "name", "starts_on-ngay", "starts_on-thang", "starts_on-nam", "began", "acting", "decision_no", "decision_on-ngay", "decision_on-thang", "decision_on-nam", "note"}

func (p pages) confirm(r *http.Request, tx *db.Tx, desk association.Association, in officer.NewAppointment, failed error) (kit.Reply, error) {
	list, err := officer.Candidates(r.Context(), tx, desk.ID, in.Name)
	if err != nil {
		return kit.Reply{}, err
	}
	branches, err := association.Branches(r.Context(), tx, desk.ID, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	v := confirmView{Action: href.OfficerAdd, Errors: kit.Errors(failed), Rows: confirmRows(desk, in, branches)}
	v.Hidden = []ui.Pair{{Name: "chac", Value: "1"}}
	for _, name := range carried {
		if value := r.PostFormValue(name); value != "" {
			v.Hidden = append(v.Hidden, ui.Pair{Name: name, Value: value})
		}
	}
	if len(list) == 0 {
		v.Hidden = append(v.Hidden, ui.Pair{Name: "person", Value: "0"})
		v.Missing = fmt.Sprintf("Danh sách hội viên của hội chưa có ai tên %s. Vẫn ghi được chức danh, nhưng không nối với hội viên nào.", in.Name)
	} else {
		v.Person = personChoice(list, v.Errors.For("person"))
	}
	page := kit.WorkPage{Title: "Xác nhận bổ nhiệm", Active: href.Officers, Trail: []string{desk.Name, "Cán bộ", "Xác nhận"}, Failed: failed != nil}
	return kit.Work(page, confirmBody(v)), nil
}

func personChoice(list []officer.Candidate, problem string) ui.Choice {
	c := ui.Choice{Name: "person", Label: "Người này là ai trong danh sách hội viên?", Error: problem}
	for _, x := range list {
		label := x.Name
		if x.BirthYear != nil {
			label += ", sinh năm " + strconv.Itoa(*x.BirthYear)
		}
		if x.Branch != "" {
			label += ", " + x.Branch
		}
		c.Options = append(c.Options, ui.Option{Value: strconv.FormatInt(int64(x.Person), 10), Label: label})
	}
	if len(list) == 1 {
		c.Value = c.Options[0].Value
	}
	c.Options = append(c.Options, ui.Option{Value: "0", Label: "Không có trong danh sách"})
	return c
}

func confirmRows(desk association.Association, in officer.NewAppointment, branches []association.Branch) []ui.SummaryRow {
	k, _ := association.ByCode(association.KindCode(desk.Kind))
	o, _ := k.Office(in.Office)
	title := o.Title
	for _, b := range branches {
		if b.ID == in.Branch {
			title += ", " + b.Name
		}
	}
	if in.Acting {
		title = "Phụ trách " + title
	}
	rows := []ui.SummaryRow{{Key: "Họ và tên", Value: in.Name}, {Key: "Chức danh", Value: title}, {Key: "Từ ngày", Value: vi.ShortDate(in.From)}, {Key: "Do", Value: in.Began.Label()}}
	if in.DecisionNo != "" {
		rows = append(rows, ui.SummaryRow{Key: "Quyết định", Value: "Số " + in.DecisionNo})
	}
	return rows
}

type endView struct {
	Title, Action, Version string
	Back                   ui.Link
	Errors                 ui.Errors
	Rows                   []ui.SummaryRow
	On                     ui.Date
	How                    ui.Choice
	Note                   ui.Input
}

func (p pages) endForm(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.endPage(r, tx, nil) }

func (p pages) endPage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	a, err := load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	desk, _ := p.kit.FactsOf(r.Context()).Association(a.AssociationID)
	pv, errs := placed(a, false), kit.Errors(failed)
	v := endView{
		Title: "Ghi thôi giữ chức", Action: href.OfficerEnd(a.ID), Version: strconv.Itoa(a.Version), Errors: errs, Back: ui.Link{Label: "Cán bộ " + desk.Name, URL: href.OfficersOf(desk.ID)},
		Rows: []ui.SummaryRow{{Key: "Họ và tên", Value: a.PersonName}, {Key: "Chức danh", Value: pv.Title}, {Key: "Giữ chức từ", Value: pv.Since}},
		On:   kit.DateInput(r, ui.Date{Name: "ends_on", Label: "Thôi giữ chức từ ngày", Hint: "Người kế nhiệm có thể bắt đầu ngay ngày này.", Error: errs.For("ends_on")}),
		How:  ui.Choice{Name: "ended", Label: "Lý do", Value: r.FormValue("ended"), Error: errs.For("ended")},
		Note: ui.Input{Name: "note", Label: "Ghi thêm (nếu cần)", Value: r.FormValue("note"), Error: errs.For("note")},
	}
	for _, e := range officer.Endings {
		o := ui.Option{Value: string(e), Label: e.Label()}
		if e == officer.Mistaken {
			o.Hint = "Việc bổ nhiệm này ghi sai, chưa từng có. Không cần nhập ngày."
		}
		v.How.Options = append(v.How.Options, o)
	}
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Officers, Trail: []string{desk.Name, "Cán bộ", "Thôi giữ chức"}, Failed: failed != nil}, endBody(v)), nil
}

// load reads an appointment that the person may end; anything else looks missing.
func load(r *http.Request, tx *db.Tx) (officer.Appointment, error) {
	id, err := kit.PathID[authz.AppointmentID](r, "id")
	if err != nil {
		return officer.Appointment{}, err
	}
	a, err := officer.Get(r.Context(), tx, id)
	if err == nil && !authz.Can(tx.Who(), authz.WriteOfficers, authz.Of(a.AssociationID)) {
		return a, fault.Missing()
	}
	return a, err
}

func (p pages) end(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	again := func(err error) (kit.Reply, error) {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.endPage(r, tx, err) })
	}
	a, err := load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	version, err := kit.Version(r)
	if err != nil {
		return kit.Reply{}, err
	}
	var problems fault.Problems
	in := officer.Leaving{Version: version, On: kit.Day(r, "ends_on", &problems), How: officer.Ending(r.PostFormValue("ended")), Note: kit.Text(r, "note")}
	if in.On.IsZero() && in.How != officer.Mistaken {
		problems.Add("ends_on", "Nhập ngày thôi giữ chức.")
	}
	if err := problems.Err(); err != nil {
		return again(err)
	}
	if err := officer.End(r.Context(), tx, a.ID, in); err != nil {
		return again(err)
	}
	text := a.PersonName + " thôi giữ chức từ " + vi.ShortDate(in.On) + "."
	if in.How == officer.Mistaken {
		text = "Đã bỏ lần ghi nhầm về " + a.PersonName + "."
	}
	return kit.Redirect(href.OfficersOf(a.AssociationID)).Flash(ui.Good, text), nil
}
