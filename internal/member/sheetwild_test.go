package member

import (
	"bytes"
	"strings"
	"testing"

	"wardportal/internal/association"
	"wardportal/internal/sheet"
	"wardportal/internal/vi"
)

// table makes a sheet of text cells: lines by "\n", cells by "|".
func table(name, text string) *sheet.Sheet {
	s := &sheet.Sheet{Name: name}
	for line := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		var row []sheet.Cell
		for cell := range strings.SplitSeq(line, "|") {
			c := sheet.Cell{Text: strings.TrimSpace(cell), Raw: strings.TrimSpace(cell), Kind: sheet.Text}
			if c.Text == "" {
				c = sheet.Cell{}
			}
			row = append(row, c)
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// brief is a row in one line: what the plan says of the core fields.
func brief(t *testing.T, kind association.KindCode, sheets ...*sheet.Sheet) []string {
	t.Helper()
	var b bytes.Buffer
	if err := ReadSheets(&sheet.Book{Sheets: sheets}, testOptions(kind)).WritePlan(&b, nil); err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(b.String()) {
		if c := strings.Split(strings.TrimRight(line, "\n"), "\t"); c[0] != "sheet" {
			out = append(out, strings.Join([]string{c[2] + "|" + c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11]}, " "))
		}
	}
	return out
}

// Sheets that nobody has seen: other words, other orders, other habits.
func TestSheetsOfOtherHands(t *testing.T) {
	t.Parallel()
	cases := []struct {
		what string
		kind association.KindCode
		text string
		want []string
	}{
		{"upside down, no accents, sub-total without colon", association.NCT, `
HOI NGUOI CAO TUOI PHUONG CHANH LO
DANH SACH HOI VIEN NAM 2022
GHI CHU|DIA CHI|DIEN THOAI|GIOI TINH|NAM SINH|HO VA TEN HOI VIEN|TDP|TT
|12 Quang Trung|0905.000.111|Nu|1945|Nguyễn Thị Lan|3|1
mất năm 2021|14 Quang Trung||Nam|5/1940|Trần Văn Bảy|3|2
|||||Cộng 2 hội viên||`,
			[]string{"Nguyễn Thị|Lan nữ 1945 0905000111  TDP 3  active ok", "Trần Văn|Bảy nam 1940-05   TDP 3  deceased:2021 ok"}},
		{"day, month and year apart; marks; family and given names", association.NCT, `
DANH SÁCH HỘI VIÊN CHI HỘI TỔ DÂN PHỐ SỐ 4
STT|Họ lót|Tên|Ngày sinh|||Nam|Nữ|Số CMND
|||Ngày|Tháng|Năm|||
1|Phạm Thị|Hoa|15|7|1942||x|
2|Lê|Tám|||1938|x||`,
			[]string{"Phạm Thị|Hoa nữ 1942-07-15   TDP 4  active ok", "Lê|Tám nam 1938   TDP 4  active ok"}},
		{"birth in the column of the sex, headings without merges, page header again", association.NCT, `
TT|Họ tên|Sinh năm||Nơi ở|Vào hội
||Nam|Nữ||
TỔ 1
1|Cụ Võ Thị Em||1936|3 Lê Lợi|2001
Cộng: 1 người
TỔ 2
1|Bùi Sơn|1944||5 Lê Lợi|3/2010
TT|Họ tên|Sinh năm||Nơi ở|Vào hội
2|Hồ Thị Sen||2/9/1945|7 Lê Lợi|`,
			[]string{"Võ Thị|Em nữ 1936   TDP 1 2001 active ok", "Bùi|Sơn nam 1944   TDP 2 2010-03 active ok", "Hồ Thị|Sen nữ 1945-09-02   TDP 2  active ok"}},
		{"no header at all", association.NCT, `
1|Nguyễn Văn Hùng|1945|Nam|0905000222
2|Trần Thị Bình|12/3/1950|Nữ|
3|Lê Quang Minh|1939|Nam|0914000333
4|Đỗ Thị Hạnh|1948|Nữ|`,
			[]string{"Nguyễn Văn|Hùng nam 1945 0905000222    active warn:branch-missing", "Trần Thị|Bình nữ 1950-03-12     active warn:branch-missing",
				"Lê Quang|Minh nam 1939 0914000333    active warn:branch-missing", "Đỗ Thị|Hạnh nữ 1948     active warn:branch-missing"}},
		{"ages by sex, headings with counts, a party date that is no joining", association.NCT, `
DANH SÁCH NGƯỜI CAO TUỔI NĂM 2020
TT|Họ và tên|Tuổi||Ngày vào Đảng|Nơi ở
||Nam|Nữ||
I|Tổ dân phố 1|||25 người|
1|Nguyễn Văn Sáu|70||3/2/1970|2 Lê Lợi
2|Trần Thị Bé||81||4 Lê Lợi
II|TDP 2|||1|
1|Lê Thị Út||75||6 Lê Lợi`,
			[]string{"Nguyễn Văn|Sáu nam 1950   TDP 1  active warn:birth-estimated", "Trần Thị|Bé nữ 1939   TDP 1  active warn:birth-estimated", "Lê Thị|Út nữ 1945   TDP 2  active warn:birth-estimated"}},
		{"two-digit years in the column of the sex", association.NCT, `
STT|Họ và tên|Năm sinh||Tổ|Điện thoại
||Nam|Nữ||
1|Phan Văn Năm|42||5|0905000111
2|Hồ Thị Tư||9/50|5|`,
			[]string{"Phan Văn|Năm nam 1942 0905000111  TDP 5  active warn:birth-two-digit-year", "Hồ Thị|Tư nữ 1950-09   TDP 5  active warn:birth-two-digit-year"}},
		{"study promotion of a school, by workplace", association.KHOC, `
STT|Họ tên giáo viên|Ngày sinh|Giới|Đơn vị|Ngày vào ngành
1|NGUYỄN THỊ HÀ|12/05/1980|Nữ|Trường THCS Chánh Lộ|1/9/2002`,
			[]string{"Nguyễn Thị|Hà nữ 1980-05-12     active ok"}},
		{"class and second birth column beside parted names", association.NCT, `
STT|Họ và tên đệm|Tên|Giới tính|Ngày, tháng, năm sinh|Năm sinh|Chi hội|Loại hội viên|Trạng thái
1|Nguyễn Thị|An|Nữ|15/07/1942|1942|Chi hội 3|Chính thức|Đang sinh hoạt
2|Lê Văn|Bình|Nam|1950|1950|Chi hội 3|Danh dự|Chuyển đi`,
			[]string{"Nguyễn Thị|An nữ 1942-07-15   TDP 3  active ok", "Lê Văn|Bình nam 1950   TDP 3  moved ok"}},
		{"ages instead of births, remark in the name", association.NCT, `
Chi hội TDP 7 - danh sách năm 2020
STT|HỌ VÀ TÊN|TUỔI|PHÁI|GHI CHÚ
1|NGUYỄN VĂN TƯ (đã mất)|80|Nam|
2|bà trần thị năm|75 tuổi|nữ|vợ mất 2015`,
			[]string{"Nguyễn Văn|Tư nam 1940   TDP 7  deceased:? warn:birth-estimated", "Trần Thị|Năm nữ 1945   TDP 7  active warn:birth-estimated"}},
		{"prisoners in other words", association.TYN, `
TỔ DÂN PHỐ 6
TT|Họ và tên - Bí danh|N.Sinh|Nam/Nữ|Thời gian bị tù||Nhà tù
||||Từ năm|Đến năm|
01|Nguyễn Đình Cư - tự Ba Cư|1940|nam|1968|1973|Côn Đảo; Phú Quốc
02|Lê Thị Hồng|1946|nữ|1970|1969|Nhà lao Quảng Ngãi`,
			[]string{"Nguyễn Đình|Cư nam 1940   TDP 6  active ok", "Lê Thị|Hồng nữ 1946   TDP 6  active warn:prison-years"}},
	}
	for _, c := range cases {
		t.Run(c.what, func(t *testing.T) {
			t.Parallel()
			got := brief(t, c.kind, table("Sheet1", c.text))
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// Old encodings without fonts, as in a sheet copied as text: the same people in every one of them.
func TestOldEncodingsWithoutFonts(t *testing.T) {
	t.Parallel()
	tcvn := "Danh s¸ch héi viªn n¨m 2020 - Tæ d©n phè 3\nSTT|Hä vµ tªn|N¨m sinh|Giíi tÝnh|§Þa chØ\n1|NguyÔn ThÞ Hång|1949|N÷|12 Lª Lîi\n2|Tr\u00ad¬ng V¨n Minh|1952|Nam|14 Hïng V\u00ad¬ng\n3|Lª ThÞ ¸nh|7/1949|N÷|3 TrÇn H\u00adng §¹o"
	vni := "DANH SAÙCH HOÄI VIEÂN NAÊM 2020 - TOÅ DAÂN PHOÁ 3\nSTT|Hoï vaø teân|Naêm sinh|Giôùi tính|Ñòa chæ\n1|Nguyeãn Thò Hoàng|1949|Nöõ|12 Leâ Lôïi\n2|Tröông Vaên Minh|1952|Nam|14 Huøng Vöông\n3|Leâ Thò AÙnh|7/1949|Nöõ|3 Traàn Höng Ñaïo"
	want := []string{"Nguyễn Thị|Hồng nữ 1949   TDP 3  active ok", "Trương Văn|Minh nam 1952   TDP 3  active ok", "Lê Thị|Ánh nữ 1949-07   TDP 3  active ok"}
	for name, text := range map[string]string{"TCVN3": tcvn, "VNI": vni} {
		got := brief(t, association.NCT, table("Sheet1", text))
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: got\n%s", name, strings.Join(got, "\n"))
		}
	}
	d := ReadSheets(&sheet.Book{Sheets: []*sheet.Sheet{table("Sheet1", tcvn)}}, testOptions(association.NCT))
	if s := d.Sheets[0]; s.Encoding != vi.TCVN3 || s.Before != "NguyÔn ThÞ Hång" || s.After != "Nguyễn Thị Hồng" {
		t.Errorf("the conversion is not shown: %q %q → %q", s.Encoding, s.Before, s.After)
	}
}

// A remark decides who is still a member. What is told of relatives and things decides nothing.
func TestRemarks(t *testing.T) {
	t.Parallel()
	for remark, want := range map[string]string{
		"mất 3/2022": "deceased:2022-03", "Đã mất 12/7/2021": "deceased:2021-07-12", "từ trần năm 2020": "deceased:2020", "qua đời": "deceased:?", "ông mất ngày 5/9/2022": "deceased:2022-09-05",
		"mất ngày 2 tháng 3 năm 2021": "deceased:2021-03-02", "tạ thế 2019, an táng tại quê": "deceased:2019", "Cụ đã từ trần (2018)": "deceased:2018", "chết do tai nạn 2017": "deceased:2017", "hội viên đã mất": "deceased:?",
		"mất thẻ": "active", "nghỉ mất sức 61%": "active", "chồng mất 2015": "active", "mẹ mất sớm, ở với bà ngoại": "active", "mất liên lạc": "active", "mất hồ sơ gốc": "active", "mất sức lao động 41%": "active",
		"con trai đã chết 2010": "active", "vợ qua đời": "active", "mất một chân": "active", "mất 1 mắt": "active", "bị mất giấy tờ": "active",
		"chuyển đi TP.HCM": "moved", "chuyển vào Bình Dương 2020": "moved", "Đã chuyển ra Hà Nội ở với con": "moved", "chuyển theo con vào Đồng Nai": "moved", "chuyển trường 8/2023": "moved", "định cư Hoa Kỳ": "moved", "đi khỏi địa phương": "moved",
		"chuyển đến từ phường Nghĩa Lộ 2019": "active", "chuyển từ TDP 3 qua": "active", "mới chuyển đến 2021": "active", "từ Bình Sơn chuyển về": "active", "chuyển đổi thẻ": "active", "chuyển viện": "active",
		"xin ra khỏi Hội 2021": "left", "xóa tên 2019": "left", "xoá tên": "left", "khai trừ": "left", "thôi sinh hoạt từ 2020": "left", "miễn sinh hoạt": "active", "Chi hội trưởng": "active", "": "active",
	} {
		got := brief(t, association.NCT, table("S", "STT|Họ và tên|Năm sinh|TDP|Ghi chú\n1|Nguyễn Thị An|1950|2|"+remark))
		if len(got) != 1 || !strings.Contains(got[0]+" ", " "+want+" ok ") {
			t.Errorf("%q: %v, want %s", remark, got, want)
		}
	}
	for remark, reason := range map[string]string{
		"chuyển về TDP 5": "branch-transfer", "chuyển sinh hoạt sang tổ 4": "branch-transfer", "nghe nói đâu đã mất": "remark-unclear", "mất tích": "remark-unclear",
	} {
		got := brief(t, association.NCT, table("S", "STT|Họ và tên|Năm sinh|TDP|Ghi chú\n1|Nguyễn Thị An|1950|2|"+remark))
		if len(got) != 1 || !strings.Contains(got[0], " active warn:"+reason) {
			t.Errorf("%q: %v, want %s", remark, got, reason)
		}
	}
}

// What a person corrects and what was learned before goes over every guess.
func TestMappingByHand(t *testing.T) {
	t.Parallel()
	s := table("Sheet1", "STT|Cột A|Cột B|TDP\n1|Nguyễn Văn Tám|1948|2")
	o := testOptions(association.NCT)
	if d := ReadSheets(&sheet.Book{Sheets: []*sheet.Sheet{s}}, o); len(d.Rows) != 0 && d.Rows[0].Birth.Year == 1948 {
		t.Fatal("the test needs labels that nothing can be guessed from")
	}
	o.Learned = map[string]string{LabelKey("Cột A"): UseName, LabelKey("Cột B"): UseBirth}
	d := ReadSheets(&sheet.Book{Sheets: []*sheet.Sheet{s}}, o)
	if len(d.Rows) != 1 || d.Rows[0].Birth.Year != 1948 || d.Rows[0].Group != 2 {
		t.Fatalf("learned labels were not used: %+v", d.Rows)
	}
	m := d.Sheets[0].Mapping()
	m.Columns[2] = UseJoined
	o.Sheets = []SheetMapping{m}
	d = ReadSheets(&sheet.Book{Sheets: []*sheet.Sheet{s}}, o)
	if !d.Rows[0].Birth.IsZero() || d.Rows[0].Joined.Year != 1948 {
		t.Errorf("the correction was not used: %+v", d.Rows[0].Fields)
	}
}

func TestTwins(t *testing.T) {
	t.Parallel()
	got := brief(t, association.NCT, table("S", `
STT|Họ và tên|Ngày sinh|TDP|Điện thoại|CCCD
1|Nguyễn Văn Hòa|1948|1|0905000111|
2|Nguyễn Văn Hoà|15/3/1948|2|0905 000 111|
3|Trần Thị Mai|1950|1|0905000222|999150000011
4|Trần Thị Mai|1950|2|0905000333|999150000022
5|Lê Thị Sáu|1944|1||999144000033
6|Phan Thị Bảy|1946|3||999144000033
7|Đỗ Thị Tư|1942|1|0905000444|
8|Đỗ Thị Tư|1942|5|0905000555|`))
	want := []string{"ok", "duplicate-of:2", "ok", "ok", "ok", "error:id-taken:6", "ok", "warn:same-name-same-year:8"}
	for i, w := range want {
		if i >= len(got) || !strings.HasSuffix(got[i], " "+w) {
			t.Errorf("row %d: %v, want %s", i+1, got[min(i, len(got)-1)], w)
		}
	}
}
