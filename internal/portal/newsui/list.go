package newsui

import (
	"net/http"
	"slices"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/news"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

const perPage = 30

type listView struct {
	CanWrite bool
	Chips    []ui.Chip
	Rows     []rowView
	Empty    ui.Empty
	Pager    ui.PagerLinks
}

type rowView struct {
	URL, Title, Owner, Category, Last, Views string
	Tag                                      ui.TagView
}

func (p pages) list(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	status := news.Status(r.URL.Query().Get("trang-thai"))
	if status != "" && !slices.Contains(news.Statuses, status) {
		return kit.Reply{}, fault.Missing()
	}
	after, err := news.ParseCursor(r.URL.Query().Get("sau"))
	if err != nil {
		return kit.Reply{}, err
	}
	rows, next, err := news.Desk(r.Context(), tx, status, after, perPage)
	if err != nil {
		return kit.Reply{}, err
	}
	counts, err := news.Counts(r.Context(), tx)
	if err != nil {
		return kit.Reply{}, err
	}
	v := listView{CanWrite: tx.Who().May(authz.WriteNews), Chips: chips(status, counts)}
	for _, a := range rows {
		v.Rows = append(v.Rows, row(a))
	}
	v.Empty = ui.Empty{Title: "Chưa có bài nào", Text: "Viết bài, thêm ảnh, rồi gửi để người khác duyệt và đăng."}
	if status != "" {
		v.Empty = ui.Empty{Title: "Không có bài nào ở trạng thái này", Text: "Chọn trạng thái khác ở trên."}
	}
	if v.CanWrite {
		v.Empty.Actions = []ui.Action{{Label: "Viết bài", URL: href.WorkNews + "/them"}}
	}
	v.Pager = ui.PagerLinks{NextLabel: "Xem bài cũ hơn"}
	if after.ID != 0 {
		v.Pager.FirstURL = href.With(href.WorkNews, "trang-thai", string(status))
	}
	if next.ID != 0 {
		v.Pager.NextURL = href.With(href.WorkNews, "trang-thai", string(status), "sau", next.String())
	}
	return kit.Work(kit.WorkPage{Title: "Tin tức", Active: href.WorkNews, Trail: []string{p.kit.Office(r), "Tin tức"}}, listBody(v)), nil
}

func chips(active news.Status, counts map[news.Status]int) []ui.Chip {
	all := 0
	for _, n := range counts {
		all += n
	}
	list := []ui.Chip{{Label: "Tất cả", Count: vi.Int(all), URL: href.WorkNews, Active: active == ""}}
	for _, s := range news.Statuses {
		if counts[s] > 0 || s == active {
			list = append(list, ui.Chip{Label: s.Label(), Count: vi.Int(counts[s]), URL: href.With(href.WorkNews, "trang-thai", string(s)), Active: s == active})
		}
	}
	return list
}

func row(a news.DeskRow) rowView {
	v := rowView{URL: href.Draft(a.ID), Title: a.Title, Owner: a.AssociationName, Category: news.CategoryName(a.Category),
		Last: vi.ShortDateTime(a.UpdatedAt), Tag: tag(a.Status)}
	if v.Owner == "" {
		v.Owner = "Phường"
	}
	if a.LastBy != "" {
		v.Last += ", " + a.LastBy
	}
	if a.Status == news.Published {
		v.Views = vi.Int(a.ViewCount)
	}
	return v
}

func tag(s news.Status) ui.TagView {
	tones := map[news.Status]ui.Tone{news.Draft: ui.Grey, news.Submitted: ui.Info, news.Returned: ui.Warn, news.Approved: ui.Info,
		news.Published: ui.Good, news.Withdrawn: ui.Bad}
	return ui.TagView{Tone: tones[s], Text: s.Label()}
}
