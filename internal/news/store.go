package news

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/association"
	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/media"
	"wardportal/internal/vi"
)

// Work is an article as the newsroom works on it.
type Work struct {
	Content
	State
	ID        ID
	Slug      string
	HTML      string
	Note      string // reason of the last return or withdrawal
	ViewCount int
	UpdatedAt time.Time
	Version   int
}

// Scheduled tells whether the article waits for its instant.
func (w Work) Scheduled(now time.Time) bool {
	return w.Status == Published && w.PublishedAt != nil && w.PublishedAt.After(now)
}

type workRow struct {
	ID            ID
	AssociationID association.ID
	Slug, Title, Lead, Body, HTML, Category, Byline,
	SourceName, SourceURL string
	SourceDate      *time.Time
	Status          Status
	Featured        bool
	SubmittedBy     authz.UserID
	PublishedAt     *time.Time
	Note            string
	ViewCount       int
	UpdatedAt       time.Time
	Version         int
	AssociationList []association.ID
	Photos          []PhotoUse // json
}

// Get reads an article in any state that tx's principal may see. NotFound for the others.
func Get(ctx context.Context, tx *db.Tx, id ID) (Work, error) {
	r, err := db.One[workRow](ctx, tx, `
		select a.id, coalesce(a.association_id, 0) as association_id, a.slug, a.title, a.lead, a.body, a.html, a.category, a.byline,
		       a.source_name, a.source_url, a.source_date, a.status, a.featured, coalesce(a.submitted_by, 0) as submitted_by,
		       a.published_at, a.note, a.view_count, a.updated_at, a.version,
		       coalesce((select array_agg(x.association_id order by x.association_id) from article_association x where x.article_id = a.id), '{}') as association_list,
		       coalesce((select json_agg(json_build_object('media', p.media_id, 'caption', p.caption, 'alt', p.alt, 'credit', p.credit) order by p.position)
		                 from article_photo p where p.article_id = a.id), '[]') as photos
		from article a where a.ward_id = $1 and a.id = $2`, tx.Who().Ward, id)
	if err != nil {
		return Work{}, err
	}
	return Work{
		Content: Content{Title: r.Title, Lead: r.Lead, Body: r.Body, Category: r.Category, Byline: r.Byline, SourceName: r.SourceName,
			SourceURL: r.SourceURL, SourceDate: r.SourceDate, Featured: r.Featured, Associations: r.AssociationList, Photos: r.Photos},
		State: State{Status: r.Status, Association: r.AssociationID, SubmittedBy: r.SubmittedBy, PublishedAt: r.PublishedAt},
		ID:    r.ID, Slug: r.Slug, HTML: r.HTML, Note: r.Note, ViewCount: r.ViewCount, UpdatedAt: r.UpdatedAt, Version: r.Version,
	}, nil
}

// Add starts a draft for an association, or for the newsroom when owner is 0.
func Add(ctx context.Context, tx *db.Tx, owner association.ID, c Content) (ID, error) {
	who := tx.Who()
	if !authz.Can(who, authz.WriteNews, authz.Of(owner)) {
		return 0, fault.Denied()
	}
	c = c.clean()
	if owner != 0 && len(c.Associations) == 0 {
		c.Associations = []association.ID{owner}
	}
	if err := c.check(); err != nil {
		return 0, err
	}
	address, err := freeSlug(ctx, tx, c.Title, 0)
	if err != nil {
		return 0, err
	}
	args := c.args()
	args["ward"], args["owner"], args["slug"], args["user"], args["now"] = who.Ward, owner, address, who.User, tx.Now()
	id, err := db.Value[ID](ctx, tx, `
		insert into article (ward_id, association_id, slug, title, lead, body, html, folded, category, byline, source_name, source_url, source_date,
			featured, author_id, created_at, updated_at)
		values (@ward, nullif(@owner::bigint, 0), @slug, @title, @lead, @body, @html, @folded, @category, @byline, @source_name, @source_url, @source_date,
			@featured, nullif(@user::bigint, 0), @now, @now) returning id`, args)
	if err != nil {
		return 0, err
	}
	if err := writeUses(ctx, tx, id, c); err != nil {
		return 0, err
	}
	w := Work{ID: id, State: State{Association: owner}, Content: c, Version: 1}
	return id, note(ctx, tx, w, "Viết bản nháp “"+c.Title+"”", "news.add", nil, &c, "")
}

