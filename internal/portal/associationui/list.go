package associationui

import (
	"net/http"
	"strconv"
	"strings"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/member"
	"wardportal/internal/officer"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

type listView struct {
	Title  string
	AddURL string // "" = may not
	Rows   []branchRow
	Sum    string
	Note   string
}

type branchRow struct {
	Name, URL, Groups, Members, Head, Kind string
	Bare                                   bool // no head
}

func param(a authz.AssociationID) string { return strconv.FormatInt(int64(a), 10) }

func (p pages) list(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	desk, err := p.kit.Desk(r, authz.ReadAssociation)
	if err != nil {
		return kit.Reply{}, err
	}
	if desk.ID == 0 {
		return p.overview(r, tx)
	}
	branches, err := association.Branches(r.Context(), tx, desk.ID, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	census, err := member.CountAt(r.Context(), tx, desk.ID, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	people, err := officer.PublicInOffice(r.Context(), tx, desk.ID, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	ids, whole := tx.Who().BranchesOf(desk.ID, authz.ReadAssociation)
	v := listView{Title: "Chi hội của " + desk.Name}
	if authz.Can(tx.Who(), authz.WriteAssociation, authz.Of(desk.ID)) {
		v.AddURL = href.With(href.BranchAdd, "hoi", param(desk.ID))
	}
	for _, b := range branches {
		v.Rows = append(v.Rows, row(b, census, people, whole || has(ids, b.ID)))
	}
	if whole {
		v.Sum = vi.Int(len(branches)) + " chi hội, " + vi.Int(census.Members()) + " hội viên."
		if n := census.CountedMembers(); n > 0 {
			v.Note = "Trong đó " + vi.Int(n) + " người ở các chi hội chỉ quản lý theo số lượng: cộng vào tổng số hội viên, không tính vào số người không trùng."
		}
	}
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Branches, Trail: []string{desk.Name, "Chi hội"}}, listBody(v)), nil
}

func has(ids []authz.BranchID, id authz.BranchID) bool {
	for _, x := range ids {
		if x == id {
			return true
		}
	}
	return false
}

// row shows a branch; inside says whether its numbers may be seen.
func row(b association.Branch, census member.Census, people []officer.Public, inside bool) branchRow {
	v := branchRow{Name: b.Name, Groups: strings.Join(b.GroupNames, ", "), Bare: true}
	if v.Groups == "" {
		v.Groups = placeLabel(b.Place)
	}
	if !b.Listed {
		v.Kind = "Chỉ quản lý theo số lượng"
	}
	if inside {
		v.URL = href.Branch(b.ID)
		n, ok := census.InBranch(b.ID)
		if v.Members = vi.Int(n); !ok && !b.Listed {
			v.Members = "Chưa có số liệu"
		}
	}
	for _, o := range people {
		if o.Code == officer.HeadCode && o.BranchID != nil && *o.BranchID == b.ID {
			v.Head, v.Bare = o.Name, false
		}
	}
	return v
}

var places = []struct{ code, label string }{
	{"group", "Tổ dân phố"}, {"school", "Trường học"}, {"agency", "Cơ quan, đơn vị"}, {"clan", "Dòng họ"}, {"other", "Nơi khác"},
}

func placeLabel(code string) string {
	for _, p := range places {
		if p.code == code {
			return p.label
		}
	}
	return ""
}

// overview is what people of the ward see before they choose an association.
func (p pages) overview(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	branches, err := association.Branches(r.Context(), tx, 0, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	n := map[association.ID]int{}
	for _, b := range branches {
		n[b.AssociationID]++
	}
	var links []ui.Link
	for _, a := range p.kit.Desks(r, authz.ReadAssociation) {
		links = append(links, ui.Link{Label: a.Name + " (" + vi.Int(n[a.ID]) + " chi hội)", URL: href.BranchesOf(a.ID)})
	}
	return kit.Work(kit.WorkPage{Title: "Chi hội các hội", Active: href.Branches, Trail: []string{vi.Sentence(p.kit.FactsOf(r.Context()).Ward.Name), "Chi hội"}}, overviewBody(links)), nil
}
