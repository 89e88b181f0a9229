package importui

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// Names of the row's own fields; the others are member's.
const (
	fieldDecision = "quyet_dinh"
	fieldState    = "tinh_trang"
)

type rowFormView struct {
	Back, Action, Title, Source string
	Errors                      ui.Errors
	Says                        []string // what the plan says of the row
	Tag                         ui.TagView
	Decision                    ui.Choice
	Name, Phone, Address        ui.Input
	Number, Note                ui.Input
	Sex, Branch, State          ui.Choice
	Birth, Joined, Day          ui.Date
}

func (p pages) rowForm(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.rowAgain(nil)(r, tx) }

// rowAgain is the form of a row: as it stands in the plan, or as it was typed when err refused it.
func (p pages) rowAgain(err error) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		run, desk, row, err2 := p.loadRow(r, tx)
		if err2 != nil {
			return kit.Reply{}, err2
		}
		if run.State != member.ImportPlanned {
			return kit.Redirect(href.Import(int64(run.ID))), nil
		}
		branches, err2 := association.Branches(r.Context(), tx, desk.ID, tx.Today())
		if err2 != nil {
			return kit.Reply{}, err2
		}
		errs := kit.Errors(err)
		v := buildRowForm(run, &row, branches, errs)
		if err != nil {
			v.typed(r)
		}
		return p.page(desk, "Sửa dòng "+vi.Int(row.Row), len(errs) > 0, rowBody(v)), nil
	}
}

func (p pages) loadRow(r *http.Request, tx *db.Tx) (member.Import, association.Association, member.ImportRow, error) {
	run, desk, err := p.load(r, tx)
	if err != nil {
		return run, desk, member.ImportRow{}, err
	}
	n, err := strconv.Atoi(chi.URLParam(r, "n"))
	if err != nil || n < 1 || n > 1<<30 {
		return run, desk, member.ImportRow{}, fault.Missing()
	}
	row, err := member.GetImportRow(r.Context(), tx, p.keys, run.ID, n)
	return run, desk, row, err
}

func buildRowForm(run member.Import, row *member.ImportRow, branches []association.Branch, errs ui.Errors) rowFormView {
	line := buildRow(int64(run.ID), row, branchNames(branches))
	v := rowFormView{
		Back: href.Import(int64(run.ID)), Action: href.ImportRow(int64(run.ID), row.N), Title: "Dòng " + line.Line, Source: line.Source,
		Errors: errs, Says: line.Lines, Tag: line.Tag,
		Name:    ui.Input{Name: member.FieldName, Label: "Họ và tên", Value: row.Name.Full(), Error: errs.For(member.FieldName)},
		Phone:   ui.Input{Name: member.FieldPhone, Label: "Điện thoại", Value: vi.PhoneDisplay(row.Phone), Error: errs.For(member.FieldPhone), Width: "20", Type: "tel"},
		Address: ui.Input{Name: member.FieldAddress, Label: "Chỗ ở", Value: row.Address, Error: errs.For(member.FieldAddress)},
		Number:  ui.Input{Name: member.FieldID, Label: "Số CCCD, CMND", Hint: "Để trống thì giữ số trong tệp, nếu có.", Error: errs.For(member.FieldID), Width: "20", InputMode: "numeric"},
		Note:    ui.Input{Name: member.FieldNote, Label: "Ghi chú", Value: row.Note, Error: errs.For(member.FieldNote), Rows: 2},
		Sex: ui.Choice{Name: member.FieldSex, Label: "Giới tính", Value: string(row.Sex), Inline: true, Error: errs.For(member.FieldSex),
			Options: []ui.Option{{Value: string(member.Female), Label: "Nữ"}, {Value: string(member.Male), Label: "Nam"}, {Value: "", Label: "Chưa rõ"}}},
		Branch: ui.Choice{Name: member.FieldBranch, Label: "Chi hội", Value: idText(row.Branch), Error: errs.For(member.FieldBranch), Options: branchOptions(branches, "Chưa rõ")},
		State: ui.Choice{Name: fieldState, Label: "Tình trạng", Value: row.Status, Options: []ui.Option{{Value: member.RowActive, Label: "Đang sinh hoạt"},
			{Value: member.RowDeceased, Label: "Đã mất"}, {Value: member.RowMoved, Label: "Đã chuyển đi"}, {Value: member.RowLeft, Label: "Đã ra khỏi hội"}}},
		Birth:  dateOf(member.FieldBirth, "Ngày sinh", row.Birth, errs),
		Joined: dateOf(member.FieldJoined, "Ngày vào hội", row.Joined, errs),
		Day:    dateOf(member.FieldDay, "Ngày mất, chuyển đi hoặc ra khỏi hội", row.On, errs),
	}
	v.Decision = ui.Choice{Name: fieldDecision, Label: "Dòng này", Value: row.Decision, Options: []ui.Option{{Value: "", Label: "Ghi theo bản xem trước"}}}
	for _, c := range row.Candidates {
		v.Decision.Options = append(v.Decision.Options, ui.Option{Value: member.DecideAs + idText(c.ID), Label: "Là " + c.Label})
	}
	v.Decision.Options = append(v.Decision.Options, ui.Option{Value: member.DecideNew, Label: "Là người chưa có trong danh sách: thêm mới"}, ui.Option{Value: member.DecideSkip, Label: "Bỏ qua, không ghi"})
	return v
}

