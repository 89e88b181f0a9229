package homeui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/meeting"
	"wardportal/internal/member"
	"wardportal/internal/news"
	"wardportal/internal/officer"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// found is what the domains told about the person's work.
type found struct {
	who       authz.Who
	now       time.Time
	facts     kit.Facts
	absolute  func(string) string
	board     report.Board
	vacant    officer.Board
	questions []member.Question
	news      map[news.Status]int
	meetings  []meeting.Meeting
	own       authz.AssociationID // of a chair or secretary
	census    member.Census
	before    member.Census // at the end of last year
}

// homeView is the first page of the workplace.
type homeView struct {
	Greeting, Today string
	Boxes           []boxView
	Tasks           []ui.Task
	Calm            string // said when nothing waits
	Reminder        string
	Quick           []quickLink
	Figures         []ui.Figure
	FiguresTitle    string
	Updated         string
}

// boxView is the one thing that matters most: a report and its next step.
type boxView struct {
	Title, Text string
	Tag         *ui.TagView
	Progress    *ui.ProgressView
	Button      ui.Action
	Waits       bool // something to do, not only to know
}

type quickLink struct{ Icon, Label, URL string }

// waiting counts what waits for the person.
func (v homeView) waiting() int {
	n := len(v.Tasks)
	for _, b := range v.Boxes {
		if b.Waits {
			n++
		}
	}
	return n
}

func build(f found) homeView {
	v := homeView{Today: vi.Weekday(f.now) + ", " + vi.LongDate(f.now), Quick: f.quick()}
	switch {
	case !f.board.Campaign.Exists():
	case f.who.May(authz.ReadSummary):
		v.Boxes = []boxView{f.wardBox()}
		if f.who.May(authz.ManageCampaign) && len(f.board.Unsent()) > 0 && !f.board.Campaign.Historical {
			v.Reminder = report.ReminderForAll(f.board, f.now)
		}
	default:
		for _, l := range f.board.Lines {
			v.Boxes = append(v.Boxes, f.reportBox(l))
		}
	}
	v.Tasks = f.tasks()
	v.Figures, v.FiguresTitle = f.figures()
	v.Updated = "cập nhật " + vi.ClockTime(f.now) + " hôm nay"
	if v.waiting() == 0 {
		v.Calm = f.calm()
	}
	return v
}

func (f found) calm() string {
	if f.who.Has(authz.Admin) && len(f.who.Grants) == 1 {
		return "Quản trị lo tài khoản và thiết lập. Danh sách hội viên và báo cáo do cán bộ theo dõi hội và các hội giữ."
	}
	return "Hôm nay không có việc nào đang chờ ông/bà."
}

// reportBox is an association's own report.
func (f found) reportBox(l report.Line) boxView {
	c := f.board.Campaign
	step, slug := l.Next(c), l.Association.Slug
	v := boxView{Title: fmt.Sprintf("Nộp báo cáo năm %d", c.Year), Text: step.Text, Tag: f.deadline(l), Waits: step.Goal != report.GoView}
	if len(f.board.Lines) > 1 {
		v.Title += ", " + l.Association.Name
	}
	switch step.Goal {
	case report.GoView:
		v.Title = strings.Replace(v.Title, "Nộp báo", "Báo", 1)
		v.Button = ui.Action{Label: step.Label, URL: href.ReportDo(c.Year, slug, "xem"), Kind: ui.Secondary}
	case report.GoSend:
		v.Button = ui.Action{Label: step.Label, URL: href.ReportDo(c.Year, slug, "nop")}
	default:
		v.Button = ui.Action{Label: step.Label, URL: href.With(href.Report(c.Year, slug), "muc", string(step.Section))}
	}
	if v.Waits && l.Of > 0 {
		v.Progress = &ui.ProgressView{Done: l.Done, All: l.Of, Text: fmt.Sprintf("Đã điền %d trong %d ô.", l.Done, l.Of)}
	}
	return v
}

