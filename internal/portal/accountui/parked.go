package accountui

import (
	"net/url"
	"strings"

	"wardportal/web/ui"
)

// parkedLabels names the fields of the portal's forms in words. What a field holds as a code (a choice, a number of a row) is
// not listed: it is sent again all the same, but means nothing to a reader.
var parkedLabels = map[string]string{
	"ten": "Họ và tên", "bi_danh": "Tên thường gọi", "ngay_sinh": "Ngày sinh", "vao_hoi": "Ngày vào hội", "so_the": "Số thẻ", "dien_thoai": "Điện thoại",
	"cua_ai": "Điện thoại của ai", "dia_chi": "Chỗ ở", "ghi_chu": "Ghi chú", "ngay": "Ngày", "ly_do": "Lý do",
	"name": "Tên", "note": "Ghi chú", "reason": "Lý do", "happened_on": "Ngày làm", "quantity": "Số lượng", "people": "Số người", "amount": "Số tiền (đồng)",
	"starts_on": "Từ ngày", "ends_on": "Đến ngày", "congress_on": "Ngày đại hội tới", "decision_no": "Số quyết định", "decision_on": "Ngày ký", "authority": "Cơ quan công nhận",
	"bch_quota": "Số ủy viên Ban Chấp hành", "opened_on": "Thành lập ngày", "closed_on": "Ngày hoạt động cuối cùng", "counted_on": "Tính đến ngày", "members": "Số hội viên", "female": "Trong đó nữ",
	"tieu-de": "Tiêu đề", "mo-dau": "Phần mở đầu", "noi-dung": "Nội dung", "viet-tat": "Tên viết tắt người viết", "nguon": "Tên nguồn", "tra-loi": "Câu trả lời",
}

// The boxes of a date, in the order people write them.
var dateParts = []string{"-ngay", "-thang", "-nam"}

// shownOf tells in words what was typed: labelled fields, dates as one, and free text of other fields without a name.
func shownOf(names []string, body url.Values) []ui.SummaryRow {
	var rows []ui.SummaryRow
	dates := map[string]bool{}
	for _, name := range names {
		if base := dateBase(name); base != "" {
			if text := dateText(base, body); text != "" && !dates[base] {
				dates[base] = true
				rows = append(rows, ui.SummaryRow{Key: parkedLabels[base], Value: text})
			}
			continue
		}
		value := strings.TrimSpace(strings.Join(body[name], ", "))
		switch label := parkedLabels[name]; {
		case value == "":
		case label != "":
			rows = append(rows, ui.SummaryRow{Key: label, Value: value})
		case strings.Contains(value, " "):
			rows = append(rows, ui.SummaryRow{Key: "Nội dung đã nhập", Value: value})
		}
	}
	return rows
}

// dateBase is the name of a known date of which the field is one box, or "".
func dateBase(name string) string {
	for _, part := range dateParts {
		if base, ok := strings.CutSuffix(name, part); ok && parkedLabels[base] != "" {
			return base
		}
	}
	return ""
}

func dateText(base string, body url.Values) string {
	var list []string
	for _, part := range dateParts {
		if text := strings.TrimSpace(body.Get(base + part)); text != "" {
			list = append(list, text)
		}
	}
	return strings.Join(list, "/")
}
