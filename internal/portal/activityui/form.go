package activityui

import (
	"net/http"
	"strconv"
	"time"

	"wardportal/internal/activity"
	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// parse reads the form; names of the fields are those of the domain, so that its complaints find them.
func parse(r *http.Request) (activity.Details, error) {
	var p fault.Problems
	in := activity.Details{
		Branch: kit.QueryID[authz.BranchID](r, "branch"), HappenedOn: kit.Day(r, "happened_on", &p), Kind: r.FormValue("kind"),
		Quantity: kit.Whole(r, "quantity", &p), People: kit.Whole(r, "people", &p), Amount: kit.Dong(r, "amount", &p),
		Source: activity.Source(r.FormValue("source")), ForWhom: activity.ForWhom(r.FormValue("for_whom")), Note: kit.Lines(r, "note"),
	}
	return in, p.Err()
}

type formView struct {
	Title, Action, Submit string
	Back                  ui.Link
	Errors                ui.Errors
	Hidden                []ui.Pair
	Version               string
	Kind                  ui.Choice // options only where the kind may be changed
	Date                  ui.Date
	Branch                ui.Choice
	Quantity              ui.Input
	People, Amount        *ui.Input
	Source                *ui.Choice
	ForWhom               ui.Choice
	Note                  ui.Input
	Feeds                 []string
}

// typed is what stands in the boxes: from the entry, or as it was posted.
type typed struct {
	quantity, people, amount, source, whom, note, branch string
	date                                                 ui.Date
}

func fresh(tx *db.Tx, branches []association.Branch) typed {
	t := typed{quantity: "1", whom: "none", date: dateBoxes(tx.Today())}
	if len(branches) == 1 {
		t.branch = strconv.FormatInt(int64(branches[0].ID), 10)
	}
	return t
}

func dateBoxes(d time.Time) ui.Date {
	return ui.Date{Name: "happened_on", Day: strconv.Itoa(d.Day()), Month: strconv.Itoa(int(d.Month())), Year: strconv.Itoa(d.Year())}
}

func posted(r *http.Request) typed {
	return typed{
		quantity: r.PostFormValue("quantity"), people: r.PostFormValue("people"), amount: r.PostFormValue("amount"), source: r.PostFormValue("source"),
		whom: r.PostFormValue("for_whom"), note: r.PostFormValue("note"), branch: r.PostFormValue("branch"), date: kit.DateInput(r, ui.Date{Name: "happened_on"}),
	}
}

func stored(e activity.Entry) typed {
	t := typed{quantity: vi.Int(e.Quantity), source: string(e.Source), whom: string(e.ForWhom), note: e.Note, date: dateBoxes(e.HappenedOn)}
	if e.People > 0 {
		t.people = vi.Int(e.People)
	}
	if e.Amount > 0 {
		t.amount = vi.Int(e.Amount)
	}
	if e.BranchID != nil {
		t.branch = strconv.FormatInt(int64(*e.BranchID), 10)
	}
	return t
}

// boxes builds the boxes that the kind asks for.
func boxes(k activity.Kind, t typed, branches []association.Branch, whole bool, errs ui.Errors) formView {
	v := formView{Errors: errs, Feeds: feeds(k)}
	v.Date = t.date
	v.Date.Label, v.Date.Error = "Ngày làm", errs.For("happened_on")
	v.Quantity = ui.Input{Name: "quantity", Label: "Số " + k.Unit, Value: t.quantity, Width: "5", InputMode: "numeric", Error: errs.For("quantity")}
	if k.PeopleLabel != "" {
		v.People = &ui.Input{Name: "people", Label: k.PeopleLabel, Hint: "Để trống nếu không đếm.", Value: t.people, Width: "5", InputMode: "numeric", Error: errs.For("people")}
	}
	if k.Money {
		v.Amount = &ui.Input{Name: "amount", Label: "Số tiền (đồng)", Hint: "Cả số tiền của việc này. Để trống nếu không có tiền, quà.", Value: t.amount, Width: "10", InputMode: "numeric", Error: errs.For("amount")}
		v.Source = &ui.Choice{Name: "source", Label: "Tiền lấy từ đâu", Value: t.source, Error: errs.For("source"), Inline: true}
		for _, s := range activity.Sources {
			v.Source.Options = append(v.Source.Options, ui.Option{Value: string(s), Label: s.Label()})
		}
	}
	v.ForWhom = ui.Choice{Name: "for_whom", Label: "Cho ai", Value: t.whom, Error: errs.For("for_whom")}
	for _, w := range activity.Whom {
		v.ForWhom.Options = append(v.ForWhom.Options, ui.Option{Value: string(w), Label: w.Label()})
	}
	first := ""
	if whole {
		first = "Toàn hội"
	}
	v.Branch = ui.Choice{Name: "branch", Label: "Của", Value: t.branch, Error: errs.For("branch"), Options: branchOptions(first, branches)}
	v.Note = ui.Input{Name: "note", Label: "Ghi chú", Hint: "Không ghi bệnh tật, chế độ của ai.", Value: t.note, Rows: 3, Error: errs.For("note"), Spell: true}
	return v
}

func (p pages) addForm(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.addPage(r, tx, nil) }

// addPage asks one thing a screen: for which association, what kind of work, then the few boxes of that kind.
func (p pages) addPage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	desk, err := p.kit.Desk(r, authz.WriteDiary)
	if err != nil {
		return kit.Reply{}, err
	}
	page := kit.WorkPage{Title: "Ghi việc mới", Active: href.Diary, Trail: trail(desk, "Sổ hoạt động", "Ghi việc mới"), Failed: failed != nil}
	if desk.ID == 0 {
		return kit.Work(page, chooseBody(p.chooseDesk(r))), nil
	}
	k, ok := activity.KindByCode(r.FormValue("kind"))
	if !ok || !k.For(association.KindCode(desk.Kind), tx.Today().Year()) && r.Method == http.MethodGet {
		return kit.Work(page, chooseBody(chooseKind(desk, tx.Today().Year(), kit.Errors(failed)))), nil
	}
	branches, whole, err := writable(r, tx, desk)
	if err != nil {
		return kit.Reply{}, err
	}
	t := fresh(tx, branches)
	if failed != nil {
		t = posted(r)
	}
	v := boxes(k, t, branches, whole, kit.Errors(failed))
	v.Title, v.Action, v.Submit = k.Label, href.DiaryAdd, "Lưu vào sổ"
	v.Back = ui.Link{Label: "Chọn việc khác", URL: href.With(href.DiaryAdd, "hoi", deskParam(desk))}
	v.Hidden = []ui.Pair{{Name: "hoi", Value: deskParam(desk)}, {Name: "kind", Value: k.Code}}
	return kit.Work(page, formBody(v)), nil
}

// writable lists the branches whose diary the person may write; whole says that the association's own is open too.
func writable(r *http.Request, tx *db.Tx, desk association.Association) ([]association.Branch, bool, error) {
	branches, err := branchesOf(r, tx, desk)
	return branches, authz.Can(tx.Who(), authz.WriteDiary, authz.Of(desk.ID)), err
}

type chooseView struct {
	Title, Lead string
	Errors      ui.Errors
	Groups      []chooseGroup
}

type chooseGroup struct {
	ID, Title string
	Links     []ui.Link
}

func (p pages) chooseDesk(r *http.Request) chooseView {
	g := chooseGroup{}
	for _, a := range p.kit.Desks(r, authz.WriteDiary) {
		g.Links = append(g.Links, ui.Link{Label: a.Name, URL: href.With(href.DiaryAdd, "hoi", deskParam(a))})
	}
	return chooseView{Title: "Ghi việc cho hội nào?", Groups: []chooseGroup{g}}
}

func chooseKind(desk association.Association, year int, errs ui.Errors) chooseView {
	v := chooseView{Title: "Ghi việc gì?", Errors: errs}
	for _, k := range activity.KindsFor(association.KindCode(desk.Kind), year) {
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Title != k.Group {
			v.Groups = append(v.Groups, chooseGroup{ID: "nhom-" + strconv.Itoa(n+1), Title: k.Group})
		}
		g := &v.Groups[len(v.Groups)-1]
		g.Links = append(g.Links, ui.Link{Label: k.Label, URL: href.With(href.DiaryAdd, "hoi", deskParam(desk), "kind", k.Code)})
	}
	return v
}

func (p pages) add(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	again := func(err error) (kit.Reply, error) {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.addPage(r, tx, err) })
	}
	desk, err := p.kit.Desk(r, authz.WriteDiary)
	if err != nil {
		return kit.Reply{}, err
	}
	if desk.ID == 0 {
		return again(fault.At("hoi", "Chọn hội."))
	}
	in, err := parse(r)
	if err != nil {
		return again(err)
	}
	id, err := activity.Add(r.Context(), tx, desk.ID, in)
	if err != nil {
		return again(err)
	}
	k, _ := activity.KindByCode(in.Kind)
	return kit.Redirect(href.Entry(id)).Flash(ui.Good, "Đã ghi vào sổ: "+k.Label+", ngày "+vi.ShortDate(in.HappenedOn)+"."), nil
}
