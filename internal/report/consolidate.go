package report

import (
	"fmt"
	"strings"

	"wardportal/internal/association"
	"wardportal/internal/vi"
)

// AssociationReport is a source of the ward's table: what one association sent, or has so far.
type AssociationReport struct {
	Slug          string // for the link to the report
	Name          string // as the table prints it
	Kind          association.KindCode
	State         State
	Values        map[string]Value
	Rating        string // "Xếp loại" of the association by the ward, "" when not given
	BranchesSent  int    // branch sheets received, where the campaign asks for them
	BranchesAsked int    // 0: the campaign does not ask branches
}

// Column is a column of "Bảng tổng hợp các hội" (handbook §4.9).
type Column struct {
	Key   string
	Title string
	Unit  string
	// Sum tells whether the column may be added up over associations. Funds may not: each association's is its own.
	Sum bool
	of  func(values map[string]Value) Total
}

// The columns of handbook §4.9. "Tăng" and "Giảm" take the correction on the side of its sign, so that a row reads
// begin + tăng − giảm = end.
var wardColumns = []Column{
	{"branches", "Số chi hội", "chi hội", true, single("GEN.ORG.BRANCH")},
	{"begin", "Hội viên đầu năm", "người", true, single("GEN.MEM.BEGIN")},
	{"up", "Tăng", "người", true, increase},
	{"down", "Giảm", "người", true, decrease},
	{"end", "Hội viên cuối năm", "người", true, single("GEN.MEM.END")},
	{"committee", "UVBCH khuyết", "người", true, single("GEN.ORG.BCH_VAC")},
	{"heads", "CHT khuyết", "chi hội", true, single("GEN.ORG.CHT_VAC")},
	{"visits", "Thăm hỏi, tặng quà (lượt/suất)", "lượt/suất", true, several("GEN.CARE.SICK", "GEN.CARE.GIFT")},
	{"amount", "Số tiền", "đồng", true, several("GEN.CARE.SICK_AMT", "GEN.CARE.GIFT_AMT")},
	{"fund", "Quỹ cuối kỳ", "đồng", false, single("GEN.FUND.CLOSE")},
}

func single(code string) func(map[string]Value) Total { return several(code) }

func several(codes ...string) func(map[string]Value) Total {
	return func(values map[string]Value) Total {
		terms := make([]Term, len(codes))
		for i, code := range codes {
			terms[i] = Term{labelOf(code), values[code]}
		}
		return Sum(terms...)
	}
}

func increase(values map[string]Value) Total {
	return withAdjustment(values, 1, "GEN.MEM.NEW", "GEN.MEM.IN")
}

func decrease(values map[string]Value) Total {
	return withAdjustment(values, -1, "GEN.MEM.OUT", "GEN.MEM.DEAD", "GEN.MEM.LEFT")
}

// withAdjustment adds the correction to one side of the movement when its sign belongs there; a blank one is 0.
func withAdjustment(values map[string]Value, sign int64, codes ...string) Total {
	t := several(codes...)(values)
	if n, ok := values[memAdjust].Int(); ok && n*sign > 0 && t.Of > 0 {
		t.Sum += n * sign
	}
	return t
}

// Cell is one figure of the ward's table. Note says what is missing from it, "" when it is whole.
type Cell struct {
	Value Value
	Note  string
	Apart bool // a total that must not be formed: shown as "không cộng"
}

// String is the cell as shown; nothing known is "–".
func (c Cell) String() string {
	switch {
	case c.Apart:
		return "không cộng"
	case c.Value.Answered():
		return c.Value.String()
	default:
		return "–"
	}
}

// WardRow is one association's line.
type WardRow struct {
	AssociationReport
	Cells    []Cell // as Columns
	Accepted bool   // unaccepted rows are shown muted and are in no total
}

// TotalRow is a line below the associations.
type TotalRow struct {
	Label string
	Have  int // reports in it
	Of    int
	Cells []Cell
}

// People are the ward's members counted once (handbook §4.9); the roster knows, the figures do not.
type People struct {
	Distinct  int64
	InSeveral int64 // of them, members of two or more associations
	Known     bool
}

// WardTable is "Bảng tổng hợp các hội".
type WardTable struct {
	Year        int
	Columns     []Column
	Rows        []WardRow
	Total       TotalRow  // accepted reports only
	Provisional *TotalRow // all that have figures; nil when it would repeat Total
	People      People
	Memberships Cell // sum over the accepted reports: "lượt hội viên"
	Notes       []string
	Sent        int // reports that are in
	Accepted    int
}

