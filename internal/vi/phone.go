package vi

import (
	"regexp"
	"strings"
	"unicode"
)

// PhoneKind is the kind of line.
type PhoneKind string

// Kinds of phone numbers; the empty kind belongs to the zero [Phone].
const (
	Mobile   PhoneKind = "mobile"
	Landline PhoneKind = "landline"
)

// PhoneNotice is something that was repaired or should be asked about.
type PhoneNotice string

// Notices of [ParsePhone].
const (
	PhoneZeroAdded PhoneNotice = "zero-added"   // a spreadsheet ate the leading 0
	PhoneOldPrefix PhoneNotice = "old-11-digit" // converted from the numbering before 9/2018
	PhoneAmbiguous PhoneNotice = "ambiguous"    // "055 3…": old landline of Quảng Ngãi or a mobile? ask
	PhoneLetterO   PhoneNotice = "letter"       // the letter O stood for a 0
)

// Label is the notice as a sentence for people.
func (n PhoneNotice) Label() string {
	switch n {
	case PhoneZeroAdded:
		return "Đã thêm số 0 ở đầu số điện thoại."
	case PhoneOldPrefix:
		return "Đã đổi đầu số cũ 11 số sang đầu số mới."
	case PhoneAmbiguous:
		return "Chưa rõ là số cố định cũ (055) hay số di động 055. Hãy hỏi lại."
	default:
		return "Đã đổi chữ O thành số 0 trong số điện thoại."
	}
}

// Phone is a telephone number of Vietnam. The zero Phone is "không có".
type Phone struct {
	Number  string // national digits: "0905123456" (mobile, 10) or "02553823444" (landline, 11)
	Kind    PhoneKind
	Second  string // the second number of the same cell, normalised, or ""
	Owner   string // whose it is, as written beside it: "con", "con trai"; "" = own
	Notices []PhoneNotice
}

// PhoneReason says why a text is no phone number.
type PhoneReason string

// Reasons of [PhoneError].
const (
	PhoneIncomplete PhoneReason = "incomplete" // digits missing
	PhoneTooLong    PhoneReason = "too-long"
	PhoneNoPrefix   PhoneReason = "prefix" // right length, but nobody has such a number
	PhoneUnreadable PhoneReason = "unreadable"
)

// PhoneError is the refusal of a phone number; its text is for the person who typed it.
type PhoneError struct {
	Reason PhoneReason
	Text   string
}

func (e *PhoneError) Error() string {
	switch e.Reason {
	case PhoneIncomplete:
		return "Số điện thoại thiếu chữ số. Số di động có 10 số, ví dụ 0905 123 456."
	case PhoneTooLong:
		return "Số điện thoại thừa chữ số. Số di động có 10 số, ví dụ 0905 123 456."
	case PhoneNoPrefix:
		return "Đầu số điện thoại không đúng. Hãy kiểm tra lại, ví dụ 0905 123 456."
	}
	return "Không đọc được số điện thoại. Ví dụ đúng: 0905 123 456."
}

var (
	mobileForm   = regexp.MustCompile(`^0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])\d{7}$`)
	landlineForm = regexp.MustCompile(`^02\d{9}$`)
	oldLandline  = regexp.MustCompile(`^0553\d{6}$`)
	phoneSplit   = regexp.MustCompile(`\s*[/,;]\s*|\s+-\s+|\s+(?:hoặc|và)\s+`)
	phoneGlued   = regexp.MustCompile(`^(0\d{9})\s*[- ]\s*(0\d{9})$`)
	phoneChunk   = regexp.MustCompile(`\(?\+?\d[\d\s.\-()]*`)
	noPhone      = setOf("khong ko k kco khongco chua 0 n/a - --")
)

// oldMobile maps the prefixes of eleven-digit numbers to today's (handbook §8.7).
var oldMobile = map[string]string{
	"0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
	"0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
	"0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038", "0169": "039",
	"0186": "056", "0188": "058", "0199": "059",
}

// ParsePhone reads a phone cell or field (handbook §8.7): +84 and 0084, spaces,
// dots and dashes, a lost leading 0, old eleven-digit numbers, two numbers in a
// cell, "(con)" beside the number. Empty text and "không có" give the zero Phone.
// The first number decides; an unusable second one is dropped. Errors are [*PhoneError].
func ParsePhone(s string) (Phone, error) {
	s = Clean(s)
	folded := strings.ReplaceAll(Fold(s), " ", "")
	if folded == "" || noPhone[folded] || strings.HasPrefix(folded, "khong") || strings.HasPrefix(folded, "chuaco") {
		return Phone{}, nil
	}
	var parts []string
	if m := phoneGlued.FindStringSubmatch(s); m != nil {
		parts = m[1:]
	} else {
		parts = phoneSplit.Split(s, -1)
	}
	var p Phone
	var first error
	for _, part := range parts {
		number, notices, err := readPhone(part)
		switch {
		case err != nil:
			if first == nil {
				first = err
			}
		case p.Number == "":
			p.Number, p.Notices, p.Kind = number, notices, kindOf(number)
			p.Owner = phoneOwner(zeroForO(part))
		case p.Second == "" && number != p.Number:
			p.Second = number
		}
	}
	if p.Number == "" {
		return Phone{}, first
	}
	return p, nil
}

