package association

import "slices"

// KindCode names an association kind. It is the prefix of the kind's indicators ("NCT.MEM60") and is stored with
// the association; the set of kinds is data (handbook §6), so code never switches over it outside a registry.
type KindCode string

// The kinds of the reference ward, and the generic one for an association without rows of its own.
const (
	NCT   KindCode = "NCT"
	KHOC  KindCode = "KHOC"
	DACAM KindCode = "DACAM"
	TNXP  KindCode = "TNXP"
	TYN   KindCode = "TYN"
	KHAC  KindCode = "KHAC"
)

// Kind is one entry of the registry: everything that differs from one kind of association to the next.
// Labels are Vietnamese as shown. Sources: handbook §3.2 (members, fields, days), §2.4 (symbols), §5 (offices, sizes).
type Kind struct {
	Code       KindCode
	Slug       string // the contract's address part; "" for the generic kind, whose slug is each association's own
	Name       string // "Hội Người cao tuổi"
	ShortName  string // for narrow table columns
	BranchWord string // what a branch is called: "chi hội"
	About      string // one line for residents
	Offices    []Office
	// MemberFields are the special profile of a member, in form order.
	MemberFields   []MemberField
	TraditionalDay Day    // zero when the kind has none fixed: a setting
	DefaultSymbol  string // of document numbers, "Số: 05/BC-HNCT"; a setting of the association
	BCHQuota       int    // seats of the committee until a resolution says otherwise
	MinAgeWarn     int    // younger members get a warning, never a refusal; 0 = no such rule
	BornAfterWarn  int    // born later than this year: warn (handbook §8.6); 0 = no such rule
}

// Day is a yearly day in the solar calendar. The zero Day means none.
type Day struct {
	Month, Day int
	Label      string
}

// Known tells whether there is such a day.
func (d Day) Known() bool { return d.Month != 0 }

// Office is a title that a kind knows, with the codes of handbook §5.
type Office struct {
	Code      string
	Title     string
	Body      string // BodyBTV, BodyBCH, BodyBKT, BodyBranch or BodyOther
	Seats     int    // default number of seats; 0 = as many as the association decides, or one per branch, group or club
	Mandatory bool   // an empty seat is a vacancy
}

// Bodies an office belongs to. Chair, deputies and standing members sit in the committee ex officio.
const (
	BodyBTV    = "BTV"
	BodyBCH    = "BCH"
	BodyBKT    = "BKT"
	BodyBranch = "CHI_HOI"
	BodyOther  = "KHAC"
)

// BodyName gives the Vietnamese name of a body.
func BodyName(body string) string {
	switch body {
	case BodyBTV:
		return "Ban Thường vụ"
	case BodyBCH:
		return "Ban Chấp hành"
	case BodyBKT:
		return "Ban Kiểm tra"
	case BodyBranch:
		return "Chi hội"
	default:
		return "Chức danh khác"
	}
}

// FieldKind says how a profile field is entered and checked.
type FieldKind string

// The kinds of profile field. Dates may be half known (handbook §8.6).
const (
	FieldText   FieldKind = "text"
	FieldChoice FieldKind = "choice" // one of Choices
	FieldMulti  FieldKind = "multi"  // any of Choices
	FieldBool   FieldKind = "bool"   // có / không / chưa rõ
	FieldYear   FieldKind = "year"
	FieldDate   FieldKind = "date"
	FieldNumber FieldKind = "number" // a whole number ≥ 0
)

// MemberField is a field of the special profile. Sensitive ones are encrypted, shown to few, each view recorded (handbook §7).
type MemberField struct {
	Code      string
	Label     string
	Kind      FieldKind
	Choices   []Choice // for FieldChoice and FieldMulti, else nil
	Sensitive bool
	Hint      string
}

// Choice is one answer of a field: its stored code and its label.
type Choice struct{ Code, Label string }

// Choice finds an answer of the field by its code.
func (f MemberField) Choice(code string) (Choice, bool) {
	i := slices.IndexFunc(f.Choices, func(c Choice) bool { return c.Code == code })
	if i < 0 {
		return Choice{}, false
	}
	return f.Choices[i], true
}

