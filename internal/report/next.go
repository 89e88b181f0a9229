package report

import (
	"fmt"
	"strings"
)

// Goal is where the next step of a report leads; pages turn it into an address.
type Goal string

// The goals.
const (
	GoForm Goal = "form" // into the form, at Step.Section where one is named
	GoSend Goal = "send"
	GoView Goal = "view" // nothing to do but read
)

// Step says what is left to do on an association's report, in words, and what the button is called.
type Step struct {
	Goal    Goal
	Section SectionID
	Label   string // of the button: "Làm tiếp mục 2"
	Text    string // "Đã xong 5 trong 8 mục. Còn mục 2 và phương hướng chung. …"
}

// Next is the next step of the association's own people.
func (l Line) Next(c Campaign) Step {
	state := l.Report.State
	dates := fmt.Sprintf("Số liệu chốt đến %s. Hạn nộp: %s.", dayText(c.CutOff), dayText(l.Calendar.DueDate()))
	switch {
	case state.Received():
		return Step{Goal: GoView, Label: "Xem báo cáo", Text: "Phường đã tiếp nhận báo cáo. Cảm ơn ông/bà."}
	case state == Submitted:
		return Step{Goal: GoView, Label: "Xem báo cáo", Text: "Báo cáo đã nộp " + l.Timeliness + ", đang chờ phường xem."}
	case !l.Gate.Open:
		return Step{Goal: GoView, Label: "Xem báo cáo", Text: l.Gate.Text + ". " + dates}
	case l.Flags > 0 || state == Returned:
		return Step{Goal: GoForm, Label: "Sửa theo góp ý", Text: returnedText(l.Flags) + " " + dates}
	case state == NotStarted:
		return Step{Goal: GoForm, Label: "Bắt đầu nhập", Text: "Hội chưa nhập gì. " + dates}
	}
	return l.goOn(dates)
}

func returnedText(flags int) string {
	if flags == 0 {
		return "Phường trả lại báo cáo để sửa."
	}
	return fmt.Sprintf("Phường trả lại, có %d ô góp ý cần sửa.", flags)
}

// goOn names the chapters that are not done; only chapters that ask for something count.
func (l Line) goOn(dates string) Step {
	var open []string
	var first SectionID
	asked := 0
	for _, c := range l.Complete {
		if c.Of == 0 {
			continue
		}
		asked++
		if c.Done >= c.Of {
			continue
		}
		if first == "" {
			first = c.Section
		}
		section, _ := SectionByID(c.Section)
		open = append(open, section.Spoken())
	}
	if len(open) == 0 {
		return Step{Goal: GoSend, Label: "Xem lại và nộp", Text: "Các mục đã xong, còn xem lại và nộp. " + dates}
	}
	return Step{
		Goal: GoForm, Section: first, Label: "Làm tiếp " + open[0],
		Text: fmt.Sprintf("Đã xong %d trong %d mục. Còn %s. %s", asked-len(open), asked, listed(open), dates),
	}
}

// Spoken is how one speaks of the chapter on a button or within a sentence: "mục 2", "phương hướng chung".
func (s Section) Spoken() string {
	if s.Part == "I" {
		return "mục " + s.Number
	}
	return lowerFirst(s.Title)
}

// listed joins names for a sentence; of a long list the first three are named.
func listed(names []string) string {
	switch n := len(names); {
	case n > 4:
		return fmt.Sprintf("%s và %d mục khác", strings.Join(names[:3], ", "), n-3)
	case n > 1:
		return strings.Join(names[:n-1], ", ") + " và " + names[n-1]
	}
	return strings.Join(names, "")
}

// Drafts gives the sentences that the figures propose for each chapter when values stand in the form: what is shown and
// not saved yet, so that a form filled from the books already reads like a report.
func (s Sheet) Drafts(values map[string]Value) map[SectionID]string {
	story := s.story()
	story.Values = values
	list, drafts := Tell(story), map[SectionID]string{}
	for _, section := range Sections {
		if text := Draft(list, section.ID); text != "" {
			drafts[section.ID] = text
		}
	}
	return drafts
}
