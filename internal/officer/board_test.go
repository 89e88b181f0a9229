package officer

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"wardportal/internal/association"
	"wardportal/internal/authz"
)

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func ptr[T any](v T) *T { return &v }

// held is an appointment of the association 1, for the pure rules.
func held(code, body string, seat int, person authz.PersonID, from time.Time, until *time.Time) Appointment {
	a := Appointment{AssociationID: 1, OfficeID: OfficeID(len(code)*100 + int(code[0])), Code: code, Body: body, Seat: seat, PersonID: &person, StartsOn: from, EndsOn: until, Began: Elected}
	if until != nil {
		a.Ended = ptr(Resigned)
	}
	return a
}

func elders(quota int) association.Association {
	return association.Association{ID: 1, Name: "Hội Người cao tuổi", BchQuota: &quota}
}

func TestShortageCountsFromTheDayItBegan(t *testing.T) {
	t.Parallel()
	b := books{
		associations: []association.Association{elders(3)},
		terms:        []Term{{ID: 1, AssociationID: 1, StartsOn: date(2021, 5, 10), EndsOn: date(2026, 5, 10)}},
		spells: []Appointment{
			held("CT", "BTV", 1, 1, date(2021, 5, 10), nil),
			held("UVBCH", "BCH", 1, 2, date(2021, 5, 10), ptr(date(2023, 3, 10))), // short from here
			held("UVBCH", "BCH", 2, 3, date(2021, 5, 10), ptr(date(2023, 8, 1))),  // then by two
			held("UVBCH", "BCH", 1, 4, date(2023, 9, 1), nil),                     // one seat filled again
		},
	}
	for _, tt := range []struct {
		day            time.Time
		vacant, inside int
		since          *time.Time
		days           int
	}{
		{date(2022, 1, 1), 0, 3, nil, 0},
		{date(2023, 3, 9), 0, 3, nil, 0},
		{date(2023, 3, 10), 1, 2, ptr(date(2023, 3, 10)), 0},
		{date(2023, 8, 15), 2, 1, ptr(date(2023, 3, 10)), 158},
		{date(2023, 12, 5), 1, 2, ptr(date(2023, 3, 10)), 270},
	} {
		b := b
		b.spells = before(b.spells, tt.day)
		c := b.committee(b.associations[0], tt.day)
		if c.Vacant != tt.vacant || c.InOffice != tt.inside || c.Days != tt.days || (c.Since == nil) != (tt.since == nil) || (c.Since != nil && !c.Since.Equal(*tt.since)) {
			t.Errorf("%s: %+v, want %+v", tt.day.Format(time.DateOnly), c, tt)
		}
	}
}

func before(list []Appointment, day time.Time) []Appointment {
	var out []Appointment
	for _, a := range list {
		if !a.StartsOn.After(day) {
			out = append(out, a)
		}
	}
	return out
}

// A congress sets the committee anew: what was short before it is no longer this committee's shortage.
func TestCongressBeginsTheShortageAnew(t *testing.T) {
	t.Parallel()
	b := books{
		associations: []association.Association{elders(5)},
		terms: []Term{
			{ID: 1, AssociationID: 1, StartsOn: date(2018, 6, 1), EndsOn: date(2023, 6, 1)},
			{ID: 2, AssociationID: 1, StartsOn: date(2023, 6, 1), EndsOn: date(2028, 6, 1), BchQuota: ptr(2)},
		},
		spells: []Appointment{
			held("CT", "BTV", 1, 1, date(2018, 6, 1), ptr(date(2023, 6, 1))),
			held("CT", "BTV", 1, 2, date(2023, 6, 1), nil),
		},
	}
	c := b.committee(b.associations[0], date(2023, 6, 11))
	if c.Quota != 2 || c.Vacant != 1 || c.Days != 10 {
		t.Errorf("after the congress: %+v", c)
	}
}

func TestOnePersonInTwoOfficesIsOnePerson(t *testing.T) {
	t.Parallel()
	b := books{spells: []Appointment{
		held("CT", "BTV", 1, 7, date(2021, 1, 1), nil), held("UVBCH", "BCH", 1, 7, date(2021, 1, 1), nil),
		{AssociationID: 1, Code: "UVBCH", Body: "BCH", Seat: 2, PersonName: "Bùi Thị Hòa", StartsOn: date(2021, 1, 1)},
		{AssociationID: 1, Code: "TK", Body: "KHAC", Seat: 1, PersonName: "Bùi Thị Hoà", StartsOn: date(2021, 1, 1)},
	}}
	if c := b.committee(elders(15), date(2022, 1, 1)); c.InOffice != 2 || c.Vacant != 13 {
		t.Errorf("%+v", c)
	}
}

