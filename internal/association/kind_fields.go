package association

// withOffices gives the titles of handbook §5. Sizes differ by kind: how many deputies, how many further members of the
// standing board, how many members of the control board (0 where a small association has none of its own).
func withOffices(deputies, standing, control int) []Office {
	list := []Office{
		{"CT", "Chủ tịch", BodyBTV, 1, true},
		{"PCT_TT", "Phó Chủ tịch Thường trực", BodyBTV, 1, false},
		{"PCT", "Phó Chủ tịch", BodyBTV, deputies, true},
		{"UVBTV", "Ủy viên Ban Thường vụ", BodyBTV, standing, false},
		{"UVBCH", "Ủy viên Ban Chấp hành", BodyBCH, 0, false},
		{"TK", "Thư ký", BodyOther, 1, false},
		{"TQ", "Thủ quỹ", BodyOther, 1, true},
		{"KT", "Kế toán", BodyOther, 1, false},
		{"TBKT", "Trưởng Ban Kiểm tra", BodyBKT, min(control, 1), control > 0},
		{"UVKT", "Ủy viên Ban Kiểm tra", BodyBKT, max(control-1, 0), false},
		{"CHT", "Chi hội trưởng", BodyBranch, 1, true},
		{"CHP", "Chi hội phó", BodyBranch, 0, false},
		{"TTH", "Tổ trưởng tổ hội", BodyBranch, 0, false},
		{"CNCLB", "Chủ nhiệm câu lạc bộ", BodyOther, 0, false},
	}
	return list
}

var nctFields = []MemberField{
	{Code: "bhyt", Label: "Có thẻ bảo hiểm y tế", Kind: FieldBool},
	{Code: "che_do", Label: "Lương hưu, trợ cấp", Kind: FieldChoice, Choices: []Choice{
		{"luong_huu", "Lương hưu"},
		{"huu_tri_xa_hoi", "Trợ cấp hưu trí xã hội"},
		{"bao_tro", "Trợ cấp bảo trợ"},
		{"nguoi_co_cong", "Người có công"},
		{"khong", "Không"},
	}},
	{Code: "song_mot_minh", Label: "Sống một mình", Kind: FieldBool, Hint: "Để chi hội biết mà thăm nom thường xuyên."},
	{Code: "kho_khan", Label: "Cô đơn, hoàn cảnh đặc biệt khó khăn", Kind: FieldBool},
	{Code: "guong_sang", Label: "Các năm đạt “Tuổi cao - Gương sáng”", Kind: FieldText, Hint: "Ví dụ: 2019, 2021, 2023"},
}

var khocFields = []MemberField{
	{Code: "thanh_phan", Label: "Thành phần", Kind: FieldChoice, Choices: []Choice{
		{"phu_huynh", "Phụ huynh"},
		{"nha_giao", "Nhà giáo"},
		{"nha_giao_huu", "Nhà giáo nghỉ hưu"},
		{"can_bo", "Cán bộ, công chức"},
		{"doanh_nhan", "Doanh nhân"},
		{"huu_tri", "Hưu trí"},
		{"cuu_chien_binh", "Cựu chiến binh"},
		{"khac", "Khác"},
	}},
	{Code: "don_vi", Label: "Trường, cơ quan, dòng họ", Kind: FieldText, Hint: "Nơi sinh hoạt khuyến học, nếu không theo tổ dân phố."},
	{Code: "gia_dinh_hoc_tap", Label: "Gia đình học tập", Kind: FieldChoice, Choices: []Choice{
		{"dang_ky", "Đã đăng ký"},
		{"cong_nhan", "Đã được công nhận"},
		{"chua", "Chưa đăng ký"},
	}},
}

// Every field of this profile tells of health, heredity or benefits (handbook §3.2, §7), so all are sensitive.
var dacamFields = []MemberField{
	{Code: "doi_tuong", Label: "Diện hội viên", Kind: FieldChoice, Sensitive: true, Choices: []Choice{
		{"truc_tiep", "Nạn nhân trực tiếp"},
		{"the_he_2", "Con đẻ (thế hệ 2)"},
		{"the_he_3", "Cháu (thế hệ 3)"},
		{"phoi_nhiem", "Dân thường phơi nhiễm"},
		{"tu_nguyen", "Hội viên tự nguyện"},
	}},
	{Code: "ty_le", Label: "Tỷ lệ tổn thương cơ thể", Kind: FieldChoice, Sensitive: true, Choices: []Choice{
		{"21_40", "21–40 %"},
		{"41_60", "41–60 %"},
		{"61_80", "61–80 %"},
		{"81", "Từ 81 %"},
	}, Hint: "Theo biên bản giám định. Con đẻ hưởng trợ cấp từ 61 %."},
	{Code: "che_do", Label: "Trợ cấp hằng tháng", Kind: FieldChoice, Sensitive: true, Choices: []Choice{
		{"dang_huong", "Đang hưởng"},
		{"co_ho_so", "Có hồ sơ, chưa hưởng"},
		{"chua_co", "Chưa có hồ sơ"},
	}},
	{Code: "quyet_dinh_so", Label: "Số quyết định", Kind: FieldText, Sensitive: true},
	{Code: "quyet_dinh_ngay", Label: "Ngày quyết định", Kind: FieldDate, Sensitive: true},
	{Code: "nguoi_cham_soc", Label: "Người chăm sóc", Kind: FieldText, Sensitive: true, Hint: "Họ tên và quan hệ, ví dụ: Nguyễn Thị Lành (mẹ)"},
	{Code: "nguoi_phuc_vu", Label: "Người phục vụ được hưởng trợ cấp", Kind: FieldBool, Sensitive: true},
	{Code: "gia_dinh", Label: "Nạn nhân khác cùng gia đình", Kind: FieldText, Sensitive: true},
}

