package member_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
	"wardportal/internal/member"
	"wardportal/internal/vi"
)

func TestAddAsksHowThePersonCame(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.someone(t, "Nguyễn Thị An", "07/1946")
	in.Began, in.Joined, in.Phone, in.From = member.Arrived, vi.Date{}, "0900.000.011", "phường Lê Hồng Phong"
	done := w.add(t, in)
	m := w.get(t, done.ID)
	if m.Phone != "0900000011" || m.Joined.Display() != "16/11/2026" || m.Status != member.Active || m.Birth.Display() != "07/1946" {
		t.Errorf("stored %+v", m)
	}
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		lines, err := member.Timeline(ctx, tx, done.ID, 10)
		if err != nil || len(lines) != 1 || lines[0].Sentence != "Chuyển đến từ phường Lê Hồng Phong ngày 16/11/2026, sinh hoạt tại Chi hội 1" || lines[0].ByName != "Trần Văn Thuận" || lines[0].OnBehalf {
			t.Errorf("timeline %+v, %v", lines, err)
		}
		return err
	})
	if n := w.Count(t, `select count(*) from audit_log where action = 'member.add' and object_id = $1`, done.ID); n != 1 {
		t.Errorf("%d audit rows", n)
	}
}

func TestAddRefusesWhatCannotBe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for field, spoil := range map[string]func(*member.NewMember){
		member.FieldName:   func(m *member.NewMember) { m.Name = vi.Name{Given: " \u00a0 "} },
		member.FieldBegan:  func(m *member.NewMember) { m.Began = "" },
		member.FieldBirth:  func(m *member.NewMember) { m.Birth = vi.Date{Year: 1850} },
		member.FieldJoined: func(m *member.NewMember) { m.Joined = vi.Date{Year: 1950} },
		member.FieldPhone:  func(m *member.NewMember) { m.Phone = "12345" },
		member.FieldSex:    func(m *member.NewMember) { m.Sex = "khác" },
		member.FieldNote:   func(m *member.NewMember) { m.Note = strings.Repeat("ghi chú ", 3000) },
		member.FieldID:     func(m *member.NewMember) { m.IDNumber = "0510" },
		member.FieldBranch: func(m *member.NewMember) { m.Branch = w.nctSchool },
		"hs_che_do":        func(m *member.NewMember) { m.Profile = map[string]string{"che_do": "vang"} },
		member.FieldGroup:  func(m *member.NewMember) { m.Group = 999 },
	} {
		in := w.someone(t, "Nguyễn Thị An", "1946")
		spoil(&in)
		err := w.Try(t, w.chair, func(ctx context.Context, tx *db.Tx) error { _, err := member.Add(ctx, tx, w.keys, in); return err })
		if fields := fault.FieldsOf(err); !fault.Is(err, fault.Invalid) || len(fields) != 1 || fields[0].Name != field {
			t.Errorf("%s: %v %v", field, err, fields)
		}
	}
	if n := w.Count(t, `select count(*) from person`); n != 0 {
		t.Errorf("%d people saved by half", n)
	}
	future := w.someone(t, "Nguyễn Thị An", "1946")
	future.Joined = vi.Date{Year: 2026, Month: 12}
	err := w.Try(t, w.chair, func(ctx context.Context, tx *db.Tx) error { _, err := member.Add(ctx, tx, w.keys, future); return err })
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("joined in the future: %v", err)
	}
}

// Who may write where: the chair in the own association, the head in the own branch, the official anywhere, stamped.
func TestAddByRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		name   string
		who    authz.Who
		branch member.BranchID
		ok     bool
	}{
		{"chair", w.chair, w.nct1, true},
		{"head, own branch", w.head, w.nct1, true},
		{"head, other branch", w.head, w.nct2, false},
		{"chair of another association", w.other, w.nct1, false},
		{"official", w.official, w.nct2, true},
		{"leader", w.leader, w.nct1, false},
		{"editor", w.editor, w.nct1, false},
		{"stranger", w.stranger, w.nct1, false},
		{"resident", authz.Public(w.ward), w.nct1, false},
	} {
		in := w.someone(t, "Trần Ngọc Ánh", "12/04/1951")
		in.Branch = c.branch
		var done member.Done
		err := w.Try(t, c.who, func(ctx context.Context, tx *db.Tx) (err error) {
			done, err = member.Add(ctx, tx, w.keys, in)
			return err
		})
		if (err == nil) != c.ok || !c.ok && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.name == "official" {
			if n := w.Count(t, `select count(*) from member_change where membership_id = $1 and on_behalf`, done.ID); n != 1 {
				t.Error("the official's act is not stamped")
			}
		}
	}
}

