package bench

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/member"
	"wardportal/internal/portal/portaltest"
)

const articlePath = "/tin-tuc/hoi-nghi-tong-ket-hoat-dong-cac-hoi-dac-thu-nam-2023-va-phuong-huong-nhiem-vu"

// BenchmarkArticle holds the article page, as the program serves it, against a bare net/http handler that writes the same
// compressed bytes.
func BenchmarkArticle(b *testing.B) { publicPage(b, articlePath, time.Minute) }

// BenchmarkArticleMade makes the page anew each time: snapshot, template, compression.
func BenchmarkArticleMade(b *testing.B) { publicPage(b, articlePath, 0) }

// BenchmarkHome and BenchmarkHomeMade do the same with the home page.
func BenchmarkHome(b *testing.B) { publicPage(b, "/", time.Minute) }

// BenchmarkHomeMade makes the home page anew each time.
func BenchmarkHomeMade(b *testing.B) { publicPage(b, "/", 0) }

func publicPage(b *testing.B, path string, keep time.Duration) {
	b.Helper()
	s := small(b)
	s.Kit.KeepPages = keep
	r := newReader(b, s, "")
	body := r.get(b, path)
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Encoding", "br")
		_, _ = w.Write(body)
	}))
	b.Cleanup(bare.Close)
	other := &reader{client: r.client, base: bare.URL}
	against(b, func() { r.get(b, path) }, func() { other.get(b, path) })
	b.ReportMetric(float64(len(body)), "bytes/page")
}

// chair is the principal of the crowded association.
func chair(b *testing.B, s *portaltest.Site) authz.Who {
	b.Helper()
	a := authz.AssociationID(s.Count(b, `select id::int from association where slug = 'khuyen-hoc'`))
	return authz.Who{
		Ward: 1, User: authz.UserID(s.Count(b, `select id::int from account where login = 'khuyenhoc'`)), Name: "bench",
		Grants: []authz.Grant{{Role: authz.Chair, Association: a}},
	}
}

// rosterSQL is the barest keyset query of the rows that a page of the roster shows.
const rosterSQL = `
	select id, branch_id, full_name, alias, sex, birth, joined, phone, card, class, status
	from membership where association_id = @association and status = 'active' and (sort_key, id) > (@key, @id) order by sort_key, id limit 50`

// bareRead runs one statement as the app role under the principal's settings, and nothing else.
func bareRead(b *testing.B, pool *db.Pool, who authz.Who, sql string, args pgx.NamedArgs) {
	b.Helper()
	err := pool.Read(b.Context(), who, func(ctx context.Context, tx *db.Tx) error {
		rows, err := tx.Query(ctx, sql, args)
		if err != nil {
			return err
		}
		for rows.Next() {
			if _, err := rows.Values(); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkRosterPage holds the roster page of 50 among 100,000 against the bare keyset query of the same rows.
func BenchmarkRosterPage(b *testing.B) {
	s := crowded(b)
	r := newReader(b, s, "khuyenhoc")
	who := chair(b, s)
	args := pgx.NamedArgs{"association": who.Grants[0].Association, "key": []byte{}, "id": 0}
	against(b, func() { r.get(b, "/quan-ly/hoi-vien") }, func() { bareRead(b, s.Pool, who, rosterSQL, args) })
}

// BenchmarkDeepPage holds page 1000 of the roster against page 1: at most 1.2.
func BenchmarkDeepPage(b *testing.B) {
	s := crowded(b)
	who := chair(b, s)
	f := member.Filter{Association: who.Grants[0].Association, Status: member.Active}
	page := func(after string) (next string) {
		err := s.Pool.Read(b.Context(), who, func(ctx context.Context, tx *db.Tx) error {
			p, err := member.List(ctx, tx, f, member.ParseCursor(after), 50)
			next = p.Next
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		return next
	}
	deep := ""
	for range 999 {
		deep = page(deep)
	}
	against(b, func() { page(deep) }, func() { page("") })
}

// BenchmarkSearch holds a search by name among 100,000 against the bare statement over the word index: at most 1.5.
func BenchmarkSearch(b *testing.B) { search(b, "huynh duc", "huynh") }

// BenchmarkSearchCommon is the worst a search can meet: four words, each of them everywhere, together rare.
func BenchmarkSearchCommon(b *testing.B) { search(b, "huynh thi thu duc", "huynh", "thi", "thu") }

func search(b *testing.B, query string, words ...string) {
	b.Helper()
	s := crowded(b)
	who := chair(b, s)
	f := member.Filter{Association: who.Grants[0].Association, Status: member.Active, Query: query}
	sql := `select m.id, m.full_name, m.birth, m.phone from membership m where m.association_id = @association and m.status = 'active'`
	for _, w := range words {
		sql += ` and exists (select 1 from member_word w where w.association_id = @association and w.membership_id = m.id and w.word = '` + w + `')`
	}
	sql += ` and m.id in (select w.membership_id from member_word w where w.association_id = @association and w.word >= 'duc' and w.word < 'dud') order by m.sort_key, m.id limit 50`
	against(b, func() {
		err := s.Pool.Read(b.Context(), who, func(ctx context.Context, tx *db.Tx) error {
			_, err := member.List(ctx, tx, f, member.Cursor{}, 50)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}, func() { bareRead(b, s.Pool, who, sql, pgx.NamedArgs{"association": who.Grants[0].Association}) })
}

// BenchmarkSearchPage is the whole page of that search, over the wire.
func BenchmarkSearchPage(b *testing.B) {
	s := crowded(b)
	r := newReader(b, s, "khuyenhoc")
	for b.Loop() {
		r.get(b, "/quan-ly/hoi-vien?q=huynh+duc")
	}
}

// BenchmarkReportForm is the form of a report, all sections' rules evaluated, against the same bytes from a bare handler.
func BenchmarkReportForm(b *testing.B) {
	s := small(b)
	r := newReader(b, s, "nct")
	path := fmt.Sprintf("/quan-ly/bao-cao/%d/nguoi-cao-tuoi", s.Pool.Now().Year())
	body := r.get(b, path)
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		_, _ = w.Write(body)
	}))
	b.Cleanup(bare.Close)
	other := &reader{client: r.client, base: bare.URL}
	against(b, func() { r.get(b, path) }, func() { other.get(b, path) })
}

// BenchmarkTransaction is what a unit of work costs by itself: begin with the principal, one statement, commit.
func BenchmarkTransaction(b *testing.B) {
	s := small(b)
	who := authz.Public(1)
	conn, err := pgx.Connect(b.Context(), s.AppURL)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = conn.Close(context.Background()) })
	var n int
	against(b, func() { bareRead(b, s.Pool, who, `select 1`, nil) }, func() {
		if err := conn.QueryRow(b.Context(), `select 1`).Scan(&n); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkColdStart is from nothing but a database to the first page: pool, wiring, listener, first answer.
func BenchmarkColdStart(b *testing.B) {
	s := small(b)
	dir := b.TempDir() // with its secret file: the second start is the usual one
	coldStart(b, s, dir)
	for b.Loop() {
		coldStart(b, s, dir)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "ms/start-page-stop")
}
