package memberui

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/internal/ward"
	"wardportal/web/ui"
)

// anyway is ticked when the people shown as likely the same are others.
const anyway = "van_them"

type editView struct {
	Title, Action, Submit, Cancel string
	Back                          string
	Errors                        ui.Errors
	Hidden                        []ui.Pair
	Version                       string
	Form                          formView
	Add                           bool
	RestFailed                    bool // a complaint is about a field that would be folded away
	Likely                        []likelyView
	Anyway                        ui.Check
	OnBehalf                      string
}

type likelyView struct{ Title, Name, URL, Rest string }

func (p pages) addForm(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.addPage(r, tx, nil) }

func (p pages) addPage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	desk, err := p.kit.Desk(r, authz.WriteRoster)
	if err != nil {
		return kit.Reply{}, err
	}
	page := kit.WorkPage{Title: "Thêm hội viên", Active: href.Members, Failed: failed != nil, Status: ui.Status{Icon: "lock", Text: "Chỉ cán bộ được giao thấy"}}
	if desk.ID == 0 {
		page.Trail = trail("", "", "Thêm hội viên")
		return kit.Work(page, chooseBody(chooseDesk(p.kit.Desks(r, authz.WriteRoster)))), nil
	}
	branches, err := branchesOf(r, tx, desk, authz.WriteRoster)
	if err != nil {
		return kit.Reply{}, err
	}
	in := formInput{errs: kit.Errors(failed), kind: kindOf(desk.Kind), branches: branches, branch: r.FormValue("chi-hoi"), secrets: authz.Can(tx.Who(), authz.ReadSensitive, authz.Of(desk.ID))}
	if in.groups, err = groupOptions(r, tx); err != nil {
		return kit.Reply{}, err
	}
	v := editView{
		Title: "Thêm hội viên", Action: href.MemberAdd, Submit: "Lưu hội viên", Back: href.With(href.Members, kit.AssociationParam, r.FormValue(kit.AssociationParam)), Add: true,
		Errors: in.errs, Hidden: []ui.Pair{{Name: kit.AssociationParam, Value: idText(desk.ID)}}, OnBehalf: onBehalf(tx, desk),
	}
	in.typed = storedTyped(member.Fields{Class: member.Full})
	if failed != nil {
		in.typed, in.branch = postedTyped(r), r.PostFormValue(member.FieldBranch)
		if v.Likely, err = p.likely(r, tx, desk); err != nil {
			return kit.Reply{}, err
		}
		v.Anyway = ui.Check{Name: anyway, Label: "Không phải người trên đây, vẫn thêm mới", Error: in.errs.For(anyway), Checked: r.PostFormValue(anyway) != ""}
	}
	v.Form, v.Cancel, v.RestFailed = buildForm(in), v.Back, restFailed(in.errs)
	page.Trail = trail(desk.Name, branchName(branches, 0), "Thêm hội viên")
	return kit.Work(page, editBody(v)), nil
}

// restFailed tells whether a complaint is about a field below the first ones.
func restFailed(errs ui.Errors) bool {
	upper := []string{
		"", anyway, member.FieldName, member.FieldAlias, member.FieldSex, member.FieldBirth, member.FieldBegan, member.FieldJoined, member.FieldBranch, member.FieldPhone,
	}
	return slices.ContainsFunc(errs, func(e ui.FieldError) bool { return !slices.Contains(upper, e.Field) })
}

// onBehalf reminds the ward's official for whom the entry is made; it is stamped.
func onBehalf(tx *db.Tx, desk association.Association) string {
	if !authz.OnBehalf(tx.Who(), authz.Of(desk.ID)) {
		return ""
	}
	return "Ông/bà đang nhập thay " + desk.Name + ". Nhật ký hồ sơ sẽ ghi rõ là nhập thay."
}

func kindOf(code string) association.Kind {
	k, _ := association.ByCode(association.KindCode(code))
	return k
}

func groupOptions(r *http.Request, tx *db.Tx) ([]ui.Option, error) {
	groups, err := ward.Groups(r.Context(), tx)
	if err != nil {
		return nil, err
	}
	list := make([]ui.Option, len(groups))
	for i, g := range groups {
		list[i] = ui.Option{Value: idText(g.ID), Label: g.Name}
	}
	return list, nil
}

