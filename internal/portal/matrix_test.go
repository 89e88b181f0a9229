package portal_test

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"wardportal/internal/authz"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var update = flag.Bool("update", false, "write the golden files anew")

// accounts are the demo accounts, one per role, in the order of the matrix' columns.
var accounts = []struct {
	login string
	role  authz.Role
}{
	{"chihoi3", authz.BranchHead}, {"nct", authz.Chair}, {"bientap", authz.Editor}, {"canbo", authz.Official}, {"lanhdao", authz.Leader}, {"quantri", authz.Admin},
}

// TestEveryRouteIsDeclared walks what chi serves: a route that went past kit's declaration has no permission at all.
func TestEveryRouteIsDeclared(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	declared := map[string]bool{}
	for _, r := range s.Kit.Routes() {
		declared[r.Method+" "+r.Pattern] = true
	}
	err := chi.Walk(s.Portal.Mux, func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if !declared[method+" "+route] {
			t.Errorf("%s %s is served but not declared", method, route)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestRoleMatrix holds the table of routes and roles against the golden file, which people read in review.
func TestRoleMatrix(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	var lines []string
	for _, r := range s.Kit.Routes() {
		line := fmt.Sprintf("%-4s %-52s %-18s", r.Method, r.Pattern, r.Need)
		for _, a := range accounts {
			mark := "-"
			if r.Need.Allows(authz.Who{User: 1, Grants: []authz.Grant{{Role: a.role, Association: 1, Branch: 1}}}) {
				mark = string(a.role)
			}
			line += fmt.Sprintf(" %-12s", mark)
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	const path = "testdata/roles.golden"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("routes and roles changed; read the difference, then run: go test ./internal/portal -run RoleMatrix -update\n%s", difference(string(want), got))
	}
}

func difference(want, got string) string {
	var b strings.Builder
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for _, l := range w {
		if !slices.Contains(g, l) {
			b.WriteString("- " + l + "\n")
		}
	}
	for _, l := range g {
		if !slices.Contains(w, l) {
			b.WriteString("+ " + l + "\n")
		}
	}
	return b.String()
}

var param = regexp.MustCompile(`\{[^}]+\}`)

// TestRolesMeetTheRouteFence asks every route as every role and as nobody: who lacks the right gets 403, nobody gets the
// sign-in page, and an id that does not exist is 404 for those who may ask.
func TestRolesMeetTheRouteFence(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	nobody := s.Nobody()
	signedIn := map[authz.Role]*portaltest.Browser{}
	for _, a := range accounts {
		signedIn[a.role] = sampletest.As(t, s, a.login)
	}
	for _, r := range s.Kit.Routes() {
		if strings.HasSuffix(r.Pattern, "*") || strings.HasPrefix(r.Pattern, "/dang-") || strings.HasSuffix(r.Pattern, "/tai-khoan/phien") {
			continue // static files, and what would sign the browsers out
		}
		path := param.ReplaceAllString(r.Pattern, "999999")
		if r.Need.String() != "anyone" {
			p := ask(t, nobody, r.Method, path)
			if p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, "/dang-nhap") {
				t.Errorf("%s %s as nobody: %d %s, want the sign-in page", r.Method, path, p.Status, p.Location)
			}
		}
		for _, a := range accounts {
			p := ask(t, signedIn[a.role], r.Method, path)
			allowed := r.Need.Allows(authz.Who{User: 1, Grants: []authz.Grant{{Role: a.role, Association: 1, Branch: 1}}})
			switch {
			case !allowed && p.Status != http.StatusForbidden:
				t.Errorf("%s %s as %s: %d, want 403", r.Method, path, a.role, p.Status)
			case allowed && p.Status >= 500:
				t.Errorf("%s %s as %s: %d: %s", r.Method, path, a.role, p.Status, p.Text())
			case allowed && strings.HasPrefix(p.Location, "/dang-nhap?"):
				t.Errorf("%s %s as %s leads to the sign-in page", r.Method, path, a.role)
			case allowed && r.Method == http.MethodGet && path != r.Pattern && p.Status != http.StatusNotFound:
				t.Errorf("%s %s as %s: %d, want 404 for what does not exist", r.Method, path, a.role, p.Status)
			}
		}
	}
}

func ask(t *testing.T, b *portaltest.Browser, method, path string) *portaltest.Page {
	t.Helper()
	if method == http.MethodPost {
		return b.Post(t, path, nil)
	}
	return b.Get(t, path)
}
