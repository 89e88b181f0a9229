package officer

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/association"
	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

const officeColumns = `id, association_id, code, title, body, rank, seats, mandatory, version`

// Offices lists the titles of an association in order of protocol.
func Offices(ctx context.Context, tx *db.Tx, a association.ID) ([]Office, error) {
	return db.All[Office](ctx, tx, `select `+officeColumns+` from office where ward_id = $1 and association_id = $2 order by rank, id`, tx.Who().Ward, a)
}

// SetUp gives an association the titles of its kind; titles it has already stay as they are. Appoint calls it by itself.
func SetUp(ctx context.Context, tx *db.Tx, a association.ID) error {
	if !authz.Can(tx.Who(), authz.WriteOfficers, authz.Of(a)) {
		return fault.Missing()
	}
	as, err := association.Get(ctx, tx, a)
	if err != nil {
		return err
	}
	var codes, titles, bodies []string
	var ranks, seats []int
	var mandatory []bool
	for _, o := range defaults(association.KindCode(as.Kind)) {
		codes, titles, bodies = append(codes, o.Code), append(titles, o.Title), append(bodies, o.Body)
		ranks, seats, mandatory = append(ranks, o.Rank), append(seats, o.Seats), append(mandatory, o.Mandatory)
	}
	_, err = tx.Exec(ctx, `
		insert into office (ward_id, association_id, code, title, body, rank, seats, mandatory)
		select $1, $2, n.code, n.title, n.body, n.rank, n.seats, n.mandatory
		from unnest($3::text[], $4::text[], $5::text[], $6::integer[], $7::integer[], $8::boolean[]) as n (code, title, body, rank, seats, mandatory)
		on conflict on constraint office_code_unique do nothing`,
		tx.Who().Ward, a, codes, titles, bodies, ranks, seats, mandatory)
	return err
}

// ChangeOffice sets how many seats a title has and whether they must be filled.
func ChangeOffice(ctx context.Context, tx *db.Tx, id OfficeID, version, seats int, mandatory bool) error {
	o, err := db.One[Office](ctx, tx, `select `+officeColumns+` from office where ward_id = $1 and id = $2`, tx.Who().Ward, id)
	if err != nil {
		return err
	}
	if !authz.Can(tx.Who(), authz.WriteOfficers, authz.Of(o.AssociationID)) {
		return fault.Missing()
	}
	if o.PerBranch() && mandatory && seats == 0 {
		return fault.At("seats", "Chức danh bắt buộc phải có ít nhất một chỗ.")
	}
	err = tx.Versioned(ctx, `update office set seats = @seats, mandatory = @mandatory, version = version + 1 where id = @id and version = @version`,
		`select 1 from office where id = @id`, pgx.NamedArgs{"id": id, "version": version, "seats": seats, "mandatory": mandatory})
	if err != nil {
		return err
	}
	sentence := fmt.Sprintf("Đặt chức danh %s: %d chỗ", o.Title, seats)
	if err := note(ctx, tx, change{association: o.AssociationID, sentence: sentence, before: o, after: map[string]any{"seats": seats, "mandatory": mandatory}}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "office.change", Object: "office", ID: int64(id), Association: o.AssociationID, Fields: []string{"seats", "mandatory"}})
}

const appointmentColumns = `a.id, a.association_id, a.office_id, o.code, o.title, o.body, o.rank, a.branch_id, coalesce(b.name, '') as branch_name, a.term_id, a.seat,
	a.person_id, a.person_name, a.starts_on, a.ends_on, a.began, a.ended, a.acting, a.decision_no, a.decision_on, a.begin_note, a.end_note, a.version`

const appointmentTables = `appointment a join office o on o.association_id = a.association_id and o.id = a.office_id left join branch b on b.id = a.branch_id`

// Get reads one appointment; only those inside see it.
func Get(ctx context.Context, tx *db.Tx, id ID) (Appointment, error) {
	return db.One[Appointment](ctx, tx, `select `+appointmentColumns+` from `+appointmentTables+` where a.ward_id = $1 and a.id = $2`, tx.Who().Ward, id)
}

