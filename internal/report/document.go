package report

import (
	"fmt"
	"strings"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/doc"
	"wardportal/internal/vi"
)

// Issue is what stands around the figures on paper (handbook §2.4). Whatever is missing prints as dots and is never
// invented.
type Issue struct {
	Ward       string // "phường Chánh Lộ"
	Place      string // of the date line: "Chánh Lộ"
	Superior   string // upper line of the letterhead
	Issuer     string // lower line; "" = the association, or the ward's committee, with the ward's name
	Layout     doc.Layout
	Number     string    // "05/BC-HNCT"; "" = dots before the symbol
	Symbol     string    // of the number: "HNCT"; "" = the kind's
	Date       time.Time // of the document; zero = dots
	Addressees []string
	Recipients []string
	Titles     []string // above the signature: "TM. BAN CHẤP HÀNH", "CHỦ TỊCH"
	Signer     string
	Exact      bool      // counts 1–4 of sensitive rows as they are: only for the paper that the association itself signs
	By         string    // who prints
	At         time.Time // when
}

const (
	dots     = "……"
	dotsLong = "……………………………………"
)

func (i Issue) number(symbol string) string {
	if i.Number != "" {
		return "Số: " + i.Number
	}
	return "Số: " + dots + "/BC-" + symbol
}

func (i Issue) placeDate(year int) string {
	place := i.Place
	if place == "" {
		place = dots
	}
	if i.Date.IsZero() {
		return fmt.Sprintf("%s, ngày %s tháng %s năm %d", place, dots, dots, year)
	}
	return place + ", " + vi.LongDate(i.Date)
}

func (i Issue) printNote() string {
	if i.By == "" {
		return ""
	}
	return "Xuất bởi " + i.By + " lúc " + vi.ShortDateTime(i.At)
}

func (i Issue) signature(titles ...string) []doc.Signature {
	if len(i.Titles) > 0 {
		titles = i.Titles
	}
	return []doc.Signature{{Lines: titles, Name: i.Signer}}
}

// text shows a figure on paper.
func (i Issue) text(ind Indicator, v Value) string {
	switch {
	case !v.Answered() && ind.Signed:
		return "" // the correction is normally empty
	case !v.Answered():
		return dots
	case i.Exact:
		return v.String()
	}
	return PublicText(ind, v)
}

// Name is the association with its ward: "Hội Người cao tuổi phường Chánh Lộ".
func (s Sheet) Name(ward string) string { return strings.TrimSpace(s.Association.Name + " " + ward) }

// Document makes the association's annual report after the skeleton of handbook §2.6, with the annex "BIỂU SỐ LIỆU".
func (s Sheet) Document(i Issue) doc.Document {
	year := s.Campaign.Year
	issuer, symbol := i.Issuer, i.Symbol
	if issuer == "" {
		issuer = strings.ToUpper(s.Name(i.Ward))
	}
	if symbol == "" {
		symbol = s.symbol()
	}
	if i.Number == "" {
		i.Number = s.Report.Paper.Number
	}
	d := doc.Document{
		Letterhead: doc.Letterhead{Layout: i.Layout, Superior: i.Superior, Issuer: issuer, Number: i.number(symbol), Place: i.placeDate(year)},
		Kind:       "BÁO CÁO",
		Subject:    fmt.Sprintf("Tổng kết công tác %s năm %d và phương hướng, nhiệm vụ năm %d", s.Association.Name, year, year+1),
		Addressees: i.Addressees, Recipients: i.Recipients, Signatures: i.signature("TM. BAN CHẤP HÀNH", "CHỦ TỊCH"),
		PrintNote: i.printNote(), Author: i.By, Created: i.At,
	}
	if s.Report.Amendment > 0 {
		d.Subject += fmt.Sprintf(" (bản điều chỉnh lần %d)", s.Report.Amendment)
	}
	if len(d.Addressees) == 0 && i.Ward != "" {
		d.Addressees = []string{"Ủy ban nhân dân " + i.Ward, "Ủy ban MTTQ Việt Nam " + i.Ward}
	}
	if len(d.Recipients) == 0 {
		d.Recipients = []string{"Các chi hội", "Lưu: VT"}
	}
	if !s.Report.State.Sent() {
		d.Circulation = "DỰ THẢO"
	}
	d.Body = append(s.chapters(), doc.Text(fmt.Sprintf(
		"Trên đây là báo cáo tổng kết công tác năm %d và phương hướng, nhiệm vụ năm %d của %s", year, year+1, s.Name(i.Ward))))
	d.Annexes = []doc.Annex{{
		Title: "BIỂU SỐ LIỆU", Landscape: true, Note: s.annexNote(i, symbol),
		Body: []doc.Block{s.figureTable(i), doc.Paragraph{Runs: []doc.Run{{Text: s.standing(), Italic: true}}, Flush: true}},
	}}
	return d
}