func kindOf(number string) PhoneKind {
	if strings.HasPrefix(number, "02") {
		return Landline
	}
	return Mobile
}

// phoneOwner is what is written beside the number, without brackets and colons.
func phoneOwner(s string) string {
	rest := strings.Trim(phoneChunk.ReplaceAllString(s, " "), " ():;.-")
	switch Fold(rest) {
	case "dt", "sdt", "dd", "tel", "đt", "zalo", "so", "di dong":
		return ""
	}
	return Clean(rest)
}

// readPhone reads one number.
func readPhone(s string) (number string, notices []PhoneNotice, err *PhoneError) {
	fixed := zeroForO(s)
	if fixed != s {
		notices = append(notices, PhoneLetterO)
	}
	digits := ""
	for _, chunk := range phoneChunk.FindAllString(fixed, -1) {
		d := onlyDigits(chunk)
		if len(d) > len(digits) {
			digits = d
		}
		if strings.Contains(chunk, "+") && !strings.HasPrefix(d, "84") {
			return "", nil, &PhoneError{PhoneNoPrefix, s} // a foreign number
		}
	}
	if digits == "" {
		return "", nil, &PhoneError{PhoneUnreadable, s}
	}
	number, more, reason := normalisePhone(digits)
	if reason != "" {
		return "", nil, &PhoneError{reason, s}
	}
	return number, append(notices, more...), nil
}

// zeroForO writes 0 for a letter O that stands among digits, not in a word.
func zeroForO(s string) string {
	rs := []rune(s)
	at := func(i int) rune {
		if i < 0 || i >= len(rs) {
			return ' '
		}
		return rs[i]
	}
	for i, r := range rs {
		prev, next := at(i-1), at(i+1)
		isO := r == 'O' || r == 'o'
		if isO && !unicode.IsLetter(prev) && (!unicode.IsLetter(next) || next == 'O' || next == 'o') && (unicode.IsDigit(prev) || unicode.IsDigit(next)) {
			rs[i] = '0'
		}
	}
	return string(rs)
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// normalisePhone brings bare digits to today's national form.
func normalisePhone(d string) (number string, notices []PhoneNotice, bad PhoneReason) {
	if rest, ok := strings.CutPrefix(d, "0084"); ok {
		d = "0" + strings.TrimPrefix(rest, "0")
	} else if rest, ok := strings.CutPrefix(d, "84"); ok && len(d) >= 11 {
		d = "0" + strings.TrimPrefix(rest, "0")
	}
	if !strings.HasPrefix(d, "0") {
		d = "0" + d
		notices = append(notices, PhoneZeroAdded)
	}
	if len(d) == 11 {
		if prefix, ok := oldMobile[d[:4]]; ok {
			d = prefix + d[4:]
			notices = append(notices, PhoneOldPrefix)
		}
	}
	switch {
	case oldLandline.MatchString(d):
		return d, append(notices, PhoneAmbiguous), ""
	case mobileForm.MatchString(d), landlineForm.MatchString(d):
		return d, notices, ""
	case len(d) < 10, len(d) == 10 && strings.HasPrefix(d, "02"):
		return "", nil, PhoneIncomplete
	case len(d) > 11, len(d) == 11 && !strings.HasPrefix(d, "02"):
		return "", nil, PhoneTooLong
	}
	return "", nil, PhoneNoPrefix
}

// Display groups the digits for people: "0905 123 456", "0255 3823 444".
func (p Phone) Display() string { return PhoneDisplay(p.Number) }

// Has reports a notice.
func (p Phone) Has(n PhoneNotice) bool {
	for _, have := range p.Notices {
		if have == n {
			return true
		}
	}
	return false
}

// PhoneDisplay groups stored national digits; anything else comes back as it is.
func PhoneDisplay(number string) string {
	if strings.ContainsFunc(number, func(r rune) bool { return !unicode.IsDigit(r) }) {
		return number
	}
	switch len(number) {
	case 10:
		return number[:4] + " " + number[4:7] + " " + number[7:]
	case 11:
		return number[:4] + " " + number[4:8] + " " + number[8:]
	}
	return number
}

// PhoneLink is the address behind a number on a page: "tel:+84905123456".
func PhoneLink(number string) string {
	return "tel:+84" + strings.TrimPrefix(number, "0")
}
