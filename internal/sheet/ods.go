package sheet

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// odsReader reads the spreadsheets of OpenDocument (ODF 1.3 part 3): one content.xml, walked once.
type odsReader struct {
	in     *input
	s      *xmlScanner
	st     *odsStyles
	sheet  *Sheet
	row    int // next row, from 0
	cols   []odsColumn
	rowDef string // default cell style of the row
}

type odsColumn struct {
	until int // first column behind this run
	style string
}

func readODS(in *input) error {
	p := in.zip
	if manifest := p.first("META-INF/manifest.xml", 1<<20); bytes.Contains(manifest, []byte("encryption-data")) {
		return &Failure{Kind: Encrypted}
	}
	in.book.Macros = p.hasUnder("basic/") || p.hasUnder("scripts/")
	o := &odsReader{in: in, st: newODSStyles()}
	for _, part := range [...]string{"styles.xml", "content.xml"} {
		s, c, err := p.scanner(part)
		if err != nil {
			return err
		}
		if s == nil {
			continue
		}
		o.s = s
		err = o.document()
		_ = c.Close()
		if err != nil {
			return p.partErr(err)
		}
	}
	if len(in.book.Sheets) == 0 {
		return truncated(io.ErrUnexpectedEOF)
	}
	return nil
}

func (o *odsReader) document() error {
	for {
		kind, err := o.s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if kind != xmlStart {
			continue
		}
		switch o.s.name {
		case "office:font-face-decls", "office:styles", "office:automatic-styles":
			err = o.st.read(o.s)
		case "table:tracked-changes", "office:master-styles", "office:scripts":
			err = o.s.skip() // old values of cells, page headers
		case "table:dde-links":
			o.in.book.Links = true
			err = o.s.skip()
		case "table:table":
			err = o.table()
		}
		if err != nil {
			return err
		}
	}
}

