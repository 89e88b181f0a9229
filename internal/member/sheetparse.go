package member

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"wardportal/internal/association"
	"wardportal/internal/sheet"
	"wardportal/internal/vi"
)

// person reads one line.
func (t *tableReader) person(row int) SheetRow {
	r := SheetRow{Sheet: t.d.Name, Row: row + 1, Status: RowActive, Level: LevelOK}
	r.Class, r.Profile = Full, map[string]string{}
	t.readName(&r, row)
	t.readBirth(&r, row)
	t.readSex(&r, row)
	t.readPlace(&r, row)
	t.readJoined(&r, row)
	t.readPhone(&r, row)
	t.readID(&r, row)
	r.Address, r.Card = t.value(row, UseAddress), t.value(row, UseCard)
	r.Class = classOf(t.value(row, UseClass))
	t.readStatus(&r, row)
	t.readKind(&r, row)
	t.readRest(&r, row)
	t.judge(&r)
	if t.g.s.RowHidden(row) {
		r.because(LevelWarn, "hidden-row", "")
	}
	return r
}

// classOf is the class of membership that a cell names; full where it names none.
func classOf(s string) Class {
	f := vi.Fold(s)
	for _, c := range Classes {
		if f != "" && strings.Contains(f, vi.Fold(c.Label())) {
			return c
		}
	}
	return Full
}

// value is the repaired text of the column of a use; "" without such a column.
func (t *tableReader) value(row int, use string) string {
	col := t.at(use)
	if col < 0 {
		return ""
	}
	s := t.g.text(row, col)
	if strings.Trim(s, "-–./ ") == "" {
		return ""
	}
	return s
}

func (t *tableReader) readName(r *SheetRow, row int) {
	full := t.rawName(row)
	if col := t.at(UseName); col >= 0 {
		r.Source = strings.TrimSpace(t.g.cell(row, col).Text)
	} else {
		r.Source = strings.TrimSpace(t.rawCell(row, UseFamily) + " " + t.rawCell(row, UseGiven))
	}
	title, rest := vi.StripTitle(full)
	rest, alias := vi.SplitAlias(rest)
	rest, remark := nameRemark(rest)
	given := ""
	if col := t.at(UseGiven); col >= 0 && t.at(UseFamily) >= 0 {
		given, _ = vi.SplitAlias(t.g.name(row, col))
		given, _ = nameRemark(given)
	}
	if vi.OneCase(rest) {
		rest, given = vi.TitleName(rest), vi.TitleName(given)
	}
	if vi.OneCase(alias) {
		alias = vi.TitleName(alias)
	}
	r.Name = vi.SplitName(rest)
	if family, ok := strings.CutSuffix(rest, given); ok && given != "" {
		r.Name = vi.Name{FamilyMiddle: strings.TrimSpace(family), Given: given}
	}
	r.Alias = alias
	if s := t.value(row, UseAlias); s != "" && r.Alias == "" {
		if vi.OneCase(s) {
			s = vi.TitleName(s)
		}
		r.Alias = s
	}
	r.set("title", title)
	r.set("alias", r.Alias)
	if remark != "" {
		t.readRemark(r, remark)
	}
	switch {
	case r.Name.Full() == "" || r.Name.FamilyMiddle == "" && t.at(UseFamily) >= 0:
		r.because(LevelError, "name-missing", full)
	case vi.ValidName(rest) != nil:
		r.because(LevelError, "name-invalid", full)
	case r.Name.FamilyMiddle == "":
		r.because(LevelWarn, "name-one-word", full)
	case strings.ContainsAny(rest, "0123456789@#/=+"):
		r.because(LevelWarn, "name-strange", full)
	}
}

func (t *tableReader) rawCell(row int, use string) string {
	if col := t.at(use); col >= 0 {
		return t.g.cell(row, col).Text
	}
	return ""
}

var nameBracket = regexp.MustCompile(`^(.*\S)\s*[(\[]([^()\[\]]*)[)\]]?\s*$`)

// nameRemark cuts a remark in brackets off a name, which SplitAlias leaves: "(đã mất)".
func nameRemark(s string) (name, remark string) {
	if m := nameBracket.FindStringSubmatch(s); m != nil {
		return strings.TrimRight(m[1], " -,"), m[2]
	}
	return s, ""
}

// dateRead is a date cell as read.
type dateRead struct {
	vi.ParsedDate
	raw string // what the cell holds, where it is no date
	bad bool
}

