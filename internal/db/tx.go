// Package db is the only way to data. A *Tx is a capability: holding one proves that a principal and an instant were
// fixed for row-level security before the first statement. Only Pool.Read and Pool.Write make one.
//
// Domain functions take a *Tx, never a pool, so code that forgets the principal, mixes pool and transaction,
// or nests transactions does not compile (docs/decisions, architecture rule 2).
package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/authz"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// Tx is one unit of work of one principal at one instant. Not safe for concurrent use.
type Tx struct {
	pgx   pgx.Tx
	who   authz.Who
	now   time.Time
	trips int
}

// Who is the principal that row-level security sees.
func (tx *Tx) Who() authz.Who { return tx.who }

// Now is the instant of the unit of work, the same for every statement. SQL takes it as an argument and never calls now().
func (tx *Tx) Now() time.Time { return tx.now }

// Today is the local date (Asia/Ho_Chi_Minh) of Now, as midnight UTC, ready for a date column.
func (tx *Tx) Today() time.Time { return day(tx.now) }

// Trips counts the round trips made so far, begin and commit excluded; a batch is one.
func (tx *Tx) Trips() int { return tx.trips }

// Query runs a statement that returns rows. Arguments are pgx's: positional, or one pgx.NamedArgs.
func (tx *Tx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	tx.trips++
	rows, err := tx.pgx.Query(ctx, sql, args...)
	return rows, translate(err)
}

// QueryRow runs a statement that returns at most one row; Scan gives fault.NotFound where there is none.
func (tx *Tx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	tx.trips++
	return row{tx.pgx.QueryRow(ctx, sql, args...)}
}

// Exec runs a statement and gives the number of rows it touched.
func (tx *Tx) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	tx.trips++
	tag, err := tx.pgx.Exec(ctx, sql, args...)
	return tag.RowsAffected(), translate(err)
}

// Batch sends many statements in one round trip.
func (tx *Tx) Batch(ctx context.Context, b *pgx.Batch) error {
	tx.trips++
	return translate(tx.pgx.SendBatch(ctx, b).Close())
}

// ExecOne runs a statement that must touch exactly one row; otherwise it gives missing, which is NotFound when nil.
func (tx *Tx) ExecOne(ctx context.Context, missing error, sql string, args ...any) error {
	n, err := tx.Exec(ctx, sql, args...)
	switch {
	case err != nil:
		return err
	case n == 1:
		return nil
	case n == 0 && missing != nil:
		return missing
	case n == 0:
		return fault.Missing()
	default:
		return fmt.Errorf("statement touched %d rows, want 1", n)
	}
}

// Versioned runs an update with "version = @version" in its where. Where no row was touched it asks whether the row is
// there at all (the probe must select it by id) and gives Conflict or NotFound.
func (tx *Tx) Versioned(ctx context.Context, sql, probe string, args pgx.NamedArgs) error {
	n, err := tx.Exec(ctx, sql, args)
	if err != nil || n == 1 {
		return err
	}
	var there int
	if err := tx.QueryRow(ctx, probe, args).Scan(&there); err != nil {
		return err
	}
	return fault.Stale()
}

// Try runs fn under a savepoint: when it fails, the unit of work goes on without what fn did.
func (tx *Tx) Try(ctx context.Context, fn func() error) error {
	inner, err := tx.pgx.Begin(ctx)
	if err != nil {
		return translate(err)
	}
	outer := tx.pgx
	tx.pgx = inner
	defer func() { tx.pgx = outer }()
	if err := fn(); err != nil {
		if back := inner.Rollback(ctx); back != nil {
			return errors.Join(err, back)
		}
		return err
	}
	return translate(inner.Commit(ctx))
}

// One reads exactly one row into T by column name; no row is fault.NotFound.
func One[T any](ctx context.Context, tx *Tx, sql string, args ...any) (T, error) {
	var zero T
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return zero, err
	}
	v, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T])
	return v, translate(err)
}

// All reads every row into T by column name. The slice is empty, never nil.
func All[T any](ctx context.Context, tx *Tx, sql string, args ...any) ([]T, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[T])
	return list, translate(err)
}

// Column reads the first column of every row.
func Column[T any](ctx context.Context, tx *Tx, sql string, args ...any) ([]T, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[T])
	return list, translate(err)
}

// Value reads one value; no row is fault.NotFound.
func Value[T any](ctx context.Context, tx *Tx, sql string, args ...any) (T, error) {
	var v T
	err := tx.QueryRow(ctx, sql, args...).Scan(&v)
	return v, err
}

type row struct{ pgx.Row }

func (r row) Scan(dest ...any) error { return translate(r.Row.Scan(dest...)) }

// day cuts an instant to its local calendar date. A date is kept as midnight UTC: Saigon was UTC+8 in 1968,
// so a local midnight would slip to the day before when pgx sends it.
func day(t time.Time) time.Time {
	y, m, d := t.In(vi.Location()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