func (f found) deadline(l report.Line) *ui.TagView {
	switch state := l.Report.State; {
	case state.Received():
		return &ui.TagView{Tone: ui.Good, Text: state.Label()}
	case state == report.Submitted:
		return &ui.TagView{Icon: "send", Text: state.Label()}
	case l.Late > 0:
		return &ui.TagView{Tone: ui.Bad, Icon: "warning", Text: capital(l.Calendar.Countdown(f.now))}
	}
	return &ui.TagView{Tone: ui.Warn, Icon: "clock", Text: capital(l.Calendar.Countdown(f.now))}
}

// wardBox is the year's campaign as the ward sees it: who has sent, and what to do next.
func (f found) wardBox() boxView {
	b, c := f.board, f.board.Campaign
	unsent := b.Unsent()
	v := boxView{
		Title: fmt.Sprintf("Báo cáo năm %d của các hội", c.Year), Button: ui.Action{Label: "Xem tình hình các hội", URL: href.ReportYear(c.Year)},
		Progress: &ui.ProgressView{Done: b.Sent(), All: len(b.Lines), Text: fmt.Sprintf("Đã nộp %d/%d hội, đã tiếp nhận %d/%d.", b.Sent(), len(b.Lines), b.Accepted(), len(b.Lines))},
	}
	if len(unsent) == 0 {
		v.Text = "Các hội đã nộp đủ."
		v.Tag = &ui.TagView{Tone: ui.Good, Text: "Đã nộp đủ"}
		v.Button = ui.Action{Label: "Xem bảng tổng hợp", URL: href.Summary(c.Year)}
		return v
	}
	names := make([]string, len(unsent))
	for i, l := range unsent {
		names[i] = l.Association.Name
	}
	v.Waits = f.who.May(authz.ManageCampaign)
	v.Text = "Chưa nộp: " + strings.Join(names, ", ") + "."
	cal := c.Calendar(time.Time{})
	v.Tag = &ui.TagView{Tone: ui.Warn, Icon: "clock", Text: capital(cal.Countdown(f.now))}
	if cal.DaysLate(f.now) > 0 {
		v.Tag.Tone, v.Tag.Icon = ui.Bad, "warning"
	}
	return v
}

// tasks are the other things that wait, the most urgent first.
func (f found) tasks() []ui.Task {
	var list []ui.Task
	list = append(list, f.reviews()...)
	list = append(list, f.confirmations()...)
	if n := len(f.questions); n > 0 {
		list = append(list, ui.Task{
			Title: fmt.Sprintf("Trả lời %d điều cần xác nhận về hội viên", n), URL: href.MemberAsked, Hint: "Có người được báo là đã qua đời; hội xác nhận giúp.",
			Tag: &ui.TagView{Tone: ui.Warn, Icon: "info", Text: "Cần xác nhận"},
		})
	}
	list = append(list, f.newsTasks()...)
	list = append(list, f.vacancies()...)
	for _, m := range f.meetings {
		if f.concerns(m) {
			list = append(list, ui.Task{
				Title: m.Title, Hint: vi.ClockTime(m.StartsAt) + ", " + m.Place, Tag: &ui.TagView{Icon: "calendar", Text: m.StartsAt.In(vi.Location()).Format("02/01")},
			})
		}
	}
	return list
}

// reviews are the reports that wait for the ward's word.
func (f found) reviews() []ui.Task {
	if !f.who.May(authz.ReviewReport) {
		return nil
	}
	var list []ui.Task
	year := f.board.Campaign.Year
	for _, l := range f.board.Lines {
		url := href.ReportDo(year, l.Association.Slug, "xem")
		switch {
		case l.Report.Stance.Code == "objected":
			list = append(list, ui.Task{
				Title: l.Association.Name + " không đồng ý số liệu nhập thay", URL: url, Hint: l.Report.Stance.Note, Tag: &ui.TagView{Tone: ui.Bad, Icon: "warning", Text: "Cần xem"},
			})
		case l.Report.State == report.Submitted:
			list = append(list, ui.Task{
				Title: "Xem và tiếp nhận báo cáo của " + l.Association.Name, URL: url, Hint: "Nộp " + vi.ShortDate(*l.Report.SubmittedAt) + ", " + l.Timeliness + ".",
				Tag: &ui.TagView{Icon: "send", Text: "Mới nộp"},
			})
		}
	}
	return list
}

