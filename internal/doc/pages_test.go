package doc

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// tool finds a program of Debian's poppler-utils or libreoffice, or skips.
func tool(t *testing.T, name, pkg string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed (apt-get install %s)", name, pkg)
	}
	return path
}

func pdfFile(t *testing.T, render func(io.Writer, Document) error, d Document, name string) string {
	t.Helper()
	var b bytes.Buffer
	if err := render(&b, d); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// pagesOf is the text of each page.
func pagesOf(t *testing.T, path string) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), tool(t, "pdftotext", "poppler-utils"), "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(string(out), "\f")
	return pages[:len(pages)-1]
}

// fromWord turns a DOCX into a PDF with LibreOffice.
func fromWord(t *testing.T, d Document) string {
	t.Helper()
	soffice := tool(t, "soffice", "libreoffice-writer-nogui")
	path := pdfFile(t, DOCX, d, "a.docx")
	dir := filepath.Dir(path)
	out, err := exec.CommandContext(t.Context(), soffice, "--headless", "-env:UserInstallation=file://"+dir+"/profile", "--convert-to", "pdf", "--outdir", dir, path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return filepath.Join(dir, "a.pdf")
}

// checkReport looks at the pages of the sample report, whoever made them.
func checkReport(t *testing.T, pages []string) {
	t.Helper()
	if len(pages) < 7 {
		t.Fatalf("%d pages", len(pages))
	}
	squeeze := regexp.MustCompile(`\s+`)
	flat := func(s string) string { return squeeze.ReplaceAllString(s, " ") }
	for _, want := range []string{nation, motto, "Số: 05/BC-HNCT", "Chánh Lộ, ngày 01 tháng 12 năm 2023", "BÁO CÁO", "Tổng kết công tác Hội Người cao tuổi năm 2023 và phương hướng",
		"- Hội Người cao tuổi thành phố Quảng Ngãi; - Ủy ban nhân dân phường Chánh Lộ.", "PHƯỜNG CHÁNH LỘ", "điện thoại 0255 000 0001"} {
		if !strings.Contains(flat(pages[0]), want) {
			t.Errorf("page 1 has no %q:\n%s", want, pages[0])
		}
	}
	all := flat(strings.Join(pages, " "))
	for _, group := range strings.Fields(allLetters) {
		if !strings.Contains(all, group) {
			t.Errorf("letters %q lost", group)
		}
	}
	for _, want := range []string{"- Như trên;", "- Lưu: VT.", "kính báo cáo./.", "Phụ lục I", "Phụ lục II", "Danh sách này có 90 người./."} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q", want)
		}
	}
	checkNumbers(t, pages)
	heads := 0
	for _, p := range pages {
		if strings.Contains(p, "Họ và tên") && strings.Contains(p, "Năm sinh") {
			heads++
		}
	}
	if heads < 3 {
		t.Errorf("the head of the roster stands on %d pages", heads)
	}
}

// checkNumbers wants no page number on the first page of each part and 2, 3 … above the text of the others.
func checkNumbers(t *testing.T, pages []string) {
	t.Helper()
	n := 0
	for i, p := range pages {
		n++
		first := strings.TrimSpace(strings.SplitN(strings.TrimLeft(p, "\n"), "\n", 2)[0])
		if i == 0 || strings.HasPrefix(first, "Phụ lục") {
			n = 1
		}
		if _, err := strconv.Atoi(first); n == 1 && err == nil || n > 1 && first != strconv.Itoa(n) {
			t.Errorf("page %d of its part begins with %q", n, first)
		}
	}
}

func TestPDFPages(t *testing.T) {
	t.Parallel()
	path := pdfFile(t, PDF, report(), "a.pdf")
	checkReport(t, pagesOf(t, path))
	out, err := exec.CommandContext(t.Context(), tool(t, "pdffonts", "poppler-utils"), path).Output()
	if err != nil {
		t.Fatal(err)
	}
	if fonts := strings.Count(string(out), " yes "); fonts == 0 || strings.Contains(string(out), " no  no") {
		t.Errorf("fonts are not embedded:\n%s", out)
	}
}

func TestWordPages(t *testing.T) {
	t.Parallel()
	checkReport(t, pagesOf(t, fromWord(t, report())))
}

