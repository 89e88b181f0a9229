package localpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	shared    = syscall.LOCK_SH
	exclusive = syscall.LOCK_EX
)

// LockServe takes the folder for one `serve`: a second one gets an error that names the first. The lock is the
// kernel's (flock), so it ends with the process, however that ends. The folder is created when missing.
func LockServe(dataDir string) (unlockServe func(), err error) {
	dir, err := prepareDataDir(dataDir)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "portal.lock")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, unavailable("Không mở được tệp khóa "+path+".", err)
	}
	if err := flock(f, exclusive|syscall.LOCK_NB); err != nil {
		holder, _ := io.ReadAll(io.LimitReader(f, 32))
		_ = f.Close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, unavailable("Không khóa được tệp "+path+".", err)
		}
		return nil, unavailable(fmt.Sprintf(
			"Thư mục dữ liệu %s đang được một “portal serve” khác dùng (tiến trình số %s). Hãy dừng tiến trình đó, hoặc đặt PORTAL_DATA_DIR sang thư mục khác.",
			dir, strings.TrimSpace(string(holder))), err)
	}
	// The number is a courtesy to the reader of the message above; the lock does not depend on it.
	if err := f.Truncate(0); err == nil {
		_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	return func() { unlock(f) }, nil
}

// lock opens the file and locks it, waiting until ctx ends. Files are opened close-on-exec, so no child keeps a lock.
func lock(ctx context.Context, path string, how int) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, unavailable("Không mở được tệp khóa "+path+".", err)
	}
	for {
		err := flock(f, how|syscall.LOCK_NB)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			_ = f.Close()
			return nil, unavailable("Không khóa được tệp "+path+".", err)
		}
		select {
		case <-ctx.Done():
			_ = f.Close()
			return nil, unavailable("Cơ sở dữ liệu đang được một lệnh khác bật hoặc tắt; hãy thử lại sau giây lát.", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// upgrade turns a shared lock into an exclusive one if nobody else holds it. When it cannot, the lock may be lost:
// call it only on the way out.
func upgrade(f *os.File) bool { return flock(f, exclusive|syscall.LOCK_NB) == nil }

func unlock(f *os.File) {
	if f != nil {
		_ = f.Close()
	}
}

func flock(f *os.File, how int) error {
	for {
		err := syscall.Flock(int(f.Fd()), how)
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
