package member

import (
	"strings"

	"wardportal/internal/sheet"
	"wardportal/internal/vi"
)

// grid is a sheet whose text is repaired cell by cell: by the font of the cell, else by the encoding guessed for the file.
type grid struct {
	s      *sheet.Sheet
	enc    vi.Encoding // guessed or chosen; "" none
	chosen bool
	rows   []bool // rows written in enc
	from   string // a converted name, before and after
	to     string
	used   vi.Encoding
	cache  [][]string // repaired text of rows that were looked at
}

// maxGuessed bounds how many cells are looked at for an old encoding.
const maxGuessed = 60_000

// fileEncoding guesses the old encoding of the cells whose font tells nothing: 200 odd ones decide.
func fileEncoding(book *sheet.Book) vi.Encoding {
	var cells []string
	for _, s := range book.Sheets {
		for _, row := range s.Rows {
			for _, c := range row {
				if c.Kind != sheet.Text {
					continue
				}
				if _, known := vi.EncodingOfFont(c.Font()); !known {
					cells = append(cells, c.Text)
				}
			}
		}
	}
	if step := len(cells)/maxGuessed + 1; step > 1 { // of a very long file every second or third cell tells enough
		few := cells[:0]
		for i := 0; i < len(cells); i += step {
			few = append(few, cells[i])
		}
		cells = few
	}
	enc, _ := vi.DetectLegacy(cells)
	return enc
}

func newGrid(s *sheet.Sheet, legacy, chosen vi.Encoding) *grid {
	g := &grid{s: s, enc: legacy, cache: make([][]string, len(s.Rows))}
	if chosen != "" {
		g.enc, g.chosen = chosen, true
	}
	if g.enc == "" || g.enc == vi.Unicode {
		g.enc = ""
		return g
	}
	texts := make([][]string, len(s.Rows))
	for i, row := range s.Rows {
		for _, c := range row {
			if c.Kind == sheet.Text {
				texts[i] = append(texts[i], c.Text)
			}
		}
	}
	g.rows = vi.LegacyRows(g.enc, texts)
	return g
}

func (g *grid) cell(row, col int) sheet.Cell { return g.s.At(row, col) }

// text is what stands in a cell, repaired; numbers come as they are shown.
func (g *grid) text(row, col int) string {
	if row < 0 || row >= len(g.cache) || col < 0 || col >= len(g.s.Rows[row]) {
		return ""
	}
	if g.cache[row] == nil {
		line := make([]string, len(g.s.Rows[row]))
		for c := range line {
			line[c] = g.repair(row, c, vi.Repair)
		}
		g.cache[row] = line
	}
	return g.cache[row][col]
}

// name is text for a cell that holds a person's name.
func (g *grid) name(row, col int) string {
	s := g.repair(row, col, vi.RepairName)
	if c := g.cell(row, col); g.from == "" && c.Kind == sheet.Text && g.encodingAt(row, col) != "" && s != vi.Clean(c.Text) {
		g.from, g.to, g.used = strings.TrimSpace(c.Text), s, g.encodingAt(row, col)
	}
	return s
}

func (g *grid) encodingAt(row, col int) vi.Encoding {
	if g.chosen {
		return g.enc
	}
	if enc, ok := vi.EncodingOfFont(g.cell(row, col).Font()); ok {
		return enc
	}
	return g.enc
}

func (g *grid) repair(row, col int, fix func(vi.Encoding, string) string) string {
	c := g.cell(row, col)
	switch {
	case c.Kind == sheet.Empty:
		return ""
	case c.Kind != sheet.Text:
		return vi.Clean(c.Text)
	}
	if enc, ok := vi.EncodingOfFont(c.Font()); ok && !g.chosen {
		return vi.Clean(fix(enc, c.Text))
	}
	if g.enc == "" {
		return vi.Clean(c.Text)
	}
	out, changed := vi.RepairGuessed(g.enc, c.Text, row < len(g.rows) && g.rows[row])
	if changed {
		return vi.Clean(fix(g.enc, c.Text))
	}
	return vi.Clean(out)
}

func (g *grid) converted() (enc vi.Encoding, before, after string) { return g.used, g.from, g.to }

func (g *grid) width(row int) int {
	if row < 0 || row >= len(g.s.Rows) {
		return 0
	}
	return len(g.s.Rows[row])
}

// filled gives the columns of a row that hold something.
func (g *grid) filled(row int) []int {
	var cols []int
	for col := range g.width(row) {
		if g.text(row, col) != "" {
			cols = append(cols, col)
		}
	}
	return cols
}
