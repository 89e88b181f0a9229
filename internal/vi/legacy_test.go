package vi

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		enc      Encoding
		in, want string
	}{
		{TCVN3, "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"},
		{TCVN3, "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"},
		{TCVN3, "NguyÔn V¨n H\u00ADng", "Nguyễn Văn Hưng"},
		{TCVN3H, "CéNG HOµ", "CỘNG HOÀ"},
		{TCVN3H, "NguyÔn ThÞ ót", "NGUYỄN THỊ ÚT"},
		{VNI, "NGUYEÃN VAÊN HÖNG", "NGUYỄN VĂN HƯNG"},
		{VNI, "Huyønh Thò Nguyeät", "Huỳnh Thị Nguyệt"},
		{VNI, "Traàn Thò AÙnh", "Trần Thị Ánh"},
		{VNI, "Traàn Thò Aùnh", "Trần Thị Ánh"},
		{VNI, "TOÅ DAÂN PHOÁ 3", "TỔ DÂN PHỐ 3"},
		{CP1258, "NguyêÞn Vãn Hýng", "Nguyễn Văn Hưng"},
		{CP1258, "CHI HÔòI NGÝÕÌI CAO TUÔÒI", "CHI HỘI NGƯỜI CAO TUỔI"},
		{CP1258, "Ðoàn Vãn Ngoòc", "Đoàn Văn Ngọc"},
		{UTF8AsCP1252, "Nguyá»…n Thá»‹ HÃ\u00a0 â€“ Ä\u0090á»©c", "Nguyễn Thị Hà – Đức"},
		{VIQR, "Nguye^~n Va(n Hu+ng", "Nguyễn Văn Hưng"},
		{Unicode, norm.NFD.String("Nguyễn Thị Út"), "Nguyễn Thị Út"},
		{Encoding("khác"), "Lê Lợi", "Lê Lợi"},
	} {
		if got := Decode(c.enc, c.in); got != c.want {
			t.Errorf("Decode(%s, %q) = %q, want %q", c.enc, c.in, got, c.want)
		}
	}
}

func TestEveryEncodingHasItsTable(t *testing.T) {
	t.Parallel()
	for _, enc := range Encodings() {
		if enc.Label() == "" {
			t.Errorf("%s has no label", enc)
		}
		switch enc {
		case Unicode, UTF8AsCP1252, TCVN3H:
			continue
		}
		c := codecs()[enc]
		if c == nil {
			t.Errorf("%s has no table", enc)
			continue
		}
		if len(c.letters) < 70 {
			t.Errorf("%s has %d letters", enc, len(c.letters))
		}
		for seq, letter := range c.letters {
			if got := Decode(enc, seq); got != letter {
				t.Errorf("%s: %q decodes to %q, want %q", enc, seq, got, letter)
			}
		}
	}
}

// encode writes text in an encoding by the inverse table; ok is false when a
// letter is missing there.
func encode(enc Encoding, s string) (out string, ok bool) {
	inverse := make(map[string]string)
	for seq, letter := range codecs()[enc].letters {
		if have, dup := inverse[letter]; !dup || seq < have {
			inverse[letter] = seq
		}
	}
	var b strings.Builder
	for _, r := range s {
		if seq, found := inverse[string(r)]; found {
			b.WriteString(seq)
		} else if r < 0x80 {
			b.WriteRune(r)
		} else {
			return "", false
		}
	}
	return b.String(), true
}

var rosterLines = []string{
	"nguyễn thị phượng", "trần văn hưng", "huỳnh thị nguyệt", "lê hữu thọ", "đặng thị mót", "phạm thị kiều", "đoàn thị hương",
	"võ văn thạch", "trợ cấp hằng tháng", "đường nguyễn nghiêm", "mất giấy tờ gốc, đang làm lại", "tổ dân phố", "quảng ngãi", "đã chuyển đi",
}

func TestDetectTellsEncodingsApart(t *testing.T) {
	t.Parallel()
	for _, enc := range []Encoding{TCVN3, VNI, CP1258, VPS, VISCII, BKHCM2, VietwareF, VietwareX, TCVN3AsCP1258, VNIAsCP1258} {
		var cells []string
		for _, line := range rosterLines {
			cell, ok := encode(enc, line)
			if !ok {
				t.Fatalf("%s cannot write %q", enc, line)
			}
			if got := Decode(enc, cell); got != line {
				t.Errorf("%s: %q came back as %q", enc, line, got)
			}
			cells = append(cells, cell)
		}
		got := Detect(cells)
		if got[0].Encoding != enc || got[0].Score < 0.9 {
			t.Errorf("%s guessed as %v", enc, got[:3])
		}
	}
}

