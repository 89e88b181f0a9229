package report

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wardportal/internal/authz"
	"wardportal/internal/fault"
)

// open2023 is a day in the middle of the campaign.
var open2023 = Date(2023, time.November, 16).Add(9 * time.Hour)

func at(state State, role authz.Role) Situation {
	return Situation{State: state, Role: role, Covers: true, Calendar: DefaultCalendar(2023), Now: open2023}
}

// Every (state, action) pair, with where it leads and who may: c chair, s secretary, o official. What is not listed is refused.
var table = map[State]map[Action]string{
	NotStarted: {ActStart: "drafting cso", ActSave: "drafting cso"},
	Drafting:   {ActSave: "drafting cso", ActSubmit: "submitted cso"},
	Submitted: {
		ActWithdraw: "drafting cs", ActReturn: "returned o", ActAccept: "accepted o", ActConfirm: "submitted c", ActObject: "submitted c",
	},
	Returned: {ActResume: "drafting cso", ActSave: "drafting cso", ActSubmit: "submitted cso"},
	Accepted: {
		ActUnaccept: "submitted o", ActReopen: "returned o", ActConsolidate: "consolidated o", ActAmend: "drafting o",
		ActConfirm: "accepted c", ActObject: "accepted c",
	},
	Consolidated: {ActUnconsolidate: "accepted o", ActReopen: "returned o", ActAmend: "drafting o", ActObject: "consolidated c"},
}

func TestEveryPairOfTheWorkflow(t *testing.T) {
	t.Parallel()
	letters := map[authz.Role]string{authz.Chair: "c", authz.Secretary: "s", authz.Official: "o"}
	for _, state := range States {
		for _, action := range Actions {
			want, known := table[state][action]
			to, who, _ := strings.Cut(want, " ")
			for _, role := range authz.Roles {
				s := at(state, role)
				s.OnBehalf = true
				if action == ActAmend {
					s.Now = Date(2024, time.January, 5)
				}
				move, stamped, lock := s.Try(action)
				allowed := known && letters[role] != "" && strings.Contains(who, letters[role])
				switch {
				case allowed && (lock != nil || move.To != State(to) || stamped):
					t.Errorf("%s %s by %s: to %q, lock %+v", state, action, role, move.To, lock)
				case !allowed && (lock == nil || lock.Why == "" || lock.Help == "" || move.To != ""):
					t.Errorf("%s %s by %s must be refused with a reason: %+v", state, action, role, lock)
				}
			}
		}
	}
	for _, s := range States {
		if s.Label() == "" {
			t.Errorf("state %s has no word", s)
		}
	}
	for _, a := range Actions {
		if a.Label() == "" {
			t.Errorf("action %s has no word", a)
		}
	}
}

func TestMovesAreWellFormed(t *testing.T) {
	t.Parallel()
	taking := []Action{ActWithdraw, ActReturn, ActUnaccept, ActReopen, ActUnconsolidate, ActAmend, ActObject}
	seen := map[[2]string]bool{}
	for _, m := range Moves {
		key := [2]string{string(m.From), string(m.Action)}
		if seen[key] || m.When == 0 || len(m.Who) == 0 || !slices.Contains(States, m.To) || !slices.Contains(Actions, m.Action) {
			t.Errorf("move %+v", m)
		}
		seen[key] = true
		if m.Reason != slices.Contains(taking, m.Action) {
			t.Errorf("%s: what takes something back needs a reason, the rest does not", m.Action)
		}
		if m.Snapshot != (m.Action == ActSubmit || m.Action == ActAccept) {
			t.Errorf("%s: snapshots are kept when sent and when accepted", m.Action)
		}
	}
	submit, _ := Find(Drafting, ActSubmit)
	if submit.NeedsPaper(authz.Chair) || !submit.NeedsPaper(authz.Secretary) || !submit.NeedsPaper(authz.Official) {
		t.Error("only the chair sends without the signed paper")
	}
}

func TestWorkflowNeverLeavesTheTable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := at(NotStarted, authz.Official)
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			s.Role = rapid.SampledFrom(authz.Roles).Draw(t, "role")
			s.OnBehalf = rapid.Bool().Draw(t, "behalf")
			s.Now = Date(2023, time.September, 1).AddDate(0, 0, rapid.IntRange(0, 200).Draw(t, "day"))
			action := rapid.SampledFrom(Actions).Draw(t, "action")
			move, _, lock := s.Try(action)
			if (lock == nil) != slices.Contains(s.Available(), action) {
				t.Fatalf("%s in %s: Try and Available differ", action, s.State)
			}
			if lock != nil {
				continue
			}
			if s.State.Received() && slices.Contains(senders, s.Role) && move.To != s.State {
				t.Fatalf("%s pulled an accepted report back by %s", s.Role, action)
			}
			s.State = move.To
		}
	})
}

