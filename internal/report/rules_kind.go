package report

import "wardportal/internal/association"

const atMostMembers = " {left} nhiều hơn tổng số hội viên {right}."

// handbook §4.3. A population smaller than the membership is the ward's figure gone wrong, and a chair cannot put it
// right: it warns. NCT.MT.k and NCT.HTXH are checked against the roster's limits in rule_rows.go.
var nctRules = []Rule{
	rule("NCT.1", Block, "NCT.AGE.*", Equal, "NCT.MEM60",
		"Hội viên theo nhóm tuổi cộng lại {left}, khác số hội viên từ đủ 60 tuổi là {right}.", association.NCT),
	rule("NCT.2", Block, "NCT.MEM60", AtMost, "GEN.MEM.END", "Hội viên từ đủ 60 tuổi"+atMostMembers, association.NCT),
	rule("NCT.3", Warn, "NCT.MEM60", AtMost, "NCT.POP60",
		"Hội viên từ đủ 60 tuổi {left} nhiều hơn người cao tuổi trên địa bàn {right}. Số trên địa bàn có thể đã cũ, ông/bà hỏi lại cán bộ phường.", association.NCT),
	rule("NCT.4", Block,
		"NCT.MT.70 + NCT.MT.75 + NCT.MT.80 + NCT.MT.85 + NCT.MT.90 + NCT.MT.95 + NCT.MT.100 + NCT.MT.100P", Equal, "NCT.MT.TOTAL",
		"Người được mừng thọ theo từng tuổi cộng lại {left}, khác tổng số {right}.", association.NCT),
	rule("NCT.5", Block, "NCT.TCGS_DAT", AtMost, "NCT.TCGS_DK",
		"Đạt “Tuổi cao - Gương sáng” {left}, nhiều hơn số đăng ký {right}.", association.NCT),
	rule("NCT.6", Block, "NCT.LTH", AtMost, "GEN.CLUB.N",
		"CLB liên thế hệ {left}, nhiều hơn tổng số câu lạc bộ, mô hình {right}.", association.NCT),
	nonZero(rule("NCT.7", Info, "NCT.LTH_MEM", AtLeast, "50*NCT.LTH",
		"Mỗi CLB liên thế hệ thường có 50–70 thành viên; tính ra ở đây ít hơn 50.", association.NCT)),
	nonZero(rule("NCT.8", Info, "NCT.LTH_MEM", AtMost, "70*NCT.LTH",
		"Mỗi CLB liên thế hệ thường có 50–70 thành viên; tính ra ở đây nhiều hơn 70.", association.NCT)),
	rule("NCT.9", Warn, "NCT.BHYT", AtMost, "NCT.POP60",
		"Người cao tuổi có thẻ BHYT {left} nhiều hơn người cao tuổi trên địa bàn {right}.", association.NCT),
}

