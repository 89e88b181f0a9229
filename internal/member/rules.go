package member

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// Names of form fields that complaints point at.
const (
	FieldName       = "ten"
	FieldAlias      = "bi_danh"
	FieldSex        = "gioi_tinh"
	FieldBirth      = "ngay_sinh"
	FieldBegan      = "dien"
	FieldJoined     = "vao_hoi"
	FieldBranch     = "chi_hoi"
	FieldClass      = "loai"
	FieldCard       = "so_the"
	FieldPhone      = "dien_thoai"
	FieldPhoneOwner = "cua_ai"
	FieldAddress    = "dia_chi"
	FieldGroup      = "to_dan_pho"
	FieldNote       = "ghi_chu"
	FieldID         = "so_dinh_danh"
	FieldDay        = "ngay"
	FieldReason     = "ly_do"
	FieldHow        = "cach"
)

// ProfileField is the form name of a special field of the kind.
func ProfileField(code string) string { return "hs_" + code }

var _ = []struct{}{
	db.Explain("person_name_length", FieldName, "Tên dài quá 60 ký tự, hoặc họ và tên đệm dài quá 100 ký tự. Hãy kiểm tra lại."),
	db.Explain("person_alias_length", FieldAlias, "Tên thường gọi dài quá 100 ký tự."),
	db.Explain("person_birth_range", FieldBirth, "Năm sinh phải từ 1900 trở lại đây."),
	db.Explain("person_died_order", FieldDay, "Ngày mất không thể trước ngày sinh."),
	db.Explain("membership_person_unique", FieldName, "Người này đang có trong danh sách của hội."),
	db.Explain("membership_id_unique", FieldID, "Số định danh này đã ghi cho một hội viên khác của hội."),
	db.Explain("membership_joined_age", FieldJoined, "Năm vào hội phải sau năm sinh ít nhất 14 năm."),
	db.Explain("membership_branch_fkey", FieldBranch, "Chọn một chi hội của hội."),
	db.Explain("membership_group_fkey", FieldGroup, "Chọn một tổ dân phố của phường."),
	db.Explain("membership_card_length", FieldCard, "Số thẻ dài quá 40 ký tự."),
	db.Explain("membership_phone_owner_length", FieldPhoneOwner, "Ghi ngắn gọn, tối đa 100 ký tự."),
	db.Explain("membership_address_length", FieldAddress, "Chỗ ở dài quá 300 ký tự."),
	db.Explain("membership_note_length", FieldNote, "Ghi chú dài quá 4.000 ký tự."),
	db.Explain("membership_span_dates_order", FieldDay, "Ngày này không thể trước ngày vào hội."),
	db.Explain("membership_span_reason_length", FieldReason, "Lý do dài quá 500 ký tự, hoặc nơi đi, nơi đến dài quá 200 ký tự."),
	db.Explain("membership_branch_dates_order", FieldDay, "Ngày này không thể trước lần chuyển chi hội trước."),
	db.Explain("membership_branch_reason_length", FieldReason, "Lý do dài quá 500 ký tự."),
	db.Explain("membership_state_dates_order", FieldDay, "Ngày này không thể trước ngày bắt đầu miễn sinh hoạt."),
	db.Explain("membership_state_reason_length", FieldReason, "Lý do dài quá 500 ký tự."),
}

// Warning is something that may be right and should be looked at; it never blocks.
type Warning struct{ Field, Message string }

// clean normalises the fields in place: text to NFC, phone to national digits, empty answers removed.
func (f *Fields) clean() {
	f.Name = vi.Name{FamilyMiddle: vi.Clean(f.Name.FamilyMiddle), Given: vi.Clean(f.Name.Given)}
	if f.Name.Given == "" && f.Name.FamilyMiddle != "" {
		f.Name = vi.SplitName(f.Name.FamilyMiddle)
	}
	f.Alias, f.Card, f.Address = vi.Clean(f.Alias), vi.Clean(f.Card), vi.Clean(f.Address)
	f.PhoneOwner, f.Note = vi.Clean(f.PhoneOwner), vi.CleanMultiline(f.Note)
	if f.Class == "" {
		f.Class = Full
	}
	if p, err := vi.ParsePhone(f.Phone); err == nil {
		f.Phone = p.Number
		if f.PhoneOwner == "" {
			f.PhoneOwner = p.Owner
		}
	}
	profile := map[string]string{}
	for code, value := range f.Profile {
		profile[code] = vi.Clean(value)
	}
	f.Profile = profile
}

// check says what is wrong with cleaned fields, at their form names. Joining is only checked against the birth and today.
func (f *Fields) check(kind association.Kind, today time.Time) *fault.Problems {
	p := &fault.Problems{}
	switch {
	case f.Name.Full() == "":
		p.Add(FieldName, "Ông/bà cần nhập họ và tên")
	default:
		if err := vi.ValidName(f.Name.Full()); err != nil {
			p.Add(FieldName, err.Error())
		}
	}
	if !slices.Contains([]Sex{"", Male, Female}, f.Sex) {
		p.Add(FieldSex, "Chọn nam hoặc nữ.")
	}
	f.checkDates(p, today)
	if !slices.Contains(Ways, f.Began) {
		p.Add(FieldBegan, "Ông/bà cần chọn diện vào hội")
	}
	if !slices.Contains(Classes, f.Class) {
		p.Add(FieldClass, "Chọn loại hội viên.")
	}
	if _, err := vi.ParsePhone(f.Phone); err != nil {
		p.Add(FieldPhone, err.Error())
	}
	if _, err := vi.ParseID(f.IDNumber); err != nil {
		p.Add(FieldID, err.Error())
	}
	tooLong(p, FieldAlias, f.Alias, 100, "Tên thường gọi")
	tooLong(p, FieldCard, f.Card, 40, "Số thẻ")
	tooLong(p, FieldAddress, f.Address, 300, "Chỗ ở")
	tooLong(p, FieldNote, f.Note, 4000, "Ghi chú")
	tooLong(p, FieldPhoneOwner, f.PhoneOwner, 100, "Chủ điện thoại")
	for _, code := range slices.Sorted(maps.Keys(f.Profile)) {
		if field, ok := kind.Field(code); ok {
			checkProfile(p, field, f.Profile[code], today)
		} else {
			delete(f.Profile, code)
		}
	}
	return p
}

