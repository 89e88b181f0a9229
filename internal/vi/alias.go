package vi

import (
	"regexp"
	"strings"
	"unicode"
)

const aliasWord = `(?:bí danh|b\.?\s?d\.?|tên thường gọi|thường gọi(?: là)?|hay gọi(?: là)?|còn gọi(?: là)?|tên khác|tục danh|tức(?: là)?|tự|hiệu)`

var (
	aliasBrackets = regexp.MustCompile(`^(.*?)\s*[(\[]\s*([^()\[\]]*?)\s*[)\]]?$`)
	aliasKeyword  = regexp.MustCompile(`(?i)^` + aliasWord + `\s*[:.]?\s+(.+)$`)
	aliasAfterSep = regexp.MustCompile(`(?i)^(.*?)\s*[,;/–-]\s*` + aliasWord + `\s*[:.]?\s+(.+)$`)
	// Without a separator "tự" and "hiệu" may be names; the rest are never names.
	aliasBare = regexp.MustCompile(`(?i)^(.*?)\s+(?:bí danh|tên thường gọi|thường gọi(?: là)?|hay gọi(?: là)?|còn gọi(?: là)?|tức(?: là)?)\s*[:.]?\s+(.+)$`)
	aliasTu   = regexp.MustCompile(`^(\S+\s.*\p{Ll})\s+tự\s+(\p{Lu}.*)$`)
)

// bracketNotes begin remarks that stand in brackets after a name and name nobody.
var bracketNotes = setOf("con chau me cha bo vo chong anh chi em ong mat chet da chuyen nam nu moi cu xin nghi ct pct cht bt khong lon nho to tdp gd")

// SplitAlias cuts the other name off a name: "(Ba Hùng)", "(tức …)", ", bí danh …",
// "- tự …" (handbook §3.1, §8.5). Brackets that hold a remark ("con", "đã mất",
// a number) stay where they are and alias is empty.
func SplitAlias(s string) (name, alias string) {
	s = Clean(s)
	if m := aliasBrackets.FindStringSubmatch(s); m != nil && m[1] != "" {
		if k := aliasKeyword.FindStringSubmatch(m[2]); k != nil {
			return trimName(m[1]), trimName(k[1])
		}
		if looksAlias(m[2]) {
			return trimName(m[1]), trimName(m[2])
		}
		return s, ""
	}
	for _, re := range []*regexp.Regexp{aliasAfterSep, aliasBare, aliasTu} {
		if m := re.FindStringSubmatch(s); m != nil && m[1] != "" {
			return trimName(m[1]), trimName(m[2])
		}
	}
	return s, ""
}

func looksAlias(s string) bool {
	words := Words(s)
	if len(words) == 0 || len(words) > 4 || bracketNotes[words[0]] && !startsUpper(s) {
		return false
	}
	// "(Mất 2020)" and "(CT)" are remarks however they are written.
	return !strings.ContainsFunc(s, unicode.IsDigit) && !isRemark(words)
}

func isRemark(words []string) bool {
	switch strings.Join(words, " ") {
	case "mat", "da mat", "chet", "da chet", "ct", "pct", "nam", "nu", "con", "chau", "ba":
		return true
	}
	return false
}

func trimName(s string) string { return strings.Trim(s, " ,;:-–/\"'“”‘’()[]") }