// InOffice lists who holds an office on the day, in order of protocol, heads of branches last. Association 0 means every
// association the principal may see inside; the public asks PublicInOffice.
func InOffice(ctx context.Context, tx *db.Tx, a association.ID, on time.Time) ([]Appointment, error) {
	return db.All[Appointment](ctx, tx, `
		select `+appointmentColumns+` from `+appointmentTables+`
		where a.ward_id = $1 and ($2 = 0 or a.association_id = $2) and a.starts_on <= $3 and (a.ends_on is null or a.ends_on > $3)
		order by a.association_id, o.rank, b.sort, b.id, a.seat, a.acting`, tx.Who().Ward, a, on)
}

// History lists every appointment of an association, the newest first; mistaken entries are left out.
func History(ctx context.Context, tx *db.Tx, a association.ID) ([]Appointment, error) {
	return db.All[Appointment](ctx, tx, `
		select `+appointmentColumns+` from `+appointmentTables+`
		where a.ward_id = $1 and a.association_id = $2 and a.ended is distinct from 'nhap_nham'
		order by a.starts_on desc, o.rank, a.seat, a.id`, tx.Who().Ward, a)
}

// OfPerson lists the offices of a person that the principal may see, the newest first.
func OfPerson(ctx context.Context, tx *db.Tx, p authz.PersonID) ([]Appointment, error) {
	return db.All[Appointment](ctx, tx, `
		select `+appointmentColumns+` from `+appointmentTables+`
		where a.ward_id = $1 and a.person_id = $2 and a.ended is distinct from 'nhap_nham'
		order by a.starts_on desc, a.id desc`, tx.Who().Ward, p)
}

// PublicInOffice lists names and titles for everybody, in order of protocol. Days after today are empty.
func PublicInOffice(ctx context.Context, tx *db.Tx, a association.ID, on time.Time) ([]Public, error) {
	return db.All[Public](ctx, tx, `
		select f.id, f.association_id, f.branch_id, coalesce(b.name, '') as branch_name, f.code, f.title, f.body, f.rank, f.seat, f.name, f.acting, f.starts_on
		from officer_in_office($1, $2) f left join branch b on b.id = f.branch_id
		order by f.association_id, f.rank, b.sort, b.id, f.seat, f.acting`, a, on)
}

// NewAppointment is what it takes to put somebody into a seat.
type NewAppointment struct {
	Association association.ID
	Office      string               // code
	Branch      association.BranchID // for offices of branches
	Seat        int                  // 0 = the first free one
	Person      authz.PersonID       // 0 = not in the roster
	Name        string               // "" = as the roster writes the person
	From        time.Time
	Until       *time.Time // for committees of old: the first day no longer in office
	Began       Beginning
	Ended       Ending // with Until
	Acting      bool
	DecisionNo  string
	DecisionOn  *time.Time
	Note        string // asked for where the person has no vote: an honorary or associate member
}