// TNXPPeriods are the periods of service; a member is counted once, under the main one (handbook §4.6).
var TNXPPeriods = []Choice{
	{"phap", "Chống Pháp"},
	{"my", "Chống Mỹ (tập trung)"},
	{"cs", "TNXP cơ sở miền Nam"},
	{"xd", "Sau năm 1975"},
}

var tnxpFields = []MemberField{
	{Code: "thoi_ky", Label: "Thời kỳ chính", Kind: FieldChoice, Choices: TNXPPeriods, Hint: "Tham gia nhiều thời kỳ thì chọn thời kỳ dài nhất."},
	{Code: "tu_ngay", Label: "Nhập ngũ TNXP", Kind: FieldDate},
	{Code: "den_ngay", Label: "Hoàn thành nhiệm vụ", Kind: FieldDate},
	{Code: "don_vi", Label: "Đơn vị", Kind: FieldText, Hint: "Ví dụ: Đại đội 6, Đội 40"},
	{Code: "noi_phuc_vu", Label: "Nơi phục vụ", Kind: FieldText},
	{Code: "tro_cap", Label: "Trợ cấp TNXP", Kind: FieldChoice, Sensitive: true, Choices: []Choice{
		{"mot_lan", "Đã hưởng trợ cấp một lần"},
		{"hang_thang", "Đang hưởng trợ cấp hằng tháng"},
		{"chua", "Chưa được hưởng, đang làm hồ sơ"},
		{"khong", "Không thuộc diện"},
	}},
	{Code: "tro_cap_ngay", Label: "Ngày quyết định trợ cấp", Kind: FieldDate, Sensitive: true},
	{Code: "thuong_benh", Label: "Thương binh, bệnh binh, nhiễm chất độc hóa học", Kind: FieldMulti, Sensitive: true, Choices: []Choice{
		{"thuong_binh", "Thương binh"},
		{"benh_binh", "Bệnh binh"},
		{"cdhh", "Nhiễm chất độc hóa học"},
	}},
	{Code: "knc_so", Label: "Số Kỷ niệm chương TNXP", Kind: FieldText},
	{Code: "knc_ngay", Label: "Ngày trao Kỷ niệm chương", Kind: FieldDate},
	{Code: "co_don", Label: "Cô đơn, không nơi nương tựa", Kind: FieldBool},
}

// Prison history is sensitive by product.md §2.9: encrypted, each view recorded.
var tynFields = []MemberField{
	{Code: "dien", Label: "Diện", Kind: FieldChoice, Sensitive: true, Choices: []Choice{
		{"chinh_tri", "Tù chính trị"},
		{"tu_binh", "Tù binh"},
	}},
	{Code: "thoi_ky", Label: "Thời kỳ chính", Kind: FieldChoice, Sensitive: true, Choices: []Choice{
		{"phap", "Chống Pháp"},
		{"my", "Chống Mỹ"},
	}},
	{Code: "bi_bat", Label: "Bị bắt", Kind: FieldDate, Sensitive: true, Hint: "Bị bắt nhiều lần thì ghi lần đầu."},
	{Code: "noi_bat", Label: "Nơi bị bắt", Kind: FieldText, Sensitive: true},
	{Code: "noi_giam", Label: "Các nơi bị giam", Kind: FieldMulti, Sensitive: true, Choices: prisonChoices()},
	{Code: "ra_tu", Label: "Ra tù", Kind: FieldDate, Sensitive: true},
	{Code: "so_thang", Label: "Tổng số tháng bị giam", Kind: FieldNumber, Sensitive: true, Hint: "Cộng các lần bị giam."},
	{Code: "cong_nhan", Label: "Quyết định công nhận", Kind: FieldText, Sensitive: true, Hint: "Số và ngày quyết định; chưa có thì để trống."},
	{Code: "tro_cap_thang", Label: "Hưởng trợ cấp hằng tháng", Kind: FieldBool, Sensitive: true},
	{Code: "tro_cap_mot_lan", Label: "Đã hưởng trợ cấp một lần", Kind: FieldBool, Sensitive: true},
	{Code: "thuong_binh", Label: "Hưởng chế độ như thương binh", Kind: FieldBool, Sensitive: true},
	{Code: "knc_so", Label: "Số Kỷ niệm chương Chiến sĩ cách mạng bị địch bắt tù, đày", Kind: FieldText},
	{Code: "knc_ngay", Label: "Ngày trao Kỷ niệm chương", Kind: FieldDate},
}
