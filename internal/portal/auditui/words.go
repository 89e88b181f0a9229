package auditui

import "strings"

// whole are acts whose words are not a verb and a noun.
var whole = map[string]string{
	"session.begin": "Đăng nhập", "session.end": "Đăng xuất", "session.refused": "Đăng nhập không được",
	"account.password": "Đổi mật khẩu", "account.grant": "Giao vai trò",
	"member.reveal": "Xem thông tin riêng của hội viên", "member.import": "Nhập hội viên từ tệp", "member.export": "Xuất danh sách hội viên",
	"import.plan": "Lập kế hoạch nhập từ tệp", "import.apply": "Nhập danh sách từ tệp", "import.undo": "Hoàn tác lần nhập từ tệp", "import.drop": "Bỏ kế hoạch nhập từ tệp", "import.export": "Tải các dòng của tệp nhập",
	"branch.count": "Ghi số hội viên của chi hội", "branch.close": "Kết thúc chi hội", "branch.add": "Thành lập chi hội",
	"officer.appoint": "Bổ nhiệm cán bộ", "officer.end": "Thôi giữ chức vụ", "activity.beneficiaries": "Ghi người nhận",
	"media.add": "Tải ảnh lên", "report.load": "Nạp báo cáo các năm trước", "report.rate": "Xếp loại hội",
	"member.exempt": "Cho miễn sinh hoạt", "member.resume": "Cho sinh hoạt lại", "member.death": "Ghi hội viên qua đời",
	"member.died": "Ghi hội viên qua đời", "member.left": "Ghi hội viên thôi sinh hoạt", "member.moved": "Ghi hội viên chuyển đi",
	"member.mistake": "Đánh dấu nhập nhầm", "member.withdraw_death": "Đính chính việc qua đời", "member.answer": "Trả lời về hội viên",
	"member.readmit": "Nhận hội viên trở lại", "member.undo": "Hoàn tác việc về hội viên", "member.branch": "Chuyển chi hội", "member.move": "Chuyển chi hội",
	"member.end":  "Ghi hội viên thôi sinh hoạt",
	"letter.send": "Gửi thư góp ý", "letter.take": "Nhận xem thư góp ý", "letter.answer": "Trả lời thư góp ý", "letter.spam": "Xếp thư góp ý vào thư rác",
	"letter.not_spam": "Đưa thư góp ý ra khỏi thư rác", "letter.close": "Đóng thư góp ý", "letter.reopen": "Mở lại thư góp ý",
	"letter.publish": "Đăng câu hỏi và câu trả lời", "letter.unpublish": "Gỡ câu hỏi và câu trả lời",
}

var verbs = map[string]string{
	"add": "Thêm", "change": "Sửa", "remove": "Bỏ", "open": "Mở", "close": "Kết thúc", "extend": "Gia hạn", "save": "Lưu", "submit": "Nộp", "return": "Trả lại",
	"accept": "Tiếp nhận", "unaccept": "Bỏ tiếp nhận", "reopen": "Mở lại", "withdraw": "Rút", "include": "Tổng hợp", "exclude": "Bỏ khỏi tổng hợp",
	"consolidate": "Tổng hợp", "amend": "Điều chỉnh", "confirm": "Xác nhận", "object": "Không đồng ý với", "approve": "Duyệt", "publish": "Đăng", "redraft": "Đưa về nháp",
	"schedule": "Lên lịch", "move": "Chuyển trạng thái", "invite": "Mời dự", "start": "Bắt đầu", "resume": "Làm tiếp", "flag": "Đánh dấu", "text": "Viết lời cho",
}

var nouns = map[string]string{
	"account": "tài khoản", "session": "phiên đăng nhập", "group": "tổ dân phố", "association": "hội", "branch": "chi hội", "member": "hội viên", "officer": "cán bộ",
	"office": "chức danh", "term": "nhiệm kỳ", "activity": "sổ hoạt động", "fund": "sổ quỹ", "club": "câu lạc bộ", "meeting": "cuộc họp", "report": "báo cáo",
	"campaign": "đợt báo cáo", "summary": "bản tổng hợp", "news": "tin bài", "media": "ảnh", "letter": "thư góp ý", "import": "lần nhập từ tệp", "ward": "thông tin phường",
}

// words says an act in Vietnamese: "Sửa hội viên". An act nobody has put into words yet is told by its noun.
func words(action string) string {
	if w, ok := whole[action]; ok {
		return w
	}
	noun, verb, _ := strings.Cut(action, ".")
	n, known := nouns[noun]
	if !known {
		n = "dữ liệu khác"
	}
	v, known := verbs[verb]
	if !known {
		return "Cập nhật " + n
	}
	return v + " " + n
}

// fieldWords are the names of fields as people read them; what is not here is left out: a code says nothing to anybody.
var fieldWords = map[string]string{
	"name": "họ tên", "alias": "bí danh", "sex": "giới tính", "birth": "ngày sinh", "joined": "ngày vào hội", "phone": "điện thoại", "address": "chỗ ở", "card": "số thẻ",
	"class": "loại hội viên", "note": "ghi chú", "branch": "chi hội", "status": "trạng thái", "id_number": "số định danh", "profile": "thông tin theo hội", "password": "mật khẩu",
	"role": "vai trò", "sort": "thứ tự", "closed_on": "ngày kết thúc", "title": "tiêu đề", "lead": "mở đầu", "body": "nội dung", "photos": "ảnh", "category": "chuyên mục",
	"kind": "loại", "quantity": "số lượng", "amount": "số tiền", "happened_on": "ngày", "seats": "số chỗ", "values": "số liệu", "texts": "lời báo cáo", "group": "tổ dân phố",
	"answer": "câu trả lời",
}
