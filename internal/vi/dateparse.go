package vi

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// ParsedDate is a date as read from free text, with what a careful reader notes.
type ParsedDate struct {
	Date
	TwoDigitYear bool // the century was assumed: ask
	NewYearsDay  bool // "01/01/yyyy": see [Date.YearIfNewYearsDay]
}

var (
	dateLead = regexp.MustCompile(`^(?:(?:sinh|nam|ngay|thang|s\.? ?n|ns)[\s.:]*)+`)
	dateEst  = regexp.MustCompile(`^(?:khoang|uoc|uoc chung|chung|do|tam|~)\s*(?:nam\b\s*)?|\s*(?:\?|~|\(\?\)|\(khoang\))$`)
	dateWord = regexp.MustCompile(`\s*\b(?:thang|nam)\b\s*`)
	dateISO  = regexp.MustCompile(`^(\d{4})[/.\-](\d{1,2})(?:[/.\-](\d{1,2}))?(?:[t ]\d{1,2}:\d{2}.*)?$`)
	dateDMY  = regexp.MustCompile(`^(\d{1,2}|-{1,2}|\.{1,2}|x{1,2}|\?{1,2}|_{1,2})[/.\- ]+(\d{1,2}|-{1,2}|\.{1,2}|x{1,2}|\?{1,2}|_{1,2})[/.\- ]+(\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?$`)
	dateMY   = regexp.MustCompile(`^(\d{1,2}|-{1,2}|\.{1,2}|x{1,2}|\?{1,2})[/.\- ]+(\d{4}|\d{2})$`)
	dateY    = regexp.MustCompile(`^\d{4}$`)
	noDate   = setOf("- -- ? khong ko k kxd / . .. ... n/a")
)

// ParseDate reads a date as people write it in lists (handbook §8.6): "15/7/1942",
// "15-07-1942", "15.7.42", "7/1942", "1942", "00/00/1942", "--/7/1942",
// "1942-07-15", "sinh năm 1942", "SN 1942", "ngày 15 tháng 7 năm 1942", "khoảng
// 1942", "1942?". The day always stands first. Empty text, "-" and "không rõ" give
// the zero Date. A year of two digits becomes the last such year not after latest
// (the current year, or less where the list says so) and is flagged.
//
// Errors are [*DateError]; a day that no calendar has is one ("31/02/1950").
// Numbers of spreadsheets are for [FromExcelSerial].
func ParseDate(text string, latest int) (ParsedDate, error) {
	s := Fold(text)
	if s == "" || noDate[s] || strings.HasPrefix(s, "khong ") || s == "chua ro" {
		return ParsedDate{}, nil
	}
	s = dateLead.ReplaceAllString(s, "")
	est := dateEst.MatchString(s)
	s = dateLead.ReplaceAllString(dateEst.ReplaceAllString(s, ""), "")
	s = strings.Trim(dateWord.ReplaceAllString(s, "/"), " ,;'")
	d, err := readParts(s, latest)
	if err != nil {
		err.Text = text
		return ParsedDate{}, err
	}
	d.Estimated = est
	if verr := d.Valid(); verr != nil {
		return ParsedDate{}, verr
	}
	d.NewYearsDay = d.Month == 1 && d.Day == 1
	return d, nil
}

// readParts recognises the arrangement of numbers in folded text.
func readParts(s string, latest int) (d ParsedDate, err *DateError) {
	day, month, year := "", "", ""
	switch {
	case dateY.MatchString(s):
		year = s
	case dateISO.MatchString(s):
		m := dateISO.FindStringSubmatch(s)
		year, month, day = m[1], m[2], m[3]
	case dateDMY.MatchString(s):
		m := dateDMY.FindStringSubmatch(s)
		day, month, year = m[1], m[2], m[3]
	case dateMY.MatchString(s):
		m := dateMY.FindStringSubmatch(s)
		month, year = m[1], m[2]
		// "15/07" is a day without its year; "7/42" can only be month and year.
		if n, _ := strconv.Atoi(year); len(year) == 2 && n <= 31 {
			return d, &DateError{Reason: DateTwoMonths}
		}
	default:
		return d, &DateError{Reason: DateUnreadable}
	}
	d.Day, d.Month, d.Year = digits(day), digits(month), digits(year)
	if len(year) == 2 {
		d.Year, d.TwoDigitYear = century(d.Year, latest), true
	}
	if d.Year == 0 {
		return d, &DateError{Part: PartYear, Reason: DateNoYear}
	}
	return d, nil
}

// digits reads a number; dashes, dots and "xx" for an unknown part are 0.
func digits(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// century is the last year that ends in the two digits yy and is not after latest.
func century(yy, latest int) int {
	year := latest - latest%100 + yy
	if year > latest {
		year -= 100
	}
	return year
}

// YearIfNewYearsDay is d without its day and month when it is 01/01 of a year before
// 1975: offices typed that when only the year was known (handbook §8.6). changed
// asks for a hint to the reader.
func (d Date) YearIfNewYearsDay() (year Date, changed bool) {
	if d.Month == 1 && d.Day == 1 && d.Year < 1975 {
		return Date{Year: d.Year, Estimated: d.Estimated}, true
	}
	return d, false
}

// FromParts reads a three-box date field. Boxes may be empty, "0", "00" or "--"
// for what is not known, but a day needs its month and both need the year. The
// year has four digits. A [*DateError] names the box that is wrong.
func FromParts(day, month, year string) (Date, error) {
	var d Date
	for _, box := range []struct {
		part DatePart
		text string
		to   *int
	}{{PartDay, day, &d.Day}, {PartMonth, month, &d.Month}, {PartYear, year, &d.Year}} {
		text := strings.Trim(Clean(box.text), "-_.")
		if text == "" {
			continue
		}
		n, err := strconv.ParseUint(text, 10, 31)
		if err != nil {
			return Date{}, &DateError{Part: box.part, Reason: DateNotNumber, Text: box.text}
		}
		if box.part == PartYear && n != 0 && len(text) != 4 {
			return Date{}, &DateError{Part: PartYear, Reason: DateBadYear, Text: box.text}
		}
		*box.to = int(n)
	}
	if d.Year == 0 && (d.Month != 0 || d.Day != 0) {
		return Date{}, &DateError{Part: PartYear, Reason: DateNoYear}
	}
	if err := d.Valid(); err != nil {
		return Date{}, err
	}
	return d, nil
}

// Serial days of spreadsheets: 31/12/9999 in the 1900 system.
const maxSerial = 2958465

// FromExcelSerial turns the day number of a spreadsheet into a date; the fraction
// (time of day) is dropped. The 1900 system counts a 29/02/1900 that never was:
// that number is refused, the ones before it are shifted. date1904 is the
// workbook's own flag (old Macs).
func FromExcelSerial(serial float64, date1904 bool) (Date, error) {
	if math.IsNaN(serial) || serial < 0 || serial >= maxSerial+1 {
		return Date{}, &DateError{Reason: DateBadSerial}
	}
	n := int(serial)
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case n == 0 || n == 60:
		return Date{}, &DateError{Reason: DateBadSerial}
	case n < 60:
		n++
	}
	day := epoch.AddDate(0, 0, n)
	if day.Year() > 9999 {
		return Date{}, &DateError{Reason: DateBadSerial}
	}
	return Date{Year: day.Year(), Month: int(day.Month()), Day: day.Day()}, nil
}
