package memberui

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/fault"
	"wardportal/internal/member"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// The form's own field beside those of the domain: the given name, where the guess of the last word is wrong.
const fieldGiven = "ten_goi"

// parseFields reads the form. Names of the fields are the domain's, so that its complaints find them; only what cannot be
// read at all is refused here. Sensitive answers are read too when the form has them.
func parseFields(r *http.Request, kind association.Kind) (member.Fields, error) {
	var p fault.Problems
	f := member.Fields{
		Name: parseName(kit.Text(r, member.FieldName), kit.Text(r, fieldGiven)), Alias: kit.Text(r, member.FieldAlias), Sex: member.Sex(r.FormValue(member.FieldSex)),
		Birth: kit.Date(r, member.FieldBirth, &p), Began: member.Began(r.FormValue(member.FieldBegan)), Joined: kit.Date(r, member.FieldJoined, &p),
		Class: member.Class(r.FormValue(member.FieldClass)), Card: kit.Text(r, member.FieldCard), Phone: kit.Text(r, member.FieldPhone),
		PhoneOwner: kit.Text(r, member.FieldPhoneOwner), Address: kit.Text(r, member.FieldAddress), Group: kit.QueryID[authz.GroupID](r, member.FieldGroup),
		Note: kit.Lines(r, member.FieldNote), IDNumber: kit.Text(r, member.FieldID), Profile: map[string]string{},
	}
	for _, field := range kind.MemberFields {
		if value, asked := parseProfile(r, field, &p); asked {
			f.Profile[field.Code] = value
		}
	}
	return f, p.Err()
}

// parseName splits the full name. A given name that ends the full one says where to split; otherwise the last word is it.
func parseName(full, given string) vi.Name {
	if rest, ok := strings.CutSuffix(full, given); ok && given != "" && (rest == "" || strings.HasSuffix(rest, " ")) {
		return vi.Name{FamilyMiddle: vi.Clean(rest), Given: given}
	}
	return vi.SplitName(full)
}

// parseProfile reads one special field; asked is false when the form did not have it.
func parseProfile(r *http.Request, field association.MemberField, p *fault.Problems) (value string, asked bool) {
	name := member.ProfileField(field.Code)
	switch field.Kind {
	case association.FieldDate:
		if _, ok := r.PostForm[name+"-nam"]; !ok {
			return "", false
		}
		return kit.Date(r, name, p).ISO(), true
	case association.FieldMulti: // an unticked list posts nothing, so the form says that it was there
		if r.PostFormValue(name+"-co") == "" {
			return "", false
		}
		var codes []string
		for _, c := range field.Choices {
			if slices.Contains(r.PostForm[name], c.Code) {
				codes = append(codes, c.Code)
			}
		}
		return strings.Join(codes, ","), true
	default:
		if _, ok := r.PostForm[name]; !ok {
			return "", false
		}
		return kit.Text(r, name), true
	}
}

// typed is what stands in the boxes: the stored fields, or what was posted.
type typed struct {
	name, given, alias, sex, began, class, card, phone, owner, address, group, note, id string
	birth, joined                                                                       ui.Date
	profile                                                                             func(association.MemberField) profileAnswer
}

type profileAnswer struct {
	text  string
	codes []string
	date  ui.Date
}

func storedTyped(f member.Fields) typed {
	return typed{
		name: f.Name.Full(), given: f.Name.Given, alias: f.Alias, sex: string(f.Sex), began: string(f.Began), class: string(f.Class), card: f.Card, phone: vi.PhoneDisplay(f.Phone),
		owner: f.PhoneOwner, address: f.Address, group: idText(f.Group), note: f.Note, birth: dateBoxes(member.FieldBirth, f.Birth), joined: dateBoxes(member.FieldJoined, f.Joined),
		profile: func(m association.MemberField) profileAnswer { return storedAnswer(m, f.Profile[m.Code]) },
	}
}

func storedAnswer(m association.MemberField, value string) profileAnswer {
	a := profileAnswer{text: value, date: dateBoxes(member.ProfileField(m.Code), vi.Date{})}
	switch m.Kind {
	case association.FieldMulti:
		a.codes = strings.Split(value, ",")
	case association.FieldDate:
		if d, err := vi.ParseISO(value); err == nil {
			a.date = dateBoxes(member.ProfileField(m.Code), d)
		}
	}
	return a
}

