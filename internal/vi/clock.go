package vi

import (
	"fmt"
	"sync"
	"time"

	_ "time/tzdata" // office PCs and small containers come without a zone database
)

var location = sync.OnceValue(func() *time.Location {
	loc, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		panic("vi: embedded time zones are missing: " + err.Error())
	}
	return loc
})

// Location is the time zone of the portal, Asia/Ho_Chi_Minh.
func Location() *time.Location { return location() }

// Today is midnight in Vietnam of the day that contains t.
func Today(t time.Time) time.Time {
	y, m, d := t.In(Location()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Location())
}

// LongDate is the date line of documents: "ngày 01 tháng 12 năm 2023". Days below
// 10 are padded, of the months only 1 and 2 (handbook §2.3, NĐ 30/2020).
func LongDate(t time.Time) string {
	y, m, d := t.In(Location()).Date()
	month := fmt.Sprint(int(m))
	if m <= time.February {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", d, month, y)
}

// ShortDate is "01/12/2023".
func ShortDate(t time.Time) string { return t.In(Location()).Format("02/01/2006") }

// ShortDateTime is "04/12/2023 16:54".
func ShortDateTime(t time.Time) string { return t.In(Location()).Format("02/01/2006 15:04") }

// ClockTime is "16:54".
func ClockTime(t time.Time) string { return t.In(Location()).Format("15:04") }

// Weekday is the day of the week: "Thứ Sáu", "Chủ nhật".
func Weekday(t time.Time) string {
	return [...]string{"Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}[t.In(Location()).Weekday()]
}

// tets are the first days of the lunar years, computed for UTC+7 (handbook §8.6);
// China may differ by a day, as in 2030.
var tets = map[int][2]int{
	2023: {1, 22}, 2024: {2, 10}, 2025: {1, 29}, 2026: {2, 17}, 2027: {2, 6}, 2028: {1, 26}, 2029: {2, 13},
	2030: {2, 2}, 2031: {1, 23}, 2032: {2, 11}, 2033: {1, 31}, 2034: {2, 19}, 2035: {2, 8},
}

// TetOf is the first day of the lunar new year that falls in the solar year;
// ok is false outside 2023–2035.
func TetOf(year int) (day Date, ok bool) {
	md, ok := tets[year]
	if !ok {
		return Date{}, false
	}
	return Date{Year: year, Month: md[0], Day: md[1]}, true
}

// LunarYearName is the traditional name of the lunar year that begins in the solar
// year: "Giáp Thìn" for 2024. Years count from 1.
func LunarYearName(year int) string {
	stems := [...]string{"Canh", "Tân", "Nhâm", "Quý", "Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ"}
	branches := [...]string{"Thân", "Dậu", "Tuất", "Hợi", "Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi"}
	return stems[year%10] + " " + branches[year%12]
}

// SpringName is the label of the new year's season: "Xuân Giáp Thìn 2024".
func SpringName(year int) string { return fmt.Sprintf("Xuân %s %d", LunarYearName(year), year) }
