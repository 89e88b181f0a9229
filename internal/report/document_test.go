package report

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/doc"
	"wardportal/internal/sheet"
)

// paper is a report as the pages have it when somebody prints, put together without a database.
func paper(kind association.KindCode, values map[string]Value) Sheet {
	c := DefaultCampaign(year)
	c.Version = 1
	s := Sheet{
		Campaign: c, Association: association.Association{Kind: string(kind), Name: "Hội Người cao tuổi", Symbol: "HNCT"}, Kind: kind,
		Report: Report{State: Accepted, Version: 4}, From: Date(2025, 11, 16), To: Date(2026, 11, 15),
		Rows: ForKind(kind, year), Notes: map[string]string{"GEN.MEM.NEW": "Có 3 người trẻ hơn 60"},
		Last:    map[string]Value{"GEN.MEM.END": Num(618), "GEN.MEM.NEW": Num(38)},
		Targets: map[string]Value{"GEN.MEM.NEW": Num(40)}, NextTargets: map[string]Value{"GEN.MEM.NEW": Num(45), "GEN.CARE.GIFT_AMT": Num(25_500_000)},
	}
	s.Values = Fill(s.Rows, values)
	for _, slot := range slots() {
		s.Narrative = append(s.Narrative, Narrative{Slot: slot, Heading: slot.heading()})
	}
	s.Narrative[0].Text = "Phường có 8 tổ dân phố.\n\nHội có nhiều thuận lợi."
	s.evaluate()
	return s
}

var printed = Issue{Ward: "phường Chánh Lộ", Place: "Chánh Lộ", By: "Lê Thị Thu Hà", At: time.Date(2026, 11, 16, 2, 30, 0, 0, time.UTC)}

// plain gives everything that stands in a document, as an editor shows it, one line per block or row.
func plain(d doc.Document) string {
	var b strings.Builder
	for _, s := range []string{d.Letterhead.Superior, d.Letterhead.Issuer, d.Letterhead.Number, d.Letterhead.Place, d.Kind, d.Subject, d.Circulation} {
		b.WriteString(s + "\n")
	}
	write := func(blocks []doc.Block) {
		for _, block := range blocks {
			switch block := block.(type) {
			case doc.Heading:
				b.WriteString(block.Text + "\n")
			case doc.Paragraph:
				for _, r := range block.Runs {
					b.WriteString(r.Text)
				}
				b.WriteString("\n")
			case doc.Table:
				for _, c := range block.Columns {
					b.WriteString(c.Title + "|")
				}
				b.WriteString("\n")
				for _, r := range block.Rows {
					b.WriteString(strings.Join(r.Cells, "|") + "\n")
				}
			}
		}
	}
	write(d.Body)
	for _, a := range d.Annexes {
		b.WriteString(a.Title + "\n" + a.Note + "\n")
		write(a.Body)
	}
	return b.String()
}

func wants(t *testing.T, text string, lines ...string) {
	t.Helper()
	have := strings.Split(text, "\n")
	for _, line := range lines {
		if !slices.Contains(have, line) {
			t.Errorf("no line %q in\n%s", line, text)
		}
	}
}