func TestHeadlessBranchesAndTerms(t *testing.T) {
	t.Parallel()
	three, six, seven := association.BranchID(3), association.BranchID(6), association.BranchID(7)
	head := func(b association.BranchID, name string, from time.Time, until *time.Time) Appointment {
		a := held("CHT", "CHI_HOI", 1, authz.PersonID(100+b), from, until)
		a.BranchID, a.PersonName = &b, name
		return a
	}
	b := books{
		associations: []association.Association{elders(15)},
		branches: []association.Branch{
			{ID: three, AssociationID: 1, Name: "Chi hội 3", OpenedOn: date(2010, 1, 1)}, {ID: six, AssociationID: 1, Name: "Chi hội 6", OpenedOn: date(2010, 1, 1)},
			{ID: seven, AssociationID: 1, Name: "Chi hội 7", OpenedOn: date(2023, 11, 5)},
		},
		terms: []Term{{ID: 1, AssociationID: 1, StartsOn: date(2018, 10, 31), EndsOn: date(2023, 10, 31)}},
		spells: []Appointment{
			head(three, "Nguyễn Văn Thạnh", date(2021, 1, 1), nil), head(six, "Phạm Thị Lượm", date(2018, 1, 1), ptr(date(2020, 1, 1))),
			head(six, "Đỗ Văn Cư", date(2020, 1, 1), ptr(date(2023, 8, 15))),
		},
	}
	board := b.board(date(2023, 12, 5))
	if len(board.Branches) != 2 {
		t.Fatalf("headless: %+v", board.Branches)
	}
	if v := board.Branches[0]; v.BranchName != "Chi hội 6" || v.Days != 112 || v.Last != "Đỗ Văn Cư" || v.Why != Resigned {
		t.Errorf("longest: %+v", v)
	}
	if v := board.Branches[1]; v.BranchName != "Chi hội 7" || v.Days != 30 || v.Last != "" {
		t.Errorf("never filled counts from the branch's opening: %+v", v)
	}
	if len(board.Terms) != 1 || board.Terms[0].Left != -36 {
		t.Errorf("terms: %+v", board.Terms)
	}
	if early := b.board(date(2023, 5, 1)); len(early.Terms) != 0 {
		t.Errorf("a term with half a year left is no matter for the board: %+v", early.Terms)
	}
}

// An office that must be filled is empty only when nobody holds any of its seats; one that nobody ever held is empty since
// the term began.
func TestMandatoryOffices(t *testing.T) {
	t.Parallel()
	deputy := Office{ID: 7, AssociationID: 1, Code: "PCT", Title: "Phó Chủ tịch", Body: "BTV", Seats: 2, Mandatory: true}
	treasurer := Office{ID: 8, AssociationID: 1, Code: "TQ", Title: "Thủ quỹ", Body: "KHAC", Seats: 1, Mandatory: true}
	standing := Office{ID: 9, AssociationID: 1, Code: "UVBTV", Title: "Ủy viên Ban Thường vụ", Body: "BTV", Seats: 3}
	of := func(o Office, seat int, from time.Time, until *time.Time) Appointment {
		a := held(o.Code, o.Body, seat, 5, from, until)
		a.OfficeID, a.PersonName = o.ID, "Phạm Thị Lan"
		return a
	}
	b := books{
		associations: []association.Association{elders(15)},
		offices:      []Office{deputy, treasurer, standing},
		terms:        []Term{{ID: 1, AssociationID: 1, StartsOn: date(2023, 3, 20), EndsOn: date(2028, 3, 20)}},
		spells:       []Appointment{of(deputy, 2, date(2023, 3, 20), ptr(date(2023, 10, 1)))},
	}
	codes := func(day time.Time) (out []string) {
		for _, v := range b.board(day).Seats {
			out = append(out, v.Code)
		}
		return out
	}
	if got := codes(date(2023, 9, 30)); len(got) != 1 || got[0] != "TQ" {
		t.Errorf("one deputy of two is enough: %v", got)
	}
	seats := b.board(date(2023, 10, 11)).Seats
	if len(seats) != 2 || seats[0].Code != "PCT" || seats[0].Days != 10 || seats[0].Last != "Phạm Thị Lan" || seats[0].Why != Resigned {
		t.Fatalf("%+v", seats)
	}
	if v := seats[1]; !v.Since.Equal(date(2023, 3, 20)) || v.Last != "" {
		t.Errorf("nobody ever held it: %+v", v)
	}
	b.terms = nil
	if v := b.board(date(2023, 10, 11)).Seats[1]; v.Since != nil || v.Days != 0 {
		t.Errorf("the books do not say since when: %+v", v)
	}
}

