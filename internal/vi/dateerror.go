package vi

import (
	"fmt"
	"time"
)

// DatePart names a box of a three-box date field.
type DatePart string

// Parts of a date; the empty part means the text as a whole.
const (
	PartDay   DatePart = "day"
	PartMonth DatePart = "month"
	PartYear  DatePart = "year"
)

// DateReason says what is wrong with a date.
type DateReason string

// Reasons of [DateError].
const (
	DateUnreadable DateReason = "unreadable"   // no form of §8.6
	DateBadDay     DateReason = "bad-day"      // 0…31 but not in this month, or more
	DateBadMonth   DateReason = "bad-month"    // 13 and more: never read month-first
	DateBadYear    DateReason = "bad-year"     // not four digits
	DateNoMonth    DateReason = "no-month"     // a day without its month
	DateNoYear     DateReason = "no-year"      // a day or month without its year
	DateNotNumber  DateReason = "not-number"   // letters in a box
	DateTooEarly   DateReason = "too-early"    // before 1900
	DateFuture     DateReason = "future"       // after today
	DateBadSerial  DateReason = "bad-serial"   // no day of a spreadsheet
	DateTwoMonths  DateReason = "two-readings" // "7/05": day and month, or month and year
)

// DateError is the refusal of a date; its text is for the person who typed it.
type DateError struct {
	Part   DatePart
	Reason DateReason
	Date   Date   // the parts read so far, for the sentence
	Text   string // what was typed, where that helps
}

func (e *DateError) Error() string {
	switch e.Reason {
	case DateBadDay:
		if d := e.Date; d.Month >= 1 && d.Month <= 12 && d.Year > 0 && d.Day <= 31 {
			return fmt.Sprintf("Tháng %d năm %d chỉ có %d ngày.", d.Month, d.Year, daysIn(d.Year, d.Month))
		}
		return "Ngày phải từ 1 đến 31."
	case DateBadMonth:
		return "Tháng phải từ 1 đến 12. Hãy nhập ngày trước, tháng sau."
	case DateBadYear:
		return "Năm phải có 4 chữ số, ví dụ 1942."
	case DateNoMonth:
		return "Đã có ngày thì phải có tháng. Nếu không rõ tháng, hãy để trống cả ngày và tháng."
	case DateNoYear:
		return "Hãy nhập năm."
	case DateNotNumber:
		return map[DatePart]string{PartDay: "Ngày", PartMonth: "Tháng", PartYear: "Năm"}[e.Part] + " phải là số."
	case DateTooEarly:
		return "Năm không được trước 1900."
	case DateFuture:
		return "Ngày này chưa đến. Hãy kiểm tra lại."
	case DateBadSerial:
		return "Số trong ô không phải là ngày tháng."
	case DateTwoMonths:
		return "Không rõ đây là ngày và tháng hay tháng và năm. Hãy ghi năm đủ 4 chữ số."
	}
	return "Không đọc được ngày tháng. Hãy nhập như 15/07/1942, 07/1942 hoặc 1942."
}

// minYear is the first year that the portal believes for people and events.
const minYear = 1900

// veryOld is the age from which a birth date is asked about (handbook §8.6).
const veryOld = 110

// CheckPast refuses, with a [*DateError], a date before 1900 or surely after
// today: births, joinings, deaths. Unknown dates pass.
func CheckPast(d Date, today time.Time) error {
	switch {
	case d.IsZero():
		return nil
	case d.Year < minYear:
		return &DateError{Part: PartYear, Reason: DateTooEarly, Date: d}
	case DayOf(today).SurelyBefore(d):
		part := PartDay
		if d.Year > DayOf(today).Year {
			part = PartYear
		}
		return &DateError{Part: part, Reason: DateFuture, Date: d}
	}
	return nil
}

// VeryOld reports that somebody born on d would be 110 or more this year: worth
// a warning, not a refusal.
func VeryOld(d Date, today time.Time) bool {
	age, ok := d.AgeIn(DayOf(today).Year)
	return ok && age >= veryOld
}
