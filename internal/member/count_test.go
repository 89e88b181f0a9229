package member_test

import (
	"bytes"
	"context"
	"testing"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/member"
)

// The movement equation holds, with the names behind each figure; a slip of the hand is in none.
func TestMovementHasNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	row := func(name string, began member.Began, joined string, how member.EndHow, ended string) member.Loaded {
		in := w.someone(t, name, "1940")
		in.Began, in.Joined = began, date(t, joined)
		return member.Loaded{NewMember: in, EndHow: how, Ended: date(t, ended)}
	}
	rows := []member.Loaded{
		row("Nguyễn Thị An", member.Listed, "", "", ""),
		row("Trần Văn Ba", member.Admitted, "2010", member.Died, "02/2025"),
		row("Lê Thị Cúc", member.Admitted, "03/2025", "", ""),
		row("Đỗ Văn Dũng", member.Arrived, "15/04/2025", member.MovedAway, "12/2025"),
		row("Võ Thị Em", member.Listed, "06/2025", "", ""),
		row("Bùi Văn Giỏi", member.Admitted, "2020", member.Expelled, "01/07/2025"),
		row("Phan Thị Hoa", member.Admitted, "01/01/2026", "", ""),
		row("Hồ Văn Ích", member.Admitted, "2001", member.MovedAway, "2024"),
	}
	var made []member.Stored
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) (err error) {
		made, err = member.Load(ctx, tx, w.keys, rows)
		return err
	})
	slip := w.add(t, w.someone(t, "Nhầm Thị Lẫn", "1950"))
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		_, err := member.MarkMistake(ctx, tx, member.Act{ID: slip.ID, Reason: "nhầm"})
		return err
	})
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		return association.AddCount(ctx, tx, association.Count{Branch: w.nctSchool, CountedOn: date(t, "01/09/2025").First(), Members: 40, Source: "Nhà trường báo"})
	})
	ask := func(who authz.Who) (m member.Movement, err error) {
		err = w.Try(t, who, func(ctx context.Context, tx *db.Tx) (err error) {
			m, err = member.MovementBetween(ctx, tx, w.nct, date(t, "01/01/2025").First(), date(t, "31/12/2025").First())
			return err
		})
		return m, err
	}
	m := must(ask(w.chair))(t)
	want := map[member.Flow]int{member.FlowNew: 1, member.FlowIn: 1, member.FlowSupplemented: 1, member.FlowOut: 1, member.FlowDead: 1, member.FlowLeft: 1}
	sum := m.Begin
	for flow, n := range want {
		if m.Count(flow) != n {
			t.Errorf("%s: %d", flow, m.Count(flow))
		}
	}
	sum += m.Count(member.FlowNew) + m.Count(member.FlowIn) + m.Count(member.FlowSupplemented) - m.Count(member.FlowOut) - m.Count(member.FlowDead) - m.Count(member.FlowLeft)
	if m.Begin != 3 || m.End != 3 || sum != m.End || m.CountedBegin != 0 || m.CountedEnd != 40 {
		t.Errorf("begin %d, end %d, sum %d, counted %d to %d", m.Begin, m.End, sum, m.CountedBegin, m.CountedEnd)
	}
	if m.Movers[0].FullName != "Trần Văn Ba" || m.Movers[0].Day.Display() != "02/2025" || m.Movers[0].ID != made[1].ID {
		t.Errorf("first mover %+v", m.Movers[0])
	}
	if _, err := ask(w.other); !fault.Is(err, fault.NotFound) {
		t.Errorf("another chair: %v", err)
	}
	if _, err := ask(w.editor); !fault.Is(err, fault.NotFound) {
		t.Errorf("the editor: %v", err)
	}
}

