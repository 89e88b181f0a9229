package sheet

import (
	"encoding/binary"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

func TestNumberFormats(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		format string
		value  float64
		want   string
	}{
		{"General", 999142000001, "999142000001"},
		{"General", 95.5, "95,5"},
		{"General", 9.991e20, "9,991E+20"},
		{"", 42, "42"},
		{"0", 905000123, "905000123"},
		{"0000000000", 905000123, "0905000123"},
		{"000000000000", 51150000001, "051150000001"},
		{"#,##0", 25500000, "25.500.000"},
		{`#,##0" đồng"`, 25500000, "25.500.000 đồng"},
		{"#,##0.00;[Red]-#,##0.00", -1234.5, "-1.234,50"},
		{"#,##0.##", 95.5, "95,5"},
		{"0.0%", 0.955, "95,5%"},
		{"0%", 0.5, "50%"},
		{"0.00E+00", 999142000001, "9,99E+11"},
		{"[$-42A]0.00E+00", 999142000001, "9,99E+11"},
		{"#,##0,", 1500000, "1.500"},
		{"@", 1942, "1942"},
		{"dd/mm/yyyy", 19606, "04/09/1953"},
		{"[$-42A]DD/MM/YYYY", 19606, "04/09/1953"},
		{"d/m/yy", 19606, "4/9/53"},
		{"mm/yyyy", 19606, "09/1953"},
		{"yyyy", 19606, "1953"},
		{"mmm-yy", 19606, "Thg 9-53"},
		{`"ngày "dd" tháng "m" năm "yyyy`, 19606, "ngày 04 tháng 9 năm 1953"},
		{`dd\.mm\.yyyy`, 19606, "04.09.1953"},
		{"dd/mm/yyyy hh:mm", 19606.5, "04/09/1953 12:00"},
		{"h:mm AM/PM", 0.75, "6:00 CH"},
		{"[h]:mm", 1.5, "36:00"},
		{"mm:ss", 0.5 + 90.0/86400, "01:30"},
		{`"chưa đóng`, 1, "chưa đóng"},
		{"[Red", 3, "3"},
	} {
		if got := parseNumFmt(c.format).format(c.value); got != c.want {
			t.Errorf("%q of %v: %q, want %q", c.format, c.value, got, c.want)
		}
	}
}

func TestPrecision(t *testing.T) {
	t.Parallel()
	for format, want := range map[string]Precision{
		"dd/mm/yyyy": Day, "d/m/yy": Day, "[$-42A]mm/yyyy": Month, "mmm-yy": Month, "yyyy": Year, "yy": Year,
		"General": NoDate, "0": NoDate, "hh:mm": NoDate, "mm:ss": NoDate, "@": NoDate, "#,##0": NoDate,
		`"dd/mm"0`: NoDate, `\d0`: NoDate, "[Red]0": NoDate,
	} {
		c := numberCell(19606, 0, &Style{NumFmt: format}, false)
		if got := c.Precision(); got != want || (c.Kind == Date) != (want != NoDate) {
			t.Errorf("%q: precision %d kind %d, want %d", format, got, c.Kind, want)
		}
	}
}

func TestSerialDays(t *testing.T) {
	t.Parallel()
	for serial, want := range map[float64]string{
		1: "1900-01-01", 59: "1900-02-28", 61: "1900-03-01", 19606: "1953-09-04", 25569: "1970-01-01", 45262: "2023-12-02", -1: "1899-12-29",
	} {
		got := serialTime(serial)
		if got.Format("2006-01-02") != want {
			t.Errorf("%v: %s, want %s", serial, got.Format("2006-01-02"), want)
		}
		if back := serialOf(got); back != serial {
			t.Errorf("%s: %v, want %v", want, back, serial)
		}
	}
}

func TestDates1904(t *testing.T) {
	t.Parallel()
	b := built(t, func(f *excelize.File) {
		yes := true
		_ = f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes})
		st, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			t.Fatal(err)
		}
		_ = f.SetCellInt("Sheet1", "A1", 1)
		_ = f.SetCellInt("Sheet1", "A2", 1950)
		_ = f.SetCellStyle("Sheet1", "A1", "A1", st)
	})
	book, err := readBytes(t, b, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	s := book.Sheets[0]
	if got := s.At(0, 0); got.Text != "02/01/1904" || got.Kind != Date {
		t.Errorf("%+v", got)
	}
	if got := s.At(1, 0); got.Text != "1950" { // a plain number is not moved
		t.Errorf("%+v", got)
	}
}

