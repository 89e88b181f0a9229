package association

import (
	"regexp"
	"testing"
	"unicode"
)

var slugShape = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

func TestRegistryIsSound(t *testing.T) {
	t.Parallel()
	codes, slugs, symbols := map[KindCode]bool{}, map[string]bool{}, map[string]bool{}
	for _, k := range Kinds {
		if codes[k.Code] || slugs[k.Slug] || symbols[k.DefaultSymbol] {
			t.Errorf("%s: code, slug or symbol given twice", k.Code)
		}
		codes[k.Code], slugs[k.Slug], symbols[k.DefaultSymbol] = true, true, true
		if k.Code != KHAC && !slugShape.MatchString(k.Slug) {
			t.Errorf("%s: slug %q is no address part", k.Code, k.Slug)
		}
		for name, text := range map[string]string{
			"name": k.Name, "short name": k.ShortName, "branch word": k.BranchWord, "about": k.About, "symbol": k.DefaultSymbol,
		} {
			if text == "" {
				t.Errorf("%s: no %s", k.Code, name)
			}
		}
		if d := k.TraditionalDay; d.Known() && (d.Month > 12 || d.Day < 1 || d.Day > 31 || d.Label == "") {
			t.Errorf("%s: traditional day %+v", k.Code, d)
		}
		if k.BCHQuota < 5 || k.BCHQuota > 17 {
			t.Errorf("%s: committee of %d is outside handbook §5", k.Code, k.BCHQuota)
		}
	}
}

func TestContractSlugs(t *testing.T) {
	t.Parallel()
	want := map[string]KindCode{
		"nguoi-cao-tuoi": NCT, "khuyen-hoc": KHOC, "chat-doc-da-cam": DACAM, "thanh-nien-xung-phong": TNXP, "tu-yeu-nuoc": TYN,
	}
	for slug, code := range want {
		if k, ok := BySlug(slug); !ok || k.Code != code {
			t.Errorf("BySlug(%q) = %v, %v", slug, k.Code, ok)
		}
		if k, ok := ByCode(code); !ok || k.Slug != slug {
			t.Errorf("ByCode(%q).Slug = %q, %v", code, k.Slug, ok)
		}
	}
	for _, slug := range []string{"", "tong-hop", "nguoi_cao_tuoi"} {
		if k, ok := BySlug(slug); ok {
			t.Errorf("BySlug(%q) found %s", slug, k.Code)
		}
	}
	if _, ok := ByCode("XYZ"); ok {
		t.Error("an unknown kind was found")
	}
}

func TestOfficesFollowTheHandbook(t *testing.T) {
	t.Parallel()
	titles := map[string]string{
		"CT": "Chủ tịch", "PCT_TT": "Phó Chủ tịch Thường trực", "PCT": "Phó Chủ tịch", "UVBTV": "Ủy viên Ban Thường vụ",
		"UVBCH": "Ủy viên Ban Chấp hành", "TK": "Thư ký", "TQ": "Thủ quỹ", "KT": "Kế toán", "TBKT": "Trưởng Ban Kiểm tra",
		"UVKT": "Ủy viên Ban Kiểm tra", "CHT": "Chi hội trưởng", "CHP": "Chi hội phó", "TTH": "Tổ trưởng tổ hội",
		"CNCLB": "Chủ nhiệm câu lạc bộ",
	}
	for _, k := range Kinds {
		if len(k.Offices) != len(titles) {
			t.Errorf("%s: %d offices, want %d", k.Code, len(k.Offices), len(titles))
		}
		for code, title := range titles {
			if o, ok := k.Office(code); !ok || o.Title != title {
				t.Errorf("%s: office %s = %q, %v", k.Code, code, o.Title, ok)
			}
		}
		for _, code := range []string{"CT", "CHT"} {
			if o, _ := k.Office(code); !o.Mandatory || o.Seats != 1 {
				t.Errorf("%s: %s must be one mandatory seat", k.Code, code)
			}
		}
		seated := 0
		for _, o := range k.Offices {
			if o.Body == BodyBTV {
				seated += o.Seats
			}
			if BodyName(o.Body) == "" {
				t.Errorf("%s: office %s sits nowhere", k.Code, o.Code)
			}
		}
		if seated > k.BCHQuota {
			t.Errorf("%s: standing board of %d in a committee of %d", k.Code, seated, k.BCHQuota)
		}
		if _, ok := k.Office("VUA"); ok {
			t.Errorf("%s: an unknown office was found", k.Code)
		}
	}
}

