package vi

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestIsSyllable(t *testing.T) {
	t.Parallel()
	good := strings.Fields(`nguyễn văn hùng thị phượng huỳnh quỳnh quý quốc quyết quyên gì gìn giêng giếng già giữ nghĩa nghiêm
		khuya khuỷu thuở huế hòa hoà hoè thúy thuý ủy uỷ yến yêu y ý lý mỹ kỳ sỹ Đức ƯỚC ẢNH loan hoàn xoong đường chuyện uyên
		oanh ngoằn nguệch oạch quật thuyết tích học Phúc mười bưởi rượu ghế gà kẻ cá ngủ nghe quanh quét qua giặt tuýp út ất ích`)
	for _, w := range good {
		if !IsSyllable(w) || !IsSyllable(norm.NFD.String(w)) {
			t.Errorf("%q refused", w)
		}
	}
	bad := strings.Fields(`nguyÔn traàn vaên v¨n thÞ hïng ngueyn kà cê gê ngê ghà hoc thuc quyet tich hocs họcc ĩĩ zũ fan jun wa b tr
		đđ uuu quu iêm gy nquyễn José`)
	for _, w := range append(bad, "", " ", "12", "t3", "a\u0301\u0300") {
		if IsSyllable(w) {
			t.Errorf("%q accepted", w)
		}
	}
}

func TestPlaceTones(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Hoà": "Hòa", "hoè": "hòe", "Thuý": "Thúy", "thuỷ": "thủy", "khoẻ": "khỏe", "Uỷ ban": "Ủy ban", "Nguỵ": "Ngụy",
		"qúy": "quý", "Quý": "Quý", "gìa": "già", "gì": "gì", "hoàn": "hoàn", "hòan": "hoàn", "huỳnh": "huỳnh", "Hùynh": "Huỳnh",
		"thuở": "thuở", "Huế": "Huế", "của": "của", "nghĩa": "nghĩa", "xòai": "xoài", "CỘNG HOÀ, xã hội": "CỘNG HÒA, xã hội",
		"khuỷu": "khuỷu", "mươì": "mười", "TP.Hồ-5": "TP.Hồ-5", "xyzà": "xyzà", "": "",
	} {
		if got := PlaceTones(in); got != want {
			t.Errorf("PlaceTones(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSplitName(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Name{
		"Nguyễn Văn  Hùng ":   {"Nguyễn Văn", "Hùng"},
		"Nguyễn Chánh":        {"Nguyễn", "Chánh"},
		"Đoàn Thị Hoa Kiều":   {"Đoàn Thị Hoa", "Kiều"},
		"Út":                  {"", "Út"},
		"":                    {},
		"Trần\u00a0Thị\tÁnh ": {"Trần Thị", "Ánh"},
	} {
		if got := SplitName(in); got != want {
			t.Errorf("SplitName(%q) = %+v", in, got)
		}
	}
	family, middle, given := Name{"Đoàn Thị Hoa", "Kiều"}.Parts()
	if family != "Đoàn" || middle != "Thị Hoa" || given != "Kiều" {
		t.Errorf("Parts = %q %q %q", family, middle, given)
	}
}

func TestValidName(t *testing.T) {
	t.Parallel()
	for _, ok := range []string{"Nguyễn Văn Hùng", "Út", "H'Loan Niê", "Nguyễn Thị Lan 2"} {
		if err := ValidName(ok); err != nil {
			t.Errorf("%q: %v", ok, err)
		}
	}
	for in, want := range map[string]NameReason{
		" \u200b ": NameEmpty, "0905 123 456": NameNoLetters, "--": NameNoLetters, strings.Repeat("Hùng ", 30): NameTooLong,
	} {
		var e *NameError
		if err := ValidName(in); !errors.As(err, &e) || e.Reason != want || e.Error() == "" {
			t.Errorf("ValidName(%q) = %v", in, err)
		}
	}
}

func TestStripTitle(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][2]string{
		"Ông Nguyễn Tấn Luận":        {"Ông", "Nguyễn Tấn Luận"},
		"Ông Tạ Hai":                 {"Ông", "Tạ Hai"},
		"ÔNG ĐỖ LAI":                 {"ÔNG", "ĐỖ LAI"},
		"ông Hùng":                   {"ông", "Hùng"},
		"Ông: Lê Hùng":               {"Ông", "Lê Hùng"},
		"Ông Thị Ngọc Đào":           {"", "Ông Thị Ngọc Đào"},
		"Ông Ích Khiêm":              {"", "Ông Ích Khiêm"},
		"Ông Văn Bình":               {"", "Ông Văn Bình"},
		"Ông Văn Tiến Dũng":          {"Ông", "Văn Tiến Dũng"},
		"Ông Hùng":                   {"", "Ông Hùng"},
		"Bà Trần Thị Bông":           {"Bà", "Trần Thị Bông"},
		"Bà Lan":                     {"Bà", "Lan"},
		"Bà":                         {"Bà", ""},
		"Cụ Huỳnh Thị Mót":           {"Cụ", "Huỳnh Thị Mót"},
		"Cụ bà Lê Thị Mai":           {"Cụ bà", "Lê Thị Mai"},
		"Đ/c Nguyễn Tấn Châu":        {"Đ/c", "Nguyễn Tấn Châu"},
		"Ð/c:Nguyễn Văn Bảy":         {"Đ/c", "Nguyễn Văn Bảy"},
		"Đ-c Đỗ Thị Thảo":            {"Đ-c", "Đỗ Thị Thảo"},
		"đ.c. Hà Minh":               {"đ.c", "Hà Minh"},
		"Đồng chí Trần Thọ":          {"Đồng chí", "Trần Thọ"},
		"PGS.TS. Phạm Hữu Đức":       {"PGS TS", "Phạm Hữu Đức"},
		"Bs Lê Quang":                {"Bs", "Lê Quang"},
		"Cô Nguyễn Thị Lan":          {"Cô", "Nguyễn Thị Lan"},
		"Anh Thư":                    {"", "Anh Thư"},
		"Bành Thị Cụ":                {"", "Bành Thị Cụ"},
		"Đặng Chí Công":              {"", "Đặng Chí Công"},
		norm.NFD.String("Cụ Lê Lai"): {"Cụ", "Lê Lai"},
	} {
		title, rest := StripTitle(in)
		if title != want[0] || rest != want[1] {
			t.Errorf("StripTitle(%q) = %q, %q", in, title, rest)
		}
	}
}