func TestEditingSaysWhyAndWhoHelps(t *testing.T) {
	t.Parallel()
	chair, official := authz.Chair, authz.Official
	late := DefaultCalendar(2023)
	late.Extended = Date(2024, time.January, 10)
	cases := []struct {
		name string
		s    Situation
		want LockReason
		help string
	}{
		{"submitted, chair", at(Submitted, chair), LockSubmitted, "Rút lại"},
		{"submitted, official", at(Submitted, official), LockSubmitted, "Trả lại"},
		{"accepted, chair", at(Accepted, chair), LockAccepted, "gọi cán bộ"},
		{"accepted, official", at(Accepted, official), LockAccepted, "Mở lại"},
		{"consolidated, chair", at(Consolidated, chair), LockConsolidated, "gọi cán bộ"},
		{"leader", at(Drafting, authz.Leader), LockRole, "chủ tịch"},
		{"before the opening", Situation{State: NotStarted, Role: chair, Covers: true, Calendar: DefaultCalendar(2023), Now: Date(2023, time.September, 30)}, LockNotOpened, "gọi cán bộ"},
		{"after the close", Situation{State: Drafting, Role: chair, Covers: true, Calendar: DefaultCalendar(2023), Now: Date(2024, time.January, 1)}, LockClosed, "gia hạn"},
		{"after the close, official", Situation{State: Drafting, Role: official, Covers: true, Calendar: DefaultCalendar(2023), Now: Date(2024, time.January, 1)}, LockClosed, "gia hạn cho hội này"},
		{"after the extension", Situation{State: Drafting, Role: chair, Covers: true, Calendar: late, Now: Date(2024, time.January, 11)}, LockClosed, "gia hạn"},
	}
	for _, c := range cases {
		e := c.s.Editing()
		if e.Open() || e.Lock.Reason != c.want || !strings.Contains(e.Lock.Help, c.help) || e.Field("GEN.MEM.END") != e.Lock {
			t.Errorf("%s: %+v", c.name, e.Lock)
		}
	}
	open := []Situation{
		at(NotStarted, chair), at(Drafting, official), at(Returned, authz.Secretary),
		{State: Drafting, Role: chair, Covers: true, Calendar: DefaultCalendar(2023), Now: Date(2024, time.January, 1).Add(-time.Second)},
		{State: Drafting, Role: chair, Covers: true, Calendar: late, Now: Date(2024, time.January, 10).Add(23 * time.Hour)},
		{State: Drafting, Role: official, Covers: true, Calendar: DefaultCalendar(2023), Now: Date(2024, time.February, 1), AmendedClosed: true},
	}
	for _, s := range open {
		if e := s.Editing(); !e.Open() || e.Field("GEN.MEM.END") != nil {
			t.Errorf("%s for %s at %s is locked: %+v", s.State, s.Role, s.Now, e.Lock)
		}
	}
	other := at(Drafting, chair)
	other.Covers = false
	if e := other.Editing(); e.Open() || !fault.Is(e.Lock.Fault(), fault.NotFound) {
		t.Errorf("another association's report must look missing: %+v", e.Lock)
	}
	if _, _, lock := at(Submitted, chair).Try(ActAccept); lock == nil || !fault.Is(lock.Fault(), fault.Forbidden) {
		t.Errorf("a chair accepts: %+v", lock)
	}
	if _, _, lock := at(Accepted, chair).Try(ActWithdraw); lock == nil || !fault.Is(lock.Fault(), fault.Conflict) {
		t.Errorf("a chair pulls back an accepted report: %+v", lock)
	}
}

func TestOnlyFlaggedFieldsReopen(t *testing.T) {
	t.Parallel()
	for _, state := range []State{Returned, Drafting} {
		s := at(state, authz.Chair)
		s.Flagged = []string{"GEN.MEM.DEAD", string(SectionFunds)}
		e := s.Editing()
		if !e.Open() || e.Field("GEN.MEM.DEAD") != nil || e.Field(string(SectionFunds)) != nil {
			t.Errorf("%s: flagged fields are locked", state)
		}
		if lock := e.Field("GEN.MEM.END"); lock == nil || lock.Reason != LockFlaggedOnly || lock.Help == "" {
			t.Errorf("%s: an unflagged field is open", state)
		}
	}
}

func TestFourEyes(t *testing.T) {
	t.Parallel()
	s := at(Submitted, authz.Official)
	s.OnBehalf, s.SentBySelf = true, true
	if _, _, lock := s.Try(ActAccept); lock == nil || lock.Reason != LockFourEyes {
		t.Errorf("who sent also accepts: %+v", lock)
	}
	s.SoleOfficial = true
	if _, stamped, lock := s.Try(ActAccept); lock != nil || !stamped {
		t.Errorf("the ward's only officer: stamped %v, %+v", stamped, lock)
	}
	s.SentBySelf = false
	if _, stamped, lock := s.Try(ActAccept); lock != nil || stamped {
		t.Errorf("another's report: stamped %v, %+v", stamped, lock)
	}
	s.Role, s.OnBehalf = authz.Chair, false
	if _, _, lock := s.Try(ActConfirm); lock == nil || lock.Reason != LockNotOnBehalf {
		t.Errorf("a chair confirms own figures: %+v", lock)
	}
}

