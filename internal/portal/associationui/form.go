package associationui

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/lifecycle"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/internal/ward"
	"wardportal/web/ui"
)

type addView struct {
	Back   ui.Link
	Errors ui.Errors
	Hidden []ui.Pair
	Name   ui.Input
	Opened ui.Date
	Place  ui.Choice
	Listed ui.Choice
	Groups ui.Choice
}

func (p pages) addForm(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.addPage(r, tx, nil) }

func (p pages) addPage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	desk, err := p.kit.Desk(r, authz.WriteAssociation)
	if err == nil && desk.ID == 0 {
		return kit.Redirect(href.Branches), nil
	}
	if err != nil {
		return kit.Reply{}, err
	}
	groups, err := ward.Groups(r.Context(), tx)
	if err != nil {
		return kit.Reply{}, err
	}
	errs := kit.Errors(failed)
	v := addView{
		Back: ui.Link{Label: "Chi hội của " + desk.Name, URL: href.BranchesOf(desk.ID)}, Errors: errs, Hidden: []ui.Pair{{Name: "hoi", Value: param(desk.ID)}},
		Name:   ui.Input{Name: "name", Label: "Tên chi hội", Hint: "Ví dụ: Chi hội 9, Chi hội Trường Tiểu học Chánh Lộ", Value: r.FormValue("name"), Error: errs.For("name")},
		Opened: kit.DateInput(r, ui.Date{Name: "opened_on", Label: "Thành lập ngày", Error: errs.For("opened_on")}),
		Place:  ui.Choice{Name: "place", Label: "Lập ở đâu", Value: r.FormValue("place"), Error: errs.For("place")},
		Listed: ui.Choice{Name: "listed", Label: "Quản lý hội viên thế nào", Value: r.FormValue("listed"), Error: errs.For("listed"), Options: []ui.Option{
			{Value: "1", Label: "Có danh sách từng người"},
			{Value: "0", Label: "Chỉ quản lý theo số lượng", Hint: "Ví dụ chi hội trường học: mỗi lần chỉ ghi có bao nhiêu hội viên, theo ai báo."},
		}},
		Groups: ui.Choice{Name: "groups", Label: "Gồm những tổ dân phố nào", Hint: "Để trống nếu không theo tổ dân phố.", Values: r.Form["groups"], Error: errs.For("groups")},
	}
	if v.Place.Value == "" {
		v.Place.Value, v.Listed.Value = "group", "1"
	}
	for _, x := range places {
		v.Place.Options = append(v.Place.Options, ui.Option{Value: x.code, Label: x.label})
	}
	for _, g := range groups {
		v.Groups.Options = append(v.Groups.Options, ui.Option{Value: strconv.FormatInt(int64(g.ID), 10), Label: g.Name})
	}
	return kit.Work(kit.WorkPage{Title: "Thêm chi hội", Active: href.Branches, Trail: []string{desk.Name, "Chi hội", "Thêm"}, Failed: failed != nil}, addBody(v)), nil
}

func (p pages) add(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	again := func(err error) (kit.Reply, error) {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.addPage(r, tx, err) })
	}
	desk, err := p.kit.Desk(r, authz.WriteAssociation)
	if err != nil {
		return kit.Reply{}, err
	}
	if desk.ID == 0 {
		return kit.Redirect(href.Branches), nil
	}
	in, err := parseNew(r, tx, desk.ID)
	if err != nil {
		return again(err)
	}
	id, err := association.AddBranch(r.Context(), tx, in)
	if err != nil {
		return again(err)
	}
	return kit.Redirect(href.Branch(id)).Flash(ui.Good, "Đã thêm "+in.Name+"."), nil
}

