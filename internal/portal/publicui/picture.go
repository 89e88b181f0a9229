package publicui

import (
	"strconv"
	"strings"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/news"
	"wardportal/internal/portal/href"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// picture builds the fixed widths of a photo; sizes says how wide the page shows it.
func picture(id authz.MediaID, width, height int, widths []int, alt, sizes string) ui.Picture {
	var set []string
	for _, w := range widths {
		set = append(set, href.Photo(id, w)+" "+strconv.Itoa(w)+"w")
	}
	return ui.Picture{Src: href.Photo(id, 720), SrcSet: strings.Join(set, ", "), Sizes: sizes, Width: width, Height: height, Alt: alt}
}

// leadPicture is the photo of a list line; nil where there is none.
func leadPicture(r news.Row, sizes string) *ui.Picture {
	if r.PhotoID == 0 {
		return nil
	}
	p := picture(r.PhotoID, r.PhotoWidth, r.PhotoHeight, r.PhotoWidths, "", sizes) // the heading beside it links and says the same
	return &p
}

func isoTime(t time.Time) string { return t.In(vi.Location()).Format(time.RFC3339) }
func isoDay(t time.Time) string  { return t.In(vi.Location()).Format(time.DateOnly) }

// shorten cuts a text between words for previews, to at most most characters.
func shorten(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	cut := string(runes[:most])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.–-") + "…"
}

// paragraphs splits a text at its empty lines.
func paragraphs(s string) []string {
	var out []string
	for p := range strings.SplitSeq(s, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
