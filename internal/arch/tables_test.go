package arch

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// owners names the one package that may insert into, update or delete from a table; others may join it for reading.
// A new table is one word here.
var owners = map[string][]string{
	"internal/ward":        {"ward", "residential_group", "key_check"},
	"internal/account":     {"account", "account_grant", "session", "sign_in_attempt"},
	"internal/association": {"association", "association_change", "branch", "branch_count", "branch_group"},
	"internal/audit":       {"audit_log"},
	"internal/draft":       {"form_key", "parked_post"},
	"internal/media":       {"media", "media_size"},
	"internal/member": {
		"person", "membership", "membership_branch", "membership_secret", "membership_span", "membership_state",
		"member_change", "member_question", "member_tally", "member_word", "import_run", "import_row",
	},
	"internal/officer":  {"office", "officer_change", "term", "appointment"},
	"internal/activity": {"activity", "activity_change", "fund_entry", "beneficiary", "club"},
	"internal/meeting":  {"meeting", "meeting_association", "meeting_change", "meeting_invitee"},
	"internal/news":     {"article", "article_association", "article_photo", "article_slug", "news_change"},
	"internal/feedback": {"letter", "letter_change", "letter_publication", "letter_sender", "letter_sending"},
	"internal/report": {
		"campaign", "campaign_change", "campaign_extension", "campaign_row", "report", "report_change", "report_flag", "report_note",
		"report_snapshot", "report_target", "report_text", "report_value", "ward_summary_text",
	},
	"internal/db": {"schema_migrations"},
}

func ownerOf(table string) string {
	for pkg, tables := range owners {
		if slices.Contains(tables, table) {
			return pkg
		}
	}
	return ""
}

var (
	createTable = regexp.MustCompile(`(?im)^\s*create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?(?:public\.)?([a-z_]+)`)
	dropTable   = regexp.MustCompile(`(?im)^\s*drop\s+table\s+(?:if\s+exists\s+)?(?:public\.)?([a-z_]+)`)
	writing     = regexp.MustCompile(`(?is)\b(?:insert\s+into|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?(?:public\.)?([a-z_]+)` +
		`|\bupdate\s+(?:only\s+)?(?:public\.)?([a-z_]+)\s+(?:(?:as\s+)?[a-z_]+\s+)?set\b`)
	// What a statement of ours never says, and what it says instead.
	never = map[*regexp.Regexp]string{
		regexp.MustCompile(`(?i)\b(?:now\(\)|current_timestamp\b|current_date\b|localtimestamp\b|clock_timestamp\(\)|statement_timestamp\(\))`): "time is @now, from tx.Now()",
		regexp.MustCompile(`(?i)\boffset\s+[@$0-9]`):              "pages are by key: an offset reads what it skips",
		regexp.MustCompile(`(?i)count\(\*\)\s+over\s*\(\s*\)`):    "it counts the whole table for one page",
		regexp.MustCompile(`(?i)set_config\([^)]*,\s*false\s*\)`): "a session's setting leaks to the next borrower of the connection",
	}
	// star of a table changes its meaning with every migration; that of a subquery with named columns does not.
	star = regexp.MustCompile(`(?is)\bselect\s+(?:[a-z_]+\.)?\*\s+from\s+(?:only\s+)?(?:public\.)?([a-z_]+)`)
	// statement tells SQL from other text: these are the words that ours begins or goes on with.
	statement = regexp.MustCompile(`(?is)^\s*(?:--[^\n]*\n\s*)*(?:select|insert|update|delete|with|merge|create|alter|drop|truncate|set|and|where|order|from|join|left)\s`)
)

// objections lists what the SQL says that ours never says.
func objections(sql string, tables []string) []string {
	var out []string
	for pattern, why := range never {
		if found := pattern.FindString(sql); found != "" {
			out = append(out, strconv.Quote(found)+": "+why)
		}
	}
	for _, m := range star.FindAllStringSubmatch(sql, -1) {
		if slices.Contains(tables, strings.ToLower(m[1])) {
			out = append(out, strconv.Quote(m[0])+": columns are named")
		}
	}
	return out
}

// literals calls fn for every string literal of the file.
func (f file) literals(fn func(text string, line int)) {
	ast.Inspect(f.ast, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		if text, err := strconv.Unquote(lit.Value); err == nil {
			fn(text, f.line(lit.Pos()))
		}
		return true
	})
}

// written lists the tables that the statement writes to.
func written(sql string) []string {
	var out []string
	for _, m := range writing.FindAllStringSubmatch(sql, -1) {
		if table := strings.ToLower(m[1] + m[2]); table != "set" { // "on conflict do update set"
			out = append(out, table)
		}
	}
	return out
}

