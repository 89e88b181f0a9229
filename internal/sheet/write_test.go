package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func written(t *testing.T, wb Workbook) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, wb); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sample() Workbook {
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	return Workbook{Creator: "Cổng thông tin phường Chánh Lộ", Created: day(2024, 1, 5), Tables: []Table{{
		Name:      "Hội viên: TDP 1/2",
		Letter:    []string{"HỘI NGƯỜI CAO TUỔI PHƯỜNG CHÁNH LỘ", "CHI HỘI TỔ DÂN PHỐ 1"},
		Titles:    []string{"DANH SÁCH HỘI VIÊN", "Đến ngày 31/12/2023"},
		Columns:   []Column{{Header: "STT", Center: true}, {Header: "Họ và tên", Width: 26}, {Header: "Ngày sinh"}, {Header: "Điện thoại"}, {Header: "Số CCCD"}, {Header: "Hội phí"}, {Header: "Tỷ lệ"}, {Header: "Mã", Hidden: true}},
		Closing:   []string{"Danh sách này có 3 người./."},
		Watermark: "Xuất bởi Nguyễn Thị Ánh & Lê Ơn lúc 16:54 ngày 04/12/2023",
		Landscape: true,
		Rows: Cells([][]Value{
			{Plain(1), Str("Nguyễn Thị Ánh"), On(day(1953, 9, 5)), Str("0905000123"), Str("001953000001"), Int(1240000), Dec(95.5), Str("-1")},
			{Plain(2), Str(`=HYPERLINK("http://x.vn","Lê Ơn")`), Str("1942"), Str("+84905000124"), Str("051150000001"), Int(24000), Dec(100), Str("@cmd")},
			{Plain(3), Str("-2+3"), On(day(1899, 5, 1))},
		}),
	}}}
}

func TestWriteTypedCells(t *testing.T) {
	t.Parallel()
	raw := written(t, sample())
	book, err := readBytes(t, raw, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	s := book.Sheets[0]
	if s.Name != "Hội viên  TDP 1 2" || !s.ColHidden(7) {
		t.Errorf("%q", s.Name)
	}
	header := 5
	for c, want := range []Cell{{Kind: Number, Text: "1"}, {Kind: Text, Text: "Nguyễn Thị Ánh"}, {Kind: Date, Text: "05/09/1953"}, {Kind: Text, Text: "0905000123"},
		{Kind: Text, Text: "001953000001"}, {Kind: Number, Text: "1.240.000"}, {Kind: Number, Text: "95,5"}, {Kind: Text, Text: "-1"}} {
		if got := s.At(header+1, c); got.Kind != want.Kind || got.Text != want.Text || got.Font() != "Times New Roman" {
			t.Errorf("column %d: %+v, want %+v", c, got, want)
		}
	}
	for _, at := range [][2]int{{header + 2, 1}, {header + 2, 3}, {header + 2, 7}, {header + 3, 1}} {
		if c := s.At(at[0], at[1]); c.Kind != Text || c.Formula || c.NumFmt() != "@" {
			t.Errorf("%v is not plain text: %+v", at, c)
		}
	}
	if c := s.At(header+3, 2); c.Kind != Text || c.Text != "01/05/1899" {
		t.Errorf("an old date: %+v", c)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, cell := range []string{"B8", "D8", "B9"} {
		if formula, err := f.GetCellFormula(s.Name, cell); formula != "" || err != nil {
			t.Errorf("%s has the formula %q (%v)", cell, formula, err)
		}
	}
	if text := fmt.Sprint(f.GetDefinedName()); !strings.Contains(text, "$6:$6") {
		t.Errorf("print titles: %s", text)
	}
	if p, err := f.GetPanes(s.Name); err != nil || !p.Freeze || p.YSplit != 6 {
		t.Errorf("%+v %v", p, err)
	}
	if l, err := f.GetPageLayout(s.Name); err != nil || *l.Orientation != "landscape" || *l.Size != 9 || *l.FitToHeight != 0 {
		t.Errorf("%+v %v", l, err)
	}
}

func TestWriteOpensInLibreOffice(t *testing.T) {
	t.Parallel()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed (apt-get install libreoffice-calc-nogui)")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.xlsx"), written(t, sample()), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), soffice, "--headless", "-env:UserInstallation=file://"+dir+"/profile",
		"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", dir, filepath.Join(dir, "a.xlsx")).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "a.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1,Nguyễn Thị Ánh,05/09/1953,0905000123,001953000001,", `"=HYPERLINK(""http://x.vn"",""Lê Ơn"")"`, "+84905000124", "Danh sách này có 3 người./."} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("LibreOffice does not show %s in:\n%s", want, text)
		}
	}
}

