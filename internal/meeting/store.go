package meeting

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

const columns = `m.id, m.association_id, m.branch_id, coalesce(b.name, '') as branch_name,
	coalesce((select array_agg(p.association_id order by p.association_id) from meeting_association p where p.meeting_id = m.id), '{}') as associations,
	m.kind, m.title, m.starts_at, m.ends_at, m.place, m.state, m.public, m.chair_name, m.conclusion, m.state_reason, m.invited, m.present, m.excused, m.absent, m.version`

const tables = `meeting m left join branch b on b.id = m.branch_id`

// Get reads one meeting that the principal may see.
func Get(ctx context.Context, tx *db.Tx, id ID) (Meeting, error) {
	return db.One[Meeting](ctx, tx, `select `+columns+` from `+tables+` where m.ward_id = $1 and m.id = $2`, tx.Who().Ward, id)
}

// Cursor is a place in the list: the last meeting seen.
type Cursor struct {
	StartsAt time.Time
	ID       ID
}

// List gives the meetings that the principal may see, the latest first, after the cursor (nil = from the top), and the
// cursor of the next page or nil. Association 0 means all; otherwise those it called or takes part in.
func List(ctx context.Context, tx *db.Tx, a association.ID, after *Cursor, limit int) ([]Meeting, *Cursor, error) {
	args := pgx.NamedArgs{"ward": tx.Who().Ward, "association": a, "limit": limit + 1, "at": nil, "id": nil}
	if after != nil {
		args["at"], args["id"] = after.StartsAt, after.ID
	}
	list, err := db.All[Meeting](ctx, tx, `
		select `+columns+` from `+tables+`
		where m.ward_id = @ward
		  and (@association::bigint = 0 or m.association_id = @association or exists (select 1 from meeting_association p where p.meeting_id = m.id and p.association_id = @association))
		  and (@at::timestamptz is null or (m.starts_at, m.id) < (@at::timestamptz, @id::bigint))
		order by m.starts_at desc, m.id desc limit @limit`, args)
	if err != nil || len(list) <= limit {
		return list, nil, err
	}
	last := list[limit-1]
	return list[:limit], &Cursor{last.StartsAt, last.ID}, nil
}

// Upcoming lists the announced public meetings from now on, the next one first. Everybody may ask; running ones stay in
// the list until they are closed.
func Upcoming(ctx context.Context, tx *db.Tx, limit int) ([]Meeting, error) {
	return db.All[Meeting](ctx, tx, `
		select `+columns+` from `+tables+`
		where m.ward_id = $1 and m.public and (m.state = 'invited' and m.starts_at >= $2 or m.state = 'running')
		order by m.starts_at, m.id limit $3`, tx.Who().Ward, tx.Now(), limit)
}

func (m Meeting) scope() authz.Scope {
	var s authz.Scope
	if m.AssociationID != nil {
		s.Association = *m.AssociationID
	}
	if m.BranchID != nil {
		s.Branch = *m.BranchID
	}
	return s
}

// mayWrite: a meeting of the ward is the officials' own; the others are their association's or branch's.
func mayWrite(who authz.Who, s authz.Scope) bool {
	return authz.Can(who, authz.WriteMeetings, s)
}

// Schedule enters a meeting as a draft.
func Schedule(ctx context.Context, tx *db.Tx, in Details) (ID, error) {
	scope := authz.Scope{Association: in.Association, Branch: in.Branch}
	if !mayWrite(tx.Who(), scope) {
		return 0, fault.Missing()
	}
	if err := in.check(); err != nil {
		return 0, err
	}
	id, err := db.Value[ID](ctx, tx, `
		insert into meeting (ward_id, association_id, branch_id, kind, title, starts_at, place, public, chair_name, created_at)
		values (@ward, nullif(@association::bigint, 0), nullif(@branch::bigint, 0), @kind, @title, @starts_at, @place, @public, @chair_name, @now)
		returning id`, in.args(tx))
	if err != nil {
		return 0, err
	}
	if err := setAssociations(ctx, tx, id, in); err != nil {
		return 0, err
	}
	sentence := fmt.Sprintf("Lên lịch %s, %s", vi.LowerFirst(in.Title), vi.ShortDateTime(in.StartsAt))
	if err := note(ctx, tx, change{meeting: id, scope: scope, sentence: sentence, after: in}); err != nil {
		return 0, err
	}
	return id, audit.Record(ctx, tx, audit.Event{Action: "meeting.add", Object: "meeting", ID: int64(id), Association: in.Association})
}

