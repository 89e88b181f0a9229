package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// create makes the cluster: initdb into a folder of another name, which becomes `pg` when it is whole. A program
// killed in between leaves that folder behind and the next start begins anew.
func (p place) create(ctx context.Context, bin install, throwaway bool) error {
	tmp, err := os.MkdirTemp(p.home, "pg.init-")
	if err != nil {
		return unavailable("Không tạo được thư mục trong "+p.home+".", err)
	}
	if p.who.other {
		if err := os.Chown(tmp, p.who.uid, p.who.gid); err != nil {
			return unavailable("Không giao được thư mục "+tmp+" cho tài khoản "+p.who.name+".", err)
		}
	}
	err = p.initdb(ctx, bin, tmp, throwaway)
	if err == nil {
		err = appendSettings(tmp)
	}
	if err == nil {
		// An empty folder of that name is nobody's data; os.Remove refuses any other.
		if err = os.Remove(p.pg); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	}
	if err == nil {
		err = os.Rename(tmp, p.pg)
	}
	if err != nil {
		// What initdb left half-way has never been a cluster.
		return unavailable("Không tạo được cơ sở dữ liệu ở "+p.pg+".", errors.Join(err, os.RemoveAll(tmp)))
	}
	return p.settle()
}

// initdb runs the program. The order of text is ICU's Vietnamese; the C library still decides what a letter is for
// trigrams and text search, so its locale must be a UTF-8 one: Debian has C.UTF-8, macOS en_US.UTF-8.
func (p place) initdb(ctx context.Context, bin install, dir string, throwaway bool) error {
	args := []string{
		"-D", dir, "-U", Superuser, "--encoding=UTF8", "--locale-provider=icu", "--icu-locale=vi", "--lc-messages=C",
		"--data-checksums", "--auth-local=peer", "--auth-host=reject",
	}
	if throwaway {
		args = append(args, "--no-sync")
	}
	var out string
	var err error
	for _, locale := range []string{"C.UTF-8", "en_US.UTF-8"} {
		out, err = p.run(ctx, bin.tool("initdb"), append(args, "--locale="+locale)...)
		if err == nil {
			return nil
		}
		if !strings.Contains(out, "invalid locale name") {
			break
		}
	}
	return fmt.Errorf("initdb: %w: %s", err, out)
}

// appendSettings writes what an operator may change later. What the portal relies on (socket, access) is given on
// the command line at each start, which wins.
//
// The log stays free of personal data: no statements, no parameters, no messages of failed statements ("Key
// (phone)=(…) already exists"); the portal logs its own errors.
func appendSettings(dir string) error {
	lines := []string{
		"", "# Chosen by the portal when it created this cluster; yours to change.",
		"max_connections = 60",
		"jit = off                         # short statements only",
		"random_page_cost = 1.1            # solid-state disks",
		"timezone = 'UTC'",
		"log_timezone = 'UTC'",
		"log_min_messages = log            # messages of failed statements may quote what people typed",
		"log_min_error_statement = panic",
		"log_error_verbosity = terse",
		"log_parameter_max_length_on_error = 0",
		"log_checkpoints = off",
		"log_line_prefix = '%m [%p] %q%u@%d '",
	}
	if runtime.GOOS == "linux" {
		lines = append(lines, "client_connection_check_interval = 500ms  # a killed program's statement ends with it")
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	f, err := root.OpenFile("postgresql.conf", os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(strings.Join(lines, "\n") + "\n")
	return errors.Join(err, f.Close())
}

// writeAccess writes who may connect: over the socket only, each role only for root and for the account of the
// cluster, known by the kernel (peer) and not by a password. It is rewritten at each start, so that an update of the
// portal that adds a role reaches old clusters. os.Root keeps us, possibly root, inside a folder that another account
// could fill with links.
func (p place) writeAccess(throwaway bool) error {
	hba := "# Written by the portal at each start.\nlocal all all peer map=portal\n"
	if throwaway {
		hba = "# Written by the portal at each start. A test cluster behind a private folder.\nlocal all all trust\n"
	}
	var ident strings.Builder
	ident.WriteString("# Written by the portal at each start.\n")
	names := []string{p.who.name}
	if p.who.name != "root" {
		names = append(names, "root")
	}
	for _, name := range names {
		for _, role := range loginRoles {
			fmt.Fprintf(&ident, "portal %q %s\n", name, role)
		}
	}
	root, err := os.OpenRoot(p.pg)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	for file, text := range map[string]string{"pg_hba.conf": hba, "pg_ident.conf": ident.String()} {
		if old, err := root.ReadFile(file); err == nil && string(old) == text {
			continue
		}
		if err := replace(root, file, text, p.who); err != nil {
			return unavailable("Không ghi được "+filepath.Join(p.pg, file)+".", err)
		}
	}
	return nil
}

// replace puts a new file of the account in the place of an old one.
func replace(root *os.Root, file, text string, who account) error {
	tmp := file + ".new"
	if err := root.Remove(tmp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := root.WriteFile(tmp, []byte(text), 0o600); err != nil {
		return err
	}
	if who.other {
		if err := root.Lchown(tmp, who.uid, who.gid); err != nil {
			return err
		}
	}
	return root.Rename(tmp, file)
}
