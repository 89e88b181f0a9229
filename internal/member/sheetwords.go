package member

import (
	"regexp"
	"slices"
	"strings"

	"wardportal/internal/association"
	"wardportal/internal/vi"
)

// What a column may hold. The values are stored with a mapping, so they stay.
const (
	UseNone       = "-" // read, and not used
	UseOrder      = "stt"
	UseName       = "ten"
	UseFamily     = "ho_dem"
	UseGiven      = "ten_rieng"
	UseAlias      = "bi_danh"
	UseSex        = "gioi_tinh"
	UseMale       = "nam"
	UseFemale     = "nu"
	UseBirth      = "sinh"
	UseBirthDay   = "sinh_ngay"
	UseBirthMonth = "sinh_thang"
	UseBirthYear  = "sinh_nam"
	UseAge        = "tuoi"
	UseID         = "so_dinh_danh"
	UsePhone      = "dien_thoai"
	UsePhoneCarer = "dien_thoai_nguoi_than"
	UseAddress    = "dia_chi"
	UseBranch     = "chi_hoi"
	UseJoined     = "vao_hoi"
	UseCard       = "so_the"
	UseState      = "tinh_trang"
	UseDied       = "ngay_mat"
	UseLeft       = "ngay_thoi"
	UseNote       = "ghi_chu"
	UseOffice     = "chuc_vu"
	UseHardship   = "hoan_canh"
	UsePolicy     = "chinh_sach"
	UseEmail      = "email"
	UseCode       = "ma"
	UseFee        = "hoi_phi"
	UseNative     = "que_quan"
	UseRole       = "thanh_phan"
	UseWorkplace  = "noi_cong_tac"
	UseBHYT       = "bhyt"
	UsePension    = "che_do"
	UseFrom       = "tu_ngay"
	UseTo         = "den_ngay"
	UseUnit       = "don_vi"
	UsePeriod     = "thoi_ky"
	UseAllowance  = "tro_cap"
	UseMedal      = "ky_niem_chuong"
	UseArrested   = "bi_bat"
	UseReleased   = "ra_tu"
	UsePrison     = "noi_giam"
	UsePrisonTime = "so_nam_tu"
	UseRecognised = "cong_nhan"
	UseCategory   = "dien"
	UseInjury     = "ty_le"
	UseBenefit    = "huong"
	UseCarer      = "nguoi_cham_soc"
	UseParent     = "con_cua"
	UseRelation   = "quan_he"
	UseClass      = "loai"
)

// columnUse is what a column may hold, what the page calls it, and the words by which a header names it (folded; the
// words of one entry are tried as a whole label first, then as its beginning, then anywhere in it).
type columnUse struct {
	use   string
	label string
	words []string
	kinds []association.KindCode // empty = every kind
}

