package newsui

import (
	"context"
	"io"
	"net/http"
	"slices"
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
	"wardportal/web/ui"
)

type showView struct {
	URL     string
	Version string
	Tag     ui.TagView
	Note    string // reason of the last return or withdrawal
	Errors  ui.Errors
	Facts   []ui.SummaryRow
	Moves   map[news.Move]bool
	Buttons []ui.Action // the moves that need no note, the expected one first
	Waiting string      // why the one move that is expected is not this person's
	Article ui.ArticleView
	Events  []ui.Event
	Typed   string // a note that was typed and refused
}

func (p pages) show(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	id, err := kit.PathID[news.ID](r, "id")
	if err != nil {
		return kit.Reply{}, err
	}
	return p.showPage(r, tx, id, nil)
}

func (p pages) showPage(r *http.Request, tx *db.Tx, id news.ID, failed error) (kit.Reply, error) {
	w, err := news.Get(r.Context(), tx, id)
	if err != nil {
		return kit.Reply{}, err
	}
	// A chair may read another's published article on the public site, not here.
	if !authz.Can(tx.Who(), authz.ReadNewsDesk, authz.Of(w.Association)) {
		return kit.Reply{}, fault.Missing()
	}
	known, err := media.Get(r.Context(), tx, mediaIDs(w.Photos))
	if err != nil {
		return kit.Reply{}, err
	}
	events, err := news.Timeline(r.Context(), tx, id, 50)
	if err != nil {
		return kit.Reply{}, err
	}
	v := showView{URL: href.Draft(id), Version: strconv.Itoa(w.Version), Tag: tag(w.Status), Note: w.Note, Errors: formErrors(failed),
		Facts: p.facts(r, w, tx.Now()), Moves: map[news.Move]bool{}, Article: p.preview(r, w, known), Events: timeline(events), Typed: r.PostFormValue("ly-do")}
	for _, m := range news.Open(tx.Who(), w.State) {
		v.Moves[m] = true
	}
	v.Buttons = v.buttons()
	if w.Status == news.Submitted && !v.Moves[news.Publish] {
		v.Waiting = "Bài đang chờ người có quyền đăng duyệt. Người gửi bài không tự đăng được bài của mình."
	}
	return kit.Work(kit.WorkPage{Title: w.Title, Active: href.WorkNews, Trail: []string{p.kit.Office(r), "Tin tức", w.Status.Label()}, Failed: failed != nil}, showBody(v)), nil
}

// buttons: one form posts every move that needs no note; each button names its own address.
func (v showView) buttons() []ui.Action {
	var list []ui.Action
	for _, b := range []struct {
		move  news.Move
		to    string
		label string
		kind  ui.ActionKind
	}{{news.Submit, "gui", "Gửi duyệt", ui.Primary}, {news.Publish, "dang", "Đăng bài", ui.Primary}, {news.Approve, "duyet", "Duyệt, đăng sau", ui.Secondary},
		{news.Redraft, "dua-ve", "Đưa về sửa lại", ui.Secondary}} {
		if v.Moves[b.move] {
			list = append(list, ui.Action{Label: b.label, Kind: b.kind, To: v.URL + "/" + b.to})
		}
	}
	if len(list) > 0 && v.Moves[news.Edit] {
		list = append(list, v.editLink())
	}
	return list
}

func (v showView) editLink() ui.Action {
	return ui.Action{Label: "Sửa bài", URL: v.URL + "/sua", Kind: ui.Secondary}
}

func (p pages) facts(r *http.Request, w news.Work, now time.Time) []ui.SummaryRow {
	owner := "Phường"
	if a, ok := p.kit.FactsOf(r.Context()).Association(w.Association); ok {
		owner = a.Name
	}
	rows := []ui.SummaryRow{{Key: "Bài của", Value: owner}}
	switch {
	case w.Scheduled(now):
		rows = append(rows, ui.SummaryRow{Key: "Hẹn đăng", Value: vi.ShortDateTime(*w.PublishedAt)})
	case w.Status == news.Published:
		rows = append(rows, ui.SummaryRow{Key: "Đăng lúc", Value: vi.ShortDateTime(*w.PublishedAt)},
			ui.SummaryRow{Key: "Lượt xem", Value: vi.Int(w.ViewCount)},
			ui.SummaryRow{Key: "Trang công khai", Value: href.Article(w.Slug), Actions: []ui.Action{{Label: "Mở trang", URL: href.Article(w.Slug)}}})
	}
	if w.Featured {
		rows = append(rows, ui.SummaryRow{Key: "Trang chủ", Value: "Tin nổi bật"})
	}
	return rows
}

