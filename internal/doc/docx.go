package doc

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
	"time"
)

// DOCX writes the document as a Word file (ECMA-376, transitional).
func DOCX(w io.Writer, d Document) error {
	p := prepare(d)
	x := &docx{p: p}
	z := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", docxTypes},
		{"_rels/.rels", docxRoot},
		{"docProps/core.xml", x.core()},
		{"word/_rels/document.xml.rels", docxLinks},
		{"word/document.xml", x.document()},
		{"word/styles.xml", docxStyles},
		{"word/settings.xml", docxSettings},
		{"word/header1.xml", docxPageNumber},
		{"word/footer1.xml", x.foot(p.PrintNote)},
		{"word/footer2.xml", x.foot(p.PrintNote, p.Contact)},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: p.Created})
		if err == nil {
			_, err = io.WriteString(f, part.text)
		}
		if err != nil {
			return fmt.Errorf("doc: docx: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("doc: docx: %w", err)
	}
	return nil
}

// docx collects the main part.
type docx struct {
	p prepared
	b strings.Builder
}

// twips turns millimetres into twentieths of a point, Word's unit.
func twips(mm float64) int { return int(mm/25.4*1440 + 0.5) }

// para is how a paragraph looks in Word; measures in twips, sizes in points.
type para struct {
	align         string // left, center, right, both
	size          float64
	before, after float64 // points
	spacing       float64 // lines; 1 when 0
	first         int     // first-line indent
	left, right   int
	keepNext      bool
	outline       int     // heading level for the navigator, from 1
	rule          bool    // a line above, nothing else
	box           bool    // a frame around
	exact         float64 // exact line height in points
}

func (x *docx) paragraph(f para, runs ...Run) {
	b := &x.b
	b.WriteString(`<w:p><w:pPr>`)
	if f.keepNext {
		b.WriteString(`<w:keepNext/>`)
	}
	if f.outline > 0 {
		b.WriteString(`<w:keepLines/>`)
	}
	b.WriteString(`<w:widowControl/>`)
	if f.rule {
		b.WriteString(`<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>`)
	}
	if f.box {
		b.WriteString(`<w:pBdr>`)
		for _, side := range [...]string{"top", "left", "bottom", "right"} {
			fmt.Fprintf(b, `<w:%s w:val="single" w:sz="6" w:space="3" w:color="000000"/>`, side)
		}
		b.WriteString(`</w:pBdr>`)
	}
	line, mode := int(240*max(f.spacing, 1)+0.5), "auto"
	if f.exact > 0 {
		line, mode = int(f.exact*20+0.5), "exact"
	}
	fmt.Fprintf(b, `<w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="%s"/>`, int(f.before*20), int(f.after*20), line, mode)
	fmt.Fprintf(b, `<w:ind w:left="%d" w:right="%d" w:firstLine="%d"/>`, f.left, f.right, f.first)
	fmt.Fprintf(b, `<w:jc w:val="%s"/>`, f.align)
	if f.outline > 0 {
		fmt.Fprintf(b, `<w:outlineLvl w:val="%d"/>`, f.outline-1)
	}
	fmt.Fprintf(b, `<w:rPr><w:sz w:val="%d"/><w:szCs w:val="%[1]d"/></w:rPr></w:pPr>`, int(f.size*2))
	for _, r := range runs {
		x.run(r, f.size)
	}
	b.WriteString(`</w:p>`)
}

func (x *docx) run(r Run, size float64) {
	if r.Text == "" {
		return
	}
	b := &x.b
	b.WriteString(`<w:r><w:rPr>`)
	if r.Bold {
		b.WriteString(`<w:b/><w:bCs/>`)
	}
	if r.Italic {
		b.WriteString(`<w:i/><w:iCs/>`)
	}
	fmt.Fprintf(b, `<w:sz w:val="%d"/><w:szCs w:val="%[1]d"/></w:rPr>`, int(size*2))
	for i, line := range strings.Split(r.Text, "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		b.WriteString(`<w:t xml:space="preserve">` + esc(line) + `</w:t>`)
	}
	b.WriteString(`</w:r>`)
}

// lines writes one centred paragraph per line.
func (x *docx) lines(f para, r Run, lines []string) {
	for _, l := range lines {
		r.Text = l
		x.paragraph(f, r)
		f.before = 0
	}
}

// rule draws a line of the given length in mm, centred in a column of the given width.
func (x *docx) rule(length, column float64) {
	side := twips((column - length) / 2)
	x.paragraph(para{align: "center", size: 2, exact: 4, before: 2, left: side, right: side, rule: true, keepNext: true})
}

