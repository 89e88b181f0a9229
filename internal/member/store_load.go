package member

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// Loaded is a row of a bulk load: a new member with as much of the past as is known.
type Loaded struct {
	NewMember
	// Person puts the membership on a person who exists (the ward or the system only); 0 makes a new person.
	Person PersonID
	// ExemptSince and Exempt say "miễn sinh hoạt", from a day if it is known.
	Exempt      bool
	ExemptSince vi.Date
	// EndHow other than "" says that the membership is over.
	EndHow    EndHow
	Ended     vi.Date // unknown: the day of the load
	EndReason string
	// Sentence replaces the usual one of the timeline: "Nhập từ tệp danh-sach.xlsx, dòng 12".
	Sentence string
}

// Stored is what Load made of a row.
type Stored struct {
	ID     ID
	Person PersonID
}

// loadChunk is how many rows one statement takes.
const loadChunk = 5000

// Load adds many members at once, all checked like Add does; the first wrong row stops it with "row n" (from 1) around the
// fault. It gives the new ids in the order of the rows. 5,000 rows take about a second.
func Load(ctx context.Context, tx *db.Tx, keys *Keys, rows []Loaded) ([]Stored, error) {
	places, err := loadPlaces(ctx, tx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]Stored, 0, len(rows))
	for start := 0; start < len(rows); start += loadChunk {
		chunk := rows[start:min(start+loadChunk, len(rows))]
		for i := range chunk {
			if err := prepare(tx, &chunk[i], places[at{chunk[i].Association, chunk[i].Branch}]); err != nil {
				return nil, fmt.Errorf("row %d: %w", start+i+1, err)
			}
		}
		made, err := loadRows(ctx, tx, keys, chunk, places)
		if err != nil {
			return nil, err
		}
		out = append(out, made...)
	}
	return out, nil
}

type at struct {
	a AssociationID
	b BranchID
}

func loadPlaces(ctx context.Context, tx *db.Tx, rows []Loaded) (map[at]place, error) {
	places := map[at]place{}
	for i, r := range rows {
		key := at{r.Association, r.Branch}
		if _, known := places[key]; known {
			continue
		}
		p, err := placeFor(ctx, tx, r.Association, r.Branch)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", i+1, err)
		}
		places[key] = p
	}
	return places, nil
}

func prepare(tx *db.Tx, r *Loaded, p place) error {
	r.clean()
	r.From, r.EndReason = vi.Clean(r.From), vi.Clean(r.EndReason)
	problems := r.check(p.kind, tx.Today())
	switch {
	case r.EndHow == "":
		r.Ended = vi.Date{}
	case r.Ended.IsZero():
		r.Ended = vi.DayOf(tx.Now())
	}
	if err := pastDay(r.Ended, tx.Today()); err != nil {
		problems.Add(FieldDay, err.Error())
	}
	if !r.Joined.IsZero() && r.Ended.SurelyBefore(r.Joined) {
		problems.Add(FieldDay, "Ngày thôi sinh hoạt không thể trước ngày vào hội.")
	}
	if r.Person != 0 && !authz.Can(tx.Who(), authz.WriteRoster, authz.Scope{}) {
		return fault.Denied()
	}
	return problems.Err()
}

