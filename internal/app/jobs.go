package app

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"wardportal/internal/account"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/draft"
	"wardportal/internal/feedback"
	"wardportal/internal/ward"
)

const flushEvery = 20 * time.Second

// runJobs flushes what requests collected in memory and sweeps what nobody needs any more, until ctx ends; then it flushes once more.
func (a *App) runJobs(ctx context.Context) {
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			a.flush(last)
			return
		case <-tick.C:
			a.flush(ctx)
			if n%180 == 0 { // about once an hour
				a.sweep(ctx)
			}
		}
	}
}

func (a *App) flush(ctx context.Context) {
	seen := a.Kit.TakeSeen()
	if len(seen) > 0 {
		a.eachWard(ctx, "ghi nhận truy cập", func(ctx context.Context, tx *db.Tx, _ ward.Listed) error { return account.FlushSeen(ctx, tx, seen) })
	}
	for _, w := range a.Site.Views.Waiting() {
		err := a.Pool.Write(ctx, authz.System(w, "cộng lượt xem"), a.Site.Views.Flush)
		a.Kit.Touch() // the counters on the pages
		if err != nil {
			a.Log.Error("job", slog.String("job", "views"), slog.Int64("ward", int64(w)), slog.String("error", err.Error()))
		}
	}
}

func (a *App) sweep(ctx context.Context) {
	a.eachWard(ctx, "dọn dữ liệu tạm", func(ctx context.Context, tx *db.Tx, _ ward.Listed) error {
		if err := account.SweepAttempts(ctx, tx); err != nil {
			return err
		}
		if err := feedback.Sweep(ctx, tx); err != nil {
			return err
		}
		return draft.Sweep(ctx, tx)
	})
}

// eachWard runs fn as the system of every ward; one ward's failure does not keep the others waiting.
func (a *App) eachWard(ctx context.Context, why string, fn func(context.Context, *db.Tx, ward.Listed) error) {
	list, err := a.wards(ctx)
	if err != nil {
		a.Log.Error("job", slog.String("job", why), slog.String("error", err.Error()))
		return
	}
	for _, w := range list {
		err := a.guarded(ctx, w, why, fn)
		if err != nil {
			a.Log.Error("job", slog.String("job", why), slog.Int64("ward", int64(w.ID)), slog.String("error", err.Error()))
		}
	}
}

// guarded runs a job's unit of work; a panic in it is the job's failure, not the program's end.
func (a *App) guarded(ctx context.Context, w ward.Listed, why string, fn func(context.Context, *db.Tx, ward.Listed) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return a.Pool.Write(ctx, authz.System(w.ID, why), func(ctx context.Context, tx *db.Tx) error { return fn(ctx, tx, w) })
}
