package sheet

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// tableWriter writes one sheet from the top down.
type tableWriter struct {
	sw   *excelize.StreamWriter
	st   styles
	t    Table
	row  int // next row, from 1
	vals []any
}

func writeTable(f *excelize.File, st styles, name string, t Table) error {
	if len(t.Columns) == 0 {
		return fmt.Errorf("sheet: table %q has no columns", name)
	}
	above := len(t.Letter) + len(t.Titles)
	if above > 0 {
		above++ // a blank row before the header
	}
	if err := printSetup(f, name, t, above+1); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	sw, err := f.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	w := &tableWriter{sw: sw, st: st, t: t, row: 1, vals: make([]any, len(t.Columns))}
	for _, step := range []func() error{w.layout(above + 1), w.top, w.data, w.bottom, sw.Flush} {
		if err := step(); err != nil {
			return fmt.Errorf("sheet: %w", err)
		}
	}
	return nil
}

// printSetup makes the sheet ready for A4 paper: all columns on one page's width, the header on each page.
func printSetup(f *excelize.File, name string, t Table, headerRow int) error {
	paper, orientation, wide, high, fit := 9, "portrait", 1, 0, true
	if t.Landscape {
		orientation = "landscape"
	}
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	// inches; left 30 mm when portrait (it is filed on that side), else 15 mm
	left, side, vertical, centre := 1.18, 0.59, 0.79, true
	if t.Landscape {
		left = side
	}
	if err := f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &left, Right: &side, Top: &vertical, Bottom: &vertical, Horizontally: &centre}); err != nil {
		return err
	}
	// an ampersand begins a code in page footers
	mark := strings.ReplaceAll(cut(t.Watermark, 180), "&", "&&")
	if err := f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&8" + mark + "&R&8Trang &P/&N"}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: name,
		RefersTo: fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(name, "'", "''"), headerRow, headerRow),
	})
}

func (w *tableWriter) layout(headerRow int) func() error {
	return func() error {
		for i, c := range w.t.Columns {
			width := c.Width
			if width <= 0 {
				width = float64(min(max(len([]rune(c.Header))+3, 8), 40))
			}
			if err := w.sw.SetColWidth(i+1, i+1, width); err != nil {
				return err
			}
			if c.Hidden {
				if err := w.sw.SetColVisible(i+1, i+1, false); err != nil {
					return err
				}
			}
		}
		corner, err := excelize.CoordinatesToCellName(1, headerRow+1)
		if err != nil {
			return err
		}
		return w.sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: headerRow, TopLeftCell: corner, ActivePane: "bottomLeft",
			Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: "bottomLeft"}}})
	}
}

// line writes one text over the whole width.
func (w *tableWriter) line(text string, style int, merge bool) error {
	from, err := excelize.CoordinatesToCellName(1, w.row)
	if err != nil {
		return err
	}
	if err := w.sw.SetRow(from, []any{excelize.Cell{StyleID: style, Value: cut(text, maxText)}}); err != nil {
		return err
	}
	if merge && len(w.t.Columns) > 1 {
		to, err := excelize.CoordinatesToCellName(len(w.t.Columns), w.row)
		if err != nil {
			return err
		}
		if err := w.sw.MergeCell(from, to); err != nil {
			return err
		}
	}
	w.row++
	return nil
}

func (w *tableWriter) top() error {
	for _, text := range w.t.Letter {
		if err := w.line(text, w.st.letter, false); err != nil {
			return err
		}
	}
	for i, text := range w.t.Titles {
		style := w.st.title
		if i > 0 {
			style = w.st.subtitle
		}
		if err := w.line(text, style, true); err != nil {
			return err
		}
	}
	if w.row > 1 {
		w.row++
	}
	for i, c := range w.t.Columns {
		w.vals[i] = excelize.Cell{StyleID: w.st.header, Value: cut(c.Header, maxText)}
	}
	return w.flushRow(len(w.vals))
}

func (w *tableWriter) flushRow(n int) error {
	at, err := excelize.CoordinatesToCellName(1, w.row)
	if err != nil {
		return err
	}
	w.row++
	return w.sw.SetRow(at, w.vals[:n])
}

func (w *tableWriter) data() error {
	if w.t.Rows == nil {
		return nil
	}
	for row, err := range w.t.Rows {
		if err != nil {
			return err
		}
		if len(row) > len(w.vals) {
			return fmt.Errorf("row %d has %d cells for %d columns", w.row, len(row), len(w.vals))
		}
		for i := range w.vals {
			var v Value
			if i < len(row) {
				v = row[i]
			}
			w.vals[i] = w.cell(v, w.t.Columns[i].Center)
		}
		if err := w.flushRow(len(w.vals)); err != nil {
			return err
		}
	}
	return nil
}

func (w *tableWriter) cell(v Value, centre bool) excelize.Cell {
	switch v.kind {
	case 'i':
		return excelize.Cell{StyleID: w.st.whole, Value: v.whole}
	case 'p':
		return excelize.Cell{StyleID: w.st.plain, Value: v.whole}
	case 'f':
		return excelize.Cell{StyleID: w.st.dec, Value: v.number}
	case 'd':
		return excelize.Cell{StyleID: w.st.date, Value: int(serialOf(v.day))}
	}
	style := w.st.text
	if centre {
		style = w.st.center
	}
	if v.kind == 0 || v.text == "" {
		return excelize.Cell{StyleID: style}
	}
	return excelize.Cell{StyleID: style, Value: cut(v.text, maxText)}
}

func (w *tableWriter) bottom() error {
	lines := w.t.Closing
	if len(lines) > 0 {
		w.row++
	}
	for _, text := range lines {
		if err := w.line(text, w.st.closing, false); err != nil {
			return err
		}
	}
	if w.t.Watermark == "" {
		return nil
	}
	w.row++
	return w.line(w.t.Watermark, w.st.mark, false)
}

// cut shortens a text to n characters and drops the control characters that XML cannot carry.
func cut(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
	if len(s) <= n {
		return s
	}
	r := []rune(s)
	return string(r[:min(len(r), n)])
}
