package ward

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"

	"wardportal/internal/db"
	"wardportal/internal/fault"
)

// ErrOtherKey says that the database was sealed with another secret file.
var ErrOtherKey = errors.New("the secret file is not the one this database was sealed with: put the right file back (PORTAL_SECRET_FILE); nothing was changed")

// CheckKey holds the program's secret against the proof in the database; the first start leaves the proof. Without it a
// program with a wrong key would write new data that the right one cannot open.
func CheckKey(ctx context.Context, tx *db.Tx, secret []byte) error {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("wardportal key check 1"))
	proof := mac.Sum(nil)
	stored, err := db.Value[[]byte](ctx, tx, `select proof from key_check where id = 1`)
	if fault.Is(err, fault.NotFound) {
		_, err = tx.Exec(ctx, `insert into key_check (id, proof, created_at) values (1, $1, $2) on conflict (id) do nothing`, proof, tx.Now())
		return err
	}
	if err != nil {
		return err
	}
	if !hmac.Equal(stored, proof) {
		return ErrOtherKey
	}
	return nil
}
