package reportui

import (
	"fmt"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/portal/href"
	"wardportal/internal/report"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// yearView is the page of a year's campaign: the ward's board, or a chair's own report.
type yearView struct {
	Title, Phase string
	Meta         []string
	Note         string
	Ward         bool // sees all associations
	Manage       bool
	Boxes        []boxView // of those who write reports
	Lines        []lineView
	Figures      []ui.Figure
	Reminder     string // for the common group
	Reminders    []reminderView
	Primary      *ui.Action
	Actions      []ui.Link
	Years        []ui.Link
	History      []ui.Event // of the campaign
}

// boxView is one's own report: its state, what is left, and the button that goes on.
type boxView struct {
	Title, Text string
	Tag         *ui.TagView
	Progress    ui.ProgressView
	Button      ui.Action
	More        []ui.Link
}

// lineView is an association on the ward's board.
type lineView struct {
	Name, URL, Progress, When, Gate string
	Tag                             *ui.TagView
	Actions                         []ui.Link
}

type reminderView struct{ Name, Target, Text string }

func emptyYear(manage bool) ui.Empty {
	if !manage {
		return ui.Empty{Title: "Chưa có đợt báo cáo nào", Text: "Khi phường mở đợt báo cáo năm, biểu của hội hiện ở đây."}
	}
	return ui.Empty{
		Title: "Chưa có đợt báo cáo nào", Text: "Mở đợt báo cáo của năm: chọn ngày chốt số liệu, hạn nộp và các chỉ tiêu. Mỗi hội có ngay biểu để nhập.",
		Actions: []ui.Action{{Label: "Mở đợt báo cáo", URL: href.ReportCampaigns}},
	}
}

func buildYear(b report.Board, who authz.Who, now time.Time, years []report.Campaign, absolute func(string) string) yearView {
	c := b.Campaign
	v := yearView{
		Title: "Báo cáo năm " + itoa(c.Year), Phase: c.Phase(now), Note: c.Note,
		Meta:   []string{"Chốt số liệu " + day(c.CutOff), "Khóa số liệu " + day(c.Close)},
		Manage: who.May(authz.ManageCampaign), Ward: who.May(authz.ReadSummary),
	}
	if !v.Ward {
		for _, l := range b.Lines {
			v.Boxes = append(v.Boxes, buildBox(l, c, now))
		}
	} else {
		v.ward(b, now, absolute)
	}
	for _, y := range years {
		if y.Year != c.Year {
			v.Years = append(v.Years, ui.Link{Label: "Năm " + itoa(y.Year), URL: href.ReportYear(y.Year)})
		}
	}
	return v
}

// ward fills in the board of all associations.
func (v *yearView) ward(b report.Board, now time.Time, absolute func(string) string) {
	c := b.Campaign
	v.Figures = []ui.Figure{
		{Value: fmt.Sprintf("%d/%d", b.Sent(), len(b.Lines)), Label: "hội đã nộp"},
		{Value: fmt.Sprintf("%d/%d", b.Accepted(), len(b.Lines)), Label: "đã tiếp nhận"},
	}
	if !c.Historical {
		v.Figures = append(v.Figures, ui.Figure{Value: upperFirst(c.Calendar(time.Time{}).Countdown(now)), Label: "hạn nộp " + day(c.Deadline)})
	}
	for _, l := range b.Lines {
		v.Lines = append(v.Lines, buildLine(l, c, now, v.Manage))
	}
	v.Primary = &ui.Action{Label: "Xem bảng tổng hợp", URL: href.Summary(c.Year)}
	if !v.Manage || c.Historical {
		return
	}
	v.Actions = []ui.Link{{Label: "Sửa đợt báo cáo", URL: href.ReportCampaign(c.Year)}, {Label: "Mở đợt báo cáo năm khác", URL: href.ReportCampaigns}}
	if len(b.Unsent()) == 0 {
		return
	}
	v.Reminder = report.ReminderForAll(b, now)
	for _, l := range b.Unsent() {
		v.Reminders = append(v.Reminders, reminderView{
			Name: l.Association.Name, Target: "nhac-" + l.Association.Slug, Text: report.ReminderText(l, c, now, absolute(href.Report(c.Year, l.Association.Slug))),
		})
	}
}

func buildLine(l report.Line, c report.Campaign, now time.Time, manage bool) lineView {
	slug := l.Association.Slug
	v := lineView{
		Name: l.Association.Name, URL: href.ReportDo(c.Year, slug, "xem"), Progress: fmt.Sprintf("%d/%d\u00a0ô", l.Done, l.Of), Gate: l.Gate.Text, Tag: stateOf(l.Report.State),
	}
	switch {
	case l.Report.SubmittedAt != nil && l.Report.State.Sent():
		v.When = "Nộp " + vi.ShortDate(*l.Report.SubmittedAt) + ", " + l.Timeliness
	case l.Late > 0:
		v.When = fmt.Sprintf("Quá hạn %d ngày", l.Late)
	case l.WhoAt != nil:
		v.When = l.Who + " nhập " + vi.ShortDate(*l.WhoAt)
	default:
		v.When = "Chưa nhập gì"
	}
	if l.Report.OnBehalf {
		v.When += " (nhập thay)"
	}
	if l.Report.Stance.Code == "objected" {
		v.When += "; hội không đồng ý số liệu nhập thay"
	}
	if !manage || c.Historical {
		return v
	}
	switch l.Report.State {
	case report.Submitted:
		v.Actions = []ui.Link{{Label: "Xem và tiếp nhận", URL: v.URL}}
	case report.Accepted, report.Consolidated:
		v.Actions = []ui.Link{{Label: "Xem báo cáo", URL: v.URL}}
	default:
		v.Actions = append(v.Actions, ui.Link{Label: "Nhập thay từ bản giấy", URL: href.ReportDo(c.Year, slug, "ban-giay")}, ui.Link{Label: "Gia hạn", URL: href.ReportDo(c.Year, slug, "gia-han")})
	}
	return v
}

// stateOf is a report's state as a tag: a word with its icon.
func stateOf(s report.State) *ui.TagView {
	switch s {
	case report.Drafting:
		return &ui.TagView{Icon: "pencil", Text: s.Label()}
	case report.Submitted:
		return &ui.TagView{Icon: "send", Text: s.Label()}
	case report.Returned:
		return &ui.TagView{Tone: ui.Warn, Icon: "return", Text: s.Label()}
	case report.Accepted, report.Consolidated:
		return &ui.TagView{Tone: ui.Good, Text: s.Label()}
	}
	return &ui.TagView{Tone: ui.Grey, Icon: "none", Text: s.Label()}
}

// buildBox makes the box of one's own report: what is left, how long, and the next step by its name.
func buildBox(l report.Line, c report.Campaign, now time.Time) boxView {
	slug, step := l.Association.Slug, l.Next(c)
	view := href.ReportDo(c.Year, slug, "xem")
	v := boxView{
		Title: "Báo cáo của " + l.Association.Name, Tag: deadlineTag(l, now), Text: step.Text, More: []ui.Link{{Label: "Xem cả báo cáo", URL: view}},
		Progress: ui.ProgressView{Done: l.Done, All: l.Of, Text: fmt.Sprintf("Đã điền %d trong %d ô.", l.Done, l.Of)},
	}
	switch step.Goal {
	case report.GoView:
		v.Button, v.More = ui.Action{Label: step.Label, URL: view, Kind: ui.Secondary}, nil
	case report.GoSend:
		v.Button = ui.Action{Label: step.Label, URL: href.ReportDo(c.Year, slug, "nop")}
	default:
		v.Button = ui.Action{Label: step.Label, URL: href.With(href.Report(c.Year, slug), "muc", string(step.Section))}
	}
	return v
}

// deadlineTag is the state, or how many days are left while the report is not sent.
func deadlineTag(l report.Line, now time.Time) *ui.TagView {
	if l.Report.State.Sent() {
		return stateOf(l.Report.State)
	}
	text := upperFirst(l.Calendar.Countdown(now))
	if l.Late > 0 {
		return &ui.TagView{Tone: ui.Bad, Icon: "warning", Text: text}
	}
	return &ui.TagView{Tone: ui.Warn, Icon: "clock", Text: text}
}
