package arch

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// levels is the table of architecture.md §3, times ten: a package may import those of a lower number only. Numbers
// between the tens order packages that share a row there (media records in the audit log, mw shows kit's error page).
// A new package takes the level of its row; a page package needs no entry (see levelOf).
var levels = map[string]int{
	"migrations": 0, "internal/fault": 0, "internal/vi": 0, "internal/authz": 0, "internal/doc": 0, "internal/sheet": 0,
	"internal/db": 10, "internal/localpg": 10, "web": 10, "web/ui": 10,
	"internal/audit": 20, "internal/media": 21,
	"internal/ward": 30, "internal/draft": 30, "internal/docreg": 30,
	"internal/association": 40,
	"internal/account":     50, "internal/member": 50, "internal/news": 50, "internal/library": 50, "internal/feedback": 50,
	"internal/officer": 60, "internal/activity": 60,
	"internal/meeting": 70,
	"internal/report":  80, "internal/lifecycle": 80,
	"internal/portal/href": 90, "internal/portal/kit": 91, "internal/portal/mw": 92,
	pages:             100,
	"internal/portal": 110,
	"internal/sample": 120,
	"internal/app":    130,
	"internal/e2e":    135, "internal/bench": 135, "internal/arch": 135,
	"cmd/portal": 140,
}

// pages stands for every internal/portal/*ui.
const pages = "internal/portal/*ui"

// narrow packages may import only these packages of ours, whatever their level.
var narrow = map[string][]string{
	"web/ui":               {"internal/vi", "web"},
	"internal/portal/href": {"internal/authz"}, // the ID types
	"internal/localpg":     {"internal/fault", "internal/vi", "internal/authz"},
	"internal/arch":        {},
}

// libraries that only some places may import: a rule is met when allowed says so of the package and the file's name.
var libraries = []struct {
	match   func(imported string) bool
	allowed func(pkg, file string) bool
	why     string
}{
	{
		is("net/http", "net/http/httptest", "net/http/cookiejar", "github.com/go-chi/chi/v5"),
		func(pkg, _ string) bool { return levelOf(pkg) >= 90 || pkg == "web" },
		"only what speaks HTTP knows HTTP: domains return values and faults",
	},
	{
		is("github.com/jackc/pgx/v5/pgxpool"),
		func(pkg, _ string) bool { return pkg == "internal/db" || pkg == "internal/app" },
		"a domain takes *db.Tx, never a pool",
	},
	{
		below("github.com/jackc/pgx/v5"),
		func(pkg, file string) bool {
			return pkg == "internal/db" || pkg == "internal/app" || strings.HasPrefix(file, "store")
		},
		"SQL and its scanning live in store*.go",
	},
	{
		below("github.com/a-h/templ"),
		func(pkg, _ string) bool { return pkg == "web/ui" || isPage(pkg) || pkg == "internal/portal/kit" },
		"templates arrange, in web/ui and in page packages; kit renders them",
	},
	{
		below("github.com/golang-migrate"),
		func(pkg, _ string) bool { return pkg == "internal/db" },
		"db migrates",
	},
	{
		below("github.com/xuri/excelize"),
		func(pkg, _ string) bool { return pkg == "internal/sheet" },
		"sheet sets the limits by which workbooks are read",
	},
}

func is(names ...string) func(string) bool {
	return func(imported string) bool { return slices.Contains(names, imported) }
}

func below(prefix string) func(string) bool {
	return func(imported string) bool {
		return imported == prefix || strings.HasPrefix(imported, prefix+"/")
	}
}

func isPage(pkg string) bool {
	return path.Dir(pkg) == "internal/portal" && strings.HasSuffix(pkg, "ui")
}

// isTestHelp tells packages such as db/dbtest: tests import them, the program never does.
func isTestHelp(pkg string) bool {
	return strings.HasSuffix(pkg, "test") && path.Base(pkg) != "test"
}

// levelOf gives a package's level, -1 when the table has none.
func levelOf(pkg string) int {
	if isPage(pkg) {
		pkg = pages
	}
	if n, ok := levels[pkg]; ok {
		return n
	}
	return -1
}

