package publicui

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/gorilla/feeds"

	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/news"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// notices is the shelf that has a menu entry of its own.
const notices = "thong-bao"

const newsPerPage = 12

// newsLine is an article in a list.
type newsLine struct {
	URL, Title, Lead, ISO, When string
	Tags                        []string
}

func newsLines(rows []news.Row) []newsLine {
	lines := make([]newsLine, 0, len(rows))
	for _, r := range rows {
		lines = append(lines, newsLine{URL: href.Article(r.Slug), Title: r.Title, ISO: isoDay(r.PublishedAt), When: vi.ShortDate(r.PublishedAt), Tags: tags(r)})
	}
	return lines
}

// tags names the associations of an article; a ward-wide one shows its shelf instead of a row of names.
func tags(r news.Row) []string {
	if len(r.Associations) == 0 || len(r.Associations) > 2 {
		return []string{news.CategoryName(r.Category)}
	}
	return r.Associations
}

// viewWords says nothing about an article that nobody has been counted at yet.
func viewWords(n int) string {
	if n == 0 {
		return ""
	}
	return vi.Int(n) + " lượt xem"
}

type newsListView struct {
	Title string
	Chips []ui.Chip
	Lines []newsLine
	Pager ui.PagerLinks
	Empty string
}

func (p pages) noticeList(*http.Request, *db.Tx) (kit.Reply, error) {
	return kit.Moved(href.Category(notices)), nil
}

func (p pages) newsList(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	q := r.URL.Query()
	category := q.Get("chuyen-muc")
	name := news.CategoryName(category)
	if category != "" && name == "" {
		return kit.Reply{}, fault.Missing()
	}
	after, err := news.ParseCursor(q.Get("sau"))
	if err != nil {
		return kit.Reply{}, err
	}
	page, err := news.List(r.Context(), tx, news.Filter{Category: category, After: after}, newsPerPage)
	if err != nil {
		return kit.Reply{}, err
	}
	v := newsListView{Title: "Tin tức", Lines: newsLines(page.Rows), Empty: "Chưa có tin nào."}
	if name != "" {
		v.Title, v.Empty = name, "Chuyên mục này chưa có tin nào."
	}
	for i, row := range page.Rows {
		v.Lines[i].Lead = row.Lead
	}
	v.Chips = shelves(category)
	v.Pager = pager(category, after, page)
	out := kit.PublicPage{Title: v.Title, Active: href.News, Path: href.News, NoIndex: after.ID != 0,
		Description: v.Title + " của các hội đặc thù " + p.kit.FactsOf(r.Context()).Ward.Name + "."}
	if category != "" {
		out.Path = href.Category(category)
	}
	if category == notices {
		out.Active = href.Category(notices)
	}
	return kit.Public(out, newsListBody(v)), nil
}

func shelves(active string) []ui.Chip {
	chips := []ui.Chip{{Label: "Tất cả", URL: href.News, Active: active == ""}}
	for _, c := range news.Categories {
		chips = append(chips, ui.Chip{Label: c.Name, URL: href.Category(c.Code), Active: c.Code == active})
	}
	return chips
}

func pager(category string, after news.Cursor, page news.Page) ui.PagerLinks {
	links := ui.PagerLinks{Label: "Các trang tin", NextLabel: "Xem tin cũ hơn"}
	if after.ID != 0 {
		links.FirstURL = href.With(href.News, "chuyen-muc", category)
	}
	if page.Next.ID != 0 {
		links.NextURL = href.With(href.News, "chuyen-muc", category, "sau", page.Next.String())
	}
	return links
}

type articleView struct {
	Trail        []ui.Link
	Article      ui.ArticleView
	Related      []newsLine
	Newer, Older *ui.Link
}

