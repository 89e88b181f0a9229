// Package news keeps the ward's news: written by an association or the newsroom, published by a second person, read by
// residents. Approver and author are never the same person (handbook §9); the rule stands here and in a constraint.
package news

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/media"
	"wardportal/internal/vi"
)

// ID names an article.
type ID = authz.ArticleID

// Category is a shelf of the news page.
type Category struct {
	Code string // as in ?chuyen-muc=
	Name string
}

// Categories are the shelves, in the order of the menu. Codes are stored with articles: rename, never recode.
var Categories = []Category{
	{"tin-tuc", "Tin tức"},
	{"thong-bao", "Thông báo"},
	{"hoat-dong-hoi", "Hoạt động hội"},
	{"khuyen-hoc", "Khuyến học"},
	{"guong-sang", "Gương sáng"},
	{"suc-khoe", "Sức khỏe người cao tuổi"},
}

// CategoryName gives the shelf's name, or "" where there is none of that code.
func CategoryName(code string) string {
	for _, c := range Categories {
		if c.Code == code {
			return c.Name
		}
	}
	return ""
}

// Content is what a writer types.
type Content struct {
	Title        string           `json:"title"`
	Lead         string           `json:"lead"` // sapo
	Body         string           `json:"body"` // plain text with the few marks of Render
	Category     string           `json:"category"`
	Byline       string           `json:"byline"` // initials: "NVN, MD"
	SourceName   string           `json:"source_name"`
	SourceURL    string           `json:"source_url"`
	SourceDate   *time.Time       `json:"source_date"`
	Featured     bool             `json:"featured"` // leads the home page
	Associations []association.ID `json:"associations"`
	Photos       []PhotoUse       `json:"photos"` // in order; the first is the lead photo
}

// PhotoUse is a photo with the words it has in this article.
type PhotoUse struct {
	Media   media.ID `json:"media"`
	Caption string   `json:"caption"`
	Alt     string   `json:"alt"` // what a blind reader is told
	Credit  string   `json:"credit"`
}

var _ = []struct{}{
	db.Explain("article_slug_unique", "title", "Đã có bài mang tiêu đề này. Xin ghi thêm để phân biệt, ví dụ năm hoặc tên hội."),
	db.Explain("article_title_length", "title", "Tiêu đề từ 5 đến 250 ký tự."),
	db.Explain("article_lead_length", "lead", "Phần mở đầu tối đa 600 ký tự."),
	db.Explain("article_body_length", "body", "Nội dung tối đa 60.000 ký tự."),
	db.Explain("article_byline_length", "byline", "Tên viết tắt tối đa 60 ký tự."),
	db.Explain("article_source_url_scheme", "source_url", "Địa chỉ nguồn bắt đầu bằng http:// hoặc https://."),
	db.Explain("article_publisher_second", "", selfPublish),
	db.Explain("article_approver_second", "", selfPublish),
	db.Explain("article_photo_media_fkey", "photos", "Ảnh này không còn nữa. Xin tải ảnh lên lại."),
	db.Explain("article_photo_text_length", "photos", "Chú thích và lời tả ảnh tối đa 400 ký tự, nguồn ảnh tối đa 120 ký tự."),
	db.Explain("article_association_association_fkey", "associations", "Không có hội này."),
}

const maxPhotos = 30

// clean brings every field into the form it is stored in.
func (c Content) clean() Content {
	c.Title, c.Byline = vi.Clean(c.Title), vi.Clean(c.Byline)
	c.Lead = vi.Clean(c.Lead)
	c.Body = vi.CleanMultiline(c.Body)
	c.SourceName, c.SourceURL = vi.Clean(c.SourceName), vi.Clean(c.SourceURL)
	photos := make([]PhotoUse, len(c.Photos))
	for i, p := range c.Photos {
		photos[i] = PhotoUse{Media: p.Media, Caption: vi.Clean(p.Caption), Alt: vi.Clean(p.Alt), Credit: vi.Clean(p.Credit)}
	}
	c.Photos = photos
	c.Associations = slices.Compact(slices.Sorted(slices.Values(c.Associations)))
	return c
}

