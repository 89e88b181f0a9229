package member

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"wardportal/internal/association"
	"wardportal/internal/sheet"
)

// rosters are files as associations keep them, each with the table of what an ideal import makes of it.
var rosters = []struct {
	file string
	kind association.KindCode
}{
	{"01-nct-chanh-lo-2023.xlsx", association.NCT},
	{"02-cuu-tnxp-chanh-lo.xls", association.TNXP},
	{"03-tu-yeu-nuoc-2019.xls", association.TYN},
	{"04-da-cam-cac-chi-hoi.ods", association.DACAM},
	{"05-khuyen-hoc-2023-5000.xlsx", association.KHOC},
	{"06-nct-chi-hoi-tdp5.csv", association.NCT},
	{"07-nct-chi-hoi-6-7-nam-2024.xlsx", association.NCT},
	{"08-khuyen-hoc-truong-thcs.xlsx", association.KHOC},
}

var testDay = time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)

func testOptions(kind association.KindCode) SheetOptions {
	k, _ := association.ByCode(kind)
	o := SheetOptions{Kind: k, Today: testDay, Groups: []int{1, 2, 3, 4, 5, 6, 7, 8}}
	for n := 1; n <= 8; n++ {
		o.Places = append(o.Places, SheetPlace{ID: BranchID(100 + n), Name: fmt.Sprintf("Chi hội %d", n), Groups: []int{n}, Listed: true})
	}
	return o
}

func TestRostersAgreeWithTheIdealImport(t *testing.T) {
	t.Parallel()
	for _, r := range rosters {
		t.Run(r.file, func(t *testing.T) {
			t.Parallel()
			book, err := sheet.ReadFile(context.Background(), filepath.Join("testdata/rosters", r.file), sheet.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			var plan bytes.Buffer
			if err := ReadSheets(book, testOptions(r.kind)).WritePlan(&plan, nil); err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(filepath.Join("testdata/rosters", r.file+".expected.tsv"))
			if err != nil {
				t.Fatal(err)
			}
			a := agree(plan.String(), string(want))
			t.Log(a)
			if a.Rows*100 < a.All*99 || a.Silent > 0 || a.Extra > 0 || a.Fields["outcome"]*100 < a.All*99 {
				t.Errorf("the import is not good enough:\n%s", strings.Join(a.Bad, "\n"))
			}
		})
	}
}

// agreement is how far a plan agrees with the ideal: rows right in all core fields, rows accepted though a core field is
// wrong, rows that are no members.
type agreement struct {
	All, Rows, Silent, Extra int
	Fields                   map[string]int
	Bad                      []string
}

func (a agreement) String() string {
	s := fmt.Sprintf("rows right %d/%d, silently wrong %d, no members %d", a.Rows, a.All, a.Silent, a.Extra)
	for _, f := range []string{"family_middle", "given", "sex", "birth", "branch", "status", "phone", "id_number", "joined", "outcome"} {
		s += fmt.Sprintf("  %s %.1f%%", f, 100*float64(a.Fields[f])/float64(max(a.All, 1)))
	}
	return s
}

// agree holds a plan against the ideal table. A value given as alt_COLUMN in "fields" is right too.
func agree(plan, ideal string) agreement {
	got, want := tsv(plan), tsv(ideal)
	a := agreement{All: len(want), Fields: map[string]int{}}
	for key, w := range want {
		p, ok := got[key]
		if !ok {
			a.Bad = append(a.Bad, key+" missing")
			continue
		}
		right := true
		for i, f := range []string{"family_middle", "given", "sex", "birth", "branch", "status", "phone", "id_number", "joined", "outcome"} {
			if accepts(f, w, p[f]) {
				a.Fields[f]++
				continue
			}
			a.Bad = append(a.Bad, fmt.Sprintf("%s %s: %q, should be %q", key, f, p[f], w[f]))
			right = right && i >= 6
		}
		if right {
			a.Rows++
		} else if o := plainValue("outcome", p["outcome"]); o == "ok" || o == "warn" {
			a.Silent++
		}
	}
	for key := range got {
		if want[key] == nil {
			a.Extra++
			a.Bad = append(a.Bad, key+" is no member")
		}
	}
	return a
}

func accepts(field string, want map[string]string, got string) bool {
	if plainValue(field, got) == plainValue(field, want[field]) {
		return true
	}
	for _, part := range strings.Split(want["fields"], "; ") {
		if v, ok := strings.CutPrefix(part, "alt_"+field+"="); ok && plainValue(field, v) == plainValue(field, got) {
			return true
		}
	}
	return false
}

func plainValue(field, v string) string {
	v = norm.NFC.String(strings.TrimSpace(v))
	if field == "outcome" || field == "status" {
		v, _, _ = strings.Cut(strings.ToLower(v), ":")
	}
	return v
}

func tsv(s string) map[string]map[string]string {
	rows := map[string]map[string]string{}
	lines := strings.Split(strings.TrimRight(strings.TrimPrefix(s, "\ufeff"), "\n"), "\n")
	head := strings.Split(lines[0], "\t")
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range strings.Split(line, "\t") {
			row[head[i]] = cell
		}
		rows[row["sheet"]+"!"+row["row"]] = row
	}
	return rows
}
