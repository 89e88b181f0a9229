package kit

import (
	"net/http"
	"slices"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// AssociationParam names the association in the address of a list: its id.
const AssociationParam = "hoi"

// Desks lists the associations in which the principal may do the action, be it for one branch only, in the ward's order.
func (k *Kit) Desks(r *http.Request, action authz.Action) []association.Association {
	ids, all := WhoOf(r.Context()).AssociationsFor(action)
	var list []association.Association
	for _, a := range k.FactsOf(r.Context()).Associations {
		if all || slices.Contains(ids, a.ID) {
			list = append(list, a)
		}
	}
	return list
}

// Desk is the association that the request is about: the one its address or form names, else the one the person works for,
// else the only one there is. It is the zero association where the person must still choose; naming one that is out of reach is
// fault.Missing.
func (k *Kit) Desk(r *http.Request, action authz.Action) (association.Association, error) {
	desks := k.Desks(r, action)
	find := func(id authz.AssociationID) (association.Association, bool) {
		for _, a := range desks {
			if a.ID == id {
				return a, true
			}
		}
		return association.Association{}, false
	}
	if r.FormValue(AssociationParam) != "" {
		if a, ok := find(QueryID[authz.AssociationID](r, AssociationParam)); ok {
			return a, nil
		}
		return association.Association{}, fault.Missing()
	}
	if a, ok := find(WhoOf(r.Context()).Acting); ok {
		return a, nil
	}
	if len(desks) == 1 {
		return desks[0], nil
	}
	return association.Association{}, nil
}

// Day reads the three boxes of a date that must be known to the day, as domains keep dates: midnight UTC. All boxes empty
// is the zero time.
func Day(r *http.Request, name string, p *fault.Problems) time.Time {
	d := Date(r, name, p)
	switch {
	case d.IsZero():
		return time.Time{}
	case d.Precision() != vi.FullDay:
		p.Add(name, "Nhập đủ ngày, tháng và năm.")
		return time.Time{}
	}
	return d.First()
}

// Whole reads a whole number that people type, such as "1.234"; empty is 0.
func Whole(r *http.Request, name string, p *fault.Problems) int {
	text := Text(r, name)
	if text == "" {
		return 0
	}
	n, err := vi.ParseInt(text)
	switch {
	case err != nil:
		p.Add(name, err.Error())
	case n > 1<<31-1 || n < -(1<<31-1):
		p.Add(name, "Số này quá lớn.")
		n = 0
	}
	return int(n)
}

// Dong reads an amount of money, such as "1.234.000 đồng"; empty is 0.
func Dong(r *http.Request, name string, p *fault.Problems) int64 {
	text := Text(r, name)
	if text == "" {
		return 0
	}
	n, err := vi.ParseDong(text)
	if err != nil {
		p.Add(name, err.Error())
	}
	return n
}
