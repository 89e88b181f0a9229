package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// ValidText reports whether s may be stored at all: valid UTF-8 and no NUL,
// which Postgres refuses. Everything milder is repaired by [Clean].
func ValidText(s string) bool {
	return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0
}

// Clean is the one way a single line of text enters the portal (handbook §8.1):
// NFC; tabs, line ends and every kind of space become one plain space; zero-width,
// soft-hyphen, direction and control characters go; look-alikes of Đ become Đ; the
// ends are trimmed. Clean is idempotent.
//
// Do not call it before [Detect] or [Decode]: old encodings use the very code
// points that Clean removes (a soft hyphen is "ư" in TCVN3).
func Clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		r, keep := cleanRune(r)
		switch {
		case !keep:
		case r == ' ':
			space = true
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// cleanRune maps one code point; keep is false for those that must vanish.
func cleanRune(r rune) (mapped rune, keep bool) {
	switch r {
	case 'Ð', 'Ɖ':
		return 'Đ', true
	case 'ð', 'ɖ':
		return 'đ', true
	case utf8.RuneError: // also what an invalid byte reads as
		return 0, false
	}
	switch {
	case unicode.IsSpace(r):
		return ' ', true
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r):
		return 0, false
	}
	return r, true
}

// CleanMultiline cleans text of several lines: each line as [Clean] does, line
// ends become "\n", runs of empty lines become one, and empty lines at both ends go.
func CleanMultiline(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n", "\u0085", "\n").Replace(s)
	out := make([]string, 0, strings.Count(s, "\n")+1)
	for line := range strings.SplitSeq(s, "\n") {
		line = Clean(line)
		if line == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, line)
	}
	if n := len(out); n > 0 && out[n-1] == "" {
		out = out[:n-1]
	}
	return strings.Join(out, "\n")
}
