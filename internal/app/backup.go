package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"strings"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/localpg"
	"wardportal/internal/ward"
)

// runBackup writes the whole database into one file: uploads live in it too. The secret file is not part of it and travels
// separately; without it sealed fields stay closed.
func runBackup(ctx context.Context, c Config, log *slog.Logger, args []string, out io.Writer) error {
	if len(args) != 1 {
		return errors.New("portal backup FILE")
	}
	a, err := Open(ctx, c, log)
	if err != nil {
		return err
	}
	defer a.Close()
	if a.owner == "" {
		return errors.New("set PORTAL_OWNER_DATABASE_URL: the program's own login sees no ward as a whole")
	}
	info, err := Backup(ctx, a.owner, args[0])
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "Đã sao lưu vào %s (%d bảng, %d KB). Giữ riêng tệp khóa %s: thiếu nó thì không mở được các mục nhạy cảm.\n",
		args[0], info.Tables, info.Bytes/1024, a.Config.SecretFile)
	return err
}

// BackupInfo says what a backup holds.
type BackupInfo struct {
	Tables int
	Bytes  int64
}

// Backup dumps the database behind ownerURL into file, reads the result back, and only then gives it its name: a file with
// the name of a backup is one that can be listed to its end. An existing file is never overwritten.
func Backup(ctx context.Context, ownerURL, file string) (BackupInfo, error) {
	if _, err := os.Lstat(file); err == nil {
		return BackupInfo{}, fmt.Errorf("%s đã có; xin chọn tên khác", file)
	}
	part := file + ".part"
	defer func() { _ = os.Remove(part) }()
	if _, err := tool(ctx, ownerURL, "pg_dump", "--format=custom", "--file="+part); err != nil {
		return BackupInfo{}, err
	}
	list, err := tool(ctx, "", "pg_restore", "--list", part)
	if err != nil {
		return BackupInfo{}, fmt.Errorf("the backup cannot be read back: %w", err)
	}
	info := BackupInfo{Tables: bytes.Count(list, []byte(" TABLE DATA "))}
	if info.Tables == 0 {
		return BackupInfo{}, errors.New("the backup holds no table")
	}
	stat, err := os.Stat(part)
	if err != nil {
		return BackupInfo{}, err
	}
	info.Bytes = stat.Size()
	if err := os.Chmod(part, 0o600); err != nil {
		return BackupInfo{}, err
	}
	return info, os.Rename(part, file)
}

// runRestore brings a backup into an empty database, in one transaction, and then up to this program's schema.
func runRestore(ctx context.Context, c Config, log *slog.Logger, args []string, out io.Writer) error {
	if len(args) != 1 {
		return errors.New("portal restore FILE")
	}
	if err := os.MkdirAll(c.DataDir, 0o755); err != nil {
		return err
	}
	a := &App{Config: c, Log: log}
	defer a.Close()
	if err := a.findDatabase(ctx); err != nil {
		return err
	}
	if a.owner == "" {
		return errors.New("set PORTAL_OWNER_DATABASE_URL: only the owner may restore")
	}
	if err := Restore(ctx, a.owner, args[0]); err != nil {
		return err
	}
	var err error
	if a.Pool, err = db.Open(ctx, a.appURL); err != nil {
		return err
	}
	var wards []ward.Listed
	if err := a.Pool.Read(ctx, authz.Who{}, func(ctx context.Context, tx *db.Tx) error {
		var err error
		wards, err = ward.List(ctx, tx)
		return err
	}); err != nil {
		return err
	}
	names := make([]string, len(wards))
	for i, w := range wards {
		names[i] = w.Name
	}
	_, err = fmt.Fprintf(out, "Đã phục hồi: %s. Nhớ đặt lại tệp khóa %s của bản sao lưu này.\n", strings.Join(names, ", "), c.SecretFile)
	return err
}

// Restore brings a backup into the empty database behind ownerURL. A database that holds anything is refused.
func Restore(ctx context.Context, ownerURL, file string) error {
	state, err := db.Schema(ctx, ownerURL)
	if err != nil {
		return err
	}
	if state.Have != 0 {
		return errors.New("cơ sở dữ liệu này không trống; chỉ phục hồi vào cơ sở dữ liệu trống")
	}
	if err := db.EnsureRoles(ctx, ownerURL, ""); err != nil {
		return err
	}
	return restoreListed(ctx, ownerURL, file)
}

// restoreListed leaves out what EnsureRoles has made already: the schema public and the extensions.
func restoreListed(ctx context.Context, ownerURL, file string) error {
	list, err := tool(ctx, "", "pg_restore", "--list", file)
	if err != nil {
		return fmt.Errorf("%s is no backup of this program: %w", file, err)
	}
	var keep bytes.Buffer
	for line := range strings.Lines(string(list)) {
		if strings.Contains(line, " EXTENSION ") || strings.Contains(line, " SCHEMA - public") || strings.Contains(line, "ACL - SCHEMA public") {
			continue
		}
		keep.WriteString(line)
	}
	wanted, err := os.CreateTemp("", "portal-restore-*.list")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(wanted.Name()) }()
	if _, err := wanted.Write(keep.Bytes()); err != nil {
		return errors.Join(err, wanted.Close())
	}
	if err := wanted.Close(); err != nil {
		return err
	}
	if _, err := tool(ctx, ownerURL, "pg_restore", "--exit-on-error", "--single-transaction", "--dbname="+database(ownerURL), "--use-list="+wanted.Name(), file); err != nil {
		return err
	}
	return db.Migrate(ctx, ownerURL)
}

// tool runs a program of Postgres against the database of an address. The address' parts travel in the environment: a
// command line can be read by everybody on the machine.
func tool(ctx context.Context, address, name string, args ...string) ([]byte, error) {
	path, err := localpg.Tool(ctx, name)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = append(os.Environ(), libpq(address)...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(complaint.String()))
	}
	return out, nil
}

// libpq turns an address into the variables that Postgres' programs read.
func libpq(address string) []string {
	u, err := url.Parse(address)
	if address == "" || err != nil {
		return nil
	}
	values := map[string]string{"PGHOST": u.Hostname(), "PGPORT": u.Port(), "PGDATABASE": strings.TrimPrefix(u.Path, "/"), "PGUSER": u.User.Username()}
	if password, ok := u.User.Password(); ok {
		values["PGPASSWORD"] = password
	}
	for name, variable := range map[string]string{"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"} {
		if v := u.Query().Get(name); v != "" {
			values[variable] = v
		}
	}
	var list []string
	for name, v := range values {
		if v != "" {
			list = append(list, name+"="+v)
		}
	}
	return list
}

func database(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Path, "/")
}
