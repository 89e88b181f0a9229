package localpg

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// sharedHome holds the clusters of data folders that the cluster's account cannot reach.
const sharedHome = "/var/lib/portal"

// place says where one cluster lies and who runs it.
type place struct {
	data string // PORTAL_DATA_DIR, absolute
	home string // the folder of pg: data itself, or a folder below sharedHome
	pg   string // the cluster
	who  account
}

// prepareDataDir creates the data folder when missing and gives its real path. Nobody else may list it; but when we
// are root, the cluster's account must be able to pass through.
func prepareDataDir(dir string) (string, error) {
	fail := func(err error) (string, error) {
		return "", unavailable("Không tạo được hoặc không đọc được thư mục dữ liệu "+dir+" (PORTAL_DATA_DIR).", err)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return fail(err)
	}
	mode := fs.FileMode(0o700)
	if os.Geteuid() == 0 {
		mode = 0o711
	}
	if err := os.MkdirAll(filepath.Dir(abs), 0o755); err != nil { // parents are ordinary folders; ours is the last
		return fail(err)
	}
	if err := os.Mkdir(abs, mode); err != nil && !errors.Is(err, fs.ErrExist) {
		return fail(err)
	}
	if abs, err = filepath.EvalSymlinks(abs); err != nil {
		return fail(err)
	}
	if st, err := os.Stat(abs); err != nil || !st.IsDir() {
		return fail(errors.Join(err, errors.New("not a folder")))
	}
	return abs, nil
}

// locate finds the cluster of the data folder, or the place where it shall be created.
func locate(data string, log *slog.Logger) (place, error) {
	entry := filepath.Join(data, "pg")
	st, err := os.Stat(entry)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return newPlace(data, log)
	case err != nil:
		return place{}, unavailable("Không đọc được "+entry+".", err)
	case st.IsDir():
		return existing(data, data)
	}
	name, err := os.ReadFile(entry) // a file of our own
	if err != nil {
		return place{}, unavailable("Không đọc được "+entry+".", err)
	}
	pg := strings.TrimSpace(string(name))
	// A name that leads nowhere must not become a new, empty cluster: people would think their data gone.
	if _, err := os.Stat(filepath.Join(pg, "PG_VERSION")); err != nil || !filepath.IsAbs(pg) {
		return place{}, unavailable(fmt.Sprintf("Tệp %s ghi rằng cơ sở dữ liệu nằm ở %q nhưng không thấy ở đó.", entry, pg), err)
	}
	return existing(data, filepath.Dir(pg))
}

func existing(data, home string) (place, error) {
	p := place{data: data, home: home, pg: filepath.Join(home, "pg")}
	owner, err := ownerOf(p.pg)
	if err != nil {
		return place{}, err
	}
	if owner.uid == 0 {
		// Only an empty folder can be root's: Postgres runs as somebody else. It is given to the new owner in create.
		if owner, err = newOwner(data); err != nil {
			return place{}, err
		}
	}
	if owner.other && os.Geteuid() != 0 {
		me, _ := self()
		return place{}, unavailable(fmt.Sprintf("Cơ sở dữ liệu ở %s thuộc tài khoản %q; hãy chạy bằng tài khoản đó hoặc bằng root (đang là %q).",
			p.pg, owner.name, me.name), fs.ErrPermission)
	}
	p.who = owner
	return p, nil
}

func newPlace(data string, log *slog.Logger) (place, error) {
	who, err := newOwner(data)
	if err != nil {
		return place{}, err
	}
	p := place{data: data, home: data, pg: filepath.Join(data, "pg"), who: who}
	if !who.other || who.reaches(context.Background(), data) {
		return p, nil
	}
	if p.home, err = freeHome(data, log); err != nil {
		return place{}, err
	}
	p.pg = filepath.Join(p.home, "pg")
	return p, nil
}

// freeHome gives a folder below sharedHome for the data folder. A cluster that lies there under our name although the
// data folder does not name it belongs to a data folder that was removed: it is left alone, and the next name is taken.
func freeHome(data string, log *slog.Logger) (string, error) {
	base := filepath.Join(sharedHome, hash(data))
	for n := 1; ; n++ {
		home := base
		if n > 1 {
			home += "-" + strconv.Itoa(n)
		}
		if _, err := os.Lstat(filepath.Join(home, "pg")); err == nil {
			log.Warn("an older database cluster of this folder is left as it is", "dir", home)
			continue
		}
		if err := os.MkdirAll(home, 0o755); err != nil { // the cluster below it is 0700
			return "", unavailable("Không tạo được thư mục "+home+".", err)
		}
		return home, nil
	}
}

func hash(data string) string {
	sum := sha256.Sum256([]byte(data))
	return hex.EncodeToString(sum[:6])
}

