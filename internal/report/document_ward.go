package report

import (
	"fmt"
	"slices"
	"strings"

	"wardportal/internal/doc"
	"wardportal/internal/vi"
)

// Document makes the ward's summary report: the ward's own words, the table of the associations and all their figures.
func (w WardSummary) Document(i Issue) doc.Document {
	year := w.Campaign.Year
	issuer, symbol := i.Issuer, i.Symbol
	if issuer == "" {
		issuer = strings.ToUpper("Ủy ban nhân dân " + i.Ward)
	}
	if symbol == "" {
		symbol = "UBND"
	}
	d := doc.Document{
		Letterhead: doc.Letterhead{Layout: i.Layout, Superior: i.Superior, Issuer: issuer, Number: i.number(symbol), Place: i.placeDate(year)},
		Kind:       "BÁO CÁO",
		Subject:    fmt.Sprintf("Tổng hợp kết quả hoạt động của các hội năm %d và phương hướng, nhiệm vụ năm %d", year, year+1),
		Addressees: i.Addressees, Recipients: i.Recipients, Signatures: i.signature("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
		PrintNote: i.printNote(), Author: i.By, Created: i.At,
	}
	if len(d.Recipients) == 0 {
		d.Recipients = []string{"Các hội trên địa bàn phường", "Lưu: VT"}
	}
	if w.Table.Accepted < len(w.Table.Rows) {
		d.Circulation = "DỰ THẢO"
	}
	d.Body = w.body(i)
	d.Annexes = []doc.Annex{
		{Title: strings.ToUpper(fmt.Sprintf("Bảng tổng hợp các hội năm %d", year)), Note: "(" + upperFirst(w.Basis()) + ")", Landscape: true, Body: w.tableBlocks()},
		{Title: strings.ToUpper(fmt.Sprintf("Số liệu của từng hội năm %d", year)), Note: "(" + upperFirst(w.Basis()) + ")", Landscape: true, Body: []doc.Block{w.indicatorTable(i)}},
	}
	return d
}

func (w WardSummary) body(i Issue) []doc.Block {
	year := w.Campaign.Year
	body := []doc.Block{doc.Text(w.opening(i))}
	for _, part := range []struct{ title, text string }{
		{"I. ĐÁNH GIÁ CHUNG", w.Text.Assessment}, {"II. HẠN CHẾ", w.Text.Limits},
		{fmt.Sprintf("III. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM %d", year+1), w.Text.Direction}, {"IV. KIẾN NGHỊ, ĐỀ XUẤT", w.Text.Proposals},
	} {
		body = append(body, doc.Heading{Level: 2, Text: part.title})
		body = append(body, paragraphs(part.text)...)
	}
	place := i.Ward
	if place == "" {
		place = "phường"
	}
	return append(body, doc.Text(fmt.Sprintf("Trên đây là báo cáo tổng hợp kết quả hoạt động của các hội trên địa bàn %s năm %d", place, year)))
}

// opening says how many associations there are, whose figures are counted, and how many members that makes.
func (w WardSummary) opening(i Issue) string {
	var b strings.Builder
	place := i.Ward
	if place == "" {
		place = "phường"
	}
	fmt.Fprintf(&b, "Trên địa bàn %s có %d hội; phường đã tiếp nhận báo cáo năm %d của %d hội.", place, len(w.Table.Rows), w.Campaign.Year, w.Table.Accepted)
	if n, ok := w.Table.Memberships.Value.Int(); ok && w.Table.Memberships.Value.Answered() {
		fmt.Fprintf(&b, " Cuối kỳ các hội đã tiếp nhận báo cáo có %s lượt hội viên", vi.Int(n))
		if w.Table.People.Known {
			fmt.Fprintf(&b, "; theo danh sách của tất cả các hội, tính theo người là %s người", vi.Int(w.Table.People.Distinct))
			if w.Table.People.InSeveral > 0 {
				fmt.Fprintf(&b, ", trong đó %s người tham gia từ hai hội trở lên", vi.Int(w.Table.People.InSeveral))
			}
		}
		b.WriteString(".")
	}
	return b.String()
}

func (w WardSummary) tableBlocks() []doc.Block {
	t := doc.Table{Size: 10, Columns: []doc.Column{{Title: "STT", Width: 0.5, Align: doc.Center}, {Title: "Hội", Width: 2.4}}}
	for _, c := range w.Table.Columns {
		title, width := c.Title, 1.0
		if c.Unit == "đồng" {
			title, width = title+" (đồng)", 1.35
		}
		t.Columns = append(t.Columns, doc.Column{Title: title, Width: width, Align: doc.Right})
	}
	t.Columns = append(t.Columns, doc.Column{Title: "Xếp loại", Width: 0.9})
	for n, row := range w.Table.Rows {
		name := row.Name
		if !row.Accepted {
			name += " (" + strings.ToLower(row.State.Label()) + ")"
		}
		t.Rows = append(t.Rows, doc.Row{Cells: append(append([]string{fmt.Sprint(n + 1), name}, cellTexts(row.Cells)...), row.Rating)})
	}
	t.Rows = append(t.Rows, doc.Row{Cells: append([]string{"", w.Table.Total.Label}, cellTexts(w.Table.Total.Cells)...), Bold: true})
	if p := w.Table.Provisional; p != nil {
		t.Rows = append(t.Rows, doc.Row{Cells: append([]string{"", p.Label}, cellTexts(p.Cells)...)})
	}
	blocks := []doc.Block{t}
	for _, note := range w.Table.Notes {
		blocks = append(blocks, doc.Paragraph{Runs: []doc.Run{{Text: note, Italic: true}}, Flush: true})
	}
	return blocks
}

func cellTexts(cells []Cell) []string {
	list := make([]string, len(cells))
	for i, c := range cells {
		list[i] = c.String()
	}
	return list
}

// indicatorTable is every figure of every association. The paper goes from hand to hand, so small counts of sensitive
// rows are hidden here whoever prints it.
func (w WardSummary) indicatorTable(i Issue) doc.Table {
	i.Exact = false
	t := doc.Table{Size: 9, Columns: []doc.Column{{Title: "STT", Width: 0.5, Align: doc.Center}, {Title: "Chỉ tiêu", Width: 3.2}, {Title: "Đơn vị tính", Width: 0.9, Align: doc.Center}}}
	for _, r := range w.Indicators.Reports {
		title := r.Name
		if !r.State.Received() {
			title += " (" + strings.ToLower(r.State.Label()) + ")"
		}
		t.Columns = append(t.Columns, doc.Column{Title: title, Width: 1.2, Align: doc.Right})
	}
	t.Columns = append(t.Columns, doc.Column{Title: "Cộng các hội đã tiếp nhận", Width: 1.2, Align: doc.Right})
	for _, row := range w.Figures() {
		cells := []string{fmt.Sprint(len(t.Rows) + 1), row.Indicator.Label, row.Indicator.Unit}
		for _, c := range slices.Concat(row.Cells, []Cell{row.Total}) {
			cells = append(cells, i.cell(row.Indicator, c))
		}
		t.Rows = append(t.Rows, doc.Row{Cells: cells})
	}
	return t
}

func (i Issue) cell(ind Indicator, c Cell) string {
	switch {
	case c.Apart:
		return "không cộng"
	case !c.Value.Answered(), c.Value.Answer() == NotApplicable:
		return ""
	}
	return i.text(ind, c.Value)
}

// Figures lists the indicators that at least one report has answered.
func (w WardSummary) Figures() []IndicatorRow {
	var list []IndicatorRow
	for _, row := range w.Indicators.Rows {
		for _, c := range row.Cells {
			if c.Value.Answered() {
				list = append(list, row)
				break
			}
		}
	}
	return list
}
