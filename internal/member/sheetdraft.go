package member

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/sheet"
	"wardportal/internal/vi"
)

// A roster as an association keeps it, read from a spreadsheet: which lines are people, what each cell means, what is
// doubtful or wrong about it. Everything in the files sheet*.go is pure; what the roster already holds is compared in
// the files import*.go.

// SheetOptions is what the reader knows besides the file.
type SheetOptions struct {
	Kind    association.Kind
	Today   time.Time
	Places  []SheetPlace      // the association's branches
	Groups  []int             // numbers of the ward's residential groups; none = any number is believed
	Learned map[string]string // label of a column (see LabelKey) → use, from earlier imports of the association
	Sheets  []SheetMapping    // corrections by hand, by sheet name
	// Named says which branch the file's own words mean where they name none of the association's: PlaceKey → branch.
	Named map[string]BranchID
}

// PlaceKey is the form in which the file's words for a branch are compared.
func PlaceKey(text string) string { return strings.Join(vi.Words(text), " ") }

// SheetPlace is a branch that a row may name: by its name, or by the number of a residential group it covers.
type SheetPlace struct {
	ID     BranchID
	Name   string
	Groups []int
	Listed bool // false: kept by number only, takes no members
}

// SheetMapping says how one sheet is to be read. Columns are uses by column from 0; one that is absent is guessed.
type SheetMapping struct {
	Sheet    string         `json:"sheet"`
	Skip     bool           `json:"skip,omitempty"`
	Encoding vi.Encoding    `json:"encoding,omitempty"` // "" = by font, else guessed
	Branch   BranchID       `json:"branch,omitempty"`   // for rows that name none
	Columns  map[int]string `json:"columns,omitempty"`
}

// SheetColumn is a column of a table as it was understood.
type SheetColumn struct {
	Index   int      // from 0
	Label   string   // of one or two header rows, repaired
	Use     string   // what it holds (Uses), "" = not used
	Hidden  bool     // hidden in the file
	Samples []string // the first values, repaired
	quality int
}

// SheetDraft is a sheet of the file as it was understood.
type SheetDraft struct {
	Name     string
	Titles   []string // lines above the header
	Year     int      // the year the list speaks of; 0 unknown
	Header   int      // row of the last header line, from 1; 0 = no table of people found
	Columns  []SheetColumn
	Encoding vi.Encoding // old encoding that was found, "" when none
	Before   string      // a name as it stands in the file, where the text was converted
	After    string
	Rows     int // people found
	Hidden   bool
	Skipped  bool
	Mapped   SheetMapping // what was corrected by hand
}

// Draft is a file as it was understood.
type Draft struct {
	Sheets []SheetDraft
	Rows   []SheetRow
}

// What a row of a file tells of the person now.
const (
	RowActive   = "active"
	RowDeceased = "deceased"
	RowMoved    = "moved"
	RowLeft     = "left"
)

// SheetReason is one thing that is odd or wrong about a row.
type SheetReason struct {
	Code string `json:"code"`           // as in the plan: "birth-invalid"
	Row  string `json:"row,omitempty"`  // the other row: "57", "TDP 2!13"
	Text string `json:"text,omitempty"` // what the cell held
}

// Levels of an outcome, the gravest last.
const (
	LevelOK        = "ok"
	LevelWarn      = "warn"
	LevelDuplicate = "duplicate-of"
	LevelError     = "error"
)

// SheetRow is one line that holds, or claims to hold, a member.
type SheetRow struct {
	Sheet string
	Row   int // as the spreadsheet program counts, from 1
	Fields
	Branch BranchID
	Group  int    // number of the residential group, 0 unknown
	Place  string // the file's words for the branch where no group is known
	Status string
	How    EndHow  // for rows that are not active
	On     vi.Date // day of death, of moving or leaving
	To     string  // where somebody moved to
	Exempt bool    // "miễn sinh hoạt"
	Level  string
	Why    []SheetReason
	Twin   int    // index + 1 in Draft.Rows of the row that this one repeats
	Source string // the name as it stands in the file, before any repair
	list   bool   // stands in a list of the dead or departed
	extra  []sheetPair
}

type sheetPair struct{ key, value string }

var noSeparators = strings.NewReplacer(";", ",", "\t", " ", "\n", " ", "\r", " ")

// set keeps a further value of the row for the plan; empty ones are left out.
func (r *SheetRow) set(key, value string) {
	if value = noSeparators.Replace(value); value != "" {
		r.extra = append(r.extra, sheetPair{key, value})
	}
}

func (r *SheetRow) get(key string) string {
	for _, p := range r.extra {
		if p.key == key {
			return p.value
		}
	}
	return ""
}

// because adds a reason and raises the level; a reason that was told already is not repeated.
func (r *SheetRow) because(level, code, text string) {
	if !r.Has(code) {
		r.Why = append(r.Why, SheetReason{Code: code, Text: text})
	}
	r.raise(level)
}

func (r *SheetRow) raise(level string) {
	if levelRank[level] > levelRank[r.Level] {
		r.Level = level
	}
}

var levelRank = map[string]int{LevelOK: 0, LevelWarn: 1, LevelDuplicate: 2, LevelError: 3}

// Has tells whether a reason was given.
func (r *SheetRow) Has(code string) bool {
	return slices.ContainsFunc(r.Why, func(w SheetReason) bool { return w.Code == code })
}

// ReadSheets finds the people in a book. It never fails: what it does not understand is said in the rows.
func ReadSheets(book *sheet.Book, o SheetOptions) Draft {
	rd := &sheetReader{o: o, legacy: fileEncoding(book)}
	for _, s := range book.Sheets {
		rd.sheet(s)
	}
	findTwins(rd.draft.Rows)
	return rd.draft
}

// sheetReader carries what is known of the file while its sheets are read.
type sheetReader struct {
	o      SheetOptions
	legacy vi.Encoding // old encoding of cells whose font tells nothing; "" none
	draft  Draft
}

// sheet reads one sheet into the draft.
func (rd *sheetReader) sheet(s *sheet.Sheet) {
	m := SheetMapping{Sheet: s.Name, Skip: s.Hidden}
	for _, given := range rd.o.Sheets {
		if given.Sheet == s.Name {
			m = given
		}
	}
	d := SheetDraft{Name: s.Name, Hidden: s.Hidden, Skipped: m.Skip, Mapped: m}
	t := &tableReader{rd: rd, g: newGrid(s, rd.legacy, m.Encoding), d: &d}
	t.findHeader()
	if d.Header > 0 && !m.Skip {
		t.readRows()
	}
	d.Encoding, d.Before, d.After = t.g.converted()
	rd.draft.Sheets = append(rd.draft.Sheets, d)
}

// Mapping is how the sheet was read, to be corrected and remembered.
func (d SheetDraft) Mapping() SheetMapping {
	m := d.Mapped
	m.Columns = map[int]string{}
	for _, c := range d.Columns {
		m.Columns[c.Index] = cmp.Or(c.Use, UseNone)
	}
	return m
}