func TestXLSXKinds(t *testing.T) {
	t.Parallel()
	b := zipOf(t, minimalXLSX(`<x:worksheet xmlns:x="m"><x:cols><x:col min="3" max="4" hidden="1"/></x:cols><x:sheetData><x:row r="2" hidden="1">
		<x:c r="A2" t="inlineStr"><x:is><x:r><x:rPr><x:rFont val=".VnTime"/></x:rPr><x:t>NguyÔn &amp; V¨n</x:t></x:r><x:r><x:t xml:space="preserve"> A</x:t></x:r></x:is></x:c>
		<x:c r="B2" t="b"><x:v>1</x:v></x:c><x:c r="C2" t="e"><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c>
		<x:c r="D2" t="str"><x:f>"a"</x:f><x:v>dòng 1_x000A_dòng 2</x:v></x:c><x:c r="E2" t="d"><x:v>1953-09-04</x:v></x:c>
		<x:c r="F2"><x:v>9.99142000001E11</x:v></x:c><x:c r="G2" t="s"><x:v>99</x:v></x:c><x:c r="H2"><x:v><![CDATA[7]]></x:v></x:c></x:row></x:sheetData>
		<x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>`))
	book, err := readBytes(t, b, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	s := book.Sheets[0]
	for i, want := range []Cell{
		{Kind: Text, Text: "NguyÔn & V¨n A"}, {Kind: Bool, Text: "ĐÚNG", Number: 1}, {Kind: Error, Text: "#DIV/0!", Formula: true},
		{Kind: Text, Text: "dòng 1\ndòng 2", Formula: true}, {Kind: Date, Text: "04/09/1953", Number: 19606}, {Kind: Number, Text: "999142000001", Number: 999142000001},
		{}, {Kind: Number, Text: "7", Number: 7},
	} {
		got := s.At(1, i)
		if got.Kind != want.Kind || got.Text != want.Text || got.Number != want.Number || got.Formula != want.Formula {
			t.Errorf("column %d: %+v, want %+v", i, got, want)
		}
	}
	if s.At(1, 0).Font() != ".VnTime" || !s.RowHidden(1) || s.RowHidden(0) || !s.ColHidden(2) || !s.ColHidden(3) || s.ColHidden(4) || len(s.Merges) != 1 {
		t.Errorf("font %q, %+v", s.At(1, 0).Font(), s)
	}
}

func csvTexts(t *testing.T, b []byte) [][]string {
	t.Helper()
	book, err := readBytes(t, b, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for _, row := range book.Sheets[0].Rows {
		var texts []string
		for _, c := range row {
			texts = append(texts, c.Text)
		}
		all = append(all, texts)
	}
	return all
}

func TestCSV(t *testing.T) {
	t.Parallel()
	utf16le := func(s string, mark bool) []byte {
		var b []byte
		if mark {
			b = []byte{0xFF, 0xFE}
		}
		for _, u := range utf16.Encode([]rune(s)) {
			b = binary.LittleEndian.AppendUint16(b, u)
		}
		return b
	}
	plain := "STT,Họ tên,Ghi chú\n1,Lê Thị Hòa,\"12 Lê Lợi, tổ 3\"\n"
	for name, b := range map[string][]byte{
		"comma":          []byte(plain),
		"mark":           []byte("\xEF\xBB\xBF" + plain),
		"semicolon":      []byte("STT;Họ tên;Ghi chú\r\n1;Lê Thị Hòa;12 Lê Lợi, tổ 3\r\n"),
		"tab":            []byte("STT\tHọ tên\tGhi chú\r1\tLê Thị Hòa\t12 Lê Lợi, tổ 3"),
		"utf-16":         utf16le("STT\tHọ tên\tGhi chú\r\n1\tLê Thị Hòa\t12 Lê Lợi, tổ 3\r\n", true),
		"utf-16 no mark": utf16le("STT\tHọ tên\tGhi chú\r\n1\tLê Thị Hòa\t12 Lê Lợi, tổ 3\r\n", false),
		"sep line":       []byte("sep=;\r\nSTT;Họ tên;Ghi chú\r\n1;Lê Thị Hòa;12 Lê Lợi, tổ 3\r\n"),
	} {
		got := csvTexts(t, b)
		if len(got) != 2 || len(got[1]) != 3 || got[0][1] != "Họ tên" || got[1][1] != "Lê Thị Hòa" || got[1][2] != "12 Lê Lợi, tổ 3" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestCSVRecordsAreCountedLikeRows(t *testing.T) {
	t.Parallel()
	got := csvTexts(t, []byte("tiêu đề\n\n,,\n\"hai\ndòng\",\"ông \"\"Ba\"\"\",cao 5\" \n\n1,2\n"))
	if len(got) != 6 || got[1] != nil || got[2] != nil || got[3][0] != "hai\ndòng" || got[3][1] != `ông "Ba"` || got[3][2] != `cao 5" ` || got[5][1] != "2" {
		t.Errorf("%q", got)
	}
}

// Bytes of the old code pages come through as Windows-1252, ready to be mended: TCVN3 "NguyÔn ThÞ".
func TestCSVInOldCodePage(t *testing.T) {
	t.Parallel()
	got := csvTexts(t, []byte("STT;Hä tªn\n1;Nguy\xD4n Th\xDE \x8Cng\n"))
	if got[1][1] != "NguyÔn ThÞ Œng" {
		t.Errorf("%q", got)
	}
	if got := csvTexts(t, []byte("STT;Họ tên\n1;Lê Thị Hò\xE1\xBB")); got[0][1] != "Họ tên" {
		t.Errorf("a letter cut at the end made another encoding of the file: %q", got)
	}
}

func TestISODates(t *testing.T) {
	t.Parallel()
	c := isoDateCell("1942-05-03T06:30:00", nil, false)
	if c.Kind != Date || c.Text != "03/05/1942" || !c.Time().Equal(time.Date(1942, 5, 3, 6, 30, 0, 0, time.UTC)) {
		t.Errorf("%+v %v", c, c.Time())
	}
	if c := isoDateCell("khoảng 1942", nil, false); c.Kind != Text || !c.Time().IsZero() {
		t.Errorf("%+v", c)
	}
}