func (x *docx) document() string {
	x.b.WriteString(docxOpen)
	x.letterhead()
	x.opening()
	signed := len(x.p.Signatures) > 0 || len(x.p.Recipients) > 0
	x.blocks(x.p.Body, marginLeft, pageWide, signed)
	if signed {
		x.signatures()
	}
	for i, a := range x.p.Annexes {
		x.sectionEnd(i, i == 0 || !x.p.Annexes[i-1].Landscape)
		x.annex(i, a)
	}
	last := len(x.p.Annexes)
	portrait := last == 0 || !x.p.Annexes[last-1].Landscape
	x.b.WriteString(x.section(last, portrait))
	x.b.WriteString(`</w:body></w:document>`)
	return x.b.String()
}

// sectionEnd closes a section with a paragraph that takes no room.
func (x *docx) sectionEnd(n int, portrait bool) {
	x.b.WriteString(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>` +
		x.section(n, portrait) + `</w:pPr></w:p>`)
}

// section describes the pages of section n: 0 is the document itself, the others its annexes. Each counts its
// pages from 1 and shows no number on the first.
func (x *docx) section(n int, portrait bool) string {
	wide, high, turn := twips(pageWide), twips(pageHigh), ""
	if !portrait {
		wide, high, turn = high, wide, ` w:orient="landscape"`
	}
	first := "rIdFoot" // only the first page of the document itself carries the address
	if n == 0 {
		first = "rIdFirstFoot"
	}
	left, right := marginLeft, marginRight
	if !portrait {
		left, right = landscapeSide, landscapeSide
	}
	return fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="rIdHead"/><w:footerReference w:type="default" r:id="rIdFoot"/>`+
		`<w:footerReference w:type="first" r:id="%s"/><w:type w:val="nextPage"/><w:pgSz w:w="%d" w:h="%d"%s/>`+
		`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`+
		`<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>`,
		first, wide, high, turn, twips(marginTop), twips(right), twips(marginBottom), twips(left), twips(numberTop), twips(8))
}

