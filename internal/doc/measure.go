package doc

import (
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// style is one of the four faces of the text font: "", "B", "I", "BI".
type style string

func styleOf(r Run) style {
	switch {
	case r.Bold && r.Italic:
		return "BI"
	case r.Bold:
		return "B"
	case r.Italic:
		return "I"
	}
	return ""
}

// Liberation Serif has the widths of Times New Roman, so what is measured here holds in Word too.
var fontFiles = map[style][]byte{
	"": liberationserifregular.TTF, "B": liberationserifbold.TTF, "I": liberationserifitalic.TTF, "BI": liberationserifbolditalic.TTF,
}

const mmPerPoint = 25.4 / 72

// face answers how wide letters are, in thousandths of the font size.
type face struct {
	f      *sfnt.Font
	mu     sync.Mutex
	buf    sfnt.Buffer
	widths map[rune]float64
}

var faces = sync.OnceValue(func() map[style]*face {
	all := map[style]*face{}
	for s, ttf := range fontFiles {
		f, err := sfnt.Parse(ttf)
		if err != nil {
			panic("doc: embedded font: " + err.Error()) // part of the program, not of its input
		}
		all[s] = &face{f: f, widths: map[rune]float64{}}
	}
	return all
})

func (f *face) width(r rune) float64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	if w, ok := f.widths[r]; ok {
		return w
	}
	w := 0.5
	if i, err := f.f.GlyphIndex(&f.buf, r); err == nil {
		if adv, err := f.f.GlyphAdvance(&f.buf, i, fixed.I(1000), font.HintingNone); err == nil {
			w = float64(adv) / 64 / 1000
		}
	}
	if len(f.widths) < 4096 {
		f.widths[r] = w
	}
	return w
}

// textWidth is the width of a text in millimetres.
func textWidth(text string, s style, points float64) float64 {
	f := faces()[s]
	sum := 0.0
	for _, r := range text {
		sum += f.width(r)
	}
	return sum * points * mmPerPoint
}

// breakers are words before which a centred text is best broken: the name of an administrative unit in a
// letterhead, the second half of a subject (handbook §2.7).
var breakers = []string{"PHƯỜNG", "XÃ", "THÀNH", "TỈNH", "QUẬN", "HUYỆN", "THỊ", "và"}

// balance breaks a centred text into as few lines as fit the width, as even as can be. A number stays with the
// word before it ("năm 2023"). Line feeds in the text stay.
func balance(text string, s style, points, width float64) []string {
	var lines []string
	for part := range strings.SplitSeq(text, "\n") {
		if words := glued(strings.Fields(part)); len(words) > 0 {
			lines = append(lines, balanceWords(words, s, points, width)...)
		}
	}
	return lines
}

// glued joins words that begin with a digit to the word before.
func glued(words []string) []string {
	var out []string
	for _, w := range words {
		if n := len(out); n > 0 && w[0] >= '0' && w[0] <= '9' {
			out[n-1] += " " + w
			continue
		}
		out = append(out, w)
	}
	return out
}

func balanceWords(words []string, s style, points, width float64) []string {
	full := strings.Join(words, " ")
	if textWidth(full, s, points) <= width {
		return []string{full}
	}
	var best []string
	narrow := width
	for i := 1; i < len(words); i++ {
		if !slices.Contains(breakers, words[i]) {
			continue
		}
		two := []string{strings.Join(words[:i], " "), strings.Join(words[i:], " ")}
		if w := widest(two, s, points); w <= narrow {
			best, narrow = two, w
		}
	}
	if best != nil {
		return best
	}
	// the narrowest width that needs no more lines than the widest allowed
	best = fill(words, s, points, width)
	for n, w := len(best), width; w > width/2; w-- {
		try := fill(words, s, points, w)
		if len(try) > n || widest(try, s, points) > width {
			break
		}
		best = try
	}
	return best
}

func fill(words []string, s style, points, width float64) []string {
	var lines []string
	line := ""
	for _, w := range words {
		if line != "" && textWidth(line+" "+w, s, points) > width {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+w, " ")
	}
	return append(lines, line)
}

func widest(lines []string, s style, points float64) float64 {
	w := 0.0
	for _, l := range lines {
		w = math.Max(w, textWidth(l, s, points))
	}
	return w
}
