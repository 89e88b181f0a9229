package sample

import (
	"math/rand/v2"
	"strings"
)

// The tables follow handbook §10: family names weighted for Quảng Ngãi, middle and given names of people born 1930–1980.

type weighted struct {
	text   string
	weight float64
}

var families = weigh("Nguyễn 33, Trần 10, Lê 9, Phạm 8, Huỳnh 6, Võ 6, Bùi 3.5, Phan 3, Đỗ 3, Đặng 2.5, Trương 2, Ngô 1.8, Hồ 1.5, Đinh 1.5, Dương 1.2, Tạ 1, Đoàn 0.8, Cao 0.8, Lương 0.7, Lâm 0.6, Mai 0.5, Hà 0.5, Trịnh 0.5, Vũ 0.4, Hoàng 0.4, Tô 0.4, Thái 0.3, Châu 0.3, Từ 0.3, Tiêu 0.3, Lữ 0.2, Bạch 0.2, Kiều 0.2, Lý 0.2, Thới 0.1, Ông 0.1")

var (
	middleMenOld   = weigh("Văn 35, - 14, Hữu 6, Đình 6, Ngọc 5, Tấn 5, Quang 5, Minh 4, Xuân 4, Đức 3, Thanh 3, Công 3, Trọng 2, Bá 2, Duy 1, Thế 1, Hồng 1")
	middleMenYoung = weigh("Văn 22, Minh 8, Tấn 7, Thanh 7, Ngọc 7, Quang 7, Đức 6, Hữu 6, Xuân 5, Đình 4, Quốc 4, Anh 3, Hoàng 3, Công 3, - 4, Duy 2, Trọng 2")
	middleWomen    = weigh("Thị 84, Thị+Thu 2, Thị+Ngọc 2, Thị+Kim 2, Thị+Thanh 2, Thị+Minh 2, Thị+Xuân 2, Thị+Hồng 1, - 1, Kim 1, Ngọc 1")
	middleGirls    = weigh("Thị 58, Thị+Thu 4, Thị+Thanh 4, Thị+Ngọc 4, Thị+Kim 4, Thị+Bích 3, Thị+Mỹ 3, Thị+Hồng 3, Thị+Tuyết 3, Thị+Hoa 3, Thị+Minh 3, Kim 3, Ngọc 3, Thanh 2")
)

var (
	givenMen   = strings.Split("Hùng,Dũng,Sơn,Minh,Thanh,Bình,Tâm,Hải,Long,Nam,Trung,Hòa,Phước,Lộc,Thọ,Đức,Tài,Nhơn,Nghĩa,Lễ,Trí,Tín,Chánh,Châu,Chương,Cường,Danh,Đạo,Điền,Đông,Hoàng,Huệ,Hữu,Khánh,Kỳ,Lai,Lợi,Luận,Mẫn,Ngọc,Phụng,Quang,Quế,Sang,Sinh,Tấn,Thạch,Thận,Thắng,Thành,Thiện,Tích,Toàn,Trọng,Trước,Tuấn,Tùng,Vinh,Xuân,Ý", ",")
	givenOrder = strings.Split("Hai,Ba,Tư,Năm,Sáu,Bảy,Tám,Chín,Mười,Út", ",")
	givenWomen = strings.Split("Lan,Hoa,Hồng,Liên,Sương,Xuân,Thu,Nga,Loan,Hương,Thủy,Tuyết,Nguyệt,Cúc,Mai,Hạnh,Hiền,Bình,Phượng,Lệ,Tâm,Sen,Lựu,Đào,Thơm,Bông,Mót,Nhành,Diệp,Hường,Bích,Yến,Vân,Kiều,Điểu,Lành,Thảo,Dung,Hậu,Nhung,Phụng,Sáu,Bảy,Tám,Chín,Mười,Út,Gái,Em", ",")
	streets    = strings.Split("Phan Đình Phùng,Trần Hưng Đạo,Phan Bội Châu,Quang Trung,Hùng Vương,Lê Trung Đình,Nguyễn Nghiêm,Phan Chu Trinh,Nguyễn Tự Tân,Nguyễn Công Phương,Lê Đại Hành,Ngô Quyền,Trần Cao Vân,Cao Bá Quát,Hai Bà Trưng,Bà Triệu,Phạm Văn Đồng,Trương Định,Đinh Tiên Hoàng,Chu Văn An,Nguyễn Bá Loan,Nguyễn Trãi,Lê Lợi,Võ Thị Sáu,Tôn Đức Thắng,Bùi Thị Xuân", ",")
	prefixes   = strings.Split("032,033,034,035,036,037,038,039,070,076,077,078,079,081,082,083,084,085,090,091,093,094,096,097,098", ",")
)

// weigh reads "Văn 35, - 14": a dash is no middle name, a plus joins two words.
func weigh(table string) []weighted {
	var list []weighted
	for item := range strings.SplitSeq(table, ", ") {
		name, number, _ := strings.Cut(item, " ")
		w := 0.0
		whole, fraction, _ := strings.Cut(number, ".")
		for _, c := range whole {
			w = w*10 + float64(c-'0')
		}
		if fraction != "" {
			w += float64(fraction[0]-'0') / 10
		}
		if name == "-" {
			name = ""
		}
		list = append(list, weighted{strings.ReplaceAll(name, "+", " "), w})
	}
	return list
}

func draw(r *rand.Rand, table []weighted) string {
	total := 0.0
	for _, w := range table {
		total += w.weight
	}
	x := r.Float64() * total
	for _, w := range table {
		if x -= w.weight; x < 0 {
			return w.text
		}
	}
	return table[len(table)-1].text
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// personName draws a whole name that fits sex and year of birth.
func personName(r *rand.Rand, female bool, born int) string {
	var middle, given string
	switch {
	case female && born <= 1960:
		middle, given = draw(r, middleWomen), pick(r, givenWomen)
	case female:
		middle, given = draw(r, middleGirls), pick(r, givenWomen)
	case born <= 1960:
		middle, given = draw(r, middleMenOld), pick(r, givenMen)
		if born < 1955 && r.IntN(12) == 0 {
			given = pick(r, givenOrder)
		}
	default:
		middle, given = draw(r, middleMenYoung), pick(r, givenMen)
	}
	return strings.Join(strings.Fields(draw(r, families)+" "+middle+" "+given), " ")
}