func TestSupplementedLeavesTheCongressOut(t *testing.T) {
	t.Parallel()
	began := func(a Appointment, how Beginning) Appointment { a.Began = how; return a }
	b := books{
		terms: []Term{{ID: 1, AssociationID: 1, StartsOn: date(2023, 5, 1)}},
		spells: []Appointment{
			began(held("CT", "BTV", 1, 1, date(2023, 5, 1), nil), Designated), // whole committee designated when the term began
			began(held("UVBCH", "BCH", 1, 2, date(2023, 7, 1), nil), Supplementary),
			began(held("UVBCH", "BCH", 2, 2, date(2023, 8, 1), nil), Supplementary), // the same person once
			began(held("CHT", "CHI_HOI", 1, 3, date(2023, 9, 1), nil), Designated),
			began(held("TQ", "KHAC", 1, 4, date(2023, 9, 1), nil), Designated), // a treasurer is neither
			began(held("UVBCH", "BCH", 3, 5, date(2024, 1, 1), nil), Supplementary),
		},
	}
	if n := b.supplemented(date(2023, 1, 1), date(2023, 12, 31)); n != 2 {
		t.Errorf("supplemented %d, want 2", n)
	}
}

// The committee's vacancy on any day is the quota less the distinct people in office, and the shortage began on the first
// day of the unbroken run of short days that ends there: held against a count of every single day.
func TestVacancyEqualsBruteForce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		first := date(2023, 1, 1)
		quota := rapid.IntRange(1, 5).Draw(rt, "quota")
		b := books{associations: []association.Association{elders(quota)}}
		for i := range rapid.IntRange(0, 12).Draw(rt, "n") {
			from := first.AddDate(0, 0, rapid.IntRange(0, 60).Draw(rt, "from"))
			var until *time.Time
			if rapid.Bool().Draw(rt, "ended") {
				until = ptr(from.AddDate(0, 0, rapid.IntRange(1, 60).Draw(rt, "len")))
			}
			body := rapid.SampledFrom([]string{"BTV", "BCH", "KHAC"}).Draw(rt, "body")
			b.spells = append(b.spells, held("UVBCH", body, i+1, authz.PersonID(rapid.IntRange(1, 6).Draw(rt, "person")), from, until))
		}
		day := first.AddDate(0, 0, rapid.IntRange(0, 130).Draw(rt, "day"))
		b.spells = before(b.spells, day)
		got := b.committee(b.associations[0], day)
		count := func(d time.Time) int {
			seen := map[authz.PersonID]bool{}
			for _, s := range b.spells {
				if s.Body != "KHAC" && !s.StartsOn.After(d) && (s.EndsOn == nil || d.Before(*s.EndsOn)) {
					seen[*s.PersonID] = true
				}
			}
			return len(seen)
		}
		if want := max(quota-count(day), 0); got.Vacant != want || got.InOffice != count(day) {
			rt.Fatalf("vacant %d of %d, want %d", got.Vacant, quota, want)
		}
		if got.Since == nil {
			return
		}
		for d := *got.Since; !d.After(day); d = d.AddDate(0, 0, 1) {
			if count(d) >= quota {
				rt.Fatalf("full on %s inside the shortage since %s", d, got.Since)
			}
		}
		recorded := false
		for _, s := range b.spells {
			recorded = recorded || s.Body != "KHAC" && s.StartsOn.Before(*got.Since)
		}
		if recorded && count(got.Since.AddDate(0, 0, -1)) < quota {
			rt.Fatalf("the shortage began before %s", got.Since)
		}
	})
}
