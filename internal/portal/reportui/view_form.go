package reportui

import (
	"fmt"
	"strconv"

	"wardportal/internal/portal/href"
	"wardportal/internal/report"
	"wardportal/web/ui"
)

// everything is the value of ?muc= that puts all chosen rows on one page.
const everything = "tat-ca"

// Where the buttons of the form lead.
const (
	goStay = "tam"
	goNext = "tiep"
	goSend = "nop"
)

// formView is the page of the form: one chapter, or all figures together.
type formView struct {
	Kicker, Title, Intro string
	Action, Section      string
	Version              string
	Errors               ui.Errors
	Open                 bool
	Lock                 *report.Lock
	Return               *returnView
	Notices              []noteView
	Heads                gridHeads
	Groups               []rowGroup
	More                 []rowGroup // under "Thêm số liệu"
	MoreOpen             bool
	Targets              []targetRow // next year's plan
	Balances             []noteView
	Movers               string // address of the names behind the movement, "" = none
	Texts                []textView
	Paper                *paperView
	Save                 string // words of the primary button: "Lưu và sang mục 3"
	SaveTo               string // where it leads: goNext, goSend
	Links                []ui.Link
	Tasks                []ui.Task
	TasksTitle           string
}

// gridHeads are the headings of the columns, which also label the cells of the cards.
type gridHeads struct{ Row, Last, Plan, Book, Now, Percent, Change, Next string }

// rowGroup is a chapter within the grid; Title is "" where the page is one chapter.
type rowGroup struct {
	Title string
	Rows  []rowView
}

// rowView is one indicator in the grid, ready to draw.
type rowView struct {
	Code, Label, Unit, Formula             string
	Last, Plan, Book, Now, Percent, Change string // as shown; Now where the row is not typed
	Typed, Answer, InputLabel, Error       string
	Open                                   bool
	Flag                                   string // why it was sent back
	Findings                               []findingView
	Wide                                   bool   // amounts in đồng need a wider box
	Signed                                 bool   // may be negative, and is normally empty
	Proposal                               string // what the books proposed and nobody has saved yet
}

// attention tells whether the row has something to read under it.
func (r rowView) attention() bool { return r.Flag != "" || len(r.Findings) > 0 }

// findingView is a finding under its row.
type findingView struct {
	Row                         string // the row's name, where the sentence does not say it itself
	Field, AboutField, About    string
	Text, Equation, Label, Note string
	Error                       string
	Tone                        ui.Tone
	Explain                     bool // passes with a written explanation
	Open                        bool
	Suggest, SuggestValue       string // a button that takes over a figure
	URL                         string // leads to its row, in the review
}

type targetRow struct{ Field, Label, Unit, Now, Plan, Typed, InputLabel, Error string }

type noteView struct {
	Tone       ui.Tone
	Lead, Text string
}

type textView struct {
	Name, Label, Hint, Value, Error string
	Open                            bool
	Proposal                        string
	Restore                         string // value of the button that takes the proposed text again, "" = nothing to restore
	Stale                           bool
	Flag, LastYear                  string
}

type returnView struct {
	Note   string
	Fields []ui.Link
}

type paperView struct {
	Lead, Photo, PhotoURL, ChangeURL string
}

func heads(year int) gridHeads {
	y := strconv.Itoa(year)
	return gridHeads{
		Row: "Nội dung", Last: "Năm " + strconv.Itoa(year-1), Plan: "Kế hoạch năm " + y, Book: "Theo sổ",
		Now: "Thực hiện năm " + y, Percent: "So với kế hoạch (%)", Change: "Tăng, giảm", Next: "Chỉ tiêu năm " + strconv.Itoa(year+1),
	}
}

// buildForm makes the page of one chapter (by its id) or of all figures. typed is what a form that came back held.
func buildForm(s sheet, typed input, errs ui.Errors, want string) formView {
	chapters := s.chapters()
	v := formView{
		Action: s.url(), Version: strconv.Itoa(s.Report.Version), Errors: errs, Open: s.Editing.Open(), Lock: s.Editing.Lock,
		Heads: heads(s.year()), Return: buildReturn(s, chapters), Paper: buildPaper(s), Notices: stanceNotes(s),
	}
	v.Tasks, v.TasksTitle = chapterTasks(s, chapters)
	g := newGrid(s, typed, errs)
	if want == everything {
		g.all(&v, chapters)
		return v
	}
	i := findChapter(chapters, want)
	if i < 0 {
		i = firstOpen(chapters)
	}
	g.chapter(&v, chapters, i)
	return v
}

