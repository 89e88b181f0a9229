package localpg

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// temporaryDir makes the folder of a throwaway cluster. It must be short (socket) and open to the cluster's account,
// which rules out testing.T.TempDir when the tests run as root.
func temporaryDir() (string, error) {
	base := os.TempDir()
	if len(base) > 40 {
		base = "/tmp"
	}
	dir, err := os.MkdirTemp(base, "portal-pg-")
	if err != nil {
		return "", err
	}
	if os.Geteuid() == 0 {
		err = os.Chmod(dir, 0o711) // the cluster below is 0700
	}
	return dir, err
}

// watchOver starts a small process that waits for the end of this one, however it ends, and then stops the temporary
// cluster and removes it: a test run that panics or is killed leaves nothing behind.
func (c *Cluster) watchOver() error {
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	c.mu.Lock()
	pid := c.child.pid
	c.mu.Unlock()
	// `read` returns when the pipe's other end is closed, by Stop or by the kernel.
	script := `read _; kill -QUIT "$1" 2>/dev/null; n=0; while kill -0 "$1" 2>/dev/null && [ $n -lt 50 ]; do n=$((n+1)); sleep 0.1; done; rm -rf "$2"`
	cmd := exec.CommandContext(context.Background(), "/bin/sh", "-c", script, "sh", strconv.Itoa(pid), c.opts.DataDir) // fixed script, own arguments
	cmd.Stdin = r
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		_ = w.Close()
		return err
	}
	go func() { _ = cmd.Wait() }()
	c.watcher = w
	return nil
}

// endTemporary stops the throwaway cluster at once and removes its folder.
func (c *Cluster) endTemporary(ctx context.Context) error {
	c.mu.Lock()
	ch := c.child
	c.mu.Unlock()
	if err := c.watcher.Close(); err != nil {
		return err
	}
	select {
	case <-ch.done:
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(20 * time.Second):
		return unavailable("Cơ sở dữ liệu tạm không dừng.", context.DeadlineExceeded)
	}
	// The watcher removes the folder too; whoever is first, the folder is gone when Stop returns.
	return os.RemoveAll(filepath.Clean(c.opts.DataDir))
}
