package memberui_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"wardportal/internal/db/dbtest"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const roster = "/quan-ly/hoi-vien"

// newcomer fills the form of a new member.
func newcomer(t *testing.T, b *portaltest.Browser, name string) url.Values {
	t.Helper()
	page := b.Get(t, roster+"/them").Want(t, 200, "Thêm hội viên")
	form := page.Form(t, roster+"/them")
	if form.Get("chi_hoi") == "" { // nothing is chosen for the chair; the first branch will do
		form.Set("chi_hoi", firstBranch(t, page))
	}
	form.Set("ten", name)
	form.Set("gioi_tinh", "nu")
	form.Set("ngay_sinh-thang", "7")
	form.Set("ngay_sinh-nam", "1946")
	form.Set("dien", "bo_sung")
	form.Set("vao_hoi-nam", "2011")
	form.Set("dien_thoai", "0900 000 027")
	return form
}

func firstBranch(t *testing.T, page *portaltest.Page) string {
	t.Helper()
	for _, list := range page.Find("select", "name", "chi_hoi") {
		for o := list.FirstChild; o != nil; o = o.NextSibling {
			if id, _ := portaltest.Attr(o, "value"); id != "" {
				return id
			}
		}
	}
	t.Fatal("no branch to choose")
	return ""
}

// add adds somebody and gives the profile's address.
func add(t *testing.T, b *portaltest.Browser, name string) string {
	t.Helper()
	page := b.Post(t, roster+"/them", newcomer(t, b, name))
	if page.Status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", page.Status, page.Text())
	}
	return page.Location
}

func TestAddFindAndUndo(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	at := add(t, b, "Nguyễn Thị Thanh Quýt")
	page := b.Get(t, at).Want(t, 200, "Nguyễn Thị Thanh Quýt", "07/1946", "0900 000 027", "Đang sinh hoạt", "Đã thêm bà Nguyễn Thị Thanh Quýt vào", "Hoàn tác", "Bổ sung vào danh sách", "Trần Văn Thuận", "Chuyển đi nơi khác", "Qua đời")
	undo := page.Form(t, roster+"/hoan-tac")
	b.Get(t, roster+"?q=quyt").Want(t, 200, "Nguyễn Thị Thanh Quýt", "1 người")
	b.Get(t, roster+"?q=Quýt").Want(t, 200, "Nguyễn Thị Thanh Quýt")
	b.Get(t, roster+"?q=0027").Want(t, 200, "Nguyễn Thị Thanh Quýt")
	b.Get(t, roster+"?q=khongcoai").Want(t, 200, "Không có ai theo điều kiện đã chọn")
	b.Follow(t, roster+"/hoan-tac", undo).Want(t, 200, "Đã hoàn tác")
	b.Get(t, roster+"?q=quyt").Want(t, 200, "Không có ai theo điều kiện đã chọn")
	b.Get(t, roster+"?q=quyt&trang-thai=nhap-nham").Want(t, 200, "Nguyễn Thị Thanh Quýt")
	b.Post(t, roster+"/hoan-tac", undo).Want(t, http.StatusConflict)
}

func TestAddRefusedKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	form := newcomer(t, b, " ")
	form.Set("bi_danh", "Năm Lý")
	form.Set("dien", "")
	form.Set("ngay_sinh-nam", "46")
	page := b.Post(t, roster+"/them", form).Want(t, http.StatusUnprocessableEntity, "Ông/bà cần nhập họ và tên", "Ông/bà cần chọn diện vào hội", "Hiểu là năm 1946, đúng không?")
	again := page.Form(t, roster+"/them")
	if again.Get("bi_danh") != "Năm Lý" || again.Get("dien_thoai") != "0900 000 027" || again.Get("ngay_sinh-nam") != "1946" {
		t.Errorf("typed fields are lost: %v", again)
	}
	for field, value := range map[string]string{"ngay_sinh-nam": "1850", "ngay_sinh-thang": "13", "dien_thoai": "12", "chi_hoi": "999999", "gioi_tinh": "khac"} {
		form := newcomer(t, b, "Nguyễn Thị Thanh Quýt")
		form.Set(field, value)
		if got := b.Post(t, roster+"/them", form).Status; got != http.StatusUnprocessableEntity && got != http.StatusNotFound {
			t.Errorf("%s=%s: status %d", field, value, got)
		}
	}
	if n := s.Count(t, `select count(*) from membership where full_name like '%Quýt'`); n != 0 {
		t.Errorf("%d saved by half", n)
	}
}

