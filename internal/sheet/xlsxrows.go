package sheet

import (
	"bytes"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
)

func (x *xlsxReader) readSheet(ref sheetRef) error {
	sh, err := x.in.addSheet(ref.name)
	if err != nil {
		return err
	}
	sh.Hidden = ref.hidden
	s, c, err := x.p.scanner(ref.part)
	if err != nil {
		return err
	}
	if s == nil {
		return truncated(io.ErrUnexpectedEOF)
	}
	defer c.Close()
	rows := &xlsxRows{xlsxReader: x, s: s, sheet: sh, row: -1}
	if err := rows.read(); err != nil {
		return x.p.partErr(err)
	}
	return x.readNotes(ref.part, sh)
}

// xlsxRows walks through one worksheet.
type xlsxRows struct {
	*xlsxReader
	s     *xmlScanner
	sheet *Sheet
	row   int // of the row being read, from 0
	cells []Cell
	width int // cells of the row before: what the next one will likely need
}

func (r *xlsxRows) read() error {
	for {
		kind, err := r.s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if kind != xmlStart {
			continue
		}
		switch r.s.local() {
		case "col":
			if r.s.on("hidden") {
				r.sheet.hiddenCols = append(r.sheet.hiddenCols, span{r.s.num("min", 1) - 1, r.s.num("max", 1) - 1})
			}
		case "row":
			err = r.readRow()
		case "mergeCell":
			if m, ok := parseRange(r.s.attr("ref")); ok {
				r.sheet.Merges = append(r.sheet.Merges, m)
			}
		}
		if err != nil {
			return err
		}
	}
}

func (r *xlsxRows) readRow() error {
	next := r.s.num("r", r.row+2) - 1
	if next <= r.row { // rows run upwards; a file that says otherwise was made to confuse
		return errXML
	}
	r.row = next
	if r.s.on("hidden") && r.row < r.in.lim.Rows {
		r.sheet.hideRow(r.row)
	}
	r.cells = make([]Cell, 0, r.width)
	for {
		kind, err := r.s.next()
		if err != nil {
			return noEOF(err)
		}
		switch {
		case kind == xmlStart && r.s.local() == "c":
			if err := r.readCell(); err != nil {
				return err
			}
		case kind == xmlStart:
			if err := r.s.skip(); err != nil {
				return err
			}
		case kind == xmlEnd:
			r.width = len(r.cells)
			return r.in.emit(r.sheet, r.row, r.cells)
		}
	}
}

// rawCell is a <c> element before its meaning is known.
type rawCell struct {
	kind    string // attribute t
	style   *Style
	value   []byte
	inline  sharedString
	hasVal  bool
	formula bool
}

func (r *xlsxRows) readCell() error {
	col := len(r.cells)
	if ref := r.s.attr("r"); ref != nil {
		c, _, ok := parseRef(ref)
		if !ok || c < col {
			return errXML
		}
		col = c
	}
	raw := rawCell{kind: cellType(r.s.attr("t"))}
	if i := r.s.num("s", 0); i >= 0 && i < len(r.styles) {
		raw.style = r.styles[i]
	}
	if err := r.readContent(&raw); err != nil {
		return err
	}
	cell := r.cell(raw)
	if cell.Kind == Empty {
		return nil
	}
	if col >= r.in.lim.Cols {
		return tooLarge("columns", int64(r.in.lim.Cols), r.sheet, r.row+1)
	}
	for len(r.cells) < col {
		r.cells = append(r.cells, Cell{})
	}
	r.cells = append(r.cells, cell)
	return nil
}

// cellType avoids a new string per cell.
func cellType(t []byte) string {
	switch string(t) {
	case "", "n":
		return "n"
	case "s":
		return "s"
	case "str":
		return "str"
	case "inlineStr":
		return "inlineStr"
	case "b":
		return "b"
	case "e":
		return "e"
	case "d":
		return "d"
	}
	return "n"
}

func (r *xlsxRows) readContent(raw *rawCell) error {
	inValue := false
	for {
		kind, err := r.s.next()
		if err != nil {
			return noEOF(err)
		}
		switch kind {
		case xmlStart:
			switch r.s.local() {
			case "v":
				inValue = true
			case "f":
				raw.formula = true
				err = r.s.skip()
			case "is":
				raw.hasVal = true
				raw.inline, err = richText(r.s)
			default:
				err = r.s.skip()
			}
			if err != nil {
				return err
			}
		case xmlText:
			if inValue {
				raw.hasVal = true
				raw.value = append(raw.value[:len(raw.value):len(raw.value)], r.s.text...)
			}
		case xmlEnd:
			if !inValue {
				return nil
			}
			inValue = false
		}
	}
}

func (r *xlsxRows) cell(raw rawCell) Cell {
	c := Cell{Style: raw.style, Formula: raw.formula}
	if !raw.hasVal {
		return Cell{Style: raw.style}
	}
	switch raw.kind {
	case "s":
		i, err := strconv.Atoi(string(bytes.TrimSpace(raw.value)))
		if err != nil || i < 0 || i >= len(r.strings) {
			return Cell{Style: raw.style}
		}
		return textCell(r.strings[i].text, r.withFont(raw.style, r.strings[i].font), raw.formula)
	case "inlineStr":
		return textCell(raw.inline.text, r.withFont(raw.style, raw.inline.font), raw.formula)
	case "str":
		return textCell(unescapeX(string(raw.value)), raw.style, raw.formula)
	case "e":
		c.Kind, c.Text = Error, string(raw.value)
		c.Raw = c.Text
		return c
	case "b":
		return boolCell(string(raw.value) == "1", raw.style, raw.formula)
	case "d":
		return isoDateCell(string(raw.value), raw.style, raw.formula)
	}
	v, err := strconv.ParseFloat(string(bytes.TrimSpace(raw.value)), 64)
	if err != nil {
		return textCell(string(raw.value), raw.style, raw.formula)
	}
	return numberCell(v, r.shift, raw.style, raw.formula)
}

// readNotes reads the comments that belong to a sheet.
func (x *xlsxReader) readNotes(part string, sh *Sheet) error {
	rel, err := x.p.relations(part)
	if err != nil {
		return err
	}
	target := rel.byType["comments"]
	if target == "" {
		return nil
	}
	return x.each(path.Clean(target), func(s *xmlScanner) error {
		if s.local() != "comment" {
			return nil
		}
		col, row, ok := parseRef(s.attr("ref"))
		text, err := richText(s) // <comment><text><r><t>…: the same leaves as a rich string
		if err == nil && ok {
			sh.setNote(row, col, strings.TrimSpace(text.text))
		}
		return err
	})
}

// parseRef reads "AB12" as column and row from 0.
func parseRef(ref []byte) (col, row int, ok bool) {
	i := 0
	for i < len(ref) && ref[i]|0x20 >= 'a' && ref[i]|0x20 <= 'z' {
		col = col*26 + int(ref[i]|0x20-'a') + 1
		if i++; i > 3 {
			return 0, 0, false
		}
	}
	for j := i; j < len(ref); j++ {
		if ref[j] < '0' || ref[j] > '9' || j-i > 7 {
			return 0, 0, false
		}
		row = row*10 + int(ref[j]-'0')
	}
	return col - 1, row - 1, i > 0 && row > 0
}

func parseRange(ref []byte) (Range, bool) {
	a, b, found := bytes.Cut(ref, []byte(":"))
	if !found {
		b = a
	}
	c1, r1, ok1 := parseRef(a)
	c2, r2, ok2 := parseRef(b)
	return Range{r1, c1, r2, c2}, ok1 && ok2 && r1 <= r2 && c1 <= c2
}