// parseNew reads the form of a new branch. Its place in the list is after the others.
func parseNew(r *http.Request, tx *db.Tx, desk association.ID) (association.NewBranch, error) {
	var p fault.Problems
	in := association.NewBranch{Association: desk, Name: kit.Text(r, "name"), OpenedOn: kit.Day(r, "opened_on", &p), Place: r.PostFormValue("place"), NumberOnly: r.PostFormValue("listed") == "0"}
	if in.Name == "" {
		p.Add("name", "Nhập tên chi hội.")
	}
	if in.OpenedOn.IsZero() || in.OpenedOn.After(tx.Today()) || in.OpenedOn.Year() < 1945 {
		p.Add("opened_on", "Nhập ngày thành lập, không sau hôm nay.")
	}
	if placeLabel(in.Place) == "" {
		p.Add("place", "Chọn nơi lập chi hội.")
	}
	existing, err := association.Branches(r.Context(), tx, desk, tx.Today())
	if err != nil {
		return in, err
	}
	for _, b := range existing {
		in.Sort = max(in.Sort, b.Sort+1)
	}
	groups, err := ward.Groups(r.Context(), tx)
	if err != nil {
		return in, err
	}
	for _, text := range r.PostForm["groups"] {
		n, err := strconv.ParseInt(text, 10, 64)
		id := authz.GroupID(n)
		if err != nil || !slices.ContainsFunc(groups, func(g ward.Group) bool { return g.ID == id }) {
			p.Add("groups", "Chọn tổ dân phố trong danh sách.")
		} else if !slices.Contains(in.Groups, id) {
			in.Groups = append(in.Groups, id)
		}
	}
	return in, p.Err()
}

type showView struct {
	Title      string
	Back       ui.Link
	Errors     ui.Errors
	Rows       []ui.SummaryRow
	MembersURL string
	CloseURL   string
	Rename     *renameView
	Counts     *countView
}

type renameView struct {
	Action, Version string
	Name, Sort      ui.Input
}

type countView struct {
	Action                  string
	MayAdd                  bool
	Table                   ui.SimpleTable
	Day                     ui.Date
	Members, Female, Source ui.Input
}

func (p pages) show(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	return p.showPage(r, tx, "", nil)
}

// load reads a branch whose inside the person may see; anything else looks missing.
func (p pages) load(r *http.Request, tx *db.Tx) (association.Branch, association.Association, error) {
	id, err := kit.PathID[authz.BranchID](r, "id")
	if err != nil {
		return association.Branch{}, association.Association{}, err
	}
	b, err := association.GetBranch(r.Context(), tx, id)
	if err == nil && !authz.Can(tx.Who(), authz.ReadAssociation, authz.At(b.AssociationID, b.ID)) {
		err = fault.Missing()
	}
	a, _ := p.kit.FactsOf(r.Context()).Association(b.AssociationID)
	return b, a, err
}

