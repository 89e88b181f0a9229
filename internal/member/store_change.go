package member

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// Edit is a changed form. Version is the one the form was opened at.
type Edit struct {
	ID      ID
	Version int
	Fields
	RemoveID bool // takes the citizen number off
}

// ChangeFields saves an edited form: name, birth, class, card, phone, address, notes, profile, and corrections of how and when the
// membership began. A stale version is fault.Stale; AtVersion and Get then fill the page of three columns. Saving what is
// already there changes nothing and gives Change 0.
func ChangeFields(ctx context.Context, tx *db.Tx, keys *Keys, in Edit) (Done, error) {
	s, err := open(ctx, tx, in.ID, in.Version)
	if err != nil {
		return Done{}, err
	}
	kind := kindOf(s.Kind)
	in.clean()
	if err := in.check(kind, tx.Today()).Err(); err != nil {
		return Done{}, err
	}
	before, err := takeSnapshot(ctx, tx, s)
	if err != nil {
		return Done{}, err
	}
	diff, known, err := compareAll(ctx, tx, keys, s, in, kind)
	if err != nil || len(diff) == 0 {
		return Done{ID: in.ID}, err
	}
	if err := saveFields(ctx, tx, keys, s, in, known); err != nil {
		return Done{}, err
	}
	change, err := finish(ctx, tx, in.ID, happening{act: actChange, sentence: diff.sentence(), fields: diff.names(), before: &before})
	return Done{in.ID, change}, err
}

// difference is one changed field. Silent ones are told without their values: sealed, or too long.
type difference struct {
	field, label, from, to string
	silent                 bool
}

type differences []difference

func (d differences) names() []string {
	names := make([]string, len(d))
	for i, x := range d {
		names[i] = x.field
	}
	return names
}

// sentence tells the changes: "Đổi điện thoại từ 0900 000 011 thành 0900 000 099; thêm ghi chú".
func (d differences) sentence() string {
	parts := make([]string, len(d))
	for i, x := range d {
		switch {
		case x.silent && x.from == "" && x.to != "":
			parts[i] = "thêm " + x.label
		case x.silent && x.to == "":
			parts[i] = "bỏ " + x.label
		case x.silent:
			parts[i] = "sửa " + x.label
		case x.from == "":
			parts[i] = "thêm " + x.label + " " + x.to
		case x.to == "":
			parts[i] = "bỏ " + x.label + " " + x.from
		default:
			parts[i] = "đổi " + x.label + " từ " + x.from + " thành " + x.to
		}
	}
	return vi.Sentence(strings.Join(parts, "; "))
}

// compareAll gives what the form changes, and the sealed answers as far as the writer may read them.
func compareAll(ctx context.Context, tx *db.Tx, keys *Keys, s stored, in Edit, kind association.Kind) (differences, map[string]string, error) {
	old := s.member()
	groups, err := groupNames(ctx, tx, old.Fields.Group, in.Group)
	if err != nil {
		return nil, nil, err
	}
	diff := compare(old.Fields, in.Fields, groups)
	open, sensitive := in.split(kind)
	was := old.Profile
	for _, f := range kind.MemberFields {
		if !f.Sensitive && was[f.Code] != open[f.Code] {
			diff = append(diff, difference{field: ProfileField(f.Code), label: "mục “" + f.Label + "”", from: was[f.Code], to: open[f.Code], silent: true})
		}
	}
	known := map[string]string{}
	if authz.Can(tx.Who(), authz.ReadSensitive, old.Scope()) && (len(sensitive) > 0 || in.IDNumber != "") {
		if known, err = readSecrets(ctx, tx, keys, s); err != nil {
			return nil, nil, err
		}
	}
	for _, code := range slices.Sorted(maps.Keys(sensitive)) {
		if f, _ := kind.Field(code); sensitive[code] != known[code] {
			diff = append(diff, difference{field: ProfileField(code), label: "mục “" + f.Label + "”", from: known[code], to: sensitive[code], silent: true})
		}
	}
	n, err := sealNumber(tx, keys, s.ID, in.IDNumber)
	if err != nil {
		return nil, nil, err
	}
	if in.RemoveID && s.IDTail != "" || n.key != nil && string(n.key) != string(s.IDKey) {
		diff = append(diff, difference{field: FieldID, label: "số định danh", from: s.IDTail, to: n.tail, silent: true})
	}
	return diff, known, nil
}

