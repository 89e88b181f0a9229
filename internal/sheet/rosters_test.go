package sheet

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

const rosters = "../member/testdata/rosters/"

func roster(t *testing.T, name string) *Book {
	t.Helper()
	b, err := ReadFile(t.Context(), rosters+name, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sheetNamed(t *testing.T, b *Book, name string) *Sheet {
	t.Helper()
	for _, s := range b.Sheets {
		if s.Name == name || name == "-" && len(b.Sheets) == 1 {
			return s
		}
	}
	t.Fatalf("no sheet %q", name)
	return nil
}

// Every row that the expected tables list exists in the file and has content where a person stands.
func TestRostersHaveTheRowsThatPeopleStandIn(t *testing.T) {
	t.Parallel()
	tables, err := filepath.Glob(rosters + "*.expected.tsv")
	if err != nil || len(tables) != 8 {
		t.Fatal(len(tables), err)
	}
	for _, table := range tables {
		name := strings.TrimSuffix(filepath.Base(table), ".expected.tsv")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := roster(t, name)
			data, err := os.ReadFile(table)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
				f := strings.Split(line, "\t")
				row, err := strconv.Atoi(f[1])
				if err != nil {
					t.Fatal(err)
				}
				s := sheetNamed(t, b, f[0])
				texts := 0
				for c := range 20 {
					if k := s.At(row-1, c).Kind; k == Text || k == Number || k == Date {
						texts++
					}
				}
				if texts < 3 {
					t.Errorf("%s row %d: %d cells with content: %v", f[0], row, texts, s.At(row-1, 1))
				}
			}
		})
	}
}

func TestRosterCells(t *testing.T) {
	t.Parallel()
	type want struct {
		sheet     string
		row, col  int // from 1, as people count
		kind      Kind
		text, raw string
		format    string
		font      string
		precision Precision
	}
	for name, wants := range map[string][]want{
		"01-nct-chanh-lo-2023.xlsx": {
			{"DS hội viên 2023", 13, 2, Text, "Lê Ngọc Liên", "Lê Ngọc Liên", "General", "Times New Roman", NoDate},
			{"DS hội viên 2023", 13, 6, Date, "28/07/2022", "44770", "[$-42A]dd/mm/yyyy", "Times New Roman", Day},
			{"DS hội viên 2023", 16, 9, Number, "992399328", "992399328", "General", "Times New Roman", NoDate},
		},
		"02-cuu-tnxp-chanh-lo.xls": {
			{"Danh sach 2022", 12, 2, Text, "¤ng NguyÔn TÊn LuËn", "¤ng NguyÔn TÊn LuËn", "General", ".VnTime", NoDate},
			{"Danh sach 2022", 14, 2, Text, "¤ng T¹ Hai", "¤ng T¹ Hai", "General", ".VnTimeH", NoDate},
			{"Danh sach 2022", 12, 8, Number, "760007257", "760007257", "General", ".VnTime", NoDate},
		},
		"03-tu-yeu-nuoc-2019.xls": {
			{"Sheet1", 12, 2, Text, "VOÕ SÔN", "VOÕ SÔN", "General", "VNI-Times", NoDate},
		},
		"07-nct-chi-hoi-6-7-nam-2024.xlsx": {
			{"Danh sách", 12, 4, Date, "11/11/1951", "18943", "dd/mm/yyyy", ".VnTime", Day},
			{"Danh sách", 15, 8, Date, "10/2012", "41183", "mm/yyyy", ".VnTime", Month},
		},
	} {
		b := roster(t, name)
		for _, w := range wants {
			c := sheetNamed(t, b, w.sheet).At(w.row-1, w.col-1)
			if c.Kind != w.kind || c.Text != w.text || c.Raw != w.raw || c.NumFmt() != w.format || c.Font() != w.font || c.Precision() != w.precision {
				t.Errorf("%s R%dC%d: kind %d %q raw %q format %q font %q precision %d, want %+v",
					name, w.row, w.col, c.Kind, c.Text, c.Raw, c.NumFmt(), c.Font(), c.Precision(), w)
			}
		}
	}
}

