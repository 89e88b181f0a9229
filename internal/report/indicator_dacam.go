package report

import "wardportal/internal/association"

// dacamRows are handbook §4.4: small cells are hidden in public and exported tables.
var dacamRows = rows([]association.KindCode{association.DACAM}, []Indicator{
	{Code: "DACAM.VIC", Label: "Tổng số nạn nhân trên địa bàn (hội quản lý)", Short: "tổng số nạn nhân", Unit: "người", Section: SectionSituation, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "DACAM.VIC.TT", Label: "Nạn nhân trực tiếp", Unit: "người", Section: SectionSituation, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "DACAM.VIC.TH2", Label: "Nạn nhân gián tiếp: con đẻ", Unit: "người", Section: SectionSituation, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "DACAM.VIC.TH3", Label: "Nạn nhân gián tiếp: cháu", Unit: "người", Section: SectionSituation, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "DACAM.VIC.DAN", Label: "Dân thường phơi nhiễm", Unit: "người", Section: SectionSituation, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "DACAM.MEM.NN", Label: "Hội viên là nạn nhân", Unit: "người", Section: SectionBuilding, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "DACAM.MEM.TN", Label: "Hội viên tự nguyện", Unit: "người", Section: SectionBuilding, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "DACAM.TC.TT", Label: "Đang hưởng trợ cấp hằng tháng: trực tiếp", Short: "trực tiếp đang hưởng trợ cấp", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "DACAM.TC.CON", Label: "Đang hưởng trợ cấp hằng tháng: con đẻ", Short: "con đẻ đang hưởng trợ cấp", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "DACAM.TC.B1", Label: "Hưởng trợ cấp theo tỷ lệ tổn thương 21–40%", Short: "tỷ lệ 21–40%", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "DACAM.TC.B2", Label: "Hưởng trợ cấp theo tỷ lệ tổn thương 41–60%", Short: "tỷ lệ 41–60%", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "DACAM.TC.B3", Label: "Hưởng trợ cấp theo tỷ lệ tổn thương 61–80%", Short: "tỷ lệ 61–80%", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "DACAM.TC.B4", Label: "Hưởng trợ cấp theo tỷ lệ tổn thương từ 81%", Short: "tỷ lệ từ 81%", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "DACAM.TC.PV", Label: "Người phục vụ được hưởng trợ cấp", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "DACAM.HS.CHUA", Label: "Có giấy tờ nhưng chưa được hưởng", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "DACAM.HS.GIUP", Label: "Hồ sơ được hội hướng dẫn trong kỳ", Unit: "hồ sơ", Section: SectionCare, Semantics: Flow, Source: Activity, SuppressSmall: true},
	{Code: "DACAM.GIA_DINH", Label: "Gia đình có nạn nhân", Unit: "hộ", Section: SectionSituation, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "DACAM.GIA_DINH2", Label: "Gia đình có từ 2 nạn nhân trở lên", Unit: "hộ", Section: SectionSituation, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "DACAM.GIFT10_8", Label: "Suất quà dịp 10/8", Unit: "suất", Section: SectionCare, Semantics: Flow, Source: Activity, SuppressSmall: true},
	{Code: "DACAM.GIFT10_8_AMT", Label: "Trị giá quà dịp 10/8", Unit: "đồng", Section: SectionCare, Semantics: Money, Source: Activity},
	{Code: "DACAM.XE", Label: "Xe lăn, xe lắc, dụng cụ được trao", Unit: "cái", Section: SectionCare, Semantics: Flow, Source: Activity, SuppressSmall: true},
	{Code: "DACAM.SK", Label: "Suất hỗ trợ sinh kế (bò, vốn, …)", Short: "suất hỗ trợ sinh kế", Unit: "suất", Section: SectionCare, Semantics: Flow, Source: Activity, SuppressSmall: true},
	{Code: "DACAM.SK_AMT", Label: "Số tiền hỗ trợ sinh kế", Unit: "đồng", Section: SectionCare, Semantics: Money, Source: Activity},
	{Code: "DACAM.HB", Label: "Suất học bổng cho con, cháu nạn nhân", Unit: "suất", Section: SectionCare, Semantics: Flow, Source: Activity, SuppressSmall: true},
	{Code: "DACAM.HB_AMT", Label: "Số tiền học bổng cho con, cháu nạn nhân", Unit: "đồng", Section: SectionCare, Semantics: Money, Source: Activity},
	{Code: "DACAM.KB", Label: "Lượt khám, cấp thuốc, xông hơi giải độc", Unit: "lượt", Section: SectionCare, Semantics: Flow, Source: Activity, SuppressSmall: true},
	{Code: "DACAM.QUY.IN", Label: "Quỹ nạn nhân chất độc da cam: vận động", Short: "vận động Quỹ nạn nhân", Unit: "đồng", Section: SectionFunds, Semantics: Money, Source: Funds, headOnly: true},
	{Code: "DACAM.QUY.CLOSE", Label: "Quỹ nạn nhân chất độc da cam: số dư", Short: "số dư Quỹ nạn nhân", Unit: "đồng", Section: SectionFunds, Semantics: Stock, Source: Funds, headOnly: true},
})