func TestSplitAlias(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][2]string{
		"Trịnh Văn Đức (Tư Đức)":              {"Trịnh Văn Đức", "Tư Đức"},
		"Tiêu Hữu Út (tức Quyết Thắng)":       {"Tiêu Hữu Út", "Quyết Thắng"},
		"NGUYỄN VĂN MẪN, BÍ DANH TÁM MẪN":     {"NGUYỄN VĂN MẪN", "TÁM MẪN"},
		"Nguyễn Văn Sinh, bí danh Minh Tâm":   {"Nguyễn Văn Sinh", "Minh Tâm"},
		"Lê Hữu Thọ - tự Hai Râu":             {"Lê Hữu Thọ", "Hai Râu"},
		"Nguyễn Duy Tấn (út Hiền)":            {"Nguyễn Duy Tấn", "út Hiền"},
		"Nguyễn Văn Hùng (Ba Hùng":            {"Nguyễn Văn Hùng", "Ba Hùng"},
		"Nguyễn Văn Hùng [bí danh: “Sơn Hà”]": {"Nguyễn Văn Hùng", "Sơn Hà"},
		"Nguyễn Văn Hùng tự Ba":               {"Nguyễn Văn Hùng", "Ba"},
		"Nguyễn Văn Hùng còn gọi là Ba Hùng":  {"Nguyễn Văn Hùng", "Ba Hùng"},
		"Nguyễn Tự Hùng":                      {"Nguyễn Tự Hùng", ""},
		"lê tự hùng":                          {"lê tự hùng", ""},
		"Nguyễn Văn Tự":                       {"Nguyễn Văn Tự", ""},
		"Nguyễn Thị Lan (con)":                {"Nguyễn Thị Lan (con)", ""},
		"Nguyễn Thị Lan (đã mất 2020)":        {"Nguyễn Thị Lan (đã mất 2020)", ""},
		"Nguyễn Thị Lan (Mất)":                {"Nguyễn Thị Lan (Mất)", ""},
		"Nguyễn Thị Lan (Hiệu trưởng)":        {"Nguyễn Thị Lan (Hiệu trưởng)", ""},
		"Nguyễn Thị Lan (tự nguyện)":          {"Nguyễn Thị Lan (tự nguyện)", ""},
		"Nguyễn Thị Lan - tự nguyện":          {"Nguyễn Thị Lan - tự nguyện", ""},
		"Nguyễn Thị Lan (con ông Bảy)":        {"Nguyễn Thị Lan (con ông Bảy)", ""},
		"Nguyễn Văn Hùng (Năm)":               {"Nguyễn Văn Hùng", "Năm"},
		"Nguyễn Văn Hùng (Nam)":               {"Nguyễn Văn Hùng (Nam)", ""},
		"Nguyễn Văn Hùng (ba Hùng)":           {"Nguyễn Văn Hùng", "ba Hùng"},
		"Nguyễn Văn Hùng - Hiệu trưởng":       {"Nguyễn Văn Hùng - Hiệu trưởng", ""},
		"(Ba Hùng)":                           {"(Ba Hùng)", ""},
		"Nguyễn Văn A ()":                     {"Nguyễn Văn A ()", ""},
		"":                                    {"", ""},
	} {
		name, alias := SplitAlias(in)
		if name != want[0] || alias != want[1] {
			t.Errorf("SplitAlias(%q) = %q, %q", in, name, alias)
		}
	}
}

