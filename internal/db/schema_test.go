package db_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"wardportal/internal/db/dbtest"
	"wardportal/internal/localpg"
)

// schemaFile is a dump of the migrated schema for readers: one place to see what a table looks like today.
const schemaFile = "../../migrations/schema.sql"

const schemaHead = `-- The schema as the migrations leave it, for readers. Written by make schema; TestSchemaFile compares it.
-- Tables, constraints, policies and grants come from the migrations, never from this file.
`

// TestSchemaFile fails when a migration changed the schema and the dump was not refreshed (make schema).
func TestSchemaFile(t *testing.T) {
	t.Parallel()
	pgDump, err := localpg.Tool(t.Context(), "pg_dump")
	if err != nil {
		t.Skip(err)
	}
	database := dbtest.New(t)
	cmd := exec.CommandContext(t.Context(), pgDump, "--schema-only", "--schema=public", "--exclude-table=schema_migrations", "--dbname="+database.OwnerURL)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pg_dump: %v", err)
	}
	version := regexp.MustCompile(`Dumped from database version (\d+)`).FindStringSubmatch(string(out))
	if version == nil {
		t.Fatal("pg_dump names no server version")
	}
	major := "-- PostgreSQL " + version[1] + "\n"
	got := schemaHead + major + readable(string(out))
	if os.Getenv("UPDATE_SCHEMA") != "" {
		if err := os.WriteFile(schemaFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatalf("%v; write it with: make schema", err)
	}
	if !strings.Contains(string(want), major) {
		t.Skipf("the dump was written with another major version than %s, whose wording differs", version[1])
	}
	if string(want) != got {
		t.Errorf("migrations/schema.sql is out of date at %q; refresh it with: make schema", firstDifference(string(want), got))
	}
}

var (
	noise = regexp.MustCompile(`(?m)^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*)\n`)
	gaps  = regexp.MustCompile(`\n{3,}`)
)

// readable drops what pg_dump says about itself.
func readable(dump string) string {
	return strings.TrimSpace(gaps.ReplaceAllString(noise.ReplaceAllString(dump, ""), "\n\n")) + "\n"
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range g {
		if i >= len(w) || w[i] != g[i] {
			return g[i]
		}
	}
	return w[len(g)]
}
