package association

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// ID names an association, BranchID one of its branches.
type (
	ID       = authz.AssociationID
	BranchID = authz.BranchID
)

// Association is one of the ward's associations.
type Association struct {
	ID        ID
	Kind      string // code of the kind registry
	Slug      string
	Name      string
	ShortName string
	About     string
	History   string
	Symbol    string
	Sort      int
	BchQuota  *int // seats of the Ban Chấp hành; nil = not set
	Contact   string
	Version   int
}

// Branch is a branch (chi hội) of an association.
type Branch struct {
	ID            BranchID
	AssociationID ID
	Name          string
	Sort          int
	Listed        bool   // false: kept by number only
	Place         string // group, school, agency, clan, other
	OpenedOn      time.Time
	ClosedOn      *time.Time
	Version       int
	GroupNames    []string // residential groups it covers
}

// New is what it takes to register an association.
type New struct {
	Kind, Slug, Name, ShortName, About, History, Symbol, Contact string
	Sort                                                         int
	BchQuota                                                     int // 0 = not set
	OpenedOn                                                     time.Time
}

var _ = []struct{}{
	db.Explain("association_slug_unique", "slug", "Đã có hội dùng địa chỉ này."),
	db.Explain("association_slug_format", "slug", "Địa chỉ gồm chữ thường không dấu, số và dấu gạch nối."),
	db.Explain("association_name_length", "name", "Nhập tên hội, từ 2 đến 160 ký tự."),
	db.Explain("association_quota_range", "bch_quota", "Số ủy viên Ban Chấp hành từ 1 đến 99."),
	db.Explain("branch_name_unique", "name", "Hội đã có chi hội mang tên này."),
	db.Explain("branch_name_length", "name", "Nhập tên chi hội, tối đa 120 ký tự."),
	db.Explain("branch_dates_order", "closed_on", "Ngày kết thúc phải sau ngày thành lập."),
	db.Explain("branch_count_members_range", "members", "Số hội viên từ 0 đến 100.000."),
	db.Explain("branch_count_female_range", "female", "Số nữ không thể nhiều hơn tổng số hội viên."),
	db.Explain("branch_count_day_unique", "counted_on", "Ngày này đã có số liệu của chi hội."),
}

const columns = `id, kind, slug, name, short_name, about, history, symbol, sort, bch_quota, contact, version`

// Create registers an association; officials and set-up may.
func Create(ctx context.Context, tx *db.Tx, in New) (ID, error) {
	if !authz.Can(tx.Who(), authz.WriteAssociation, authz.Scope{}) {
		return 0, fault.Denied()
	}
	id, err := db.Value[ID](ctx, tx, `
		insert into association (ward_id, kind, slug, name, short_name, about, history, symbol, contact, sort, bch_quota, opened_on)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, nullif($11, 0), $12) returning id`,
		tx.Who().Ward, in.Kind, in.Slug, vi.Clean(in.Name), vi.Clean(in.ShortName), vi.CleanMultiline(in.About), vi.CleanMultiline(in.History),
		in.Symbol, vi.Clean(in.Contact), in.Sort, in.BchQuota, in.OpenedOn)
	if err != nil {
		return 0, err
	}
	if err := note(ctx, tx, id, 0, "Lập hội trong hệ thống: "+vi.Clean(in.Name)); err != nil {
		return 0, err
	}
	return id, audit.Record(ctx, tx, audit.Event{Action: "association.add", Object: "association", ID: int64(id), Association: id})
}

// List gives the ward's associations in their order; they are public.
func List(ctx context.Context, tx *db.Tx) ([]Association, error) {
	return db.All[Association](ctx, tx, `
		select `+columns+` from association
		where ward_id = $1 and (closed_on is null or closed_on >= $2) order by sort, id`, tx.Who().Ward, tx.Today())
}

// Get reads one association.
func Get(ctx context.Context, tx *db.Tx, id ID) (Association, error) {
	return db.One[Association](ctx, tx, `select `+columns+` from association where ward_id = $1 and id = $2`, tx.Who().Ward, id)
}

// Find reads one association by its address.
func Find(ctx context.Context, tx *db.Tx, slug string) (Association, error) {
	return db.One[Association](ctx, tx, `select `+columns+` from association where ward_id = $1 and slug = $2`, tx.Who().Ward, slug)
}

const branchColumns = `b.id, b.association_id, b.name, b.sort, b.listed, b.place, b.opened_on, b.closed_on, b.version,
	coalesce((select array_agg(g.name order by g.number, g.name) from branch_group bg join residential_group g on g.id = bg.group_id where bg.branch_id = b.id), '{}') as group_names`

// Branches lists the branches open on the day, in their order. Association 0 means all of the ward.
func Branches(ctx context.Context, tx *db.Tx, a ID, on time.Time) ([]Branch, error) {
	return db.All[Branch](ctx, tx, `
		select `+branchColumns+` from branch b
		where b.ward_id = $1 and ($2 = 0 or b.association_id = $2) and b.opened_on <= $3 and (b.closed_on is null or b.closed_on >= $3)
		order by b.association_id, b.sort, b.id`, tx.Who().Ward, a, on)
}

