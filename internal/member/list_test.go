package member_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/member"
	"wardportal/internal/vi"
)

// roster loads people by name as the chair, born one year after the other from 1930.
func (w *world) roster(t testing.TB, names ...string) []member.Stored {
	t.Helper()
	var rows []member.Loaded
	for i, n := range names {
		name, alias := vi.SplitAlias(n)
		in := w.someone(t, name, fmt.Sprint(1930+i%40))
		in.Alias = alias
		rows = append(rows, member.Loaded{NewMember: in})
	}
	var out []member.Stored
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) (err error) {
		out, err = member.Load(ctx, tx, w.keys, rows)
		return err
	})
	return out
}

func TestListInTheOrderOfGivenNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.roster(t, "Đỗ Quang Cảnh", "Nguyễn Văn Đức", "Nguyễn Thị An", "Lê Ánh", "Trần Ăn", "Bùi Thị Dung", "Nguyễn An", "Võ Danh")
	got := w.names(t, w.chair, member.Filter{Association: w.nct})
	want := []string{"Nguyễn An", "Nguyễn Thị An", "Lê Ánh", "Trần Ăn", "Đỗ Quang Cảnh", "Võ Danh", "Bùi Thị Dung", "Nguyễn Văn Đức"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ids := w.roster(t, "Nguyễn Văn Đức", "Trần Thị Dục", "Lê Đức Anh", "Phạm Thị Hòa", "Phạm Thị Hoà", "Võ Thị Hoa", "Đặng Lý", "Đặng Lí", "Đặng Linh", "Huỳnh Thị Út (Ba Hùng)", "Nguyễn Thúy", "Nguyễn Thúi")
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		m, err := member.Get(ctx, tx, ids[0].ID)
		if err != nil {
			return err
		}
		e := edit(m)
		e.Phone = "0905 123 456"
		_, err = member.ChangeFields(ctx, tx, w.keys, e)
		return err
	})
	for query, want := range map[string][]string{
		"duc":           {"Lê Đức Anh", "Trần Thị Dục", "Nguyễn Văn Đức"},
		"đức":           {"Lê Đức Anh", "Nguyễn Văn Đức", "Trần Thị Dục"},
		"DỤC":           {"Trần Thị Dục", "Lê Đức Anh", "Nguyễn Văn Đức"},
		"van duc":       {"Nguyễn Văn Đức"},
		"đức văn":       {"Nguyễn Văn Đức"},
		"hòa":           {"Phạm Thị Hòa", "Phạm Thị Hoà", "Võ Thị Hoa"},
		"hoà":           {"Phạm Thị Hòa", "Phạm Thị Hoà", "Võ Thị Hoa"},
		"dang ly":       {"Đặng Lý", "Đặng Lí"},
		"dang li":       {"Đặng Lý", "Đặng Lí", "Đặng Linh"},
		"hung":          {"Huỳnh Thị Út"},
		"ba hùng":       {"Huỳnh Thị Út"},
		"3456":          {"Nguyễn Văn Đức"},
		"0905 123 456":  {"Nguyễn Văn Đức"},
		"0905.123":      {"Nguyễn Văn Đức"},
		"nvd":           {"Nguyễn Văn Đức"},
		"thuy":          {"Nguyễn Thúy"},
		"hu":            {"Huỳnh Thị Út"},
		"không có ai":   nil,
		"9999":          nil,
		"%":             nil,
		"đức' or '1'='": nil,
	} {
		f := member.Filter{Association: w.nct, Query: query}
		got := w.names(t, w.chair, f)
		slicesSame := slices.Equal(got, want)
		if query == "%" { // nothing to look for: the whole list
			slicesSame = len(got) == 12
		}
		if strings.HasPrefix(query, "hò") || strings.HasPrefix(query, "hoà") || strings.HasPrefix(query, "dang l") { // equal keys: order by id
			slicesSame = len(got) == len(want) && got[len(got)-1] == want[len(want)-1]
		}
		if query == "dang ly" || query == "dang li" {
			slices.Sort(got)
			slices.Sort(want)
			slicesSame = slices.Equal(got, want)
		}
		if !slicesSame {
			t.Errorf("%q finds %q", query, got)
		}
	}
	if got := w.names(t, w.official, member.Filter{Query: "duc"}); len(got) != 3 {
		t.Errorf("the official finds %q", got)
	}
	if got := w.names(t, w.head, member.Filter{Association: w.nct, Query: "đức văn"}); len(got) != 1 {
		t.Errorf("the branch head finds %q", got)
	}
	if err := w.Try(t, w.other, func(ctx context.Context, tx *db.Tx) error {
		_, err := member.List(ctx, tx, member.Filter{Association: w.nct, Query: "duc"}, member.Cursor{}, 0)
		return err
	}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another chair: %v", err)
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	man := member.Loaded{NewMember: w.someone(t, "Nguyễn Văn Hùng", "1956")}
	man.Sex = member.Male
	unborn := member.Loaded{NewMember: w.someone(t, "Lê Thị Không Rõ", "")}
	second := member.Loaded{NewMember: w.someone(t, "Trần Thị Hai", "1936"), Exempt: true}
	second.Branch = w.nct2
	gone := member.Loaded{NewMember: w.someone(t, "Đinh Thị Đi", "1950"), EndHow: member.MovedAway, Ended: date(t, "2024")}
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		_, err := member.Load(ctx, tx, w.keys, []member.Loaded{man, unborn, second, gone})
		return err
	})
	for name, c := range map[string]struct {
		f    member.Filter
		want []string
	}{
		"all":        {member.Filter{}, []string{"Đinh Thị Đi", "Trần Thị Hai", "Nguyễn Văn Hùng", "Lê Thị Không Rõ"}},
		"active":     {member.Filter{Status: member.Active}, []string{"Nguyễn Văn Hùng", "Lê Thị Không Rõ"}},
		"exempt":     {member.Filter{Status: member.Exempt}, []string{"Trần Thị Hai"}},
		"left":       {member.Filter{Status: member.Left}, []string{"Đinh Thị Đi"}},
		"branch":     {member.Filter{Branch: w.nct2}, []string{"Trần Thị Hai"}},
		"men":        {member.Filter{Sex: member.Male}, []string{"Nguyễn Văn Hùng"}},
		"70 to 80":   {member.Filter{AgeFrom: 70, AgeTo: 80}, []string{"Đinh Thị Đi", "Nguyễn Văn Hùng"}},
		"from 90":    {member.Filter{AgeFrom: 90}, []string{"Trần Thị Hai"}},
		"no birth":   {member.Filter{NoBirth: true}, []string{"Lê Thị Không Rõ"}},
		"in a crowd": {member.Filter{Query: "thi", Status: member.Left}, []string{"Đinh Thị Đi"}},
	} {
		c.f.Association = w.nct
		w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
			page, err := member.List(ctx, tx, c.f, member.Cursor{}, 0)
			var got []string
			for _, r := range page.Rows {
				got = append(got, r.FullName)
			}
			slices.Sort(got)
			slices.Sort(c.want)
			if !slices.Equal(got, c.want) || page.Total != (member.Total{N: len(c.want)}) {
				t.Errorf("%s: %q of %+v", name, got, page.Total)
			}
			if tx.Trips() != 1 {
				t.Errorf("%s took %d round trips", name, tx.Trips())
			}
			return err
		})
	}
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		page, err := member.List(ctx, tx, member.Filter{Association: w.nct}, member.Cursor{}, 0)
		if page.Tally != (member.Tally{Active: 2, Exempt: 1, Left: 1}) {
			t.Errorf("tally %+v", page.Tally)
		}
		return err
	})
}

