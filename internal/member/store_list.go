package member

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
)

// Page is one page of the list.
type Page struct {
	Rows  []Row
	From  int    // position of the first row in the whole list, from 1
	Next  string // cursor of the following page, "" on the last one
	Total Total
	Tally Tally // of the association and branch of the filter, whatever else it asks
	// Questions is how many open questions wait for the reader (Questions lists them).
	Questions int
}

// Total is how many rows a filter has. More says that counting stopped: "hơn 1.000".
type Total struct {
	N    int
	More bool
}

// Tally is the number of memberships in each state.
type Tally struct{ Active, Exempt, Left, Mistake int }

// Of gives the number of a state; "" is everybody but slips of the hand.
func (t Tally) Of(s Status) int {
	switch s {
	case Active:
		return t.Active
	case Exempt:
		return t.Exempt
	case Left:
		return t.Left
	case Mistake:
		return t.Mistake
	default:
		return t.Active + t.Exempt + t.Left
	}
}

type rankedRow struct {
	Rank int
	Row
}

// List reads one page of the roster in one round trip: rows in the order of Vietnamese given names (hits with the typed
// diacritics first), how many there are, and the tally for the chips. Size 0 means PageSize.
func List(ctx context.Context, tx *db.Tx, f Filter, after Cursor, size int) (Page, error) {
	if !mayRead(tx.Who(), f.Association) {
		return Page{}, fault.Missing()
	}
	if size <= 0 {
		size = PageSize
	}
	var rows []rankedRow
	page := Page{From: after.Shown + 1}
	batch := &pgx.Batch{}
	list := newQuery(tx, f, after, size+1)
	batch.Queue(list.page(), list.args).Query(func(r pgx.Rows) (err error) {
		rows, err = pgx.CollectRows(r, pgx.RowToStructByName[rankedRow])
		return err
	})
	queueTally(batch, tx, f, &page.Tally)
	batch.Queue(`select count(*) from member_question where ward_id = $1 and ($2 = 0 or association_id = $2) and answered_at is null`,
		tx.Who().Ward, f.Association).QueryRow(func(r pgx.Row) error { return r.Scan(&page.Questions) })
	if f.narrow() {
		count := newQuery(tx, f, Cursor{}, 0)
		batch.Queue(count.count(), count.args).QueryRow(func(r pgx.Row) error { return r.Scan(&page.Total.N) })
	}
	if err := tx.Batch(ctx, batch); err != nil {
		return Page{}, err
	}
	if !f.narrow() {
		page.Total.N = page.Tally.Of(f.Status)
	}
	if page.Total.N > maxCounted && f.narrow() {
		page.Total = Total{N: maxCounted, More: true}
	}
	if len(rows) > size {
		rows = rows[:size]
		last := rows[size-1]
		page.Next = Cursor{last.ID, last.Rank, after.Shown + size}.String()
	}
	page.Rows = make([]Row, len(rows))
	for i, r := range rows {
		page.Rows[i] = r.Row
	}
	return page, nil
}

func queueTally(batch *pgx.Batch, tx *db.Tx, f Filter, t *Tally) {
	batch.Queue(`
		select status, sum(n)::int from member_tally
		where ward_id = $1 and ($2 = 0 or association_id = $2) and ($3 = 0 or branch_id = $3) group by status`,
		tx.Who().Ward, f.Association, f.Branch).Query(func(r pgx.Rows) error {
		var status Status
		var n int
		_, err := pgx.ForEachRow(r, []any{&status, &n}, func() error {
			switch status {
			case Active:
				t.Active = n
			case Exempt:
				t.Exempt = n
			case Left:
				t.Left = n
			case Mistake:
				t.Mistake = n
			}
			return nil
		})
		return err
	})
}

// Export reads every row that the filter shows, in the order of the list, and records that they left the portal. It runs
// in a read; call RecordExport in a write before the first byte goes out.
func Export(ctx context.Context, tx *db.Tx, f Filter) ([]Row, error) {
	if !mayExport(tx.Who(), f) {
		return nil, fault.Missing()
	}
	q := newQuery(tx, f, Cursor{}, 0)
	rows, err := db.All[rankedRow](ctx, tx, q.page(), q.args)
	if err != nil {
		return nil, err
	}
	out := make([]Row, len(rows))
	for i, r := range rows {
		out[i] = r.Row
	}
	return out, nil
}

// RecordExport notes in the audit log that a list of so many people was taken out, and by which filter (no names, no words).
func RecordExport(ctx context.Context, tx *db.Tx, f Filter, rows int) error {
	if !mayExport(tx.Who(), f) {
		return fault.Missing()
	}
	return audit.Record(ctx, tx, audit.Event{
		Action: "member.export", Object: "roster", ID: int64(rows), Association: f.Association, Fields: f.used(), Reason: "Tải danh sách hội viên",
	})
}

func mayExport(who authz.Who, f Filter) bool {
	if f.Association == 0 {
		return who.May(authz.ExportRoster)
	}
	branches, whole := who.BranchesOf(f.Association, authz.ExportRoster)
	return whole || len(branches) > 0
}

// used names what the filter asks for, for the audit.
func (f Filter) used() []string {
	var names []string
	for name, on := range map[string]bool{
		"branch": f.Branch != 0, "status": f.Status != "", "sex": f.Sex != "", "age": f.AgeFrom > 0 || f.AgeTo > 0,
		"no_birth": f.NoBirth, "query": strings.TrimSpace(f.Query) != "",
	} {
		if on {
			names = append(names, name)
		}
	}
	return names
}
