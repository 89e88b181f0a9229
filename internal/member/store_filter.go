package member

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/authz"
	"wardportal/internal/db"
)

// maxCounted is where a filtered count stops: the page says "hơn 1.000".
const maxCounted = 1000

// PageSize is how many people a page of the list shows.
const PageSize = 50

// commonWord is how many hits make a word too common to start from; the list is walked in its order instead.
const commonWord = 2000

// Filter says who is on the list. The zero value of a field asks nothing.
type Filter struct {
	Association AssociationID // 0 = every association the reader may read
	Branch      BranchID
	Status      Status // "" = everybody but slips of the hand
	Sex         Sex
	AgeFrom     int // in the year of the reading day: year less year of birth
	AgeTo       int
	NoBirth     bool   // year of birth missing
	Query       string // words of the name or alias, last four digits of the phone
}

// narrow tells whether the tally cannot answer how many there are.
func (f Filter) narrow() bool {
	return f.Sex != "" || f.AgeFrom > 0 || f.AgeTo > 0 || f.NoBirth || len(parseQuery(f.Query).plain) > 0
}

// Cursor is a place in a list: after the row ID of the rank (0 exact, 1 other spelling), having shown Shown rows.
type Cursor struct {
	ID    ID
	Rank  int
	Shown int
}

// String is the form for addresses, "" at the beginning of the list.
func (c Cursor) String() string {
	if c.ID == 0 {
		return ""
	}
	return fmt.Sprintf("%d.%d.%d", c.ID, c.Rank, c.Shown)
}

// ParseCursor reads String's form; anything else is the beginning of the list.
func ParseCursor(s string) Cursor {
	parts := strings.Split(s, ".")
	if len(parts) != 3 {
		return Cursor{}
	}
	id, err := strconv.ParseInt(parts[0], 10, 64)
	rank, err2 := strconv.Atoi(parts[1])
	shown, err3 := strconv.Atoi(parts[2])
	if err != nil || err2 != nil || err3 != nil || id < 1 || rank < 0 || rank > 1 || shown < 0 {
		return Cursor{}
	}
	return Cursor{ID(id), rank, shown}
}

// query is a statement over the list while it is put together.
type query struct {
	filter Filter
	after  Cursor
	limit  int // 0 = no end
	// anyRank leaves exact and other spellings together: enough to count.
	anyRank bool
	args    pgx.NamedArgs
	ctes    []string
}

func newQuery(tx *db.Tx, f Filter, after Cursor, limit int) *query {
	return &query{filter: f, after: after, limit: limit, args: pgx.NamedArgs{
		"ward": tx.Who().Ward, "association": f.Association, "branch": f.Branch, "status": f.Status, "sex": f.Sex,
		"born_until": tx.Today().Year() - f.AgeFrom, "born_since": tx.Today().Year() - f.AgeTo,
		"after": after.ID, "limit": limit,
	}}
}

// where gives the conditions on membership m that the filter asks for.
func (q *query) where() string {
	f := q.filter
	cond := "m.ward_id = @ward"
	add := func(on bool, sql string) {
		if on {
			cond += " and " + sql
		}
	}
	add(f.Association != 0, "m.association_id = @association")
	add(f.Branch != 0, "m.branch_id = @branch")
	add(f.Status != "", "m.status = @status")
	add(f.Status == "", "m.status <> 'mistake'")
	add(f.Sex != "", "m.sex = @sex")
	add(f.AgeFrom > 0, "m.birth_year <= @born_until")
	add(f.AgeTo > 0, "m.birth_year >= @born_since")
	add(f.NoBirth, "m.birth_year is null")
	return cond
}

const afterCursor = " and (m.sort_key, m.id) > ((select c.sort_key from membership c where c.id = @after), @after::bigint)"

func (q *query) limited(order string) string {
	if q.limit == 0 {
		return order
	}
	return order + " limit @limit"
}

// keys gives a statement that yields (id, sort_key, rank) of the rows of one page in order.
func (q *query) keys() string {
	t := parseQuery(q.filter.Query)
	switch {
	case len(t.plain) == 0:
		sql := "select m.id, m.sort_key, 0 as rank from membership m where " + q.where()
		if q.after.ID != 0 {
			sql += afterCursor
		}
		return sql + q.limited(" order by m.sort_key, m.id")
	case len(t.exact) == 0 || q.anyRank:
		p := q.phase("p", 0, t.plain, "", q.after.ID != 0)
		return "with " + strings.Join(q.ctes, ", ") + " " + p + q.limited(" order by 3, 2, 1")
	}
	// Hits with the typed diacritics first; the other spellings are only looked for where those do not fill the page.
	other := " and not (" + strings.Join(q.conditions("x", t.exact), " and ") + ")"
	if q.after.Rank == 1 {
		p := q.phase("p", 1, t.plain, other, true)
		return "with " + strings.Join(q.ctes, ", ") + " " + p + q.limited(" order by 3, 2, 1")
	}
	exact := q.phase("x", 0, t.exact, "", q.after.ID != 0) + q.limited(" order by 3, 2, 1")
	q.ctes = append(q.ctes, "exact as materialized ("+exact+")")
	if q.limit != 0 {
		other += " and (select count(*) from exact) < @limit"
	}
	p := q.phase("p", 1, t.plain, other, false)
	return "with " + strings.Join(q.ctes, ", ") + " select * from exact union all " + p + q.limited(" order by 3, 2, 1")
}

