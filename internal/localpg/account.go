package localpg

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// account is the operating-system account that runs the cluster. Postgres refuses to run as root.
type account struct {
	name     string
	uid, gid int
	other    bool // not this process's own account: children are started with its credentials
}

// self is the account of this process.
func self() (account, error) {
	return byUID(os.Geteuid())
}

func byUID(uid int) (account, error) {
	u, err := user.LookupId(strconv.Itoa(uid))
	if err != nil {
		return account{}, unavailable(fmt.Sprintf("Tài khoản hệ thống số %d không có tên trong /etc/passwd; PostgreSQL cần một tài khoản có tên.", uid), err)
	}
	return fromUser(u)
}

func fromUser(u *user.User) (account, error) {
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return account{}, fmt.Errorf("account %s: uid %q: %w", u.Username, u.Uid, err)
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return account{}, fmt.Errorf("account %s: gid %q: %w", u.Username, u.Gid, err)
	}
	return account{name: u.Username, uid: uid, gid: gid, other: uid != os.Geteuid()}, nil
}

// ownerOf is the account that owns the path.
func ownerOf(path string) (account, error) {
	st, err := os.Stat(path)
	if err != nil {
		return account{}, err
	}
	return byUID(uidOf(st))
}

func uidOf(st os.FileInfo) int {
	if sys, ok := st.Sys().(*syscall.Stat_t); ok {
		return int(sys.Uid)
	}
	return -1
}

// newOwner chooses the account for a new cluster under dataDir: ourselves; or, when we are root, the owner of the
// folder, else an account made for this (portal-pg), else the one that Debian's package makes.
func newOwner(dataDir string) (account, error) {
	if os.Geteuid() != 0 {
		return self()
	}
	if a, err := ownerOf(dataDir); err == nil && a.uid != 0 {
		return a, nil
	}
	for _, name := range []string{"portal-pg", "postgres"} {
		if u, err := user.Lookup(name); err == nil && u.Uid != "0" {
			return fromUser(u)
		}
	}
	return account{}, unavailable(
		"PostgreSQL không chạy bằng tài khoản root và máy này chưa có tài khoản dành cho nó. Hãy tạo: useradd --system --user-group portal-pg",
		fmt.Errorf("no account named portal-pg or postgres"))
}

// command prepares a program to run as the account, away from the terminal's process group (Ctrl-C at the portal must
// not reach Postgres first), with a clean environment: none of our settings, no PG* variables of the caller.
func (a account) command(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = "/" // the caller's folder may be closed to the account
	cmd.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL=C"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if a.other {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)} // ids come from the system
	}
	return cmd
}

// reaches tells whether the account can enter the folder. A process of the account tries it: mode bits alone would
// miss access lists and mounts.
func (a account) reaches(ctx context.Context, dir string) bool {
	return a.command(ctx, "/bin/sh", "-c", `cd "$1"`, "sh", dir).Run() == nil
}
