package localpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// child is a postmaster that this process started; done is closed when it has ended and was reaped.
type child struct {
	pid  int
	done chan struct{}
}

// run runs one of Postgres's tools to its end as the cluster's account and gives what it said.
func (p place) run(ctx context.Context, program string, args ...string) (string, error) {
	out, err := p.who.command(ctx, program, args...).CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

// life says what is known of the process that postmaster.pid names.
type life int

const (
	gone  life = iota // no such process, or it is something else
	maybe             // a Postgres of our account; only an answer on its socket proves that it is ours
	ours              // it works in our folder
)

// pidFile is what a postmaster writes into its folder: number of the process, …, folder of the socket.
type pidFile struct {
	pid    int
	socket string
}

func (p place) readPID() (pidFile, bool) {
	root, err := os.OpenRoot(p.pg)
	if err != nil {
		return pidFile{}, false
	}
	defer func() { _ = root.Close() }()
	text, err := root.ReadFile("postmaster.pid")
	if err != nil {
		return pidFile{}, false
	}
	lines := strings.Split(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil || pid <= 0 {
		return pidFile{}, false
	}
	f := pidFile{pid: pid}
	if len(lines) > 4 {
		f.socket = lines[4]
	}
	return f, true
}

// state tells whether the postmaster of the folder lives. The number in postmaster.pid proves nothing: after a reboot
// or in a new container it soon belongs to another process.
func (p place) state() life {
	f, ok := p.readPID()
	if !ok {
		return gone
	}
	return p.lifeOf(f.pid)
}

func (p place) lifeOf(pid int) life {
	if err := syscall.Kill(pid, 0); errors.Is(err, syscall.ESRCH) {
		return gone
	}
	if runtime.GOOS != "linux" {
		return maybe
	}
	proc := filepath.Join("/proc", strconv.Itoa(pid))
	stat, err := os.ReadFile(filepath.Join(proc, "stat")) // a number between fixed words
	if err != nil {
		return gone
	}
	// "pid (name) state …"; the name is "postgres" for a postmaster, and Z is one that died and was not reaped.
	_, rest, _ := strings.Cut(string(stat), "(")
	name, after, _ := strings.Cut(rest, ")")
	if (name != "postgres" && name != "postmaster") || strings.HasPrefix(strings.TrimSpace(after), "Z") {
		return gone
	}
	cwd, err := os.Stat(filepath.Join(proc, "cwd"))
	if err != nil {
		return maybe // no right to look, as in a container without CAP_SYS_PTRACE
	}
	if here, err := os.Stat(p.pg); err == nil && os.SameFile(cwd, here) {
		return ours
	}
	return gone
}

// running gives the socket folder of the cluster's postmaster when one lives, waiting while it starts, recovers or
// stops; "" when none does.
func (p place) running(ctx context.Context) (string, error) {
	var last error
	for deadline := time.Now().Add(time.Minute); ; {
		f, ok := p.readPID()
		if !ok || p.lifeOf(f.pid) == gone {
			return "", nil
		}
		if f.socket != "" {
			if last = p.ready(ctx, f.socket); last == nil {
				return f.socket, nil
			}
		}
		if time.Now().After(deadline) {
			return "", unavailable("Cơ sở dữ liệu đang chạy nhưng không trả lời.", fmt.Errorf("postmaster %d: %w", f.pid, last))
		}
		if err := pause(ctx); err != nil {
			return "", unavailable("Hết thời gian chờ cơ sở dữ liệu.", errors.Join(err, last))
		}
	}
}

// ready succeeds when the server on the socket serves our folder, and then makes sure of the portal's database.
func (p place) ready(ctx context.Context, socket string) error {
	dir, err := ask(ctx, socket, Database, "show data_directory")
	missing := isCode(err, "3D000")
	if missing {
		dir, err = ask(ctx, socket, Superuser, "show data_directory")
	}
	if err != nil {
		return err
	}
	there, err := os.Stat(dir)
	if err != nil {
		return err
	}
	here, err := os.Stat(p.pg)
	if err != nil {
		return err
	}
	if !os.SameFile(there, here) {
		return fmt.Errorf("the server on %s serves %s", socket, dir)
	}
	if missing {
		_, err = ask(ctx, socket, Superuser, "create database "+Database)
		if isCode(err, "42P04") { // somebody was quicker
			err = nil
		}
	}
	return err
}

func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(15 * time.Millisecond):
		return nil
	}
}