// Change saves what a writer typed; version is the one the form was opened with.
func Change(ctx context.Context, tx *db.Tx, id ID, version int, c Content) error {
	was, err := Get(ctx, tx, id)
	if err != nil {
		return err
	}
	if err := Check(tx.Who(), was.State, Edit); err != nil {
		return err
	}
	c = c.clean()
	if err := c.check(); err != nil {
		return err
	}
	if was.Status == Published { // what residents read must stay complete
		if err := c.complete(); err != nil {
			return err
		}
	}
	if was.Version == version && len(changedFields(&was.Content, &c)) == 0 {
		return nil // saved without a change: no version, no sentence
	}
	address, err := changedSlug(ctx, tx, was, c.Title)
	if err != nil {
		return err
	}
	args := c.args()
	args["id"], args["version"], args["slug"], args["now"] = id, version, address, tx.Now()
	err = tx.Versioned(ctx, `
		update article set slug = @slug, title = @title, lead = @lead, body = @body, html = @html, folded = @folded, category = @category,
			byline = @byline, source_name = @source_name, source_url = @source_url, source_date = @source_date, featured = @featured,
			updated_at = @now, version = version + 1
		where id = @id and version = @version`, `select 1 from article where id = @id`, args)
	if err != nil {
		return err
	}
	if err := writeUses(ctx, tx, id, c); err != nil {
		return err
	}
	if was.Status == Published {
		if err := syncPhotos(ctx, tx, append(mediaOf(was.Photos), mediaOf(c.Photos)...)); err != nil {
			return err
		}
	}
	sentence := "Sửa bài “" + c.Title + "”"
	if was.Status == Published {
		sentence = "Đính chính bài đã đăng “" + c.Title + "”"
	}
	before := was.Content
	was.Version = version + 1
	return note(ctx, tx, was, sentence, "news.change", &before, &c, "")
}

func (c Content) args() pgx.NamedArgs {
	return pgx.NamedArgs{"title": c.Title, "lead": c.Lead, "body": c.Body, "html": Render(c.Body),
		"folded": vi.Fold(c.Title + " " + c.Lead + " " + c.Body), "category": c.Category, "byline": c.Byline,
		"source_name": c.SourceName, "source_url": c.SourceURL, "source_date": c.SourceDate, "featured": c.Featured}
}

// writeUses replaces the associations and photos of an article.
func writeUses(ctx context.Context, tx *db.Tx, id ID, c Content) error {
	ids := make([]media.ID, len(c.Photos))
	captions, alts, credits := make([]string, len(ids)), make([]string, len(ids)), make([]string, len(ids))
	for i, p := range c.Photos {
		ids[i], captions[i], alts[i], credits[i] = p.Media, p.Caption, p.Alt, p.Credit
	}
	ward := tx.Who().Ward
	b := &pgx.Batch{}
	b.Queue(`delete from article_association where article_id = $1`, id)
	b.Queue(`delete from article_photo where article_id = $1`, id)
	if len(c.Associations) > 0 {
		b.Queue(`insert into article_association (ward_id, article_id, association_id) select $1, $2, x from unnest($3::bigint[]) x`, ward, id, c.Associations)
	}
	if len(ids) > 0 {
		b.Queue(`
			insert into article_photo (ward_id, article_id, media_id, position, caption, alt, credit)
			select $1, $2, x.media, x.position, x.caption, x.alt, x.credit
			from unnest($3::bigint[], $4::text[], $5::text[], $6::text[]) with ordinality as x(media, caption, alt, credit, position)`,
			ward, id, ids, captions, alts, credits)
	}
	err := tx.Batch(ctx, b)
	if fault.Is(err, fault.NotFound) { // a photo that the writer cannot see, such as another association's draft photo
		return fault.At("photos", "Ảnh này không dùng được. Xin tải ảnh lên lại.")
	}
	return err
}

