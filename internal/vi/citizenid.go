package vi

import (
	"regexp"
	"strings"
)

// IDKind is the kind of a personal number.
type IDKind string

// Kinds of personal numbers; the empty kind belongs to the zero [ID].
const (
	CCCD IDKind = "CCCD" // 12 digits, tells province, sex and year of birth
	CMND IDKind = "CMND" // 9 digits, the card before 2021
)

// Sex as the twelve digits tell it.
type Sex string

// Sexes; empty is unknown.
const (
	Male   Sex = "nam"
	Female Sex = "nữ"
)

// ID is a citizen number (handbook §8.8). The zero ID is "không có".
type ID struct {
	Number    string // digits only: 12 (CCCD) or 9 (CMND)
	Kind      IDKind
	ZeroAdded bool   // notice: a spreadsheet ate leading zeros
	Province  string // place where the birth was registered; "" when the code is not known
	Sex       Sex    // CCCD only
	BirthYear int    // CCCD only; 0 for CMND
}

// IDReason says why a text is no citizen number.
type IDReason string

// Reasons of [IDError].
const (
	IDDigitsLost IDReason = "digits-lost" // "9.99142E+11": the spreadsheet threw digits away
	IDLength     IDReason = "length"      // neither 9 nor 12 digits
	IDLetters    IDReason = "letters"
)

// IDError is the refusal of a citizen number; its text is for the person who typed it.
type IDError struct {
	Reason IDReason
	Text   string
}

func (e *IDError) Error() string {
	switch e.Reason {
	case IDDigitsLost:
		return "Bảng tính đã làm mất các chữ số cuối của số định danh. Hãy xem lại trên thẻ."
	case IDLength:
		return "Số định danh (CCCD) có 12 chữ số, CMND cũ có 9 chữ số."
	}
	return "Số định danh chỉ gồm chữ số."
}

var (
	scientific = regexp.MustCompile(`(?i)^\d+(?:[.,]\d+)?e\+?\d+$`)
	idNoise    = strings.NewReplacer(" ", "", ".", "", "-", "", "'", "", "’", "")
)

// ParseID reads a citizen number: spaces, dots and dashes go, zeros that a
// spreadsheet ate come back where the number then makes sense (11 or 10 digits that
// become a known province with a believable year). Empty text and "không có" give the
// zero ID. What the digits tell is decoded, not checked against anybody; see
// [ID.Agrees]. Errors are [*IDError].
func ParseID(s string) (ID, error) {
	text := Clean(s)
	if f := Fold(text); f == "" || noDate[f] || strings.HasPrefix(f, "khong") || strings.HasPrefix(f, "chua") {
		return ID{}, nil
	}
	if scientific.MatchString(strings.ReplaceAll(text, " ", "")) {
		return ID{}, &IDError{IDDigitsLost, s}
	}
	d := idNoise.Replace(text)
	if !plainDigits.MatchString(d) {
		return ID{}, &IDError{IDLetters, s}
	}
	switch len(d) {
	case 12:
		return decodeID(d), nil
	case 9:
		return ID{Number: d, Kind: CMND}, nil
	case 11, 10:
		id := decodeID(strings.Repeat("0", 12-len(d)) + d)
		if id.Province != "" && id.BirthYear >= minYear && id.BirthYear < 2100 {
			id.ZeroAdded = true
			return id, nil
		}
	case 8:
		return ID{Number: "0" + d, Kind: CMND, ZeroAdded: true}, nil
	}
	return ID{}, &IDError{IDLength, s}
}

// decodeID takes twelve digits apart: three of the province, one of century and
// sex, two of the year, six of chance.
func decodeID(d string) ID {
	c := int(d[3] - '0')
	id := ID{Number: d, Kind: CCCD, Province: idProvinces[d[:3]], Sex: Male}
	if c%2 == 1 {
		id.Sex = Female
	}
	century := 1900 + c/2*100
	if c >= 8 { // kept free for people born before 1900
		century = 1800
	}
	id.BirthYear = century + int(d[4]-'0')*10 + int(d[5]-'0')
	return id
}

// Agrees compares what the number tells with what is known of the person; an
// unknown sex or year agrees with everything, and so does a CMND.
func (id ID) Agrees(sex Sex, birth Date) bool {
	if id.Kind != CCCD {
		return true
	}
	return (sex == "" || sex == id.Sex) && (birth.IsZero() || birth.Estimated || birth.Year == id.BirthYear)
}

// Mask hides all but the province and the last two digits: "051*******23".
func (id ID) Mask() string { return MaskID(id.Number) }

// Last4 is what lists may show.
func (id ID) Last4() string { return id.Number[max(0, len(id.Number)-4):] }

// MaskID hides the middle of a stored number; short ones vanish wholly.
func MaskID(number string) string {
	if len(number) < 9 {
		return strings.Repeat("*", len(number))
	}
	return number[:3] + strings.Repeat("*", len(number)-5) + number[len(number)-2:]
}

// idProvinces are the codes of the 63 provinces of 2008–2025; cards keep them
// after the mergers of 01/7/2025.
var idProvinces = map[string]string{
	"001": "Hà Nội", "002": "Hà Giang", "004": "Cao Bằng", "006": "Bắc Kạn", "008": "Tuyên Quang", "010": "Lào Cai",
	"011": "Điện Biên", "012": "Lai Châu", "014": "Sơn La", "015": "Yên Bái", "017": "Hòa Bình", "019": "Thái Nguyên",
	"020": "Lạng Sơn", "022": "Quảng Ninh", "024": "Bắc Giang", "025": "Phú Thọ", "026": "Vĩnh Phúc", "027": "Bắc Ninh",
	"030": "Hải Dương", "031": "Hải Phòng", "033": "Hưng Yên", "034": "Thái Bình", "035": "Hà Nam", "036": "Nam Định",
	"037": "Ninh Bình", "038": "Thanh Hóa", "040": "Nghệ An", "042": "Hà Tĩnh", "044": "Quảng Bình", "045": "Quảng Trị",
	"046": "Thừa Thiên Huế", "048": "Đà Nẵng", "049": "Quảng Nam", "051": "Quảng Ngãi", "052": "Bình Định", "054": "Phú Yên",
	"056": "Khánh Hòa", "058": "Ninh Thuận", "060": "Bình Thuận", "062": "Kon Tum", "064": "Gia Lai", "066": "Đắk Lắk",
	"067": "Đắk Nông", "068": "Lâm Đồng", "070": "Bình Phước", "072": "Tây Ninh", "074": "Bình Dương", "075": "Đồng Nai",
	"077": "Bà Rịa - Vũng Tàu", "079": "Hồ Chí Minh", "080": "Long An", "082": "Tiền Giang", "083": "Bến Tre", "084": "Trà Vinh",
	"086": "Vĩnh Long", "087": "Đồng Tháp", "089": "An Giang", "091": "Kiên Giang", "092": "Cần Thơ", "093": "Hậu Giang",
	"094": "Sóc Trăng", "095": "Bạc Liêu", "096": "Cà Mau",
}