var (
	decimalMonth = regexp.MustCompile(`^(\d{1,2})\.((?:19|20)\d\d)$`)
	twoDigits    = regexp.MustCompile(`^\d{2}$`)
	eightDigits  = regexp.MustCompile(`^(\d{2})(\d{2})((?:18|19|20)\d{2})$`)
)

// date reads a cell that holds a day, month or year. How much of a real date is known stands in its number format.
func (t *tableReader) date(row, col, latest int) dateRead {
	c := t.g.cell(row, col)
	text := t.g.text(row, col)
	switch c.Kind {
	case sheet.Empty:
		return dateRead{}
	case sheet.Date:
		day := vi.DayOf(c.Time())
		out := vi.ParsedDate{Date: day}
		switch c.Precision() {
		case sheet.Year:
			out.Date = vi.Date{Year: day.Year}
		case sheet.Month:
			out.Date = vi.Date{Year: day.Year, Month: day.Month}
		default:
			out.NewYearsDay = day.Month == 1 && day.Day == 1
		}
		return dateRead{ParsedDate: out}
	case sheet.Number:
		text = c.Raw
		if n := c.Number; n == float64(int(n)) && n >= 3654 && n < 60000 { // a day number that lost its format: from 1910 on
			d, err := vi.FromExcelSerial(n, false)
			return dateRead{ParsedDate: vi.ParsedDate{Date: d, NewYearsDay: d.Month == 1 && d.Day == 1}, raw: text, bad: err != nil}
		}
		if m := decimalMonth.FindStringSubmatch(text); m != nil {
			text = m[1] + "/" + m[2]
		}
	}
	if m := eightDigits.FindStringSubmatch(text); m != nil {
		text = m[1] + "/" + m[2] + "/" + m[3]
	}
	if strings.Trim(text, "0/.-_ ") == "" { // "00/00/0000": nothing is known
		return dateRead{raw: text}
	}
	if twoDigits.MatchString(text) { // "42": the last such year
		yy, _ := strconv.Atoi(text)
		year := latest - ((latest-yy)%100+100)%100
		return dateRead{ParsedDate: vi.ParsedDate{Date: vi.Date{Year: year}, TwoDigitYear: true}}
	}
	d, err := vi.ParseDate(text, latest)
	if err != nil {
		return dateRead{raw: text, bad: true}
	}
	return dateRead{ParsedDate: d}
}

// latestBirth is the last year that a birth written with two digits may mean: nobody joins the elderly at twenty.
func (t *tableReader) latestBirth() int {
	k := t.rd.o.Kind
	switch {
	case k.MinAgeWarn > 0:
		return t.year() - k.MinAgeWarn + 20
	case k.BornAfterWarn > 0:
		return k.BornAfterWarn + 15
	}
	return t.year()
}

func (t *tableReader) readBirth(r *SheetRow, row int) {
	d := t.birth(r, row)
	switch {
	case d.bad:
		r.set("raw_birth", d.raw)
		r.because(LevelError, "birth-invalid", d.raw)
		return
	case d.IsZero():
		r.set("raw_birth", d.raw)
		if !t.estimateBirth(r, row) {
			r.because(LevelWarn, "birth-missing", "")
		}
		return
	}
	if err := vi.CheckPast(d.Date, t.rd.o.Today); err != nil {
		r.set("raw_birth", d.Display())
		r.because(LevelError, "birth-out-of-range", d.Display())
		return
	}
	r.Birth = d.Date
	if year, changed := d.YearIfNewYearsDay(); changed {
		r.set("alt_birth", d.ISO())
		r.Birth = year
		r.because(LevelWarn, "birth-jan1", d.Display())
	}
	if d.TwoDigitYear {
		r.because(LevelWarn, "birth-two-digit-year", d.Display())
	}
	if d.Estimated {
		r.because(LevelWarn, "birth-estimated", d.Display())
	}
}

// birth finds the date of birth: in its column, in three, or in the column of the sex.
func (t *tableReader) birth(r *SheetRow, row int) dateRead {
	if col := t.at(UseBirth); col >= 0 {
		if d := t.date(row, col, t.latestBirth()); !d.IsZero() || d.bad {
			return d
		}
	}
	if col := t.at(UseBirthYear); col >= 0 {
		return t.birthParts(row, col)
	}
	if !t.birthBySex() || t.sexAges {
		return dateRead{}
	}
	for _, use := range []string{UseMale, UseFemale} {
		if col := t.at(use); col >= 0 {
			if d := t.date(row, col, t.latestBirth()); !d.IsZero() || d.bad {
				return d
			}
		}
	}
	return dateRead{}
}

