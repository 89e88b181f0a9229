package member

import (
	"context"
	"strings"

	"wardportal/internal/db"
)

// ExplainPage gives the plan of a page's statement.
func ExplainPage(ctx context.Context, tx *db.Tx, f Filter) (string, error) {
	q := newQuery(tx, f, Cursor{}, PageSize+1)
	lines, err := db.Column[string](ctx, tx, "explain (analyze, timing off, summary off) "+q.page(), q.args)
	return strings.Join(lines, "\n"), err
}
