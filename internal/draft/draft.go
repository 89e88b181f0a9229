// Package draft keeps what people type from getting lost or doubled: a key per form makes a second submit harmless, and
// a post that arrives after the session expired is parked until the person has signed in again.
package draft

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"net/url"
	"time"

	"wardportal/internal/db"
)

const keptFor = 24 * time.Hour

// Claim takes the key of a form for this unit of work. first is false when the form was carried out before; location is
// then where it led. A concurrent twin waits here for the first one's commit.
func Claim(ctx context.Context, tx *db.Tx, key, path string) (location string, first bool, err error) {
	n, err := tx.Exec(ctx, `
		insert into form_key (ward_id, key, account_id, path, created_at) values ($1, $2, nullif($3::bigint, 0), $4, $5)
		on conflict do nothing`, tx.Who().Ward, key, tx.Who().User, path, tx.Now())
	if err != nil || n == 1 {
		return "", true, err
	}
	location, err = db.Value[string](ctx, tx, `select location from form_key where ward_id = $1 and key = $2 and path = $3`, tx.Who().Ward, key, path)
	return location, false, err
}

// Settle stores where the form led, in the same transaction as its work.
func Settle(ctx context.Context, tx *db.Tx, key, location string) error {
	return tx.ExecOne(ctx, nil, `update form_key set location = $3 where ward_id = $1 and key = $2`, tx.Who().Ward, key, location)
}

// Parked is a post that waits for its writer.
type Parked struct {
	Path string
	Body url.Values
}

// Park keeps a post and gives the token that takes it back.
func Park(ctx context.Context, tx *db.Tx, p Parked) (token string, err error) {
	body, err := json.Marshal(p.Body)
	if err != nil {
		return "", err
	}
	token = rand.Text()
	_, err = tx.Exec(ctx, `insert into parked_post (ward_id, token_hash, path, body, created_at) values ($1, $2, $3, $4, $5)`,
		tx.Who().Ward, hash(token), p.Path, body, tx.Now())
	return token, err
}

// Look reads a parked post without taking it; the system asks on behalf of the token's holder.
func Look(ctx context.Context, tx *db.Tx, token string) (Parked, error) {
	var p Parked
	var body []byte
	err := tx.QueryRow(ctx, `select path, body from parked_post where ward_id = $1 and token_hash = $2 and created_at > $3`,
		tx.Who().Ward, hash(token), tx.Now().Add(-keptFor)).Scan(&p.Path, &body)
	if err != nil {
		return Parked{}, err
	}
	return p, json.Unmarshal(body, &p.Body)
}

// Sweep deletes what is older than a day.
func Sweep(ctx context.Context, tx *db.Tx) error {
	before := tx.Now().Add(-keptFor)
	if _, err := tx.Exec(ctx, `delete from parked_post where created_at < $1`, before); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `delete from form_key where created_at < $1`, before)
	return err
}

func hash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
