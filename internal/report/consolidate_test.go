package report

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wardportal/internal/association"
)

// ward2023 is the table of the mock-up.
func ward2023() []AssociationReport {
	one := func(kind association.KindCode, state State, branches, begin, up, down, vac, heads, fund int64) AssociationReport {
		k, _ := association.ByCode(kind)
		return AssociationReport{Slug: k.Slug, Name: k.ShortName, Kind: kind, State: state, Values: map[string]Value{
			"GEN.ORG.BRANCH": Num(branches), "GEN.ORG.BCH_QUOTA": Num(15), "GEN.ORG.BCH": Num(15 - vac), "GEN.ORG.CHT_VAC": Num(heads),
			"GEN.MEM.BEGIN": Num(begin), "GEN.MEM.NEW": Num(up), "GEN.MEM.IN": Say(Nothing), "GEN.MEM.OUT": Num(down),
			"GEN.MEM.DEAD": Num(0), "GEN.MEM.LEFT": Num(0), "GEN.MEM.END": Num(begin + up - down), "GEN.FUND.CLOSE": Num(fund),
			"GEN.CARE.SICK": Num(3), "GEN.CARE.GIFT": Num(4),
		}}
	}
	return []AssociationReport{
		one(association.NCT, Drafting, 8, 618, 47, 23, 2, 1, 48_350_000),
		one(association.KHOC, Returned, 11, 1120, 78, 14, 1, 1, 126_480_000),
		one(association.DACAM, Accepted, 2, 58, 1, 2, 1, 0, 21_700_000),
		one(association.TNXP, Submitted, 3, 76, 0, 3, 0, 0, 18_250_000),
		one(association.TYN, Drafting, 2, 48, 0, 2, 1, 0, 9_900_000),
	}
}

func texts(cells []Cell) []string {
	var list []string
	for _, c := range cells {
		list = append(list, c.String())
	}
	return list
}

func TestWardTableOfTheMock(t *testing.T) {
	t.Parallel()
	table := Consolidate(2023, ward2023(), People{Distinct: 1689, InSeveral: 278, Known: true})
	if got := texts(table.Rows[0].Cells); !slices.Equal(got, []string{"8", "618", "47", "23", "642", "2", "1", "7", "–", "48.350.000"}) {
		t.Errorf("first row %q", got)
	}
	if table.Total.Label != "Cộng 1/5 hội đã tiếp nhận" {
		t.Errorf("label %q", table.Total.Label)
	}
	if got := texts(table.Total.Cells); !slices.Equal(got, []string{"2", "58", "1", "2", "57", "1", "0", "7", "–", "không cộng"}) {
		t.Errorf("total %q", got)
	}
	if p := table.Provisional; p == nil || p.Label != "Tạm tính cả 5 hội (gồm số chưa tiếp nhận)" {
		t.Fatalf("provisional %+v", p)
	} else if got := texts(p.Cells); !slices.Equal(got, []string{"26", "1.920", "126", "44", "2.002", "5", "2", "35", "–", "không cộng"}) {
		t.Errorf("provisional %q", got)
	}
	if table.Rows[0].Accepted || !table.Rows[2].Accepted || table.Sent != 2 || table.Accepted != 1 || len(table.Unsent()) != 3 {
		t.Errorf("sent %d, accepted %d, unsent %d", table.Sent, table.Accepted, len(table.Unsent()))
	}
	notes := strings.Join(table.Notes, "\n")
	for _, want := range []string{
		"Quỹ của mỗi hội là riêng", "lượt hội viên; tính theo người: 1.689 người, trong đó 278 người tham gia từ hai hội trở lên.",
		"Hội NCT (đang nhập)", "Hội Khuyến học (trả lại)", "Số tiền: mới có 0/1 hội",
	} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes lack %q:\n%s", want, notes)
		}
	}
}

func TestWardTableEdges(t *testing.T) {
	t.Parallel()
	all := ward2023()
	for i := range all {
		all[i].State = Consolidated
	}
	table := Consolidate(2023, all, People{})
	if table.Provisional != nil || table.Total.Label != "Cộng 5/5 hội đã tiếp nhận" || table.Memberships.String() != "2.002" {
		t.Errorf("%q, provisional %v, memberships %s", table.Total.Label, table.Provisional, table.Memberships)
	}
	if !strings.Contains(table.Notes[1], "không phải số người") {
		t.Errorf("people unknown: %q", table.Notes[1])
	}
	all[1].State, all[1].Values = NotStarted, nil
	all[0].Values["GEN.MEM.END"] = Say(NoData)
	all[2].Values["GEN.MEM.DEAD"] = Value{}
	all[3].Values["GEN.MEM.ADJ"] = Num(-2)
	table = Consolidate(2023, all, People{})
	if got := texts(table.Rows[1].Cells); got[0] != "–" || got[9] != "–" {
		t.Errorf("a report that has not begun: %q", got)
	}
	end := table.Total.Cells[columnIndex("end")]
	if end.Value != Num(57+73+46) || !strings.Contains(end.Note, "mới có 3/4 hội, thiếu: Hội NCT") {
		t.Errorf("end %+v", end)
	}
	down := table.Total.Cells[columnIndex("down")]
	if down.Value != Num(23+2+3+2+2) || !strings.Contains(down.Note, "Hội NN chất độc da cam (chưa có: hội viên qua đời)") {
		t.Errorf("down %+v", down)
	}
	empty := Consolidate(2023, nil, People{})
	if empty.Total.Label != "Cộng 0/0 hội đã tiếp nhận" || empty.Provisional != nil {
		t.Errorf("empty ward %+v", empty.Total)
	}
}

