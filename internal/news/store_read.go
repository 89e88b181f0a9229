package news

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/media"
	"wardportal/internal/vi"
)

// Everything in this file is what residents read: published, due, in their own ward. The statements say so themselves,
// although row-level security would too, so that a signed-in writer's public pages show no drafts either.

// Row is an article in a list.
type Row struct {
	ID           ID
	Slug         string
	Title        string
	Lead         string
	Category     string
	PublishedAt  time.Time
	ViewCount    int
	Associations []string // names
	PhotoID      media.ID // lead photo; 0 = none
	PhotoAlt     string
	PhotoWidth   int // of the largest size
	PhotoHeight  int
	PhotoWidths  []int
}

const public = `a.ward_id = @ward and a.status = 'published' and a.published_at <= @now`

const rowColumns = `a.id, a.slug, a.title, a.lead, a.category, a.published_at, a.view_count,
	coalesce((select array_agg(s.name order by s.sort, s.id) from article_association x join association s on s.id = x.association_id where x.article_id = a.id), '{}') as associations,
	coalesce(p.media_id, 0) as photo_id, coalesce(p.alt, '') as photo_alt,
	coalesce(m.width, 0) as photo_width, coalesce(m.height, 0) as photo_height, coalesce(m.widths, '{}') as photo_widths`

const rowJoins = ` left join article_photo p on p.article_id = a.id and p.position = 1 left join media m on m.id = p.media_id `

// Cursor is where a page of a list ended. The zero value is the beginning.
type Cursor struct {
	At time.Time
	ID ID
}

// String writes the cursor for an address; "" for the beginning.
func (c Cursor) String() string {
	if c.ID == 0 {
		return ""
	}
	return strconv.FormatInt(c.At.UnixMicro(), 36) + "-" + strconv.FormatInt(int64(c.ID), 36)
}

// ParseCursor reads what String wrote; NotFound for anything else, since a forged address names no page.
func ParseCursor(s string) (Cursor, error) {
	if s == "" {
		return Cursor{}, nil
	}
	at, id, ok := strings.Cut(s, "-")
	micro, err := strconv.ParseInt(at, 36, 64)
	n, err2 := strconv.ParseInt(id, 36, 64)
	// Postgres keeps years 4713 BC to 294276; a cursor lies within a few centuries.
	if !ok || err != nil || err2 != nil || n < 1 || micro < 0 || micro > 1<<53 {
		return Cursor{}, fault.Missing()
	}
	return Cursor{At: time.UnixMicro(micro), ID: ID(n)}, nil
}

// Filter narrows the list. Zero values do not filter.
type Filter struct {
	Category    string
	Association association.ID
	After       Cursor
}

// Page is one page of a list; Next is empty at the end.
type Page struct {
	Rows []Row
	Next Cursor
}

// List gives the newest articles after the cursor.
func List(ctx context.Context, tx *db.Tx, f Filter, limit int) (Page, error) {
	rows, err := db.All[Row](ctx, tx, `
		select `+rowColumns+` from article a `+rowJoins+`
		where `+public+`
		  and (@category = '' or a.category = @category)
		  and (@association = 0 or exists (select 1 from article_association x where x.article_id = a.id and x.association_id = @association))
		  and (@after_id = 0 or (a.published_at, a.id) < (@after_at, @after_id))
		order by a.published_at desc, a.id desc limit @limit`,
		pgx.NamedArgs{"ward": tx.Who().Ward, "now": tx.Now(), "category": f.Category, "association": f.Association,
			"after_at": f.After.At, "after_id": f.After.ID, "limit": limit + 1})
	if err != nil {
		return Page{}, err
	}
	page := Page{Rows: rows}
	if len(rows) > limit {
		page.Rows = rows[:limit]
		last := page.Rows[limit-1]
		page.Next = Cursor{At: last.PublishedAt, ID: last.ID}
	}
	return page, nil
}

// Front is what the home page shows: the lead, then the latest others.
type Front struct {
	Lead   *Row // the newest featured article, else the newest; nil in an empty ward
	Latest []Row
}

// Home reads the front in one statement.
func Home(ctx context.Context, tx *db.Tx, latest int) (Front, error) {
	rows, err := db.All[Row](ctx, tx, `
		with lead as (select id from article a where `+public+` and a.featured order by a.published_at desc, a.id desc limit 1),
		     newest as (select id from article a where `+public+` order by a.published_at desc, a.id desc limit @limit)
		select `+rowColumns+` from article a `+rowJoins+`
		where a.id in (select id from lead union select id from newest)
		order by a.id = (select id from lead) desc nulls last, a.published_at desc, a.id desc limit @limit`,
		pgx.NamedArgs{"ward": tx.Who().Ward, "now": tx.Now(), "limit": latest + 1})
	if err != nil || len(rows) == 0 {
		return Front{}, err
	}
	return Front{Lead: &rows[0], Latest: rows[1:]}, nil
}

// Photo is a photo of an article with its words and measures.
type Photo struct {
	ID      media.ID
	Caption string
	Alt     string
	Credit  string
	Width   int
	Height  int
	Widths  []int
}

// Tagged is an association that an article is about.
type Tagged struct{ Slug, Name string }

// Article is a published article with everything its page shows.
type Article struct {
	ID                     ID
	Slug, Title, Lead      string
	HTML                   string // sanitised; see Split
	Category, Byline       string
	SourceName, SourceURL  string
	SourceDate             *time.Time
	PublishedAt, UpdatedAt time.Time
	ViewCount              int
	Photos                 []Photo  `db:"-"`
	Associations           []Tagged `db:"-"`
	Related                []Row    `db:"-"`
	Newer, Older           *Row     `db:"-"`
	MovedTo                string   `db:"-"` // not empty: the address is an old one, all else is empty
}

