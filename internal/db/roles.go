package db

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// The three roles (architecture.md §2). portal_owner owns the tables and migrates, portal_app runs the program under
// row-level security, portal_definer owns the few functions that must look past it.
const (
	OwnerRole   = "portal_owner"
	AppRole     = "portal_app"
	DefinerRole = "portal_definer"
)

// roleStatements create the roles; each may run again. They are also what "portal migrate -print-roles" prints for a
// database administrator who runs them instead.
var roleStatements = []string{
	`create role portal_owner nologin`,
	`create role portal_definer nologin bypassrls`,
	`create role portal_app login nosuperuser nobypassrls`,
	`grant portal_definer to portal_owner`,
	`alter role portal_app set statement_timeout = '15s'`,
	`alter role portal_app set lock_timeout = '5s'`,
	`alter role portal_app set idle_in_transaction_session_timeout = '30s'`,
}

var databaseStatements = []string{
	`grant create, usage on schema public to portal_owner, portal_definer`,
	`revoke create on schema public from public`,
	`create extension if not exists unaccent`,
	`create extension if not exists pg_trgm`,
	`create extension if not exists btree_gist`,
}

// PrintRoles gives the statements that a database administrator runs once, as a script.
func PrintRoles() string {
	var b strings.Builder
	b.WriteString("-- Once per cluster, by an administrator. Then give portal_app a password.\n")
	for _, s := range roleStatements {
		b.WriteString(s + ";\n")
	}
	b.WriteString("-- Once in the portal's database; its login for migrations must be a member of portal_owner.\n")
	for _, s := range databaseStatements {
		b.WriteString(s + ";\n")
	}
	return b.String()
}

// EnsureRoles creates what is missing of the roles and grants, connected by the owner's address. appPassword may be empty
// where the login needs none (a socket with peer maps) or was set by an administrator.
func EnsureRoles(ctx context.Context, ownerURL, appPassword string) error {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return fmt.Errorf("connect as owner: %w", hideURL(err))
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	// Roles belong to the cluster, so two databases set up at once must not meet halfway.
	if _, err := conn.Exec(ctx, `select pg_advisory_lock(7021031)`); err != nil {
		return fmt.Errorf("lock roles: %w", err)
	}
	var have []string
	if err := conn.QueryRow(ctx, `select coalesce(array_agg(rolname::text), '{}') from pg_roles where rolname like 'portal\_%'`).Scan(&have); err != nil {
		return fmt.Errorf("list roles: %w", err)
	}
	if len(have) < 3 {
		for _, s := range roleStatements {
			if err := ignoreDuplicate(conn.Exec(ctx, s)); err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
	}
	if appPassword != "" {
		// format() quotes the literal on the server: ALTER ROLE takes no parameters.
		var stmt string
		if err := conn.QueryRow(ctx, `select format('alter role portal_app password %L', $1::text)`, appPassword).Scan(&stmt); err != nil {
			return fmt.Errorf("quote password: %w", err)
		}
		if _, err := conn.Exec(ctx, stmt); err != nil {
			return errors.New("cannot set the password of portal_app")
		}
	}
	var ready bool
	if err := conn.QueryRow(ctx, `select has_schema_privilege('portal_owner', 'public', 'create') and (select count(*) = 3 from pg_extension where extname in ('unaccent', 'pg_trgm', 'btree_gist'))`).Scan(&ready); err != nil {
		return fmt.Errorf("ask for grants: %w", err)
	}
	if ready {
		return nil
	}
	for _, s := range databaseStatements {
		if err := ignoreDuplicate(conn.Exec(ctx, s)); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

func ignoreDuplicate(_ pgconn.CommandTag, err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && (pg.Code == "42710" || pg.Code == "23505") { // another process was first
		return nil
	}
	return err
}

// hideURL drops a parse error's text, which would print the password.
func hideURL(err error) error {
	var parse *pgconn.ParseConfigError
	if errors.As(err, &parse) {
		return errors.New("the address cannot be read")
	}
	return err
}