// Any text goes in and comes out the same, and none becomes a number or a formula.
func TestWriteThenReadKeepsText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringMatching(`[=+\-@'"<>&_x0-9A-F ăơĐệ\n]{1,12}`).Draw(r, "text")
		n := rapid.Int64Range(-1e12, 1e12).Draw(r, "n")
		day := time.Date(1901, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 60000).Draw(r, "day"))
		var b bytes.Buffer
		if err := Write(&b, Workbook{Tables: []Table{{Columns: make([]Column, 3), Rows: Cells([][]Value{{Str(text), Int(n), On(day)}})}}}); err != nil {
			r.Fatal(err)
		}
		book, err := Read(t.Context(), bytes.NewReader(b.Bytes()), int64(b.Len()), Limits{})
		if err != nil {
			r.Fatal(err)
		}
		s := book.Sheets[0]
		if c := s.At(1, 0); c.Kind != Text || c.Text != text {
			r.Fatalf("%q came back as %+v", text, c)
		}
		if c := s.At(1, 1); c.Number != float64(n) {
			r.Fatalf("%d came back as %+v", n, c)
		}
		if c := s.At(1, 2); !c.Time().Equal(day) || c.Precision() != Day {
			r.Fatalf("%v came back as %+v", day, c)
		}
	})
}

func TestSheetNames(t *testing.T) {
	t.Parallel()
	taken := map[string]bool{}
	long := "Hội Nạn nhân chất độc da cam/dioxin phường Chánh Lộ"
	for i, want := range []string{"Hội Nạn nhân chất độc da cam di", "Hội Nạn nhân chất độc da ca (2)", "Hội Nạn nhân chất độc da ca (3)"} {
		if got := sheetName(long, i, taken); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := sheetName("'*?'", 4, taken); got != "Trang 5" {
		t.Errorf("%q", got)
	}
	written(t, Workbook{Tables: []Table{{Name: "TDP 1", Columns: make([]Column, 1)}, {Name: "tdp 1", Columns: make([]Column, 1)}, {Name: "Ông 'Ba'", Columns: make([]Column, 1)}}})
}

func TestWriteRefuses(t *testing.T) {
	t.Parallel()
	broken := errors.New("mất kết nối")
	failing := func(yield func([]Value, error) bool) { yield(nil, broken) }
	for name, wb := range map[string]Workbook{
		"no table":   {},
		"no columns": {Tables: []Table{{Name: "A"}}},
		"wide row":   {Tables: []Table{{Columns: make([]Column, 1), Rows: Cells([][]Value{{Int(1), Int(2)}})}}},
	} {
		if err := Write(io.Discard, wb); err == nil {
			t.Error(name, "accepted")
		}
	}
	err := Write(io.Discard, Workbook{Tables: []Table{{Columns: make([]Column, 1), Rows: iter.Seq2[[]Value, error](failing)}}})
	if !errors.Is(err, broken) {
		t.Error(err)
	}
}

// people yields n rows as a roster export has them.
func people(n int) iter.Seq2[[]Value, error] {
	return func(yield func([]Value, error) bool) {
		day := time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC)
		for i := range n {
			row := []Value{Plain(int64(i + 1)), Str(fmt.Sprintf("Nguyễn Thị Thu %d", i)), Str("Nữ"), On(day.AddDate(0, 0, i%20000)), Str("0905000123"), Str("999150000001"),
				Str("Tổ dân phố 3"), Str("12 Lê Trung Đình"), Str("Đang sinh hoạt"), On(day.AddDate(50, 0, i%7000)), Int(24000), Str("")}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func BenchmarkWrite100k(b *testing.B) {
	for b.Loop() {
		if err := Write(io.Discard, Workbook{Tables: []Table{{Columns: make([]Column, 12), Rows: people(100_000)}}}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScan100k(b *testing.B) {
	var file bytes.Buffer
	if err := Write(&file, Workbook{Tables: []Table{{Columns: make([]Column, 12), Rows: people(100_000)}}}); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(file.Len())/1e6, "MB")
	for b.Loop() {
		rows := 0
		_, err := Scan(b.Context(), bytes.NewReader(file.Bytes()), int64(file.Len()), Limits{}, func(*Sheet, int, []Cell) error { rows++; return nil })
		if err != nil || rows != 100_000 {
			b.Fatal(err, rows)
		}
	}
}