// confirmations are reports that the ward typed from paper and the chair has not spoken about.
func (f found) confirmations() []ui.Task {
	if f.who.May(authz.ReviewReport) || !f.who.Has(authz.Chair) {
		return nil
	}
	var list []ui.Task
	for _, l := range f.board.Lines {
		if l.Report.OnBehalf && l.Report.State.Sent() && l.Report.Stance.Code == "" {
			list = append(list, ui.Task{
				Title: "Xác nhận số liệu phường nhập thay", URL: href.ReportDo(f.board.Campaign.Year, l.Association.Slug, "xem"),
				Hint: l.Report.TypedName + " đã nhập từ bản giấy của hội. Xin xem và xác nhận, hoặc nói chỗ chưa đúng.", Tag: &ui.TagView{Tone: ui.Warn, Icon: "info", Text: "Cần xem"},
			})
		}
	}
	return list
}

func (f found) newsTasks() []ui.Task {
	var list []ui.Task
	add := func(n int, title, hint string, tone ui.Tone, icon, tag string, status news.Status) {
		if n > 0 {
			list = append(list, ui.Task{
				Title: fmt.Sprintf(title, n), URL: href.With(href.WorkNews, "trang-thai", string(status)), Hint: hint, Tag: &ui.TagView{Tone: tone, Icon: icon, Text: tag},
			})
		}
	}
	if f.who.May(authz.PublishNews) {
		add(f.news[news.Submitted], "Duyệt %d tin bài", "Người viết đã gửi, chờ duyệt.", ui.Info, "info", "Chờ duyệt", news.Submitted)
		add(f.news[news.Approved], "Đăng %d tin bài đã duyệt", "", ui.Info, "send", "Đã duyệt", news.Approved)
	}
	if f.who.May(authz.WriteNews) {
		add(f.news[news.Returned], "Sửa %d tin bài được trả lại", "Có lời góp ý kèm theo.", ui.Warn, "return", "Trả lại", news.Returned)
	}
	return list
}

// vacancies are the seats that must be filled: named for an association, counted for the ward.
func (f found) vacancies() []ui.Task {
	if !f.who.May(authz.WriteOfficers) {
		return nil
	}
	var list []ui.Task
	if ward(f.who) {
		if n := len(f.vacant.Branches); n > 0 {
			list = append(list, ui.Task{
				Title: fmt.Sprintf("Theo dõi %d chi hội chưa có chi hội trưởng", n), URL: href.Vacancies, Hint: f.vacantNames(), Tag: &ui.TagView{Tone: ui.Warn, Icon: "warning", Text: "Khuyết"},
			})
		}
		return list
	}
	for i, b := range f.vacant.Branches {
		if i == 3 {
			break
		}
		task := ui.Task{Title: "Bổ sung chi hội trưởng " + lower(b.BranchName), URL: href.Vacancies, Tag: &ui.TagView{Tone: ui.Bad, Icon: "warning", Text: "Khuyết"}}
		if b.Since != nil {
			task.Hint, task.Tag.Text = "Khuyết từ "+b.Since.Format("02/01/2006")+".", vi.Int(b.Days)+" ngày"
		}
		list = append(list, task)
	}
	for _, c := range f.vacant.Committees {
		if c.Vacant > 0 {
			list = append(list, ui.Task{
				Title: fmt.Sprintf("Bổ sung %d ủy viên Ban Chấp hành", c.Vacant), URL: href.Vacancies, Hint: fmt.Sprintf("Hiện có %d/%d người.", c.InOffice, c.Quota),
				Tag: &ui.TagView{Tone: ui.Warn, Icon: "warning", Text: "Khuyết"},
			})
		}
	}
	for _, t := range f.vacant.Terms {
		list = append(list, termTask(t))
	}
	return list
}

