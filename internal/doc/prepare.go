package doc

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// The fixed words of page 1.
const (
	nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	motto  = "Độc lập - Tự do - Hạnh phúc"
)

// prepared is a document whose texts are final: what the renderers write, they write unchanged.
type prepared struct {
	Document
	superior, issuer []string // lines of the letterhead
	subject          []string
	annexNames       []string // "Phụ lục", or "Phụ lục I" … when there are several
	issuerRule       float64  // mm; 0: none
	mottoRule        float64
	subjectRule      float64
	issuerStar       bool
}

func prepare(d Document) prepared {
	p := prepared{Document: clean(d)}
	l := &p.Letterhead
	p.superior = balance(l.Superior, "", 12, leftColumn)
	p.issuer = balance(l.Issuer, "B", 12, leftColumn)
	p.subject = balance(p.Subject, "B", 14, subjectWidth)
	p.issuerStar = l.Layout == DoanThe
	p.mottoRule = textWidth(motto, "B", 14)
	if n := len(p.issuer); n > 0 && !p.issuerStar {
		p.issuerRule = ruleShare * textWidth(p.issuer[n-1], "B", 12)
	}
	if n := len(p.subject); n > 0 {
		p.subjectRule = ruleShare * textWidth(p.subject[n-1], "B", 14)
	}
	for i := range p.Bases {
		p.Bases[i] = closed(p.Bases[i], i == len(p.Bases)-1)
	}
	p.prepareEnds()
	for i := range p.Annexes {
		name := "Phụ lục"
		if len(p.Annexes) > 1 {
			name += " " + roman(i+1)
		}
		p.annexNames = append(p.annexNames, name)
	}
	if p.Title == "" {
		p.Title = strings.TrimSpace(p.Kind + " " + p.Subject)
	}
	return p
}

// prepareEnds closes the lists before and after the text, and the text itself.
func (p *prepared) prepareEnds() {
	if len(p.Addressees) > 1 {
		for i := range p.Addressees {
			p.Addressees[i] = "- " + closed(p.Addressees[i], i == len(p.Addressees)-1)
		}
	}
	if len(p.Recipients) > 0 {
		if len(p.Addressees) > 0 && !strings.EqualFold(trimClose(p.Recipients[0]), "như trên") {
			p.Recipients = slices.Insert(p.Recipients, 0, "Như trên")
		}
		for i := range p.Recipients {
			p.Recipients[i] = "- " + closed(strings.TrimPrefix(p.Recipients[i], "- "), i == len(p.Recipients)-1)
		}
	}
	p.closeText()
}

// closeText puts "./." at the end of a text that ends with a paragraph.
func (p *prepared) closeText() {
	if len(p.Body) == 0 {
		return
	}
	para, ok := p.Body[len(p.Body)-1].(Paragraph)
	if !ok || len(para.Runs) == 0 {
		return
	}
	last := &para.Runs[len(para.Runs)-1]
	if !strings.HasSuffix(last.Text, "./.") {
		last.Text = strings.TrimRight(last.Text, " .;,") + "./."
	}
}

// closed ends a line of a list with ";", the last one with ".".
func closed(s string, last bool) string {
	s = trimClose(s)
	if last {
		return s + "."
	}
	return s + ";"
}

func trimClose(s string) string { return strings.TrimRight(strings.TrimSpace(s), ";. ") }

// clean copies the document with every text composed (NFC: a PDF font draws no combining marks) and free of
// control characters, so the caller's slices are never written to.
func clean(d Document) Document {
	l := &d.Letterhead
	for _, s := range []*string{&l.Superior, &l.Issuer, &l.Number, &l.About, &l.Place, &d.Kind, &d.Subject, &d.Circulation, &d.Contact, &d.PrintNote, &d.Title, &d.Author} {
		*s = tidy(*s)
	}
	d.Bases, d.Addressees, d.Recipients = tidyAll(d.Bases), tidyAll(d.Addressees), tidyAll(d.Recipients)
	d.Body = cleanBlocks(d.Body)
	d.Signatures = slices.Clone(d.Signatures)
	for i, s := range d.Signatures {
		d.Signatures[i] = Signature{Lines: tidyAll(s.Lines), Name: tidy(s.Name)}
	}
	d.Annexes = slices.Clone(d.Annexes)
	for i, a := range d.Annexes {
		d.Annexes[i] = Annex{Title: tidy(a.Title), Note: tidy(a.Note), Body: cleanBlocks(a.Body), Landscape: a.Landscape}
	}
	return d
}

func cleanBlocks(in []Block) []Block {
	out := make([]Block, 0, len(in))
	for _, b := range in {
		switch b := b.(type) {
		case Heading:
			b.Text = tidy(b.Text)
			out = append(out, b)
		case Paragraph:
			b.Runs = slices.Clone(b.Runs)
			for i := range b.Runs {
				b.Runs[i].Text = tidy(b.Runs[i].Text)
			}
			out = append(out, b)
		case Table:
			out = append(out, cleanTable(b))
		}
	}
	return out
}

func cleanTable(t Table) Table {
	t.Columns, t.Rows = slices.Clone(t.Columns), slices.Clone(t.Rows)
	for i, c := range t.Columns {
		c.Title, c.Group = tidy(c.Title), tidy(c.Group)
		if c.Width <= 0 {
			c.Width = 1
		}
		t.Columns[i] = c
	}
	for i := range t.Rows {
		t.Rows[i].Cells = tidyAll(t.Rows[i].Cells)
	}
	if t.Size <= 0 {
		t.Size = tableSize
	}
	return t
}

func tidyAll(in []string) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = tidy(s)
	}
	return out
}

func tidy(s string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r < ' ' && r != '\n', r >= 0x7F && r < 0xA0, r == 0xFFFE, r == 0xFFFF, r == 0x200B, r == 0xFEFF:
			return -1
		}
		return r
	}, s))
}

func roman(n int) string {
	var b strings.Builder
	for _, d := range [...]struct {
		value int
		sign  string
	}{{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= d.value {
			b.WriteString(d.sign)
			n -= d.value
		}
	}
	return b.String()
}

// headCell is a cell in the head of a table, which has one or two rows: its first column, its width in columns
// and its height in rows.
type headCell struct {
	text      string
	col, w, h int
	row       int
}

// headCells arranges the head of the table.
func (t Table) headCells() (cells []headCell, rows int) {
	rows = 1
	for _, c := range t.Columns {
		if c.Group != "" {
			rows = 2
		}
	}
	for i := 0; i < len(t.Columns); {
		g := t.Columns[i].Group
		if g == "" {
			cells = append(cells, headCell{text: t.Columns[i].Title, col: i, w: 1, h: rows})
			i++
			continue
		}
		n := 1
		for i+n < len(t.Columns) && t.Columns[i+n].Group == g {
			n++
		}
		cells = append(cells, headCell{text: g, col: i, w: n, h: 1})
		for k := range n {
			cells = append(cells, headCell{text: t.Columns[i+k].Title, col: i + k, w: 1, h: 1, row: 1})
		}
		i += n
	}
	return cells, rows
}

// widths shares out a table's width among its columns.
func (t Table) widths(total float64) []float64 {
	sum := 0.0
	for _, c := range t.Columns {
		sum += c.Width
	}
	w := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		w[i] = total * c.Width / sum
	}
	return w
}

// cell is the text of a cell that may be missing.
func (r Row) cell(i int) string {
	if i < len(r.Cells) {
		return r.Cells[i]
	}
	return ""
}
