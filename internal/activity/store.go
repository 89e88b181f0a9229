package activity

import (
	"context"
	"fmt"
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

const entryColumns = `e.id, e.association_id, e.branch_id, coalesce(b.name, '') as branch_name, e.happened_on, e.kind, e.quantity, e.people, e.amount, e.source,
	e.for_whom, e.note, e.removed_at, e.removed_reason, e.created_at, e.created_by, e.version`

// Get reads one entry.
func Get(ctx context.Context, tx *db.Tx, id ID) (Entry, error) {
	return db.One[Entry](ctx, tx, `
		select `+entryColumns+` from activity e left join branch b on b.id = e.branch_id where e.ward_id = $1 and e.id = $2`, tx.Who().Ward, id)
}

// Filter narrows the diary's list. The zero Filter is everything the principal may see, the newest first.
type Filter struct {
	Association association.ID
	Branch      association.BranchID
	Kinds       []string  // any of them; nil = every kind
	From, To    time.Time // both days included; zero = open
	Removed     bool      // with the entries taken out
}

// Cursor is a place in the list: the last entry seen.
type Cursor struct {
	On time.Time
	ID ID
}

// List gives at most limit entries after the cursor (nil = from the newest), and the cursor of the next page or nil.
func List(ctx context.Context, tx *db.Tx, f Filter, after *Cursor, limit int) ([]Entry, *Cursor, error) {
	where := []string{"e.ward_id = @ward"}
	args := pgx.NamedArgs{"ward": tx.Who().Ward, "limit": limit + 1}
	add := func(on bool, clause, name string, value any) {
		if on {
			where = append(where, clause)
			args[name] = value
		}
	}
	add(f.Association != 0, "e.association_id = @association", "association", f.Association)
	add(f.Branch != 0, "e.branch_id = @branch", "branch", f.Branch)
	add(f.Kinds != nil, "e.kind = any (@kinds)", "kinds", f.Kinds)
	add(!f.From.IsZero(), "e.happened_on >= @from", "from", f.From)
	add(!f.To.IsZero(), "e.happened_on <= @to", "to", f.To)
	if !f.Removed {
		where = append(where, "e.removed_at is null")
	}
	if after != nil {
		where = append(where, "(e.happened_on, e.id) < (@on::date, @id::bigint)")
		args["on"], args["id"] = after.On, after.ID
	}
	list, err := db.All[Entry](ctx, tx, `
		select `+entryColumns+` from activity e left join branch b on b.id = e.branch_id
		where `+strings.Join(where, " and ")+` order by e.happened_on desc, e.id desc limit @limit`, args)
	if err != nil || len(list) <= limit {
		return list, nil, err
	}
	last := list[limit-1]
	return list[:limit], &Cursor{last.HappenedOn, last.ID}, nil
}

func scope(a association.ID, b *association.BranchID) authz.Scope {
	if b == nil {
		return authz.Of(a)
	}
	return authz.At(a, *b)
}

func branchOf(id association.BranchID) *association.BranchID {
	if id == 0 {
		return nil
	}
	return &id
}

// Add writes an entry. Heads of branches write those of their own branch only.
func Add(ctx context.Context, tx *db.Tx, a association.ID, in Details) (ID, error) {
	if !authz.Can(tx.Who(), authz.WriteDiary, scope(a, branchOf(in.Branch))) {
		return 0, fault.Missing()
	}
	if err := in.check(ctx, tx, a); err != nil {
		return 0, err
	}
	args := in.args()
	args["ward"], args["association"], args["now"], args["by"] = tx.Who().Ward, a, tx.Now(), tx.Who().Name
	id, err := db.Value[ID](ctx, tx, `
		insert into activity (ward_id, association_id, branch_id, happened_on, kind, quantity, people, amount, source, for_whom, note, created_at, created_by)
		values (@ward, @association, @branch, @happened_on, @kind, @quantity, @people, @amount, @source, @for_whom, @note, @now, @by)
		returning id`, args)
	if err != nil {
		return 0, err
	}
	k, _ := KindByCode(in.Kind)
	sentence := fmt.Sprintf("Ghi sổ ngày %s: %s, %s", vi.ShortDate(in.HappenedOn), vi.LowerFirst(k.Label), in.amounts(k))
	if err := note(ctx, tx, change{association: a, branch: branchOf(in.Branch), object: "activity", id: int64(id), sentence: sentence, after: in}); err != nil {
		return 0, err
	}
	return id, audit.Record(ctx, tx, audit.Event{Action: "activity.add", Object: "activity", ID: int64(id), Association: a})
}

func (in Details) args() pgx.NamedArgs {
	return pgx.NamedArgs{
		"branch": branchOf(in.Branch), "happened_on": in.HappenedOn, "kind": in.Kind, "quantity": in.Quantity, "people": in.People, "amount": in.Amount,
		"source": in.Source, "for_whom": in.ForWhom, "note": in.Note,
	}
}

// amounts says how much in words of the kind: "2 lượt, 400.000 đồng".
func (in Details) amounts(k Kind) string {
	s := vi.Int(in.Quantity) + " " + k.Unit
	if in.People > 0 {
		s += ", " + vi.Int(in.People) + " người"
	}
	if in.Amount > 0 {
		s += ", " + vi.Dong(in.Amount)
	}
	return s
}

// check cleans the fields and holds them against the kind of association and the calendar.
func (in *Details) check(ctx context.Context, tx *db.Tx, a association.ID) error {
	as, err := association.Get(ctx, tx, a)
	if err != nil {
		return err
	}
	in.Note = vi.CleanMultiline(in.Note)
	if in.ForWhom == "" {
		in.ForWhom = "none"
	}
	var p fault.Problems
	k, ok := KindByCode(in.Kind)
	switch {
	case in.HappenedOn.IsZero():
		p.Add("happened_on", "Nhập ngày diễn ra.")
	case in.HappenedOn.After(tx.Today()):
		p.Add("happened_on", "Sổ chỉ ghi việc đã làm: ngày diễn ra không thể sau hôm nay.")
	case in.HappenedOn.Year() < 1990:
		p.Add("happened_on", "Ngày diễn ra quá xa. Xin xem lại năm.")
	}
	if !ok || !k.For(association.KindCode(as.Kind), in.year()) {
		p.Add("kind", "Chọn loại việc.")
		return p.Err()
	}
	if in.Quantity < 1 {
		p.Add("quantity", fmt.Sprintf("Nhập số %s, ít nhất là 1.", k.Unit))
	}
	in.fit(k, &p)
	return p.Err()
}

func (in *Details) year() int {
	if in.HappenedOn.IsZero() {
		return 0
	}
	return in.HappenedOn.Year()
}

// fit drops what the kind does not ask for and says what goes together.
func (in *Details) fit(k Kind, p *fault.Problems) {
	if k.PeopleLabel == "" {
		in.People = 0
	}
	if !k.Money {
		in.Amount = 0
	}
	switch {
	case in.Amount == 0:
		in.Source = ""
	case in.Source == "":
		p.Add("source", "Chọn nguồn tiền.")
	}
}

// Change corrects an entry; version is the one the form was opened with. Who may write both the old and the new branch may.
func Change(ctx context.Context, tx *db.Tx, id ID, version int, in Details) error {
	e, err := Get(ctx, tx, id)
	if err != nil {
		return err
	}
	who := tx.Who()
	if !authz.Can(who, authz.WriteDiary, scope(e.AssociationID, e.BranchID)) || !authz.Can(who, authz.WriteDiary, scope(e.AssociationID, branchOf(in.Branch))) {
		return fault.Missing()
	}
	if e.RemovedAt != nil {
		return fault.New(fault.Conflict, "Dòng sổ này đã được bỏ, không sửa được nữa.")
	}
	if err := in.check(ctx, tx, e.AssociationID); err != nil {
		return err
	}
	args := in.args()
	args["id"], args["version"] = id, version
	err = tx.Versioned(ctx, `
		update activity set branch_id = @branch, happened_on = @happened_on, kind = @kind, quantity = @quantity, people = @people, amount = @amount,
		  source = @source, for_whom = @for_whom, note = @note, version = version + 1
		where id = @id and version = @version and removed_at is null`, `select 1 from activity where id = @id`, args)
	if err != nil {
		return err
	}
	k, _ := KindByCode(in.Kind)
	sentence := fmt.Sprintf("Sửa dòng sổ ngày %s: %s, %s", vi.ShortDate(in.HappenedOn), vi.LowerFirst(k.Label), in.amounts(k))
	if err := note(ctx, tx, change{association: e.AssociationID, branch: branchOf(in.Branch), object: "activity", id: int64(id), sentence: sentence, before: e, after: in}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "activity.change", Object: "activity", ID: int64(id), Association: e.AssociationID})
}

