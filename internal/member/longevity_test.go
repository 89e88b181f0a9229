package member_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/member"
)

func TestLongevityGroups(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ born, byYear, byCustom int }{ // in 2027; 0 = not honoured
		{1900, 100, 100}, {1925, 100, 100}, {1926, 100, 100}, {1927, 100, 100}, {1928, 0, 100}, {1929, 0, 0},
		{1931, 0, 0}, {1932, 95, 0}, {1933, 0, 95}, {1934, 0, 0}, {1936, 0, 0}, {1937, 90, 0}, {1938, 0, 90}, {1939, 0, 0},
		{1941, 0, 0}, {1942, 85, 0}, {1943, 0, 85}, {1944, 0, 0}, {1946, 0, 0}, {1947, 80, 0}, {1948, 0, 80}, {1949, 0, 0},
		{1951, 0, 0}, {1952, 75, 0}, {1953, 0, 75}, {1954, 0, 0}, {1956, 0, 0}, {1957, 70, 0}, {1958, 0, 70}, {1959, 0, 0},
		{1962, 0, 0}, {2027, 0, 0}, {2030, 0, 0},
	} {
		for counting, want := range map[member.Counting]int{member.ByYear: c.byYear, member.ByCustom: c.byCustom} {
			group, ok := member.LongevityGroup(counting.Age(c.born, 2027))
			if ok != (want != 0) || ok && group != want {
				t.Errorf("born %d, %s: %d %v, want %d", c.born, counting.Label(), group, ok, want)
			}
		}
	}
}

func TestBornTurnsAgeAround(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(member.Countings).Draw(t, "counting")
		age, year := rapid.IntRange(1, 130).Draw(t, "age"), rapid.IntRange(2000, 2100).Draw(t, "year")
		if got := c.Age(c.Born(age, year), year); got != age {
			t.Fatalf("%s: %d in %d comes back as %d", c, age, year, got)
		}
	})
}

func TestCeremonyTitle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		groups []int
		want   string
	}{
		{nil, "LỄ MỪNG THỌ"}, {[]int{70}, "LỄ MỪNG THỌ"}, {[]int{70, 75}, "LỄ MỪNG THỌ"},
		{[]int{80}, "LỄ MỪNG THƯỢNG THỌ"}, {[]int{80, 85}, "LỄ MỪNG THƯỢNG THỌ"},
		{[]int{90}, "LỄ MỪNG THƯỢNG THƯỢNG THỌ"}, {[]int{90, 95, 100}, "LỄ MỪNG THƯỢNG THƯỢNG THỌ"},
		{[]int{75, 80}, "LỄ MỪNG THỌ"}, {[]int{85, 90}, "LỄ MỪNG THỌ"}, {[]int{70, 80, 100}, "LỄ MỪNG THỌ"},
	} {
		if got := member.CeremonyTitle(c.groups); got != c.want {
			t.Errorf("%v: %s", c.groups, got)
		}
	}
}

func TestLongevityYear(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]int{"2026-01-01": 2026, "2026-02-17": 2026, "2026-09-30": 2026, "2026-10-01": 2026, "2026-10-02": 2027, "2026-12-31": 2027} {
		today, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if got := member.LongevityYear(today); got != want {
			t.Errorf("%s: %d", day, got)
		}
	}
}

// elders loads who is, was and is not to be honoured in 2027; the names say what is expected, counted by year.
func (w *world) elders(t *testing.T) {
	t.Helper()
	one := func(name, birth string, branch member.BranchID) member.Loaded {
		l := member.Loaded{NewMember: w.someone(t, name, birth)}
		l.Branch = branch
		return l
	}
	exempt := one("Huỳnh Thị Miễn", "1937", w.nct2)
	exempt.Exempt = true
	dead := one("Đinh Văn Khuất", "1947", w.nct1)
	dead.EndHow, dead.Ended = member.Died, date(t, "2024")
	moved := one("Võ Thị Đi Xa", "1947", w.nct1)
	moved.EndHow, moved.Ended = member.MovedAway, date(t, "11/2026")
	rows := []member.Loaded{
		one("Nguyễn Thị Bảy", "1957", w.nct1), one("Trần Văn An", "15/07/1957", w.nct2), one("Lê Văn Tám", "1958", w.nct1), one("Bùi Thị Sáu", "1956", w.nct1),
		one("Phạm Thị Bốn", "~12/1952", w.nct2), one("Đỗ Văn Trăm", "1927", w.nct1), one("Cao Thị Hơn", "1921", w.nct2), one("Ngô Văn Không Rõ", "", w.nct1),
		one("Mai Thị Chưa Rõ", "", w.nct2), exempt, dead, moved,
	}
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		_, err := member.Load(ctx, tx, w.keys, rows)
		return err
	})
	other := w.someone(t, "Tạ Văn Hội Khác", "1957")
	other.Association, other.Branch = w.tyn, w.tyn1
	w.add(t, other)
}

