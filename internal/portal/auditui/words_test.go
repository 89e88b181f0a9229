package auditui

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryActHasWords reads the program for the acts it records: a code that nobody put into words would stand on the page
// as "Cập nhật dữ liệu khác".
func TestEveryActHasWords(t *testing.T) {
	t.Parallel()
	acts := regexp.MustCompile(`(?:Action: +|note\([^\n]*, )"([a-z]+\.[a-z_]+)"`)
	found := map[string]bool{}
	err := filepath.WalkDir("../..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range acts.FindAllStringSubmatch(string(text), -1) {
			found[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 20 {
		t.Fatalf("only %d acts found in the program", len(found))
	}
	for act := range found {
		if w := words(act); strings.HasPrefix(w, "Cập nhật") {
			t.Errorf("act %q has no words: %q", act, w)
		}
	}
}