func (s Sheet) symbol() string {
	if s.Association.Symbol != "" {
		return s.Association.Symbol
	}
	kind, _ := association.ByCode(s.Kind)
	return kind.DefaultSymbol
}

func (s Sheet) annexNote(i Issue, symbol string) string {
	date := "ngày " + dots + " tháng " + dots + fmt.Sprintf(" năm %d", s.Campaign.Year)
	if !i.Date.IsZero() {
		date = vi.LongDate(i.Date)
	}
	return fmt.Sprintf("(Kèm theo Báo cáo %s %s của %s)", strings.Replace(i.number(symbol), "Số: ", "số ", 1), date, s.Name(i.Ward))
}

// chapters writes the body: what people wrote, else the sentences that the figures fill, else dots.
func (s Sheet) chapters() []doc.Block {
	var body []doc.Block
	part := ""
	for _, section := range Sections {
		if section.Part != part {
			part = section.Part
			body = append(body, doc.Heading{Level: 2, Text: part + ". " + strings.ToUpper(PartTitle(part, s.Campaign.Year))})
		}
		if section.Number != "" {
			body = append(body, doc.Heading{Level: 3, Text: section.Heading()})
		}
		for n, narrative := range s.boxes(section.ID) {
			if narrative.Heading != "" {
				body = append(body, doc.Heading{Level: 3, Text: fmt.Sprintf("%d. %s", n+1, narrative.Heading)})
			}
			if section.ID == SectionTargets && narrative.Text == "" && len(s.NextTargets) > 0 {
				continue // the table says it
			}
			body = append(body, paragraphs(narrative.shown())...)
		}
		if section.ID == SectionTargets && len(s.NextTargets) > 0 {
			body = append(body, s.targetTable())
		}
	}
	return body
}

func (s Sheet) boxes(id SectionID) []Narrative {
	var list []Narrative
	for _, n := range s.Narrative {
		if n.Slot.Section == id {
			list = append(list, n)
		}
	}
	return list
}

func (n Narrative) shown() string {
	if n.Text != "" {
		return n.Text
	}
	return n.Proposal
}

// paragraphs makes a paragraph of every line; nothing at all is dots.
func paragraphs(text string) []doc.Block {
	var list []doc.Block
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, doc.Text(line))
		}
	}
	if len(list) == 0 {
		list = append(list, doc.Text(dotsLong))
	}
	return list
}

func (s Sheet) targetTable() doc.Table {
	t := doc.Table{Columns: []doc.Column{
		{Title: "STT", Width: 0.5, Align: doc.Center}, {Title: "Chỉ tiêu", Width: 4}, {Title: "Đơn vị tính", Width: 1.2, Align: doc.Center},
		{Title: fmt.Sprintf("Kế hoạch năm %d", s.Campaign.Year+1), Width: 1.5, Align: doc.Right},
	}}
	for _, ind := range ForKind(s.Kind, s.Campaign.Year+1) {
		if v, ok := s.NextTargets[ind.Code]; ok {
			t.Rows = append(t.Rows, doc.Row{Cells: []string{fmt.Sprint(len(t.Rows) + 1), ind.Label, ind.Unit, v.String()}})
		}
	}
	return t
}

// FigureRow is one line of "BIỂU SỐ LIỆU".
type FigureRow struct {
	Indicator  Indicator
	Last       Value
	Target     Value
	Now        Value
	OfTarget   Value // percent of the plan
	OfLast     Value // percent of last year
	Difference Value // this year less last year
	Note       string
}