// freeSlug gives the address for a title: its own, or with -2, -3 … when it is taken.
func freeSlug(ctx context.Context, tx *db.Tx, title string, but ID) (string, error) {
	base := slug(title)
	for n := 1; n < 100; n++ {
		wanted := base
		if n > 1 {
			wanted += "-" + strconv.Itoa(n)
		}
		taken, err := db.Value[bool](ctx, tx, `select news_slug_taken($1, $2)`, wanted, but)
		if err != nil || !taken {
			return wanted, err
		}
	}
	return "", fault.At("title", "Đã có quá nhiều bài mang tiêu đề này. Xin ghi thêm để phân biệt.")
}

// changedSlug follows a changed title. The old address of an article that was ever public goes on as a redirect.
func changedSlug(ctx context.Context, tx *db.Tx, was Work, title string) (string, error) {
	if slug(title) == slug(was.Title) {
		return was.Slug, nil
	}
	address, err := freeSlug(ctx, tx, title, was.ID)
	if err != nil || was.PublishedAt == nil || address == was.Slug {
		return address, err
	}
	_, err = tx.Exec(ctx, `insert into article_slug (ward_id, slug, article_id, created_at) values ($1, $2, $3, $4) on conflict do nothing`,
		tx.Who().Ward, was.Slug, was.ID, tx.Now())
	return address, err
}

// version is a snapshot in the timeline.
type snapshot struct {
	Content
	Version int `json:"version"`
}

// note writes the timeline and the audit log; before and after are the contents where they changed.
func note(ctx context.Context, tx *db.Tx, w Work, sentence, action string, before, after *Content, reason string) error {
	who := tx.Who()
	snap := func(c *Content, version int) any {
		if c == nil {
			return nil
		}
		raw, err := json.Marshal(snapshot{*c, version})
		if err != nil {
			return nil // strings, numbers and dates always marshal
		}
		return raw
	}
	_, err := tx.Exec(ctx, `
		insert into news_change (ward_id, article_id, at, account_id, by_name, on_behalf, sentence, before, after)
		values ($1, $2, $3, nullif($4::bigint, 0), $5, $6, $7, $8, $9)`,
		who.Ward, w.ID, tx.Now(), who.User, who.Name, authz.OnBehalf(who, authz.Of(w.Association)), sentence,
		snap(before, w.Version-1), snap(after, w.Version))
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: action, Object: "article", ID: int64(w.ID), Association: w.Association,
		Fields: changedFields(before, after), Reason: reason})
}

func changedFields(before, after *Content) []string {
	if before == nil || after == nil {
		return nil
	}
	var fields []string
	note := func(name string, changed bool) {
		if changed {
			fields = append(fields, name)
		}
	}
	note("title", before.Title != after.Title)
	note("lead", before.Lead != after.Lead)
	note("body", before.Body != after.Body)
	note("category", before.Category != after.Category)
	note("byline", before.Byline != after.Byline)
	note("source", before.SourceName != after.SourceName || before.SourceURL != after.SourceURL || !sameDay(before.SourceDate, after.SourceDate))
	note("featured", before.Featured != after.Featured)
	note("associations", !slices.Equal(before.Associations, after.Associations))
	note("photos", !slices.Equal(before.Photos, after.Photos))
	return fields
}

func sameDay(a, b *time.Time) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

func mediaOf(photos []PhotoUse) []media.ID {
	ids := make([]media.ID, len(photos))
	for i, p := range photos {
		ids[i] = p.Media
	}
	return ids
}
