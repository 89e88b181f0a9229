package report

import (
	"fmt"
	"slices"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/vi"
)

// CampaignID names a campaign, ID a report.
type (
	CampaignID = authz.CampaignID
	ID         = authz.ReportID
)

// Campaign is one year's round of reports (đợt báo cáo). Dates are midnight UTC, as date columns read.
type Campaign struct {
	ID          CampaignID
	Year        int
	Opens       time.Time
	CutOff      time.Time // ngày chốt số liệu
	Deadline    time.Time // hạn nộp
	Close       time.Time // khóa số liệu, at the end of this day
	AskBranches bool
	Historical  bool // entered straight as accepted: "số liệu lịch sử"
	Note        string
	Version     int                               // 0 = there is no such campaign yet
	Rows        map[association.KindCode][]string `db:"-"` // chosen indicator codes of each kind, in form order
}

// Exists tells whether the campaign has been opened by the ward.
func (c Campaign) Exists() bool { return c.Version > 0 }

// Calendar gives the campaign's dates with the association's extension, if any.
func (c Campaign) Calendar(extended time.Time) Calendar {
	return Calendar{Year: c.Year, Opens: c.Opens, CutOff: c.CutOff, Deadline: c.Deadline, Close: c.Close, Extended: extended}
}

// Chosen tells whether the row is on the first page of the kind's form; every other row stands under "Thêm số liệu".
func (c Campaign) Chosen(kind association.KindCode, code string) bool {
	return slices.Contains(c.rows(kind), code)
}

// rows gives the chosen codes; a kind the campaign knows nothing of has its core rows.
func (c Campaign) rows(kind association.KindCode) []string {
	if list, ok := c.Rows[kind]; ok {
		return list
	}
	return codesOf(CoreFor(kind, c.Year))
}

// ChosenRows lists the rows of the kind's first page, in form order.
func (c Campaign) ChosenRows(kind association.KindCode) []Indicator {
	return slices.DeleteFunc(ForKind(kind, c.Year), func(i Indicator) bool { return !c.Chosen(kind, i.Code) })
}

// Phase says in a few words where the campaign is today: "Đang mở nhập, hạn nộp 20/11/2026".
func (c Campaign) Phase(now time.Time) string {
	cal := c.Calendar(time.Time{})
	switch {
	case c.Historical:
		return "Số liệu lịch sử"
	case !cal.Open(now):
		return "Mở nhập từ ngày " + dayText(c.Opens)
	case cal.Closed(now):
		return "Đã khóa số liệu sau ngày " + dayText(c.Close)
	default:
		return "Đang mở nhập, hạn nộp " + dayText(c.Deadline)
	}
}

// DefaultCampaign has the usual dates of the year and the core rows of every kind.
func DefaultCampaign(year int) Campaign { return campaignOf(DefaultCalendar(year)) }

// ProposeCampaign gives what the form of a new campaign shows. A deadline that has already passed moves two weeks ahead,
// the close at least with it.
func ProposeCampaign(year int, now time.Time) Campaign {
	d := DefaultCalendar(year)
	today := now.In(vi.Location())
	if daysBetween(d.Deadline, today) > 0 {
		d.Deadline = Date(today.Year(), today.Month(), today.Day()+14)
		d.Close = later(d.Close, d.Deadline)
	}
	if daysBetween(today, d.Opens) > 0 {
		d.Opens = Date(today.Year(), today.Month(), today.Day())
		d.CutOff = later(d.CutOff, d.Opens)
		d.Deadline = later(d.Deadline, d.CutOff)
	}
	return campaignOf(d)
}

func campaignOf(d Calendar) Campaign {
	c := Campaign{
		Year: d.Year, Opens: dateOnly(d.Opens), CutOff: dateOnly(d.CutOff), Deadline: dateOnly(d.Deadline), Close: dateOnly(d.Close),
		Rows: map[association.KindCode][]string{},
	}
	for _, kind := range association.Kinds {
		c.Rows[kind.Code] = codesOf(CoreFor(kind.Code, d.Year))
	}
	return c
}

func codesOf(list []Indicator) []string {
	codes := make([]string, len(list))
	for i, ind := range list {
		codes[i] = ind.Code
	}
	return codes
}

// dateOnly gives the day as date columns are written: midnight UTC.
func dateOnly(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Extension gives one association more time; it ends by itself after its last day.
type Extension struct {
	Association association.ID
	Name        string
	Until       time.Time // last day
	Reason      string
	At          time.Time
	ByName      string
}

// Gate is what one association may do today, for the page "đang mở hay khóa".
type Gate struct {
	Association association.ID
	Slug, Name  string
	State       State
	Open        bool
	Until       time.Time // last day on which figures may change
	Text        string    // "Đang mở đến hết ngày 31/12/2026 (gia hạn)", "Đã khóa sau ngày …"
}

func gate(cal Calendar, state State, now time.Time) (open bool, text string) {
	last := dayText(cal.CloseDate())
	switch {
	case !cal.Open(now):
		return false, "Mở nhập từ ngày " + dayText(cal.Opens)
	case cal.Closed(now):
		return false, "Đã khóa sau ngày " + last
	case state.Received():
		return false, "Phường đã tiếp nhận; muốn sửa thì mở lại"
	case cal.CloseDate() != cal.Close:
		return true, fmt.Sprintf("Đang mở đến hết ngày %s (gia hạn)", last)
	default:
		return true, "Đang mở đến hết ngày " + last
	}
}
