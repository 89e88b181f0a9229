package app

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/localpg"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
	"wardportal/internal/ward"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// opened is the program over a database, as serve opens it, with the sample's secret.
func opened(t *testing.T, appURL, ownerURL, addr string) *App {
	t.Helper()
	dir := t.TempDir()
	c := Config{Addr: addr, DatabaseURL: appURL, OwnerDatabaseURL: ownerURL, DataDir: dir, SecretFile: filepath.Join(dir, "secret.key"), MaxConns: 4, LogLevel: "error"}
	if problems := c.check(); len(problems) > 0 {
		t.Fatal(problems)
	}
	if err := os.WriteFile(c.SecretFile, portaltest.Secret, 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := Open(t.Context(), c, quiet())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	return a
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func get(t *testing.T, address string) (status int, body string, h http.Header) {
	t.Helper()
	req, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 30 * time.Second}
	res, err := client.Do(req)
	if err != nil {
		return 0, err.Error(), nil
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return -1, err.Error(), nil
	}
	return res.StatusCode, string(text), res.Header
}

// until asks again and again; it is how a test waits for another process without guessing at times.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for !ok() {
		select {
		case <-deadline:
			t.Fatalf("waited in vain: %s", what)
		case <-tick.C:
		}
	}
}

// F24: told to stop, the program answers what it has begun, takes nothing new, writes what it kept in memory, and ends well.
func TestF24StopUnderLoad(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	a := opened(t, s.AppURL, s.OwnerURL, "127.0.0.1:0")
	l := listen(t)
	base := "http://" + l.Addr().String()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx, l) }()
	if status, body, _ := get(t, base+"/"); status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	holder, err := pgx.Connect(t.Context(), s.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holder.Close(context.Background()) }()
	if _, err := holder.Exec(t.Context(), `begin; lock table article in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	statuses := make([]int, 3)
	var wg sync.WaitGroup
	for i := range statuses {
		wg.Go(func() { statuses[i], _, _ = get(t, fmt.Sprintf("%s/tin-tuc?trang=%d", base, i)) })
	}
	until(t, "the requests reach the lock", func() bool {
		return s.Count(t, `select count(*) from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`) == len(statuses)
	})
	stop()
	until(t, "the door is closed", func() bool {
		conn, err := (&net.Dialer{}).DialContext(context.WithoutCancel(t.Context()), "tcp", l.Addr().String())
		if err == nil {
			_ = conn.Close()
		}
		return err != nil
	})
	if _, err := holder.Exec(t.Context(), `rollback`); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	if err := <-ended; err != nil {
		t.Errorf("the program ends with %v", err)
	}
	for _, status := range statuses {
		if status != http.StatusOK {
			t.Errorf("requests under way ended with %v", statuses)
			break
		}
	}
}

// F16: half a header and half a body are let go in their time, and others are served meanwhile.
func TestF16SlowSendersAreLetGo(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	limits := server(nil, quiet())
	if limits.ReadHeaderTimeout != 5*time.Second || limits.ReadTimeout != 15*time.Second || limits.WriteTimeout != 30*time.Second || limits.IdleTimeout != time.Minute || limits.MaxHeaderBytes != 32<<10 {
		t.Errorf("limits have moved: %+v", limits)
	}
	fast := httptest.NewUnstartedServer(s.Portal)
	fast.Config = server(s.Portal, quiet())
	fast.Config.ReadHeaderTimeout, fast.Config.ReadTimeout = 150*time.Millisecond, 300*time.Millisecond
	fast.Start()
	defer fast.Close()
	address := strings.TrimPrefix(fast.URL, "http://")
	send := func(text string) string {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		if _, err := io.WriteString(conn, text); err != nil {
			t.Fatal(err)
		}
		_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		answer, err := io.ReadAll(bufio.NewReader(conn)) // ends when the server hangs up
		if err != nil {
			t.Errorf("%q: %v", text[:20], err)
		}
		return string(answer)
	}
	if answer := send("GET / HTTP/1.1\r\nHost: x\r\n"); strings.Contains(answer, "200 OK") {
		t.Errorf("half a header: %.100q", answer)
	}
	if answer := send("POST /dang-nhap HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 400\r\n\r\nlogin=nct&pass"); !strings.HasPrefix(answer, "HTTP/1.1 400") || !strings.Contains(answer, "Đường truyền bị ngắt") {
		t.Errorf("half a body: %.200q", answer)
	}
	if answer := send("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + strings.Repeat("a", 40<<10) + "\r\n\r\n"); !strings.HasPrefix(answer, "HTTP/1.1 431") {
		t.Errorf("40 KB of header: %.100q", answer)
	}
	if status, _, _ := get(t, fast.URL+"/healthz"); status != http.StatusOK {
		t.Errorf("others: %d", status)
	}
	if n := s.Count(t, `select count(*) from sign_in_attempt where not ok`); n != 0 {
		t.Error("half a form was carried out")
	}
}

// The demo's accounts have a password that is in the manual.
func TestDemoIsServedToThisMachineOnly(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	for _, c := range []struct {
		addr, base string
		ok         bool
	}{{"127.0.0.1:0", "", true}, {"0.0.0.0:0", "", false}, {"127.0.0.1:0", "https://chanhlo.example", false}} {
		a := &App{Pool: s.Pool, Config: Config{Addr: c.addr, BaseURL: c.base, LogLevel: "info", MaxConns: 4}}
		if problems := a.Config.check(); len(problems) > 0 {
			t.Fatal(problems)
		}
		if err := a.refuseDemoInPublic(t.Context()); (err == nil) != c.ok {
			t.Errorf("%s %s: %v", c.addr, c.base, err)
		}
	}
	public := Config{Addr: "0.0.0.0:0", base: &url.URL{Scheme: "http", Host: "x"}}
	if err := runDemo(t.Context(), public, quiet(), nil, io.Discard); err == nil || !strings.Contains(err.Error(), "known password") {
		t.Errorf("loading the demo where others reach it: %v", err)
	}
	s.Owner(t, `update account set disabled_at = created_at where demo`)
	a := &App{Pool: s.Pool, Config: Config{Addr: "0.0.0.0:0", base: &url.URL{Scheme: "http", Host: "x"}}}
	if err := a.refuseDemoInPublic(t.Context()); err != nil {
		t.Errorf("with every demo account closed: %v", err)
	}
}

// F28: with another key the program refuses to start and changes nothing.
func TestF28AnotherKeyIsRefused(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	a := opened(t, d.AppURL, d.OwnerURL, "127.0.0.1:0")
	other := a.Config
	other.SecretFile = filepath.Join(t.TempDir(), "secret.key")
	if _, err := Open(t.Context(), other, quiet()); err == nil || !strings.Contains(err.Error(), "secret file is not the one") {
		t.Errorf("another key: %v", err)
	}
	again, err := Open(t.Context(), a.Config, quiet())
	if err != nil {
		t.Fatalf("the right key: %v", err)
	}
	again.Close()
	other = a.Config
	other.DatabaseURL = d.OwnerURL
	if _, err := Open(t.Context(), other, quiet()); err == nil || !strings.Contains(err.Error(), "bypasses row-level security") {
		t.Errorf("the owner's login: %v", err)
	}
}

// A job that panics is that job's failure.
func TestAPanickingJobEndsNothing(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.Owner(t, `insert into ward (id, code, name, province, created_at) values (1, 'a', 'phường A', 'x', '2026-01-01'), (2, 'b', 'phường B', 'x', '2026-01-01')`)
	var log bytes.Buffer
	a := &App{Pool: d.Pool, Log: slog.New(slog.NewTextHandler(&log, nil))}
	var done []authz.WardID
	a.eachWard(t.Context(), "thử", func(ctx context.Context, tx *db.Tx, w ward.Listed) error {
		if w.ID == 1 {
			panic("hỏng")
		}
		done = append(done, w.ID)
		return nil
	})
	if len(done) != 1 || done[0] != 2 || !strings.Contains(log.String(), "hỏng") {
		t.Errorf("done for %v, log %s", done, log.String())
	}
}

// F2, F5: a backend killed under a page leaves no trace that a reader sees; a database that is away is a 503 that says so, while
// the program lives and goes on by itself when the database is back.
func TestF2F5TheDatabaseDiesAndComesBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cluster, err := localpg.Open(t.Context(), localpg.Options{DataDir: dir, Throwaway: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cluster.Stop(context.Background()) })
	before := cluster.OwnerURL()
	a := opened(t, cluster.ConnString(localpg.Database, db.AppRole), before, "127.0.0.1:0")
	err = a.Pool.Write(t.Context(), authz.System(0, "thử"), func(ctx context.Context, tx *db.Tx) error {
		_, err := ward.Create(ctx, tx, ward.New{Code: "chanh-lo", Name: "phường Chánh Lộ", Province: "tỉnh Quảng Ngãi"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(a.Site)
	defer front.Close()
	page := front.URL + "/dang-nhap"
	if status, body, _ := get(t, page); status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	pid := backend(t, a)
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		if status, body, _ := get(t, page); status != http.StatusOK {
			t.Fatalf("after a backend was killed a reader sees %d %s", status, body)
		}
	}
	if err := cluster.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	status, body, h := get(t, page)
	if status != http.StatusServiceUnavailable || h.Get("Retry-After") == "" || !strings.Contains(body, "Hệ thống đang bận") {
		t.Errorf("without a database: %d %s", status, body)
	}
	if status, _, _ := get(t, front.URL+"/healthz"); status != http.StatusOK {
		t.Errorf("the program itself: %d", status)
	}
	if status, _, _ := get(t, front.URL+"/readyz"); status != http.StatusServiceUnavailable {
		t.Errorf("ready without a database: %d", status)
	}
	cluster, err = localpg.Open(t.Context(), localpg.Options{DataDir: dir, Throwaway: true})
	if err != nil {
		t.Fatal(err)
	}
	if cluster.OwnerURL() != before {
		t.Skip("the cluster came back at another address")
	}
	until(t, "the page is back", func() bool { status, _, _ := get(t, page); return status == http.StatusOK })
}

func backend(t *testing.T, a *App) int {
	t.Helper()
	pid := 0
	err := a.Pool.Read(t.Context(), authz.Who{}, func(ctx context.Context, tx *db.Tx) error {
		var err error
		pid, err = db.Value[int](ctx, tx, `select pg_backend_pid()`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pid
}