func TestAmendmentsBelongAfterTheClose(t *testing.T) {
	t.Parallel()
	s := at(Accepted, authz.Official)
	if _, _, lock := s.Try(ActAmend); lock == nil || lock.Reason != LockNotClosed {
		t.Errorf("amended while open: %+v", lock)
	}
	s.Now = Date(2024, time.January, 2)
	if move, _, lock := s.Try(ActAmend); lock != nil || move.To != Drafting || !move.Reason {
		t.Errorf("amendment refused: %+v", lock)
	}
	if _, _, lock := s.Try(ActReopen); lock == nil || lock.Reason != LockClosed || !strings.Contains(lock.Help, "Bản điều chỉnh") {
		t.Errorf("a closed report was reopened: %+v", lock)
	}
}

func TestCalendar(t *testing.T) {
	t.Parallel()
	c := DefaultCalendar(2023)
	if p := c.Problem(); p != "" {
		t.Errorf("the default is wrong: %s", p)
	}
	for now, want := range map[time.Time]string{
		Date(2023, 11, 17):                             "còn 3 ngày",
		Date(2023, 11, 17).Add(23 * time.Hour):         "còn 3 ngày",
		Date(2023, 11, 20).Add(23 * time.Hour):         "hôm nay là hạn cuối",
		Date(2023, 11, 24):                             "quá hạn 4 ngày",
		time.Date(2023, 11, 20, 17, 0, 0, 0, time.UTC): "quá hạn 1 ngày", // midnight has passed in Việt Nam
	} {
		if got := c.Countdown(now); got != want {
			t.Errorf("on %s: %q, want %q", now, got, want)
		}
	}
	for sent, want := range map[time.Time]string{
		Date(2023, 11, 20).Add(24*time.Hour - time.Second): "đúng hạn",
		Date(2023, 11, 24): "nộp trễ 4 ngày",
		time.Date(2023, 11, 20, 16, 59, 0, 0, time.UTC): "đúng hạn",
	} {
		if got := c.Timeliness(sent); got != want {
			t.Errorf("sent %s: %q, want %q", sent, got, want)
		}
	}
	c.Extended = Date(2023, 11, 25)
	if got := c.Timeliness(Date(2023, 11, 24)); got != "đúng hạn (được gia hạn đến 25/11/2023)" {
		t.Errorf("with an extension: %q", got)
	}
	if got := c.Timeliness(Date(2023, 11, 27)); got != "nộp trễ 2 ngày" || c.DaysLate(Date(2023, 11, 27)) != 2 {
		t.Errorf("after an extension: %q", got)
	}
	if !c.CloseDate().Equal(Date(2023, 12, 31)) {
		t.Error("a short extension brought the close forward")
	}
	// Dates come from the database at midnight UTC; the day counts, not the instant.
	utc := Calendar{Year: 2023, CutOff: day(2023, 11, 15), Deadline: day(2023, 11, 20), Close: day(2023, 12, 31)}
	if utc.Closed(Date(2024, 1, 1).Add(-time.Second)) || !utc.Closed(Date(2024, 1, 1)) {
		t.Error("the close is the end of its day in Việt Nam")
	}
	if got := utc.Countdown(Date(2023, 11, 17).Add(8 * time.Hour)); got != "còn 3 ngày" {
		t.Errorf("UTC dates: %q", got)
	}
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestCalendarProblems(t *testing.T) {
	t.Parallel()
	for _, c := range []Calendar{
		{},
		{CutOff: day(2023, 11, 15), Deadline: day(2023, 11, 14), Close: day(2023, 12, 31)},
		{CutOff: day(2023, 11, 15), Deadline: day(2023, 11, 20), Close: day(2023, 11, 19)},
		{Opens: day(2023, 11, 21), CutOff: day(2023, 11, 15), Deadline: day(2023, 11, 20), Close: day(2023, 12, 31)},
	} {
		if c.Problem() == "" {
			t.Errorf("%+v was accepted", c)
		}
	}
}

func TestFlowPeriod(t *testing.T) {
	t.Parallel()
	c := DefaultCalendar(2023)
	cases := []struct {
		last     time.Time
		final    bool
		from, to string
	}{
		{day(2022, 11, 15), false, "16/11/2022", "15/11/2023"},
		{day(2022, 12, 31), true, "01/01/2023", "31/12/2023"},
		{time.Time{}, false, "01/01/2023", "15/11/2023"},
		{day(2020, 11, 15), false, "01/01/2023", "15/11/2023"},
	}
	for _, tc := range cases {
		from, to := c.FlowPeriod(tc.last, tc.final)
		if dayText(from) != tc.from || dayText(to) != tc.to {
			t.Errorf("after %s: %s – %s, want %s – %s", tc.last, dayText(from), dayText(to), tc.from, tc.to)
		}
	}
}
