package publicui_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"image"
	"image/jpeg"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/media"
	"wardportal/internal/news"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const (
	conference = "/tin-tuc/hoi-nghi-tong-ket-hoat-dong-cac-hoi-dac-thu-nam-2023-va-phuong-huong-nhiem-vu"
	phone      = "Mozilla/5.0 (Linux; Android 9; SM-J600G) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Zalo android/23110"
)

var publicPages = []string{href.Home, href.About, href.Contact, href.Accessibility, href.Privacy, href.News, href.Category("thong-bao"), conference,
	href.Associations, href.Association("nguoi-cao-tuoi"), href.Association("khuyen-hoc"), href.Calendar, href.Statistics, href.Search, href.Search + "?q=hoi+vien"}

// Every public page keeps the promises of ui.md: no script, one heading, a description, light on the wire.
func TestPublicPagesAreLightAndPlain(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := s.Nobody()
	for _, path := range publicPages {
		p := b.Get(t, path).Want(t, http.StatusOK)
		p.Never(t, "<script", "style=", "onclick")
		if n := len(elements(p.Doc, "h1")); n != 1 {
			t.Errorf("%s has %d h1", path, n)
		}
		if !strings.HasPrefix(path, href.Search) && len(p.Find("meta", "name", "description")) != 1 {
			t.Errorf("%s has no description", path)
		}
		for _, img := range elements(p.Doc, "img") {
			if _, ok := portaltest.Attr(img, "alt"); !ok {
				t.Errorf("%s: a picture without alt", path)
			}
			if w, _ := portaltest.Attr(img, "width"); w == "" || w == "0" {
				t.Errorf("%s: a picture without width moves the page", path)
			}
		}
		req := request(t, s, path)
		req.Header.Set("Accept-Encoding", "br")
		res := b.Do(t, req)
		if len(res.Body) > 10_000 || res.Header.Get("Content-Encoding") != "br" {
			t.Errorf("%s: %d bytes on the wire, encoding %q", path, len(res.Body), res.Header.Get("Content-Encoding"))
		}
	}
}

func elements(n *html.Node, tag string) (found []*html.Node) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == tag {
			found = append(found, d)
		}
	}
	return found
}

func request(t *testing.T, s *portaltest.Site, path string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.Server.URL+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

func TestArticlePage(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	p := s.Nobody().Get(t, conference).Want(t, http.StatusOK, "04/12/2023 16:54", "NVN, MD", "Quang cảnh hội nghị.",
		"Đồng chí Đoàn Thị Hoa Kiều", "Tin liên quan", "Tin sau")
	og := func(name string) string {
		for _, m := range p.Find("meta", "property", name) {
			v, _ := portaltest.Attr(m, "content")
			return v
		}
		return ""
	}
	if og("og:type") != "article" || !strings.HasPrefix(og("og:image"), s.Server.URL+"/anh/") || og("og:url") != s.Server.URL+conference || og("article:published_time") != "2023-12-04T16:54:00+07:00" {
		t.Errorf("link preview: %q %q %q %q", og("og:type"), og("og:image"), og("og:url"), og("article:published_time"))
	}
	pictures := p.Find("img", "srcset", "")
	if len(pictures) != 3 {
		t.Fatalf("%d photos, want 3", len(pictures))
	}
	src, _ := portaltest.Attr(pictures[0], "src")
	photo := s.Nobody().Get(t, src)
	if photo.Status != http.StatusOK || photo.Header.Get("Content-Type") != "image/jpeg" || !strings.Contains(photo.Header.Get("Cache-Control"), "immutable") {
		t.Fatalf("photo: %d %v", photo.Status, photo.Header)
	}
	req := request(t, s, src)
	req.Header.Set("If-None-Match", photo.Header.Get("ETag"))
	if again := s.Nobody().Do(t, req); again.Status != http.StatusNotModified || again.Body != "" {
		t.Errorf("the same photo again: %d with %d bytes", again.Status, len(again.Body))
	}
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := s.Nobody()
	for _, path := range []string{"/tin-tuc/khong-co", "/tin-tuc/KHONG-CO%20", "/tin-tuc?chuyen-muc=khong-co", "/tin-tuc?sau=x", "/hoi/khong-co", "/hoi/tong-hop",
		"/anh/999999-720", "/anh/x-720", "/anh/1-x", "/anh/1-99999999", "/anh/-1-720"} {
		b.Get(t, path).Want(t, http.StatusNotFound, "Không tìm thấy")
	}
	for _, path := range []string{"/tin-tuc/a%00b", "/tim-kiem?q=%00", "/tim-kiem?q=%ff"} {
		if p := b.Get(t, path); p.Status != http.StatusBadRequest {
			t.Errorf("%q: %d", path, p.Status)
		}
	}
}

func theWard(t *testing.T, s *portaltest.Site) authz.WardID {
	t.Helper()
	return authz.WardID(s.Count(t, `select id from ward`))
}

// write adds an article as the system; publish shows it.
func write(t *testing.T, s *portaltest.Site, title string, publish bool) (id news.ID, photo media.ID) {
	t.Helper()
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, image.NewRGBA(image.Rect(0, 0, 400, 300)), nil); err != nil {
		t.Fatal(err)
	}
	prepared, err := media.Prepare(t.Context(), &buf)
	if err != nil {
		t.Fatal(err)
	}
	s.DB.As(t, authz.System(theWard(t, s), "thử"), func(ctx context.Context, tx *db.Tx) error {
		photo, err = media.Store(ctx, tx, prepared, media.Owner{Purpose: media.News})
		if err != nil {
			return err
		}
		id, err = news.Add(ctx, tx, 0, news.Content{Title: title, Lead: "Một câu mở đầu.", Body: "<b>Nội dung</b> với <script>alert(1)</script>", Category: "guong-sang", Byline: "TV",
			Photos: []news.PhotoUse{{Media: photo, Caption: "Chú thích", Alt: "Lời tả"}}})
		if err != nil || !publish {
			return err
		}
		if err := news.SubmitArticle(ctx, tx, id, 1); err != nil {
			return err
		}
		return news.PublishArticle(ctx, tx, id, 2, time.Time{})
	})
	return id, photo
}

