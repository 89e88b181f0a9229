package kit

import (
	"net/http"
	"sort"
	"strconv"
	"strings"
	"time"

	"wardportal/internal/fault"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// FieldOpened carries the version that a person had opened, on the page that settles a conflict.
const FieldOpened = "mo_o_ban"

// Part is one field of a form as the page of three columns compares it: Show says its value as people read it, Take copies it.
type Part[T any] struct {
	Name, Label string
	Show        func(T) string
	Take        func(to *T, from T)
}

// Merge keeps what only one side changed. Where both changed a field it takes the posted answer ("chon-" and the field's name),
// and lists the field in open when there is none.
func Merge[T any](r *http.Request, parts []Part[T], opened, mine, now T) (merged T, open []Part[T]) {
	merged = mine
	for _, p := range parts {
		o, m, n := p.Show(opened), p.Show(mine), p.Show(now)
		if m == n || n == o {
			continue
		}
		if m == o {
			p.Take(&merged, now)
			continue
		}
		switch r.PostFormValue("chon-" + p.Name) {
		case ui.ConflictOpened:
			p.Take(&merged, opened)
		case ui.ConflictMine:
		case ui.ConflictNow:
			p.Take(&merged, now)
		default:
			open = append(open, p)
		}
	}
	return merged, open
}

// Opened gives the version that the person had opened: the form's own, or the one carried by the page of three columns.
func Opened(r *http.Request) (int, error) {
	text := r.PostFormValue(FieldOpened)
	if text == "" {
		return Version(r)
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, fault.New(fault.Malformed, "Biểu mẫu gửi lên không đọc được. Xin mở lại trang và thử lại.")
	}
	return n, nil
}

// Settles says whether the posted form comes from the page of three columns.
func Settles(r *http.Request) bool { return r.PostFormValue(FieldOpened) != "" }

// Clash is what the page of three columns says besides the fields.
type Clash struct {
	What         string // "dòng sổ này", inside a sentence
	By           string // who saved last, "" = unknown
	At, Today    time.Time
	Action, Drop string // where the form goes; where to go without saving
	Version      int    // of now
}

// Settle builds the page of three columns. Everything typed travels along in hidden fields, so nothing is lost.
func Settle[T any](r *http.Request, c Clash, parts []Part[T], opened, mine, now T) (ui.ConflictPageView, error) {
	from, err := Opened(r)
	if err != nil {
		return ui.ConflictPageView{}, err
	}
	_, open := Merge(&http.Request{}, parts, opened, mine, now)
	v := ui.ConflictPageView{Title: "Có người vừa sửa cùng nội dung này", Action: c.Action, Drop: c.Drop, Hidden: carry(r)}
	v.Hidden = append(v.Hidden, ui.Pair{Name: "version", Value: strconv.Itoa(c.Version)}, ui.Pair{Name: FieldOpened, Value: strconv.Itoa(from)})
	by := c.By
	if by == "" {
		by = "Có người"
	}
	saved := by + " đã lưu " + c.What + clock(c.At, c.Today) + ", sau khi ông/bà mở trang. "
	if len(open) == 0 {
		v.Lead = saved + "Hai bên sửa những mục khác nhau, nên giữ được cả hai."
		v.Count = "Không mục nào bị sửa trùng. Bấm lưu để giữ cả phần của ông/bà và phần vừa lưu."
	} else {
		v.Lead = saved + "Những gì ông/bà nhập vẫn còn nguyên. Hãy chọn cho từng mục rồi lưu."
		v.Count = "Những mục không bị sửa trùng đã được giữ nguyên. Còn " + strconv.Itoa(len(open)) + " mục cần chọn."
	}
	v.Columns.Opened = ui.Figure{Label: "Lúc ông/bà mở", Value: "bản trước"}
	v.Columns.Mine = ui.Figure{Label: "Ông/bà nhập", Value: "chưa lưu"}
	v.Columns.Now = ui.Figure{Label: "Hiện nay", Value: by + " lưu" + clock(c.At, c.Today)}
	for _, p := range open {
		v.Columns.Fields = append(v.Columns.Fields, ui.ConflictField{
			Name: p.Name, Label: p.Label, Opened: p.Show(opened), Mine: p.Show(mine), Now: p.Show(now), Choice: ui.ConflictMine,
		})
	}
	return v, nil
}

// clock is " lúc 09:05" today, " lúc 09:05 ngày 27/11/2026" else.
func clock(at, today time.Time) string {
	switch {
	case at.IsZero():
		return ""
	case vi.ShortDate(at) == vi.ShortDate(today):
		return " lúc " + vi.ClockTime(at)
	}
	return " lúc " + vi.ClockTime(at) + " ngày " + vi.ShortDate(at)
}

// carry takes the typed fields along as hidden inputs, in a fixed order.
func carry(r *http.Request) []ui.Pair {
	var list []ui.Pair
	for name, values := range r.PostForm {
		if name == "version" || name == FieldOpened || name == FormKey || strings.HasPrefix(name, "chon-") {
			continue
		}
		for _, v := range values {
			list = append(list, ui.Pair{Name: name, Value: v})
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}