// handbook §4.4.
var dacamRules = []Rule{
	rule("DACAM.1", Block, "DACAM.VIC.TT + DACAM.VIC.TH2 + DACAM.VIC.TH3 + DACAM.VIC.DAN", Equal, "DACAM.VIC",
		"Nạn nhân theo từng diện cộng lại {left}, khác tổng số {right}.", association.DACAM),
	rule("DACAM.2", Block, "DACAM.MEM.NN + DACAM.MEM.TN", Equal, "GEN.MEM.END",
		"Hội viên là nạn nhân và hội viên tự nguyện cộng lại {left}, khác tổng số hội viên {right}.", association.DACAM),
	rule("DACAM.3", Block, "DACAM.MEM.NN", AtMost, "DACAM.VIC", "Hội viên là nạn nhân {left} nhiều hơn tổng số nạn nhân {right}.", association.DACAM),
	rule("DACAM.4", Block, "DACAM.TC.TT", AtMost, "DACAM.VIC.TT",
		"Nạn nhân trực tiếp đang hưởng trợ cấp {left}, nhiều hơn số nạn nhân trực tiếp {right}.", association.DACAM),
	rule("DACAM.5", Block, "DACAM.TC.CON", AtMost, "DACAM.VIC.TH2",
		"Con đẻ đang hưởng trợ cấp {left}, nhiều hơn số nạn nhân là con đẻ {right}.", association.DACAM),
	rule("DACAM.6", Block, "DACAM.TC.B1 + DACAM.TC.B2 + DACAM.TC.B3 + DACAM.TC.B4", Equal, "DACAM.TC.TT + DACAM.TC.CON",
		"Người hưởng theo tỷ lệ tổn thương cộng lại {left}, khác số đang hưởng trợ cấp {right}.", association.DACAM),
	rule("DACAM.7", Block, "DACAM.TC.CON", AtMost, "DACAM.TC.B3 + DACAM.TC.B4",
		"Con đẻ đang hưởng trợ cấp {left}, nhiều hơn số người có tỷ lệ tổn thương từ 61% là {right}. Con đẻ chỉ hưởng từ 61%.", association.DACAM),
	rule("DACAM.8", Block, "DACAM.TC.PV", AtMost, "DACAM.TC.B4",
		"Người phục vụ được hưởng trợ cấp {left}, nhiều hơn số nạn nhân có tỷ lệ từ 81% là {right}.", association.DACAM),
	rule("DACAM.9", Block, "DACAM.TC.TT + DACAM.TC.CON + DACAM.HS.CHUA", AtMost, "DACAM.VIC",
		"Người đang hưởng và người chưa được hưởng cộng lại {left}, nhiều hơn tổng số nạn nhân {right}.", association.DACAM),
	rule("DACAM.10", Block, "DACAM.GIA_DINH2", AtMost, "DACAM.GIA_DINH",
		"Gia đình có từ 2 nạn nhân trở lên {left}, nhiều hơn số gia đình có nạn nhân {right}.", association.DACAM),
}

// handbook §4.5.
var khocRules = []Rule{
	rule("KHOC.1", Block, "KHOC.CH.TDP + KHOC.CH.TRUONG + KHOC.CH.CQ", Equal, "GEN.ORG.BRANCH",
		"Chi hội tổ dân phố, trường học, cơ quan cộng lại {left}, khác số chi hội {right}.", association.KHOC),
	rule("KHOC.2", Block, "KHOC.GDHT_CN", AtMost, "KHOC.GDHT_DK",
		"Gia đình học tập được công nhận {left}, nhiều hơn số đăng ký {right}.", association.KHOC),
	rule("KHOC.3", Block, "KHOC.GDHT_DK", AtMost, "KHOC.HO",
		"Gia đình đăng ký học tập {left}, nhiều hơn số hộ trên địa bàn {right}.", association.KHOC),
	rule("KHOC.4", Block, "KHOC.DHHT_CN", AtMost, "KHOC.DHHT_TONG",
		"Dòng họ đạt Dòng họ học tập {left}, nhiều hơn số dòng họ trên địa bàn {right}.", association.KHOC),
	rule("KHOC.5", Block, "KHOC.CDHT_CN", AtMost, "GEN.ORG.TDP",
		"Cộng đồng học tập được công nhận {left}, nhiều hơn số tổ dân phố {right}.", association.KHOC),
	rule("KHOC.6", Warn, "KHOC.HB_AMT + KHOC.THUONG_HS_AMT + KHOC.HOTRO_AMT", AtMost, "GEN.FUND.OUT",
		"Học bổng, khen thưởng, hỗ trợ cộng lại {left} đồng, nhiều hơn tổng chi của quỹ {right} đồng.", association.KHOC),
	nonZero(rule("KHOC.7", Warn, "100*GEN.MEM.END", AtLeast, "5*KHOC.DANSO",
		"Tỷ lệ hội viên trên dân số là {KHOC.MEM_RATE}%, thấp hơn mức thường gặp (5–60%). Ông/bà xem lại dân số và số hội viên.", association.KHOC)),
	nonZero(rule("KHOC.8", Warn, "100*GEN.MEM.END", AtMost, "60*KHOC.DANSO",
		"Tỷ lệ hội viên trên dân số là {KHOC.MEM_RATE}%, cao hơn mức thường gặp (5–60%). Ông/bà xem lại dân số và số hội viên.", association.KHOC)),
}

