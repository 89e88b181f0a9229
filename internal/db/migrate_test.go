package db_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
)

func version(t *testing.T, url string) db.SchemaState {
	t.Helper()
	state, err := db.Schema(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func ownerExec(t *testing.T, url, sql string, args ...any) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	if _, err := conn.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

// F14: programs that start together on an empty database all go on, with one schema. Nobody takes the other's running step,
// which the library marks as dirty meanwhile, for a broken one.
func TestF14ManyStartsAtOnce(t *testing.T) {
	t.Parallel()
	for range 2 {
		url := dbtest.Empty(t)
		var wg sync.WaitGroup
		results := make([]error, 4)
		for i := range results {
			wg.Go(func() {
				if results[i] = db.EnsureRoles(t.Context(), url, ""); results[i] == nil {
					results[i] = db.Migrate(t.Context(), url)
				}
			})
		}
		wg.Wait()
		for i, err := range results {
			if err != nil {
				t.Errorf("start %d: %v", i, err)
			}
		}
		if s := version(t, url); s.Have != s.Want || s.Broken {
			t.Errorf("schema %+v", s)
		}
	}
}

// F15: an older program does not touch a newer schema, and a broken one is named, not migrated.
func TestF15NewerAndBrokenSchemasAreRefused(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if err := db.Migrate(t.Context(), d.OwnerURL); err != nil {
		t.Fatalf("an up-to-date schema: %v", err)
	}
	want := version(t, d.OwnerURL).Want
	ownerExec(t, d.OwnerURL, `update schema_migrations set version = $1`, want+1)
	if err := db.Migrate(t.Context(), d.OwnerURL); err == nil || !strings.Contains(err.Error(), "newer program") {
		t.Errorf("a newer schema gives %v", err)
	}
	ownerExec(t, d.OwnerURL, `update schema_migrations set version = $1, dirty = true`, want)
	if err := db.Migrate(t.Context(), d.OwnerURL); err == nil || !strings.Contains(err.Error(), "migrate -repair") {
		t.Errorf("a broken schema gives %v, want the command that mends it", err)
	}
}

// F13: whatever step was cut off, before its commit or after it, repair finds out which, and the next start goes on.
func TestF13RepairOfEveryStep(t *testing.T) {
	t.Parallel()
	url := dbtest.Empty(t)
	if err := db.EnsureRoles(t.Context(), url, ""); err != nil {
		t.Fatal(err)
	}
	steps := numbers(t)
	previous := 0
	for _, step := range steps {
		// Cut off before the commit: the mark says step, the catalogue does not know it.
		mark(t, url, step)
		if _, err := db.Repair(t.Context(), url); err != nil {
			t.Fatalf("step %d not there: %v", step, err)
		}
		if s := version(t, url); s.Have != previous || s.Broken {
			t.Fatalf("step %d not there: repaired to %+v, want %d", step, s, previous)
		}
		if err := db.MigrateTo(url, step); err != nil {
			t.Fatalf("step %d after repair: %v", step, err)
		}
		// Cut off after the commit: only the mark is left to settle.
		mark(t, url, step)
		if _, err := db.Repair(t.Context(), url); err != nil {
			t.Fatalf("step %d there: %v", step, err)
		}
		if s := version(t, url); s.Have != step || s.Broken {
			t.Fatalf("step %d there: repaired to %+v", step, s)
		}
		previous = step
	}
	words, err := db.Repair(t.Context(), url)
	if err != nil || !strings.Contains(words, "không cần sửa") {
		t.Errorf("repairing what is whole: %q, %v", words, err)
	}
}

func mark(t *testing.T, url string, step int) {
	t.Helper()
	ownerExec(t, url, `create table if not exists schema_migrations (version bigint primary key, dirty boolean not null); alter table schema_migrations owner to portal_owner`)
	ownerExec(t, url, `delete from schema_migrations`)
	ownerExec(t, url, `insert into schema_migrations (version, dirty) values ($1, true)`, step)
}

// numbers lists the steps by their files; a number used twice would fail loudly, a gap is allowed.
func numbers(t *testing.T) []int {
	t.Helper()
	files, err := os.ReadDir("../../migrations")
	if err != nil {
		t.Fatal(err)
	}
	var list []int
	down := map[int]bool{}
	for _, f := range files {
		var n int
		if _, err := fmt.Sscanf(f.Name(), "%04d_", &n); err != nil {
			continue
		}
		if strings.HasSuffix(f.Name(), ".up.sql") {
			list = append(list, n)
		} else {
			down[n] = true
		}
	}
	for i, n := range list {
		if !down[n] || i > 0 && n <= list[i-1] {
			t.Errorf("step %d: has a way down %v, comes after %v", n, down[n], list[:i])
		}
	}
	return list
}

func TestMigrationsNameTheirTrouble(t *testing.T) {
	t.Parallel()
	const secret = "mat-khau-bi-mat"
	for name, url := range map[string]string{
		"nobody listens": "postgres://portal_app:" + secret + "@127.0.0.1:1/portal?connect_timeout=1",
		"no address":     "postgres://portal_app:" + secret + "@:x/portal",
		"no password":    "postgres://nobody:" + secret + "@[::1]:99999/x",
	} {
		_, schema := db.Schema(t.Context(), url)
		_, repair := db.Repair(t.Context(), url)
		_, open := db.Open(t.Context(), url)
		for call, err := range map[string]error{"Schema": schema, "Migrate": db.Migrate(t.Context(), url), "Repair": repair, "EnsureRoles": db.EnsureRoles(t.Context(), url, ""), "Open": open} {
			if err == nil || strings.Contains(err.Error(), secret) {
				t.Errorf("%s, %s: %v", name, call, err)
			}
		}
	}
}

// Architecture rule 2: a login that row-level security does not bind is refused at start; one that is a member of portal_app
// is taken, and gets the time limits that it does not inherit.
func TestOpenRefusesUnboundLogins(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	login := func(words string) string {
		name := fmt.Sprintf("login_%d_%d", os.Getpid(), d.Count(t, `select (random() * 1e9)::int`))
		ownerExec(t, d.OwnerURL, `create role `+name+` login `+words)
		t.Cleanup(func() {
			conn, err := pgx.Connect(context.Background(), d.OwnerURL)
			if err != nil {
				return
			}
			defer func() { _ = conn.Close(context.Background()) }()
			_, _ = conn.Exec(context.Background(), `drop role `+name)
		})
		return strings.Replace(d.AppURL, "portal_app", name, 1)
	}
	for words, want := range map[string]string{
		"superuser": "bypasses row-level security", "bypassrls": "bypasses row-level security", "in role portal_definer": "bypasses row-level security",
		"in role portal_owner": "", // owner, and member of portal_definer: refused in either word
	} {
		pool, err := db.Open(t.Context(), login(words))
		if err == nil {
			pool.Close()
			t.Errorf("a login with %q was taken", words)
		} else if !strings.Contains(err.Error(), want) {
			t.Errorf("a login with %q: %v", words, err)
		}
	}
	pool, err := db.Open(t.Context(), login("in role portal_app"))
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	err = pool.Read(t.Context(), system, func(ctx context.Context, tx *db.Tx) error {
		limits, err := db.Value[string](ctx, tx, `select current_setting('statement_timeout') || ' ' || current_setting('lock_timeout') || ' ' || current_setting('idle_in_transaction_session_timeout')`)
		if limits != "15s 5s 30s" {
			t.Errorf("limits %q", limits)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPrintRolesIsAScript(t *testing.T) {
	t.Parallel()
	for _, want := range []string{"create role portal_owner nologin;", "nobypassrls;", "lock_timeout = '5s';", "create extension if not exists unaccent;"} {
		if !strings.Contains(db.PrintRoles(), want) {
			t.Errorf("the script lacks %q", want)
		}
	}
}
