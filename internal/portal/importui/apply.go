package importui

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/sheet"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

type confirmView struct {
	Back, Action, Version, Title, Button string
	Lines                                []string
	OnBehalf                             string
	Danger                               bool
	Errors                               ui.Errors
}

// confirm says in numbers what writing will do.
func (p pages) confirm(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	return p.confirmAgain(nil)(r, tx)
}

func (p pages) confirmAgain(err error) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		run, desk, err2 := p.load(r, tx)
		if err2 != nil {
			return kit.Reply{}, err2
		}
		if run.State != member.ImportPlanned {
			return kit.Redirect(href.Import(int64(run.ID))), nil
		}
		c, err2 := member.CountImport(r.Context(), tx, run.ID)
		if err2 != nil {
			return kit.Reply{}, err2
		}
		v := confirmView{
			Back: href.Import(int64(run.ID)), Action: href.ImportDo(int64(run.ID), "ghi"), Version: strconv.Itoa(run.Version), OnBehalf: onBehalf(tx.Who(), desk),
			Title: "Ghi vào danh sách " + desk.Name + "?", Button: "Ghi " + vi.Int(c.New+c.Changed) + " thay đổi vào danh sách", Errors: kit.Errors(err),
			Lines: []string{"Thêm " + vi.Int(c.New) + " người.", "Sửa " + vi.Int(c.Changed) + " người.", "Giữ nguyên " + vi.Int(c.Same) + " người."},
		}
		if left := c.Ask + c.Wrong + c.Repeat + c.Skipped; left > 0 {
			v.Lines = append(v.Lines, "Không ghi "+vi.Int(left)+" dòng còn lại của tệp.")
		}
		if c.Warned > 0 {
			v.Lines = append(v.Lines, vi.Int(c.Warned)+" dòng sẽ ghi có điểm cần để ý (mục “Cần xem”).")
		}
		v.Lines = append(v.Lines, "Có thể hoàn tác cả tệp trong 7 ngày.")
		return p.page(desk, v.Title, err != nil, confirmBody(v)), nil
	}
}

// apply executes the plan exactly as it was shown.
func (p pages) apply(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	run, desk, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	version, err := kit.Version(r)
	if err != nil {
		return kit.Reply{}, err
	}
	c, err := member.CountImport(r.Context(), tx, run.ID)
	if err != nil {
		return kit.Reply{}, err
	}
	if run.State == member.ImportPlanned && c.New+c.Changed == 0 {
		return kit.Redo(errNothing, p.confirmAgain(errNothing))
	}
	done, err := member.ApplyImport(r.Context(), tx, p.keys, run.ID, version)
	if fault.Is(err, fault.Conflict) && run.State == member.ImportPlanned {
		return kit.Redo(err, p.confirmAgain(err))
	}
	if err != nil {
		return kit.Reply{}, err
	}
	return kit.Redirect(href.Import(int64(run.ID))).Flash(ui.Good, "Đã ghi vào danh sách "+desk.Name+": thêm "+vi.Int(done.Added)+" người, sửa "+vi.Int(done.Changed)+" người."), nil
}

// drop sets the file aside.
func (p pages) drop(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	run, desk, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	if err := member.DropImport(r.Context(), tx, run.ID); err != nil {
		return kit.Reply{}, err
	}
	bar := ui.Undo{Text: "Đã bỏ tệp " + run.FileName + ". Danh sách không thay đổi.", Action: href.ImportDo(int64(run.ID), "giu-lai"), Seconds: int(member.UndoFor / time.Second)}
	return kit.Redirect(href.With(href.MemberImport, kit.AssociationParam, hoi(desk))).Undo(bar), nil
}

// keep goes on with a file that was set aside.
func (p pages) keep(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	run, _, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	return kit.Redirect(href.Import(int64(run.ID))).Flash(ui.Good, "Đã giữ lại tệp "+run.FileName+"."), member.KeepImport(r.Context(), tx, run.ID)
}

type resultView struct {
	Back, BackText, File, Lead string
	Undone                     bool
	Figures                    []ui.Figure
	UndoURL, UndoUntil         string
	MembersURL                 string
	Chips                      []ui.Chip
	Caption                    string
	Rows                       []rowView
	Pager                      ui.PagerLinks
}

