package news

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
)

// DeskRow is an article in the newsroom's list.
type DeskRow struct {
	ID              ID
	Title           string
	Status          Status
	Category        string
	AssociationName string // "" = the newsroom's own
	LastBy          string // who made the last move
	UpdatedAt       time.Time
	PublishedAt     *time.Time
	ViewCount       int
}

// Desk lists the articles that tx's principal works on, last touched first: a chair the association's own, the newsroom
// all. Status "" means every state. The cursor runs over UpdatedAt.
func Desk(ctx context.Context, tx *db.Tx, status Status, after Cursor, limit int) (rows []DeskRow, next Cursor, err error) {
	args, err := deskScope(tx)
	if err != nil {
		return nil, Cursor{}, err
	}
	args["status"], args["after_at"], args["after_id"], args["limit"] = status, after.At, after.ID, limit+1
	rows, err = db.All[DeskRow](ctx, tx, `
		select a.id, a.title, a.status, a.category, coalesce(s.name, '') as association_name, a.updated_at, a.published_at, a.view_count,
		       coalesce((select c.by_name from news_change c where c.article_id = a.id order by c.id desc limit 1), '') as last_by
		from article a left join association s on s.id = a.association_id
		where a.ward_id = @ward and (@all or a.association_id = any (@own)) and (@status = '' or a.status = @status)
		  and (@after_id = 0 or (a.updated_at, a.id) < (@after_at, @after_id))
		order by a.updated_at desc, a.id desc limit @limit`, args)
	if err != nil {
		return nil, Cursor{}, err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		next = Cursor{At: rows[limit-1].UpdatedAt, ID: rows[limit-1].ID}
	}
	return rows, next, nil
}

// Counts says how many articles the principal works on in each state.
func Counts(ctx context.Context, tx *db.Tx) (map[Status]int, error) {
	args, err := deskScope(tx)
	if err != nil {
		return nil, err
	}
	type count struct {
		Status Status
		Number int
	}
	rows, err := db.All[count](ctx, tx, `
		select a.status, count(*) as number from article a
		where a.ward_id = @ward and (@all or a.association_id = any (@own)) group by a.status`, args)
	if err != nil {
		return nil, err
	}
	counts := map[Status]int{}
	for _, r := range rows {
		counts[r.Status] = r.Number
	}
	return counts, nil
}

func deskScope(tx *db.Tx) (pgx.NamedArgs, error) {
	who := tx.Who()
	own, all := who.AssociationsFor(authz.WriteNews)
	if _, publisher := who.AssociationsFor(authz.PublishNews); publisher {
		all = true
	}
	if !all && len(own) == 0 {
		return nil, fault.Denied()
	}
	return pgx.NamedArgs{"ward": who.Ward, "all": all, "own": own}, nil
}

// Happening is one sentence of an article's timeline.
type Happening struct {
	ID       int64
	At       time.Time
	ByName   string
	OnBehalf bool
	Sentence string
	Version  *int // set where the happening left a version of the text
}

// Timeline gives the newest happenings of an article.
func Timeline(ctx context.Context, tx *db.Tx, id ID, limit int) ([]Happening, error) {
	return db.All[Happening](ctx, tx, `
		select id, at, by_name, on_behalf, sentence, (after->>'version')::integer as version
		from news_change where article_id = $1 order by id desc limit $2`, id, limit)
}

// AtVersion gives the text as it stood at a version: what a form was opened with, for the 409 page and for comparing.
func AtVersion(ctx context.Context, tx *db.Tx, id ID, version int) (Content, error) {
	raw, err := db.Value[[]byte](ctx, tx, `
		select after from news_change
		where article_id = $1 and after is not null and (after->>'version')::integer <= $2
		order by (after->>'version')::integer desc limit 1`, id, version)
	if err != nil {
		return Content{}, err
	}
	var s snapshot
	err = json.Unmarshal(raw, &s)
	return s.Content, err
}
