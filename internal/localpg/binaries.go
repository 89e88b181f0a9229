package localpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// oldest is the first major version with ICU as the provider of a whole cluster and with the grants we rely on.
const oldest = 15

// install is one set of Postgres server programs on this machine.
type install struct {
	dir   string
	major int
}

func (i install) tool(name string) string { return filepath.Join(i.dir, name) }

// binDirs lists the folders that may hold server programs: those of PATH, which are the operator's choice, and the
// usual ones. Debian keeps the server out of PATH; Homebrew links only one version.
func binDirs() (fromPath, usual []string) {
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if real, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres")); err == nil {
			fromPath = append(fromPath, filepath.Dir(real))
		}
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin",
		"/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin", "/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
	} {
		found, err := filepath.Glob(pattern)
		if err == nil { // the patterns are well formed; a folder that cannot be read holds nothing for us
			usual = append(usual, found...)
		}
	}
	return fromPath, usual
}

var (
	versionLine = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)
	debianPath  = regexp.MustCompile(`^/usr/lib/postgresql/(\d+)/bin$`)
)

// lookInto gives the version of the server programs in dir; ok is false when a program that we need is missing.
func lookInto(ctx context.Context, dir string) (install, bool) {
	for _, tool := range []string{"postgres", "initdb", "pg_ctl"} {
		if _, err := exec.LookPath(filepath.Join(dir, tool)); err != nil {
			return install{}, false
		}
	}
	if m := debianPath.FindStringSubmatch(dir); m != nil {
		major, err := strconv.Atoi(m[1])
		return install{dir, major}, err == nil
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
	m := versionLine.FindSubmatch(out)
	if err != nil || m == nil {
		return install{}, false
	}
	major, err := strconv.Atoi(string(m[1]))
	return install{dir, major}, err == nil
}

// pick chooses the programs for a cluster of the major version, or for a new one (0): those of PATH when they are
// young enough, else the newest.
func pick(ctx context.Context, major int) (install, error) {
	fromPath, usual := binDirs()
	return choose(ctx, fromPath, usual, major)
}

func choose(ctx context.Context, fromPath, usual []string, major int) (install, error) {
	var all []install
	for n, dir := range slices.Concat(fromPath, usual) {
		i, ok := lookInto(ctx, dir)
		if !ok {
			continue
		}
		if i.major == major || major == 0 && i.major >= oldest && n < len(fromPath) {
			return i, nil
		}
		all = append(all, i)
	}
	if major != 0 {
		return install{}, unavailable(fmt.Sprintf(
			"Dữ liệu được tạo bằng PostgreSQL %d nhưng máy này không có chương trình của phiên bản đó (đang có: %s). Hãy cài PostgreSQL %d; dữ liệu vẫn còn nguyên.",
			major, versions(all), major), fmt.Errorf("no PostgreSQL %d server binaries", major))
	}
	var best install
	for _, i := range all {
		if i.major >= oldest && i.major > best.major {
			best = i
		}
	}
	if best.major == 0 {
		return install{}, unavailable(fmt.Sprintf(
			"Máy này chưa có chương trình máy chủ PostgreSQL từ phiên bản %d (đang có: %s). Trên Debian/Ubuntu: apt-get install postgresql; trên macOS: brew install postgresql@17. Hoặc đặt PORTAL_DATABASE_URL.",
			oldest, versions(all)), errors.New("no PostgreSQL server binaries in PATH, /usr/lib/postgresql or Homebrew"))
	}
	return best, nil
}

func versions(all []install) string {
	if len(all) == 0 {
		return "không có"
	}
	var out []string
	for _, i := range all {
		out = append(out, strconv.Itoa(i.major))
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ", ")
}

// Tool finds a program that comes with Postgres (pg_dump, pg_restore, psql): the newest one, because those work with
// older servers and refuse newer ones. The error says what to install.
func Tool(ctx context.Context, name string) (string, error) {
	fromPath, usual := binDirs()
	var best install
	for _, dir := range slices.Concat(usual, fromPath) {
		if _, err := exec.LookPath(filepath.Join(dir, name)); err != nil {
			continue
		}
		if i, ok := lookInto(ctx, dir); ok && i.major > best.major {
			best = i
		}
	}
	if best.major != 0 {
		return best.tool(name), nil
	}
	// A machine with only the client programs, whose database runs elsewhere.
	found, err := exec.LookPath(name)
	if err != nil {
		return "", unavailable("Máy này chưa có chương trình "+name+" của PostgreSQL. Trên Debian/Ubuntu: apt-get install postgresql-client.", err)
	}
	return found, nil
}
