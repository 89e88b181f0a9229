package member

import (
	"regexp"
	"strconv"
	"strings"

	"wardportal/internal/association"
	"wardportal/internal/vi"
)

func itoa(n int) string { return strconv.Itoa(n) }

// readKind reads the columns of the association's own profile (handbook §3.2) into profile codes, and into the plan's words.
func (t *tableReader) readKind(r *SheetRow, row int) {
	switch t.kind() {
	case association.TNXP:
		t.readService(r, row)
	case association.TYN:
		t.readPrisoner(r, row)
	case association.DACAM:
		t.readVictim(r, row)
	case association.NCT:
		t.readElderly(r, row)
	case association.KHOC:
		t.readSupporter(r, row)
	}
}

// put sets a profile field that the kind has.
func (t *tableReader) put(r *SheetRow, code, value string) {
	if _, ok := t.rd.o.Kind.Field(code); ok && value != "" {
		r.Profile[code] = value
	}
}

// profileDate reads a date of the profile; one that cannot be is told as a warning and left out.
func (t *tableReader) profileDate(r *SheetRow, row int, use, code, key string) vi.Date {
	col := t.at(use)
	if col < 0 {
		return vi.Date{}
	}
	d := t.date(row, col, t.year())
	if d.bad || !d.IsZero() && vi.CheckPast(d.Date, t.rd.o.Today) != nil {
		r.set("raw_"+key, d.raw)
		r.because(LevelWarn, key+"-invalid", t.g.text(row, col))
		return vi.Date{}
	}
	r.set(key, d.ISO())
	t.put(r, code, d.ISO())
	return d.Date
}

func (t *tableReader) readService(r *SheetRow, row int) {
	from := t.profileDate(r, row, UseFrom, "tu_ngay", "from")
	to := t.profileDate(r, row, UseTo, "den_ngay", "to")
	if to.SurelyBefore(from) {
		r.because(LevelWarn, "service-order", from.Display()+" – "+to.Display())
	}
	r.set("unit", t.value(row, UseUnit))
	t.put(r, "don_vi", t.value(row, UseUnit))
	period := t.period
	if s := t.value(row, UsePeriod); s != "" {
		period = periodOf(strings.ToLower(s))
	}
	if period == "" && !from.IsZero() {
		switch {
		case from.Year < 1955:
			period = "phap"
		case from.Year < 1975:
			period = "my"
		case from.Year > 1975:
			period = "xd"
		}
	}
	r.set("period", period)
	t.put(r, "thoi_ky", period)
	if s := t.value(row, UseAllowance); s != "" {
		r.set("allowance", s)
		t.put(r, "tro_cap", allowanceOf(s))
	}
	if s := t.value(row, UseMedal); s != "" {
		r.set("medal", mark(s))
		if !isMark(s) {
			t.put(r, "knc_so", s)
		}
	}
	if alone.MatchString(strings.ToLower(t.value(row, UseNote) + " " + t.value(row, UseHardship))) {
		t.put(r, "co_don", "co")
	}
}

var alone = regexp.MustCompile(`cô đơn|neo đơn|không nơi nương tựa|già cô`)

func allowanceOf(s string) string {
	f := vi.Fold(s)
	switch {
	case strings.Contains(f, "chua"):
		return "chua"
	case strings.Contains(f, "hang thang"), strings.Contains(f, "thuong xuyen"):
		return "hang_thang"
	case strings.Contains(f, "1 lan"), strings.Contains(f, "mot lan"):
		return "mot_lan"
	case strings.Contains(f, "khong"):
		return "khong"
	}
	return ""
}

var markText = regexp.MustCompile(`^(?i:x+|v|có|co|1|✓|✔|√|\*|đã có|rồi|đã trao|đã nhận)$`)

// isMark tells whether a cell is only ticked.
func isMark(s string) bool { return markText.MatchString(strings.TrimSpace(s)) }

func mark(s string) string {
	if isMark(s) {
		return "có"
	}
	return s
}

func (t *tableReader) readPrisoner(r *SheetRow, row int) {
	arrested := t.profileDate(r, row, UseArrested, "bi_bat", "arrested")
	released := t.profileDate(r, row, UseReleased, "ra_tu", "released")
	if released.SurelyBefore(arrested) {
		r.because(LevelWarn, "prison-years", arrested.Display()+" – "+released.Display())
	}
	if s := t.value(row, UsePrison); s != "" {
		places := prisonSplit.Split(s, -1)
		r.set("prison", strings.Join(places, "|"))
		t.put(r, "noi_giam", strings.Join(prisonCodes(places), ","))
	}
	if s := t.value(row, UsePrisonTime); s != "" {
		r.set("prison_years", s)
		t.put(r, "so_thang", prisonMonths(s))
	}
	if s := t.value(row, UseMedal); s != "" {
		r.set("medal", mark(s))
		if !isMark(s) {
			t.put(r, "knc_so", s)
		}
	}
	if s := t.value(row, UseRecognised); s != "" {
		r.set("recognised", s)
		if !isMark(s) {
			t.put(r, "cong_nhan", s)
		}
	}
	switch allowanceOf(t.value(row, UseAllowance) + " " + allowanceNote(t.value(row, UseNote))) {
	case "hang_thang":
		t.put(r, "tro_cap_thang", "co")
	case "mot_lan":
		t.put(r, "tro_cap_mot_lan", "co")
	}
	if s := allowanceNote(t.value(row, UseNote)); s != "" {
		r.set("allowance", s)
	}
}