// start launches the postmaster and waits until it takes connections. After a kill -9 its orphans may hold the shared
// memory for a moment, and somebody may start it by hand at the same time: both are waited for.
func (p place) start(ctx context.Context, bin install, throwaway bool, log *slog.Logger) (string, *child, error) {
	socket, err := p.socketDir()
	if err != nil {
		return "", nil, err
	}
	if err := p.writeAccess(throwaway); err != nil {
		return "", nil, err
	}
	for deadline := time.Now().Add(15 * time.Second); ; {
		if err := p.disarm(socket); err != nil {
			return "", nil, unavailable("Không dọn được tệp khóa cũ của cơ sở dữ liệu.", err)
		}
		ch, said, err := p.launch(ctx, bin, socket, throwaway, log)
		if err == nil {
			return socket, ch, nil
		}
		other := strings.Contains(said, "shared memory block") || strings.Contains(said, "already exists")
		if !other || ctx.Err() != nil || time.Now().After(deadline) {
			return "", nil, unavailable("Cơ sở dữ liệu không khởi động được; xem "+p.logPath()+".", fmt.Errorf("%w: %s", err, said))
		}
		if there, err := p.running(ctx); err == nil && there != "" {
			return there, nil, nil
		}
		if err := pause(ctx); err != nil {
			return "", nil, unavailable("Hết thời gian chờ cơ sở dữ liệu.", err)
		}
	}
}

func (p place) logPath() string { return filepath.Join(p.home, "postgres.log") }

// launch starts the postmaster once; said is what it wrote when it ended again before it was ready.
func (p place) launch(ctx context.Context, bin install, socket string, throwaway bool, log *slog.Logger) (ch *child, said string, err error) {
	out, from, err := openLog(p.logPath())
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = out.Close() }()
	// It shall outlive ctx, and this program if need be.
	cmd := p.who.command(context.WithoutCancel(ctx), bin.tool("postgres"), serverArgs(p.pg, socket, throwaway)...)
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		return nil, "", err
	}
	ch = &child{pid: cmd.Process.Pid, done: make(chan struct{})}
	var exit error
	go func() {
		exit = cmd.Wait()
		close(ch.done)
	}()
	began, told := time.Now(), time.Now()
	for {
		select {
		case <-ch.done:
			return nil, tail(p.logPath(), from), fmt.Errorf("postgres ended: %w", exit)
		default:
		}
		if f, ok := p.readPID(); ok && f.pid == ch.pid && p.ready(ctx, socket) == nil {
			return ch, "", nil
		}
		if err := pause(ctx); err != nil {
			_ = cmd.Process.Signal(syscall.SIGQUIT)
			<-ch.done
			return nil, tail(p.logPath(), from), err
		}
		if time.Since(told) > 5*time.Second {
			told = time.Now()
			log.InfoContext(ctx, "waiting for the database cluster (recovery may take a while)", "seconds", int(time.Since(began).Seconds()))
		}
	}
}

func serverArgs(pg, socket string, throwaway bool) []string {
	set := []string{
		"listen_addresses=", "unix_socket_directories=" + socket, "unix_socket_permissions=0700", "port=" + strconv.Itoa(port),
		"hba_file=" + filepath.Join(pg, "pg_hba.conf"), "ident_file=" + filepath.Join(pg, "pg_ident.conf"),
	}
	if throwaway {
		set = append(set, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200",
			"shared_buffers=64MB", "autovacuum_naptime=1h", "max_wal_size=2GB")
	}
	args := []string{"-D", pg}
	for _, s := range set {
		args = append(args, "-c", s)
	}
	return args
}

// disarm makes lock files harmless whose process is certainly no postmaster of ours: Postgres refuses to start when
// the number in them is alive, whatever it is by now. The files are not removed: postmaster.pid also names the shared
// memory, by which Postgres notices orphans of a dead postmaster. Only the number is replaced, by one that no system
// gives out.
func (p place) disarm(socket string) error {
	const nobody = "2147483646"
	fix := func(dir, file string) error {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return err
		}
		defer func() { _ = root.Close() }()
		text, err := root.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		number, rest, _ := strings.Cut(string(text), "\n")
		pid, err := strconv.Atoi(strings.TrimSpace(number))
		if err != nil || syscall.Kill(pid, 0) != nil || p.lifeOf(pid) != gone {
			return nil // Postgres deals with these
		}
		return replace(root, file, nobody+"\n"+rest, p.who)
	}
	return errors.Join(fix(p.pg, "postmaster.pid"), fix(socket, filepath.Base(socketFile(socket))+".lock"))
}

// openLog opens the server's log for appending and gives the offset at which new lines will begin. At a start a log
// of over 8 MiB is put aside once; a quiet server writes a few lines a day.
func openLog(path string) (*os.File, int64, error) {
	if st, err := os.Lstat(path); err == nil && st.Size() > 8<<20 {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, 0, err
		}
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY|syscall.O_NOFOLLOW, 0o640) // the group may read it: adm looks at logs
	if err != nil {
		return nil, 0, err
	}
	st, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, st.Size(), nil
}

func tail(path string, from int64) string {
	f, err := os.Open(path) // our own log
	if err != nil {
		return err.Error()
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.NewSectionReader(f, from, 4<<10))
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(text))
}
