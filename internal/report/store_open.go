package report

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
)

const reportColumns = `r.id, r.association_id as association, r.state, r.version, r.final, r.amendment, r.amended_closed, c.historical,
	r.submitted_at, r.submitted_by, r.submitted_name, r.returned_at, r.returned_name, r.return_note, r.accepted_at, r.accepted_name, r.sole_official,
	r.on_behalf, r.typed_name, r.paper_date, r.paper_media, r.paper_number, r.paper_signer, r.stance, r.stance_at, r.stance_name, r.stance_note, r.rating`

// stored is a report as the database gives it.
type stored struct {
	ID            ID
	Association   association.ID
	State         State
	Version       int
	Final         bool
	Amendment     int
	AmendedClosed bool
	Historical    bool
	SubmittedAt   *time.Time
	SubmittedBy   *authz.UserID
	SubmittedName string
	ReturnedAt    *time.Time
	ReturnedName  string
	ReturnNote    string
	AcceptedAt    *time.Time
	AcceptedName  string
	SoleOfficial  bool
	OnBehalf      bool
	TypedName     string
	PaperDate     *time.Time
	PaperMedia    *authz.MediaID
	PaperNumber   string
	PaperSigner   string
	Stance        string
	StanceAt      *time.Time
	StanceName    string
	StanceNote    string
	Rating        string
}

func (s stored) report() Report {
	return Report{
		ID: s.ID, Association: s.Association, State: s.State, Version: s.Version, Final: s.Final, Amendment: s.Amendment, AmendedClosed: s.AmendedClosed,
		Historical: s.Historical, SubmittedAt: s.SubmittedAt, SubmittedBy: s.SubmittedBy, SubmittedName: s.SubmittedName, ReturnedAt: s.ReturnedAt,
		ReturnedName: s.ReturnedName, ReturnNote: s.ReturnNote, AcceptedAt: s.AcceptedAt, AcceptedName: s.AcceptedName, SoleOfficial: s.SoleOfficial,
		OnBehalf: s.OnBehalf, TypedName: s.TypedName, Rating: s.Rating,
		Paper:  Paper{Date: s.PaperDate, Media: s.PaperMedia, Number: s.PaperNumber, Signer: s.PaperSigner},
		Stance: Stance{Code: s.Stance, At: s.StanceAt, Name: s.StanceName, Note: s.StanceNote},
	}
}

// figure is one stored cell with the year of its report.
type figure struct {
	Year   int
	Code   string
	Answer string
	Number *int64
	Note   string
}

type target struct {
	Year   int
	Code   string
	Number int64
}

type written struct {
	Year    int
	Section SectionID
	Slot    int
	Body    string
	Basis   string
}

type explained struct {
	Finding, About, Body string
}

type dated struct{ Day time.Time }

// raw is what one batch reads of a report.
type raw struct {
	campaign   []Campaign
	chosen     []chosenRow
	extension  []dated
	report     []stored
	figures    []figure
	targets    []target
	texts      []written
	explained  []explained
	flags      []Flag
	changes    []Happening
	marks      []Mark
	lastCutOff []dated
	sole       []struct{ Sole bool }
}

// Open reads everything that the form, the review and the documents show of one report, and works out what the rules say.
// It is NotFound for whoever may not read it. Where the ward has opened no campaign for the year, Sheet.Exists is false.
func Open(ctx context.Context, tx *db.Tx, year int, a association.ID) (Sheet, error) {
	s, err := read(ctx, tx, year, a)
	if err != nil || !s.Exists() {
		return s, err
	}
	return s, s.judge(ctx, tx)
}

// judge asks the books and the rules, and writes the sentences.
func (s *Sheet) judge(ctx context.Context, tx *db.Tx) error {
	ledger, err := Books(ctx, tx, s.Association, s.From, s.To)
	if err != nil {
		return err
	}
	s.Books, s.Movement, s.headless = ledger.Figures, ledger.Movement, ledger.Headless
	s.limits = ledger.Limits
	s.evaluate()
	return nil
}