func tooLong(p *fault.Problems, field, text string, limit int, what string) {
	if utf8.RuneCountInString(text) > limit {
		p.Add(field, what+" dài quá "+vi.Int(limit)+" ký tự.")
	}
}

func (f *Fields) checkDates(p *fault.Problems, today time.Time) {
	if err := pastDay(f.Birth, today); err != nil {
		p.Add(FieldBirth, err.Error())
	}
	if err := pastDay(f.Joined, today); err != nil {
		p.Add(FieldJoined, err.Error())
	} else if !f.Birth.IsZero() && !f.Joined.IsZero() && f.Joined.Year < f.Birth.Year+14 {
		p.Add(FieldJoined, "Năm vào hội phải sau năm sinh ít nhất 14 năm.")
	}
}

// pastDay refuses a day that the calendar lacks, before 1900, or after today.
func pastDay(d vi.Date, today time.Time) error {
	if err := d.Valid(); err != nil {
		return err
	}
	return vi.CheckPast(d, today)
}

// checkProfile checks one answer of the special profile; the empty answer is always allowed.
func checkProfile(p *fault.Problems, field association.MemberField, value string, today time.Time) {
	if value == "" {
		return
	}
	name := ProfileField(field.Code)
	switch field.Kind {
	case association.FieldChoice:
		if _, ok := field.Choice(value); !ok {
			p.Add(name, "Chọn một mục trong danh sách.")
		}
	case association.FieldMulti:
		for code := range strings.SplitSeq(value, ",") {
			if _, ok := field.Choice(code); !ok {
				p.Add(name, "Chọn các mục trong danh sách.")
			}
		}
	case association.FieldBool:
		if value != "co" && value != "khong" {
			p.Add(name, "Chọn có hoặc không.")
		}
	case association.FieldYear:
		if y, err := strconv.Atoi(value); err != nil || y < 1900 || y > today.Year() {
			p.Add(name, "Nhập năm có bốn chữ số, ví dụ 1972.")
		}
	case association.FieldNumber:
		if n, err := strconv.Atoi(value); err != nil || n < 0 || n > 100000 {
			p.Add(name, "Nhập một số, ví dụ 36.")
		}
	case association.FieldDate:
		d, err := vi.ParseISO(value)
		if err = errors.Join(err, vi.CheckPast(d, today)); err != nil {
			p.Add(name, "Nhập ngày, tháng, năm; chỉ biết năm thì nhập năm.")
		}
	default:
		tooLong(p, name, value, 500, "Mục này")
	}
}

// Warnings says what may be right and should be looked at (handbook §3.2, §8.6, §8.8).
func (f Fields) Warnings(kind association.Kind, today time.Time) []Warning {
	var list []Warning
	if vi.VeryOld(f.Birth, today) {
		list = append(list, Warning{FieldBirth, "Tính ra đã 110 tuổi trở lên. Xin kiểm tra lại năm sinh."})
	}
	if age, ok := f.Birth.AgeIn(today.Year()); ok && kind.MinAgeWarn > 0 && age < kind.MinAgeWarn {
		list = append(list, Warning{FieldBirth, "Chưa đủ " + strconv.Itoa(kind.MinAgeWarn) + " tuổi. Vẫn lưu được, xin kiểm tra lại năm sinh."})
	}
	if kind.BornAfterWarn > 0 && f.Birth.Year > kind.BornAfterWarn {
		list = append(list, Warning{FieldBirth, "Sinh sau năm " + strconv.Itoa(kind.BornAfterWarn) + " thì ít khi thuộc diện của hội. Xin kiểm tra lại."})
	}
	if id, err := vi.ParseID(f.IDNumber); err == nil && id.Number != "" && !id.Agrees(viSex(f.Sex), f.Birth) {
		list = append(list, Warning{FieldID, "Số định danh không khớp với giới tính hoặc năm sinh. Giấy tờ cũ có khi như vậy; xin kiểm tra lại."})
	}
	return list
}

func viSex(s Sex) vi.Sex {
	switch s {
	case Male:
		return vi.Male
	case Female:
		return vi.Female
	default:
		return ""
	}
}

// split parts the profile into what may be read by all who read the roster and what is sealed.
func (f Fields) split(kind association.Kind) (open, sensitive map[string]string) {
	open, sensitive = map[string]string{}, map[string]string{}
	for code, value := range f.Profile {
		field, ok := kind.Field(code)
		switch {
		case !ok:
		case field.Sensitive:
			sensitive[code] = value
		case value != "":
			open[code] = value
		}
	}
	return open, sensitive
}

// effective is the day from which a half-known date counts: its earliest day, but not before floor.
func effective(d vi.Date, floor time.Time) time.Time {
	day := d.First()
	if day.Before(floor) {
		return floor
	}
	return day
}