func TestRosterShapes(t *testing.T) {
	t.Parallel()
	s := roster(t, "01-nct-chanh-lo-2023.xlsx").Sheets[0]
	if !s.ColHidden(8) || s.ColHidden(7) { // I: the citizen number
		t.Error("01: hidden column I not seen")
	}
	if m, ok := s.MergedAt(8, 3); !ok || m != (Range{8, 2, 8, 3}) { // "Năm sinh" over Nam | Nữ
		t.Errorf("01: merged head %v %v", m, ok)
	}
	s = roster(t, "07-nct-chi-hoi-6-7-nam-2024.xlsx").Sheets[0]
	if got := s.Note(66, 8); got != "Số của con trai: 0560004061" {
		t.Errorf("07: note %q", got)
	}
	hidden := 0
	for i := range s.Rows {
		if s.RowHidden(i) {
			hidden++
		}
	}
	if hidden != 4 || !s.ColHidden(10) {
		t.Errorf("07: %d hidden rows", hidden)
	}
	if c := s.At(11, 5); !c.Formula || c.Kind != Number || c.Text != "73" {
		t.Errorf("07: age is the result of a formula: %+v", c)
	}
	ods := roster(t, "04-da-cam-cac-chi-hoi.ods")
	var names []string
	for _, s := range ods.Sheets {
		names = append(names, s.Name)
	}
	if !slices.Equal(names, []string{"Tổng hợp", "TDP 1", "TDP 2", "TDP3", "TDP 4-5", "TDP 6,7,8"}) {
		t.Errorf("04: %q", names)
	}
	if !ods.Sheets[4].ColHidden(7) {
		t.Error("04: hidden column of TDP 4-5 not seen")
	}
}

// The precision of a birth date is in its number format, in OpenDocument too.
func TestODSDatePrecision(t *testing.T) {
	t.Parallel()
	seen := map[Precision]int{}
	for _, s := range roster(t, "04-da-cam-cac-chi-hoi.ods").Sheets {
		for _, row := range s.Rows {
			for _, c := range row {
				if c.Kind == Date {
					seen[c.Precision()]++
					if c.Precision() == Year && c.Text != c.Time().Format("2006") {
						t.Errorf("year shown as %q of %v", c.Text, c.Time())
					}
				}
			}
		}
	}
	if seen[Day] < 20 || seen[Month] < 3 || seen[Year] < 3 {
		t.Errorf("precisions %v", seen)
	}
}

