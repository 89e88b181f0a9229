package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"github.com/golang-migrate/migrate/v4"
	migratedb "github.com/golang-migrate/migrate/v4/database"
	migratepgx "github.com/golang-migrate/migrate/v4/database/pgx/v5"
	"github.com/golang-migrate/migrate/v4/source"
	"github.com/golang-migrate/migrate/v4/source/iofs"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"wardportal/migrations"
)

// SchemaState compares the database's schema with the migrations in this binary.
type SchemaState struct {
	Have   int // 0 = empty database
	Want   int
	Broken bool // a migration was cut off half way; see Repair
}

// Migrate brings the schema up to the binary's, as portal_owner. Two starts at once are safe: the second waits at most 30 s.
// A database that is newer than the binary is refused.
func Migrate(ctx context.Context, ownerURL string) error {
	// The library marks a step as dirty while it runs: who asked without the lock would take a running step for a broken one.
	unlock, err := lockSchema(ctx, ownerURL)
	if err != nil {
		return err
	}
	defer unlock()
	state, err := Schema(ctx, ownerURL)
	switch {
	case err != nil:
		return err
	case state.Broken:
		return fmt.Errorf("migration %d was cut off; run: portal migrate -repair", state.Have)
	case state.Have > state.Want:
		return fmt.Errorf("the database has schema %d, this program knows %d: use the newer program", state.Have, state.Want)
	case state.Have == state.Want:
		return nil
	}
	m, _, done, err := migrator(ownerURL)
	if err != nil {
		return err
	}
	defer done()
	if err := m.Up(); err != nil && !errors.Is(err, migrate.ErrNoChange) {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// MigrateTo moves the schema up or down to one version; tests walk every step with it.
func MigrateTo(ownerURL string, version int) error {
	m, _, done, err := migrator(ownerURL)
	if err != nil {
		return err
	}
	defer done()
	if version == 0 {
		err = m.Down()
	} else {
		err = m.Migrate(uint(version))
	}
	if errors.Is(err, migrate.ErrNoChange) {
		return nil
	}
	return err
}

// lockSchema keeps other starts and repairs out until unlock; it waits at most 30 s.
func lockSchema(ctx context.Context, ownerURL string) (unlock func(), err error) {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return nil, fmt.Errorf("connect as owner: %w", hideURL(err))
	}
	unlock = func() { _ = conn.Close(context.WithoutCancel(ctx)) }
	if _, err := conn.Exec(ctx, `set lock_timeout = '30s'; select pg_advisory_lock(7021032)`); err != nil {
		unlock()
		return nil, fmt.Errorf("another program is changing the schema: %w", err)
	}
	return unlock, nil
}

// Repair settles a migration that was cut off. Each file is one transaction, so the step is either wholly there or not at
// all; sentinel asks the catalogue which. It holds the library's own lock meanwhile: the statement of a killed program may
// still be running on the server, and its outcome is not known before it ends.
func Repair(ctx context.Context, ownerURL string) (string, error) {
	unlock, err := lockSchema(ctx, ownerURL)
	if err != nil {
		return "", err
	}
	defer unlock()
	_, drv, done, err := migrator(ownerURL)
	if err != nil {
		return "", err
	}
	defer done()
	if err := drv.Lock(); err != nil {
		return "", fmt.Errorf("a migration is still running: %w", err)
	}
	defer func() { _ = drv.Unlock() }()
	state, err := Schema(ctx, ownerURL)
	if err != nil {
		return "", err
	}
	if !state.Broken {
		return "Lược đồ không bị dở dang, không cần sửa.", nil
	}
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return "", fmt.Errorf("connect as owner: %w", hideURL(err))
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	there, err := sentinel(ctx, conn, state.Have)
	if err != nil {
		return "", err
	}
	version := state.Have
	if !there {
		version = before(version)
	}
	if err := drv.SetVersion(version, false); err != nil {
		return "", fmt.Errorf("set version: %w", err)
	}
	return fmt.Sprintf("Đã đặt lại lược đồ ở bước %d; chạy lại: portal migrate", max(version, 0)), nil
}

// before gives the step that comes before one, or golang-migrate's word for "nothing applied". Numbers may have gaps.
func before(version int) int {
	previous := migratedb.NilVersion
	names, _ := fs.Glob(migrations.Files, "*.up.sql") // the pattern is well formed
	for _, name := range names {
		if n, err := strconv.Atoi(name[:4]); err == nil && n < version {
			previous = n
		}
	}
	return previous
}

// sentinel tells whether the first thing that the step makes stands in the catalogue: a table, a function, a column or an index.
func sentinel(ctx context.Context, conn *pgx.Conn, version int) (bool, error) {
	names, err := fs.Glob(migrations.Files, fmt.Sprintf("%04d_*.up.sql", version))
	if err != nil || len(names) != 1 {
		return false, fmt.Errorf("no migration %d in this program", version)
	}
	text, err := fs.ReadFile(migrations.Files, names[0])
	if err != nil {
		return false, err
	}
	ask, args := trace(string(text))
	if ask == "" {
		return false, fmt.Errorf("migration %d makes nothing to look for; ask which version stands and use the database's own tools", version)
	}
	var there bool
	err = conn.QueryRow(ctx, ask, args...).Scan(&there)
	return there, err
}

var (
	madeTable    = regexp.MustCompile(`(?m)^create table (\w+)`)
	madeFunction = regexp.MustCompile(`(?m)^create function (\w+)\(`)
	madeColumn   = regexp.MustCompile(`(?m)^alter table (\w+)\s+add column (\w+)`)
	madeIndex    = regexp.MustCompile(`(?m)^create (?:unique )?index (\w+)`)
	madePolicy   = regexp.MustCompile(`(?m)^create policy (\w+)`)
)

// trace finds the question that tells whether a migration's text was carried out; "" when it leaves no trace of these kinds.
// What the text drops first (a function made anew) proves nothing and is passed over.
func trace(text string) (ask string, args []any) {
	if m := madeTable.FindStringSubmatch(text); m != nil {
		return `select to_regclass('public.' || $1) is not null`, []any{m[1]}
	}
	if m := madeColumn.FindStringSubmatch(text); m != nil {
		return `select exists (select 1 from pg_attribute where attrelid = to_regclass('public.' || $1) and attname = $2 and not attisdropped)`, []any{m[1], m[2]}
	}
	if m := madeIndex.FindStringSubmatch(text); m != nil {
		return `select to_regclass('public.' || $1) is not null`, []any{m[1]}
	}
	for _, m := range madeFunction.FindAllStringSubmatch(text, -1) {
		if !strings.Contains(text, "drop function "+m[1]) {
			return `select exists (select 1 from pg_proc where pronamespace = 'public'::regnamespace and proname = $1)`, []any{m[1]}
		}
	}
	for _, m := range madePolicy.FindAllStringSubmatch(text, -1) {
		if !strings.Contains(text, "drop policy "+m[1]) {
			return `select exists (select 1 from pg_policy where polname = $1)`, []any{m[1]}
		}
	}
	return "", nil
}

// Schema asks which version the database has and which the binary wants.
func Schema(ctx context.Context, url string) (SchemaState, error) {
	want, err := latest()
	if err != nil {
		return SchemaState{}, err
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return SchemaState{}, fmt.Errorf("connect: %w", hideURL(err))
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	state := SchemaState{Want: want}
	var there bool
	if err := conn.QueryRow(ctx, `select to_regclass('public.schema_migrations') is not null`).Scan(&there); err != nil || !there {
		return state, err
	}
	err = conn.QueryRow(ctx, `select version, dirty from schema_migrations`).Scan(&state.Have, &state.Broken)
	if errors.Is(err, pgx.ErrNoRows) {
		return state, nil
	}
	return state, err
}

func latest() (int, error) {
	names, err := fs.Glob(migrations.Files, "*.up.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("no migrations in this program: %w", err)
	}
	return strconv.Atoi(names[len(names)-1][:4])
}

func migrator(ownerURL string) (*migrate.Migrate, migratedb.Driver, func(), error) {
	cfg, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return nil, nil, nil, hideURL(err)
	}
	cfg.RuntimeParams["role"] = OwnerRole
	cfg.RuntimeParams["lock_timeout"] = "30s" // the library's own lock waits for ever
	cfg.RuntimeParams["client_connection_check_interval"] = "500"
	pool := stdlib.OpenDB(*cfg)
	src, err := iofs.New(migrations.Files, ".")
	if err != nil {
		return nil, nil, nil, errors.Join(err, pool.Close())
	}
	m, drv, err := fromPool(pool, src)
	if err != nil {
		return nil, nil, nil, errors.Join(fmt.Errorf("open migrations: %w", err), pool.Close())
	}
	return m, drv, func() { _, _ = m.Close() }, nil
}

func fromPool(pool *sql.DB, src source.Driver) (*migrate.Migrate, migratedb.Driver, error) {
	drv, err := migratepgx.WithInstance(pool, &migratepgx.Config{MultiStatementEnabled: false})
	if err != nil {
		return nil, nil, err
	}
	m, err := migrate.NewWithInstance("iofs", src, "pgx5", drv)
	return m, drv, err
}