// Remove takes an entry out of every sum; it stays readable with its reason.
func Remove(ctx context.Context, tx *db.Tx, id ID, version int, reason string) error {
	e, err := Get(ctx, tx, id)
	if err != nil {
		return err
	}
	if !authz.Can(tx.Who(), authz.WriteDiary, scope(e.AssociationID, e.BranchID)) {
		return fault.Missing()
	}
	if reason = vi.Clean(reason); reason == "" {
		return fault.At("reason", "Ghi lý do bỏ dòng sổ này, ví dụ: ghi hai lần.")
	}
	err = tx.Versioned(ctx, `
		update activity set removed_at = @now, removed_reason = @reason, version = version + 1
		where id = @id and version = @version and removed_at is null`, `select 1 from activity where id = @id`,
		pgx.NamedArgs{"id": id, "version": version, "now": tx.Now(), "reason": reason})
	if err != nil {
		return err
	}
	k, _ := KindByCode(e.Kind)
	sentence := fmt.Sprintf("Bỏ dòng sổ ngày %s (%s): %s", vi.ShortDate(e.HappenedOn), vi.LowerFirst(k.Label), reason)
	if err := note(ctx, tx, change{association: e.AssociationID, branch: e.BranchID, object: "activity", id: int64(id), sentence: sentence, before: e}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "activity.remove", Object: "activity", ID: int64(id), Association: e.AssociationID, Reason: reason})
}

