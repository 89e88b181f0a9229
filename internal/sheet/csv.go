package sheet

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// readCSV reads text with separators. Rows are records, numbered as a spreadsheet program numbers them when it
// opens the file: a blank line is a record too. Cells are text: what a number or date is, the caller decides,
// because a program that opened the file would already have eaten the leading zero.
//
// Bytes that are not UTF-8 are read as Windows-1252, the code page in which the damage of old Vietnamese
// encodings (TCVN3, VNI, Windows-1258) is known and can be mended.
func readCSV(in *input) error {
	s, err := in.addSheet("")
	if err != nil {
		return err
	}
	r, err := decodeText(in)
	if err != nil {
		return err
	}
	head, err := r.Peek(64 << 10)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return fmt.Errorf("sheet: %w", err)
	}
	c := &csvReader{in: in, r: r, sep: separator(head)}
	// Excel's own line "sep=;" names the separator and is no record
	if len(head) >= 5 && bytes.EqualFold(head[:4], []byte("sep=")) {
		if line, err := r.ReadString('\n'); err == nil && len(strings.TrimRight(line, "\r\n")) == 5 {
			c.sep = rune(line[4])
		}
	}
	for row := 0; ; row++ {
		cells, err := c.record()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := in.emit(s, row, cells); err != nil {
			return err
		}
		if row > in.lim.Rows+1000 { // nothing but blank lines
			return tooLarge("rows", int64(in.lim.Rows), s, row)
		}
	}
}

// separator chooses among comma, semicolon and tab the one that cuts most of the first lines into the same
// number of fields; quoted parts do not count.
func separator(head []byte) rune {
	best, most := ',', 0
	for _, sep := range []byte{',', ';', '\t'} {
		counts := map[int]int{}
		n, quoted, lines := 0, false, 0
		for _, c := range head {
			switch {
			case c == '"':
				quoted = !quoted
			case quoted:
			case c == sep:
				n++
			case c == '\n':
				if n > 0 {
					counts[n]++
				}
				n = 0
				lines++
			}
		}
		if n > 0 {
			counts[n]++
		}
		for fields, times := range counts {
			if score := fields * times; score > most {
				best, most = rune(sep), score
			}
		}
	}
	return best
}

type csvReader struct {
	in  *input
	r   *bufio.Reader
	sep rune
	buf strings.Builder
}

// record reads one record by RFC 4180, lenient where people are: a quote inside a plain field is a
// character, and a quoted field that never ends ends with the file.
func (c *csvReader) record() ([]Cell, error) {
	var cells []Cell
	quoted, was, any := false, false, false
	c.buf.Reset()
	field := func() {
		cells = append(cells, textCell(c.buf.String(), nil, false))
		c.buf.Reset()
		was = false
	}
	for {
		r, _, err := c.r.ReadRune()
		if errors.Is(err, io.EOF) {
			if !any {
				return nil, io.EOF
			}
			field()
			return cells, nil
		}
		if err != nil {
			return nil, err
		}
		any = true
		switch {
		case r == '"' && quoted:
			if next, _, err := c.r.ReadRune(); err == nil && next == '"' {
				c.buf.WriteByte('"')
			} else {
				quoted = false
				if err == nil {
					_ = c.r.UnreadRune()
				}
			}
		case r == '"' && c.buf.Len() == 0 && !was:
			quoted, was = true, true
		case quoted:
			c.buf.WriteRune(r)
		case r == c.sep:
			field()
		case r == '\r':
			if next, _, err := c.r.ReadRune(); err == nil && next != '\n' {
				_ = c.r.UnreadRune()
			}
			field()
			return cells, nil
		case r == '\n':
			field()
			return cells, nil
		case r == 0:
			return nil, &Failure{Kind: NotASheet, What: "binary"}
		default:
			c.buf.WriteRune(r)
		}
		if c.buf.Len() > 4*c.in.lim.CellChars+4 {
			return nil, tooLarge("cell", int64(c.in.lim.CellChars), nil, 0)
		}
		if len(cells) > 20_000 {
			return nil, tooLarge("columns", int64(c.in.lim.Cols), nil, 0)
		}
	}
}

// decodeText gives the file as UTF-8 without a byte-order mark.
func decodeText(in *input) (*bufio.Reader, error) {
	all := make([]byte, in.size) // FileBytes bounds it
	if _, err := in.r.ReadAt(all, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("sheet: %w", err)
	}
	if order := utf16Order(all); order != nil {
		all = fromUTF16(all, order)
	}
	all = bytes.TrimRight(bytes.TrimPrefix(all, []byte("\xEF\xBB\xBF")), "\x1A\x00")
	if !validUTF8(all) {
		all = from1252(all)
	}
	return bufio.NewReaderSize(bytes.NewReader(all), 64<<10), nil
}

// validUTF8 lets pass a last letter that was cut: that makes no other encoding of the file.
func validUTF8(b []byte) bool {
	for cut := range 4 {
		if len(b) >= cut && utf8.Valid(b[:len(b)-cut]) {
			return true
		}
	}
	return false
}

// utf16Order knows UTF-16 by its mark, or by the zero bytes of its separators and digits.
func utf16Order(b []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		return binary.LittleEndian
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return binary.BigEndian
	}
	b = b[:min(len(b), 512)]
	odd, even := 0, 0
	for i, c := range b {
		if c == 0 && i%2 == 1 {
			odd++
		} else if c == 0 {
			even++
		}
	}
	switch {
	case odd > len(b)/8 && even == 0:
		return binary.LittleEndian
	case even > len(b)/8 && odd == 0:
		return binary.BigEndian
	}
	return nil
}

func fromUTF16(b []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	out := make([]byte, 0, len(b))
	for _, r := range utf16.Decode(units) {
		if r != 0xFEFF {
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}

// cp1252 are the characters of bytes 0x80 to 0x9F; five bytes have none and stay control characters.
var cp1252 = [32]rune{
	0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
	0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
}

func rune1252(c byte) rune {
	if c >= 0x80 && c < 0xA0 {
		return cp1252[c-0x80]
	}
	return rune(c)
}

func from1252(b []byte) []byte {
	out := make([]byte, 0, len(b)+len(b)/4)
	for _, c := range b {
		out = utf8.AppendRune(out, rune1252(c))
	}
	return out
}
