package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

func itoa(n int) string { return strconv.Itoa(n) }

// SummaryRow is one line of a SummaryList. Body wins over Value.
type SummaryRow struct {
	Key     string
	Value   string
	Body    templ.Component
	Actions []Action // links; Hidden names the field for screen readers
}

// PagerLinks are the ways out of a keyset page; an empty URL leaves that way out.
type PagerLinks struct {
	Label     string // of the nav: "Trang danh sách" when empty
	FirstURL  string // "Về đầu danh sách"
	NextURL   string
	NextLabel string // "Xem tiếp" when empty; better: "Xem 50 người tiếp theo"
}

func (p PagerLinks) label() string {
	if p.Label == "" {
		return "Trang danh sách"
	}
	return p.Label
}

func (p PagerLinks) nextLabel() string {
	if p.NextLabel == "" {
		return "Xem tiếp"
	}
	return p.NextLabel
}

// Chip is a filter with its count.
type Chip struct {
	Label  string
	Count  string // already formatted: "82", "hơn 1.000"; empty = none
	URL    string
	Active bool
	Icon   string
	Tone   Tone
}

// Task is one thing that waits. URL may be empty: it cannot be started yet.
type Task struct {
	Title string
	URL   string
	Hint  string
	Tag   *TagView // may be nil
}

// TagView is a Tag as data, for lists.
type TagView struct {
	Tone Tone
	Icon string
	Text string
}

// Event is one sentence of a timeline.
type Event struct {
	ISO  string // machine time, RFC 3339 or yyyy-mm-dd; empty = no <time datetime>
	When string // "27/11/2023 09:05"
	Text string
	Body templ.Component // instead of Text
}

// Figure is a number with its words.
type Figure struct{ Value, Label string }

// Empty teaches the first step where a list has nothing yet.
type Empty struct {
	Title   string
	Text    string
	Actions []Action
}

// Chart is a horizontal bar chart of one or two series. The data table must stand beside it.
type Chart struct {
	Label  string   // what it shows and where the table is, for screen readers
	Series []string // names of the series for the legend; one or two
	Bars   []Bar
}

// Bar is one row of a Chart; Text is Value as people write it ("1.184").
type Bar struct {
	Label string
	Value float64
	Text  string
	Prev  float64 // the second series, drawn thinner
}

// barShape is a Bar in the units of the drawing.
type barShape struct {
	Label, Text                string
	Width, Prev                string // percent
	LabelY, BarY, TextY, PrevY string
}

// shapes places the bars. The longest takes 84 % so that its number still fits beside it.
func (c Chart) shapes() []barShape {
	step, most := c.step(), 0.0
	for _, b := range c.Bars {
		most = max(most, b.Value, b.Prev)
	}
	out := make([]barShape, len(c.Bars))
	for i, b := range c.Bars {
		y := i * step
		out[i] = barShape{
			Label: b.Label, Text: b.Text,
			Width: share(b.Value, most), Prev: share(b.Prev, most),
			LabelY: itoa(y + 14), BarY: itoa(y + 21), TextY: itoa(y + 36), PrevY: itoa(y + 41),
		}
	}
	return out
}

func (c Chart) step() int {
	if len(c.Series) > 1 {
		return 62
	}
	return 52
}

func (c Chart) height() string { return itoa(len(c.Bars) * c.step()) }

// share is v of most as a percentage of 84 % of the width; negative numbers draw nothing.
func share(v, most float64) string {
	if most <= 0 || v <= 0 {
		return "0%"
	}
	return strconv.FormatFloat(v/most*84, 'f', 1, 64) + "%"
}

// ProgressView is a bar of done in all; Text says it in words ("Đã xong 9 trong 12 mục").
type ProgressView struct {
	Done, All int
	Text      string
}

func (p ProgressView) width() string {
	if p.All <= 0 || p.Done <= 0 {
		return "0%"
	}
	return strconv.FormatFloat(min(1, float64(p.Done)/float64(p.All))*100, 'f', 1, 64) + "%"
}

