package vi

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

func TestSlug(t *testing.T) {
	t.Parallel()
	const title = "Hội nghị tổng kết hoạt động các Hội đặc thù năm 2023 và phương hướng nhiệm vụ năm 2024"
	for _, c := range []struct {
		in    string
		limit int
		want  string
	}{
		{title, 200, "hoi-nghi-tong-ket-hoat-dong-cac-hoi-dac-thu-nam-2023-va-phuong-huong-nhiem-vu-nam-2024"},
		{title, 40, "hoi-nghi-tong-ket-hoat-dong-cac-hoi-dac"},
		{title, 20, "hoi-nghi-tong-ket"},
		{"Mừng thọ: 70, 75…", 80, "mung-tho-70-75"},
		{"  “Đền ơn – đáp nghĩa”  ", 80, "den-on-dap-nghia"},
		{"nghiêng", 4, "nghi"},
		{"…", 80, ""}, {"", 80, ""}, {"abc", 0, ""},
	} {
		if got := Slug(c.in, c.limit); got != c.want {
			t.Errorf("Slug(%q, %d) = %q, want %q", c.in, c.limit, got, c.want)
		}
	}
}

func TestSlugIsSafeInAddresses(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$`)
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(0, 60).Draw(t, "limit")
		got := Slug(anyText().Draw(t, "title"), limit)
		if !form.MatchString(got) || len(got) > limit || Slug(got, limit) != got {
			t.Fatalf("%q", got)
		}
	})
}
