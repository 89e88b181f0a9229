package report

import (
	"strings"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/fault"
	"wardportal/internal/member"
	"wardportal/internal/vi"
)

// Report is one association's report of a year: where it stands and who did what. Names are frozen as they were.
type Report struct {
	ID            ID // 0 = nobody has begun and the campaign did not make one
	Association   association.ID
	State         State
	Version       int  // 0 with ID 0
	Final         bool // "số chính thức"; false = "số ước thực hiện"
	Amendment     int  // which "Bản điều chỉnh" this is; 0 = the first report
	AmendedClosed bool // the close does not lock it, because it is being amended
	Historical    bool // entered straight as accepted

	SubmittedAt   *time.Time
	SubmittedBy   *authz.UserID
	SubmittedName string
	ReturnedAt    *time.Time
	ReturnedName  string
	ReturnNote    string
	AcceptedAt    *time.Time
	AcceptedName  string
	SoleOfficial  bool // accepted by the ward's only officer, who had sent it too: stamped
	OnBehalf      bool // the figures were typed by the ward: "Nhập thay từ bản giấy"
	TypedName     string

	Paper  Paper
	Stance Stance // of the chair on figures that the ward typed
	Rating string // "Xếp loại"
}

// Paper is the signed paper behind figures that somebody else typed. The zero Paper is none.
type Paper struct {
	Date   *time.Time
	Media  *authz.MediaID // photo or scan
	Number string         // "05/BC-HNCT"
	Signer string
}

// Named tells whether the paper is attached, or named well enough to be found again.
func (p Paper) Named() bool { return p.Media != nil || (p.Number != "" && p.Signer != "") }

// Stance is what the chair says to figures typed by the ward: "", "confirmed" or "objected".
type Stance struct {
	Code string
	At   *time.Time
	Name string
	Note string
}

// Text is the sentence for the page, "" when the chair has said nothing.
func (s Stance) Text() string {
	switch s.Code {
	case "confirmed":
		return s.Name + " đã xác nhận số liệu nhập thay."
	case "objected":
		return s.Name + " không đồng ý với số liệu nhập thay: " + s.Note
	default:
		return ""
	}
}

// Slot is a box of free text: a chapter and, where it has several boxes, which one (0 = the first).
type Slot struct {
	Section SectionID
	Index   int
}

// Narrative is what stands in one box, beside what the figures propose.
type Narrative struct {
	Slot     Slot
	Heading  string // of the box, "" where the chapter has one box
	Text     string
	Proposal string // sentences filled from today's figures; only for the first box of a chapter
	Changed  bool   // a figure under the text has changed since it was written
	LastYear string // the accepted text of the year before
}

// Explanation is a written word on a finding. About is the finding's sentence for which it was given: when the figures
// move on, the finding reads differently and the word is asked for again.
type Explanation struct {
	Text  string
	About string
}

// Flag is a reason put on one field when the report was sent back. Code is an indicator's or a chapter's.
type Flag struct {
	Code     string
	Reason   string
	ByName   string
	At       time.Time
	Resolved bool // the report has been sent again since
}

// Happening is one sentence of the timeline.
type Happening struct {
	ID       int64
	Version  int
	At       time.Time
	ByName   string
	OnBehalf bool
	Action   string
	Sentence string
}

// Mark names an immutable copy of the report.
type Mark struct {
	ID      int64
	Version int
	Action  Action // submit, accept
	At      time.Time
	ByName  string
}

// Sheet is everything that the form, the review and the documents show of one report.
type Sheet struct {
	Campaign    Campaign
	Calendar    Calendar // with the association's extension
	Association association.Association
	Kind        association.KindCode
	Report      Report
	From, To    time.Time // the period of FLOW figures

	Rows         []Indicator           // every row of the form, chosen or not, in form order
	Values       map[string]Value      // typed, with the computed rows filled in
	Notes        map[string]string     // remarks on a row, printed in the annex
	Last         map[string]Value      // last year's accepted figures
	Targets      map[string]Value      // this year's plan
	NextTargets  map[string]Value      // next year's plan, typed in "Chỉ tiêu cụ thể"
	Books        map[string]BookFigure // theo sổ; only codes that the books can compute
	Movement     member.Movement       // the people behind the movement
	Findings     []Finding
	Explanations map[string]Explanation // by Finding.Key
	Flags        []Flag
	Narrative    []Narrative // every box, in order
	History      []Happening // newest first, at most 50
	Marks        []Mark      // newest first
	Balance      Balance     // movement equation
	Fund         Balance

	Situation Situation // ask it Try, Available, Editing
	Editing   Edit

	limits   map[string]int64
	headless []string
	basis    map[Slot]string // figures that each text stands on
}

// Exists tells whether the ward has opened a campaign for the year.
func (s Sheet) Exists() bool { return s.Campaign.Exists() }

// Chosen tells whether the row is on the first page.
func (s Sheet) Chosen(code string) bool { return s.Campaign.Chosen(s.Kind, code) }

