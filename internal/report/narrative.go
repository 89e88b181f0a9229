package report

import (
	"fmt"
	"slices"
	"strings"

	"wardportal/internal/association"
	"wardportal/internal/vi"
)

// Story is what the sentences of a report are filled from.
type Story struct {
	Name     string // "Hội Người cao tuổi phường Chánh Lộ"
	Kind     association.KindCode
	Year     int
	Values   map[string]Value
	Targets  map[string]Value // this year's plan, by indicator
	Headless []string         // branches without a head, as named in a sentence: "chi hội 6"
}

// Sentence is one proposed sentence. Basis is the figures it was made from: when a stored basis differs from today's,
// a figure under the sentence has changed and the form marks it.
type Sentence struct {
	Section SectionID
	Text    string
	Codes   []string
	Basis   string
}

// Tell writes the sentences that the figures support, in chapter order. Figures that are missing, zero or answered with a
// word are not mentioned, nor are counts below 5 of rows that hide them: a sentence is copied more freely than a table.
func Tell(s Story) []Sentence {
	s.Values = Fill(ForKind(s.Kind, s.Year), s.Values)
	var list []Sentence
	for _, section := range Sections {
		if section.ID == SectionBuilding {
			list = append(list, s.organisation()...)
		}
		for _, spec := range sentences {
			if spec.section != section.ID || (spec.kind != "" && spec.kind != s.Kind) {
				continue
			}
			if text, codes := s.fill(spec); text != "" {
				list = append(list, s.sentence(section.ID, text, codes))
			}
		}
	}
	return list
}

// Draft joins the sentences of one chapter into the text proposed for its box.
func Draft(list []Sentence, section SectionID) string {
	var texts []string
	for _, sentence := range list {
		if sentence.Section == section {
			texts = append(texts, sentence.Text)
		}
	}
	return strings.Join(texts, " ")
}

func (s Story) sentence(section SectionID, text string, codes []string) Sentence {
	slices.Sort(codes)
	codes = slices.Compact(codes)
	basis := make([]string, len(codes))
	for i, code := range codes {
		basis[i] = code + "=" + s.Values[code].String()
	}
	return Sentence{Section: section, Text: text, Codes: codes, Basis: strings.Join(basis, ";")}
}

// fill makes the text of one specification: its lead, then the clauses whose figures exist.
func (s Story) fill(spec sentenceSpec) (text string, codes []string) {
	var clauses []string
	for _, pattern := range spec.clauses {
		clause, used, ok := s.clause(pattern)
		if ok {
			clauses = append(clauses, clause)
			codes = append(codes, used...)
		}
	}
	if len(clauses) == 0 {
		return "", nil
	}
	lead := strings.NewReplacer("{name}", s.Name, "{year}", fmt.Sprint(s.Year)).Replace(spec.lead)
	return upperFirst(lead + strings.Join(clauses, "; ") + "."), codes
}

// clause fills "{CODE}" with figures. "[…]" is left out when a figure inside it is not to be told; one outside drops the
// whole clause.
func (s Story) clause(pattern string) (text string, codes []string, ok bool) {
	var b strings.Builder
	for pattern != "" {
		before, rest, optional := strings.Cut(pattern, "[")
		part, used, whole := s.slots(before)
		if !whole {
			return "", nil, false
		}
		b.WriteString(part)
		codes = append(codes, used...)
		if !optional {
			break
		}
		inner, after, _ := strings.Cut(rest, "]")
		if part, used, whole := s.slots(inner); whole {
			b.WriteString(part)
			codes = append(codes, used...)
		}
		pattern = after
	}
	return b.String(), codes, true
}

func (s Story) slots(pattern string) (text string, codes []string, ok bool) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, "{")
		b.WriteString(before)
		if !found {
			return b.String(), codes, true
		}
		code, after, _ := strings.Cut(rest, "}")
		figure, tellable := s.figure(code)
		if !tellable {
			return "", nil, false
		}
		b.WriteString(figure)
		codes = append(codes, code)
		pattern = after
	}
}

func (s Story) figure(code string) (string, bool) {
	v := s.Values[code]
	if v.Answer() != Number || v.n == 0 {
		return "", false
	}
	if ind, ok := ByCode(code); ok && PublicText(ind, v) != v.String() {
		return "", false
	}
	return v.String(), true
}

