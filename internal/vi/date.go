package vi

import (
	"cmp"
	"database/sql/driver"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Date is a day of the calendar of which only the year, or the month and year,
// may be known (handbook §8.6). A part that is not known is zero; the zero Date is
// "không rõ". Dates compare with ==.
//
// Date has no String method on purpose: pages use [Date.Display], storage [Date.ISO].
type Date struct {
	Year, Month, Day int
	Estimated        bool // "ước đoán": worked out from an age, or written "khoảng 1942"
}

// Precision says how much of a [Date] is known.
type Precision uint8

// Precisions, from nothing to the day.
const (
	Unknown Precision = iota
	YearOnly
	MonthOnly
	FullDay
)

// Label is the Vietnamese word for p.
func (p Precision) Label() string {
	return [...]string{"không rõ", "năm", "tháng", "ngày"}[p]
}

// ISOPattern is the regular expression of [Date.ISO], for a check constraint on a
// text column. It does not know the lengths of months; [ParseISO] does.
const ISOPattern = `^\d{4}(-\d{2}(-\d{2})?)?~?$`

var isoForm = regexp.MustCompile(`^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~?)$`)

// DayOf is the day of t in Vietnam.
func DayOf(t time.Time) Date {
	y, m, d := t.In(Location()).Date()
	return Date{Year: y, Month: int(m), Day: d}
}

// Precision tells which parts are known.
func (d Date) Precision() Precision {
	switch {
	case d.Year == 0:
		return Unknown
	case d.Month == 0:
		return YearOnly
	case d.Day == 0:
		return MonthOnly
	}
	return FullDay
}

// IsZero reports that nothing is known.
func (d Date) IsZero() bool { return d.Year == 0 }

// Valid refuses, with a [*DateError], a date that the calendar does not have or
// whose known parts leave a hole ("15/?/1942"). The zero Date is valid.
func (d Date) Valid() error {
	switch {
	case d.Year == 0 && d.Month == 0 && d.Day == 0:
		return nil
	case d.Year < 1 || d.Year > 9999:
		return &DateError{Part: PartYear, Reason: DateNoYear}
	case d.Month == 0 && d.Day != 0:
		return &DateError{Part: PartMonth, Reason: DateNoMonth}
	case d.Month < 0 || d.Month > 12:
		return &DateError{Part: PartMonth, Reason: DateBadMonth, Date: d}
	case d.Day < 0 || d.Day > 31, d.Month != 0 && d.Day > daysIn(d.Year, d.Month):
		return &DateError{Part: PartDay, Reason: DateBadDay, Date: d}
	}
	return nil
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// ISO is the stored form: "1942", "1942-07" or "1942-07-15", with "~" at the end
// when estimated (as in EDTF), "" when nothing is known. In the collation "C" text
// order is date order, estimated dates coming after the others of their year.
func (d Date) ISO() string {
	var s string
	switch d.Precision() {
	case Unknown:
		return ""
	case YearOnly:
		s = fmt.Sprintf("%04d", d.Year)
	case MonthOnly:
		s = fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	default:
		s = fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
	}
	if d.Estimated {
		s += "~"
	}
	return s
}

// ParseISO reads what [Date.ISO] writes, and nothing else; errors are [*DateError].
func ParseISO(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	m := isoForm.FindStringSubmatch(s)
	if m == nil {
		return Date{}, &DateError{Reason: DateUnreadable, Text: s}
	}
	var d Date
	d.Year, _ = strconv.Atoi(m[1])
	d.Month, _ = strconv.Atoi(m[2])
	d.Day, _ = strconv.Atoi(m[3])
	d.Estimated = m[4] != ""
	if d.Year == 0 || m[2] == "00" || m[3] == "00" {
		return Date{}, &DateError{Reason: DateUnreadable, Text: s}
	}
	if err := d.Valid(); err != nil {
		return Date{}, err
	}
	return d, nil
}

// Display is the form for people: "15/07/1942", "07/1942", "1942", "khoảng 1942",
// or "" when nothing is known.
func (d Date) Display() string {
	var s string
	switch d.Precision() {
	case Unknown:
		return ""
	case YearOnly:
		s = strconv.Itoa(d.Year)
	case MonthOnly:
		s = fmt.Sprintf("%02d/%d", d.Month, d.Year)
	default:
		s = fmt.Sprintf("%02d/%02d/%d", d.Day, d.Month, d.Year)
	}
	if d.Estimated {
		return "khoảng " + s
	}
	return s
}

// First is the earliest day d can be, midnight UTC; the zero time when unknown.
func (d Date) First() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

// Last is the latest day d can be, midnight UTC; the zero time when unknown.
func (d Date) Last() time.Time {
	switch d.Precision() {
	case Unknown:
		return time.Time{}
	case YearOnly:
		return time.Date(d.Year, 12, 31, 0, 0, 0, 0, time.UTC)
	case MonthOnly:
		return time.Date(d.Year, time.Month(d.Month)+1, 0, 0, 0, 0, 0, time.UTC)
	}
	return d.First()
}

// Compare orders dates; a part that is unknown comes before any known one.
func (d Date) Compare(o Date) int {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day))
}

// SurelyBefore reports that d ended before o began, whatever the unknown parts
// are; false when either date is unknown.
func (d Date) SurelyBefore(o Date) bool {
	return !d.IsZero() && !o.IsZero() && d.Last().Before(o.First())
}

// Covers reports that o may be the same day as d told more precisely: "1942"
// covers "1942-07-15". An unknown date covers everything.
func (d Date) Covers(o Date) bool {
	return (d.Year == 0 || d.Year == o.Year) && (d.Month == 0 || d.Month == o.Month) && (d.Day == 0 || d.Day == o.Day)
}

// AgeIn is the "tuổi" of lists: year less the year of birth. ok is false when the
// birth is unknown or later.
func (d Date) AgeIn(year int) (age int, ok bool) {
	if d.IsZero() || d.Year > year {
		return 0, false
	}
	return year - d.Year, true
}

// Reaches is the first day on which somebody born on d may be n years old;
// certain is false when the birthday is not fully known, for the mark "chưa chắc
// chắn" (handbook §8.6). The zero time when d is unknown.
func (d Date) Reaches(n int) (day time.Time, certain bool) {
	if d.IsZero() {
		return time.Time{}, false
	}
	// 29/02 comes of age on 01/03 in common years, as AddDate has it.
	return d.First().AddDate(n, 0, 0), d.Precision() == FullDay && !d.Estimated
}

// FromAge is the estimated year of birth of somebody who was age years old in year.
func FromAge(age, year int) Date { return Date{Year: year - age, Estimated: true} }

// MarshalText writes [Date.ISO].
func (d Date) MarshalText() ([]byte, error) {
	if err := d.Valid(); err != nil {
		return nil, err
	}
	return []byte(d.ISO()), nil
}

// UnmarshalText reads with [ParseISO].
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseISO(string(b))
	return err
}

// Value stores d in a nullable text column: [Date.ISO], or NULL when unknown.
func (d Date) Value() (driver.Value, error) {
	if err := d.Valid(); err != nil {
		return nil, err
	}
	if d.IsZero() {
		return nil, nil
	}
	return d.ISO(), nil
}

// Scan reads what [Date.Value] stored; a date or timestamp column gives a full day.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	case time.Time:
		y, m, day := v.Date()
		*d = Date{Year: y, Month: int(m), Day: day}
		return nil
	}
	return fmt.Errorf("vi: cannot scan %T into Date", src)
}