// loadRows writes one chunk: six statements, whatever its size.
func loadRows(ctx context.Context, tx *db.Tx, keys *Keys, rows []Loaded, places map[at]place) ([]Stored, error) {
	ids, err := db.All[struct {
		Person PersonID
		ID     ID
	}](ctx, tx, `
		select nextval(pg_get_serial_sequence('person', 'id')) as person, nextval(pg_get_serial_sequence('membership', 'id')) as id
		from generate_series(1, $1)`, len(rows))
	if err != nil {
		return nil, err
	}
	out := make([]Stored, len(rows))
	c := &columns{}
	for i, r := range rows {
		out[i] = Stored{ids[i].ID, ids[i].Person}
		if r.Person != 0 {
			out[i].Person = r.Person
		}
		if err := c.add(tx, keys, r, out[i], places[at{r.Association, r.Branch}]); err != nil {
			return nil, fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	return out, c.write(ctx, tx)
}

// columns are the arrays that go into the unnest statements.
type columns struct {
	person                                   []PersonID // new people only
	madeFor                                  []AssociationID
	family, given, pAlias, sex, folded       []string
	birth                                    []*string
	sortKey                                  [][]byte
	words                                    []string // joined by a line end: arrays of arrays must be square
	id                                       []ID
	association                              []AssociationID
	personOf                                 []PersonID
	branch                                   []BranchID
	group                                    []*GroupID
	status, class, began, card, phone, owner []string
	address, note, from, reason, tail        []string
	joined, ended, endHow, since             []*string
	profile, change, sentence                []string
	idKey                                    [][]byte
	fromDay, toDay, exemptDay                []*time.Time
	secretOf                                 []ID
	secretIn                                 []AssociationID
	secretCode                               []string
	secret, secretKey                        [][]byte
}

func (c *columns) add(tx *db.Tx, keys *Keys, r Loaded, to Stored, p place) error {
	if r.Person == 0 {
		c.person, c.madeFor = append(c.person, to.Person), append(c.madeFor, r.Association)
		c.family, c.given = append(c.family, r.Name.FamilyMiddle), append(c.given, r.Name.Given)
		c.pAlias, c.sex = append(c.pAlias, r.Alias), append(c.sex, string(r.Sex))
		c.birth, c.sortKey = append(c.birth, iso(r.Birth)), append(c.sortKey, vi.SortKey(r.Name))
		c.folded = append(c.folded, vi.Fold(r.Name.Full()))
		c.words = append(c.words, joinWords(searchWords(r.Name.Full(), r.Alias)))
	}
	profile, sensitive := r.split(p.kind)
	open, err := json.Marshal(profile)
	if err != nil {
		return fmt.Errorf("write the profile: %w", err)
	}
	r.Profile = profile
	after, err := json.Marshal(r.Fields)
	if err != nil {
		return fmt.Errorf("write the state: %w", err)
	}
	n, err := sealNumber(tx, keys, to.ID, r.IDNumber)
	if err != nil {
		return err
	}
	c.id, c.association, c.personOf, c.branch = append(c.id, to.ID), append(c.association, r.Association), append(c.personOf, to.Person), append(c.branch, r.Branch)
	c.status, c.class, c.began = append(c.status, string(r.status())), append(c.class, string(r.Class)), append(c.began, string(r.Began))
	c.card, c.phone, c.owner = append(c.card, r.Card), append(c.phone, r.Phone), append(c.owner, r.PhoneOwner)
	c.address, c.note, c.group = append(c.address, r.Address), append(c.note, r.Note), append(c.group, optional(r.Group))
	c.from, c.reason = append(c.from, r.From), append(c.reason, r.EndReason)
	c.joined, c.ended, c.since = append(c.joined, iso(r.Joined)), append(c.ended, iso(r.Ended)), append(c.since, iso(r.ExemptSince))
	c.endHow, c.profile = append(c.endHow, optional(string(r.EndHow))), append(c.profile, string(open))
	c.idKey, c.tail = append(c.idKey, n.key), append(c.tail, n.tail)
	c.days(r)
	c.change, c.sentence = append(c.change, string(after)), append(c.sentence, r.sentence(p.branch))
	return c.addSecrets(keys, r.Association, to.ID, n, sensitive)
}

func (c *columns) days(r Loaded) {
	from := knownDay(r.Joined, time.Time{})
	var to, exempt *time.Time
	if r.EndHow != "" {
		to = knownDay(r.Ended, time.Time{})
		if from != nil && to.Before(*from) {
			to = from
		}
	}
	if r.Exempt && r.EndHow == "" {
		if exempt = knownDay(r.ExemptSince, time.Time{}); exempt == nil {
			day := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC) // since nobody knows when: before every period
			exempt = &day
		}
	}
	c.fromDay, c.toDay, c.exemptDay = append(c.fromDay, from), append(c.toDay, to), append(c.exemptDay, exempt)
}

func (c *columns) addSecrets(keys *Keys, a AssociationID, id ID, n number, sensitive map[string]string) error {
	put := func(code string, sealed, key []byte) {
		c.secretOf, c.secretIn, c.secretCode = append(c.secretOf, id), append(c.secretIn, a), append(c.secretCode, code)
		c.secret, c.secretKey = append(c.secret, sealed), append(c.secretKey, key)
	}
	if n.sealed != nil {
		put(CodeID, n.sealed, n.key)
	}
	for code, answer := range sensitive {
		if answer == "" {
			continue
		}
		sealed, err := keys.seal(id, code, answer)
		if err != nil {
			return err
		}
		put(code, sealed, nil)
	}
	return nil
}

func (r Loaded) status() Status {
	switch {
	case r.EndHow != "":
		return Left
	case r.Exempt:
		return Exempt
	default:
		return Active
	}
}

func (r Loaded) sentence(branch string) string {
	if r.Sentence != "" {
		return r.Sentence
	}
	return addSentence(r.NewMember, branch)
}

func iso(d vi.Date) *string { return optional(d.ISO()) }

// optional is nil for the zero value: NULL.
func optional[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func (c *columns) write(ctx context.Context, tx *db.Tx) error {
	who := tx.Who()
	steps := []struct {
		sql  string
		args []any
	}{
		{`insert into person (id, ward_id, made_for, family_middle, given, alias, sex, birth, sort_key, folded, words)
			select u.id, $1, u.made_for, u.family, u.given, u.alias, u.sex, u.birth, u.sort_key, u.folded, string_to_array(u.words, E'\n')
			from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[], $10::text[], $11::text[])
				u (id, made_for, family, given, alias, sex, birth, sort_key, folded, words)`,
			[]any{who.Ward, c.person, c.madeFor, c.family, c.given, c.pAlias, c.sex, c.birth, c.sortKey, c.folded, c.words}},
		{`insert into membership (id, ward_id, association_id, person_id, branch_id, status, class, began, joined, ended, ended_how, card, phone, phone_owner,
				address, group_id, note, profile, id_key, id_tail, created_at, changed_at)
			select u.id, $1, u.a, u.p, u.b, u.status, u.class, u.began, u.joined, u.ended, u.how, u.card, u.phone, u.owner,
				u.address, u.grp, u.note, u.profile::jsonb, u.key, u.tail, $2, $2
			from unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[],
				$14::text[], $15::text[], $16::text[], $17::bigint[], $18::text[], $19::text[], $20::bytea[], $21::text[])
				u (id, a, p, b, status, class, began, joined, ended, how, card, phone, owner, address, grp, note, profile, key, tail)`,
			[]any{who.Ward, tx.Now(), c.id, c.association, c.personOf, c.branch, c.status, c.class, c.began, c.joined, c.ended, c.endHow, c.card,
				c.phone, c.owner, c.address, c.group, c.note, c.profile, c.idKey, c.tail}},
		{`update person p set died = u.died, version = version + 1 from unnest($1::bigint[], $2::text[], $3::text[]) u (id, died, how)
			where p.id = u.id and u.how = 'qua_doi'`, []any{c.personOf, c.ended, c.endHow}},
		{`insert into membership_span (ward_id, association_id, membership_id, began, joined, from_day, ended_how, ended, to_day, reason, place)
			select $1, u.a, u.id, u.began, u.joined, coalesce(u.from_day, '-infinity'), u.how, u.ended, u.to_day, u.reason, u.place
			from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::date[], $7::text[], $8::text[], $9::date[], $10::text[], $11::text[])
				u (a, id, began, joined, from_day, how, ended, to_day, reason, place)`,
			[]any{who.Ward, c.association, c.id, c.began, c.joined, c.fromDay, c.endHow, c.ended, c.toDay, c.reason, c.from}},
		{`insert into membership_branch (ward_id, association_id, membership_id, branch_id, from_day)
			select $1, u.a, u.id, u.b, '-infinity' from unnest($2::bigint[], $3::bigint[], $4::bigint[]) u (a, id, b)`,
			[]any{who.Ward, c.association, c.id, c.branch}},
		{`insert into membership_state (ward_id, association_id, membership_id, state, since, from_day)
			select $1, u.a, u.id, 'mien_sinh_hoat', u.since, u.day from unnest($2::bigint[], $3::bigint[], $4::text[], $5::date[]) u (a, id, since, day)
			where u.day is not null`, []any{who.Ward, c.association, c.id, c.since, c.exemptDay}},
		{`insert into membership_secret (ward_id, association_id, membership_id, code, sealed, id_key, version, at)
			select $1, u.a, u.id, u.code, u.sealed, u.key, 1, $2 from unnest($3::bigint[], $4::bigint[], $5::text[], $6::bytea[], $7::bytea[]) u (a, id, code, sealed, key)`,
			[]any{who.Ward, tx.Now(), c.secretIn, c.secretOf, c.secretCode, c.secret, c.secretKey}},
	}
	for _, s := range steps {
		if _, err := tx.Exec(ctx, s.sql, s.args...); err != nil {
			return err
		}
	}
	return c.writeChanges(ctx, tx)
}

// writeChanges gives every row its first line in the timeline, and the audit one line per association.
func (c *columns) writeChanges(ctx context.Context, tx *db.Tx) error {
	who := tx.Who()
	behalf := make([]bool, len(c.id))
	perAssociation := map[AssociationID]int64{}
	for i, a := range c.association {
		behalf[i] = authz.OnBehalf(who, authz.Of(a))
		perAssociation[a]++
	}
	_, err := tx.Exec(ctx, `
		insert into member_change (ward_id, association_id, membership_id, version, at, account_id, by_name, on_behalf, act, sentence, after)
		select $1, u.a, u.id, m.version, $2, nullif($3::bigint, 0), $4, u.behalf, $5, u.sentence, u.after::jsonb
		from unnest($6::bigint[], $7::bigint[], $8::text[], $9::text[], $10::boolean[]) u (a, id, sentence, after, behalf) join membership m on m.id = u.id`,
		who.Ward, tx.Now(), who.User, who.Name, actImport, c.association, c.id, c.sentence, c.change, behalf)
	if err != nil {
		return err
	}
	for a, n := range perAssociation {
		err := audit.Record(ctx, tx, audit.Event{Action: "member.import", Object: "roster", ID: n, Association: association.ID(a)})
		if err != nil {
			return err
		}
	}
	return nil
}