func TestDetect(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		want  Encoding
		cells []string
	}{
		{Unicode, rosterLines},
		{Unicode, []string{norm.NFD.String("Nguyễn Thị Phượng"), norm.NFD.String("tổ dân phố")}},
		{Unicode, []string{"Tran Van A", "123", ""}},
		{Unicode, nil},
		{Unicode, []string{"Ðỗ Thị Lan", "Krông Pắk"}},
		{TCVN3, []string{"NguyÔn TÊn LuËn", "T¹ Hai", "§øc Phæ"}},
		{UTF8AsCP1252, []string{"Nguyá»…n Thá»‹ HÃ\u00a0", "Äá»©c"}},
	} {
		if got := Detect(c.cells); got[0].Encoding != c.want {
			t.Errorf("%q guessed as %v", c.cells, got[:min(3, len(got))])
		}
	}
	for in, want := range map[string]bool{
		"NguyÔn V¨n H\u00ADng": true, "Huyønh Thò Nguyeät": true, "NguyêÞn Vãn Hýng": true,
		"Nguyễn Văn Hưng": false, "Nguyen Van Hung": false, "": false, "José García": false, norm.NFD.String("Nguyễn"): false,
	} {
		if LooksLegacy(in) != want {
			t.Errorf("LooksLegacy(%q) = %v: %v", in, !want, Detect([]string{in})[:1])
		}
	}
}

func TestEncodingOfFont(t *testing.T) {
	t.Parallel()
	for font, want := range map[string]Encoding{
		".VnTime": TCVN3, ".VnArial": TCVN3, ".VnTimeH": TCVN3H, ".VNTIMEH": TCVN3H, "VNI-Times": VNI, "VPS Times": VPS,
		"Times New Roman": "", "Arial": "", "": "", "Vnpt Sans": "",
	} {
		enc, ok := EncodingOfFont(font)
		if enc != want || ok != (want != "") {
			t.Errorf("EncodingOfFont(%q) = %q, %v", font, enc, ok)
		}
	}
}

func TestRepair(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		enc            Encoding
		in, text, name string
	}{
		{TCVN3, "TrÇn ThÞ ¸nh", "Trần Thị ánh", "Trần Thị Ánh"},
		{TCVN3, "NguyÔn Duy TÊn (ót HiÒn)", "Nguyễn Duy Tấn (út Hiền)", "Nguyễn Duy Tấn (Út Hiền)"},
		{TCVN3, "¤ng  NguyÔn TÊn LuËn ", "Ông Nguyễn Tấn Luận", "Ông Nguyễn Tấn Luận"},
		{TCVN3, "NGUYÔN V¡N HïNG", "NGUYỄN VĂN HÙNG", "NGUYỄN VĂN HÙNG"},
		{TCVN3, "Lª Tó", "Lê Tú", "Lê Tú"},
		{TCVN3, "Le Van A", "Le Van A", "Le Van A"},
		{TCVN3, "Nguyễn Thị Út", "Nguyễn Thị Út", "Nguyễn Thị Út"}, // the font stayed, the text is Unicode
		{TCVN3H, "Hai ót", "HAI ÚT", "HAI ÚT"},
		{TCVN3H, "Le", "LE", "LE"},
		{VNI, "maát 2017", "mất 2017", "Mất 2017"},
		{Unicode, " Lê\u00a0Lợi", "Lê Lợi", "Lê Lợi"},
		{UTF8AsCP1252, "Ä\u0090á»— ThÃ\u00a0nh", "Đỗ Thành", "Đỗ Thành"},
	} {
		if got := Repair(c.enc, c.in); got != c.text {
			t.Errorf("Repair(%s, %q) = %q, want %q", c.enc, c.in, got, c.text)
		}
		if got := RepairName(c.enc, c.in); got != c.name {
			t.Errorf("RepairName(%s, %q) = %q, want %q", c.enc, c.in, got, c.name)
		}
	}
}