// Figures lists the lines of "BIỂU SỐ LIỆU", chapter by chapter: the rows of the first page, and every other row that
// somebody answered.
func (s Sheet) Figures() []FigureRow {
	var list []FigureRow
	var rows []Indicator
	for _, section := range Sections {
		rows = append(rows, InSection(s.Rows, section.ID)...)
	}
	for _, ind := range rows {
		now := s.Values[ind.Code]
		if s.Chosen(ind.Code) || now.Answered() {
			row := FigureRow{Indicator: ind, Last: s.Last[ind.Code], Target: s.Targets[ind.Code], Now: now, Note: s.Notes[ind.Code]}
			row.OfTarget, row.OfLast = share(now, row.Target), share(now, row.Last)
			row.Difference = difference(now, row.Last)
			list = append(list, row)
		}
	}
	return list
}

func share(v, of Value) Value {
	n, ok := v.Int()
	d, okOf := of.Int()
	if !ok || !okOf {
		return Value{}
	}
	p, _ := Percent(n, d)
	return p
}

func difference(v, last Value) Value {
	n, ok := v.Int()
	d, okLast := last.Int()
	if !ok || !okLast {
		return Value{}
	}
	return Num(n - d)
}

// figureTable is annex 1 of handbook §2.6.
func (s Sheet) figureTable(i Issue) doc.Table {
	year := s.Campaign.Year
	t := doc.Table{Size: 11, Columns: []doc.Column{
		{Title: "STT", Width: 0.45, Align: doc.Center}, {Title: "Chỉ tiêu", Width: 3.4}, {Title: "Đơn vị tính", Width: 0.9, Align: doc.Center},
		{Title: fmt.Sprintf("Năm %d", year-1), Align: doc.Right}, {Title: fmt.Sprintf("Kế hoạch năm %d", year), Align: doc.Right},
		{Title: fmt.Sprintf("Thực hiện năm %d", year), Align: doc.Right}, {Title: "So với kế hoạch (%)", Width: 0.9, Align: doc.Right},
		{Title: fmt.Sprintf("So với năm %d (%%)", year-1), Width: 0.9, Align: doc.Right}, {Title: "Ghi chú", Width: 1.4},
	}}
	section, n := SectionID(""), 0
	for _, row := range s.Figures() {
		if row.Indicator.Section != section {
			section = row.Indicator.Section
			heading, _ := SectionByID(section)
			t.Rows = append(t.Rows, doc.Row{Cells: []string{heading.Title}, Wide: true, Bold: true})
		}
		n++
		ofTarget, ofLast := row.OfTarget.String(), row.OfLast.String()
		if i.text(row.Indicator, row.Now) != row.Now.String() || i.text(row.Indicator, row.Last) != row.Last.String() {
			ofTarget, ofLast = "", "" // a percentage would give the hidden count away
		}
		t.Rows = append(t.Rows, doc.Row{Cells: []string{
			fmt.Sprint(n), row.Indicator.Label, row.Indicator.Unit, i.optional(row.Indicator, row.Last), i.optional(row.Indicator, row.Target),
			i.text(row.Indicator, row.Now), ofTarget, ofLast, row.Note,
		}})
	}
	return t
}

// optional is a figure of another year: nothing known is an empty cell, for it is not this report's to fill.
func (i Issue) optional(ind Indicator, v Value) string {
	if !v.Answered() {
		return ""
	}
	return i.text(ind, v)
}

// standing says what the figures are and until when they count.
func (s Sheet) standing() string {
	text := "Số liệu là " + finalWord(s.Report.Final) + ", tính từ ngày " + dayText(s.From) + " đến hết ngày " + dayText(s.To) + "."
	if s.Campaign.Historical {
		text = "Số liệu năm " + fmt.Sprint(s.Campaign.Year) + ", chốt đến ngày " + dayText(s.Campaign.CutOff) + "."
	}
	if !s.Report.State.Received() {
		text += " Phường chưa tiếp nhận báo cáo này."
	}
	return text
}
