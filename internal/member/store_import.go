package member

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"wardportal/internal/association"
	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
	"wardportal/internal/ward"
)

// ImportID names a run: a file that was brought.
type ImportID int64

// The states of a run.
const (
	ImportPlanned = "planned"
	ImportApplied = "applied"
	ImportUndone  = "undone"
	ImportDropped = "dropped"
)

// UndoImportFor is how long a whole import can be taken back.
const UndoImportFor = 7 * 24 * time.Hour

// Import is a run without its rows.
type Import struct {
	ID            ImportID
	AssociationID AssociationID
	ByName        string
	OnBehalf      bool
	CreatedAt     time.Time
	FileName      string
	FileHash      []byte
	State         string
	Counts        map[Outcome]int
	Mapping       ImportMapping
	RosterMark    string
	AppliedAt     *time.Time
	AppliedBy     string
	UndoneAt      *time.Time
	Version       int
	HasFile       bool
}

// ImportMapping is what was corrected by hand.
type ImportMapping struct {
	Sheets []SheetMapping      `json:"sheets,omitempty"`
	Named  map[string]BranchID `json:"named,omitempty"` // PlaceKey → branch
}

// Learning is what an import teaches the next one of the association.
type Learning struct {
	Columns map[string]string   `json:"columns,omitempty"` // LabelKey → use
	Named   map[string]BranchID `json:"named,omitempty"`
}

// NewImport is a file that was read, ready to be planned.
type NewImport struct {
	Association AssociationID
	FileName    string
	Data        []byte
	Draft       Draft
	Mapping     ImportMapping
	Learned     Learning
}

// ImportOptions gives what a reader of the association's files knows: its branches, the ward's groups, what was learned.
func ImportOptions(ctx context.Context, tx *db.Tx, a AssociationID) (SheetOptions, error) {
	if err := mayImport(tx, a); err != nil {
		return SheetOptions{}, err
	}
	in, err := association.Get(ctx, tx, a)
	if err != nil {
		return SheetOptions{}, err
	}
	o := SheetOptions{Kind: kindOf(in.Kind), Today: tx.Today(), Learned: map[string]string{}, Named: map[string]BranchID{}}
	groups, err := ward.Groups(ctx, tx)
	if err != nil {
		return SheetOptions{}, err
	}
	numbers := map[string]int{}
	for _, g := range groups {
		if g.Number != nil {
			o.Groups = append(o.Groups, *g.Number)
			numbers[g.Name] = *g.Number
		}
	}
	branches, err := association.Branches(ctx, tx, a, tx.Today())
	if err != nil {
		return SheetOptions{}, err
	}
	for _, b := range branches {
		place := SheetPlace{ID: b.ID, Name: b.Name, Listed: b.Listed}
		for _, name := range b.GroupNames {
			if n, ok := numbers[name]; ok {
				place.Groups = append(place.Groups, n)
			}
		}
		o.Places = append(o.Places, place)
	}
	past, err := db.Column[Learning](ctx, tx, `
		select learned from import_run where association_id = $1 and state in ('applied', 'planned') order by id desc limit 20`, a)
	for i := len(past) - 1; i >= 0; i-- { // the newest has the last word
		for label, use := range past[i].Columns {
			o.Learned[label] = use
		}
		for name, id := range past[i].Named {
			o.Named[name] = id
		}
	}
	return o, err
}

func mayImport(tx *db.Tx, a AssociationID) error {
	switch {
	case authz.Can(tx.Who(), authz.ImportRoster, authz.Of(a)):
		return nil
	case authz.Can(tx.Who(), authz.ReadRoster, authz.Of(a)):
		return fault.Denied()
	}
	return fault.Missing()
}

// rosterSQL is storedSQL for everybody of an association.
var rosterSQL = strings.Replace(storedSQL, "m.id = $2", "m.association_id = $2 and m.status <> 'mistake'", 1)

// openPlanner reads the roster that a draft is held against.
func openPlanner(ctx context.Context, tx *db.Tx, keys *Keys, a AssociationID, o SheetOptions) (*planner, error) {
	rows, err := db.All[stored](ctx, tx, rosterSQL, tx.Who().Ward, a)
	if err != nil {
		return nil, err
	}
	p := planner{kind: o.Kind, today: tx.Today(), branches: map[BranchID]string{}, listed: map[BranchID]bool{}, groups: map[int]GroupID{},
		reads: authz.Can(tx.Who(), authz.ReadSensitive, authz.Of(a)), members: make([]known, len(rows))}
	at := map[ID]int{}
	for i, r := range rows {
		p.members[i] = known{stored: r, secrets: map[string]string{}}
		at[r.ID] = i
	}
	for _, b := range o.Places {
		p.branches[b.ID], p.listed[b.ID] = b.Name, b.Listed
	}
	groups, err := ward.Groups(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		if g.Number != nil {
			p.groups[*g.Number] = g.ID
		}
	}
	if _, err := keys.index(tx.Who().Ward, "0"); err != nil {
		return nil, err
	}
	p.keyOf = func(number string) string {
		key, _ := keys.index(tx.Who().Ward, number) // tried above: only missing keys make it fail
		return string(key)
	}
	if p.reads {
		if err := p.readSecrets(ctx, tx, keys, a, at); err != nil {
			return nil, err
		}
	}
	return newPlanner(p), nil
}