func TestRepairGuessedLeavesGoodCellsAlone(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"TrÇn ThÞ Cóc": "Trần Thị Cúc", "Trần Thị Cúc": "", "Tran Thi Cuc": "", "Bé": "", "12/7/2021": "",
	} {
		got, changed := RepairGuessed(TCVN3, in, false)
		if changed != (want != "") || changed && got != want || !changed && got != in {
			t.Errorf("RepairGuessed(%q) = %q, %v", in, got, changed)
		}
	}
	// Good Vietnamese either way: the row decides.
	if got, changed := RepairGuessed(VNI, "Hoà Minh Long", true); got != "Hồ Minh Long" || !changed {
		t.Errorf("in a VNI row: %q", got)
	}
	if got, changed := RepairGuessed(VNI, "Hoà Minh Long", false); got != "Hoà Minh Long" || changed {
		t.Errorf("in a Unicode row: %q", got)
	}
	if got, changed := RepairGuessed(TCVN3, "Trần Thị Cúc", true); got != "Trần Thị Cúc" || changed {
		t.Errorf("a Unicode cell in an old row: %q", got)
	}
	if got, changed := RepairGuessed(TCVN3, "Le Van A", true); got != "Le Van A" || changed {
		t.Errorf("plain ASCII: %q", got)
	}
}

func TestMixedSheet(t *testing.T) {
	t.Parallel()
	rows := [][]string{
		{"1", "Bïi S¬n", "§øc Phæ"},
		{"2", "Bé", "1942"}, // nothing tells; goes with the row above
		{"3", "Trần Thị Cúc", "Bình Sơn"},
		{"4", "Nguyễn Thị Lan", "§øc Phæ"},
		{"5", "Tú", ""},
	}
	if got, want := LegacyRows(TCVN3, rows), []bool{true, true, false, false, false}; !slices.Equal(got, want) {
		t.Errorf("LegacyRows = %v", got)
	}
	if got := LegacyRows(TCVN3, [][]string{{"Bé"}, {"§øc Phæ"}}); !got[0] {
		t.Error("the first row goes with the one below")
	}
	if got := LegacyRows(TCVN3, [][]string{{"Bé"}, {}}); got[0] || got[1] {
		t.Error("without any sign nothing is old")
	}
	cells := append(slices.Clone(rosterLines), "NguyÔn TÊn LuËn", "T¹ Hai")
	if Detect(cells)[0].Encoding != Unicode {
		t.Error("the file as a whole is Unicode")
	}
	if enc, ok := DetectLegacy(cells); enc != TCVN3 || !ok {
		t.Errorf("its old cells are TCVN3, not %q", enc)
	}
	if enc, ok := DetectLegacy(rosterLines); ok {
		t.Errorf("nothing old, but %q", enc)
	}
}

func TestDecodeUndoesEncode(t *testing.T) {
	t.Parallel()
	letters := []rune("abcdeghiklmnopqrstuvxyáàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ ")
	encs := slices.DeleteFunc(guessed(), func(e Encoding) bool { return codecs()[e] == nil })
	rapid.Check(t, func(t *rapid.T) {
		enc := rapid.SampledFrom(encs).Draw(t, "enc")
		words := rapid.SliceOfN(rapid.SampledFrom(letters), 1, 12).Draw(t, "letters")
		text := string(words)
		coded, ok := encode(enc, text)
		if !ok {
			t.Skip("letter not in table")
		}
		// Two letters in a row may spell a third one in the encodings of letter and
		// mark, so only single letters between spaces must come back.
		for _, r := range text {
			one, _ := encode(enc, string(r))
			if got := Decode(enc, " "+one+" "); got != " "+string(r)+" " {
				t.Fatalf("%s: %q -> %q", enc, string(r), got)
			}
		}
		if !ValidText(Decode(enc, coded)) {
			t.Fatalf("%s: %q decodes to broken text", enc, coded)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"NguyÔn V¨n H\u00ADng", "Huyønh Thò Nguyeät", "Nguyá»…n", "NguyêÞn", "\xff\xfe", "Le^ Lo+.i", "…á»"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, enc := range Encodings() {
			if got := Decode(enc, s); !norm.NFC.IsNormalString(got) || strings.ContainsRune(got, 0xFFFD) && !strings.ContainsRune(s, 0xFFFD) {
				t.Fatalf("%s: %q decodes to %q", enc, s, got)
			}
			if got := RepairName(enc, s); !ValidText(got) || Clean(got) != got {
				t.Fatalf("%s: %q repaired to %q", enc, s, got)
			}
		}
		if c := Detect([]string{s}); len(c) == 0 || c[0].Score < -1 || c[0].Score > 1 {
			t.Fatalf("%q: %v", s, c)
		}
	})
}