// compare gives the differences of the open fields that every kind has.
func compare(a, b Fields, groups map[GroupID]string) differences {
	all := differences{
		{FieldName, "họ và tên", a.Name.Full(), b.Name.Full(), false},
		{FieldAlias, "tên thường gọi", a.Alias, b.Alias, false},
		{FieldSex, "giới tính", strings.ToLower(a.Sex.Label()), strings.ToLower(b.Sex.Label()), false},
		{FieldBirth, "ngày sinh", a.Birth.Display(), b.Birth.Display(), false},
		{FieldBegan, "diện vào hội", a.Began.Label(), b.Began.Label(), false},
		{FieldJoined, "ngày vào hội", a.Joined.Display(), b.Joined.Display(), false},
		{FieldClass, "loại hội viên", strings.ToLower(a.Class.Label()), strings.ToLower(b.Class.Label()), false},
		{FieldCard, "số thẻ", a.Card, b.Card, false},
		{FieldPhone, "điện thoại", vi.PhoneDisplay(a.Phone), vi.PhoneDisplay(b.Phone), false},
		{FieldPhoneOwner, "chủ điện thoại", a.PhoneOwner, b.PhoneOwner, false},
		{FieldAddress, "chỗ ở", a.Address, b.Address, false},
		{FieldGroup, "tổ dân phố", groups[a.Group], groups[b.Group], false},
		{FieldNote, "ghi chú", a.Note, b.Note, true},
	}
	if a.Name != b.Name && a.Name.Full() == b.Name.Full() { // the same words, parted otherwise
		all[0].from, all[0].to = a.Name.FamilyMiddle+" | "+a.Name.Given, b.Name.FamilyMiddle+" | "+b.Name.Given
	}
	return slices.DeleteFunc(all, func(d difference) bool { return d.from == d.to })
}

func groupNames(ctx context.Context, tx *db.Tx, a, b GroupID) (map[GroupID]string, error) {
	if a == b {
		return map[GroupID]string{}, nil
	}
	rows, err := db.All[struct {
		ID   GroupID
		Name string
	}](ctx, tx, `select id, name from residential_group where ward_id = $1 and id in ($2, $3)`, tx.Who().Ward, a, b)
	if err != nil {
		return nil, err
	}
	names := map[GroupID]string{}
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	if b != 0 && names[b] == "" {
		return nil, fault.At(FieldGroup, "Chọn một tổ dân phố của phường.")
	}
	return names, nil
}

// saveFields writes a checked form over the locked membership s.
func saveFields(ctx context.Context, tx *db.Tx, keys *Keys, s stored, in Edit, known map[string]string) error {
	if err := savePerson(ctx, tx, s.PersonID, in.Fields); err != nil {
		return err
	}
	n, err := sealNumber(tx, keys, s.ID, in.IDNumber)
	if err != nil {
		return err
	}
	if n.key == nil && !in.RemoveID {
		n = number{key: s.IDKey, tail: s.IDTail}
	}
	profile, sensitive := in.split(kindOf(s.Kind))
	err = tx.ExecOne(ctx, nil, `
		update membership set began = @began, joined = @joined, class = @class, card = @card, phone = @phone, phone_owner = @phone_owner,
			address = @address, group_id = nullif(@group::bigint, 0), note = @note, profile = @profile, id_key = @id_key, id_tail = @id_tail,
			version = @version, changed_at = @now
		where id = @id`, pgx.NamedArgs{
		"id": s.ID, "began": in.Began, "joined": in.Joined, "class": in.Class, "card": in.Card, "phone": in.Phone, "phone_owner": in.PhoneOwner,
		"address": in.Address, "group": in.Group, "note": in.Note, "profile": profile, "id_key": n.key, "id_tail": n.tail,
		"version": s.Version + 1, "now": tx.Now(),
	})
	if err != nil {
		return err
	}
	if in.Began != s.Began || in.Joined != s.Joined {
		if err := correctSpan(ctx, tx, s.ID, in.Began, in.Joined); err != nil {
			return err
		}
	}
	if err := writeSecrets(ctx, tx, keys, s.AssociationID, s.ID, s.Version+1, sensitive, known); err != nil {
		return err
	}
	return n.write(ctx, tx, s.AssociationID, s.ID, s.Version+1)
}

// savePerson writes the part of a form that belongs to the person; the trigger carries it to every membership.
func savePerson(ctx context.Context, tx *db.Tx, id PersonID, f Fields) error {
	_, err := tx.Exec(ctx, `
		update person set family_middle = @family, given = @given, alias = @alias, sex = @sex, birth = @birth, sort_key = @key, folded = @folded,
			words = @words, version = version + 1
		where id = @id and (family_middle, given, alias, sex, birth) is distinct from (@family, @given, @alias, @sex, @birth)`,
		pgx.NamedArgs{
			"id": id, "family": f.Name.FamilyMiddle, "given": f.Name.Given, "alias": f.Alias, "sex": f.Sex, "birth": f.Birth,
			"key": vi.SortKey(f.Name), "folded": vi.Fold(f.Name.Full()), "words": searchWords(f.Name.Full(), f.Alias),
		})
	return err
}

// correctSpan mends how and when the latest stretch of belonging began; it stays behind the end of the one before.
func correctSpan(ctx context.Context, tx *db.Tx, id ID, began Began, joined vi.Date) error {
	return tx.ExecOne(ctx, nil, `
		with latest as (select id, lag(to_day) over (order by id) as floor from membership_span where membership_id = $1 and not voided order by id desc limit 1)
		update membership_span s set began = $2, joined = $3, from_day = greatest(coalesce($4::date, '-infinity'), coalesce(l.floor, '-infinity'))
		from latest l where s.id = l.id`, id, began, joined, knownDay(joined, time.Time{}))
}

func sortedCodes(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
