// Package activity keeps the diary: what an association and its branches did, day by day, in a minute an entry; the simple
// books of its funds; and its clubs. Each entry says which rows of the annual report it feeds (kinds.go, funds.go), so the
// report is filled when its day comes.
//
// Wrong entries are taken out with a reason and kept; sums leave them out.
package activity

import (
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
)

// Ids of this domain.
type (
	ID          = authz.ActivityID
	FundEntryID = authz.FundEntryID
	ClubID      = authz.ClubID
)

// Entry is one line of the diary.
type Entry struct {
	ID            ID
	AssociationID association.ID
	BranchID      *association.BranchID
	BranchName    string
	HappenedOn    time.Time
	Kind          string // code of Kinds
	Quantity      int    // in the kind's unit
	People        int
	Amount        int64 // đồng
	Source        Source
	ForWhom       ForWhom
	Note          string
	RemovedAt     *time.Time
	RemovedReason string
	CreatedAt     time.Time
	CreatedBy     string
	Version       int
}

// Details are the fields of the diary's form.
type Details struct {
	Branch     association.BranchID // 0 = the association as a whole
	HappenedOn time.Time
	Kind       string
	Quantity   int
	People     int
	Amount     int64 // đồng
	Source     Source
	ForWhom    ForWhom // "" = none
	Note       string
}

// Beneficiary is one who received something. Nothing about health or benefits is kept (handbook §3.6).
type Beneficiary struct {
	Kind       string // member, pupil, household, other
	PersonID   *authz.PersonID
	Name       string
	Amount     int64
	ReceivedOn *time.Time
	Note       string
}

// Sum is a figure of the books. Entries is the number of lines it rests on; 0 means that there is no book ("chưa có sổ").
type Sum struct {
	Value   int64
	Entries int
}

// FundEntry is one line of a fund's book.
type FundEntry struct {
	ID            FundEntryID
	AssociationID association.ID
	Fund          string // code of Funds
	HappenedOn    time.Time
	Category      Category
	Amount        int64 // đồng, positive
	Counterpart   string
	Note          string
	RemovedAt     *time.Time
	RemovedReason string
	CreatedAt     time.Time
	CreatedBy     string
	Version       int
	Balance       int64 // after the line; that of the line before for a removed one
}

// Club is a club, a model or a movement.
type Club struct {
	ID            ClubID
	AssociationID association.ID
	BranchID      *association.BranchID
	BranchName    string
	Name          string
	Kind          string // code of ClubKinds
	Members       int
	StartsOn      time.Time
	EndsOn        *time.Time // first day on which it is no more
	Version       int
}

var _ = []struct{}{
	db.Explain("activity_quantity_range", "quantity", "Số lượng từ 0 đến 100.000."),
	db.Explain("activity_people_range", "people", "Số người từ 0 đến 1.000.000."),
	db.Explain("activity_amount_range", "amount", "Số tiền từ 0 đến 1.000 tỷ đồng."),
	db.Explain("activity_source_known", "source", "Chọn nguồn tiền."),
	db.Explain("activity_for_whom_known", "for_whom", "Chọn người nhận."),
	db.Explain("activity_note_length", "note", "Ghi chú tối đa 2.000 ký tự."),
	db.Explain("activity_branch_fkey", "branch", "Chi hội này không thuộc hội."),
	db.Explain("beneficiary_name_length", "name", "Tên người nhận từ 1 đến 160 ký tự."),
	db.Explain("beneficiary_kind_known", "kind", "Chọn loại người nhận."),
	db.Explain("beneficiary_amount_range", "amount", "Số tiền từ 0 đến 1.000 tỷ đồng."),
	db.Explain("fund_entry_amount_range", "amount", "Số tiền phải lớn hơn 0 và không quá 1.000 tỷ đồng."),
	db.Explain("fund_entry_category_known", "category", "Chọn loại thu, chi."),
	db.Explain("fund_entry_note_length", "note", "Ghi chú tối đa 2.000 ký tự."),
	db.Explain("fund_entry_opening_unique", "category", "Sổ của quỹ này đã có số tồn khi mở sổ."),
	db.Explain("club_name_length", "name", "Nhập tên câu lạc bộ, từ 2 đến 160 ký tự."),
	db.Explain("club_name_unique", "name", "Hội đã có câu lạc bộ mang tên này."),
	db.Explain("club_members_range", "members", "Số thành viên từ 0 đến 100.000."),
	db.Explain("club_dates_order", "ends_on", "Ngày kết thúc phải sau ngày thành lập."),
	db.Explain("club_branch_fkey", "branch", "Chi hội này không thuộc hội."),
}
