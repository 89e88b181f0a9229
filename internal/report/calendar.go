package report

import (
	"fmt"
	"time"

	"wardportal/internal/vi"
)

// Calendar holds the dates of a campaign as one association has them. Dates are read by their year, month and day
// alone, whatever zone they carry; a zero date means there is none.
type Calendar struct {
	Year     int
	Opens    time.Time // first day on which figures may be entered
	CutOff   time.Time // ngày chốt số liệu
	Deadline time.Time // hạn nộp: decides between "đúng hạn" and "nộp trễ", locks nothing
	Close    time.Time // khóa số liệu: the end of this day locks
	Extended time.Time // last day of an extension for this association; ends by itself
}

// DefaultCalendar gives the dates that a new campaign of the year proposes (product.md §3).
func DefaultCalendar(year int) Calendar {
	return Calendar{
		Year:   year,
		Opens:  Date(year, time.October, 1),
		CutOff: Date(year, time.November, 15), Deadline: Date(year, time.November, 20), Close: Date(year, time.December, 31),
	}
}

// Date is midnight of a day in Việt Nam.
func Date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, vi.Location())
}

// Problem says what is wrong with the order of the dates, "" when nothing is.
func (c Calendar) Problem() string {
	switch {
	case c.CutOff.IsZero() || c.Deadline.IsZero() || c.Close.IsZero():
		return "Ông/bà cần nhập ngày chốt số liệu, hạn nộp và ngày khóa số liệu."
	case daysBetween(c.CutOff, c.Deadline) < 0:
		return "Hạn nộp phải từ ngày chốt số liệu trở đi."
	case daysBetween(c.Deadline, c.Close) < 0:
		return "Ngày khóa số liệu phải từ hạn nộp trở đi."
	case !c.Opens.IsZero() && daysBetween(c.Opens, c.Deadline) < 0:
		return "Ngày mở nhập phải trước hạn nộp."
	}
	return ""
}

// DueDate is the deadline as it stands for the association: an extension moves it, also afterwards, because it was granted.
func (c Calendar) DueDate() time.Time { return later(c.Deadline, c.Extended) }

// CloseDate is the last day on which figures may change.
func (c Calendar) CloseDate() time.Time { return later(c.Close, c.Extended) }

// Open tells whether the first day has come.
func (c Calendar) Open(now time.Time) bool {
	return c.Opens.IsZero() || daysBetween(c.Opens, now.In(vi.Location())) >= 0
}

// Closed tells whether the last day is over.
func (c Calendar) Closed(now time.Time) bool {
	last := c.CloseDate()
	return !last.IsZero() && daysBetween(last, now.In(vi.Location())) > 0
}

// Countdown says how far the deadline is: "còn 3 ngày", "hôm nay là hạn cuối", "quá hạn 4 ngày".
func (c Calendar) Countdown(now time.Time) string {
	switch d := daysBetween(now.In(vi.Location()), c.DueDate()); {
	case d > 0:
		return fmt.Sprintf("còn %d ngày", d)
	case d == 0:
		return "hôm nay là hạn cuối"
	default:
		return fmt.Sprintf("quá hạn %d ngày", -d)
	}
}

// DaysLate counts the days from the deadline to the submission; 0 on time.
func (c Calendar) DaysLate(submitted time.Time) int {
	return max(0, daysBetween(c.DueDate(), submitted.In(vi.Location())))
}

// Timeliness stamps a submission: "đúng hạn", "nộp trễ 4 ngày", or that an extension made it timely.
func (c Calendar) Timeliness(submitted time.Time) string {
	if late := c.DaysLate(submitted); late > 0 {
		return fmt.Sprintf("nộp trễ %d ngày", late)
	}
	if daysBetween(c.Deadline, submitted.In(vi.Location())) > 0 {
		return "đúng hạn (được gia hạn đến " + dayText(c.Extended) + ")"
	}
	return "đúng hạn"
}

// FlowPeriod is the stretch of time that FLOW figures of the year cover: from the day after the last accepted cut-off to
// this year's. Without an accepted report of the year before, the year begins on 1 January, or a gap of years would count
// as one. final extends the period to 31 December (product.md §3).
func (c Calendar) FlowPeriod(lastCutOff time.Time, final bool) (from, to time.Time) {
	from = Date(c.Year, time.January, 1)
	if !lastCutOff.IsZero() && lastCutOff.Year() >= c.Year-1 {
		y, m, d := lastCutOff.Date()
		from = Date(y, m, d+1)
	}
	to = c.CutOff
	if final {
		to = Date(c.Year, time.December, 31)
	}
	return from, to
}

// dayText writes the day of a date dd/mm/yyyy, whatever zone it carries.
func dayText(t time.Time) string { return t.Format("02/01/2006") }

// daysBetween counts calendar days from a to b, each read in its own zone.
func daysBetween(a, b time.Time) int {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	ua, ub := time.Date(ay, am, ad, 0, 0, 0, 0, time.UTC), time.Date(by, bm, bd, 0, 0, 0, 0, time.UTC)
	return int(ub.Sub(ua) / (24 * time.Hour))
}

func later(a, b time.Time) time.Time {
	if b.IsZero() || (!a.IsZero() && daysBetween(a, b) <= 0) {
		return a
	}
	return b
}
