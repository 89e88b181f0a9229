package report

import (
	"context"
	"slices"
	"time"

	"wardportal/internal/activity"
	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/meeting"
	"wardportal/internal/member"
	"wardportal/internal/officer"
	"wardportal/internal/ward"
)

// Ledger is what the ward's books say about one association and one period.
type Ledger struct {
	Figures  map[string]BookFigure // a code the books know nothing of is no key; Entries 0 = "chưa có sổ"
	Limits   map[string]int64      // most that a figure can be by the roster
	Movement member.Movement       // with the names behind the figures
	Headless []string              // branches without a head, as a sentence names them
}

// Books computes the figures "theo sổ" of an association: stocks at the end of the day to, flows between the two days (both
// included). The number of statements does not depend on how many branches, people or entries there are.
func Books(ctx context.Context, tx *db.Tx, a association.Association, from, to time.Time) (Ledger, error) {
	l := Ledger{Figures: map[string]BookFigure{}, Limits: map[string]int64{}}
	for _, read := range []func(context.Context, *db.Tx, association.Association, time.Time, time.Time) error{
		l.roster, l.organisation, l.officers, l.diary, l.meetings,
	} {
		if err := read(ctx, tx, a, dateOnly(from), dateOnly(to)); err != nil {
			return Ledger{}, err
		}
	}
	return l, nil
}

func (l *Ledger) set(code string, value, entries int) {
	if _, known := ByCode(code); known {
		l.Figures[code] = BookFigure{Value: int64(value), Entries: entries}
	}
}

// roster counts the members: stocks rest on everybody listed, each flow on the people who moved that way.
func (l *Ledger) roster(ctx context.Context, tx *db.Tx, a association.Association, from, to time.Time) error {
	m, err := member.MovementBetween(ctx, tx, a.ID, from, to)
	if err != nil {
		return err
	}
	census, err := member.CountAt(ctx, tx, a.ID, to)
	if err != nil {
		return err
	}
	l.Movement = m
	kept := m.Begin + m.End + m.CountedBegin + m.CountedEnd + len(m.Movers)
	l.set("GEN.MEM.BEGIN", m.Begin+m.CountedBegin, kept)
	l.set("GEN.MEM.END", m.End+m.CountedEnd, kept)
	for code, flow := range map[string]member.Flow{
		"GEN.MEM.NEW": member.FlowNew, "GEN.MEM.IN": member.FlowIn, "GEN.MEM.OUT": member.FlowOut, "GEN.MEM.DEAD": member.FlowDead, "GEN.MEM.LEFT": member.FlowLeft,
	} {
		n := m.Count(flow)
		l.set(code, n, n)
	}
	l.set("GEN.MEM.FEMALE", census.Female(), census.Female())
	l.set("GEN.MEM.CARD", census.Cards(), census.Cards())
	if association.KindCode(a.Kind) == association.NCT {
		l.ages(census)
	}
	return l.profiles(ctx, tx, a, to)
}

// ages fills the rows by age. Whoever has no year of birth is in none of them.
func (l *Ledger) ages(c member.Census) {
	dated := c.Listed() - c.NoBirth()
	l.set("NCT.MEM60", c.Aged(60, 0), dated)
	for code, band := range map[string][2]int{
		"NCT.AGE.60": {60, 69}, "NCT.AGE.70": {70, 79}, "NCT.AGE.80": {80, 89}, "NCT.AGE.90": {90, 99}, "NCT.AGE.100": {100, 0},
	} {
		l.set(code, c.Aged(band[0], band[1]), dated)
	}
	if dated == 0 || c.NoBirth() > 0 || len(c.Counted) > 0 {
		return // somebody unknown may be of any age: no limit is certain
	}
	for code, age := range map[string]int{
		"NCT.MT.70": 70, "NCT.MT.75": 75, "NCT.MT.80": 80, "NCT.MT.85": 85, "NCT.MT.90": 90, "NCT.MT.95": 95, "NCT.MT.100": 100,
	} {
		l.Limits[code] = int64(c.Aged(age, age))
	}
}