// read reads a report in one round trip, without books and findings.
func read(ctx context.Context, tx *db.Tx, year int, a association.ID) (Sheet, error) {
	if !authz.Can(tx.Who(), authz.ReadReport, authz.Of(a)) {
		return Sheet{}, fault.Missing()
	}
	as, err := association.Get(ctx, tx, a)
	if err != nil {
		return Sheet{}, err
	}
	var r raw
	if err := tx.Batch(ctx, r.statements(tx, year, as)); err != nil {
		return Sheet{}, err
	}
	s := Sheet{Association: as, Kind: association.KindCode(as.Kind), Report: Report{Association: a, State: NotStarted}}
	s.Campaign.Year = year
	if len(r.campaign) == 0 {
		return s, nil
	}
	return s, s.take(tx, r)
}

func (r *raw) statements(tx *db.Tx, year int, a association.Association) *pgx.Batch {
	b := &pgx.Batch{}
	args := pgx.NamedArgs{"ward": tx.Who().Ward, "year": year, "period": annual, "association": a.ID, "kind": a.Kind}
	const mine = ` from report r join campaign c on c.id = r.campaign_id
		where r.ward_id = @ward and r.association_id = @association and r.branch_id is null and c.period = @period and `
	const thisYear = mine + `c.year = @year`
	// Last year's figures count once the ward has received them.
	const both = mine + `(c.year = @year or (c.year = @year - 1 and r.state in ('accepted', 'consolidated')))`
	queue(b, &r.campaign, `select `+campaignColumns+` from campaign c where c.ward_id = @ward and c.year = @year and c.period = @period`, args)
	queue(b, &r.chosen, `
		select w.kind, w.code from campaign_row w join campaign c on c.id = w.campaign_id
		where c.ward_id = @ward and c.year = @year and c.period = @period and w.kind = @kind order by w.sort`, args)
	queue(b, &r.extension, `
		select e.until as day from campaign_extension e join campaign c on c.id = e.campaign_id
		where c.ward_id = @ward and c.year = @year and c.period = @period and e.association_id = @association order by e.id desc limit 1`, args)
	queue(b, &r.report, `select `+reportColumns+thisYear, args)
	queue(b, &r.figures, `
		select s.year, v.code, v.answer, v.number, v.note from report_value v join (select r.id, c.year `+both+`) s on s.id = v.report_id`, args)
	queue(b, &r.texts, `
		select s.year, t.section, t.slot, t.body, t.basis from report_text t join (select r.id, c.year `+both+`) s on s.id = t.report_id`, args)
	queue(b, &r.targets, `
		select year, code, number from report_target where ward_id = @ward and association_id = @association and year in (@year, @year + 1)`, args)
	queue(b, &r.explained, `
		select n.finding, n.about, n.body from report_note n join (select r.id `+thisYear+`) s on s.id = n.report_id`, args)
	queue(b, &r.flags, `
		select f.code, f.reason, f.by_name, f.at, f.resolved from report_flag f join (select r.id `+thisYear+`) s on s.id = f.report_id order by f.id desc`, args)
	queue(b, &r.changes, `
		select g.id, g.version, g.at, g.by_name, g.on_behalf, g.action, g.sentence from report_change g join (select r.id `+thisYear+`) s on s.id = g.report_id
		order by g.id desc limit 200`, args)
	queue(b, &r.marks, `
		select p.id, p.version, p.action, p.at, p.by_name from report_snapshot p join (select r.id `+thisYear+`) s on s.id = p.report_id order by p.id desc`, args)
	queue(b, &r.lastCutOff, `select case when r.final then make_date(c.year, 12, 31) else c.cut_off end as day`+
		mine+`c.year = @year - 1 and r.state in ('accepted', 'consolidated')`, args)
	queue(b, &r.sole, `select report_sole_official() as sole`, pgx.NamedArgs{})
	return b
}

// take makes the sheet of what was read.
func (s *Sheet) take(tx *db.Tx, r raw) error {
	s.Campaign = r.campaign[0]
	s.Campaign.choose(r.chosen)
	if len(r.report) > 0 {
		s.Report = r.report[0].report()
	}
	var extended, lastCutOff time.Time
	if len(r.extension) > 0 {
		extended = r.extension[0].Day
	}
	if len(r.lastCutOff) > 0 {
		lastCutOff = r.lastCutOff[0].Day
	}
	s.Calendar = s.Campaign.Calendar(extended)
	s.From, s.To = s.Calendar.FlowPeriod(lastCutOff, s.Report.Final)
	s.Rows = ForKind(s.Kind, s.Campaign.Year)
	if err := s.figures(r); err != nil {
		return err
	}
	s.Explanations = map[string]Explanation{}
	for _, e := range r.explained {
		s.Explanations[e.Finding] = Explanation{Text: e.Body, About: e.About}
	}
	s.Flags, s.Marks, s.History = r.flags, r.marks, coalesce(r.changes)
	s.texts(r.texts)
	s.Situation = s.situation(tx, len(r.sole) > 0 && r.sole[0].Sole)
	s.Editing = s.Situation.Editing()
	return nil
}