var columnUses = []columnUse{
	{UseOrder, "Số thứ tự", []string{"stt", "tt", "so tt", "so thu tu", "thu tu", "no"}, nil},
	{UseName, "Họ và tên", []string{"ho va ten", "ho ten", "ho va ten hoi vien", "ho ten hoi vien", "ten hoi vien", "hoi vien", "ho va ten bi danh", "ho va ten nan nhan", "ten nan nhan",
		"nan nhan", "ten day du", "ho ten day du", "full name", "ho va ten khai sinh", "danh sach hoi vien", "ho chu dem va ten"}, nil},
	{UseFamily, "Họ và tên đệm", []string{"ho va ten dem", "ho va dem", "ho dem", "ho ten dem", "ho lot", "ho va chu lot", "ho chu lot", "ho va ten lot", "ho va lot", "ho chu dem", "ho va chu dem", "ho"}, nil},
	{UseGiven, "Tên", []string{"ten", "ten rieng", "ten goi"}, nil},
	{UseAlias, "Tên thường gọi, bí danh", []string{"bi danh", "ten thuong goi", "ten khac", "ten tu", "biet danh", "ten goi khac", "tuc danh", "thuong goi"}, nil},
	{UseSex, "Giới tính", []string{"gioi tinh", "gioi", "phai", "nam nu", "nu nam", "gt", "gtinh", "sex", "nam hay nu"}, nil},
	{UseMale, "Nam (đánh dấu hoặc năm sinh)", []string{"nam"}, nil},
	{UseFemale, "Nữ (đánh dấu hoặc năm sinh)", []string{"nu"}, nil},
	{UseBirth, "Ngày sinh", []string{"ngay thang nam sinh", "nam sinh", "ngay sinh", "sinh ngay", "sinh nam", "ngay thang sinh", "ntn sinh", "ntns", "ns", "nsinh", "ngay sinh nam sinh", "sinh", "ngay nam sinh", "date of birth", "dob", "tuoi nam sinh"}, nil},
	{UseBirthDay, "Ngày sinh: ngày", nil, nil},
	{UseBirthMonth, "Ngày sinh: tháng", nil, nil},
	{UseBirthYear, "Ngày sinh: năm", nil, nil},
	{UseAge, "Tuổi", []string{"tuoi", "so tuoi", "tuoi doi"}, nil},
	{UseID, "Số CCCD, CMND", []string{"cccd", "cmnd", "so cccd", "so cmnd", "cccd cmnd", "cmnd cccd", "can cuoc", "so can cuoc", "can cuoc cong dan", "so dinh danh", "dinh danh", "so dinh danh ca nhan", "chung minh", "chung minh nhan dan", "so cmt", "cmt", "cmtnd", "giay to tuy than", "the can cuoc", "cmnd can cuoc"}, nil},
	{UsePhone, "Điện thoại", []string{"dien thoai", "so dien thoai", "sdt", "so dt", "dt", "dtdd", "di dong", "so di dong", "dien thoai lien he", "so dt lien he", "lien he", "so may", "phone", "mobile", "zalo", "tel", "so dien thoai lien lac", "so lien lac", "lien lac"}, nil},
	{UsePhoneCarer, "Điện thoại người thân", nil, nil},
	{UseAddress, "Chỗ ở", []string{"dia chi", "cho o", "cho o hien nay", "noi o", "noi o hien nay", "dia chi thuong tru", "thuong tru", "noi thuong tru", "tam tru", "so nha", "so nha duong", "noi cu tru", "cu tru", "tru quan", "duong pho", "ho khau", "hktt", "dia chi hien nay", "noi dang ky thuong tru", "so nha duong pho"}, nil},
	{UseBranch, "Chi hội, tổ dân phố", []string{"chi hoi", "to dan pho", "tdp", "to dp", "to", "khu pho", "to hoi", "chi hoi tdp", "to dan pho so", "sinh hoat tai", "noi sinh hoat", "kp", "khoi pho", "thuoc chi hoi", "ten chi hoi", "don vi chi hoi", "thuoc to", "don vi sinh hoat"}, nil},
	{UseJoined, "Ngày vào hội", []string{"ngay vao hoi", "nam vao hoi", "vao hoi", "ngay ket nap", "nam ket nap", "ket nap", "ngay thang vao hoi", "thoi gian vao hoi", "tham gia hoi", "ngay tham gia hoi", "nam tham gia hoi", "ngay gia nhap", "nam gia nhap", "gia nhap", "ngay vao", "nam vao", "thang nam vao hoi", "ngay thang nam vao hoi", "ngay vao hoi nct", "nam tham gia", "ngay tham gia"}, nil},
	{UseCard, "Số thẻ hội viên", []string{"so the", "the hoi vien", "so the hoi vien", "the hoi", "so the hv", "ma the", "so hieu the"}, nil},
	{UseState, "Tình trạng", []string{"tinh trang", "trang thai", "tinh trang sinh hoat", "hien trang", "tinh trang hoi vien", "dien bien", "bien dong"}, nil},
	{UseDied, "Ngày mất", []string{"ngay mat", "nam mat", "ngay tu tran", "tu tran", "ngay chet", "ngay qua doi", "ngay thang mat", "mat ngay", "da mat", "ngay thang nam mat", "nam tu tran", "thoi gian mat"}, nil},
	{UseLeft, "Ngày thôi sinh hoạt", []string{"ngay thoi", "ngay chuyen di", "ngay ra khoi hoi", "ngay thoi sinh hoat", "ngay xoa ten", "ngay nghi"}, nil},
	{UseClass, "Loại hội viên", []string{"loai hoi vien", "loai hv", "dang hoi vien", "loai"}, nil},
	{UseNote, "Ghi chú", []string{"ghi chu", "chu thich", "ghi chep", "note", "gc", "luu y", "dien giai"}, nil},
	{UseOffice, "Chức vụ trong hội", []string{"chuc vu trong hoi", "nhiem vu trong chi hoi", "nhiem vu trong hoi", "chuc vu", "nhiem vu", "chuc vu hoi", "chuc vu trong chi hoi", "chuc danh trong hoi", "vai tro"}, nil},
	{UseHardship, "Hoàn cảnh", []string{"hoan canh", "hoan canh gia dinh", "hoan canh kinh te", "kinh te", "ho ngheo", "dien ho", "gia canh"}, nil},
	{UsePolicy, "Đối tượng chính sách", []string{"doi tuong chinh sach", "chinh sach", "dien chinh sach", "gia dinh chinh sach"}, nil},
	{UseEmail, "E-mail", []string{"email", "e mail", "thu dien tu", "hop thu", "dia chi email"}, nil},
	{UseCode, "Mã hội viên", []string{"ma hv", "ma hoi vien", "ma so", "ma", "ma so hoi vien", "id"}, nil},
	{UseFee, "Hội phí", []string{"hoi phi", "dong hoi phi", "tien hoi phi", "nop hoi phi", "quy hoi"}, nil},
	{UseNative, "Quê quán", []string{"que quan", "nguyen quan", "que", "noi sinh", "nguyen quan que quan"}, nil},
	{UseBHYT, "Thẻ bảo hiểm y tế", []string{"bhyt", "so the bhyt", "the bhyt", "bao hiem y te", "so bhyt", "the bao hiem y te", "ma the bhyt"}, nil},
	{UsePension, "Lương hưu, trợ cấp", []string{"che do", "luong huu", "huu tri", "tro cap", "che do dang huong", "nguon song", "thu nhap", "che do chinh sach", "che do huong", "luong huu tro cap", "dien huong"}, []association.KindCode{association.NCT}},
	{UseRole, "Thành phần", []string{"thanh phan", "nghe nghiep", "chuc danh", "chuc danh chuyen mon", "cong viec", "nghe", "thanh phan hoi vien"}, nil},
	{UseWorkplace, "Nơi công tác", []string{"noi cong tac", "don vi cong tac", "co quan", "noi lam viec", "don vi", "truong don vi", "truong", "co quan don vi"}, nil},
	{UseFrom, "Nhập ngũ TNXP", []string{"ngay nhap ngu", "nam nhap ngu", "nhap ngu", "ngay vao tnxp", "nam vao tnxp", "vao tnxp", "ngay di tnxp", "tham gia tnxp", "nam tham gia tnxp", "ngay tham gia tnxp", "thoi gian tham gia", "ngay di", "nam di tnxp"}, tnxpOnly},
	{UseTo, "Hoàn thành nhiệm vụ", []string{"ngay xuat ngu", "nam xuat ngu", "xuat ngu", "ngay hoan thanh", "hoan thanh nhiem vu", "nam hoan thanh", "ngay ve", "nam ve", "ra quan", "ngay ra quan", "hoan thanh"}, tnxpOnly},
	{UseUnit, "Đơn vị TNXP", []string{"don vi tnxp", "don vi", "don vi tham gia", "phien hieu", "phien hieu don vi", "don vi cu", "dai doi", "doi", "don vi phuc vu"}, tnxpOnly},
	{UsePeriod, "Thời kỳ", []string{"thoi ky", "giai doan", "thoi ky tham gia", "thoi ki"}, []association.KindCode{association.TNXP, association.TYN}},
	{UseAllowance, "Trợ cấp", []string{"che do da huong", "che do", "tro cap", "che do tro cap", "da huong che do", "tro cap da huong", "huong che do", "che do dang huong", "tro cap hang thang"}, []association.KindCode{association.TNXP, association.TYN}},
	{UseMedal, "Kỷ niệm chương", []string{"ky niem chuong", "ky niem chuong so", "so ky niem chuong", "knc", "so knc", "huan chuong", "ki niem chuong"}, nil},
	{UseArrested, "Bị bắt", []string{"nam bi bat", "ngay bi bat", "bi bat", "thoi gian bi bat", "ngay bat", "nam bat", "bat nam", "vao tu", "nam vao tu"}, tynOnly},
	{UseReleased, "Ra tù", []string{"nam ra tu", "ngay ra tu", "ra tu", "duoc tra tu do", "ngay tha", "nam tha", "tra tu do", "nam duoc tha", "ngay duoc tha"}, tynOnly},
	{UsePrison, "Nơi giam giữ", []string{"noi giam giu", "noi bi giam", "nha tu", "noi giam", "nha lao", "noi o tu", "trai giam", "noi bi tu", "noi bi giam giu", "dia diem giam giu", "noi tu day", "nha tu trai giam"}, tynOnly},
	{UsePrisonTime, "Thời gian ở tù", []string{"so nam tu", "so nam o tu", "thoi gian o tu", "so thang tu", "tong so nam tu", "so nam bi tu", "thoi gian bi giam", "thoi gian tu"}, tynOnly},
	{UseRecognised, "Quyết định công nhận", []string{"quyet dinh cong nhan", "so quyet dinh", "cong nhan", "qd cong nhan", "quyet dinh"}, tynOnly},
	{UseCategory, "Diện hội viên", []string{"dien nan nhan", "doi tuong", "dien", "loai doi tuong", "dien hoi vien", "loai nan nhan", "the he", "doi tuong nan nhan", "phan loai", "doi tuong huong"}, dacamOnly},
	{UseInjury, "Tỷ lệ tổn thương", []string{"ty le ton thuong", "muc", "ty le", "ti le ton thuong", "ti le", "ty le suy giam", "muc do", "ton thuong", "ty le mat suc", "suy giam kha nang lao dong"}, dacamOnly},
	{UseBenefit, "Tình trạng hưởng", []string{"tinh trang huong", "che do", "huong che do", "tro cap", "dang huong", "che do dang huong", "tinh trang huong che do", "huong tro cap"}, dacamOnly},
	{UseCarer, "Người chăm sóc", []string{"nguoi cham soc", "nguoi nuoi duong", "nuoi duong", "cham soc", "nguoi giam ho", "nguoi truc tiep nuoi duong", "nguoi phuc vu", "nguoi than"}, nil},
	{UseParent, "Con của", []string{"con cua", "ten cha me", "ho ten cha me", "con ong ba", "cha me", "ho ten cha", "ho ten me"}, nil},
	{UseRelation, "Quan hệ", []string{"quan he", "moi quan he", "quan he voi nan nhan"}, nil},
}

