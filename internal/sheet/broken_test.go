package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func readBytes(t *testing.T, b []byte, lim Limits) (*Book, error) {
	t.Helper()
	return Read(t.Context(), bytes.NewReader(b), int64(len(b)), lim)
}

// built makes a file with excelize: A1 down the given values.
func built(t *testing.T, edit func(*excelize.File), opts ...excelize.Options) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	edit(f)
	var b bytes.Buffer
	if err := f.Write(&b, opts...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wantKind(t *testing.T, err error, kind FailureKind, what string) {
	t.Helper()
	var f *Failure
	if !errors.As(err, &f) || f.Kind != kind || what != "" && f.What != what {
		t.Errorf("got %v, want %s %s", err, kind, what)
	}
}

func zipOf(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func minimalXLSX(sheet string) map[string]string {
	return map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="Hội viên" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet,
	}
}

func TestBomb(t *testing.T) {
	t.Parallel()
	blanks := strings.Repeat(" ", 1<<20)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range minimalXLSX("") {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "sheet1.xml") {
			_, _ = io.WriteString(w, "<worksheet><sheetData>")
			for range 200 {
				_, _ = io.WriteString(w, blanks)
			}
			text = "</sheetData></worksheet>"
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 1<<20 {
		t.Fatalf("the bomb is %d bytes", b.Len())
	}
	_, err := readBytes(t, b.Bytes(), Limits{})
	wantKind(t, err, Bomb, "")
}

// A directory that lies about the size does not help a bomb.
func TestBombWithForgedSize(t *testing.T) {
	t.Parallel()
	b := zipOf(t, minimalXLSX("<worksheet>"+strings.Repeat(" ", 3<<20)+"</worksheet>"))
	forged := bytes.Clone(b)
	for i := 0; i+4 < len(forged); i++ {
		if bytes.Equal(forged[i:i+4], []byte{'P', 'K', 1, 2}) {
			if size := forged[i+24 : i+28]; size[2] >= 0x30 { // 3 MiB and a little
				copy(size, []byte{16, 0, 0, 0})
			}
		}
	}
	if bytes.Equal(b, forged) {
		t.Fatal("nothing forged")
	}
	if _, err := readBytes(t, forged, Limits{UnzipBytes: 1 << 20}); KindOf(err) == "" {
		t.Errorf("accepted: %v", err)
	}
}

// Repetition in ODS multiplies content without taking room in the file.
func TestRepeatedRowsAreCounted(t *testing.T) {
	t.Parallel()
	row := `<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="200" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>`
	ods := func(rows string) []byte {
		return zipOf(t, map[string]string{
			"mimetype":    "application/vnd.oasis.opendocument.spreadsheet",
			"content.xml": `<office:document-content><office:body><office:spreadsheet><table:table table:name="A">` + rows + `</table:table></office:spreadsheet></office:body></office:document-content>`,
		})
	}
	_, err := readBytes(t, ods(row), Limits{})
	wantKind(t, err, TooLarge, "cells")
	_, err = readBytes(t, ods(strings.Replace(row, `"200"`, `"16384"`, 1)), Limits{})
	wantKind(t, err, TooLarge, "columns")
	blank := `<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`
	if b, err := readBytes(t, ods(blank), Limits{}); err != nil || len(b.Sheets[0].Rows) != 0 {
		t.Errorf("a blank sheet is no bomb: %v", err)
	}
}

func TestEntitiesAreRefused(t *testing.T) {
	t.Parallel()
	laughs := `<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row r="1"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`
	_, err := readBytes(t, zipOf(t, minimalXLSX(laughs)), Limits{})
	wantKind(t, err, Truncated, "")
}

// A file cut off anywhere gives a Failure, never a panic and never a book that looks whole.
func TestTruncatedAnywhere(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"01-nct-chanh-lo-2023.xlsx", "02-cuu-tnxp-chanh-lo.xls", "04-da-cam-cac-chi-hoi.ods", "07-nct-chi-hoi-6-7-nam-2024.xlsx"} {
		whole, err := os.ReadFile(rosters + name)
		if err != nil {
			t.Fatal(err)
		}
		for n := 600; n < len(whole)*19/20; n += len(whole) / 23 {
			if _, err := readBytes(t, whole[:n], Limits{}); KindOf(err) != Truncated {
				t.Errorf("%s cut at %d of %d: %v", name, n, len(whole), err)
			}
		}
	}
}

// Bytes changed at random places never make the reader panic or run away.
func TestDamagedBytes(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"02-cuu-tnxp-chanh-lo.xls", "03-tu-yeu-nuoc-2019.xls"} {
		whole, err := os.ReadFile(rosters + name)
		if err != nil {
			t.Fatal(err)
		}
		refused := 0
		for seed := range 150 {
			b := bytes.Clone(whole)
			for k := range 5 {
				at := (seed*7919 + k*104729) % len(b)
				b[at] = byte(seed*31 + k*17)
			}
			_, err := readBytes(t, b, Limits{})
			if err != nil {
				if KindOf(err) == "" {
					t.Errorf("%s seed %d: %v", name, seed, err)
				}
				refused++
			}
		}
		if refused == 0 || refused == 150 {
			t.Errorf("%s: %d of 150 refused", name, refused)
		}
	}
}

