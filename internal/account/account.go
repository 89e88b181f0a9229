// Package account holds the people who sign in: accounts, dated grants, passwords, sessions and the throttle of sign-ins.
package account

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// ID names an account.
type ID = authz.UserID

// Account is a person who signs in.
type Account struct {
	ID         ID
	Login      string
	Phone      *string
	Name       string
	Title      string
	Demo       bool
	CreatedAt  time.Time
	DisabledAt *time.Time
	Version    int
}

// New is what it takes to open an account. PasswordHash comes from HashPassword, made before the transaction.
type New struct {
	Login, Phone, Name, Title, PasswordHash string
	Demo                                    bool
}

// NewGrant is a right to be given.
type NewGrant struct {
	Account  ID
	Grant    authz.Grant
	StartsOn time.Time
	EndsOn   *time.Time
}

var _ = []struct{}{
	db.Explain("account_login_unique", "login", "Đã có tài khoản dùng tên đăng nhập này."),
	db.Explain("account_login_format", "login", "Tên đăng nhập gồm chữ thường không dấu và số, từ 2 đến 32 ký tự."),
	db.Explain("account_phone_unique", "phone", "Đã có tài khoản dùng số điện thoại này."),
	db.Explain("account_grant_scope_fits", "role", "Vai trò này cần chọn đúng hội hoặc chi hội."),
	db.Explain("account_grant_dates_order", "ends_on", "Ngày kết thúc phải sau ngày bắt đầu."),
}

// Create opens an account.
func Create(ctx context.Context, tx *db.Tx, in New) (ID, error) {
	if !authz.Can(tx.Who(), authz.ManageAccounts, authz.Scope{}) {
		return 0, fault.Denied()
	}
	name := vi.Clean(in.Name)
	if n := utf8.RuneCountInString(name); n < 1 || n > 120 {
		return 0, fault.At("name", "Nhập họ và tên, tối đa 120 ký tự.")
	}
	id, err := db.Value[ID](ctx, tx, `
		insert into account (ward_id, login, phone, name, title, password_hash, demo, created_at, password_at)
		values ($1, $2, nullif($3, ''), $4, $5, nullif($6, ''), $7, $8, $8) returning id`,
		tx.Who().Ward, in.Login, in.Phone, name, vi.Clean(in.Title), in.PasswordHash, in.Demo, tx.Now())
	if err != nil {
		return 0, err
	}
	return id, audit.Record(ctx, tx, audit.Event{Action: "account.add", Object: "account", ID: int64(id)})
}

// Give grants a right. Nobody grants what they lack is a rule of the accounts page; here the admin and the system may.
func Give(ctx context.Context, tx *db.Tx, in NewGrant) error {
	if !authz.Can(tx.Who(), authz.ManageAccounts, authz.Scope{}) {
		return fault.Denied()
	}
	if !slices.Contains(authz.Roles, in.Grant.Role) {
		return fault.At("role", "Chọn một vai trò có trong danh sách.")
	}
	if _, err := tx.Exec(ctx, `
		insert into account_grant (ward_id, account_id, role, association_id, branch_id, starts_on, ends_on, granted_by, created_at)
		values ($1, $2, $3, nullif($4::bigint, 0), nullif($5::bigint, 0), $6, $7, nullif($8::bigint, 0), $9)`,
		tx.Who().Ward, in.Account, in.Grant.Role, in.Grant.Association, in.Grant.Branch, in.StartsOn, in.EndsOn, tx.Who().User, tx.Now()); err != nil {
		return err
	}
	// A right given changes what a session may do: it begins with a new sign-in (ASVS 7.2.4).
	if err := endSessions(ctx, tx, in.Account); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "account.grant", Object: "account", ID: int64(in.Account), Association: in.Grant.Association, Fields: []string{"role"}})
}

// List gives every account of the ward, for admins.
func List(ctx context.Context, tx *db.Tx) ([]Account, error) {
	return db.All[Account](ctx, tx, `
		select id, login, phone, name, title, demo, created_at, disabled_at, version from account where ward_id = $1 order by login`, tx.Who().Ward)
}

// ByLogin reads one account, for admins and commands.
func ByLogin(ctx context.Context, tx *db.Tx, login string) (Account, error) {
	return db.One[Account](ctx, tx, `
		select id, login, phone, name, title, demo, created_at, disabled_at, version from account where ward_id = $1 and login = $2`, tx.Who().Ward, login)
}

// SetPassword stores a new hash and ends every session of the account: a stolen cookie must not survive it.
func SetPassword(ctx context.Context, tx *db.Tx, id ID, hash string) error {
	if tx.Who().User != id && !authz.Can(tx.Who(), authz.ManageAccounts, authz.Scope{}) {
		return fault.Missing()
	}
	if err := tx.ExecOne(ctx, nil, `update account set password_hash = $2, password_at = $3, version = version + 1 where id = $1`, id, hash, tx.Now()); err != nil {
		return err
	}
	if err := endSessions(ctx, tx, id); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "account.password", Object: "account", ID: int64(id), Fields: []string{"password"}})
}

func endSessions(ctx context.Context, tx *db.Tx, id ID) error {
	_, err := tx.Exec(ctx, `update session set ended_at = $2 where account_id = $1 and ended_at is null`, id, tx.Now())
	return err
}

// DemoExists tells whether demo accounts are open: the server then refuses an address that others can reach.
func DemoExists(ctx context.Context, tx *db.Tx) (bool, error) {
	return db.Value[bool](ctx, tx, `select demo_accounts_exist()`)
}

// Names gives the names behind account ids, for those who may read the audit log; others get an empty map.
func Names(ctx context.Context, tx *db.Tx, ids []int64) (map[int64]string, error) {
	list, err := db.All[struct {
		ID   int64
		Name string
	}](ctx, tx, `select id, name from account_names($1)`, ids)
	if err != nil {
		return nil, err
	}
	names := make(map[int64]string, len(list))
	for _, a := range list {
		names[a.ID] = a.Name
	}
	return names, nil
}