// Nothing stands outside the margins, and the letterhead stands in its columns.
func TestPDFStaysInsideTheMargins(t *testing.T) {
	t.Parallel()
	d := report()
	d.Annexes = nil
	out, err := exec.CommandContext(t.Context(), tool(t, "pdftotext", "poppler-utils"), "-bbox", pdfFile(t, PDF, d, "a.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	words := regexp.MustCompile(`<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<`).FindAllStringSubmatch(string(out), -1)
	if len(words) < 300 {
		t.Fatalf("%d words", len(words))
	}
	for _, w := range words {
		var mm [4]float64
		for i := range mm {
			v, err := strconv.ParseFloat(w[i+1], 64)
			if err != nil {
				t.Fatal(err)
			}
			mm[i] = v * mmPerPoint
		}
		if mm[0] < marginLeft-0.2 || mm[2] > pageWide-marginRight+0.2 {
			t.Errorf("%q stands at %.1f–%.1f mm", w[5], mm[0], mm[2])
		}
	}
}

// However long the text is, the signature never stands on a page without the end of the text.
func TestSignatureIsNeverAlone(t *testing.T) {
	t.Parallel()
	tool(t, "pdftotext", "poppler-utils")
	for n := 1; n <= 45; n++ {
		d := report()
		d.Annexes, d.Body = nil, nil
		for i := range n {
			d.Body = append(d.Body, Text(fmt.Sprintf("Đoạn %d.", i+1)))
		}
		d.Body = append(d.Body, Text(strings.Repeat("Trên đây là báo cáo của Ban Chấp hành Hội. ", 1+n%5)))
		pages := pagesOf(t, pdfFile(t, PDF, d, "a.pdf"))
		for i, p := range pages {
			if strings.Contains(p, "TM. BAN CHẤP HÀNH") && (!strings.Contains(p, "./.") || !strings.Contains(p, "Nguyễn Văn Bửu") || !strings.Contains(p, "Lưu: VT")) {
				t.Errorf("%d paragraphs: the signature on page %d stands without the end of the text:\n%s", n, i+1, p)
			}
		}
	}
}

func TestHeadingsDoNotEndAPage(t *testing.T) {
	t.Parallel()
	tool(t, "pdftotext", "poppler-utils")
	for n := 20; n <= 40; n++ {
		d := Document{}
		for i := range n {
			d.Body = append(d.Body, Text(fmt.Sprintf("Đoạn %d.", i+1)))
		}
		d.Body = append(d.Body, Heading{2, "II. ĐÁNH GIÁ CHUNG"}, Heading{3, "1. Ưu điểm"}, Text("Nội dung sau đề mục."))
		for _, p := range pagesOf(t, pdfFile(t, PDF, d, "a.pdf")) {
			if strings.Contains(p, "ĐÁNH GIÁ CHUNG") && !strings.Contains(p, "Nội dung sau đề mục") {
				t.Errorf("%d paragraphs: the heading stands at the foot of a page", n)
			}
		}
	}
}

// A row taller than a page is cut, a word wider than its column is broken, and nothing is lost.
func TestPDFOversizedContent(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ghi chú rất dài ", 900)
	d := Document{Body: []Block{
		Table{Columns: []Column{{Title: "STT", Width: 0.3}, {Title: "Ghi chú"}}, Rows: []Row{{Cells: []string{"1", long + "HẾT"}}, {Cells: []string{"2", strings.Repeat("x", 300)}}, {Cells: []string{"Cuối"}, Wide: true}}},
		Text(strings.Repeat("ơ", 400)),
	}}
	pages := pagesOf(t, pdfFile(t, PDF, d, "a.pdf"))
	all := strings.Join(pages, "")
	if len(pages) < 4 || strings.Count(all, "dài") != 900 || !strings.Contains(all, "HẾT") || strings.Count(all, "x") != 300 || strings.Count(all, "ơ") != 400 {
		t.Errorf("%d pages, %d, %d, %d", len(pages), strings.Count(all, "dài"), strings.Count(all, "x"), strings.Count(all, "ơ"))
	}
}

// Minutes: two signatures, no place and date, recipients below.
func TestMinutes(t *testing.T) {
	t.Parallel()
	d := Document{
		Letterhead: Letterhead{Layout: BCH, Superior: "HỘI KHUYẾN HỌC PHƯỜNG CHÁNH LỘ", Issuer: "BAN CHẤP HÀNH", Number: "Số: 03/BB-BCH"},
		Kind:       "BIÊN BẢN", Subject: "Họp Ban Chấp hành quý IV năm 2023", Circulation: "LƯU HÀNH NỘI BỘ",
		Body:       []Block{Labelled("Thời gian bắt đầu:", "14 giờ 00 ngày 04/12/2023"), Text("Cuộc họp kết thúc vào 16 giờ 30 cùng ngày")},
		Signatures: []Signature{{Lines: []string{"THƯ KÝ"}, Name: "Lê Thị Hòa"}, {Lines: []string{"CHỦ TỌA"}, Name: "Trần Văn Ơn"}},
		Recipients: []string{"Các ủy viên Ban Chấp hành", "Lưu: VT"},
	}
	for name, path := range map[string]string{"pdf": pdfFile(t, PDF, d, "a.pdf"), "docx": fromWord(t, d)} {
		pages := pagesOf(t, path)
		if len(pages) != 1 {
			t.Fatalf("%s: %d pages", name, len(pages))
		}
		p := pages[0]
		for _, want := range []string{"LƯU HÀNH NỘI BỘ", "cùng ngày./.", "- Lưu: VT."} {
			if !strings.Contains(p, want) {
				t.Errorf("%s: no %q:\n%s", name, want, p)
			}
		}
		if !regexp.MustCompile(`THƯ KÝ +CHỦ TỌA`).MatchString(p) || !regexp.MustCompile(`Lê Thị Hòa +Trần Văn Ơn`).MatchString(p) {
			t.Errorf("%s: signatures are not side by side:\n%s", name, p)
		}
		if strings.Index(p, "Nơi nhận:") < strings.Index(p, "Trần Văn Ơn") {
			t.Errorf("%s: recipients stand above the signatures", name)
		}
	}
}
