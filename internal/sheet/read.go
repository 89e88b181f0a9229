package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// RowFunc receives one row with content during Scan: the sheet (whose name, hidden columns and hidden mark
// are known by then), the row counted from 0 and its cells, which belong to the receiver. Blank rows are not
// reported. An error ends the scan and is returned.
type RowFunc func(s *Sheet, row int, cells []Cell) error

// Read reads a whole book. The error is a *Failure when the file is at fault.
func Read(ctx context.Context, r io.ReaderAt, size int64, lim Limits) (*Book, error) {
	return Scan(ctx, r, size, lim, func(s *Sheet, row int, cells []Cell) error {
		for len(s.Rows) < row {
			s.Rows = append(s.Rows, nil)
		}
		s.Rows = append(s.Rows, cells)
		return nil
	})
}

// ReadFile is Read for a file on disk.
func ReadFile(ctx context.Context, path string, lim Limits) (b *Book, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("sheet: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("sheet: %w", err)
	}
	return Read(ctx, f, info.Size(), lim)
}

// Scan reads a book row by row, for files too long to hold: the sheets of the Book it returns have no Rows.
// Merges and notes of a sheet are complete when Scan returns, not before.
func Scan(ctx context.Context, r io.ReaderAt, size int64, lim Limits, each RowFunc) (*Book, error) {
	lim = lim.orDefault()
	if size > lim.FileBytes {
		return nil, tooLarge("bytes", lim.FileBytes, nil, 0)
	}
	in := &input{ctx: ctx, r: r, size: size, lim: lim, each: each, book: &Book{}, cellsLeft: lim.Cells}
	format, what, err := sniff(in)
	if err != nil {
		return nil, err
	}
	in.book.Format = format
	switch format {
	case XLSX:
		err = readXLSX(in)
	case ODS:
		err = readODS(in)
	case XLS:
		err = readXLS(in)
	case CSV:
		err = readCSV(in)
	case XLSB:
		err = convert(in, "xlsb")
	default:
		err = &Failure{Kind: NotASheet, What: what}
	}
	if err != nil {
		return nil, err
	}
	return in.book, nil
}

// input is one file on its way in.
type input struct {
	ctx       context.Context
	r         io.ReaderAt
	size      int64
	lim       Limits
	each      RowFunc
	book      *Book
	cellsLeft int
	zip       *pack // XLSX, ODS
}

// addSheet appends an empty sheet to the book.
func (in *input) addSheet(name string) (*Sheet, error) {
	if len(in.book.Sheets) >= in.lim.Sheets {
		return nil, tooLarge("sheets", int64(in.lim.Sheets), nil, 0)
	}
	s := &Sheet{Name: name}
	in.book.Sheets = append(in.book.Sheets, s)
	return s, nil
}

// emit hands one row (from 0) on, cut behind its last cell with content, after checking the bounds.
func (in *input) emit(s *Sheet, row int, cells []Cell) error {
	n := len(cells)
	for n > 0 && cells[n-1].Kind == Empty {
		n--
	}
	if n == 0 {
		return nil
	}
	if row >= in.lim.Rows {
		return tooLarge("rows", int64(in.lim.Rows), s, row+1)
	}
	if n > in.lim.Cols {
		return tooLarge("columns", int64(in.lim.Cols), s, row+1)
	}
	if in.cellsLeft -= n; in.cellsLeft < 0 {
		return tooLarge("cells", int64(in.lim.Cells), s, row+1)
	}
	if row&255 == 0 {
		if err := in.ctx.Err(); err != nil {
			return err
		}
	}
	for i := range cells[:n] {
		if t := cells[i].Text; len(t) > in.lim.CellChars && len([]rune(t)) > in.lim.CellChars {
			return tooLarge("cell", int64(in.lim.CellChars), s, row+1)
		}
	}
	return in.each(s, row, cells[:n:n])
}

// sniff finds the format from the bytes; what names a foreign format.
func sniff(in *input) (f Format, what string, err error) {
	head := make([]byte, min(in.size, 4096))
	if _, err := in.r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", "", fmt.Errorf("sheet: %w", err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return sniffZip(in)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return XLS, "", nil
	case bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return "", "zip", nil
	case len(head) >= 8 && head[0] == 0x09 && (head[1] == 0x08 || head[1] == 0x04 || head[1] == 0x02 || head[1] == 0) && head[2] <= 16 && head[3] == 0:
		return XLS, "", nil // a bare stream, as very old programs wrote it
	}
	if what := foreign(head); what != "" {
		return "", what, nil
	}
	return CSV, "", nil
}

// foreign names what is certainly no sheet; "" for what may be text.
func foreign(head []byte) string {
	for _, m := range [...]struct{ magic, name string }{
		{"\x89PNG", "png"}, {"\xFF\xD8\xFF", "jpeg"}, {"GIF8", "gif"}, {"%PDF", "pdf"}, {"Rar!", "rar"}, {"7z\xBC\xAF", "7z"},
		{"BM", "bmp"}, {"RIFF", "riff"}, {"{\\rtf", "rtf"}, {"\x1F\x8B", "gzip"}, {"MZ", "exe"}, {"\x7FELF", "exe"},
	} {
		if bytes.HasPrefix(head, []byte(m.magic)) && (len(m.magic) > 2 || bytes.IndexByte(head, 0) >= 0) {
			return m.name
		}
	}
	text := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF"))))
	switch {
	case len(text) == 0:
		return "empty"
	case bytes.HasPrefix(text, []byte("<html")), bytes.HasPrefix(text, []byte("<!doctype")), bytes.HasPrefix(text, []byte("<table")), bytes.HasPrefix(text, []byte("<meta")):
		return "html"
	case bytes.HasPrefix(text, []byte("<?xml")):
		return "xml"
	}
	if utf16Order(head) == nil && looksBinary(head) {
		return "binary"
	}
	return ""
}

// looksBinary says whether control characters appear that no text has.
func looksBinary(b []byte) bool {
	for _, c := range b {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1A {
			return true
		}
	}
	return false
}

func sniffZip(in *input) (Format, string, error) {
	p, err := openPack(in)
	if err != nil {
		return "", "", err
	}
	in.zip = p
	switch {
	case p.has("xl/workbook.bin"):
		return XLSB, "", nil
	case p.has("xl/workbook.xml") || p.workbook() != "":
		return XLSX, "", nil
	case p.has("word/document.xml"):
		return "", "docx", nil
	case p.has("ppt/presentation.xml"):
		return "", "pptx", nil
	case p.has("content.xml"):
		if mime := p.first("mimetype", 100); bytes.Contains(mime, []byte("opendocument.spreadsheet")) || len(mime) == 0 {
			return ODS, "", nil
		}
		return "", "odf", nil
	}
	return "", "zip", nil
}
