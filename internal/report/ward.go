package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/vi"
)

// Line is one association in the overview of a year.
type Line struct {
	Association association.Association
	Report      Report
	Calendar    Calendar
	Timeliness  string         // "đúng hạn", "nộp trễ 4 ngày"; "" before it is sent
	Late        int            // days from the deadline to the submission, or to today while it is not sent; 0 = in time
	Complete    []Completeness // one per chapter of Matrix
	Done, Of    int            // answered rows of the first page
	Who         string         // who last worked on it
	WhoAt       *time.Time
	Flags       int // reasons on fields that still stand
	Gate        Gate

	values map[string]Value
}

// Board is the overview of a year: the official's first screen, the matrix of completeness, and a chair's own line.
type Board struct {
	Campaign Campaign
	Lines    []Line
}

// Matrix lists the chapters that have a column in the matrix of completeness.
func Matrix() []Section {
	return slices.DeleteFunc(slices.Clone(Sections), func(s Section) bool { return s.Short == "" })
}

// Sent counts the associations that have done their part, Accepted those whose figures are in the totals.
func (b Board) Sent() int { return b.count(State.Sent) }

// Accepted counts the reports that the ward has received.
func (b Board) Accepted() int { return b.count(State.Received) }

func (b Board) count(match func(State) bool) int {
	n := 0
	for _, l := range b.Lines {
		if match(l.Report.State) {
			n++
		}
	}
	return n
}

// Unsent lists the associations that the ward still waits for.
func (b Board) Unsent() []Line {
	return slices.DeleteFunc(slices.Clone(b.Lines), func(l Line) bool { return l.Report.State.Sent() })
}

// finish works out what follows from the dates.
func (l *Line) finish(c Campaign, extended time.Time, now time.Time) {
	l.Calendar = c.Calendar(extended)
	switch {
	case c.Historical:
	case l.Report.SubmittedAt != nil && l.Report.State.Sent():
		l.Late = l.Calendar.DaysLate(*l.Report.SubmittedAt)
		l.Timeliness = l.Calendar.Timeliness(*l.Report.SubmittedAt)
	default:
		l.Late = l.Calendar.DaysLate(now)
	}
	l.Gate = Gate{
		Association: l.Association.ID, Slug: l.Association.Slug, Name: l.Association.Name, State: l.Report.State, Until: l.Calendar.CloseDate(),
	}
	l.Gate.Open, l.Gate.Text = gate(l.Calendar, l.Report.State, now)
}

// SummaryText is the ward's own words in its summary.
type SummaryText struct {
	Assessment string // đánh giá chung
	Limits     string // hạn chế
	Direction  string // phương hướng
	Proposals  string // kiến nghị
	At         time.Time
	ByName     string
	Version    int // 0 = nothing written yet
}

// WardSummary is the ward's summary of a year.
type WardSummary struct {
	Campaign   Campaign
	Board      Board
	Table      WardTable
	Last       WardTable // the year before, accepted reports only in its total
	Indicators IndicatorTable
	Text       SummaryText
	Final      bool // every received report is "số chính thức"
}

// Basis says what the figures are: "số ước thực hiện, chốt đến 15/11/2026".
func (w WardSummary) Basis() string {
	if w.Final {
		return "số chính thức cả năm"
	}
	return "số ước thực hiện, chốt đến " + dayText(w.Campaign.CutOff)
}

// reports gives the lines as sources of the ward's table.
func (b Board) reports() []AssociationReport {
	list := make([]AssociationReport, len(b.Lines))
	for i, l := range b.Lines {
		list[i] = AssociationReport{
			Slug: l.Association.Slug, Name: l.Association.Name, Kind: association.KindCode(l.Association.Kind), State: l.Report.State,
			Values: l.values, Rating: l.Report.Rating,
		}
	}
	return list
}

