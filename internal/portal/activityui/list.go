package activityui

import (
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"wardportal/internal/activity"
	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

const pageSize = 30

func (p pages) list(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	desk, err := p.kit.Desk(r, authz.ReadDiary)
	if err != nil {
		return kit.Reply{}, err
	}
	year := yearOf(r, tx.Today())
	f := activity.Filter{Association: desk.ID, Branch: kit.QueryID[authz.BranchID](r, "chi-hoi"), Removed: r.FormValue("da-bo") != ""}
	f.From, f.To = time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC)
	if k, ok := activity.KindByCode(r.FormValue("viec")); ok {
		f.Kinds = []string{k.Code}
	}
	entries, next, err := activity.List(r.Context(), tx, f, parseCursor(r.FormValue("sau")), pageSize)
	if err != nil {
		return kit.Reply{}, err
	}
	branches, err := branchesOf(r, tx, desk)
	if err != nil {
		return kit.Reply{}, err
	}
	v := p.listView(r, tx, desk, year, f, branches)
	for _, e := range entries {
		v.Rows = append(v.Rows, p.row(r, desk, e))
	}
	v.Pager = ui.PagerLinks{Label: "Trang sổ hoạt động"}
	if r.FormValue("sau") != "" {
		v.Pager.FirstURL = listURL(r, "")
	}
	if next != nil {
		v.Pager.NextURL = listURL(r, next.On.Format(time.DateOnly)+"_"+strconv.FormatInt(int64(next.ID), 10))
	}
	return kit.Work(kit.WorkPage{Title: "Sổ hoạt động", Active: href.Diary, Trail: trail(desk, "Sổ hoạt động")}, listBody(v)), nil
}

// trail is the sticky line: the association, if one is chosen, then the place.
func trail(a association.Association, rest ...string) []string {
	if a.ID == 0 {
		return append([]string{"Các hội"}, rest...)
	}
	return append([]string{a.Name}, rest...)
}

func yearOf(r *http.Request, today time.Time) int {
	y, err := strconv.Atoi(r.FormValue("nam"))
	if err != nil || y < 1990 || y > today.Year() {
		return today.Year()
	}
	return y
}

// parseCursor reads "2026-03-08_12"; nonsense is the beginning of the list.
func parseCursor(s string) *activity.Cursor {
	day, id, _ := strings.Cut(s, "_")
	on, err := time.Parse(time.DateOnly, day)
	n, err2 := strconv.ParseInt(id, 10, 64)
	if err != nil || err2 != nil || n < 1 {
		return nil
	}
	return &activity.Cursor{On: on, ID: activity.ID(n)}
}

// listURL is the address of the list with its filters as they are, after the cursor.
func listURL(r *http.Request, after string) string {
	return href.With(href.Diary, "hoi", r.FormValue("hoi"), "chi-hoi", r.FormValue("chi-hoi"), "viec", r.FormValue("viec"), "nam", r.FormValue("nam"), "da-bo", r.FormValue("da-bo"), "sau", after)
}

// branchesOf lists the branches that the person may write the diary of, in order.
func branchesOf(r *http.Request, tx *db.Tx, desk association.Association) ([]association.Branch, error) {
	if desk.ID == 0 {
		return nil, nil
	}
	all, err := association.Branches(r.Context(), tx, desk.ID, tx.Today())
	if err != nil {
		return nil, err
	}
	ids, whole := tx.Who().BranchesOf(desk.ID, authz.ReadDiary)
	var list []association.Branch
	for _, b := range all {
		for _, id := range ids {
			if b.ID == id {
				list = append(list, b)
			}
		}
	}
	if whole {
		return all, nil
	}
	return list, nil
}

type listView struct {
	AddURL     string // "" = may not write
	Lead       string
	Desks      ui.Choice // empty options: nothing to choose
	Branches   ui.Choice
	Kinds      ui.Choice
	Years      ui.Choice
	Removed    ui.Check
	Rows       []rowView
	Pager      ui.PagerLinks
	Ward       bool // rows name their association
	Filtered   bool
	FilterPath string
}

type rowView struct {
	Day, ISO, What, Note, Place, Amount, Money, URL string
	Association                                     string
	Removed                                         string // the reason, "" = in force
}

