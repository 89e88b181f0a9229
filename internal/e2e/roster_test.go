package e2e

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"wardportal/internal/portal/portaltest"
)

// chairKeepsTheRoster is Job 2: search, add with a mistake first, edit, move and take it back, a death, the export.
func chairKeepsTheRoster(t *testing.T, chrome context.Context, site *portaltest.Site) {
	p := comes(t, chrome, site, "chu-tich").signsIn("nct")
	p.sees("Trang làm việc", "Hội Người cao tuổi")
	p.press("Hội viên", "Việc cần làm").is(http.StatusOK).sees("Hội viên đang sinh hoạt", "từ 1 đến 50")
	p.press("người tiếp theo").sees("từ 51 đến").press("Về đầu danh sách").sees("từ 1 đến 50")

	p.addsMember("Nguyễn Thị Thanh Quýt")
	profile := p.path()
	p.sees("Đã thêm bà Nguyễn Thị Thanh Quýt", "07/1946", "0900 000 027", "Đang sinh hoạt")

	p.press("Hội viên", "Việc cần làm").fill("Tìm theo tên", "thanh quyt").press("Tìm", "Tìm theo tên").sees("Nguyễn Thị Thanh Quýt")
	p.press("Nguyễn Thị Thanh Quýt").at(profile)
	p.press("Sửa hồ sơ").fill("Tên thường gọi", "Bà Tư Quýt").fill("Điện thoại (nếu có)", "0900000111").press("Lưu").
		is(http.StatusOK).at(profile).sees("Bà Tư Quýt", "0900 000 111")

	p.movesAndTakesBack()
	p.dies()
	p.exports()
}

// addsMember fills the form, is told what is missing, mends it and has the person in the roster.
func (p *person) addsMember(name string) {
	p.t.Helper()
	p.press("Thêm hội viên").is(http.StatusOK)
	p.fill("Tên thường gọi", "Bà Tư").date("Ngày sinh", "31", "2", "1946").fill("Điện thoại (nếu có)", "0900 000 027")
	p.press("Lưu hội viên").is(http.StatusUnprocessableEntity).
		sees("chỗ cần sửa", "Ông/bà cần nhập họ và tên", "Ông/bà cần chọn diện vào hội")
	if p.value("Tên thường gọi") != "Bà Tư" || p.value("Điện thoại (nếu có)") != "0900 000 027" {
		p.t.Errorf("%s typed in vain: %s", p.who, p.text())
	}
	p.tap("Ông/bà cần nhập họ và tên") // the summary leads to the field
	if focus := eval[string](p, "document.activeElement.name"); focus != "ten" && !p.noScript {
		p.t.Errorf("the summary leads to %q", focus)
	}
	p.fill("Họ và tên", name).tick("Nữ").date("Ngày sinh", "", "7", "1946").tick("Đã là hội viên từ trước").date("Ngày vào hội", "", "", "2011")
	p.chooseIfAsked("Chi hội", "Chi hội 3")
	p.press("Lưu hội viên").is(http.StatusOK).sees(name)
}

// chooseIfAsked picks the branch where there is more than one.
func (p *person) chooseIfAsked(label, option string) {
	p.t.Helper()
	if eval[bool](p, "!!document.querySelector('select[name=chi_hoi]')") {
		p.choose(label, option)
	}
}

func (p *person) movesAndTakesBack() {
	p.t.Helper()
	p.press("Chuyển chi hội").sees("Sau khi bấm “Chuyển chi hội”", "Số hội viên của toàn hội không đổi")
	p.choose("Chi hội", "Chi hội 5").fill("Lý do (nếu có)", "chuyển nhà").press("Chuyển chi hội", "Lý do (nếu có)").
		is(http.StatusOK).sees("Đã chuyển bà Nguyễn Thị Thanh Quýt sang chi hội 5", "Hoàn tác")
	p.press("Hoàn tác").is(http.StatusOK).sees("Đã hoàn tác", "Chi hội 3")
	if n := p.site.Count(p.t, `select count(*)::int from membership m join branch b on b.id = m.branch_id where m.full_name = 'Nguyễn Thị Thanh Quýt' and b.name = 'Chi hội 3'`); n != 1 {
		p.t.Errorf("after the undo %d memberships are in Chi hội 3", n)
	}
}