func TestCensus(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	man := member.Loaded{NewMember: w.someone(t, "Nguyễn Văn Hùng", "1956")}
	man.Sex, man.Card, man.Profile = member.Male, "NCT-001", map[string]string{"bhyt": "co"}
	unknown := member.Loaded{NewMember: w.someone(t, "Lê Thị Không Rõ", "")}
	old := member.Loaded{NewMember: w.someone(t, "Trần Thị Hai", "1926"), Exempt: true}
	old.Branch = w.nct2
	var first []member.Stored
	w.As(t, w.system, func(ctx context.Context, tx *db.Tx) (err error) {
		if first, err = member.Load(ctx, tx, w.keys, []member.Loaded{man, unknown, old}); err != nil {
			return err
		}
		again := member.Loaded{NewMember: man.NewMember, Person: first[0].Person}
		again.Association, again.Branch, again.Profile = w.tyn, w.tyn1, nil
		if _, err = member.Load(ctx, tx, w.keys, []member.Loaded{again}); err != nil {
			return err
		}
		six := 6
		return association.AddCount(ctx, tx, association.Count{Branch: w.nctSchool, CountedOn: date(t, "01/09/2025").First(), Members: 10, Female: &six, Source: "Nhà trường báo"})
	})
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		c, err := member.CountAt(ctx, tx, w.nct, tx.Today())
		if c.Members() != 13 || c.Listed() != 3 || c.CountedMembers() != 10 || c.Female() != 8 || c.Cards() != 1 || c.NoBirth() != 1 || c.Aged(60, 79) != 1 || c.Aged(80, 0) != 1 {
			t.Errorf("census %+v", c)
		}
		answers, err2 := member.ProfileCounts(ctx, tx, w.nct, tx.Today(), "bhyt")
		if err2 != nil || answers["co"] != 1 || answers[""] != 2 {
			t.Errorf("answers %v, %v", answers, err2)
		}
		memberships, people, err3 := member.PeopleAt(ctx, tx, tx.Today())
		if err3 != nil || memberships != 4 || people != 3 {
			t.Errorf("%d memberships of %d people, %v", memberships, people, err3)
		}
		return err
	})
	w.As(t, authz.Public(w.ward), func(ctx context.Context, tx *db.Tx) error {
		counts, err := member.PublicCounts(ctx, tx)
		for _, c := range counts {
			if c.Members != nil {
				t.Errorf("a count under 5 is public: %+v %d", c, *c.Members)
			}
		}
		return err
	})
}

func TestSecretsAreSealed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.someone(t, "Nguyễn Chánh", "1940")
	in.Association, in.Branch, in.IDNumber = w.tyn, w.tyn1, "999040000000"
	in.Profile = map[string]string{"dien": "tu_binh", "noi_bat": "Núi Thành", "knc_so": "12"}
	id := w.add(t, in).ID
	m := w.get(t, id)
	if m.IDTail != "0000" || m.Profile["knc_so"] != "12" || m.Profile["dien"] != "" {
		t.Errorf("stored %+v", m)
	}
	for _, plain := range []string{"Núi Thành", "999040000000", "tu_binh"} {
		n := w.Count(t, `select count(*) from membership_secret where position($1::bytea in sealed) > 0`, []byte(plain))
		n += w.Count(t, `select count(*) from member_change where coalesce(after::text, '') || coalesce(before::text, '') like '%' || $1 || '%'`, plain)
		if n != 0 {
			t.Errorf("%q is readable", plain)
		}
	}
	read := func(who authz.Who) (got map[string]string, err error) {
		err = w.Try(t, who, func(ctx context.Context, tx *db.Tx) (err error) {
			got, err = member.Secrets(ctx, tx, w.keys, id, "làm hồ sơ")
			return err
		})
		return got, err
	}
	got := must(read(w.other))(t)
	if got["noi_bat"] != "Núi Thành" || got[member.CodeID] != "999040000000" {
		t.Errorf("read %v", got)
	}
	if n := w.Count(t, `select count(*) from audit_log where action = 'member.reveal' and reason = 'làm hồ sơ'`); n != 1 {
		t.Error("the view left no trace")
	}
	for name, who := range map[string]authz.Who{"official": w.official, "leader": w.leader, "chair of another": w.chair} {
		if _, err := read(who); err == nil {
			t.Errorf("%s reads sealed fields", name)
		}
		var n int
		w.As(t, who, func(ctx context.Context, tx *db.Tx) (err error) {
			n, err = db.Value[int](ctx, tx, `select count(*)::int from membership_secret`)
			return err
		})
		if n != 0 {
			t.Errorf("%s sees %d sealed rows", name, n)
		}
	}
	// Change one, undo, and the earlier answer is back; the number is unique in the association.
	e := edit(m)
	e.Profile, e.IDNumber = map[string]string{"noi_bat": "Tam Kỳ", "dien": "tu_binh"}, "999040000001"
	var done member.Done
	w.As(t, w.other, func(ctx context.Context, tx *db.Tx) (err error) {
		done, err = member.ChangeFields(ctx, tx, w.keys, e)
		return err
	})
	if got := must(read(w.other))(t); got["noi_bat"] != "Tam Kỳ" || got[member.CodeID] != "999040000001" {
		t.Errorf("after the change: %v", got)
	}
	w.As(t, w.other, func(ctx context.Context, tx *db.Tx) error { _, err := member.Undo(ctx, tx, done.Change); return err })
	if got := must(read(w.other))(t); got["noi_bat"] != "Núi Thành" || got[member.CodeID] != "999040000000" {
		t.Errorf("after the undo: %v", got)
	}
	twice := w.someone(t, "Nguyễn Khác", "1941")
	twice.Association, twice.Branch, twice.IDNumber = w.tyn, w.tyn1, "999040000000"
	err := w.Try(t, w.other, func(ctx context.Context, tx *db.Tx) error { _, err := member.Add(ctx, tx, w.keys, twice); return err })
	if f := fault.FieldsOf(err); len(f) != 1 || f[0].Name != member.FieldID {
		t.Errorf("the same number twice: %v", err)
	}
	twice.Association, twice.Branch = w.nct, w.nct1
	w.add(t, twice) // another association may hold the same number and learns nothing
}

