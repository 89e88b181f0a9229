// Package meeting keeps the meetings of the ward, its associations and branches: who called them, who took part, what came
// of them. Closed meetings fill the rows GEN.ACT.* of the annual report.
package meeting

import (
	"slices"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
)

// ID names a meeting.
type ID = authz.MeetingID

// Kind is one sort of meeting (handbook §2.8) and the rows of the report that count it.
type Kind struct {
	Code  string
	Label string
	// Count are indicators that count the meetings, Present those that add up who came.
	Count, Present []string
	Branch         bool // held by one branch
}

// Kinds is the registry in form order. Only meetings that the association itself called count; a joint meeting called by
// the ward counts for nobody.
var Kinds = []Kind{
	{Code: "sinh_hoat", Label: "Sinh hoạt chi hội", Branch: true, Count: []string{"GEN.ACT.BRANCH"}, Present: []string{"GEN.ACT.ATT"}},
	{Code: "bch", Label: "Họp Ban Chấp hành", Count: []string{"GEN.ACT.BCH"}},
	{Code: "btv", Label: "Họp Ban Thường vụ", Count: []string{"GEN.ACT.BTV"}},
	{Code: "tong_ket", Label: "Hội nghị tổng kết năm"},
	{Code: "so_ket", Label: "Hội nghị sơ kết 6 tháng"},
	{Code: "dai_hoi", Label: "Đại hội nhiệm kỳ"},
	{Code: "dai_hoi_bat_thuong", Label: "Đại hội bất thường"},
	{Code: "gap_mat", Label: "Gặp mặt ngày truyền thống"},
	{Code: "mung_tho", Label: "Lễ mừng thọ"},
	{Code: "tap_huan", Label: "Tập huấn"},
	{Code: "chuyen_de", Label: "Nói chuyện chuyên đề"},
	{Code: "giao_ban", Label: "Giao ban các hội"},
	{Code: "khac", Label: "Cuộc họp khác"},
}

// KindByCode finds a sort of meeting.
func KindByCode(code string) (Kind, bool) {
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Code == code })
	if i < 0 {
		return Kind{}, false
	}
	return Kinds[i], true
}

// Class is a group of invitees (handbook §2.8).
type Class struct{ Code, Label string }

// Classes lists the groups in order of protocol.
var Classes = []Class{
	{"cap_tren", "Đại biểu cấp trên"}, {"lanh_dao", "Lãnh đạo phường"}, {"ban_nganh", "Ban ngành, hội đoàn thể"}, {"bi_thu", "Bí thư chi bộ tổ dân phố"},
	{"uvbtv", "Ủy viên Ban Thường vụ"}, {"uvbch", "Ủy viên Ban Chấp hành"}, {"cht", "Chi hội trưởng"}, {"hoi_vien", "Hội viên"}, {"khach", "Khách mời"},
}

// State is where a meeting stands.
type State string

// The states. Nothing goes out in draft; a closed meeting has its counts.
const (
	Draft           State = "draft"
	Invited         State = "invited"
	Running         State = "running"
	Closed          State = "closed"
	MinutesApproved State = "minutes_approved"
	Postponed       State = "postponed"
	Cancelled       State = "cancelled"
)

var stateLabels = map[State]string{
	Draft: "Bản nháp", Invited: "Đã mời", Running: "Đang họp", Closed: "Đã họp", MinutesApproved: "Đã thông qua biên bản", Postponed: "Đã hoãn", Cancelled: "Đã hủy",
}

// Label is the Vietnamese name, or "".
func (s State) Label() string { return stateLabels[s] }

// moves says which states follow which. Close is a move of its own, from the states in closable.
var moves = map[State][]State{
	Draft:     {Invited, Cancelled},
	Invited:   {Running, Postponed, Cancelled},
	Postponed: {Invited, Cancelled},
	Running:   {},
	Closed:    {MinutesApproved},
}

// closable are the states from which a meeting closes; a branch also writes down afterwards what nobody had announced.
var closable = []State{Draft, Invited, Running}

// MayMove tells whether a meeting may go from one state to the other, closing aside.
func MayMove(from, to State) bool { return slices.Contains(moves[from], to) }

// Meeting is a meeting with its counts.
type Meeting struct {
	ID            ID
	AssociationID *association.ID // nil = called by the ward
	BranchID      *association.BranchID
	BranchName    string
	Associations  []association.ID // who takes part
	Kind          string
	Title         string
	StartsAt      time.Time
	EndsAt        *time.Time
	Place         string
	State         State
	Public        bool
	ChairName     string
	Conclusion    string
	StateReason   string
	Invited       *int
	Present       *int
	Excused       *int
	Absent        *int
	Version       int
}

// Details are the fields of a meeting's form.
type Details struct {
	Association  association.ID       // 0 = called by the ward
	Branch       association.BranchID // for meetings of one branch
	Associations []association.ID     // who takes part; the calling association always does
	Kind         string
	Title        string // "" = the kind's label
	StartsAt     time.Time
	Place        string
	Public       bool
	ChairName    string
}

// Attendance is what is known when a meeting closes. Invited 0 means that nobody was invited by name.
type Attendance struct {
	EndsAt                            time.Time
	Invited, Present, Excused, Absent int
	Conclusion                        string
}

// Invitee is somebody invited by name; the name is kept as it went out.
type Invitee struct {
	Association association.ID // 0 = a guest of the organiser
	Class       string
	Person      authz.PersonID // 0 = not in the roster
	Name        string
	Title       string
	Unit        string
	Attendance  string // invited, present, excused, absent
	Reason      string
}

// Sum is a figure of the books. Entries is the number of meetings it rests on; 0 means that there is no book ("chưa có sổ").
type Sum struct {
	Value   int64
	Entries int
}

var _ = []struct{}{
	db.Explain("meeting_title_length", "title", "Nhập tên cuộc họp, từ 3 đến 200 ký tự."),
	db.Explain("meeting_place_length", "place", "Địa điểm tối đa 200 ký tự."),
	db.Explain("meeting_times_order", "ends_at", "Giờ kết thúc phải sau giờ bắt đầu."),
	db.Explain("meeting_present_range", "present", "Số người dự từ 0 đến 100.000."),
	db.Explain("meeting_invited_range", "invited", "Số người được mời từ 0 đến 100.000."),
	db.Explain("meeting_absent_range", "absent", "Số người vắng từ 0 đến 100.000."),
	db.Explain("meeting_branch_fkey", "branch", "Chi hội này không thuộc hội."),
	db.Explain("meeting_invitee_name_length", "name", "Tên người được mời từ 1 đến 160 ký tự."),
}