var (
	tnxpOnly  = []association.KindCode{association.TNXP}
	tynOnly   = []association.KindCode{association.TYN}
	dacamOnly = []association.KindCode{association.DACAM}
)

// UsesOf lists what a column may hold in a roster of the kind: code and label, in the order of a form.
func UsesOf(kind association.Kind) []association.Choice {
	var list []association.Choice
	for _, u := range columnUses {
		if u.use != UseOrder && u.fits(kind.Code) {
			list = append(list, association.Choice{Code: u.use, Label: u.label})
		}
	}
	return list
}

// UseLabel is what the page calls the use of a column.
func UseLabel(use string) string {
	for _, u := range columnUses {
		if u.use == use {
			return u.label
		}
	}
	return ""
}

func (u columnUse) fits(kind association.KindCode) bool {
	return len(u.kinds) == 0 || slices.Contains(u.kinds, kind)
}

var yearNotMale = strings.NewReplacer("năm", "nawm", "Năm", "nawm", "NĂM", "nawm", "(%)", "", "%", "")

// LabelKey is the form of a column's label that is compared and remembered: words without diacritics, but for "nam" (male),
// which must not be mixed up with "năm" (year).
func LabelKey(label string) string {
	words := vi.Words(yearNotMale.Replace(vi.Clean(label)))
	for i, w := range words {
		if w == "nawm" && (len(words) > 1 || i > 0) {
			words[i] = "nam"
		}
	}
	return strings.Join(words, " ")
}