func TestTotalsAreSumsOfAcceptedReports(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var reports []AssociationReport
		for i := range rapid.IntRange(0, 6).Draw(t, "reports") {
			kind := rapid.SampledFrom(association.Kinds).Draw(t, "kind")
			r := AssociationReport{Name: kind.ShortName + string(rune('A'+i)), Kind: kind.Code, State: rapid.SampledFrom(States).Draw(t, "state"), Values: map[string]Value{}}
			for _, code := range []string{"GEN.ORG.BRANCH", "GEN.MEM.BEGIN", "GEN.MEM.END", "GEN.FUND.CLOSE", "GEN.ORG.TDP", "GEN.CARE.LOAN", "NCT.MEM60", "NCT.POP60"} {
				r.Values[code] = genValue().Draw(t, code)
			}
			reports = append(reports, r)
		}
		table := Consolidate(2023, reports, People{})
		var want int64
		for _, r := range reports {
			if n, ok := r.Values["GEN.MEM.END"].Int(); ok && r.State.Received() {
				want += n
			}
		}
		if n, _ := table.Memberships.Value.Int(); n != want {
			t.Fatalf("members %d, want %d", n, want)
		}
		for _, row := range Compare(2023, reports).Rows {
			if len(row.Cells) != len(reports) {
				t.Fatalf("%s has %d cells", row.Indicator.Code, len(row.Cells))
			}
			if !row.Indicator.Additive && !row.Total.Apart {
				t.Fatalf("%s was added up to %s", row.Indicator.Code, row.Total)
			}
		}
	})
}

// Two associations of one kind, as after a merger of wards: their rates are never averaged.
func TestRatiosAreRecomputed(t *testing.T) {
	t.Parallel()
	ind := Indicator{
		Code: "TEST.RATE", Unit: "%", Semantics: Ratio, Source: Derived, Formula: percentOf("GEN.MEM.FEMALE", "GEN.MEM.END"),
	}
	reports := []AssociationReport{
		{Name: "Hội NCT Chánh Lộ", Values: map[string]Value{"GEN.MEM.FEMALE": Num(90), "GEN.MEM.END": Num(100)}},
		{Name: "Hội NCT Nghĩa Chánh", Values: map[string]Value{"GEN.MEM.FEMALE": Num(100), "GEN.MEM.END": Num(900)}},
		{Name: "Hội NCT Trần Hưng Đạo", Values: map[string]Value{"GEN.MEM.END": Num(500)}},
	}
	cell := Aggregate(ind, reports)
	if cell.String() != "19" || cell.Note != "mới có 2/3 hội, thiếu: Hội NCT Trần Hưng Đạo" {
		t.Errorf("190 of 1000 is %s (%s)", cell, cell.Note)
	}
	for _, code := range []string{"GEN.FUND.CLOSE", "GEN.ORG.TDP", "GEN.CARE.LOAN", "NCT.JOIN_RATE", "TYN.NOI.CONDAO", "GEN.ORG.TDP_RATE"} {
		if c := Aggregate(mustInd(t, code), reports); c.String() != "không cộng" {
			t.Errorf("%s adds up to %s", code, c)
		}
	}
}

func TestSuppress(t *testing.T) {
	t.Parallel()
	cases := []struct {
		counts []int64
		total  bool
		want   string
	}{
		{[]int64{254, 232, 124, 32}, true, "...."},
		{[]int64{254, 232, 124, 3}, true, "..xx"},
		{[]int64{254, 232, 124, 3}, false, "...x"},
		{[]int64{2, 1, 30, 40}, true, "xxx."},
		{[]int64{4, 3, 30}, true, "xx."},
		{[]int64{0, 0, 3}, true, "..x"},
		{nil, true, ""},
	}
	for _, c := range cases {
		var got strings.Builder
		for _, hidden := range Suppress(c.counts, c.total) {
			got.WriteByte(".x"[map[bool]int{true: 1}[hidden]])
		}
		if got.String() != c.want {
			t.Errorf("Suppress(%v, %v) = %s, want %s", c.counts, c.total, got.String(), c.want)
		}
	}
	small, open := mustInd(t, "DACAM.VIC.TH3"), mustInd(t, "GEN.MEM.NEW")
	if PublicText(small, Num(4)) != "<5" || PublicText(small, Num(5)) != "5" || PublicText(small, Num(0)) != "0" || PublicText(open, Num(4)) != "4" {
		t.Error("small cells")
	}
}

func TestSuppressedCellsStayUnknown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOf(rapid.Int64Range(0, 20)).Draw(t, "counts")
		hidden := Suppress(counts, true)
		n, positive, sum := 0, 0, int64(0)
		for i, c := range counts {
			if c > 0 {
				positive++
			}
			if hidden[i] {
				n++
				sum += c
			} else if c > 0 && c < SmallCell {
				t.Fatalf("%d is shown in %v", c, counts)
			}
		}
		if n > 0 && positive > n && (n == 1 || sum < SmallCell) {
			t.Fatalf("%v: %d hidden cells with a sum of %d give themselves away", counts, n, sum)
		}
	})
}