func TestLikelyTheSamePersonIsShownFirst(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	add(t, b, "Nguyễn Thị Thanh Quýt")
	form := newcomer(t, b, "NGUYEN THI THANH QUYT")
	form.Set("dien_thoai", "")
	page := b.Post(t, roster+"/them", form).Want(t, http.StatusUnprocessableEntity, "Có thể đã có trong danh sách", "Nguyễn Thị Thanh Quýt", "sinh 07/1946")
	again := page.Form(t, roster+"/them")
	again.Set("van_them", "1")
	b.Follow(t, roster+"/them", again).Want(t, 200, "NGUYEN THI THANH QUYT")
	// Another association sees nothing of it: neither the person nor a hint.
	other := sampletest.As(t, s, "khuyenhoc")
	form = newcomer(t, other, "Nguyễn Thị Thanh Quýt")
	other.Follow(t, roster+"/them", form).Want(t, 200, "Nguyễn Thị Thanh Quýt").Never(t, "Có thể là một người", "Có thể đã có")
	sampletest.As(t, s, "canbo").Get(t, roster+"?q=quýt").Want(t, 200, "Nguyễn Thị Thanh Quýt")
}

func TestForeignAndMissingLookAlike(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	foreign := add(t, sampletest.As(t, s, "khuyenhoc"), "Lê Thị Thanh Quýt")
	b := sampletest.As(t, s, "nct")
	missing := b.Get(t, roster+"/99999999").Want(t, 404)
	for _, path := range []string{foreign, foreign + "/sua", foreign + "/qua-doi", roster + "/abc", roster + "/-1"} {
		if page := b.Get(t, path).Want(t, 404); page.Text()[:60] != missing.Text()[:60] {
			t.Errorf("%s differs from a missing page", path)
		}
	}
	b.Post(t, foreign+"/qua-doi", url.Values{"version": {"1"}}).Want(t, 404)
	b.Get(t, roster+"?hoi="+fmt.Sprint(s.Count(t, `select id::int from association where slug = 'khuyen-hoc'`))).Want(t, 404)
	sampletest.As(t, s, "bientap").Get(t, roster).Want(t, 403).Never(t, "Quýt")
	leader := sampletest.As(t, s, "lanhdao")
	leader.Get(t, foreign).Want(t, 200, "Lê Thị Thanh Quýt").Never(t, "Sửa hồ sơ", "Thông tin riêng")
	leader.Get(t, foreign+"/sua").Want(t, 403)
	if got := s.Nobody().Get(t, roster); got.Status != http.StatusSeeOther {
		t.Errorf("a resident: %d", got.Status)
	}
}

func TestEditAndTheThreeColumns(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	chair, official := sampletest.As(t, s, "nct"), sampletest.As(t, s, "canbo")
	at := add(t, chair, "Nguyễn Thị Thanh Quýt")
	mine := chair.Get(t, at+"/sua").Want(t, 200, "Sửa hồ sơ").Form(t, at+"/sua")
	theirs := official.Get(t, at+"/sua").Want(t, 200, "đang nhập thay Hội Người cao tuổi").Form(t, at+"/sua")
	theirs.Set("dien_thoai", "0900000099")
	theirs.Set("ghi_chu", "Cần đưa thẻ tận nhà")
	theirs.Set("so_the", "NCT-7")
	official.Follow(t, at+"/sua", theirs).Want(t, 200, "0900 000 099", "nhập thay")
	mine.Set("dien_thoai", "0900 000 111")
	mine.Set("dia_chi", "Tổ dân phố 3, hẻm 12")
	mine.Set("ghi_chu", "Con gái: chị Hương, cùng nhà")
	page := chair.Post(t, at+"/sua", mine).Want(t, http.StatusConflict, "Có người vừa sửa cùng hồ sơ này", "Còn 2 mục cần chọn", "0900 000 027", "0900 000 111", "0900 000 099", "giữ cả hai câu")
	settle := page.Form(t, at+"/sua")
	settle.Set("chon-dien_thoai", "now")
	settle.Set("giu_ca_hai", "1")
	chair.Follow(t, at+"/sua", settle).Want(t, 200, "0900 000 099", "Tổ dân phố 3, hẻm 12", "Cần đưa thẻ tận nhà", "Con gái: chị Hương, cùng nhà", "NCT-7").Never(t, "(0900 000 111)")
	// A forged version and the same form twice do no harm.
	forged := chair.Get(t, at+"/sua").Form(t, at+"/sua")
	forged.Set("version", "9999")
	chair.Post(t, at+"/sua", forged).Want(t, http.StatusConflict)
	forged.Set("version", "x")
	chair.Post(t, at+"/sua", forged).Want(t, http.StatusBadRequest)
	twice := chair.Get(t, at+"/sua").Form(t, at+"/sua")
	twice.Set("bi_danh", "Bà Tư")
	first, second := chair.Post(t, at+"/sua", twice), chair.Post(t, at+"/sua", twice)
	if first.Status != 303 || second.Status != 303 || first.Location != second.Location {
		t.Errorf("the same form twice: %d, %d", first.Status, second.Status)
	}
}

