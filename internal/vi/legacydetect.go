package vi

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Candidate is a guess of [Detect].
type Candidate struct {
	Encoding Encoding
	// Score is the share of words that become Vietnamese syllables less the share of
	// letters that Vietnamese does not have: −1…1, over the words that are not ASCII.
	Score float64
}

// maxSamples bounds the work of Detect; 200 cells decide a file (handbook §8.3).
const maxSamples = 200

// guessed are the encodings worth trying: VIQR looks like any ASCII, and a capital
// font cannot be told from its codes.
func guessed() []Encoding {
	return slices.DeleteFunc(Encodings(), func(e Encoding) bool { return e == VIQR || e == TCVN3H })
}

// Detect ranks the encodings for a sample of cells, best first. [Unicode] is
// always among them and wins ties, so text that is fine stays. Cells of ASCII
// alone say nothing; without others the answer is Unicode alone.
func Detect(samples []string) []Candidate {
	words := oddWords(samples)
	if len(words) == 0 {
		return []Candidate{{Encoding: Unicode}}
	}
	var out []Candidate
	for _, enc := range guessed() {
		out = append(out, Candidate{enc, score(enc, words)})
	}
	// The order of Encodings stands among equals.
	slices.SortStableFunc(out, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return out
}

// oddWords collects the words that are not ASCII from the first cells that have any.
func oddWords(samples []string) []string {
	var words []string
	cells := 0
	for _, s := range samples {
		before := len(words)
		for w := range strings.FieldsFuncSeq(s, isPlainSpace) {
			if tells(w) {
				words = append(words, w)
			}
		}
		if len(words) > before {
			if cells++; cells == maxSamples {
				break
			}
		}
	}
	return words
}

// tells reports that w is evidence: a part of two letters or more that is not ASCII.
// Dashes and quotes are in every encoding's text, and Đ alone makes abbreviations
// ("QĐ", "HĐND") that are no syllables anyway.
func tells(w string) bool {
	for part := range strings.FieldsFuncSeq(w, betweenSyllables) {
		plain := strings.NewReplacer("Đ", "D", "đ", "d").Replace(part)
		if !isASCII(plain) && utf8.RuneCountInString(norm.NFC.String(part)) > 1 {
			return true
		}
	}
	return false
}

// isPlainSpace leaves the no-break space alone: it is a letter in VISCII and half
// of "à" in broken UTF-8.
func isPlainSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

// score rates one encoding on words that are not ASCII.
func score(enc Encoding, words []string) float64 {
	syllables, total, foreign, letters := 0, 0, 0, 0
	for _, w := range words {
		text := Decode(enc, w)
		switch {
		case enc == Unicode:
			text = Clean(w) // so that a wrong Ð does not count against text that is fine
		case !canBe(enc, w):
			total++ // whoever wrote this word had Unicode
			continue
		}
		for part := range strings.FieldsFuncSeq(text, betweenSyllables) {
			total++
			if IsSyllable(part) {
				syllables++
			}
		}
		for _, r := range text {
			if unicode.IsLetter(r) || r > unicode.MaxASCII && !unicode.IsPunct(r) {
				letters++
				if !isVietnameseLetter(r) {
					foreign++
				}
			}
		}
	}
	return float64(syllables)/float64(max(total, 1)) - float64(foreign)/float64(max(letters, 1))
}

// betweenSyllables cuts at ASCII punctuation and digits only: in a wrong guess every
// other sign is part of a broken word.
func betweenSyllables(r rune) bool {
	return r <= unicode.MaxASCII && !unicode.IsLetter(r) || strings.ContainsRune("–—“”‘’…", r)
}

var vietnameseLetters = func() map[rune]bool {
	set := make(map[rune]bool)
	for _, base := range "aăâbcdđeêghiklmnoôơpqrstuưvxy" {
		for _, mark := range toneMarks {
			if mark == 0 {
				set[base] = true
			} else if r := []rune(norm.NFC.String(string(base) + string(mark))); len(r) == 1 && strings.ContainsRune("aăâeêioôơuưy", base) {
				set[r[0]] = true
			}
		}
	}
	return set
}()

func isVietnameseLetter(r rune) bool { return vietnameseLetters[unicode.ToLower(r)] }

// LooksLegacy reports that s is better Vietnamese in some old encoding than as it
// stands: worth a look before it is stored.
func LooksLegacy(s string) bool {
	words := oddWords([]string{s})
	if len(words) == 0 || score(Unicode, words) == 1 {
		return false
	}
	best := Detect([]string{s})[0]
	return best.Encoding != Unicode && best.Score > 0.5 && best.Score-score(Unicode, words) > 0.25
}

// DetectLegacy finds the old encoding of a file of which only some cells are old:
// it looks at those that [LooksLegacy] picks. ok is false when there are none.
func DetectLegacy(cells []string) (enc Encoding, ok bool) {
	var odd []string
	for _, c := range cells {
		if LooksLegacy(c) {
			if odd = append(odd, c); len(odd) == maxSamples {
				break
			}
		}
	}
	if len(odd) == 0 {
		return "", false
	}
	best := Detect(odd)[0]
	return best.Encoding, best.Encoding != Unicode
}

// judge compares enc with Unicode for one cell: positive when enc reads better,
// negative when the text is better as it is, 0 when it cannot be told ("Hoà" is a
// name, and "Hồ" in VNI).
func judge(enc Encoding, s string) int {
	words := oddWords([]string{s})
	if len(words) == 0 {
		return 0
	}
	return cmp.Compare(score(enc, words), score(Unicode, words))
}

// LegacyRows tells for each row of a sheet whether it was written in enc, by its
// clear cells; a row without any goes with the nearest one above that has some, else
// with the nearest below. Whole rows share a writer, cells of a column do not.
func LegacyRows(enc Encoding, rows [][]string) []bool {
	verdicts := make([]int, len(rows))
	last := 0
	for i, row := range rows {
		for _, cell := range row {
			verdicts[i] += judge(enc, cell)
		}
		if verdicts[i] == 0 {
			verdicts[i] = last
		}
		last = verdicts[i]
	}
	out := make([]bool, len(rows))
	for i := len(rows) - 1; i >= 0; i-- {
		if verdicts[i] == 0 {
			verdicts[i] = last
		}
		last = verdicts[i]
		out[i] = last > 0
	}
	return out
}

// Repair reads a cell whose encoding is known, from its font or by choice of a
// person, and cleans it. Text that cannot be of that encoding (the font stayed, the
// text is new) is only cleaned. A line typed in capitals with a font that has no
// toned capitals is put in capitals throughout.
func Repair(enc Encoding, s string) string {
	if enc == TCVN3H && canBe(enc, s) {
		return Clean(Decode(enc, s))
	}
	if enc == Unicode || isASCII(s) || !canBe(enc, s) {
		return Clean(s)
	}
	return evenCaps(Clean(Decode(enc, s)))
}

// RepairName is [Repair] for a person's name: every syllable gets its capital,
// which TCVN3 cannot write on a toned letter ("¸nh" is "Ánh").
func RepairName(enc Encoding, s string) string {
	out := Repair(enc, s)
	if isASCII(s) || enc == Unicode {
		return out
	}
	return mapInitials(out)
}

// RepairGuessed is [Repair] for an encoding that was only guessed: cells differ, so
// this one is converted where that makes better Vietnamese, and in a row that
// [LegacyRows] found to be old also where it cannot be told. changed is false when
// the text was merely cleaned.
func RepairGuessed(enc Encoding, s string, legacyRow bool) (out string, changed bool) {
	verdict := judge(enc, s)
	if (verdict > 0 || verdict == 0 && legacyRow && !isASCII(s)) && canBe(enc, s) {
		return Repair(enc, s), true
	}
	return Clean(s), false
}

// canBe reports that every letter of s could come from a file of that encoding:
// either a byte of Windows-1252 or a code of the table.
func canBe(enc Encoding, s string) bool {
	if enc == TCVN3H {
		enc = TCVN3
	}
	c := codecs()[enc]
	for _, r := range s {
		if r <= unicode.MaxASCII {
			continue
		}
		if _, ok := cp1252Byte(r); ok || c == nil || c.runes[r] {
			continue
		}
		return false
	}
	return true
}

// evenCaps puts s in capitals when all its plain letters are, first letters aside.
func evenCaps(s string) string {
	upper, first := 0, true
	for _, r := range s {
		letter := unicode.IsLetter(r)
		if letter && !first && r <= unicode.MaxASCII {
			if unicode.IsLower(r) {
				return s
			}
			upper++
		}
		first = !letter
	}
	if upper < 2 {
		return s
	}
	return strings.ToUpper(s)
}
