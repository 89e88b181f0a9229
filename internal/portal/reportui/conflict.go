package reportui

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"wardportal/internal/db"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// conflictView is the page of three columns after somebody else saved the same cells.
type conflictView struct {
	Action, Version, Lead, Open string
	Compare                     ui.ConflictView
	Hidden                      []ui.Pair // everything that was typed
}

// conflict shows the cells that both changed, and takes along what was typed besides, later among it; where there are none the report has moved on, and the form says why it is locked.
func (p pages) conflict(in report.Input, later map[string]report.Value, failed error) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		s, err := p.load(r, tx)
		if err != nil {
			return kit.Reply{}, err
		}
		clashes, err := report.Clashes(r.Context(), tx, in)
		if err != nil {
			return kit.Reply{}, err
		}
		if len(clashes) == 0 {
			return formPage(r, s, failed), nil
		}
		opened, err := report.AtVersion(r.Context(), tx, in.Year, in.Association, in.Version)
		if err != nil {
			return kit.Reply{}, err
		}
		if len(later) > 0 {
			in.Values = maps.Clone(in.Values)
			maps.Copy(in.Values, later)
		}
		v := buildConflict(s, input(r.PostForm).changed(in, opened), clashes)
		return kit.Work(kit.WorkPage{Title: "Có người vừa sửa cùng báo cáo này", Active: href.Reports, Trail: s.trail("Chọn số liệu"), Failed: true}, conflictBody(v)), nil
	}
}

// changed keeps of a posted form what the person changed: cells that still say what they said at the opening would, under
// the version of now, undo what others did to them.
func (in input) changed(parsed report.Input, opened map[string]string) input {
	out := input{"muc": {in.get("muc")}}
	keep := func(name, content string) {
		if content == opened[name] {
			return
		}
		for _, prefix := range []string{"", answerPrefix, aboutPrefix, proposalPrefix} {
			if in.has(prefix + name) {
				out[prefix+name] = []string{in.get(prefix + name)}
			}
		}
	}
	for code, v := range parsed.Values {
		keep(code, cellOfValue(v))
	}
	for code, v := range parsed.NextTargets {
		keep(report.TargetField(code), cellOfValue(v))
	}
	for slot, text := range parsed.Texts {
		keep(report.TextField(slot), text)
	}
	for key, e := range parsed.Explanations {
		keep(report.ExplainField(key), e.Text)
		if name := report.ExplainField(key); out.has(name) {
			out[aboutPrefix+key] = []string{e.About}
		}
	}
	return out
}

func cellOfValue(v report.Value) string {
	text, _ := v.MarshalText() // cannot fail
	return string(text)
}

// yield takes cells out of the input that only seem to clash: what the books proposed and nobody touched here gives way to
// what somebody else wrote; what somebody else merely confirmed as proposed gives way to what was typed here, which the
// caller saves after the rest.
func (in input) yield(parsed *report.Input, clashes []report.Clash) (later map[string]report.Value, some bool) {
	later = map[string]report.Value{}
	for _, c := range clashes {
		v, typed := parsed.Values[c.Key]
		proposal := in.get(proposalPrefix + c.Key)
		switch {
		case !typed || proposal == "":
			continue
		case in.get(c.Key) == proposal:
		case c.Now == proposal:
			later[c.Key] = v
		default:
			continue
		}
		delete(parsed.Values, c.Key)
		some = true
	}
	return later, some
}

func buildConflict(s sheet, typed input, clashes []report.Clash) conflictView {
	v := conflictView{Action: s.url(), Version: itoa(s.Report.Version), Open: href.With(s.url(), "muc", typed.get("muc"))}
	last := clashes[0]
	v.Lead = last.ByName + " đã lưu báo cáo của " + s.Association.Name + " lúc " + vi.ClockTime(last.At) + ", sau khi ông/bà mở trang."
	v.Compare = ui.ConflictView{
		Opened: ui.Figure{Label: "Lúc ông/bà mở", Value: "trước khi sửa"}, Mine: ui.Figure{Label: "Ông/bà nhập", Value: "chưa lưu"},
		Now: ui.Figure{Label: "Hiện nay", Value: last.ByName + " lưu lúc " + vi.ClockTime(last.At)},
	}
	for _, c := range clashes {
		v.Compare.Fields = append(v.Compare.Fields, ui.ConflictField{
			Name: c.Key, Label: c.Label, Opened: c.Opened, Mine: c.Mine, Now: c.Now, Choice: ui.ConflictMine,
		})
		v.Hidden = append(v.Hidden, ui.Pair{Name: openedPrefix + c.Key, Value: boxText(c.Key, c.Opened)})
	}
	for _, name := range slices.Sorted(maps.Keys(typed)) {
		v.Hidden = append(v.Hidden, ui.Pair{Name: name, Value: typed.get(name)})
	}
	return v
}

// boxText is a cell's content, given as people read it, as its box of the form holds it.
func boxText(key, content string) string {
	if content == report.CellText(key, "") {
		return ""
	}
	return content
}

// settle applies what was chosen on the page of three columns to the form that travelled with it: "as it is now" takes
// the field out, "as I opened it" puts the old content in.
func settle(form url.Values) {
	for name := range form {
		key, ok := strings.CutPrefix(name, choicePrefix)
		if !ok {
			continue
		}
		switch form.Get(name) {
		case ui.ConflictNow:
			form.Del(key)
		case ui.ConflictOpened:
			form.Set(key, form.Get(openedPrefix+key))
			form.Del(answerPrefix + key)
		}
		form.Del(name)
		form.Del(openedPrefix + key)
	}
}
