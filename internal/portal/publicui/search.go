package publicui

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/news"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

const (
	searchLength = 30
	maxQuery     = 200 // characters
)

type searchView struct {
	Query        string
	Asked        bool
	Summary      string
	Associations []ui.Link
	Lines        []newsLine
}

func (p pages) search(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	query := kit.Text(r, "q")
	if utf8.RuneCountInString(query) > maxQuery {
		query = strings.TrimSpace(string([]rune(query)[:maxQuery]))
	}
	v := searchView{Query: query, Asked: query != ""}
	if v.Asked {
		rows, err := news.Search(r.Context(), tx, query, searchLength)
		if err != nil {
			return kit.Reply{}, err
		}
		v.Lines = newsLines(rows)
		for i, row := range rows {
			v.Lines[i].Lead = shorten(row.Lead, 160)
		}
		v.Associations = findAssociations(p.kit.FactsOf(r.Context()).Associations, query)
		v.Summary = searchSummary(len(rows), len(v.Associations))
	}
	return kit.Public(kit.PublicPage{Title: "Tìm kiếm", Active: href.Search, NoIndex: true}, searchBody(v)), nil
}

func searchSummary(articles, associations int) string {
	switch {
	case articles+associations == 0:
		return "Không tìm thấy nội dung nào. Ông/bà thử ít từ hơn hoặc từ khác; gõ không dấu cũng được."
	case articles == searchLength:
		return "Có nhiều kết quả; đây là " + vi.Int(articles) + " tin gần nhất với từ cần tìm. Thêm từ để thu hẹp."
	}
	return "Tìm thấy " + vi.Int(articles+associations) + " kết quả."
}

// findAssociations matches whole words of names and descriptions, accented or not; there are few enough to look at all.
func findAssociations(list []association.Association, query string) []ui.Link {
	wanted := vi.Words(query)
	var found []ui.Link
	for _, a := range list {
		have := vi.Words(a.Name + " " + a.ShortName + " " + a.About)
		all := len(wanted) > 0
		for _, w := range wanted {
			all = all && slices.Contains(have, w)
		}
		if all {
			found = append(found, ui.Link{Label: a.Name, URL: href.Association(a.Slug)})
		}
	}
	return found
}