var (
	carerWords   = regexp.MustCompile(`\b(?:nguoi (?:than|nuoi duong|cham soc|giam ho|lien he|nha|phuc vu)|nuoi duong|con cai|vo chong|cha me|chu ho|con gai|con trai)\b`)
	phoneWords   = regexp.MustCompile(`\b(?:dien thoai|sdt|so dt|dt|dtdd|di dong|so may|phone)\b`)
	otherJoining = regexp.MustCompile(`\b(?:dang|doan|nganh|ngu|lam viec|bien che|nghe|truong|cong tac)\b`) // "Ngày vào Đảng" is no joining of ours
	yearInLabel  = regexp.MustCompile(`\b(?:19|20)\d\d\b`)
	bracketText  = regexp.MustCompile(`\([^)]*\)`)
)

// guessUse finds what a label speaks of; quality tells how sure that is (0 = no idea).
func guessUse(label string, kind association.KindCode, learned map[string]string) (use string, quality int) {
	key := LabelKey(label)
	if use, ok := learned[key]; ok && key != "" {
		return use, 1000
	}
	plain := LabelKey(yearInLabel.ReplaceAllString(bracketText.ReplaceAllString(label, " "), " "))
	if plain == "" {
		plain = key
	}
	if plain == "" || len(plain) > 80 {
		return "", 0
	}
	if carerWords.MatchString(plain) {
		if phoneWords.MatchString(plain) {
			return UsePhoneCarer, 300
		}
		if use, q := bestUse(plain, kind, []string{UseCarer, UseParent, UseRelation}); q > 0 {
			return use, q
		}
		return UseCarer, 100
	}
	return bestUse(plain, kind, nil)
}

func bestUse(plain string, kind association.KindCode, only []string) (use string, quality int) {
	for _, u := range columnUses {
		if !u.fits(kind) || only != nil && !slices.Contains(only, u.use) {
			continue
		}
		for _, w := range u.words {
			q := matchQuality(plain, w)
			if q > 0 && u.use == UseJoined && otherJoining.MatchString(plain) {
				q = 0
			}
			if q > 0 && len(u.kinds) > 0 {
				q += 5 // a word of this very kind of association
			}
			if q > quality {
				use, quality = u.use, q
			}
		}
	}
	return use, quality
}

// matchQuality is 0 unless the words stand in the label; a whole label is best, then its beginning, longer words before shorter.
func matchQuality(label, words string) int {
	switch {
	case label == words:
		return 500 + len(words)
	case len(words) < 4 && !strings.Contains(words, " ") && len(label) > len(words)+4: // "to", "dt", "ten" inside a long label tell little
		return 0
	}
	at := strings.Index(label, words)
	switch end := at + len(words); {
	case at < 0, at > 0 && label[at-1] != ' ', end < len(label) && label[end] != ' ':
		return 0
	case at == 0:
		return 200 + len(words)*2
	}
	return 100 + len(words)*2
}
