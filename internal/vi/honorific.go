package vi

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const sureTitles = `(?:cụ (?:ông|bà)|cụ|bà|đồng chí|đ\s?[/.\-]?\s?c|bác s[ĩỹ]|thạc s[ĩỹ]|tiến s[ĩỹ]|` +
	`pgs|gs|ts|ths|bs|bsck ?i{0,2}|ds|kts|ks|ls|cn|nsưt|nsnd|ngưt|ngnd)`

// sureTitle matches what is a title wherever it stands first: no family is
// called so. An ending dot or colon may touch the name ("Đ/c:Nguyễn").
var sureTitle = regexp.MustCompile(`(?i)^(?:` + sureTitles + `\s*[.:]|` + sureTitles + `(?:\s|$))\s*`)

// doubtfulTitle matches words that are a title before a full name but may be the
// name itself: "Ông" is a family name.
var doubtfulTitle = regexp.MustCompile(`(?i)^(ông|cô|thầy|chú|bác|anh|chị|mẹ)(\s*[.:]\s*|\s+|$)`)

// StripTitle takes "Ông", "Bà", "Cụ", "Đ/c", "Đ-c", "Đ/c:", "Bs" and the like off
// the front of a name (handbook §8.5). A doubtful word goes only when what follows
// is a full name by itself, so "Ông Thị Đào" and "Ông Ích Khiêm" stay whole.
// The title comes back as written, without its dot or colon.
func StripTitle(s string) (title, rest string) {
	rest = Clean(s)
	var titles []string
	for {
		m := sureTitle.FindString(rest)
		if m == "" {
			m = doubtful(rest)
		}
		if m == "" {
			return strings.Join(titles, " "), rest
		}
		titles = append(titles, strings.TrimRight(m, " .:"))
		rest = rest[len(m):]
	}
}

// doubtful returns the leading title of s, with the space after it, or "".
func doubtful(s string) string {
	m := doubtfulTitle.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	rest := s[len(m[0]):]
	words := strings.Fields(rest)
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case len(words) == 0, strings.ContainsAny(m[2], ".:"):
		return m[0]
	case unicode.IsLower(first) && startsUpper(rest): // "ông Nguyễn Hùng"
		return m[0]
	case len(words) < 2:
		return ""
	case ToneFold(words[0]) == "văn0" && len(words) == 2:
		return "" // "Ông Văn Bình": far more often the middle name than the family Văn
	case familyNames[ToneFold(words[0])]:
		return m[0]
	}
	return ""
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// familyNames are the families of Vietnam by ToneFold, common ones and those met
// in Quảng Ngãi; "Thị" and other middle names must never stand here.
var familyNames = func() map[string]bool {
	set := make(map[string]bool)
	for f := range strings.FieldsSeq(`Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương
		Trịnh Trương Đinh Lâm Phùng Mai Tô Hà Tạ Thái Cao Lương Châu Chu Từ Tiêu Lữ Lã Bạch Kiều Thới Ông Tôn Quách La Đàm Thân
		Hứa Văn Nghiêm Nông Triệu Tống Doãn Khuất Khổng Kim Mạc Ninh Nhâm Phí Phó Quản Sầm Thạch Thiều Tăng Trà Ưng Vi Viên
		Đồng Đới Giang Giáp Hàn Hàng Hầu Hình Hạ Hùng Khương Kha Lại Liêu Liễu Long Lò Lục Lưu Lư Lềnh Mạnh Mã Mẫn Ngụy Nghê
		Ngụ Nhan Nhữ Ông Phương Phù Quan Quang Quế Quyền Sử Tào Tất Thẩm Thi Thịnh Tiền Tòng Trang Trác Trầm Trì Trình Tưởng
		Uông Ung Vàng Vừ Vạn Xa Yên Âu Ân Bành Bàng Biện Bồ Ca Cái Cam Chế Chung Chử Cổ Cù Cung Danh Diệp Diêu Dư Đan Đậu
		Điền Đổng Đường Giả Hạng Khúc Khưu Kỷ Lạc Lao Lộ Lỗ Luyện Luu Ma Mông Nghị Nhiếp Ôn Phún Phúc Tân Thang Thiệu Thôi
		Tiết Tín Tiếp Tri Trưng Tề Vòng Xiêm`) {
		set[ToneFold(f)] = true
	}
	return set
}()
