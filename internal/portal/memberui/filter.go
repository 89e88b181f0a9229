package memberui

import (
	"net/http"
	"strconv"

	"wardportal/internal/authz"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
)

// states are the answers of ?trang-thai=, in the order of the chips. The first is what the list opens on.
var states = []struct {
	slug, label, caption string
	status               member.Status
}{
	{"dang-sinh-hoat", "Đang sinh hoạt", "Hội viên đang sinh hoạt", member.Active},
	{"mien-sinh-hoat", "Miễn sinh hoạt", "Hội viên miễn sinh hoạt", member.Exempt},
	{"khong-con", "Không còn sinh hoạt", "Người không còn sinh hoạt", member.Left},
	{"nhap-nham", "Nhập nhầm", "Hồ sơ nhập nhầm", member.Mistake},
	{"tat-ca", "Tất cả", "Tất cả hội viên", ""},
}

// ages are the answers of ?tuoi=; ages are counted in the year, as lists do.
var ages = []struct {
	slug, label string
	from, to    int
}{
	{"duoi-60", "Dưới 60", 0, 59},
	{"60-69", "60 – 69", 60, 69},
	{"70-79", "70 – 79", 70, 79},
	{"80-89", "80 – 89", 80, 89},
	{"tu-90", "Từ 90", 90, 0},
}

// asked is the state of the list in the address: what is asked for, as its parameters.
type asked struct {
	hoi, branch, state, sex, age, noBirth, query string
	filter                                       member.Filter
	caption                                      string // "Hội viên đang sinh hoạt"
}

// parseAsked reads the address. Unknown answers ask nothing; the association is the desk's.
func parseAsked(r *http.Request, desk member.AssociationID) asked {
	a := asked{hoi: r.FormValue(kit.AssociationParam), query: kit.Text(r, "q"), caption: states[0].caption}
	a.filter = member.Filter{Association: desk, Branch: kit.QueryID[authz.BranchID](r, "chi-hoi"), Status: states[0].status, Query: a.query}
	if a.filter.Branch != 0 {
		a.branch = strconv.FormatInt(int64(a.filter.Branch), 10)
	}
	for _, s := range states {
		if r.FormValue("trang-thai") == s.slug {
			a.state, a.filter.Status, a.caption = s.slug, s.status, s.caption
		}
	}
	for _, x := range ages {
		if r.FormValue("tuoi") == x.slug {
			a.age, a.filter.AgeFrom, a.filter.AgeTo = x.slug, x.from, x.to
		}
	}
	if sex := member.Sex(r.FormValue("gioi-tinh")); sex.Label() != "" {
		a.sex, a.filter.Sex = string(sex), sex
	}
	if r.FormValue("thieu-nam-sinh") != "" {
		a.noBirth, a.filter.NoBirth = "1", true
	}
	return a
}

// url is a page with the same question; state replaces the state and after is the cursor.
func (a asked) url(path, state, after string) string {
	return href.With(path, kit.AssociationParam, a.hoi, "q", a.query, "chi-hoi", a.branch, "trang-thai", state, "gioi-tinh", a.sex, "tuoi", a.age,
		"thieu-nam-sinh", a.noBirth, "sau", after)
}

// narrowed tells whether the filters under "Lọc thêm" are in use.
func (a asked) narrowed() bool { return a.sex != "" || a.age != "" || a.noBirth != "" }