// Reading: what is hidden looks as if it were missing. The database says so too, without the domain's check.
func TestReadByRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.someone(t, "Lê Văn Ba", "1949")
	in.Branch = w.nct2
	id := w.add(t, in).ID
	for _, c := range []struct {
		name string
		who  authz.Who
		ok   bool
	}{
		{"chair", w.chair, true}, {"official", w.official, true}, {"leader", w.leader, true}, {"head of another branch", w.head, false},
		{"other chair", w.other, false}, {"editor", w.editor, false}, {"stranger", w.stranger, false}, {"resident", authz.Public(w.ward), false},
	} {
		err := w.Try(t, c.who, func(ctx context.Context, tx *db.Tx) error { _, err := member.Get(ctx, tx, id); return err })
		if (err == nil) != c.ok || !c.ok && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", c.name, err)
		}
		for _, table := range []string{"person", "membership", "membership_span", "membership_branch", "member_change", "member_word", "member_tally"} {
			var n int
			w.As(t, c.who, func(ctx context.Context, tx *db.Tx) (err error) {
				n, err = db.Value[int](ctx, tx, `select count(*)::int from `+table)
				return err
			})
			if (n > 0) != c.ok {
				t.Errorf("%s sees %d rows of %s", c.name, n, table)
			}
		}
	}
}

