package doc

// pdfTable is a table with its widths and the height of its head.
type pdfTable struct {
	Table
	x      *pdf
	widths []float64
	head   []headCell
	rows   []float64 // heights of the head's rows
}

func (x *pdf) newTable(t Table) pdfTable {
	pt := pdfTable{Table: t, x: x, widths: t.widths(x.right - x.left)}
	var n int
	pt.head, n = t.headCells()
	pt.rows = make([]float64, n)
	for _, c := range pt.head {
		if c.h == 1 {
			pt.rows[c.row] = max(pt.rows[c.row], pt.height(len(pt.wrap(c.text, c.col, c.w, true))))
		}
	}
	for _, c := range pt.head { // a tall cell over both rows stretches the lower one
		if c.h == 2 {
			pt.rows[1] = max(pt.rows[1], pt.height(len(pt.wrap(c.text, c.col, c.w, true)))-pt.rows[0])
		}
	}
	return pt
}

func (pt pdfTable) wrap(text string, col, span int, bold bool) []line {
	width := sum(pt.widths[col:col+span]) - 2*cellPad
	return wrap(wordsOf([]Run{{Text: text, Bold: bold}}, pt.Size), pt.Size, width, 0)
}

const cellRoom = 0.8 // mm above and below the text of a cell

func (pt pdfTable) height(lines int) float64 {
	return float64(max(lines, 1))*lineHeight(pt.Size, 1) + 2*cellRoom
}

// box writes a framed cell with its lines in the middle of its height.
func (pt pdfTable) box(left, width, height float64, lines []line, align Align) {
	x := pt.x
	x.f.Rect(left, x.y, width, height, "D")
	h := lineHeight(pt.Size, 1)
	y := x.y + (height-float64(len(lines))*h)/2
	if align == Natural {
		align = Left
	}
	for _, l := range lines {
		x.draw(l, left+cellPad, y+baseOf(h, pt.Size), width-2*cellPad, pt.Size, align)
		y += h
	}
}

func (pt pdfTable) drawHead() {
	top := pt.x.y
	for _, c := range pt.head {
		height := sum(pt.rows[c.row : c.row+c.h])
		pt.x.y = top + sum(pt.rows[:c.row])
		pt.box(pt.x.left+sum(pt.widths[:c.col]), sum(pt.widths[c.col:c.col+c.w]), height, pt.wrap(c.text, c.col, c.w, true), Center)
	}
	pt.x.y = top + sum(pt.rows)
}

// laidRow is a row broken into lines.
type laidRow struct {
	cells  [][]line
	wide   bool
	height float64
}

func (pt pdfTable) lay(r Row) laidRow {
	row := laidRow{wide: r.Wide}
	most := 1
	if r.Wide {
		row.cells = [][]line{pt.wrap(r.cell(0), 0, len(pt.widths), true)}
		most = max(most, len(row.cells[0]))
	} else {
		for i := range pt.Columns {
			lines := pt.wrap(r.cell(i), i, 1, r.Bold)
			row.cells = append(row.cells, lines)
			most = max(most, len(lines))
		}
	}
	row.height = pt.height(most)
	return row
}

func (pt pdfTable) drawRow(r laidRow) {
	x := pt.x
	if r.wide {
		pt.box(x.left, sum(pt.widths), r.height, r.cells[0], Left)
	} else {
		for i, lines := range r.cells {
			pt.box(x.left+sum(pt.widths[:i]), pt.widths[i], r.height, lines, pt.Columns[i].Align)
		}
	}
	x.y += r.height
}

// split cuts off what fits into the room; only rows taller than a whole page come here.
func (pt pdfTable) split(r laidRow, room float64) (head, tail laidRow) {
	n := max(int((room-2*cellRoom)/lineHeight(pt.Size, 1)), 1)
	head, tail = laidRow{wide: r.wide}, laidRow{wide: r.wide}
	longest := 0
	for _, lines := range r.cells {
		k := min(n, len(lines))
		head.cells, tail.cells = append(head.cells, lines[:k]), append(tail.cells, lines[k:])
		longest = max(longest, len(lines)-k)
	}
	head.height, tail.height = pt.height(n), pt.height(longest)
	return head, tail
}

// table writes a table: its head again on every page, its rows whole, a heading row never last on a page, the
// last row on the page of what follows (tail).
func (x *pdf) table(t Table, tail float64) {
	if len(t.Columns) == 0 {
		return
	}
	pt := x.newTable(t)
	x.need(x.tableStart(t))
	pt.drawHead()
	fresh := x.y // no row on this page yet
	for i, r := range t.Rows {
		row := pt.lay(r)
		need := row.height
		switch {
		case i == len(t.Rows)-1:
			need += tail
		case r.Wide:
			need += pt.lay(t.Rows[i+1]).height
		}
		if need > x.room() && x.y > fresh {
			x.newPage()
			pt.drawHead()
			fresh = x.y
		}
		for row.height > x.room() && row.height > 0 && x.room() > pt.height(1) {
			var head laidRow
			head, row = pt.split(row, x.room())
			pt.drawRow(head)
			x.newPage()
			pt.drawHead()
			fresh = x.y
		}
		pt.drawRow(row)
	}
	x.y += gap * mmPerPoint
}

// tableStart is the room a table needs to begin: its head and its first row.
func (x *pdf) tableStart(t Table) float64 {
	if len(t.Columns) == 0 {
		return 0
	}
	pt := x.newTable(t)
	h := sum(pt.rows)
	for i, r := range t.Rows {
		row := pt.lay(r).height
		h += min(row, 60) // a row taller than that may be cut
		if !r.Wide || i > 1 {
			break
		}
	}
	return h
}