// Every row exactly once and in order, whatever the page size, with and without a query, for the chair and the official.
func TestPagingProperty(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	given := []string{"An", "Ánh", "Ăn", "Đức", "Dục", "Dung", "Hoa", "Hòa", "Lý", "Út"}
	middle := []string{"Văn", "Thị", "Đức", "Ngọc", ""}
	family := []string{"Nguyễn", "Trần", "Đỗ", "Võ"}
	var names []string
	for i := range 90 {
		names = append(names, vi.Clean(family[i%4]+" "+middle[i%5]+" "+given[(i*7)%10]))
	}
	w.roster(t, names...)
	rapid.Check(t, func(r *rapid.T) {
		size := rapid.IntRange(7, 60).Draw(r, "size")
		f := member.Filter{
			Association: rapid.SampledFrom([]member.AssociationID{0, w.nct}).Draw(r, "association"),
			Query:       rapid.SampledFrom([]string{"", "duc", "đức", "thị d", "nguyen", "hoà"}).Draw(r, "query"),
			Branch:      rapid.SampledFrom([]member.BranchID{0, w.nct1}).Draw(r, "branch"),
			Status:      rapid.SampledFrom([]member.Status{"", member.Active}).Draw(r, "status"),
		}
		who := w.official
		if f.Association != 0 {
			who = rapid.SampledFrom([]authz.Who{w.official, w.chair, w.head}).Draw(r, "who")
		}
		err := w.Pool.Read(t.Context(), who, func(ctx context.Context, tx *db.Tx) error {
			whole, err := member.List(ctx, tx, f, member.Cursor{}, 1000)
			if err != nil {
				return err
			}
			if whole.Total.N != len(whole.Rows) || whole.Next != "" {
				r.Fatalf("%d rows of %+v", len(whole.Rows), whole.Total)
			}
			var got []member.ID
			for cursor := ""; ; {
				page, err := member.List(ctx, tx, f, member.ParseCursor(cursor), size)
				if err != nil {
					return err
				}
				if page.From != len(got)+1 {
					r.Fatalf("page begins at %d after %d rows", page.From, len(got))
				}
				for _, row := range page.Rows {
					got = append(got, row.ID)
				}
				if cursor = page.Next; cursor == "" {
					break
				}
			}
			for i, row := range whole.Rows {
				if i >= len(got) || got[i] != row.ID {
					r.Fatalf("row %d of %d differs", i, len(whole.Rows))
				}
				if i > 0 && f.Query == "" {
					a, b := vi.SplitName(whole.Rows[i-1].FullName), vi.SplitName(row.FullName)
					if bytes.Compare(vi.SortKey(a), vi.SortKey(b)) > 0 {
						r.Fatalf("%s before %s", a.Full(), b.Full())
					}
				}
			}
			if len(got) != len(whole.Rows) {
				r.Fatalf("%d rows by pages, %d in all", len(got), len(whole.Rows))
			}
			return nil
		})
		if err != nil {
			r.Fatal(err)
		}
	})
}

