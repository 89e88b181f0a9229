package mw

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"golang.org/x/time/rate"
)

func TestThrottle(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 16, 9, 30, 0, 0, time.UTC)
	th := &throttle{limit: rate.Limit(2), burst: 12, by: map[string]*visitor{}}
	for i := range 12 {
		if !th.allow("203.0.113.7", now) {
			t.Fatalf("refused at request %d of the burst", i+1)
		}
	}
	if th.allow("203.0.113.7", now) {
		t.Error("the burst has no end")
	}
	if !th.allow("203.0.113.8", now) {
		t.Error("a neighbour pays for it")
	}
	later := now.Add(time.Second)
	for i, want := range []bool{true, true, false} {
		if got := th.allow("203.0.113.7", later); got != want {
			t.Errorf("request %d after a second: allowed %v, want %v", i+1, got, want)
		}
	}
}

// The throttle's memory is bounded: old visitors go first, and a flood of addresses cannot grow it.
func TestThrottleMemory(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 16, 9, 30, 0, 0, time.UTC)
	th := &throttle{limit: 1, burst: 1, by: map[string]*visitor{}}
	for i := range maxVisitors {
		th.allow(fmt.Sprint(i), now)
	}
	later := now.Add(2 * time.Minute)
	th.allow("recent", later)
	if len(th.by) != 1 {
		t.Errorf("%d visitors remembered, want the recent one", len(th.by))
	}
	for i := range 3 * maxVisitors {
		th.allow(fmt.Sprint("flood", i), later)
	}
	if len(th.by) > maxVisitors {
		t.Errorf("%d visitors remembered", len(th.by))
	}
}

// ASVS 3.4.1: behind https the browser is told to come back by https only.
func TestASVS3_4_1_StrictTransport(t *testing.T) {
	t.Parallel()
	for secure, want := range map[bool]string{true: "max-age=31536000; includeSubDomains", false: ""} {
		w := httptest.NewRecorder()
		Headers(secure)(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody))
		if got := w.Header().Get("Strict-Transport-Security"); got != want {
			t.Errorf("https %v: %q", secure, got)
		}
	}
}