// A chair cannot pull a foreign person into the own association by guessing an id, not even past the domain.
func TestForeignPersonStaysForeign(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := w.get(t, w.add(t, w.someone(t, "Võ Thị Cúc", "1953")).ID)
	err := w.Try(t, w.other, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into membership (id, ward_id, association_id, person_id, branch_id, began, created_at, changed_at) values (9999, $1, $2, $3, $4, 'bo_sung', $5, $5)`,
			w.ward, w.tyn, m.PersonID, w.tyn1, tx.Now())
		return err
	})
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("got %v", err)
	}
}

func edit(m member.Member) member.Edit {
	return member.Edit{ID: m.ID, Version: m.Version, Fields: m.Fields}
}

func TestChangeTellsWhatChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.someone(t, "Nguyễn Thị An", "1946")
	in.Phone = "0900000011"
	id := w.add(t, in).ID
	e := edit(w.get(t, id))
	e.Phone, e.Note, e.Name, e.Joined = "0900 000 099", "Cần đưa thẻ tận nhà", vi.SplitName("Nguyễn Thị Ân"), date(t, "05/1998")
	e.Profile = map[string]string{"bhyt": "co"}
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		_, err := member.ChangeFields(ctx, tx, w.keys, e)
		return err
	})
	m := w.get(t, id)
	if m.Name.Full() != "Nguyễn Thị Ân" || m.Phone != "0900000099" || m.Version != 2 || m.Profile["bhyt"] != "co" {
		t.Errorf("stored %+v", m)
	}
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		lines, err := member.Timeline(ctx, tx, id, 1)
		want := "Đổi họ và tên từ Nguyễn Thị An thành Nguyễn Thị Ân; đổi ngày vào hội từ 2011 thành 05/1998; đổi điện thoại từ 0900 000 011 thành 0900 000 099; thêm ghi chú; thêm mục “Có thẻ bảo hiểm y tế”"
		if err != nil || lines[0].Sentence != want {
			t.Errorf("told %q, %v", lines[0].Sentence, err)
		}
		return err
	})
	if got := w.names(t, w.chair, member.Filter{Association: w.nct, Query: "ân"}); !slices.Equal(got, []string{"Nguyễn Thị Ân"}) {
		t.Errorf("search after renaming: %q", got)
	}
	if n := w.Count(t, `select count(*) from membership_span where from_day = '1998-05-01'`); n != 1 {
		t.Error("the span was not corrected")
	}
	// Saving the same again changes nothing.
	var again member.Done
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) (err error) {
		again, err = member.ChangeFields(ctx, tx, w.keys, edit(m))
		return err
	})
	if again.Change != 0 || w.get(t, id).Version != 2 {
		t.Errorf("saved again: %+v", again)
	}
}

func TestStaleChangeLosesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.add(t, w.someone(t, "Nguyễn Thị An", "1946")).ID
	opened := w.get(t, id)
	first, second := edit(opened), edit(opened)
	first.Address, second.Address = "Tổ dân phố 3", "Tổ dân phố 3, hẻm 12"
	w.As(t, w.head, func(ctx context.Context, tx *db.Tx) error {
		_, err := member.ChangeFields(ctx, tx, w.keys, first)
		return err
	})
	err := w.Try(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		_, err := member.ChangeFields(ctx, tx, w.keys, second)
		return err
	})
	if !fault.Is(err, fault.Conflict) {
		t.Fatalf("got %v", err)
	}
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		past, err := member.AtVersion(ctx, tx, id, opened.Version)
		if err != nil || past.Fields.Address != "" || past.Fields.Name.Full() != "Nguyễn Thị An" || past.By != "Trần Văn Thuận" {
			t.Errorf("as opened: %+v, %v", past, err)
		}
		now, err := member.AtVersion(ctx, tx, id, opened.Version+1)
		if now.Fields.Address != "Tổ dân phố 3" || now.By != "Phan Thị Mận" {
			t.Errorf("now: %+v", now)
		}
		return err
	})
	if err := w.Try(t, w.other, func(ctx context.Context, tx *db.Tx) error { _, err := member.AtVersion(ctx, tx, id, 1); return err }); !fault.Is(err, fault.NotFound) {
		t.Errorf("another association reads the past: %v", err)
	}
}

func TestMoveClosesOneRowAndOpensTheNext(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.add(t, w.someone(t, "Đặng Văn Lộc", "1948")).ID
	move := func(who authz.Who, to member.BranchID) error {
		return w.Try(t, who, func(ctx context.Context, tx *db.Tx) error {
			_, err := member.MoveBranch(ctx, tx, member.Act{ID: id, Day: date(t, "03/2025"), Reason: "về ở với con"}, to)
			return err
		})
	}
	if err := move(w.head, w.nct2); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a branch head alone: %v", err)
	}
	if err := move(w.chair, w.tyn1); !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.NotFound) {
		t.Errorf("into another association: %v", err)
	}
	if err := move(w.chair, w.nct1); !fault.Is(err, fault.Invalid) {
		t.Errorf("into the same branch: %v", err)
	}
	if err := move(w.chair, w.nct2); err != nil {
		t.Fatal(err)
	}
	count := func(day string, b member.BranchID) int {
		var n int
		w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
			c, err := member.CountAt(ctx, tx, w.nct, date(t, day).First())
			n, _ = c.InBranch(b)
			return err
		})
		return n
	}
	if count("28/02/2025", w.nct1) != 1 || count("28/02/2025", w.nct2) != 0 || count("01/03/2025", w.nct1) != 0 || count("01/03/2025", w.nct2) != 1 {
		t.Error("the day of the move does not part the branches")
	}
	if got := w.names(t, w.head, member.Filter{Association: w.nct, Query: "lộc"}); len(got) != 0 {
		t.Errorf("the old head still finds %q", got)
	}
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		h, err := w.get(t, id).History(ctx, tx)
		if err != nil || len(h.Stays) != 2 || h.Stays[1].Branch != "Chi hội 2" || h.Stays[1].Moved.Display() != "03/2025" {
			t.Errorf("history %+v, %v", h, err)
		}
		return err
	})
}

func TestExemptAndResume(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.add(t, w.someone(t, "Huỳnh Thị Duyên", "1934")).ID
	act := func(f func(context.Context, *db.Tx, member.Act) (member.Done, error)) error {
		return w.Try(t, w.head, func(ctx context.Context, tx *db.Tx) error { _, err := f(ctx, tx, member.Act{ID: id}); return err })
	}
	if err := act(member.Resume); !fault.Is(err, fault.Conflict) {
		t.Errorf("resume before: %v", err)
	}
	if err := act(member.ExemptFrom); err != nil || w.get(t, id).Status != member.Exempt {
		t.Errorf("exempt: %v", err)
	}
	if err := act(member.ExemptFrom); !fault.Is(err, fault.Conflict) {
		t.Errorf("twice: %v", err)
	}
	if err := act(member.Resume); err != nil || w.get(t, id).Status != member.Active {
		t.Errorf("resume: %v", err)
	}
}

func TestEndAndReadmit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.add(t, w.someone(t, "Phạm Thị Bình", "23/09/1955")).ID
	end := func(in member.Ending) error {
		return w.Try(t, w.chair, func(ctx context.Context, tx *db.Tx) error { in.ID = id; _, err := member.End(ctx, tx, in); return err })
	}
	for name, in := range map[string]member.Ending{
		"no way out":       {},
		"before joining":   {How: member.MovedAway, Act: member.Act{Day: date(t, "2010")}},
		"in the future":    {How: member.MovedAway, Act: member.Act{Day: date(t, "12/2026")}},
		"struck off, why?": {How: member.Removed},
	} {
		if err := end(in); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := end(member.Ending{How: member.MovedAway, To: "Đà Nẵng", Act: member.Act{Day: date(t, "2023")}}); err != nil {
		t.Fatal(err)
	}
	if err := end(member.Ending{How: member.Resigned}); !fault.Is(err, fault.Conflict) {
		t.Errorf("ended twice: %v", err)
	}
	m := w.get(t, id)
	if m.Status != member.Left || *m.EndedHow != member.MovedAway || m.Ended.Display() != "2023" {
		t.Errorf("after: %+v", m)
	}
	back := func(day string) error {
		return w.Try(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
			_, err := member.Readmit(ctx, tx, member.Return{Act: member.Act{ID: id, Day: date(t, day)}, Began: member.Arrived, Branch: w.nct2, From: "Đà Nẵng"})
			return err
		})
	}
	if err := back("2022"); !fault.Is(err, fault.Invalid) {
		t.Errorf("back before leaving: %v", err)
	}
	if err := back("06/2025"); err != nil {
		t.Fatal(err)
	}
	if m := w.get(t, id); m.Status != member.Active || m.Branch != "Chi hội 2" || m.EndedHow != nil || m.Joined.Display() != "06/2025" {
		t.Errorf("back: %+v", m)
	}
	for day, want := range map[string]int{"31/12/2022": 1, "01/06/2024": 0, "01/06/2025": 1} {
		w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
			c, err := member.CountAt(ctx, tx, w.nct, date(t, day).First())
			if c.Members() != want {
				t.Errorf("%s: %d members, want %d", day, c.Members(), want)
			}
			return err
		})
	}
}

// A death is told once: the person's other association is asked, and does not learn by whom.
func TestDeathAsksTheOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var here, there member.Stored
	w.As(t, w.system, func(ctx context.Context, tx *db.Tx) error {
		first, err := member.Load(ctx, tx, w.keys, []member.Loaded{{NewMember: w.someone(t, "Nguyễn Chánh", "1940")}})
		if err != nil {
			return err
		}
		second := member.Loaded{NewMember: w.someone(t, "Nguyễn Chánh", "1940"), Person: first[0].Person}
		second.Association, second.Branch = w.tyn, w.tyn1
		both, err := member.Load(ctx, tx, w.keys, []member.Loaded{second})
		here, there = first[0], both[0]
		return err
	})
	var done member.Done
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) (err error) {
		done, err = member.End(ctx, tx, member.Ending{How: member.Died, Act: member.Act{ID: here.ID, Day: date(t, "10/2026")}})
		return err
	})
	ask := func(who authz.Who) (list []member.Question) {
		w.As(t, who, func(ctx context.Context, tx *db.Tx) (err error) { list, err = member.Questions(ctx, tx, 0); return err })
		return list
	}
	if q := ask(w.other); len(q) != 1 || q[0].MembershipID != there.ID || q[0].Day.Display() != "10/2026" {
		t.Fatalf("asked %+v", q)
	}
	if q := ask(w.chair); len(q) != 0 {
		t.Errorf("the teller learns of another membership: %+v", q)
	}
	if m := w.get(t, there.ID); m.Status != member.Active {
		t.Error("the other association was decided for")
	}
	w.As(t, w.other, func(ctx context.Context, tx *db.Tx) error {
		lines, err := member.Timeline(ctx, tx, there.ID, 10)
		if len(lines) != 1 {
			t.Errorf("the other timeline tells %+v", lines)
		}
		return err
	})
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error { _, err := member.Undo(ctx, tx, done.Change); return err })
	if q := ask(w.other); len(q) != 0 {
		t.Errorf("still asked after the undo: %+v", q)
	}
	if m := w.get(t, here.ID); m.Status != member.Active || !m.Died.IsZero() {
		t.Errorf("after the undo: %+v", m)
	}
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		_, err := member.End(ctx, tx, member.Ending{How: member.Died, Act: member.Act{ID: here.ID, Day: date(t, "10/2026")}})
		return err
	})
	w.As(t, w.other, func(ctx context.Context, tx *db.Tx) error {
		_, err := member.Answer(ctx, tx, ask(w.other)[0].ID, true, vi.Date{})
		return err
	})
	if m := w.get(t, there.ID); m.Status != member.Left || *m.EndedHow != member.Died || m.Ended.Display() != "10/2026" {
		t.Errorf("after the confirmation: %+v", m)
	}
}

func TestMistakeLeavesEveryCount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.add(t, w.someone(t, "Bùi Thị Dung", "1950")).ID
	mark := func(reason string) error {
		return w.Try(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
			_, err := member.MarkMistake(ctx, tx, member.Act{ID: id, Reason: reason})
			return err
		})
	}
	if err := mark(" "); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a reason: %v", err)
	}
	if err := mark("ghi hai lần"); err != nil {
		t.Fatal(err)
	}
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
		c, err := member.CountAt(ctx, tx, w.nct, date(t, "2020").First())
		if c.Members() != 0 {
			t.Error("a slip of the hand was counted")
		}
		return err
	})
	if got := w.names(t, w.chair, member.Filter{Association: w.nct}); len(got) != 0 {
		t.Errorf("listed: %q", got)
	}
	if got := w.names(t, w.chair, member.Filter{Association: w.nct, Status: member.Mistake}); len(got) != 1 {
		t.Errorf("not findable: %q", got)
	}
	w.add(t, w.someone(t, "Bùi Thị Dung", "1950")) // the right one may be written anew
}

func TestUndo(t *testing.T) {
	t.Parallel()
	now := dbtest.Instant
	w := newWorldAt(t, func() time.Time { return now })
	in := w.someone(t, "Trần Thị Lý", "1946")
	in.Phone = "0900000027"
	id := w.add(t, in).ID
	before := w.get(t, id)
	acts := map[string]func(context.Context, *db.Tx) (member.Done, error){
		"move": func(ctx context.Context, tx *db.Tx) (member.Done, error) {
			return member.MoveBranch(ctx, tx, member.Act{ID: id}, w.nct2)
		},
		"exempt": func(ctx context.Context, tx *db.Tx) (member.Done, error) {
			return member.ExemptFrom(ctx, tx, member.Act{ID: id})
		},
		"end": func(ctx context.Context, tx *db.Tx) (member.Done, error) {
			return member.End(ctx, tx, member.Ending{Act: member.Act{ID: id}, How: member.Died})
		},
		"mistake": func(ctx context.Context, tx *db.Tx) (member.Done, error) {
			return member.MarkMistake(ctx, tx, member.Act{ID: id, Reason: "nhầm"})
		},
		"change": func(ctx context.Context, tx *db.Tx) (member.Done, error) {
			e := edit(before)
			e.Version, e.Name, e.Phone, e.Joined, e.Profile = 0, vi.SplitName("Trần Thị Lí"), "", date(t, "1999"), map[string]string{"bhyt": "co"}
			return member.ChangeFields(ctx, tx, w.keys, e)
		},
	}
	for name, act := range acts {
		var done member.Done
		w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) (err error) { done, err = act(ctx, tx); return err })
		undo := func(who authz.Who) error {
			return w.Try(t, who, func(ctx context.Context, tx *db.Tx) error { _, err := member.Undo(ctx, tx, done.Change); return err })
		}
		if err := undo(w.official); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: somebody else undid it: %v", name, err)
		}
		if err := undo(w.chair); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := undo(w.chair); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: undone twice: %v", name, err)
		}
		after := w.get(t, id)
		after.Version = before.Version
		if after.Fields.Name != before.Fields.Name || after.Phone != before.Phone || after.Status != before.Status || after.Branch != before.Branch ||
			after.Joined != before.Joined || !after.Died.IsZero() || len(after.Profile) != 0 || after.EndedHow != nil {
			t.Errorf("%s: after %+v", name, after)
		}
		w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error {
			c, err := member.CountAt(ctx, tx, w.nct, tx.Today())
			if n, _ := c.InBranch(w.nct1); n != 1 || c.Members() != 1 {
				t.Errorf("%s: %d in the branch, %d in all", name, n, c.Members())
			}
			return err
		})
	}
	var late member.Done
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) (err error) { late, err = acts["move"](ctx, tx); return err })
	now = now.Add(time.Minute)
	if err := w.Try(t, w.chair, func(ctx context.Context, tx *db.Tx) error { _, err := member.Undo(ctx, tx, late.Change); return err }); !fault.Is(err, fault.Conflict) {
		t.Errorf("after a minute: %v", err)
	}
}

func TestUndoOfAnAdditionIsASlip(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	done := w.add(t, w.someone(t, "Trần Thị Lý", "1946"))
	w.As(t, w.chair, func(ctx context.Context, tx *db.Tx) error { _, err := member.Undo(ctx, tx, done.Change); return err })
	if m := w.get(t, done.ID); m.Status != member.Mistake {
		t.Errorf("status %s", m.Status)
	}
	if got := w.names(t, w.chair, member.Filter{Association: w.nct}); len(got) != 0 {
		t.Errorf("listed: %q", got)
	}
}
