// Package sample builds a small believable world: phường Chánh Lộ with its five associations. The demo loads it, and the
// tests clone it. Everything in it is made up by a fixed seed, except the published facts of the conference of 01/12/2023.
package sample

import (
	"context"
	"errors"
	"fmt"

	"wardportal/internal/account"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/media"
	"wardportal/internal/member"
	"wardportal/internal/ward"
)

// Password opens every demo account (product.md §4).
const Password = "ChanhLo-2023!"

// WardCode marks the demo ward; a database that holds another ward is never touched.
const WardCode = "chanh-lo-mau"

// ErrOtherWard says that the database holds a real ward.
var ErrOtherWard = errors.New("cơ sở dữ liệu này đang có dữ liệu của một phường khác, nên không nạp phường mẫu vào")

// Load builds the demo ward where there is none yet; loading twice changes nothing. It gives whether it built anything.
func Load(ctx context.Context, pool *db.Pool, opts Options) (bool, error) {
	var wards []ward.Listed
	if err := pool.Read(ctx, authz.Who{}, func(ctx context.Context, tx *db.Tx) error {
		var err error
		wards, err = ward.List(ctx, tx)
		return err
	}); err != nil {
		return false, err
	}
	for _, w := range wards {
		if w.Code != WardCode {
			return false, ErrOtherWard
		}
	}
	if len(wards) > 0 {
		return false, nil
	}
	hash, err := account.HashPassword(Password) // slow, so before the transaction
	if err != nil {
		return false, err
	}
	b := &builder{opts: opts, hash: hash, keys: opts.Keys}
	if err := b.preparePhotos(ctx); err != nil {
		return false, err
	}
	if err := pool.Write(ctx, authz.System(0, "nạp phường mẫu"), func(ctx context.Context, tx *db.Tx) error {
		var err error
		b.ward, err = ward.Create(ctx, tx, theWard)
		return err
	}); err != nil {
		return false, fmt.Errorf("ward: %w", err)
	}
	return true, pool.Write(ctx, authz.System(b.ward, "nạp phường mẫu"), func(ctx context.Context, tx *db.Tx) error {
		for _, step := range steps {
			if err := step.build(b, ctx, tx); err != nil {
				return fmt.Errorf("%s: %w", step.name, err)
			}
		}
		return nil
	})
}

// Options say how large the world is.
type Options struct {
	Keys  *member.Keys // seals the sensitive fields
	Small bool         // a tenth of the members: enough for page tests, and quick
}

type builder struct {
	opts         Options
	ward         authz.WardID
	hash         string
	groups       []authz.GroupID
	associations map[string]*built // by slug
	keys         *member.Keys
	photos       map[string]media.Prepared
}

// built is an association with its branches, in order.
type built struct {
	id       authz.AssociationID
	plan     plan
	branches []authz.BranchID
	members  []seated // in the roster today
}

// steps are the parts of the world, each building on the ones before.
var steps = []struct {
	name  string
	build func(b *builder, ctx context.Context, tx *db.Tx) error
}{
	{"residential groups", (*builder).addGroups},
	{"associations", (*builder).addAssociations},
	{"accounts", (*builder).addAccounts},
	{"members", (*builder).addMembers},
	{"officers", (*builder).addOfficers},
	{"diary", (*builder).addDiary},
	{"meetings", (*builder).addMeetings},
	{"articles", (*builder).addArticles},
	{"reports", (*builder).addReports},
	{"letters", (*builder).addLetters},
}
