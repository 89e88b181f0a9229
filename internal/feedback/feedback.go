// Package feedback keeps the letters that residents send to the ward: put into the box without an account, read and answered
// by the official, found again with a follow-up code, published only when the sender has ticked so, and without a name.
package feedback

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// ID names a letter, AssociationID what it is about.
type (
	ID            = authz.LetterID
	AssociationID = association.ID
)

// AnswerDays is within how many working days the ward promises an answer.
const AnswerDays = 7

// Limits of the fields, in characters.
const (
	MaxName    = 120
	MaxContact = 160
	MaxSubject = 200
	MaxText    = 5000
	MaxNote    = 1000
)

// NewLetter is what a resident writes. Only subject and body are required.
type NewLetter struct {
	Name        string
	Contact     string // phone or e-mail
	Association association.ID
	Subject     string
	Body        string
	Consent     bool // question and answer may be published without name
	Trapped     bool // a field that people do not see was filled in: kept, but among the spam
}

var _ = []struct{}{
	db.Explain("letter_subject_length", "subject", needSubject),
	db.Explain("letter_body_length", "body", needBody),
	db.Explain("letter_association_fkey", "association", "Không có hội này."),
	db.Explain("letter_sender_name_length", "name", "Tên tối đa 120 ký tự."),
	db.Explain("letter_sender_contact_length", "contact", needContact),
	db.Explain("letter_answer_length", "answer", "Câu trả lời tối đa 5.000 ký tự."),
	db.Explain("letter_note_length", "note", "Lý do tối đa 1.000 ký tự."),
	db.Explain("letter_publication_subject_length", "public_subject", needSubject),
	db.Explain("letter_publication_question_length", "public_question", needBody),
	db.Explain("letter_publication_answer_length", "public_answer", "Nhập câu trả lời để đăng, tối đa 5.000 ký tự."),
}

const (
	needSubject = "Nhập tiêu đề, từ 5 đến 200 ký tự, ví dụ: Lịch khám mắt cho người cao tuổi."
	needBody    = "Nhập nội dung, từ 10 đến 5.000 ký tự."
	needContact = "Nhập một số điện thoại hoặc một địa chỉ thư điện tử, ví dụ: 0905 123 456. Cũng có thể để trống."
)

// Check says what is wrong with a letter, field by field, before anything is sent.
func (in NewLetter) Check() error {
	_, err := in.clean()
	return err
}

// clean brings every field into the form it is stored in and checks it.
func (in NewLetter) clean() (NewLetter, error) {
	in.Name, in.Subject, in.Body = vi.Clean(in.Name), vi.Clean(in.Subject), vi.CleanMultiline(in.Body)
	var p fault.Problems
	if utf8.RuneCountInString(in.Name) > MaxName {
		p.Add("name", "Tên tối đa 120 ký tự.")
	}
	contact, ok := cleanContact(in.Contact)
	if !ok {
		p.Add("contact", needContact)
	}
	in.Contact = contact
	checkLength(&p, "subject", in.Subject, 5, MaxSubject, needSubject)
	checkLength(&p, "body", in.Body, 10, MaxText, needBody)
	return in, p.Err()
}

func checkLength(p *fault.Problems, field, value string, least, most int, message string) {
	if n := utf8.RuneCountInString(value); n < least || n > most {
		p.Add(field, message)
	}
}

// cleanContact takes a phone number, an e-mail address or nothing.
func cleanContact(s string) (string, bool) {
	s = vi.Clean(s)
	if s == "" {
		return "", true
	}
	if phone, err := vi.ParsePhone(s); err == nil {
		return phone.Number, true
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || utf8.RuneCountInString(s) > MaxContact || !strings.Contains(s[strings.LastIndexByte(s, '@'):], ".") {
		return s, false
	}
	return s, true
}

// alphabet of follow-up codes: nothing that looks like something else when written down by hand.
const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

const codeLength = 10 // 31^10 ≈ 2^49: years of guessing at the pace that the site allows

// newCode makes a follow-up code, as stored: without the dash.
func newCode() string {
	code := make([]byte, 0, codeLength)
	for len(code) < codeLength {
		var b [1]byte
		_, _ = rand.Read(b[:]) // never fails (crypto/rand)
		if int(b[0]) < len(alphabet)*8 {
			code = append(code, alphabet[int(b[0])%len(alphabet)])
		}
	}
	return string(code)
}

// ShowCode writes a code as people copy it: "K7QM2-XPA93".
func ShowCode(code string) string { return code[:codeLength/2] + "-" + code[codeLength/2:] }

// readCode takes what people type: small letters, blanks, no dash. ok is false for what cannot be a code.
func readCode(typed string) (code string, ok bool) {
	var b strings.Builder
	for _, r := range strings.ToUpper(typed) {
		switch {
		case strings.ContainsRune(alphabet, r):
			b.WriteRune(r)
		case r == '-' || r == '–' || r == ' ' || r == '.' || r == '\u00a0':
		default:
			return "", false
		}
		if b.Len() > codeLength {
			return "", false
		}
	}
	return b.String(), b.Len() == codeLength
}

func hashCode(code string) []byte {
	sum := sha256.Sum256([]byte("letter " + code))
	return sum[:]
}

// newID makes an id in Go: who may insert a letter may not read one, so no sequence is handed back. 53 random bits.
func newID() ID {
	var b [8]byte
	_, _ = rand.Read(b[:])
	return ID(binary.BigEndian.Uint64(b[:])>>11 | 1)
}

// Due is the last day of the promise for a letter that came in on the day: AnswerDays working days later. Days are dates as
// tx.Today gives them.
func Due(day time.Time) time.Time {
	for left := AnswerDays; left > 0; {
		day = day.AddDate(0, 0, 1)
		if workingDay(day) {
			left--
		}
	}
	return day
}

// workingDay leaves out Saturday, Sunday, the holidays that fall on a fixed day and the five days of Tết (Bộ luật Lao động
// Đ112). The rest — Giỗ Tổ, days in lieu — is announced year by year; a letter is then only due a day earlier than it must be.
func workingDay(day time.Time) bool {
	if wd := day.Weekday(); wd == time.Saturday || wd == time.Sunday {
		return false
	}
	switch _, m, d := day.Date(); {
	case m == time.January && d == 1, m == time.April && d == 30, m == time.May && d == 1, m == time.September && d == 2:
		return false
	}
	if tet, ok := vi.TetOf(day.Year()); ok {
		first := tet.First().AddDate(0, 0, -1)
		return day.Before(first) || day.After(first.AddDate(0, 0, 4))
	}
	return true
}

// WorkingDays counts the working days after one day up to and with another; negative when to lies before from.
func WorkingDays(from, to time.Time) int {
	if to.Before(from) {
		return -WorkingDays(to, from)
	}
	n := 0
	for from.Before(to) {
		from = from.AddDate(0, 0, 1)
		if workingDay(from) {
			n++
		}
	}
	return n
}
