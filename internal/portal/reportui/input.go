package reportui

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"wardportal/internal/association"
	"wardportal/internal/fault"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
	"wardportal/internal/vi"
)

// Names of the form's fields. What people write has the key of its cell (report, cell.go), so that faults of the domain
// find their box and clashes their field; what stands beside it has a prefix of the form's own.
const (
	answerPrefix   = "tl-"   // the answer in words beside a number
	aboutPrefix    = "ve:"   // what a finding said when its explanation was written
	proposalPrefix = "goc:"  // the text that was proposed for a box
	choicePrefix   = "chon-" // what was chosen on the page of three columns
	openedPrefix   = "mo:"   // what stood there when the form was opened
)

var (
	explainPrefix = report.ExplainField("")
	targetPrefix  = report.TargetField("")
	textPrefix    = strings.TrimSuffix(report.TextField(report.Slot{}), report.Slot{}.String())
)

// input is what a form of figures posted; nil is a form that was not posted.
type input url.Values

func (in input) has(name string) bool   { _, ok := in[name]; return ok }
func (in input) get(name string) string { return url.Values(in).Get(name) }

// typedInto gives the posted form of a page that comes back, nil on a fresh one.
func typedInto(r *http.Request) input {
	if r.Method != http.MethodPost {
		return nil
	}
	return input(r.PostForm)
}

// parse reads the posted form for the report. Only posted fields are in the result; locked ones were not posted.
func parse(r *http.Request, year int, a association.ID) (report.Input, error) {
	version, err := kit.Number(r, "version")
	if err != nil || version < 0 {
		return report.Input{}, fault.New(fault.Malformed, "Trang này không còn đúng. Xin mở lại báo cáo.")
	}
	in := report.Input{
		Year: year, Association: a, Version: int(version),
		Values: map[string]report.Value{}, Explanations: map[string]report.Explanation{},
		Texts: map[report.Slot]string{}, NextTargets: map[string]report.Value{},
	}
	form := input(r.PostForm)
	var problems fault.Problems
	for name := range form {
		if err := form.read(name, &in, &problems); err != nil {
			return report.Input{}, err
		}
	}
	suggest(form.get("de-xuat"), in.Values)
	restore(form.get("lay-lai"), in.Texts)
	return in, problems.Err()
}

// read takes one posted field over.
func (in input) read(name string, out *report.Input, problems *fault.Problems) error {
	switch {
	case strings.HasPrefix(name, targetPrefix):
		return in.target(name, out, problems)
	case strings.HasPrefix(name, explainPrefix):
		key := strings.TrimPrefix(name, explainPrefix)
		out.Explanations[key] = report.Explanation{Text: vi.CleanMultiline(in.get(name)), About: in.get(aboutPrefix + key)}
	case strings.HasPrefix(name, textPrefix):
		if slot, ok := slotOf(name); ok {
			out.Texts[slot] = in.text(name)
		}
	default:
		ind, ok := report.ByCode(name)
		if !ok {
			return nil
		}
		v, err := in.value(ind)
		if err != nil {
			return problems.Merge(err)
		}
		out.Values[name] = v
	}
	return nil
}

// text reads a box of free text. A proposal that nobody touched is not written down: it goes on following the figures.
func (in input) text(name string) string {
	text := vi.CleanMultiline(in.get(name))
	if text == vi.CleanMultiline(in.get(proposalPrefix+name)) {
		return ""
	}
	return text
}

// value reads a number with the answer in words beside it: what is typed wins.
func (in input) value(ind report.Indicator) (report.Value, error) {
	if text := in.get(ind.Code); strings.TrimSpace(text) != "" {
		return report.ParseValue(ind, text)
	}
	a, ok := report.AnswerByCode(in.get(answerPrefix + ind.Code))
	if !ok || a == report.Number {
		return report.Value{}, nil
	}
	return report.Say(a), nil
}

func (in input) target(name string, out *report.Input, problems *fault.Problems) error {
	ind, ok := report.ByCode(strings.TrimPrefix(name, targetPrefix))
	if !ok {
		return nil
	}
	v, err := report.ParseValue(ind, in.get(name))
	if err != nil {
		for _, f := range fault.FieldsOf(err) {
			problems.Add(name, f.Message)
		}
		return nil
	}
	out.NextTargets[ind.Code] = v
	return nil
}

// slotOf reads a name made by report.TextField.
func slotOf(name string) (report.Slot, bool) {
	var slot report.Slot
	rest, ok := strings.CutPrefix(name, textPrefix)
	if !ok || slot.UnmarshalText([]byte(rest)) != nil || !slot.Known() {
		return report.Slot{}, false
	}
	return slot, true
}

// suggest takes over the figure of a suggestion's button, "GEN.MEM.ADJ=3".
func suggest(button string, values map[string]report.Value) {
	code, number, ok := strings.Cut(button, "=")
	n, err := strconv.ParseInt(number, 10, 64)
	if _, known := report.ByCode(code); ok && err == nil && known {
		values[code] = report.Num(n)
	}
}

// restore empties a text, so that the sentences made from the figures stand there again.
func restore(button string, texts map[report.Slot]string) {
	if slot, ok := slotOf(button); ok {
		texts[slot] = ""
	}
}
