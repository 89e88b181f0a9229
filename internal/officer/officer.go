// Package officer keeps who holds which office of an association, from when to when, and so which seats stand empty.
//
// The seat stands apart from the person: an Office has seats, an Appointment puts somebody into one for a time. States
// (about to begin, in office, over) follow from the dates alone. The end of a period is the first day no longer in
// office, so a successor may take over on that very day.
//
// A vacancy is the quota less the distinct people in office on a day (handbook §5): the chair who is also counted as a
// member of the committee is one person.
package officer

import (
	"slices"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
)

// Ids of this domain.
type (
	ID       = authz.AppointmentID
	OfficeID = authz.OfficeID
	TermID   = authz.TermID
)

// Beginning says how an office began (handbook §5).
type Beginning string

// The beginnings. Elected is by the congress that opens the term; all others fill a seat on the way.
const (
	Elected       Beginning = "bau_dai_hoi"
	Supplementary Beginning = "bau_bo_sung"
	Consulted     Beginning = "hiep_thuong"
	Designated    Beginning = "chi_dinh"
	Recognised    Beginning = "cong_nhan"
	PutInCharge   Beginning = "giao_phu_trach"
)

// Beginnings lists them in the order of forms.
var Beginnings = []Beginning{Elected, Supplementary, Consulted, Designated, Recognised, PutInCharge}

var beginningLabels = map[Beginning]string{
	Elected: "Bầu tại đại hội", Supplementary: "Bầu bổ sung", Consulted: "Hiệp thương", Designated: "Chỉ định",
	Recognised: "Công nhận", PutInCharge: "Giao phụ trách",
}

// Label is the Vietnamese name, or "" for an unknown code.
func (b Beginning) Label() string { return beginningLabels[b] }

// Ending says how an office ended (handbook §5).
type Ending string

// The endings. Mistaken closes an entry that was never true: it counts on no day.
const (
	TermOver  Ending = "het_nhiem_ky"
	Dismissed Ending = "mien_nhiem"
	Resigned  Ending = "xin_thoi"
	MovedAway Ending = "chuyen_di"
	Deceased  Ending = "qua_doi"
	Merged    Ending = "sap_nhap"
	Mistaken  Ending = "nhap_nham"
)

// Endings lists them in the order of forms.
var Endings = []Ending{TermOver, Dismissed, Resigned, MovedAway, Deceased, Merged, Mistaken}

var endingLabels = map[Ending]string{
	TermOver: "Hết nhiệm kỳ", Dismissed: "Miễn nhiệm", Resigned: "Xin thôi", MovedAway: "Chuyển đi", Deceased: "Qua đời",
	Merged: "Sáp nhập", Mistaken: "Nhập nhầm",
}

// Label is the Vietnamese name, or "" for an unknown code.
func (e Ending) Label() string { return endingLabels[e] }

// Office is a title of an association with its seats.
type Office struct {
	ID            OfficeID
	AssociationID association.ID
	Code          string // handbook §5: "CT", "UVBCH", "CHT"
	Title         string
	Body          string // association.BodyBTV, …
	Rank          int    // order of protocol, small first
	Seats         int    // 0 = no fixed number; for offices of branches: per branch
	Mandatory     bool
	Version       int
}

// PerBranch tells whether every branch has its own seats of the office.
func (o Office) PerBranch() bool { return o.Body == association.BodyBranch }

// sitsInCommittee tells whether whoever holds the office sits in the Ban Chấp hành, ex officio or by election (G5).
func sitsInCommittee(body string) bool {
	return body == association.BodyBTV || body == association.BodyBCH
}

// Term is a term of office of an association (nhiệm kỳ). EndsOn is planned: people stay until the congress.
type Term struct {
	ID            TermID
	AssociationID association.ID
	Name          string
	StartsOn      time.Time
	EndsOn        time.Time // the first day after the term
	BchQuota      *int      // nil = as the association's
	CongressOn    *time.Time
	DecisionNo    string
	DecisionOn    *time.Time
	Authority     string
	Version       int
}

// Appointment is one person's time in one seat.
type Appointment struct {
	ID            ID
	AssociationID association.ID
	OfficeID      OfficeID
	Code          string
	Title         string
	Body          string
	Rank          int
	BranchID      *association.BranchID
	BranchName    string
	TermID        *TermID
	Seat          int
	PersonID      *authz.PersonID
	PersonName    string
	StartsOn      time.Time
	EndsOn        *time.Time // first day no longer in office; nil = open
	Began         Beginning
	Ended         *Ending
	Acting        bool
	DecisionNo    string
	DecisionOn    *time.Time
	BeginNote     string
	EndNote       string
	Version       int
}

// On tells whether the appointment holds on the day.
func (a Appointment) On(day time.Time) bool {
	return !a.StartsOn.After(day) && (a.EndsOn == nil || a.EndsOn.After(day))
}

// Public is what everybody may know about somebody in office.
type Public struct {
	ID            ID
	AssociationID association.ID
	BranchID      *association.BranchID
	BranchName    string
	Code          string
	Title         string
	Body          string
	Rank          int
	Seat          int
	Name          string
	Acting        bool
	StartsOn      time.Time
}

// Sum is a figure of the books. Entries is the number of rows it rests on; 0 means that there is no book ("chưa có sổ").
type Sum struct {
	Value   int64
	Entries int
}

var _ = []struct{}{
	db.Explain("term_name_length", "name", "Nhập tên nhiệm kỳ, ví dụ: Nhiệm kỳ 2023 - 2028."),
	db.Explain("term_dates_order", "ends_on", "Ngày hết nhiệm kỳ phải sau ngày bắt đầu, và nhiệm kỳ không dài quá 10 năm."),
	db.Explain("term_quota_range", "bch_quota", "Số ủy viên Ban Chấp hành từ 1 đến 99."),
	db.Explain("term_period_overlap", "starts_on", "Thời gian này trùng với một nhiệm kỳ khác của hội."),
	db.Explain("office_title_length", "title", "Nhập tên chức danh, từ 2 đến 80 ký tự."),
	db.Explain("office_seats_range", "seats", "Số chỗ từ 0 đến 99."),
	db.Explain("office_code_unique", "code", "Hội đã có chức danh này."),
	db.Explain("appointment_name_length", "name", "Nhập họ và tên, từ 2 đến 120 ký tự."),
	db.Explain("appointment_seat_overlap", "starts_on", "Trong thời gian này chức danh đã có người giữ. Ghi ngày thôi giữ chức của người trước rồi bổ nhiệm người mới."),
	db.Explain("appointment_dates_order", "ends_on", "Ngày thôi giữ chức phải sau ngày bắt đầu."),
}

// defaults gives the offices of a kind as the registry has them: its order is the order of protocol.
func defaults(kind association.KindCode) []Office {
	k, ok := association.ByCode(kind)
	if !ok {
		k, _ = association.ByCode(association.KHAC)
	}
	list := make([]Office, len(k.Offices))
	for i, o := range k.Offices {
		list[i] = Office{Code: o.Code, Title: o.Title, Body: o.Body, Rank: (i + 1) * 10, Seats: o.Seats, Mandatory: o.Mandatory}
	}
	return list
}

func known[T ~string](list []T, v T) bool { return slices.Contains(list, v) }
