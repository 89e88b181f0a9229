package report

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/audit"
	"wardportal/internal/db"
	"wardportal/internal/fault"
)

// History is a past year entered straight as accepted: "số liệu lịch sử".
type History struct {
	Year    int
	CutOff  time.Time // zero = 31 December
	Reports []HistoryReport
}

// HistoryReport is one association's report of a past year.
type HistoryReport struct {
	Association   association.ID
	Values        map[string]Value
	Texts         map[Slot]string
	NextTargets   map[string]Value // the plan for the year after
	Rating        string
	SubmittedAt   time.Time
	SubmittedName string
	AcceptedAt    time.Time
	AcceptedName  string
}

// LoadYear writes a past year in bulk; only the system may (the demo, a restore). A year that has a campaign already is a
// Conflict and nothing is written.
func LoadYear(ctx context.Context, tx *db.Tx, h History) error {
	if !tx.Who().IsSystem() {
		return fault.Denied()
	}
	c := DefaultCampaign(h.Year)
	c.Historical = true
	if !h.CutOff.IsZero() {
		c.CutOff = dateOnly(h.CutOff)
	} else {
		c.CutOff = dateOnly(Date(h.Year, time.December, 31))
	}
	c.Deadline, c.Close = dateOnly(later(c.Deadline, c.CutOff)), dateOnly(later(c.Close, c.CutOff))
	if _, err := GetCampaign(ctx, tx, h.Year); err == nil {
		return fault.New(fault.Conflict, fmt.Sprintf("Năm %d đã có đợt báo cáo.", h.Year))
	} else if !fault.Is(err, fault.NotFound) {
		return err
	}
	if err := c.check(); err != nil {
		return err
	}
	id, err := insertCampaign(ctx, tx, c)
	if err != nil {
		return err
	}
	for _, r := range h.Reports {
		if err := loadReport(ctx, tx, id, c, r); err != nil {
			return fmt.Errorf("report of %d, association %d: %w", h.Year, r.Association, err)
		}
	}
	return noteCampaign(ctx, tx, id, "campaign.load", fmt.Sprintf("Nhập số liệu lịch sử năm %d của %d hội", h.Year, len(h.Reports)), nil, nil)
}

func loadReport(ctx context.Context, tx *db.Tx, campaign CampaignID, c Campaign, r HistoryReport) error {
	as, err := association.Get(ctx, tx, r.Association)
	if err != nil {
		return err
	}
	id, err := db.Value[ID](ctx, tx, `
		insert into report (ward_id, campaign_id, association_id, state, final, submitted_at, submitted_name, accepted_at, accepted_name, rating)
		values ($1, $2, $3, 'accepted', $4, $5, $6, $7, $8, $9) returning id`,
		tx.Who().Ward, campaign, r.Association, c.CutOff.Month() == time.December && c.CutOff.Day() == 31, r.SubmittedAt, r.SubmittedName, r.AcceptedAt, r.AcceptedName, r.Rating)
	if err != nil {
		return err
	}
	rows := ForKind(association.KindCode(as.Kind), c.Year)
	if err := loadCells(ctx, tx, id, as, c, r, rows); err != nil {
		return err
	}
	body, err := json.Marshal(Copy{
		Year: c.Year, Name: as.Name, CutOff: c.CutOff, From: Date(c.Year, 1, 1), To: c.CutOff, Rows: codesOf(c.ChosenRows(association.KindCode(as.Kind))),
		Values: Fill(rows, r.Values), Texts: r.Texts, NextTargets: r.NextTargets, Rating: r.Rating,
	})
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `
		insert into report_snapshot (ward_id, association_id, report_id, version, action, at, by_name, body) values ($1, $2, $3, 1, 'accept', $4, $5, $6)`,
		tx.Who().Ward, r.Association, id, r.AcceptedAt, r.AcceptedName, body); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `
		insert into report_change (ward_id, association_id, report_id, version, at, by_name, action, sentence) values ($1, $2, $3, 1, $4, $5, 'accept', $6)`,
		tx.Who().Ward, r.Association, id, r.AcceptedAt, r.AcceptedName, fmt.Sprintf("Tiếp nhận báo cáo năm %d (số liệu lịch sử)", c.Year)); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "report.load", Object: "report", ID: int64(id), Association: r.Association})
}

func loadCells(ctx context.Context, tx *db.Tx, id ID, as association.Association, c Campaign, r HistoryReport, rows []Indicator) error {
	var codes, answers []string
	var numbers []*int64
	for _, ind := range rows {
		v, given := r.Values[ind.Code]
		if !given || ind.Computed() {
			continue
		}
		answer, n := v.Columns()
		codes, answers, numbers = append(codes, ind.Code), append(answers, answer), append(numbers, n)
	}
	if _, err := tx.Exec(ctx, `
		insert into report_value (ward_id, association_id, report_id, code, answer, number, version)
		select $1, $2, $3, u.code, u.answer, u.number, 1 from unnest($4::text[], $5::text[], $6::bigint[]) as u (code, answer, number)`,
		tx.Who().Ward, as.ID, id, codes, answers, numbers); err != nil {
		return err
	}
	var sections, bodies, plan []string
	var places []int
	for slot, body := range r.Texts {
		if !slot.Known() {
			return fmt.Errorf("no such box: %s", slot)
		}
		sections, places, bodies = append(sections, string(slot.Section)), append(places, slot.Index), append(bodies, body)
	}
	story := Story{Name: as.Name, Kind: association.KindCode(as.Kind), Year: c.Year, Values: Fill(rows, r.Values)}
	told := Tell(story)
	bases := make([]string, len(sections))
	for i := range sections {
		bases[i] = basisOf(told, Slot{SectionID(sections[i]), places[i]})
	}
	if _, err := tx.Exec(ctx, `
		insert into report_text (ward_id, association_id, report_id, section, slot, body, basis, version)
		select $1, $2, $3, u.section, u.slot, u.body, u.basis, 1 from unnest($4::text[], $5::integer[], $6::text[], $7::text[]) as u (section, slot, body, basis)`,
		tx.Who().Ward, as.ID, id, sections, places, bodies, bases); err != nil {
		return err
	}
	var targets []int64
	for code, v := range r.NextTargets {
		if n, ok := v.Int(); ok {
			plan, targets = append(plan, code), append(targets, n)
		}
	}
	_, err := tx.Exec(ctx, `
		insert into report_target (ward_id, association_id, year, code, number, report_id, version)
		select $1, $2, $3, u.code, u.number, $4, 1 from unnest($5::text[], $6::bigint[]) as u (code, number)`,
		tx.Who().Ward, as.ID, c.Year+1, id, plan, targets)
	return err
}