func TestKeys(t *testing.T) {
	t.Parallel()
	if _, err := member.NewKeys(bytes.Repeat([]byte{1}, 31)); err == nil {
		t.Error("a short secret was taken")
	}
	w := newWorld(t)
	in := w.someone(t, "Nguyễn Thị An", "1946")
	in.IDNumber = "999046000000"
	err := w.Try(t, w.chair, func(ctx context.Context, tx *db.Tx) error { _, err := member.Add(ctx, tx, nil, in); return err })
	if err == nil || fault.KindOf(err) != fault.Internal {
		t.Errorf("a number without keys: %v", err)
	}
}

func TestLikelyStaysInTheAssociation(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	an := w.someone(t, "Nguyễn Thị Ân", "07/1946")
	an.Phone = "0900000027"
	w.add(t, an)
	elsewhere := w.someone(t, "Nguyễn Thị An", "1946")
	elsewhere.Association, elsewhere.Branch = w.tyn, w.tyn1
	twin := w.add(t, elsewhere)
	for name, c := range map[string]struct {
		in   member.NewMember
		want int
	}{
		"name and year":    {w.someone(t, "NGUYEN THI AN", "1946"), 1},
		"no year":          {w.someone(t, "Nguyễn Thị An", ""), 1},
		"another year":     {w.someone(t, "Nguyễn Thị An", "1950"), 0},
		"another name":     {w.someone(t, "Nguyễn Thị Bình", "1946"), 0},
		"phone, formatted": {member.NewMember{Association: w.nct, Fields: member.Fields{Name: an.Name, Birth: date(t, "1950"), Phone: "+84 900 000 027"}}, 1},
	} {
		w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
			got, err := member.Likely(ctx, tx, w.keys, c.in, 0)
			if len(got) != c.want || len(got) == 1 && got[0].AssociationID != w.nct {
				t.Errorf("%s: %+v", name, got)
			}
			return err
		})
	}
	maybe := func(who authz.Who) (list []member.Twin, err error) {
		err = w.Try(t, who, func(ctx context.Context, tx *db.Tx) (err error) {
			list, err = member.MaybeSame(ctx, tx, twin.ID)
			return err
		})
		return list, err
	}
	if list := must(maybe(w.official))(t); len(list) != 1 || list[0].FullName != "Nguyễn Thị Ân" || list[0].Linked {
		t.Errorf("the official sees %+v", list)
	}
	for name, who := range map[string]authz.Who{"chair": w.other, "leader": w.leader} {
		if _, err := maybe(who); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLoadStopsAtTheWrongRow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	bad := w.someone(t, "Trần Văn Hai", "1940")
	bad.Joined = date(t, "1945")
	rows := []member.Loaded{{NewMember: w.someone(t, "Nguyễn Thị An", "1946")}, {NewMember: bad}}
	err := w.Try(t, w.chair, func(ctx context.Context, tx *db.Tx) error { _, err := member.Load(ctx, tx, w.keys, rows); return err })
	if !fault.Is(err, fault.Invalid) || err.Error()[:5] != "row 2" {
		t.Errorf("got %v", err)
	}
	if n := w.Count(t, `select count(*) from person`); n != 0 {
		t.Errorf("%d people saved by half", n)
	}
	if err := w.Try(t, w.head, func(ctx context.Context, tx *db.Tx) error {
		other := member.Loaded{NewMember: w.someone(t, "Nguyễn Thị An", "1946")}
		other.Branch = w.nct2
		_, err := member.Load(ctx, tx, w.keys, []member.Loaded{other})
		return err
	}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a head loads another branch: %v", err)
	}
}
