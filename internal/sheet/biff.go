package sheet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/richardlehane/mscfb"
)

// xlsReader reads BIFF8, the stream inside .xls files since Excel 97 ([MS-XLS]). Record numbers below are
// those of section 2.3 there.
type xlsReader struct {
	in      *input
	data    []byte
	refs    []xlsRef
	formats map[int]string
	fonts   []Style
	xfs     [][2]int // font, format
	styles  []*Style
	strings []biffString
	fonted  map[fontKey]*Style
	shift   float64
}

type xlsRef struct {
	name   string
	offset int
	hidden bool
}

const (
	recFormula = 0x0006
	recEOF     = 0x000A
	recNote    = 0x001C
	recDate    = 0x0022
	recPass    = 0x002F
	recFont    = 0x0031
	recCont    = 0x003C
	recObj     = 0x005D
	recColumn  = 0x007D
	recSheet   = 0x0085
	recMulRK   = 0x00BD
	recRString = 0x00D6
	recXF      = 0x00E0
	recMerge   = 0x00E5
	recSST     = 0x00FC
	recLabelS  = 0x00FD
	recSupBook = 0x01AE
	recText    = 0x01B6
	recNumber  = 0x0203
	recLabel   = 0x0204
	recBoolErr = 0x0205
	recString  = 0x0207
	recRow     = 0x0208
	recRK      = 0x027E
	recFormat  = 0x041E
	recBOF     = 0x0809
)

var errBIFF = errors.New("damaged record")

// readXLS opens the compound file; what Excel 95 and older wrote is left to the converter.
func readXLS(in *input) error {
	data, err := workbookStream(in)
	if err != nil {
		return err
	}
	if len(data) < 8 || binary.LittleEndian.Uint16(data) != recBOF {
		return convert(in, "xls")
	}
	if version := binary.LittleEndian.Uint16(data[4:]); version != 0x0600 {
		return convert(in, "xls")
	}
	r := &xlsReader{in: in, data: data, formats: map[int]string{}, fonted: map[fontKey]*Style{}}
	if err := r.globals(); err != nil {
		return r.failure(err)
	}
	for _, ref := range r.refs {
		if err := r.sheet(ref); err != nil {
			return r.failure(err)
		}
	}
	return nil
}

func (r *xlsReader) failure(err error) error {
	if errors.Is(err, errBIFF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return truncated(err)
	}
	return err
}

// workbookStream finds the workbook among the streams of the file. A file that is no compound file is one
// bare stream.
func workbookStream(in *input) (data []byte, err error) {
	defer func() { // the compound file is untrusted and its reader not ours
		if p := recover(); p != nil {
			data, err = nil, truncated(fmt.Errorf("compound file: %v", p))
		}
	}()
	var magic [2]byte
	if _, err := in.r.ReadAt(magic[:], 0); err != nil {
		return nil, truncated(err)
	}
	if magic != [2]byte{0xD0, 0xCF} {
		return nil, nil
	}
	doc, err := mscfb.New(in.r)
	if err != nil {
		return nil, truncated(err)
	}
	what := "ole"
	for n := 0; n < 10_000; n++ {
		entry, err := doc.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, truncated(err)
		}
		switch entry.Name {
		case "EncryptedPackage", "EncryptionInfo":
			return nil, &Failure{Kind: Encrypted}
		case "WordDocument":
			what = "doc"
		case "PowerPoint Document":
			what = "ppt"
		case "_VBA_PROJECT_CUR", "_VBA_PROJECT":
			in.book.Macros = true
		case "Workbook", "Book":
			if entry.Size > in.size {
				return nil, truncated(io.ErrUnexpectedEOF)
			}
			if data != nil && entry.Name == "Book" {
				continue // a twin for Excel 95
			}
			if data, err = io.ReadAll(io.LimitReader(entry, in.size)); err != nil {
				return nil, truncated(err)
			}
			if int64(len(data)) < entry.Size {
				return nil, truncated(io.ErrUnexpectedEOF)
			}
		}
	}
	if data == nil {
		return nil, &Failure{Kind: NotASheet, What: what}
	}
	return data, nil
}

// record returns the record at an offset and the offset of the next one.
func (r *xlsReader) record(at int) (id int, body []byte, next int, err error) {
	if at < 0 || at+4 > len(r.data) {
		return 0, nil, 0, io.ErrUnexpectedEOF
	}
	id = int(binary.LittleEndian.Uint16(r.data[at:]))
	next = at + 4 + int(binary.LittleEndian.Uint16(r.data[at+2:]))
	if next > len(r.data) {
		return 0, nil, 0, io.ErrUnexpectedEOF
	}
	return id, r.data[at+4 : next], next, nil
}

