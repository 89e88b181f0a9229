package member

import (
	"context"
	"errors"
	"strings"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// Done is what an act gives back: the membership, and the change that Undo takes (0 when nothing was changed).
type Done struct {
	ID     ID
	Change int64
}

// Add puts somebody on the roster. Admitted or arrived without a day means today; "từ trước" may leave it unknown.
// A person who is known to another association gets a row of their own all the same (product.md §2.9).
func Add(ctx context.Context, tx *db.Tx, keys *Keys, in NewMember) (Done, error) {
	place, err := placeFor(ctx, tx, in.Association, in.Branch)
	if err != nil {
		return Done{}, err
	}
	in.clean()
	if in.From = vi.Clean(in.From); in.Joined.IsZero() && in.Began != Listed {
		in.Joined = vi.DayOf(tx.Now())
	}
	if err := in.check(place.kind, tx.Today()).Err(); err != nil {
		return Done{}, err
	}
	id, err := insertMember(ctx, tx, keys, in, place.kind)
	if err != nil {
		return Done{}, err
	}
	change, err := finish(ctx, tx, id, happening{act: actAdd, sentence: addSentence(in, place.branch)})
	return Done{id, change}, err
}

type place struct {
	kind   association.Kind
	branch string
}

// placeFor finds a branch that takes members and checks the right to write its roster.
func placeFor(ctx context.Context, tx *db.Tx, a AssociationID, b BranchID) (place, error) {
	row, err := db.One[struct {
		Kind   string
		Name   string
		Listed bool
	}](ctx, tx, `
		select a.kind, b.name, b.listed from branch b join association a on a.id = b.association_id
		where b.ward_id = $1 and b.association_id = $2 and b.id = $3 and (b.closed_on is null or b.closed_on >= $4)`,
		tx.Who().Ward, a, b, tx.Today())
	switch {
	case fault.Is(err, fault.NotFound) && b == 0:
		return place{}, fault.At(FieldBranch, "Chọn chi hội.")
	case err != nil:
		return place{}, err
	case !authz.Can(tx.Who(), authz.WriteRoster, authz.At(a, b)):
		return place{}, fault.Missing()
	case !row.Listed:
		return place{}, fault.At(FieldBranch, "Chi hội này chỉ quản lý theo số lượng, không có danh sách hội viên.")
	}
	return place{kindOf(row.Kind), row.Name}, nil
}

func addSentence(in NewMember, branch string) string {
	switch in.Began {
	case Admitted:
		return "Kết nạp" + onDay("", in.Joined) + ", sinh hoạt tại " + branch
	case Arrived:
		from := ""
		if in.From != "" {
			from = " từ " + in.From
		}
		return "Chuyển đến" + from + onDay("", in.Joined) + ", sinh hoạt tại " + branch
	default:
		since := ""
		if !in.Joined.IsZero() {
			since = " (là hội viên" + onDay(" từ", in.Joined) + ")"
		}
		return "Bổ sung vào danh sách " + branch + strings.ReplaceAll(since, "  ", " ")
	}
}

// insertMember writes person, membership and the first dated rows of a checked NewMember.
func insertMember(ctx context.Context, tx *db.Tx, keys *Keys, in NewMember, kind association.Kind) (ID, error) {
	ids, err := db.One[struct {
		Person PersonID
		ID     ID
	}](ctx, tx, `select nextval(pg_get_serial_sequence('person', 'id')) as person, nextval(pg_get_serial_sequence('membership', 'id')) as id`)
	if err != nil {
		return 0, err
	}
	number, err := sealNumber(tx, keys, ids.ID, in.IDNumber)
	if err != nil {
		return 0, err
	}
	profile, sensitive := in.split(kind)
	who := tx.Who()
	_, err = tx.Exec(ctx, `
		insert into person (id, ward_id, made_for, family_middle, given, alias, sex, birth, sort_key, folded, words)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		ids.Person, who.Ward, in.Association, in.Name.FamilyMiddle, in.Name.Given, in.Alias, in.Sex, in.Birth,
		vi.SortKey(in.Name), vi.Fold(in.Name.Full()), searchWords(in.Name.Full(), in.Alias))
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `
		insert into membership (id, ward_id, association_id, person_id, branch_id, class, began, joined, card, phone, phone_owner, address,
			group_id, note, profile, id_key, id_tail, created_at, changed_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, nullif($13::bigint, 0), $14, $15, $16, $17, $18, $18)`,
		ids.ID, who.Ward, in.Association, ids.Person, in.Branch, in.Class, in.Began, in.Joined, in.Card, in.Phone, in.PhoneOwner, in.Address,
		in.Group, in.Note, profile, number.key, number.tail, tx.Now())
	if err != nil {
		return 0, err
	}
	if err := openSpan(ctx, tx, in.Association, ids.ID, in.Began, in.Joined, in.From, time.Time{}); err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `insert into membership_branch (ward_id, association_id, membership_id, branch_id, from_day) values ($1, $2, $3, $4, '-infinity')`,
		who.Ward, in.Association, ids.ID, in.Branch)
	if err != nil {
		return 0, err
	}
	if err := writeSecrets(ctx, tx, keys, in.Association, ids.ID, 1, sensitive, nil); err != nil {
		return 0, err
	}
	return ids.ID, number.write(ctx, tx, in.Association, ids.ID, 1)
}

// openSpan begins a stretch of belonging; it does not count from before floor (the end of the one before).
func openSpan(ctx context.Context, tx *db.Tx, a AssociationID, id ID, began Began, joined vi.Date, from string, floor time.Time) error {
	_, err := tx.Exec(ctx, `
		insert into membership_span (ward_id, association_id, membership_id, began, joined, from_day, place)
		values ($1, $2, $3, $4, $5, coalesce($6::date, '-infinity'), $7)`,
		tx.Who().Ward, a, id, began, joined, knownDay(joined, floor), from)
	return err
}

// knownDay is the effective day, nil (reads as -infinity) when neither the date nor a floor is known.
func knownDay(d vi.Date, floor time.Time) *time.Time {
	if d.IsZero() && floor.IsZero() {
		return nil
	}
	day := effective(d, floor)
	return &day
}

// number is a citizen number ready to be stored; the zero value is none.
type number struct {
	key    []byte
	tail   string
	sealed []byte
}

// CodeID is the code under which a citizen number is sealed.
const CodeID = "so_dinh_danh"

func sealNumber(tx *db.Tx, keys *Keys, id ID, typed string) (number, error) {
	parsed, err := vi.ParseID(typed)
	if err != nil {
		return number{}, fault.At(FieldID, err.Error())
	}
	if parsed.Number == "" {
		return number{}, nil
	}
	key, err := keys.index(tx.Who().Ward, parsed.Number)
	sealed, err2 := keys.seal(id, CodeID, parsed.Number)
	return number{key, parsed.Last4(), sealed}, errors.Join(err, err2)
}

func (n number) write(ctx context.Context, tx *db.Tx, a AssociationID, id ID, version int) error {
	if n.sealed == nil {
		return nil
	}
	_, err := tx.Exec(ctx, `
		insert into membership_secret (ward_id, association_id, membership_id, code, sealed, id_key, version, at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.Who().Ward, a, id, CodeID, n.sealed, n.key, version, tx.Now())
	return err
}

// writeSecrets seals the answers that differ from known, which is empty for a writer who may not read them.
func writeSecrets(ctx context.Context, tx *db.Tx, keys *Keys, a AssociationID, id ID, version int, answers, known map[string]string) error {
	var codes []string
	var sealed [][]byte
	for code, answer := range answers {
		if answer == known[code] {
			continue
		}
		s, err := keys.seal(id, code, answer)
		if err != nil {
			return err
		}
		codes, sealed = append(codes, code), append(sealed, s)
	}
	if len(codes) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `
		insert into membership_secret (ward_id, association_id, membership_id, code, sealed, version, at)
		select $1, $2, $3, u.code, u.sealed, $4, $5 from unnest($6::text[], $7::bytea[]) u (code, sealed)`,
		tx.Who().Ward, a, id, version, tx.Now(), codes, sealed)
	return err
}

// Check says what Add would refuse of the fields, without adding; pages use it to show all complaints at once.
func Check(ctx context.Context, tx *db.Tx, in NewMember) error {
	place, err := placeFor(ctx, tx, in.Association, in.Branch)
	p := &fault.Problems{}
	if err := p.Merge(err); err != nil {
		return err
	}
	if in.clean(); p.Has(FieldBranch) {
		kind, err := db.Value[string](ctx, tx, `select kind from association where ward_id = $1 and id = $2`, tx.Who().Ward, in.Association)
		if err != nil {
			return err
		}
		place.kind = kindOf(kind)
	}
	if err := p.Merge(in.check(place.kind, tx.Today()).Err()); err != nil {
		return err
	}
	return p.Err()
}
