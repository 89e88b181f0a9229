package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// Input is what a form posts. Everything that is not in it stays as it is.
type Input struct {
	Year         int
	Association  association.ID
	Version      int                    // of the report as the form was opened
	Values       map[string]Value       // by indicator; the zero Value empties a cell
	Notes        map[string]string      // by indicator
	Explanations map[string]Explanation // by Finding.Key, About = the finding's Message as it was shown
	Texts        map[Slot]string
	NextTargets  map[string]Value // next year's plan; blank takes a target out
	Final        *bool
	Rating       *string // by the ward only
	Paper        *Paper
}

// Clash is a cell that somebody else changed while this form was open: the three columns of the page that asks.
type Clash struct {
	Key    string // the form's field
	Label  string
	Opened string // as the form was opened; all three as people read them
	Mine   string
	Now    string
	ByName string // who changed it last
	At     time.Time
}

// edits are cells by key.
type edits map[string]string

// cells writes the input in the form of a report's cells.
func (in Input) cells() edits {
	out := edits{}
	for code, v := range in.Values {
		out[code] = v.cell()
	}
	for code, text := range in.Notes {
		out[NoteField(code)] = vi.Clean(text)
	}
	for key, e := range in.Explanations {
		out[ExplainField(key)] = vi.CleanMultiline(e.Text)
	}
	for slot, text := range in.Texts {
		out[TextField(slot)] = vi.CleanMultiline(text)
	}
	for code, v := range in.NextTargets {
		out[TargetField(code)] = v.cell()
	}
	if in.Final != nil {
		out[keyFinal] = flag(*in.Final)
	}
	if in.Rating != nil {
		out[keyRating] = vi.Clean(*in.Rating)
	}
	return out
}

func flag(on bool) string {
	if on {
		return "1"
	}
	return ""
}

// cells gives everything typed into the report, blank cells left out.
func (s Sheet) cells() edits {
	out := edits{}
	for code, v := range s.Values {
		if ind, ok := ByCode(code); ok && !ind.Computed() {
			out.put(code, v.cell())
		}
	}
	for code, text := range s.Notes {
		out.put(NoteField(code), text)
	}
	for key, e := range s.Explanations {
		out.put(ExplainField(key), e.Text)
	}
	for _, n := range s.Narrative {
		out.put(TextField(n.Slot), n.Text)
	}
	for code, v := range s.NextTargets {
		out.put(TargetField(code), v.cell())
	}
	out.put(keyFinal, flag(s.Report.Final))
	out.put(keyRating, s.Report.Rating)
	return out
}

func (e edits) put(key, content string) {
	if content != "" {
		e[key] = content
	}
}

// merge compares what was opened, what is typed and what stands now, cell by cell. Cells that only this form changed are
// applied; a cell that both changed to different things is a clash.
func merge(opened, mine, now edits) (apply edits, clashes []string) {
	apply = edits{}
	for _, key := range slices.Sorted(maps.Keys(mine)) {
		switch content := mine[key]; {
		case content == opened[key] || content == now[key]:
		case opened[key] == now[key]:
			apply[key] = content
		default:
			clashes = append(clashes, key)
		}
	}
	return apply, clashes
}

// admit holds changed cells against the form and against what is open for editing.
func (s Sheet) admit(apply edits, in Input, official bool) error {
	var p fault.Problems
	for _, key := range slices.Sorted(maps.Keys(apply)) {
		if problem := s.refuse(key, in, official); problem != "" {
			p.Add(key, problem)
		}
	}
	return p.Err()
}

const sayUnknown = "Ô này không có trong biểu của năm nay. Ông/bà tải lại trang."

func (s Sheet) refuse(key string, in Input, official bool) string {
	prefix, rest := cutKey(key)
	switch prefix {
	case notePrefix:
		if _, ok := s.row(rest); !ok {
			return sayUnknown
		}
		return s.lockOf(rest)
	case targetPrefix:
		if problem := s.refuseFigure(rest, in.NextTargets[rest]); problem != "" {
			return problem
		}
		return s.lockOf(string(SectionTargets))
	case explainPrefix:
		return ""
	case textPrefix:
		var slot Slot
		if slot.UnmarshalText([]byte(rest)) != nil || !slot.Known() {
			return sayUnknown
		}
		return s.lockOf(string(slot.Section))
	case keyFinal:
		return ""
	case keyRating:
		if !official {
			return "Xếp loại hội do phường ghi."
		}
		return ""
	}
	if problem := s.refuseFigure(key, in.Values[key]); problem != "" {
		return problem
	}
	return s.lockOf(key)
}

// cutKey parts a key into its kind and the rest; a bare indicator has the kind "".
func cutKey(key string) (prefix, rest string) {
	if key == keyFinal || key == keyRating {
		return key, ""
	}
	for _, prefix := range []string{notePrefix, explainPrefix, textPrefix, targetPrefix} {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			return prefix, rest
		}
	}
	return "", key
}

func (s Sheet) row(code string) (Indicator, bool) {
	i := slices.IndexFunc(s.Rows, func(ind Indicator) bool { return ind.Code == code })
	if i < 0 {
		return Indicator{}, false
	}
	return s.Rows[i], true
}

func (s Sheet) refuseFigure(code string, v Value) string {
	ind, ok := s.row(code)
	n, whole := v.Int()
	switch {
	case !ok:
		return sayUnknown
	case ind.Computed():
		return "Số này do máy tính từ các số khác, không nhập tay."
	case v.Answer() == Number && !whole:
		return sayWhole
	case n > MaxFigure || n < -MaxFigure:
		return sayTooLarge
	case n < 0 && !ind.Signed:
		return sayNegative
	}
	return ""
}

func (s Sheet) lockOf(code string) string {
	if lock := s.Editing.Field(code); lock != nil {
		return lock.Text()
	}
	return ""
}

// editedSentence says in one sentence what a save did.
func editedSentence(apply edits) string {
	keys := slices.Sorted(maps.Keys(apply))
	if len(keys) == 0 {
		return "Ghi thông tin bản giấy"
	}
	var names []string
	for _, key := range keys[:min(3, len(keys))] {
		names = append(names, lowerFirst(KeyLabel(key)))
	}
	more := ""
	if len(keys) > 3 {
		more = fmt.Sprintf(" và %d ô khác", len(keys)-3)
	}
	return fmt.Sprintf("Nhập, sửa %d ô: %s%s", len(keys), strings.Join(names, ", "), more)
}
