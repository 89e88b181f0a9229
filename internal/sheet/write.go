package sheet

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// Workbook is what Write writes.
type Workbook struct {
	Tables  []Table
	Creator string    // document property: who made the file; may be empty
	Created time.Time // document property
}

// Table is one sheet: title rows, a header, data, closing lines.
type Table struct {
	Name      string   // of the sheet; cut and cleaned to what spreadsheet programs allow
	Letter    []string // lines of the issuer above the title, at the left: "HỘI NGƯỜI CAO TUỔI PHƯỜNG CHÁNH LỘ"
	Titles    []string // centred over all columns; the first one large and bold
	Columns   []Column
	Rows      iter.Seq2[[]Value, error] // in order; an error ends the writing and is returned
	Closing   []string                  // lines below: "Danh sách này có 143 người./."
	Watermark string                    // last line and page footer: "Xuất bởi … lúc …"
	Landscape bool
}

// Column is one column of a table.
type Column struct {
	Header string
	Width  float64 // in characters of the standard font; 0: from the header
	Center bool
	Hidden bool
}

// Value is one typed cell. The zero Value is blank.
type Value struct {
	kind   byte // 0 blank, 't' text, 'i' whole number, 'f' decimals, 'd' date, 'p' plain whole number
	text   string
	number float64
	whole  int64
	day    time.Time
}

// Str is a text cell whatever it begins with: "=HYPERLINK(…)", "0905…" and "001…" stay as they are, also when
// somebody edits the cell later. Telephone and citizen numbers, and dates of which only a part is known, go
// this way.
func Str(s string) Value { return Value{kind: 't', text: s} }

// Int is a whole number shown with separators: 25.500.000.
func Int(n int64) Value { return Value{kind: 'i', whole: n} }

// Plain is a whole number shown without separators: a year, a running number.
func Plain(n int64) Value { return Value{kind: 'p', whole: n} }

// Dec is a number with up to two decimals: 95,5.
func Dec(f float64) Value { return Value{kind: 'f', number: f} }

// On is a full date, shown as dd/mm/yyyy. Days before 1900-03-01 become text, because spreadsheet programs
// disagree about them.
func On(day time.Time) Value {
	if day.IsZero() {
		return Value{}
	}
	day = time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC)
	if serialOf(day) <= 60 {
		return Str(day.Format("02/01/2006"))
	}
	return Value{kind: 'd', day: day}
}

// Cells returns rows that are already there as the sequence a Table wants.
func Cells(rows [][]Value) iter.Seq2[[]Value, error] {
	return func(yield func([]Value, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// maxText is the longest text a cell may hold in every spreadsheet program.
const maxText = 32_767

// Write writes an XLSX file. Rows are streamed: memory does not grow with their number, parts beyond some
// megabytes wait in a temporary file that is removed before Write returns.
func Write(w io.Writer, wb Workbook) (err error) {
	if len(wb.Tables) == 0 {
		return errors.New("sheet: no table to write")
	}
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := setProperties(f, wb); err != nil {
		return err
	}
	st, err := newStyles(f)
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for i, t := range wb.Tables {
		name := sheetName(t.Name, i, taken)
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			return fmt.Errorf("sheet: %w", err)
		}
		if err := writeTable(f, st, name, t); err != nil {
			return err
		}
	}
	if _, err := f.WriteTo(w); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}

func setProperties(f *excelize.File, wb Workbook) error {
	stamp := ""
	if !wb.Created.IsZero() {
		stamp = wb.Created.UTC().Format(time.RFC3339)
	}
	err := f.SetDocProps(&excelize.DocProperties{Creator: wb.Creator, LastModifiedBy: wb.Creator, Created: stamp, Modified: stamp, Language: "vi-VN"})
	if err == nil {
		err = f.SetDefaultFont("Times New Roman")
	}
	if err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}

// sheetName cleans a name to the rules of spreadsheet programs: at most 31 characters, none of []:*?/\, no
// apostrophe at the ends, no two alike.
func sheetName(name string, i int, taken map[string]bool) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name), " '")
	if name == "" {
		name = fmt.Sprintf("Trang %d", i+1)
	}
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = fmt.Sprintf(" (%d)", n)
		}
		full := strings.TrimRight(cut(name, 31-len(suffix)), " '") + suffix
		if key := strings.ToLower(full); !taken[key] {
			taken[key] = true
			return full
		}
	}
}

// styles are the cell formats of a workbook.
type styles struct {
	letter, title, subtitle, header, closing, mark int
	text, center, whole, plain, dec, date          int
}

func newStyles(f *excelize.File) (s styles, err error) {
	add := func(st excelize.Style) int {
		if err != nil {
			return 0
		}
		var id int
		id, err = f.NewStyle(&st)
		return id
	}
	font := func(size float64, bold, italic bool) *excelize.Font {
		return &excelize.Font{Family: "Times New Roman", Size: size, Bold: bold, Italic: italic}
	}
	var border []excelize.Border
	for _, side := range [...]string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "000000", Style: 7})
	}
	cell := func(horizontal string, numFmt int, custom string) excelize.Style {
		st := excelize.Style{Font: font(12, false, false), Border: border, NumFmt: numFmt,
			Alignment: &excelize.Alignment{Horizontal: horizontal, Vertical: "center", WrapText: true}}
		if custom != "" {
			st.CustomNumFmt = &custom
		}
		return st
	}
	line := func(horizontal string, f *excelize.Font) excelize.Style {
		return excelize.Style{Font: f, NumFmt: 49, Alignment: &excelize.Alignment{Horizontal: horizontal, Vertical: "center", WrapText: horizontal == "center"}}
	}
	head := cell("center", 49, "")
	head.Font, head.Fill = font(12, true, false), excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}}
	s.letter = add(line("left", font(12, true, false)))
	s.title = add(line("center", font(14, true, false)))
	s.subtitle = add(line("center", font(13, false, true)))
	s.closing = add(line("left", font(12, false, true)))
	s.mark = add(line("left", font(9, false, true)))
	s.header = add(head)
	s.text = add(cell("left", 49, ""))
	s.center = add(cell("center", 49, ""))
	s.whole = add(cell("right", 3, ""))
	s.plain = add(cell("center", 1, ""))
	s.dec = add(cell("right", 0, "#,##0.##"))
	s.date = add(cell("center", 0, "dd/mm/yyyy"))
	if err != nil {
		err = fmt.Errorf("sheet: %w", err)
	}
	return s, err
}