// showPage is the branch's page; which names the form that came back with errors: "ten" or "so-lieu".
func (p pages) showPage(r *http.Request, tx *db.Tx, which string, failed error) (kit.Reply, error) {
	b, a, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	census, err := member.CountAt(r.Context(), tx, a.ID, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	v := showView{Title: b.Name, Back: ui.Link{Label: "Chi hội của " + a.Name, URL: href.BranchesOf(a.ID)}, Errors: kit.Errors(failed), Rows: facts(b, census)}
	who := tx.Who()
	if b.Listed {
		v.MembersURL = href.With(href.Members, "hoi", param(a.ID), "chi-hoi", strconv.FormatInt(int64(b.ID), 10))
	} else {
		list, err := association.CountsOf(r.Context(), tx, b.ID)
		if err != nil {
			return kit.Reply{}, err
		}
		v.Counts = counts(r, b, list, which == "so-lieu", v.Errors)
		v.Counts.MayAdd = b.ClosedOn == nil && authz.Can(who, authz.WriteRoster, authz.At(a.ID, b.ID))
	}
	if authz.Can(who, authz.WriteAssociation, authz.Of(a.ID)) && b.ClosedOn == nil {
		v.CloseURL = href.BranchDo(b.ID, "ket-thuc")
		v.Rename = rename(r, b, which == "ten", failed)
	}
	return kit.Work(kit.WorkPage{Title: b.Name, Active: href.Branches, Trail: []string{a.Name, "Chi hội", b.Name}, Failed: failed != nil}, showBody(v)), nil
}

func facts(b association.Branch, census member.Census) []ui.SummaryRow {
	place := placeLabel(b.Place)
	for i, g := range b.GroupNames {
		if i == 0 {
			place = g
		} else {
			place += ", " + g
		}
	}
	n, ok := census.InBranch(b.ID)
	members := vi.Int(n) + " người"
	if !ok && !b.Listed {
		members = "Chưa có số liệu"
	}
	rows := []ui.SummaryRow{{Key: "Địa bàn", Value: place}, {Key: "Hội viên", Value: members}, {Key: "Thành lập", Value: vi.ShortDate(b.OpenedOn)}}
	if b.ClosedOn != nil {
		rows = append(rows, ui.SummaryRow{Key: "Kết thúc", Value: "Hết ngày " + vi.ShortDate(*b.ClosedOn)})
	}
	if !b.Listed {
		rows = append(rows, ui.SummaryRow{Key: "Cách quản lý", Value: "Chỉ theo số lượng"})
	}
	return rows
}

func rename(r *http.Request, b association.Branch, back bool, failed error) *renameView {
	v := &renameView{
		Action: href.Branch(b.ID), Version: strconv.Itoa(b.Version),
		Name: ui.Input{Name: "name", Label: "Tên chi hội", Value: b.Name}, Sort: ui.Input{Name: "sort", Label: "Thứ tự trong danh sách", Value: strconv.Itoa(b.Sort), Width: "3", InputMode: "numeric"},
	}
	if back {
		errs := kit.Errors(failed)
		v.Name.Value, v.Name.Error = r.PostFormValue("name"), errs.For("name")
		v.Sort.Value, v.Sort.Error = r.PostFormValue("sort"), errs.For("sort")
		v.Version = r.PostFormValue("version")
	}
	return v
}

func counts(r *http.Request, b association.Branch, list []association.Count, back bool, errs ui.Errors) *countView {
	v := &countView{Action: href.BranchDo(b.ID, "so-lieu"), Table: ui.SimpleTable{Caption: "Số hội viên các lần báo", HideCaption: true, Cards: true, Cols: []ui.Col{{Label: "Tính đến"}, {Label: "Hội viên", Numeric: true}, {Label: "Trong đó nữ", Numeric: true}, {Label: "Theo ai báo"}}}}
	for _, c := range list {
		female := "không rõ"
		if c.Female != nil {
			female = vi.Int(*c.Female)
		}
		v.Table.Rows = append(v.Table.Rows, []string{vi.ShortDate(c.CountedOn), vi.Int(c.Members), female, c.Source})
	}
	v.Day = ui.Date{Name: "counted_on", Label: "Tính đến ngày"}
	v.Members = ui.Input{Name: "members", Label: "Số hội viên", Width: "5", InputMode: "numeric"}
	v.Female = ui.Input{Name: "female", Label: "Trong đó nữ", Hint: "Để trống nếu không rõ.", Width: "5", InputMode: "numeric"}
	v.Source = ui.Input{Name: "source", Label: "Theo ai báo", Hint: "Ví dụ: Nhà trường báo ngày 10/11."}
	if back {
		for _, in := range []*ui.Input{&v.Members, &v.Female, &v.Source} {
			in.Value, in.Error = r.PostFormValue(in.Name), errs.For(in.Name)
		}
		v.Day = kit.DateInput(r, v.Day)
		v.Day.Error = errs.For("counted_on")
	}
	return v
}

func (p pages) rename(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	b, _, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	version, err := kit.Version(r)
	if err != nil {
		return kit.Reply{}, err
	}
	var problems fault.Problems
	name, sort := kit.Text(r, "name"), kit.Whole(r, "sort", &problems)
	if name == "" {
		problems.Add("name", "Nhập tên chi hội.")
	}
	in := association.BranchNaming{Name: name, Sort: sort}
	if err = problems.Err(); err == nil && kit.Settles(r) {
		in, err = settled(r, tx, b, in)
	}
	if err == nil {
		err = association.RenameBranch(r.Context(), tx, b.ID, version, in.Name, in.Sort)
	}
	if fault.Is(err, fault.Conflict) {
		return kit.Redo(err, p.conflictPage)
	}
	if err != nil {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.showPage(r, tx, "ten", err) })
	}
	return kit.Redirect(href.Branch(b.ID)).Flash(ui.Good, "Đã lưu."), nil
}

