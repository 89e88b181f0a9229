package memberui

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// Fields of the form that settles a conflict, besides the typed ones.
const (
	fieldOpened = "mo_o_ban" // the version that the person had opened
	fieldBoth   = "giu_ca_hai"
)

// part is one field of the profile as the three columns compare it.
type part struct {
	name, label string
	show        func(member.Fields) string
	take        func(to *member.Fields, from member.Fields)
}

// partsOf lists the open fields that every form has, then the kind's own.
func partsOf(kind association.Kind, groups []ui.Option) []part {
	group := func(f member.Fields) string {
		for _, o := range groups {
			if f.Group != 0 && o.Value == idText(f.Group) {
				return o.Label
			}
		}
		return ""
	}
	list := []part{
		{member.FieldName, "Họ và tên", func(f member.Fields) string { return f.Name.Full() }, func(to *member.Fields, from member.Fields) { to.Name = from.Name }},
		{member.FieldAlias, "Tên thường gọi", func(f member.Fields) string { return f.Alias }, func(to *member.Fields, from member.Fields) { to.Alias = from.Alias }},
		{member.FieldSex, "Giới tính", func(f member.Fields) string { return f.Sex.Label() }, func(to *member.Fields, from member.Fields) { to.Sex = from.Sex }},
		{member.FieldBirth, "Ngày sinh", func(f member.Fields) string { return f.Birth.Display() }, func(to *member.Fields, from member.Fields) { to.Birth = from.Birth }},
		{member.FieldBegan, "Diện vào hội", func(f member.Fields) string { return f.Began.Label() }, func(to *member.Fields, from member.Fields) { to.Began = from.Began }},
		{member.FieldJoined, "Ngày vào hội", func(f member.Fields) string { return f.Joined.Display() }, func(to *member.Fields, from member.Fields) { to.Joined = from.Joined }},
		{member.FieldPhone, "Điện thoại", func(f member.Fields) string { return vi.PhoneDisplay(f.Phone) }, func(to *member.Fields, from member.Fields) { to.Phone = from.Phone }},
		{member.FieldPhoneOwner, "Điện thoại của ai", func(f member.Fields) string { return f.PhoneOwner }, func(to *member.Fields, from member.Fields) { to.PhoneOwner = from.PhoneOwner }},
		{member.FieldAddress, "Chỗ ở", func(f member.Fields) string { return f.Address }, func(to *member.Fields, from member.Fields) { to.Address = from.Address }},
		{member.FieldGroup, "Tổ dân phố", group, func(to *member.Fields, from member.Fields) { to.Group = from.Group }},
		{member.FieldClass, "Loại hội viên", func(f member.Fields) string { return f.Class.Label() }, func(to *member.Fields, from member.Fields) { to.Class = from.Class }},
		{member.FieldCard, "Số thẻ", func(f member.Fields) string { return f.Card }, func(to *member.Fields, from member.Fields) { to.Card = from.Card }},
		{member.FieldNote, "Ghi chú", func(f member.Fields) string { return f.Note }, func(to *member.Fields, from member.Fields) { to.Note = from.Note }},
	}
	for _, m := range kind.MemberFields {
		if !m.Sensitive {
			list = append(list, part{
				member.ProfileField(m.Code), m.Label, func(f member.Fields) string { return answerText(m, f.Profile[m.Code]) },
				func(to *member.Fields, from member.Fields) { setAnswer(to, m.Code, from.Profile[m.Code]) },
			})
		}
	}
	return list
}

func setAnswer(f *member.Fields, code, value string) {
	if f.Profile == nil {
		f.Profile = map[string]string{}
	}
	f.Profile[code] = value
}