type chooseView struct {
	Title string
	Links []ui.Link
}

func chooseDesk(desks []association.Association) chooseView {
	v := chooseView{Title: "Thêm hội viên cho hội nào?"}
	for _, d := range desks {
		v.Links = append(v.Links, ui.Link{Label: d.Name, URL: href.With(href.MemberAdd, kit.AssociationParam, idText(d.ID))})
	}
	return v
}

// parseNew reads the form of a new member.
func parseNew(r *http.Request, desk association.Association) (member.NewMember, error) {
	f, err := parseFields(r, kindOf(desk.Kind))
	return member.NewMember{Association: desk.ID, Branch: kit.QueryID[authz.BranchID](r, member.FieldBranch), Fields: f, From: kit.Text(r, "noi_den")}, err
}

// likely looks for the typed person on the association's own roster. What cannot be read yet finds nobody.
func (p pages) likely(r *http.Request, tx *db.Tx, desk association.Association) ([]likelyView, error) {
	in, _ := parseNew(r, desk) // complaints are shown by the form itself
	if in.Name.Full() == "" && in.Phone == "" && in.IDNumber == "" {
		return nil, nil
	}
	found, err := member.Likely(r.Context(), tx, p.keys, in, 0)
	if err != nil {
		return nil, err
	}
	list := make([]likelyView, len(found))
	for i, l := range found {
		rest := []string{}
		if b := l.Birth.Display(); b != "" {
			rest = append(rest, "sinh "+b)
		}
		rest = append(rest, lowerFirst(l.Branch))
		if !l.Status.Live() {
			rest = append(rest, strings.ToLower(statusTag(l.Status, l.EndedHow).Text))
		}
		if l.SamePhone {
			rest = append(rest, "cùng số điện thoại")
		}
		list[i] = likelyView{Title: vi.Sentence(l.Sex.Title()), Name: l.FullName, URL: href.Member(l.ID), Rest: ", " + strings.Join(rest, ", ") + "."}
	}
	return list, nil
}

func (p pages) add(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	again := func(err error) (kit.Reply, error) {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.addPage(r, tx, err) })
	}
	desk, err := p.kit.Desk(r, authz.WriteRoster)
	if err != nil || desk.ID == 0 {
		return kit.Reply{}, orMissing(err)
	}
	in, err := parseNew(r, desk)
	if err = alsoDomain(r, tx, in, err); err != nil {
		return again(err)
	}
	if r.PostFormValue(anyway) == "" {
		if found, err := p.likely(r, tx, desk); err != nil || len(found) > 0 {
			return again(orElse(err, fault.At(anyway, "Có thể người này đã có trong danh sách. Xin xem phần “Có thể đã có trong danh sách” rồi quyết định.")))
		}
	}
	done, err := member.Add(r.Context(), tx, p.keys, in)
	if err != nil {
		return again(err)
	}
	m, err := member.Get(r.Context(), tx, done.ID)
	if err != nil {
		return kit.Reply{}, err
	}
	reply := kit.Redirect(href.Member(done.ID)).Undo(undoBar(done, "Đã thêm "+m.Called()+" vào "+lowerFirst(m.Branch)+"."))
	if w := m.Warnings(kindOf(desk.Kind), tx.Today()); len(w) > 0 {
		return reply.Flash(ui.Warn, "Đã lưu. "+w[0].Message), nil
	}
	return reply, nil
}

