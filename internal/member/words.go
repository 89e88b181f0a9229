package member

import (
	"slices"
	"strings"
	"unicode"

	"wardportal/internal/vi"
)

// maxTerms bounds how many words of a query are looked for.
const maxTerms = 6

// searchWords is what a person is found by: every word of name and alias without diacritics, both spellings where names
// waver between i and y, the exact form of words that have diacritics (marked "="), and the initials.
func searchWords(full, alias string) []string {
	var words []string
	add := func(w string) {
		if w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	for _, text := range []string{full, alias} {
		plain := vi.Words(text)
		for _, w := range plain {
			add(w)
			add(otherIY(w))
		}
		for i, exact := range strings.Fields(vi.ToneFold(text)) {
			if i >= len(plain) || exact != plain[i]+"0" && exact != plain[i] {
				add("=" + exact)
			}
		}
	}
	if initials := vi.Initials(full); len(initials) > 1 {
		add(initials)
	}
	return words
}

// otherIY is the other spelling of a syllable in which names use i and y alike (Lý, Lí), or "".
func otherIY(w string) string {
	if f := vi.FoldIY(w); f != w {
		return f
	}
	if onset, ok := strings.CutSuffix(w, "i"); ok && vi.FoldIY(onset+"y") == w {
		return onset + "y"
	}
	return ""
}

// term is one condition on member_word: a whole word, or the beginning of one.
type term struct {
	word   string
	prefix bool
}

// terms is a query in two strengths: plain finds every spelling, exact (empty when no diacritics were typed) those that
// have the diacritics as typed.
type terms struct{ plain, exact []term }

// parseQuery reads what was typed into the search box. Nothing to look for gives empty terms.
func parseQuery(q string) terms {
	plain, exact := vi.Words(q), strings.Fields(vi.ToneFold(q))
	var t terms
	marked := false
	for i := 0; i < len(plain) && len(t.plain) < maxTerms; i++ {
		if isDigits(plain[i]) {
			digits := plain[i]
			for i+1 < len(plain) && isDigits(plain[i+1]) { // "0905 123 456" is one number
				i++
				digits += plain[i]
			}
			n := term{digits, len(digits) > 4}
			t.plain, t.exact = append(t.plain, n), append(t.exact, n)
			continue
		}
		p := term{plain[i], i == len(plain)-1}
		t.plain = append(t.plain, p)
		if len(exact) == len(plain) && exact[i] != plain[i]+"0" && exact[i] != plain[i] {
			marked = true
			t.exact = append(t.exact, term{"=" + exact[i], false})
		} else {
			t.exact = append(t.exact, p)
		}
	}
	if !marked {
		t.exact = nil
	}
	return t
}

func joinWords(words []string) string { return strings.Join(words, "\n") }

func isDigits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// end is the first text after every word that begins with the term.
func (t term) end() string { return t.word + "\U0010FFFF" }
