package news

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/media"
	"wardportal/internal/vi"
)

// SubmitArticle hands a draft to the newsroom for review. It must be complete: lead, text, byline, and words for every photo.
func SubmitArticle(ctx context.Context, tx *db.Tx, id ID, version int) error {
	w, err := ready(ctx, tx, id, version, Submit)
	if err != nil {
		return err
	}
	if err := w.complete(); err != nil {
		return err
	}
	if err := move(ctx, tx, w, `status = 'submitted', submitted_by = nullif(@user::bigint, 0), submitted_at = @now, approved_by = null, published_by = null, note = ''`, nil); err != nil {
		return err
	}
	return note(ctx, tx, w, "Gửi duyệt bài “"+w.Title+"”", "news.submit", nil, nil, "")
}

// ReturnArticle sends a submitted or approved article back to its writer with a note.
func ReturnArticle(ctx context.Context, tx *db.Tx, id ID, version int, why string) error {
	w, err := ready(ctx, tx, id, version, Return)
	if err != nil {
		return err
	}
	if why, err = reason(why, "Ghi rõ cần sửa gì để người viết biết."); err != nil {
		return err
	}
	if err := move(ctx, tx, w, `status = 'returned', approved_by = null, note = @note`, pgx.NamedArgs{"note": why}); err != nil {
		return err
	}
	return note(ctx, tx, w, "Trả lại bài “"+w.Title+"”: "+why, "news.return", nil, nil, why)
}

// ApproveArticle notes the consent to publication by somebody who did not submit the article.
func ApproveArticle(ctx context.Context, tx *db.Tx, id ID, version int) error {
	w, err := ready(ctx, tx, id, version, Approve)
	if err != nil {
		return err
	}
	if err := move(ctx, tx, w, `status = 'approved', approved_by = nullif(@user::bigint, 0)`, nil); err != nil {
		return err
	}
	return note(ctx, tx, w, "Duyệt bài “"+w.Title+"”", "news.approve", nil, nil, "")
}

// PublishArticle shows a submitted or approved article to residents from the instant on; zero means now, a later one
// schedules it. Only the system (the demo, a restore) may date it back.
func PublishArticle(ctx context.Context, tx *db.Tx, id ID, version int, at time.Time) error {
	w, err := ready(ctx, tx, id, version, Publish)
	if err != nil {
		return err
	}
	if err := w.complete(); err != nil {
		return err
	}
	now := tx.Now()
	switch {
	case at.IsZero():
		at = now
	case at.Before(now) && !tx.Who().IsSystem():
		return fault.At("at", "Giờ đăng phải từ bây giờ trở đi.")
	case at.After(now.AddDate(1, 0, 0)):
		return fault.At("at", "Chỉ hẹn giờ đăng trong vòng một năm.")
	}
	err = move(ctx, tx, w, `status = 'published', published_at = @at, published_by = nullif(@user::bigint, 0),
		approved_by = coalesce(approved_by, nullif(@user::bigint, 0)), note = ''`, pgx.NamedArgs{"at": at})
	if err != nil {
		return err
	}
	if err := syncPhotos(ctx, tx, mediaOf(w.Photos)); err != nil {
		return err
	}
	sentence := "Đăng bài “" + w.Title + "”"
	if at.After(now) {
		sentence = "Hẹn đăng bài “" + w.Title + "” lúc " + vi.ShortDateTime(at)
	}
	return note(ctx, tx, w, sentence, "news.publish", nil, nil, "")
}

// WithdrawArticle takes a published (or scheduled) article off the public pages, with the reason kept.
func WithdrawArticle(ctx context.Context, tx *db.Tx, id ID, version int, why string) error {
	w, err := ready(ctx, tx, id, version, Withdraw)
	if err != nil {
		return err
	}
	if why, err = reason(why, "Ghi lý do gỡ bài."); err != nil {
		return err
	}
	if err := move(ctx, tx, w, `status = 'withdrawn', note = @note`, pgx.NamedArgs{"note": why}); err != nil {
		return err
	}
	if err := syncPhotos(ctx, tx, mediaOf(w.Photos)); err != nil {
		return err
	}
	return note(ctx, tx, w, "Gỡ bài “"+w.Title+"”: "+why, "news.withdraw", nil, nil, why)
}

// RedraftArticle gives a withdrawn article back to its writer. It must pass review again.
func RedraftArticle(ctx context.Context, tx *db.Tx, id ID, version int) error {
	w, err := ready(ctx, tx, id, version, Redraft)
	if err != nil {
		return err
	}
	if err := move(ctx, tx, w, `status = 'returned', submitted_by = null, submitted_at = null, approved_by = null, published_by = null`, nil); err != nil {
		return err
	}
	return note(ctx, tx, w, "Đưa bài “"+w.Title+"” về sửa lại", "news.redraft", nil, nil, "")
}

// ready loads the article and asks the workflow.
func ready(ctx context.Context, tx *db.Tx, id ID, version int, m Move) (Work, error) {
	w, err := Get(ctx, tx, id)
	if err != nil {
		return Work{}, err
	}
	if err := Check(tx.Who(), w.State, m); err != nil {
		return Work{}, err
	}
	if w.Version != version {
		return Work{}, fault.Stale()
	}
	return w, nil
}

// move carries out a change of state. The version in the where clause settles a race of two people.
func move(ctx context.Context, tx *db.Tx, w Work, set string, args pgx.NamedArgs) error {
	all := pgx.NamedArgs{"id": w.ID, "version": w.Version, "user": tx.Who().User, "now": tx.Now()}
	for k, v := range args {
		all[k] = v
	}
	return tx.Versioned(ctx, `update article set `+set+`, updated_at = @now, version = version + 1 where id = @id and version = @version`,
		`select 1 from article where id = @id`, all)
}

func reason(s, missing string) (string, error) {
	if s = vi.CleanMultiline(s); s == "" {
		return "", fault.At("note", missing)
	}
	if len([]rune(s)) > 1000 {
		return "", fault.At("note", "Lý do tối đa 1.000 ký tự.")
	}
	return s, nil
}

// syncPhotos makes each photo as public as the earliest published article that shows it.
func syncPhotos(ctx context.Context, tx *db.Tx, ids []media.ID) error {
	if len(ids) == 0 {
		return nil
	}
	type shown struct {
		MediaID media.ID
		Since   time.Time
	}
	rows, err := db.All[shown](ctx, tx, `
		select p.media_id, min(a.published_at) as since from article_photo p join article a on a.id = p.article_id
		where p.ward_id = $1 and p.media_id = any ($2) and a.status = 'published' group by p.media_id`, tx.Who().Ward, ids)
	if err != nil {
		return err
	}
	if err := media.SetPublic(ctx, tx, ids, nil); err != nil {
		return err
	}
	bySince := map[int64][]media.ID{}
	for _, r := range rows {
		bySince[r.Since.UnixMicro()] = append(bySince[r.Since.UnixMicro()], r.MediaID)
	}
	for since, group := range bySince {
		at := time.UnixMicro(since)
		if err := media.SetPublic(ctx, tx, group, &at); err != nil {
			return err
		}
	}
	return nil
}