func allowanceNote(s string) string {
	if strings.Contains(vi.Fold(s), "tro cap") {
		return s
	}
	return ""
}

var (
	prisonSplit = regexp.MustCompile(`\s*[,;/+]\s*|\s+[-–]\s+|\s+và\s+`)
	numberIn    = regexp.MustCompile(`\d+(?:[.,]\d+)?`)
)

// prisonCodes finds the places of a list in the catalogue; those that are not there are "Nơi khác".
func prisonCodes(places []string) []string {
	var codes []string
	seen := map[string]bool{}
	for _, place := range places {
		code := prisonCode(vi.Fold(place))
		if code != "" && !seen[code] {
			seen[code] = true
			codes = append(codes, code)
		}
	}
	return codes
}

var prisonNoise = regexp.MustCompile(`\b(?:nha tu|nha lao|nha day|trai giam|trai tu|tu binh|kham lon|kham|cang an tri|trung tam cai huan|lao|tu|dao|so|tai|tinh)\b|[(),]`)

func prisonCode(folded string) string {
	key := strings.Join(strings.Fields(prisonNoise.ReplaceAllString(folded, " ")), " ")
	if key == "" {
		return ""
	}
	for _, p := range association.Prisons {
		name := strings.Join(strings.Fields(prisonNoise.ReplaceAllString(vi.Fold(p.Name), " ")), " ")
		short := strings.Join(strings.Fields(prisonNoise.ReplaceAllString(vi.Fold(bracketText.ReplaceAllString(p.Name, "")), " ")), " ")
		if short != "" && (key == name || key == short || strings.HasPrefix(key, short+" ") || len(key) > 4 && strings.HasPrefix(name, key)) {
			return p.Code
		}
	}
	return "KHAC"
}

// prisonMonths turns "4", "4 năm", "18 tháng" into months; a bare number counts years, as the heading "Số năm tù" says.
func prisonMonths(s string) string {
	m := numberIn.FindString(s)
	n, err := strconv.Atoi(m)
	if err != nil {
		return ""
	}
	if strings.Contains(vi.Fold(s), "thang") {
		return itoa(n)
	}
	return itoa(12 * n)
}

func (t *tableReader) readVictim(r *SheetRow, row int) {
	category := categoryOf(t.value(row, UseCategory))
	if category == "" && t.at(UseCategory) >= 0 {
		r.because(LevelWarn, "category-missing", t.value(row, UseCategory))
	}
	r.set("category", category)
	t.put(r, "doi_tuong", category)
	if category == "tu_nguyen" {
		r.Class = Volunteer
	}
	injury := t.value(row, UseInjury)
	band := bandOf(injury)
	r.set("injury_pct", injury)
	t.put(r, "ty_le", band)
	benefit := t.value(row, UseBenefit)
	r.set("benefit", benefit)
	state := benefitOf(benefit)
	t.put(r, "che_do", state)
	r.set("carer", t.value(row, UseCarer))
	t.put(r, "nguoi_cham_soc", t.value(row, UseCarer))
	r.set("parent", t.value(row, UseParent))
	t.put(r, "gia_dinh", t.value(row, UseParent))
	r.set("relation", t.value(row, UseRelation))
	if category == "the_he_2" && state == "dang_huong" && (band == "21_40" || band == "41_60") {
		r.because(LevelWarn, "child-allowance-under-61", injury)
	}
}

func categoryOf(s string) string {
	f := vi.Fold(s)
	switch {
	case f == "":
		return ""
	case strings.Contains(f, "tu nguyen"), strings.Contains(f, "danh du"):
		return "tu_nguyen"
	case strings.Contains(f, "truc tiep"), f == "f0", f == "tt", strings.Contains(f, "the he 1"), strings.Contains(f, "the he i") && !strings.Contains(f, "the he ii"):
		return "truc_tiep"
	case strings.Contains(f, "chau"), strings.Contains(f, "the he 3"), strings.Contains(f, "the he iii"), f == "f2", f == "th3":
		return "the_he_3"
	case strings.Contains(f, "con"), strings.Contains(f, "the he 2"), strings.Contains(f, "the he ii"), strings.Contains(f, "gian tiep"), f == "f1", f == "th2":
		return "the_he_2"
	case strings.Contains(f, "dan thuong"), strings.Contains(f, "phoi nhiem"), strings.Contains(f, "nguoi dan"):
		return "phoi_nhiem"
	}
	return ""
}

// bandOf finds the band of an injury: "từ 81", "61-80", "65%".
func bandOf(s string) string {
	whole, _, _ := strings.Cut(strings.ReplaceAll(numberIn.FindString(s), ",", "."), ".")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return ""
	}
	switch {
	case n >= 81:
		return "81"
	case n >= 61:
		return "61_80"
	case n >= 41:
		return "41_60"
	case n >= 21:
		return "21_40"
	}
	return ""
}