// settle makes a freshly created cluster the one of the data folder, when it lies elsewhere.
func (p place) settle() error {
	if p.home == p.data {
		return nil
	}
	if err := p.claim(); err != nil {
		return err
	}
	return writeWhole(filepath.Join(p.data, "pg"), p.pg+"\n")
}

// claim notes in the cluster's folder which data folder it serves.
func (p place) claim() error { return writeWhole(filepath.Join(p.home, "data-dir"), p.data+"\n") }

// checkClaim refuses to share one cluster between a data folder and its copy; a folder that was moved is followed.
func (p place) checkClaim() error {
	if p.home == p.data {
		return nil
	}
	note, err := os.ReadFile(filepath.Join(p.home, "data-dir"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // not created yet
	}
	if err != nil {
		return unavailable("Không đọc được "+p.home+".", err)
	}
	first := strings.TrimSpace(string(note))
	if first == p.data {
		return nil
	}
	name, err := os.ReadFile(filepath.Join(first, "pg")) // a path that we wrote
	if err == nil && strings.TrimSpace(string(name)) == p.pg {
		return unavailable(fmt.Sprintf(
			"Thư mục dữ liệu %s là bản sao của %s: cả hai cùng trỏ tới cơ sở dữ liệu %s. Hãy dùng một trong hai; muốn có bản thứ hai thì dùng portal backup và portal restore.",
			p.data, first, p.pg), fs.ErrExist)
	}
	return p.claim()
}

// writeWhole writes a small file so that a reader sees all of it or the old one. It stays inside the folder, whatever
// links lie there.
func writeWhole(path, text string) error {
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return unavailable("Không ghi được "+path+".", err)
	}
	defer func() { _ = root.Close() }()
	if err := replace(root, filepath.Base(path), text, account{}); err != nil {
		return unavailable("Không ghi được "+path+".", err)
	}
	return nil
}

// version is the major version of the cluster's files, or 0 when there is no cluster yet.
func (p place) version() (int, error) {
	root, err := os.OpenRoot(p.pg)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, unavailable("Không mở được thư mục "+p.pg+".", err)
	}
	defer func() { _ = root.Close() }()
	text, err := root.ReadFile("PG_VERSION")
	if errors.Is(err, fs.ErrNotExist) {
		entries, err := fs.ReadDir(root.FS(), ".")
		if err == nil && len(entries) == 0 {
			return 0, nil
		}
		return 0, unavailable("Thư mục "+p.pg+" có tệp nhưng không phải dữ liệu PostgreSQL; chưa đụng tới tệp nào.",
			errors.Join(err, errors.New("PG_VERSION is missing")))
	}
	if err != nil {
		return 0, unavailable("Không đọc được phiên bản dữ liệu ở "+p.pg+".", err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || major < 1 {
		return 0, unavailable(fmt.Sprintf("Không nhận ra phiên bản dữ liệu %q ở %s; chưa đụng tới tệp nào.", strings.TrimSpace(string(text)), p.pg),
			errors.New("PG_VERSION is not a major version"))
	}
	return major, nil
}

// maxSocketPath is the longest path of a socket in bytes, without the final zero.
func maxSocketPath() int {
	if runtime.GOOS == "linux" {
		return 107
	}
	return 103
}

// socketDir gives the private folder of the socket, created when missing: beside the cluster, or under a short name
// where that path is too long for a socket.
func (p place) socketDir() (string, error) {
	dir := filepath.Join(p.home, "run")
	if len(socketFile(dir)) > maxSocketPath() {
		dir = p.shortDir()
	}
	if len(socketFile(dir)) > maxSocketPath() {
		return "", unavailable(fmt.Sprintf("Đường dẫn %s dài quá %d byte nên không đặt được socket; hãy chọn PORTAL_DATA_DIR ngắn hơn.",
			socketFile(dir), maxSocketPath()), errors.New("socket path too long"))
	}
	err := os.Mkdir(dir, 0o700)
	if err == nil && p.who.other {
		err = os.Lchown(dir, p.who.uid, p.who.gid)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return "", unavailable("Không tạo được thư mục "+dir+".", err)
	}
	// The name under /tmp can be guessed, so somebody may have been there first.
	st, err := os.Lstat(dir)
	if err != nil || !st.IsDir() || uidOf(st) != p.who.uid || st.Mode().Perm()&0o077 != 0 {
		return "", unavailable(fmt.Sprintf("Thư mục %s không phải của riêng tài khoản %q; hãy xóa hoặc sửa quyền (0700).", dir, p.who.name),
			errors.Join(err, fs.ErrPermission))
	}
	return dir, nil
}

func (p place) shortDir() string {
	if st, err := os.Stat("/run"); err == nil && st.IsDir() && os.Geteuid() == 0 {
		return "/run/portal-" + hash(p.data)
	}
	return fmt.Sprintf("/tmp/portal-pg-%d-%s", p.who.uid, hash(p.data))
}