func said(l member.Longevity) []string {
	var out []string
	for _, g := range l.Groups {
		for _, e := range g.Elders {
			out = append(out, fmt.Sprintf("%d %s", g.Group, e.FullName))
		}
	}
	for _, e := range l.Unknown {
		out = append(out, "? "+e.FullName)
	}
	return out
}

func TestLongevityListOfEachReader(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.elders(t)
	all := []string{
		"70 Trần Văn An", "70 Nguyễn Thị Bảy", "75 Phạm Thị Bốn", "90 Huỳnh Thị Miễn", "100 Cao Thị Hơn", "100 Đỗ Văn Trăm", "? Mai Thị Chưa Rõ", "? Ngô Văn Không Rõ",
	}
	for name, c := range map[string]struct {
		who  authz.Who
		q    member.LongevityQuery
		want []string
	}{
		"chair":         {w.chair, member.LongevityQuery{Association: w.nct, Year: 2027, Counting: member.ByYear}, all},
		"official":      {w.official, member.LongevityQuery{Association: w.nct, Year: 2027, Counting: member.ByYear}, all},
		"leader":        {w.leader, member.LongevityQuery{Association: w.nct, Year: 2027, Counting: member.ByYear}, all},
		"head":          {w.head, member.LongevityQuery{Association: w.nct, Year: 2027, Counting: member.ByYear}, []string{"70 Nguyễn Thị Bảy", "100 Đỗ Văn Trăm", "? Ngô Văn Không Rõ"}},
		"by custom":     {w.chair, member.LongevityQuery{Association: w.nct, Year: 2027, Counting: member.ByCustom}, []string{"70 Lê Văn Tám", "100 Cao Thị Hơn", "100 Đỗ Văn Trăm", "? Mai Thị Chưa Rõ", "? Ngô Văn Không Rõ"}},
		"year before":   {w.chair, member.LongevityQuery{Association: w.nct, Year: 2026, Counting: member.ByYear}, []string{"70 Bùi Thị Sáu", "100 Cao Thị Hơn", "? Mai Thị Chưa Rõ", "? Ngô Văn Không Rõ"}},
		"another kind":  {w.other, member.LongevityQuery{Association: w.tyn, Year: 2027, Counting: member.ByYear}, nil},
		"kind, by ward": {w.official, member.LongevityQuery{Association: w.tyn, Year: 2027, Counting: member.ByYear}, nil},
	} {
		w.As(t, c.who, func(ctx context.Context, tx *db.Tx) error {
			l, err := member.LongevityList(ctx, tx, c.q)
			if got := said(l); !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
			if tx.Trips() != 1 {
				t.Errorf("%s took %d round trips", name, tx.Trips())
			}
			return err
		})
	}
	for name, who := range map[string]authz.Who{"other chair": w.other, "editor": w.editor, "stranger": w.stranger, "resident": authz.Public(w.ward)} {
		err := w.Try(t, who, func(ctx context.Context, tx *db.Tx) error {
			_, err := member.LongevityList(ctx, tx, member.LongevityQuery{Association: w.nct, Year: 2027, Counting: member.ByYear})
			return err
		})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLongevityOfOneBranch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.elders(t)
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		l, err := member.LongevityList(ctx, tx, member.LongevityQuery{Association: w.nct, Year: 2027, Counting: member.ByYear})
		if l.Count() != 6 || !slices.Equal(l.Ages(), []int{70, 75, 90, 100}) || l.In(0).Count() != 6 {
			t.Errorf("%d people of %v", l.Count(), l.Ages())
		}
		part := l.In(w.nct2)
		if got := said(part); !slices.Equal(got, []string{"70 Trần Văn An", "75 Phạm Thị Bốn", "90 Huỳnh Thị Miễn", "100 Cao Thị Hơn", "? Mai Thị Chưa Rõ"}) {
			t.Errorf("branch 2: %q", got)
		}
		return err
	})
}

func TestLongevityExportIsRecorded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	q := member.LongevityQuery{Association: w.nct, Year: 2027, Counting: member.ByYear}
	record := func(ctx context.Context, tx *db.Tx) error { return member.RecordLongevityExport(ctx, tx, q, 6) }
	w.As(t, w.head, record)
	if n := w.Count(t, `select count(*) from audit_log where action = 'member.export' and association_id = $1 and object_id = 6`, w.nct); n != 1 {
		t.Errorf("%d rows in the audit log", n)
	}
	for name, who := range map[string]authz.Who{"leader": w.leader, "other chair": w.other, "stranger": w.stranger} {
		if err := w.Try(t, who, record); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
