package publicui

import (
	"context"
	"encoding/xml"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/media"
	"wardportal/internal/news"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
)

func seconds(d time.Duration) string { return strconv.Itoa(int(d.Seconds())) }

// photo serves a picture in the nearest width. The bytes of an id and width never change, so browsers keep them for good;
// a photo that no published page shows is not there.
func (p pages) photo(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	id, err := kit.PathID[authz.MediaID](r, "id")
	if err != nil {
		return kit.Reply{}, err
	}
	width, err := kit.PathID[authz.MediaID](r, "width")
	if err != nil || width > 10_000 {
		return kit.Reply{}, fault.Missing()
	}
	f, err := media.Read(r.Context(), tx, id, int(width))
	if err != nil {
		return kit.Reply{}, err
	}
	return kit.Inline("image/jpeg", func(_ context.Context, w io.Writer) error {
		_, err := w.Write(f.Body)
		return err
	}).Header("Cache-Control", "public, max-age=31536000, immutable").Header("ETag", f.ETag).Header("Content-Length", strconv.Itoa(len(f.Body))), nil
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemap lists every public page with the day of its last change where one is known.
func (p pages) sitemap(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	articles, err := news.Addresses(r.Context(), tx, 20_000)
	if err != nil {
		return kit.Reply{}, err
	}
	doc := struct {
		XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []sitemapURL `xml:"url"`
	}{}
	for _, path := range []string{href.Home, href.About, href.News, href.Category(notices), href.Associations, href.Calendar, href.Statistics, href.Letters, href.Contact, href.Accessibility, href.Privacy} {
		doc.URLs = append(doc.URLs, sitemapURL{Loc: p.kit.Absolute(path)})
	}
	for _, a := range p.kit.FactsOf(r.Context()).Associations {
		doc.URLs = append(doc.URLs, sitemapURL{Loc: p.kit.Absolute(href.Association(a.Slug))})
	}
	for _, a := range articles {
		doc.URLs = append(doc.URLs, sitemapURL{Loc: p.kit.Absolute(href.Article(a.Slug)), LastMod: a.UpdatedAt.In(vi.Location()).Format(time.DateOnly)})
	}
	return kit.Inline("application/xml; charset=utf-8", func(_ context.Context, w io.Writer) error {
		if _, err := io.WriteString(w, xml.Header); err != nil {
			return err
		}
		return xml.NewEncoder(w).Encode(doc)
	}), nil
}

// robots keeps crawlers out of the workplace and of endless search pages.
func (p pages) robots(*http.Request, *db.Tx) (kit.Reply, error) {
	text := strings.Join([]string{"User-agent: *", "Disallow: " + href.Work, "Disallow: " + href.SignIn, "Disallow: " + href.Search, "",
		"Sitemap: " + p.kit.Absolute(href.Sitemap), ""}, "\n")
	return kit.Inline("text/plain; charset=utf-8", writes(text)), nil
}
