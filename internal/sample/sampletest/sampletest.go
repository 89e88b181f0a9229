// Package sampletest starts the portal over the small sample ward, for page tests.
package sampletest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/member"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample"
)

// Start gives a test its own copy of the small sample ward behind the real router.
func Start(t testing.TB) *portaltest.Site {
	t.Helper()
	return StartAt(t, func() time.Time { return dbtest.Instant })
}

// StartAt is Start with a clock of the test's own; the world itself is built at dbtest.Instant whoever builds it first.
func StartAt(t testing.TB, now func() time.Time) *portaltest.Site {
	t.Helper()
	return portaltest.StartAt(t, "sample-small-"+fingerprint(t), func(ctx context.Context, pool *db.Pool) error {
		keys, err := member.NewKeys(portaltest.Secret)
		if err != nil {
			return err
		}
		_, err = sample.Load(ctx, pool, sample.Options{Keys: keys, Small: true})
		return err
	}, now)
}

// As signs in as a demo account.
func As(t testing.TB, s *portaltest.Site, login string) *portaltest.Browser {
	t.Helper()
	return s.As(t, login, sample.Password)
}

// fingerprint changes with the source of package sample, so that a template from an older run is not mistaken for today's world.
func fingerprint(t testing.TB) string {
	t.Helper()
	_, here, _, ok := runtime.Caller(0)
	if !ok {
		t.Fatal("no source path: build the tests without -trimpath")
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(here), "..", "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no source of package sample: %v", err)
	}
	h := sha256.New()
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		h.Write(text)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
