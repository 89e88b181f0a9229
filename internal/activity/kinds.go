package activity

import (
	"slices"

	"wardportal/internal/association"
)

// Kind is one sort of entry: what people count there, and which rows of the report it feeds (handbook §4, src A).
type Kind struct {
	Code  string
	Label string
	Group string // heading in the form's list
	Unit  string // of the quantity: "lượt", "suất"
	// Indicators fed by the quantity, by the people and by the amount. No row at all is allowed: the diary is also a memory.
	Count, People, Amount []string
	PeopleLabel           string                 // the second box, "" = none
	Money                 bool                   // asks for an amount
	Kinds                 []association.KindCode // nil = every kind of association
	LastYear              int                    // 0 = open
}

// For tells whether associations of the kind offer the entry in the year.
func (k Kind) For(kind association.KindCode, year int) bool {
	return (len(k.Kinds) == 0 || slices.Contains(k.Kinds, kind)) && (k.LastYear == 0 || year <= k.LastYear)
}

// Feeds lists every indicator the kind feeds.
func (k Kind) Feeds() []string { return slices.Concat(k.Count, k.People, k.Amount) }

// Headings of the list of kinds.
const (
	groupCare      = "Thăm hỏi, chăm lo"
	groupSupport   = "Giúp đỡ, hỗ trợ"
	groupLongevity = "Mừng thọ"
	groupStudy     = "Khuyến học"
	groupTalk      = "Tuyên truyền, truyền thống"
	groupMovement  = "Phong trào, văn thể"
	groupAward     = "Thi đua, khen thưởng"
	groupOther     = "Việc khác"
)

const listeners = "Số người dự"

func only(k ...association.KindCode) []association.KindCode { return k }

// Kinds is the registry in the order of forms. An entry is never taken out: it gets a LastYear.
var Kinds = slices.Concat(careKinds, supportKinds, longevityKinds, studyKinds, talkKinds, movementKinds, awardKinds, otherKinds)

var careKinds = []Kind{
	{Code: "tham_om", Label: "Thăm hội viên ốm đau", Group: groupCare, Unit: "lượt", Count: []string{"GEN.CARE.SICK"}, Amount: []string{"GEN.CARE.SICK_AMT"}, Money: true},
	{Code: "phung_vieng", Label: "Phúng viếng", Group: groupCare, Unit: "trường hợp", Count: []string{"GEN.CARE.FUN"}, Amount: []string{"GEN.CARE.FUN_AMT"}, Money: true},
	{Code: "tang_qua", Label: "Tặng quà lễ, Tết, hội viên khó khăn", Group: groupCare, Unit: "suất", Count: []string{"GEN.CARE.GIFT"}, Amount: []string{"GEN.CARE.GIFT_AMT"}, Money: true},
	// A gift of 10 August is a gift too: it stands in the row of its own and in the sum of all gifts.
	{Code: "qua_10_8", Label: "Tặng quà dịp 10/8", Group: groupCare, Unit: "suất", Count: []string{"DACAM.GIFT10_8", "GEN.CARE.GIFT"}, Amount: []string{"DACAM.GIFT10_8_AMT", "GEN.CARE.GIFT_AMT"}, Money: true, Kinds: only(association.DACAM)},
	{Code: "kham_mat", Label: "Khám, mổ mắt", Group: groupCare, Unit: "người", Count: []string{"NCT.EYE"}, Money: true, Kinds: only(association.NCT)},
	{Code: "kham_thuoc", Label: "Khám, cấp thuốc, xông hơi giải độc", Group: groupCare, Unit: "lượt", Count: []string{"DACAM.KB"}, Money: true, Kinds: only(association.DACAM)},
	{Code: "kham_benh", Label: "Khám bệnh, cấp thuốc", Group: groupCare, Unit: "lượt", Money: true, Kinds: only(association.NCT, association.TNXP, association.TYN, association.KHAC)},
}