// Consolidate makes the ward's table. Reports keep their order; those that have not begun have a row all the same, because
// blanks are shown and never hidden.
func Consolidate(year int, reports []AssociationReport, people People) WardTable {
	t := WardTable{Year: year, Columns: wardColumns, People: people}
	var accepted, begun []WardRow
	for _, r := range reports {
		row := wardRow(r, year)
		t.Rows = append(t.Rows, row)
		if row.Accepted {
			accepted = append(accepted, row)
			t.Accepted++
		}
		if r.State != NotStarted {
			begun = append(begun, row)
		}
		if r.State.Sent() {
			t.Sent++
		}
	}
	t.Total = totalRow(accepted, fmt.Sprintf("Cộng %d/%d hội đã tiếp nhận", len(accepted), len(reports)), len(reports))
	if len(begun) > len(accepted) {
		p := totalRow(begun, provisionalLabel(len(begun), len(reports)), len(reports))
		t.Provisional = &p
	}
	t.Memberships = t.Total.Cells[columnIndex("end")]
	t.Notes = t.notes()
	return t
}

func provisionalLabel(have, of int) string {
	if have == of {
		return fmt.Sprintf("Tạm tính cả %d hội (gồm số chưa tiếp nhận)", of)
	}
	return fmt.Sprintf("Tạm tính %d/%d hội (gồm số chưa tiếp nhận)", have, of)
}

func wardRow(r AssociationReport, year int) WardRow {
	r.Values = Fill(ForKind(r.Kind, year), r.Values)
	row := WardRow{AssociationReport: r, Accepted: r.State.Received()}
	for _, c := range wardColumns {
		total := c.of(r.Values)
		cell := Cell{Value: total.Value()}
		if !total.Complete() && total.Have > 0 {
			cell.Note = "chưa có: " + strings.Join(total.Missing, ", ")
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

func totalRow(rows []WardRow, label string, of int) TotalRow {
	total := TotalRow{Label: label, Have: len(rows), Of: of}
	for i, c := range wardColumns {
		if !c.Sum {
			total.Cells = append(total.Cells, Cell{Apart: true})
			continue
		}
		terms := make([]Term, len(rows))
		var partial []string
		for j, row := range rows {
			terms[j] = Term{row.Name, row.Cells[i].Value}
			if row.Cells[i].Note != "" {
				partial = append(partial, row.Name+" ("+row.Cells[i].Note+")")
			}
		}
		total.Cells = append(total.Cells, sumCell(Sum(terms...), partial))
	}
	return total
}

// sumCell makes a total that names what is missing from it: whole reports without the figure, and reports that have
// only a part of it.
func sumCell(sum Total, partial []string) Cell {
	var notes []string
	if note := sum.Note("hội"); note != "" {
		notes = append(notes, note)
	}
	if len(partial) > 0 {
		notes = append(notes, "có hội chưa đủ số: "+strings.Join(partial, "; "))
	}
	return Cell{Value: sum.Value(), Note: strings.Join(notes, "; ")}
}

func columnIndex(key string) int {
	for i, c := range wardColumns {
		if c.Key == key {
			return i
		}
	}
	return -1
}

// notes are the sentences under the table.
func (t WardTable) notes() []string {
	list := []string{"Quỹ của mỗi hội là riêng nên không cộng chung."}
	line := "Cộng hội viên là lượt hội viên"
	if t.People.Known {
		line += fmt.Sprintf("; tính theo người: %s người", vi.Int(t.People.Distinct))
		if t.People.InSeveral > 0 {
			line += fmt.Sprintf(", trong đó %s người tham gia từ hai hội trở lên", vi.Int(t.People.InSeveral))
		}
	} else {
		line += ", không phải số người: một người có thể tham gia nhiều hội"
	}
	list = append(list, line+".")
	for i, c := range t.Total.Cells {
		if c.Note != "" {
			list = append(list, t.Columns[i].Title+": "+c.Note+".")
		}
	}
	if names := t.waiting(); len(names) > 0 {
		list = append(list, "Chưa tiếp nhận nên chưa cộng: "+strings.Join(names, ", ")+".")
	}
	return list
}

// waiting names the associations whose figures are in no total yet, each with its state.
func (t WardTable) waiting() []string {
	var names []string
	for _, r := range t.Rows {
		if !r.Accepted {
			names = append(names, r.Name+" ("+strings.ToLower(r.State.Label())+")")
		}
	}
	return names
}

// Unsent lists the reports that the official still waits for, for the reminder.
func (t WardTable) Unsent() []AssociationReport {
	var list []AssociationReport
	for _, r := range t.Rows {
		if !r.State.Sent() {
			list = append(list, r.AssociationReport)
		}
	}
	return list
}