// handbook §4.6. The breakdown by period uses each member's main period; somebody without one makes it smaller.
var tnxpRules = []Rule{
	rule("TNXP.1", Warn, "TNXP.TK.*", Equal, "GEN.MEM.END",
		"Hội viên theo thời kỳ cộng lại {left}, khác tổng số hội viên {right}. Mỗi người tính một lần, theo thời kỳ chính.", association.TNXP),
	rule("TNXP.2", Block, "TNXP.TCHT + TNXP.CHUA", AtMost, "GEN.MEM.END",
		"Người hưởng trợ cấp hằng tháng và người chưa được hưởng cộng lại"+atMostMembers, association.TNXP),
	rule("TNXP.3", Block, "TNXP.TC1L", AtMost, "GEN.MEM.END", "Người đã hưởng trợ cấp một lần"+atMostMembers, association.TNXP),
	rule("TNXP.4", Block, "TNXP.KNC", AtMost, "GEN.MEM.END", "Người có Kỷ niệm chương"+atMostMembers, association.TNXP),
	rule("TNXP.5", Block, "TNXP.CODON", AtMost, "GEN.MEM.END", "Hội viên cô đơn"+atMostMembers, association.TNXP),
	rule("TNXP.6", Block, "TNXP.TC1L_KY", AtMost, "TNXP.TC1L", "Hưởng trợ cấp một lần trong kỳ {left}, nhiều hơn tổng số đã hưởng {right}.", association.TNXP),
}

// handbook §4.7. Honorary members are in the total but in no class, so a class sum may fall short with a word of explanation;
// it can never exceed the total.
var tynRules = []Rule{
	rule("TYN.1", Block, "TYN.CT + TYN.TB", AtMost, "GEN.MEM.END", "Tù chính trị và tù binh cộng lại"+atMostMembers, association.TYN),
	rule("TYN.1A", Warn, "TYN.CT + TYN.TB", AtLeast, "GEN.MEM.END",
		"Tù chính trị và tù binh cộng lại {left}, ít hơn tổng số hội viên {right}. Nếu phần chênh là hội viên danh dự, ông/bà ghi vào giải thích.", association.TYN),
	rule("TYN.2", Block, "TYN.PHAP + TYN.MY", AtMost, "GEN.MEM.END", "Hội viên theo thời kỳ cộng lại"+atMostMembers, association.TYN),
	rule("TYN.2A", Warn, "TYN.PHAP + TYN.MY", AtLeast, "GEN.MEM.END",
		"Hội viên theo thời kỳ cộng lại {left}, ít hơn tổng số hội viên {right}. Mỗi người tính một lần, theo thời kỳ chính.", association.TYN),
	rule("TYN.3", Block, "TYN.NAM.*", AtMost, "GEN.MEM.END", "Hội viên theo thời gian bị giam cộng lại"+atMostMembers, association.TYN),
	rule("TYN.3A", Warn, "TYN.NAM.*", AtLeast, "GEN.MEM.END",
		"Hội viên theo thời gian bị giam cộng lại {left}, ít hơn tổng số hội viên {right}.", association.TYN),
	rule("TYN.4", Block, "TYN.TCHT", AtMost, "GEN.MEM.END", "Người hưởng trợ cấp hằng tháng"+atMostMembers, association.TYN),
	rule("TYN.5", Block, "TYN.KNC_KY", AtMost, "TYN.KNC", "Kỷ niệm chương trao trong kỳ {left}, nhiều hơn tổng số đã nhận {right}.", association.TYN),
	rule("TYN.6", Block, "TYN.CHUA", AtMost, "GEN.MEM.END", "Người chưa được công nhận"+atMostMembers, association.TYN),
}

func nonZero(r Rule) Rule {
	r.NonZero = true
	return r
}

// prisonRules: nobody can have been held at a place more often than there are members.
func prisonRules() []Rule {
	var list []Rule
	for _, p := range association.Prisons {
		list = append(list, rule("TYN.NOI", Block, PrisonCode(p.Code), AtMost, "GEN.MEM.END",
			"Người từng bị giam tại "+p.Name+atMostMembers, association.TYN))
	}
	return list
}
