package ui_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// render draws a part and hands back its HTML.
func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var buf bytes.Buffer
	if err := c.Render(context.Background(), &buf); err != nil {
		t.Fatalf("render: %v", err)
	}
	return buf.String()
}

// with gives a part the children it has in a templ file.
func with(outer templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, templ.Join(children...)), w)
	})
}

func text(s string) templ.Component { return templ.Raw(html.EscapeString(s)) }

// page is the tree of a rendered part with the questions the tests ask of it.
type page struct {
	t    *testing.T
	root *html.Node
}

func parse(t *testing.T, src string) page {
	t.Helper()
	root, err := html.Parse(strings.NewReader(src))
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	return page{t, root}
}

func (p page) each(f func(*html.Node)) {
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode {
			f(n)
		}
	}
}

func (p page) find(match func(*html.Node) bool) *html.Node {
	p.t.Helper()
	var found *html.Node
	p.each(func(n *html.Node) {
		if found == nil && match(n) {
			found = n
		}
	})
	if found == nil {
		p.t.Fatal("no such element")
	}
	return found
}

func (p page) byID(id string) *html.Node {
	p.t.Helper()
	return p.find(func(n *html.Node) bool { return get(n, "id") == id })
}

func get(n *html.Node, key string) string {
	v, _ := lookup(n, key)
	return v
}

func lookup(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// check is what holds for every part: the strict policy, unique ids, ids that lead somewhere,
// a label for every control, a name for every picture and button.
func check(t *testing.T, src string) page {
	t.Helper()
	p := parse(t, src)
	for _, fault := range faults(p) {
		t.Error(fault)
	}
	return p
}

func faults(p page) []string {
	var out []string
	ids, labels := map[string]int{}, map[string]bool{}
	p.each(func(n *html.Node) {
		if id, ok := lookup(n, "id"); ok {
			ids[id]++
		}
		if n.DataAtom == atom.Label {
			labels[get(n, "for")] = words(n) != ""
		}
	})
	for id, n := range ids {
		if n > 1 || id == "" {
			out = append(out, "id used more than once or empty: "+id)
		}
	}
	p.each(func(n *html.Node) {
		out = append(out, policyFaults(n)...)
		out = append(out, referenceFaults(n, ids)...)
		out = append(out, nameFaults(n, labels)...)
	})
	return out
}

func policyFaults(n *html.Node) (out []string) {
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			out = append(out, "inline "+a.Key+" on "+n.Data)
		}
		if (a.Key == "href" || a.Key == "action" || a.Key == "src") && strings.HasPrefix(strings.ToLower(a.Val), "javascript:") {
			out = append(out, "script address on "+n.Data)
		}
	}
	if n.DataAtom == atom.Style || n.DataAtom == atom.Script && get(n, "src") == "" {
		out = append(out, "inline "+n.Data)
	}
	return out
}

func referenceFaults(n *html.Node, ids map[string]int) (out []string) {
	for _, key := range []string{"aria-describedby", "aria-labelledby", "aria-controls", "for", "data-copy"} {
		v, ok := lookup(n, key)
		if ok && strings.TrimSpace(v) == "" {
			out = append(out, "empty "+key+" on "+n.Data)
		}
		for _, id := range strings.Fields(v) {
			if ids[id] == 0 {
				out = append(out, key+" leads nowhere: "+id)
			}
		}
	}
	if target, ok := strings.CutPrefix(get(n, "href"), "#"); ok && n.DataAtom == atom.A && ids[target] == 0 {
		out = append(out, "link leads nowhere: #"+target)
	}
	return out
}

func nameFaults(n *html.Node, labels map[string]bool) (out []string) {
	switch n.DataAtom {
	case atom.Input, atom.Select, atom.Textarea:
		if get(n, "type") != "hidden" && !labels[get(n, "id")] {
			out = append(out, "control without a label: "+get(n, "name"))
		}
	case atom.Button, atom.A:
		if words(n) == "" && get(n, "aria-label") == "" && get(n, "aria-hidden") == "" {
			out = append(out, "without words: "+n.Data)
		}
	case atom.Img:
		if _, ok := lookup(n, "alt"); !ok {
			out = append(out, "picture without alt")
		}
	case atom.Svg:
		if get(n, "aria-hidden") != "true" && get(n, "aria-label") == "" {
			out = append(out, "drawing without a name")
		}
	case atom.Table:
		if n.FirstChild == nil || !hasCaption(n) {
			out = append(out, "table without a caption")
		}
	}
	return out
}

func hasCaption(table *html.Node) bool {
	for c := range table.ChildNodes() {
		if c.DataAtom == atom.Caption && words(c) != "" {
			return true
		}
	}
	return false
}

// The checker itself must see what it looks for, or every other test here is empty.
func TestCheckerSeesFaults(t *testing.T) {
	t.Parallel()
	for name, src := range map[string]string{
		"inline style":       `<p style="color:red">Báo cáo</p>`,
		"handler":            `<button onclick="x()">Lưu</button>`,
		"inline script":      `<script>1</script>`,
		"script address":     `<a href="javascript:x()">Lưu</a>`,
		"same id twice":      `<p id="a"></p><p id="a"></p>`,
		"lost description":   `<p aria-describedby="b">Tên</p>`,
		"lost link":          `<a href="#c">Ông/bà cần nhập họ và tên</a>`,
		"no label":           `<input name="ten" id="ten">`,
		"label without text": `<label for="ten"></label><input name="ten" id="ten">`,
		"silent button":      `<button></button>`,
		"picture":            `<img src="a.svg">`,
		"drawing":            `<svg></svg>`,
		"table":              `<table><tbody><tr><td>1</td></tr></tbody></table>`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if len(faults(parse(t, src))) == 0 {
				t.Errorf("nothing found in %s", src)
			}
		})
	}
	if got := faults(parse(t, `<label for="ten">Họ và tên</label><input name="ten" id="ten">`)); len(got) != 0 {
		t.Errorf("faults in clean HTML: %v", got)
	}
}