// check holds what even a draft must keep to. Field names are those of the form.
func (c Content) check() error {
	var p fault.Problems
	length := func(field, value string, least, most int, message string) {
		if n := utf8.RuneCountInString(value); n < least || n > most {
			p.Add(field, message)
		}
	}
	length("title", c.Title, 5, 250, "Nhập tiêu đề, từ 5 đến 250 ký tự.")
	length("lead", c.Lead, 0, 600, "Phần mở đầu tối đa 600 ký tự; ông/bà chuyển bớt xuống nội dung.")
	length("body", c.Body, 0, 60_000, "Nội dung tối đa 60.000 ký tự.")
	length("byline", c.Byline, 0, 60, "Tên viết tắt tối đa 60 ký tự.")
	if slug(c.Title) == "" {
		p.Add("title", "Tiêu đề cần có chữ.")
	}
	if CategoryName(c.Category) == "" {
		p.Add("category", "Chọn chuyên mục.")
	}
	c.checkSource(&p)
	c.checkPhotos(&p)
	return p.Err()
}

func (c Content) checkSource(p *fault.Problems) {
	if c.SourceURL != "" {
		u, err := url.Parse(c.SourceURL)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || len(c.SourceURL) > 500 {
			p.Add("source_url", "Địa chỉ nguồn bắt đầu bằng http:// hoặc https://.")
		}
		if c.SourceName == "" {
			p.Add("source_name", "Ghi tên nguồn, ví dụ: Báo Quảng Ngãi.")
		}
	}
	if utf8.RuneCountInString(c.SourceName) > 160 {
		p.Add("source_name", "Tên nguồn tối đa 160 ký tự.")
	}
}

func (c Content) checkPhotos(p *fault.Problems) {
	if len(c.Photos) > maxPhotos {
		p.Add("photos", "Mỗi bài tối đa 30 ảnh.")
	}
	seen := map[media.ID]bool{}
	for _, use := range c.Photos {
		if seen[use.Media] {
			p.Add("photos", "Có một ảnh được chọn hai lần.")
		}
		seen[use.Media] = true
	}
}

// complete holds what an article needs before anybody else is asked to read it.
func (c Content) complete() error {
	var p fault.Problems
	if c.Lead == "" {
		p.Add("lead", "Nhập phần mở đầu: một hai câu nói rõ việc gì, ở đâu, khi nào.")
	}
	if c.Body == "" {
		p.Add("body", "Nhập nội dung bài.")
	}
	if c.Byline == "" {
		p.Add("byline", "Ghi tên viết tắt của người viết, ví dụ: NVN.")
	}
	for i, use := range c.Photos {
		if use.Caption == "" {
			p.Add(PhotoField("caption", i), "Nhập chú thích ảnh "+vi.Int(i+1)+".")
		}
		if use.Alt == "" {
			p.Add(PhotoField("alt", i), "Tả ảnh "+vi.Int(i+1)+" cho người không nhìn thấy, ví dụ: Các cụ ngồi quanh bàn trong nhà văn hóa.")
		}
	}
	return p.Err()
}

// PhotoField names a field of the i-th photo (from 0) in faults: "photos.0.alt".
func PhotoField(part string, i int) string { return "photos." + vi.Int(i) + "." + part }

// slug makes an address of a title: at most 80 letters, cut between words.
func slug(title string) string {
	var b strings.Builder
	for _, w := range vi.Words(title) {
		w = strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, w)
		switch {
		case w == "":
		case b.Len() == 0:
			b.WriteString(w[:min(len(w), 80)])
		case b.Len()+1+len(w) > 80:
			return b.String()
		default:
			b.WriteString("-" + w)
		}
	}
	return b.String()
}
