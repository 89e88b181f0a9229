package report

import "wardportal/internal/association"

// tnxpRows are handbook §4.6. Members are counted once, under their main period.
var tnxpRows = rows([]association.KindCode{association.TNXP}, []Indicator{
	{Code: "TNXP.TK.PHAP", Label: "Hội viên theo thời kỳ: chống Pháp", Short: "chống Pháp", Unit: "người", Section: SectionBuilding, Semantics: Stock, Source: Roster},
	{Code: "TNXP.TK.MY", Label: "Hội viên theo thời kỳ: chống Mỹ (tập trung)", Short: "chống Mỹ (tập trung)", Unit: "người", Section: SectionBuilding, Semantics: Stock, Source: Roster},
	{Code: "TNXP.TK.CS", Label: "Hội viên theo thời kỳ: TNXP cơ sở miền Nam", Short: "TNXP cơ sở miền Nam", Unit: "người", Section: SectionBuilding, Semantics: Stock, Source: Roster},
	{Code: "TNXP.TK.XD", Label: "Hội viên theo thời kỳ: sau 1975", Short: "sau 1975", Unit: "người", Section: SectionBuilding, Semantics: Stock, Source: Roster},
	{Code: "TNXP.TB", Label: "Hội viên là thương binh", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "TNXP.BB", Label: "Hội viên là bệnh binh", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "TNXP.CDHH", Label: "Hội viên nhiễm chất độc hóa học", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "TNXP.TC1L", Label: "Đã hưởng trợ cấp một lần", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "TNXP.TC1L_KY", Label: "Hưởng trợ cấp một lần trong kỳ", Unit: "người", Section: SectionCare, Semantics: Flow, Source: Roster, SuppressSmall: true},
	{Code: "TNXP.TCHT", Label: "Đang hưởng trợ cấp hằng tháng", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "TNXP.CHUA", Label: "Chưa được hưởng chế độ (đang làm hồ sơ)", Short: "chưa được hưởng chế độ", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "TNXP.KNC", Label: "Có Kỷ niệm chương TNXP", Unit: "người", Section: SectionEmulation, Semantics: Stock, Source: Roster, Core: true},
	{Code: "TNXP.KNC_KY", Label: "Kỷ niệm chương TNXP trao trong kỳ", Unit: "người", Section: SectionEmulation, Semantics: Flow, Source: Roster},
	{Code: "TNXP.CODON", Label: "Hội viên cô đơn, không nơi nương tựa", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "TNXP.NHA", Label: "Nhà tình đồng đội (xây, sửa)", Short: "nhà tình đồng đội", Unit: "nhà", Section: SectionCare, Semantics: Flow, Source: Activity},
	{Code: "TNXP.STK", Label: "Sổ tiết kiệm tặng hội viên", Unit: "sổ", Section: SectionCare, Semantics: Flow, Source: Activity},
	{Code: "TNXP.STK_AMT", Label: "Trị giá sổ tiết kiệm tặng hội viên", Unit: "đồng", Section: SectionCare, Semantics: Money, Source: Activity},
	{Code: "TNXP.QUY", Label: "Quỹ nghĩa tình đồng đội: số dư", Short: "số dư Quỹ nghĩa tình đồng đội", Unit: "đồng", Section: SectionFunds, Semantics: Stock, Source: Funds, Core: true, headOnly: true},
	{Code: "TNXP.QUY_BQ", Label: "Quỹ nghĩa tình đồng đội bình quân mỗi hội viên", Unit: "đồng", Section: SectionFunds, Semantics: Ratio, Source: Derived, Formula: averageOf("TNXP.QUY", "GEN.MEM.END")},
	{Code: "TNXP.GDTT", Label: "Buổi giáo dục truyền thống cho thế hệ trẻ", Unit: "buổi", Section: SectionPropaganda, Semantics: Flow, Source: Activity},
	{Code: "TNXP.GDTT_ATT", Label: "Lượt dự giáo dục truyền thống", Unit: "lượt", Section: SectionPropaganda, Semantics: Flow, Source: Activity},
	{Code: "TNXP.VN", Label: "Chuyến về nguồn, tìm kiếm hài cốt đồng đội", Unit: "chuyến", Section: SectionMovements, Semantics: Flow, Source: Activity},
})
