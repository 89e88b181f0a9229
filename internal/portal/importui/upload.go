package importui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

var steps = []string{"Chọn tệp", "Ghép cột", "Xem lại", "Ghi vào danh sách"}

type chooseView struct {
	Back, Action, OnBehalf string
	Errors                 ui.Errors
	Desks                  ui.Choice // the official says for whom
	Desk                   string    // the association's id, where there is no choice
	File                   ui.Input
	Recent                 []recentView
}

type recentView struct {
	URL, File, When, What string
	Tag                   ui.TagView
}

func (p pages) choose(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	return p.chooseAgain(nil)(r, tx)
}

// chooseAgain is the first page, after err or without.
func (p pages) chooseAgain(err error) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		desk, err2 := p.kit.Desk(r, authz.ImportRoster)
		if err2 != nil {
			return kit.Reply{}, err2
		}
		recent, err2 := member.RecentImports(r.Context(), tx, desk.ID, 10)
		if err2 != nil {
			return kit.Reply{}, err2
		}
		errs := kit.Errors(err)
		v := chooseView{
			Back: href.With(href.Members, kit.AssociationParam, hoi(desk)), Action: href.MemberImport, Errors: errs, Desk: hoi(desk),
			File: ui.Input{
				Name: member.FieldFile, Label: "Tệp danh sách", Error: errs.For(member.FieldFile), Accept: ".xlsx,.xls,.ods,.csv",
				Hint: "Tệp Excel, OpenDocument hoặc CSV, tối đa " + strconv.Itoa(maxMB) + " MB. Không cần sửa gì trong tệp: phông chữ cũ, tiêu đề nhiều dòng, dòng cộng, chữ ký đều được nhận ra.",
			},
		}
		if desks := p.kit.Desks(r, authz.ImportRoster); len(desks) > 1 {
			v.Desks = deskChoice(desks, hoi(desk), errs)
			v.Desk = ""
		}
		if authz.OnBehalf(tx.Who(), authz.Of(desk.ID)) {
			v.OnBehalf = "Ông/bà đang nhập thay cho hội. Dòng thời gian của từng hội viên sẽ ghi rõ điều này."
		}
		for _, run := range recent {
			v.Recent = append(v.Recent, recentOf(run))
		}
		return p.page(desk, "Nhập từ tệp Excel", len(errs) > 0, chooseBody(v)), nil
	}
}

func hoi(a association.Association) string {
	if a.ID == 0 {
		return ""
	}
	return strconv.FormatInt(int64(a.ID), 10)
}

func deskChoice(desks []association.Association, chosen string, errs ui.Errors) ui.Choice {
	c := ui.Choice{Name: kit.AssociationParam, Label: "Danh sách của hội", Value: chosen, Error: errs.For(kit.AssociationParam), Options: []ui.Option{{Label: "Chọn hội…"}}}
	for _, d := range desks {
		c.Options = append(c.Options, ui.Option{Value: hoi(d), Label: d.Name})
	}
	return c
}

func recentOf(run member.Import) recentView {
	v := recentView{URL: href.Import(int64(run.ID)), File: run.FileName, When: vi.ShortDateTime(run.CreatedAt) + ", " + run.ByName}
	switch run.State {
	case member.ImportApplied:
		v.Tag = ui.TagView{Tone: ui.Good, Text: "Đã ghi"}
	case member.ImportUndone:
		v.Tag = ui.TagView{Tone: ui.Grey, Text: "Đã hoàn tác"}
	default:
		v.Tag = ui.TagView{Tone: ui.Warn, Text: "Đang xem lại"}
	}
	v.What = vi.Int(run.Counts[member.OutcomeNew]) + " mới, " + vi.Int(run.Counts[member.OutcomeChanged]) + " thay đổi"
	return v
}

// page is a page of the job, in the workplace of the association.
func (p pages) page(desk association.Association, title string, failed bool, body kit.View) kit.Reply {
	trail := []string{"Hội viên", "Nhập từ Excel"}
	if desk.ID != 0 {
		trail = append([]string{desk.Name}, trail...)
	}
	return kit.Work(kit.WorkPage{Title: title, Active: href.Members, Trail: trail, Failed: failed}, body)
}

// upload reads the file outside any transaction and stores its plan.
func (p pages) upload(r *http.Request, s *kit.Steps) (kit.Reply, error) {
	desk, err := p.kit.Desk(r, authz.ImportRoster)
	if err != nil {
		return kit.Reply{}, err
	}
	if desk.ID == 0 {
		return s.Redo(fault.At(kit.AssociationParam, "Chọn hội có danh sách này."), p.chooseAgain(fault.At(kit.AssociationParam, "Chọn hội có danh sách này.")))
	}
	name, data, err := fileOf(r)
	if err != nil {
		return s.Redo(err, p.chooseAgain(err))
	}
	var o member.SheetOptions
	if err := s.Read(func(ctx context.Context, tx *db.Tx) (err error) {
		o, err = member.ImportOptions(ctx, tx, desk.ID)
		return err
	}); err != nil {
		return kit.Reply{}, err
	}
	draft, err := member.ReadRoster(r.Context(), bytes.NewReader(data), int64(len(data)), o)
	if err != nil {
		return s.Redo(err, p.chooseAgain(err))
	}
	return s.Once(func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		id, err := member.SaveImport(r.Context(), tx, p.keys, o, member.NewImport{Association: desk.ID, FileName: name, Data: data, Draft: draft})
		return kit.Redirect(href.ImportDo(int64(id), "cot")), err
	})
}

func fileOf(r *http.Request) (name string, data []byte, err error) {
	f, err := kit.UploadOf(r, member.FieldFile)
	if err != nil {
		return "", nil, err
	}
	if f == nil {
		return "", nil, fault.At(member.FieldFile, "Chọn tệp danh sách. Tệp rỗng không đọc được.")
	}
	data, err = io.ReadAll(f)
	return f.Name, data, errors.Join(err, f.Close())
}

// load reads the run of the address and its association.
func (p pages) load(r *http.Request, tx *db.Tx) (member.Import, association.Association, error) {
	id, err := kit.PathID[member.ImportID](r, "id")
	if err != nil {
		return member.Import{}, association.Association{}, err
	}
	run, err := member.GetImport(r.Context(), tx, id)
	if err != nil {
		return member.Import{}, association.Association{}, err
	}
	desk, ok := p.kit.FactsOf(r.Context()).Association(run.AssociationID)
	if !ok {
		return member.Import{}, association.Association{}, fault.Missing()
	}
	return run, desk, nil
}