// Appoint puts somebody into a seat. The seat must be free for the whole time; the day on which the one before ended is free.
func Appoint(ctx context.Context, tx *db.Tx, in NewAppointment) (ID, error) {
	if !authz.Can(tx.Who(), authz.WriteOfficers, authz.Of(in.Association)) {
		return 0, fault.Missing()
	}
	in.Name, in.Note = vi.Clean(in.Name), vi.Clean(in.Note)
	if err := fromRoster(ctx, tx, &in); err != nil {
		return 0, err
	}
	if err := checkNew(in); err != nil {
		return 0, err
	}
	o, err := officeByCode(ctx, tx, in.Association, in.Office)
	if err != nil {
		return 0, err
	}
	if err := checkBranch(ctx, tx, in, o); err != nil {
		return 0, err
	}
	if in.Seat == 0 {
		if in.Seat, err = freeSeat(ctx, tx, in, o); err != nil {
			return 0, err
		}
	} else if o.Seats > 0 && in.Seat > o.Seats {
		return 0, fault.At("seat", fmt.Sprintf("Chức danh %s chỉ có %d chỗ.", o.Title, o.Seats))
	}
	id, err := db.Value[ID](ctx, tx, `
		insert into appointment (ward_id, association_id, office_id, branch_id, term_id, seat, person_id, person_name, starts_on, ends_on, began, ended, acting, decision_no, decision_on, begin_note, created_at)
		values (@ward, @association, @office, nullif(@branch::bigint, 0),
		        (select t.id from term t where t.association_id = @association and t.starts_on <= @from and t.ends_on > @from),
		        @seat, nullif(@person::bigint, 0), @name, @from, @until, @began, nullif(@ended, ''), @acting, @decision_no, @decision_on, @note, @now)
		returning id`, pgx.NamedArgs{
		"ward": tx.Who().Ward, "association": in.Association, "office": o.ID, "branch": in.Branch, "seat": in.Seat, "person": in.Person, "name": in.Name,
		"from": in.From, "until": in.Until, "began": in.Began, "ended": in.Ended, "acting": in.Acting,
		"decision_no": vi.Clean(in.DecisionNo), "decision_on": in.DecisionOn, "note": in.Note, "now": tx.Now()})
	if err != nil {
		return 0, err
	}
	return id, recordAppointed(ctx, tx, id)
}

// fromRoster takes the name from the association's own roster and refuses whom the charter refuses: the dead, people who
// left, and, unless a note says why, members without a vote (handbook §5).
func fromRoster(ctx context.Context, tx *db.Tx, in *NewAppointment) error {
	if in.Person == 0 {
		return nil
	}
	type entry struct {
		FullName string
		Class    string
		Status   string
		Died     *string
	}
	m, err := db.One[entry](ctx, tx, `
		select full_name, class, status, died from membership
		where ward_id = $1 and association_id = $2 and person_id = $3 and status <> 'mistake'`, tx.Who().Ward, in.Association, in.Person)
	switch {
	case fault.Is(err, fault.NotFound):
		return fault.At("person", "Người này không có trong danh sách hội viên của hội.")
	case err != nil:
		return err
	}
	if in.Name == "" {
		in.Name = m.FullName
	}
	switch {
	case in.Until != nil:
		return nil
	case m.Died != nil:
		return fault.At("person", fmt.Sprintf("%s đã qua đời.", m.FullName))
	case m.Status == "left":
		return fault.At("person", fmt.Sprintf("%s không còn là hội viên của hội.", m.FullName))
	case in.Note == "" && (m.Class == "danh_du" || m.Class == "lien_ket"):
		return fault.At("note", "Hội viên danh dự, hội viên liên kết không được bầu giữ chức. Nếu vẫn cần ghi, xin nêu lý do.")
	}
	return nil
}

func checkNew(in NewAppointment) error {
	var p fault.Problems
	if in.Name == "" {
		p.Add("name", "Nhập họ và tên người giữ chức danh.")
	}
	if in.Office == "" {
		p.Add("office", "Chọn chức danh.")
	}
	if in.From.IsZero() || in.From.Year() < 1945 || in.From.Year() > 2200 {
		p.Add("starts_on", "Nhập ngày bắt đầu giữ chức.")
	}
	if !known(Beginnings, in.Began) {
		p.Add("began", "Chọn cách bắt đầu giữ chức.")
	}
	switch {
	case (in.Until == nil) != (in.Ended == ""):
		p.Add("ended", "Ngày thôi giữ chức đi cùng với lý do thôi.")
	case in.Ended != "" && (!known(Endings, in.Ended) || in.Ended == Mistaken):
		p.Add("ended", "Chọn lý do thôi giữ chức.")
	case in.Until != nil && !in.Until.After(in.From):
		p.Add("ends_on", "Ngày thôi giữ chức phải sau ngày bắt đầu.")
	}
	return p.Err()
}

