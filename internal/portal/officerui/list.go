package officerui

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/officer"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// list shows one association, or for people of the ward who have not chosen one, all of them at a glance.
func (p pages) list(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	desk, err := p.kit.Desk(r, authz.ReadOfficers)
	if err != nil {
		return kit.Reply{}, err
	}
	if desk.ID == 0 {
		return p.overview(r, tx)
	}
	if !authz.Can(tx.Who(), authz.ReadOfficers, authz.Of(desk.ID)) {
		return p.names(r, tx, desk)
	}
	people, err := officer.InOffice(r.Context(), tx, desk.ID, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	past, err := officer.History(r.Context(), tx, desk.ID)
	if err != nil {
		return kit.Reply{}, err
	}
	branches, err := association.Branches(r.Context(), tx, desk.ID, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	terms, err := officer.Terms(r.Context(), tx, desk.ID)
	if err != nil {
		return kit.Reply{}, err
	}
	log, err := officer.Timeline(r.Context(), tx, desk.ID, 8)
	if err != nil {
		return kit.Reply{}, err
	}
	v := listView{Title: "Cán bộ " + desk.Name, MayWrite: authz.Can(tx.Who(), authz.WriteOfficers, authz.Of(desk.ID)), Desk: param(desk.ID)}
	v.Term = termView(terms, tx.Today(), v.MayWrite, desk.ID)
	v.Bodies = bodies(people, v.MayWrite)
	v.Branches = branchRows(branches, people, v.MayWrite, desk.ID)
	v.Past = pastRows(past, tx.Today())
	v.Ahead = aheadRows(past, tx.Today(), v.MayWrite)
	for _, h := range log {
		v.Events = append(v.Events, event(h))
	}
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Officers, Trail: []string{desk.Name, "Cán bộ"}}, listBody(v)), nil
}

func event(h officer.Happening) ui.Event {
	by := h.ByName
	if h.OnBehalf {
		by += " (nhập thay)"
	}
	return ui.Event{ISO: h.At.Format(time.RFC3339), When: vi.ShortDateTime(h.At), Text: h.Sentence + " – " + by}
}

func param(a authz.AssociationID) string { return strconv.FormatInt(int64(a), 10) }

type listView struct {
	Title, Desk string
	MayWrite    bool
	Term        termBox
	Bodies      []bodyView
	Branches    []branchView
	Ahead, Past []personView
	Events      []ui.Event
}

type termBox struct {
	Name, Sentence string
	Links          []ui.Link
}

type bodyView struct {
	ID, Name string
	People   []personView
}

type personView struct {
	Name, Title, Since, Until, Why string
	EndURL                         string // "" = may not
}

type branchView struct {
	Name    string
	Head    *personView
	Others  []personView
	FillURL string // where a head is appointed; "" = may not, or there is one
}

// termView says which term runs and until when.
func termView(terms []officer.Term, today time.Time, write bool, a authz.AssociationID) termBox {
	box := termBox{Name: "Chưa ghi nhiệm kỳ", Sentence: "Ghi nhiệm kỳ để biết khi nào đến hạn đại hội."}
	for i := range terms { // the newest first
		t := terms[i]
		if t.StartsOn.After(today) {
			continue
		}
		box.Name = t.Name
		box.Sentence = fmt.Sprintf("Từ %s đến hết ngày %s.", vi.ShortDate(t.StartsOn), vi.ShortDate(t.EndsOn.AddDate(0, 0, -1)))
		if t.DecisionNo != "" {
			box.Sentence += " Công nhận theo Quyết định số " + t.DecisionNo
			if t.DecisionOn != nil {
				box.Sentence += " ngày " + vi.ShortDate(*t.DecisionOn)
			}
			if t.Authority != "" {
				box.Sentence += " của " + t.Authority
			}
			box.Sentence += "."
		}
		if write {
			box.Links = append(box.Links, ui.Link{Label: "Sửa nhiệm kỳ", URL: href.Term(t.ID)})
		}
		break
	}
	if write {
		box.Links = append(box.Links, ui.Link{Label: "Mở nhiệm kỳ mới", URL: href.With(href.Terms, "hoi", param(a))})
	}
	return box
}

func view(a officer.Appointment, write bool) personView {
	v := personView{Name: a.PersonName, Title: a.Title, Since: vi.ShortDate(a.StartsOn)}
	if a.Acting {
		v.Title = "Phụ trách " + a.Title
	}
	if a.EndsOn != nil {
		v.Until = vi.ShortDate(*a.EndsOn)
	}
	if a.Ended != nil {
		v.Why = a.Ended.Label()
	}
	if write && a.EndsOn == nil {
		v.EndURL = href.OfficerEnd(a.ID)
	}
	return v
}

