package newsui

import (
	"net/http"
	"slices"
	"strconv"

	"wardportal/internal/db"
	"wardportal/internal/news"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// comparable are the fields that the 409 page asks about; all others follow whoever changed them.
var comparable = []struct {
	name, label string
	of          func(*news.Content) *string
}{
	{"tieu-de", "Tiêu đề", func(c *news.Content) *string { return &c.Title }},
	{"mo-dau", "Phần mở đầu", func(c *news.Content) *string { return &c.Lead }},
	{"noi-dung", "Nội dung", func(c *news.Content) *string { return &c.Body }},
	{"chuyen-muc", "Chuyên mục", func(c *news.Content) *string { return &c.Category }},
	{"viet-tat", "Tên viết tắt người viết", func(c *news.Content) *string { return &c.Byline }},
	{"nguon", "Tên nguồn", func(c *news.Content) *string { return &c.SourceName }},
	{"nguon-dia-chi", "Địa chỉ trang gốc", func(c *news.Content) *string { return &c.SourceURL }},
}

type conflictView struct {
	Action, Version, Opened string
	Compare                 ui.ConflictView
	Hidden                  []ui.Pair
}

// conflict is the page with three columns: as it was opened, as it was typed, as somebody else saved it meanwhile.
func (p pages) conflict(r *http.Request, tx *db.Tx, id news.ID, version int, mine news.Content) (kit.Reply, error) {
	now, err := news.Get(r.Context(), tx, id)
	if err != nil {
		return kit.Reply{}, err
	}
	opened, err := news.AtVersion(r.Context(), tx, id, version)
	if err != nil {
		return kit.Reply{}, err
	}
	by := ""
	if last, err := news.Timeline(r.Context(), tx, id, 1); err != nil {
		return kit.Reply{}, err
	} else if len(last) == 1 {
		by = last[0].ByName + ", " + vi.ShortDateTime(last[0].At)
	}
	v := conflictView{Action: href.DraftDo(id, "sua"), Version: strconv.Itoa(now.Version), Opened: strconv.Itoa(version), Hidden: carried(r, mine),
		Compare: ui.ConflictView{Opened: ui.Figure{Label: "Lúc ông/bà mở"}, Mine: ui.Figure{Label: "Ông/bà vừa nhập"}, Now: ui.Figure{Label: "Đang lưu", Value: by}}}
	for _, f := range comparable {
		o, m, n := *f.of(&opened), *f.of(&mine), *f.of(&now.Content)
		if m == n {
			continue
		}
		field := ui.ConflictField{Name: f.name, Label: f.label, Opened: o, Mine: m, Now: n}
		if n == o { // only this person changed it
			field.Choice = ui.ConflictMine
		}
		if f.name == "chuyen-muc" {
			field.Opened, field.Mine, field.Now = news.CategoryName(o), news.CategoryName(m), news.CategoryName(n)
		}
		v.Compare.Fields = append(v.Compare.Fields, field)
	}
	return kit.Work(kit.WorkPage{Title: "Có người vừa lưu bài này", Active: href.WorkNews, Trail: []string{p.kit.Office(r), "Tin tức"}, Failed: true}, conflictBody(v)), nil
}

// carried is all that was typed, as hidden fields: nothing is lost.
func carried(r *http.Request, mine news.Content) []ui.Pair {
	pairs := []ui.Pair{}
	add := func(name, value string) { pairs = append(pairs, ui.Pair{Name: name, Value: value}) }
	for _, f := range comparable {
		add(f.name, *f.of(&mine))
	}
	for _, id := range mine.Associations {
		add("ve-hoi", strconv.FormatInt(int64(id), 10))
	}
	for i, use := range mine.Photos {
		prefix := "anh-" + strconv.Itoa(i) + "-"
		add(prefix+"ma", strconv.FormatInt(int64(use.Media), 10))
		add(prefix+"chu-thich", use.Caption)
		add(prefix+"ta", use.Alt)
		add(prefix+"nguon", use.Credit)
	}
	for _, part := range []string{"ngay", "thang", "nam"} {
		add("nguon-ngay-"+part, r.FormValue("nguon-ngay-"+part))
	}
	if mine.Featured {
		add("noi-bat", "1")
	}
	return pairs
}

// openedVersion tells whether the form is the 409 page's, and the version that its first column shows.
func openedVersion(r *http.Request) (int, bool) {
	n, err := strconv.Atoi(r.FormValue("ban-mo"))
	return n, err == nil && n > 0
}

// merge carries out the answers of the 409 page. What was not asked follows whoever changed it since the opening.
func merge(r *http.Request, opened, mine, now news.Content) news.Content {
	out := now
	for _, f := range comparable {
		switch r.FormValue("chon-" + f.name) {
		case ui.ConflictOpened:
			*f.of(&out) = *f.of(&opened)
		case ui.ConflictMine:
			*f.of(&out) = *f.of(&mine)
		}
	}
	if !slices.Equal(mine.Associations, opened.Associations) {
		out.Associations = mine.Associations
	}
	if !slices.Equal(mine.Photos, opened.Photos) {
		out.Photos = mine.Photos
	}
	if mine.Featured != opened.Featured {
		out.Featured = mine.Featured
	}
	if (mine.SourceDate == nil) != (opened.SourceDate == nil) || mine.SourceDate != nil && !mine.SourceDate.Equal(*opened.SourceDate) {
		out.SourceDate = mine.SourceDate
	}
	return out
}