func TestMemberFieldsAreWellFormed(t *testing.T) {
	t.Parallel()
	for _, k := range Kinds {
		seen := map[string]bool{}
		for _, f := range k.MemberFields {
			if seen[f.Code] || f.Code == "" || f.Label == "" || !unicode.IsUpper([]rune(f.Label)[0]) {
				t.Errorf("%s.%s: code twice, or no proper label", k.Code, f.Code)
			}
			seen[f.Code] = true
			wantChoices := f.Kind == FieldChoice || f.Kind == FieldMulti
			if wantChoices != (len(f.Choices) > 1) {
				t.Errorf("%s.%s: kind %s with %d choices", k.Code, f.Code, f.Kind, len(f.Choices))
			}
			answers := map[string]bool{}
			for _, c := range f.Choices {
				if answers[c.Code] || c.Code == "" || c.Label == "" {
					t.Errorf("%s.%s: answer %+v twice or empty", k.Code, f.Code, c)
				}
				answers[c.Code] = true
				if got, ok := f.Choice(c.Code); !ok || got != c {
					t.Errorf("%s.%s: Choice(%q) = %v, %v", k.Code, f.Code, c.Code, got, ok)
				}
			}
			if _, ok := f.Choice("không có mã này"); ok {
				t.Errorf("%s.%s: an unknown answer was found", k.Code, f.Code)
			}
			if got, ok := k.Field(f.Code); !ok || got.Label != f.Label {
				t.Errorf("%s: Field(%q) = %v, %v", k.Code, f.Code, got, ok)
			}
		}
		if _, ok := k.Field("suc_khoe"); ok {
			t.Errorf("%s: health is not collected (handbook §3.2)", k.Code)
		}
	}
}

// What a person is among the victims of dioxin, and where somebody was imprisoned, must never leave the sensitive tier.
func TestSensitiveProfiles(t *testing.T) {
	t.Parallel()
	dacam, _ := ByCode(DACAM)
	for _, f := range dacam.MemberFields {
		if !f.Sensitive {
			t.Errorf("DACAM.%s must be sensitive", f.Code)
		}
	}
	tyn, _ := ByCode(TYN)
	for _, code := range []string{"dien", "bi_bat", "noi_giam", "ra_tu", "so_thang", "tro_cap_thang"} {
		if f, ok := tyn.Field(code); !ok || !f.Sensitive {
			t.Errorf("TYN.%s must be sensitive", code)
		}
	}
	nct, _ := ByCode(NCT)
	if f, ok := nct.Field("bhyt"); !ok || f.Sensitive {
		t.Error("NCT.bhyt is an ordinary field")
	}
}

func TestPrisonCatalogue(t *testing.T) {
	t.Parallel()
	code := regexp.MustCompile(`^[A-Z]+$`)
	seen := map[string]bool{}
	for _, p := range Prisons {
		if seen[p.Code] || !code.MatchString(p.Code) || p.Name == "" || (p.From > 0 && p.To > 0 && p.From > p.To) {
			t.Errorf("prison %+v", p)
		}
		seen[p.Code] = true
	}
	if p, ok := PrisonByCode("CONDAO"); !ok || p.Name != "Nhà tù Côn Đảo" {
		t.Errorf("PrisonByCode(CONDAO) = %v, %v", p, ok)
	}
	if _, ok := PrisonByCode("ALCATRAZ"); ok {
		t.Error("an unknown prison was found")
	}
}