func postedTyped(r *http.Request) typed {
	t := typed{
		name: r.PostFormValue(member.FieldName), given: r.PostFormValue(fieldGiven), alias: r.PostFormValue(member.FieldAlias), sex: r.PostFormValue(member.FieldSex),
		began: r.PostFormValue(member.FieldBegan), class: r.PostFormValue(member.FieldClass), card: r.PostFormValue(member.FieldCard), phone: r.PostFormValue(member.FieldPhone),
		owner: r.PostFormValue(member.FieldPhoneOwner), address: r.PostFormValue(member.FieldAddress), group: r.PostFormValue(member.FieldGroup), note: r.PostFormValue(member.FieldNote),
		id: r.PostFormValue(member.FieldID), birth: postedDate(r, member.FieldBirth), joined: postedDate(r, member.FieldJoined),
	}
	t.profile = func(m association.MemberField) profileAnswer {
		name := member.ProfileField(m.Code)
		return profileAnswer{text: r.PostFormValue(name), codes: r.PostForm[name], date: kit.DateInput(r, ui.Date{Name: name})}
	}
	return t
}

func dateBoxes(name string, d vi.Date) ui.Date {
	box := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	return ui.Date{Name: name, Day: box(d.Day), Month: box(d.Month), Year: box(d.Year)}
}

// postedDate gives the boxes as typed. A year of two digits is offered in full, to be confirmed by saving again.
func postedDate(r *http.Request, name string) ui.Date {
	d := kit.DateInput(r, ui.Date{Name: name})
	if y, err := strconv.Atoi(strings.TrimSpace(d.Year)); err == nil && len(strings.TrimSpace(d.Year)) == 2 {
		full := strconv.Itoa(1900 + y)
		d.Year, d.Note = full, "Hiểu là năm "+full+", đúng không?"
	}
	return d
}

// profileInput is one special field as a form part; exactly one of the parts is set.
type profileInput struct {
	Select, Radios, Boxes *ui.Choice
	Text                  *ui.Input
	Date                  *ui.Date
	Present               string // name of the hidden field that says a list of boxes was there
}

// formView is the part of the page that adding and editing share.
type formView struct {
	Name, Given, Alias           ui.Input
	Sex, Began                   ui.Choice
	Birth, Joined                ui.Date
	Branch                       ui.Choice // without options: not asked
	Phone, PhoneOwner            ui.Input
	Address, Card, Note, IDInput ui.Input
	Group, Class                 ui.Choice
	Profile                      []profileInput
	ProfileTitle                 string
}

type formInput struct {
	typed    typed
	errs     ui.Errors
	kind     association.Kind
	branches []association.Branch
	branch   string
	groups   []ui.Option
	secrets  bool // sensitive fields are asked as well
}

func buildForm(in formInput) formView {
	t, e := in.typed, in.errs
	v := formView{
		Name:       ui.Input{Name: member.FieldName, Label: "Họ và tên", Hint: "Như trên giấy tờ, ví dụ: Nguyễn Thị An", Value: t.name, Error: e.For(member.FieldName), Autocomplete: "off"},
		Given:      ui.Input{Name: fieldGiven, Label: "Tên để xếp danh sách", Hint: "Thường là chữ cuối. Chỉ sửa khi tên có hai chữ trở lên.", Value: t.given, Width: "10", Autocomplete: "off"},
		Alias:      ui.Input{Name: member.FieldAlias, Label: "Tên thường gọi, bí danh (nếu có)", Value: t.alias, Error: e.For(member.FieldAlias), Autocomplete: "off"},
		Sex:        ui.Choice{Name: member.FieldSex, Label: "Giới tính", Value: t.sex, Error: e.For(member.FieldSex), Inline: true, Options: []ui.Option{{Value: "nam", Label: "Nam"}, {Value: "nu", Label: "Nữ"}}},
		Began:      ui.Choice{Name: member.FieldBegan, Label: "Vào hội theo diện nào?", Value: t.began, Error: e.For(member.FieldBegan)},
		Birth:      date(t.birth, "Ngày sinh", "Không nhớ ngày, tháng thì để trống hai ô đầu. Ví dụ: chỉ nhập năm 1946.", e),
		Joined:     date(t.joined, "Ngày vào hội", "Kết nạp mới, chuyển đến mà để trống là hôm nay. Không nhớ ngày, tháng thì chỉ nhập năm.", e),
		Branch:     ui.Choice{Name: member.FieldBranch, Label: "Chi hội", Value: in.branch, Error: e.For(member.FieldBranch)},
		Phone:      ui.Input{Name: member.FieldPhone, Label: "Điện thoại (nếu có)", Hint: "Của hội viên hoặc con cháu. Chỉ cán bộ hội và cán bộ phường được giao thấy số này.", Value: t.phone, Error: e.For(member.FieldPhone), Type: "tel", InputMode: "tel", Width: "20", Autocomplete: "off"},
		PhoneOwner: ui.Input{Name: member.FieldPhoneOwner, Label: "Điện thoại của ai", Hint: "Để trống nếu của chính hội viên. Ví dụ: con gái, chị Hương", Value: t.owner, Error: e.For(member.FieldPhoneOwner), Width: "20", Autocomplete: "off"},
		Address:    ui.Input{Name: member.FieldAddress, Label: "Chỗ ở", Hint: "Số nhà, đường, hẻm.", Value: t.address, Error: e.For(member.FieldAddress), Autocomplete: "off"},
		Card:       ui.Input{Name: member.FieldCard, Label: "Số thẻ hội viên", Value: t.card, Error: e.For(member.FieldCard), Width: "10", Autocomplete: "off"},
		Note:       ui.Input{Name: member.FieldNote, Label: "Ghi chú", Hint: "Không ghi bệnh tật, chế độ chính sách ở đây.", Value: t.note, Error: e.For(member.FieldNote), Rows: 3, Spell: true},
		IDInput:    ui.Input{Name: member.FieldID, Label: "Số định danh (CCCD)", Hint: "Không bắt buộc. Được mã hóa, danh sách chỉ hiện 4 số cuối.", Value: t.id, Error: e.For(member.FieldID), InputMode: "numeric", Width: "20", Autocomplete: "off"},
		Group:      ui.Choice{Name: member.FieldGroup, Label: "Tổ dân phố nơi ở", Value: t.group, Error: e.For(member.FieldGroup), Options: append([]ui.Option{{Label: "Chưa rõ"}}, in.groups...)},
		Class:      ui.Choice{Name: member.FieldClass, Label: "Loại hội viên", Value: t.class, Error: e.For(member.FieldClass)},
	}
	for _, b := range member.Ways {
		v.Began.Options = append(v.Began.Options, ui.Option{Value: string(b), Label: b.Label()})
	}
	for _, c := range member.Classes {
		v.Class.Options = append(v.Class.Options, ui.Option{Value: string(c), Label: c.Label()})
	}
	if len(in.branches) > 1 {
		v.Branch.Options = append(v.Branch.Options, ui.Option{Label: "Chọn chi hội"})
	}
	for _, b := range in.branches {
		v.Branch.Options = append(v.Branch.Options, ui.Option{Value: idText(b.ID), Label: branchLabel(b)})
	}
	for _, f := range in.kind.MemberFields {
		if !f.Sensitive || in.secrets {
			v.Profile = append(v.Profile, buildProfile(f, t.profile(f), e))
		}
	}
	v.ProfileTitle = in.kind.Name
	return v
}