func (t *tableReader) birthParts(row, yearCol int) dateRead {
	day, month, year := t.value(row, UseBirthDay), t.value(row, UseBirthMonth), t.g.text(row, yearCol)
	if day+month+year == "" {
		return dateRead{}
	}
	if day == "" && month == "" {
		return t.date(row, yearCol, t.latestBirth())
	}
	d, err := vi.FromParts(day, month, year)
	return dateRead{ParsedDate: vi.ParsedDate{Date: d, NewYearsDay: d.Month == 1 && d.Day == 1}, raw: day + "/" + month + "/" + year, bad: err != nil}
}

// birthBySex tells whether the columns Nam and Nữ hold birth dates: "Năm sinh" over "Nam" | "Nữ".
func (t *tableReader) birthBySex() bool {
	if t.at(UseMale) < 0 && t.at(UseFemale) < 0 || t.at(UseBirth) >= 0 {
		return false
	}
	dates, all := 0, 0
	for _, c := range t.d.Columns {
		if c.Use != UseMale && c.Use != UseFemale {
			continue
		}
		for _, s := range c.Samples {
			all++
			if len(s) > 1 && strings.ContainsAny(s, "0123456789") {
				dates++
			}
		}
	}
	return dates > 0 && dates*2 > all
}

var ageNumber = regexp.MustCompile(`^(\d{1,3})(?:\s*(?:tuổi|t))?$`)

// estimateBirth works the year out from an age where nothing better is known.
func (t *tableReader) estimateBirth(r *SheetRow, row int) bool {
	told := t.value(row, UseAge)
	if t.sexAges {
		told = t.value(row, UseMale) + t.value(row, UseFemale)
	}
	m := ageNumber.FindStringSubmatch(strings.ToLower(told))
	if m == nil {
		return false
	}
	age, _ := strconv.Atoi(m[1])
	if age < 1 || age > 120 {
		return false
	}
	r.Birth = vi.FromAge(age, t.year())
	r.because(LevelWarn, "birth-estimated", m[1])
	return true
}

var sexWords = map[string]Sex{"nam": Male, "nu": Female, "n": "", "m": Male, "f": Female, "male": Male, "female": Female, "trai": Male, "gai": Female, "ong": Male, "ba": Female, "1": Male, "0": Female}

func (t *tableReader) readSex(r *SheetRow, row int) {
	if s := t.value(row, UseSex); s != "" {
		sex, known := sexWords[strings.Trim(vi.Fold(s), " .")]
		if known {
			r.Sex = sex
		} else {
			r.because(LevelWarn, "sex-unclear", s)
		}
		return
	}
	male, female := t.value(row, UseMale) != "", t.value(row, UseFemale) != ""
	switch {
	case male && female:
		r.because(LevelWarn, "sex-conflict", "")
	case male && !isNo(t.value(row, UseMale)):
		r.Sex = Male
	case female && !isNo(t.value(row, UseFemale)):
		r.Sex = Female
	}
}

func isNo(s string) bool {
	f := vi.Fold(s)
	return f == "khong" || f == "ko" || f == "0" || f == "k"
}

// readPlace finds the branch: in its column, in the heading above, in the title.
func (t *tableReader) readPlace(r *SheetRow, row int) {
	col := t.at(UseBranch)
	p := placeText{}
	if col >= 0 {
		p = t.rd.place(t.g.text(row, col), true)
	}
	if s := t.value(row, UseWorkplace); !p.known() && col < 0 && s != "" {
		p = t.rd.place(s, true)
	}
	if !p.known() {
		p = t.branch
	}
	if !p.known() && (col < 0 || t.titlePlace.group > 0) {
		p = t.titlePlace
	}
	if !p.known() && t.d.Mapped.Branch != 0 {
		p = placeText{branch: t.d.Mapped.Branch}
	}
	r.Branch, r.Group, r.Place = p.branch, p.group, ""
	if p.group == 0 {
		r.Place = p.raw
		r.set("branch_raw", p.raw)
	}
	switch {
	case p.unknown:
		r.because(LevelWarn, "branch-unknown", p.raw)
	case !p.known():
		r.because(LevelWarn, "branch-missing", "")
	}
}

func (t *tableReader) readJoined(r *SheetRow, row int) {
	col := t.at(UseJoined)
	if col < 0 {
		return
	}
	d := t.date(row, col, t.year())
	raw := d.Display()
	switch {
	case d.bad:
		r.set("raw_joined", d.raw)
		r.because(LevelWarn, "joined-invalid", d.raw)
	case d.IsZero():
	case d.First().After(t.rd.o.Today):
		r.set("raw_joined", raw)
		r.because(LevelError, "joined-in-future", raw)
	case vi.CheckPast(d.Date, t.rd.o.Today) != nil, !r.Birth.IsZero() && d.Year < r.Birth.Year+14:
		r.set("raw_joined", raw)
		r.because(LevelError, "joined-before-14", raw)
	default:
		r.Joined = d.Date
		if d.TwoDigitYear {
			r.because(LevelWarn, "joined-two-digit-year", raw)
		}
		if d.Estimated {
			r.because(LevelWarn, "joined-estimated", raw)
		}
	}
}

