package report

import "wardportal/internal/association"

// khocRows are handbook §4.5.
var khocRows = rows([]association.KindCode{association.KHOC}, []Indicator{
	{Code: "KHOC.DANSO", Label: "Dân số trên địa bàn", Unit: "người", Section: SectionSituation, Semantics: Stock, Source: External},
	{Code: "KHOC.HO", Label: "Số hộ trên địa bàn", Unit: "hộ", Section: SectionSituation, Semantics: Stock, Source: External},
	{Code: "KHOC.MEM_RATE", Label: "Tỷ lệ hội viên trên dân số", Unit: "%", Section: SectionBuilding, Semantics: Ratio, Source: Derived, Formula: percentOf("GEN.MEM.END", "KHOC.DANSO")},
	{Code: "KHOC.CH.TDP", Label: "Chi hội tổ dân phố", Unit: "chi hội", Section: SectionBuilding, Semantics: Stock, Source: Roster, headOnly: true},
	{Code: "KHOC.CH.TRUONG", Label: "Chi hội trường học", Unit: "chi hội", Section: SectionBuilding, Semantics: Stock, Source: Roster, headOnly: true},
	{Code: "KHOC.CH.CQ", Label: "Chi hội cơ quan, đơn vị", Unit: "chi hội", Section: SectionBuilding, Semantics: Stock, Source: Roster, headOnly: true},
	{Code: "KHOC.BAN", Label: "Ban khuyến học (dòng họ, tôn giáo, đồng hương…)", Short: "ban khuyến học", Unit: "ban", Section: SectionBuilding, Semantics: Stock, Source: Roster},
	{Code: "KHOC.GDHT_DK", Label: "Gia đình học tập: đăng ký", Short: "gia đình đăng ký học tập", Unit: "hộ", Section: SectionMovements, Semantics: Stock, Source: Manual},
	{Code: "KHOC.GDHT_CN", Label: "Gia đình học tập: công nhận", Short: "gia đình học tập được công nhận", Unit: "hộ", Section: SectionMovements, Semantics: Stock, Source: Manual, Core: true},
	{Code: "KHOC.GDHT_RATE", Label: "Tỷ lệ gia đình học tập trên số hộ", Unit: "%", Section: SectionMovements, Semantics: Ratio, Source: Derived, Formula: percentOf("KHOC.GDHT_CN", "KHOC.HO")},
	{Code: "KHOC.DHHT_TONG", Label: "Dòng họ trên địa bàn", Unit: "dòng họ", Section: SectionMovements, Semantics: Stock, Source: Manual, apart: true, headOnly: true},
	{Code: "KHOC.DHHT_CN", Label: "Dòng họ đạt Dòng họ học tập", Unit: "dòng họ", Section: SectionMovements, Semantics: Stock, Source: Manual},
	{Code: "KHOC.CDHT_CN", Label: "Cộng đồng học tập (tổ dân phố) được công nhận", Short: "cộng đồng học tập được công nhận", Unit: "cộng đồng", Section: SectionMovements, Semantics: Stock, Source: Manual, headOnly: true},
	{Code: "KHOC.DVHT_CN", Label: "Đơn vị học tập được công nhận", Unit: "đơn vị", Section: SectionMovements, Semantics: Stock, Source: Manual},
	{Code: "KHOC.CONGDAN_CN", Label: "Công dân học tập được công nhận", Unit: "người", Section: SectionMovements, Semantics: Stock, Source: Manual, Core: true},
	{Code: "KHOC.QUY.IN", Label: "Quỹ khuyến học vận động được", Unit: "đồng", Section: SectionFunds, Semantics: Money, Source: Funds, Core: true, headOnly: true},
	{Code: "KHOC.QUY.PER", Label: "Quỹ khuyến học bình quân đầu người", Unit: "đồng", Section: SectionFunds, Semantics: Ratio, Source: Derived, Formula: averageOf("KHOC.QUY.IN", "KHOC.DANSO")},
	{Code: "KHOC.HEO", Label: "Heo đất khuyến học", Unit: "con", Section: SectionFunds, Semantics: Flow, Source: Activity},
	{Code: "KHOC.HEO_AMT", Label: "Số tiền heo đất khuyến học", Unit: "đồng", Section: SectionFunds, Semantics: Money, Source: Activity},
	{Code: "KHOC.HB", Label: "Suất học bổng", Unit: "suất", Section: SectionCare, Semantics: Flow, Source: Activity, Core: true},
	{Code: "KHOC.HB_AMT", Label: "Số tiền học bổng", Unit: "đồng", Section: SectionCare, Semantics: Money, Source: Activity, Core: true},
	{Code: "KHOC.THUONG_HS", Label: "Học sinh, sinh viên được khen thưởng", Unit: "lượt", Section: SectionCare, Semantics: Flow, Source: Activity, Core: true},
	{Code: "KHOC.THUONG_HS_AMT", Label: "Số tiền khen thưởng học sinh, sinh viên", Unit: "đồng", Section: SectionCare, Semantics: Money, Source: Activity},
	{Code: "KHOC.THUONG_GV", Label: "Nhà giáo được khen thưởng", Unit: "người", Section: SectionCare, Semantics: Flow, Source: Activity},
	{Code: "KHOC.HOTRO", Label: "Học sinh khó khăn được hỗ trợ (xe, sách, đồ dùng)", Short: "suất hỗ trợ học sinh khó khăn", Unit: "suất", Section: SectionCare, Semantics: Flow, Source: Activity},
	{Code: "KHOC.HOTRO_AMT", Label: "Số tiền hỗ trợ học sinh khó khăn", Unit: "đồng", Section: SectionCare, Semantics: Money, Source: Activity},
	{Code: "KHOC.BO_HOC", Label: "Học sinh bỏ học được vận động trở lại", Unit: "em", Section: SectionCare, Semantics: Flow, Source: Activity},
	{Code: "KHOC.TTHTCD", Label: "Lớp, chuyên đề tại Trung tâm học tập cộng đồng", Unit: "lớp", Section: SectionMovements, Semantics: Flow, Source: Activity},
	{Code: "KHOC.TTHTCD_ATT", Label: "Lượt học viên Trung tâm học tập cộng đồng", Unit: "lượt", Section: SectionMovements, Semantics: Flow, Source: Activity},
})
