package dbtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"wardportal/internal/localpg"
)

// cluster is the throw-away cluster of this program's tests, nil while PORTAL_TEST_DATABASE_URL is used or nothing was asked.
var cluster *localpg.Cluster

// startShared starts the run's cluster or adopts the one that another test program of the run has started.
func startShared() (*server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	dir := filepath.Join(os.TempDir(), "portal-test-"+strconv.Itoa(os.Getuid()))
	c, err := localpg.Open(ctx, localpg.Options{DataDir: dir, Throwaway: true})
	if err != nil {
		return nil, err
	}
	cluster = c
	base, err := url.Parse(c.ConnString("postgres", localpg.Superuser))
	if err != nil {
		return nil, err
	}
	return &server{base: base}, nil
}

// Main runs the tests of a package that uses this one, and leaves the cluster; the last program of the run stops it.
func Main(m *testing.M) {
	code := m.Run()
	if cluster != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		if err := cluster.Stop(ctx); err != nil {
			fmt.Fprintln(os.Stderr, "stop the test cluster:", err)
		}
		cancel()
	}
	os.Exit(code)
}
