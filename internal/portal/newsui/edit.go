package newsui

import (
	"context"
	"net/http"
	"strconv"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/media"
	"wardportal/internal/news"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/web/ui"
)

// owner says whose article a new one is: the newsroom's where a ward role writes, else the association's one works for.
// It is 0 with choose where a chair of several associations must say which.
func (p pages) owner(r *http.Request) (owner association.ID, choose []association.Association, err error) {
	if mayFeature(kit.WhoOf(r.Context())) {
		return 0, nil, nil
	}
	desk, err := p.kit.Desk(r, authz.WriteNews)
	if err != nil || desk.ID != 0 {
		return desk.ID, nil, err
	}
	return 0, p.kit.Desks(r, authz.WriteNews), nil
}

func (p pages) addForm(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	return p.composer(r, tx, newArticle{}, news.Content{}, nil)
}

// newArticle and edited are what the composer is about.
type newArticle struct{}

type edited struct {
	id      news.ID
	version int
}

func (p pages) composer(r *http.Request, tx *db.Tx, about any, c news.Content, failed error) (kit.Reply, error) {
	v := formView{Title: "Viết bài", Action: href.WorkNews + "/them", Back: href.WorkNews, Content: c, Errors: formErrors(failed)}
	switch about := about.(type) {
	case edited:
		v.Title, v.Action, v.Back, v.Version = "Sửa bài", href.DraftDo(about.id, "sua"), href.Draft(about.id), strconv.Itoa(about.version)
	case newArticle:
		owner, choose, err := p.owner(r)
		if err != nil {
			return kit.Reply{}, err
		}
		if len(choose) > 0 || owner != 0 {
			v.Desks = deskChoice(owner, choose, v.Errors)
		}
	}
	p.choices(r, &v)
	known, err := media.Get(r.Context(), tx, mediaIDs(c.Photos))
	if err != nil {
		return kit.Reply{}, err
	}
	v.Photos = photoViews(c.Photos, known, v.Errors)
	if r.Method == http.MethodPost {
		v.NewWords = newWords(r)
	}
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.WorkNews, Trail: []string{p.kit.Office(r), "Tin tức", v.Title}, Failed: failed != nil}, formBody(v)), nil
}

// deskChoice asks for the association; where it is settled the choice is only carried along.
func deskChoice(owner association.ID, choose []association.Association, errs ui.Errors) *ui.Choice {
	if owner != 0 {
		return nil
	}
	c := &ui.Choice{Name: kit.AssociationParam, Label: "Viết cho hội", LabelSize: "s", Error: errs.For(kit.AssociationParam), Options: []ui.Option{{Label: "Chọn hội"}}}
	for _, a := range choose {
		c.Options = append(c.Options, ui.Option{Value: strconv.FormatInt(int64(a.ID), 10), Label: a.Name})
	}
	return c
}

// choices fills shelves, associations and the mark for the home page.
func (p pages) choices(r *http.Request, v *formView) {
	v.Category = ui.Choice{Name: "chuyen-muc", Label: "Chuyên mục", LabelSize: "s", Value: v.Content.Category, Error: v.Errors.For("chuyen-muc")}
	for _, c := range news.Categories {
		v.Category.Options = append(v.Category.Options, ui.Option{Value: c.Code, Label: c.Name})
	}
	v.About = ui.Choice{Name: "ve-hoi", Label: "Bài nói về hội nào", LabelSize: "s", Hint: "Có thể chọn nhiều hội.", Error: v.Errors.For("ve-hoi")}
	for _, a := range p.kit.FactsOf(r.Context()).Associations {
		v.About.Options = append(v.About.Options, ui.Option{Value: strconv.FormatInt(int64(a.ID), 10), Label: a.Name})
	}
	for _, id := range v.Content.Associations {
		v.About.Values = append(v.About.Values, strconv.FormatInt(int64(id), 10))
	}
	if mayFeature(kit.WhoOf(r.Context())) {
		v.Featured = &ui.Check{Name: "noi-bat", Label: "Tin nổi bật", Hint: "Đứng đầu trang chủ cho đến khi có tin nổi bật mới hơn.", Checked: v.Content.Featured}
	}
	v.SourceOn = sourceDate(r, v.Content.SourceDate, v.Errors)
}

func mediaIDs(uses []news.PhotoUse) []media.ID {
	ids := make([]media.ID, len(uses))
	for i, u := range uses {
		ids[i] = u.Media
	}
	return ids
}

func newWords(r *http.Request) news.PhotoUse {
	return news.PhotoUse{Caption: kit.Text(r, "moi-chu-thich"), Alt: kit.Text(r, "moi-ta"), Credit: kit.Text(r, "moi-nguon")}
}

