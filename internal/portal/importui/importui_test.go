package importui_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"wardportal/internal/db/dbtest"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const (
	start   = "/quan-ly/hoi-vien/nhap"
	rosters = "../../member/testdata/rosters"
)

const list = `DANH SÁCH HỘI VIÊN CHI HỘI 3
STT,Họ và tên,Ngày sinh,Giới tính,Tổ dân phố,Năm vào hội,Điện thoại,CCCD,Ghi chú
1,Nguyễn Thị Quỳnh Hoa,1946,Nữ,3,2010,0905000111,999146000011,
2,Trần Văn Bảy Lớn,15/7/1944,Nam,3,2008,,,
3,Lê Thị Sáu Nhỏ,31/02/1950,Nữ,3,,,,
4,Phạm Văn Tám Út,9/9/48,Nam,3,,0905000444,,
`

// send uploads a file as a browser would.
func send(t testing.TB, s *portaltest.Site, b *portaltest.Browser, name string, data []byte) *portaltest.Page {
	t.Helper()
	form := b.Get(t, start).Form(t, start)
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for key, values := range form {
		if key == "tep" {
			continue
		}
		if err := w.WriteField(key, values[0]); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("tep", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.Server.URL+start, &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	return b.Do(t, req)
}

// brought uploads a file that is accepted and gives the address of its run.
func brought(t testing.TB, s *portaltest.Site, b *portaltest.Browser, name string, data []byte) string {
	t.Helper()
	page := send(t, s, b, name, data)
	run, ok := strings.CutSuffix(page.Location, "/cot")
	if page.Status != http.StatusSeeOther || !ok {
		t.Fatalf("status %d, %s: %s", page.Status, page.Location, page.Text())
	}
	return run
}

func TestFileBecomesMembersAndGoesBack(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	run := brought(t, s, b, "chi-hoi-3.csv", []byte(list))
	cols := b.Get(t, run+"/cot").Want(t, 200, "Ghép cột", "chi-hoi-3.csv", "Tiêu đề ở dòng 2, đọc được 4 người", "Năm vào hội")
	if page := b.Post(t, run+"/cot", cols.Form(t, run+"/cot")); page.Location != run {
		t.Fatalf("without a correction: %d %s", page.Status, page.Location)
	}
	b.Get(t, run).Want(t, 200, "Xem lại trước khi ghi", "31/02/1950", "Năm sinh viết hai chữ số", "Thêm 3 người, sửa 0 người", "Ghi 3 thay đổi vào danh sách").Never(t, "999146000011")
	b.Get(t, run+"?xem=moi").Want(t, 200, "Sinh 15/07/1944, Chi hội 3, vào hội 2008")
	b.Get(t, "/quan-ly/hoi-vien?q=quynh+hoa").Never(t, "Nguyễn Thị Quỳnh Hoa")

	confirm := b.Get(t, run+"/ghi").Want(t, 200, "Thêm 3 người", "Có thể hoàn tác cả tệp trong 7 ngày")
	form := confirm.Form(t, run+"/ghi")
	b.Follow(t, run+"/ghi", form).Want(t, 200, "Kết quả nhập từ tệp", "Hoàn tác cả tệp")
	b.Get(t, "/quan-ly/hoi-vien?q=quynh+hoa").Want(t, 200, "Nguyễn Thị Quỳnh Hoa")
	if page := b.Post(t, run+"/ghi", form); page.Status != http.StatusSeeOther {
		t.Errorf("the form posted twice: %d", page.Status)
	}

	again := brought(t, s, b, "chi-hoi-3.csv", []byte(list))
	b.Get(t, again).Want(t, 200, "Thêm 0 người, sửa 0 người, giữ nguyên 3 người").Never(t, "thay đổi vào danh sách")

	undo := b.Get(t, run+"/hoan-tac").Want(t, 200, "3 người đã thêm sẽ được ghi là nhập nhầm")
	b.Follow(t, run+"/hoan-tac", undo.Form(t, run+"/hoan-tac")).Want(t, 200, "Lần nhập này đã được hoàn tác")
	b.Get(t, "/quan-ly/hoi-vien?q=quynh+hoa").Never(t, "Nguyễn Thị Quỳnh Hoa")
}

func TestRowIsMendedSetAsideAndDownloaded(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	run := brought(t, s, b, "chi-hoi-3.csv", []byte(list))
	row := b.Get(t, run+"/dong/3").Want(t, 200, "Dòng 5", "31/02/1950")
	form := row.Form(t, run+"/dong/3")
	form.Set("ngay_sinh-ngay", "31")
	form.Set("ngay_sinh-thang", "2")
	form.Set("ngay_sinh-nam", "1950")
	form.Set("ten", "Lê Thị Sáu Mới")
	page := b.Post(t, run+"/dong/3", form).Want(t, 422, "Lỗi:")
	if got := page.Form(t, run+"/dong/3"); got.Get("ten") != "Lê Thị Sáu Mới" || got.Get("ngay_sinh-ngay") != "31" {
		t.Errorf("what was typed is lost: %v", got)
	}
	form.Set("ngay_sinh-ngay", "28")
	b.Follow(t, run+"/dong/3", form).Want(t, 200, "Đã lưu dòng 5")
	b.Get(t, run+"?xem=moi").Want(t, 200, "Lê Thị Sáu Mới", "Sinh 28/02/1950")
	skip := b.Get(t, run+"/dong/4").Form(t, run+"/dong/4")
	skip.Set("quyet_dinh", "skip")
	b.Follow(t, run+"/dong/4", skip).Want(t, 200, "Thêm 3 người", "1 dòng ông/bà bỏ qua")
	file := b.Get(t, run+"/dong-can-xem.xlsx")
	if file.Status != 200 {
		t.Fatalf("download: %d", file.Status)
	}
	book, err := excelize.OpenReader(strings.NewReader(file.Body))
	if err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Error(err)
	}
	drop := b.Get(t, run).Form(t, run+"/bo")
	b.Follow(t, run+"/bo", drop).Want(t, 200, "Đã bỏ tệp chi-hoi-3.csv")
	b.Get(t, run+"/ghi").Want(t, http.StatusSeeOther)
	b.Follow(t, run+"/giu-lai", url.Values{}).Want(t, 200, "Xem lại trước khi ghi", "Đã giữ lại tệp chi-hoi-3.csv")
}

// What the portal exports comes back without a change.
func TestExportComesBackUnchanged(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	file := b.Get(t, "/quan-ly/hoi-vien/xuat.xlsx")
	if file.Status != 200 {
		t.Fatalf("export: %d", file.Status)
	}
	run := brought(t, s, b, "danh-sach-hoi-vien.xlsx", []byte(file.Body))
	b.Get(t, run).Want(t, 200, "Thêm 0 người, sửa 0 người").Never(t, "dòng sai", "dòng cần ông/bà chọn", "Thêm 0 người, sửa 0 người, giữ nguyên 0 người")
}

func TestColumnsAreCorrectedAndRemembered(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	odd := []byte("STT,Họ và tên,Năm sinh,Cột lạ,TDP\n1,Nguyễn Văn Ất Hợi,1948,2011,3\n2,Trần Thị Ất Mùi,1950,2012,3\n")
	run := brought(t, s, b, "la.csv", odd)
	form := b.Get(t, run+"/cot").Form(t, run+"/cot")
	form.Set("cot-0-3", "vao_hoi")
	b.Follow(t, run+"/cot", form).Want(t, 200, "Xem lại trước khi ghi")
	b.Get(t, run+"?xem=moi").Want(t, 200, "Sinh 1948, Chi hội 3, vào hội 2011")
	next := brought(t, s, b, "la-2.csv", odd)
	b.Get(t, next+"?xem=moi").Want(t, 200, "vào hội 2011")
}

func TestRealRostersThroughThePages(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	for login, file := range map[string]string{"nct": "01-nct-chanh-lo-2023.xlsx", "tnxp": "02-cuu-tnxp-chanh-lo.xls", "tuyeunuoc": "03-tu-yeu-nuoc-2019.xls", "dacam": "04-da-cam-cac-chi-hoi.ods", "khuyenhoc": "08-khuyen-hoc-truong-thcs.xlsx"} {
		data, err := os.ReadFile(filepath.Join(rosters, file))
		if err != nil {
			t.Fatal(err)
		}
		b := sampletest.As(t, s, login)
		run := brought(t, s, b, file, data)
		b.Get(t, run+"/cot").Want(t, 200, "Ghép cột")
		plan := b.Get(t, run).Want(t, 200, "Xem lại trước khi ghi")
		if login == "khuyenhoc" {
			b.Get(t, run+"/cot").Want(t, 200, "TRƯỜNG THCS CHÁNH LỘ")
			continue
		}
		if !regexp.MustCompile(`Ghi [\d.]+ thay đổi`).MatchString(plan.Text()) {
			t.Fatalf("%s: nothing to write: %s", file, plan.Text())
		}
		b.Follow(t, run+"/ghi", b.Get(t, run+"/ghi").Form(t, run+"/ghi")).Want(t, 200, "Kết quả nhập từ tệp")
	}
}

func TestHostileFiles(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	whole, err := os.ReadFile(filepath.Join(rosters, "01-nct-chanh-lo-2023.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data   []byte
		status int
		says   string
	}{
		"truncated.xlsx": {whole[:len(whole)/2], 422, "Tệp bị hỏng hoặc tải lên chưa hết"},
		"anh.xlsx":       {[]byte("\x89PNG\r\n\x1a\n0000"), 422, "Đây không phải tệp bảng tính"},
		"rong.xlsx":      {nil, 422, "Chọn tệp danh sách"},
		"khac.csv":       {[]byte("a,b,c\n1,2,3\n4,5,6\n"), 422, "Không tìm thấy danh sách người"},
		"lon.xlsx":       {make([]byte, 11<<20), http.StatusRequestEntityTooLarge, "Tệp quá lớn"},
	} {
		t.Run(name, func(t *testing.T) {
			send(t, s, b, name, c.data).Want(t, c.status, c.says)
		})
	}
	if n := s.DB.Count(t, `select count(*) from import_run`); n != 0 {
		t.Errorf("%d refused files were kept", n)
	}
}

func TestImportsOfOthersAreMissing(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	run := brought(t, s, sampletest.As(t, s, "nct"), "chi-hoi-3.csv", []byte(list))
	other, head := sampletest.As(t, s, "dacam"), sampletest.As(t, s, "chihoi3")
	for _, page := range []string{"", "/cot", "/ghi", "/dong/1", "/hoan-tac", "/dong-can-xem.xlsx"} {
		other.Get(t, run+page).Want(t, 404)
		head.Get(t, run+page).Want(t, 403)
	}
	for _, page := range []string{"/ghi", "/bo", "/chon", "/lap-lai", "/dong/1"} {
		if got := other.Post(t, run+page, url.Values{"version": {"1"}}); got.Status != 404 {
			t.Errorf("post %s: %d", page, got.Status)
		}
	}
	sampletest.As(t, s, "canbo").Get(t, run).Want(t, 200, "Xem lại trước khi ghi")
	other.Get(t, start+"/999999").Want(t, 404)
	other.Get(t, start+"/abc").Want(t, 404)
}

func TestPlanWaitsForAChoice(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	first := brought(t, s, b, "a.csv", []byte("STT,Họ và tên,Năm sinh,TDP,Điện thoại\n1,Hồ Thị Kim Chỉ,1948,1,0905000777\n"))
	b.Follow(t, first+"/ghi", b.Get(t, first+"/ghi").Form(t, first+"/ghi"))
	run := brought(t, s, b, "b.csv", []byte("STT,Họ và tên,Năm sinh,TDP,Điện thoại\n1,Hồ Thị Kim Chỉ,1948,2,0905000888\n"))
	page := b.Get(t, run).Want(t, 200, "Cần ông/bà chọn", "Có phải là một người không?", "Là người khác: thêm mới")
	form := page.Form(t, run+"/chon")
	var choice string
	for _, o := range page.Find("option", "value", "") {
		if v, _ := portaltest.Attr(o, "value"); strings.HasPrefix(v, "as:") {
			choice = v
		}
	}
	form.Set("d-1", choice)
	b.Follow(t, run+"/chon", form).Want(t, 200, "Đã lưu lựa chọn của 1 dòng")
	b.Get(t, run+"?xem=thay-doi").Want(t, 200, "0905 000 777", "0905 000 888", "Chi hội 1", "Chi hội 2")
	// Somebody else writes meanwhile: the plan is stale, is made anew, and then goes in.
	other := brought(t, s, b, "c.csv", []byte("STT,Họ và tên,Năm sinh,TDP\n1,Hồ Thị Kim Khâu,1949,1\n"))
	b.Follow(t, other+"/ghi", b.Get(t, other+"/ghi").Form(t, other+"/ghi"))
	stale := b.Get(t, run).Want(t, 200, "Danh sách hội viên đã thay đổi")
	if got := b.Post(t, run+"/ghi", b.Get(t, run+"/ghi").Form(t, run+"/ghi")); got.Status != http.StatusConflict {
		t.Errorf("a stale plan was written: %d", got.Status)
	}
	b.Follow(t, run+"/lap-lai", stale.Form(t, run+"/lap-lai")).Want(t, 200, "Đã lập lại bản xem trước").Never(t, "Danh sách hội viên đã thay đổi")
}