func TestTheReportOnPaper(t *testing.T) {
	t.Parallel()
	s := paper(association.NCT, elders())
	text := plain(s.Document(printed))
	wants(t, text,
		"HỘI NGƯỜI CAO TUỔI PHƯỜNG CHÁNH LỘ", "Số: ……/BC-HNCT", "Chánh Lộ, ngày …… tháng …… năm 2026",
		"Tổng kết công tác Hội Người cao tuổi năm 2026 và phương hướng, nhiệm vụ năm 2027",
		"Phường có 8 tổ dân phố.", "Hội có nhiều thuận lợi.",
		"I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2026", "1. Công tác tuyên truyền, giáo dục", "II. ĐÁNH GIÁ CHUNG", "2. Tồn tại, hạn chế",
		"III. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2027", "2. Chỉ tiêu cụ thể", "1|Kết nạp mới|người|45", "IV. KIẾN NGHỊ, ĐỀ XUẤT", "……………………………………",
		"BIỂU SỐ LIỆU", "(Kèm theo Báo cáo số ……/BC-HNCT ngày …… tháng …… năm 2026 của Hội Người cao tuổi phường Chánh Lộ)",
		"STT|Chỉ tiêu|Đơn vị tính|Năm 2025|Kế hoạch năm 2026|Thực hiện năm 2026|So với kế hoạch (%)|So với năm 2025 (%)|Ghi chú|",
		"Công tác xây dựng tổ chức hội",
		"Số liệu là số ước thực hiện, tính từ ngày 16/11/2025 đến hết ngày 15/11/2026.",
	)
	if !strings.Contains(text, "|Kết nạp mới|người|38|40|41|102,5|107,9|Có 3 người trẻ hơn 60\n") || !strings.Contains(text, "|Lượt thăm hỏi hội viên ốm đau|lượt|||……|||\n") {
		t.Errorf("figures in\n%s", text)
	}
	if !strings.Contains(text, "|Ủy viên BCH còn khuyết|người|||0||") || !strings.Contains(text, "|Điều chỉnh do rà soát (±)|người||||||\n") {
		t.Error("computed rows are printed, the correction may stay empty")
	}
	if strings.Count(text, "\nĐặc điểm tình hình\n") != 1 {
		t.Error("the annex goes chapter by chapter")
	}
	if strings.Contains(text, "DỰ THẢO") || strings.Contains(text, "chưa tiếp nhận") {
		t.Error("an accepted report is no draft")
	}
	s.Report.State, s.Report.Amendment = Drafting, 1
	issued := printed
	issued.Number, issued.Date = "05/BC-HNCT", Date(2026, 12, 1)
	wants(t, plain(s.Document(issued)), "DỰ THẢO", "Số: 05/BC-HNCT", "Chánh Lộ, ngày 01 tháng 12 năm 2026",
		"Tổng kết công tác Hội Người cao tuổi năm 2026 và phương hướng, nhiệm vụ năm 2027 (bản điều chỉnh lần 1)")
}

func TestSmallCountsOnPaper(t *testing.T) {
	t.Parallel()
	s := paper(association.DACAM, map[string]Value{"DACAM.VIC": Num(57), "DACAM.HS.CHUA": Num(3)})
	s.Last["DACAM.HS.CHUA"] = Num(6)
	if text := plain(s.Document(printed)); !strings.Contains(text, "|6||<5||||") && !strings.Contains(text, "|6||<5|||\n") || strings.Contains(text, "|3|") {
		t.Errorf("a small count shows, or its percentage does:\n%s", text)
	}
	exact := printed
	exact.Exact = true
	if text := plain(s.Document(exact)); !strings.Contains(text, "|6||3||50|\n") {
		t.Errorf("the paper that the association signs is exact:\n%s", text)
	}
}

// board puts a summary together without a database.
func summaryOf(states ...State) WardSummary {
	w := WardSummary{Campaign: DefaultCampaign(year), Text: SummaryText{Assessment: "Các hội hoạt động đều."}}
	for i, a := range []association.Association{{Kind: "NCT", Name: "Hội Người cao tuổi"}, {Kind: "DACAM", Name: "Hội Nạn nhân chất độc da cam/dioxin"}} {
		values := elders()
		if a.Kind == "DACAM" {
			values = map[string]Value{"GEN.MEM.END": Num(57), "DACAM.HS.CHUA": Num(3), "GEN.FUND.CLOSE": Num(21_700_000)}
		}
		w.Board.Lines = append(w.Board.Lines, Line{Association: a, Report: Report{State: states[i], Rating: "Tốt"}, values: values})
	}
	w.Table = Consolidate(year, w.Board.reports(), People{Distinct: 690, InSeveral: 9, Known: true})
	w.Indicators = Compare(year, w.Board.reports())
	return w
}