// profileRows are the rows that an open field of the special profile answers. Sensitive fields are sealed and cannot be
// counted: those rows stay typed.
var profileRows = map[association.KindCode][]struct{ code, field, answer string }{
	association.NCT: {{"NCT.ALONE", "kho_khan", "co"}},
	association.TNXP: {
		{"TNXP.TK.PHAP", "thoi_ky", "phap"}, {"TNXP.TK.MY", "thoi_ky", "my"}, {"TNXP.TK.CS", "thoi_ky", "cs"}, {"TNXP.TK.XD", "thoi_ky", "xd"},
		{"TNXP.CODON", "co_don", "co"},
	},
}

func (l *Ledger) profiles(ctx context.Context, tx *db.Tx, a association.Association, to time.Time) error {
	counts := map[string]map[string]int{}
	for _, row := range profileRows[association.KindCode(a.Kind)] {
		if counts[row.field] == nil {
			c, err := member.ProfileCounts(ctx, tx, a.ID, to, row.field)
			if err != nil {
				return err
			}
			counts[row.field] = c
		}
		answered := 0
		for answer, n := range counts[row.field] {
			if answer != "" {
				answered += n
			}
		}
		l.set(row.code, counts[row.field][row.answer], answered)
	}
	return nil
}

// organisation counts branches, the residential groups they cover, and the ward's groups.
func (l *Ledger) organisation(ctx context.Context, tx *db.Tx, a association.Association, _, to time.Time) error {
	branches, err := association.Branches(ctx, tx, a.ID, to)
	if err != nil {
		return err
	}
	groups, err := ward.Groups(ctx, tx)
	if err != nil {
		return err
	}
	var covered []string
	places := map[string]int{}
	for _, b := range branches {
		covered = append(covered, b.GroupNames...)
		places[b.Place]++
	}
	slices.Sort(covered)
	covered = slices.Compact(covered)
	l.set("GEN.ORG.BRANCH", len(branches), len(branches))
	l.set("GEN.ORG.TDP_COV", len(covered), len(covered))
	l.set("GEN.ORG.TDP", len(groups), len(groups))
	if association.KindCode(a.Kind) == association.KHOC {
		l.set("KHOC.CH.TDP", places["group"], len(branches))
		l.set("KHOC.CH.TRUONG", places["school"], len(branches))
		l.set("KHOC.CH.CQ", places["agency"], len(branches))
	}
	return nil
}

func (l *Ledger) officers(ctx context.Context, tx *db.Tx, a association.Association, from, to time.Time) error {
	sums, err := officer.Figures(ctx, tx, a.ID, from, to)
	if err != nil {
		return err
	}
	for code, s := range sums {
		l.add(code, s.Value, s.Entries)
	}
	if n := l.Figures["GEN.ORG.CHT_VAC"].Value; n < 1 || n > 3 {
		return nil // a sentence names no more than three branches
	}
	board, err := officer.Vacancies(ctx, tx, a.ID, to)
	for _, v := range board.Branches {
		l.Headless = append(l.Headless, lowerFirst(v.BranchName))
	}
	return err
}

func (l *Ledger) diary(ctx context.Context, tx *db.Tx, a association.Association, from, to time.Time) error {
	sums, err := activity.Sums(ctx, tx, a.ID, from, to)
	if err != nil {
		return err
	}
	clubs, err := activity.ClubCount(ctx, tx, a.ID, to)
	if err != nil {
		return err
	}
	funds, err := activity.FundSums(ctx, tx, a.ID, from, to)
	if err != nil {
		return err
	}
	for _, book := range []map[string]activity.Sum{sums, clubs, funds} {
		for code, s := range book {
			l.add(code, s.Value, s.Entries)
		}
	}
	return nil
}

func (l *Ledger) meetings(ctx context.Context, tx *db.Tx, a association.Association, from, to time.Time) error {
	sums, err := meeting.Sums(ctx, tx, a.ID, from, to)
	if err != nil {
		return err
	}
	for code, s := range sums {
		l.add(code, s.Value, s.Entries)
	}
	return nil
}

func (l *Ledger) add(code string, value int64, entries int) {
	if ind, known := ByCode(code); known && !ind.Computed() {
		l.Figures[code] = BookFigure{Value: value, Entries: entries}
	}
}
