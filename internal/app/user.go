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
		password, hash, err := newPassword(out)
		if err != nil {
			return err
		}
		do := addUser
		if args[0] == "reset" {
			do = resetUser
		}
		if err := a.Pool.Write(ctx, who, func(ctx context.Context, tx *db.Tx) error { return do(ctx, tx, in, hash) }); err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "Xong: %s\n%s", in.login, password)
		return err
	}
	return errors.New("\n" + userUsage)
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

func addUser(ctx context.Context, tx *db.Tx, in userWords, hash string) error {
	grant := authz.Grant{Role: authz.Role(in.role)}
	if in.slug != "" {
		as, err := association.Find(ctx, tx, in.slug)
		if err != nil {
			return fmt.Errorf("không có hội %q", in.slug)
		}
		grant.Association = as.ID
	}
	id, err := account.Create(ctx, tx, account.New{Login: in.login, Name: in.name, PasswordHash: hash})
	if err != nil {
		return err
	}
	return account.Give(ctx, tx, account.NewGrant{Account: id, Grant: grant, StartsOn: tx.Today()})
}

func resetUser(ctx context.Context, tx *db.Tx, in userWords, hash string) error {
	a, err := account.ByLogin(ctx, tx, in.login)
	if err != nil {
		return fmt.Errorf("không có tài khoản %q", in.login)
	}
	return account.SetPassword(ctx, tx, a.ID, hash)
}

// newPassword reads the first line of a pipe, or makes a password and gives the words that show it once.
func newPassword(out io.Writer) (words, hash string, err error) {
	password := ""
	if info, err := os.Stdin.Stat(); err == nil && info.Mode()&os.ModeCharDevice == 0 {
		line, err := bufio.NewReader(io.LimitReader(os.Stdin, 1024)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", "", err
		}
		password = strings.TrimRight(line, "\r\n")
	}
	if password == "" {
		password = strings.ToLower(rand.Text()[:16])
		words = "Mật khẩu (chỉ hiện một lần này): " + password + "\n"
	} else if len([]rune(password)) < 8 {
		return "", "", errors.New("mật khẩu cần ít nhất 8 ký tự")
	}
	hash, err = account.HashPassword(password)
	return words, hash, err
}
