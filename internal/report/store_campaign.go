package report

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/association"
	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

var _ = []struct{}{
	db.Explain("campaign_year_unique", "year", "Năm này đã có đợt báo cáo."),
	db.Explain("campaign_year_range", "year", "Ông/bà nhập năm, ví dụ 2026."),
	db.Explain("campaign_deadline_order", "deadline", "Hạn nộp phải từ ngày chốt số liệu trở đi."),
	db.Explain("campaign_closes_order", "close", "Ngày khóa số liệu phải từ hạn nộp trở đi."),
	db.Explain("campaign_opens_order", "opens", "Ngày mở nhập phải trước hạn nộp."),
	db.Explain("campaign_note_length", "note", "Lời dặn dài nhất 4.000 ký tự."),
	db.Explain("campaign_extension_reason_length", FieldReason, "Ông/bà ghi lý do gia hạn, tối đa 500 ký tự."),
}

// annual is the period of every report so far; a half-year report runs on the same tables.
const annual = "nam"

const campaignColumns = `c.id, c.year, c.opens_on as opens, c.cut_off, c.deadline, c.closes_on as close, c.asks_branches as ask_branches,
	c.historical, c.note, c.version`

// chosenRow is one row of campaign_row.
type chosenRow struct {
	Kind association.KindCode
	Code string
}

func (c *Campaign) choose(list []chosenRow) {
	c.Rows = map[association.KindCode][]string{}
	for _, r := range list {
		c.Rows[r.Kind] = append(c.Rows[r.Kind], r.Code)
	}
}

// GetCampaign reads the year's campaign with its rows; NotFound where the ward has opened none.
func GetCampaign(ctx context.Context, tx *db.Tx, year int) (Campaign, error) {
	var found []Campaign
	var chosen []chosenRow
	b := &pgx.Batch{}
	args := pgx.NamedArgs{"ward": tx.Who().Ward, "year": year, "period": annual}
	queue(b, &found, `select `+campaignColumns+` from campaign c where c.ward_id = @ward and c.year = @year and c.period = @period`, args)
	queue(b, &chosen, `
		select r.kind, r.code from campaign_row r join campaign c on c.id = r.campaign_id
		where c.ward_id = @ward and c.year = @year and c.period = @period order by r.kind, r.sort`, args)
	if err := tx.Batch(ctx, b); err != nil {
		return Campaign{}, err
	}
	if len(found) == 0 {
		return Campaign{}, fault.Missing()
	}
	found[0].choose(chosen)
	return found[0], nil
}

// Campaigns lists the ward's campaigns, the newest year first, without their rows.
func Campaigns(ctx context.Context, tx *db.Tx) ([]Campaign, error) {
	return db.All[Campaign](ctx, tx, `
		select `+campaignColumns+` from campaign c where c.ward_id = $1 and c.period = $2 order by c.year desc`, tx.Who().Ward, annual)
}

// check cleans a campaign's fields and says what is wrong with them.
func (c *Campaign) check() error {
	c.Opens, c.CutOff, c.Deadline, c.Close = dateOnly(c.Opens), dateOnly(c.CutOff), dateOnly(c.Deadline), dateOnly(c.Close)
	c.Note = vi.CleanMultiline(c.Note)
	var p fault.Problems
	if c.Year < 1990 || c.Year > 2100 {
		p.Add("year", "Ông/bà nhập năm, ví dụ 2026.")
	}
	if c.Opens.IsZero() {
		p.Add("opens", "Ông/bà nhập ngày mở nhập.")
	}
	if text := c.Calendar(time.Time{}).Problem(); text != "" {
		p.Add("deadline", text)
	}
	for kind, codes := range c.Rows {
		form := ForKind(kind, c.Year)
		for _, code := range codes {
			if !slices.ContainsFunc(form, func(i Indicator) bool { return i.Code == code }) {
				p.Add("rows", "Có chỉ tiêu không thuộc biểu của hội trong năm này. Ông/bà tải lại trang rồi chọn lại.")
			}
		}
	}
	return p.Err()
}

// OpenCampaign opens the round of a year: with it every association gets its report, not begun yet. Only the official may.
func OpenCampaign(ctx context.Context, tx *db.Tx, c Campaign) (CampaignID, error) {
	if !authz.Can(tx.Who(), authz.ManageCampaign, authz.Scope{}) {
		return 0, fault.Denied()
	}
	if err := c.check(); err != nil {
		return 0, err
	}
	id, err := insertCampaign(ctx, tx, c)
	if err != nil {
		return 0, err
	}
	if _, err := tx.Exec(ctx, `
		insert into report (ward_id, campaign_id, association_id)
		select ward_id, $2, id from association where ward_id = $1 and (closed_on is null or closed_on >= $3)`,
		tx.Who().Ward, id, tx.Today()); err != nil {
		return 0, err
	}
	sentence := fmt.Sprintf("Mở đợt báo cáo năm %d: chốt số liệu %s, hạn nộp %s, khóa số liệu sau %s",
		c.Year, dayText(c.CutOff), dayText(c.Deadline), dayText(c.Close))
	return id, noteCampaign(ctx, tx, id, "campaign.open", sentence, nil, c)
}

