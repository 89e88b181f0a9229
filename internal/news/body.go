package news

import (
	"html"
	"regexp"
	"strconv"
	"strings"

	"github.com/microcosm-cc/bluemonday"
)

// Writers type plain text. An empty line ends a paragraph; a line that starts with "## " is a heading; lines that start
// with "- " or "1. " make a list; a line "[ảnh 2]" places the second photo; addresses become links. Nothing else is markup:
// a tag that was typed or pasted shows as the characters it is.

var (
	address   = regexp.MustCompile(`https?://[\p{L}\p{N}][^\s<>"]*`)
	numbered  = regexp.MustCompile(`^\d{1,3}[.)] +`)
	photoLine = regexp.MustCompile(`(?i)^\[(?:ảnh|anh) *(\d{1,2})\]$`)
	photoMark = regexp.MustCompile(`(?m)^\[\[(\d{1,2})\]\]$`)
)

// policy is the second fence: whatever Render would let through by mistake, these elements alone reach a page.
var policy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "h2", "h3", "ul", "ol", "li", "strong", "em", "br")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnFullyQualifiedLinks(true)
	return p
}()

// Render turns what a writer typed into safe HTML of bare elements without classes. Photo places stay as lines "[[2]]"
// that Split finds again.
func Render(text string) string {
	r := renderer{}
	for _, line := range strings.Split(text, "\n") {
		r.line(strings.TrimSpace(line))
	}
	r.close()
	return policy.Sanitize(r.out.String())
}

type renderer struct {
	out  strings.Builder
	open string // "", "p", "ul" or "ol"
}

func (r *renderer) line(s string) {
	switch {
	case s == "":
		r.close()
	case photoLine.MatchString(s):
		r.close()
		n, _ := strconv.Atoi(photoLine.FindStringSubmatch(s)[1]) // one or two digits
		r.out.WriteString("[[" + strconv.Itoa(n) + "]]\n")
	case strings.HasPrefix(s, "## "):
		r.close()
		r.out.WriteString("<h2>" + inline(strings.TrimSpace(s[3:])) + "</h2>\n")
	case strings.HasPrefix(s, "- "), strings.HasPrefix(s, "+ "):
		r.item("ul", s[2:])
	case numbered.MatchString(s):
		r.item("ol", s[len(numbered.FindString(s)):])
	case r.open == "p":
		r.out.WriteString("<br>" + inline(s))
	default:
		r.close()
		r.open = "p"
		r.out.WriteString("<p>" + inline(s))
	}
}

func (r *renderer) item(list, s string) {
	if r.open != list {
		r.close()
		r.open = list
		r.out.WriteString("<" + list + ">")
	}
	r.out.WriteString("<li>" + inline(strings.TrimSpace(s)) + "</li>")
}

func (r *renderer) close() {
	if r.open != "" {
		r.out.WriteString("</" + r.open + ">\n")
		r.open = ""
	}
}

// inline escapes a line and links its addresses; punctuation that ends a sentence is not part of an address.
func inline(s string) string {
	var b strings.Builder
	for {
		at := address.FindStringIndex(s)
		if at == nil {
			b.WriteString(html.EscapeString(s))
			return b.String()
		}
		link := strings.TrimRight(s[at[0]:at[1]], ".,;:!?)]}'’”")
		b.WriteString(html.EscapeString(s[:at[0]]))
		b.WriteString(`<a href="` + html.EscapeString(link) + `">` + html.EscapeString(link) + `</a>`)
		s = s[at[0]+len(link):]
	}
}

// Block is a piece of an article's body: safe HTML, or the place of a photo.
type Block struct {
	HTML  string
	Photo int // 1-based number of a photo; 0 for a block of text
}

// Split cuts rendered HTML at its photo places. Places of photos beyond count are dropped.
func Split(rendered string, count int) []Block {
	var blocks []Block
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			blocks = append(blocks, Block{HTML: s})
		}
	}
	from := 0
	for _, m := range photoMark.FindAllStringSubmatchIndex(rendered, -1) {
		add(rendered[from:m[0]])
		if n, _ := strconv.Atoi(rendered[m[2]:m[3]]); n >= 1 && n <= count {
			blocks = append(blocks, Block{Photo: n})
		}
		from = m[1]
	}
	add(rendered[from:])
	return blocks
}

// Place puts count photos into a body: where the writer placed them, the lead photo first when it was not placed, the
// others after the text. Every photo comes exactly once.
func Place(rendered string, count int) []Block {
	placed := make([]bool, count+1)
	var text, out []Block
	for _, b := range Split(rendered, count) {
		if b.Photo > 0 && placed[b.Photo] {
			continue
		}
		placed[b.Photo] = true
		text = append(text, b)
	}
	if count > 0 && !placed[1] {
		placed[1] = true
		out = append(out, Block{Photo: 1})
	}
	out = append(out, text...)
	for n := 2; n <= count; n++ {
		if !placed[n] {
			out = append(out, Block{Photo: n})
		}
	}
	return out
}