func (p pages) count(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	b, _, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	in, err := parseCount(r, tx.Today(), b.ID)
	if err == nil {
		err = association.AddCount(r.Context(), tx, in)
	}
	if err != nil {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.showPage(r, tx, "so-lieu", err) })
	}
	return kit.Redirect(href.Branch(b.ID)).Flash(ui.Good, "Đã ghi số hội viên tính đến "+vi.ShortDate(in.CountedOn)+"."), nil
}

func parseCount(r *http.Request, today time.Time, b association.BranchID) (association.Count, error) {
	var p fault.Problems
	in := association.Count{Branch: b, CountedOn: kit.Day(r, "counted_on", &p), Members: kit.Whole(r, "members", &p), Source: kit.Text(r, "source")}
	if in.CountedOn.IsZero() || in.CountedOn.After(today) || in.CountedOn.Year() < 1990 {
		p.Add("counted_on", "Nhập ngày tính số liệu, không sau hôm nay.")
	}
	if kit.Text(r, "members") == "" {
		p.Add("members", "Nhập số hội viên; không có ai thì ghi 0.")
	}
	if kit.Text(r, "female") != "" {
		n := kit.Whole(r, "female", &p)
		in.Female = &n
	}
	if in.Source == "" {
		p.Add("source", "Ghi số này lấy từ đâu, ví dụ: Nhà trường báo ngày 10/11.")
	}
	return in, p.Err()
}

type closeView struct {
	Title, Action, Version string
	Back                   ui.Link
	Errors                 ui.Errors
	Members                string // not "": how many must be moved first
	MembersURL             string
	Officers               []string
	On                     ui.Date
	Reason                 ui.Input
}

func (p pages) closeForm(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	return p.closePage(r, tx, nil)
}

func (p pages) closePage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	b, a, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	c, err := lifecycle.BeforeClosing(r.Context(), tx, b.ID)
	if err != nil {
		return kit.Reply{}, err
	}
	errs := kit.Errors(failed)
	v := closeView{
		Title: "Kết thúc " + b.Name, Action: href.BranchDo(b.ID, "ket-thuc"), Version: strconv.Itoa(b.Version), Back: ui.Link{Label: b.Name, URL: href.Branch(b.ID)}, Errors: errs,
		MembersURL: href.With(href.Members, "hoi", param(a.ID), "chi-hoi", strconv.FormatInt(int64(b.ID), 10)),
		On:         kit.DateInput(r, ui.Date{Name: "closed_on", Label: "Ngày hoạt động cuối cùng", Error: errs.For("closed_on")}),
		Reason:     ui.Input{Name: "reason", Label: "Lý do", Hint: "Ví dụ: nhập vào Chi hội 5 theo nghị quyết của hội.", Value: r.FormValue("reason"), Error: errs.For("reason")},
	}
	if c.Members > 0 {
		v.Members = vi.Int(c.Members)
	}
	for _, o := range c.Officers {
		v.Officers = append(v.Officers, o.Title+" "+o.PersonName)
	}
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Branches, Trail: []string{a.Name, "Chi hội", b.Name, "Kết thúc"}, Failed: failed != nil}, closeBody(v)), nil
}

func (p pages) close(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	b, a, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	version, err := kit.Version(r)
	if err != nil {
		return kit.Reply{}, err
	}
	var problems fault.Problems
	last := kit.Day(r, "closed_on", &problems)
	if err = problems.Err(); err == nil {
		err = lifecycle.CloseBranch(r.Context(), tx, b.ID, version, last, kit.Text(r, "reason"))
	}
	if err != nil {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.closePage(r, tx, err) })
	}
	return kit.Redirect(href.BranchesOf(a.ID)).Flash(ui.Good, b.Name+" đã kết thúc hoạt động từ sau ngày "+vi.ShortDate(last)+"."), nil
}