// branchLabel is "Chi hội 3 (Tổ dân phố 3)".
func branchLabel(b association.Branch) string {
	if len(b.GroupNames) == 0 || len(b.GroupNames) > 3 {
		return b.Name
	}
	return b.Name + " (" + lowerFirst(strings.Join(b.GroupNames, ", ")) + ")"
}

func date(d ui.Date, label, hint string, e ui.Errors) ui.Date {
	d.Label, d.Hint, d.Error = label, hint, e.For(d.Name)
	return d
}

var yesNo = []ui.Option{{Value: "co", Label: "Có"}, {Value: "khong", Label: "Không"}, {Value: "", Label: "Chưa rõ"}}

func buildProfile(f association.MemberField, a profileAnswer, e ui.Errors) profileInput {
	name := member.ProfileField(f.Code)
	choice := func(first bool) *ui.Choice {
		c := &ui.Choice{Name: name, Label: f.Label, Hint: f.Hint, Value: a.text, Values: a.codes, Error: e.For(name)}
		if first {
			c.Options = append(c.Options, ui.Option{Label: "Chưa rõ"})
		}
		for _, x := range f.Choices {
			c.Options = append(c.Options, ui.Option{Value: x.Code, Label: x.Label})
		}
		return c
	}
	text := ui.Input{Name: name, Label: f.Label, Hint: f.Hint, Value: a.text, Error: e.For(name), Autocomplete: "off"}
	switch f.Kind {
	case association.FieldChoice:
		return profileInput{Select: choice(true)}
	case association.FieldMulti:
		return profileInput{Boxes: choice(false), Present: name + "-co"}
	case association.FieldBool:
		c := choice(false)
		c.Options, c.Inline = yesNo, true
		return profileInput{Radios: c}
	case association.FieldDate:
		d := date(a.date, f.Label, f.Hint, e)
		d.Name, d.Error = name, e.For(name)
		return profileInput{Date: &d}
	case association.FieldYear, association.FieldNumber:
		text.Width, text.InputMode = "5", "numeric"
	}
	return profileInput{Text: &text}
}

// answerText is a stored answer as people read it.
func answerText(f association.MemberField, value string) string {
	switch f.Kind {
	case association.FieldChoice, association.FieldMulti:
		var labels []string
		for code := range strings.SplitSeq(value, ",") {
			if c, ok := f.Choice(code); ok {
				labels = append(labels, c.Label)
			}
		}
		return strings.Join(labels, ", ")
	case association.FieldBool:
		return map[string]string{"co": "Có", "khong": "Không"}[value]
	case association.FieldDate:
		d, err := vi.ParseISO(value)
		if err != nil {
			return ""
		}
		return d.Display()
	default:
		return value
	}
}
