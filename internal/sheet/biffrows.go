package sheet

import (
	"encoding/binary"
	"math"
	"strings"
)

// xlsSheet collects one worksheet: its records come in blocks of rows and need not be in order.
type xlsSheet struct {
	*xlsReader
	sheet   *Sheet
	rows    [][]Cell
	cells   int
	pending *Cell          // a formula whose text follows in a STRING record
	objects map[int]string // texts of drawing objects by number, for the notes
	object  int            // the object whose text comes next
}

func (r *xlsReader) sheet(ref xlsRef) error {
	sh, err := r.in.addSheet(ref.name)
	if err != nil {
		return err
	}
	sh.Hidden = ref.hidden
	x := &xlsSheet{xlsReader: r, sheet: sh, objects: map[int]string{}}
	if err := x.walk(ref.offset); err != nil {
		return err
	}
	for i, cells := range x.rows {
		if err := r.in.emit(sh, i, cells); err != nil {
			return err
		}
	}
	return nil
}

// walk goes through the records from the sheet's BOF to its EOF; charts embedded in it are passed over.
func (x *xlsSheet) walk(at int) error {
	for depth, n := 0, 0; ; n++ {
		id, b, next, err := x.record(at)
		if err != nil {
			return err
		}
		if n&0xFFF == 0 {
			if err := x.in.ctx.Err(); err != nil {
				return err
			}
		}
		switch {
		case id == recBOF:
			depth++
		case id == recEOF:
			if depth--; depth <= 0 {
				return nil
			}
		case depth == 0:
			return errBIFF
		case id == recText && depth == 1:
			var segs [][]byte
			segs, next = x.segments(b, next)
			x.objectText(segs)
		case id == recString && depth == 1:
			var segs [][]byte
			segs, next = x.segments(b, next)
			err = x.formulaText(segs)
		case depth == 1:
			err = x.take(id, b)
		}
		if err != nil {
			return err
		}
		at = next
	}
}

func (x *xlsSheet) take(id int, b []byte) error {
	need := map[int]int{
		recRow: 16, recColumn: 10, recLabelS: 10, recLabel: 8, recRString: 8, recNumber: 14, recRK: 10,
		recMulRK: 6, recBoolErr: 8, recFormula: 14, recMerge: 2, recNote: 8,
	}[id]
	if len(b) < need {
		return errBIFF
	}
	u16 := func(at int) int { return int(binary.LittleEndian.Uint16(b[at:])) }
	switch id {
	case recRow:
		if u16(12)&0x20 != 0 {
			x.sheet.hideRow(u16(0))
		}
	case recColumn:
		if u16(8)&1 != 0 {
			x.sheet.hiddenCols = append(x.sheet.hiddenCols, span{u16(0), u16(2)})
		}
	case recMerge:
		for i := 2; i+8 <= len(b); i += 8 {
			x.sheet.Merges = append(x.sheet.Merges, Range{u16(i), u16(i + 4), u16(i + 2), u16(i + 6)})
		}
	case recObj:
		if len(b) >= 8 && u16(0) == 0x15 {
			x.object = u16(6)
		}
	case recNote:
		x.sheet.setNote(u16(0), u16(2), x.objects[u16(6)])
	case recLabelS, recLabel, recRString, recNumber, recRK, recMulRK, recBoolErr, recFormula:
		return x.cell(id, b, u16)
	}
	return nil
}

func (x *xlsSheet) cell(id int, b []byte, u16 func(int) int) error {
	row, col := u16(0), u16(2)
	if id == recMulRK {
		for i := 4; i+8 <= len(b); i += 6 {
			c := numberCell(rk(binary.LittleEndian.Uint32(b[i+2:])), x.shift, x.style(b[i:]), false)
			if err := x.set(row, col, c); err != nil {
				return err
			}
			col++
		}
		return nil
	}
	st := x.style(b[4:])
	var c Cell
	switch id {
	case recLabelS:
		i := binary.LittleEndian.Uint32(b[6:])
		if uint64(i) >= uint64(len(x.strings)) {
			return errBIFF
		}
		c = textCell(x.strings[i].text, x.styleFor(st, x.strings[i]), false)
	case recLabel, recRString:
		s := biffReader{segs: [][]byte{b[6:]}}
		text, err := s.str(2)
		if err != nil {
			return err
		}
		c = textCell(text.text, st, false)
	case recNumber:
		c = numberCell(math.Float64frombits(binary.LittleEndian.Uint64(b[6:])), x.shift, st, false)
	case recRK:
		c = numberCell(rk(binary.LittleEndian.Uint32(b[6:])), x.shift, st, false)
	case recBoolErr:
		c = boolOrError(b[6], b[7] == 1, st)
	case recFormula:
		c = x.formula(b, st)
	}
	return x.set(row, col, c)
}

// formula takes the result that the file stores; text results follow in a record of their own.
func (x *xlsSheet) formula(b []byte, st *Style) Cell {
	var c Cell
	switch {
	case b[12] != 0xFF || b[13] != 0xFF:
		c = numberCell(math.Float64frombits(binary.LittleEndian.Uint64(b[6:])), x.shift, st, false)
	case b[6] == 0:
		c = Cell{Kind: Text, Style: st} // its text comes with formulaText
	case b[6] == 1 || b[6] == 2:
		c = boolOrError(b[8], b[6] == 2, st)
	default:
		return Cell{Style: st}
	}
	c.Formula = true
	return c
}

func (x *xlsSheet) formulaText(segs [][]byte) error {
	if x.pending == nil {
		return nil
	}
	s := biffReader{segs: segs}
	text, err := s.str(2)
	if err != nil {
		return err
	}
	*x.pending = textCell(text.text, x.pending.Style, true)
	x.pending = nil
	return nil
}

func (x *xlsSheet) set(row, col int, c Cell) error {
	if c.Kind == Empty {
		return nil
	}
	if row >= x.in.lim.Rows {
		return tooLarge("rows", int64(x.in.lim.Rows), x.sheet, row+1)
	}
	if col >= x.in.lim.Cols {
		return tooLarge("columns", int64(x.in.lim.Cols), x.sheet, row+1)
	}
	for len(x.rows) <= row {
		x.rows = append(x.rows, nil)
	}
	cells := x.rows[row]
	before := len(cells)
	for len(cells) <= col {
		cells = append(cells, Cell{})
	}
	if x.cells += len(cells) - before; x.cells > x.in.lim.Cells {
		return tooLarge("cells", int64(x.in.lim.Cells), x.sheet, row+1)
	}
	cells[col] = c
	x.rows[row] = cells
	x.pending = nil
	if c.Formula && c.Kind == Text {
		x.pending = &cells[col]
	}
	return nil
}

// objectText keeps the text of a drawing object: notes are such objects.
func (x *xlsSheet) objectText(segs [][]byte) {
	if len(segs[0]) < 14 || len(segs) < 2 {
		return
	}
	n := int(binary.LittleEndian.Uint16(segs[0][10:]))
	s := biffReader{segs: segs[1:]}
	flags, err := s.u8()
	if err != nil {
		return
	}
	if text, err := s.letters(n, flags&1 != 0); err == nil {
		x.objects[x.object] = strings.TrimSpace(text)
	}
}

var biffErrors = map[byte]string{
	0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}

func boolOrError(v byte, isError bool, st *Style) Cell {
	if !isError {
		return boolCell(v != 0, st, false)
	}
	text := biffErrors[v]
	if text == "" {
		text = "#N/A"
	}
	return Cell{Kind: Error, Text: text, Raw: text, Style: st}
}
