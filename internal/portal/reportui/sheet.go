package reportui

import (
	"slices"
	"strconv"
	"strings"

	"wardportal/internal/portal/href"
	"wardportal/internal/report"
)

// sheet is one association's report as its pages draw it. Everything on it is pure.
type sheet struct{ report.Sheet }

func (s sheet) year() int            { return s.Campaign.Year }
func (s sheet) url() string          { return href.Report(s.year(), s.Association.Slug) }
func (s sheet) do(act string) string { return href.ReportDo(s.year(), s.Association.Slug, act) }

func (s sheet) may(a report.Action) bool {
	_, _, lock := s.Situation.Try(a)
	return lock == nil
}

// trail is the sticky line of the workplace.
func (s sheet) trail(last string) []string {
	return []string{s.Association.Name, "Báo cáo năm " + strconv.Itoa(s.year()), last}
}

// flag gives why a row or a chapter was sent back, "" when it was not.
func (s sheet) flag(code string) string {
	for _, f := range s.OpenFlags() {
		if f.Code == code {
			return f.Reason
		}
	}
	return ""
}

// shown is the value of a row as the form shows it: the saved one, or, on the first page, what the books hold where nothing
// is saved yet and the row can still be typed. Rows under "Thêm số liệu" stay empty: what nobody asked for wants no word.
func (s sheet) shown(ind report.Indicator) report.Value {
	if v := s.Values[ind.Code]; v.Answered() || ind.Computed() {
		return v
	}
	if book, ok := s.Books[ind.Code]; ok && book.Entries > 0 && s.Chosen(ind.Code) && s.Editing.Field(ind.Code) == nil {
		return report.Num(book.Value)
	}
	return report.Value{}
}

// filled are all values as the form shows them, derived rows worked out.
func (s sheet) filled() map[string]report.Value {
	values := make(map[string]report.Value, len(s.Rows))
	for _, ind := range s.Rows {
		if v := s.shown(ind); v.Answered() {
			values[ind.Code] = v
		}
	}
	return report.Fill(report.ForKind(s.Kind, s.year()), values)
}

// chapter is one page of the form: a section with its rows and boxes.
type chapter struct {
	report.Section
	Rows  []report.Indicator // of the first page
	More  []report.Indicator // under "Thêm số liệu"
	Boxes []report.Narrative
	State string // "đủ", "đang nhập", "chưa có", "" where nothing is asked
}

// done tells whether nothing is left to do in the chapter.
func (c chapter) done() bool { return c.State == "đủ" || c.State == "" }

// chapters lists the pages of the form.
func (s sheet) chapters() []chapter {
	states := map[report.SectionID]string{}
	for _, c := range s.Complete() {
		states[c.Section] = c.Label()
	}
	list := make([]chapter, 0, len(report.Sections))
	for _, section := range report.Sections {
		c := chapter{Section: section, State: states[section.ID]}
		for _, ind := range report.InSection(s.Rows, section.ID) {
			if s.Chosen(ind.Code) || s.flag(ind.Code) != "" {
				c.Rows = append(c.Rows, ind)
			} else {
				c.More = append(c.More, ind)
			}
		}
		for _, n := range s.Narrative {
			if n.Slot.Section == section.ID {
				c.Boxes = append(c.Boxes, n)
			}
		}
		list = append(list, c)
	}
	return list
}

func findChapter(list []chapter, id string) int {
	return slices.IndexFunc(list, func(c chapter) bool { return string(c.ID) == id })
}

// firstOpen is the chapter to go on with: the first that is not done, or the first of all.
func firstOpen(list []chapter) int {
	return max(0, slices.IndexFunc(list, func(c chapter) bool { return !c.done() }))
}

func upperFirst(text string) string {
	r := []rune(text)
	if len(r) == 0 {
		return text
	}
	return strings.ToUpper(string(r[0])) + string(r[1:])
}

// paragraphs cuts a text at its line breaks.
func paragraphs(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
}

func itoa(n int) string { return strconv.Itoa(n) }