// refused says why pkg may not import the package of ours, or "".
func refused(pkg, imported string) string {
	mine, theirs := levelOf(pkg), levelOf(imported)
	only, isNarrow := narrow[pkg]
	switch {
	case isTestHelp(imported):
		return "it is help for tests"
	case theirs < 0:
		return "it has no level; add it to the table in " + "internal/arch/levels_test.go"
	case isPage(pkg) && isPage(imported):
		return "a page never calls another page; link through href"
	case theirs >= mine:
		return "imports go down only (level " + strconv.Itoa(mine) + " → " + strconv.Itoa(theirs) + ")"
	case isNarrow && !slices.Contains(only, imported):
		return "it may import only " + strings.Join(only, ", ")
	case (pkg == "internal/portal/kit" || pkg == "internal/portal/mw") && theirs >= 60 && theirs < 90:
		return "kit and mw serve every page and know only levels 0–5"
	}
	return ""
}

func TestImports(t *testing.T) {
	t.Parallel()
	for _, f := range files(t) {
		// Tests may look at anything except that a package's inner tests cannot import what stands above it: the
		// compiler sees to that.
		if f.test || isTestHelp(f.pkg) {
			continue
		}
		if levelOf(f.pkg) < 0 {
			t.Errorf("%s: package %s has no level; add it to the table in internal/arch/levels_test.go", f.path, f.pkg)
			continue
		}
		for _, spec := range f.ast.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if inner, ok := strings.CutPrefix(imported, module+"/"); ok {
				if why := refused(f.pkg, inner); why != "" {
					t.Errorf("%s imports %s: %s", f.path, inner, why)
				}
				continue
			}
			for _, rule := range libraries {
				if rule.match(imported) {
					if !rule.allowed(f.pkg, path.Base(f.path)) {
						t.Errorf("%s imports %s: %s", f.path, imported, rule.why)
					}
					break
				}
			}
		}
	}
}

// The rules themselves: a table that allows everything would let TestImports pass for ever.
func TestImportRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pkg, imported string
		allowed       bool
	}{
		{"internal/member", "internal/association", true},
		{"internal/association", "internal/member", false},
		{"internal/member", "internal/news", false},
		{"internal/report", "internal/meeting", true},
		{"internal/report", "internal/lifecycle", false},
		{"internal/portal/memberui", "internal/member", true},
		{"internal/portal/memberui", "internal/portal/href", true},
		{"internal/portal/memberui", "internal/portal/newsui", false},
		{"internal/member", "internal/portal/href", false},
		{"internal/portal/kit", "internal/account", true},
		{"internal/portal/kit", "internal/meeting", false},
		{"internal/portal/href", "internal/member", false},
		{"web/ui", "internal/vi", true},
		{"web/ui", "internal/fault", false},
		{"internal/app", "internal/db/dbtest", false},
		{"internal/app", "internal/chua-co", false},
		{"cmd/portal", "internal/app", true},
	} {
		if why := refused(c.pkg, c.imported); (why == "") != c.allowed {
			t.Errorf("%s → %s: allowed %v, want %v (%s)", c.pkg, c.imported, why == "", c.allowed, why)
		}
	}
	for _, c := range []struct {
		imported, pkg, file string
		allowed             bool
	}{
		{"net/http", "internal/member", "member.go", false},
		{"net/http", "internal/portal/kit", "reply.go", true},
		{"github.com/jackc/pgx/v5", "internal/member", "store_list.go", true},
		{"github.com/jackc/pgx/v5", "internal/member", "rules.go", false},
		{"github.com/jackc/pgx/v5/pgxpool", "internal/member", "store.go", false},
		{"github.com/a-h/templ", "internal/member", "view.go", false},
	} {
		for _, rule := range libraries {
			if rule.match(c.imported) {
				if got := rule.allowed(c.pkg, c.file); got != c.allowed {
					t.Errorf("%s in %s/%s: allowed %v, want %v", c.imported, c.pkg, c.file, got, c.allowed)
				}
				break
			}
		}
	}
}
