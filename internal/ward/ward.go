// Package ward holds the tenant: the ward itself, its residential groups (tổ dân phố) and its facts for public pages.
package ward

import (
	"context"
	"time"
	"unicode"
	"unicode/utf8"

	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// ID names a ward, GroupID a residential group.
type (
	ID      = authz.WardID
	GroupID = authz.GroupID
)

// Ward is what pages show of the ward.
type Ward struct {
	ID          ID
	Code        string
	Name        string // "phường Chánh Lộ"
	City        string // "thành phố Quảng Ngãi", empty since 01/07/2025
	Province    string // "tỉnh Quảng Ngãi"
	Hosts       []string
	Address     string
	Phone       string
	Email       string
	Hours       string
	Responsible string
	About       string
	Demo        bool
	CreatedAt   time.Time
	Version     int
}

// Place gives the name as documents and headers spell it: "Phường Chánh Lộ, thành phố Quảng Ngãi".
func (w Ward) Place() string {
	s := upperFirst(w.Name)
	if w.City != "" {
		return s + ", " + w.City
	}
	return s + ", " + w.Province
}

// ShortName is the proper name alone: "Chánh Lộ".
func (w Ward) ShortName() string {
	for _, prefix := range []string{"phường ", "xã ", "đặc khu ", "thị trấn "} {
		if rest, ok := cutFold(w.Name, prefix); ok {
			return rest
		}
	}
	return w.Name
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && vi.Fold(s[:len(prefix)]) == vi.Fold(prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

// Group is a residential group.
type Group struct {
	ID     GroupID
	Number *int // 3 in "Tổ dân phố 3"
	Name   string
}

// New is what it takes to set up a ward.
type New struct {
	Code, Name, City, Province, Address, Phone, Email, Hours, Responsible, About string
	Hosts                                                                        []string
	Demo                                                                         bool
}

const columns = `id, code, name, city, province, hosts, address, phone, email, hours, responsible, about, demo, created_at, version`

// Create adds a ward; only the system may (set-up and the demo).
func Create(ctx context.Context, tx *db.Tx, in New) (ID, error) {
	if !tx.Who().IsSystem() {
		return 0, fault.Denied()
	}
	if in.Name = vi.Clean(in.Name); in.Name == "" {
		return 0, fault.At("name", "Nhập tên phường.")
	}
	hosts := in.Hosts
	if hosts == nil {
		hosts = []string{}
	}
	// The id is asked first: a ward that does not exist yet cannot be read back under row-level security.
	id, err := db.Value[ID](ctx, tx, `select nextval(pg_get_serial_sequence('ward', 'id'))`)
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `
		insert into ward (id, code, name, city, province, hosts, address, phone, email, hours, responsible, about, demo, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		id, in.Code, in.Name, vi.Clean(in.City), vi.Clean(in.Province), hosts, vi.Clean(in.Address), in.Phone, in.Email, in.Hours,
		vi.Clean(in.Responsible), vi.CleanMultiline(in.About), in.Demo, tx.Now())
	return id, err
}

// Get reads the principal's own ward.
func Get(ctx context.Context, tx *db.Tx) (Ward, error) {
	return db.One[Ward](ctx, tx, `select `+columns+` from ward where id = $1`, tx.Who().Ward)
}

// AddGroup adds a residential group.
func AddGroup(ctx context.Context, tx *db.Tx, number int, name string, opened time.Time) (GroupID, error) {
	if !authz.Can(tx.Who(), authz.ManageWard, authz.Scope{}) {
		return 0, fault.Denied()
	}
	id, err := db.Value[GroupID](ctx, tx, `
		insert into residential_group (ward_id, number, name, opened_on) values ($1, nullif($2, 0), $3, $4) returning id`,
		tx.Who().Ward, number, vi.Clean(name), opened)
	if err != nil {
		return 0, err
	}
	return id, audit.Record(ctx, tx, audit.Event{Action: "group.add", Object: "residential_group", ID: int64(id)})
}

// Groups lists the residential groups that exist today, by number.
func Groups(ctx context.Context, tx *db.Tx) ([]Group, error) {
	return db.All[Group](ctx, tx, `
		select id, number, name from residential_group
		where ward_id = $1 and (closed_on is null or closed_on >= $2) order by number nulls last, name`, tx.Who().Ward, tx.Today())
}

// ByHost finds the ward a host name means: its own name, or the only ward there is. NotFound where none answers.
func ByHost(ctx context.Context, tx *db.Tx, host string) (ID, error) {
	id, err := db.Value[*ID](ctx, tx, `select ward_of_host($1)`, host)
	if err != nil {
		return 0, err
	}
	if id == nil {
		return 0, fault.Missing()
	}
	return *id, nil
}

// Listed is a ward as set-up and commands see it.
type Listed struct {
	ID   ID
	Code string
	Name string
	Demo bool
}

// List names every ward of the database; it carries nothing personal and works before a ward is chosen.
func List(ctx context.Context, tx *db.Tx) ([]Listed, error) {
	return db.All[Listed](ctx, tx, `select id, code, name, demo from ward_list()`)
}

var _ = db.Explain("residential_group_name_unique", "name", "Đã có tổ dân phố mang tên này.")

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
