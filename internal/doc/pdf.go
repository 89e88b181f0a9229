package doc

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"codeberg.org/go-pdf/fpdf"
)

// PDF writes the document as PDF with embedded fonts. The same document gives the same bytes when Created is set.
func PDF(w io.Writer, d Document) error {
	x := newPDF(prepare(d))
	x.letterhead()
	x.opening()
	x.body()
	for i, a := range x.p.Annexes {
		x.annex(i, a)
	}
	if err := x.f.Output(w); err != nil {
		return fmt.Errorf("doc: pdf: %w", err)
	}
	return nil
}

// pdf lays the document out on pages. Measures are millimetres; y is the upper edge of what comes next.
type pdf struct {
	f                        *fpdf.Fpdf
	p                        prepared
	y                        float64
	left, right, top, bottom float64
	wide, high               float64
	landscape                bool
	section, page            int // section 0 is the document, the others its annexes; page counts in the section
}

func newPDF(p prepared) *pdf {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(0, 0, 0)
	f.SetCatalogSort(true)
	f.SetLang("vi-VN")
	f.SetTitle(p.Title, true)
	f.SetAuthor(p.Author, true)
	f.SetProducer("", true)
	if !p.Created.IsZero() {
		f.SetCreationDate(p.Created.UTC())
		f.SetModificationDate(p.Created.UTC())
	}
	for s, ttf := range fontFiles {
		f.AddUTF8FontFromBytes("serif", string(s), ttf)
	}
	f.SetLineWidth(0.25)
	x := &pdf{f: f, p: p}
	x.begin(0, false)
	return x
}

// begin starts a section with a page of its own.
func (x *pdf) begin(section int, landscape bool) {
	x.section, x.page, x.landscape = section, 0, landscape
	x.wide, x.high, x.left = pageWide, pageHigh, marginLeft
	x.right = pageWide - marginRight
	if landscape {
		x.wide, x.high, x.left, x.right = pageHigh, pageWide, landscapeSide, pageHigh-landscapeSide
	}
	x.top, x.bottom = marginTop, x.high-marginBottom
	x.newPage()
}

func (x *pdf) newPage() {
	orientation, size := "P", fpdf.SizeType{Wd: pageWide, Ht: pageHigh}
	if x.landscape {
		orientation = "L"
	}
	x.f.AddPageFormat(orientation, size)
	x.page++
	x.y = x.top
	if x.page > 1 {
		x.at(x.left, numberTop+5, x.right-x.left, 14, Center, Run{Text: strconv.Itoa(x.page)})
	}
	foot := x.high - 9
	if x.p.PrintNote != "" {
		x.at(x.left, foot, x.right-x.left, 8, Left, Run{Text: x.p.PrintNote, Italic: true})
	}
	if x.section == 0 && x.page == 1 && x.p.Contact != "" {
		x.f.Line(x.left, foot-8, x.right, foot-8)
		x.at(x.left, foot-4, x.right-x.left, 11, Center, Run{Text: x.p.Contact})
	}
}

// room is what is left of the page.
func (x *pdf) room() float64 { return x.bottom - x.y + 0.01 }

// need begins a new page when less than h is left and the page has something on it.
func (x *pdf) need(h float64) {
	if h > x.room() && x.y > x.top {
		x.newPage()
	}
}

// lineHeight is the height of a line as Word sets it: 1.149 is the font's own line.
func lineHeight(points, spacing float64) float64 { return points * mmPerPoint * 1.149 * spacing }

// at writes one text on a base line, within a width.
func (x *pdf) at(left, base, width, points float64, align Align, r Run) {
	s := styleOf(r)
	switch w := textWidth(r.Text, s, points); align {
	case Center:
		left += (width - w) / 2
	case Right:
		left += width - w
	}
	x.f.SetFont("serif", string(s), points)
	x.f.Text(left, base, r.Text)
}

// lines writes centred (or other) lines below each other in a column and moves y down.
func (x *pdf) lines(left, width, points float64, align Align, r Run, texts ...string) {
	h := lineHeight(points, 1)
	for _, t := range texts {
		r.Text = t
		x.at(left, x.y+baseOf(h, points), width, points, align, r)
		x.y += h
	}
}

// baseOf is the base line's distance from the upper edge of a line of height h.
func baseOf(h, points float64) float64 { return h - 0.22*points*mmPerPoint }

func (x *pdf) rule(middle, length float64) {
	x.y += 1
	x.f.Line(middle-length/2, x.y, middle+length/2, x.y)
	x.y += 1
}

func (x *pdf) letterhead() {
	l := x.p.Letterhead
	if l.Superior == "" && l.Issuer == "" {
		return
	}
	top, mid := x.y, x.left+leftColumn
	x.lines(x.left, leftColumn, 12, Center, Run{}, x.p.superior...)
	x.lines(x.left, leftColumn, 12, Center, Run{Bold: true}, x.p.issuer...)
	if x.p.issuerStar {
		x.lines(x.left, leftColumn, 12, Center, Run{}, "*")
	}
	if x.p.issuerRule > 0 {
		x.rule(x.left+leftColumn/2, x.p.issuerRule)
	}
	low := x.y
	x.y = top
	x.lines(mid, rightColumn, 13, Center, Run{Bold: true}, nation)
	x.lines(mid, rightColumn, 14, Center, Run{Bold: true}, motto)
	x.rule(mid+rightColumn/2, x.p.mottoRule)
	x.y = math.Max(x.y, low) + gap*mmPerPoint
	line := x.y
	// both on one base line, whatever their sizes
	base := line + baseOf(lineHeight(14, 1), 14)
	x.at(mid, base, rightColumn, 14, Center, Run{Text: l.Place, Italic: true})
	x.at(x.left, base, leftColumn, 13, Center, Run{Text: l.Number})
	x.y = line + lineHeight(14, 1)
	if l.About != "" {
		x.y += gap * mmPerPoint
		x.lines(x.left, leftColumn, 12, Center, Run{}, balance(l.About, "", 12, leftColumn-4)...)
	}
	if c := x.p.Circulation; c != "" {
		x.y += 2.5
		w := textWidth(c, "B", 13) + 6
		x.f.Rect(x.left+(leftColumn-w)/2, x.y, w, 7, "D")
		x.at(x.left, x.y+5, leftColumn, 13, Center, Run{Text: c, Bold: true})
		x.y += 7
	}
}

