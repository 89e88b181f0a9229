package vi

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// TitleName writes a name with one capital per syllable: "NGUYỄN VĂN HÙNG" and
// "nguyễn văn hùng" become "Nguyễn Văn Hùng". A hyphen, an apostrophe or a bracket
// starts a syllable too ("H'Loan", "(Ba Hùng)"). It overrides mixed case, so ask
// [OneCase] first when the source may have its own capitals.
func TitleName(s string) string {
	return mapInitials(strings.ToLower(Clean(s)))
}

// OneCase reports that the letters of s are all capitals or all small, which in
// a list of names means that the writer chose a style, not a spelling. A single
// letter tells nothing.
func OneCase(s string) bool {
	upper, lower := countCase(s)
	return upper+lower > 1 && (upper == 0 || lower == 0)
}

func countCase(s string) (upper, lower int) {
	for _, r := range norm.NFC.String(s) {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper, lower
}

// mapInitials capitalises the first letter of each syllable and leaves the rest.
func mapInitials(s string) string {
	start := true
	return strings.Map(func(r rune) rune {
		was := start
		start = !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r)
		if was {
			return unicode.ToUpper(r)
		}
		return r
	}, norm.NFC.String(s))
}

// Sentence capitalises the first letter of s and leaves the rest.
func Sentence(s string) string {
	for i, r := range s {
		return s[:i] + string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}

// LowerFirst writes the first letter of s small and leaves the rest: a label inside a sentence.
func LowerFirst(s string) string {
	for i, r := range s {
		return s[:i] + string(unicode.ToLower(r)) + s[i+len(string(r)):]
	}
	return s
}