func TestCompareIsTheVietnameseAlphabet(t *testing.T) {
	t.Parallel()
	want := strings.Fields("An Anh Ánh Ăn Ân Ấn Bích Bình Bỉnh Bính Danh Dũng Đào Đạt Đức Hoa Hòa Hoan Lý Mỹ Ơn Sơn Út Ước Xuân Yến")
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, Compare)
	if !slices.Equal(got, want) {
		t.Errorf("order %q", got)
	}
	for _, same := range [][2]string{{"hoà", "Hòa"}, {"THUÝ", "thúy"}, {"Nguyễn", norm.NFD.String("nguyễn")}} {
		if Compare(same[0], same[1]) != 0 {
			t.Errorf("%q and %q differ", same[0], same[1])
		}
	}
	if Compare("hòa", "hỏa") >= 0 || Compare("dao", "đao") >= 0 {
		t.Error("tones and đ must count")
	}
}

func TestSortKeyOrder(t *testing.T) {
	t.Parallel()
	want := []string{
		"Nguyễn An", "Trần An", "Nguyễn Thị An", "Lê Văn An", "Trần Anh", "Nguyễn Văn Ánh",
		"Đỗ Thị Đào", "Nguyễn Thị Đào", "Nguyễn Hoà", "Trần Hòa", "Lê Thị Hòa", "Phạm Thị Hoà",
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return CompareNames(SplitName(a), SplitName(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("order:\n%s", strings.Join(got, "\n"))
	}
	if bytes.Compare(FamilySortKey(SplitName("Đỗ Thị An")), FamilySortKey(SplitName("Lê An"))) >= 0 {
		t.Error("by family Đỗ comes before Lê")
	}
}

var anyName = rapid.Custom(func(t *rapid.T) Name {
	word := rapid.SampledFrom(strings.Fields("Nguyễn Trần Đỗ Văn Thị An Ân Ăn Anh Ánh Hòa Hoà Hóa Thúy Thuý Đào Dao A Y Ý Lan"))
	var fm []string
	for range rapid.IntRange(0, 3).Draw(t, "n") {
		fm = append(fm, word.Draw(t, "w"))
	}
	return Name{strings.Join(fm, " "), word.Draw(t, "g")}
})

func TestSortKeyAgreesWithPartwiseOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyName.Draw(t, "a"), anyName.Draw(t, "b")
		fa, ma, ga := a.Parts()
		fb, mb, gb := b.Parts()
		want := 0
		for _, p := range [][2]string{{ga, gb}, {ma, mb}, {fa, fb}} {
			if want = Compare(p[0], p[1]); want != 0 {
				break
			}
		}
		if got := CompareNames(a, b); got != want {
			t.Fatalf("%+v %+v: %d, want %d", a, b, got, want)
		}
	})
}

func TestSortKeyInParallel(t *testing.T) {
	t.Parallel()
	n := Name{"Nguyễn Thị Thu", "Hoài"}
	want := SortKey(n)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if !bytes.Equal(SortKey(n), want) {
					t.Error("key changed")
				}
			}
		})
	}
	wg.Wait()
}

func FuzzSplitName(f *testing.F) {
	for _, s := range []string{"Nguyễn Văn Hùng", "Ông Tạ Hai", "Đ/c: Lê A (Ba)", "", " - tự ", "\u0301", "(", "Ð/c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := SplitName(s)
		if n.Full() != Clean(s) {
			t.Fatalf("%q: parts %+v do not make the whole", s, n)
		}
		_, rest := StripTitle(s)
		if !strings.HasSuffix(Clean(s), rest) {
			t.Fatalf("StripTitle(%q) invented %q", s, rest)
		}
		name, alias := SplitAlias(s)
		if !ValidText(name) || !ValidText(alias) {
			t.Fatalf("%q: %q %q", s, name, alias)
		}
		if PlaceTones(PlaceTones(s)) != PlaceTones(s) {
			t.Fatalf("PlaceTones(%q) not idempotent", s)
		}
	})
}
