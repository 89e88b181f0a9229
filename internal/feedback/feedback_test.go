package feedback

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestContacts(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", " 0905.123.456 ": "0905123456", "+84 905 123 456": "0905123456", "hoa.nguyen@example.vn": "hoa.nguyen@example.vn"} {
		if got, ok := cleanContact(in); !ok || got != want {
			t.Errorf("%q: %q %v, want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{"12", "hoa@", "hoa@nha", "Hòa <hoa@example.vn>", "a@b.vn\r\nBcc: c@d.vn", "<script>alert(1)</script>"} {
		if got, ok := cleanContact(in); ok {
			t.Errorf("%q is taken as %q", in, got)
		}
	}
}

// What is shown can be typed back in, however carelessly.
func TestCodesComeBack(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 200 {
		code := newCode()
		if back, ok := readCode(ShowCode(code)); !ok || back != code || seen[code] {
			t.Fatalf("%s came back as %s (%v), seen before: %v", code, back, ok, seen[code])
		}
		seen[code] = true
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	day := func(s string) time.Time {
		d, err := time.Parse("2006-01-02", s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for from, want := range map[string]string{
		"2026-11-16": "2026-11-25", // a Monday
		"2026-11-21": "2026-12-01", // a Saturday
		"2026-04-24": "2026-05-07", // over 30/4 and 1/5
		"2026-02-12": "2026-03-02", // over Tết: 16 to 20/02
	} {
		if got := Due(day(from)).Format("2006-01-02"); got != want {
			t.Errorf("due after %s: %s, want %s", from, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 2000).Draw(t, "day"))
		if n := WorkingDays(from, Due(from)); n != AnswerDays {
			t.Fatalf("%d working days from %s to its due day", n, from.Format("02/01/2006"))
		}
	})
}