func TestEachActSaysWhatWillHappen(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	at := add(t, b, "Nguyễn Thị Thanh Quýt")
	other := s.Count(t, `select max(b.id)::int from branch b join association a on a.id = b.association_id
		where a.slug = 'nguoi-cao-tuoi' and b.listed and b.id <> (select branch_id from membership where full_name = 'Nguyễn Thị Thanh Quýt')`)
	do := func(act string, want string, set ...string) {
		t.Helper()
		form := b.Get(t, at+"/"+act).Want(t, 200, "Sau khi bấm").Form(t, at+"/"+act)
		for i := 0; i+1 < len(set); i += 2 {
			form.Set(set[i], set[i+1])
		}
		b.Follow(t, at+"/"+act, form).Want(t, 200, want, "Hoàn tác")
	}
	do("chuyen-chi-hoi", "Chuyển từ", "chi_hoi", fmt.Sprint(other), "ngay-nam", "2025", "ngay-thang", "3")
	do("mien-sinh-hoat", "Miễn sinh hoạt", "ly_do", "tuổi cao")
	do("sinh-hoat-lai", "Sinh hoạt trở lại")
	stale := b.Get(t, at+"/chuyen-di").Form(t, at+"/chuyen-di")
	stale.Set("version", "1")
	stale.Set("noi", "Hội An")
	again := b.Post(t, at+"/chuyen-di", stale).Want(t, http.StatusConflict, "Có người khác vừa lưu").Form(t, at+"/chuyen-di")
	if again.Get("noi") != "Hội An" || again.Get("version") == "1" {
		t.Errorf("a stale act loses what was typed: %v", again)
	}
	do("chuyen-di", "Chuyển đi đến Đà Nẵng", "noi", "Đà Nẵng", "ngay-nam", "2026")
	b.Get(t, at).Want(t, 200, "Trở lại hội", "Chuyển đi 2026").Never(t, "/qua-doi\"")
	b.Get(t, at+"/qua-doi").Want(t, http.StatusConflict)
	do("tro-lai", "Chuyển về từ Đà Nẵng", "dien", "chuyen_den", "noi", "Đà Nẵng")
	form := b.Get(t, at+"/thoi").Form(t, at+"/thoi")
	b.Post(t, at+"/thoi", form).Want(t, http.StatusUnprocessableEntity, "Chọn lý do thôi sinh hoạt")
	form = b.Get(t, at+"/thoi").Form(t, at+"/thoi")
	form.Set("cach", "khai_tru")
	b.Post(t, at+"/thoi", form).Want(t, http.StatusUnprocessableEntity, "Ghi lý do hoặc số quyết định")
	form = b.Get(t, at+"/qua-doi").Form(t, at+"/qua-doi")
	form.Set("ngay-nam", "2027")
	b.Post(t, at+"/qua-doi", form).Want(t, http.StatusUnprocessableEntity)
	do("qua-doi", "Qua đời")
	do("dinh-chinh", "Đính chính: không phải qua đời", "ly_do", "nhầm người cùng tên")
	do("nhap-nham", "Ghi là nhập nhầm", "ly_do", "ghi hai lần")
	b.Get(t, roster+"?q=quyt&trang-thai=tat-ca").Want(t, 200, "Không có ai")
}

func TestBranchHeadKeepsTheOwnBranch(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "chihoi3")
	at := add(t, b, "Nguyễn Thị Thanh Quýt")
	b.Get(t, at).Want(t, 200, "Chi hội 3", "Miễn sinh hoạt").Never(t, "/chuyen-chi-hoi")
	elsewhere := s.Count(t, `select max(m.id)::int from membership m join branch b on b.id = m.branch_id join association a on a.id = m.association_id
		where a.slug = 'nguoi-cao-tuoi' and b.name <> 'Chi hội 3'`)
	b.Get(t, fmt.Sprint(roster, "/", elsewhere)).Want(t, 404)
	form := newcomer(t, b, "Lê Thị Cam")
	form.Set("chi_hoi", fmt.Sprint(s.Count(t, `select max(branch_id)::int from membership where id = $1`, elsewhere)))
	form.Set("van_them", "1")
	b.Post(t, roster+"/them", form).Want(t, 404)
}

