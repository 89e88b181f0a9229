package sample

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"time"

	"wardportal/internal/db"
	"wardportal/internal/media"
	"wardportal/internal/news"
	"wardportal/internal/vi"
)

// The pictures are the project's own drawings, rasterised once; media stores them like any photo.
//
//go:embed photos/*.jpg
var photos embed.FS

// picture is a drawing with the words of its use.
type picture struct{ file, caption, alt string }

// story is one article of the demo. days > 0 dates it so many days before the load, at fixed otherwise.
type story struct {
	at       time.Time
	days     int
	category string
	slug     string // association it concerns, "" = none
	title    string
	lead     string
	body     string
	byline   string
	featured bool
	pictures []picture
	views    int // the published counter of the conference; the others begin at 0
}

// preparePhotos decodes and shrinks the drawings before the transaction: it is slow.
func (b *builder) preparePhotos(ctx context.Context) error {
	b.photos = map[string]media.Prepared{}
	for _, name := range []string{"hoi-truong", "phat-bieu-1", "phat-bieu-2", "thien-an"} {
		raw, err := photos.ReadFile("photos/" + name + ".jpg")
		if err != nil {
			return err
		}
		if b.photos[name], err = media.Prepare(ctx, bytes.NewReader(raw)); err != nil {
			return fmt.Errorf("photo %s: %w", name, err)
		}
	}
	return nil
}

func (b *builder) addArticles(ctx context.Context, tx *db.Tx) error {
	for _, s := range stories {
		if err := b.addArticle(ctx, tx, s); err != nil {
			return fmt.Errorf("%s: %w", s.title, err)
		}
	}
	return nil
}

func (b *builder) addArticle(ctx context.Context, tx *db.Tx, s story) error {
	at := s.at
	if s.days > 0 {
		day := tx.Now().In(vi.Location()).AddDate(0, 0, -s.days)
		at = time.Date(day.Year(), day.Month(), day.Day(), 8+s.days%9, 15, 0, 0, vi.Location())
	}
	c := news.Content{Title: s.title, Lead: s.lead, Body: s.body, Category: s.category, Byline: s.byline, Featured: s.featured}
	if made, ok := b.associations[s.slug]; ok {
		c.Associations = append(c.Associations, made.id)
	} else if s.featured {
		c.Associations = b.all()
	}
	for _, p := range s.pictures {
		id, err := media.Store(ctx, tx, b.photos[p.file], media.Owner{Purpose: media.News})
		if err != nil {
			return err
		}
		c.Photos = append(c.Photos, news.PhotoUse{Media: id, Caption: p.caption, Alt: p.alt, Credit: "Tranh minh họa"})
	}
	id, err := news.Add(ctx, tx, 0, c)
	if err != nil {
		return err
	}
	if err := news.SubmitArticle(ctx, tx, id, 1); err != nil {
		return err
	}
	if err := news.PublishArticle(ctx, tx, id, 2, at); err != nil || s.views == 0 {
		return err
	}
	return news.AddViews(ctx, tx, map[news.ID]int{id: s.views})
}
