package localpg

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"wardportal/internal/fault"
)

// Started by root, the cluster runs as another account; where that account cannot reach the data folder, the cluster
// lies elsewhere and `pg` is a file that names it.
func TestRootUnderAClosedFolder(t *testing.T) {
	t.Parallel()
	skipWithout(t)
	if os.Geteuid() != 0 {
		t.Skip("only root runs the cluster as another account")
	}
	closed := t.TempDir()
	check(t, os.Chmod(filepath.Dir(closed), 0o700)) // the point of the test
	dir := filepath.Join(closed, "var")
	c := mustOpen(t, dir)
	home := c.place.home
	t.Cleanup(func() { check(t, os.RemoveAll(home)) })
	if !strings.HasPrefix(home, sharedHome+"/") {
		t.Fatalf("the cluster lies in %s", home)
	}
	name, err := os.ReadFile(filepath.Join(dir, "pg")) // test file
	check(t, err)
	if strings.TrimSpace(string(name)) != c.place.pg {
		t.Errorf("pg names %q, the cluster is %s", name, c.place.pg)
	}
	owner, err := ownerOf(c.place.pg)
	check(t, err)
	if owner.uid == 0 || c.query(t, "select 1") != "1" {
		t.Errorf("owner %+v", owner)
	}
	c.query(t, "create table keep as select 1 as n")

	copied := filepath.Join(closed, "ban-sao")
	check(t, os.Mkdir(copied, 0o700))
	check(t, os.WriteFile(filepath.Join(copied, "pg"), name, 0o600))
	if _, err := Open(t.Context(), Options{DataDir: copied, Throwaway: true}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a copy of the data folder shares the cluster: %v", err)
	}

	check(t, c.Stop(t.Context()))
	moved := filepath.Join(closed, "var-moi")
	check(t, os.Rename(dir, moved))
	again := mustOpen(t, moved)
	again.query(t, "select n from keep")
	check(t, again.Stop(t.Context()))

	// The data folder removed: the old cluster is neither used nor deleted.
	check(t, os.RemoveAll(moved))
	fresh := mustOpen(t, dir)
	t.Cleanup(func() { check(t, os.RemoveAll(fresh.place.home)) })
	if fresh.place.home == home {
		t.Error("a removed data folder came back with its old data")
	}
	if _, err := os.Stat(filepath.Join(home, "pg", "PG_VERSION")); err != nil {
		t.Errorf("the old cluster is gone: %v", err)
	}
	check(t, fresh.Stop(t.Context()))
	check(t, os.RemoveAll(filepath.Join(fresh.place.home, "pg")))
	if _, err := Open(t.Context(), Options{DataDir: dir, Throwaway: true}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a name that leads nowhere gave %v", err)
	}
}

// The same program without root: it runs the cluster itself, and refuses one of another account.
func TestAsAnOrdinaryAccount(t *testing.T) {
	t.Parallel()
	skipWithout(t)
	if os.Geteuid() != 0 {
		t.Skip("needs root to become somebody else; without root every other test is this one")
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		t.Skip(err)
	}
	who, err := fromUser(nobody)
	check(t, err)
	base := filepath.Dir(openDir(t))
	// The test binary lies in a folder of root's; the account needs a copy that it can read.
	binary := filepath.Join(base, "test")
	check(t, copyFile(binary, os.Args[0]))
	check(t, os.Chown(base, who.uid, who.gid))
	run := func(dir string) (*exec.Cmd, string) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		cmd := exec.CommandContext(ctx, binary) // the test itself
		cmd.Dir = base
		cmd.Env = []string{"PORTAL_HOLD=" + dir, "PATH=" + os.Getenv("PATH")}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(who.uid), Gid: uint32(who.gid)}} // test
		cmd.Stdin = bytes.NewReader(nil)
		out, _ := cmd.CombinedOutput()
		return cmd, string(out)
	}
	dir := filepath.Join(base, "var")
	if cmd, out := run(dir); !cmd.ProcessState.Success() {
		t.Fatalf("as nobody: %s", out)
	}
	owner, err := ownerOf(filepath.Join(dir, "pg"))
	check(t, err)
	if owner.uid != who.uid {
		t.Errorf("the cluster belongs to %+v", owner)
	}
	// Root may use what an ordinary account made, and runs it as that account.
	c := mustOpen(t, dir)
	if c.place.who.uid != who.uid {
		t.Errorf("runs as %+v", c.place.who)
	}

	rootsOwn := openDir(t)
	check(t, mustOpen(t, rootsOwn).Stop(t.Context()))
	if cmd, out := run(rootsOwn); cmd.ProcessState.Success() {
		t.Errorf("nobody used the cluster of another account: %s", out)
	}
}

func copyFile(to, from string) error {
	in, err := os.Open(from) // test
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755) // test
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}
