package vi

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Tone is one of the six tones, numbered as the search key writes them
// (handbook §8.2).
type Tone uint8

// The tones in the order in which dictionaries and [Compare] put them.
const (
	Ngang Tone = iota // no mark
	Huyen             // à
	Hoi               // ả
	Nga               // ã
	Sac               // á
	Nang              // ạ
)

// toneMarks holds the combining character of each tone; ngang has none.
var toneMarks = [...]rune{Ngang: 0, Huyen: '\u0300', Hoi: '\u0309', Nga: '\u0303', Sac: '\u0301', Nang: '\u0323'}

// toneOf tells the tone of a combining character.
func toneOf(r rune) (Tone, bool) {
	for t := Huyen; t <= Nang; t++ {
		if toneMarks[t] == r {
			return t, true
		}
	}
	return Ngang, false
}

// isLetterMark reports the marks that make other letters: ă, â ê ô, ơ ư.
func isLetterMark(r rune) bool { return r == '\u0306' || r == '\u0302' || r == '\u031B' }

// Fold is the widest search key: cleaned, lower case, no tone, no diacritic, đ as d.
// Punctuation stays. Fold is idempotent and the same for every normal form.
func Fold(s string) string {
	return foldMarks(s, func(rune) bool { return false }, true)
}

// foldMarks lowers s and drops all combining marks but those that keep wants.
func foldMarks(s string, keep func(rune) bool, plainD bool) string {
	// Lowering may yield letters that decompose again, hence NFD on both sides.
	s = norm.NFD.String(strings.ToLower(norm.NFD.String(Clean(s))))
	s = strings.Map(func(r rune) rune {
		switch {
		case plainD && r == 'đ':
			return 'd'
		case unicode.Is(unicode.Mn, r) && !keep(r):
			return -1
		}
		return r
	}, s)
	// A dropped mark may have stood between spaces.
	return Clean(s)
}

// Words splits s into folded words for the word index and for queries: runs of
// letters and digits after [Fold].
func Words(s string) []string {
	return strings.FieldsFunc(Fold(s), notWordRune)
}

func notWordRune(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r)
}

// ToneFold is the narrow search key: lower-case words joined by one space, each
// with its tone mark taken out and written as a digit at its end ([Tone]), so
// that the two ways of placing the mark agree: "hòa" and "hoà" are both "hoa1".
// ă â ê ô ơ ư đ stay letters. Words without a letter get no digit.
func ToneFold(s string) string {
	words := strings.FieldsFunc(norm.NFC.String(strings.ToLower(Clean(s))), notWordRune)
	for i, w := range words {
		words[i] = toneFoldWord(w)
	}
	return strings.Join(words, " ")
}

func toneFoldWord(w string) string {
	letters, tone := splitTone(w)
	if !strings.ContainsFunc(letters, unicode.IsLetter) {
		return letters
	}
	return letters + string(rune('0'+tone))
}

// splitTone takes the tone mark out of one syllable. Letters stay NFC, their
// diacritics stay; foreign marks go.
func splitTone(syllable string) (letters string, tone Tone) {
	var b strings.Builder
	for _, r := range norm.NFD.String(syllable) {
		if t, ok := toneOf(r); ok {
			tone = t
			continue
		}
		if unicode.Is(unicode.Mn, r) && !isLetterMark(r) {
			continue
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String()), tone
}

// FoldIY is a word of [Words] with y written as i where names use both: Lý/Lí,
// Mỹ/Mĩ, Quý/Quí (handbook §8.2: open syllables whose vowel is a lone y after
// h, k, l, m, s, t, v or qu). It is for a low-ranked match: "Thúy" is not "Thúi".
func FoldIY(word string) string {
	onset, ok := strings.CutSuffix(word, "y")
	if !ok {
		return word
	}
	switch onset {
	case "h", "k", "l", "m", "s", "t", "v", "qu":
		return onset + "i"
	}
	return word
}

// Initials gives the folded first letters of the words of s: "nvh" for "Nguyễn Văn Hùng".
func Initials(s string) string {
	var b strings.Builder
	for _, w := range Words(s) {
		for _, r := range w {
			b.WriteRune(r)
			break
		}
	}
	return b.String()
}
