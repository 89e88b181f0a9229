package doc

import (
	"fmt"
	"strings"
	"time"
)

// allLetters has every Vietnamese letter with every tone, small and capital.
const allLetters = "aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ đ " +
	"AÀẢÃÁẠ ĂẰẲẴẮẶ ÂẦẨẪẤẬ EÈẺẼÉẸ ÊỀỂỄẾỆ IÌỈĨÍỊ OÒỎÕÓỌ ÔỒỔỖỐỘ ƠỜỞỠỚỢ UÙỦŨÚỤ ƯỪỬỮỨỰ YỲỶỸÝỴ Đ"

// report is the yearly report of an association with its table of figures and a roster.
func report() Document {
	d := Document{
		Letterhead: Letterhead{
			Superior: "HỘI NGƯỜI CAO TUỔI THÀNH PHỐ QUẢNG NGÃI", Issuer: "HỘI NGƯỜI CAO TUỔI PHƯỜNG CHÁNH LỘ",
			Number: "Số: 05/BC-HNCT", Place: "Chánh Lộ, ngày 01 tháng 12 năm 2023",
		},
		Kind:       "BÁO CÁO",
		Subject:    "Tổng kết công tác Hội Người cao tuổi năm 2023 và phương hướng, nhiệm vụ năm 2024",
		Addressees: []string{"Hội Người cao tuổi thành phố Quảng Ngãi", "Ủy ban nhân dân phường Chánh Lộ"},
		Recipients: []string{"Hội Người cao tuổi TP (b/c)", "Đảng ủy, UBND, UBMTTQ phường (b/c)", "Các chi hội", "Lưu: VT"},
		Signatures: []Signature{{Lines: []string{"TM. BAN CHẤP HÀNH", "CHỦ TỊCH"}, Name: "Nguyễn Văn Bửu"}},
		PrintNote:  "Xuất bởi Lê Thị Hòa lúc 16:54 ngày 04/12/2023 · mã kiểm tra 7F3K-22QD",
		Contact:    "Số 12 đường Lê Trung Đình, phường Chánh Lộ; điện thoại 0255 000 0001",
		Created:    time.Date(2023, 12, 1, 2, 0, 0, 0, time.UTC),
	}
	d.Body = append(d.Body,
		Text("Phường Chánh Lộ có 8 tổ dân phố, 8 chi hội với 1.016 hội viên. "+strings.Repeat("Trong năm qua, Hội đã bám sát chương trình công tác, phối hợp chặt chẽ với các ban ngành, đoàn thể. ", 4)),
		Heading{2, "I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2023"})
	for i := range 7 {
		d.Body = append(d.Body, Heading{3, fmt.Sprintf("%d. Công tác tuyên truyền, giáo dục", i+1)},
			Text(strings.Repeat("Các chi hội tổ chức sinh hoạt đều đặn, tuyên truyền chủ trương, chính sách đến từng hội viên; vận động quỹ được 25.500.000 đồng, đạt 95,5% kế hoạch. ", 3)))
	}
	d.Body = append(d.Body, Labelled("Các chữ cái:", allLetters),
		Text("Trên đây là báo cáo tổng kết công tác năm 2023, Hội Người cao tuổi phường Chánh Lộ kính báo cáo."))
	d.Annexes = []Annex{figures(), people(90)}
	return d
}

func figures() Annex {
	t := Table{Columns: []Column{{Title: "STT", Width: 0.5, Align: Center}, {Title: "Chỉ tiêu", Width: 3}, {Title: "Đơn vị tính", Align: Center}, {Title: "Năm 2022", Align: Right},
		{Title: "Kế hoạch năm 2023", Align: Right}, {Title: "Thực hiện năm 2023", Align: Right}, {Title: "So với kế hoạch (%)", Align: Right}, {Title: "So với năm 2022 (%)", Align: Right}, {Title: "Ghi chú"}}}
	for i := range 12 {
		t.Rows = append(t.Rows, Row{Cells: []string{fmt.Sprint(i + 1), "Số hội viên được chúc thọ, mừng thọ trong năm", "người", "103", "110", "112", "101,8", "108,7", ""}})
	}
	return Annex{Title: "BIỂU SỐ LIỆU", Note: "(Kèm theo Báo cáo số 05/BC-HNCT ngày 01 tháng 12 năm 2023 của Hội Người cao tuổi phường Chánh Lộ)", Body: []Block{t}, Landscape: true}
}

func people(n int) Annex {
	t := Table{Columns: []Column{{Title: "STT", Width: 0.6, Align: Center}, {Title: "Họ và tên", Width: 2.6}, {Title: "Nam", Group: "Năm sinh", Width: 0.8, Align: Center}, {Title: "Nữ", Group: "Năm sinh", Width: 0.8, Align: Center},
		{Title: "Chức vụ", Width: 1.6}, {Title: "Ghi chú", Width: 1.6}}}
	for i := range n {
		if i%30 == 0 {
			t.Rows = append(t.Rows, Row{Cells: []string{fmt.Sprintf("Chi hội Tổ dân phố %d", i/30+1)}, Wide: true})
		}
		t.Rows = append(t.Rows, Row{Cells: []string{fmt.Sprint(i + 1), fmt.Sprintf("Nguyễn Thị Thu Hường %d", i+1), "", fmt.Sprint(1930 + i%30), "Ủy viên Ban Chấp hành", ""}})
	}
	return Annex{Title: "DANH SÁCH HỘI VIÊN", Body: []Block{t, Paragraph{Runs: []Run{{Text: fmt.Sprintf("Danh sách này có %d người./.", n), Italic: true}}, Flush: true}}}
}