func (s *Sheet) figures(r raw) error {
	s.Values, s.Last, s.Notes = map[string]Value{}, map[string]Value{}, map[string]string{}
	s.Targets, s.NextTargets = map[string]Value{}, map[string]Value{}
	for _, f := range r.figures {
		v, err := Stored(f.Answer, f.Number)
		if err != nil {
			return fmt.Errorf("report of %d, %s: %w", f.Year, f.Code, err)
		}
		if f.Year != s.Campaign.Year {
			s.Last[f.Code] = v
			continue
		}
		s.Values[f.Code] = v
		if f.Note != "" {
			s.Notes[f.Code] = f.Note
		}
	}
	for _, t := range r.targets {
		if t.Year == s.Campaign.Year {
			s.Targets[t.Code] = Num(t.Number)
		} else {
			s.NextTargets[t.Code] = Num(t.Number)
		}
	}
	s.Values = Fill(s.Rows, s.Values)
	s.Last = Fill(ForKind(s.Kind, s.Campaign.Year-1), s.Last)
	return nil
}

func (s *Sheet) texts(list []written) {
	s.basis = map[Slot]string{}
	for _, slot := range slots() {
		n := Narrative{Slot: slot, Heading: slot.heading()}
		for _, t := range list {
			if t.Section != slot.Section || t.Slot != slot.Index {
				continue
			}
			if t.Year == s.Campaign.Year {
				n.Text, s.basis[slot] = t.Body, t.Basis
			} else {
				n.LastYear = t.Body
			}
		}
		s.Narrative = append(s.Narrative, n)
	}
}

// situation gathers what decides over the moves: the role in which the principal acts on this report.
func (s *Sheet) situation(tx *db.Tx, sole bool) Situation {
	who := tx.Who()
	role, covers := roleOn(who, s.Association.ID)
	sit := Situation{
		State: s.Report.State, Calendar: s.Calendar, Now: tx.Now(), Role: role, Covers: covers, OnBehalf: s.Report.OnBehalf,
		SentBySelf:   who.SignedIn() && s.Report.SubmittedBy != nil && *s.Report.SubmittedBy == who.User,
		SoleOfficial: sole, AmendedClosed: s.Report.AmendedClosed,
	}
	for _, f := range s.OpenFlags() {
		sit.Flagged = append(sit.Flagged, f.Code)
	}
	return sit
}

// roleOn is the role in which somebody acts on the reports of an association. Who is both the ward's officer and an
// association's chair acts as the one chosen in "Đang làm việc cho", by itself as the ward's officer.
func roleOn(who authz.Who, a association.ID) (role authz.Role, covers bool) {
	if who.IsSystem() {
		return authz.Official, true
	}
	order := []authz.Role{authz.Official, authz.Chair, authz.Secretary, authz.Leader}
	if who.Acting == a {
		order = []authz.Role{authz.Chair, authz.Secretary, authz.Official, authz.Leader}
	}
	for _, role := range order {
		if slices.ContainsFunc(who.Grants, func(g authz.Grant) bool { return g.Role == role && (role.Ward() || g.Association == a) }) {
			return role, true
		}
	}
	return "", false
}

// coalesce joins saves that follow each other by the same person within the hour, so that autosave does not bury the rest.
func coalesce(list []Happening) []Happening {
	var out []Happening
	saves := 1
	for _, h := range list {
		n := len(out) - 1
		if n >= 0 && h.Action == string(ActSave) && out[n].Action == h.Action && out[n].ByName == h.ByName && out[n].At.Sub(h.At) < time.Hour {
			saves++
			out[n].Sentence = fmt.Sprintf("Nhập, sửa báo cáo (%d lần lưu)", saves)
			continue
		}
		if len(out) == 50 {
			break
		}
		out, saves = append(out, h), 1
	}
	return out
}
