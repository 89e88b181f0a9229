// Package arch holds the house's rules as tests: who may import whom, who owns which table, how long things may be.
// Prose rules rot; a rule that matters is counted here. To change one, write the reason in docs/decisions and change
// it here in the same commit.
package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

const module = "wardportal"

// file is one Go file of the tree, parsed.
type file struct {
	path  string // from the module's root, with slashes
	pkg   string // its folder, e.g. "internal/member"
	test  bool   // _test.go
	lines int
	fset  *token.FileSet
	ast   *ast.File
}

// root is the folder of go.mod.
var root = sync.OnceValue(func() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			panic("no go.mod above " + dir)
		}
		dir = up
	}
})

// tree is every Go file of the module that a person wrote.
var tree = sync.OnceValues(func() ([]file, error) {
	var out []file
	err := filepath.WalkDir(root(), func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root(), p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if slices.Contains([]string{".git", "bin", "var", "node_modules", "testdata", "dist"}, d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") || strings.HasSuffix(rel, "_templ.go") {
			return nil
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, p, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		out = append(out, file{
			path: rel, pkg: path.Dir(rel), test: strings.HasSuffix(rel, "_test.go"),
			lines: fset.File(parsed.Pos()).LineCount(), fset: fset, ast: parsed,
		})
		return nil
	})
	return out, err
})

func files(t *testing.T) []file {
	t.Helper()
	all, err := tree()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 10 {
		t.Fatalf("only %d files found below %s: the walk is wrong", len(all), root())
	}
	return all
}

const (
	maxFile     = 600
	maxFunction = 100
	maxMain     = 60
)

func TestSizes(t *testing.T) {
	t.Parallel()
	var fileLines, funcLines []int
	comments, total := 0, 0
	for _, f := range files(t) {
		limit := maxFile
		if f.path == "cmd/portal/main.go" {
			limit = maxMain
		}
		if f.lines > limit {
			t.Errorf("%s has %d lines, allowed are %d: split it by what its parts are about", f.path, f.lines, limit)
		}
		for _, decl := range f.ast.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			n := f.line(fn.End()) - f.line(fn.Pos()) + 1
			if n > maxFunction {
				t.Errorf("%s: func %s has %d lines, allowed are %d", f.path, fn.Name.Name, n, maxFunction)
			}
			if !f.test {
				funcLines = append(funcLines, n)
			}
		}
		if f.test {
			continue
		}
		fileLines = append(fileLines, f.lines)
		total += f.lines
		for _, c := range f.ast.Comments {
			comments += f.line(c.End()) - f.line(c.Pos()) + 1
		}
	}
	// Not limits; the codebases we admire keep to these, and a drift shows here first (go test -v).
	t.Logf("functions: p50 %d (≤ 11), p90 %d (≤ 35), p99 %d (≤ 70) of %d", percentile(funcLines, 50), percentile(funcLines, 90), percentile(funcLines, 99), len(funcLines))
	t.Logf("files: p50 %d (≤ 120), p90 %d (≤ 350), longest %d of %d", percentile(fileLines, 50), percentile(fileLines, 90), percentile(fileLines, 100), len(fileLines))
	t.Logf("comments: %.1f %% of %d lines (12–18)", 100*float64(comments)/float64(total), total)
}

func (f file) line(p token.Pos) int { return f.fset.Position(p).Line }

// percentile sorts its argument and gives the value below or at which p percent of it lie.
func percentile(of []int, p int) int {
	if len(of) == 0 {
		return 0
	}
	slices.Sort(of)
	return of[(len(of)-1)*p/100]
}

func TestPercentile(t *testing.T) {
	t.Parallel()
	if got := percentile([]int{9, 1, 5}, 50); got != 5 {
		t.Errorf("median %d", got)
	}
	if got := percentile([]int{9, 1, 5}, 100); got != 9 {
		t.Errorf("longest %d", got)
	}
}

// bannedNames say nothing about what is inside, so everything ends up there.
var bannedNames = []string{
	"util", "utils", "common", "helper", "helpers", "model", "models", "type", "types",
	"service", "services", "manager", "managers", "misc", "shared", "base", "lib",
}

func TestPackages(t *testing.T) {
	t.Parallel()
	documented, seen := map[string]bool{}, map[string]string{}
	for _, f := range files(t) {
		name := strings.TrimSuffix(f.ast.Name.Name, "_test")
		seen[f.pkg] = name
		if f.ast.Doc != nil {
			documented[f.pkg] = true
		}
		if slices.Contains(bannedNames, name) || slices.Contains(bannedNames, path.Base(f.pkg)) {
			t.Errorf("%s: a package is named by its noun, not %q", f.path, name)
		}
	}
	for pkg, name := range seen {
		if !documented[pkg] {
			t.Errorf("%s: package %s has no doc comment that says what it is for", pkg, name)
		}
	}
}
