package localpg

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"wardportal/internal/fault"
)

// skipWithout skips on machines without a server, where nothing here can run; `make test` installs one.
func skipWithout(t *testing.T) {
	t.Helper()
	if _, err := pick(t.Context(), 0); err != nil {
		t.Skip(err)
	}
}

func TestLifeOfACluster(t *testing.T) {
	t.Parallel()
	skipWithout(t)
	dir := openDir(t)
	c := mustOpen(t, dir)
	if c.Adopted() {
		t.Error("a new cluster was adopted")
	}
	for sql, want := range map[string]string{
		"show server_encoding":  "UTF8",
		"show data_checksums":   "on",
		"show listen_addresses": "",
		"select datlocprovider::text || ':' || daticulocale from pg_database where datname = current_database()": "i:vi",
		// In Vietnamese Đ follows D as a letter of its own, and tones come after the letter.
		"select string_agg(w, ' ' order by w) from unnest(array['Đào','Dũng','Em','Dân']) w": "Dân Dũng Đào Em",
		// The C locale would find no letters here, so trigrams of Vietnamese names would be empty.
		"select to_tsvector('simple', 'Đặng Thị Ất')::text": "'thị':2 'đặng':1 'ất':3",
	} {
		if got := c.query(t, sql); got != want {
			t.Errorf("%s: got %q, want %q", sql, got, want)
		}
	}
	c.query(t, "create table keep (n int)")

	t.Run("a second program adopts it and leaves it up", func(t *testing.T) {
		second := mustOpen(t, dir)
		if !second.Adopted() {
			t.Error("not adopted")
		}
		check(t, second.Stop(t.Context()))
		c.query(t, "select 1")
	})
	t.Run("the last one out stops it", func(t *testing.T) {
		other := startProgram(t, "PORTAL_HOLD="+dir)
		check(t, c.Stop(t.Context()))
		if c.place.state() == gone {
			t.Fatal("stopped under the feet of another program")
		}
		other.finish(t)
		if c.place.state() != gone {
			t.Error("still up after the last program left")
		}
	})
	t.Run("the data stay", func(t *testing.T) {
		again := mustOpen(t, dir)
		if again.Adopted() {
			t.Error("adopted a stopped cluster")
		}
		again.query(t, "select n from keep")
	})
}

func TestKilledProgramIsAdopted(t *testing.T) {
	t.Parallel()
	skipWithout(t)
	dir := openDir(t)
	other := startProgram(t, "PORTAL_HOLD="+dir)
	other.kill9(t)
	c := mustOpen(t, dir)
	if !c.Adopted() {
		t.Error("the cluster of the killed program was not adopted")
	}
	check(t, c.Stop(t.Context()))
	if c.place.state() != gone {
		t.Error("nobody uses the adopted cluster, but it is still up")
	}
}

func TestKilledPostmasterRecovers(t *testing.T) {
	t.Parallel()
	skipWithout(t)
	dir := openDir(t)
	c := mustOpen(t, dir)
	c.query(t, "create table keep as select 7 as n")
	c.query(t, "checkpoint") // a throwaway cluster does not sync by itself
	f, _ := c.place.readPID()
	check(t, syscall.Kill(f.pid, syscall.SIGKILL))
	<-c.child.done

	again := mustOpen(t, dir)
	if again.Adopted() {
		t.Error("adopted a dead postmaster")
	}
	if got := again.query(t, "select n from keep"); got != "7" {
		t.Errorf("kept %q", got)
	}
}

func TestWatchRevives(t *testing.T) {
	t.Parallel()
	skipWithout(t)
	c := mustOpen(t, openDir(t))
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { c.Watch(ctx); close(ended) }()
	f, _ := c.place.readPID()
	check(t, syscall.Kill(f.pid, syscall.SIGKILL))
	for deadline := time.Now().Add(20 * time.Second); ; {
		if g, ok := c.place.readPID(); ok && g.pid != f.pid && c.place.ready(ctx, c.socket) == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("not started again")
		}
		check(t, pause(ctx))
	}
	cancel()
	<-ended
}

// After a reboot the numbers in old lock files belong to other processes: here, to this test.
func TestForeignProcessNumberInLockFiles(t *testing.T) {
	t.Parallel()
	skipWithout(t)
	dir := openDir(t)
	c := mustOpen(t, dir)
	old, err := os.ReadFile(filepath.Join(c.place.pg, "postmaster.pid"))
	check(t, err)
	socket := c.socket
	check(t, c.Stop(t.Context()))

	// A process of the cluster's own account, for Postgres takes one of another account for dead.
	sleeper := c.place.who.command(t.Context(), "/bin/sleep", "300")
	check(t, sleeper.Start())
	t.Cleanup(func() { _ = sleeper.Process.Kill(); _ = sleeper.Wait() })
	_, rest, _ := strings.Cut(string(old), "\n")
	forged := strconv.Itoa(sleeper.Process.Pid) + "\n" + rest
	for _, path := range []string{filepath.Join(c.place.pg, "postmaster.pid"), socketFile(socket) + ".lock"} {
		check(t, os.WriteFile(path, []byte(forged), 0o600))
		check(t, os.Chown(path, c.place.who.uid, c.place.who.gid))
	}
	again := mustOpen(t, dir)
	if again.Adopted() {
		t.Error("adopted a process that is no postmaster")
	}
	again.query(t, "select 1")
}

