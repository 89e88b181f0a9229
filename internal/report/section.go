package report

import (
	"slices"
	"strconv"
	"strings"
)

// SectionID names a chapter of the report; it is stored with narrative texts and used in addresses.
type SectionID string

// The chapters of "Báo cáo tổng kết công tác hội" (handbook §2.6), in order.
const (
	SectionSituation   SectionID = "dac-diem"
	SectionPropaganda  SectionID = "tuyen-truyen"
	SectionBuilding    SectionID = "to-chuc"
	SectionCare        SectionID = "cham-lo"
	SectionMovements   SectionID = "phong-trao"
	SectionFunds       SectionID = "quy"
	SectionCooperation SectionID = "phoi-hop"
	SectionEmulation   SectionID = "thi-dua"
	SectionAssessment  SectionID = "danh-gia"
	SectionDirection   SectionID = "phuong-huong"
	SectionTargets     SectionID = "chi-tieu"
	SectionTasks       SectionID = "nhiem-vu"
	SectionProposals   SectionID = "kien-nghi"
)

// Section is a chapter of the report.
type Section struct {
	ID     SectionID
	Part   string   // "I", "II", … of the part it stands in; "" for the opening
	Number string   // within the part: "2"; "" where the part is one chapter
	Title  string   // as printed
	Short  string   // column of the completeness matrix; "" = no column of its own
	Slots  []string // headings of the free texts; empty = one text without a heading
}

// Heading is the number and title, as the form and the document print it: "2. Công tác xây dựng tổ chức hội".
func (s Section) Heading() string {
	switch {
	case s.Number != "":
		return s.Number + ". " + s.Title
	case s.Part != "":
		return s.Part + ". " + s.Title
	default:
		return s.Title
	}
}

// Ref is how people point at the chapter: "Mục I.2".
func (s Section) Ref() string {
	switch {
	case s.Part == "":
		return s.Title
	case s.Number == "":
		return "Phần " + s.Part
	default:
		return "Mục " + s.Part + "." + s.Number
	}
}

// Part is one of the Roman parts. Title may hold "{year}" and "{next}" for the years.
type Part struct{ Number, Title string }

// Parts lists the four parts of the skeleton.
var Parts = []Part{
	{"I", "Kết quả thực hiện nhiệm vụ năm {year}"},
	{"II", "Đánh giá chung"},
	{"III", "Phương hướng, nhiệm vụ năm {next}"},
	{"IV", "Kiến nghị, đề xuất"},
}

// PartTitle fills the years into the title of a part.
func PartTitle(number string, year int) string {
	i := slices.IndexFunc(Parts, func(p Part) bool { return p.Number == number })
	if i < 0 {
		return ""
	}
	return fillYears(Parts[i].Title, year)
}

// Sections lists the chapters in order.
var Sections = []Section{
	{ID: SectionSituation, Title: "Đặc điểm tình hình"},
	{ID: SectionPropaganda, Part: "I", Number: "1", Title: "Công tác tuyên truyền, giáo dục", Short: "Tuyên truyền"},
	{ID: SectionBuilding, Part: "I", Number: "2", Title: "Công tác xây dựng tổ chức hội", Short: "Tổ chức"},
	{ID: SectionCare, Part: "I", Number: "3", Title: "Công tác chăm lo, bảo vệ quyền lợi hội viên", Short: "Chăm lo"},
	{ID: SectionMovements, Part: "I", Number: "4", Title: "Thực hiện các phong trào thi đua, cuộc vận động", Short: "Phong trào"},
	{ID: SectionFunds, Part: "I", Number: "5", Title: "Công tác xây dựng và quản lý quỹ hội", Short: "Quỹ"},
	{ID: SectionCooperation, Part: "I", Number: "6", Title: "Công tác phối hợp; kiểm tra, giám sát"},
	{ID: SectionEmulation, Part: "I", Number: "7", Title: "Công tác thi đua, khen thưởng", Short: "Thi đua"},
	{ID: SectionAssessment, Part: "II", Title: "Đánh giá chung", Slots: []string{"Ưu điểm", "Tồn tại, hạn chế", "Nguyên nhân", "Bài học kinh nghiệm"}},
	{ID: SectionDirection, Part: "III", Number: "1", Title: "Phương hướng chung", Short: "Phương hướng"},
	{ID: SectionTargets, Part: "III", Number: "2", Title: "Chỉ tiêu cụ thể"},
	{ID: SectionTasks, Part: "III", Number: "3", Title: "Nhiệm vụ, giải pháp"},
	{ID: SectionProposals, Part: "IV", Title: "Kiến nghị, đề xuất", Slots: []string{"Với hội cấp trên", "Với phường"}},
}

// SectionByID finds a chapter.
func SectionByID(id SectionID) (Section, bool) {
	i := slices.IndexFunc(Sections, func(s Section) bool { return s.ID == id })
	if i < 0 {
		return Section{}, false
	}
	return Sections[i], true
}

func fillYears(text string, year int) string {
	return strings.NewReplacer("{year}", strconv.Itoa(year), "{next}", strconv.Itoa(year+1)).Replace(text)
}
