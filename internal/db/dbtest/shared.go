package dbtest

import (
	"errors"
	"os"
	"testing"
)

func startShared() (*server, error) {
	return nil, errors.New("set PORTAL_TEST_DATABASE_URL")
}

// Main runs the tests of a package that uses this one.
func Main(m *testing.M) { os.Exit(m.Run()) }
