package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/golang-migrate/migrate/v4"
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
	m, done, err := migrator(ownerURL)
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
	m, done, err := migrator(ownerURL)
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

// Repair settles a migration that was cut off. Each file is one transaction, so the step is either wholly there or not at
// all; sentinel asks the catalogue which. It takes the migrations' own lock first.
func Repair(ctx context.Context, ownerURL string) (string, error) {
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
		version--
	}
	m, done, err := migrator(ownerURL)
	if err != nil {
		return "", err
	}
	defer done()
	if version == 0 {
		version = -1 // golang-migrate's word for "nothing applied"
	}
	if err := m.Force(version); err != nil {
		return "", fmt.Errorf("force version: %w", err)
	}
	return fmt.Sprintf("Đã đặt lại lược đồ ở bước %d; chạy lại: portal migrate", max(version, 0)), nil
}

// sentinel tells whether the step's first created table, policy target or function stands in the catalogue.
func sentinel(ctx context.Context, conn *pgx.Conn, version int) (bool, error) {
	names, err := fs.Glob(migrations.Files, fmt.Sprintf("%04d_*.up.sql", version))
	if err != nil || len(names) != 1 {
		return false, fmt.Errorf("no migration %d in this program", version)
	}
	text, err := fs.ReadFile(migrations.Files, names[0])
	if err != nil {
		return false, err
	}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if len(words) < 3 || words[0] != "create" || words[1] != "table" {
			continue
		}
		var there bool
		err := conn.QueryRow(ctx, `select to_regclass('public.' || $1) is not null`, words[2]).Scan(&there)
		return there, err
	}
	return false, fmt.Errorf("migration %d creates no table to look for; ask which version stands and use the database's own tools", version)
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

func migrator(ownerURL string) (*migrate.Migrate, func(), error) {
	cfg, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return nil, nil, hideURL(err)
	}
	cfg.RuntimeParams["role"] = OwnerRole
	cfg.RuntimeParams["lock_timeout"] = "30s" // the library's own lock waits for ever
	cfg.RuntimeParams["client_connection_check_interval"] = "500"
	pool := stdlib.OpenDB(*cfg)
	src, err := iofs.New(migrations.Files, ".")
	if err != nil {
		return nil, nil, errors.Join(err, pool.Close())
	}
	m, err := fromPool(pool, src)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open migrations: %w", err), pool.Close())
	}
	return m, func() { _, _ = m.Close() }, nil
}

func fromPool(pool *sql.DB, src source.Driver) (*migrate.Migrate, error) {
	drv, err := migratepgx.WithInstance(pool, &migratepgx.Config{MultiStatementEnabled: false})
	if err != nil {
		return nil, err
	}
	return migrate.NewWithInstance("iofs", src, "pgx5", drv)
}
