package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"wardportal/internal/authz"
	"wardportal/internal/fault"
)

// Pool is the program's connections as portal_app. It offers no statement of its own: data is reached through Read and Write.
type Pool struct {
	pool *pgxpool.Pool
	now  func() time.Time
}

// Option changes how a pool is opened.
type Option func(*pgxpool.Config, *Pool)

// Clock sets the clock that gives each unit of work its instant; tests use it to travel.
func Clock(now func() time.Time) Option { return func(_ *pgxpool.Config, p *Pool) { p.now = now } }

// MaxConns bounds the pool.
func MaxConns(n int32) Option { return func(c *pgxpool.Config, _ *Pool) { c.MaxConns = n } }

// Open connects as the app role and refuses a login that row-level security does not bind: a superuser, a role with
// bypassrls, or the owner of the tables would read every ward's data.
func Open(ctx context.Context, url string, opts ...Option) (*Pool, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, errors.New("the database address cannot be read") // the cause would print the password
	}
	p := &Pool{now: time.Now}
	cfg.MaxConns = 10
	cfg.MaxConnIdleTime = 5 * time.Minute
	cfg.ConnConfig.ConnectTimeout = 5 * time.Second
	cfg.ConnConfig.RuntimeParams["application_name"] = "portal"
	cfg.ConnConfig.RuntimeParams["timezone"] = "Asia/Ho_Chi_Minh"
	cfg.ConnConfig.RuntimeParams["jit"] = "off" // policies make plans look costly: compiling one took 400 ms, running it 2
	cfg.AfterConnect = boundTimes
	for _, o := range opts {
		o(cfg, p)
	}
	if p.pool, err = pgxpool.NewWithConfig(ctx, cfg); err != nil {
		return nil, fmt.Errorf("open pool: %w", err)
	}
	if err := p.refuseUnbound(ctx); err != nil {
		p.pool.Close()
		return nil, err
	}
	return p, nil
}

// boundTimes gives a login without limits of its own those of portal_app: role settings are not inherited by its members.
func boundTimes(ctx context.Context, conn *pgx.Conn) error {
	var statement, lock, idle string
	err := conn.QueryRow(ctx, `select current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout')`).
		Scan(&statement, &lock, &idle)
	if err != nil {
		return err
	}
	for _, bound := range []struct{ have, set string }{
		{statement, `set statement_timeout = '15s'`}, {lock, `set lock_timeout = '5s'`}, {idle, `set idle_in_transaction_session_timeout = '30s'`},
	} {
		if bound.have == "0" {
			if _, err := conn.Exec(ctx, bound.set); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *Pool) refuseUnbound(ctx context.Context) error {
	var unbound, owner bool
	err := p.pool.QueryRow(ctx, `
		select exists (select 1 from pg_roles x where (x.rolsuper or x.rolbypassrls) and pg_has_role(r.oid, x.oid, 'member')),
		       exists (select 1 from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and pg_has_role(r.oid, c.relowner, 'member'))
		from pg_roles r where r.rolname = current_user`).Scan(&unbound, &owner)
	switch {
	case err != nil:
		return fmt.Errorf("ask for the role of the login: %w", err)
	case unbound:
		return errors.New("the program's login bypasses row-level security (superuser, bypassrls, or member of such a role); give PORTAL_DATABASE_URL the login portal_app")
	case owner:
		return errors.New("the program's login owns the tables; give PORTAL_DATABASE_URL the login portal_app")
	}
	return nil
}

// Close ends the connections.
func (p *Pool) Close() { p.pool.Close() }

// Ping asks the database for a sign of life.
func (p *Pool) Ping(ctx context.Context) error { return translate(p.pool.Ping(ctx)) }

// Now is the pool's clock.
func (p *Pool) Now() time.Time { return p.now() }

// readPauses are waited for before a read that lost its connection is run again: at once for one lost backend, then for a
// server that restarts after one of its backends was killed. Together they stay far below what a reader waits anyway.
var readPauses = []time.Duration{0, 150 * time.Millisecond, 600 * time.Millisecond}

// Read runs fn in one read-only snapshot as who. Postgres itself refuses a write (25006). A read that lost its connection
// is run again, so fn must have no side effects. A database that is away shows after about a second.
func (p *Pool) Read(ctx context.Context, who authz.Who, fn func(context.Context, *Tx) error) error {
	start := time.Now()
	err := p.run(ctx, who, false, fn)
	for _, pause := range readPauses {
		if err == nil || ctx.Err() != nil || !connectionLost(err) || time.Since(start) > 2*time.Second {
			break
		}
		if pause > 0 {
			select {
			case <-ctx.Done():
				return err
			case <-time.After(pause):
			}
		}
		err = p.run(ctx, who, false, fn)
	}
	return err
}

// Write runs fn as who, read committed, and commits when it gives nil. A lost answer to the commit is Unavailable:
// whether it happened is unknown, and the form key decides when the form comes again.
func (p *Pool) Write(ctx context.Context, who authz.Who, fn func(context.Context, *Tx) error) error {
	return p.run(ctx, who, true, fn)
}

func (p *Pool) run(ctx context.Context, who authz.Who, write bool, fn func(context.Context, *Tx) error) (err error) {
	now := p.now()
	// The deadline is for getting a connection only: whoever cannot have one within it reads "busy" and does not queue for ever.
	acquire, got := context.WithTimeout(ctx, acquireWait)
	ptx, err := p.pool.BeginTx(acquire, pgx.TxOptions{BeginQuery: begin(who, now, write)})
	got()
	if err != nil {
		return beginError(err)
	}
	// Rolling back must work although the request is gone; after a commit it does nothing.
	defer func() {
		back, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		_ = ptx.Rollback(back)
	}()
	if err := fn(ctx, &Tx{pgx: ptx, who: who, now: now}); err != nil {
		return err
	}
	done, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err = ptx.Commit(done)
	if write {
		return commitError(err)
	}
	return translate(err)
}

// acquireWait bounds the queue for a connection.
const acquireWait = 5 * time.Second

// beginError is translate for the opening of a unit of work. A standby after a failover answers 0A000 to "read write".
func beginError(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "0A000" {
		return fault.Wrap(fault.Unavailable, busySentence, safe(pg))
	}
	return translate(err)
}

// begin spells the opening of a unit of work: one round trip that starts the transaction and fixes the principal.
// Only integers are put into the text, so nothing can be injected. The settings end with the transaction.
func begin(who authz.Who, now time.Time, write bool) string {
	mode := "begin isolation level repeatable read read only"
	if write {
		mode = "begin isolation level read committed read write"
	}
	system := 0
	if who.IsSystem() {
		system = 1
	}
	return fmt.Sprintf("%s; select set_config('app.ward','%d',true), set_config('app.user','%d',true), set_config('app.system','%d',true), set_config('app.now','%d',true), set_config('app.day','%d',true)",
		mode, who.Ward, who.User, system, now.UnixMicro(), day(now).Unix()/86400)
}

func connectionLost(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "57P01" || pg.Code == "57P02" || pg.Code == "57P03"
	}
	var f *fault.Error
	return errors.As(err, &f) && f.Kind == fault.Unavailable && errors.Is(f, errConnection)
}