func termTask(t officer.TermState) ui.Task {
	task := ui.Task{Title: "Chuẩn bị đại hội, hết nhiệm kỳ ngày " + t.LastDay.Format("02/01/2006"), URL: href.Vacancies, Tag: &ui.TagView{Tone: ui.Warn, Icon: "calendar", Text: fmt.Sprintf("Còn %d ngày", t.Left)}}
	if t.Left < 0 {
		task.Tag = &ui.TagView{Tone: ui.Bad, Icon: "warning", Text: fmt.Sprintf("Quá %d ngày", -t.Left)}
	}
	return task
}

func (f found) vacantNames() string {
	var names []string
	for _, b := range f.vacant.Branches {
		names = append(names, b.BranchName+" ("+b.AssociationName+")")
	}
	if len(names) > 3 {
		names = append(names[:3], fmt.Sprintf("và %d chi hội khác", len(names)-3))
	}
	return strings.Join(names, ", ") + "."
}

// concerns tells whether a meeting belongs on the person's first page.
func (f found) concerns(m meeting.Meeting) bool {
	if ward(f.who) || m.AssociationID == nil {
		return true
	}
	for _, g := range f.who.Grants {
		if g.Association == *m.AssociationID {
			return true
		}
	}
	return false
}

// quick are the everyday acts of the role.
func (f found) quick() []quickLink {
	var list []quickLink
	add := func(need authz.Action, icon, label, url string) {
		if f.who.May(need) {
			list = append(list, quickLink{icon, label, url})
		}
	}
	if !ward(f.who) {
		add(authz.WriteRoster, "plus", "Thêm hội viên", href.MemberAdd)
		add(authz.WriteDiary, "heart", "Ghi thăm hỏi, tặng quà", href.DiaryAdd)
		add(authz.ImportRoster, "down", "Nhập danh sách từ Excel", href.MemberImport)
		if f.elders() {
			add(authz.ReadRoster, "medal", "Danh sách mừng thọ", href.Longevity)
		}
	}
	add(authz.ReadSummary, "check", "Bảng tổng hợp của phường", f.summaryURL())
	add(authz.ManageCampaign, "plus", "Mở đợt báo cáo", href.ReportCampaigns)
	add(authz.WriteNews, "pencil", "Viết tin bài", href.WorkNews+"/them")
	list = append(list, quickLink{"person", "Tài khoản và mật khẩu", href.Account})
	return list
}

// elders tells whether the person works for an association of elders.
func (f found) elders() bool {
	return slices.ContainsFunc(f.facts.Associations, func(a association.Association) bool {
		branches, whole := f.who.BranchesOf(a.ID, authz.ReadRoster)
		return a.Kind == string(association.NCT) && (whole || len(branches) > 0)
	})
}

func (f found) summaryURL() string {
	if !f.board.Campaign.Exists() {
		return href.Reports
	}
	return href.Summary(f.board.Campaign.Year)
}

// figures are the association's state today, for those who lead it.
func (f found) figures() ([]ui.Figure, string) {
	if f.own == 0 {
		return nil, ""
	}
	members := f.census.Members()
	list := []ui.Figure{{Value: vi.Int(members), Label: "hội viên"}, {Value: vi.SignedInt(members - f.before.Members()), Label: "so với đầu năm"}}
	for _, c := range f.vacant.Committees {
		if c.Association == f.own && c.Quota > 0 {
			list = append(list, ui.Figure{Value: fmt.Sprintf("%d/%d", c.InOffice, c.Quota), Label: "ủy viên Ban Chấp hành"})
		}
	}
	headless := 0
	for _, b := range f.vacant.Branches {
		if b.Association == f.own {
			headless++
		}
	}
	return append(list, ui.Figure{Value: vi.Int(headless), Label: "chi hội chưa có chi hội trưởng"}), "Tình hình hội hiện nay"
}

// yearsEnd is the last day of last year.
func yearsEnd(tx *db.Tx) time.Time {
	return time.Date(tx.Now().In(vi.Location()).Year()-1, time.December, 31, 0, 0, 0, 0, time.UTC)
}

func capital(text string) string {
	r := []rune(text)
	if len(r) == 0 {
		return text
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

func lower(text string) string {
	r := []rune(text)
	if len(r) == 0 {
		return text
	}
	return strings.ToLower(string(r[:1])) + string(r[1:])
}