func TestEncrypted(t *testing.T) {
	t.Parallel()
	b := built(t, func(f *excelize.File) { _ = f.SetCellStr("Sheet1", "A1", "Lê Thị Hòa") }, excelize.Options{Password: "mật khẩu"})
	_, err := readBytes(t, b, Limits{})
	wantKind(t, err, Encrypted, "")
	locked := zipOf(t, map[string]string{
		"mimetype":              "application/vnd.oasis.opendocument.spreadsheet",
		"content.xml":           "\x01\x02\x03",
		"META-INF/manifest.xml": `<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`,
	})
	_, err = readBytes(t, locked, Limits{})
	wantKind(t, err, Encrypted, "")
}

// The format comes from the bytes: a picture is no sheet whatever its name says.
func TestForeignFiles(t *testing.T) {
	t.Parallel()
	for what, b := range map[string][]byte{
		"png":    []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
		"jpeg":   []byte("\xFF\xD8\xFF\xE0\x00\x10JFIF"),
		"pdf":    []byte("%PDF-1.7\n"),
		"html":   []byte("\xEF\xBB\xBF\n<HTML><table><tr><td>Họ tên</td></tr></table></HTML>"),
		"xml":    []byte(`<?xml version="1.0"?><Workbook/>`),
		"empty":  []byte("  \r\n"),
		"binary": []byte("ab\x00\x01\x02\x03cd"),
		"docx":   zipOf(t, map[string]string{"word/document.xml": "<w/>"}),
		"zip":    zipOf(t, map[string]string{"readme.txt": "x"}),
	} {
		path := filepath.Join(t.TempDir(), "danh-sach.xlsx")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := ReadFile(t.Context(), path, Limits{})
		wantKind(t, err, NotASheet, what)
	}
	_, err := readBytes(t, nil, Limits{})
	wantKind(t, err, NotASheet, "empty")
}