// merge keeps what only one side changed. Where both changed a field it takes the answer of choose, and lists the field when
// choose has none.
func merge(parts []part, opened, mine, now member.Fields, choose func(name string) string) (merged member.Fields, open []part) {
	merged = mine
	profile := map[string]string{}
	for code, value := range mine.Profile {
		profile[code] = value
	}
	merged.Profile = profile
	for _, p := range parts {
		o, m, n := p.show(opened), p.show(mine), p.show(now)
		switch {
		case m == n:
		case m == o:
			p.take(&merged, now)
		case n == o:
		default:
			switch choose(p.name) {
			case ui.ConflictOpened:
				p.take(&merged, opened)
			case ui.ConflictMine:
			case ui.ConflictNow:
				p.take(&merged, now)
			default:
				open = append(open, p)
			}
		}
	}
	return merged, open
}

// fieldsToSave reads the form of a change. When it settles a conflict, the typed fields are merged with what is stored now.
func (p pages) fieldsToSave(r *http.Request, tx *db.Tx, m member.Member) (member.Fields, error) {
	mine, err := parseFields(r, kindOf(m.Kind))
	if err != nil || r.PostFormValue(fieldOpened) == "" {
		return mine, err
	}
	opened, groups, err := p.sides(r, tx, m.ID, fieldOpened)
	if err != nil {
		return mine, err
	}
	merged, open := merge(partsOf(kindOf(m.Kind), groups), opened.Fields, tidy(mine), m.Fields, func(name string) string { return r.PostFormValue("chon-" + name) })
	if len(open) > 0 {
		return mine, fault.Stale()
	}
	if r.PostFormValue(fieldBoth) != "" && mine.Note != m.Note {
		merged.Note = strings.TrimSpace(m.Note + "\n" + mine.Note)
	}
	return merged, nil
}

// tidy writes a typed phone as it would be stored, so that the same number looks the same.
func tidy(f member.Fields) member.Fields {
	if phone, err := vi.ParsePhone(f.Phone); err == nil {
		f.Phone = phone.Number
	}
	return f
}

// sides reads what the person had opened, whose version stands in the named field.
func (p pages) sides(r *http.Request, tx *db.Tx, id member.ID, field string) (member.Past, []ui.Option, error) {
	version, err := strconv.Atoi(r.PostFormValue(field))
	if err != nil || version < 1 {
		return member.Past{}, nil, fault.New(fault.Malformed, "Biểu mẫu gửi lên không đọc được. Xin mở lại trang và thử lại.")
	}
	past, err := member.AtVersion(r.Context(), tx, id, version)
	if err != nil {
		return member.Past{}, nil, err
	}
	groups, err := groupOptions(r, tx)
	return past, groups, err
}

type conflictView struct {
	Lead, Count, Action, Drop string
	Columns                   ui.ConflictView
	Hidden                    []ui.Pair
	Both                      *ui.Check
	Events                    []ui.Event
}

// conflictPage is the page of three columns: as opened, as typed, as it is now. Nothing typed is lost: it travels in the form.
func (p pages) conflictPage(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	id, err := kit.PathID[member.ID](r, "id")
	if err != nil {
		return kit.Reply{}, err
	}
	m, err := member.Get(r.Context(), tx, id)
	if err != nil {
		return kit.Reply{}, err
	}
	from := "version"
	if r.PostFormValue(fieldOpened) != "" {
		from = fieldOpened
	}
	opened, groups, err := p.sides(r, tx, id, from)
	if err != nil {
		return kit.Reply{}, err
	}
	lines, err := member.Timeline(r.Context(), tx, id, 5)
	if err != nil {
		return kit.Reply{}, err
	}
	mine, _ := parseFields(r, kindOf(m.Kind)) // read once already; it was the version that was refused
	v := buildConflict(conflictInput{m: m, opened: opened, mine: tidy(mine), lines: lines, parts: partsOf(kindOf(m.Kind), groups), today: tx.Today()})
	v.Hidden = append(carry(r), ui.Pair{Name: "version", Value: strconv.Itoa(m.Version)}, ui.Pair{Name: fieldOpened, Value: r.PostFormValue(from)})
	return kit.Work(kit.WorkPage{Title: "Có người vừa sửa cùng hồ sơ này", Active: href.Members, Trail: trail(m.Association, m.Branch, m.Name.Full())}, conflictBody(v)), nil
}

