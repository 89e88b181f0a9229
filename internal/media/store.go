package media

import (
	"context"
	"time"

	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
)

// Owner says whose photo it will be: an association's (0 = the ward's own) and for what.
type Owner struct {
	Association authz.AssociationID
	Purpose     Purpose
}

// Store writes a prepared photo. It is hidden from strangers until SetPublic.
func Store(ctx context.Context, tx *db.Tx, p Prepared, o Owner) (ID, error) {
	who := tx.Who()
	need := authz.WriteNews
	if o.Purpose == Record {
		need = authz.WriteReport
	}
	if !authz.Can(who, need, authz.Of(o.Association)) {
		return 0, fault.Denied()
	}
	if len(p.sizes) == 0 {
		return 0, unreadable(nil)
	}
	width, height := p.Size()
	widths, heights, bodies := make([]int, len(p.sizes)), make([]int, len(p.sizes)), make([][]byte, len(p.sizes))
	for i, s := range p.sizes {
		widths[i], heights[i], bodies[i] = s.width, s.height, s.body
	}
	id, err := db.Value[ID](ctx, tx, `
		insert into media (ward_id, purpose, association_id, uploaded_by, width, height, widths, digest, created_at)
		values ($1, $2, nullif($3::bigint, 0), nullif($4::bigint, 0), $5, $6, $7, $8, $9) returning id`,
		who.Ward, o.Purpose, o.Association, who.User, width, height, widths, p.digest[:], tx.Now())
	if err != nil {
		return 0, err
	}
	if _, err := tx.Exec(ctx, `
		insert into media_size (ward_id, media_id, width, height, body)
		select $1, $2, s.width, s.height, s.body from unnest($3::integer[], $4::integer[], $5::bytea[]) as s(width, height, body)`,
		who.Ward, id, widths, heights, bodies); err != nil {
		return 0, err
	}
	return id, audit.Record(ctx, tx, audit.Event{Action: "media.add", Object: "media", ID: int64(id), Association: o.Association})
}

// Photo is what a page needs to show a photo before its bytes are there.
type Photo struct {
	ID     ID
	Width  int // of the largest size
	Height int
	Widths []int // ascending
}

// Get reads photos that tx's principal may see; the others are missing from the answer.
func Get(ctx context.Context, tx *db.Tx, ids []ID) (map[ID]Photo, error) {
	list, err := db.All[Photo](ctx, tx, `select id, width, height, widths from media where ward_id = $1 and id = any ($2)`, tx.Who().Ward, ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[ID]Photo, len(list))
	for _, p := range list {
		byID[p.ID] = p
	}
	return byID, nil
}

// File is one stored size.
type File struct {
	Body   []byte // JPEG
	Width  int
	Height int
	Public bool // may be kept by shared caches
	ETag   string
}

// Read gives the narrowest stored size that is at least width wide, or the widest. Strangers get NotFound for a photo
// that no published page shows.
func Read(ctx context.Context, tx *db.Tx, id ID, width int) (File, error) {
	return db.One[File](ctx, tx, `
		select s.body, s.width, s.height, m.public_since is not null and m.public_since <= $4 as public,
		       '"' || left(encode(m.digest, 'hex'), 20) || '-' || s.width || '"' as etag
		from media m join media_size s on s.media_id = m.id
		where m.ward_id = $1 and m.id = $2
		order by s.width < $3, abs(s.width - $3) limit 1`, tx.Who().Ward, id, width, tx.Now())
}

// SetPublic shows photos to strangers from the instant on, or hides them when since is nil. News calls it when an
// article is published or withdrawn; only those who may publish can.
func SetPublic(ctx context.Context, tx *db.Tx, ids []ID, since *time.Time) error {
	if len(ids) == 0 {
		return nil
	}
	if !tx.Who().May(authz.PublishNews) {
		return fault.Denied()
	}
	_, err := tx.Exec(ctx, `update media set public_since = $3 where ward_id = $1 and id = any ($2) and purpose = 'news'`, tx.Who().Ward, ids, since)
	return err
}