func insertCampaign(ctx context.Context, tx *db.Tx, c Campaign) (CampaignID, error) {
	id, err := db.Value[CampaignID](ctx, tx, `
		insert into campaign (ward_id, year, period, opens_on, cut_off, deadline, closes_on, asks_branches, historical, note, created_at)
		values (@ward, @year, @period, @opens, @cut_off, @deadline, @close, @ask, @historical, @note, @now) returning id`,
		pgx.NamedArgs{
			"ward": tx.Who().Ward, "year": c.Year, "period": annual, "opens": c.Opens, "cut_off": c.CutOff, "deadline": c.Deadline, "close": c.Close,
			"ask": c.AskBranches, "historical": c.Historical, "note": c.Note, "now": tx.Now(),
		})
	if err != nil {
		return 0, err
	}
	return id, insertRows(ctx, tx, id, c)
}

// insertRows writes the chosen rows of every kind; a kind that was not chosen for has its core rows.
func insertRows(ctx context.Context, tx *db.Tx, id CampaignID, c Campaign) error {
	var kinds, codes []string
	for _, kind := range association.Kinds {
		for _, ind := range c.ChosenRows(kind.Code) {
			kinds, codes = append(kinds, string(kind.Code)), append(codes, ind.Code)
		}
	}
	_, err := tx.Exec(ctx, `
		insert into campaign_row (ward_id, campaign_id, kind, code, sort)
		select $1, $2, u.kind, u.code, u.sort from unnest($3::text[], $4::text[]) with ordinality as u (kind, code, sort)`,
		tx.Who().Ward, id, kinds, codes)
	return err
}

// ChangeCampaign changes dates, rows and words of the year's campaign; c.Version is the one the form was opened with.
func ChangeCampaign(ctx context.Context, tx *db.Tx, year int, c Campaign) error {
	if !authz.Can(tx.Who(), authz.ManageCampaign, authz.Scope{}) {
		return fault.Denied()
	}
	old, err := GetCampaign(ctx, tx, year)
	if err != nil {
		return err
	}
	c.ID, c.Year, c.Historical = old.ID, year, old.Historical
	if c.Rows == nil {
		c.Rows = old.Rows
	}
	if err := c.check(); err != nil {
		return err
	}
	err = tx.Versioned(ctx, `
		update campaign set opens_on = @opens, cut_off = @cut_off, deadline = @deadline, closes_on = @close, asks_branches = @ask, note = @note,
		  version = version + 1
		where id = @id and version = @version`, `select 1 from campaign where id = @id`,
		pgx.NamedArgs{
			"id": c.ID, "version": c.Version, "opens": c.Opens, "cut_off": c.CutOff, "deadline": c.Deadline, "close": c.Close, "ask": c.AskBranches, "note": c.Note,
		})
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `delete from campaign_row where campaign_id = $1`, c.ID); err != nil {
		return err
	}
	if err := insertRows(ctx, tx, c.ID, c); err != nil {
		return err
	}
	return noteCampaign(ctx, tx, c.ID, "campaign.change", "Sửa đợt báo cáo: "+strings.Join(c.differences(old), "; "), old, c)
}

// differences says in phrases what a change of the campaign did.
func (c Campaign) differences(old Campaign) []string {
	var list []string
	for _, d := range []struct {
		name     string
		old, new time.Time
	}{{"ngày mở nhập", old.Opens, c.Opens}, {"ngày chốt số liệu", old.CutOff, c.CutOff}, {"hạn nộp", old.Deadline, c.Deadline}, {"ngày khóa số liệu", old.Close, c.Close}} {
		if !d.old.Equal(d.new) {
			list = append(list, fmt.Sprintf("%s từ %s thành %s", d.name, dayText(d.old), dayText(d.new)))
		}
	}
	for _, kind := range association.Kinds {
		if !slices.Equal(codesOf(c.ChosenRows(kind.Code)), codesOf(old.ChosenRows(kind.Code))) {
			list = append(list, "chỉ tiêu chính của "+kind.ShortName)
		}
	}
	if c.AskBranches != old.AskBranches {
		list = append(list, "việc hỏi chi hội")
	}
	if c.Note != old.Note {
		list = append(list, "lời dặn")
	}
	if len(list) == 0 {
		list = []string{"không đổi nội dung"}
	}
	return list
}