// preview is the article as residents will read it.
func (p pages) preview(r *http.Request, w news.Work, known map[media.ID]media.Photo) ui.ArticleView {
	v := ui.ArticleView{Kicker: news.CategoryName(w.Category), Title: w.Title, Byline: w.Byline, Lead: w.Lead}
	if w.PublishedAt != nil {
		v.ISO, v.When = w.PublishedAt.In(vi.Location()).Format(time.RFC3339), vi.ShortDateTime(*w.PublishedAt)
	}
	var blocks []ui.ArticleBlock
	for _, b := range news.Place(w.HTML, len(w.Photos)) {
		if b.Photo == 0 {
			blocks = append(blocks, ui.ArticleBlock{HTML: b.HTML})
			continue
		}
		use := w.Photos[b.Photo-1]
		blocks = append(blocks, ui.ArticleBlock{Figure: &ui.FigureView{Picture: picture(known[use.Media], use.Alt), Caption: use.Caption, Credit: use.Credit}})
	}
	v.Blocks = ui.Prose(blocks)
	if w.SourceName != "" {
		v.Source = &ui.Link{Label: w.SourceName, URL: w.SourceURL}
	}
	for _, a := range p.kit.FactsOf(r.Context()).Associations {
		if slices.Contains(w.Associations, a.ID) {
			v.About = append(v.About, ui.Link{Label: a.Name, URL: href.Association(a.Slug)})
		}
	}
	return v
}

// picture shows a photo through the newsroom's own address, where drafts are seen by those who may.
func picture(p media.Photo, alt string) ui.Picture {
	var set []string
	for _, w := range p.Widths {
		set = append(set, href.DraftPhoto(p.ID, w)+" "+strconv.Itoa(w)+"w")
	}
	return ui.Picture{Src: href.DraftPhoto(p.ID, 720), SrcSet: strings.Join(set, ", "), Sizes: "(min-width: 48em) 40rem, 100vw", Width: p.Width, Height: p.Height, Alt: alt, Lazy: true}
}

func (p pages) photo(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	id, err := kit.PathID[media.ID](r, "id")
	if err != nil {
		return kit.Reply{}, err
	}
	width, err := kit.PathID[media.ID](r, "width")
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
	}).Header("Cache-Control", "private, max-age=600").Header("ETag", f.ETag).Header("Content-Length", strconv.Itoa(len(f.Body))), nil
}

func timeline(list []news.Happening) []ui.Event {
	events := make([]ui.Event, 0, len(list))
	for _, h := range list {
		who := h.ByName
		if h.OnBehalf {
			who += " (làm thay)"
		}
		events = append(events, ui.Event{ISO: h.At.In(vi.Location()).Format(time.RFC3339), When: vi.ShortDateTime(h.At), Text: who + ": " + h.Sentence})
	}
	return events
}

func publishNow(ctx context.Context, tx *db.Tx, id news.ID, version int) error {
	return news.PublishArticle(ctx, tx, id, version, time.Time{})
}

// move makes the handler of a move without a note. What is missing for a submission is shown in the composer.
func (p pages) move(do func(context.Context, *db.Tx, news.ID, int) error, done string) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		id, err := kit.PathID[news.ID](r, "id")
		if err != nil {
			return kit.Reply{}, err
		}
		version, err := kit.Version(r)
		if err != nil {
			return kit.Reply{}, err
		}
		if err := do(r.Context(), tx, id, version); err != nil {
			return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.refused(r, tx, id, err) })
		}
		return kit.Redirect(href.Draft(id)).Flash(ui.Good, done), nil
	}
}

// refused shows why a move was not made: in the composer where the person can mend it, else on the article's page.
func (p pages) refused(r *http.Request, tx *db.Tx, id news.ID, failed error) (kit.Reply, error) {
	w, err := news.Get(r.Context(), tx, id)
	if err != nil {
		return kit.Reply{}, err
	}
	if fault.Is(failed, fault.Invalid) && news.Check(tx.Who(), w.State, news.Edit) == nil {
		return p.composer(r, tx, edited{id, w.Version}, w.Content, failed)
	}
	return p.showPage(r, tx, id, failed)
}

func (p pages) moveWithNote(do func(context.Context, *db.Tx, news.ID, int, string) error, done string) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		id, err := kit.PathID[news.ID](r, "id")
		if err != nil {
			return kit.Reply{}, err
		}
		version, err := kit.Version(r)
		if err != nil {
			return kit.Reply{}, err
		}
		if err := do(r.Context(), tx, id, version, kit.Lines(r, "ly-do")); err != nil {
			return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.showPage(r, tx, id, err) })
		}
		return kit.Redirect(href.Draft(id)).Flash(ui.Good, done), nil
	}
}