// OpenFlags lists the flags of the last return that still stand.
func (s Sheet) OpenFlags() []Flag {
	var list []Flag
	for _, f := range s.Flags {
		if !f.Resolved {
			list = append(list, f)
		}
	}
	return list
}

// Explained tells whether the finding has a word that was given for what it says now.
func (s Sheet) Explained(f Finding) bool {
	e := s.Explanations[f.Key()]
	return e.Text != "" && e.About == vi.Clean(f.Message)
}

// Completeness is how far one chapter has come.
type Completeness struct {
	Section SectionID
	Done    int // answered rows, and boxes of text written
	Of      int
}

// Label is "đủ", "đang nhập" or "chưa có"; "" where the chapter asks nothing.
func (c Completeness) Label() string {
	switch {
	case c.Of == 0:
		return ""
	case c.Done >= c.Of:
		return "đủ"
	case c.Done > 0:
		return "đang nhập"
	default:
		return "chưa có"
	}
}

// evaluate runs the rules and writes the sentences, once figures and books are there.
func (s *Sheet) evaluate() {
	s.Findings = Evaluate(Figures{
		Kind: s.Kind, Year: s.Campaign.Year, Values: s.Values, Last: s.Last, Books: s.Books, Limits: s.limits,
	})
	s.Balance, s.Fund = Movement(s.Values), FundBalance(s.Values)
	list := Tell(s.story())
	for i := range s.Narrative {
		n := &s.Narrative[i]
		if n.Slot.Index == 0 {
			n.Proposal = Draft(list, n.Slot.Section)
		}
		n.Changed = n.Text != "" && s.basis[n.Slot] != basisOf(list, n.Slot)
	}
}

func (s *Sheet) story() Story {
	return Story{Name: s.Association.Name, Kind: s.Kind, Year: s.Campaign.Year, Values: s.Values, Targets: s.Targets, Headless: s.headless}
}

// basisOf is what a text of the box stands on: the figures under every sentence of its chapter.
func basisOf(list []Sentence, slot Slot) string {
	var parts []string
	for _, sentence := range list {
		if slot.Index == 0 && sentence.Section == slot.Section {
			parts = append(parts, sentence.Basis)
		}
	}
	return strings.Join(parts, "|")
}

// Complete says how far each chapter has come: the rows of the first page, and the boxes of text in the chapters that
// consist of text.
func (s Sheet) Complete() []Completeness {
	texts := map[Slot]string{}
	for _, n := range s.Narrative {
		texts[n.Slot] = n.Text
	}
	return complete(s.Campaign.ChosenRows(s.Kind), s.Values, texts)
}

func complete(rows []Indicator, values map[string]Value, texts map[Slot]string) []Completeness {
	list := make([]Completeness, len(Sections))
	for i, section := range Sections {
		c := Completeness{Section: section.ID}
		for _, ind := range InSection(rows, section.ID) {
			if ind.Computed() || ind.Signed {
				continue // worked out, or normally empty
			}
			c.Of++
			if values[ind.Code].Answered() {
				c.Done++
			}
		}
		if slot := (Slot{section.ID, 0}); section.written() {
			c.Of++
			if texts[slot] != "" {
				c.Done++
			}
		}
		list[i] = c
	}
	return list
}

// written tells whether the chapter is a text that every report should have.
func (s Section) written() bool { return s.ID == SectionAssessment || s.ID == SectionDirection }

// Obstacles lists what stands between the report and its submission: rows of the first page without an answer, findings
// that block, and warnings without an explanation of what they say now. The names are form fields.
func (s Sheet) Obstacles() []fault.Field {
	var p fault.Problems
	blocked := map[string]bool{}
	for _, f := range s.Findings {
		if f.Severity == Block {
			blocked[f.Codes[0]] = true
		}
	}
	for _, ind := range s.blanks() {
		if !blocked[ind.Code] {
			p.Add(ind.Code, ind.Label+": ô này còn trống. Ông/bà nhập số, hoặc chọn “không phát sinh”, “không có số liệu”, “không áp dụng”.")
		}
	}
	for _, f := range s.Findings {
		switch {
		case f.Severity == Block:
			p.Add(f.Codes[0], f.Message)
		case f.Severity == Warn && !s.Explained(f):
			p.Add(ExplainField(f.Key()), explainAsk(f))
		}
	}
	return fault.FieldsOf(p.Err())
}

func explainAsk(f Finding) string {
	name := ""
	if ind, ok := ByCode(f.Codes[0]); ok && !strings.HasPrefix(f.Message, ind.Label) {
		name = ind.Label + ": "
	}
	return name + f.Message + " Ông/bà sửa số hoặc ghi vài chữ giải thích."
}

// blanks lists the rows of the first page that nobody has answered. Rows that are worked out and the correction, which is
// normally empty, are none.
func (s Sheet) blanks() []Indicator {
	var list []Indicator
	for _, ind := range s.Campaign.ChosenRows(s.Kind) {
		if !ind.Computed() && !ind.Signed && !s.Values[ind.Code].Answered() {
			list = append(list, ind)
		}
	}
	return list
}