// Kinds is the registry, in the order of the ward's pages; the generic kind comes last.
var Kinds = []Kind{
	{
		Code: NCT, Slug: "nguoi-cao-tuoi", Name: "Hội Người cao tuổi", ShortName: "Hội NCT", BranchWord: "chi hội",
		About:        "Chăm lo, mừng thọ, câu lạc bộ sức khỏe và văn nghệ.",
		Offices:      withOffices(2, 4, 3),
		MemberFields: nctFields, TraditionalDay: Day{6, 6, "Ngày Người cao tuổi Việt Nam"},
		DefaultSymbol: "HNCT", BCHQuota: 15, MinAgeWarn: 60,
	},
	{
		Code: KHOC, Slug: "khuyen-hoc", Name: "Hội Khuyến học", ShortName: "Hội Khuyến học", BranchWord: "chi hội",
		About:        "Học bổng, gia đình học tập, quỹ khuyến học.",
		Offices:      withOffices(2, 4, 3),
		MemberFields: khocFields, TraditionalDay: Day{10, 2, "Ngày thành lập Hội Khuyến học Việt Nam"},
		DefaultSymbol: "HKH", BCHQuota: 13,
	},
	{
		Code: DACAM, Slug: "chat-doc-da-cam", Name: "Hội Nạn nhân chất độc da cam/dioxin", ShortName: "Hội NN chất độc da cam",
		BranchWord: "chi hội", About: "Thăm hỏi, hỗ trợ sinh kế, giúp làm hồ sơ.",
		Offices:      withOffices(1, 1, 0),
		MemberFields: dacamFields, TraditionalDay: Day{8, 10, "Ngày vì nạn nhân chất độc da cam"},
		DefaultSymbol: "HNNCĐDC", BCHQuota: 7,
	},
	{
		Code: TNXP, Slug: "thanh-nien-xung-phong", Name: "Hội Thanh niên xung phong", ShortName: "Hội TNXP", BranchWord: "chi hội",
		About:        "Nghĩa tình đồng đội, kể chuyện truyền thống cho lớp trẻ.",
		Offices:      withOffices(1, 1, 0),
		MemberFields: tnxpFields, TraditionalDay: Day{7, 15, "Ngày truyền thống lực lượng Thanh niên xung phong"},
		DefaultSymbol: "HCTNXP", BCHQuota: 7, BornAfterWarn: 1960,
	},
	{
		Code: TYN, Slug: "tu-yeu-nuoc", Name: "Hội Tù yêu nước", ShortName: "Hội Tù yêu nước", BranchWord: "chi hội",
		About:         "Gặp mặt truyền thống, thăm lại nơi giam giữ, giáo dục lòng yêu nước.",
		Offices:       withOffices(1, 1, 0),
		MemberFields:  tynFields, // no legal day: the association sets one, or none
		DefaultSymbol: "HTYN", BCHQuota: 5, BornAfterWarn: 1960,
	},
	{
		Code: KHAC, Name: "Hội khác", ShortName: "Hội khác", BranchWord: "chi hội",
		About:         "Hội do Đảng, Nhà nước giao nhiệm vụ trên địa bàn phường.",
		Offices:       withOffices(1, 1, 0),
		DefaultSymbol: "HOI", BCHQuota: 5,
	},
}

// ByCode finds a kind of the registry.
func ByCode(code KindCode) (Kind, bool) {
	return findKind(func(k Kind) bool { return k.Code == code })
}

// BySlug finds a kind by the address part of the contract; the generic kind has none.
func BySlug(slug string) (Kind, bool) {
	return findKind(func(k Kind) bool { return slug != "" && k.Slug == slug })
}

func findKind(match func(Kind) bool) (Kind, bool) {
	if i := slices.IndexFunc(Kinds, match); i >= 0 {
		return Kinds[i], true
	}
	return Kind{}, false
}

// Office finds a title of the kind by its code.
func (k Kind) Office(code string) (Office, bool) {
	i := slices.IndexFunc(k.Offices, func(o Office) bool { return o.Code == code })
	if i < 0 {
		return Office{}, false
	}
	return k.Offices[i], true
}

// Field finds a profile field of the kind by its code.
func (k Kind) Field(code string) (MemberField, bool) {
	i := slices.IndexFunc(k.MemberFields, func(f MemberField) bool { return f.Code == code })
	if i < 0 {
		return MemberField{}, false
	}
	return k.MemberFields[i], true
}