func (p pages) article(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	a, err := news.ReadArticle(r.Context(), tx, chi.URLParam(r, "slug"))
	if err != nil {
		return kit.Reply{}, err
	}
	if a.MovedTo != "" {
		return kit.Moved(href.Article(a.MovedTo)), nil
	}
	page := kit.PublicPage{Title: a.Title, Active: href.News, Path: href.Article(a.Slug), Description: shorten(a.Lead, 160),
		Article: true, Published: isoTime(a.PublishedAt)}
	if a.Category == notices {
		page.Active = href.Category(notices)
	}
	if len(a.Photos) > 0 {
		page.Image, page.ImageAlt = href.Photo(a.Photos[0].ID, 1200), a.Photos[0].Alt
	}
	ward, id := tx.Who().Ward, a.ID
	return kit.Public(page, articleBody(showArticle(a))).Served(func(r *http.Request) {
		if r.Method == http.MethodGet && p.kit.Token(r) == "" { // signed-in people are staff: their readings do not count
			p.views.Seen(ward, id, kit.AddressOf(r.Context()), r.UserAgent())
		}
	}), nil
}

func showArticle(a news.Article) articleView {
	v := articleView{
		Trail: []ui.Link{{Label: "Trang chủ", URL: href.Home}, {Label: "Tin tức", URL: href.News}, {Label: shorten(a.Title, 40)}},
		Article: ui.ArticleView{Kicker: news.CategoryName(a.Category), Title: a.Title, ISO: isoTime(a.PublishedAt), When: vi.ShortDateTime(a.PublishedAt),
			Byline: a.Byline, Views: viewWords(a.ViewCount), Lead: a.Lead, Blocks: ui.Prose(blocks(a))},
		Related: newsLines(a.Related),
	}
	if a.SourceName != "" {
		v.Article.Source = &ui.Link{Label: a.SourceName, URL: a.SourceURL}
		if a.SourceDate != nil {
			v.Article.SourceOn = vi.ShortDate(*a.SourceDate)
		}
	}
	if len(a.Associations) <= 3 {
		for _, s := range a.Associations {
			v.Article.About = append(v.Article.About, ui.Link{Label: s.Name, URL: href.Association(s.Slug)})
		}
	}
	if a.Newer != nil {
		v.Newer = &ui.Link{Label: a.Newer.Title, URL: href.Article(a.Newer.Slug)}
	}
	if a.Older != nil {
		v.Older = &ui.Link{Label: a.Older.Title, URL: href.Article(a.Older.Slug)}
	}
	return v
}

// blocks draws the body with its photos.
func blocks(a news.Article) []ui.ArticleBlock {
	var out []ui.ArticleBlock
	for _, b := range news.Place(a.HTML, len(a.Photos)) {
		if b.Photo == 0 {
			out = append(out, ui.ArticleBlock{HTML: b.HTML})
			continue
		}
		ph := a.Photos[b.Photo-1]
		pic := picture(ph.ID, ph.Width, ph.Height, ph.Widths, ph.Alt, "(min-width: 48em) 40rem, 100vw")
		pic.Lazy = len(out) > 2
		out = append(out, ui.ArticleBlock{Figure: &ui.FigureView{Picture: pic, Caption: ph.Caption, Credit: ph.Credit}})
	}
	return out
}

const feedLength = 30

// feed is the Atom feed of all news.
func (p pages) feed(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	page, err := news.List(r.Context(), tx, news.Filter{}, feedLength)
	if err != nil {
		return kit.Reply{}, err
	}
	w := p.kit.FactsOf(r.Context()).Ward
	f := &feeds.Feed{Title: "Tin các hội đặc thù " + w.Name, Link: &feeds.Link{Href: p.kit.Absolute(href.News)}, Id: p.kit.Absolute(href.Feed),
		Author: &feeds.Author{Name: "Ủy ban nhân dân " + w.Name}, Updated: w.CreatedAt}
	for i, row := range page.Rows {
		if i == 0 {
			f.Updated = row.PublishedAt
		}
		address := p.kit.Absolute(href.Article(row.Slug))
		f.Items = append(f.Items, &feeds.Item{Title: row.Title, Link: &feeds.Link{Href: address}, Id: address, Description: row.Lead,
			Created: row.PublishedAt.In(vi.Location()), Updated: row.PublishedAt.In(vi.Location())})
	}
	text, err := f.ToAtom()
	if err != nil {
		return kit.Reply{}, err
	}
	return kit.Inline("application/atom+xml; charset=utf-8", writes(text)).Header("Cache-Control", "public, max-age="+seconds(5*time.Minute)), nil
}

func writes(text string) func(context.Context, io.Writer) error {
	return func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}
