package e2e

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"wardportal/internal/portal/portaltest"
)

// seenForm is a form that somebody meets in the workplace, with its fields as the browser would send them.
type seenForm struct {
	page, action string
	upload       bool
	fields       url.Values
	texts        []string // names of boxes and text areas
	dates        []string // names of groups of day, month and year
	numbers      []string // hidden fields and lists that hold an id
	choices      []string // lists and radio buttons
}

func (f seenForm) kind() string { return kindOf(f.action) }

// kindOf is a path without its ids and slugs, so that one page of each kind is visited.
func kindOf(path string) string { return ids.ReplaceAllString(path, "N") }

var ids = regexp.MustCompile(`\d+|nguoi-cao-tuoi|khuyen-hoc|chat-doc-da-cam|thanh-nien-xung-phong|tu-yeu-nuoc`)

// unwanted addresses end the session, switch the reader or are files.
var unwanted = regexp.MustCompile(`^/dang-|/tai-khoan/phien|/co-chu|\.(xlsx|docx|pdf|atom|ics)$|/anh`)

// walk follows the links of the workplace from page to page, at most perKind pages of a kind, and gives the paths it saw
// and one form of each kind.
func walk(t *testing.T, b *portaltest.Browser, perKind int) (paths []string, forms []seenForm) {
	t.Helper()
	queue, seen, kinds, got := []string{"/quan-ly"}, map[string]bool{"/quan-ly": true}, map[string]int{}, map[string]bool{}
	for len(queue) > 0 && len(paths) < 400 {
		path := queue[0]
		queue = queue[1:]
		page := b.Get(t, path)
		if page.Doc == nil {
			if page.Location != "" && strings.HasPrefix(page.Location, "/quan-ly") && !seen[page.Location] {
				seen[page.Location] = true
				queue = append(queue, page.Location)
			}
			continue
		}
		paths = append(paths, path)
		for _, n := range page.Find("form", "method", "post") {
			f := readForm(n)
			f.page = path
			if key := f.kind() + strings.Join(f.texts, ","); !unwanted.MatchString(f.action) && !got[key] {
				got[key] = true
				forms = append(forms, f)
			}
		}
		for _, a := range page.Find("a", "href", "") {
			to, _ := portaltest.Attr(a, "href")
			to, _, _ = strings.Cut(to, "#")
			if !strings.HasPrefix(to, "/quan-ly") || seen[to] || unwanted.MatchString(to) || strings.Contains(to, "sau=") {
				continue
			}
			seen[to] = true
			if kind := kindOf(to); kinds[kind] < perKind {
				kinds[kind]++
				queue = append(queue, to)
			}
		}
	}
	return paths, forms
}

func readForm(form *html.Node) seenForm {
	f := seenForm{fields: url.Values{}}
	f.action, _ = portaltest.Attr(form, "action")
	enc, _ := portaltest.Attr(form, "enctype")
	f.upload = enc == "multipart/form-data"
	add := func(list *[]string, name string) {
		if !slices.Contains(*list, name) {
			*list = append(*list, name)
		}
	}
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		name, _ := portaltest.Attr(n, "name")
		value, _ := portaltest.Attr(n, "value")
		kind, _ := portaltest.Attr(n, "type")
		_, checked := portaltest.Attr(n, "checked")
		switch {
		case n.Type != html.ElementNode || name == "":
		case n.Data == "input" && kind == "hidden":
			f.fields.Add(name, value)
			if name != "version" && allDigits(value) {
				add(&f.numbers, name)
			}
		case n.Data == "input" && (kind == "radio" || kind == "checkbox"):
			add(&f.choices, name)
			if checked {
				f.fields.Add(name, value)
			}
		case n.Data == "input" && kind == "file":
		case n.Data == "input":
			f.fields.Add(name, value)
			if group, ok := strings.CutSuffix(name, "-nam"); ok {
				add(&f.dates, group)
			} else if !strings.HasSuffix(name, "-ngay") && !strings.HasSuffix(name, "-thang") {
				add(&f.texts, name)
			}
		case n.Data == "textarea":
			if n.FirstChild != nil {
				f.fields.Add(name, n.FirstChild.Data)
			} else {
				f.fields.Add(name, "")
			}
			add(&f.texts, name)
		case n.Data == "select":
			f.fields.Set(name, chosen(n))
			add(&f.choices, name)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(form)
	return f
}

func chosen(list *html.Node) string {
	first, some := "", false
	for o := list.FirstChild; o != nil; o = o.NextSibling {
		if o.Type != html.ElementNode || o.Data != "option" {
			continue
		}
		v, _ := portaltest.Attr(o, "value")
		if _, on := portaltest.Attr(o, "selected"); on {
			return v
		}
		if !some {
			first, some = v, true
		}
	}
	return first
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// with is the form's fields, some of them replaced, under a key of its own.
func (f seenForm) with(pairs ...string) url.Values {
	out := url.Values{}
	for name, values := range f.fields {
		out[name] = slices.Clone(values)
	}
	if out.Has("_khoa") {
		out.Set("_khoa", freshKey())
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}