func (p *person) dies() {
	p.t.Helper()
	p.press("Qua đời").sees("Thôi tính trong danh sách", "Chỉ cần báo một lần")
	p.date("Mất ngày", "", "", "2030").press("Ghi qua đời").is(http.StatusUnprocessableEntity)
	p.date("Mất ngày", "", "10", "2026").press("Ghi qua đời").is(http.StatusOK).
		sees("Qua đời", "10/2026", "Nhật ký hồ sơ", "Chuyển từ", "Trần Văn Thuận", "Bổ sung vào danh sách")
	p.misses("Sửa hồ sơ\nChuyển chi hội")
}

func (p *person) exports() {
	p.t.Helper()
	p.press("Hội viên", "Việc cần làm").fill("Tìm theo tên", "quyt").press("Tìm", "Tìm theo tên").sees("Không có ai theo điều kiện")
	p.press("Bỏ điều kiện lọc").fill("Tìm theo tên", "quyt").press("Tìm", "Tìm theo tên").sees("Nguyễn Thị Thanh Quýt", "Qua đời")
	name, data := p.saves("Tải đúng danh sách này (Excel)")
	if !strings.HasSuffix(name, ".xlsx") {
		p.t.Errorf("the file is called %q", name)
	}
	rows := p.sheetRows(data)
	if all := strings.Join(rows, "\n"); !strings.Contains(all, "Nguyễn Thị Thanh|Quýt|Bà Tư Quýt|Nữ|07/1946") || !strings.Contains(all, "Danh sách này có 1 người./.") {
		p.t.Errorf("the sheet says:\n%s", all)
	}
	p.press("In cả danh sách, có cột ký tên").sees("Danh sách này có 1 người./.")
	p.onPaper("STT", "Ký tên", "Nguyễn Thị Thanh Quýt", "Danh sách này có 1 người./.")
}

// sheetRows reads the first sheet of a workbook, the cells of a row joined by bars.
func (p *person) sheetRows(data []byte) []string {
	p.t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	p.must(err)
	defer func() { _ = book.Close() }()
	var lines []string
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		p.must(err)
		for _, r := range rows {
			lines = append(lines, strings.Join(r, "|"))
		}
	}
	return lines
}

// headKeepsTheBranch is the head of Chi hội 3: the own branch and nothing beyond it.
func headKeepsTheBranch(t *testing.T, chrome context.Context, site *portaltest.Site) {
	p := comes(t, chrome, site, "chi-hoi-truong").signsIn("chihoi3")
	p.press("Hội viên", "Việc cần làm").is(http.StatusOK).sees("Chi hội 3").misses("Chi hội 2", "Chi hội 4", "Chi hội 5")
	own := site.Count(t, `select count(*)::int from membership m join branch b on b.id = m.branch_id join association a on a.id = m.association_id
		where a.slug = 'nguoi-cao-tuoi' and b.name = 'Chi hội 3' and m.status in ('active', 'exempt')`)
	if own == 0 {
		t.Fatal("nobody is in Chi hội 3: the sample ward has changed")
	}
	p.addsMember("Lê Thị Thanh Cam")
	p.sees("Chi hội 3").misses("Chuyển chi hội")
	for _, elsewhere := range []string{
		`select max(m.id)::int from membership m join branch b on b.id = m.branch_id join association a on a.id = m.association_id where a.slug = 'nguoi-cao-tuoi' and b.name <> 'Chi hội 3'`,
		`select max(m.id)::int from membership m join association a on a.id = m.association_id where a.slug = 'khuyen-hoc'`,
	} {
		p.opens(memberPath(site.Count(t, elsewhere))).is(http.StatusNotFound).sees("Không tìm thấy trang")
	}
	p.opens("/quan-ly/nhat-ky").is(http.StatusForbidden)
}
