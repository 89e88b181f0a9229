package association

// Prison is a place of imprisonment in the catalogue of handbook §10. The bounds are plausible years for warnings,
// not history: 0 means unknown.
type Prison struct {
	Code string // stable; the report row is "TYN.NOI." + Code
	Name string
	From int
	To   int
}

// Prisons is the catalogue, in the order the form offers it: the places most members of a ward in Quảng Ngãi name first.
// A code is never reused; an entry is ended by taking it out of forms, not by deleting it here.
var Prisons = []Prison{
	{"CONDAO", "Nhà tù Côn Đảo", 1862, 1975},
	{"PHUQUOC", "Trại giam tù binh Phú Quốc", 1967, 1973},
	{"QUANGNGAI", "Nhà lao Quảng Ngãi (Trung tâm cải huấn)", 1955, 1975},
	{"HOIAN", "Nhà lao Hội An (Xóm Mới)", 1960, 1975},
	{"NONNUOC", "Trại giam Non Nước (Đà Nẵng)", 1966, 1972},
	{"KHODAN", "Nhà lao Kho Đạn (Đà Nẵng)", 1955, 1975},
	{"THUAPHU", "Nhà lao Thừa Phủ (Huế)", 1955, 1975},
	{"CHINHAM", "Chín Hầm (Huế)", 1955, 1963},
	{"QUYNHON", "Nhà tù số 9 Đào Duy Từ (Quy Nhơn)", 1955, 1962},
	{"PHUTAI", "Trại tù binh Phú Tài (Bình Định)", 1967, 1973},
	{"KONTUM", "Nhà tù Kon Tum", 0, 1975},
	{"PLEIKU", "Nhà lao Pleiku", 0, 1975},
	{"BUONMATHUOT", "Nhà đày Buôn Ma Thuột", 0, 1975},
	{"LAOBAO", "Nhà tù Lao Bảo", 0, 1975},
	{"CHIHOA", "Khám Chí Hòa", 1954, 1975},
	{"THUDUC", "Nhà tù Thủ Đức", 1954, 1975},
	{"TANHIEP", "Trại giam Tân Hiệp (Biên Hòa)", 1954, 1975},
	{"CANTHO", "Khám lớn Cần Thơ", 1954, 1975},
	{"BATO", "Căng an trí Ba Tơ (Quảng Ngãi)", 0, 1945},
	{"HOALO", "Nhà tù Hỏa Lò", 0, 1954},
	{"SONLA", "Nhà tù Sơn La", 0, 1945},
	{"KHAC", "Nơi khác", 0, 0},
}

// PrisonByCode finds an entry of the catalogue.
func PrisonByCode(code string) (Prison, bool) {
	for _, p := range Prisons {
		if p.Code == code {
			return p, true
		}
	}
	return Prison{}, false
}

func prisonChoices() []Choice {
	list := make([]Choice, len(Prisons))
	for i, p := range Prisons {
		list[i] = Choice{p.Code, p.Name}
	}
	return list
}
