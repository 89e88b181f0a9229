package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"wardportal/internal/association"
)

// profile makes up the special fields of a kind so that the rules of handbook §4 hold: a child of a victim draws the
// allowance only from 61 %, somebody who draws it has papers.
func profile(r *rand.Rand, kind association.KindCode, born int) map[string]string {
	switch kind {
	case association.NCT:
		return elderlyProfile(r, born)
	case association.KHOC:
		return map[string]string{"thanh_phan": pick(r, []string{"phu_huynh", "phu_huynh", "phu_huynh", "nha_giao", "nha_giao_huu", "can_bo", "doanh_nhan", "huu_tri", "khac"})}
	case association.DACAM:
		return victimProfile(r, born)
	case association.TNXP:
		return volunteerProfile(r, born)
	case association.TYN:
		return prisonerProfile(r, born)
	}
	return nil
}

func elderlyProfile(r *rand.Rand, born int) map[string]string {
	p := map[string]string{"bhyt": "co"}
	switch x := r.IntN(100); {
	case x < 38:
		p["che_do"] = "luong_huu"
	case x < 52:
		p["che_do"] = "nguoi_co_cong"
	case born <= 1949:
		p["che_do"] = "huu_tri_xa_hoi"
	default:
		p["che_do"] = "khong"
	}
	if r.IntN(100) < 4 {
		p["song_mot_minh"] = "co"
		if r.IntN(2) == 0 {
			p["kho_khan"] = "co"
		}
	}
	return p
}

func victimProfile(r *rand.Rand, born int) map[string]string {
	switch {
	case r.IntN(100) < 22:
		return map[string]string{"doi_tuong": "tu_nguyen"}
	case born <= 1956 && r.IntN(4) > 0:
		p := map[string]string{"doi_tuong": "truc_tiep", "che_do": "dang_huong", "ty_le": pick(r, []string{"21_40", "41_60", "41_60", "61_80", "81"})}
		if p["ty_le"] == "81" {
			p["nguoi_phuc_vu"] = "co"
		}
		return p
	case born <= 1956:
		return map[string]string{"doi_tuong": "phoi_nhiem", "che_do": "chua_co"}
	case r.IntN(4) == 0:
		return map[string]string{"doi_tuong": "the_he_3", "che_do": pick(r, []string{"chua_co", "co_ho_so"})}
	default:
		if r.IntN(3) == 0 {
			return map[string]string{"doi_tuong": "the_he_2", "che_do": "co_ho_so"}
		}
		return map[string]string{"doi_tuong": "the_he_2", "che_do": "dang_huong", "ty_le": pick(r, []string{"61_80", "81"})}
	}
}

func volunteerProfile(r *rand.Rand, born int) map[string]string {
	start := born + 17 + r.IntN(4)
	period := "my"
	switch {
	case start > 1975:
		period = "xd"
	case r.IntN(3) > 0:
		period = "cs"
	}
	p := map[string]string{
		"thoi_ky": period, "tu_ngay": fmt.Sprint(start), "den_ngay": fmt.Sprint(start + 2 + r.IntN(4)),
		"don_vi":      fmt.Sprintf("Đại đội %d, Đội %d", 1+r.IntN(12), 30+r.IntN(20)),
		"noi_phuc_vu": pick(r, []string{"Đường 20, Quảng Trị", "Trà Bồng, Quảng Ngãi", "Ba Tơ, Quảng Ngãi", "Tây Nguyên", "Minh Long, Quảng Ngãi"}),
		"tro_cap":     pick(r, []string{"mot_lan", "mot_lan", "mot_lan", "hang_thang", "chua"}),
	}
	if r.IntN(100) < 70 {
		p["knc_so"] = fmt.Sprintf("%d/QĐ-KNC", 100+r.IntN(900))
		p["knc_ngay"] = fmt.Sprintf("%d-07", 2004+r.IntN(18))
	}
	if r.IntN(100) < 6 {
		p["co_don"] = "co"
	}
	return p
}

func prisonerProfile(r *rand.Rand, born int) map[string]string {
	arrested := max(born+17+r.IntN(6), 1957)
	months := 6 + r.IntN(70)
	prisons := []string{"QUANGNGAI"}
	if arrested >= 1967 && r.IntN(2) == 0 {
		prisons = append(prisons, "PHUQUOC")
	}
	if months > 36 {
		prisons = append(prisons, "CONDAO")
	}
	p := map[string]string{
		"dien": pick(r, []string{"chinh_tri", "chinh_tri", "tu_binh"}), "thoi_ky": "my",
		"bi_bat": fmt.Sprint(min(arrested, 1972)), "noi_giam": strings.Join(prisons, ","), "so_thang": fmt.Sprint(months),
	}
	if r.IntN(100) < 82 {
		p["cong_nhan"] = fmt.Sprintf("QĐ %d", 200+r.IntN(700))
		p["tro_cap_thang"] = "co"
		p["knc_so"] = fmt.Sprintf("%d/KNC-TĐ", 1000+r.IntN(8000))
		p["knc_ngay"] = fmt.Sprintf("%d", 1998+r.IntN(20))
	}
	return p
}