func (p *planner) readSecrets(ctx context.Context, tx *db.Tx, keys *Keys, a AssociationID, at map[ID]int) error {
	rows, err := db.All[struct {
		MembershipID ID
		Code         string
		Sealed       []byte
	}](ctx, tx, `
		select distinct on (membership_id, code) membership_id, code, sealed from membership_secret
		where ward_id = $1 and association_id = $2 and not voided and code <> 'so_dinh_danh' order by membership_id, code, id desc`, tx.Who().Ward, a)
	if err != nil {
		return err
	}
	for _, r := range rows {
		i, ok := at[r.MembershipID]
		if !ok {
			continue
		}
		if p.members[i].secrets[r.Code], err = keys.open(r.MembershipID, r.Code, r.Sealed); err != nil {
			return err
		}
	}
	return nil
}

// PlanImport holds a draft against the roster and keeps nothing: what "-plan" prints.
func PlanImport(ctx context.Context, tx *db.Tx, keys *Keys, a AssociationID, o SheetOptions, d Draft) ([]PlannedRow, error) {
	if err := mayImport(tx, a); err != nil {
		return nil, err
	}
	p, err := openPlanner(ctx, tx, keys, a, o)
	if err != nil {
		return nil, err
	}
	return p.plan(d.Rows), nil
}

// SaveImport stores a file with its plan; nothing of the roster changes.
func SaveImport(ctx context.Context, tx *db.Tx, keys *Keys, o SheetOptions, in NewImport) (ImportID, error) {
	rows, err := PlanImport(ctx, tx, keys, in.Association, o, in.Draft)
	if err != nil {
		return 0, err
	}
	if err := forgetOld(ctx, tx, in.Association); err != nil {
		return 0, err
	}
	mark, err := rosterMark(ctx, tx, in.Association)
	if err != nil {
		return 0, err
	}
	file, err := keys.sealBytes(fileContext(in.Association), in.Data)
	if err != nil {
		return 0, err
	}
	sheets, err := keys.sealJSON(fileContext(in.Association), Understood{in.Draft.Sheets, in.Draft.UnknownPlaces()})
	if err != nil {
		return 0, err
	}
	hash := sha256.Sum256(in.Data)
	who := tx.Who()
	id, err := db.Value[ImportID](ctx, tx, `
		insert into import_run (ward_id, association_id, account_id, by_name, on_behalf, created_at, file_name, file_hash, file_sealed, sheets_sealed,
			mapping, learned, counts, roster_mark)
		values ($1, $2, nullif($3::bigint, 0), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning id`,
		who.Ward, in.Association, who.User, who.Name, authz.OnBehalf(who, authz.Of(in.Association)), tx.Now(), cleanFileName(in.FileName), hash[:], file, sheets,
		in.Mapping, in.Learned, tally(rows), mark)
	if err != nil {
		return 0, err
	}
	if err := writeImportRows(ctx, tx, keys, in.Association, id, rows); err != nil {
		return 0, err
	}
	return id, audit.Record(ctx, tx, audit.Event{Action: "import.plan", Object: "import_run", ID: int64(id), Association: in.Association})
}

// cleanFileName is the last part of a file's name, short enough to be shown.
func cleanFileName(name string) string {
	name = vi.Clean(path.Base(strings.ReplaceAll(name, `\`, "/")))
	for utf8.RuneCountInString(name) > 200 {
		name = name[1:]
	}
	if name == "" || name == "." || name == "/" {
		return "danh-sach"
	}
	return strings.ToValidUTF8(name, "")
}

// rosterMark changes with every change of the association's roster.
func rosterMark(ctx context.Context, tx *db.Tx, a AssociationID) (string, error) {
	return db.Value[string](ctx, tx, `
		select count(m.id) || '.' || coalesce(sum(hashtextextended(
			concat_ws('|', m.id, m.version, m.full_name, m.alias, m.sex, m.birth, m.status, m.branch_id), 0)::numeric), 0)
		from membership m where m.ward_id = $1 and m.association_id = $2`, tx.Who().Ward, a)
}

func fileContext(a AssociationID) string       { return fmt.Sprintf("import file of association %d", a) }
func rowContext(id ImportID, place int) string { return fmt.Sprintf("import %d row %d", id, place) }

// sealBytes and openBytes seal what an import keeps; the context ties it to its place.
func (k *Keys) sealBytes(context string, plain []byte) ([]byte, error) {
	if k == nil || k.aead == nil {
		return nil, errNoKeys
	}
	out := make([]byte, 1+k.aead.NonceSize(), 1+k.aead.NonceSize()+len(plain)+k.aead.Overhead())
	out[0] = sealVersion
	if _, err := rand.Read(out[1:]); err != nil {
		return nil, fmt.Errorf("draw a nonce: %w", err)
	}
	return k.aead.Seal(out, out[1:], plain, []byte(context)), nil
}

func (k *Keys) openBytes(context string, sealed []byte) ([]byte, error) {
	if k == nil || k.aead == nil {
		return nil, errNoKeys
	}
	n := 1 + k.aead.NonceSize()
	if len(sealed) < n || sealed[0] != sealVersion {
		return nil, fmt.Errorf("%s has an unknown form", context)
	}
	plain, err := k.aead.Open(nil, sealed[1:n], sealed[n:], []byte(context))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", context, err)
	}
	return plain, nil
}

func (k *Keys) sealJSON(context string, v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", context, err)
	}
	return k.sealBytes(context, plain)
}

func (k *Keys) openJSON(context string, sealed []byte, v any) error {
	plain, err := k.openBytes(context, sealed)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(plain, v); err != nil {
		return fmt.Errorf("read %s: %w", context, err)
	}
	return nil
}
