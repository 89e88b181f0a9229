package longevityui

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
)

// list shows who is honoured in the year that the address names.
func (p pages) list(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	a, err := p.parse(r, authz.ReadRoster, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	all, err := member.LongevityList(r.Context(), tx, a.query())
	if err != nil {
		return kit.Reply{}, err
	}
	branches, err := branchesOf(r.Context(), tx, a.desk.ID)
	if err != nil {
		return kit.Reply{}, err
	}
	v := buildList(listInput{
		asked: a, all: all, branches: branches, ward: p.kit.FactsOf(r.Context()).Ward.Name, export: mayExport(tx.Who(), a.desk.ID), today: tx.Today(),
	})
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Members, Trail: v.Trail}, listBody(v)), nil
}

// asked is the state of the page in the address.
type asked struct {
	desk     association.Association
	desks    []association.Association // associations of elders that may be chosen
	hoi      string                    // as the address says it
	year     int
	counting member.Counting
	branch   member.BranchID // 0 = all
}

// The parameters of the address. Unknown years and customs are the usual ones.
const (
	yearParam, countingParam, branchParam = "nam", "cach", "chi-hoi"
	firstYear, lastYear                   = 2000, 2100
)

// parse reads the address. Associations of other kinds have no such list: 404, as for those out of reach.
func (p pages) parse(r *http.Request, action authz.Action, today time.Time) (asked, error) {
	a := asked{hoi: r.FormValue(kit.AssociationParam), year: member.LongevityYear(today), counting: member.Countings[0], branch: kit.QueryID[member.BranchID](r, branchParam)}
	for _, d := range p.kit.Desks(r, action) {
		if d.Kind == string(association.NCT) {
			a.desks = append(a.desks, d)
		}
	}
	desk, err := p.kit.Desk(r, action)
	if err != nil {
		return asked{}, err
	}
	switch i := slices.IndexFunc(a.desks, func(d association.Association) bool { return d.ID == desk.ID }); {
	case i >= 0:
		a.desk = a.desks[i]
	case a.hoi == "" && len(a.desks) > 0: // the ward's official, or somebody who works for another association just now
		a.desk = a.desks[0]
	default:
		return asked{}, fault.Missing()
	}
	if y, err := strconv.Atoi(r.FormValue(yearParam)); err == nil && y >= firstYear && y <= lastYear {
		a.year = y
	}
	if c := member.Counting(r.FormValue(countingParam)); slices.Contains(member.Countings, c) {
		a.counting = c
	}
	return a, nil
}

func (a asked) query() member.LongevityQuery {
	return member.LongevityQuery{Association: a.desk.ID, Year: a.year, Counting: a.counting}
}

// url is another page with the same question.
func (a asked) url(path string) string {
	branch := ""
	if a.branch != 0 {
		branch = id(a.branch)
	}
	return href.With(path, kit.AssociationParam, a.hoi, yearParam, strconv.Itoa(a.year), countingParam, string(a.counting), branchParam, branch)
}

// branchesOf lists the association's branches with a roster that the person may read, in their order.
func branchesOf(ctx context.Context, tx *db.Tx, a member.AssociationID) ([]association.Branch, error) {
	all, err := association.Branches(ctx, tx, a, tx.Today())
	if err != nil {
		return nil, err
	}
	mine, whole := tx.Who().BranchesOf(a, authz.ReadRoster)
	return slices.DeleteFunc(all, func(b association.Branch) bool { return !b.Listed || !whole && !slices.Contains(mine, b.ID) }), nil
}

func mayExport(who authz.Who, a member.AssociationID) bool {
	branches, whole := who.BranchesOf(a, authz.ExportRoster)
	return whole || len(branches) > 0
}

func id[T ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }
