package app

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"

	"wardportal/internal/account"
	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
)

const userUsage = `portal user list
portal user add -login TÊN -name "HỌ TÊN" -role admin|official|leader|editor|chair|secretary [-association SLUG]
portal user reset -login TÊN
  Mật khẩu đọc từ dòng đầu của đầu vào chuẩn; để trống thì hệ thống tự đặt và in ra một lần.
`

// runUser opens and mends accounts without a browser.
func runUser(ctx context.Context, c Config, log *slog.Logger, args []string, out io.Writer) error {
	if len(args) == 0 {
		return errors.New("\n" + userUsage)
	}
	flags := flag.NewFlagSet("user", flag.ContinueOnError)
	flags.SetOutput(out)
	in := userWords{}
	flags.StringVar(&in.login, "login", "", "tên đăng nhập")
	flags.StringVar(&in.name, "name", "", "họ và tên")
	flags.StringVar(&in.role, "role", "", "vai trò")
	flags.StringVar(&in.slug, "association", "", "hội")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	if !slices.Contains([]string{"list", "add", "reset"}, args[0]) {
		return errors.New("\n" + userUsage) // before a database is started for nothing
	}
	a, err := Open(ctx, c, log)
	if err != nil {
		return err
	}
	defer a.Close()
	wards, err := a.wards(ctx)
	if err != nil {
		return err
	}
	if len(wards) != 1 {
		return fmt.Errorf("cơ sở dữ liệu có %d phường; lệnh này cần đúng một phường", len(wards))
	}
	who := authz.System(wards[0].ID, "lệnh portal user")
	switch args[0] {
	case "list":
		return a.Pool.Read(ctx, who, func(ctx context.Context, tx *db.Tx) error { return listUsers(ctx, tx, out) })
	case "add", "reset":
		return a.setUser(ctx, who, args[0], in, out)
	}
	return nil
}

// setUser opens an account, or gives an old one a new password.
func (a *App) setUser(ctx context.Context, who authz.Who, verb string, in userWords, out io.Writer) error {
	password, err := readPassword(os.Stdin)
	if err != nil {
		return err
	}
	words := ""
	if password == "" {
		password = strings.ToLower(rand.Text()[:16])
		words = "Mật khẩu (chỉ hiện một lần này): " + password + "\n"
	}
	hash, err := account.HashPassword(password)
	if err != nil {
		return err
	}
	do := addUser
	if verb == "reset" {
		do = resetUser
	}
	err = a.Pool.Write(ctx, who, func(ctx context.Context, tx *db.Tx) error {
		id, err := do(ctx, tx, in, hash)
		if err != nil {
			return err
		}
		staff, err := account.IsStaff(ctx, tx, id)
		if err != nil {
			return err
		}
		return account.RefusePassword("password", password, staff)
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "Xong: %s\n%s", in.login, words)
	return err
}

type userWords struct{ login, name, role, slug string }

func listUsers(ctx context.Context, tx *db.Tx, out io.Writer) error {
	list, err := account.List(ctx, tx)
	if err != nil {
		return err
	}
	for _, a := range list {
		state := "đang dùng"
		if a.DisabledAt != nil {
			state = "đã khóa"
		}
		if _, err := fmt.Fprintf(out, "%s\t%s\t%s\n", a.Login, a.Name, state); err != nil {
			return err
		}
	}
	return nil
}

func addUser(ctx context.Context, tx *db.Tx, in userWords, hash string) (account.ID, error) {
	grant := authz.Grant{Role: authz.Role(in.role)}
	if in.slug != "" {
		as, err := association.Find(ctx, tx, in.slug)
		if err != nil {
			return 0, fmt.Errorf("không có hội %q", in.slug)
		}
		grant.Association = as.ID
	}
	id, err := account.Create(ctx, tx, account.New{Login: in.login, Name: in.name, PasswordHash: hash})
	if err != nil {
		return 0, err
	}
	return id, account.Give(ctx, tx, account.NewGrant{Account: id, Grant: grant, StartsOn: tx.Today()})
}

func resetUser(ctx context.Context, tx *db.Tx, in userWords, hash string) (account.ID, error) {
	a, err := account.ByLogin(ctx, tx, in.login)
	if err != nil {
		return 0, fmt.Errorf("không có tài khoản %q", in.login)
	}
	return a.ID, account.SetPassword(ctx, tx, a.ID, hash)
}

// readPassword reads the first line of a pipe; a terminal, or an empty line, asks for a password to be made.
func readPassword(in *os.File) (string, error) {
	info, err := in.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice != 0 {
		return "", nil // nothing to read from
	}
	line, err := bufio.NewReader(io.LimitReader(in, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}
