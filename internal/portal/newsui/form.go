package newsui

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/fault"
	"wardportal/internal/media"
	"wardportal/internal/news"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// The form's fields are Vietnamese words without accents; the domain speaks of the same things in English.
var fieldNames = map[string]string{"title": "tieu-de", "lead": "mo-dau", "body": "noi-dung", "category": "chuyen-muc", "byline": "viet-tat",
	"source_name": "nguon", "source_url": "nguon-dia-chi", "associations": "ve-hoi", "photos": "anh-moi", "note": "ly-do"}

// formField gives the form's name of a field the domain complains about: "photos.0.alt" is "anh-0-ta".
func formField(domain string) string {
	if rest, ok := strings.CutPrefix(domain, "photos."); ok {
		i, part, _ := strings.Cut(rest, ".")
		return "anh-" + i + "-" + map[string]string{"caption": "chu-thich", "alt": "ta", "credit": "nguon"}[part]
	}
	if name, ok := fieldNames[domain]; ok {
		return name
	}
	return domain
}

// formErrors turns a fault into what the form shows.
func formErrors(err error) ui.Errors {
	list := kit.Errors(err)
	for i := range list {
		list[i].Field = formField(list[i].Field)
	}
	return list
}

// parse reads the form. A complaint is about the date of the source only; everything else is the domain's to judge.
func parse(r *http.Request, who authz.Who) (news.Content, error) {
	var problems fault.Problems
	c := news.Content{
		Title: kit.Text(r, "tieu-de"), Lead: kit.Text(r, "mo-dau"), Body: kit.Lines(r, "noi-dung"), Category: r.FormValue("chuyen-muc"),
		Byline: kit.Text(r, "viet-tat"), SourceName: kit.Text(r, "nguon"), SourceURL: kit.Text(r, "nguon-dia-chi"),
		Featured: mayFeature(who) && r.FormValue("noi-bat") != "",
	}
	for _, v := range r.PostForm["ve-hoi"] {
		if id, err := strconv.ParseInt(v, 10, 64); err == nil && id > 0 {
			c.Associations = append(c.Associations, association.ID(id))
		}
	}
	if day := kit.Day(r, "nguon-ngay", &problems); !day.IsZero() {
		c.SourceDate = &day
	}
	c.Photos = parsePhotos(r)
	return c, problems.Err()
}

// mayFeature: what leads the home page is for the newsroom to say.
func mayFeature(who authz.Who) bool { return authz.Can(who, authz.EditAnyNews, authz.Scope{}) }

// parsePhotos reads the photos in the order of their numbers, without those that are to go.
func parsePhotos(r *http.Request) []news.PhotoUse {
	type numbered struct {
		use news.PhotoUse
		at  int
	}
	var list []numbered
	for i := range maxPhotos {
		prefix := "anh-" + strconv.Itoa(i) + "-"
		id, err := strconv.ParseInt(r.FormValue(prefix+"ma"), 10, 64)
		if err != nil || id < 1 || r.FormValue(prefix+"bo") != "" {
			continue
		}
		at, err := strconv.Atoi(r.FormValue(prefix + "thu-tu"))
		if err != nil || at < 1 || at > maxPhotos {
			at = i + 1
		}
		list = append(list, numbered{news.PhotoUse{Media: media.ID(id), Caption: kit.Text(r, prefix+"chu-thich"), Alt: kit.Text(r, prefix+"ta"),
			Credit: kit.Text(r, prefix+"nguon")}, at})
	}
	slices.SortStableFunc(list, func(a, b numbered) int { return a.at - b.at })
	uses := make([]news.PhotoUse, len(list))
	for i, n := range list {
		uses[i] = n.use
	}
	return uses
}

const maxPhotos = 30

// formView is the composer.
type formView struct {
	Title    string // heading
	Action   string
	Back     string
	Version  string // "" for a new article
	Errors   ui.Errors
	Content  news.Content
	Desks    *ui.Choice // "Viết cho hội"; nil where there is nothing to choose
	Category ui.Choice
	About    ui.Choice
	Featured *ui.Check
	SourceOn ui.Date
	Photos   []photoView
	NewWords news.PhotoUse
}

type photoView struct {
	Prefix, ID, Number string
	Picture            ui.Picture
	Use                news.PhotoUse
	Errors             ui.Errors
}

func sourceDate(r *http.Request, day *time.Time, errs ui.Errors) ui.Date {
	in := ui.Date{Name: "nguon-ngay", Label: "Ngày đăng ở nguồn", Error: errs.For("nguon-ngay")}
	switch {
	case r.Method == http.MethodPost:
		return kit.DateInput(r, in)
	case day != nil:
		in.Day, in.Month, in.Year = strconv.Itoa(day.Day()), strconv.Itoa(int(day.Month())), strconv.Itoa(day.Year())
	}
	return in
}

func photoViews(uses []news.PhotoUse, known map[media.ID]media.Photo, errs ui.Errors) []photoView {
	list := make([]photoView, len(uses))
	for i, use := range uses {
		list[i] = photoView{Prefix: "anh-" + strconv.Itoa(i) + "-", ID: strconv.FormatInt(int64(use.Media), 10), Number: vi.Int(i + 1),
			Picture: picture(known[use.Media], ""), Use: use, Errors: errs}
	}
	return list
}