func TestEachTableHasOneWriter(t *testing.T) {
	t.Parallel()
	tables := migratedTables(t)
	for _, f := range files(t) {
		if f.test || isTestHelp(f.pkg) || f.pkg == "internal/arch" {
			continue
		}
		f.literals(func(text string, line int) {
			for _, table := range written(text) {
				if owner := ownerOf(table); slices.Contains(tables, table) && owner != "" && owner != f.pkg {
					t.Errorf("%s:%d writes to %s, which belongs to %s: call it", f.path, line, table, owner)
				}
			}
		})
	}
	for _, table := range tables {
		if ownerOf(table) == "" {
			t.Errorf("table %s has no owner; add it in internal/arch/tables_test.go", table)
		}
	}
	seen := map[string]string{}
	for pkg, list := range owners {
		for _, table := range list {
			if other := seen[table]; other != "" {
				t.Errorf("%s and %s both own %s", pkg, other, table)
			}
			seen[table] = pkg
			if !slices.Contains(tables, table) && table != "schema_migrations" { // golang-migrate's own
				t.Errorf("%s owns %s, which no migration creates", pkg, table)
			}
		}
	}
}

func TestStatements(t *testing.T) {
	t.Parallel()
	tables := migratedTables(t)
	for _, f := range files(t) {
		if f.test || isTestHelp(f.pkg) || f.pkg == "internal/arch" || f.pkg == "internal/localpg" {
			continue
		}
		f.literals(func(text string, line int) {
			if !statement.MatchString(text) {
				return
			}
			for _, objection := range objections(text, tables) {
				t.Errorf("%s:%d says %s", f.path, line, objection)
			}
		})
	}
	for name, sql := range migrationFiles(t) {
		for _, objection := range objections(withoutComments(sql), tables) {
			t.Errorf("migrations/%s says %s", name, objection)
		}
	}
}

func TestReadingOfStatements(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		"insert into person (ward) values (@ward)":                                    "person",
		"update membership m set branch = @to where m.id = @id":                       "membership",
		"with gone as (delete from session where id = @id returning 1) select 1":      "session",
		"insert into person (a) values (1) on conflict (a) do update set a = 1":       "person",
		"select name from person for update":                                          "",
		"select 'update' from office join term on true":                               "",
		"UPDATE\n  only article AS a\n  SET title = @title":                           "article",
		"with x as (update term set to_day = @d) insert into appointment select 1, 2": "term appointment",
	} {
		if got := strings.Join(written(sql), " "); got != want {
			t.Errorf("%s: writes to %q, want %q", sql, got, want)
		}
	}
	for _, sql := range []string{
		"select id from person offset @n", "select count(*) over () from person", "select now()", "select p.* from person p",
		"select set_config('app.ward', '1', false)",
	} {
		if !statement.MatchString(sql) || len(objections(sql, []string{"person"})) != 1 {
			t.Errorf("%s: no rule objects", sql)
		}
	}
	named := "with e as (select id, name from person) select * from e where happened_on < @now"
	if got := objections(named, []string{"person"}); len(got) != 0 {
		t.Errorf("%s: %v", named, got)
	}
}

var migrationName = regexp.MustCompile(`^(\d{4})_[a-z0-9_]+\.(up|down)\.sql$`)

// golang-migrate silently skips a lower number that lands after a higher one, so numbers have neither gap nor twin.
func TestMigrationNumbers(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	last := 0
	for name := range migrationFiles(t) {
		m := migrationName.FindStringSubmatch(name)
		if m == nil {
			t.Errorf("migrations/%s: a migration is named NNNN_verb_object.up.sql or .down.sql", name)
			continue
		}
		key := m[1] + "." + m[2]
		if seen[key] != "" {
			t.Errorf("migrations/%s and %s have one number", name, seen[key])
		}
		seen[key] = name
		if n, err := strconv.Atoi(m[1]); err == nil {
			last = max(last, n)
		}
	}
	for n := 1; n <= last; n++ {
		for _, way := range []string{"up", "down"} {
			if key := strings.Repeat("0", 4-len(strconv.Itoa(n))) + strconv.Itoa(n) + "." + way; seen[key] == "" {
				t.Errorf("migrations: %s is missing", key)
			}
		}
	}
}

// migrationFiles gives the text of each migration; schema.sql, a dump for readers, is none.
func migrationFiles(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(root(), "migrations", "*.sql"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, p := range paths {
		if filepath.Base(p) == "schema.sql" {
			continue
		}
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(p)] = string(text)
	}
	if len(out) == 0 {
		t.Fatal("no migrations found: the search is wrong")
	}
	return out
}

func migratedTables(t *testing.T) []string {
	t.Helper()
	all := migrationFiles(t)
	var names, tables []string
	for name := range all {
		if strings.HasSuffix(name, ".up.sql") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		sql := withoutComments(all[name])
		for _, m := range dropTable.FindAllStringSubmatch(sql, -1) {
			tables = slices.DeleteFunc(tables, func(s string) bool { return s == m[1] })
		}
		for _, m := range createTable.FindAllStringSubmatch(sql, -1) {
			tables = append(tables, m[1])
		}
	}
	return tables
}

var sqlComment = regexp.MustCompile(`--[^\n]*`)

func withoutComments(sql string) string { return sqlComment.ReplaceAllString(sql, "") }
