// Package doc turns one document model into DOCX, PDF and an HTML fragment. It knows how an administrative
// document of Vietnam looks (Nghị định 30/2020/NĐ-CP, Phụ lục I; handbook §2) and nothing of what it says.
//
// All three renderings come from one prepared copy of the document (prepare.go), so punctuation, the closing
// "./.", the numbering of annexes and the breaking of letterhead lines cannot differ between them.
package doc

import "time"

// Layout is how the letterhead is arranged (handbook §2.4).
type Layout string

// The three letterheads in use. Only the rule below the issuer differs: Mass organisations (DoanThe) put a
// star there.
const (
	ND30    Layout = "nd30"    // superior regular, issuer bold; "Số: 05/BC-HNCT"
	BCH     Layout = "bch"     // association regular, "BAN CHẤP HÀNH" bold; "Số: 05/BC-BCH"
	DoanThe Layout = "doanthe" // as BCH with a star; "Số: 05-BC/HNCT"
)

// Document is an administrative document. Texts are plain Vietnamese; empty parts are left out.
type Document struct {
	Letterhead Letterhead
	Kind       string   // "BÁO CÁO"; empty for a công văn, which has Letterhead.About instead
	Subject    string   // trích yếu: "Tổng kết công tác Hội năm 2023 …"
	Bases      []string // "Căn cứ …" without the closing sign: ";" and the last "." are added
	Addressees []string // after "Kính gửi:", without hyphens and closing signs
	Body       []Block
	Signatures []Signature // one: at the right; two: left and right, recipients below
	Recipients []string    // after "Nơi nhận:", without hyphens and closing signs; "Như trên" is added where addressees stand
	Annexes    []Annex

	Circulation string // boxed below the number: "LƯU HÀNH NỘI BỘ"
	Contact     string // foot of page 1: address, e-mail, telephone
	PrintNote   string // small, at the foot of every page: "Xuất bởi … lúc …", a check code

	Title   string    // document property; from Kind and Subject when empty
	Author  string    // document property
	Created time.Time // document property
}

// Letterhead is the head of page 1.
type Letterhead struct {
	Layout   Layout // ND30 when empty
	Superior string // upper line at the left, regular; lines are broken where they do not fit
	Issuer   string // lower line at the left, bold
	Number   string // "Số: 05/BC-HNCT"
	About    string // "V/v …" below the number (công văn)
	Place    string // place and date: "Chánh Lộ, ngày 01 tháng 12 năm 2023"; empty in a biên bản
}

// Block is a part of the text: Heading, Paragraph or Table.
type Block interface{ block() }

// Heading opens a part of the text. Level 1 is "Phần I", centred; 2 is "I. KẾT QUẢ …", 3 is "1. …", both bold;
// 4 is "a) …", regular. A heading never ends a page.
type Heading struct {
	Level int
	Text  string
}

// Align is how a paragraph or a column stands.
type Align uint8

// Alignments; the zero value is right for body text (justified) and for table columns (left).
const (
	Natural Align = iota
	Left
	Center
	Right
)

// Paragraph is body text: 14 points, justified, first line indented by 1.27 cm unless Align or Flush says else.
type Paragraph struct {
	Runs  []Run
	Align Align
	Flush bool // no first-line indent
}

// Run is a piece of text in one style.
type Run struct {
	Text         string
	Bold, Italic bool
}

// Text is a plain paragraph.
func Text(s string) Paragraph { return Paragraph{Runs: []Run{{Text: s}}} }

// Labelled is a paragraph that begins with a bold label: "Thời gian:" and what follows.
func Labelled(label, s string) Paragraph {
	return Paragraph{Runs: []Run{{Text: label + " ", Bold: true}, {Text: s}}}
}

// Table is a ruled table whose head is repeated on each page and whose rows are not split between pages.
type Table struct {
	Columns []Column
	Rows    []Row
	Size    float64 // points; 12 when 0
}

// Column is one column of a Table. Neighbours with the same Group share a cell with that text above their titles.
type Column struct {
	Title string
	Group string
	Width float64 // share of the table's width; 1 when 0
	Align Align
}

// Row is one row of a Table.
type Row struct {
	Cells []string
	Bold  bool
	Wide  bool // Cells[0] goes over all columns: the heading of a branch
}

// Signature is a block of authority, signature and name.
type Signature struct {
	Lines []string // "TM. BAN CHẤP HÀNH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"
	Name  string   // no title or degree before it (NĐ 30, box 7b)
}

// Annex begins on a new page and counts its pages on its own.
type Annex struct {
	Title     string // in capitals: "BIỂU SỐ LIỆU"
	Note      string // "(Kèm theo Báo cáo số 05/BC-HNCT ngày … của …)"
	Body      []Block
	Landscape bool
}

func (Heading) block()   {}
func (Paragraph) block() {}
func (Table) block()     {}

// Measures of handbook §2.1, in millimetres and points.
const (
	pageWide, pageHigh      = 210.0, 297.0
	marginTop, marginBottom = 20.0, 20.0
	marginLeft, marginRight = 30.0, 15.0
	leftColumn, rightColumn = 66.0, 99.0 // letterhead, handbook §2.7
	signLeft, signRight     = 75.0, 90.0
	numberTop               = 10.0 // page number: from the paper's edge to its line
	indent                  = 12.7
	bodySize, tableSize     = 14.0, 12.0
	gap                     = 6.0  // points after a paragraph
	lineSpacing             = 1.2  // lines
	signatureSpace          = 26.0 // room for the signature and the seal
	subjectWidth            = 140.0
	ruleShare               = 0.4 // short rules: a third to a half of the text above
)
