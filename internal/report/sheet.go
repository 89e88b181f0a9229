package report

import (
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/member"
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
	return e.Text != "" && e.About == f.Message
}

// ExplainField is the form field of the explanation of a finding, so that a refusal points at the right box.
func ExplainField(key string) string { return "giai-thich:" + key }

// TextField is the form field of a box of free text.
func TextField(s Slot) string {
	return "van-ban:" + string(s.Section) + ":" + string(rune('0'+s.Index))
}

// Fields of the paper and of a move.
const (
	FieldPaperDate = "giay-ngay"
	FieldPaperNo   = "giay-so"
	FieldReason    = "ly-do"
)

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
