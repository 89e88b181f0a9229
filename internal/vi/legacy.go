package vi

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Encoding is a way in which Vietnamese text was stored before Unicode, or the way
// in which Unicode text was damaged. Text arrives as a spreadsheet shows it: the old
// bytes read as Windows-1252 (handbook §8.3).
type Encoding string

// The encodings that [Decode] knows.
const (
	Unicode       Encoding = "UNICODE" // nothing to do but NFC
	TCVN3         Encoding = "TCVN3"   // ABC, fonts ".VnTime" …; no toned capitals
	TCVN3H        Encoding = "TCVN3-H" // the same codes in capital fonts, ".VnTimeH"
	TCVN5712      Encoding = "TCVN5712-VN1"
	VNI           Encoding = "VNI-WIN" // fonts "VNI-Times" …
	VPS           Encoding = "VPS"
	VISCII        Encoding = "VISCII"
	CP1258        Encoding = "CP1258" // Vietnamese Windows shown as Western Windows
	BKHCM2        Encoding = "BKHCM2"
	VietwareF     Encoding = "VIETWARE-F"
	VietwareX     Encoding = "VIETWARE-X"
	VIQR          Encoding = "VIQR"           // ASCII, "Nguye^~n"; never guessed
	UTF8AsCP1252  Encoding = "UTF8-AS-CP1252" // "Nguyá»…n": a CSV opened wrongly
	TCVN3AsCP1258 Encoding = "TCVN3-AS-CP1258"
	VNIAsCP1258   Encoding = "VNI-WIN-AS-CP1258"
)

// Encodings lists all encodings in the order in which equal guesses are preferred,
// for a list to choose from.
func Encodings() []Encoding {
	return []Encoding{Unicode, TCVN3, TCVN3H, VNI, UTF8AsCP1252, CP1258, VPS, VISCII, TCVN5712,
		TCVN3AsCP1258, VNIAsCP1258, BKHCM2, VietwareF, VietwareX, VIQR}
}

// Label names the encoding for people.
func (e Encoding) Label() string {
	switch e {
	case Unicode:
		return "Unicode (không cần chuyển)"
	case TCVN3:
		return "TCVN3 – phông .VnTime (ABC)"
	case TCVN3H:
		return "TCVN3 chữ hoa – phông .VnTimeH"
	case VNI:
		return "VNI – phông VNI-Times"
	case UTF8AsCP1252:
		return "Unicode bị mở sai bảng mã (Nguyá»…n)"
	case CP1258:
		return "Windows-1258 bị mở sai bảng mã (NguyêÞn)"
	case VIQR:
		return "VIQR (Nguye^~n)"
	case TCVN3AsCP1258:
		return "TCVN3 trên máy dùng bảng mã tiếng Việt"
	case VNIAsCP1258:
		return "VNI trên máy dùng bảng mã tiếng Việt"
	}
	return string(e)
}

//go:embed legacy.tsv
var legacyTSV string

// codec is one table: sequences of code points to letters.
type codec struct {
	letters map[string]string
	longest int           // runes of the longest sequence
	runes   map[rune]bool // all that occur in sequences
}

// codecs reads the embedded table: encoding, code points in hexadecimal (some are
// invisible), NFC letter.
var codecs = sync.OnceValue(func() map[Encoding]*codec {
	all := make(map[Encoding]*codec)
	_, rows, _ := strings.Cut(legacyTSV, "\n")
	for line := range strings.Lines(rows) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 3 {
			panic("vi: legacy.tsv: bad line " + strconv.Quote(line))
		}
		var seq []rune
		for hex := range strings.FieldsSeq(f[1]) {
			cp, err := strconv.ParseUint(hex, 16, 21)
			if err != nil {
				panic("vi: legacy.tsv: " + err.Error())
			}
			seq = append(seq, rune(cp))
		}
		c := all[Encoding(f[0])]
		if c == nil {
			c = &codec{letters: make(map[string]string), runes: make(map[rune]bool)}
			all[Encoding(f[0])] = c
		}
		c.letters[string(seq)] = f[2]
		c.longest = max(c.longest, len(seq))
		for _, r := range seq {
			c.runes[r] = true
		}
	}
	return all
})

// Decode turns text of an old encoding into NFC: longest sequence first, left to
// right; what the table does not know stays. It converts blindly; [Repair] and
// [RepairGuessed] ask first whether the text is in that encoding at all. Pass the
// text as it was read: [Clean] removes code points that carry letters here.
func Decode(enc Encoding, s string) string {
	switch enc {
	case TCVN3H:
		return strings.ToUpper(Decode(TCVN3, s))
	case UTF8AsCP1252:
		return norm.NFC.String(decodeMojibake(s))
	}
	c := codecs()[enc]
	if c == nil {
		return norm.NFC.String(strings.ToValidUTF8(s, ""))
	}
	rs := []rune(strings.ToValidUTF8(s, ""))
	var b strings.Builder
	for i := 0; i < len(rs); {
		n := 1
		out := string(rs[i])
		for l := min(c.longest, len(rs)-i); l > 0; l-- {
			if letter, ok := c.letters[string(rs[i:i+l])]; ok {
				n, out = l, letter
				break
			}
		}
		b.WriteString(out)
		i += n
	}
	return norm.NFC.String(b.String())
}

// cp1252High are the code points of the bytes 80…9F; undefined bytes are C1 controls.
var cp1252High = [...]rune{
	0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
	0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
}

// cp1252Byte is the byte that Windows-1252 shows as r.
func cp1252Byte(r rune) (byte, bool) {
	for i, high := range cp1252High {
		if r == high {
			return byte(0x80 + i), true
		}
	}
	return byte(r), r >= 0xA0 && r <= 0xFF
}

// decodeMojibake reads runs of what Windows-1252 made of UTF-8 bytes; runs that are
// no UTF-8 stay as they are.
func decodeMojibake(s string) string {
	var b strings.Builder
	var raw []byte
	var run []rune
	flush := func() {
		if utf8.Valid(raw) && !strings.ContainsRune(string(raw), utf8.RuneError) {
			b.Write(raw)
		} else {
			b.WriteString(string(run))
		}
		raw, run = raw[:0], run[:0]
	}
	for _, r := range strings.ToValidUTF8(s, "") {
		if by, ok := cp1252Byte(r); ok {
			raw, run = append(raw, by), append(run, r)
			continue
		}
		flush()
		b.WriteRune(r)
	}
	flush()
	return b.String()
}

// EncodingOfFont tells the encoding from the font of a cell or column: ".VnTime" is
// TCVN3, ".VnTimeH" its capitals, "VNI-Times" VNI, "VPS Times" VPS. ok is false for
// every other font.
func EncodingOfFont(font string) (enc Encoding, ok bool) {
	f := strings.ToLower(strings.TrimSpace(font))
	switch {
	case strings.HasPrefix(f, ".vn") && strings.HasSuffix(f, "h"):
		return TCVN3H, true
	case strings.HasPrefix(f, ".vn"):
		return TCVN3, true
	case strings.HasPrefix(f, "vni-"), strings.HasPrefix(f, "vni "):
		return VNI, true
	case strings.HasPrefix(f, "vps "), strings.HasPrefix(f, "vps-"):
		return VPS, true
	}
	return "", false
}
