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
	"wardportal/internal/vi"
)

var _ = db.Explain("ward_summary_text_length", "", "Mỗi phần dài nhất 20.000 ký tự.")

type cellOf struct {
	Association association.ID
	Code        string
	Answer      string
	Number      *int64
}

type textOf struct {
	Association association.ID
	Section     SectionID
	Slot        int
	Body        string
}

type dayOf struct {
	Association association.ID
	Day         time.Time
}

type lastOf struct {
	Association association.ID
	ByName      string
	At          time.Time
	Flags       int
}

// boardRows is what one batch reads of a year.
type boardRows struct {
	campaign     []Campaign
	chosen       []chosenRow
	associations []association.Association
	reports      []stored
	cells        []cellOf
	texts        []textOf
	extended     []dayOf
	last         []lastOf
}

// Overview reads the year's reports of every association that may be read, in one round trip: the official's screen, the
// matrix, and a chair's own line. NotFound where the ward has opened no campaign.
func Overview(ctx context.Context, tx *db.Tx, year int) (Board, error) {
	if !tx.Who().May(authz.ReadReport) {
		return Board{}, fault.Missing()
	}
	var r boardRows
	if err := tx.Batch(ctx, r.statements(tx, year)); err != nil {
		return Board{}, err
	}
	return r.board(tx)
}

func (r *boardRows) statements(tx *db.Tx, year int) *pgx.Batch {
	b := &pgx.Batch{}
	args := pgx.NamedArgs{"ward": tx.Who().Ward, "year": year, "period": annual, "today": tx.Today()}
	const ours = ` from report r join campaign c on c.id = r.campaign_id
		where r.ward_id = @ward and r.branch_id is null and c.year = @year and c.period = @period`
	queue(b, &r.campaign, `select `+campaignColumns+` from campaign c where c.ward_id = @ward and c.year = @year and c.period = @period`, args)
	queue(b, &r.chosen, `
		select w.kind, w.code from campaign_row w join campaign c on c.id = w.campaign_id
		where c.ward_id = @ward and c.year = @year and c.period = @period order by w.kind, w.sort`, args)
	// An association that is closed by now still belongs to the years in which it reported.
	queue(b, &r.associations, `
		select a.id, a.kind, a.slug, a.name, a.short_name, a.about, a.history, a.symbol, a.sort, a.bch_quota, a.contact, a.version from association a
		where a.ward_id = @ward and (a.closed_on is null or a.closed_on >= @today or a.id in (select r.association_id`+ours+`)) order by a.sort, a.id`, args)
	queue(b, &r.reports, `select `+reportColumns+ours, args)
	queue(b, &r.cells, `
		select v.association_id as association, v.code, v.answer, v.number from report_value v join (select r.id`+ours+`) s on s.id = v.report_id`, args)
	queue(b, &r.texts, `
		select t.association_id as association, t.section, t.slot, t.body from report_text t join (select r.id`+ours+`) s on s.id = t.report_id`, args)
	queue(b, &r.extended, `
		select distinct on (e.association_id) e.association_id as association, e.until as day
		from campaign_extension e join campaign c on c.id = e.campaign_id
		where c.ward_id = @ward and c.year = @year and c.period = @period order by e.association_id, e.id desc`, args)
	queue(b, &r.last, `
		select s.association_id as association, g.by_name, g.at,
		       (select count(*) from report_flag f where f.report_id = s.id and not f.resolved)::integer as flags
		from (select r.id, r.association_id`+ours+`) s
		cross join lateral (select g.by_name, g.at from report_change g where g.report_id = s.id order by g.id desc limit 1) g`, args)
	return b
}

func (r boardRows) board(tx *db.Tx) (Board, error) {
	if len(r.campaign) == 0 {
		return Board{}, fault.Missing()
	}
	board := Board{Campaign: r.campaign[0]}
	board.Campaign.choose(r.chosen)
	for _, a := range r.associations {
		if !authz.Can(tx.Who(), authz.ReadReport, authz.Of(a.ID)) {
			continue
		}
		line, err := r.line(a, board.Campaign, tx.Now())
		if err != nil {
			return Board{}, err
		}
		board.Lines = append(board.Lines, line)
	}
	return board, nil
}