// upload prepares the new photo, if one was chosen: slow, so before any transaction.
func upload(r *http.Request) (prepared media.Prepared, chosen bool, err error) {
	f, err := kit.UploadOf(r, "anh-moi")
	if err != nil || f == nil {
		return media.Prepared{}, false, err
	}
	defer func() { _ = f.Close() }()
	if prepared, err = media.Prepare(r.Context(), f); fault.Is(err, fault.Invalid) {
		err = fault.At("photos", fault.MessageOf(err)) // at the field, whatever is wrong with the photo
	}
	return prepared, err == nil, err
}

func (p pages) add(r *http.Request, s *kit.Steps) (kit.Reply, error) {
	owner, choose, err := p.owner(r)
	if err != nil {
		return kit.Reply{}, err
	}
	c, err := parse(r, kit.WhoOf(r.Context()))
	again := func(err error) (kit.Reply, error) {
		return s.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.composer(r, tx, newArticle{}, c, err) })
	}
	if len(choose) > 0 {
		err = fault.At(kit.AssociationParam, "Chọn hội mà ông/bà viết bài cho.")
	}
	if err != nil {
		return again(err)
	}
	photo, chosen, err := upload(r)
	if err != nil {
		return again(err)
	}
	reply, err := s.Once(func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		full := c
		if chosen {
			if err := attach(r.Context(), tx, owner, photo, newWords(r), &full); err != nil {
				return kit.Reply{}, err
			}
		}
		id, err := news.Add(r.Context(), tx, owner, full)
		if err != nil {
			return kit.Reply{}, err
		}
		return saved(r, id), nil
	})
	if fault.Is(err, fault.Invalid) {
		return again(err)
	}
	return reply, err
}

// attach stores the new photo and puts it at the end of the article's photos.
func attach(ctx context.Context, tx *db.Tx, owner association.ID, photo media.Prepared, words news.PhotoUse, c *news.Content) error {
	id, err := media.Store(ctx, tx, photo, media.Owner{Association: owner, Purpose: media.News})
	if err != nil {
		return err
	}
	words.Media = id
	c.Photos = append(c.Photos[:len(c.Photos):len(c.Photos)], words)
	return nil
}

// saved leads to the article, or back to the form where more photos are to come.
func saved(r *http.Request, id news.ID) kit.Reply {
	if r.FormValue("tiep") == "anh" {
		return kit.Redirect(href.DraftDo(id, "sua")+"#anh").Flash(ui.Good, "Đã lưu bài. Ông/bà chọn ảnh tiếp theo ở cuối trang.")
	}
	return kit.Redirect(href.Draft(id)).Flash(ui.Good, "Đã lưu bài.")
}

func (p pages) editForm(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	id, err := kit.PathID[news.ID](r, "id")
	if err != nil {
		return kit.Reply{}, err
	}
	w, err := news.Get(r.Context(), tx, id)
	if err != nil {
		return kit.Reply{}, err
	}
	if err := news.Check(tx.Who(), w.State, news.Edit); err != nil {
		return kit.Reply{}, err
	}
	return p.composer(r, tx, edited{id, w.Version}, w.Content, nil)
}

func (p pages) edit(r *http.Request, s *kit.Steps) (kit.Reply, error) {
	id, err := kit.PathID[news.ID](r, "id")
	if err != nil {
		return kit.Reply{}, err
	}
	var was news.Work
	if err := s.Read(func(ctx context.Context, tx *db.Tx) (err error) {
		was, err = news.Get(ctx, tx, id)
		return err
	}); err != nil {
		return kit.Reply{}, err
	}
	if err := news.Check(kit.WhoOf(r.Context()), was.State, news.Edit); err != nil {
		return kit.Reply{}, err
	}
	version, err := kit.Version(r)
	if err != nil {
		return kit.Reply{}, err
	}
	c, err := parse(r, kit.WhoOf(r.Context()))
	if !mayFeature(kit.WhoOf(r.Context())) {
		c.Featured = was.Featured // not on this person's form
	}
	if opened, ok := openedVersion(r); ok { // the answers of the 409 page
		if err := s.Read(func(ctx context.Context, tx *db.Tx) error {
			base, err := news.AtVersion(ctx, tx, id, opened)
			c = merge(r, base, c, was.Content)
			return err
		}); err != nil {
			return kit.Reply{}, err
		}
	}
	again := func(err error) (kit.Reply, error) {
		return s.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
			if fault.Is(err, fault.Conflict) {
				return p.conflict(r, tx, id, version, c)
			}
			return p.composer(r, tx, edited{id, version}, c, err)
		})
	}
	if err != nil {
		return again(err)
	}
	photo, chosen, err := upload(r)
	if err != nil {
		return again(err)
	}
	reply, err := s.Once(func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		full := c
		if chosen {
			if err := attach(r.Context(), tx, was.Association, photo, newWords(r), &full); err != nil {
				return kit.Reply{}, err
			}
		}
		if err := news.Change(r.Context(), tx, id, version, full); err != nil {
			return kit.Reply{}, err
		}
		return saved(r, id), nil
	})
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return again(err)
	}
	return reply, err
}
