package vi

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The sound system of Vietnamese spelling, as sets of toneless lower-case parts.
// A rule decides better than a word list here: rosters are full of rare given
// names, which are all regular syllables.
var (
	onsets = strings.Fields("ngh ng nh th tr ch gh gi kh ph qu b c d đ g h k l m n p r s t v x")

	rimes = setOf(`a e ê i o ô ơ u ư y
		ai ao au ay âu ây eo êu ia iu oa oe oi ôi ơi ua uê ui uy uơ ưa ưi ưu
		oai oay oao oeo uây uôi ươi ươu iêu yêu uya uyu uêu
		am an ang anh ăm ăn ăng âm ân âng em en eng êm ên ênh im in inh
		om on ong oong ôm ôn ông ơm ơn um un ung ưm ưn ưng
		iêm iên iêng yêm yên yêng oam oan oang oanh oăm oăn oăng oen uân uâng uênh
		uôm uôn uông ươm ươn ương uyên uyn uynh
		ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich ip it
		oc op ot ooc ôc ôp ôt ơp ơt uc up ut ưc ưp ưt
		iêc iêp iêt yêt oac oach oap oat oăc oăp oăt oet uât uêch
		uôc uôp uôt ươc ươp ươt uyêt uych uyt uyp`)
)

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// IsSyllable reports whether word is one well-formed Vietnamese syllable by the
// rules of spelling: onset, rime and a tone that goes with the rime. Letter case,
// normal form and the place of the tone mark do not matter; meaning is not asked.
func IsSyllable(word string) bool {
	letters, tone, marks := analyse(strings.ToLower(word))
	if marks > 1 {
		return false
	}
	_, rime, ok := splitSyllable(letters)
	if !ok {
		return false
	}
	// Syllables closed by a stop carry only the sắc or the nặng tone.
	if last := rime[len(rime)-1]; strings.IndexByte("cpt", last) >= 0 || strings.HasSuffix(rime, "ch") {
		return tone == Sac || tone == Nang
	}
	return true
}

// analyse is splitTone that also counts tone marks and refuses foreign marks by
// counting them as two.
func analyse(word string) (letters string, tone Tone, marks int) {
	for _, r := range norm.NFD.String(word) {
		if _, ok := toneOf(r); ok {
			marks++
		} else if unicode.Is(unicode.Mn, r) && !isLetterMark(r) {
			marks += 2
		}
	}
	letters, tone = splitTone(word)
	return letters, tone, marks
}

// splitSyllable cuts toneless lower-case letters into onset and rime. For "qu"
// the u counts as onset, for "gi" the i does when another vowel follows.
func splitSyllable(letters string) (onset, rime string, ok bool) {
	for _, on := range onsets {
		rest, found := strings.CutPrefix(letters, on)
		if found && rest != "" && rimeFits(on, rest) {
			return on, rest, true
		}
	}
	if rimeFits("", letters) {
		return "", letters, true
	}
	return "", "", false
}

// rimeFits applies the spelling rules between an onset and the rime after it.
func rimeFits(onset, rime string) bool {
	if onset == "qu" {
		// "quý", "quỳnh": the y is written for i after the glide.
		i, y := strings.CutPrefix(rime, "y")
		return (rimes[rime] || y && rimes["i"+i]) && !strings.ContainsAny(rime[:1], "u")
	}
	if !rimes[rime] {
		return false
	}
	first := []rune(rime)[0]
	front := slices.Contains([]rune("ieêy"), first)
	switch onset {
	case "k", "gh", "ngh":
		if !front {
			return false
		}
	case "c", "ng":
		if front {
			return false
		}
	case "g":
		// "gì", "gìn", "giêng" are g + i…; ge and gê are always written gh.
		if front && first != 'i' {
			return false
		}
	case "gi":
		if front && first != 'e' && first != 'ê' {
			return false
		}
	}
	switch {
	case rime == "y":
		return onset == "" || slices.Contains([]string{"h", "k", "l", "m", "s", "t", "v"}, onset)
	case first == 'y':
		return onset == ""
	case strings.HasPrefix(rime, "iê"):
		return onset != ""
	}
	return true
}

// PlaceTones writes every tone mark where the old style, the one of the site's
// own texts, puts it: "hoà" and "qúy" become "hòa" and "quý" (handbook §8.2).
// Words that are no Vietnamese syllables stay. It is for sorting, comparing and
// for suggesting a fix; names of people are shown as they were entered.
func PlaceTones(s string) string {
	s = norm.NFC.String(s)
	var b strings.Builder
	for len(s) > 0 {
		end := strings.IndexFunc(s, notWordRune)
		if end < 0 {
			end = len(s)
		}
		b.WriteString(placeTone(s[:end]))
		s = s[end:]
		next := strings.IndexFunc(s, func(r rune) bool { return !notWordRune(r) })
		if next < 0 {
			next = len(s)
		}
		b.WriteString(s[:next])
		s = s[next:]
	}
	return norm.NFC.String(b.String())
}

func placeTone(word string) string {
	_, tone, marks := analyse(word)
	if tone == Ngang || marks != 1 {
		return word
	}
	letters, _ := splitTone(word)
	onset, rime, ok := splitSyllable(strings.ToLower(letters))
	if !ok {
		return word
	}
	rs := []rune(letters)
	at := len([]rune(onset)) + toneIndex([]rune(rime))
	return norm.NFC.String(string(rs[:at+1]) + string(toneMarks[tone]) + string(rs[at+1:]))
}

// toneIndex is the place of the mark within a toneless rime, old style.
func toneIndex(rime []rune) int {
	vowels := 0
	for vowels < len(rime) && strings.ContainsRune("aăâeêioôơuưy", rime[vowels]) {
		vowels++
	}
	for i := vowels - 1; i >= 0; i-- {
		if strings.ContainsRune("ăâêôơư", rime[i]) {
			return i
		}
	}
	switch {
	case vowels == 3, vowels == 2 && vowels < len(rime):
		return 1
	}
	return 0
}
