package vi

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                  "",
		" \t\u00a0 ":                        "",
		"  Nguyễn\u00a0\tVăn \u202f Hùng ":  "Nguyễn Văn Hùng",
		"Huy\u200bnh\ufeff \u200cThị\u200d": "Huynh Thị",
		"Trần\u00adVăn":                     "TrầnVăn",
		"Ðặng Ɖức ðông":                     "Đặng Đức đông",
		norm.NFD.String("Nguyễn Thị Phượng"): "Nguyễn Thị Phượng",
		"Nguyê\u0303n Thi\u0323":             "Nguyễn Thị", // half composed, as Vietnamese keyboards type it
		"e\u200b\u0323":                      "ẹ",          // removal comes before composition
		"a\x00b\x07c\x7f":                    "abc",
		"a\xffb":                             "ab",
		"dòng\r\nhai":                        "dòng hai",
		"“Tiếng Việt” – 5":                   "“Tiếng Việt” – 5",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanMultiline(t *testing.T) {
	t.Parallel()
	got := CleanMultiline("\r\n\r\n  Kính gửi: \r\nUBND\u00a0phường\r\r\n\n\nTrân trọng.\u2028Hết \n\n")
	want := "Kính gửi:\nUBND phường\n\nTrân trọng.\nHết"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := CleanMultiline(" \n \n"); got != "" {
		t.Errorf("only blanks: %q", got)
	}
}

func TestValidText(t *testing.T) {
	t.Parallel()
	if !ValidText("Nguyễn Văn Hùng\n\t") {
		t.Error("plain text refused")
	}
	for _, bad := range []string{"a\x00b", "Nguy\xe1\xbb", "\xff"} {
		if ValidText(bad) {
			t.Errorf("%q accepted", bad)
		}
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Nguyễn Thị Đào": "nguyen thi dao",
		"ĐẶNG  ƯỚC ":     "dang uoc",
		"Tổ 5, TDP-3":    "to 5, tdp-3",
		"Ðức":            "duc",
		"hòa hoà":        "hoa hoa",
		"İstanbul ẞ":     "istanbul ß",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestToneFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"hòa":                     "hoa1",
		"hoà":                     "hoa1",
		"Thúy":                    "thuy4",
		"Thuý":                    "thuy4",
		"Uỷ ban":                  "uy2 ban0",
		"Ủy ban":                  "uy2 ban0",
		"Nguỵ":                    "nguy5",
		"qúy":                     "quy4",
		"quý":                     "quy4",
		"Phượng":                  "phương5",
		"Đỗ Thị Hằng (Bé)":        "đô3 thi5 hăng1 be4",
		"tổ 12":                   "tô2 12",
		norm.NFD.String("Thủy"):   "thuy2",
		"đường Cách mạng-Tháng 8": "đương1 cach4 mang5 thang4 8",
		"":                        "",
	} {
		if got := ToneFold(in); got != want {
			t.Errorf("ToneFold(%q) = %q, want %q", in, got, want)
		}
	}
	if ToneFold("Đào") == ToneFold("Dào") || ToneFold("Hoa") == ToneFold("Hóa") {
		t.Error("letters and tones must stay apart")
	}
}

func TestWordsAndInitials(t *testing.T) {
	t.Parallel()
	got := Words(" Đ/c Huỳnh Thị-Nguyệt (Ba Hùng), tổ 5")
	want := []string{"d", "c", "huynh", "thi", "nguyet", "ba", "hung", "to", "5"}
	if !slices.Equal(got, want) {
		t.Errorf("Words = %q", got)
	}
	if got := Initials("Nguyễn Văn Đức"); got != "nvd" {
		t.Errorf("Initials = %q", got)
	}
	if Words(" ,- ") != nil && len(Words(" ,- ")) != 0 {
		t.Error("no words expected")
	}
}

func TestFoldIY(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"ly": "li", "my": "mi", "ky": "ki", "sy": "si", "vy": "vi", "quy": "qui", "ty": "ti", "hy": "hi",
		"thuy": "thuy", "huy": "huy", "bay": "bay", "y": "y", "yen": "yen", "ny": "ny", "li": "li",
	} {
		if got := FoldIY(in); got != want {
			t.Errorf("FoldIY(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTitleName(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"NGUYỄN VĂN HÙNG":      "Nguyễn Văn Hùng",
		"nguyễn  thị ánh":      "Nguyễn Thị Ánh",
		"ĐỖ THỊ ÚT (BA HÙNG)":  "Đỗ Thị Út (Ba Hùng)",
		"h'loan niê":           "H'Loan Niê",
		"tôn-nữ thị":           "Tôn-Nữ Thị",
		norm.NFD.String("ánh"): "Ánh",
	} {
		if got := TitleName(in); got != want {
			t.Errorf("TitleName(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]bool{"HÙNG": true, "hùng": true, "Hùng": false, "A": false, "12": false, "": false} {
		if OneCase(in) != want {
			t.Errorf("OneCase(%q) = %v", in, !want)
		}
	}
	if Sentence("đã lưu") != "Đã lưu" || Sentence("") != "" {
		t.Error("Sentence")
	}
}

// anyText draws text of Vietnamese letters, marks, spaces and oddities.
func anyText() *rapid.Generator[string] {
	marks := []rune("aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạậệợựÐƉð\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b \t\u00a0\u200b\u00ad-.,()'0189\u212aİẞ")
	return rapid.OneOf(
		rapid.StringOf(rapid.SampledFrom(marks)),
		rapid.String(),
	)
}

func TestTextProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := anyText().Draw(t, "s")
		for name, f := range map[string]func(string) string{"Clean": Clean, "CleanMultiline": CleanMultiline, "Fold": Fold, "TitleName": TitleName} {
			once := f(s)
			if twice := f(once); twice != once {
				t.Fatalf("%s not idempotent: %q -> %q -> %q", name, s, once, twice)
			}
			if !ValidText(once) || !norm.NFC.IsNormalString(once) {
				t.Fatalf("%s(%q) = %q is not storable", name, s, once)
			}
		}
		for name, f := range map[string]func(string) string{"Fold": Fold, "ToneFold": ToneFold, "Clean": Clean} {
			if a, b := f(norm.NFD.String(s)), f(norm.NFC.String(s)); a != b {
				t.Fatalf("%s differs by normal form: %q: %q, %q", name, s, a, b)
			}
		}
		if f := Fold(s); strings.ContainsFunc(f, func(r rune) bool { return r == 'đ' || unicode.Is(unicode.Mn, r) }) {
			t.Fatalf("Fold(%q) = %q keeps a mark", s, f)
		}
	})
}

func TestLowerFirst(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"Đại hội nhiệm kỳ": "đại hội nhiệm kỳ", "Ủy viên Ban Chấp hành": "ủy viên Ban Chấp hành", "nhẹ": "nhẹ", "": "", "1 lượt": "1 lượt"} {
		if got := LowerFirst(in); got != want {
			t.Errorf("LowerFirst(%q) = %q, want %q", in, got, want)
		}
	}
}
