package app

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wardportal/internal/account"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
)

// typed gives the command a standard input.
func typed(t *testing.T, text string) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "stdin")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// ASVS 6.3.2: the first accounts are made by a command, with a password of one's own or one that is shown once.
func TestUserCommand(t *testing.T) { // not parallel: it is about the process' standard input and environment
	d := dbtest.New(t)
	dir := t.TempDir()
	settings(t, "PORTAL_DATABASE_URL", d.AppURL, "PORTAL_OWNER_DATABASE_URL", d.OwnerURL, "PORTAL_DATA_DIR", dir)
	stdin := os.Stdin
	t.Cleanup(func() { os.Stdin = stdin })
	run := func(input string, args ...string) (code int, out, complaint string) {
		os.Stdin = typed(t, input)
		var o, e bytes.Buffer
		code = Run(args, &o, &e)
		return code, o.String(), e.String()
	}
	if code, _, complaint := run("", "user", "list"); code != 1 || !strings.Contains(complaint, "đúng một phường") {
		t.Errorf("without a ward: %d %s", code, complaint)
	}
	d.Owner(t, `
		insert into ward (id, code, name, province, created_at) values (1, 'chanh-lo', 'phường Chánh Lộ', 'tỉnh Quảng Ngãi', '2026-01-01');
		insert into association (id, ward_id, kind, slug, name) values (1, 1, 'NCT', 'nguoi-cao-tuoi', 'Hội Người cao tuổi')`)

	const good = "bốn con trâu đi cày"
	code, out, complaint := run(good+"\n", "user", "add", "-login", "canbo", "-name", "Trần Thị Cán Bộ", "-role", "official")
	if code != 0 || strings.Contains(out+complaint, good) {
		t.Fatalf("%d %s %s", code, out, complaint)
	}
	if !opens(t, d, "canbo", good) {
		t.Error("the password does not open the account")
	}
	code, out, _ = run("", "user", "reset", "-login", "canbo")
	_, shown, _ := strings.Cut(out, "chỉ hiện một lần này): ")
	if made := strings.TrimSpace(shown); code != 0 || len(made) < 16 || !opens(t, d, "canbo", made) || opens(t, d, "canbo", good) {
		t.Errorf("a made password: %d %q", code, out)
	}
	if code, out, _ := run("", "user", "list"); code != 0 || !strings.Contains(out, "canbo\tTrần Thị Cán Bộ\tđang dùng") {
		t.Errorf("%d %s", code, out)
	}
	for name, c := range map[string]struct {
		input string
		args  []string
		want  string
	}{
		"a name twice":             {good, []string{"add", "-login", "canbo", "-name", "Khác", "-role", "official"}, "Đã có tài khoản"},
		"no login":                 {good, []string{"add", "-name", "Khác", "-role", "official"}, "Tên đăng nhập gồm"},
		"no name":                  {good, []string{"add", "-login", "khac", "-role", "official"}, "Nhập họ và tên"},
		"no such role":             {good, []string{"add", "-login", "khac", "-name", "Khác", "-role", "root"}, "vai trò"},
		"a chair of nothing":       {good, []string{"add", "-login", "khac", "-name", "Khác", "-role", "chair"}, "chọn đúng hội"},
		"no such association":      {good, []string{"add", "-login", "khac", "-name", "Khác", "-role", "chair", "-association", "x"}, "không có hội"},
		"eleven characters, staff": {"mười một ch", []string{"add", "-login", "khac", "-name", "Khác", "-role", "leader"}, "ít nhất 12"},
		"seven characters":         {"bảy chữ", []string{"add", "-login", "khac", "-name", "Khác", "-role", "chair", "-association", "nguoi-cao-tuoi"}, "ít nhất 8"},
		"reset, eleven, staff":     {"mười một ch", []string{"reset", "-login", "canbo"}, "ít nhất 12"},
		"reset of nobody":          {good, []string{"reset", "-login", "khong-co"}, "không có tài khoản"},
		"an unknown verb":          {good, []string{"remove", "-login", "canbo"}, "portal user list"},
		"no verb":                  {good, nil, "portal user list"},
		"an unknown flag":          {good, []string{"add", "-root"}, "flag"},
	} {
		if code, out, complaint := run(c.input, append([]string{"user"}, c.args...)...); code != 1 || !strings.Contains(complaint, c.want) || strings.Contains(out, "Mật khẩu (") {
			t.Errorf("%s: %d %q %q", name, code, out, complaint)
		}
	}
	if n := d.Count(t, `select count(*) from account`); n != 1 {
		t.Errorf("%d accounts, refused ones included", n)
	}
	if code, _, _ := run(good, "user", "add", "-h"); code != 0 {
		t.Errorf("asking for help ends with %d", code)
	}
	if code, _, complaint := run("", "bay"); code != 2 || !strings.Contains(complaint, "không có lệnh") {
		t.Errorf("an unknown command: %d %s", code, complaint)
	}
	if code, out, _ := run("", "help"); code != 0 || !strings.Contains(out, "portal serve") {
		t.Errorf("help: %d", code)
	}
	if code, out, complaint := run("", "migrate"); code != 0 || !strings.Contains(out, "bước") {
		t.Errorf("migrate: %d %s %s", code, out, complaint)
	}
	if code, out, _ := run("", "migrate", "-repair"); code != 0 || !strings.Contains(out, "không cần sửa") {
		t.Errorf("repair: %d %s", code, out)
	}
	if code, out, _ := run("", "migrate", "-print-roles"); code != 0 || !strings.Contains(out, "create role portal_app") {
		t.Errorf("print-roles: %d %s", code, out)
	}
}

func opens(t *testing.T, d *dbtest.DB, login, password string) bool {
	t.Helper()
	var c account.Credential
	d.As(t, authz.System(1, "thử"), func(ctx context.Context, tx *db.Tx) error {
		var err error
		c, err = account.Attempt(ctx, tx, login, "192.0.2.1", []byte("k"))
		return err
	})
	ok, _, err := account.CheckPassword(c.Hash, password)
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

func TestOperatorsReadTheSentenceAndItsCause(t *testing.T) {
	t.Parallel()
	err := &fault.Error{Kind: fault.Invalid, Message: "Chưa đúng.", Fields: []fault.Field{{Name: "login", Message: "Đã có."}}, Cause: os.ErrNotExist}
	if got := sentence(err); got != "Chưa đúng. Đã có. (file does not exist)" {
		t.Errorf("%q", got)
	}
	if got := sentence(os.ErrClosed); got != os.ErrClosed.Error() {
		t.Errorf("%q", got)
	}
}
