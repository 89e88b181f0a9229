package app

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/sample/sampletest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestEveryConstraintIsSpokenFor holds the sentences of domains against the catalogue. A sentence for a constraint that does not
// exist is a slip of the pen; a constraint without one would be a 500 for whoever runs into it, unless the domain asks first:
// those stand in the golden file, which people read in review. Foreign keys need none: a thing that is not there is 404.
func TestEveryConstraintIsSpokenFor(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	conn, err := pgx.Connect(t.Context(), d.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	var have []string
	err = conn.QueryRow(t.Context(), `
		select array_agg(name order by name) from (
			select conname::text as name from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'u', 'x', 'f')
			union select c.relname::text from pg_index i join pg_class c on c.oid = i.indexrelid where i.indisunique and not i.indisprimary and c.relnamespace = 'public'::regnamespace
		) all_names`).Scan(&have)
	if err != nil {
		t.Fatal(err)
	}
	explained := db.Explained()
	for _, name := range explained {
		if !slices.Contains(have, name) {
			t.Errorf("there is a sentence for %s, but no such constraint", name)
		}
	}
	var silent []string
	for _, name := range have {
		if !slices.Contains(explained, name) && !strings.HasSuffix(name, "_fkey") && !strings.HasSuffix(name, "_id_key") {
			silent = append(silent, name)
		}
	}
	const path = "testdata/silent_constraints.golden"
	got := strings.Join(silent, "\n") + "\n"
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range silent {
		if !strings.Contains("\n"+string(want), "\n"+name+"\n") {
			t.Errorf("constraint %s has no sentence: explain it in its domain, or let the domain ask first and run: go test ./internal/app -run SpokenFor -update", name)
		}
	}
	for _, name := range strings.Fields(string(want)) {
		if !slices.Contains(silent, name) {
			t.Logf("%s is spoken for now, or gone: run with -update", name)
		}
	}
}

// TestEveryStepGoesDownAndUpOnAFilledDatabase: steps are tried on an empty schema all day; rows are what they stumble over.
func TestEveryStepGoesDownAndUpOnAFilledDatabase(t *testing.T) {
	t.Parallel()
	d := sampletest.Start(t).DB
	d.Pool.Close()
	state, err := db.Schema(t.Context(), d.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	var steps []int
	for n := state.Have; n > 0; {
		steps = append(steps, n)
		previous := n - 1
		for previous > 0 && !exists(t, previous) {
			previous--
		}
		for _, to := range []int{previous, n, previous} {
			if err := db.MigrateTo(d.OwnerURL, to); err != nil {
				t.Fatalf("from step %d to %d: %v", n, to, err)
			}
		}
		n = previous
	}
	if len(steps) < 10 {
		t.Fatalf("only %d steps walked", len(steps))
	}
	if err := db.Migrate(t.Context(), d.OwnerURL); err != nil {
		t.Errorf("all the way up again: %v", err)
	}
}

func exists(t *testing.T, step int) bool {
	t.Helper()
	files, err := os.ReadDir("../../migrations")
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(f os.DirEntry) bool {
		return strings.HasPrefix(f.Name(), fmt.Sprintf("%04d_", step))
	})
}