// Col is a column of a table.
type Col struct {
	Label   string
	Numeric bool
	Class   string // "p-pick", "p-span2", "p-sign", …
	Hide    bool   // the label is read out but not seen
}

// TableOptions describe a <table>; rows are its children.
type TableOptions struct {
	Caption     string // every table has one
	HideCaption bool   // a heading right above says the same
	Class       string // "p-mid p-tight p-report p-dense p-matrix p-noprint"
	Cards       bool   // rows become cards on phones; cells need their label
	Cols        []Col
	Grid        bool // number grid: Enter goes down, arrows move, a paste from Excel fills cells
}

func (t TableOptions) class() string {
	c := "govuk-table"
	if t.Cards {
		c += " p-cards"
	}
	if t.Class != "" {
		c += " " + t.Class
	}
	return c
}

func (t TableOptions) captionClass() string {
	if t.HideCaption {
		return "govuk-table__caption govuk-visually-hidden"
	}
	return "govuk-table__caption govuk-table__caption--m"
}

func (c Col) headClass() string {
	s := "govuk-table__header"
	if c.Numeric {
		s += " govuk-table__header--numeric"
	}
	if c.Class != "" {
		s += " " + c.Class
	}
	return s
}

func (c Col) cellClass() string {
	s := "govuk-table__cell"
	if c.Numeric {
		s += " govuk-table__cell--numeric"
	}
	if c.Class != "" {
		s += " " + c.Class
	}
	return s
}

// Classes for cells written by hand, where the parts below do not fit.
const (
	ClassHead    = "govuk-table__header"
	ClassCell    = "govuk-table__cell"
	ClassNumCell = "govuk-table__cell govuk-table__cell--numeric"
)

// SimpleTable is a table of plain text: the first cell of a row is its heading.
type SimpleTable struct {
	Caption     string
	HideCaption bool
	Cards       bool
	Cols        []Col
	Rows        [][]string
	Foot        []string // totals; may be nil
}

// PrintTable exists on paper only: it numbers the rows (STT) and, with Sign, leaves room for signatures.
type PrintTable struct {
	Caption string
	Cols    []Col      // without STT and signature; the first is the name
	Rows    [][]string // as long as Cols
	Sign    bool
}

// ConflictView is the body of the 409 page: each field as it was opened, as typed, as it is now.
// The answers are posted as "chon-"+Name = ConflictOpened, ConflictMine or ConflictNow; whatever the
// server needs to act on them travels in Hidden inputs of the same form.
type ConflictView struct {
	Opened, Mine, Now Figure // Label is the heading ("Lúc ông/bà mở"), Value its second line ("08:40 hôm nay")
	Fields            []ConflictField
}

// ConflictField is a field both sides changed.
type ConflictField struct {
	Name              string
	Label             string
	Opened, Mine, Now string // as people read them; empty shows "(để trống)"
	Choice            string // ticked answer; ConflictNow when empty
}

// ConflictPageView is the whole 409 page of a form: who saved meanwhile, the fields to choose, what was typed.
type ConflictPageView struct {
	Title, Lead, Count string
	Action, Drop       string // where the form goes; where to go without saving
	Columns            ConflictView
	Hidden             []Pair
}

// The three answers of a ConflictField.
const (
	ConflictOpened = "opened"
	ConflictMine   = "mine"
	ConflictNow    = "now"
)

func (f ConflictField) choice() string {
	if f.Choice == "" {
		return ConflictNow
	}
	return f.Choice
}

func orBlank(s string) string {
	if s == "" {
		return "(để trống)"
	}
	return s
}

// ErrorInfo is what an error page says.
type ErrorInfo struct {
	Title     string // "Không tìm thấy trang"
	Sentence  string // what happened
	Advice    string // what to do
	RequestID string // shown as "Mã tra cứu", to read out on the phone; empty = none
	Actions   []Action
}