func TestTooLongForASocket(t *testing.T) {
	t.Parallel()
	skipWithout(t)
	dir := filepath.Join(openDir(t), strings.Repeat("thu-muc-du-lieu-", 8))
	c := mustOpen(t, dir)
	if len(socketFile(c.socket)) > maxSocketPath() {
		t.Errorf("socket path of %d bytes", len(socketFile(c.socket)))
	}
	st, err := os.Stat(c.socket)
	check(t, err)
	if st.Mode().Perm() != 0o700 {
		t.Errorf("the folder of the socket has mode %v", st.Mode().Perm())
	}
	t.Cleanup(func() { _ = os.Remove(c.socket) })
	check(t, c.Stop(t.Context()))

	// The short name can be guessed: a folder of somebody else is refused.
	check(t, os.Chmod(c.socket, 0o755)) // the point of the test
	if _, err := Open(t.Context(), Options{DataDir: dir, Throwaway: true}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("an open folder was accepted for the socket: %v", err)
	}
}

func TestUnknownVersionIsRefused(t *testing.T) {
	t.Parallel()
	skipWithout(t)
	for _, version := range []string{"99\n", "9.6\n", "mới\n", ""} {
		t.Run(strconv.Quote(version), func(t *testing.T) {
			t.Parallel()
			dir := openDir(t)
			pg := filepath.Join(dir, "pg")
			check(t, os.MkdirAll(pg, 0o700))
			file := "PG_VERSION"
			if version == "" {
				file = "so-lieu.txt" // a folder with somebody's files, but no cluster
			}
			check(t, os.WriteFile(filepath.Join(pg, file), []byte(version), 0o600))
			_, err := Open(t.Context(), Options{DataDir: dir, Throwaway: true})
			if !fault.Is(err, fault.Unavailable) || fault.MessageOf(err) == "" {
				t.Fatalf("got %v", err)
			}
			kept, err := os.ReadFile(filepath.Join(pg, file)) // test file
			check(t, err)
			if string(kept) != version {
				t.Errorf("the folder was touched: %q", kept)
			}
		})
	}
}

func TestLockServe(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "var")
	other := startProgram(t, "PORTAL_HOLD_SERVE="+dir)
	_, err := LockServe(dir)
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), strconv.Itoa(other.cmd.Process.Pid)) {
		t.Errorf("a second serve got %v; it should be told the first one's number", err)
	}
	other.kill9(t)
	release, err := LockServe(dir)
	check(t, err)
	release()
	release, err = LockServe(dir)
	check(t, err)
	release()
}

func TestTemporaryClusterLeavesNothing(t *testing.T) {
	t.Parallel()
	skipWithout(t)
	c, err := Open(t.Context(), Options{Throwaway: true})
	check(t, err)
	dir := c.place.data
	check(t, c.Stop(t.Context()))
	check(t, c.Stop(t.Context()))
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", dir, err)
	}

	// A test run that is killed leaves nothing either.
	other := startProgram(t, "PORTAL_HOLD=temporary")
	other.kill9(t)
	_, dir, _ = strings.Cut(other.said, " ")
	for deadline := time.Now().Add(20 * time.Second); ; {
		if _, err := os.Stat(dir); os.IsNotExist(err) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s is still there", dir)
		}
		check(t, pause(t.Context()))
	}
}

// A lasting cluster lets in exactly the portal's roles, known by who runs the process.
func TestOnlyOurRolesConnect(t *testing.T) {
	t.Parallel()
	skipWithout(t)
	psql, err := exec.LookPath("psql")
	if err != nil {
		t.Skip("psql is not installed")
	}
	c, err := Open(t.Context(), Options{DataDir: openDir(t), Log: slog.New(slog.DiscardHandler)})
	check(t, err)
	t.Cleanup(func() { check(t, c.Stop(context.Background())) })
	c.query(t, "create role portal_app login")
	c.query(t, "create role ke_la login superuser")
	who := func(role string) (string, error) {
		out, err := exec.CommandContext(t.Context(), psql, "-XAtc", "select current_user", c.ConnString(Database, role)).CombinedOutput() // test
		return strings.TrimSpace(string(out)), err
	}
	for _, role := range []string{"portal_app", "postgres"} {
		if got, err := who(role); got != role || err != nil {
			t.Errorf("%s: got %q, %v", role, got, err)
		}
	}
	if got, err := who("ke_la"); err == nil {
		t.Errorf("a role that is not ours came in as %q", got)
	}
	// The log must stay free of what people typed.
	if _, err := ask(t.Context(), c.socket, Database, "select 'Nguyễn Thị Bí Mật'::int"); err == nil {
		t.Error("nonsense was accepted")
	}
	text, err := os.ReadFile(c.place.logPath())
	check(t, err)
	if strings.Contains(string(text), "Bí Mật") {
		t.Errorf("the log quotes a statement:\n%s", text)
	}
}