// GetBranch reads one branch.
func GetBranch(ctx context.Context, tx *db.Tx, id BranchID) (Branch, error) {
	return db.One[Branch](ctx, tx, `select `+branchColumns+` from branch b where b.ward_id = $1 and b.id = $2`, tx.Who().Ward, id)
}

// NewBranch is what it takes to open a branch.
type NewBranch struct {
	Association ID
	Name        string
	Sort        int
	NumberOnly  bool // kept by number only: no roster, dated counts with a source
	Place       string
	Groups      []authz.GroupID
	OpenedOn    time.Time
}

// places are what a branch may stand in: a residential group, a school, an agency, a clan, another thing.
var places = []string{"group", "school", "agency", "clan", "other"}

// AddBranch opens a branch.
func AddBranch(ctx context.Context, tx *db.Tx, in NewBranch) (BranchID, error) {
	if !authz.Can(tx.Who(), authz.WriteAssociation, authz.Of(in.Association)) {
		return 0, fault.Missing()
	}
	if in.Place == "" {
		in.Place = "group"
	}
	if !slices.Contains(places, in.Place) {
		return 0, fault.At("place", "Chọn một loại chi hội có trong danh sách.")
	}
	id, err := db.Value[BranchID](ctx, tx, `
		insert into branch (ward_id, association_id, name, sort, listed, place, opened_on) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
		tx.Who().Ward, in.Association, vi.Clean(in.Name), in.Sort, !in.NumberOnly, in.Place, in.OpenedOn)
	if err != nil {
		return 0, err
	}
	if len(in.Groups) > 0 {
		if _, err := tx.Exec(ctx, `insert into branch_group (ward_id, branch_id, group_id) select $1, $2, g from unnest($3::bigint[]) g`,
			tx.Who().Ward, id, in.Groups); err != nil {
			return 0, err
		}
	}
	if err := note(ctx, tx, in.Association, id, "Thành lập "+vi.Clean(in.Name)); err != nil {
		return 0, err
	}
	return id, audit.Record(ctx, tx, audit.Event{Action: "branch.add", Object: "branch", ID: int64(id), Association: in.Association})
}

// RenameBranch changes name and order of a branch; version is the one the form was opened with.
func RenameBranch(ctx context.Context, tx *db.Tx, id BranchID, version int, name string, sort int) error {
	b, err := GetBranch(ctx, tx, id)
	if err != nil {
		return err
	}
	if !authz.Can(tx.Who(), authz.WriteAssociation, authz.Of(b.AssociationID)) {
		return fault.Missing()
	}
	name = vi.Clean(name)
	err = tx.Versioned(ctx, `update branch set name = @name, sort = @sort, version = version + 1 where id = @id and version = @version`,
		`select 1 from branch where id = @id`, pgx.NamedArgs{"id": id, "version": version, "name": name, "sort": sort})
	if err != nil {
		return err
	}
	sentence := fmt.Sprintf("Đổi tên %s thành %s", b.Name, name)
	if name == b.Name {
		sentence = fmt.Sprintf("Sửa thứ tự của %s trong danh sách", b.Name)
	}
	if err := noteChange(ctx, tx, b.AssociationID, id, sentence, BranchNaming{b.Name, b.Sort, b.Version}, BranchNaming{name, sort, b.Version + 1}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "branch.change", Object: "branch", ID: int64(id), Association: b.AssociationID, Fields: []string{"name", "sort"}})
}

// CloseBranch ends a branch on a day. Members must have been moved before; member asks that question.
func CloseBranch(ctx context.Context, tx *db.Tx, id BranchID, version int, on time.Time, reason string) error {
	b, err := GetBranch(ctx, tx, id)
	if err != nil {
		return err
	}
	if !authz.Can(tx.Who(), authz.WriteAssociation, authz.Of(b.AssociationID)) {
		return fault.Missing()
	}
	if b.ClosedOn != nil {
		return fault.New(fault.Conflict, "Chi hội này đã kết thúc từ trước.")
	}
	if reason = vi.Clean(reason); reason == "" {
		return fault.At("reason", "Ghi lý do kết thúc chi hội.")
	}
	err = tx.Versioned(ctx, `update branch set closed_on = @on, version = version + 1 where id = @id and version = @version`,
		`select 1 from branch where id = @id`, pgx.NamedArgs{"id": id, "version": version, "on": on})
	if err != nil {
		return err
	}
	if err := note(ctx, tx, b.AssociationID, id, fmt.Sprintf("Kết thúc %s từ %s: %s", b.Name, vi.ShortDate(on), reason)); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "branch.close", Object: "branch", ID: int64(id), Association: b.AssociationID, Fields: []string{"closed_on"}, Reason: reason})
}

// Count is a dated count of a branch that is kept by number only.
type Count struct {
	Branch    BranchID
	CountedOn time.Time
	Members   int
	Female    *int
	Source    string
}

// AddCount notes a count. Counts are never changed: a later day supersedes.
func AddCount(ctx context.Context, tx *db.Tx, in Count) error {
	b, err := GetBranch(ctx, tx, in.Branch)
	if err != nil {
		return err
	}
	if !authz.Can(tx.Who(), authz.WriteRoster, authz.At(b.AssociationID, b.ID)) {
		return fault.Missing()
	}
	if b.Listed {
		return fault.New(fault.Invalid, "Chi hội này có danh sách hội viên, nên số hội viên lấy từ danh sách.")
	}
	if in.CountedOn.After(tx.Today()) {
		return fault.At("counted_on", "Ngày đếm chưa đến. Ghi ngày hôm nay hoặc trước đó.")
	}
	if in.Source = vi.Clean(in.Source); in.Source == "" {
		return fault.At("source", "Ghi số này lấy từ đâu, ví dụ: Nhà trường báo ngày 10/11.")
	}
	if _, err := tx.Exec(ctx, `
		insert into branch_count (ward_id, association_id, branch_id, counted_on, members, female, source, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.Who().Ward, b.AssociationID, in.Branch, in.CountedOn, in.Members, in.Female, in.Source, tx.Now()); err != nil {
		return err
	}
	sentence := fmt.Sprintf("%s có %s hội viên, tính đến %s", b.Name, vi.Int(int64(in.Members)), vi.ShortDate(in.CountedOn))
	if err := note(ctx, tx, b.AssociationID, b.ID, sentence); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "branch.count", Object: "branch", ID: int64(b.ID), Association: b.AssociationID})
}

