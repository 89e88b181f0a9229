package report

import (
	"fmt"
	"strconv"
	"strings"
)

// A report's cells are everything that people write into it, each under a key and as plain text. One form of them serves
// the timeline, the page of three columns and the comparison of copies.
//
//	GEN.MEM.NEW                a figure, as Value.MarshalText
//	ghi-chu:GEN.MEM.NEW        the remark on a row
//	giai-thich:G11/GEN.MEM.NEW the word on a finding
//	van-ban:danh-gia:1         the second box of a chapter
//	ke-hoach:GEN.MEM.NEW       next year's target
const (
	notePrefix    = "ghi-chu:"
	explainPrefix = "giai-thich:"
	textPrefix    = "van-ban:"
	targetPrefix  = "ke-hoach:"
	keyFinal      = "so-chinh-thuc"
	keyRating     = "xep-loai"
)

// NoteField is the form field of the remark on a row, TargetField that of next year's target.
func NoteField(code string) string   { return notePrefix + code }
func TargetField(code string) string { return targetPrefix + code }

// ExplainField is the form field of the explanation of a finding, so that a refusal points at the right box.
func ExplainField(key string) string { return explainPrefix + key }

// TextField is the form field of a box of free text.
func TextField(s Slot) string { return textPrefix + s.String() }

// Fields of the paper and of a move.
const (
	FieldPaperDate  = "giay-ngay"
	FieldPaperNo    = "giay-so"
	FieldPaperPhoto = "giay-anh"
	FieldReason     = "ly-do"
)

// String is "danh-gia:1".
func (s Slot) String() string { return string(s.Section) + ":" + strconv.Itoa(s.Index) }

// MarshalText makes a slot a key of JSON.
func (s Slot) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Slot) UnmarshalText(b []byte) error {
	section, index, ok := strings.Cut(string(b), ":")
	n, err := strconv.Atoi(index)
	if !ok || err != nil {
		return fmt.Errorf("report: slot %q", b)
	}
	*s = Slot{SectionID(section), n}
	return nil
}

// Known tells whether the chapter has such a box.
func (s Slot) Known() bool {
	section, ok := SectionByID(s.Section)
	return ok && s.Index >= 0 && s.Index < max(1, len(section.Slots))
}

// heading is the name of the box within its chapter.
func (s Slot) heading() string {
	section, _ := SectionByID(s.Section)
	if s.Index < len(section.Slots) {
		return section.Slots[s.Index]
	}
	return ""
}

// slots lists every box of the report, in order.
func slots() []Slot {
	var list []Slot
	for _, section := range Sections {
		for i := range max(1, len(section.Slots)) {
			list = append(list, Slot{section.ID, i})
		}
	}
	return list
}

// MarshalText writes a value for storage in copies and histories: "", "1234", "958e-1" (95,8), or the answer's code.
func (v Value) MarshalText() ([]byte, error) {
	switch {
	case v.answer != Number:
		return []byte(v.answer.Code()), nil
	case v.decimals == 0:
		return strconv.AppendInt(nil, v.n, 10), nil
	default:
		return fmt.Appendf(nil, "%de-%d", v.n, v.decimals), nil
	}
}

// UnmarshalText reads what MarshalText wrote.
func (v *Value) UnmarshalText(b []byte) error {
	text := string(b)
	if a, ok := AnswerByCode(text); ok && a != Number {
		*v = Say(a)
		return nil
	}
	digits, exponent, scaled := strings.Cut(text, "e-")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return fmt.Errorf("report: value %q", text)
	}
	*v = Num(n)
	if scaled {
		d, err := strconv.ParseUint(exponent, 10, 4)
		if err != nil {
			return fmt.Errorf("report: value %q", text)
		}
		*v = Decimal(n, uint8(d))
	}
	return nil
}

func (v Value) cell() string {
	text, _ := v.MarshalText() // cannot fail
	return string(text)
}

// KeyLabel names a cell for people: "Kết nạp mới", "Mục I.2 (văn bản)", "Giải thích: kết nạp mới".
func KeyLabel(key string) string {
	switch {
	case key == keyFinal:
		return "Số chính thức hay số ước"
	case key == keyRating:
		return "Xếp loại"
	case strings.HasPrefix(key, notePrefix):
		return "Ghi chú: " + labelOf(strings.TrimPrefix(key, notePrefix))
	case strings.HasPrefix(key, targetPrefix):
		return "Kế hoạch năm sau: " + labelOf(strings.TrimPrefix(key, targetPrefix))
	case strings.HasPrefix(key, explainPrefix):
		_, code, _ := strings.Cut(strings.TrimPrefix(key, explainPrefix), "/")
		return "Giải thích: " + labelOf(code)
	case strings.HasPrefix(key, textPrefix):
		var s Slot
		if s.UnmarshalText([]byte(strings.TrimPrefix(key, textPrefix))) != nil {
			return key
		}
		return s.label()
	}
	if ind, ok := ByCode(key); ok {
		return ind.Label
	}
	return key
}

func (s Slot) label() string {
	section, _ := SectionByID(s.Section)
	if h := s.heading(); h != "" {
		return section.Ref() + ": " + h
	}
	return section.Ref() + ": nội dung viết"
}

// CellText shows a cell's content to people: figures with thousands separators, a blank as "(để trống)".
func CellText(key, content string) string {
	if content == "" {
		return "(để trống)"
	}
	if key == keyFinal {
		return finalWord(content == "1")
	}
	code := strings.TrimPrefix(key, targetPrefix)
	if _, ok := ByCode(code); ok {
		var v Value
		if v.UnmarshalText([]byte(content)) == nil {
			return v.String()
		}
	}
	return content
}

func finalWord(final bool) string {
	if final {
		return "số chính thức"
	}
	return "số ước thực hiện"
}
