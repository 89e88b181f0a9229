package e2e

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
)

// branchList is a list as a branch keeps it: a title above the heads, a day that is none, a year of two digits.
const branchList = `DANH SÁCH HỘI VIÊN CHI HỘI 3
STT,Họ và tên,Ngày sinh,Giới tính,Tổ dân phố,Năm vào hội,Điện thoại,Ghi chú
1,Nguyễn Thị Quỳnh Hoa,1946,Nữ,3,2010,0905000111,
2,Trần Văn Bảy Lớn,15/7/1944,Nam,3,2008,,
3,Lê Thị Sáu Nhỏ,31/02/1950,Nữ,3,,,
4,Phạm Văn Tám Út,9/9/48,Nam,3,,0905000444,
`

// rosterComesFromAFile brings a list in: a file that is none first, then columns, plan, one row mended, written, undone.
func rosterComesFromAFile(t *testing.T, chrome context.Context, site *portaltest.Site) {
	p := comes(t, chrome, site, "chu-tich-nhap-tep").signsIn("nct")
	p.press("Hội viên", "Việc cần làm").press("Nhập từ Excel").is(http.StatusOK)
	p.press("Đọc tệp").is(http.StatusUnprocessableEntity)
	p.attach("Tệp danh sách", file(t, "anh.xlsx", "đây không phải bảng tính\x00")).press("Đọc tệp").is(http.StatusUnprocessableEntity)
	p.attach("Tệp danh sách", file(t, "chi-hoi-3.csv", branchList)).press("Đọc tệp").sees("Ghép cột", "đọc được 4 người")
	p.press("Xem trước kết quả").sees("Xem lại trước khi ghi", "31/02/1950", "Thêm 3 người, sửa 0 người")
	plan := p.path()
	p.mendsARow()
	p.opens("/quan-ly/hoi-vien?q=quynh+hoa").misses("Nguyễn Thị Quỳnh Hoa")
	p.opens(plan).press("Ghi 4 thay đổi vào danh sách").sees("Sau khi bấm", "Có thể hoàn tác cả tệp trong 7 ngày")
	p.press("Ghi 4 thay đổi vào danh sách", "Thôi, không làm").is(http.StatusOK).sees("Kết quả nhập từ tệp")
	result := p.path()
	p.opens("/quan-ly/hoi-vien?q=quynh+hoa").sees("Nguyễn Thị Quỳnh Hoa")
	p.opens(result).press("Hoàn tác cả tệp").press("Hoàn tác cả tệp", "Thôi, không làm").sees("Đã hoàn tác", "Lần nhập này đã được hoàn tác")
	p.opens("/quan-ly/hoi-vien?q=quynh+hoa").misses("Nguyễn Thị Quỳnh Hoa")
}

func (p *person) mendsARow() {
	p.t.Helper()
	p.press("Lê Thị Sáu Nhỏ").sees("31/02/1950").date("Ngày sinh", "31", "2", "1950").press("Lưu dòng này").is(http.StatusUnprocessableEntity)
	p.date("Ngày sinh", "28", "2", "1950").press("Lưu dòng này").sees("Đã lưu dòng 5", "Thêm 4 người")
}

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// tour visits one page of each kind that a role can reach by links, for the bar and for the pictures: what no journey leads to.
func tour(login string, least int) func(*testing.T, context.Context, *portaltest.Site) {
	return func(t *testing.T, chrome context.Context, site *portaltest.Site) {
		paths, _ := walk(t, sampletest.As(t, site, login), 1)
		p := comes(t, chrome, site, "dao-"+login).signsIn(login)
		kinds := map[string]bool{}
		for _, path := range paths {
			kind, _, _ := strings.Cut(kindOf(path), "?")
			if kinds[kind] {
				continue
			}
			kinds[kind] = true
			p.opens(path).is(http.StatusOK)
		}
		if len(kinds) < least {
			t.Errorf("%s reaches only %d kinds of pages", login, len(kinds))
		}
	}
}