// organisation writes the two sentences about branches, members and vacant seats, the ones every conference asks about.
func (s Story) organisation() []Sentence {
	var list []Sentence
	if text, codes := s.membership(); text != "" {
		list = append(list, s.sentence(SectionBuilding, text, codes))
	}
	if text, codes := s.vacancies(); text != "" {
		list = append(list, s.sentence(SectionBuilding, text, codes))
	}
	return list
}

func (s Story) membership() (string, []string) {
	end, _ := s.number("GEN.MEM.END")
	branches, _ := s.number("GEN.ORG.BRANCH")
	hasEnd, hasBranches := end > 0, branches > 0 // an association of nobody is not told of
	var text string
	var codes []string
	switch {
	case hasEnd && hasBranches:
		text = fmt.Sprintf("Năm %d hội có %s chi hội với %s hội viên", s.Year, vi.Int(branches), vi.Int(end))
		codes = append(codes, "GEN.ORG.BRANCH", "GEN.MEM.END")
	case hasEnd:
		text, codes = fmt.Sprintf("Năm %d hội có %s hội viên", s.Year, vi.Int(end)), append(codes, "GEN.MEM.END")
	case hasBranches:
		text, codes = fmt.Sprintf("Năm %d hội có %s chi hội", s.Year, vi.Int(branches)), append(codes, "GEN.ORG.BRANCH")
	default:
		return "", nil
	}
	if begin, ok := s.number("GEN.MEM.BEGIN"); ok && hasEnd {
		text += ", " + changeText(end-begin)
		codes = append(codes, "GEN.MEM.BEGIN")
	}
	if admitted, ok := s.number("GEN.MEM.NEW"); ok && admitted > 0 {
		text += fmt.Sprintf("; kết nạp mới %s người", vi.Int(admitted)) + s.againstPlan("GEN.MEM.NEW", admitted)
		codes = append(codes, "GEN.MEM.NEW")
	}
	return text + ".", codes
}

func changeText(change int64) string {
	switch {
	case change > 0:
		return fmt.Sprintf("tăng %s người so với đầu năm", vi.Int(change))
	case change < 0:
		return fmt.Sprintf("giảm %s người so với đầu năm", vi.Int(-change))
	}
	return "bằng số đầu năm"
}

// againstPlan compares with the target: ", vượt kế hoạch", ", đạt kế hoạch", ", đạt 95% kế hoạch"; "" without one.
func (s Story) againstPlan(code string, n int64) string {
	target, ok := s.Targets[code].Int()
	if !ok || target <= 0 {
		return ""
	}
	switch {
	case n > target:
		return ", vượt kế hoạch"
	case n == target:
		return ", đạt kế hoạch"
	}
	percent, _ := Percent(n, target)
	return fmt.Sprintf(", đạt %s%% kế hoạch", percent)
}

func (s Story) vacancies() (string, []string) {
	seats, hasSeats := s.number("GEN.ORG.BCH_VAC")
	heads, hasHeads := s.number("GEN.ORG.CHT_VAC")
	codes := []string{"GEN.ORG.BCH_VAC", "GEN.ORG.CHT_VAC"}
	switch {
	case hasSeats && hasHeads && seats == 0 && heads == 0:
		return "Ban Chấp hành đã đủ ủy viên, chi hội nào cũng có chi hội trưởng.", codes
	case seats > 0 && heads > 0:
		return fmt.Sprintf("Ban Chấp hành còn khuyết %s ủy viên, %s chưa có chi hội trưởng.", vi.Int(seats), s.headless(heads)), codes
	case seats > 0:
		return fmt.Sprintf("Ban Chấp hành còn khuyết %s ủy viên.", vi.Int(seats)), codes[:1]
	case heads > 0:
		return upperFirst(s.headless(heads)) + " chưa có chi hội trưởng.", codes[1:]
	}
	return "", nil
}

// headless names the branches when the names account for the figure, else gives the figure.
func (s Story) headless(n int64) string {
	names := s.Headless
	if int64(len(names)) != n || n > 3 {
		return vi.Int(n) + " chi hội"
	}
	if n == 1 {
		return names[0]
	}
	return strings.Join(names[:n-1], ", ") + " và " + names[n-1]
}

func (s Story) number(code string) (int64, bool) { return s.Values[code].Int() }