// match is the condition on member_word w of one term; both forms are leakproof, so the index stays in use.
func (q *query) match(name string, i int, t term) string {
	arg := fmt.Sprintf("%s%d", name, i)
	q.args[arg] = t.word
	if !t.prefix {
		return "w.word = @" + arg
	}
	q.args[arg+"_end"] = t.end()
	return "w.word >= @" + arg + " and w.word < @" + arg + "_end"
}

// conditions asks of membership m that it has every term. "offset 0" keeps each a look-up by primary key per row.
func (q *query) conditions(name string, terms []term) []string {
	list := make([]string, len(terms))
	for i, t := range terms {
		list[i] = "exists (select 1 from member_word w where w.membership_id = m.id and " + q.match(name, i, t) + " offset 0)"
	}
	return list
}

// commonFor is how many rows a word may have and still be where the search starts. A single word is everywhere it is common, so
// walking the list soon fills a page; several common words together may be rare, and a walk would read the whole roster for them.
func commonFor(terms int) int {
	if terms < 2 {
		return commonWord
	}
	return 8 * commonWord
}

// phase finds the rows that have all terms. It starts from the rarest word; where several are fairly common it meets their lists
// in the index; where all are everywhere it walks the list in its order and stops at the limit. So neither "Nguyễn" nor a rare
// name reads the whole roster.
func (q *query) phase(name string, rank int, terms []term, extra string, continued bool) string {
	in := "w.association_id = @association"
	if q.filter.Association == 0 {
		in = "w.association_id = any (array (select a.id from association a where a.ward_id = @ward))"
	}
	common := commonFor(len(terms))
	counts, hits, all := make([]string, len(terms)), make([]string, len(terms)), make([]string, len(terms))
	for i, t := range terms {
		from := "from member_word w where " + in + " and " + q.match(name, i, t)
		counts[i] = fmt.Sprintf("(%d, (select count(*) from (select 1 %s limit %d) c))", i+1, from, common+1)
		hits[i] = fmt.Sprintf("select distinct w.membership_id %s and (select i from %s_pick where n <= %d) = %d", from, name, commonWord, i+1)
		all[i] = fmt.Sprintf("select w.membership_id %s and (select n from %s_pick) > %d", from, name, commonWord)
	}
	if len(terms) > 1 {
		hits = append(hits, "("+strings.Join(all, " intersect ")+")")
	}
	q.ctes = append(q.ctes,
		fmt.Sprintf("%s_pick as materialized (select i, n from (values %s) v (i, n) where n <= %d order by n, i limit 1)", name, strings.Join(counts, ", "), common),
		fmt.Sprintf("%s_hit as materialized (%s)", name, strings.Join(hits, " union ")))
	cond := q.where() + extra + " and " + strings.Join(q.conditions(name, terms), " and ")
	if continued {
		cond += afterCursor
	}
	return fmt.Sprintf(`(select m.id, m.sort_key, %d as rank from %s_hit h, lateral (select * from membership o where o.id = h.membership_id offset 0) m where %s)
		union all (select m.id, m.sort_key, %d as rank from membership m where not exists (select 1 from %s_pick) and %s%s)`,
		rank, name, cond, rank, name, cond, q.limited(" order by m.sort_key, m.id"))
}

// page gives the statement that reads the rows of one page.
func (q *query) page() string {
	return `select k.rank, ` + rowColumns + ` from (` + q.keys() + `) k join membership m on m.id = k.id join branch b on b.id = m.branch_id
		order by k.rank, k.sort_key, k.id`
}

// count gives the statement that counts the rows, as far as maxCounted.
func (q *query) count() string {
	q.after, q.limit, q.anyRank = Cursor{}, maxCounted+1, true
	q.args["limit"] = q.limit
	return "select count(*) from (" + q.keys() + ") k"
}

const rowColumns = `m.id, m.association_id, m.branch_id, b.name as branch, m.full_name, m.alias, m.sex, m.birth, m.joined, m.ended, m.ended_how,
	m.phone, m.card, m.class, m.status, m.address`

// mayRead tells whether the reader may read rosters at all, in the association or anywhere.
func mayRead(who authz.Who, a AssociationID) bool {
	if a == 0 {
		return who.May(authz.ReadRoster)
	}
	_, whole := who.BranchesOf(a, authz.ReadRoster)
	branches, _ := who.BranchesOf(a, authz.ReadRoster)
	return whole || len(branches) > 0
}