func buildReturn(s sheet, chapters []chapter) *returnView {
	if s.Report.State != report.Returned && len(s.OpenFlags()) == 0 {
		return nil
	}
	v := &returnView{Note: s.Report.ReturnNote}
	for _, f := range s.OpenFlags() {
		link := ui.Link{Label: f.Code, URL: s.url()}
		if ind, ok := report.ByCode(f.Code); ok {
			link = ui.Link{Label: ind.Label, URL: s.fieldURL(ind.Section, ind.Code)}
		} else if i := findChapter(chapters, f.Code); i >= 0 {
			link = ui.Link{Label: chapters[i].Heading(), URL: s.fieldURL(chapters[i].ID, report.TextField(report.Slot{Section: chapters[i].ID}))}
		}
		link.Label += ": " + f.Reason
		v.Fields = append(v.Fields, link)
	}
	return v
}

// fieldURL leads to one box of the form.
func (s sheet) fieldURL(section report.SectionID, field string) string {
	return href.With(s.url(), "muc", string(section)) + "#" + ui.FieldID(field)
}

func buildPaper(s sheet) *paperView {
	p := s.Report.Paper
	if !s.Report.OnBehalf || !s.Editing.Open() || p.Date == nil {
		return nil
	}
	v := &paperView{Lead: "Bản giấy ngày " + p.Date.Format("02/01/2006"), ChangeURL: s.do("ban-giay")}
	if p.Number != "" {
		v.Lead = "Bản giấy số " + p.Number + " ngày " + p.Date.Format("02/01/2006")
	}
	if p.Media != nil {
		v.Photo, v.PhotoURL = s.do("ban-giay/anh"), s.do("ban-giay/anh")+"?lon=1"
	}
	return v
}

// stanceNotes tell who typed for whom, and what the chair said to it.
func stanceNotes(s sheet) []noteView {
	if !s.Report.OnBehalf {
		return nil
	}
	list := []noteView{{ui.Info, "Nhập thay từ bản giấy:", "số liệu do " + s.Report.TypedName + " (phường) nhập cho " + s.Association.Name + "."}}
	if text := s.Report.Stance.Text(); text != "" {
		tone := ui.Good
		if s.Report.Stance.Code == "objected" {
			tone = ui.Warn
		}
		list = append(list, noteView{tone, "", text})
	}
	return list
}

// chapterTasks lists the chapters with their state, and how many are done.
func chapterTasks(s sheet, list []chapter) ([]ui.Task, string) {
	tasks := make([]ui.Task, 0, len(list))
	for _, c := range list {
		title := c.Heading()
		if c.Part != "" && c.Number != "" {
			title = c.Part + "." + c.Number + " " + c.Title
		}
		tasks = append(tasks, ui.Task{Title: title, URL: href.With(s.url(), "muc", string(c.ID)), Tag: stateTag(c.State)})
	}
	done, all := progress(list)
	return tasks, fmt.Sprintf("Các mục của báo cáo (đã xong %d/%d)", done, all)
}

// progress counts the chapters that ask something, and those of them that are done.
func progress(list []chapter) (done, all int) {
	for _, c := range list {
		if c.State == "" {
			continue
		}
		all++
		if c.done() {
			done++
		}
	}
	return done, all
}

func stateTag(label string) *ui.TagView {
	switch label {
	case "đủ":
		return &ui.TagView{Tone: ui.Good, Text: "Đã xong"}
	case "đang nhập":
		return &ui.TagView{Icon: "pencil", Text: "Đang nhập"}
	case "chưa có":
		return &ui.TagView{Tone: ui.Grey, Icon: "none", Text: "Chưa có"}
	}
	return &ui.TagView{Tone: ui.Grey, Icon: "info", Text: "Không bắt buộc"}
}
