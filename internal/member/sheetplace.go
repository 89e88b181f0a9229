package member

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wardportal/internal/vi"
)

// placeText is what a cell, a heading or a title says of the branch.
type placeText struct {
	branch  BranchID
	group   int    // number of the residential group
	raw     string // the words of the file
	several bool   // names more than one group: says nothing of a single person
	unknown bool   // a group that the ward does not have
}

func (p placeText) known() bool { return p.group > 0 || p.branch != 0 || p.raw != "" }

// join adds what a second line says: two different groups are several.
func (p placeText) join(q placeText) placeText {
	switch {
	case q.several, p.group > 0 && q.group > 0 && p.group != q.group:
		return placeText{several: true}
	case p.several || p.group > 0 || q.group == 0 && p.known():
		return p
	}
	return q
}

const groupWord = `(?:to\s*dan\s*pho|tdp|t\.?\s*d\.?\s*p\.?|to\s*dp|khu\s*pho|khoi\s*pho|khoi|kp|khu|thon|xom|ap|to|chi\s*hoi|ch|t)`

var (
	groupNumber = regexp.MustCompile(`(?:^|[^\pL\d])` + groupWord + `\s*(?:so|:|\.)?\s*0*(\d{1,3})(?:[^\pL\d/]|$)`)
	groupRoman  = regexp.MustCompile(`(?:^|[^\pL\d])(?:to\s*dan\s*pho|tdp|khu\s*pho|khoi\s*pho|chi\s*hoi)\s+(?:so\s+)?([ivx]{1,4})(?:[^\pL\d]|$)`)
	moreNumbers = regexp.MustCompile(`(?:^|[^\pL\d])` + groupWord + `\s*(?:so|:|\.)?\s*0*\d{1,3}((?:\s*(?:,|-|–|va|&|\+|;)\s*(?:` + groupWord + `)?\s*0*\d{1,2})+)(?:[^\pL\d/]|$)`)
	someNumber  = regexp.MustCompile(`\d{1,3}`)
	bareNumber  = regexp.MustCompile(`^(?:so\s*)?0*(\d{1,3})(?:\.0)?$`)
	otherPlace  = regexp.MustCompile(`^(?:chi hội\s+|ban khuyến học\s+)?(?:trường|trạm|cơ quan|công ty|bệnh viện|dòng họ|tộc|chùa|doanh nghiệp|hợp tác xã|htx|công an|ngân hàng|bưu điện|trung tâm|phòng khám|xí nghiệp)\s`)
	romans      = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12}
)

// place reads the name of a branch: "Chi hội TDP số 4", "T3", "tổ 7", "Chi hội 3 (Tổ dân phố 3)", "Trường THCS Chánh Lộ". In a
// column of branches (column true) a bare number and any other words count too.
func (rd *sheetReader) place(text string, column bool) placeText {
	text = vi.Clean(text)
	folded := strings.TrimSpace(vi.Fold(text))
	if folded == "" || strings.Trim(folded, "-–. ?") == "" {
		return placeText{}
	}
	if id, ok := rd.o.Named[PlaceKey(text)]; ok && id != 0 {
		for _, p := range rd.o.Places {
			if p.ID == id {
				return rd.ofBranch(p, text)
			}
		}
	}
	if column || len(folded) < 80 {
		for _, p := range rd.o.Places {
			if name := vi.Fold(p.Name); name == folded && name != "" {
				return rd.ofBranch(p, text)
			}
		}
	}
	if groups := groupsIn(folded, column); len(groups) > 0 {
		return rd.ofGroups(groups, text)
	}
	if column || otherPlace.MatchString(strings.ToLower(text)) && len(folded) < 80 {
		return rd.ofName(folded, text)
	}
	return placeText{}
}

// groupsIn gives the different group numbers that a text names.
func groupsIn(folded string, column bool) []int {
	var groups []int
	add := func(s string) {
		n, err := strconv.Atoi(s)
		if err != nil {
			n = romans[s]
		}
		if n > 0 && !slices.Contains(groups, n) {
			groups = append(groups, n)
		}
	}
	if column {
		if m := bareNumber.FindStringSubmatch(folded); m != nil {
			add(m[1])
		}
	}
	for _, m := range groupRoman.FindAllStringSubmatch(folded, -1) {
		add(m[1])
	}
	for rest := folded; ; {
		at := groupNumber.FindStringSubmatchIndex(rest)
		if at == nil {
			break
		}
		add(rest[at[2]:at[3]])
		rest = rest[at[3]:]
	}
	for _, m := range moreNumbers.FindAllStringSubmatch(folded, -1) {
		for _, n := range someNumber.FindAllString(m[1], -1) {
			add(n)
		}
	}
	return groups
}

func (rd *sheetReader) ofGroups(groups []int, text string) placeText {
	if len(groups) > 1 {
		return placeText{several: true}
	}
	n := groups[0]
	if len(rd.o.Groups) > 0 && !slices.Contains(rd.o.Groups, n) {
		return placeText{raw: text, unknown: true}
	}
	p := placeText{group: n}
	for _, place := range rd.o.Places {
		if slices.Contains(place.Groups, n) && place.Listed {
			p.branch = place.ID
			return p
		}
	}
	for _, place := range rd.o.Places { // branches that are tied to no group say theirs by name
		if len(place.Groups) == 0 && place.Listed && slices.Equal(groupsIn(vi.Fold(place.Name), false), groups) {
			p.branch = place.ID
		}
	}
	return p
}

func (rd *sheetReader) ofBranch(p SheetPlace, text string) placeText {
	if !p.Listed { // kept by number only: somebody must say where these people belong
		return placeText{raw: text}
	}
	if len(p.Groups) == 1 {
		return placeText{branch: p.ID, group: p.Groups[0]}
	}
	return placeText{branch: p.ID, raw: text}
}

// ofName looks for a branch by its words: "Trường Tiểu học Chánh Lộ" is "Chi hội Trường Tiểu học".
func (rd *sheetReader) ofName(folded, text string) placeText {
	out := placeText{raw: text}
	bare := strings.TrimPrefix(folded, "chi hoi ")
	found := 0
	for _, p := range rd.o.Places {
		name := strings.TrimPrefix(vi.Fold(p.Name), "chi hoi ")
		if len(name) < 5 || len(p.Groups) > 0 || !p.Listed {
			continue
		}
		if strings.HasPrefix(bare, name) || strings.HasPrefix(name, bare) && len(bare) > 8 {
			out.branch = p.ID
			found++
		}
	}
	if found > 1 {
		out.branch = 0
	}
	return out
}