// buildResult shows what an executed import did, row by row.
func buildResult(run member.Import, desk association.Association, c member.ImportCounts, rows []member.ImportRow, filter string, now time.Time) resultView {
	id := int64(run.ID)
	v := resultView{
		Back: href.With(href.MemberImport, kit.AssociationParam, hoi(desk)), BackText: "Nhập tệp khác", File: run.FileName, Undone: run.State == member.ImportUndone,
		MembersURL: href.MembersOf(desk.ID), Chips: chips(id, c, filter),
		Figures: []ui.Figure{{Value: vi.Int(c.New), Label: "người thêm mới"}, {Value: vi.Int(c.Changed), Label: "người được sửa"}, {Value: vi.Int(c.Same), Label: "giữ nguyên"},
			{Value: vi.Int(c.Ask + c.Wrong + c.Repeat + c.Skipped), Label: "dòng không ghi"}},
	}
	if run.AppliedAt != nil {
		v.Lead = run.AppliedBy + " ghi lúc " + vi.ShortDateTime(*run.AppliedAt) + "."
	}
	if v.Undone && run.UndoneAt != nil {
		v.Lead += " Đã hoàn tác lúc " + vi.ShortDateTime(*run.UndoneAt) + "."
	}
	if run.State == member.ImportDropped {
		v.Lead = "Tệp này đã bỏ, không ghi gì."
	}
	if until, ok := undoable(run, now); ok {
		v.UndoURL, v.UndoUntil = href.ImportDo(id, "hoan-tac"), vi.ShortDateTime(until)
	}
	if len(rows) > perPage {
		rows = rows[:perPage]
		v.Pager = ui.PagerLinks{Label: "Trang dòng của tệp", NextURL: href.With(href.Import(id), "xem", filter, "sau", strconv.Itoa(rows[len(rows)-1].N)), NextLabel: "Xem tiếp"}
	}
	v.Caption = filterWords[filter].label + ": " + vi.Int(len(rows)) + " trong " + vi.Int(countOf(c, filter)) + " dòng"
	for i := range rows {
		row := buildRow(id, &rows[i], nil)
		row.Choice, row.URL = ui.Choice{}, ""
		if rows[i].Done != 0 {
			row.URL = href.Member(rows[i].Done)
		} else if rows[i].Target != 0 {
			row.URL = href.Member(rows[i].Target)
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// undoForm says what taking the import back means.
func (p pages) undoForm(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	return p.undoAgain(nil)(r, tx)
}

func (p pages) undoAgain(err error) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		run, desk, err2 := p.load(r, tx)
		if err2 != nil {
			return kit.Reply{}, err2
		}
		if _, ok := undoable(run, tx.Now()); !ok && err == nil {
			return kit.Redirect(href.Import(int64(run.ID))), nil
		}
		c, err2 := member.CountImport(r.Context(), tx, run.ID)
		if err2 != nil {
			return kit.Reply{}, err2
		}
		v := confirmView{
			Back: href.Import(int64(run.ID)), Action: href.ImportDo(int64(run.ID), "hoan-tac"), Version: strconv.Itoa(run.Version), Danger: true, OnBehalf: onBehalf(tx.Who(), desk),
			Title: "Hoàn tác cả tệp " + run.FileName + "?", Button: "Hoàn tác cả tệp", Errors: kit.Errors(err),
			Lines: []string{vi.Int(c.New) + " người đã thêm sẽ được ghi là nhập nhầm và không còn trong danh sách.", vi.Int(c.Changed) + " người đã sửa sẽ trở lại như trước khi ghi.",
				"Dòng thời gian của từng người giữ lại cả hai việc."},
		}
		return p.page(desk, v.Title, err != nil, confirmBody(v)), nil
	}
}

func (p pages) undo(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	run, _, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	err = member.UndoImport(r.Context(), tx, p.keys, run.ID)
	if fault.Is(err, fault.Conflict) {
		return kit.Redo(err, p.undoAgain(err))
	}
	return kit.Redirect(href.Import(int64(run.ID))).Flash(ui.Good, "Đã hoàn tác. Danh sách trở lại như trước khi ghi tệp."), err
}

const xlsxKind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// download gives the rows that wait for a look as a workbook with a column that says why; the audit knows before the first byte.
func (p pages) download(r *http.Request, s *kit.Steps) (kit.Reply, error) {
	var run member.Import
	var desk association.Association
	var rows []member.ImportRow
	var now time.Time
	if err := s.Read(func(ctx context.Context, tx *db.Tx) (err error) {
		now = tx.Now()
		if run, desk, err = p.load(r, tx); err != nil {
			return err
		}
		rows, err = member.ImportRows(ctx, tx, p.keys, run.ID, "look", 0, 200_000)
		return err
	}); err != nil {
		return kit.Reply{}, err
	}
	if err := s.Write(func(ctx context.Context, tx *db.Tx) error { return member.RecordImportExport(ctx, tx, run) }); err != nil {
		return kit.Reply{}, err
	}
	book := errorBook(run, desk, rows, kit.WhoOf(r.Context()).Name, now)
	return kit.Download("dong-can-xem.xlsx", xlsxKind, func(_ context.Context, w io.Writer) error { return sheet.Write(w, book) }), nil
}

func errorBook(run member.Import, desk association.Association, rows []member.ImportRow, by string, now time.Time) sheet.Workbook {
	t := sheet.Table{
		Name: "Dòng cần xem", Letter: []string{desk.Name}, Titles: []string{"CÁC DÒNG CẦN XEM TRONG TỆP " + run.FileName, "Lập ngày " + vi.ShortDate(now)}, Landscape: true,
		Columns: []sheet.Column{{Header: "Trang tính", Width: 14}, {Header: "Dòng", Width: 7, Center: true}, {Header: "Họ và tên", Width: 26}, {Header: "Ngày sinh", Width: 12, Center: true},
			{Header: "Chi hội, tổ dân phố", Width: 16}, {Header: "Kết quả", Width: 16}, {Header: "Lý do", Width: 60}},
		Closing: []string{"Có " + vi.Int(len(rows)) + " dòng cần xem."}, Watermark: "Xuất bởi " + by + " lúc " + vi.ShortDateTime(now),
	}
	t.Rows = func(yield func([]sheet.Value, error) bool) {
		for i := range rows {
			r := &rows[i]
			line := buildRow(int64(run.ID), r, nil)
			place := r.Place
			if r.Group > 0 {
				place = "Tổ dân phố " + strconv.Itoa(r.Group)
			}
			cells := []sheet.Value{sheet.Str(r.Sheet), sheet.Plain(int64(r.Row)), sheet.Str(r.Name.Full()), sheet.Str(r.Birth.Display()), sheet.Str(place),
				sheet.Str(line.Tag.Text), sheet.Str(strings.Join(line.Lines, " "))}
			if !yield(cells, nil) {
				return
			}
		}
	}
	return sheet.Workbook{Tables: []sheet.Table{t}, Creator: by, Created: now}
}