// checkBranch holds the branch against the office: it must belong to the association and be open when the time begins.
func checkBranch(ctx context.Context, tx *db.Tx, in NewAppointment, o Office) error {
	switch {
	case !o.PerBranch() && in.Branch != 0:
		return fault.At("branch", fmt.Sprintf("Chức danh %s không thuộc riêng chi hội nào.", o.Title))
	case !o.PerBranch():
		return nil
	case in.Branch == 0:
		return fault.At("branch", "Chọn chi hội.")
	}
	b, err := association.GetBranch(ctx, tx, in.Branch)
	if err != nil {
		return err
	}
	if b.AssociationID != in.Association {
		return fault.Missing()
	}
	if b.ClosedOn != nil && b.ClosedOn.Before(in.From) {
		return fault.At("branch", fmt.Sprintf("%s đã kết thúc hoạt động từ %s.", b.Name, vi.ShortDate(*b.ClosedOn)))
	}
	return nil
}

// officeByCode finds a title, setting the titles up where the association has none yet. It locks the row, so that two
// appointments at once do not take the same free seat; the exclusion constraint has the last word.
func officeByCode(ctx context.Context, tx *db.Tx, a association.ID, code string) (Office, error) {
	const sql = `select ` + officeColumns + ` from office where ward_id = $1 and association_id = $2 and code = $3 for update`
	o, err := db.One[Office](ctx, tx, sql, tx.Who().Ward, a, code)
	if !fault.Is(err, fault.NotFound) {
		return o, err
	}
	if err := SetUp(ctx, tx, a); err != nil {
		return Office{}, err
	}
	o, err = db.One[Office](ctx, tx, sql, tx.Who().Ward, a, code)
	if fault.Is(err, fault.NotFound) {
		return Office{}, fault.At("office", "Hội không có chức danh này.")
	}
	return o, err
}

func freeSeat(ctx context.Context, tx *db.Tx, in NewAppointment, o Office) (int, error) {
	taken, err := db.Column[int](ctx, tx, `
		select distinct seat from appointment
		where office_id = $1 and coalesce(branch_id, 0) = $2 and acting = $3 and daterange(starts_on, ends_on, '[)') && daterange($4, $5, '[)')
		order by seat`, o.ID, in.Branch, in.Acting, in.From, in.Until)
	if err != nil {
		return 0, err
	}
	seat := 1
	for _, t := range taken {
		if t == seat {
			seat++
		}
	}
	if o.Seats > 0 && seat > o.Seats {
		return 0, fault.At("office", fmt.Sprintf("Chức danh %s đã đủ người trong thời gian này. Ghi ngày thôi giữ chức của người trước rồi bổ nhiệm người mới.", o.Title))
	}
	return seat, nil
}

func recordAppointed(ctx context.Context, tx *db.Tx, id ID) error {
	a, err := Get(ctx, tx, id)
	if err != nil {
		return err
	}
	sentence := fmt.Sprintf("%s giữ chức %s từ %s (%s)", a.PersonName, a.fullTitle(), vi.ShortDate(a.StartsOn), vi.LowerFirst(a.Began.Label()))
	if a.EndsOn != nil {
		sentence += fmt.Sprintf(", thôi giữ chức từ %s", vi.ShortDate(*a.EndsOn))
	}
	if err := note(ctx, tx, a.change(sentence, nil, a)); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "officer.appoint", Object: "appointment", ID: int64(id), Association: a.AssociationID})
}

// fullTitle is the title with the branch and whether it is only acting: "Phụ trách Chi hội trưởng Chi hội 3".
func (a Appointment) fullTitle() string {
	t := a.Title
	if a.Acting {
		t = "Phụ trách " + t
	}
	if a.BranchName != "" {
		t += " " + a.BranchName
	}
	return t
}

// Leaving is how somebody leaves a seat. On is the first day no longer in office; Mistaken ignores it.
type Leaving struct {
	Version int
	On      time.Time
	How     Ending
	Note    string
}