// segments collects a record together with the CONTINUE records that follow it.
func (r *xlsReader) segments(body []byte, next int) ([][]byte, int) {
	segs := [][]byte{body}
	for {
		id, more, after, err := r.record(next)
		if err != nil || id != recCont {
			return segs, next
		}
		segs = append(segs, more)
		next = after
	}
}

func (r *xlsReader) globals() error {
	for at := 0; ; {
		id, b, next, err := r.record(at)
		if err != nil {
			return err
		}
		switch {
		case id == recEOF:
			return r.finishStyles()
		case id == recPass:
			return &Failure{Kind: Encrypted}
		case id == recSST:
			var segs [][]byte
			segs, next = r.segments(b, next)
			if err := r.readSST(segs); err != nil {
				return err
			}
		default:
			if err := r.global(id, b); err != nil {
				return err
			}
		}
		at = next
	}
}

func (r *xlsReader) global(id int, b []byte) error {
	need := map[int]int{recDate: 2, recSheet: 8, recFormat: 5, recFont: 16, recXF: 4, recSupBook: 4}[id]
	if len(b) < need {
		return errBIFF
	}
	switch id {
	case recDate:
		if b[0] == 1 {
			r.shift = 1462
		}
	case recSupBook: // 01 04: this book itself; 01 3A: functions of an add-in
		if self := len(b) == 4 && (bytes.Equal(b[2:], []byte{1, 4}) || bytes.Equal(b[2:], []byte{1, 0x3A})); !self {
			r.in.book.Links = true
		}
	case recSheet:
		if b[5] == 1 {
			r.in.book.Macros = true // a macro sheet of Excel 4
		}
		if b[5] != 0 {
			return nil
		}
		s := biffReader{segs: [][]byte{b[6:]}}
		name, err := s.str(1)
		r.refs = append(r.refs, xlsRef{name.text, int(binary.LittleEndian.Uint32(b)), b[4]&3 != 0})
		return err
	case recFormat:
		s := biffReader{segs: [][]byte{b[2:]}}
		code, err := s.str(2)
		r.formats[int(binary.LittleEndian.Uint16(b))] = code.text
		return err
	case recFont:
		s := biffReader{segs: [][]byte{b[14:]}}
		name, err := s.str(1)
		r.fonts = append(r.fonts, Style{Font: name.text, Bold: binary.LittleEndian.Uint16(b[6:]) >= 600})
		return err
	case recXF:
		r.xfs = append(r.xfs, [2]int{int(binary.LittleEndian.Uint16(b)), int(binary.LittleEndian.Uint16(b[2:]))})
	}
	return nil
}

// font resolves a font number: number 4 does not exist in files.
func (r *xlsReader) font(n int) Style {
	if n > 4 {
		n--
	}
	if n >= 0 && n < len(r.fonts) {
		return r.fonts[n]
	}
	return Style{}
}

func (r *xlsReader) finishStyles() error {
	for _, xf := range r.xfs {
		r.styles = append(r.styles, newXF(xf[1], 0, r.formats, []Style{r.font(xf[0])}))
	}
	return nil
}

func (r *xlsReader) style(b []byte) *Style {
	if i := int(binary.LittleEndian.Uint16(b)); i < len(r.styles) {
		return r.styles[i]
	}
	return nil
}

// styleFor gives a rich text the style with the font of most of its letters.
func (r *xlsReader) styleFor(base *Style, s biffString) *Style {
	font := s.mainFont(r.font)
	if font == "" || base == nil || base.Font == font {
		return base
	}
	key := fontKey{base, font}
	st, ok := r.fonted[key]
	if !ok {
		made := *base
		made.Font = font
		st = &made
		r.fonted[key] = st
	}
	return st
}

func (r *xlsReader) readSST(segs [][]byte) error {
	s := biffReader{segs: segs}
	if _, err := s.u32(); err != nil {
		return err
	}
	n, err := s.u32()
	if err != nil {
		return err
	}
	for range n {
		text, err := s.str(2)
		if err != nil {
			return err
		}
		r.strings = append(r.strings, text)
	}
	return nil
}

// rk decodes the short form of numbers: 30 bits of an integer or of the high half of a float, maybe ÷ 100.
func rk(v uint32) float64 {
	var f float64
	if v&2 != 0 {
		f = float64(int32(v) >> 2)
	} else {
		f = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		f /= 100
	}
	return f
}
