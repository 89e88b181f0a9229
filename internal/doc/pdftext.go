package doc

import (
	"math"
	"strings"
)

func fields(s string) []string { return strings.Fields(s) }

// piece is part of a word in one style.
type piece struct {
	text string
	s    style
}

// word is what stands between two spaces; it may change its style inside.
type word struct {
	pieces []piece
	width  float64
	last   bool // a line feed follows
}

type line struct {
	words []word
	width float64 // with single spaces
	full  bool    // to be stretched
}

// wordsOf cuts runs into words.
func wordsOf(runs []Run, points float64) []word {
	var all []word
	var cur word
	end := func() {
		if len(cur.pieces) > 0 {
			all = append(all, cur)
			cur = word{}
		}
	}
	for _, r := range runs {
		s := styleOf(r)
		for i, part := range strings.Split(r.Text, "\n") {
			if i > 0 {
				end()
				if n := len(all); n > 0 {
					all[n-1].last = true
				}
			}
			for j, text := range strings.Split(part, " ") {
				if j > 0 {
					end()
				}
				if text != "" {
					cur.pieces = append(cur.pieces, piece{text, s})
					cur.width += textWidth(text, s, points)
				}
			}
		}
	}
	end()
	return all
}

// wrap breaks words into lines; the first line is shorter by first. A word wider than a line is cut.
func wrap(words []word, points, width, first float64) []line {
	space := textWidth(" ", "", points)
	var lines []line
	var cur line
	limit := width - first
	flush := func(full bool) {
		cur.full = full
		lines = append(lines, cur)
		cur, limit = line{}, width
	}
	for len(words) > 0 {
		w := words[0]
		words = words[1:]
		if w.width > width && len(w.pieces) == 1 {
			head, tail := cutWord(w, points, width)
			words = append([]word{tail}, words...)
			w = head
		}
		add := w.width
		if len(cur.words) > 0 {
			add += space
		}
		if len(cur.words) > 0 && cur.width+add > limit+0.01 {
			flush(true)
			add = w.width
		}
		cur.words = append(cur.words, w)
		cur.width += add
		if w.last {
			flush(false)
		}
	}
	if len(cur.words) > 0 {
		flush(false)
	}
	return lines
}

// cutWord takes as many letters as fit, at least one.
func cutWord(w word, points, width float64) (head, tail word) {
	r := []rune(w.pieces[0].text)
	s := w.pieces[0].s
	n := 1
	for n < len(r)-1 && textWidth(string(r[:n+1]), s, points) <= width {
		n++
	}
	make1 := func(t string) word {
		return word{pieces: []piece{{t, s}}, width: textWidth(t, s, points)}
	}
	head, tail = make1(string(r[:n])), make1(string(r[n:]))
	tail.last = w.last
	return head, tail
}

// draw writes one line on a base line.
func (x *pdf) draw(l line, left, base, width, points float64, align Align) {
	space := textWidth(" ", "", points)
	switch {
	case align == Center:
		left += (width - l.width) / 2
	case align == Right:
		left += width - l.width
	case align == Natural && l.full && len(l.words) > 1:
		space += (width - l.width) / float64(len(l.words)-1)
	}
	for _, w := range l.words {
		for _, p := range w.pieces {
			x.f.SetFont("serif", string(p.s), points)
			x.f.Text(left, base, p.text)
			left += textWidth(p.text, p.s, points)
		}
		left += space
	}
}

// laid is a paragraph broken into lines.
type laid struct {
	lines  []line
	align  Align
	first  float64
	height float64 // of one line
}

func (x *pdf) lay(p Paragraph) laid {
	l := laid{align: p.Align, first: indent, height: lineHeight(bodySize, lineSpacing)}
	if p.Flush || p.Align == Center || p.Align == Right {
		l.first = 0
	}
	l.lines = wrap(wordsOf(p.Runs, bodySize), bodySize, x.right-x.left, l.first)
	return l
}

// put writes some of the lines; from is the number of the first among all.
func (x *pdf) put(l laid, from, to int) {
	for i := from; i < to; i++ {
		left, width := x.left, x.right-x.left
		if i == 0 {
			left, width = left+l.first, width-l.first
		}
		x.draw(l.lines[i], left, x.y+baseOf(l.height, bodySize), width, bodySize, l.align)
		x.y += l.height
	}
}

// flow writes a paragraph over as many pages as it takes, without single lines at the head or foot of a page.
// When tail is not 0, that much room has to follow the last lines on the same page.
func (x *pdf) flow(p Paragraph, tail float64) {
	l := x.lay(p)
	n := len(l.lines)
	carry := 0
	if tail > 0 && float64(n)*l.height+gap*mmPerPoint+tail > x.room() {
		if carry = 2; n < 4 {
			carry = n
		}
	}
	x.spread(l, 0, n-carry)
	if carry > 0 {
		x.need(float64(carry)*l.height + gap*mmPerPoint + tail)
		x.put(l, n-carry, n)
	}
	x.y += gap * mmPerPoint
}

func (x *pdf) spread(l laid, from, to int) {
	for from < to {
		n := to - from
		fit := min(int(math.Floor(x.room()/l.height)), n)
		if fit < n {
			if n-fit == 1 {
				fit--
			}
			if fit < 2 && x.y > x.top {
				fit = 0
			}
			fit = max(fit, 0)
		}
		x.put(l, from, from+fit)
		if from += fit; from < to {
			x.newPage()
		}
	}
}

// blocks writes the text; tail is the height of what must follow the last block on its page.
func (x *pdf) blocks(list []Block, tail float64) {
	for i, b := range list {
		keep := 0.0
		if i == len(list)-1 {
			keep = tail
		}
		switch b := b.(type) {
		case Heading:
			x.need(x.headingNeed(list[i:]))
			x.heading(b)
		case Paragraph:
			x.flow(b, keep)
		case Table:
			x.table(b, keep)
		}
	}
}

func (x *pdf) headingPara(h Heading) Paragraph {
	p := Paragraph{Runs: []Run{{Text: h.Text, Bold: h.Level <= 3}}}
	if h.Level <= 1 {
		p.Align = Center
	}
	return p
}

func (x *pdf) heading(h Heading) {
	l := x.lay(x.headingPara(h))
	x.put(l, 0, len(l.lines))
	x.y += gap * mmPerPoint
}

// headingNeed is the room for the headings at the head of the list and the beginning of what follows them.
func (x *pdf) headingNeed(list []Block) float64 {
	h := 0.0
	for _, b := range list {
		switch b := b.(type) {
		case Heading:
			l := x.lay(x.headingPara(b))
			h += float64(len(l.lines))*l.height + gap*mmPerPoint
			continue
		case Paragraph:
			l := x.lay(b)
			n := len(l.lines)
			if n > 3 {
				n = 2
			}
			return h + float64(n)*l.height
		case Table:
			return h + x.tableStart(b)
		}
	}
	return h
}