func (in Details) args(tx *db.Tx) pgx.NamedArgs {
	return pgx.NamedArgs{
		"ward": tx.Who().Ward, "association": in.Association, "branch": in.Branch, "kind": in.Kind, "title": in.Title, "starts_at": in.StartsAt,
		"place": in.Place, "public": in.Public, "chair_name": in.ChairName, "now": tx.Now(),
	}
}

func (in *Details) check() error {
	var p fault.Problems
	k, ok := KindByCode(in.Kind)
	in.Title, in.Place, in.ChairName = vi.Clean(in.Title), vi.Clean(in.Place), vi.Clean(in.ChairName)
	if in.Title == "" {
		in.Title = k.Label
	}
	switch {
	case !ok:
		p.Add("kind", "Chọn loại cuộc họp.")
	case k.Branch && in.Branch == 0:
		p.Add("branch", "Chọn chi hội.")
	case in.Branch != 0 && in.Association == 0:
		p.Add("branch", "Cuộc họp do phường triệu tập không thuộc riêng chi hội nào.")
	}
	if in.StartsAt.IsZero() || in.StartsAt.Year() < 1990 || in.StartsAt.Year() > 2200 {
		p.Add("starts_at", "Nhập ngày và giờ bắt đầu.")
	}
	return p.Err()
}