func orMissing(err error) error {
	if err != nil {
		return err
	}
	return fault.Missing()
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// alsoDomain adds the domain's complaints to those of reading, so that people see everything at once.
func alsoDomain(r *http.Request, tx *db.Tx, in member.NewMember, err error) error {
	var p fault.Problems
	if err := p.Merge(err); err != nil {
		return err
	}
	if err := p.Merge(member.Check(r.Context(), tx, in)); err != nil {
		return err
	}
	return p.Err()
}

// undoBar is the bar that takes an act back for half a minute.
func undoBar(d member.Done, text string) ui.Undo {
	return ui.Undo{Text: text, Action: href.MemberUndo, Fields: []ui.Pair{{Name: "viec", Value: strconv.FormatInt(d.Change, 10)}}, Seconds: int(member.UndoFor.Seconds())}
}

func (p pages) undo(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	change, err := kit.Number(r, "viec")
	if err != nil {
		return kit.Reply{}, err
	}
	done, err := member.Undo(r.Context(), tx, change)
	if err != nil {
		return kit.Reply{}, err
	}
	m, err := member.Get(r.Context(), tx, done.ID)
	if err != nil {
		return kit.Reply{}, err
	}
	to := href.Member(done.ID)
	if m.Status == member.Mistake {
		to = href.MembersOf(m.AssociationID)
	}
	return kit.Redirect(to).Flash(ui.Good, "Đã hoàn tác. Hồ sơ của "+m.Called()+" trở lại như trước."), nil
}

func (p pages) editForm(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.editPage(r, tx, nil) }

func (p pages) editPage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	m, desk, err := p.load(r, tx, authz.WriteRoster)
	if err != nil {
		return kit.Reply{}, err
	}
	in := formInput{errs: kit.Errors(failed), kind: kindOf(m.Kind), typed: storedTyped(m.Fields)}
	if in.groups, err = groupOptions(r, tx); err != nil {
		return kit.Reply{}, err
	}
	v := editView{
		Title: "Sửa hồ sơ " + m.Called(), Action: href.MemberDo(m.ID, "sua"), Submit: "Lưu thay đổi", Back: href.Member(m.ID), Cancel: href.Member(m.ID),
		Errors: in.errs, Version: strconv.Itoa(m.Version), OnBehalf: onBehalf(tx, desk),
	}
	if failed != nil {
		in.typed, v.Version = postedTyped(r), r.PostFormValue("version")
	}
	v.Form = buildForm(in)
	if m.IDTail != "" {
		v.Form.IDInput.Hint = "Đang lưu số có 4 số cuối " + m.IDTail + ". Để trống thì giữ nguyên."
	}
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Members, Trail: trail(m.Association, m.Branch, m.Name.Full()), Failed: failed != nil,
		Status: ui.Status{Icon: "lock", Text: "Chỉ cán bộ được giao thấy"}}, editBody(v)), nil
}

// load reads the membership of the address and its association, and checks the right to the act.
func (p pages) load(r *http.Request, tx *db.Tx, action authz.Action) (member.Member, association.Association, error) {
	id, err := kit.PathID[member.ID](r, "id")
	if err != nil {
		return member.Member{}, association.Association{}, err
	}
	m, err := member.Get(r.Context(), tx, id)
	if err != nil {
		return member.Member{}, association.Association{}, err
	}
	if !authz.Can(tx.Who(), action, m.Scope()) {
		return member.Member{}, association.Association{}, fault.Denied()
	}
	desk, _ := p.kit.FactsOf(r.Context()).Association(m.AssociationID)
	return m, desk, nil
}

func (p pages) edit(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	m, _, err := p.load(r, tx, authz.WriteRoster)
	if err != nil {
		return kit.Reply{}, err
	}
	version, err := kit.Version(r)
	if err != nil {
		return kit.Reply{}, err
	}
	fields, err := p.fieldsToSave(r, tx, m)
	if err == nil {
		var done member.Done
		if done, err = member.ChangeFields(r.Context(), tx, p.keys, member.Edit{ID: m.ID, Version: version, Fields: fields}); err == nil {
			return p.saved(r, tx, done, fields)
		}
	}
	if fault.Is(err, fault.Conflict) {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.conflictPage(r, tx) })
	}
	return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.editPage(r, tx, err) })
}

func (p pages) saved(r *http.Request, tx *db.Tx, done member.Done, fields member.Fields) (kit.Reply, error) {
	if done.Change == 0 {
		return kit.Redirect(href.Member(done.ID)).Flash(ui.Info, "Không có gì thay đổi."), nil
	}
	m, err := member.Get(r.Context(), tx, done.ID)
	if err != nil {
		return kit.Reply{}, err
	}
	reply := kit.Redirect(href.Member(done.ID)).Undo(undoBar(done, "Đã lưu hồ sơ "+m.Called()+"."))
	if w := fields.Warnings(kindOf(m.Kind), tx.Today()); len(w) > 0 {
		return reply.Flash(ui.Warn, "Đã lưu. "+w[0].Message), nil
	}
	return reply, nil
}