func (r boardRows) line(a association.Association, c Campaign, now time.Time) (Line, error) {
	l := Line{Association: a, Report: Report{Association: a.ID, State: NotStarted}, values: map[string]Value{}}
	if i := slices.IndexFunc(r.reports, func(x stored) bool { return x.Association == a.ID }); i >= 0 {
		l.Report = r.reports[i].report()
	}
	for _, cell := range r.cells {
		if cell.Association != a.ID {
			continue
		}
		v, err := Stored(cell.Answer, cell.Number)
		if err != nil {
			return l, fmt.Errorf("report of %s, %s: %w", a.Slug, cell.Code, err)
		}
		l.values[cell.Code] = v
	}
	texts := map[Slot]string{}
	for _, t := range r.texts {
		if t.Association == a.ID {
			texts[Slot{t.Section, t.Slot}] = t.Body
		}
	}
	if i := slices.IndexFunc(r.last, func(x lastOf) bool { return x.Association == a.ID }); i >= 0 {
		l.Who, l.WhoAt, l.Flags = r.last[i].ByName, &r.last[i].At, r.last[i].Flags
	}
	var extended time.Time
	if i := slices.IndexFunc(r.extended, func(x dayOf) bool { return x.Association == a.ID }); i >= 0 {
		extended = r.extended[i].Day
	}
	l.progress(c, texts)
	l.finish(c, extended, now)
	return l, nil
}

// progress counts what is answered, for the matrix and for the first screen.
func (l *Line) progress(c Campaign, texts map[Slot]string) {
	columns := Matrix()
	for _, done := range complete(c.ChosenRows(association.KindCode(l.Association.Kind)), l.values, texts) {
		l.Done, l.Of = l.Done+done.Done, l.Of+done.Of
		if slices.ContainsFunc(columns, func(s Section) bool { return s.ID == done.Section }) {
			l.Complete = append(l.Complete, done)
		}
	}
}

// Summary reads the ward's summary of a year: the tables, people counted once, and the ward's own words.
func Summary(ctx context.Context, tx *db.Tx, year int) (WardSummary, error) {
	if !authz.Can(tx.Who(), authz.ReadSummary, authz.Scope{}) {
		return WardSummary{}, fault.Missing()
	}
	board, err := Overview(ctx, tx, year)
	if err != nil {
		return WardSummary{}, err
	}
	last, err := Overview(ctx, tx, year-1)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return WardSummary{}, err
	}
	people, err := peopleAt(ctx, tx, board.Campaign.CutOff)
	if err != nil {
		return WardSummary{}, err
	}
	texts, err := db.All[SummaryText](ctx, tx, `
		select assessment, limits, direction, proposals, at, by_name, version from ward_summary_text where ward_id = $1 and campaign_id = $2`,
		tx.Who().Ward, board.Campaign.ID)
	if err != nil {
		return WardSummary{}, err
	}
	w := WardSummary{
		Campaign: board.Campaign, Board: board, Table: Consolidate(year, board.reports(), people), Indicators: Compare(year, board.reports()),
		Last: Consolidate(year-1, last.reports(), People{}),
	}
	if len(texts) > 0 {
		w.Text = texts[0]
	}
	w.Final = board.Accepted() > 0 && !slices.ContainsFunc(board.Lines, func(l Line) bool { return l.Report.State.Received() && !l.Report.Final })
	return w, nil
}

// peopleAt counts the people on the ward's rosters at the end of a day, each once. Branches kept by number only have no
// people to tell apart. Where rosters hold nobody, nothing is known.
func peopleAt(ctx context.Context, tx *db.Tx, day time.Time) (People, error) {
	if day.After(tx.Today()) {
		day = tx.Today()
	}
	p, err := db.One[struct{ Distinct, InSeveral int64 }](ctx, tx, `
		select count(*) as distinct, count(*) filter (where n > 1) as in_several
		from (
			select m.person_id, count(distinct s.association_id) as n
			from membership_span s join membership m on m.id = s.membership_id
			where s.ward_id = $1 and not s.voided and s.from_day <= $2 and (s.to_day is null or s.to_day > $2)
			group by m.person_id
		) x`, tx.Who().Ward, day)
	return People{Distinct: p.Distinct, InSeveral: p.InSeveral, Known: p.Distinct > 0}, err
}