// setAssociations writes who takes part; the association that calls a meeting always does.
func setAssociations(ctx context.Context, tx *db.Tx, id ID, in Details) error {
	list := slices.Clone(in.Associations)
	if in.Association != 0 && !slices.Contains(list, in.Association) {
		list = append(list, in.Association)
	}
	if _, err := tx.Exec(ctx, `delete from meeting_association where meeting_id = $1`, id); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		insert into meeting_association (ward_id, meeting_id, association_id) select distinct $1::bigint, $2::bigint, a from unnest($3::bigint[]) a`, tx.Who().Ward, id, list)
	return err
}

// load reads a meeting for a write: locked, and only where the principal may write it.
func load(ctx context.Context, tx *db.Tx, id ID) (Meeting, error) {
	m, err := db.One[Meeting](ctx, tx, `select `+columns+` from `+tables+` where m.ward_id = $1 and m.id = $2 for no key update of m`, tx.Who().Ward, id)
	if err == nil && !mayWrite(tx.Who(), m.scope()) {
		return m, fault.Missing()
	}
	return m, err
}

// Change corrects what was entered, as long as the meeting has not been held. Who called it stays.
func Change(ctx context.Context, tx *db.Tx, id ID, version int, in Details) error {
	m, err := load(ctx, tx, id)
	if err != nil {
		return err
	}
	if !slices.Contains([]State{Draft, Invited, Postponed}, m.State) {
		return stuck(m, "sửa")
	}
	s := m.scope()
	in.Association, in.Branch = s.Association, s.Branch
	if err := in.check(); err != nil {
		return err
	}
	args := in.args(tx)
	args["id"], args["version"] = id, version
	err = tx.Versioned(ctx, `
		update meeting set kind = @kind, title = @title, starts_at = @starts_at, place = @place, public = @public, chair_name = @chair_name, version = version + 1
		where id = @id and version = @version`, `select 1 from meeting where id = @id`, args)
	if err != nil {
		return err
	}
	if err := setAssociations(ctx, tx, id, in); err != nil {
		return err
	}
	return m.record(ctx, tx, "meeting.change", fmt.Sprintf("Sửa %s, %s", vi.LowerFirst(in.Title), vi.ShortDateTime(in.StartsAt)), m, in)
}

func stuck(m Meeting, what string) error {
	return fault.New(fault.Conflict, fmt.Sprintf("Cuộc họp ở trạng thái “%s”, không %s được nữa.", m.State.Label(), what))
}

// Move takes a meeting to another state; postponing and cancelling need a reason. Closing is Close.
func Move(ctx context.Context, tx *db.Tx, id ID, version int, to State, reason string) error {
	m, err := load(ctx, tx, id)
	if err != nil {
		return err
	}
	if !MayMove(m.State, to) {
		return stuck(m, "chuyển sang “"+to.Label()+"”")
	}
	reason = vi.Clean(reason)
	if reason == "" && (to == Postponed || to == Cancelled) {
		return fault.At("reason", "Ghi lý do để người được mời biết.")
	}
	err = tx.Versioned(ctx, `update meeting set state = @to, state_reason = @reason, version = version + 1 where id = @id and version = @version`,
		`select 1 from meeting where id = @id`, pgx.NamedArgs{"id": id, "version": version, "to": to, "reason": reason})
	if err != nil {
		return err
	}
	sentence := fmt.Sprintf("%s: %s", m.Title, vi.LowerFirst(to.Label()))
	if reason != "" {
		sentence += " (" + reason + ")"
	}
	return m.record(ctx, tx, "meeting.move", sentence, map[string]any{"state": m.State}, map[string]any{"state": to})
}

// Close ends a meeting with its counts. A draft closes too: what was held without an announcement is written down afterwards.
func Close(ctx context.Context, tx *db.Tx, id ID, version int, in Attendance) error {
	m, err := load(ctx, tx, id)
	if err != nil {
		return err
	}
	if !slices.Contains(closable, m.State) {
		return stuck(m, "kết thúc")
	}
	if err := in.check(tx, m); err != nil {
		return err
	}
	err = tx.Versioned(ctx, `
		update meeting set state = 'closed', ends_at = @ends_at, invited = @invited, present = @present, excused = @excused, absent = @absent, conclusion = @conclusion, version = version + 1
		where id = @id and version = @version`, `select 1 from meeting where id = @id`,
		pgx.NamedArgs{"id": id, "version": version, "ends_at": in.EndsAt, "invited": in.Invited, "present": in.Present, "excused": in.Excused, "absent": in.Absent,
			"conclusion": vi.CleanMultiline(in.Conclusion)})
	if err != nil {
		return err
	}
	return m.record(ctx, tx, "meeting.close", fmt.Sprintf("%s đã họp, %s người dự", m.Title, vi.Int(in.Present)), nil, in)
}

func (in Attendance) check(tx *db.Tx, m Meeting) error {
	var p fault.Problems
	switch {
	case in.EndsAt.IsZero():
		p.Add("ends_at", "Nhập giờ kết thúc.")
	case !in.EndsAt.After(m.StartsAt):
		p.Add("ends_at", "Giờ kết thúc phải sau giờ bắt đầu.")
	case in.EndsAt.After(tx.Now()):
		p.Add("ends_at", "Cuộc họp chưa kết thúc nên chưa ghi được kết quả.")
	}
	for name, n := range map[string]int{"invited": in.Invited, "present": in.Present, "excused": in.Excused, "absent": in.Absent} {
		if n < 0 {
			p.Add(name, "Nhập số từ 0 trở lên.")
		}
	}
	if in.Invited > 0 && in.Excused+in.Absent > in.Invited {
		p.Add("absent", fmt.Sprintf("Số vắng (%d) nhiều hơn số được mời (%d).", in.Excused+in.Absent, in.Invited))
	}
	return p.Err()
}

// Invite freezes a list of invitees; names already there stay. The meeting must not be held yet.
func Invite(ctx context.Context, tx *db.Tx, id ID, list []Invitee) error {
	m, err := load(ctx, tx, id)
	if err != nil {
		return err
	}
	if !slices.Contains([]State{Draft, Invited, Postponed}, m.State) {
		return stuck(m, "thêm người được mời")
	}
	n := len(list)
	of, people := make([]association.ID, n), make([]authz.PersonID, n)
	classes, names, titles, units := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	for i, v := range list {
		of[i], people[i], classes[i], names[i], titles[i], units[i] = v.Association, v.Person, v.Class, vi.Clean(v.Name), vi.Clean(v.Title), vi.Clean(v.Unit)
		if !slices.ContainsFunc(Classes, func(c Class) bool { return c.Code == v.Class }) {
			return fault.At("class", "Chọn thành phần của người được mời.")
		}
	}
	_, err = tx.Exec(ctx, `
		insert into meeting_invitee (ward_id, meeting_id, association_id, branch_id, class, person_id, name, title, unit, sort)
		select $1, $2, nullif(u.association, 0), $3, u.class, nullif(u.person, 0), u.name, u.title, u.unit,
		  u.n + (select count(*) from meeting_invitee i where i.meeting_id = $2)
		from unnest($4::bigint[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[]) with ordinality as u (association, class, person, name, title, unit, n)`,
		tx.Who().Ward, id, m.BranchID, of, classes, people, names, titles, units)
	if err != nil {
		return err
	}
	return m.record(ctx, tx, "meeting.invite", fmt.Sprintf("%s: mời %s người", m.Title, vi.Int(n)), nil, nil)
}

// Invitees lists who was invited, as far as the principal may see them.
func Invitees(ctx context.Context, tx *db.Tx, id ID) ([]Invitee, error) {
	return db.All[Invitee](ctx, tx, `
		select coalesce(association_id, 0) as association, class, coalesce(person_id, 0) as person, name, title, unit, attendance, reason
		from meeting_invitee where ward_id = $1 and meeting_id = $2 order by sort, id`, tx.Who().Ward, id)
}
