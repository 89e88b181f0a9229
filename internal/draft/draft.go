// Package draft keeps what people type from getting lost or doubled: a key per form makes a second submit harmless, and
// a post that arrives after the session expired is parked until the person has signed in again.
package draft

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
)

const keptFor = 24 * time.Hour

// Submit names one submit of a form: the form's own key together with all it carries. Pressing twice repeats it; going back,
// typing something else and sending again does not, and must not be taken for a repetition. more tells apart what is not in
// fields: files by name and size.
func Submit(key string, fields url.Values, more ...string) string {
	h := sha256.New()
	for _, part := range append([]string{key, fields.Encode()}, more...) {
		_, _ = fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Claim takes the name of a submit for this unit of work. first is false when it was carried out before; location is
// then where it led. A concurrent twin waits here for the first one's commit. A submit that only answered with a page (a
// preview, a question) led nowhere and may be sent again.
func Claim(ctx context.Context, tx *db.Tx, submit, path string) (location string, first bool, err error) {
	n, err := tx.Exec(ctx, `
		insert into form_key (ward_id, key, account_id, path, created_at) values ($1, $2, nullif($3::bigint, 0), $4, $5)
		on conflict do nothing`, tx.Who().Ward, submit, tx.Who().User, path, tx.Now())
	if err != nil || n == 1 {
		return "", true, err
	}
	location, err = db.Value[string](ctx, tx, `select location from form_key where ward_id = $1 and key = $2 and path = $3`, tx.Who().Ward, submit, path)
	return location, err == nil && location == "", err
}

// Settle stores where the submit led, in the same transaction as its work.
func Settle(ctx context.Context, tx *db.Tx, submit, location string) error {
	return tx.ExecOne(ctx, nil, `update form_key set location = $3 where ward_id = $1 and key = $2`, tx.Who().Ward, submit, location)
}

// Parked is a post that waits for its writer.
type Parked struct {
	Path string // with its query
	Body url.Values
}

// maxParked bounds what one ward's parked posts may take of the disk.
const maxParked = 500

// Park keeps a post for its owner and gives the token that takes it back. What is kept is sealed with a key made of the token,
// which only the browser has: forms carry citizen numbers and health notes that lie nowhere else in clear.
func Park(ctx context.Context, tx *db.Tx, owner authz.UserID, p Parked) (token string, err error) {
	n, err := db.Value[int](ctx, tx, `select count(*) from parked_post where ward_id = $1`, tx.Who().Ward)
	if err != nil {
		return "", err
	}
	if n >= maxParked {
		return "", fault.New(fault.Unavailable, "Phiên làm việc đã hết và hệ thống chưa giữ lại được nội dung này. Xin bấm nút quay lại của trình duyệt, chép nội dung ra rồi đăng nhập lại.")
	}
	token = rand.Text()
	sealed, err := seal(token, tx.Who().Ward, owner, p)
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(sealed)
	if err != nil {
		return "", err
	}
	_, err = tx.Exec(ctx, `insert into parked_post (ward_id, token_hash, path, body, created_at) values ($1, $2, '', $3, $4)`,
		tx.Who().Ward, name(token, owner), body, tx.Now())
	return token, err
}

// Look reads a parked post without taking it; the system asks on behalf of the token's holder. Whoever signs in at a shared
// machine holds the token too, so only its owner is answered.
func Look(ctx context.Context, tx *db.Tx, owner authz.UserID, token string) (Parked, error) {
	body, err := db.Value[[]byte](ctx, tx, `select body from parked_post where ward_id = $1 and token_hash = $2 and created_at > $3`,
		tx.Who().Ward, name(token, owner), tx.Now().Add(-keptFor))
	if err != nil {
		return Parked{}, err
	}
	var sealed []byte
	if err := json.Unmarshal(body, &sealed); err != nil {
		return Parked{}, err
	}
	return open(token, tx.Who().Ward, owner, sealed)
}

// Forget deletes a parked post that was sent or given up; one that is not there is no error.
func Forget(ctx context.Context, tx *db.Tx, owner authz.UserID, token string) error {
	_, err := tx.Exec(ctx, `delete from parked_post where ward_id = $1 and token_hash = $2`, tx.Who().Ward, name(token, owner))
	return err
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

// name finds a row only for who has the token and is its owner.
func name(token string, owner authz.UserID) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "parked name\x00%d\x00%s", owner, token))
	return sum[:]
}

func sealer(token string) (cipher.AEAD, error) {
	key := sha256.Sum256([]byte("parked seal\x00" + token)) // the token is random, 128 bits and more
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func bound(ward authz.WardID, owner authz.UserID) []byte {
	return fmt.Appendf(nil, "%d/%d", ward, owner)
}

func seal(token string, ward authz.WardID, owner authz.UserID, p Parked) ([]byte, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	box, err := sealer(token)
	if err != nil {
		return nil, err
	}
	return box.Seal(nil, nil, text, bound(ward, owner)), nil
}

func open(token string, ward authz.WardID, owner authz.UserID, sealed []byte) (Parked, error) {
	box, err := sealer(token)
	if err != nil {
		return Parked{}, err
	}
	text, err := box.Open(nil, nil, sealed, bound(ward, owner))
	if err != nil {
		return Parked{}, fmt.Errorf("parked post: %w", err)
	}
	var p Parked
	return p, json.Unmarshal(text, &p)
}
