package report

import "wardportal/internal/association"

// sentenceSpec is a sentence as data: clauses that can be told are joined with ";" after the lead. A clause holds figures
// as {CODE}, and in […] what may be left out of it.
type sentenceSpec struct {
	section SectionID
	kind    association.KindCode // "" = every kind
	lead    string
	clauses []string
}

var sentences = []sentenceSpec{
	{SectionSituation, "", "{name} ", []string{
		"có {GEN.ORG.BRANCH} chi hội[ trên địa bàn {GEN.ORG.TDP} tổ dân phố][, với {GEN.MEM.END} hội viên]",
	}},
	{SectionSituation, association.NCT, "", []string{
		"trên địa bàn phường có {NCT.POP60} người cao tuổi[, trong đó {NCT.MEM60} người là hội viên, đạt tỷ lệ {NCT.JOIN_RATE}%]",
	}},
	{SectionSituation, association.DACAM, "Hội đang quản lý ", []string{
		"{DACAM.VIC} nạn nhân[, trong đó {DACAM.VIC.TT} người là nạn nhân trực tiếp][, {DACAM.VIC.TH2} người là con đẻ][, {DACAM.VIC.TH3} người là cháu]",
	}},
	{SectionSituation, association.KHOC, "Phường có ", []string{"{KHOC.DANSO} người[, {KHOC.HO} hộ]"}},

	{SectionPropaganda, "", "Trong năm hội tổ chức ", []string{
		"{GEN.ACT.PROP} buổi tuyên truyền[ với {GEN.ACT.PROP_ATT} lượt người nghe]",
	}},
	{SectionPropaganda, association.TNXP, "Hội tổ chức ", []string{
		"{TNXP.GDTT} buổi giáo dục truyền thống cho thế hệ trẻ[ với {TNXP.GDTT_ATT} lượt người dự]",
	}},
	{SectionPropaganda, association.TYN, "Hội tổ chức ", []string{
		"{TYN.GDTT} buổi nói chuyện truyền thống[ với {TYN.GDTT_ATT} lượt người dự]",
	}},

	{SectionBuilding, "", "Trong năm có ", []string{
		"{GEN.MEM.IN} hội viên chuyển đến", "{GEN.MEM.OUT} hội viên chuyển đi", "{GEN.MEM.DEAD} hội viên qua đời",
		"{GEN.MEM.LEFT} người xin ra hoặc được đưa ra khỏi danh sách",
	}},
	{SectionBuilding, "", "Hội đã ", []string{
		"bổ sung, kiện toàn {GEN.ORG.SUPP} ủy viên Ban Chấp hành, chi hội trưởng",
		"cử {GEN.ACT.TRAIN} lượt cán bộ dự tập huấn",
	}},
	{SectionBuilding, "", "", []string{
		"Ban Chấp hành họp {GEN.ACT.BCH} cuộc",
		"các chi hội sinh hoạt {GEN.ACT.BRANCH} cuộc[ với {GEN.ACT.ATT} lượt hội viên dự]",
	}},

	{SectionCare, "", "Hội ", []string{
		"thăm hỏi {GEN.CARE.SICK} lượt hội viên ốm đau[, số tiền {GEN.CARE.SICK_AMT} đồng]",
		"phúng viếng {GEN.CARE.FUN} trường hợp[, số tiền {GEN.CARE.FUN_AMT} đồng]",
		"tặng {GEN.CARE.GIFT} suất quà cho hội viên khó khăn và dịp lễ, Tết[, trị giá {GEN.CARE.GIFT_AMT} đồng]",
		"giúp vốn cho {GEN.CARE.LOAN} hội viên[, số tiền {GEN.CARE.LOAN_AMT} đồng]",
	}},
	{SectionCare, "", "Hội vận động ", []string{
		"xây mới {GEN.CARE.HOUSE_NEW} nhà", "sửa chữa {GEN.CARE.HOUSE_FIX} nhà", "kinh phí nhà ở {GEN.CARE.HOUSE_AMT} đồng",
	}},
	{SectionCare, association.NCT, "", []string{
		"tổ chức chúc thọ, mừng thọ cho {NCT.MT.TOTAL} người cao tuổi[, kinh phí {NCT.MT.AMT} đồng]",
		"có {NCT.KSK} người được khám sức khỏe định kỳ",
		"có {NCT.EYE} người được khám, mổ mắt",
		"có {NCT.BHYT} người có thẻ bảo hiểm y tế[, đạt {NCT.BHYT_RATE}%]",
	}},
	{SectionCare, association.DACAM, "", []string{
		"dịp 10/8 trao {DACAM.GIFT10_8} suất quà[, trị giá {DACAM.GIFT10_8_AMT} đồng]",
		"hỗ trợ sinh kế {DACAM.SK} suất[, số tiền {DACAM.SK_AMT} đồng]",
		"trao {DACAM.HB} suất học bổng cho con, cháu nạn nhân[, số tiền {DACAM.HB_AMT} đồng]",
		"trao {DACAM.XE} xe lăn, xe lắc, dụng cụ",
		"tổ chức khám, cấp thuốc, xông hơi giải độc {DACAM.KB} lượt",
		"hướng dẫn {DACAM.HS.GIUP} hồ sơ chế độ",
	}},
	{SectionCare, association.KHOC, "Hội ", []string{
		"trao {KHOC.HB} suất học bổng[, số tiền {KHOC.HB_AMT} đồng]",
		"khen thưởng {KHOC.THUONG_HS} lượt học sinh, sinh viên[, số tiền {KHOC.THUONG_HS_AMT} đồng]",
		"khen thưởng {KHOC.THUONG_GV} nhà giáo",
		"hỗ trợ học sinh khó khăn {KHOC.HOTRO} suất[, số tiền {KHOC.HOTRO_AMT} đồng]",
		"vận động {KHOC.BO_HOC} em bỏ học trở lại trường",
	}},
	{SectionCare, association.TNXP, "", []string{
		"có {TNXP.TCHT} hội viên đang hưởng trợ cấp hằng tháng",
		"trao {TNXP.STK} sổ tiết kiệm[, trị giá {TNXP.STK_AMT} đồng]",
		"xây, sửa {TNXP.NHA} nhà tình đồng đội",
		"còn {TNXP.CHUA} người chưa được hưởng chế độ, đang làm hồ sơ",
	}},
	{SectionCare, association.TYN, "", []string{
		"có {TYN.TCHT} hội viên hưởng trợ cấp hằng tháng",
		"còn {TYN.CHUA} người chưa được công nhận, đang hoàn thiện hồ sơ",
	}},

	{SectionMovements, "", "Toàn hội ", []string{
		"có {GEN.CLUB.N} câu lạc bộ, mô hình[ với {GEN.CLUB.MEM} thành viên]",
	}},
	{SectionMovements, association.NCT, "", []string{
		"có {NCT.LTH} câu lạc bộ liên thế hệ tự giúp nhau[ với {NCT.LTH_MEM} thành viên]",
		"có {NCT.TCGS_DAT} người đạt “Tuổi cao - Gương sáng”[ trong {NCT.TCGS_DK} người đăng ký]",
		"có {NCT.KT} người làm kinh tế giỏi",
		"có {NCT.SOCIAL} người tham gia công tác Đảng, chính quyền, đoàn thể, hòa giải",
	}},
	{SectionMovements, association.KHOC, "Được công nhận có ", []string{
		"{KHOC.GDHT_CN} gia đình học tập[, đạt {KHOC.GDHT_RATE}% số hộ]", "{KHOC.DHHT_CN} dòng họ học tập",
		"{KHOC.CDHT_CN} cộng đồng học tập", "{KHOC.DVHT_CN} đơn vị học tập", "{KHOC.CONGDAN_CN} công dân học tập",
	}},
	{SectionMovements, association.KHOC, "Trung tâm học tập cộng đồng mở ", []string{
		"{KHOC.TTHTCD} lớp, chuyên đề[ với {KHOC.TTHTCD_ATT} lượt học viên]",
	}},
	{SectionMovements, association.TNXP, "Hội tổ chức ", []string{"{TNXP.VN} chuyến về nguồn, tìm kiếm hài cốt đồng đội"}},
	{SectionMovements, association.TYN, "Hội tổ chức ", []string{"{TYN.THAM} chuyến thăm lại nơi giam giữ"}},

	{SectionFunds, "", "Quỹ hội: ", []string{
		"tồn đầu kỳ {GEN.FUND.OPEN} đồng", "thu hội phí {GEN.FUND.FEE} đồng", "thu vận động {GEN.FUND.MOB} đồng",
		"ngân sách hỗ trợ {GEN.FUND.BUD} đồng", "thu khác {GEN.FUND.OTH} đồng", "chi {GEN.FUND.OUT} đồng",
		"tồn cuối kỳ {GEN.FUND.CLOSE} đồng",
	}},
	{SectionFunds, association.NCT, "Quỹ chăm sóc và phát huy vai trò người cao tuổi: ", []string{
		"thu {NCT.QCS.IN} đồng", "số dư {NCT.QCS.CLOSE} đồng",
	}},
	{SectionFunds, association.DACAM, "Quỹ nạn nhân chất độc da cam: ", []string{
		"vận động {DACAM.QUY.IN} đồng", "số dư {DACAM.QUY.CLOSE} đồng",
	}},
	{SectionFunds, association.KHOC, "Quỹ khuyến học ", []string{
		"vận động được {KHOC.QUY.IN} đồng[, bình quân {KHOC.QUY.PER} đồng mỗi người dân]",
		"có {KHOC.HEO} heo đất khuyến học[ với số tiền {KHOC.HEO_AMT} đồng]",
	}},
	{SectionFunds, association.TNXP, "Quỹ nghĩa tình đồng đội ", []string{
		"có số dư {TNXP.QUY} đồng[, bình quân {TNXP.QUY_BQ} đồng mỗi hội viên]",
	}},

	{SectionEmulation, "", "Trong năm có ", []string{
		"{GEN.EMU.COL} tập thể được khen thưởng", "{GEN.EMU.IND} cá nhân được khen thưởng",
	}},
	{SectionEmulation, "", "Xếp loại chi hội: ", []string{
		"{GEN.CLS.A} xuất sắc", "{GEN.CLS.B} tốt (khá)", "{GEN.CLS.C} hoàn thành", "{GEN.CLS.D} yếu",
	}},
	{SectionEmulation, association.TNXP, "Đã trao ", []string{"{TNXP.KNC_KY} Kỷ niệm chương Thanh niên xung phong"}},
	{SectionEmulation, association.TYN, "Đã trao ", []string{
		"{TYN.KNC_KY} Kỷ niệm chương Chiến sĩ cách mạng bị địch bắt tù, đày",
	}},
}