// SetBeneficiaries replaces the ledger of an entry: who received what, in order.
func SetBeneficiaries(ctx context.Context, tx *db.Tx, id ID, list []Beneficiary) error {
	e, err := Get(ctx, tx, id)
	if err != nil {
		return err
	}
	if !authz.Can(tx.Who(), authz.WriteDiary, scope(e.AssociationID, e.BranchID)) {
		return fault.Missing()
	}
	if _, err := tx.Exec(ctx, `delete from beneficiary where activity_id = $1`, id); err != nil {
		return err
	}
	n := len(list)
	kinds, names, notes := make([]string, n), make([]string, n), make([]string, n)
	people, amounts, days := make([]*authz.PersonID, n), make([]int64, n), make([]*time.Time, n)
	for i, b := range list {
		kinds[i], names[i], notes[i], people[i], amounts[i], days[i] = b.Kind, vi.Clean(b.Name), vi.Clean(b.Note), b.PersonID, b.Amount, b.ReceivedOn
	}
	if _, err := tx.Exec(ctx, `
		insert into beneficiary (ward_id, association_id, branch_id, activity_id, sort, kind, person_id, name, amount, received_on, note)
		select $1, $2, $3, $4, u.sort, u.kind, u.person, u.name, u.amount, u.day, u.note
		from unnest($5::text[], $6::bigint[], $7::text[], $8::bigint[], $9::date[], $10::text[]) with ordinality as u (kind, person, name, amount, day, note, sort)`,
		tx.Who().Ward, e.AssociationID, e.BranchID, id, kinds, people, names, amounts, days, notes); err != nil {
		return err
	}
	sentence := fmt.Sprintf("Ghi danh sách %s người nhận", vi.Int(n))
	if err := note(ctx, tx, change{association: e.AssociationID, branch: e.BranchID, object: "activity", id: int64(id), sentence: sentence}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "activity.beneficiaries", Object: "activity", ID: int64(id), Association: e.AssociationID})
}

// Beneficiaries lists who received something at an entry.
func Beneficiaries(ctx context.Context, tx *db.Tx, id ID) ([]Beneficiary, error) {
	return db.All[Beneficiary](ctx, tx, `
		select kind, person_id, name, amount, received_on, note from beneficiary where ward_id = $1 and activity_id = $2 order by sort, id`, tx.Who().Ward, id)
}
