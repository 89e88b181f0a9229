package activity

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/association"
	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// NewFundEntry is what it takes to write a line into a fund's book.
type NewFundEntry struct {
	Fund        string
	HappenedOn  time.Time
	Category    Category
	Amount      int64 // đồng
	Counterpart string
	Note        string // must say why when the balance falls below zero
}

// signed turns an amount into what it does to the balance, in SQL.
const signed = `case when category = 'OUT' then -amount else amount end`

// AddFundEntry writes a line. A line that would leave the fund below zero on any day needs a note.
func AddFundEntry(ctx context.Context, tx *db.Tx, a association.ID, in NewFundEntry) (FundEntryID, error) {
	if !authz.Can(tx.Who(), authz.WriteDiary, authz.Of(a)) {
		return 0, fault.Missing()
	}
	in.Counterpart, in.Note = vi.Clean(in.Counterpart), vi.CleanMultiline(in.Note)
	if err := in.check(ctx, tx, a); err != nil {
		return 0, err
	}
	// One writer of an association's books at a time: two expenses that fit singly may not fit together.
	if _, err := db.Value[int64](ctx, tx, `select id from association where ward_id = $1 and id = $2 for no key update`, tx.Who().Ward, a); err != nil {
		return 0, err
	}
	id, err := db.Value[FundEntryID](ctx, tx, `
		insert into fund_entry (ward_id, association_id, fund, happened_on, category, amount, counterpart, note, created_at, created_by)
		values (@ward, @association, @fund, @on, @category, @amount, @counterpart, @note, @now, @by) returning id`,
		pgx.NamedArgs{"ward": tx.Who().Ward, "association": a, "fund": in.Fund, "on": in.HappenedOn, "category": in.Category, "amount": in.Amount,
			"counterpart": in.Counterpart, "note": in.Note, "now": tx.Now(), "by": tx.Who().Name})
	if err != nil {
		return 0, err
	}
	if err := in.refuseOverdraft(ctx, tx, a); err != nil {
		return 0, err
	}
	f, _ := FundByCode(in.Fund)
	sentence := fmt.Sprintf("%s, ngày %s: %s %s", f.Label, vi.ShortDate(in.HappenedOn), vi.LowerFirst(in.Category.Label()), vi.Dong(in.Amount))
	if err := note(ctx, tx, change{association: a, object: "fund_entry", id: int64(id), sentence: sentence, after: in}); err != nil {
		return 0, err
	}
	return id, audit.Record(ctx, tx, audit.Event{Action: "fund.add", Object: "fund_entry", ID: int64(id), Association: a})
}

func (in NewFundEntry) check(ctx context.Context, tx *db.Tx, a association.ID) error {
	as, err := association.Get(ctx, tx, a)
	if err != nil {
		return err
	}
	var p fault.Problems
	if !slices.ContainsFunc(FundsFor(association.KindCode(as.Kind)), func(f Fund) bool { return f.Code == in.Fund }) {
		p.Add("fund", "Chọn quỹ.")
	}
	if !slices.Contains(Categories, in.Category) {
		p.Add("category", "Chọn loại thu, chi.")
	}
	switch {
	case in.HappenedOn.IsZero():
		p.Add("happened_on", "Nhập ngày thu, chi.")
	case in.HappenedOn.After(tx.Today()):
		p.Add("happened_on", "Ngày thu, chi không thể sau hôm nay.")
	case in.HappenedOn.Year() < 1990:
		p.Add("happened_on", "Ngày thu, chi quá xa. Xin xem lại năm.")
	}
	if in.Amount <= 0 {
		p.Add("amount", "Nhập số tiền lớn hơn 0.")
	}
	return p.Err()
}

// refuseOverdraft looks at the end of every day from the new line on.
func (in NewFundEntry) refuseOverdraft(ctx context.Context, tx *db.Tx, a association.ID) error {
	if in.Category != Spent || in.Note != "" {
		return nil
	}
	lowest, err := db.Value[int64](ctx, tx, `
		select coalesce(min(balance), 0)::bigint from (
		  select happened_on, sum(`+signed+`) over (order by happened_on) as balance from fund_entry
		  where ward_id = $1 and association_id = $2 and fund = $3 and removed_at is null) d
		where happened_on >= $4`, tx.Who().Ward, a, in.Fund, in.HappenedOn)
	if err != nil || lowest >= 0 {
		return err
	}
	return fault.At("note", fmt.Sprintf("Khoản chi này làm quỹ thiếu %s. Xem lại số tiền, hoặc ghi chú lý do để vẫn lưu.", vi.Dong(-lowest)))
}

