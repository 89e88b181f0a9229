package news

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestRender(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"paragraphs":   {"Chiều 01/12/2023, hội nghị khai mạc.\n\nĐông đủ đại biểu.", "<p>Chiều 01/12/2023, hội nghị khai mạc.</p>\n<p>Đông đủ đại biểu.</p>\n"},
		"line break":   {"Nơi họp: hội trường phường\nGiờ họp: 14:00", "<p>Nơi họp: hội trường phường<br>Giờ họp: 14:00</p>\n"},
		"heading":      {"## Ba việc cho năm 2024", "<h2>Ba việc cho năm 2024</h2>\n"},
		"bullets":      {"- Thăm hỏi\n- Tặng quà", "<ul><li>Thăm hỏi</li><li>Tặng quà</li></ul>\n"},
		"numbers":      {"Yêu cầu:\n1. Bổ sung ủy viên\n2) Giữ câu lạc bộ", "<p>Yêu cầu:</p>\n<ol><li>Bổ sung ủy viên</li><li>Giữ câu lạc bộ</li></ol>\n"},
		"a year":       {"2023 là năm bận rộn.", "<p>2023 là năm bận rộn.</p>\n"},
		"link":         {"Xem https://quangngai.gov.vn/a?b=1&c=2.", `<p>Xem <a href="https://quangngai.gov.vn/a?b=1&amp;c=2" rel="nofollow">https://quangngai.gov.vn/a?b=1&amp;c=2</a>.</p>` + "\n"},
		"photo":        {"Đoạn một\n[ảnh 2]\nĐoạn hai", "<p>Đoạn một</p>\n[[2]]\n<p>Đoạn hai</p>\n"},
		"typed marker": {"Trong [[1]] dòng", "<p>Trong [[1]] dòng</p>\n"},
		"less than":    {"5 < 7 & 8 > 3", "<p>5 &lt; 7 &amp; 8 &gt; 3</p>\n"},
	} {
		if got := Render(c.in); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

// What attackers and Word paste: it must show as text, and only harmless elements may come out.
var hostile = []string{
	`<script>alert(1)</script>`,
	`<img src=x onerror=alert(1)>`,
	"## <svg/onload=alert(1)>",
	`- <a href="javascript:alert(1)">bấm</a>`,
	`javascript:alert(1) http://a"onmouseover="alert(1)`,
	`https://a.vn/"><script>alert(1)</script>`,
	`https://a.vn/'onclick='alert(1)`,
	`<p class="MsoNormal" style="mso-margin-top-alt:auto"><o:p>&nbsp;</o:p></p>`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`,
	"[[1]]\n[[99]]",
	"1. <iframe srcdoc='<script>alert(1)</script>'>",
	`data:text/html,<script>alert(1)</script>`,
	"https://\u202egnp.evil",
	"<!-- --><!DOCTYPE html><style>@import 'x'</style>",
	"https://user:pass@a.vn/%00",
	"000http://!",
}

func TestRenderIsHarmless(t *testing.T) {
	t.Parallel()
	for _, in := range hostile {
		harmless(t, in)
	}
	if got := Render(`<script>alert(1)</script>`); got != "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n" {
		t.Errorf("a typed tag must stay readable: %q", got)
	}
}

// The second fence alone, as pasted rich text will meet it.
func TestPolicy(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`<p onclick="x()" class="a" style="color:red">Chào</p>`:     `<p>Chào</p>`,
		`<script>alert(1)</script><p>Chào</p>`:                      `<p>Chào</p>`,
		`<a href="javascript:alert(1)">bấm</a>`:                     `bấm`,
		`<a href="JaVaScRiPt&colon;alert(1)">bấm</a>`:               `bấm`,
		`<a href="data:text/html,x">bấm</a>`:                        `bấm`,
		`<a href="mailto:lienhe@chanhlo.example" title="x">thư</a>`: `<a href="mailto:lienhe@chanhlo.example">thư</a>`,
		`<img src="x"><iframe src="x"></iframe><h2>Tít</h2>`:        `<h2>Tít</h2>`,
		`<h1>To</h1><h3>Nhỏ</h3>`:                                   `To<h3>Nhỏ</h3>`,
	} {
		if got := policy.Sanitize(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func harmless(t *testing.T, in string) {
	t.Helper()
	allowed := map[string]bool{"p": true, "h2": true, "h3": true, "ul": true, "ol": true, "li": true, "br": true, "a": true, "strong": true, "em": true}
	z := html.NewTokenizer(strings.NewReader(Render(in)))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.CommentToken, html.DoctypeToken:
			t.Fatalf("%q: comment or doctype", in)
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			tok := z.Token()
			if !allowed[tok.Data] {
				t.Fatalf("%q: element %s", in, tok.Data)
			}
			for _, a := range tok.Attr {
				ok := a.Key == "rel" || a.Key == "href" && (strings.HasPrefix(a.Val, "http://") || strings.HasPrefix(a.Val, "https://"))
				if tok.Data != "a" || !ok {
					t.Fatalf("%q: attribute %s=%q on %s", in, a.Key, a.Val, tok.Data)
				}
			}
		}
	}
}

func FuzzRender(f *testing.F) {
	for _, in := range hostile {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) { harmless(t, in) })
}

func TestSplit(t *testing.T) {
	t.Parallel()
	got := Split(Render("Một\n\n[ảnh 1]\n[ẢNH 9]\nHai [[1]] ba\n\n[anh 2]"), 2)
	want := []Block{{HTML: "<p>Một</p>"}, {Photo: 1}, {HTML: "<p>Hai [[1]] ba</p>"}, {Photo: 2}}
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("block %d: %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestPlace(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text  string
		count int
		want  []int // photo numbers, 0 = text
	}{
		"no photos":        {"Một", 0, []int{0}},
		"none placed":      {"Một", 3, []int{1, 0, 2, 3}},
		"second placed":    {"Một\n[ảnh 2]\nHai", 3, []int{1, 0, 2, 0, 3}},
		"first placed":     {"Một\n[ảnh 1]", 2, []int{0, 1, 2}},
		"placed twice":     {"[ảnh 2]\nMột\n[ảnh 2]", 2, []int{1, 2, 0}},
		"placed, no photo": {"Một\n[ảnh 1]", 0, []int{0}},
		"empty body":       {"", 1, []int{1}},
	} {
		var got []int
		for _, b := range Place(Render(c.text), c.count) {
			got = append(got, b.Photo)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"45 suất học bổng đến với học sinh vượt khó": "45-suat-hoc-bong-den-voi-hoc-sinh-vuot-kho",
		"ĐẠI HỘI: “Đoàn kết – Đổi mới”!":             "dai-hoi-doan-ket-doi-moi",
		"🎉🎉":                "",
		"Mừng thọ 🎉 các cụ": "mung-tho-cac-cu",
		"Hội nghị tổng kết hoạt động các hội đặc thù phường Chánh Lộ năm 2023 và phương hướng nhiệm vụ năm 2024": "hoi-nghi-tong-ket-hoat-dong-cac-hoi-dac-thu-phuong-chanh-lo-nam-2023-va-phuong",
		strings.Repeat("a", 300): strings.Repeat("a", 80),
	} {
		if got := slug(in); got != want {
			t.Errorf("slug(%q) = %q, want %q", in, got, want)
		}
	}
}