func (p pages) listView(r *http.Request, tx *db.Tx, desk association.Association, year int, f activity.Filter, branches []association.Branch) listView {
	v := listView{
		FilterPath: href.Diary, Ward: desk.ID == 0, Filtered: f.Kinds != nil || f.Branch != 0,
		Lead:    "Mỗi việc ghi một dòng, ngay hôm làm. Cuối năm, các dòng này tự cộng vào báo cáo.",
		Removed: ui.Check{Name: "da-bo", Label: "Hiện cả dòng đã bỏ", Checked: f.Removed},
		Years:   ui.Choice{Name: "nam", Label: "Năm", Value: strconv.Itoa(year)},
		Kinds:   ui.Choice{Name: "viec", Label: "Việc", Value: r.FormValue("viec"), Options: []ui.Option{{Label: "Mọi việc"}}},
	}
	if tx.Who().May(authz.WriteDiary) {
		v.AddURL = href.With(href.DiaryAdd, "hoi", deskParam(desk))
	}
	for y := tx.Today().Year(); y > tx.Today().Year()-6; y-- {
		v.Years.Options = append(v.Years.Options, ui.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	kinds := activity.Kinds
	if desk.ID != 0 {
		kinds = activity.KindsFor(association.KindCode(desk.Kind), year)
	}
	seen := map[string]bool{}
	for _, k := range kinds {
		if !seen[k.Label] {
			v.Kinds.Options = append(v.Kinds.Options, ui.Option{Value: k.Code, Label: k.Label})
		}
		seen[k.Label] = true
	}
	if desks := p.kit.Desks(r, authz.ReadDiary); len(desks) > 1 {
		v.Desks = ui.Choice{Name: "hoi", Label: "Hội", Value: deskParam(desk), Options: []ui.Option{{Label: "Tất cả các hội"}}}
		for _, a := range desks {
			v.Desks.Options = append(v.Desks.Options, ui.Option{Value: deskParam(a), Label: a.Name})
		}
	}
	if len(branches) > 1 {
		v.Branches = ui.Choice{Name: "chi-hoi", Label: "Chi hội", Value: r.FormValue("chi-hoi"), Options: branchOptions("Tất cả chi hội", branches)}
	}
	return v
}

func branchOptions(first string, branches []association.Branch) []ui.Option {
	var list []ui.Option
	if first != "" {
		list = append(list, ui.Option{Label: first})
	}
	for _, b := range branches {
		list = append(list, ui.Option{Value: strconv.FormatInt(int64(b.ID), 10), Label: b.Name})
	}
	return list
}

func deskParam(a association.Association) string {
	if a.ID == 0 {
		return ""
	}
	return strconv.FormatInt(int64(a.ID), 10)
}

func (p pages) row(r *http.Request, desk association.Association, e activity.Entry) rowView {
	k := kindOf(e)
	v := rowView{
		Day: vi.ShortDate(e.HappenedOn), ISO: e.HappenedOn.Format(time.DateOnly), What: k.Label, Note: short(e.Note), Place: e.BranchName,
		Amount: vi.Int(e.Quantity) + "\u00a0" + k.Unit, URL: href.Entry(e.ID), Removed: e.RemovedReason,
	}
	if v.Place == "" {
		v.Place = "Toàn hội"
	}
	if utf8.RuneCountInString(v.Place) <= 12 {
		v.Place = strings.ReplaceAll(v.Place, " ", "\u00a0") // "Chi hội 3" is one thing
	}
	if e.People > 0 {
		v.Amount += ", " + vi.Int(e.People) + "\u00a0người"
	}
	if e.Amount > 0 {
		v.Money = vi.Dong(e.Amount)
	}
	if desk.ID == 0 {
		a, _ := p.kit.FactsOf(r.Context()).Association(e.AssociationID)
		v.Association = a.Name
	}
	return v
}

// kindOf is the entry's kind; one that this program no longer knows keeps its code as its name.
func kindOf(e activity.Entry) activity.Kind {
	if k, ok := activity.KindByCode(e.Kind); ok {
		return k
	}
	return activity.Kind{Code: e.Kind, Label: "Việc khác", Unit: "lượt"}
}

// short cuts a note for the list; the whole stands on the entry's page.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 90 {
		return strings.TrimSpace(string(r[:88])) + "…"
	}
	return s
}
