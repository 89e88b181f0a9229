package ui

import (
	"strings"

	"github.com/a-h/templ"
)

// Picture is a stored photo in its fixed widths. Width and height are set so that nothing moves while it loads.
type Picture struct {
	Src    string // the middle width, for old browsers
	SrcSet string // "/anh/7-360 360w, /anh/7-720 720w"
	Sizes  string // how wide it is shown: "(min-width: 48em) 40rem, 100vw"
	Width  int    // of the largest size
	Height int
	Alt    string // "" only where a link beside it says the same
	Lazy   bool   // below the fold
}

// FigureView is a picture with its words.
type FigureView struct {
	Picture Picture
	Caption string
	Credit  string
}

// words are caption and credit as two sentences.
func (f FigureView) words() string {
	return strings.TrimSpace(sentence(f.Caption) + " " + sentence(f.Credit))
}

// sentence closes a text with a full stop where it has no ending of its own.
func sentence(s string) string {
	if s = strings.TrimSpace(s); s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}

// ArticleBlock is a piece of an article: HTML that was sanitised when it was written, or a figure.
type ArticleBlock struct {
	HTML   string
	Figure *FigureView
}

// ArticleView is an article as residents read it; the newsroom's preview draws the same.
type ArticleView struct {
	Kicker   string // the category
	Title    string
	ISO      string // RFC 3339; empty = not yet published
	When     string // "04/12/2023 16:54"
	Byline   string // "NVN, MD"
	Views    string // "150 lượt xem"; empty = not shown
	Lead     string
	Blocks   []ArticleBlock
	Source   *Link // URL may be empty: a name only
	SourceOn string
	About    []Link // associations it is about
}

// lazy lets the browser wait with pictures far down the page.
func lazy(on bool) templ.Attributes {
	if on {
		return templ.Attributes{"loading": "lazy"}
	}
	return nil
}

// prose gives bare elements the classes of the design. The text between them is escaped, so a replacement never meets it.
var prose = strings.NewReplacer(
	"<p>", `<p class="govuk-body">`,
	"<h2>", `<h2 class="govuk-heading-m">`,
	"<h3>", `<h3 class="govuk-heading-s">`,
	"<ul>", `<ul class="govuk-list govuk-list--bullet">`,
	"<ol>", `<ol class="govuk-list govuk-list--number govuk-list--spaced">`,
	"<a href=", `<a class="govuk-link" href=`,
)

// Prose dresses the HTML blocks of an article.
func Prose(blocks []ArticleBlock) []ArticleBlock {
	for i, b := range blocks {
		blocks[i].HTML = prose.Replace(b.HTML)
	}
	return blocks
}
