package publicui

import (
	"strings"
	"testing"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/meeting"
	"wardportal/internal/member"
	"wardportal/internal/portal/kit"
)

func n(i int) *int { return &i }

func roster(branch authz.BranchID, members *int) member.PublicCount {
	c := member.PublicCount{AssociationID: 1, Members: members}
	if branch != 0 {
		c.BranchID = &branch
	}
	return c
}

// What is shown never lets anybody work out a count below five.
func TestMergeCountsHides(t *testing.T) {
	t.Parallel()
	branches := []association.Branch{{ID: 1, AssociationID: 1, Listed: true}, {ID: 2, AssociationID: 1, Listed: true}, {ID: 3, AssociationID: 1}}
	for name, c := range map[string]struct {
		rosters []member.PublicCount
		numbers []association.Count
		want    string // per branch
		total   int    // 0 = hidden
	}{
		"all large":                          {[]member.PublicCount{roster(1, n(20)), roster(2, n(30)), roster(0, n(50))}, []association.Count{{Branch: 3, Members: 12}}, "20 30 12", 62},
		"a small school hides its neighbour": {[]member.PublicCount{roster(1, n(20)), roster(2, n(30)), roster(0, n(50))}, []association.Count{{Branch: 3, Members: 3}}, "- 30 -", 53},
		"two hidden by the roster":           {[]member.PublicCount{roster(1, nil), roster(2, nil), roster(0, n(50))}, []association.Count{{Branch: 3, Members: 12}}, "- - 12", 62},
		"the roster's total is hidden":       {[]member.PublicCount{roster(1, nil), roster(0, nil)}, []association.Count{{Branch: 3, Members: 12}}, "- 0 12", 0},
		"an empty branch tells nothing":      {[]member.PublicCount{roster(1, n(9)), roster(0, n(9))}, nil, "9 0 0", 9},
		"nobody at all":                      {nil, nil, "0 0 0", 0},
	} {
		got := mergeCounts(branches, c.rosters, c.numbers)
		var words []string
		for _, b := range branches {
			w := got.words(b)
			if w == untoldWords {
				w = "-"
			}
			words = append(words, w)
		}
		total, shown := got.total(1)
		if strings.Join(words, " ") != c.want || (shown && total != c.total) || shown != (c.total > 0) {
			t.Errorf("%s: %s, total %d %v; want %s, %d", name, strings.Join(words, " "), total, shown, c.want, c.total)
		}
	}
}

func TestICalendar(t *testing.T) {
	t.Parallel()
	a := authz.AssociationID(1)
	list := []meeting.Meeting{{ID: 7, Version: 2, AssociationID: &a, Title: "Đại hội đại biểu Hội Người cao tuổi phường Chánh Lộ; nhiệm kỳ 2026–2031, phiên trù bị", Place: "Hội trường phường",
		StartsAt: time.Date(2026, 12, 5, 7, 0, 0, 0, time.UTC)}}
	text := icalendar(list, "chanhlo.example", "phường Chánh Lộ", time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
	for _, line := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("line of %d octets: %q", len(line), line)
		}
	}
	whole := strings.ReplaceAll(text, "\r\n ", "")
	for _, want := range []string{"UID:hop-7@chanhlo.example", "SEQUENCE:2", "DTSTART:20261205T070000Z", "DTEND:20261205T090000Z", `Chánh Lộ\; nhiệm kỳ 2026–2031\, phiên trù bị`} {
		if !strings.Contains(whole, want) {
			t.Errorf("no %q in %q", want, whole)
		}
	}
	facts := kit.Facts{Associations: []association.Association{{ID: 1, Name: "Hội Người cao tuổi"}}}
	if l := meetingLines(list, facts); l[0].Day != "05" || l[0].Month != "tháng 12" || l[0].Where != "14:00, Hội trường phường, Hội Người cao tuổi" {
		t.Errorf("line %+v", l[0])
	}
}

func TestShorten(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"ngắn": "ngắn", "Một câu, rất dài ở đây": "Một câu…", "mộttừdàikhôngcódấucách": "mộttừdàikh…"} {
		if got := shorten(in, 10); got != want {
			t.Errorf("shorten(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	for want, in := range map[string][]string{"": nil, "Tổ dân phố 3": {"Tổ dân phố 3"}, "Tổ dân phố 1, 2, 4": {"Tổ dân phố 1", "Tổ dân phố 2", "Tổ dân phố 4"}} {
		if got := places(in); got != want {
			t.Errorf("places(%v) = %q, want %q", in, got, want)
		}
	}
}
