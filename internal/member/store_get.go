package member

import (
	"context"
	"errors"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// stored is a membership as the database gives it.
type stored struct {
	ID            ID
	AssociationID AssociationID
	Association   string
	Kind          string
	PersonID      PersonID
	BranchID      BranchID
	Branch        string
	GroupID       *GroupID
	GroupName     *string
	Status        Status
	Ended         vi.Date
	EndedHow      *EndHow
	Died          vi.Date
	IDTail        string
	IDKey         []byte
	Version       int
	FamilyMiddle  string
	Given         string
	Alias         string
	Sex           Sex
	Birth         vi.Date
	Began         Began
	Joined        vi.Date
	Class         Class
	Card          string
	Phone         string
	PhoneOwner    string
	Address       string
	Note          string
	Profile       map[string]string
}

func (s stored) member() Member {
	m := Member{
		ID: s.ID, AssociationID: s.AssociationID, Association: s.Association, Kind: s.Kind, PersonID: s.PersonID, BranchID: s.BranchID, Branch: s.Branch,
		Status: s.Status, Ended: s.Ended, EndedHow: s.EndedHow, Died: s.Died, IDTail: s.IDTail, Version: s.Version,
		Fields: Fields{
			Name: vi.Name{FamilyMiddle: s.FamilyMiddle, Given: s.Given}, Alias: s.Alias, Sex: s.Sex, Birth: s.Birth, Began: s.Began, Joined: s.Joined,
			Class: s.Class, Card: s.Card, Phone: s.Phone, PhoneOwner: s.PhoneOwner, Address: s.Address, Note: s.Note, Profile: s.Profile,
		},
	}
	if s.GroupID != nil {
		m.Fields.Group, m.Group = *s.GroupID, *s.GroupName
	}
	return m
}

const storedSQL = `
	select m.id, m.association_id, a.name as association, a.kind, m.person_id, m.branch_id, b.name as branch, m.group_id, g.name as group_name,
	       m.status, m.ended, m.ended_how, m.died, m.id_tail, m.id_key, m.version, p.family_middle, p.given, m.alias, m.sex, m.birth,
	       m.began, m.joined, m.class, m.card, m.phone, m.phone_owner, m.address, m.note, m.profile
	from membership m
	join person p on p.id = m.person_id
	join association a on a.id = m.association_id
	join branch b on b.id = m.branch_id
	left join residential_group g on g.id = m.group_id
	where m.ward_id = $1 and m.id = $2`

// Get reads one membership. What the reader must not see is Missing, as if it were not there.
func Get(ctx context.Context, tx *db.Tx, id ID) (Member, error) {
	s, err := db.One[stored](ctx, tx, storedSQL, tx.Who().Ward, id)
	if err != nil {
		return Member{}, err
	}
	m := s.member()
	if !authz.Can(tx.Who(), authz.ReadRoster, m.Scope()) {
		return Member{}, fault.Missing()
	}
	return m, nil
}

// open locks a membership for an act and checks the right to it and the version it was opened at (0 = whatever it is now).
func open(ctx context.Context, tx *db.Tx, id ID, version int) (stored, error) {
	// Lock first and read after: a statement that waits for a lock would otherwise go on with the row as it was before.
	if _, err := tx.Exec(ctx, `select 1 from membership where ward_id = $1 and id = $2 for update`, tx.Who().Ward, id); err != nil {
		return stored{}, err
	}
	s, err := db.One[stored](ctx, tx, storedSQL, tx.Who().Ward, id)
	switch {
	case err != nil:
		return stored{}, err
	case !authz.Can(tx.Who(), authz.ReadRoster, s.member().Scope()):
		return stored{}, fault.Missing()
	case !authz.Can(tx.Who(), authz.WriteRoster, s.member().Scope()):
		return stored{}, fault.Denied()
	case version != 0 && s.Version != version:
		return stored{}, fault.Stale()
	}
	return s, nil
}

// kindOf finds the registry entry of an association's kind; an unknown code has the generic one's (no) fields.
func kindOf(code string) association.Kind {
	if k, ok := association.ByCode(association.KindCode(code)); ok {
		return k
	}
	k, _ := association.ByCode(association.KHAC)
	return k
}

// Change is one act on a membership: a line of its timeline.
type Change struct {
	ID       int64
	Version  int // of the membership after the act
	At       time.Time
	ByName   string
	OnBehalf bool
	Act      string
	Sentence string
	Fields   []string // names of the fields that the act changed
}

// Timeline gives the newest acts on a membership, at most limit.
func Timeline(ctx context.Context, tx *db.Tx, id ID, limit int) ([]Change, error) {
	return db.All[Change](ctx, tx, `
		select id, version, at, by_name, on_behalf, act, sentence, fields
		from member_change where ward_id = $1 and membership_id = $2 order by id desc limit $3`, tx.Who().Ward, id, limit)
}

// Past is the membership as somebody saw it at a version, for the page of three columns.
type Past struct {
	Fields Fields
	At     time.Time
	By     string
}

// AtVersion gives the open (not sealed) fields as they stood at a version. Where another association changed the person
// meanwhile, the nearest older version of one's own timeline answers.
func AtVersion(ctx context.Context, tx *db.Tx, id ID, version int) (Past, error) {
	if _, err := Get(ctx, tx, id); err != nil {
		return Past{}, err
	}
	row, err := db.One[struct {
		After  Fields
		At     time.Time
		ByName string
	}](ctx, tx, `
		select after, at, by_name from member_change
		where ward_id = $1 and membership_id = $2 and version <= $3 and after is not null order by version desc, id desc limit 1`,
		tx.Who().Ward, id, version)
	if err != nil {
		return Past{}, err
	}
	return Past{row.After, row.At, row.ByName}, nil
}

// Span is one stretch of belonging.
type Span struct {
	Began    Began
	Joined   vi.Date
	EndedHow *EndHow
	Ended    vi.Date
	Reason   string
	Place    string
}

// Stay is a stretch in one branch.
type Stay struct {
	Branch string
	Moved  vi.Date // when it began; unknown for the first
	Reason string
}

// History is the dated past of a membership, oldest first.
type History struct {
	Spans []Span
	Stays []Stay
}

// Past rows of a membership that were not taken back.
func (m Member) History(ctx context.Context, tx *db.Tx) (History, error) {
	var h History
	var err, err2 error
	h.Spans, err = db.All[Span](ctx, tx, `
		select began, joined, ended_how, ended, reason, place from membership_span where membership_id = $1 and not voided order by id`, m.ID)
	h.Stays, err2 = db.All[Stay](ctx, tx, `
		select b.name as branch, r.moved, r.reason from membership_branch r join branch b on b.id = r.branch_id
		where r.membership_id = $1 and not r.voided order by r.id`, m.ID)
	return h, errors.Join(err, err2)
}
