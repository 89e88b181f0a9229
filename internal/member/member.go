package member

import (
	"wardportal/internal/authz"
	"wardportal/internal/vi"
)

// ID names a membership; it is the id in a profile's address.
type ID = authz.MembershipID

// PersonID names a person of the ward.
type PersonID = authz.PersonID

// AssociationID, BranchID and GroupID name what a membership hangs on.
type (
	AssociationID = authz.AssociationID
	BranchID      = authz.BranchID
	GroupID       = authz.GroupID
)

// Sex of a person; empty when not known.
type Sex string

// The sexes as papers know them.
const (
	Male   Sex = "nam"
	Female Sex = "nu"
)

// Label is the Vietnamese word, "" when not known.
func (s Sex) Label() string { return map[Sex]string{Male: "Nam", Female: "Nữ"}[s] }

// Title is how a sentence calls the person: "ông", "bà", or "ông/bà" when the sex is not known.
func (s Sex) Title() string {
	switch s {
	case Male:
		return "ông"
	case Female:
		return "bà"
	default:
		return "ông/bà"
	}
}

// Began says how a span of membership began; only Admitted counts as newly admitted.
type Began string

// The ways in (product.md §3 Roster).
const (
	Admitted Began = "ket_nap"
	Arrived  Began = "chuyen_den"
	Listed   Began = "bo_sung"
)

// Ways lists the ways in, in the order of the form.
var Ways = []Began{Admitted, Arrived, Listed}

// Label is what the form says.
func (b Began) Label() string {
	return map[Began]string{Admitted: "Kết nạp mới", Arrived: "Chuyển đến", Listed: "Đã là hội viên từ trước (bổ sung danh sách)"}[b]
}

// EndHow says how a span of membership ended.
type EndHow string

// The ways out. ByMistake never counts as having been a member.
const (
	MovedAway EndHow = "chuyen_di"
	Resigned  EndHow = "xin_ra"
	Removed   EndHow = "xoa_ten"
	Expelled  EndHow = "khai_tru"
	Died      EndHow = "qua_doi"
	ByMistake EndHow = "nhap_nham"
)

// Ends lists the ways out that people choose, in the order of the form.
var Ends = []EndHow{MovedAway, Resigned, Removed, Expelled, Died}

// Label is the Vietnamese word: "Chuyển đi".
func (e EndHow) Label() string {
	return map[EndHow]string{MovedAway: "Chuyển đi", Resigned: "Xin ra", Removed: "Xóa tên", Expelled: "Khai trừ", Died: "Qua đời", ByMistake: "Nhập nhầm"}[e]
}

// Status is a membership now.
type Status string

// The states of a membership. Left covers every way out; Mistake rows are in no count and no usual list.
const (
	Active  Status = "active"
	Exempt  Status = "exempt"
	Left    Status = "left"
	Mistake Status = "mistake"
)

// Label is the Vietnamese word of the state.
func (s Status) Label() string {
	return map[Status]string{Active: "Đang sinh hoạt", Exempt: "Miễn sinh hoạt", Left: "Không còn sinh hoạt", Mistake: "Nhập nhầm"}[s]
}

// Live tells whether the person belongs now.
func (s Status) Live() bool { return s == Active || s == Exempt }

// Class of membership (handbook §3.1).
type Class string

// The classes; Full is the usual one.
const (
	Full      Class = "chinh_thuc"
	Linked    Class = "lien_ket"
	Honorary  Class = "danh_du"
	Volunteer Class = "tu_nguyen"
)

// Classes lists the classes in the order of the form.
var Classes = []Class{Full, Linked, Honorary, Volunteer}

// Label is the Vietnamese word: "Chính thức".
func (c Class) Label() string {
	return map[Class]string{Full: "Chính thức", Linked: "Liên kết", Honorary: "Danh dự", Volunteer: "Tự nguyện"}[c]
}

// Fields is what a form edits. It is also what member_change keeps, except the sensitive parts.
type Fields struct {
	Name       vi.Name `json:"name"`
	Alias      string  `json:"alias,omitempty"`
	Sex        Sex     `json:"sex,omitempty"`
	Birth      vi.Date `json:"birth,omitzero"`
	Began      Began   `json:"began"`
	Joined     vi.Date `json:"joined,omitzero"`
	Class      Class   `json:"class"`
	Card       string  `json:"card,omitempty"`
	Phone      string  `json:"phone,omitempty"`       // national digits once checked; as typed before
	PhoneOwner string  `json:"phone_owner,omitempty"` // "con gái", "" = the member's own
	Address    string  `json:"address,omitempty"`
	Group      GroupID `json:"group,omitempty"` // 0 = not known
	Note       string  `json:"note,omitempty"`
	// Profile holds the special fields of the kind by code: one code per choice, codes joined by "," for several, "co"/"khong"
	// for yes and no, ISO for dates. A sensitive code that is absent stays as it was; one that is empty is cleared.
	Profile map[string]string `json:"profile,omitempty"`
	// IDNumber is a citizen number as typed; empty leaves the stored one. It is never kept in the timeline.
	IDNumber string `json:"-"`
}

// NewMember is somebody to be added.
type NewMember struct {
	Association AssociationID
	Branch      BranchID
	Fields
	From string // where an arrival comes from, for the timeline
}

// Row is a line of the list. Phone and card belong to the association; nothing here is sensitive.
type Row struct {
	ID            ID
	AssociationID AssociationID
	BranchID      BranchID
	Branch        string
	FullName      string
	Alias         string
	Sex           Sex
	Birth         vi.Date
	Joined        vi.Date
	Ended         vi.Date
	EndedHow      *EndHow
	Phone         string
	Card          string
	Class         Class
	Status        Status
	Address       string
}

// Member is one membership in full, without its sealed fields.
type Member struct {
	ID            ID
	AssociationID AssociationID
	Association   string // name
	Kind          string // code of the association kind
	PersonID      PersonID
	BranchID      BranchID
	Branch        string
	Group         string // residential group's name
	Status        Status
	Ended         vi.Date
	EndedHow      *EndHow
	Died          vi.Date
	IDTail        string // last four digits of the citizen number
	Version       int
	Fields
}

// Scope is where acts on the membership take place.
func (m Member) Scope() authz.Scope { return authz.At(m.AssociationID, m.BranchID) }

// Called is the person as a sentence names them: "bà Nguyễn Thị An".
func (m Member) Called() string { return m.Sex.Title() + " " + m.Name.Full() }