// CountsAt gives the latest count of each number-only branch on the day.
func CountsAt(ctx context.Context, tx *db.Tx, a ID, on time.Time) ([]Count, error) {
	return db.All[Count](ctx, tx, `
		select distinct on (c.branch_id) c.branch_id as branch, c.counted_on, c.members, c.female, c.source
		from branch_count c join branch b on b.id = c.branch_id
		where c.ward_id = $1 and ($2 = 0 or c.association_id = $2) and c.counted_on <= $3 and not b.listed
		  and b.opened_on <= $3 and (b.closed_on is null or b.closed_on >= $3)
		order by c.branch_id, c.counted_on desc`, tx.Who().Ward, a, on)
}

// Happening is one sentence of the timeline.
type Happening struct {
	ID       int64
	At       time.Time
	ByName   string
	OnBehalf bool
	Sentence string
}

// Timeline gives the newest happenings of an association and its branches.
func Timeline(ctx context.Context, tx *db.Tx, a ID, limit int) ([]Happening, error) {
	return db.All[Happening](ctx, tx, `
		select id, at, by_name, on_behalf, sentence from association_change where association_id = $1 order by id desc limit $2`, a, limit)
}

func note(ctx context.Context, tx *db.Tx, a ID, b BranchID, sentence string) error {
	return noteChange(ctx, tx, a, b, sentence, nil, nil)
}

func noteChange(ctx context.Context, tx *db.Tx, a ID, b BranchID, sentence string, before, after any) error {
	who := tx.Who()
	_, err := tx.Exec(ctx, `
		insert into association_change (ward_id, association_id, branch_id, at, account_id, by_name, on_behalf, sentence, before, after)
		values ($1, $2, nullif($3::bigint, 0), $4, nullif($5::bigint, 0), $6, $7, $8, $9, $10)`,
		who.Ward, a, b, tx.Now(), who.User, who.Name, authz.OnBehalf(who, authz.Of(a)), sentence, before, after)
	return err
}

// BranchNaming is what RenameBranch changes, at a version.
type BranchNaming struct {
	Name    string
	Sort    int
	Version int
}

// BranchPast is a branch's name and place as they stood at a version, with who saved last since then, and when.
type BranchPast struct {
	BranchNaming
	By string
	At time.Time
}

// BranchAtVersion gives name and place of a branch at an older version, from the timeline. Without a later change it is NotFound.
func BranchAtVersion(ctx context.Context, tx *db.Tx, id BranchID, version int) (BranchPast, error) {
	rows, err := db.All[struct {
		Before BranchNaming
		ByName string
		At     time.Time
	}](ctx, tx, `
		select before, by_name, at from association_change
		where ward_id = $1 and branch_id = $2 and (before ->> 'Version')::integer >= $3 order by (before ->> 'Version')::integer`, tx.Who().Ward, id, version)
	if err != nil {
		return BranchPast{}, err
	}
	if len(rows) == 0 || rows[0].Before.Version != version {
		return BranchPast{}, fault.Missing()
	}
	last := rows[len(rows)-1]
	return BranchPast{BranchNaming: rows[0].Before, By: last.ByName, At: last.At}, nil
}

// CountsOf gives every dated count of a branch that is kept by number only, the newest first.
func CountsOf(ctx context.Context, tx *db.Tx, b BranchID) ([]Count, error) {
	return db.All[Count](ctx, tx, `
		select branch_id as branch, counted_on, members, female, source from branch_count where ward_id = $1 and branch_id = $2 order by counted_on desc`, tx.Who().Ward, b)
}
