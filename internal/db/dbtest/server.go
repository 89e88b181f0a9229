package dbtest

import (
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
)

// server is the cluster that the tests of this program use.
type server struct{ base *url.URL }

var (
	serverOnce sync.Once
	serverUsed *server
	serverErr  error
)

// theServer gives the cluster: PORTAL_TEST_DATABASE_URL (a superuser's address) where it is set, else a throw-away one
// that all test programs of a run share.
func theServer(t testing.TB) *server {
	t.Helper()
	serverOnce.Do(func() { serverUsed, serverErr = findServer() })
	if serverErr != nil {
		t.Fatalf("the tests need a Postgres: %v", serverErr)
	}
	return serverUsed
}

func findServer() (*server, error) {
	if given := os.Getenv("PORTAL_TEST_DATABASE_URL"); given != "" {
		u, err := url.Parse(given)
		if err != nil {
			return nil, fmt.Errorf("PORTAL_TEST_DATABASE_URL cannot be read")
		}
		return &server{base: u}, nil
	}
	return startShared()
}

// owner is the address of a database as a role that bypasses row-level security.
func (s *server) owner(database string) string {
	u := *s.base
	u.Path = "/" + database
	return u.String()
}

// app is the address of a database as portal_app. Query parameters win over the address' user, so both are set.
func (s *server) app(database string) string {
	u := *s.base
	u.Path = "/" + database
	q := u.Query()
	q.Set("user", "portal_app")
	u.RawQuery = q.Encode()
	u.User = nil
	return u.String()
}

func databaseOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Path, "/")
}
