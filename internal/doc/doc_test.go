package doc

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// The handbook (§2.7) measured these with a font of Times' widths.
func TestWidthsAreThoseOfTimes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text   string
		points float64
		mm     float64
	}{
		{nation, 13, 95.6}, {nation, 12, 88.2}, {motto, 14, 60.4}, {motto, 13, 56.1}, {"HỘI NGƯỜI CAO TUỔI PHƯỜNG CHÁNH LỘ", 12, 90},
	} {
		if got := textWidth(c.text, "B", c.points); math.Abs(got-c.mm) > 0.5 {
			t.Errorf("%s at %v: %.1f mm, want %.1f", c.text, c.points, got, c.mm)
		}
	}
}

func TestEveryLetterIsInTheFonts(t *testing.T) {
	t.Parallel()
	for s, f := range faces() {
		for _, r := range allLetters {
			if i, err := f.f.GlyphIndex(&f.buf, r); r != ' ' && (err != nil || i == 0) {
				t.Errorf("font %q has no %c", s, r)
			}
		}
	}
}

func TestBalance(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"HỘI KHUYẾN HỌC":                           {"HỘI KHUYẾN HỌC"},
		"HỘI NGƯỜI CAO TUỔI PHƯỜNG CHÁNH LỘ":       {"HỘI NGƯỜI CAO TUỔI", "PHƯỜNG CHÁNH LỘ"},
		"HỘI NGƯỜI CAO TUỔI THÀNH PHỐ QUẢNG NGÃI":  {"HỘI NGƯỜI CAO TUỔI", "THÀNH PHỐ QUẢNG NGÃI"},
		"BAN CHẤP HÀNH\nNHIỆM KỲ 2021 - 2026":      {"BAN CHẤP HÀNH", "NHIỆM KỲ 2021 - 2026"},
		"HỘI CỰU THANH NIÊN XUNG PHONG TỈNH QUẢNG": {"HỘI CỰU THANH NIÊN", "XUNG PHONG TỈNH QUẢNG"},
	} {
		got := balance(text, "B", 12, leftColumn)
		if text == "HỘI CỰU THANH NIÊN XUNG PHONG TỈNH QUẢNG" { // too long before TỈNH? then even lines
			if len(got) != 2 || widest(got, "B", 12) > leftColumn {
				t.Errorf("%q", got)
			}
			continue
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	got := balance("Tổng kết công tác Hội Người cao tuổi năm 2023 và phương hướng, nhiệm vụ năm 2024", "B", 14, subjectWidth)
	if !slices.Equal(got, []string{"Tổng kết công tác Hội Người cao tuổi năm 2023", "và phương hướng, nhiệm vụ năm 2024"}) {
		t.Errorf("%q", got)
	}
	if got := balance(" \n ", "", 12, 50); got != nil {
		t.Errorf("%q", got)
	}
}

func TestPreparedPunctuation(t *testing.T) {
	t.Parallel()
	d := Document{
		Bases:      []string{"Căn cứ Điều lệ Hội Người cao tuổi Việt Nam.", "Căn cứ Kế hoạch số 02"},
		Addressees: []string{"Ủy ban nhân dân phường;", "Hội Người cao tuổi tỉnh"},
		Recipients: []string{"Các chi hội;", "- Lưu: VT."},
		Body:       []Block{Text("Kính báo cáo.")},
		Annexes:    []Annex{{Title: "A"}, {Title: "B"}},
	}
	before := d.Body[0].(Paragraph).Runs[0].Text
	p := prepare(d)
	if p.Bases[0] != "Căn cứ Điều lệ Hội Người cao tuổi Việt Nam;" || p.Bases[1] != "Căn cứ Kế hoạch số 02." {
		t.Errorf("%q", p.Bases)
	}
	if !slices.Equal(p.Addressees, []string{"- Ủy ban nhân dân phường;", "- Hội Người cao tuổi tỉnh."}) {
		t.Errorf("%q", p.Addressees)
	}
	if !slices.Equal(p.Recipients, []string{"- Như trên;", "- Các chi hội;", "- Lưu: VT."}) {
		t.Errorf("%q", p.Recipients)
	}
	if got := p.Body[0].(Paragraph).Runs[0].Text; got != "Kính báo cáo./." {
		t.Errorf("%q", got)
	}
	if !slices.Equal(p.annexNames, []string{"Phụ lục I", "Phụ lục II"}) {
		t.Errorf("%q", p.annexNames)
	}
	if d.Body[0].(Paragraph).Runs[0].Text != before || d.Recipients[0] != "Các chi hội;" || len(d.Recipients) != 2 {
		t.Error("the caller's document was changed")
	}
	d.Body = []Block{Text("Đã xong./.")}
	d.Annexes = d.Annexes[:1]
	d.Addressees = nil
	p = prepare(d)
	if p.Body[0].(Paragraph).Runs[0].Text != "Đã xong./." || p.annexNames[0] != "Phụ lục" || p.Recipients[0] != "- Các chi hội;" {
		t.Errorf("%+v", p)
	}
}

func TestTidy(t *testing.T) {
	t.Parallel()
	if got := tidy(norm.NFD.String("Nguyễn\x00 Thị\u200b Hường\tA")); got != "Nguyễn Thị Hường A" {
		t.Errorf("%q", got)
	}
}

func parts(t *testing.T, d Document) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := DOCX(&b, d); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
	}
	return all
}