// ReadArticle reads a published article by its address, with photos, associations, related articles and neighbours, in one
// round trip. An address it had before gives MovedTo. NotFound for drafts, withdrawn and other wards' articles.
func ReadArticle(ctx context.Context, tx *db.Tx, address string) (Article, error) {
	var a Article
	var found bool
	args := pgx.NamedArgs{"ward": tx.Who().Ward, "now": tx.Now(), "slug": address}
	b := &pgx.Batch{}
	b.Queue(`select a.id, a.slug, a.title, a.lead, a.html, a.category, a.byline, a.source_name, a.source_url, a.source_date,
			a.published_at, a.updated_at, a.view_count
		from article a where `+public+` and a.slug = @slug`, args).Query(func(rows pgx.Rows) error {
		list, err := pgx.CollectRows(rows, pgx.RowToStructByName[Article])
		if len(list) == 1 {
			a, found = list[0], true
		}
		return err
	})
	const this = ` (select a.id from article a where ` + public + ` and a.slug = @slug) `
	b.Queue(`select p.media_id as id, p.caption, p.alt, p.credit, m.width, m.height, m.widths
		from article_photo p join media m on m.id = p.media_id where p.article_id = `+this+` order by p.position`, args).Query(into(&a.Photos))
	b.Queue(`select s.slug, s.name from article_association x join association s on s.id = x.association_id
		where x.article_id = `+this+` order by s.sort, s.id`, args).Query(into(&a.Associations))
	// Candidates are the neighbours in time, so that the page costs the same in a ward with 50,000 articles.
	b.Queue(`
		with this as (select a.id, a.category, a.published_at from article a where `+public+` and a.slug = @slug),
		     near as ((select a.id from article a, this t where `+public+` and (a.published_at, a.id) < (t.published_at, t.id) order by a.published_at desc, a.id desc limit 60)
		              union all
		              (select a.id from article a, this t where `+public+` and (a.published_at, a.id) > (t.published_at, t.id) order by a.published_at, a.id limit 30))
		select `+rowColumns+` from near n join article a on a.id = n.id `+rowJoins+`, this t
		order by (select count(*) from article_association x join article_association y on y.association_id = x.association_id where x.article_id = a.id and y.article_id = t.id) desc,
		         a.category = t.category desc, abs(extract(epoch from a.published_at - t.published_at)), a.id desc
		limit 3`, args).Query(into(&a.Related))
	b.Queue(`select `+rowColumns+` from article a `+rowJoins+`, (select a.id, a.published_at from article a where `+public+` and a.slug = @slug) t
		where `+public+` and (a.published_at, a.id) > (t.published_at, t.id) order by a.published_at, a.id limit 1`, args).Query(intoOne(&a.Newer))
	b.Queue(`select `+rowColumns+` from article a `+rowJoins+`, (select a.id, a.published_at from article a where `+public+` and a.slug = @slug) t
		where `+public+` and (a.published_at, a.id) < (t.published_at, t.id) order by a.published_at desc, a.id desc limit 1`, args).Query(intoOne(&a.Older))
	var moved []string
	b.Queue(`select a.slug from article_slug o join article a on a.id = o.article_id where o.ward_id = @ward and o.slug = @slug and `+public, args).
		Query(func(rows pgx.Rows) (err error) {
			moved, err = pgx.CollectRows(rows, pgx.RowTo[string])
			return err
		})
	if err := tx.Batch(ctx, b); err != nil {
		return Article{}, err
	}
	switch {
	case found:
		return a, nil
	case len(moved) == 1:
		return Article{MovedTo: moved[0]}, nil
	}
	return Article{}, fault.Missing()
}

func into[T any](list *[]T) func(pgx.Rows) error {
	return func(rows pgx.Rows) (err error) {
		*list, err = pgx.CollectRows(rows, pgx.RowToStructByName[T])
		return err
	}
}

func intoOne[T any](one **T) func(pgx.Rows) error {
	return func(rows pgx.Rows) error {
		list, err := pgx.CollectRows(rows, pgx.RowToStructByName[T])
		if len(list) > 0 {
			*one = &list[0]
		}
		return err
	}
}

// Search finds published articles that contain every word, accented or not: the phrase as typed in the title first, then
// the phrase without diacritics, then the words anywhere; newest first within each. Empty for a query without words.
func Search(ctx context.Context, tx *db.Tx, query string, limit int) ([]Row, error) {
	words := vi.Words(query)
	if len(words) == 0 {
		return []Row{}, nil
	}
	if len(words) > 20 {
		words = words[:20]
	}
	folded := strings.Join(words, " ")
	return db.All[Row](ctx, tx, `
		select `+rowColumns+` from news_search(@words, @folded, lower(@phrase), @limit) f join article a on a.id = f.id `+rowJoins+`
		where `+public+` order by f.rank desc, a.published_at desc, a.id desc`,
		pgx.NamedArgs{"ward": tx.Who().Ward, "now": tx.Now(), "words": folded, "folded": folded, "phrase": vi.Clean(query), "limit": limit})
}

// Address is a line of the sitemap.
type Address struct {
	Slug      string
	UpdatedAt time.Time
}

// Addresses lists the newest published articles for the sitemap.
func Addresses(ctx context.Context, tx *db.Tx, limit int) ([]Address, error) {
	return db.All[Address](ctx, tx, `select a.slug, a.updated_at from article a where `+public+` order by a.published_at desc, a.id desc limit @limit`,
		pgx.NamedArgs{"ward": tx.Who().Ward, "now": tx.Now(), "limit": limit})
}