// digits is the text of a cell that holds a number to be read digit by digit.
func (t *tableReader) digits(row, col int) string {
	if c := t.g.cell(row, col); c.Kind == sheet.Number {
		return c.Raw
	}
	return t.g.text(row, col)
}

func (t *tableReader) readPhone(r *SheetRow, row int) {
	for _, use := range []string{UsePhone, UsePhoneCarer} {
		col := t.at(use)
		if col < 0 {
			continue
		}
		text := t.digits(row, col)
		if note := t.g.s.Note(row, col); note != "" {
			if p, err := vi.ParsePhone(note); err == nil {
				r.set("comment_phone", p.Number)
			}
		}
		if strings.Trim(text, "-–./ ") == "" || r.Phone != "" {
			continue
		}
		p, err := vi.ParsePhone(text)
		var bad *vi.PhoneError
		switch {
		case errors.As(err, &bad) && r.Phone == "":
			r.set("raw_phone", text)
			r.because(LevelWarn, "phone-incomplete", text)
			continue
		case p.Number == "":
			continue
		}
		r.Phone, r.PhoneOwner = p.Number, p.Owner
		if use == UsePhoneCarer && r.PhoneOwner == "" {
			r.PhoneOwner = "người nuôi dưỡng"
		}
		r.set("phone2", p.Second)
		r.set("phone_owner", r.PhoneOwner)
		if p.Has(vi.PhoneAmbiguous) {
			r.because(LevelWarn, "phone-ambiguous", text)
		}
		if p.Has(vi.PhoneLetterO) {
			r.because(LevelWarn, "phone-letter", text)
		}
	}
}

func (t *tableReader) readID(r *SheetRow, row int) {
	col := t.at(UseID)
	if col < 0 {
		return
	}
	text := t.digits(row, col)
	if strings.Trim(text, "-–./ ") == "" {
		return
	}
	id, err := vi.ParseID(text)
	var bad *vi.IDError
	switch {
	case errors.As(err, &bad) && bad.Reason == vi.IDDigitsLost:
		r.set("raw_id", text)
		r.because(LevelWarn, "id-digits-lost", text)
	case err != nil:
		r.set("raw_id", text)
		r.because(LevelWarn, "id-length", text)
	case id.Number != "":
		r.IDNumber = id.Number
		if id.Kind == vi.CMND {
			r.set("id_type", string(vi.CMND))
		}
		if !id.Agrees(viSex(r.Sex), r.Birth) {
			r.because(LevelWarn, "id-mismatch", "")
		}
	}
}

// judge holds the row against what is plausible for the kind (handbook §8.6), as of the year of the list.
func (t *tableReader) judge(r *SheetRow) {
	k := t.rd.o.Kind
	age, known := r.Birth.AgeIn(t.year())
	live := r.Status == RowActive
	if live && known && age >= 110 {
		r.because(LevelWarn, "age-110-or-more", r.Birth.Display())
	}
	if live && known && k.MinAgeWarn > 0 && age < k.MinAgeWarn {
		r.because(LevelWarn, "under-"+strconv.Itoa(k.MinAgeWarn), r.Birth.Display())
	}
	if k.BornAfterWarn > 0 && r.Birth.Year > k.BornAfterWarn {
		r.because(LevelWarn, "born-after-"+strconv.Itoa(k.BornAfterWarn), r.Birth.Display())
	}
	if r.On.IsZero() {
		return
	}
	if r.Status == RowDeceased && !r.Birth.IsZero() && r.On.SurelyBefore(r.Birth) {
		r.because(LevelError, "death-before-birth", r.On.Display())
	}
	if !r.Joined.IsZero() && r.On.SurelyBefore(r.Joined) {
		r.because(LevelError, map[bool]string{true: "joined-after-death", false: "joined-after-left"}[r.Status == RowDeceased], r.Joined.Display())
	}
	if r.On.First().After(t.rd.o.Today) {
		r.because(LevelError, "ended-in-future", r.On.Display())
	}
}

// kindIs saves words.
func (t *tableReader) kindIs(code association.KindCode) bool { return t.kind() == code }
