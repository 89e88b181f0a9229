package vi

import (
	"regexp"
	"strings"
	"unicode"
)

const aliasWord = `(?:bí danh|b\.?\s?d\.?|tên thường gọi|thường gọi(?: là)?|hay gọi(?: là)?|còn gọi(?: là)?|tên khác|tục danh|tức(?: là)?|tự)`

var (
	aliasBrackets = regexp.MustCompile(`^(.*?)\s*[(\[]\s*([^()\[\]]*?)\s*[)\]]?$`)
	aliasKeyword  = regexp.MustCompile(`(?i)^` + aliasWord + `\s*[:.]?\s+(.+)$`)
	aliasAfterSep = regexp.MustCompile(`(?i)^(.*?)\s*[,;/–-]\s*` + aliasWord + `\s*[:.]?\s+(.+)$`)
	// Without a separator "tự" may be a name; the others never are.
	aliasBare = regexp.MustCompile(`(?i)^(.*?)\s+(?:bí danh|tên thường gọi|thường gọi(?: là)?|hay gọi(?: là)?|còn gọi(?: là)?|tức(?: là)?)\s*[:.]?\s+(.+)$`)
	aliasTu   = regexp.MustCompile(`^(\S+\s.*\p{Ll})\s+tự\s+(\p{Lu}.*)$`)
)

// bracketNotes begin remarks that stand in brackets after a name and name nobody.
var bracketNotes = setOf("con chau me cha bo vo chong anh chi em ong mat chet da chuyen nam nu moi cu xin nghi ct pct cht bt khong lon nho to tdp gd")

// remarkWords begin brackets that tell an office or a condition, however written.
var remarkWords = regexp.MustCompile(`^(?:chi hoi|hieu truong|hieu pho|bi thu|to truong|to pho|truong ban|pho ban|thu ky|thu quy|chu tich|pho chu|uy vien|` +
	`dang vien|hoi vien|giao vien|thuong binh|benh binh|liet s[iy]|ho ngheo|can ngheo|gia dinh|tu nguyen|nguyen$|mo coi|co don|neo don|uvb|bch)`)

// remarks are whole brackets that name nobody; behind a keyword some are names
// ("tự Ba").
var remarks = regexp.MustCompile(`^(?i:(?:đã )?(?:mất|chết)|p?ct|nam|nữ|con|cháu|ba)$`)

// SplitAlias cuts the other name off a name: "(Ba Hùng)", "(tức …)", ", bí danh …",
// "- tự …" (handbook §3.1, §8.5). Brackets that hold a remark ("con", "đã mất",
// "Hiệu trưởng", a number) stay where they are and alias is empty.
func SplitAlias(s string) (name, alias string) {
	s = Clean(s)
	if m := aliasBrackets.FindStringSubmatch(s); m != nil && m[1] != "" {
		inner := m[2]
		if k := aliasKeyword.FindStringSubmatch(inner); k != nil && looksAlias(k[1]) && !isRemark(inner) {
			return trimName(m[1]), trimName(k[1])
		}
		if looksAlias(inner) && !bracketNote(inner) {
			return trimName(m[1]), trimName(inner)
		}
		return s, ""
	}
	for _, re := range []*regexp.Regexp{aliasAfterSep, aliasBare, aliasTu} {
		if m := re.FindStringSubmatch(s); m != nil && m[1] != "" && looksAlias(m[2]) {
			return trimName(m[1]), trimName(m[2])
		}
	}
	return s, ""
}

// looksAlias reports that s may be a name: up to four words, no digit, no remark.
func looksAlias(s string) bool {
	n := len(Words(s))
	return n > 0 && n <= 4 && !strings.ContainsFunc(s, unicode.IsDigit) && !isRemark(s)
}

// bracketNote reports that s is a note or begins with the small word of one: "con
// ông Bảy".
func bracketNote(s string) bool {
	return remarks.MatchString(s) || bracketNotes[Words(s)[0]] && !startsUpper(s)
}

func isRemark(s string) bool { return remarkWords.MatchString(strings.Join(Words(s), " ")) }

func trimName(s string) string { return strings.Trim(s, " ,;:-–/\"'“”‘’()[]") }