// End closes an appointment. A successor may be appointed from the same day on.
func End(ctx context.Context, tx *db.Tx, id ID, in Leaving) error {
	a, err := Get(ctx, tx, id)
	if err != nil {
		return err
	}
	if !authz.Can(tx.Who(), authz.WriteOfficers, authz.Of(a.AssociationID)) {
		return fault.Missing()
	}
	switch {
	case !known(Endings, in.How):
		return fault.At("ended", "Chọn lý do thôi giữ chức.")
	case a.EndsOn != nil && in.How != Mistaken:
		return fault.New(fault.Conflict, fmt.Sprintf("%s đã thôi giữ chức này từ %s.", a.PersonName, vi.ShortDate(*a.EndsOn)))
	case in.How == Mistaken:
		in.On = a.StartsOn
	case !in.On.After(a.StartsOn):
		return fault.At("ends_on", fmt.Sprintf("Ngày thôi giữ chức phải sau ngày bắt đầu (%s).", vi.ShortDate(a.StartsOn)))
	}
	err = tx.Versioned(ctx, `
		update appointment set ends_on = @on, ended = @how, end_note = @note, version = version + 1 where id = @id and version = @version`,
		`select 1 from appointment where id = @id`,
		pgx.NamedArgs{"id": id, "version": in.Version, "on": in.On, "how": in.How, "note": vi.Clean(in.Note)})
	if err != nil {
		return err
	}
	return recordEnded(ctx, tx, a, in)
}

func recordEnded(ctx context.Context, tx *db.Tx, a Appointment, in Leaving) error {
	sentence := fmt.Sprintf("%s thôi giữ chức %s từ %s (%s)", a.PersonName, a.fullTitle(), vi.ShortDate(in.On), vi.LowerFirst(in.How.Label()))
	if in.How == Mistaken {
		sentence = fmt.Sprintf("Bỏ việc ghi %s giữ chức %s: nhập nhầm", a.PersonName, a.fullTitle())
	}
	if err := note(ctx, tx, a.change(sentence, a, map[string]any{"ends_on": in.On, "ended": in.How, "end_note": vi.Clean(in.Note)})); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "officer.end", Object: "appointment", ID: int64(a.ID), Association: a.AssociationID, Fields: []string{"ends_on", "ended"}})
}

// EndFor closes every open office of a person that the principal may write, on the day (a death, a move). It gives how
// many were closed. An office that begins only after the day never came about and is closed as mistaken.
func EndFor(ctx context.Context, tx *db.Tx, p authz.PersonID, on time.Time, how Ending) (int, error) {
	list, err := OfPerson(ctx, tx, p)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, a := range list {
		if a.EndsOn != nil || !authz.Can(tx.Who(), authz.WriteOfficers, authz.Of(a.AssociationID)) {
			continue
		}
		leaving := Leaving{Version: a.Version, On: on, How: how}
		if !on.After(a.StartsOn) {
			leaving.How = Mistaken
		}
		if err := End(ctx, tx, a.ID, leaving); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Repoint moves the offices of one person to another when the two turn out to be one; the written names stay.
func Repoint(ctx context.Context, tx *db.Tx, from, to authz.PersonID) (int64, error) {
	return tx.Exec(ctx, `update appointment set person_id = $3, version = version + 1 where ward_id = $1 and person_id = $2`, tx.Who().Ward, from, to)
}

// Candidate is a member of the roster who bears a name.
type Candidate struct {
	Person    authz.PersonID
	Name      string
	BirthYear *int
	Branch    string
}

// Candidates lists the living members of an association who bear the name, written with or without diacritics.
func Candidates(ctx context.Context, tx *db.Tx, a association.ID, name string) ([]Candidate, error) {
	return db.All[Candidate](ctx, tx, `
		select m.person_id as person, m.full_name as name, m.birth_year, coalesce(b.name, '') as branch
		from membership m left join branch b on b.id = m.branch_id
		where m.ward_id = $1 and m.folded = $2 and m.association_id = $3 and m.status in ('active', 'exempt') and m.died is null
		order by (m.full_name = $4) desc, m.birth_year nulls last, m.id limit 20`, tx.Who().Ward, vi.Fold(vi.Clean(name)), a, vi.Clean(name))
}
