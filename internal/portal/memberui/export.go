package memberui

import (
	"context"
	"io"
	"net/http"
	"slices"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/sheet"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

const xlsxKind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// export answers with exactly the list that is shown, all pages of it, as a workbook. The audit knows before the first byte.
func (p pages) export(r *http.Request, s *kit.Steps) (kit.Reply, error) {
	desk, err := p.kit.Desk(r, authz.ExportRoster)
	if err != nil {
		return kit.Reply{}, err
	}
	a := parseAsked(r, desk.ID)
	var rows []member.Row
	var now time.Time
	err = s.Read(func(ctx context.Context, tx *db.Tx) (err error) {
		now = tx.Now()
		rows, err = member.Export(ctx, tx, a.filter)
		return err
	})
	if err != nil {
		return kit.Reply{}, err
	}
	err = s.Write(func(ctx context.Context, tx *db.Tx) error { return member.RecordExport(ctx, tx, a.filter, len(rows)) })
	if err != nil {
		return kit.Reply{}, err
	}
	who := kit.WhoOf(r.Context())
	names := map[member.AssociationID]string{}
	for _, x := range p.kit.FactsOf(r.Context()).Associations {
		names[x.ID] = x.Name
	}
	book := workbook(bookInput{rows: rows, desk: desk, names: names, ward: p.kit.FactsOf(r.Context()).Ward.Name, asked: a, by: who.Name, at: now})
	return kit.Download("danh-sach-hoi-vien.xlsx", xlsxKind, func(_ context.Context, w io.Writer) error { return sheet.Write(w, book) }), nil
}

type bookInput struct {
	rows     []member.Row
	desk     association.Association
	names    map[member.AssociationID]string
	ward, by string
	asked    asked
	at       time.Time
}

func workbook(in bookInput) sheet.Workbook {
	issuer := "CÁC HỘI ĐẶC THÙ"
	if in.desk.ID != 0 {
		issuer = in.desk.Name
	}
	t := sheet.Table{
		Name: "Hội viên", Letter: []string{issuer + " " + in.ward}, Titles: []string{"DANH SÁCH HỘI VIÊN", in.asked.caption + ", lập ngày " + vi.ShortDate(in.at)},
		Columns: columns(in.desk.ID == 0), Landscape: true,
		Closing:   []string{"Danh sách này có " + vi.Int(len(in.rows)) + " người./."},
		Watermark: "Xuất bởi " + in.by + " lúc " + vi.ShortDateTime(in.at),
	}
	t.Rows = func(yield func([]sheet.Value, error) bool) {
		for i, r := range in.rows {
			if !yield(cells(i+1, r, in), nil) {
				return
			}
		}
	}
	return sheet.Workbook{Tables: []sheet.Table{t}, Creator: in.by, Created: in.at}
}

func columns(ward bool) []sheet.Column {
	cols := []sheet.Column{
		{Header: "STT", Width: 6, Center: true}, {Header: "Họ và tên đệm", Width: 24}, {Header: "Tên", Width: 10}, {Header: "Tên thường gọi", Width: 16},
		{Header: "Giới tính", Width: 9, Center: true}, {Header: "Ngày, tháng, năm sinh", Width: 14, Center: true}, {Header: "Năm sinh", Width: 9, Center: true}, {Header: "Chi hội", Width: 16},
		{Header: "Vào hội", Width: 13, Center: true}, {Header: "Điện thoại", Width: 15}, {Header: "Số thẻ", Width: 12}, {Header: "Loại hội viên", Width: 13}, {Header: "Chỗ ở", Width: 28},
		{Header: "Trạng thái", Width: 18},
	}
	if ward {
		cols = slices.Insert(cols, 1, sheet.Column{Header: "Hội", Width: 26})
	}
	return cols
}

func cells(n int, r member.Row, in bookInput) []sheet.Value {
	name := vi.SplitName(r.FullName)
	row := []sheet.Value{
		sheet.Plain(int64(n)), sheet.Str(name.FamilyMiddle), sheet.Str(name.Given), sheet.Str(r.Alias), sheet.Str(r.Sex.Label()), dateCell(r.Birth), yearCell(r.Birth), sheet.Str(r.Branch),
		dateCell(r.Joined), sheet.Str(vi.PhoneDisplay(r.Phone)), sheet.Str(r.Card), sheet.Str(r.Class.Label()), sheet.Str(r.Address), sheet.Str(statusTag(r.Status, r.EndedHow).Text),
	}
	if in.desk.ID == 0 {
		row = slices.Insert(row, 1, sheet.Str(in.names[r.AssociationID]))
	}
	return row
}

// dateCell is a real date where the day is known, else the words that people write.
func dateCell(d vi.Date) sheet.Value {
	switch {
	case d.IsZero():
		return sheet.Value{}
	case d.Precision() == vi.FullDay && !d.Estimated:
		return sheet.On(d.First())
	case d.Precision() == vi.YearOnly && !d.Estimated:
		return sheet.Plain(int64(d.Year))
	default:
		return sheet.Str(d.Display())
	}
}

func yearCell(d vi.Date) sheet.Value {
	if d.IsZero() {
		return sheet.Value{}
	}
	return sheet.Plain(int64(d.Year))
}

// maxPrinted is how many people one printed list takes: some 60 sheets of paper.
const maxPrinted = 2000

type printView struct {
	Title, Back, Closing, Cut string
	Lines                     []string
	Cols                      []ui.Col // on screen: STT first, no place to sign
	Table                     ui.PrintTable
}

// printed is the whole list on paper: numbered, with a column to sign, without states and buttons.
func (p pages) printed(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	desk, err := p.kit.Desk(r, authz.ExportRoster)
	if err != nil {
		return kit.Reply{}, err
	}
	a := parseAsked(r, desk.ID)
	page, err := member.List(r.Context(), tx, a.filter, member.Cursor{}, maxPrinted)
	if err != nil {
		return kit.Reply{}, err
	}
	branches, err := branchesOf(r, tx, desk, authz.ReadRoster)
	if err != nil {
		return kit.Reply{}, err
	}
	v := buildPrint(a, desk, branchName(branches, a.filter.Branch), page, tx.Today())
	return kit.Work(kit.WorkPage{Title: "In danh sách hội viên", Active: href.Members, Trail: trail(desk.Name, branchName(branches, a.filter.Branch), "In danh sách")}, printBody(v)), nil
}

func buildPrint(a asked, desk association.Association, branch string, page member.Page, today time.Time) printView {
	v := printView{
		Title: "Danh sách hội viên", Back: a.url(href.Members, a.state, ""), Closing: "Danh sách này có " + vi.Int(len(page.Rows)) + " người./.",
		Lines: []string{trailLine(desk.Name, branch), a.caption + ", lập ngày " + vi.ShortDate(today) + "."},
		Table: printTable("Danh sách hội viên", page.Rows),
	}
	v.Cols = append([]ui.Col{{Label: "STT", Numeric: true}}, v.Table.Cols...)
	if page.Next != "" {
		v.Cut = "Mỗi lần in tối đa " + vi.Int(maxPrinted) + " người. Xin chọn từng chi hội để in phần còn lại."
	}
	return v
}

func trailLine(association, branch string) string {
	if association == "" {
		association = "Các hội của phường"
	}
	if branch != "" {
		return association + " – " + branch
	}
	return association
}
