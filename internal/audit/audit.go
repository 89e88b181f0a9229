// Package audit keeps the append-only record of who did what: ids and names of fields, never a personal value.
// Record runs inside the caller's transaction, so an act and its record stand or fall together.
package audit

import (
	"context"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
)

// Event is one act. Object and ID say on what; Fields names what changed.
type Event struct {
	Action      string // "member.add": noun and verb
	Object      string // table-like noun: "membership"
	ID          int64  // 0 = none
	Association authz.AssociationID
	Fields      []string
	Reason      string // written by the person, or the job's reason
}

type requestIDKey struct{}

// WithRequestID ties the events of a request to its log line.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey{}, id)
}

// RequestID gives the id of the request in ctx, or "".
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// Record writes the event as the transaction's principal. A ward official who acts for an association is stamped "nhập thay".
func Record(ctx context.Context, tx *db.Tx, e Event) error {
	who := tx.Who()
	actor := who.Why()
	if actor == "" && !who.SignedIn() {
		actor = "chưa đăng nhập"
	}
	_, err := tx.Exec(ctx, `
		insert into audit_log (ward_id, at, account_id, actor, action, object, object_id, association_id, on_behalf, fields, reason, request_id)
		values ($1, $2, nullif($3::bigint, 0), $4, $5, $6, nullif($7::bigint, 0), nullif($8::bigint, 0), $9, $10, $11, $12)`,
		who.Ward, tx.Now(), who.User, actor, e.Action, e.Object, e.ID, e.Association,
		authz.OnBehalf(who, authz.Of(e.Association)), orEmpty(e.Fields), e.Reason, RequestID(ctx))
	return err
}

func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// Row is one line of the log page.
type Row struct {
	ID            int64
	At            time.Time
	AccountID     *int64
	Actor         string
	Action        string
	Object        string
	ObjectID      *int64
	AssociationID *int64
	OnBehalf      bool
	Fields        []string
	Reason        string
	RequestID     string
}

// List gives the newest events before the id (0 = from the newest), at most limit.
func List(ctx context.Context, tx *db.Tx, before int64, limit int) ([]Row, error) {
	return db.All[Row](ctx, tx, `
		select id, at, account_id, actor, action, object, object_id, association_id, on_behalf, fields, reason, request_id
		from audit_log where ward_id = $1 and ($2 = 0 or id < $2) order by id desc limit $3`, tx.Who().Ward, before, limit)
}
