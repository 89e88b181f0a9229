package sample_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/sample/sampletest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var update = flag.Bool("update", false, "write the golden files anew")

// exempt tables hold nothing of any ward.
var exempt = []string{"schema_migrations"}

// shared tables belong to no ward: walled like the others, without a ward's column.
var shared = []string{"ward", "key_check"}

// open tables are public by nature or carry no association's inner life: everybody in the ward may see rows of any association.
var open = []string{
	"association", "branch", "branch_group", "branch_count",
	"office", "term", "club", // titles, terms and clubs without names of people
	"article_association",            // of articles that the reader may see
	"letter_publication",             // questions and answers that residents read, without who asked
	"meeting", "meeting_association", // public meetings; the others' own policies are tested in package meeting
}

// TestEveryTableHasAWall walks the catalogue: a table without row-level security, enabled and forced, fails by being there.
func TestEveryTableHasAWall(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	conn, err := pgx.Connect(t.Context(), s.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	rows, err := conn.Query(t.Context(), `
		select c.relname::text, c.relrowsecurity, c.relforcerowsecurity, coalesce(obj_description(c.oid, 'pg_class'), ''),
		       exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'ward_id' and a.attnotnull),
		       pg_get_userbyid(c.relowner)::text
		from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	var name, comment, owner string
	var enabled, forced, warded bool
	_, err = pgx.ForEachRow(rows, []any{&name, &enabled, &forced, &comment, &warded, &owner}, func() error {
		n++
		if slices.Contains(exempt, name) {
			return nil
		}
		if !enabled || !forced {
			t.Errorf("table %s: row-level security enabled %v, forced %v", name, enabled, forced)
		}
		if !strings.Contains(comment, "Owner: internal/") {
			t.Errorf("table %s: its comment does not name the owning package", name)
		}
		if !warded && !slices.Contains(shared, name) {
			t.Errorf("table %s has no ward_id", name)
		}
		if owner != db.OwnerRole {
			t.Errorf("table %s is owned by %s", name, owner)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 10 {
		t.Fatalf("only %d tables found", n)
	}
}

// TestRLSMatrix asks Postgres itself, table by table, what each role sees and may change, without any check of the program
// in between. The golden file is what people read in review; the invariants below hold whatever it says.
func TestRLSMatrix(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	otherWard(t, s.DB)
	tables := allTables(t, s.DB)
	people := principals(t, s.DB)
	var lines []string
	for _, table := range tables {
		line := fmt.Sprintf("%-24s", table.name)
		for _, p := range people {
			sees := visible(t, s.DB, p.who, table)
			line += fmt.Sprintf(" %s=%s%s%s%s", p.name, sees, may(t, s.DB, p.who, table, "insert"), may(t, s.DB, p.who, table, "update"), may(t, s.DB, p.who, table, "delete"))
			invariants(t, s.DB, p, table)
		}
		lines = append(lines, line)
	}
	golden(t, "testdata/rls.golden", strings.Join(lines, "\n")+"\n")
}

type person struct {
	name        string
	who         authz.Who
	association int64
	branch      int64
}

// principals are one person per role, and one of another ward with every right there.
func principals(t *testing.T, d *dbtest.DB) []person {
	t.Helper()
	list := []person{{name: "resident", who: authz.Public(wardOf(t, d))}}
	for _, login := range []string{"chihoi3", "nct", "dacam", "bientap", "canbo", "lanhdao", "quantri"} {
		p := person{name: login}
		conn, err := pgx.Connect(t.Context(), d.OwnerURL)
		if err != nil {
			t.Fatal(err)
		}
		err = conn.QueryRow(t.Context(), `select a.id, a.ward_id, coalesce(g.association_id, 0), coalesce(g.branch_id, 0) from account a join account_grant g on g.account_id = a.id where a.login = $1`, login).
			Scan(&p.who.User, &p.who.Ward, &p.association, &p.branch)
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.Close(context.Background())
		list = append(list, p)
	}
	return append(list, person{name: "stranger", who: authz.Who{Ward: 999, User: 999_999}})
}

func wardOf(t *testing.T, d *dbtest.DB) authz.WardID {
	t.Helper()
	return authz.WardID(d.Count(t, `select id::int from ward where code = 'chanh-lo-mau'`))
}

// otherWard adds a ward with id 999, so that a missing ward condition shows.
func otherWard(t *testing.T, d *dbtest.DB) {
	t.Helper()
	d.Owner(t, `insert into ward (id, code, name, province, created_at) values (999, 'khac', 'phường Khác', 'tỉnh Khác', '2026-01-01')`)
	d.Owner(t, `insert into residential_group (ward_id, number, name) values (999, 1, 'Tổ dân phố 1')`)
	d.Owner(t, `insert into association (ward_id, kind, slug, name) values (999, 'NCT', 'nguoi-cao-tuoi', 'Hội Người cao tuổi')`)
	d.Owner(t, `insert into audit_log (ward_id, at, action) values (999, '2026-01-01', 'test')`)
}

type table struct {
	name                      string
	rows                      int
	association, branch, ward bool
}

func allTables(t *testing.T, d *dbtest.DB) []table {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), d.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	rows, err := conn.Query(t.Context(), `
		select c.relname::text,
		       exists (select 1 from pg_attribute where attrelid = c.oid and attname = 'association_id' and not attisdropped),
		       exists (select 1 from pg_attribute where attrelid = c.oid and attname = 'branch_id' and not attisdropped),
		       exists (select 1 from pg_attribute where attrelid = c.oid and attname = 'ward_id' and not attisdropped)
		from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	var list []table
	var x table
	if _, err := pgx.ForEachRow(rows, []any{&x.name, &x.association, &x.branch, &x.ward}, func() error {
		if !slices.Contains(exempt, x.name) {
			list = append(list, x)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for i := range list {
		where := ""
		if list[i].ward {
			where = " where ward_id <> 999"
		}
		list[i].rows = d.Count(t, `select count(*) from `+list[i].name+where)
	}
	return list
}

// visible gives N for nothing, A for all rows of the own ward, S for some, E for an empty table, x for no privilege.
func visible(t *testing.T, d *dbtest.DB, who authz.Who, tab table) string {
	t.Helper()
	var n int
	err := d.Pool.Read(t.Context(), who, func(ctx context.Context, tx *db.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from `+tab.name).Scan(&n)
	})
	switch {
	case err != nil:
		return "x"
	case tab.rows == 0:
		return "E"
	case n == 0:
		return "N"
	case n >= tab.rows && who.Ward != 999:
		return "A"
	default:
		return "S"
	}
}

var errRollback = errors.New("only asked")

// may gives the verb's letter when the role's statement touches a row, "." when it does not.
func may(t *testing.T, d *dbtest.DB, who authz.Who, tab table, verb string) string {
	t.Helper()
	if tab.rows == 0 {
		return "?"
	}
	touched := int64(0)
	err := d.Pool.Write(t.Context(), who, func(ctx context.Context, tx *db.Tx) error {
		stmt, err := statement(ctx, tx, tab, verb)
		if err != nil || stmt == "" {
			return err
		}
		n, err := tx.Exec(ctx, stmt)
		// A refused foreign key or constraint proves that the wall let the row through.
		var code interface{ SQLState() string }
		if errors.As(err, &code) && strings.HasPrefix(code.SQLState(), "23") {
			n, err = 1, nil
		}
		if err != nil {
			return err
		}
		touched = n
		return errRollback
	})
	if err != nil && !errors.Is(err, errRollback) || touched == 0 {
		return "."
	}
	return verb[:1]
}

// statement builds one that a granted column allows: an update that sets a column to itself, a delete of everything that
// is seen, an insert that copies a seen row.
func statement(ctx context.Context, tx *db.Tx, tab table, verb string) (string, error) {
	privilege := map[string]string{"update": "UPDATE", "insert": "INSERT"}[verb]
	switch verb {
	case "delete":
		return `delete from ` + tab.name, nil
	default:
		columns, err := db.Column[string](ctx, tx, `
			select attname::text from pg_attribute
			where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attname <> 'id'
			  and has_column_privilege(current_user, attrelid, attname, $2) order by attnum`, tab.name, privilege)
		if err != nil || len(columns) == 0 {
			return "", err
		}
		if verb == "update" {
			return `update ` + tab.name + ` set ` + columns[0] + ` = ` + columns[0], nil
		}
		list := strings.Join(columns, ", ")
		// Ordered by what the row says: where it lies in the table depends on what else the cluster is doing.
		return `insert into ` + tab.name + ` (` + list + `) select ` + list + ` from ` + tab.name + ` order by row(` + list + `)::text limit 1`, nil
	}
}

// invariants hold for every table that will ever be added.
func invariants(t *testing.T, d *dbtest.DB, p person, tab table) {
	t.Helper()
	count := func(where string) int {
		var n int
		err := d.Pool.Read(t.Context(), p.who, func(ctx context.Context, tx *db.Tx) error {
			return tx.QueryRow(ctx, `select count(*) from `+tab.name+` where `+where).Scan(&n)
		})
		if err != nil {
			return 0 // no privilege at all
		}
		return n
	}
	if tab.ward {
		if n := count(fmt.Sprintf("ward_id <> %d", p.who.Ward)); n > 0 {
			t.Errorf("%s sees %d rows of another ward in %s", p.name, n, tab.name)
		}
	}
	if slices.Contains(open, tab.name) || !tab.association {
		return
	}
	switch {
	case p.branch != 0 && tab.branch:
		if n := count(fmt.Sprintf("association_id <> %d or branch_id is distinct from %d", p.association, p.branch)); n > 0 {
			t.Errorf("%s sees %d rows of other branches in %s", p.name, n, tab.name)
		}
	case p.association != 0:
		if n := count(fmt.Sprintf("association_id <> %d", p.association)); n > 0 {
			t.Errorf("%s sees %d rows of other associations in %s", p.name, n, tab.name)
		}
	case p.who.User == 0 || p.name == "bientap" || p.name == "quantri" && tab.name != "audit_log" && tab.name != "account_grant":
		if n := count("association_id is not null"); n > 0 {
			t.Errorf("%s sees %d rows of an association's inner life in %s", p.name, n, tab.name)
		}
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the matrix changed; read it, then run: go test ./internal/sample -run RLSMatrix -update\ngot:\n%s", got)
	}
}