func benefitOf(s string) string {
	f := vi.Fold(s)
	switch {
	case f == "":
		return ""
	case strings.Contains(f, "chua co"), strings.Contains(f, "khong co ho so"), strings.Contains(f, "chua lam"):
		return "chua_co"
	case strings.Contains(f, "chua"), strings.Contains(f, "dang lam"):
		return "co_ho_so"
	case strings.Contains(f, "huong"), strings.Contains(f, "tro cap"), isMark(s):
		return "dang_huong"
	}
	return ""
}

func (t *tableReader) readElderly(r *SheetRow, row int) {
	if s := t.value(row, UseBHYT); s != "" {
		r.set("bhyt_card", s)
		t.put(r, "bhyt", map[bool]string{true: "khong", false: "co"}[isNo(s) || strings.Contains(vi.Fold(s), "chua")])
	}
	if s := t.value(row, UsePension); s != "" {
		r.set("pension", s)
		t.put(r, "che_do", pensionOf(s))
	}
	if s := strings.ToLower(t.value(row, UseHardship) + " " + t.value(row, UseNote)); alone.MatchString(s) {
		t.put(r, "kho_khan", "co")
	}
}

func pensionOf(s string) string {
	f := vi.Fold(s)
	switch {
	case strings.Contains(f, "huu tri xa hoi"), strings.Contains(f, "htxh"):
		return "huu_tri_xa_hoi"
	case strings.Contains(f, "luong huu"), strings.Contains(f, "huu tri"), f == "huu", strings.Contains(f, "mat suc"):
		return "luong_huu"
	case strings.Contains(f, "btxh"), strings.Contains(f, "bao tro"):
		return "bao_tro"
	case strings.Contains(f, "co cong"), strings.Contains(f, "thuong binh"), strings.Contains(f, "liet s"), strings.Contains(f, "chinh sach"):
		return "nguoi_co_cong"
	case isNo(s), strings.HasPrefix(f, "khong"):
		return "khong"
	}
	return ""
}

func (t *tableReader) readSupporter(r *SheetRow, row int) {
	role := t.value(row, UseRole)
	t.put(r, "thanh_phan", roleOf(role))
	place := t.value(row, UseWorkplace)
	if place == "" && r.Group == 0 {
		place = r.Place
	}
	t.put(r, "don_vi", place)
}

func roleOf(s string) string {
	f := vi.Fold(s)
	switch {
	case f == "":
		return ""
	case strings.Contains(f, "phu huynh"), strings.Contains(f, "cmhs"):
		return "phu_huynh"
	case strings.Contains(f, "giao") && strings.Contains(f, "huu"):
		return "nha_giao_huu"
	case strings.Contains(f, "nha giao"), strings.Contains(f, "giao vien"), strings.Contains(f, "hieu truong"), strings.Contains(f, "giang vien"), strings.Contains(f, "hieu pho"):
		return "nha_giao"
	case strings.Contains(f, "can bo"), strings.Contains(f, "cong chuc"), strings.Contains(f, "vien chuc"):
		return "can_bo"
	case strings.Contains(f, "doanh n"), strings.Contains(f, "giam doc"), strings.Contains(f, "kinh doanh"):
		return "doanh_nhan"
	case strings.Contains(f, "huu"):
		return "huu_tri"
	case strings.Contains(f, "cuu chien binh"), f == "ccb":
		return "cuu_chien_binh"
	}
	return "khac"
}

// readRest keeps the columns that have no field of their own: in the plan, and in the note where a chair would miss them.
func (t *tableReader) readRest(r *SheetRow, row int) {
	r.set("note", t.value(row, UseNote))
	r.set("address", r.Address)
	r.set("card", r.Card)
	for _, c := range []struct {
		use, key, word string
	}{
		{UseOffice, "office", ""}, {UseHardship, "hardship", ""}, {UsePolicy, "policy", ""}, {UseRole, "role", "Nghề nghiệp: "}, {UseWorkplace, "workplace", ""},
		{UseNative, "native_place", "Quê quán: "}, {UseEmail, "email", "E-mail: "}, {UseCode, "code", "Mã cũ: "}, {UseFee, "fee", ""},
	} {
		s := t.value(row, c.use)
		if s == "" {
			continue
		}
		if c.use == UseOffice && vi.Fold(s) == "hoi vien" {
			continue
		}
		r.set(c.key, s)
		if c.word == "" && c.use != UseHardship && c.use != UsePolicy || c.use == UseRole && t.kindIs(association.KHOC) || t.kindIs(association.DACAM) {
			continue
		}
		r.Note = joinNotes(r.Note, keepNote(c.word+s))
	}
	if s := r.get("phone2"); s != "" {
		r.Note = joinNotes(r.Note, "Điện thoại khác: "+vi.PhoneDisplay(s))
	}
	if t.at(UseMedal) >= 0 && !t.kindIs(association.TNXP) && !t.kindIs(association.TYN) {
		r.set("medal", mark(t.value(row, UseMedal)))
	}
}