// RemoveFundEntry takes a line out of the book; it stays readable with its reason.
func RemoveFundEntry(ctx context.Context, tx *db.Tx, id FundEntryID, version int, reason string) error {
	a, err := db.Value[association.ID](ctx, tx, `select association_id from fund_entry where ward_id = $1 and id = $2`, tx.Who().Ward, id)
	if err != nil {
		return err
	}
	if !authz.Can(tx.Who(), authz.WriteDiary, authz.Of(a)) {
		return fault.Missing()
	}
	if reason = vi.Clean(reason); reason == "" {
		return fault.At("reason", "Ghi lý do bỏ khoản này.")
	}
	err = tx.Versioned(ctx, `
		update fund_entry set removed_at = @now, removed_reason = @reason, version = version + 1
		where id = @id and version = @version and removed_at is null`, `select 1 from fund_entry where id = @id`,
		pgx.NamedArgs{"id": id, "version": version, "now": tx.Now(), "reason": reason})
	if err != nil {
		return err
	}
	if err := note(ctx, tx, change{association: a, object: "fund_entry", id: int64(id), sentence: "Bỏ một khoản trong sổ quỹ: " + reason}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "fund.remove", Object: "fund_entry", ID: int64(id), Association: a, Reason: reason})
}

// FundBook gives the lines of a fund between two days (both included), oldest first, each with the balance after it.
func FundBook(ctx context.Context, tx *db.Tx, a association.ID, fund string, from, to time.Time) ([]FundEntry, error) {
	return db.All[FundEntry](ctx, tx, `
		select * from (
		  select id, association_id, fund, happened_on, category, amount, counterpart, note, removed_at, removed_reason, created_at, created_by, version,
		    coalesce(sum(case when removed_at is null then `+signed+` end) over (order by happened_on, id), 0)::bigint as balance
		  from fund_entry where ward_id = $1 and association_id = $2 and fund = $3) b
		where happened_on between $4 and $5 order by happened_on, id`, tx.Who().Ward, a, fund, from, to)
}

// FundSums computes the rows of the funds: what there was before the period, what came in by category, what went out, and
// what remains (G7: close = open + in − out holds by construction). The opening of a book counts as opening balance
// wherever in the period it stands. GEN.FUND.* add up the association's own funds, never its special ones.
func FundSums(ctx context.Context, tx *db.Tx, a association.ID, from, to time.Time) (map[string]Sum, error) {
	type part struct {
		Fund     string
		Category Category
		Before   bool
		Total    int64
		Entries  int
	}
	list, err := db.All[part](ctx, tx, `
		select fund, category, happened_on < $3 as before, sum(amount)::bigint as total, count(*)::integer as entries
		from fund_entry where ward_id = $1 and association_id = $2 and happened_on <= $4 and removed_at is null
		group by fund, category, happened_on < $3`, tx.Who().Ward, a, from, to)
	if err != nil {
		return nil, err
	}
	out := map[string]Sum{}
	add := func(code string, n int64, entries int) {
		if code != "" {
			out[code] = Sum{out[code].Value + n, out[code].Entries + entries}
		}
	}
	for _, p := range list {
		f, ok := FundByCode(p.Fund)
		if !ok {
			continue
		}
		n := p.Total
		if p.Category == Spent {
			n = -n
		}
		add(f.Close, n, p.Entries)
		incoming := !p.Before && p.Category != Opening && p.Category != Spent
		if incoming {
			add(f.In, p.Total, p.Entries)
		}
		if !f.General {
			continue
		}
		add("GEN.FUND.CLOSE", n, p.Entries)
		switch {
		case p.Before || p.Category == Opening:
			add("GEN.FUND.OPEN", n, p.Entries)
		default:
			add("GEN.FUND."+string(p.Category), p.Total, p.Entries)
		}
	}
	return out, nil
}