// ReminderText is a message to copy to Zalo for one association; url is the address of its report, "" to leave it out.
func ReminderText(l Line, c Campaign, now time.Time, url string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Kính gửi %s,\n", l.Association.Name)
	due := l.Calendar.DueDate()
	state := map[State]string{
		NotStarted: "hội chưa bắt đầu nhập", Drafting: "báo cáo đang nhập, chưa nộp", Returned: "báo cáo được trả lại để bổ sung, chưa nộp lại",
	}[l.Report.State]
	if l.Report.State.Sent() {
		fmt.Fprintf(&b, "Phường đã nhận báo cáo năm %d của hội. Xin cảm ơn ông/bà.", c.Year)
		return b.String()
	}
	fmt.Fprintf(&b, "Báo cáo tổng kết năm %d có hạn nộp ngày %s (%s). Hiện nay %s", c.Year, dayText(due), l.Calendar.Countdown(now), state)
	if l.Of > 0 && l.Done < l.Of && l.Report.State != NotStarted {
		fmt.Fprintf(&b, ", còn %d ô số liệu chưa điền", l.Of-l.Done)
	}
	b.WriteString(".\n")
	if l.Flags > 0 {
		fmt.Fprintf(&b, "Có %d ô phường góp ý cần sửa.\n", l.Flags)
	}
	if c.Note != "" {
		b.WriteString(c.Note + "\n")
	}
	if url != "" {
		fmt.Fprintf(&b, "Nhập báo cáo tại: %s\n", url)
	}
	b.WriteString("Cần giúp, ông/bà gọi cán bộ theo dõi hội của phường; nếu bận, ông/bà gửi bản giấy, phường nhập thay. Trân trọng cảm ơn.")
	return b.String()
}

// ReminderForAll is one message to the common group: who has sent, and whom the ward still waits for.
func ReminderForAll(board Board, now time.Time) string {
	var b strings.Builder
	unsent := board.Unsent()
	fmt.Fprintf(&b, "Báo cáo tổng kết các hội năm %d, đến ngày %s: đã nộp %d/%d hội.\n",
		board.Campaign.Year, vi.ShortDate(now), len(board.Lines)-len(unsent), len(board.Lines))
	if len(unsent) == 0 {
		b.WriteString("Các hội đã nộp đủ. Phường xin cảm ơn ông/bà.")
		return b.String()
	}
	b.WriteString("Phường còn chờ báo cáo của:\n")
	for _, l := range unsent {
		fmt.Fprintf(&b, "- %s: hạn nộp %s, %s\n", l.Association.Name, dayText(l.Calendar.DueDate()), l.Calendar.Countdown(now))
	}
	b.WriteString("Cần giúp, ông/bà gọi cán bộ theo dõi hội của phường. Trân trọng cảm ơn.")
	return b.String()
}

// PublicFigure is one figure that residents may see.
type PublicFigure struct {
	Year        int
	Association association.ID
	Slug        string
	Name        string
	Kind        association.KindCode
	Code        string
	Value       Value
	Hidden      bool // a count of people below 5: shown as "dưới 5"
}

// Text is the figure as residents read it.
func (p PublicFigure) Text() string {
	if p.Hidden {
		return "dưới 5"
	}
	return p.Value.String()
}

// PublicCodes lists the rows that are public once a report is received, in form order: nothing about health, benefits,
// prison, poverty or money held, and no part of the movement that would tell of one person. The database keeps the same
// list (report_published), and a test holds the two against each other.
var PublicCodes = []string{
	"GEN.ORG.BRANCH", "GEN.MEM.NEW", "GEN.MEM.END", "GEN.ACT.BRANCH", "GEN.ACT.PROP", "GEN.CARE.SICK", "GEN.CARE.GIFT", "GEN.CARE.GIFT_AMT",
	"GEN.CLUB.N", "GEN.EMU.COL", "NCT.MEM60", "NCT.MT.TOTAL", "KHOC.GDHT_CN", "KHOC.CONGDAN_CN", "KHOC.HB", "KHOC.HB_AMT", "KHOC.THUONG_HS",
	"TNXP.GDTT", "TYN.GDTT",
}