func dateOf(name, label string, d vi.Date, errs ui.Errors) ui.Date {
	part := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	return ui.Date{Name: name, Label: label, Error: errs.For(name), Day: part(d.Day), Month: part(d.Month), Year: part(d.Year)}
}

// typed puts back what was typed into a form that was refused.
func (v *rowFormView) typed(r *http.Request) {
	for _, in := range []*ui.Input{&v.Name, &v.Phone, &v.Address, &v.Number, &v.Note} {
		in.Value = r.PostFormValue(in.Name)
	}
	for _, c := range []*ui.Choice{&v.Decision, &v.Sex, &v.Branch, &v.State} {
		c.Value = r.PostFormValue(c.Name)
	}
	v.Birth, v.Joined, v.Day = kit.DateInput(r, v.Birth), kit.DateInput(r, v.Joined), kit.DateInput(r, v.Day)
}

// saveRow writes a corrected row into the plan. A row that is only set aside is not checked.
func (p pages) saveRow(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	run, _, row, err := p.loadRow(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	o, err := member.ImportOptions(r.Context(), tx, run.AssociationID)
	if err != nil {
		return kit.Reply{}, err
	}
	c := member.RowCorrection{Decision: r.PostFormValue(fieldDecision)}
	if !validDecision(c.Decision) {
		c.Decision = ""
	}
	if c.Decision != member.DecideSkip {
		if err := parseRow(r, row, &c); err != nil {
			return kit.Redo(err, p.rowAgain(err))
		}
	}
	err = member.CorrectRows(r.Context(), tx, p.keys, o, run.ID, map[int]member.RowCorrection{row.N: c})
	var refused *fault.Error
	if errors.As(err, &refused) && len(refused.Fields) > 0 {
		return kit.Redo(err, p.rowAgain(err))
	}
	return kit.Redirect(href.Import(int64(run.ID))).Flash(ui.Good, "Đã lưu dòng "+vi.Int(row.Row)+" vào bản xem trước. Danh sách chưa thay đổi."), err
}

// parseRow reads the form over the row: what the form does not ask stays as the file has it.
func parseRow(r *http.Request, row member.ImportRow, c *member.RowCorrection) error {
	problems := &fault.Problems{}
	f := row.Fields
	if full := kit.Text(r, member.FieldName); full != row.Name.Full() {
		f.Name = vi.SplitName(full)
	}
	f.Sex = member.Sex(r.PostFormValue(member.FieldSex))
	f.Birth, f.Joined = kit.Date(r, member.FieldBirth, problems), kit.Date(r, member.FieldJoined, problems)
	f.Phone, f.Address, f.Note, f.IDNumber = kit.Text(r, member.FieldPhone), kit.Text(r, member.FieldAddress), kit.Lines(r, member.FieldNote), kit.Text(r, member.FieldID)
	if f.Phone == "" {
		f.PhoneOwner = ""
	}
	c.Fields = &f
	c.Branch = kit.QueryID[member.BranchID](r, member.FieldBranch)
	c.Status, c.On = r.PostFormValue(fieldState), kit.Date(r, member.FieldDay, problems)
	if c.Status != member.RowActive && c.Status != member.RowDeceased && c.Status != member.RowMoved && c.Status != member.RowLeft {
		c.Status = member.RowActive
	}
	if c.Status == member.RowActive {
		c.On = vi.Date{}
	}
	return problems.Err()
}
