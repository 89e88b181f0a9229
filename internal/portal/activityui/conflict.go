package activityui

import (
	"net/http"

	"wardportal/internal/activity"
	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// partsOf lists the fields of an entry as the three columns compare them. Sum and source go together: money has one purse.
func partsOf(branches []association.Branch) []kit.Part[activity.Details] {
	place := func(d activity.Details) string {
		for _, b := range branches {
			if b.ID == d.Branch {
				return b.Name
			}
		}
		return "Toàn hội"
	}
	kind := func(d activity.Details) string {
		k, _ := activity.KindByCode(d.Kind)
		return k.Label
	}
	money := func(d activity.Details) string {
		if d.Amount == 0 {
			return ""
		}
		return vi.Dong(d.Amount) + ", " + d.Source.Label()
	}
	type details = activity.Details
	return []kit.Part[details]{
		{Name: "kind", Label: "Việc", Show: kind, Take: func(to *details, from details) { to.Kind = from.Kind }},
		{Name: "happened_on", Label: "Ngày làm", Show: func(d details) string { return vi.ShortDate(d.HappenedOn) }, Take: func(to *details, from details) { to.HappenedOn = from.HappenedOn }},
		{Name: "branch", Label: "Của", Show: place, Take: func(to *details, from details) { to.Branch = from.Branch }},
		{Name: "quantity", Label: "Số lượng", Show: func(d details) string { return vi.Int(d.Quantity) }, Take: func(to *details, from details) { to.Quantity = from.Quantity }},
		{Name: "people", Label: "Số người", Show: func(d details) string { return count(d.People) }, Take: func(to *details, from details) { to.People = from.People }},
		{Name: "amount", Label: "Số tiền, lấy từ đâu", Show: money, Take: func(to *details, from details) { to.Amount, to.Source = from.Amount, from.Source }},
		{Name: "for_whom", Label: "Cho ai", Show: func(d details) string { return d.ForWhom.Label() }, Take: func(to *details, from details) { to.ForWhom = from.ForWhom }},
		{Name: "note", Label: "Ghi chú", Show: func(d details) string { return vi.CleanMultiline(d.Note) }, Take: func(to *details, from details) { to.Note = from.Note }},
	}
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return vi.Int(n)
}

// sides reads what the person had opened, and the fields to compare.
func (p pages) sides(r *http.Request, tx *db.Tx, e activity.Entry) (activity.Past, []kit.Part[activity.Details], error) {
	version, err := kit.Opened(r)
	if err != nil {
		return activity.Past{}, nil, err
	}
	branches, err := association.Branches(r.Context(), tx, e.AssociationID, tx.Today())
	if err != nil {
		return activity.Past{}, nil, err
	}
	past, err := activity.AtVersion(r.Context(), tx, e.ID, version)
	return past, partsOf(branches), err
}

// settled merges the typed fields with what is stored now; a field without an answer is stale again.
func (p pages) settled(r *http.Request, tx *db.Tx, e activity.Entry, mine activity.Details) (activity.Details, error) {
	past, parts, err := p.sides(r, tx, e)
	if err != nil {
		return mine, err
	}
	merged, open := kit.Merge(r, parts, past.Details, mine, e.Details())
	if len(open) > 0 {
		return mine, fault.Stale()
	}
	return merged, nil
}

// conflictPage is the page of three columns: as opened, as typed, as it is now.
func (p pages) conflictPage(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	e, a, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	past, parts, err := p.sides(r, tx, e)
	if err != nil {
		return kit.Reply{}, err
	}
	mine, _ := parse(r) // read once already; it was the version that was refused
	v, err := kit.Settle(r, kit.Clash{
		What: "dòng sổ này", By: past.By, At: past.At, Today: tx.Today(), Action: href.EntryDo(e.ID, "sua"), Drop: href.Entry(e.ID), Version: e.Version,
	}, parts, past.Details, mine, e.Details())
	if err != nil {
		return kit.Reply{}, err
	}
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Diary, Trail: trail(a, "Sổ hoạt động", "Sửa")}, ui.ConflictPage(v)), nil
}
