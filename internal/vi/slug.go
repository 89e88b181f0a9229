package vi

import "strings"

// Slug makes the part of an address from a title: unaccented lower-case words and
// digits joined by "-", cut at a word's end to at most limit bytes (a first word that
// is longer is cut within). A title without letters or digits gives "".
func Slug(title string, limit int) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(Fold(title), notSlugRune) {
		need := len(w)
		if b.Len() > 0 {
			need++
		}
		if b.Len()+need > limit {
			if b.Len() == 0 {
				b.WriteString(w[:max(limit, 0)])
			}
			break
		}
		if b.Len() > 0 {
			b.WriteByte('-')
		}
		b.WriteString(w)
	}
	return b.String()
}

func notSlugRune(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }
