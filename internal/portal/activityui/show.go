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
	"wardportal/internal/report"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

type showView struct {
	Title   string
	Back    ui.Link
	Removed string // the sentence about its removal
	Rows    []ui.SummaryRow
	Feeds   []string // labels of the rows of the report
	Actions []ui.Action
	Events  []ui.Event
}

// feeds names the rows of the report that entries of the kind make up, in words.
func feeds(k activity.Kind) []string {
	var list []string
	for _, code := range k.Feeds() {
		if ind, ok := report.ByCode(code); ok {
			list = append(list, ind.Label)
		}
	}
	return list
}

func (p pages) load(r *http.Request, tx *db.Tx) (activity.Entry, association.Association, error) {
	id, err := kit.PathID[authz.ActivityID](r, "id")
	if err != nil {
		return activity.Entry{}, association.Association{}, err
	}
	e, err := activity.Get(r.Context(), tx, id)
	a, _ := p.kit.FactsOf(r.Context()).Association(e.AssociationID)
	return e, a, err
}

func mayWrite(tx *db.Tx, e activity.Entry) bool {
	scope := authz.Of(e.AssociationID)
	if e.BranchID != nil {
		scope = authz.At(e.AssociationID, *e.BranchID)
	}
	return e.RemovedAt == nil && authz.Can(tx.Who(), authz.WriteDiary, scope)
}

func (p pages) show(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	e, a, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	log, err := activity.EntryTimeline(r.Context(), tx, e.ID)
	if err != nil {
		return kit.Reply{}, err
	}
	k := kindOf(e)
	v := showView{Title: k.Label, Back: ui.Link{Label: "Sổ hoạt động", URL: href.With(href.Diary, "hoi", deskParam(a))}, Rows: summary(e, k), Feeds: feeds(k)}
	if e.RemovedAt != nil {
		v.Removed = "Dòng này đã bỏ ngày " + vi.ShortDate(*e.RemovedAt) + ", không tính vào báo cáo. Lý do: " + e.RemovedReason + "."
	}
	if mayWrite(tx, e) {
		v.Actions = []ui.Action{
			{Label: "Ghi việc tiếp theo", URL: href.With(href.DiaryAdd, "hoi", deskParam(a))},
			{Label: "Sửa", URL: href.EntryDo(e.ID, "sua"), Kind: ui.Secondary, Icon: "pencil"},
			{Label: "Bỏ dòng này", URL: href.EntryDo(e.ID, "bo"), Kind: ui.Danger},
		}
	}
	for _, h := range log {
		by := h.ByName
		if h.OnBehalf {
			by += " (nhập thay)"
		}
		v.Events = append(v.Events, ui.Event{ISO: h.At.Format(time.RFC3339), When: vi.ShortDateTime(h.At), Text: h.Sentence + " – " + by})
	}
	return kit.Work(kit.WorkPage{Title: k.Label, Active: href.Diary, Trail: trail(a, "Sổ hoạt động", vi.ShortDate(e.HappenedOn))}, showBody(v)), nil
}

func summary(e activity.Entry, k activity.Kind) []ui.SummaryRow {
	place := e.BranchName
	if place == "" {
		place = "Toàn hội"
	}
	rows := []ui.SummaryRow{{Key: "Ngày làm", Value: vi.ShortDate(e.HappenedOn)}, {Key: "Của", Value: place}, {Key: "Số " + k.Unit, Value: vi.Int(e.Quantity)}}
	if k.PeopleLabel != "" && e.People > 0 {
		rows = append(rows, ui.SummaryRow{Key: k.PeopleLabel, Value: vi.Int(e.People)})
	}
	if e.Amount > 0 {
		rows = append(rows, ui.SummaryRow{Key: "Số tiền", Value: vi.Dong(e.Amount)}, ui.SummaryRow{Key: "Nguồn tiền", Value: e.Source.Label()})
	}
	if e.ForWhom != "none" {
		rows = append(rows, ui.SummaryRow{Key: "Cho ai", Value: e.ForWhom.Label()})
	}
	if e.Note != "" {
		rows = append(rows, ui.SummaryRow{Key: "Ghi chú", Value: e.Note})
	}
	return append(rows, ui.SummaryRow{Key: "Người ghi", Value: e.CreatedBy + ", " + vi.ShortDateTime(e.CreatedAt)})
}

