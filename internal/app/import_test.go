package app

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wardportal/internal/authz"
	"wardportal/internal/member"
	"wardportal/internal/sample/sampletest"
)

func TestImportCommandLine(t *testing.T) {
	t.Parallel()
	for line, ok := range map[string]bool{
		"roster -association nguoi-cao-tuoi -plan a.xlsx":        true,
		"roster -association nguoi-cao-tuoi -apply a.xlsx":       true,
		"roster -association nguoi-cao-tuoi -plan -apply a.xlsx": false,
		"roster -association nguoi-cao-tuoi a.xlsx":              false,
		"roster -plan a.xlsx":                                    false,
		"roster -association nguoi-cao-tuoi -plan":               false,
		"people -association nguoi-cao-tuoi -plan a.xlsx":        false,
		"": false,
	} {
		_, err := parseImport(strings.Fields(line), io.Discard)
		var exit exitError
		if (err == nil) != ok || err != nil && (!errors.As(err, &exit) || exit.code != 2) {
			t.Errorf("%q: %v", line, err)
		}
	}
}

func TestImportCommandPlansThenApplies(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	keys, err := member.NewKeys(s.Kit.Secret)
	if err != nil {
		t.Fatal(err)
	}
	a := &App{Pool: s.Kit.Pool, Keys: keys}
	data, err := os.ReadFile(filepath.Join("../member/testdata/rosters", "03-tu-yeu-nuoc-2019.xls"))
	if err != nil {
		t.Fatal(err)
	}
	who := authz.System(authz.WardID(s.DB.Count(t, `select id from ward`)), "test")
	run := func(in importWords, data []byte) (string, error) {
		var out bytes.Buffer
		err := a.importRoster(t.Context(), who, in, data, &out)
		return out.String(), err
	}
	count := func() int {
		return s.DB.Count(t, `select count(*) from membership m join association a on a.id = m.association_id where a.slug = 'tu-yeu-nuoc'`)
	}
	before := count()
	plan, err := run(importWords{slug: "tu-yeu-nuoc", path: "a.xls", plan: true}, data)
	if err != nil || !strings.HasPrefix(plan, member.PlanColumns+"\n") || strings.Count(plan, "\n") != 81 || !strings.Contains(plan, "change=new") {
		t.Fatalf("plan: %v %.300s", err, plan)
	}
	if count() != before {
		t.Fatal("a plan changed the roster")
	}
	done, err := run(importWords{slug: "tu-yeu-nuoc", path: "a.xls", apply: true}, data)
	if err != nil || count() == before || !strings.HasPrefix(done, "new=") {
		t.Fatalf("apply: %v %s", err, done)
	}
	again, err := run(importWords{slug: "tu-yeu-nuoc", path: "a.xls", apply: true}, data)
	if err != nil || !strings.Contains(again, "new=0\n") || !strings.Contains(again, "changed=0\n") {
		t.Errorf("the same file again: %v %s", err, again)
	}
	var exit exitError
	if _, err := run(importWords{slug: "tu-yeu-nuoc", path: "a.xls", apply: true}, data[:1000]); !errors.As(err, &exit) || exit.code != 2 {
		t.Errorf("a truncated file: %v", err)
	}
	if _, err := run(importWords{slug: "khong-co", path: "a.xls", plan: true}, data); !errors.As(err, &exit) || exit.code != 2 {
		t.Errorf("no such association: %v", err)
	}
}
