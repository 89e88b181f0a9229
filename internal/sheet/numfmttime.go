package sheet

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

var weekdays = [...]string{"Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"}

// formatTime shows a serial date or time. Months and weekdays by name are written in Vietnamese.
func (s section) formatTime(v float64) string {
	if math.Abs(v) > 3_000_000 { // beyond the year 9999 no sheet shows a date
		return general(v)
	}
	t := serialTime(v)
	half := false
	for _, k := range s.tokens {
		half = half || k.kind == 'a'
	}
	var b strings.Builder
	for _, k := range s.tokens {
		b.WriteString(k.showTime(t, v, half))
	}
	return b.String()
}

func (k token) showTime(t time.Time, v float64, half bool) string {
	switch k.kind {
	case 'l':
		return k.text
	case 'd':
		return showDay(t, k.size)
	case 'm':
		return showMonth(t, k.size)
	case 'y':
		if k.size <= 2 {
			return fmt.Sprintf("%02d", t.Year()%100)
		}
		return fmt.Sprintf("%04d", t.Year())
	case 'h':
		h := t.Hour()
		if half {
			h = (h+11)%12 + 1
		}
		return padded(h, k.size)
	case 'n':
		return padded(t.Minute(), k.size)
	case 's':
		return padded(t.Second(), k.size)
	case 'a':
		if t.Hour() < 12 {
			return "SA"
		}
		return "CH"
	case 'e':
		per := map[string]float64{"h": 24, "m": 1440, "s": 86400}[k.text]
		return padded(int(v*per+1e-6), k.size)
	}
	return ""
}

func showDay(t time.Time, size int) string {
	switch {
	case size >= 4:
		return weekdays[t.Weekday()]
	case size == 3 && t.Weekday() == time.Sunday:
		return "CN"
	case size == 3:
		return "T" + strconv.Itoa(int(t.Weekday())+1)
	}
	return padded(t.Day(), size)
}

func showMonth(t time.Time, size int) string {
	switch size {
	case 1, 2:
		return padded(int(t.Month()), size)
	case 3:
		return "Thg " + strconv.Itoa(int(t.Month()))
	}
	return "Tháng " + strconv.Itoa(int(t.Month()))
}

func padded(n, size int) string {
	if size >= 2 && n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