func TestCursorOfNonsenseIsTheBeginning(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "x", "1.2", "-1.0.0", "1.0.-5", "1.7.0", "9999999999999999999999.0.0"} {
		if c := member.ParseCursor(s); c != (member.Cursor{}) {
			t.Errorf("%q reads as %+v", s, c)
		}
	}
	if c := (member.Cursor{ID: 12, Rank: 1, Shown: 50}); member.ParseCursor(c.String()) != c {
		t.Error("a cursor does not survive the address")
	}
}

func TestExportIsWhatIsShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.roster(t, "Nguyễn Thị An", "Nguyễn Văn Đức", "Trần Dục")
	f := member.Filter{Association: w.nct, Query: "duc"}
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		rows, err := member.Export(ctx, tx, f)
		if err != nil || len(rows) != 2 {
			t.Errorf("%d rows, %v", len(rows), err)
		}
		return member.RecordExport(ctx, tx, f, len(rows))
	})
	if n := w.Count(t, `select count(*) from audit_log where action = 'member.export' and fields = '{query}'`); n != 1 {
		t.Error("the export left no trace")
	}
	for name, who := range map[string]authz.Who{"leader": w.leader, "other": w.other, "editor": w.editor} {
		if err := w.Try(t, who, func(ctx context.Context, tx *db.Tx) error { _, err := member.Export(ctx, tx, f); return err }); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// explain gives the plan of the page's statement as the app role.
func TestListAndSearchUseTheirIndexes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	fillMany(t, w, 5000)
	for name, c := range map[string]struct {
		f    member.Filter
		want string
	}{
		"list":        {member.Filter{Association: w.nct, Status: member.Active}, "membership_list"},
		"rare word":   {member.Filter{Association: w.nct, Query: "quy hiem"}, "member_word_find"},
		"common word": {member.Filter{Association: w.nct, Query: "nguyễn thị"}, "member_word"},
	} {
		w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
			plan, err := member.ExplainPage(ctx, tx, c.f)
			if !strings.Contains(plan, c.want) || strings.Contains(plan, "Seq Scan on membership") || strings.Contains(plan, "Seq Scan on member_word") {
				t.Errorf("%s:\n%s", name, plan)
			}
			return err
		})
		var took time.Duration
		w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
			for range 3 { // the first warms the caches of plans
				start := time.Now()
				if _, err := member.List(ctx, tx, c.f, member.Cursor{}, 0); err != nil {
					return err
				}
				took = time.Since(start)
			}
			return nil
		})
		t.Logf("%s: %v", name, took)
	}
}

// fillMany loads n people with common names and one rare one.
func fillMany(t testing.TB, w *world, n int) {
	t.Helper()
	given := []string{"An", "Bình", "Cúc", "Dung", "Đức", "Giang", "Hà", "Hùng", "Khánh", "Lan"}
	rows := make([]member.Loaded, n)
	for i := range rows {
		name := "Nguyễn Thị " + given[i%10] + " " + given[(i/10)%10]
		if i%3 == 0 {
			name = "Trần Văn " + given[i%7]
		}
		if i == n/2 {
			name = "Tôn Nữ Quý Hiếm"
		}
		in := w.someone(t, name, fmt.Sprint(1930+i%40))
		in.Phone = fmt.Sprintf("09%08d", i)
		rows[i] = member.Loaded{NewMember: in}
	}
	start := time.Now()
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error { _, err := member.Load(ctx, tx, w.keys, rows); return err })
	t.Logf("loaded %d people in %v", n, time.Since(start))
	w.Owner(t, `analyze`)
}