func TestFiltersAndPager(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	page := b.Get(t, roster).Want(t, 200, "Hội viên đang sinh hoạt", "xếp theo tên: từ 1 đến 50 trong")
	next := ""
	for _, a := range page.Find("a", "href", "") {
		if h, _ := portaltest.Attr(a, "href"); strings.Contains(h, "sau=") {
			next = h
		}
	}
	b.Get(t, next).Want(t, 200, "từ 51 đến", "Về đầu danh sách")
	b.Get(t, roster+"?sau=nonsense&chi-hoi=x&tuoi=abc&trang-thai=%27").Want(t, 200, "từ 1 đến 50")
	b.Get(t, roster+"?gioi-tinh=nam&tuoi=70-79").Want(t, 200, "Chỉ người thiếu năm sinh").Never(t, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">Lọc thêm")
	b.Get(t, roster+"?thieu-nam-sinh=1").Want(t, 200)
	b.Get(t, roster+"/in?trang-thai=tat-ca").Want(t, 200, "Danh sách hội viên", "Ký tên", "Danh sách này có")
	sampletest.As(t, s, "canbo").Get(t, roster).Want(t, 200, "Tất cả các hội", "Các hội")
}

func TestExportIsWhatIsShown(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	form := newcomer(t, b, "=HYPERLINK Quýt")
	form.Set("bi_danh", "=1+1")
	b.Follow(t, roster+"/them", form)
	page := b.Get(t, roster+"/xuat.xlsx?q=quyt").Want(t, 200)
	if got := page.Header.Get("Content-Type"); !strings.HasPrefix(got, "application/vnd.openxmlformats") {
		t.Fatalf("type %q", got)
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(page.Body)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for i, row := range rows {
		text += strings.Join(row, "|") + "\n"
		for j := range row {
			cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
			if f, _ := book.GetCellFormula(book.GetSheetName(0), cell); f != "" {
				t.Errorf("%s became a formula %q", cell, f)
			}
		}
	}
	for _, want := range []string{"DANH SÁCH HỘI VIÊN", "=HYPERLINK|Quýt|=1+1|Nữ|07/1946|1946", "0900 000 027", "Danh sách này có 1 người./.", "Xuất bởi"} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet does not say %q:\n%s", want, text)
		}
	}
	if n := s.Count(t, `select count(*) from audit_log where action = 'member.export'`); n != 1 {
		t.Error("the export left no trace")
	}
	sampletest.As(t, s, "lanhdao").Get(t, roster+"/xuat.xlsx").Want(t, 403)
}

func TestPrivateFieldsAreRevealedByAPost(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "tuyeunuoc")
	b.Get(t, roster+"/them").Want(t, 200, "Nơi bị bắt")
	form := newcomer(t, b, "")
	form.Set("dien_thoai", "")
	for name, value := range map[string]string{"ten": "Nguyễn Chánh Quýt", "gioi_tinh": "nam", "ngay_sinh-nam": "1940", "dien": "bo_sung", "hs_noi_bat": "Núi Thành", "so_dinh_danh": "999040000000"} {
		form.Set(name, value)
	}
	page := b.Post(t, roster+"/them", form)
	at := page.Location
	profile := b.Get(t, at).Want(t, 200, "Thông tin riêng", "… 0000").Never(t, "Núi Thành", "999040000000")
	ask := profile.Form(t, at+"/thong-tin-rieng")
	ask.Set("de_lam_gi", "làm hồ sơ chế độ")
	shown := b.Post(t, at+"/thong-tin-rieng", ask).Want(t, 200, "999040000000", "Lượt xem này đã được ghi nhật ký")
	change := shown.Form(t, at+"/luu-thong-tin-rieng")
	if change.Get("hs_noi_bat") != "Núi Thành" {
		t.Errorf("form %v", change)
	}
	change.Set("hs_noi_bat", "Tam Kỳ")
	change["hs_noi_giam"] = nil
	b.Follow(t, at+"/luu-thong-tin-rieng", change).Want(t, 200, "Sửa mục “Nơi bị bắt”").Never(t, "Tam Kỳ", "Núi Thành")
	if n := s.Count(t, `select count(*) from audit_log where action = 'member.reveal' and reason = 'làm hồ sơ chế độ'`); n != 1 {
		t.Error("the view left no trace")
	}
	official := sampletest.As(t, s, "canbo")
	official.Get(t, at).Want(t, 200, "Nguyễn Chánh Quýt").Never(t, "Thông tin riêng", "Núi Thành")
	official.Post(t, at+"/thong-tin-rieng", url.Values{}).Want(t, 403)
}
