package doc

import (
	"fmt"
	"strings"
)

// landscapeSide is the side margin of a landscape annex, whose filed edge is the top.
const landscapeSide = 15.0

// blocks writes the text. When a signature follows, the last block is kept with it: a signature never stands
// alone on a page (handbook §2.7).
func (x *docx) blocks(list []Block, left, wide float64, signed bool) {
	for i, b := range list {
		keep := signed && i == len(list)-1
		switch b := b.(type) {
		case Heading:
			x.heading(b)
		case Paragraph:
			x.text(b, keep)
		case Table:
			x.table(b, wide-left-rightOf(left), keep)
		}
	}
}

func rightOf(left float64) float64 {
	if left == landscapeSide {
		return landscapeSide
	}
	return marginRight
}

func (x *docx) heading(h Heading) {
	f := para{align: "both", size: bodySize, after: gap, spacing: lineSpacing, first: twips(indent), keepNext: true, outline: max(h.Level, 1)}
	if h.Level <= 1 {
		f.align, f.first = "center", 0
	}
	x.paragraph(f, Run{Text: h.Text, Bold: h.Level <= 3})
}

func (x *docx) text(p Paragraph, keep bool) {
	f := para{align: "both", size: bodySize, after: gap, spacing: lineSpacing, first: twips(indent), keepNext: keep}
	switch p.Align {
	case Left:
		f.align = "left"
	case Center:
		f.align, f.first = "center", 0
	case Right:
		f.align, f.first = "right", 0
	}
	if p.Flush {
		f.first = 0
	}
	x.paragraph(f, p.Runs...)
}

// table writes a ruled table: head repeated on each page, rows whole.
func (x *docx) table(t Table, total float64, keep bool) {
	if len(t.Columns) == 0 {
		return
	}
	widths := t.widths(total)
	b := &x.b
	fmt.Fprintf(b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`, twips(total))
	for _, side := range [...]string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	pad := twips(cellPad)
	fmt.Fprintf(b, `</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="%d" w:type="dxa"/><w:right w:w="%[1]d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, pad)
	for _, w := range widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, twips(w))
	}
	b.WriteString(`</w:tblGrid>`)
	x.tableHead(t, widths)
	for i, r := range t.Rows {
		x.tableRow(t, r, widths, keep && i == len(t.Rows)-1)
	}
	b.WriteString(`</w:tbl>`)
	x.paragraph(para{align: "left", size: 12, exact: gap, keepNext: keep})
}

const cellPad = 1.2 // mm at the left and right of a table's cells

func (x *docx) tableHead(t Table, widths []float64) {
	cells, rows := t.headCells()
	for row := range rows {
		x.b.WriteString(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
		for col := 0; col < len(t.Columns); {
			c := headAt(cells, row, col)
			merge := ""
			switch {
			case c.h == 2 && row == 0:
				merge = `<w:vMerge w:val="restart"/>`
			case c.h == 2:
				merge, c.text = `<w:vMerge/>`, ""
			}
			x.cell(sum(widths[col:col+c.w]), c.w, merge, para{align: "center", size: t.Size, keepNext: true}, Run{Text: c.text, Bold: true})
			col += c.w
		}
		x.b.WriteString(`</w:tr>`)
	}
}

// headAt finds the cell of the head that covers a place.
func headAt(cells []headCell, row, col int) headCell {
	for _, c := range cells {
		if col >= c.col && col < c.col+c.w && row >= c.row && row < c.row+c.h {
			return c
		}
	}
	return headCell{col: col, w: 1, h: 1}
}

func (x *docx) tableRow(t Table, r Row, widths []float64, keep bool) {
	x.b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	if r.Wide {
		x.cell(sum(widths), len(widths), "", para{align: "left", size: t.Size, keepNext: true}, Run{Text: r.cell(0), Bold: true})
	} else {
		for i, c := range t.Columns {
			x.cell(widths[i], 1, "", para{align: wordAlign(c.Align), size: t.Size, keepNext: keep}, Run{Text: r.cell(i), Bold: r.Bold})
		}
	}
	x.b.WriteString(`</w:tr>`)
}

func (x *docx) cell(width float64, span int, merge string, f para, r Run) {
	fmt.Fprintf(&x.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, twips(width))
	if span > 1 {
		fmt.Fprintf(&x.b, `<w:gridSpan w:val="%d"/>`, span)
	}
	x.b.WriteString(merge + `<w:vAlign w:val="center"/></w:tcPr>`)
	f.before, f.after = 1, 1
	x.paragraph(f, r)
	x.b.WriteString(`</w:tc>`)
}

func wordAlign(a Align) string {
	switch a {
	case Center:
		return "center"
	case Right:
		return "right"
	}
	return "left"
}

func sum(v []float64) float64 {
	s := 0.0
	for _, n := range v {
		s += n
	}
	return s
}

// foot writes a page foot: the address of the issuer below a rule, then the small print note.
func (x *docx) foot(note string, contact ...string) string {
	f := &docx{}
	f.b.WriteString(strings.Replace(docxOpenPart, "PART", "ftr", 1))
	for _, c := range contact {
		if c != "" {
			f.paragraph(para{align: "center", size: 11, rule: true}, Run{Text: c})
		}
	}
	f.paragraph(para{align: "left", size: 8}, Run{Text: note, Italic: true})
	f.b.WriteString(`</w:ftr>`)
	return f.b.String()
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// esc makes text safe for XML; tidy has removed what XML cannot carry.
func esc(s string) string { return escaper.Replace(s) }

const (
	docxNS   = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	relType  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	wordType = `application/vnd.openxmlformats-officedocument.wordprocessingml.`

	docxOpen     = xmlHead + `<w:document` + docxNS + `><w:body>`
	docxOpenPart = xmlHead + `<w:PART` + docxNS + `>`

	docxTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + wordType + `document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="` + wordType + `styles+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="` + wordType + `settings+xml"/>` +
		`<Override PartName="/word/header1.xml" ContentType="` + wordType + `header+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="` + wordType + `footer+xml"/>` +
		`<Override PartName="/word/footer2.xml" ContentType="` + wordType + `footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

	docxRoot = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relType + `officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

	docxLinks = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rIdStyles" Type="` + relType + `styles" Target="styles.xml"/><Relationship Id="rIdSettings" Type="` + relType + `settings" Target="settings.xml"/>` +
		`<Relationship Id="rIdHead" Type="` + relType + `header" Target="header1.xml"/><Relationship Id="rIdFoot" Type="` + relType + `footer" Target="footer1.xml"/>` +
		`<Relationship Id="rIdFirstFoot" Type="` + relType + `footer" Target="footer2.xml"/></Relationships>`

	docxStyles = xmlHead + `<w:styles` + docxNS + `><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>` +
		`<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>` +
		`</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style></w:styles>`

	docxSettings = xmlHead + `<w:settings` + docxNS + `><w:defaultTabStop w:val="720"/><w:compat>` +
		`<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>`

	docxPageNumber = xmlHead + `<w:hdr` + docxNS + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` +
		`<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		`<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t>2</w:t></w:r>` +
		`<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`

	docxCore = xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`
)