// Extend gives one association until the end of a day. It ends by itself; a later word supersedes an earlier one.
func Extend(ctx context.Context, tx *db.Tx, year int, a association.ID, until time.Time, reason string) error {
	if !authz.Can(tx.Who(), authz.ManageCampaign, authz.Scope{}) {
		return fault.Denied()
	}
	c, err := GetCampaign(ctx, tx, year)
	if err != nil {
		return err
	}
	as, err := association.Get(ctx, tx, a)
	if err != nil {
		return err
	}
	var p fault.Problems
	until, reason = dateOnly(until), vi.Clean(reason)
	switch {
	case until.IsZero():
		p.Add("until", "Ông/bà nhập ngày gia hạn đến.")
	case until.Before(tx.Today()):
		p.Add("until", "Ngày gia hạn đến phải từ hôm nay trở đi.")
	case !until.After(c.Deadline):
		p.Add("until", "Ngày gia hạn đến phải sau hạn nộp chung "+dayText(c.Deadline)+".")
	case until.After(tx.Today().AddDate(1, 0, 0)):
		p.Add("until", "Chỉ gia hạn trong vòng một năm.")
	}
	if reason == "" {
		p.Add(FieldReason, "Ông/bà ghi lý do gia hạn.")
	}
	if err := p.Err(); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `
		insert into campaign_extension (ward_id, campaign_id, association_id, until, reason, at, account_id, by_name)
		values ($1, $2, $3, $4, $5, $6, nullif($7::bigint, 0), $8)`,
		tx.Who().Ward, c.ID, a, until, reason, tx.Now(), tx.Who().User, tx.Who().Name); err != nil {
		return err
	}
	sentence := fmt.Sprintf("Gia hạn cho %s đến hết ngày %s: %s", as.Name, dayText(until), reason)
	return noteCampaign(ctx, tx, c.ID, "campaign.extend", sentence, nil, nil)
}

// Extensions lists the extensions of the year that hold or held, the newest word of each association.
func Extensions(ctx context.Context, tx *db.Tx, year int) ([]Extension, error) {
	return db.All[Extension](ctx, tx, `
		select distinct on (a.sort, a.id) e.association_id as association, a.name, e.until, e.reason, e.at, e.by_name
		from campaign_extension e join campaign c on c.id = e.campaign_id join association a on a.id = e.association_id
		where c.ward_id = $1 and c.year = $2 and c.period = $3 order by a.sort, a.id, e.id desc`, tx.Who().Ward, year, annual)
}

// Gates says for each association that may be read whether figures can be entered today, and until when.
func Gates(ctx context.Context, tx *db.Tx, year int) ([]Gate, error) {
	board, err := Overview(ctx, tx, year)
	if err != nil {
		return nil, err
	}
	list := make([]Gate, len(board.Lines))
	for i, l := range board.Lines {
		list[i] = l.Gate
	}
	return list, nil
}

// CampaignTimeline gives the happenings of a campaign and of the ward's summary, newest first.
func CampaignTimeline(ctx context.Context, tx *db.Tx, year int) ([]Happening, error) {
	return db.All[Happening](ctx, tx, `
		select g.id, 0 as version, g.at, g.by_name, false as on_behalf, g.action, g.sentence
		from campaign_change g join campaign c on c.id = g.campaign_id
		where c.ward_id = $1 and c.year = $2 and c.period = $3 order by g.id desc limit 50`, tx.Who().Ward, year, annual)
}

func noteCampaign(ctx context.Context, tx *db.Tx, id CampaignID, action, sentence string, before, after any) error {
	who := tx.Who()
	if _, err := tx.Exec(ctx, `
		insert into campaign_change (ward_id, campaign_id, at, account_id, by_name, action, sentence, before, after)
		values ($1, $2, $3, nullif($4::bigint, 0), $5, $6, $7, $8, $9)`,
		who.Ward, id, tx.Now(), who.User, who.Name, action, sentence, before, after); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: action, Object: "campaign", ID: int64(id)})
}

// queue adds a statement to a batch and reads its rows into a list by column name.
func queue[T any](b *pgx.Batch, into *[]T, sql string, args pgx.NamedArgs) {
	b.Queue(sql, args).Query(func(rows pgx.Rows) error {
		list, err := pgx.CollectRows(rows, pgx.RowToStructByName[T])
		*into = list
		return err
	})
}