func TestTheSummaryOnPaper(t *testing.T) {
	t.Parallel()
	text := plain(summaryOf(Accepted, Submitted).Document(printed))
	wants(t, text,
		"ỦY BAN NHÂN DÂN PHƯỜNG CHÁNH LỘ", "Số: ……/BC-UBND", "DỰ THẢO",
		"Trên địa bàn phường Chánh Lộ có 2 hội; phường đã tiếp nhận báo cáo năm 2026 của 1 hội. Cuối kỳ các hội đã tiếp nhận báo cáo có 642 lượt hội viên; theo danh sách của tất cả các hội, tính theo người là 690 người, trong đó 9 người tham gia từ hai hội trở lên.",
		"I. ĐÁNH GIÁ CHUNG", "Các hội hoạt động đều.", "II. HẠN CHẾ", "……………………………………", "BẢNG TỔNG HỢP CÁC HỘI NĂM 2026", "(Số ước thực hiện, chốt đến 15/11/2026)",
		"Quỹ của mỗi hội là riêng nên không cộng chung.",
	)
	for _, want := range []string{"2|Hội Nạn nhân chất độc da cam/dioxin (đã nộp)|", "|Cộng 1/2 hội đã tiếp nhận|2|618|47|23|642|0|0|", "|Tạm tính cả 2 hội (gồm số chưa tiếp nhận)|", "|Có giấy tờ nhưng chưa được hưởng|người||<5|"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if text := plain(summaryOf(Accepted, Consolidated).Document(printed)); strings.Contains(text, "DỰ THẢO") || strings.Contains(text, "Tạm tính") {
		t.Errorf("all reports are in:\n%s", text)
	}
}

// opened reads a workbook back.
func opened(t *testing.T, wb sheet.Workbook) *sheet.Book {
	t.Helper()
	var b bytes.Buffer
	if err := sheet.Write(&b, wb); err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Read(t.Context(), bytes.NewReader(b.Bytes()), int64(b.Len()), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// row finds the row of a sheet that holds a text, and gives its cells.
func row(t *testing.T, s *sheet.Sheet, text string) []sheet.Cell {
	t.Helper()
	for _, r := range s.Rows {
		if slices.ContainsFunc(r, func(c sheet.Cell) bool { return c.Text == text }) {
			return r
		}
	}
	t.Fatalf("no row with %q in sheet %q", text, s.Name)
	return nil
}

func TestWorkbooksHaveTypedCells(t *testing.T) {
	t.Parallel()
	book := opened(t, paper(association.NCT, elders()).Workbook(printed))
	if len(book.Sheets) != 2 || book.Sheets[1].Name != "Kế hoạch 2027" {
		t.Fatalf("%d sheets", len(book.Sheets))
	}
	r := row(t, book.Sheets[0], "GEN.MEM.NEW")
	if r[6].Kind != sheet.Number || r[6].Text != "41" || r[7].Text != "102,5" || r[9].Text != "3" || r[10].Text != "Có 3 người trẻ hơn 60" {
		t.Errorf("row %+v", r)
	}
	row(t, book.Sheets[1], "25.500.000")
	book = opened(t, summaryOf(Accepted, Submitted).Workbook(printed))
	if r := row(t, book.Sheets[0], "Cộng 1/2 hội đã tiếp nhận"); r[7].Kind != sheet.Number || r[7].Text != "642" || r[12].Text != "không cộng" {
		t.Errorf("total %+v", r)
	}
	if r := row(t, book.Sheets[1], "DACAM.HS.CHUA"); r[5].Kind != sheet.Text || r[5].Text != "<5" {
		t.Errorf("a small count %+v", r)
	}
}

// LibreOffice opens the files; the pages are counted, and what must be readable is.
func TestLibreOfficeOpensThePapers(t *testing.T) {
	t.Parallel()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed (apt-get install libreoffice-writer-nogui)")
	}
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed (apt-get install poppler-utils)")
	}
	for name, c := range map[string]struct {
		document doc.Document
		pages    int
		words    []string
	}{
		"report":  {paper(association.NCT, elders()).Document(printed), 3, []string{"BIỂU SỐ LIỆU", "Kết nạp mới", "102,5", "Năm 2026 hội có 2 chi hội với 642 hội viên, tăng 24"}},
		"summary": {summaryOf(Accepted, Submitted).Document(printed), 3, []string{"BẢNG TỔNG HỢP CÁC HỘI NĂM 2026", "không cộng", "Phụ lục II"}},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, name+".docx")
		var b bytes.Buffer
		if err := doc.DOCX(&b, c.document); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		out, err := exec.CommandContext(ctx, soffice, "--headless", "-env:UserInstallation=file://"+dir+"/profile", "--convert-to", "pdf", "--outdir", dir, path).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		text, err := exec.CommandContext(ctx, pdftotext, "-layout", filepath.Join(dir, name+".pdf"), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), "\f"); n < c.pages || n > c.pages+4 {
			t.Errorf("%s: %d pages", name, n)
		}
		flat := strings.Join(strings.Fields(string(text)), " ")
		for _, word := range c.words {
			if !strings.Contains(flat, word) {
				t.Errorf("%s: no %q in the pages:\n%s", name, word, text)
			}
		}
	}
}