func (x *pdf) opening() {
	width := x.right - x.left
	x.y += 14 * mmPerPoint
	if x.p.Kind != "" {
		x.lines(x.left, width, 14, Center, Run{Bold: true}, x.p.Kind)
	}
	x.lines(x.left, width, 14, Center, Run{Bold: true}, x.p.subject...)
	if x.p.Kind != "" && x.p.subjectRule > 0 {
		x.rule(x.left+width/2, x.p.subjectRule)
	}
	switch list := x.p.Addressees; {
	case len(list) == 1:
		x.y += 10 * mmPerPoint
		x.flow(Paragraph{Runs: []Run{{Text: "Kính gửi: " + list[0]}}, Align: Center}, 0)
	case len(list) > 1:
		x.y += 10 * mmPerPoint
		x.lines(x.left+30, width-30, 14, Left, Run{}, "Kính gửi:")
		for _, s := range list {
			x.lines(x.left+45, width-45, 14, Left, Run{}, fill(fields(s), "", 14, width-45)...)
		}
	}
	x.y += 8 * mmPerPoint
	for _, s := range x.p.Bases {
		x.flow(Paragraph{Runs: []Run{{Text: s, Italic: true}}}, 0)
	}
}

// body writes the text and the signatures; the end of the text stays with them.
func (x *pdf) body() {
	signed := len(x.p.Signatures) > 0 || len(x.p.Recipients) > 0
	tail := 0.0
	if signed {
		tail = x.signatureHeight()
	}
	x.blocks(x.p.Body, tail)
	if signed {
		x.need(tail)
		x.signatures()
	}
}

func (x *pdf) annex(i int, a Annex) {
	x.begin(i+1, a.Landscape)
	width := x.right - x.left
	x.lines(x.left, width, 14, Center, Run{Bold: true}, x.p.annexNames[i])
	x.lines(x.left, width, 14, Center, Run{Bold: true}, balance(a.Title, "B", 14, width-25)...)
	if a.Note != "" {
		x.lines(x.left, width, 14, Center, Run{Italic: true}, balance(a.Note, "I", 14, width)...)
	}
	x.y += 10 * mmPerPoint
	x.blocks(a.Body, 0)
}

// pair sorts the signatures into the left and the right place.
func (x *pdf) pair() (left, right Signature, two bool) {
	switch n := len(x.p.Signatures); {
	case n == 1:
		right = x.p.Signatures[0]
	case n > 1:
		left, right, two = x.p.Signatures[0], x.p.Signatures[1], true
	}
	return left, right, two
}

func (x *pdf) recipientLines() []string {
	var all []string
	for _, r := range x.p.Recipients {
		all = append(all, fill(fields(r), "", 11, signLeft-3)...)
	}
	return all
}

func heightOf(s Signature) float64 {
	if s.Name == "" && len(s.Lines) == 0 {
		return 0
	}
	return float64(len(s.Lines)+1)*lineHeight(14, 1) + signatureSpace
}

func (x *pdf) recipientsHeight() float64 {
	if len(x.p.Recipients) == 0 {
		return 0
	}
	return lineHeight(12, 1) + float64(len(x.recipientLines()))*lineHeight(11, 1)
}

// signatureHeight is what has to stay together at the end.
func (x *pdf) signatureHeight() float64 {
	left, right, two := x.pair()
	h := heightOf(right)
	if two {
		return 10*mmPerPoint + math.Max(h, heightOf(left))
	}
	return 10*mmPerPoint + math.Max(h, x.recipientsHeight())
}

func (x *pdf) signatures() {
	left, right, two := x.pair()
	x.y += 10 * mmPerPoint
	top := x.y
	x.signature(x.left+signLeft, signRight, right)
	low := x.y
	x.y = top
	if !two {
		x.recipients()
		x.y = math.Max(x.y, low)
		return
	}
	x.signature(x.left, signLeft, left)
	x.y = math.Max(x.y, low) + lineHeight(12, 1)
	x.need(x.recipientsHeight())
	x.recipients()
}

func (x *pdf) signature(left, width float64, s Signature) {
	if heightOf(s) == 0 {
		return
	}
	x.lines(left, width, 14, Center, Run{Bold: true}, s.Lines...)
	x.y += signatureSpace
	x.lines(left, width, 14, Center, Run{Bold: true}, s.Name)
}

func (x *pdf) recipients() {
	if len(x.p.Recipients) == 0 {
		return
	}
	x.lines(x.left, signLeft, 12, Left, Run{Bold: true, Italic: true}, "Nơi nhận:")
	x.lines(x.left, signLeft, 11, Left, Run{}, x.recipientLines()...)
}
