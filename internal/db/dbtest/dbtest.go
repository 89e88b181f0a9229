// Package dbtest gives tests a real Postgres: a throw-away cluster shared by all test programs of a run, a template
// database per state of the migrations, and a fresh clone per test (about 40 ms).
//
// A package that uses it has: func TestMain(m *testing.M) { dbtest.Main(m) }
package dbtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/migrations"
)

// Instant is the test world's instant unless a test sets another clock: a Monday in the days before the deadline of 20/11.
var Instant = time.Date(2026, 11, 16, 2, 30, 0, 0, time.UTC)

// DB is one test's own database.
type DB struct {
	Pool     *db.Pool // as portal_app
	OwnerURL string   // bypasses row-level security: only for setting up and looking behind the curtain
	AppURL   string
}

// New clones the migrated template; the clock stands at Instant.
func New(t testing.TB) *DB { return clone(t, migrated(t), func() time.Time { return Instant }) }

// NewAt is New with a clock of the test's own.
func NewAt(t testing.TB, now func() time.Time) *DB { return clone(t, migrated(t), now) }

// From clones a named template that build fills once per state of the migrations; key must change when build does.
func From(t testing.TB, key string, now func() time.Time, build func(ctx context.Context, pool *db.Pool) error) *DB {
	t.Helper()
	name := "w" + shortHash(migrationsHash(), key)
	server := theServer(t)
	makeTemplate(t, server, name, func(ctx context.Context, url string) error {
		if err := db.EnsureRoles(ctx, url, ""); err != nil {
			return err
		}
		if err := db.Migrate(ctx, url); err != nil {
			return err
		}
		pool, err := db.Open(ctx, server.app(databaseOf(url)), db.Clock(now))
		if err != nil {
			return err
		}
		defer pool.Close()
		return build(ctx, pool)
	})
	return clone(t, name, now)
}

// As runs fn as who and commits; the test fails when it does.
func (d *DB) As(t testing.TB, who authz.Who, fn func(ctx context.Context, tx *db.Tx) error) {
	t.Helper()
	if err := d.Pool.Write(t.Context(), who, fn); err != nil {
		t.Fatalf("as %s: %v", who.Name, err)
	}
}

// Try runs fn as who in a write and gives its error.
func (d *DB) Try(t testing.TB, who authz.Who, fn func(ctx context.Context, tx *db.Tx) error) error {
	t.Helper()
	return d.Pool.Write(t.Context(), who, fn)
}

// Owner runs a statement past row-level security.
func (d *DB) Owner(t testing.TB, sql string, args ...any) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), d.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	if _, err := conn.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

// Count gives the number a statement selects, past row-level security.
func (d *DB) Count(t testing.TB, sql string, args ...any) int {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), d.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	var n int
	if err := conn.QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func migrated(t testing.TB) string {
	t.Helper()
	name := "t" + shortHash(migrationsHash())
	makeTemplate(t, theServer(t), name, func(ctx context.Context, url string) error {
		if err := db.EnsureRoles(ctx, url, ""); err != nil {
			return err
		}
		return db.Migrate(ctx, url)
	})
	return name
}

var made sync.Map // template name → done in this program

func makeTemplate(t testing.TB, s *server, name string, fill func(ctx context.Context, url string) error) {
	t.Helper()
	once, _ := made.LoadOrStore(name, &sync.Mutex{})
	mu := once.(*sync.Mutex)
	mu.Lock()
	defer mu.Unlock()
	ctx := t.Context()
	conn, err := pgx.Connect(ctx, s.owner("postgres"))
	if err != nil {
		t.Fatalf("connect to the test cluster: %v", err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	// Other test programs of the run want the same template: the first makes it, under a lock.
	if _, err := conn.Exec(ctx, `select pg_advisory_lock(hashtext($1))`, name); err != nil {
		t.Fatal(err)
	}
	var there bool
	if err := conn.QueryRow(ctx, `select exists (select 1 from pg_database where datname = $1 and datistemplate)`, name).Scan(&there); err != nil {
		t.Fatal(err)
	}
	if there {
		return
	}
	for _, stmt := range []string{`drop database if exists ` + name, `create database ` + name} {
		if _, err := conn.Exec(ctx, stmt); err != nil {
			t.Fatalf("%s: %v", stmt, err)
		}
	}
	if err := fill(ctx, s.owner(name)); err != nil {
		t.Fatalf("fill template %s: %v", name, err)
	}
	if _, err := conn.Exec(ctx, `alter database `+name+` is_template true`); err != nil {
		t.Fatal(err)
	}
}

var counter atomic.Int64

func clone(t testing.TB, template string, now func() time.Time) *DB {
	t.Helper()
	s := theServer(t)
	name := fmt.Sprintf("c%d_%d", os.Getpid(), counter.Add(1))
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, s.owner("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, `create database `+name+` template `+template+` strategy file_copy`); err != nil {
		t.Fatalf("clone %s: %v", template, err)
	}
	pool, err := db.Open(ctx, s.app(name), db.Clock(now), db.MaxConns(6))
	if err != nil {
		t.Fatalf("open clone: %v", err)
	}
	t.Cleanup(func() {
		pool.Close()
		conn, err := pgx.Connect(ctx, s.owner("postgres"))
		if err != nil {
			return
		}
		defer func() { _ = conn.Close(ctx) }()
		_, _ = conn.Exec(ctx, `drop database if exists `+name+` with (force)`)
	})
	return &DB{Pool: pool, OwnerURL: s.owner(name), AppURL: s.app(name)}
}

var migrationsHash = sync.OnceValue(func() string {
	h := sha256.New()
	err := fs.WalkDir(migrations.Files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".up.sql") {
			return err
		}
		text, err := fs.ReadFile(migrations.Files, path)
		h.Write(text)
		return err
	})
	if err != nil {
		panic(err) // embedded files cannot fail to read
	}
	return hex.EncodeToString(h.Sum(nil))
})

func shortHash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// Empty gives the owner's address of a database without any schema.
func Empty(t testing.TB) string {
	t.Helper()
	s := theServer(t)
	ctx := context.Background()
	name := fmt.Sprintf("e%d_%d", os.Getpid(), counter.Add(1))
	conn, err := pgx.Connect(ctx, s.owner("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, `create database `+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		conn, err := pgx.Connect(ctx, s.owner("postgres"))
		if err != nil {
			return
		}
		defer func() { _ = conn.Close(ctx) }()
		_, _ = conn.Exec(ctx, `drop database if exists `+name+` with (force)`)
	})
	return s.owner(name)
}