func (o *odsReader) table() error {
	sh, err := o.in.addSheet(o.s.str("table:name"))
	if err != nil {
		return err
	}
	sh.Hidden = o.st.hiddenTables[o.s.str("table:style-name")]
	o.sheet, o.row, o.cols = sh, 0, nil
	for depth := 1; depth > 0; { // rows and columns may lie in groups and header sections
		kind, err := o.s.next()
		if err != nil {
			return noEOF(err)
		}
		if kind == xmlEnd {
			depth--
		}
		if kind != xmlStart {
			continue
		}
		switch o.s.name {
		case "table:table-row-group", "table:table-header-rows", "table:table-rows",
			"table:table-column-group", "table:table-header-columns", "table:table-columns":
			depth++
		case "table:table-column":
			o.column()
			err = o.s.skip()
		case "table:table-row":
			err = o.readRow()
		case "table:table-source":
			o.in.book.Links = true
			err = o.s.skip()
		default:
			err = o.s.skip()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (o *odsReader) column() {
	from := 0
	if n := len(o.cols); n > 0 {
		from = o.cols[n-1].until
	}
	until := from + repeat(o.s.num("table:number-columns-repeated", 1))
	o.cols = append(o.cols, odsColumn{until, o.s.str("table:default-cell-style-name")})
	if v := o.s.str("table:visibility"); v == "collapse" || v == "filter" {
		o.sheet.hiddenCols = append(o.sheet.hiddenCols, span{from, until - 1})
	}
}

// repeat bounds a repetition count: no sheet has more rows or columns than 2^20.
func repeat(n int) int { return min(max(n, 1), 1<<20) }

func (o *odsReader) columnStyle(col int) string {
	for _, c := range o.cols {
		if col < c.until {
			return c.style
		}
	}
	return ""
}

func (o *odsReader) readRow() error {
	n := repeat(o.s.num("table:number-rows-repeated", 1))
	hidden := o.s.str("table:visibility")
	o.rowDef = o.s.str("table:default-cell-style-name")
	var cells []Cell
	col := 0
	for {
		kind, err := o.s.next()
		if err != nil {
			return noEOF(err)
		}
		if kind == xmlEnd {
			break
		}
		if kind != xmlStart {
			continue
		}
		if o.s.name != "table:table-cell" && o.s.name != "table:covered-table-cell" {
			if err := o.s.skip(); err != nil {
				return err
			}
			continue
		}
		times := repeat(o.s.num("table:number-columns-repeated", 1))
		cell, err := o.readCell(col)
		if err != nil {
			return err
		}
		if cell.Kind != Empty {
			if col+times > o.in.lim.Cols {
				return tooLarge("columns", int64(o.in.lim.Cols), o.sheet, o.row+1)
			}
			for len(cells) < col {
				cells = append(cells, Cell{})
			}
			for range times {
				cells = append(cells, cell)
			}
		}
		col += times
	}
	return o.emitRows(cells, n, hidden == "collapse" || hidden == "filter")
}

func (o *odsReader) emitRows(cells []Cell, times int, hidden bool) error {
	for i := range times {
		if hidden && o.row+i < o.in.lim.Rows {
			o.sheet.hideRow(o.row + i)
		}
		if len(cells) == 0 {
			if !hidden {
				break
			}
			continue
		}
		if err := o.in.emit(o.sheet, o.row+i, slices.Clone(cells)); err != nil {
			return err
		}
	}
	o.row += times
	return nil
}

// odsCell is a cell element before its meaning is known.
type odsCell struct {
	kind, value, date, clock, truth, str string
	style                                *Style
	formula, failed                      bool
}

func (o *odsReader) readCell(col int) (Cell, error) {
	s := o.s
	name := s.str("table:style-name")
	if name == "" {
		name = o.rowDef
	}
	if name == "" {
		name = o.columnStyle(col)
	}
	raw := odsCell{
		kind: s.str("office:value-type"), value: s.str("office:value"), date: s.str("office:date-value"),
		clock: s.str("office:time-value"), truth: s.str("office:boolean-value"), str: s.str("office:string-value"),
		formula: s.attr("table:formula") != nil, failed: string(s.attr("calcext:value-type")) == "error",
		style: o.st.cell(name),
	}
	if w, h := s.num("table:number-columns-spanned", 1), s.num("table:number-rows-spanned", 1); w > 1 || h > 1 {
		o.sheet.Merges = append(o.sheet.Merges, Range{o.row, col, o.row + repeat(h) - 1, col + repeat(w) - 1})
	}
	t := odsText{st: o.st}
	if err := t.read(s); err != nil {
		return Cell{}, err
	}
	o.sheet.setNote(o.row, col, strings.TrimSpace(t.note.String()))
	return o.cell(raw, t.text(), t.fonts.best()), nil
}

func (o *odsReader) cell(raw odsCell, shown, font string) Cell {
	st := o.st.withFont(raw.style, font)
	var c Cell
	switch raw.kind {
	case "":
		return Cell{Style: st}
	case "date":
		c = isoDateCell(raw.date, st, raw.formula)
	case "time":
		c = numberCell(clockDays(raw.clock), 0, st, raw.formula)
	case "boolean":
		c = boolCell(raw.truth == "true", st, raw.formula)
	case "string":
		if shown == "" {
			shown = raw.str
		}
		c = textCell(shown, st, raw.formula)
	default: // float, percentage, currency
		v, err := strconv.ParseFloat(raw.value, 64)
		if err != nil {
			return textCell(shown, st, raw.formula)
		}
		c = numberCell(v, 0, st, raw.formula)
	}
	if raw.failed {
		c.Kind = Error
	}
	if shown != "" {
		c.Text = shown
	}
	return c
}

// clockDays reads an ISO duration such as PT08H30M00S as a fraction of a day.
func clockDays(iso string) float64 {
	var days float64
	rest := strings.TrimPrefix(iso, "PT")
	for _, unit := range [...]struct {
		letter string
		per    float64
	}{{"H", 24}, {"M", 1440}, {"S", 86400}} {
		n, after, found := strings.Cut(rest, unit.letter)
		if !found {
			continue
		}
		v, err := strconv.ParseFloat(strings.Replace(n, ",", ".", 1), 64)
		if err != nil {
			return 0
		}
		days += v / unit.per
		rest = after
	}
	return days
}

// odsText collects the paragraphs of a cell, its fonts and its note.
type odsText struct {
	st    *odsStyles
	parts strings.Builder
	paras int
	note  strings.Builder
	fonts fontTally
}

func (t *odsText) text() string { return t.parts.String() }

// read consumes the children of the cell that was just opened, up to its end.
func (t *odsText) read(s *xmlScanner) error {
	for {
		kind, err := s.next()
		if err != nil {
			return noEOF(err)
		}
		if kind == xmlEnd {
			return nil
		}
		if kind != xmlStart {
			continue
		}
		switch s.name {
		case "text:p", "text:h":
			if t.paras++; t.paras > 1 {
				t.parts.WriteByte('\n')
			}
			err = t.paragraph(s, &t.parts, true)
		case "office:annotation":
			err = t.annotation(s)
		default:
			err = s.skip()
		}
		if err != nil {
			return err
		}
	}
}

func (t *odsText) annotation(s *xmlScanner) error {
	for {
		kind, err := s.next()
		if err != nil {
			return noEOF(err)
		}
		switch {
		case kind == xmlEnd:
			return nil
		case kind == xmlStart && s.name == "text:p":
			if t.note.Len() > 0 {
				t.note.WriteByte('\n')
			}
			err = t.paragraph(s, &t.note, false)
		case kind == xmlStart:
			err = s.skip()
		}
		if err != nil {
			return err
		}
	}
}

// paragraph writes the text of a paragraph; spans inside may bring their own font.
func (t *odsText) paragraph(s *xmlScanner, to *strings.Builder, count bool) error {
	fonts := []string{""}
	for len(fonts) > 0 {
		kind, err := s.next()
		if err != nil {
			return noEOF(err)
		}
		switch kind {
		case xmlText:
			n := collapse(to, s.text)
			if count {
				t.fonts.add(fonts[len(fonts)-1], n)
			}
		case xmlEnd:
			fonts = fonts[:len(fonts)-1]
		case xmlStart:
			font := fonts[len(fonts)-1]
			switch s.name {
			case "text:s":
				to.WriteString(strings.Repeat(" ", min(max(s.num("text:c", 1), 1), 1000)))
			case "text:tab":
				to.WriteByte('\t')
			case "text:line-break":
				to.WriteByte('\n')
			case "text:span":
				if f := t.st.textFont(s.str("text:style-name")); f != "" {
					font = f
				}
			}
			fonts = append(fonts, font)
		}
	}
	return nil
}

// collapse writes text with runs of white space as one space (ODF part 3, 6.1.2) and counts what it wrote.
func collapse(to *strings.Builder, text []byte) int {
	n, space := 0, false
	for _, c := range text {
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
			if space {
				continue
			}
			space, c = true, ' '
		} else {
			space = false
		}
		to.WriteByte(c)
		n++
	}
	return n
}