func (x *docx) letterhead() {
	l := x.p.Letterhead
	if l.Superior == "" && l.Issuer == "" {
		return
	}
	x.layoutTable(leftColumn, rightColumn)
	x.b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	x.layoutCell(leftColumn, func() {
		mid := para{align: "center", size: 12}
		x.lines(mid, Run{}, x.p.superior)
		x.lines(mid, Run{Bold: true}, x.p.issuer)
		if x.p.issuerStar {
			x.paragraph(mid, Run{Text: "*"})
		}
		if x.p.issuerRule > 0 {
			x.rule(x.p.issuerRule, leftColumn)
		}
	})
	x.layoutCell(rightColumn, func() {
		x.paragraph(para{align: "center", size: 13}, Run{Text: nation, Bold: true})
		x.paragraph(para{align: "center", size: 14}, Run{Text: motto, Bold: true})
		x.rule(x.p.mottoRule, rightColumn)
	})
	x.b.WriteString(`</w:tr><w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	x.layoutCell(leftColumn, func() {
		x.paragraph(para{align: "center", size: 13, before: gap}, Run{Text: l.Number})
		if l.About != "" {
			x.lines(para{align: "center", size: 12, before: gap}, Run{}, balance(l.About, "", 12, leftColumn-4))
		}
		if x.p.Circulation != "" {
			side := twips((leftColumn - textWidth(x.p.Circulation, "B", 13) - 8) / 2)
			x.paragraph(para{align: "center", size: 13, before: gap + 3, left: max(side, 0), right: max(side, 0), box: true}, Run{Text: x.p.Circulation, Bold: true})
		}
	})
	x.layoutCell(rightColumn, func() {
		x.paragraph(para{align: "center", size: 14, before: gap}, Run{Text: l.Place, Italic: true})
	})
	x.b.WriteString(`</w:tr></w:tbl>`)
}

// layoutTable opens a table without lines or padding, which only holds things in place.
func (x *docx) layoutTable(widths ...float64) {
	x.b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:jc w:val="left"/><w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/>` +
		`<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(&x.b, `<w:gridCol w:w="%d"/>`, twips(w))
	}
	x.b.WriteString(`</w:tblGrid>`)
}

func (x *docx) layoutCell(width float64, content func()) {
	fmt.Fprintf(&x.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, twips(width))
	before := x.b.Len()
	content()
	if x.b.Len() == before {
		x.b.WriteString(`<w:p/>`) // a cell without a paragraph is not allowed
	}
	x.b.WriteString(`</w:tc>`)
}

// opening writes type, subject, legal bases and addressees.
func (x *docx) opening() {
	mid := para{align: "center", size: 14, keepNext: true}
	top := mid
	top.before = 14
	if x.p.Kind != "" {
		x.paragraph(top, Run{Text: x.p.Kind, Bold: true})
	}
	x.lines(mid, Run{Bold: true}, x.p.subject)
	if x.p.Kind != "" && x.p.subjectRule > 0 {
		x.rule(x.p.subjectRule, pageWide-marginLeft-marginRight)
	}
	if x.p.Kind == "" || len(x.p.subject) == 0 {
		x.paragraph(para{align: "left", size: 8})
	}
	switch list := x.p.Addressees; {
	case len(list) == 1:
		x.paragraph(para{align: "center", size: 14, before: 10, after: gap}, Run{Text: "Kính gửi: " + list[0]})
	case len(list) > 1:
		x.paragraph(para{align: "left", size: 14, before: 10, left: twips(30), keepNext: true}, Run{Text: "Kính gửi:"})
		x.lines(para{align: "left", size: 14, left: twips(45)}, Run{}, list)
	}
	if x.p.Kind != "" || len(x.p.Addressees) > 0 {
		x.paragraph(para{align: "left", size: 14, exact: 8})
	}
	for _, s := range x.p.Bases {
		x.paragraph(para{align: "both", size: bodySize, after: gap, spacing: lineSpacing, first: twips(indent)}, Run{Text: s, Italic: true})
	}
}

func (x *docx) signatures() {
	right, left := Signature{}, Signature{}
	switch n := len(x.p.Signatures); {
	case n == 1:
		right = x.p.Signatures[0]
	case n > 1:
		left, right = x.p.Signatures[0], x.p.Signatures[1]
	}
	two := len(x.p.Signatures) > 1
	x.paragraph(para{align: "left", size: 14, exact: 10, keepNext: true})
	x.layoutTable(signLeft, signRight)
	x.b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	x.layoutCell(signLeft, func() {
		if two {
			x.signature(left)
		} else {
			x.recipients()
		}
	})
	x.layoutCell(signRight, func() { x.signature(right) })
	x.b.WriteString(`</w:tr></w:tbl>`)
	if two {
		x.paragraph(para{align: "left", size: 12})
		x.recipients()
	}
	x.b.WriteString(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>`)
}

func (x *docx) signature(s Signature) {
	mid := para{align: "center", size: 14, keepNext: true}
	x.lines(mid, Run{Bold: true}, s.Lines)
	if s.Name == "" && len(s.Lines) == 0 {
		return
	}
	x.paragraph(para{align: "center", size: 14, exact: signatureSpace / mmPerPoint, keepNext: true})
	x.paragraph(para{align: "center", size: 14}, Run{Text: s.Name, Bold: true})
}

func (x *docx) recipients() {
	if len(x.p.Recipients) == 0 {
		return
	}
	x.paragraph(para{align: "left", size: 12, keepNext: true}, Run{Text: "Nơi nhận:", Bold: true, Italic: true})
	x.lines(para{align: "left", size: 11}, Run{}, x.p.Recipients)
}

func (x *docx) annex(i int, a Annex) {
	mid := para{align: "center", size: 14, keepNext: true}
	x.paragraph(mid, Run{Text: x.p.annexNames[i], Bold: true})
	wide := pageWide
	left := marginLeft
	if a.Landscape {
		wide, left = pageHigh, landscapeSide
	}
	x.lines(mid, Run{Bold: true}, balance(a.Title, "B", 14, wide-left-40))
	if a.Note != "" {
		x.paragraph(mid, Run{Text: a.Note, Italic: true})
	}
	x.paragraph(para{align: "left", size: 14, exact: 10, keepNext: true})
	x.blocks(a.Body, left, wide, false)
}

func (x *docx) core() string {
	stamp := ""
	if !x.p.Created.IsZero() {
		t := x.p.Created.UTC().Format(time.RFC3339)
		stamp = `<dcterms:created xsi:type="dcterms:W3CDTF">` + t + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + t + `</dcterms:modified>`
	}
	return docxCore + `<dc:title>` + esc(x.p.Title) + `</dc:title><dc:creator>` + esc(x.p.Author) + `</dc:creator><dc:language>vi-VN</dc:language>` + stamp + `</cp:coreProperties>`
}