func TestDOCXIsWellFormedAndSafe(t *testing.T) {
	t.Parallel()
	d := report()
	d.Body = append(d.Body, Text(`</w:t><w:instrText>INCLUDETEXT "x"</w:instrText> & "<b>`), Table{})
	for name, text := range parts(t, d) {
		dec := xml.NewDecoder(strings.NewReader(text))
		for {
			tok, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if el, ok := tok.(xml.StartElement); ok && el.Name.Local == "instrText" && name == "word/document.xml" {
				t.Error("text became a field")
			}
		}
	}
}

// The measures of handbook §2.1 and what keeps things together.
func TestDOCXMeasures(t *testing.T) {
	t.Parallel()
	main := parts(t, report())["word/document.xml"]
	for what, want := range map[string]string{
		"A4":                   `<w:pgSz w:w="11906" w:h="16838"/>`,
		"margins":              `<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="567"`,
		"landscape annex":      `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>`,
		"page 1 has no number": `<w:pgNumType w:start="1"/><w:titlePg/>`,
		"letterhead 66 mm":     `<w:gridCol w:w="3742"/><w:gridCol w:w="5613"/>`,
		"no cell padding":      `<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>`,
		"body":                 `<w:spacing w:before="0" w:after="120" w:line="288" w:lineRule="auto"/><w:ind w:left="0" w:right="0" w:firstLine="720"/><w:jc w:val="both"/>`,
		"head repeated":        `<w:cantSplit/><w:tblHeader/>`,
		"grouped head":         `<w:gridSpan w:val="2"/>`,
	} {
		if !strings.Contains(main, want) {
			t.Errorf("%s: no %s", what, want)
		}
	}
	if n := strings.Count(main, "<w:sectPr>"); n != 3 {
		t.Errorf("%d sections", n)
	}
	last := main[:strings.Index(main, "Hội Người cao tuổi phường Chánh Lộ kính báo cáo./.")]
	if open := last[strings.LastIndex(last, "<w:p>"):]; !strings.Contains(open, "<w:keepNext/>") {
		t.Error("the last paragraph is not kept with the signature")
	}
	// elements of a paragraph's properties stand in the order of the standard, or Word calls the file damaged
	order := []string{"keepNext", "keepLines", "widowControl", "pBdr", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr"}
	for _, pPr := range regexp.MustCompile(`<w:pPr>(.*?)</w:pPr>`).FindAllStringSubmatch(main, -1) {
		at := -1
		for _, el := range order {
			if i := strings.Index(pPr[1], "<w:"+el); i >= 0 {
				if i < at {
					t.Fatalf("%s out of order in %s", el, pPr[1])
				}
				at = i
			}
		}
	}
}

func TestLayouts(t *testing.T) {
	t.Parallel()
	d := report()
	d.Letterhead.Layout = DoanThe
	if p := prepare(d); !p.issuerStar || p.issuerRule != 0 {
		t.Errorf("%+v", p)
	}
	d.Letterhead.Layout = ""
	p := prepare(d)
	share := p.issuerRule / textWidth(p.issuer[len(p.issuer)-1], "B", 12)
	if p.issuerStar || share < 1.0/3 || share > 0.5 {
		t.Errorf("the rule is %.2f of the text", share)
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	t.Parallel()
	outs := make([]bytes.Buffer, 4)
	var wg sync.WaitGroup
	for i := range outs {
		wg.Go(func() {
			var err error
			if i%2 == 0 {
				err = PDF(&outs[i], report())
			} else {
				err = DOCX(&outs[i], report())
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if !bytes.Equal(outs[0].Bytes(), outs[2].Bytes()) || !bytes.Equal(outs[1].Bytes(), outs[3].Bytes()) {
		t.Error("renderings differ")
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWriteErrorsAreReturned(t *testing.T) {
	t.Parallel()
	for name, render := range map[string]func(io.Writer, Document) error{"docx": DOCX, "pdf": PDF, "html": HTML} {
		if err := render(brokenWriter{}, report()); err == nil {
			t.Error(name, "swallowed the error")
		}
		if err := render(io.Discard, Document{}); err != nil {
			t.Error(name, "empty document:", err)
		}
	}
}

func TestHTML(t *testing.T) {
	t.Parallel()
	d := report()
	d.Body = append(d.Body, Text(`<script>alert(1)</script>`))
	var b bytes.Buffer
	if err := HTML(&b, d); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<h1 class="vb-ten">BÁO CÁO<br>Tổng kết`, `<th scope="colgroup" colspan="2" rowspan="1">Năm sinh</th>`, `- Lưu: VT.`, `&lt;script&gt;`, `vb-phu-luc vb-ngang`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(b.String(), "<script") || strings.Contains(b.String(), "style=") {
		t.Error("markup of the text or inline style in the fragment")
	}
}
