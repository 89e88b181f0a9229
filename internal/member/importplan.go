package member

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// Outcome is what a row of a file will do to the roster.
type Outcome string

// The outcomes. Ask and Wrong do nothing until somebody decides or mends the row.
const (
	OutcomeNew     Outcome = "new"
	OutcomeChanged Outcome = "changed"
	OutcomeSame    Outcome = "same"
	OutcomeAsk     Outcome = "ask"
	OutcomeWrong   Outcome = "wrong"
	OutcomeRepeat  Outcome = "repeat" // stands in the file twice; the first row has it all
)

// Outcomes lists the outcomes in the order of the page's filters.
var Outcomes = []Outcome{OutcomeNew, OutcomeChanged, OutcomeSame, OutcomeAsk, OutcomeWrong, OutcomeRepeat}

// Label is what the page calls the outcome.
func (o Outcome) Label() string {
	return map[Outcome]string{OutcomeNew: "Mới", OutcomeChanged: "Thay đổi", OutcomeSame: "Giữ nguyên", OutcomeAsk: "Cần ông/bà chọn", OutcomeWrong: "Sai", OutcomeRepeat: "Lặp trong tệp"}[o]
}

// FieldChange is one field that a row changes, as people read it. Sealed fields show that they change, not to what.
type FieldChange struct {
	Field string `json:"field"`
	Label string `json:"label"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
}

// Candidate is somebody of the roster whom a row may mean.
type Candidate struct {
	ID    ID     `json:"id"`
	Label string `json:"label"` // "sinh 1947, Chi hội 3"
}

// PlannedRow is a row of a file with what it will do.
type PlannedRow struct {
	SheetRow
	Outcome    Outcome
	Decision   string // "", DecideSkip, DecideNew, or DecideAs + id
	Target     ID
	Version    int // of the target when the plan was made
	Changes    []FieldChange
	Candidates []Candidate
	Question   string // what is asked, or why the row cannot go in
	next       *Fields
}

// Decisions about a row.
const (
	DecideSkip = "skip"
	DecideNew  = "new"
	DecideAs   = "as:"
)

// known is a member of the roster as the comparison needs it.
type known struct {
	stored
	row     SheetRow
	secrets map[string]string // sealed answers, where the planner may read them
}

// planner holds rows against the roster.
type planner struct {
	kind      association.Kind
	today     time.Time
	reads     bool // may read sealed answers
	branches  map[BranchID]string
	listed    map[BranchID]bool
	groups    map[int]GroupID
	members   []known
	byID      map[string]int // citizen number's key → member
	byName    map[string][]int
	taken     map[int]int // member → row that has it
	keyOf     func(number string) string
	sensitive map[string]bool
}

func newPlanner(p planner) *planner {
	p.byID, p.byName, p.taken, p.sensitive = map[string]int{}, map[string][]int{}, map[int]int{}, map[string]bool{}
	for i := range p.members {
		m := &p.members[i]
		if len(m.IDKey) > 0 {
			p.byID[string(m.IDKey)] = i
		}
		f := m.member().Fields
		m.row = SheetRow{Fields: f, Branch: m.BranchID, Status: RowActive}
		name := vi.ToneFold(f.Name.Full())
		p.byName[name] = append(p.byName[name], i)
	}
	for _, f := range p.kind.MemberFields {
		p.sensitive[f.Code] = f.Sensitive
	}
	return &p
}

// plan says of every row of a draft what it will do.
func (p *planner) plan(rows []SheetRow) []PlannedRow {
	rows = mergeTwins(rows)
	out := make([]PlannedRow, len(rows))
	for i := range rows {
		out[i] = PlannedRow{SheetRow: rows[i]}
		p.decide(&out[i], i)
	}
	return out
}

// mergeTwins lets a row take from the later rows that repeat it what it lacks: a full date, a phone, a death.
func mergeTwins(rows []SheetRow) []SheetRow {
	rows = slices.Clone(rows)
	for i := range rows {
		if rows[i].Twin > 0 && rows[i].Level == LevelDuplicate {
			rows[rows[i].Twin-1].takeFrom(&rows[i])
		}
	}
	return rows
}

func (r *SheetRow) takeFrom(o *SheetRow) {
	r.Alias, r.Sex, r.Card, r.Address = cmp.Or(r.Alias, o.Alias), cmp.Or(r.Sex, o.Sex), cmp.Or(r.Card, o.Card), cmp.Or(r.Address, o.Address)
	r.IDNumber = cmp.Or(r.IDNumber, o.IDNumber)
	if r.Phone == "" {
		r.Phone, r.PhoneOwner = o.Phone, o.PhoneOwner
	}
	if r.Birth.Covers(o.Birth) {
		r.Birth = o.Birth
	}
	if r.Joined.Covers(o.Joined) {
		r.Joined = o.Joined
	}
	if r.Status == RowActive && o.Status != RowActive || r.Status == o.Status && r.On.Covers(o.On) {
		r.Status, r.How, r.On, r.To = o.Status, o.How, o.On, cmp.Or(o.To, r.To)
	}
	if r.Has("branch-transfer") && o.Branch != 0 && r.get("transfer_to") == "TDP "+itoa(o.Group) {
		r.Branch, r.Group, r.Place = o.Branch, o.Group, o.Place
	}
	for code, v := range o.Profile {
		if r.Profile[code] == "" {
			r.Profile[code] = v
		}
	}
}

// decide finds whom the row means and what it changes.
func (p *planner) decide(r *PlannedRow, n int) {
	r.Target, r.Version, r.Changes, r.Candidates, r.Question, r.next = 0, 0, nil, nil, "", nil
	switch {
	case r.Level == LevelError:
		r.Outcome, r.Question = OutcomeWrong, r.complaint()
		return
	case r.Level == LevelDuplicate && r.Decision == "":
		r.Outcome = OutcomeRepeat
		return
	}
	if id, ok := strings.CutPrefix(r.Decision, DecideAs); ok {
		for i := range p.members {
			if itoa(int(p.members[i].ID)) == id {
				p.compare(r, i, n)
				return
			}
		}
	}
	sure, maybe := p.match(&r.SheetRow)
	switch {
	case r.Decision == DecideNew:
		p.addNew(r)
	case sure >= 0:
		p.compare(r, sure, n)
	case len(maybe) > 0:
		r.Outcome = OutcomeAsk
		for _, i := range maybe {
			r.Candidates = append(r.Candidates, p.candidate(i))
		}
		r.Question = "Có người cùng tên trong danh sách. Có phải là một người không?"
		if r.Has("id-other-name") {
			r.Question = "Số CCCD, CMND này đã ghi cho một hội viên mang tên khác. Có phải là một người không?"
		}
	default:
		p.addNew(r)
	}
}

// complaint is the first reason why a row is wrong.
func (r *SheetRow) complaint() string {
	for _, w := range r.Why {
		if grave[w.Code] {
			return w.Sentence()
		}
	}
	return "Dòng này không ghi được."
}

// match finds the member whom a row means: sure is one of the roster (-1 none), maybe are those to ask about.
func (p *planner) match(r *SheetRow) (sure int, maybe []int) {
	r.Why = slices.DeleteFunc(r.Why, func(w SheetReason) bool { return w.Code == "id-other-name" })
	if r.IDNumber != "" {
		if i, ok := p.byID[p.keyOf(r.IDNumber)]; ok {
			if sameName(&p.members[i].row, r) {
				return i, nil
			}
			r.Why = append(r.Why, SheetReason{Code: "id-other-name"})
			return -1, []int{i}
		}
	}
	probe := *r
	probe.Group, probe.Place, probe.IDNumber = 0, "", ""
	var near []int
	for _, i := range p.byName[vi.ToneFold(r.Name.Full())] {
		m := &p.members[i]
		// Another number is another person, unless an old card gave way to a new one: that is asked.
		otherNumber := r.IDNumber != "" && len(m.IDKey) > 0
		switch l := likeness(&m.row, &probe); {
		case otherNumber && l < 2:
		case otherNumber:
			near = append(near, i)
		case l == 2:
			return i, nil
		case l == 1 || p.mayBe(&m.row, &probe):
			near = append(near, i)
		}
	}
	// One of the name and year in the same branch, a year later: the usual re-import.
	same := slices.DeleteFunc(slices.Clone(near), func(i int) bool {
		m := &p.members[i].row
		return r.Branch == 0 || m.Branch != r.Branch || m.Birth.IsZero() || r.Birth.IsZero() || contradicts(m, r)
	})
	if len(same) == 1 && len(near) == 1 {
		return same[0], nil
	}
	return -1, near
}

// contradicts tells whether two namesakes of one year live elsewhere and have other phones: then it is asked.
func contradicts(a, b *SheetRow) bool {
	return a.Phone != "" && b.Phone != "" && a.Phone != b.Phone && a.Address != "" && b.Address != "" && vi.Fold(a.Address) != vi.Fold(b.Address)
}

// mayBe asks about people of one name of whom one birth is unknown or only differs in how precisely it is told.
func (p *planner) mayBe(m, r *SheetRow) bool {
	if m.Sex != "" && r.Sex != "" && m.Sex != r.Sex {
		return false
	}
	return m.Birth.Covers(r.Birth) || r.Birth.Covers(m.Birth)
}

func (p *planner) candidate(i int) Candidate {
	m := p.members[i]
	parts := []string{}
	if b := m.Birth.Display(); b != "" {
		parts = append(parts, "sinh "+b)
	}
	parts = append(parts, m.Branch)
	if m.Phone != "" {
		parts = append(parts, "điện thoại "+vi.PhoneDisplay(m.Phone))
	}
	if !m.Status.Live() {
		parts = append(parts, strings.ToLower(m.Status.Label()))
	}
	return Candidate{m.ID, m.member().Name.Full() + ", " + strings.Join(parts, ", ")}
}

// addNew plans a new member, if the row says where the person belongs and is not gone already.
func (p *planner) addNew(r *PlannedRow) {
	switch {
	case r.Branch == 0:
		r.Outcome, r.Question = OutcomeAsk, "Chưa biết người này thuộc chi hội nào."
		if r.Place != "" {
			r.Question = "Tệp ghi “" + r.Place + "”, hội không có chi hội có danh sách mang tên đó. Chọn chi hội ở bước Ghép cột, hoặc sửa dòng này."
		}
	case !p.listed[r.Branch]:
		r.Outcome, r.Question = OutcomeAsk, p.branches[r.Branch]+" chỉ quản lý theo số lượng, không có danh sách. Chọn chi hội khác."
	case r.Status != RowActive && r.On.IsZero(): // a day is never invented
		r.Outcome, r.Question = OutcomeAsk, "Tệp ghi người này "+goneWord[r.Status]+" nhưng không rõ ngày, và chưa có trong danh sách."
	default:
		r.Outcome = OutcomeNew
		r.Began = p.began(r.Joined)
		p.refuse(r, r.Fields)
	}
}

var goneWord = map[string]string{RowDeceased: "đã mất", RowMoved: "đã chuyển đi", RowLeft: "đã ra khỏi hội"}

// began decides how a new member came: admitted when the joining date lies in the current year, else listed before.
func (p *planner) began(joined vi.Date) Began {
	if joined.Year == p.today.Year() {
		return Admitted
	}
	return Listed
}

// compare plans what the row changes on a member.
func (p *planner) compare(r *PlannedRow, i, n int) {
	m := &p.members[i]
	if other, ok := p.taken[i]; ok && other != n && r.Decision == "" {
		r.Outcome, r.Question = OutcomeAsk, "Một dòng khác của tệp cũng là hội viên này."
		r.Candidates = []Candidate{p.candidate(i)}
		return
	}
	p.taken[i] = n
	r.Target, r.Version = m.ID, m.Version
	if !m.Status.Live() {
		if r.Status == RowActive {
			r.Outcome, r.Question = OutcomeAsk, "Trong danh sách người này không còn sinh hoạt, tệp ghi vẫn còn."
			r.Candidates = []Candidate{p.candidate(i)}
			return
		}
		r.Outcome = OutcomeSame
		return
	}
	if r.Status != RowActive && r.On.IsZero() {
		r.Outcome, r.Question = OutcomeAsk, "Tệp ghi người này "+goneWord[r.Status]+" nhưng không rõ ngày. Xin ghi ngày trong hồ sơ."
		r.Candidates = []Candidate{p.candidate(i)}
		return
	}
	next := m.member().Fields
	p.overlay(&next, r, m)
	r.next = &next
	r.Changes = p.differences(m, &next, r)
	r.Outcome = OutcomeChanged
	if len(r.Changes) == 0 {
		r.Outcome = OutcomeSame
		return
	}
	p.refuse(r, next)
}

// refuse turns a row wrong whose fields the form would refuse too: a note that is too long, a date that cannot be.
func (p *planner) refuse(r *PlannedRow, f Fields) {
	f.clean()
	if wrong := fault.FieldsOf(f.check(p.kind, p.today).Err()); len(wrong) > 0 {
		r.Outcome, r.Question = OutcomeWrong, wrong[0].Message
	}
}

// overlay lays what the row tells over the member's fields. Blank cells never erase, and what is known more precisely stays.
func (p *planner) overlay(f *Fields, r *PlannedRow, m *known) {
	if !sameName(&m.row, &r.SheetRow) {
		f.Name = r.Name
	}
	f.Alias, f.Sex = cmp.Or(r.Alias, f.Alias), cmp.Or(r.Sex, f.Sex)
	f.Birth, f.Joined = better(f.Birth, r.Birth), better(f.Joined, r.Joined)
	if r.Phone != "" && r.Phone != f.Phone {
		f.Phone, f.PhoneOwner = r.Phone, r.PhoneOwner
	}
	f.PhoneOwner = cmp.Or(r.PhoneOwner, f.PhoneOwner)
	f.Card, f.Address = cmp.Or(r.Card, f.Card), cmp.Or(r.Address, f.Address)
	if vi.Fold(f.Address) == vi.Fold(m.Address) {
		f.Address = m.Address
	}
	if id := p.groups[r.Group]; id != 0 {
		f.Group = id
	}
	for part := range strings.SplitSeq(r.Note, "; ") {
		if part = strings.TrimSpace(part); part != "" && !strings.Contains(f.Note, part) {
			f.Note = joinNotes(f.Note, part)
		}
	}
	if r.Class != "" && r.Class != Full {
		f.Class = r.Class
	}
	f.Profile = map[string]string{}
	for code, v := range m.Profile {
		f.Profile[code] = v
	}
	for code, v := range r.Profile {
		if v != "" && (!p.sensitive[code] || p.reads && m.secrets[code] != v) {
			f.Profile[code] = v
		}
	}
	if r.IDNumber != "" && p.keyOf(r.IDNumber) != string(m.IDKey) {
		f.IDNumber = r.IDNumber
	}
}

// better is the date that tells more: the file's where it agrees and is as precise, or where it says something else.
func better(have, told vi.Date) vi.Date {
	if told.IsZero() || told.Covers(have) && !have.IsZero() {
		return have
	}
	return told
}

// differences lists what overlay and the row's state change, in the order of the form.
func (p *planner) differences(m *known, next *Fields, r *PlannedRow) []FieldChange {
	var list []FieldChange
	for _, d := range compare(m.member().Fields, *next, p.groupNames()) {
		list = append(list, FieldChange{d.field, vi.Sentence(d.label), d.from, d.to})
	}
	for _, f := range p.kind.MemberFields {
		was, now := m.Profile[f.Code], next.Profile[f.Code]
		switch {
		case f.Sensitive && now != "":
			list = append(list, FieldChange{Field: ProfileField(f.Code), Label: f.Label})
		case !f.Sensitive && was != now:
			list = append(list, FieldChange{ProfileField(f.Code), f.Label, answer(f, was), answer(f, now)})
		}
	}
	if next.IDNumber != "" {
		list = append(list, FieldChange{FieldID, "Số định danh", tailMark(m.IDTail), tailMark(next.IDNumber[len(next.IDNumber)-4:])})
	}
	if r.Branch != 0 && r.Branch != m.BranchID && p.listed[r.Branch] {
		list = append(list, FieldChange{FieldBranch, "Chi hội", m.Branch, p.branches[r.Branch]})
	}
	switch {
	case r.Status != RowActive:
		list = append(list, FieldChange{FieldHow, "Tình trạng", m.Status.Label(), r.How.Label() + " " + r.On.Display()})
	case r.Exempt && m.Status == Active:
		list = append(list, FieldChange{FieldHow, "Tình trạng", m.Status.Label(), Exempt.Label()})
	}
	return list
}

func tailMark(tail string) string {
	if tail == "" {
		return ""
	}
	return "…" + tail
}

func (p *planner) groupNames() map[GroupID]string {
	names := map[GroupID]string{}
	for n, id := range p.groups {
		names[id] = "Tổ dân phố " + itoa(n)
	}
	return names
}

// answer is a profile value as people read it.
func answer(f association.MemberField, value string) string {
	switch f.Kind {
	case association.FieldChoice, association.FieldMulti:
		var labels []string
		for code := range strings.SplitSeq(value, ",") {
			if c, ok := f.Choice(code); ok {
				labels = append(labels, c.Label)
			}
		}
		return strings.Join(labels, ", ")
	case association.FieldBool:
		return map[string]string{"co": "có", "khong": "không"}[value]
	case association.FieldDate:
		d, err := vi.ParseISO(value)
		if err != nil {
			return value
		}
		return d.Display()
	}
	return value
}

// tally counts rows by what they will do; rows that were set aside do nothing.
func tally(rows []PlannedRow) map[Outcome]int {
	n := map[Outcome]int{}
	for _, r := range rows {
		n[r.Outcome]++
	}
	return n
}
