package localpg

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test binary play another program: with PORTAL_HOLD set it opens that folder's cluster, says so,
// and holds it until its input ends; with PORTAL_HOLD_SERVE it takes the serve lock instead.
func TestMain(m *testing.M) {
	if dir := os.Getenv("PORTAL_HOLD"); dir != "" {
		os.Exit(hold(dir))
	}
	if dir := os.Getenv("PORTAL_HOLD_SERVE"); dir != "" {
		release, err := LockServe(dir)
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println("ready")
		_, _ = io.Copy(io.Discard, os.Stdin)
		release()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func hold(dir string) int {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	opts := Options{DataDir: dir, Throwaway: true}
	if dir == "temporary" {
		opts.DataDir = ""
	}
	c, err := Open(ctx, opts)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("ready", c.place.data)
	_, _ = io.Copy(io.Discard, os.Stdin)
	if err := c.Stop(ctx); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// program is the test binary in its role as another program.
type program struct {
	cmd   *exec.Cmd
	stdin io.Closer
	said  string // its first line
}

func startProgram(t *testing.T, env string) *program {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), env)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	check(t, err)
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "ready") {
		t.Fatalf("the other program said %q (%v)", line, err)
	}
	return &program{cmd: cmd, stdin: in, said: strings.TrimSpace(line)}
}

func (p *program) kill9(t *testing.T) {
	t.Helper()
	check(t, p.cmd.Process.Signal(syscall.SIGKILL))
	_ = p.cmd.Wait()
}

func (p *program) finish(t *testing.T) {
	t.Helper()
	check(t, p.stdin.Close())
	check(t, p.cmd.Wait())
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// openDir is a data folder that the cluster's account can reach even when the tests run as root (t.TempDir is 0700).
func openDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pp")
	check(t, err)
	check(t, os.Chmod(dir, 0o755)) // see above
	t.Cleanup(func() { check(t, os.RemoveAll(dir)) })
	return filepath.Join(dir, "var")
}

func mustOpen(t *testing.T, dir string) *Cluster {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	c, err := Open(ctx, Options{DataDir: dir, Throwaway: true})
	check(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		check(t, c.Stop(ctx))
	})
	return c
}

func (c *Cluster) query(t *testing.T, sql string) string {
	t.Helper()
	v, err := ask(t.Context(), c.socket, Database, sql)
	check(t, err)
	return v
}
