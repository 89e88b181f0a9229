package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wardportal/internal/db"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
	"wardportal/web"
)

// TestServeForKillTest is no test: TestF1 starts this test program again with it, as the program that is to be killed.
func TestServeForKillTest(t *testing.T) {
	if os.Getenv("PORTAL_TEST_SERVE") == "" {
		t.Skip("started by TestF1 only")
	}
	if code := Run([]string{"serve"}, os.Stdout, os.Stderr); code != 0 {
		t.Fatalf("serve ends with %d", code)
	}
}

// F1: the program is killed in the middle of requests. What was answered is there, once and whole; what was not is there whole or
// not at all; the next start is quick and finds nothing to repair.
func TestF1KilledInTheMiddle(t *testing.T) {
	t.Parallel()
	if err := web.Built(); err != nil {
		t.Skip(err)
	}
	s := sampletest.Start(t)
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret.key")
	if err := os.WriteFile(secret, portaltest.Secret, 0o600); err != nil {
		t.Fatal(err)
	}
	answered := 0
	for range 3 {
		l := listen(t)
		addr := l.Addr().String()
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		//nolint:gosec // the command is this very test program
		child := exec.CommandContext(context.WithoutCancel(t.Context()), os.Args[0], "-test.run=^TestServeForKillTest$")
		child.Env = append(os.Environ(), "PORTAL_TEST_SERVE=1", "PORTAL_ADDR="+addr, "PORTAL_DATABASE_URL="+s.AppURL, "PORTAL_OWNER_DATABASE_URL="+s.OwnerURL, "PORTAL_DATA_DIR="+dir, "PORTAL_SECRET_FILE="+secret, "PORTAL_LOG_LEVEL=error")
		begun := time.Now()
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		until(t, "the program serves", func() bool { status, _, _ := get(t, "http://"+addr+"/readyz"); return status == http.StatusOK })
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("the start took %v", took)
		}
		answered += refusedSignIns(t, "http://"+addr, func() {
			<-time.After(time.Duration(rand.IntN(80)) * time.Millisecond)
			_ = child.Process.Kill()
		})
		_ = child.Wait()
	}
	attempts := s.Count(t, `select count(*) from sign_in_attempt where not ok`)
	audited := s.Count(t, `select count(*) from audit_log where action = 'session.refused'`)
	if attempts < answered || attempts != audited || attempts > 24 {
		t.Errorf("%d answered, %d attempts kept, %d of them in the audit", answered, attempts, audited)
	}
	if state, err := db.Schema(t.Context(), s.OwnerURL); err != nil || state.Broken {
		t.Errorf("%+v, %v", state, err)
	}
	until(t, "the killed programs' connections are gone", func() bool {
		return s.Count(t, `select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`) == 0
	})
}

// refusedSignIns sends eight wrong passwords at once while kill runs, and counts those that were answered.
func refusedSignIns(t *testing.T, base string, kill func()) int {
	t.Helper()
	var answered atomic.Int32
	var wg sync.WaitGroup
	wg.Go(kill)
	for i := range 8 {
		wg.Go(func() {
			form := url.Values{"login": {fmt.Sprintf("ai-do-%d", i)}, "password": {"sai"}}
			req, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodPost, base+"/dang-nhap", strings.NewReader(form.Encode()))
			if err != nil {
				t.Error(err)
				return
			}
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				return // killed before it could answer
			}
			_ = res.Body.Close()
			if res.StatusCode == http.StatusUnprocessableEntity {
				answered.Add(1)
			}
		})
	}
	wg.Wait()
	return int(answered.Load())
}