func TestBounds(t *testing.T) {
	t.Parallel()
	wide := built(t, func(f *excelize.File) { _ = f.SetCellStr("Sheet1", "XFD1", "cuối") })
	_, err := readBytes(t, wide, Limits{})
	wantKind(t, err, TooLarge, "columns")

	deep := built(t, func(f *excelize.File) { _ = f.SetCellStr("Sheet1", "A1048576", "cuối") })
	_, err = readBytes(t, deep, Limits{})
	wantKind(t, err, TooLarge, "rows")

	fat := zipOf(t, minimalXLSX(`<worksheet><sheetData><row r="1"><c t="str"><v>`+strings.Repeat("ă", 40_000)+`</v></c></row></sheetData></worksheet>`))
	_, err = readBytes(t, fat, Limits{})
	wantKind(t, err, TooLarge, "cell")

	small := []byte("Họ tên,Năm sinh\nLê Hòa,1950\n")
	_, err = readBytes(t, small, Limits{FileBytes: 10})
	wantKind(t, err, TooLarge, "bytes")
	_, err = readBytes(t, small, Limits{Rows: 1})
	wantKind(t, err, TooLarge, "rows")
	_, err = readBytes(t, small, Limits{Cells: 3})
	wantKind(t, err, TooLarge, "cells")
	if _, err = readBytes(t, small, Limits{Rows: 2, Cols: 2, Cells: 4}); err != nil {
		t.Error("exactly at the bounds:", err)
	}
	many := built(t, func(f *excelize.File) { _, _ = f.NewSheet("Hai") })
	_, err = readBytes(t, many, Limits{Sheets: 1})
	wantKind(t, err, TooLarge, "sheets")
}

// Formatting out to the last column, as LibreOffice and careless hands leave it, is no content.
func TestBlankFormattedCellsDoNotCount(t *testing.T) {
	t.Parallel()
	b := built(t, func(f *excelize.File) {
		st, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
		if err != nil {
			t.Fatal(err)
		}
		_ = f.SetCellStr("Sheet1", "A1", "Họ tên")
		_ = f.SetCellStyle("Sheet1", "A1", "XFD3", st)
	})
	book, err := readBytes(t, b, Limits{})
	if err != nil || len(book.Sheets[0].Rows) != 1 || len(book.Sheets[0].Rows[0]) != 1 {
		t.Errorf("%v %+v", err, book)
	}
}

func TestRowsOutOfOrderAreRefused(t *testing.T) {
	t.Parallel()
	_, err := readBytes(t, zipOf(t, minimalXLSX(`<worksheet><sheetData><row r="5"/><row r="5"><c><v>1</v></c></row></sheetData></worksheet>`)), Limits{})
	wantKind(t, err, Truncated, "")
}

func TestMacrosAndLinksAreTold(t *testing.T) {
	t.Parallel()
	parts := minimalXLSX(`<worksheet><sheetData><row r="1"><c><v>1</v></c></row></sheetData></worksheet>`)
	plain, err := readBytes(t, zipOf(t, parts), Limits{})
	if err != nil || plain.Macros || plain.Links {
		t.Fatalf("%v %+v", err, plain)
	}
	parts["xl/vbaProject.bin"] = "x"
	parts["xl/externalLinks/externalLink1.xml"] = "<externalLink/>"
	b, err := readBytes(t, zipOf(t, parts), Limits{})
	if err != nil || !b.Macros || !b.Links {
		t.Errorf("%v %+v", err, b)
	}
}

func TestCancelledReadIsNoFailure(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := ReadFile(ctx, rosters+"05-khuyen-hoc-2023-5000.xlsx", Limits{})
	if !errors.Is(err, context.Canceled) || KindOf(err) != "" {
		t.Errorf("%v", err)
	}
}

func TestScanStopsAtTheCallersError(t *testing.T) {
	t.Parallel()
	b := []byte("a\nb\nc\n")
	stop, seen := errors.New("đủ rồi"), 0
	_, err := Scan(t.Context(), bytes.NewReader(b), int64(len(b)), Limits{}, func(*Sheet, int, []Cell) error {
		if seen++; seen == 2 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || seen != 2 {
		t.Error(err, seen)
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"06-nct-chi-hoi-tdp5.csv", "08-khuyen-hoc-truong-thcs.xlsx"} {
		b, err := os.ReadFile(rosters + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte("\xFF\xFEa\x00;\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		book, err := Read(t.Context(), bytes.NewReader(b), int64(len(b)), Limits{Rows: 500, Cells: 5000})
		if err == nil && book == nil || err != nil && KindOf(err) == "" {
			t.Errorf("%v", err)
		}
	})
}
