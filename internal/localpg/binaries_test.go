package localpg

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"wardportal/internal/fault"
)

// fakeInstall makes a folder of programs that say they are of the version.
func fakeInstall(t *testing.T, major int, tools ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, tool := range tools {
		script := fmt.Sprintf("#!/bin/sh\necho '%s (PostgreSQL) %d.4 (Debian)'\n", tool, major)
		check(t, os.WriteFile(filepath.Join(dir, tool), []byte(script), 0o700)) // a program must be executable
	}
	return dir
}

func TestChoose(t *testing.T) {
	t.Parallel()
	whole := []string{"postgres", "initdb", "pg_ctl"}
	v14, v15, v17 := fakeInstall(t, 14, whole...), fakeInstall(t, 15, whole...), fakeInstall(t, 17, whole...)
	clientOnly := fakeInstall(t, 18, "postgres", "psql")
	for name, c := range map[string]struct {
		path, usual []string
		major       int
		want        string
		refusal     string
	}{
		"newest for a new cluster":            {nil, []string{v14, v15, v17}, 0, v17, ""},
		"PATH is the operator's choice":       {[]string{v15}, []string{v17}, 0, v15, ""},
		"PATH too old":                        {[]string{v14}, []string{v15}, 0, v15, ""},
		"half an installation does not count": {[]string{clientOnly}, []string{v15}, 0, v15, ""},
		"the cluster's own version":           {[]string{v17}, []string{v14, v15, v17}, 15, v15, ""},
		"newer data than programs":            {nil, []string{v15}, 17, "", "PostgreSQL 17"},
		"older data than programs":            {nil, []string{v17}, 15, "", "đang có: 17"},
		"only too old":                        {nil, []string{v14}, 0, "", "đang có: 14"},
		"nothing installed":                   {nil, nil, 0, "", "apt-get install postgresql"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := choose(t.Context(), c.path, c.usual, c.major)
			if got.dir != c.want {
				t.Errorf("chose %q (%d), want %q", got.dir, got.major, c.want)
			}
			if (c.refusal != "") != (err != nil) || !strings.Contains(fault.MessageOf(err), c.refusal) {
				t.Errorf("error %v, want one with %q", err, c.refusal)
			}
		})
	}
}

// The server answers in messages; a truncated or foreign answer must be an error, never a value or a panic.
func TestUntilReadyRefusesForeignTalk(t *testing.T) {
	t.Parallel()
	for _, talk := range []string{"", "HTTP/1.1 400 Bad Request\r\n\r\n", "R\x00\x00\x00\x08\x00\x00\x00\x05", "D\x00\x00\x00\x06\x00\x01", "Z\x00\x00\x00\x01"} {
		if v, err := untilReady(newReader(talk)); err == nil {
			t.Errorf("%s: gave %q", strconv.Quote(talk), v)
		}
	}
	row := "D\x00\x00\x00\x0c\x00\x01\x00\x00\x00\x02vi" + "Z\x00\x00\x00\x05I"
	if v, err := untilReady(newReader(row)); v != "vi" || err != nil {
		t.Errorf("a proper row: %q, %v", v, err)
	}
}

func newReader(talk string) *bufio.Reader { return bufio.NewReader(strings.NewReader(talk)) }

func TestTool(t *testing.T) {
	t.Parallel()
	skipWithout(t)
	dump, err := Tool(t.Context(), "pg_dump")
	if err != nil || filepath.Base(dump) != "pg_dump" {
		t.Errorf("pg_dump: %q, %v", dump, err)
	}
	if found, err := Tool(t.Context(), "pg_chua_co"); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a program that does not exist: %q, %v", found, err)
	}
}
