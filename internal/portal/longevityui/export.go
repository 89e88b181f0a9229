package longevityui

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/member"
	"wardportal/internal/portal/kit"
	"wardportal/internal/sheet"
	"wardportal/internal/vi"
)

const xlsxKind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// export answers with exactly the people that are shown, as a workbook. The audit knows before the first byte.
func (p pages) export(r *http.Request, s *kit.Steps) (kit.Reply, error) {
	var in bookInput
	err := s.Read(func(ctx context.Context, tx *db.Tx) (err error) {
		in.at, in.today = tx.Now(), tx.Today()
		if in.asked, err = p.parse(r, authz.ExportRoster, in.today); err != nil {
			return err
		}
		all, err := member.LongevityList(ctx, tx, in.asked.query())
		if err != nil {
			return err
		}
		branches, err := branchesOf(ctx, tx, in.asked.desk.ID)
		in.people, in.branch = all.In(in.asked.branch), branchName(branches, in.asked.branch)
		return err
	})
	if err != nil {
		return kit.Reply{}, err
	}
	people := in.people.Count() + len(in.people.Unknown)
	err = s.Write(func(ctx context.Context, tx *db.Tx) error {
		return member.RecordLongevityExport(ctx, tx, in.asked.query(), people)
	})
	if err != nil {
		return kit.Reply{}, err
	}
	in.by, in.ward = kit.WhoOf(r.Context()).Name, p.kit.FactsOf(r.Context()).Ward.Name
	book := workbook(in)
	return kit.Download("mung-tho-"+strconv.Itoa(in.asked.year)+".xlsx", xlsxKind, func(_ context.Context, w io.Writer) error { return sheet.Write(w, book) }), nil
}

// bookInput is everything that the workbook is built from.
type bookInput struct {
	asked            asked
	people           member.Longevity
	branch, ward, by string
	at, today        time.Time
}

// workbook has the list with room to sign, and on a second sheet those of unknown age.
func workbook(in bookInput) sheet.Workbook {
	year := strconv.Itoa(in.asked.year)
	base := sheet.Table{
		Letter: []string{issuer(in.asked.desk, in.ward, in.branch)}, Landscape: true,
		Watermark: "Xuất bởi " + in.by + " lúc " + vi.ShortDateTime(in.at),
	}
	list := base
	list.Name, list.Closing = "Mừng thọ "+year, []string{closing(in.people)}
	list.Titles = append([]string{"DANH SÁCH MỪNG THỌ NĂM " + year, member.CeremonyTitle(in.people.Ages())}, lines(in.asked, in.today)...)
	list.Columns = []sheet.Column{
		{Header: "STT", Width: 6, Center: true}, {Header: "Họ và tên đệm", Width: 24}, {Header: "Tên", Width: 10}, {Header: "Giới tính", Width: 9, Center: true},
		{Header: "Ngày sinh", Width: 13, Center: true}, {Header: "Năm sinh", Width: 11, Center: true}, {Header: "Tuổi", Width: 8, Center: true},
		{Header: "Chi hội", Width: 16}, {Header: "Chỗ ở", Width: 32}, {Header: "Ký tên", Width: 16},
	}
	list.Rows = func(yield func([]sheet.Value, error) bool) {
		n := 0
		for _, g := range in.people.Groups {
			for _, e := range g.Elders {
				if n++; !yield(cells(n, e, in.asked), nil) {
					return
				}
			}
		}
	}
	book := sheet.Workbook{Tables: []sheet.Table{list}, Creator: in.by, Created: in.at}
	if len(in.people.Unknown) > 0 {
		book.Tables = append(book.Tables, unknown(base, in.people.Unknown))
	}
	return book
}

func cells(n int, e member.Elder, a asked) []sheet.Value {
	name := vi.SplitName(e.FullName)
	return []sheet.Value{
		sheet.Plain(int64(n)), sheet.Str(name.FamilyMiddle), sheet.Str(name.Given), sheet.Str(e.Sex.Label()), birthCell(e.Birth), sheet.Plain(int64(e.Birth.Year)),
		sheet.Plain(int64(a.counting.Age(e.Birth.Year, a.year))), sheet.Str(e.Branch), sheet.Str(e.Address), {},
	}
}

// birthCell is a real date where the day is known, a number where the year alone is, else the words that people write.
func birthCell(d vi.Date) sheet.Value {
	switch {
	case d.Estimated || d.Precision() == vi.MonthOnly:
		return sheet.Str(d.Display())
	case d.Precision() == vi.FullDay:
		return sheet.On(d.First())
	default:
		return sheet.Plain(int64(d.Year))
	}
}

func unknown(t sheet.Table, people []member.Elder) sheet.Table {
	t.Name, t.Titles = "Thiếu năm sinh", []string{"HỘI VIÊN THIẾU NĂM SINH", "Chưa tính được tuổi, cần hỏi lại"}
	t.Closing = []string{"Danh sách này có " + vi.Int(len(people)) + " người./."}
	t.Columns = []sheet.Column{
		{Header: "STT", Width: 6, Center: true}, {Header: "Họ và tên đệm", Width: 24}, {Header: "Tên", Width: 10}, {Header: "Giới tính", Width: 9, Center: true},
		{Header: "Chi hội", Width: 16}, {Header: "Chỗ ở", Width: 32}, {Header: "Năm sinh", Width: 14},
	}
	t.Rows = func(yield func([]sheet.Value, error) bool) {
		for i, e := range people {
			name := vi.SplitName(e.FullName)
			row := []sheet.Value{sheet.Plain(int64(i + 1)), sheet.Str(name.FamilyMiddle), sheet.Str(name.Given), sheet.Str(e.Sex.Label()), sheet.Str(e.Branch), sheet.Str(e.Address), {}}
			if !yield(row, nil) {
				return
			}
		}
	}
	return t
}