var supportKinds = []Kind{
	{Code: "xay_nha", Label: "Xây nhà mới", Group: groupSupport, Unit: "nhà", Count: []string{"GEN.CARE.HOUSE_NEW"}, Amount: []string{"GEN.CARE.HOUSE_AMT"}, Money: true, Kinds: notTNXP},
	{Code: "sua_nha", Label: "Sửa nhà", Group: groupSupport, Unit: "nhà", Count: []string{"GEN.CARE.HOUSE_FIX"}, Amount: []string{"GEN.CARE.HOUSE_AMT"}, Money: true, Kinds: notTNXP},
	{Code: "xay_nha_dong_doi", Label: "Xây nhà tình đồng đội", Group: groupSupport, Unit: "nhà", Count: []string{"TNXP.NHA", "GEN.CARE.HOUSE_NEW"}, Amount: []string{"GEN.CARE.HOUSE_AMT"}, Money: true, Kinds: only(association.TNXP)},
	{Code: "sua_nha_dong_doi", Label: "Sửa nhà tình đồng đội", Group: groupSupport, Unit: "nhà", Count: []string{"TNXP.NHA", "GEN.CARE.HOUSE_FIX"}, Amount: []string{"GEN.CARE.HOUSE_AMT"}, Money: true, Kinds: only(association.TNXP)},
	{Code: "giup_von", Label: "Giúp vốn", Group: groupSupport, Unit: "người", Count: []string{"GEN.CARE.LOAN"}, Amount: []string{"GEN.CARE.LOAN_AMT"}, Money: true},
	{Code: "sinh_ke", Label: "Hỗ trợ sinh kế (bò, vốn, …)", Group: groupSupport, Unit: "suất", Count: []string{"DACAM.SK"}, Amount: []string{"DACAM.SK_AMT"}, Money: true, Kinds: only(association.DACAM)},
	{Code: "xe_lan", Label: "Trao xe lăn, xe lắc, dụng cụ", Group: groupSupport, Unit: "cái", Count: []string{"DACAM.XE"}, Money: true, Kinds: only(association.DACAM)},
	{Code: "ho_so", Label: "Hướng dẫn hồ sơ chế độ", Group: groupSupport, Unit: "hồ sơ", Count: []string{"DACAM.HS.GIUP"}, Kinds: only(association.DACAM)},
	{Code: "ho_so_khac", Label: "Hướng dẫn hồ sơ chế độ", Group: groupSupport, Unit: "hồ sơ", Kinds: only(association.NCT, association.TNXP, association.TYN, association.KHAC)},
	{Code: "hoc_bong_dacam", Label: "Học bổng cho con, cháu nạn nhân", Group: groupSupport, Unit: "suất", Count: []string{"DACAM.HB"}, Amount: []string{"DACAM.HB_AMT"}, Money: true, Kinds: only(association.DACAM)},
	{Code: "so_tiet_kiem", Label: "Tặng sổ tiết kiệm", Group: groupSupport, Unit: "sổ", Count: []string{"TNXP.STK"}, Amount: []string{"TNXP.STK_AMT"}, Money: true, Kinds: only(association.TNXP)},
}

var notTNXP = only(association.NCT, association.KHOC, association.DACAM, association.TYN, association.KHAC)

var longevityKinds = longevity()

// longevity builds one kind per age of the celebration: each feeds its own row, the total and the cost (handbook §3.3, §4.3).
func longevity() []Kind {
	ages := []struct{ code, label string }{
		{"70", "tuổi 70"}, {"75", "tuổi 75"}, {"80", "tuổi 80"}, {"85", "tuổi 85"}, {"90", "tuổi 90"}, {"95", "tuổi 95"}, {"100", "tròn 100 tuổi"}, {"100P", "trên 100 tuổi"},
	}
	list := make([]Kind, len(ages))
	for i, a := range ages {
		list[i] = Kind{
			Code: "mung_tho_" + a.code, Label: "Mừng thọ " + a.label, Group: groupLongevity, Unit: "người",
			Count: []string{"NCT.MT." + a.code, "NCT.MT.TOTAL"}, Amount: []string{"NCT.MT.AMT"}, Money: true, Kinds: only(association.NCT),
		}
	}
	return list
}

var studyKinds = []Kind{
	{Code: "hoc_bong", Label: "Trao học bổng", Group: groupStudy, Unit: "suất", Count: []string{"KHOC.HB"}, Amount: []string{"KHOC.HB_AMT"}, Money: true, Kinds: only(association.KHOC)},
	{Code: "thuong_hoc_sinh", Label: "Khen thưởng học sinh, sinh viên", Group: groupStudy, Unit: "lượt", Count: []string{"KHOC.THUONG_HS"}, Amount: []string{"KHOC.THUONG_HS_AMT"}, Money: true, Kinds: only(association.KHOC)},
	{Code: "thuong_nha_giao", Label: "Khen thưởng nhà giáo", Group: groupStudy, Unit: "người", Count: []string{"KHOC.THUONG_GV"}, Money: true, Kinds: only(association.KHOC)},
	{Code: "ho_tro_hoc_sinh", Label: "Hỗ trợ học sinh khó khăn (xe, sách, đồ dùng)", Group: groupStudy, Unit: "suất", Count: []string{"KHOC.HOTRO"}, Amount: []string{"KHOC.HOTRO_AMT"}, Money: true, Kinds: only(association.KHOC)},
	{Code: "tro_lai_truong", Label: "Vận động học sinh bỏ học trở lại trường", Group: groupStudy, Unit: "em", Count: []string{"KHOC.BO_HOC"}, Kinds: only(association.KHOC)},
	{Code: "heo_dat", Label: "Heo đất khuyến học", Group: groupStudy, Unit: "con", Count: []string{"KHOC.HEO"}, Amount: []string{"KHOC.HEO_AMT"}, Money: true, Kinds: only(association.KHOC)},
	{Code: "lop_hoc_cong_dong", Label: "Lớp, chuyên đề tại Trung tâm học tập cộng đồng", Group: groupStudy, Unit: "lớp", Count: []string{"KHOC.TTHTCD"}, People: []string{"KHOC.TTHTCD_ATT"}, PeopleLabel: "Lượt học viên", Kinds: only(association.KHOC)},
}

