package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/sample/sampletest"
	"wardportal/internal/ward"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// counts gives the rows of every table, past row-level security.
func counts(t *testing.T, url string) map[string]int {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	rows, err := conn.Query(t.Context(), `
		select c.relname::text, (xpath('/row/n/text()', query_to_xml('select count(*) as n from public.' || quote_ident(c.relname), false, true, '')))[1]::text::int
		from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	var name string
	var n int
	if _, err := pgx.ForEachRow(rows, []any{&name, &n}, func() error { out[name] = n; return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestARestoredBackupIsTheSameWard(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	file := filepath.Join(t.TempDir(), "phuong.backup")
	info, err := Backup(t.Context(), s.OwnerURL, file)
	if err != nil {
		t.Fatal(err)
	}
	if info.Tables < 20 || info.Bytes < 10_000 {
		t.Errorf("backup holds %d tables in %d bytes", info.Tables, info.Bytes)
	}
	if mode, err := os.Stat(file); err != nil || mode.Mode().Perm() != 0o600 {
		t.Errorf("backup's mode is %v (%v), want 0600: it holds personal data", mode.Mode(), err)
	}
	if _, err := Backup(t.Context(), s.OwnerURL, file); err == nil {
		t.Error("an existing backup was overwritten")
	}
	empty := dbtest.Empty(t)
	if err := Restore(t.Context(), empty, file); err != nil {
		t.Fatal(err)
	}
	want, got := counts(t, s.OwnerURL), counts(t, empty)
	if len(want) < 20 {
		t.Fatalf("only %d tables compared", len(want))
	}
	for name, n := range want {
		if got[name] != n {
			t.Errorf("table %s has %d rows after the restore, had %d", name, got[name], n)
		}
	}
	// Into a database that holds a ward nothing is restored.
	if err := Restore(t.Context(), s.OwnerURL, file); err == nil || !strings.Contains(err.Error(), "không trống") {
		t.Errorf("restore over a ward: %v", err)
	}
}

func TestABrokenBackupRestoresNothing(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	file := filepath.Join(t.TempDir(), "phuong.backup")
	if _, err := Backup(t.Context(), s.OwnerURL, file); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, raw[:len(raw)*2/3], 0o600); err != nil {
		t.Fatal(err)
	}
	empty := dbtest.Empty(t)
	if err := Restore(t.Context(), empty, file); err == nil {
		t.Fatal("a cut backup was restored")
	}
	for name, n := range counts(t, empty) {
		t.Errorf("table %s with %d rows stands after a failed restore", name, n)
	}
}

func TestPasswordsStayOffCommandLines(t *testing.T) {
	t.Parallel()
	env := strings.Join(libpq("postgres://dba:bi-mat@db.example:6432/portal?sslmode=verify-full"), " ")
	for _, want := range []string{"PGHOST=db.example", "PGPORT=6432", "PGDATABASE=portal", "PGUSER=dba", "PGPASSWORD=bi-mat", "PGSSLMODE=verify-full"} {
		if !strings.Contains(env, want) {
			t.Errorf("environment lacks %s: %s", want, env)
		}
	}
}

func TestAWrongKeyIsRefused(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	check := func(secret string) error {
		return s.Pool.Write(t.Context(), authz.System(0, "test"), func(ctx context.Context, tx *db.Tx) error { return ward.CheckKey(ctx, tx, []byte(secret)) })
	}
	if err := check("khóa thứ nhất"); err != nil {
		t.Fatal(err)
	}
	if err := check("khóa thứ nhất"); err != nil {
		t.Errorf("the right key: %v", err)
	}
	if err := check("khóa khác"); !errors.Is(err, ward.ErrOtherKey) {
		t.Errorf("another key: %v", err)
	}
}
