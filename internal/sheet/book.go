package sheet

import (
	"math"
	"time"
)

// Format is how a book was stored, found from its bytes and never from its name.
type Format string

// The formats that can be read.
const (
	XLSX Format = "xlsx"
	XLS  Format = "xls"
	ODS  Format = "ods"
	CSV  Format = "csv"
	XLSB Format = "xlsb" // through LibreOffice only
)

// Book is a workbook as read.
type Book struct {
	Format    Format
	Sheets    []*Sheet
	Macros    bool // the file carries program code; none of it was run
	Links     bool // the file refers to other workbooks; none was opened
	Converted bool // an office program turned the file into XLSX first
}

// Sheet is one table of a book. Rows[0] is row 1 of the spreadsheet program (in CSV: record 1), hidden and
// blank rows included; a row ends at its last cell that is not empty, a blank row is nil.
type Sheet struct {
	Name   string // "" in CSV
	Hidden bool
	Rows   [][]Cell
	Merges []Range

	hiddenRows map[int]bool
	hiddenCols []span
	notes      map[[2]int]string
}

// Range is a rectangle of cells, both ends included, counted from 0.
type Range struct{ Row1, Col1, Row2, Col2 int }

type span struct{ from, to int }

// RowHidden says whether the row (from 0) is hidden or filtered away.
func (s *Sheet) RowHidden(row int) bool { return s.hiddenRows[row] }

// ColHidden says whether the column (from 0) is hidden.
func (s *Sheet) ColHidden(col int) bool {
	for _, c := range s.hiddenCols {
		if col >= c.from && col <= c.to {
			return true
		}
	}
	return false
}

// Note returns the comment attached to a cell (from 0), without the author's name where the format keeps
// the two apart; "" when there is none.
func (s *Sheet) Note(row, col int) string { return s.notes[[2]int{row, col}] }

// At returns the cell at row and column (from 0); the zero Cell outside the table.
func (s *Sheet) At(row, col int) Cell {
	if row < 0 || col < 0 || row >= len(s.Rows) || col >= len(s.Rows[row]) {
		return Cell{}
	}
	return s.Rows[row][col]
}

// MergedAt returns the merged range that covers a cell (from 0).
func (s *Sheet) MergedAt(row, col int) (Range, bool) {
	for _, m := range s.Merges {
		if row >= m.Row1 && row <= m.Row2 && col >= m.Col1 && col <= m.Col2 {
			return m, true
		}
	}
	return Range{}, false
}

func (s *Sheet) hideRow(row int) {
	if s.hiddenRows == nil {
		s.hiddenRows = map[int]bool{}
	}
	s.hiddenRows[row] = true
}

func (s *Sheet) setNote(row, col int, text string) {
	if text == "" {
		return
	}
	if s.notes == nil {
		s.notes = map[[2]int]string{}
	}
	s.notes[[2]int{row, col}] = text
}

// Kind says what a cell holds.
type Kind uint8

// Kinds of cells. The result of a formula has the kind of the result, with Cell.Formula set.
const (
	Empty Kind = iota
	Text
	Number
	Date // a number whose format shows a day, month or year
	Bool
	Error // #REF!, #N/A …
)

// Cell is one cell. It is small and shares its style, because a book may hold millions.
type Cell struct {
	Text    string  // as a Vietnamese office sees it: "24.000", "05/09/1953", "0905000123"
	Raw     string  // a number as plain digits with a point, whatever its format: "999142000001"; a text as stored
	Number  float64 // the value of Number and Date (days, see Time); 1 for a true Bool
	Style   *Style  // nil: default
	Kind    Kind
	Formula bool // the value was calculated by the program that saved the file
}

// Style is what the importer needs to know of a cell's looks.
type Style struct {
	NumFmt string // spreadsheet format code in Excel's notation: "dd/mm/yyyy", "General", "000000000000"
	Font   string // font family of most of the text: ".VnTime", "VNI-Times", "Times New Roman"
	Bold   bool

	code *numFmt
}

// NumFmt is the number format of the cell, "General" when nothing was set.
func (c Cell) NumFmt() string {
	if c.Style == nil || c.Style.NumFmt == "" {
		return "General"
	}
	return c.Style.NumFmt
}

// Font is the font family of the cell; "" when unknown.
func (c Cell) Font() string {
	if c.Style == nil {
		return ""
	}
	return c.Style.Font
}

// Precision is how much of a date its number format shows.
type Precision uint8

// How much of a date is shown: a roster writes "1942" for a person whose day nobody knows, as 01/01/1942 with
// the format yyyy.
const (
	NoDate Precision = iota
	Year
	Month
	Day
)

// Precision says how much of the date is shown; NoDate for a cell that is no Date.
func (c Cell) Precision() Precision {
	if c.Kind != Date || c.Style == nil {
		return NoDate
	}
	return c.Style.parsed().precision()
}

// Time is the day and time of a Date cell, in UTC and to the second; the zero time for others.
func (c Cell) Time() time.Time {
	if c.Kind != Date {
		return time.Time{}
	}
	return serialTime(c.Number)
}

// Sheets count days from 1899-12-30, except that Excel believes in 29 February 1900 and so is one day behind
// before March of that year.
func serialTime(v float64) time.Time {
	days := math.Floor(v)
	seconds := math.Round((v - days) * 86400)
	if days > 0 && days < 60 {
		days++
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
}

// serialOf is the inverse of serialTime for whole days.
func serialOf(t time.Time) float64 {
	days := math.Floor(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
	if days > 0 && days <= 60 {
		days--
	}
	return days
}

// Limits are the bounds of a file that is read; a zero field takes the default.
type Limits struct {
	FileBytes  int64 // size of the file as sent
	UnzipBytes int64 // what the parts that are read may unpack to, together
	Sheets     int
	Rows       int // per sheet, the number of the last row with content
	Cols       int // the number of the last column with content
	Cells      int // in the whole book
	CellChars  int // characters in one cell
}

// DefaultLimits are meant for a roster of a large ward on a small server: 100,000 people in twelve columns
// unpack to 64 MiB. Three times that may pass, because parts are read as a stream; the table of shared strings,
// which is held, may not (maxStrings).
func DefaultLimits() Limits {
	return Limits{
		FileBytes: 20 << 20, UnzipBytes: 192 << 20, Sheets: 100,
		Rows: 200_000, Cols: 256, Cells: 3_000_000, CellChars: 32_767,
	}
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	if l.FileBytes > 0 {
		d.FileBytes = l.FileBytes
	}
	if l.UnzipBytes > 0 {
		d.UnzipBytes = l.UnzipBytes
	}
	if l.Sheets > 0 {
		d.Sheets = l.Sheets
	}
	if l.Rows > 0 {
		d.Rows = l.Rows
	}
	if l.Cols > 0 {
		d.Cols = l.Cols
	}
	if l.Cells > 0 {
		d.Cells = l.Cells
	}
	if l.CellChars > 0 {
		d.CellChars = l.CellChars
	}
	return d
}
