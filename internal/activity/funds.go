package activity

import (
	"slices"

	"wardportal/internal/association"
)

// Fund is a purse with a book of its own.
type Fund struct {
	Code  string
	Label string
	Kinds []association.KindCode // nil = every kind of association
	// General books make up the rows GEN.FUND.*: the association's own money. Special funds are shown in rows of their own.
	General bool
	In      string // indicator of what came in during the period; "" = none
	Close   string // indicator of the balance; "" = none
}

// Funds is the registry, the association's own purse first (handbook §4, src F). The study fund is what a study promotion
// association works with, so it counts among its own money too: rule "học bổng ≤ chi quỹ" of §4.5 needs it there.
var Funds = []Fund{
	{Code: "QUY", Label: "Quỹ hội", General: true},
	{Code: "QCS", Label: "Quỹ chăm sóc và phát huy vai trò người cao tuổi", Kinds: only(association.NCT), In: "NCT.QCS.IN", Close: "NCT.QCS.CLOSE"},
	{Code: "KHUYENHOC", Label: "Quỹ khuyến học", Kinds: only(association.KHOC), General: true, In: "KHOC.QUY.IN"},
	{Code: "NANNHAN", Label: "Quỹ nạn nhân chất độc da cam", Kinds: only(association.DACAM), In: "DACAM.QUY.IN", Close: "DACAM.QUY.CLOSE"},
	{Code: "NGHIATINH", Label: "Quỹ nghĩa tình đồng đội", Kinds: only(association.TNXP), Close: "TNXP.QUY"},
}

// FundsFor lists the funds of a kind of association.
func FundsFor(kind association.KindCode) []Fund {
	var list []Fund
	for _, f := range Funds {
		if len(f.Kinds) == 0 || slices.Contains(f.Kinds, kind) {
			list = append(list, f)
		}
	}
	return list
}

// FundByCode finds a fund.
func FundByCode(code string) (Fund, bool) {
	i := slices.IndexFunc(Funds, func(f Fund) bool { return f.Code == code })
	if i < 0 {
		return Fund{}, false
	}
	return Funds[i], true
}

// Category says where money came from or that it went out.
type Category string

// The categories of a fund entry; Opening is what the book begins with, once per fund.
const (
	Opening   Category = "OPEN"
	Fees      Category = "FEE"
	Mobilised Category = "MOB"
	Budget    Category = "BUD"
	Other     Category = "OTH"
	Spent     Category = "OUT"
)

// Categories lists them in form order.
var Categories = []Category{Opening, Fees, Mobilised, Budget, Other, Spent}

var categoryLabels = map[Category]string{
	Opening: "Tồn quỹ khi mở sổ", Fees: "Thu hội phí", Mobilised: "Thu vận động", Budget: "Ngân sách hỗ trợ", Other: "Thu khác", Spent: "Chi",
}

// Label is the Vietnamese name, or "" for an unknown code.
func (c Category) Label() string { return categoryLabels[c] }

// Source says which money paid for an activity.
type Source string

// Sources lists where the money of an activity came from; "" stands for no money.
var Sources = []Source{"quy_hoi", "van_dong", "ngan_sach", "khac"}

var sourceLabels = map[Source]string{"quy_hoi": "Quỹ hội", "van_dong": "Vận động, tài trợ", "ngan_sach": "Ngân sách", "khac": "Nguồn khác"}

// Label is the Vietnamese name, or "".
func (s Source) Label() string { return sourceLabels[s] }

// Beneficiaries of an entry as a whole.
type ForWhom string

// Whom lists for whom an activity was, in form order.
var Whom = []ForWhom{"member", "non_member", "household", "none"}

var whomLabels = map[ForWhom]string{"member": "Hội viên", "non_member": "Người ngoài hội", "household": "Hộ gia đình", "none": "Không ghi người nhận"}

// Label is the Vietnamese name, or "".
func (w ForWhom) Label() string { return whomLabels[w] }

// ClubKind is a sort of club, model or movement.
type ClubKind struct {
	Code   string
	Label  string
	Count  []string // indicators fed by the number of clubs besides GEN.CLUB.N
	Member []string // and by their members besides GEN.CLUB.MEM
	Kinds  []association.KindCode
}

// ClubKinds is the registry of clubs (handbook §4.2, §4.3).
var ClubKinds = []ClubKind{
	{Code: "lien_the_he", Label: "CLB liên thế hệ tự giúp nhau", Count: []string{"NCT.LTH"}, Member: []string{"NCT.LTH_MEM"}, Kinds: only(association.NCT)},
	{Code: "van_hoa", Label: "CLB văn hóa, văn nghệ, thể thao, dưỡng sinh", Count: []string{"NCT.CLB_VH"}, Kinds: only(association.NCT)},
	{Code: "clb", Label: "Câu lạc bộ"},
	{Code: "mo_hinh", Label: "Mô hình"},
	{Code: "phong_trao", Label: "Phong trào"},
}

// ClubKindByCode finds a sort of club.
func ClubKindByCode(code string) (ClubKind, bool) {
	i := slices.IndexFunc(ClubKinds, func(k ClubKind) bool { return k.Code == code })
	if i < 0 {
		return ClubKind{}, false
	}
	return ClubKinds[i], true
}