// SaveSummaryText keeps the ward's own words; t.Version is the one the form was opened with, 0 for the first time.
func SaveSummaryText(ctx context.Context, tx *db.Tx, year int, t SummaryText) error {
	if !authz.Can(tx.Who(), authz.WriteSummary, authz.Scope{}) {
		return fault.Denied()
	}
	c, err := GetCampaign(ctx, tx, year)
	if err != nil {
		return err
	}
	args := pgx.NamedArgs{
		"campaign": c.ID, "ward": tx.Who().Ward, "assessment": vi.CleanMultiline(t.Assessment), "limits": vi.CleanMultiline(t.Limits),
		"direction": vi.CleanMultiline(t.Direction), "proposals": vi.CleanMultiline(t.Proposals), "now": tx.Now(), "name": tx.Who().Name, "version": t.Version,
	}
	if t.Version == 0 {
		n, err := tx.Exec(ctx, `
			insert into ward_summary_text (campaign_id, ward_id, assessment, limits, direction, proposals, at, by_name)
			values (@campaign, @ward, @assessment, @limits, @direction, @proposals, @now, @name) on conflict do nothing`, args)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Stale()
		}
	} else if err := tx.Versioned(ctx, `
		update ward_summary_text set assessment = @assessment, limits = @limits, direction = @direction, proposals = @proposals, at = @now, by_name = @name,
		  version = version + 1
		where campaign_id = @campaign and version = @version`, `select 1 from ward_summary_text where campaign_id = @campaign`, args); err != nil {
		return err
	}
	return noteCampaign(ctx, tx, c.ID, "summary.save", "Viết phần nhận xét của bảng tổng hợp", nil,
		map[string]any{"assessment": args["assessment"], "limits": args["limits"], "direction": args["direction"], "proposals": args["proposals"]})
}

// Published gives the figures of received reports that residents may see, newest year first, associations and rows in
// their order. Counts of people below 5 come hidden, without the number.
func Published(ctx context.Context, tx *db.Tx) ([]PublicFigure, error) {
	associations, err := association.List(ctx, tx)
	if err != nil {
		return nil, err
	}
	rows, err := db.All[struct {
		Year          int
		AssociationID association.ID
		Code          string
		Answer        string
		Number        *int64
	}](ctx, tx, `select year, association_id, code, answer, number from report_published() order by year desc`)
	if err != nil {
		return nil, err
	}
	var list []PublicFigure
	for _, r := range rows {
		i := slices.IndexFunc(associations, func(a association.Association) bool { return a.ID == r.AssociationID })
		ind, known := ByCode(r.Code)
		if i < 0 || !known || !slices.Contains(PublicCodes, r.Code) {
			continue
		}
		v, err := Stored(r.Answer, r.Number)
		if err != nil {
			return nil, err
		}
		a := associations[i]
		f := PublicFigure{Year: r.Year, Association: a.ID, Slug: a.Slug, Name: a.Name, Kind: association.KindCode(a.Kind), Code: r.Code, Value: v}
		if n, ok := v.Int(); ok && ind.Unit == "người" && n > 0 && n < SmallCell {
			f.Value, f.Hidden = Value{}, true
		}
		if v.Answered() {
			list = append(list, f)
		}
	}
	place := func(f PublicFigure) int {
		return slices.IndexFunc(associations, func(a association.Association) bool { return a.ID == f.Association })*len(Registry) + registryIndex[f.Code]
	}
	slices.SortStableFunc(list, func(a, b PublicFigure) int {
		if a.Year != b.Year {
			return b.Year - a.Year
		}
		return place(a) - place(b)
	})
	return list, nil
}
