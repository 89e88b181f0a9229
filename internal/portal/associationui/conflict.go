package associationui

import (
	"net/http"
	"strconv"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

type naming = association.BranchNaming

// parts are the fields of the small form as the three columns compare them.
var parts = []kit.Part[naming]{
	{Name: "name", Label: "Tên chi hội", Show: func(n naming) string { return vi.Clean(n.Name) }, Take: func(to *naming, from naming) { to.Name = from.Name }},
	{Name: "sort", Label: "Thứ tự trong danh sách", Show: func(n naming) string { return strconv.Itoa(n.Sort) }, Take: func(to *naming, from naming) { to.Sort = from.Sort }},
}

func opened(r *http.Request, tx *db.Tx, b association.Branch) (association.BranchPast, error) {
	version, err := kit.Opened(r)
	if err != nil {
		return association.BranchPast{}, err
	}
	return association.BranchAtVersion(r.Context(), tx, b.ID, version)
}

// settled merges the typed fields with what is stored now; a field without an answer is stale again.
func settled(r *http.Request, tx *db.Tx, b association.Branch, mine naming) (naming, error) {
	past, err := opened(r, tx, b)
	if err != nil {
		return mine, err
	}
	merged, open := kit.Merge(r, parts, past.BranchNaming, mine, naming{Name: b.Name, Sort: b.Sort})
	if len(open) > 0 {
		return mine, fault.Stale()
	}
	return merged, nil
}

// conflictPage is the page of three columns. A branch that was closed meanwhile has no form any more, so its own page says so.
func (p pages) conflictPage(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	b, a, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	past, err := opened(r, tx, b)
	if fault.Is(err, fault.NotFound) {
		return p.showPage(r, tx, "ten", fault.Stale())
	}
	if err != nil {
		return kit.Reply{}, err
	}
	var ignored fault.Problems // read once already; it was the version that was refused
	mine := naming{Name: kit.Text(r, "name"), Sort: kit.Whole(r, "sort", &ignored)}
	v, err := kit.Settle(r, kit.Clash{
		What: "tên, thứ tự của chi hội này", By: past.By, At: past.At, Today: tx.Today(), Action: href.Branch(b.ID), Drop: href.Branch(b.ID), Version: b.Version,
	}, parts, past.BranchNaming, mine, naming{Name: b.Name, Sort: b.Sort})
	if err != nil {
		return kit.Reply{}, err
	}
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Branches, Trail: []string{a.Name, "Chi hội", b.Name}}, ui.ConflictPage(v)), nil
}