// What we read from XLS and ODS is what LibreOffice reads from them.
func TestAgreesWithLibreOffice(t *testing.T) {
	t.Parallel()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed (apt-get install libreoffice-calc-nogui)")
	}
	dir := t.TempDir()
	names := []string{"02-cuu-tnxp-chanh-lo.xls", "03-tu-yeu-nuoc-2019.xls", "04-da-cam-cac-chi-hoi.ods"}
	args := []string{"--headless", "-env:UserInstallation=file://" + dir + "/profile", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", dir}
	for _, n := range names {
		args = append(args, rosters+n)
	}
	if out, err := exec.CommandContext(t.Context(), soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, n := range names {
		ours := roster(t, n)
		theirs, err := ReadFile(t.Context(), filepath.Join(dir, strings.TrimSuffix(n, filepath.Ext(n))+".xlsx"), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		compareBooks(t, n, ours, theirs)
	}
}

func compareBooks(t *testing.T, name string, a, b *Book) {
	t.Helper()
	if len(a.Sheets) != len(b.Sheets) {
		t.Fatalf("%s: %d sheets, %d", name, len(a.Sheets), len(b.Sheets))
	}
	cells := 0
	for i, s := range a.Sheets {
		o := b.Sheets[i]
		if s.Name != o.Name || len(s.Rows) != len(o.Rows) || len(s.Merges) != len(o.Merges) {
			t.Errorf("%s %q: %d rows, %d merges; LibreOffice %q %d, %d", name, s.Name, len(s.Rows), len(s.Merges), o.Name, len(o.Rows), len(o.Merges))
		}
		for r := range s.Rows {
			for c := range max(len(s.Rows[r]), len(o.At(r, 0).Text)) {
				x, y := s.At(r, c), o.At(r, c)
				cells++
				if x.Kind != y.Kind || x.Raw != y.Raw || x.Kind != Empty && (x.Font() != y.Font() || x.Precision() != y.Precision()) {
					t.Errorf("%s %q R%dC%d: %+v %q; LibreOffice %+v %q", name, s.Name, r+1, c+1, x, x.Font(), y, y.Font())
				}
			}
			if s.RowHidden(r) != o.RowHidden(r) {
				t.Errorf("%s row %d hidden", name, r+1)
			}
		}
	}
	if cells < 300 {
		t.Errorf("%s: compared only %d cells", name, cells)
	}
}

// A book with everything that old files carry, saved by LibreOffice as XLS and ODS, is read alike from both.
func TestFeaturesSurviveInXLSAndODS(t *testing.T) {
	t.Parallel()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed (apt-get install libreoffice-calc-nogui)")
	}
	dir := t.TempDir()
	long := strings.Repeat("Nguyễn Thị Hường – hội viên ", 400) // over several records of XLS
	source := built(t, func(f *excelize.File) {
		day, whole := "yyyy", "000000000000"
		year, err1 := f.NewStyle(&excelize.Style{CustomNumFmt: &day})
		id, err2 := f.NewStyle(&excelize.Style{CustomNumFmt: &whole, Font: &excelize.Font{Family: "VNI-Times"}})
		errs := []error{err1, err2,
			f.SetCellInt("Sheet1", "A1", 15000), f.SetCellStyle("Sheet1", "A1", "A1", year),
			f.SetCellInt("Sheet1", "B1", 51150000001), f.SetCellStyle("Sheet1", "B1", "B1", id),
			f.SetCellStr("Sheet1", "C1", long), f.SetCellBool("Sheet1", "D1", true), f.SetCellFloat("Sheet1", "E1", 95.5, -1, 64),
			f.SetCellFormula("Sheet1", "A2", `"Chi hội "&1`), f.SetCellFormula("Sheet1", "B2", "1/0"), f.SetCellFormula("Sheet1", "C2", "2024-1951"),
			f.SetCellRichText("Sheet1", "D2", []excelize.RichTextRun{{Text: "¤ng ", Font: &excelize.Font{Family: "Arial"}}, {Text: "NguyÔn V¨n Hïng", Font: &excelize.Font{Family: ".VnTime"}}}),
			f.SetCellStr("Sheet1", "A3", "ẩn"), f.SetRowVisible("Sheet1", 3, false), f.SetColVisible("Sheet1", "E:F", false),
			f.AddComment("Sheet1", excelize.Comment{Cell: "B3", Text: "Số của con trai: 0560004061"}), f.SetCellStr("Sheet1", "B3", "0905 000 123"),
			f.MergeCell("Sheet1", "A5", "C6"), f.SetCellStr("Sheet1", "A5", "Cộng"),
		}
		for i := range 3000 {
			errs = append(errs, f.SetCellStr("Sheet1", fmt.Sprintf("A%d", 10+i), fmt.Sprintf("Hội viên thứ %d", i)))
		}
		_, err := f.NewSheet("Đã mất")
		errs = append(errs, err, f.SetCellStr("Đã mất", "A1", "Lê Hòa"), f.SetSheetVisible("Đã mất", false))
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.WriteFile(filepath.Join(dir, "a.xlsx"), source, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"xls:MS Excel 97", "ods"} {
		out, err := exec.CommandContext(t.Context(), soffice, "--headless", "-env:UserInstallation=file://"+dir+"/profile", "--convert-to", to, "--outdir", dir, filepath.Join(dir, "a.xlsx")).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	for _, ext := range []string{"xls", "ods"} {
		b, err := ReadFile(t.Context(), filepath.Join(dir, "a."+ext), Limits{})
		if err != nil {
			t.Fatal(ext, err)
		}
		checkFeatures(t, ext, b, long)
	}
}

func checkFeatures(t *testing.T, ext string, b *Book, long string) {
	t.Helper()
	s := b.Sheets[0]
	for at, want := range map[[2]int]Cell{
		{0, 0}: {Kind: Date, Text: "1941"}, {0, 1}: {Kind: Number, Text: "051150000001", Style: &Style{Font: "VNI-Times"}}, {0, 2}: {Kind: Text, Text: long},
		{0, 4}: {Kind: Number, Text: "95,5"}, {1, 0}: {Kind: Text, Text: "Chi hội 1", Formula: true}, {1, 1}: {Kind: Error, Text: "#DIV/0!", Formula: true},
		{1, 2}: {Kind: Number, Text: "73", Formula: true}, {1, 3}: {Kind: Text, Text: "¤ng NguyÔn V¨n Hïng", Style: &Style{Font: ".VnTime"}}, {4, 0}: {Kind: Text, Text: "Cộng"},
		{3008, 0}: {Kind: Text, Text: "Hội viên thứ 2999"},
	} {
		got := s.At(at[0], at[1])
		if want.Kind == Number && strings.ReplaceAll(got.Text, ".", ",") == want.Text { // ODS shows what its locale showed
			got.Text = want.Text
		}
		if got.Kind != want.Kind || got.Text != want.Text || got.Formula != want.Formula || want.Style != nil && got.Font() != want.Style.Font {
			t.Errorf("%s %v: %.80v %q, want %.80v", ext, at, got, got.Font(), want)
		}
	}
	if s.At(0, 0).Precision() != Year || !s.RowHidden(2) || s.RowHidden(1) || !s.ColHidden(4) || !s.ColHidden(5) || s.ColHidden(3) {
		t.Errorf("%s: precision %d, hidden %v %v", ext, s.At(0, 0).Precision(), s.hiddenRows, s.hiddenCols)
	}
	if m, ok := s.MergedAt(5, 2); !ok || m != (Range{4, 0, 5, 2}) {
		t.Errorf("%s: merges %v", ext, s.Merges)
	}
	if got := s.Note(2, 1); !strings.Contains(got, "Số của con trai: 0560004061") {
		t.Errorf("%s: note %q of %v", ext, got, s.notes)
	}
	if len(b.Sheets) != 2 || s.Hidden || !b.Sheets[1].Hidden || b.Sheets[1].Name != "Đã mất" {
		t.Errorf("%s: sheets %+v", ext, b.Sheets[1].Name)
	}
}