func TestDraftsAndTheirPhotosAreNotThere(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	_, photo := write(t, s, "Bài còn là bản nháp", false)
	for _, b := range []*portaltest.Browser{s.Nobody(), sampletest.As(t, s, "bientap")} {
		b.Get(t, "/tin-tuc/bai-con-la-ban-nhap").Want(t, http.StatusNotFound)
		b.Get(t, href.Photo(photo, 360)).Want(t, http.StatusNotFound)
		b.Get(t, "/tin-tuc").Never(t, "bản nháp")
		b.Get(t, "/tim-kiem?q=ban+nhap").Never(t, "Bài còn là bản nháp")
		b.Get(t, "/tin-tuc.atom").Never(t, "bản nháp")
		b.Get(t, "/sitemap.xml").Never(t, "ban-nhap")
	}
	id, photo := write(t, s, "Bài đã đăng rồi gỡ", true)
	p := s.Nobody().Get(t, "/tin-tuc/bai-da-dang-roi-go").Want(t, http.StatusOK, "<b>Nội dung</b>")
	p.Never(t, "<script")
	s.Nobody().Get(t, href.Photo(photo, 360)).Want(t, http.StatusOK)
	s.DB.As(t, authz.System(theWard(t, s), "thử"), func(ctx context.Context, tx *db.Tx) error { return news.WithdrawArticle(ctx, tx, id, 3, "Thử gỡ") })
	s.Nobody().Get(t, "/tin-tuc/bai-da-dang-roi-go").Want(t, http.StatusNotFound)
	s.Nobody().Get(t, href.Photo(photo, 360)).Want(t, http.StatusNotFound)
}

func TestAChangedTitleLeadsOn(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	id, _ := write(t, s, "Tiêu đề ban đầu", true)
	s.DB.As(t, authz.System(theWard(t, s), "thử"), func(ctx context.Context, tx *db.Tx) error {
		w, err := news.Get(ctx, tx, id)
		if err != nil {
			return err
		}
		w.Title = "Tiêu đề về sau"
		return news.Change(ctx, tx, id, 3, w.Content)
	})
	if p := s.Nobody().Get(t, "/tin-tuc/tieu-de-ban-dau"); p.Status != http.StatusMovedPermanently || p.Location != "/tin-tuc/tieu-de-ve-sau" {
		t.Errorf("the old address: %d %s", p.Status, p.Location)
	}
}

// Residents count once a day; staff and robots never.
func TestViewsAreHonest(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	id, _ := write(t, s, "Bài để đếm lượt xem", true)
	const path = "/tin-tuc/bai-de-dem-luot-xem"
	read := func(b *portaltest.Browser, agent string) {
		req := request(t, s, path)
		req.Header.Set("User-Agent", agent)
		b.Do(t, req).Want(t, http.StatusOK)
	}
	read(s.Nobody(), phone)
	read(s.Nobody(), phone)
	read(s.Nobody(), "Mozilla/5.0 (compatible; Googlebot/2.1)")
	read(sampletest.As(t, s, "canbo"), phone+" cán bộ")
	s.DB.As(t, authz.System(theWard(t, s), "thử"), s.Portal.Views.Flush)
	if n := s.Count(t, `select view_count from article where id = $1`, id); n != 1 {
		t.Errorf("%d views, want 1", n)
	}
	s.Nobody().Get(t, path).Want(t, http.StatusOK, "1 lượt xem")
}