// carry takes the typed fields along as hidden inputs.
func carry(r *http.Request) []ui.Pair {
	var list []ui.Pair
	for name, values := range r.PostForm {
		if name == "version" || name == fieldOpened || name == fieldBoth || name == kit.FormKey || strings.HasPrefix(name, "chon-") {
			continue
		}
		for _, v := range values {
			list = append(list, ui.Pair{Name: name, Value: v})
		}
	}
	return list
}

type conflictInput struct {
	m      member.Member
	opened member.Past
	mine   member.Fields
	lines  []member.Change
	parts  []part
	today  time.Time
}

func buildConflict(in conflictInput) conflictView {
	_, open := merge(in.parts, in.opened.Fields, in.mine, in.m.Fields, func(string) string { return "" })
	v := conflictView{Action: href.MemberDo(in.m.ID, "sua"), Drop: href.Member(in.m.ID), Events: events(in.lines)}
	by, at := "Có người", ""
	if len(in.lines) > 0 {
		by, at = in.lines[0].ByName, whenOf(in.lines[0].At, in.today)
	}
	v.Lead = by + " đã lưu hồ sơ của " + in.m.Called() + " " + at + ", sau khi ông/bà mở trang. Những gì ông/bà nhập vẫn còn nguyên. Hãy chọn cho từng mục rồi lưu."
	switch len(open) {
	case 0:
		v.Lead = by + " đã lưu hồ sơ của " + in.m.Called() + " " + at + ", sau khi ông/bà mở trang. Hai bên sửa những mục khác nhau, nên giữ được cả hai."
		v.Count = "Không mục nào bị sửa trùng. Bấm lưu để giữ cả phần của ông/bà và phần vừa lưu."
	default:
		v.Count = "Những mục không bị sửa trùng đã được giữ nguyên. Còn " + strconv.Itoa(len(open)) + " mục cần chọn."
	}
	v.Columns.Opened = ui.Figure{Label: "Lúc ông/bà mở", Value: "bản lưu " + whenOf(in.opened.At, in.today)}
	v.Columns.Mine = ui.Figure{Label: "Ông/bà nhập", Value: "chưa lưu"}
	v.Columns.Now = ui.Figure{Label: "Hiện nay", Value: by + " lưu " + at}
	for _, p := range open {
		v.Columns.Fields = append(v.Columns.Fields, ui.ConflictField{
			Name: p.name, Label: p.label, Opened: p.show(in.opened.Fields), Mine: p.show(in.mine), Now: p.show(in.m.Fields), Choice: ui.ConflictMine,
		})
		if p.name == member.FieldNote && in.mine.Note != "" && in.m.Note != "" {
			v.Both = &ui.Check{Name: fieldBoth, Label: "Ghi chú: giữ cả hai câu, câu của tôi ở sau"}
		}
	}
	return v
}

// whenOf is "lúc 09:05" today, "lúc 09:05 ngày 27/11/2026" else.
func whenOf(at, today time.Time) string {
	if vi.ShortDate(at) == vi.ShortDate(today) {
		return "lúc " + vi.ClockTime(at)
	}
	return "lúc " + vi.ClockTime(at) + " ngày " + vi.ShortDate(at)
}

func events(lines []member.Change) []ui.Event {
	list := make([]ui.Event, len(lines))
	for i, l := range lines {
		text := l.Sentence + " – " + l.ByName
		if l.OnBehalf {
			text += " (nhập thay)"
		}
		list[i] = ui.Event{ISO: l.At.Format(time.RFC3339), When: vi.ShortDateTime(l.At), Text: text + "."}
	}
	return list
}