// order of the bodies on the page; offices of branches stand in a table of their own.
var bodyOrder = []string{association.BodyBTV, association.BodyBCH, association.BodyBKT, association.BodyOther}

func bodies(people []officer.Appointment, write bool) []bodyView {
	var list []bodyView
	for i, code := range bodyOrder {
		b := bodyView{ID: "ban-" + strconv.Itoa(i+1), Name: association.BodyName(code)}
		for _, a := range people {
			if a.Body == code && a.BranchID == nil {
				b.People = append(b.People, view(a, write))
			}
		}
		if len(b.People) > 0 {
			list = append(list, b)
		}
	}
	return list
}

func branchRows(branches []association.Branch, people []officer.Appointment, write bool, a authz.AssociationID) []branchView {
	list := make([]branchView, 0, len(branches))
	for _, b := range branches {
		row := branchView{Name: b.Name}
		for _, p := range people {
			if p.BranchID == nil || *p.BranchID != b.ID {
				continue
			}
			if v := view(p, write); p.Code == officer.HeadCode && row.Head == nil {
				row.Head = &v
			} else {
				row.Others = append(row.Others, v)
			}
		}
		if row.Head == nil && write {
			row.FillURL = href.With(href.OfficerAdd, "hoi", param(a), "office", officer.HeadCode, "branch", strconv.FormatInt(int64(b.ID), 10))
		}
		list = append(list, row)
	}
	return list
}

func placed(a officer.Appointment, write bool) personView {
	v := view(a, write)
	if a.BranchName != "" {
		v.Title += ", " + a.BranchName
	}
	return v
}

func pastRows(all []officer.Appointment, today time.Time) []personView {
	var list []personView
	for _, a := range all {
		if a.EndsOn != nil && !a.EndsOn.After(today) {
			list = append(list, placed(a, false))
		}
	}
	return list
}

func aheadRows(all []officer.Appointment, today time.Time, write bool) []personView {
	var list []personView
	for _, a := range all {
		if a.StartsOn.After(today) {
			list = append(list, placed(a, write))
		}
	}
	return list
}

// names is what the head of a branch sees: who is in office, as every resident may.
func (p pages) names(r *http.Request, tx *db.Tx, desk association.Association) (kit.Reply, error) {
	people, err := officer.PublicInOffice(r.Context(), tx, desk.ID, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	table := ui.SimpleTable{Caption: "Đang giữ chức", HideCaption: true, Cards: true, Cols: []ui.Col{{Label: "Họ và tên"}, {Label: "Chức danh"}, {Label: "Từ ngày"}}}
	for _, o := range people {
		title := o.Title
		if o.BranchName != "" {
			title += ", " + o.BranchName
		}
		table.Rows = append(table.Rows, []string{o.Name, title, vi.ShortDate(o.StartsOn)})
	}
	return kit.Work(kit.WorkPage{Title: "Cán bộ " + desk.Name, Active: href.Officers, Trail: []string{desk.Name, "Cán bộ"}}, namesBody("Cán bộ "+desk.Name, table)), nil
}

type overviewRow struct {
	Name, URL, Committee, Headless, Term string
	Short, Bare                          bool
}

func (p pages) overview(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	board, err := officer.Vacancies(r.Context(), tx, 0, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	terms, err := officer.Terms(r.Context(), tx, 0)
	if err != nil {
		return kit.Reply{}, err
	}
	headless := map[authz.AssociationID]int{}
	for _, v := range board.Branches {
		headless[v.Association]++
	}
	committees := map[authz.AssociationID]officer.Committee{}
	for _, c := range board.Committees {
		committees[c.Association] = c
	}
	var rows []overviewRow
	for _, a := range p.kit.FactsOf(r.Context()).Associations {
		c := committees[a.ID]
		row := overviewRow{Name: a.Name, URL: href.OfficersOf(a.ID), Committee: seats(c), Short: c.Vacant > 0, Bare: headless[a.ID] > 0, Headless: vi.Int(headless[a.ID])}
		own := make([]officer.Term, 0, 2)
		for _, t := range terms {
			if t.AssociationID == a.ID {
				own = append(own, t)
			}
		}
		row.Term = termView(own, tx.Today(), false, a.ID).Name
		rows = append(rows, row)
	}
	return kit.Work(kit.WorkPage{Title: "Cán bộ các hội", Active: href.Officers, Trail: []string{vi.Sentence(p.kit.FactsOf(r.Context()).Ward.Name), "Cán bộ"}}, overviewBody(rows)), nil
}

// seats writes how many are in office against the quota: "13/15".
func seats(c officer.Committee) string {
	if c.Quota == 0 {
		return vi.Int(c.InOffice)
	}
	return vi.Int(c.InOffice) + "/" + vi.Int(c.Quota)
}