var talkKinds = []Kind{
	{Code: "tuyen_truyen", Label: "Tuyên truyền", Group: groupTalk, Unit: "buổi", Count: []string{"GEN.ACT.PROP"}, People: []string{"GEN.ACT.PROP_ATT"}, PeopleLabel: "Lượt người nghe"},
	{Code: "truyen_thong_tnxp", Label: "Giáo dục truyền thống cho thế hệ trẻ", Group: groupTalk, Unit: "buổi", Count: []string{"TNXP.GDTT"}, People: []string{"TNXP.GDTT_ATT"}, PeopleLabel: "Lượt người dự", Kinds: only(association.TNXP)},
	{Code: "truyen_thong_tyn", Label: "Nói chuyện truyền thống", Group: groupTalk, Unit: "buổi", Count: []string{"TYN.GDTT"}, People: []string{"TYN.GDTT_ATT"}, PeopleLabel: "Lượt người dự", Kinds: only(association.TYN)},
	{Code: "truyen_thong", Label: "Giáo dục truyền thống", Group: groupTalk, Unit: "buổi", PeopleLabel: "Lượt người dự", Kinds: only(association.NCT, association.KHOC, association.DACAM, association.KHAC)},
	{Code: "tap_huan", Label: "Tập huấn cán bộ hội", Group: groupTalk, Unit: "lớp", People: []string{"GEN.ACT.TRAIN"}, PeopleLabel: "Lượt cán bộ dự"},
	{Code: "ve_nguon", Label: "Về nguồn, tìm kiếm hài cốt đồng đội", Group: groupTalk, Unit: "chuyến", Count: []string{"TNXP.VN"}, PeopleLabel: listeners, Money: true, Kinds: only(association.TNXP)},
	{Code: "tham_con_dao", Label: "Thăm lại Côn Đảo, Phú Quốc", Group: groupTalk, Unit: "chuyến", Count: []string{"TYN.THAM"}, PeopleLabel: listeners, Money: true, Kinds: only(association.TYN)},
	{Code: "ve_nguon_khac", Label: "Về nguồn, tham quan", Group: groupTalk, Unit: "chuyến", PeopleLabel: listeners, Money: true, Kinds: only(association.NCT, association.KHOC, association.DACAM, association.KHAC)},
}

var movementKinds = []Kind{
	{Code: "guong_sang_dang_ky", Label: "Đăng ký “Tuổi cao - Gương sáng”", Group: groupMovement, Unit: "người", Count: []string{"NCT.TCGS_DK"}, Kinds: only(association.NCT)},
	{Code: "guong_sang_dat", Label: "Đạt “Tuổi cao - Gương sáng”", Group: groupMovement, Unit: "người", Count: []string{"NCT.TCGS_DAT"}, Kinds: only(association.NCT)},
	{Code: "van_the", Label: "Văn nghệ, thể thao", Group: groupMovement, Unit: "buổi", PeopleLabel: listeners, Money: true},
	{Code: "van_dong_quy", Label: "Vận động quỹ", Group: groupMovement, Unit: "đợt", PeopleLabel: "Số người ủng hộ", Money: true},
}

var awardKinds = awards()

// awards builds the kinds of awards by who is honoured and who honours: each feeds the row of its level and the sum.
func awards() []Kind {
	levels := []struct {
		code, label string
		lastYear    int
	}{{"TW", "Trung ương", 0}, {"TINH", "cấp tỉnh", 0}, {"HUYEN", "cấp huyện, thành phố thuộc tỉnh", 2025}, {"XA", "cấp xã, phường", 0}}
	var list []Kind
	for _, l := range levels {
		list = append(list,
			Kind{Code: "khen_tap_the_" + l.code, Label: "Tập thể được " + l.label + " khen", Group: groupAward, Unit: "tập thể", Count: []string{"GEN.EMU.COL." + l.code, "GEN.EMU.COL"}, LastYear: l.lastYear},
			Kind{Code: "khen_ca_nhan_" + l.code, Label: "Cá nhân được " + l.label + " khen", Group: groupAward, Unit: "người", Count: []string{"GEN.EMU.IND." + l.code, "GEN.EMU.IND"}, LastYear: l.lastYear})
	}
	return list
}

var otherKinds = []Kind{
	{Code: "khac", Label: "Việc khác", Group: groupOther, Unit: "việc", PeopleLabel: listeners, Money: true},
}

// KindByCode finds a kind of entry.
func KindByCode(code string) (Kind, bool) {
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Code == code })
	if i < 0 {
		return Kind{}, false
	}
	return Kinds[i], true
}

// KindsFor lists the kinds that an association of the kind may enter for the year, in form order.
func KindsFor(kind association.KindCode, year int) []Kind {
	var list []Kind
	for _, k := range Kinds {
		if k.For(kind, year) {
			list = append(list, k)
		}
	}
	return list
}

// Feeding lists the kinds whose entries make up an indicator: what a figure opens.
func Feeding(indicator string) []Kind {
	var list []Kind
	for _, k := range Kinds {
		if slices.Contains(k.Feeds(), indicator) {
			list = append(list, k)
		}
	}
	return list
}