func TestNewsListPagesAndShelves(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := s.Nobody()
	seen := map[string]bool{}
	path, pages := "/tin-tuc", 0
	for path != "" && pages < 10 {
		p := b.Get(t, path).Want(t, http.StatusOK)
		for _, a := range p.Find("a", "class", "govuk-link govuk-link--no-underline") {
			to, _ := portaltest.Attr(a, "href")
			if seen[to] {
				t.Errorf("%s is listed twice", to)
			}
			seen[to] = true
		}
		path = ""
		for _, a := range p.Find("a", "rel", "next") {
			path, _ = portaltest.Attr(a, "href")
		}
		pages++
	}
	if published := s.Count(t, `select count(*) from article where status = 'published'`); len(seen) != published || pages < 2 {
		t.Errorf("%d articles on %d pages, want %d", len(seen), pages, published)
	}
	b.Get(t, "/tin-tuc?chuyen-muc=thong-bao").Want(t, http.StatusOK, "Thông báo thời gian chốt số liệu").Never(t, "45 suất học bổng")
	if p := b.Get(t, "/thong-bao"); p.Status != http.StatusMovedPermanently || p.Location != "/tin-tuc?chuyen-muc=thong-bao" {
		t.Errorf("/thong-bao: %d %s", p.Status, p.Location)
	}
}

func TestAssociationPage(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	p := s.Nobody().Get(t, "/hoi/nguoi-cao-tuoi").Want(t, http.StatusOK, "Hội Người cao tuổi phường Chánh Lộ", "Ban Thường vụ", "Chủ tịch", "Chi hội 3", "Đang kiện toàn", "Tin của hội")
	if rows := elements(p.Doc, "tr"); len(rows) < 12 {
		t.Errorf("only %d rows of officers and branches", len(rows))
	}
	s.Nobody().Get(t, "/hoi/khuyen-hoc").Want(t, http.StatusOK, "Chi hội Trường Tiểu học", "Chi hội trường học tính theo số nhà trường báo")
	s.Nobody().Get(t, "/hoi").Want(t, http.StatusOK, "Hội Tù yêu nước", "chi hội")
}

func TestSearchPage(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := s.Nobody()
	for _, q := range []string{"học bổng", "hoc bong", "HOC BONG", "học bổng"} { // the last one decomposed
		b.Get(t, "/tim-kiem?q="+url.QueryEscape(q)).Want(t, http.StatusOK, "45 suất học bổng")
	}
	b.Get(t, "/tim-kiem?q=khuyen+hoc").Want(t, http.StatusOK, "Hội Khuyến học")
	b.Get(t, "/tim-kiem?q="+url.QueryEscape(`"><script>alert(1)</script>`)).Want(t, http.StatusOK, "Không tìm thấy nội dung nào").Never(t, "<script")
	b.Get(t, "/tim-kiem?q="+strings.Repeat("a", 9000)).Want(t, http.StatusOK, "Không tìm thấy")
	b.Get(t, "/tim-kiem").Want(t, http.StatusOK, "Từ cần tìm").Never(t, "Kết quả")
}

func TestFeedSitemapRobots(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := s.Nobody()
	var feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		Updated string   `xml:"updated"`
		Entries []struct {
			Title string `xml:"title"`
			ID    string `xml:"id"`
			Link  struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	p := b.Get(t, href.Feed).Want(t, http.StatusOK)
	if err := xml.Unmarshal([]byte(p.Body), &feed); err != nil {
		t.Fatal(err)
	}
	if _, err := time.Parse(time.RFC3339, feed.Updated); err != nil || len(feed.Entries) < 12 || !strings.HasPrefix(feed.Entries[0].Link.Href, s.Server.URL+"/tin-tuc/") {
		t.Errorf("feed: %v, %d entries", err, len(feed.Entries))
	}
	var sitemap struct {
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	p = b.Get(t, href.Sitemap).Want(t, http.StatusOK)
	if err := xml.Unmarshal([]byte(p.Body), &sitemap); err != nil {
		t.Fatal(err)
	}
	for _, u := range sitemap.URLs {
		if path, ok := strings.CutPrefix(u.Loc, s.Server.URL); !ok || b.Get(t, path).Status != http.StatusOK {
			t.Errorf("the sitemap names %s", u.Loc)
		}
	}
	b.Get(t, href.Robots).Want(t, http.StatusOK, "Disallow: /quan-ly", "Sitemap: "+s.Server.URL+"/sitemap.xml")
	b.Get(t, href.CalendarICS).Want(t, http.StatusOK, "BEGIN:VCALENDAR", "BEGIN:VEVENT")
}