func (p pages) changeForm(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	return p.changePage(r, tx, nil)
}

func (p pages) changePage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	e, a, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	if !mayWrite(tx, e) {
		return kit.Redirect(href.Entry(e.ID)), nil
	}
	branches, whole, err := writable(r, tx, a)
	if err != nil {
		return kit.Reply{}, err
	}
	k, t, version := kindOf(e), stored(e), e.Version
	if failed != nil {
		t = posted(r)
		if pk, ok := activity.KindByCode(r.PostFormValue("kind")); ok {
			k = pk
		}
		if v, err := kit.Version(r); err == nil {
			version = v
		}
	}
	v := boxes(k, t, branches, whole, kit.Errors(failed))
	v.Title, v.Action, v.Submit = "Sửa dòng sổ", href.EntryDo(e.ID, "sua"), "Lưu thay đổi"
	v.Back, v.Version = ui.Link{Label: "Quay lại dòng sổ", URL: href.Entry(e.ID)}, strconv.Itoa(version)
	v.Kind = ui.Choice{Name: "kind", Label: "Việc", Value: k.Code, Error: v.Errors.For("kind")}
	for _, k := range activity.KindsFor(association.KindCode(a.Kind), e.HappenedOn.Year()) {
		v.Kind.Options = append(v.Kind.Options, ui.Option{Value: k.Code, Label: k.Label})
	}
	return kit.Work(kit.WorkPage{Title: "Sửa dòng sổ", Active: href.Diary, Trail: trail(a, "Sổ hoạt động", "Sửa"), Failed: failed != nil}, formBody(v)), nil
}

func (p pages) change(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	again := func(err error) (kit.Reply, error) {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.changePage(r, tx, err) })
	}
	e, _, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	version, err := kit.Version(r)
	if err != nil {
		return kit.Reply{}, err
	}
	in, err := parse(r)
	if err != nil {
		return again(err)
	}
	if kit.Settles(r) {
		if in, err = p.settled(r, tx, e, in); err != nil {
			return kit.Redo(err, p.conflictPage)
		}
	}
	switch err := activity.Change(r.Context(), tx, e.ID, version, in); {
	case fault.Is(err, fault.Conflict) && e.RemovedAt == nil:
		return kit.Redo(err, p.conflictPage)
	case err != nil:
		return again(err)
	}
	return kit.Redirect(href.Entry(e.ID)).Flash(ui.Good, "Đã lưu thay đổi."), nil
}

type removeView struct {
	Action, Version, What string
	Back                  ui.Link
	Errors                ui.Errors
	Reason                string
}

func (p pages) removeForm(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	return p.removePage(r, tx, nil)
}

func (p pages) removePage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	e, a, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	if !mayWrite(tx, e) {
		return kit.Redirect(href.Entry(e.ID)), nil
	}
	k := kindOf(e)
	v := removeView{
		Action: href.EntryDo(e.ID, "bo"), Version: strconv.Itoa(e.Version), Back: ui.Link{Label: "Quay lại dòng sổ", URL: href.Entry(e.ID)}, Errors: kit.Errors(failed),
		What: k.Label + ", ngày " + vi.ShortDate(e.HappenedOn) + ", " + vi.Int(e.Quantity) + " " + k.Unit,
	}
	if failed != nil {
		v.Reason, v.Version = r.PostFormValue("reason"), r.PostFormValue("version")
	}
	return kit.Work(kit.WorkPage{Title: "Bỏ dòng sổ", Active: href.Diary, Trail: trail(a, "Sổ hoạt động", "Bỏ"), Failed: failed != nil}, removeBody(v)), nil
}

func (p pages) remove(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	e, a, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	version, err := kit.Version(r)
	if err != nil {
		return kit.Reply{}, err
	}
	if err := activity.Remove(r.Context(), tx, e.ID, version, kit.Text(r, "reason")); err != nil {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.removePage(r, tx, err) })
	}
	return kit.Redirect(href.With(href.Diary, "hoi", deskParam(a))).Flash(ui.Good, "Đã bỏ dòng sổ. Dòng này vẫn xem được khi chọn “Hiện cả dòng đã bỏ”."), nil
}
