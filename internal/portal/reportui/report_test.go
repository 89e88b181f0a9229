package reportui_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"wardportal/internal/db/dbtest"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/report"
	"wardportal/internal/sample/sampletest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const (
	elderly = "/quan-ly/bao-cao/2026/nguoi-cao-tuoi"
	study   = "/quan-ly/bao-cao/2026/khuyen-hoc"
)

// fill answers every empty figure that the campaign asks for, as somebody does who has nothing else to say.
func fill(form url.Values) url.Values {
	for name := range form {
		if ind, ok := report.ByCode(name); ok && ind.Core && form.Get(name) == "" && form.Has("tl-"+name) {
			form.Set("tl-"+name, report.Nothing.Code())
		}
	}
	form.Set("lam", "tam")
	return form
}

// explain writes a word into every box of an explanation.
func explain(form url.Values) url.Values {
	for name := range form {
		if strings.HasPrefix(name, "giai-thich:") {
			form.Set(name, "Đã đối chiếu với sổ của các chi hội, số này đúng.")
		}
	}
	return form
}

// send fills the whole report of the address and sends it.
func send(t *testing.T, b *portaltest.Browser, path string) *portaltest.Page {
	t.Helper()
	page := b.Get(t, path+"?muc=tat-ca").Want(t, 200, "trên một trang")
	page = b.Follow(t, path, fill(page.Form(t, path))).Want(t, 200, "Đã lưu tạm")
	for _, button := range page.Find("button", "name", "de-xuat") { // members supplemented to the roster: the gap goes to its row
		form := page.Form(t, path)
		value, _ := portaltest.Attr(button, "value")
		form.Set("de-xuat", value)
		b.Follow(t, path, form).Want(t, 200, "Khớp:")
	}
	page = b.Get(t, path+"/nop").Want(t, 200, "Xem lại và nộp báo cáo")
	form := explain(page.Form(t, path+"/nop"))
	form.Set("o-trong", report.Nothing.Code())
	return b.Follow(t, path+"/nop", form).Want(t, 200, "Đã nộp báo cáo năm 2026", "Đã nộp")
}

func TestALifeOfAReport(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	chair, official := sampletest.As(t, s, "nct"), sampletest.As(t, s, "canbo")

	chair.Get(t, "/quan-ly/bao-cao").Want(t, 200, "Báo cáo của Hội Người cao tuổi", "Bắt đầu nhập").Never(t, "Hội Khuyến học")
	chair.Get(t, elderly+"?muc=to-chuc").Want(t, 200, "2. Công tác xây dựng tổ chức hội", "Theo sổ", "Lưu và sang mục 3")
	send(t, chair, elderly)
	chair.Get(t, elderly).Want(t, 200, "đang chờ phường xem nên không sửa được", "Rút lại để sửa")

	official.Get(t, "/quan-ly").Want(t, 200, "Xem và tiếp nhận báo cáo của Hội Người cao tuổi")
	back := official.Get(t, elderly+"/tra-lai").Want(t, 200, "Vì sao trả lại").Form(t, elderly+"/tra-lai")
	official.Post(t, elderly+"/tra-lai", back).Want(t, 422, "ghi lý do trả lại")
	back.Add("o", "GEN.MEM.NEW")
	official.Post(t, elderly+"/tra-lai", back).Want(t, 422, "ghi vì sao trả lại ô này")
	back.Set("vi-oGEN.MEM.NEW", "Danh sách gửi kèm có 30 người, xin xem lại.")
	official.Follow(t, elderly+"/tra-lai", back).Want(t, 200, "Đã trả lại báo cáo", "xin xem lại")

	// Only the flagged row is open, and the way to it is a link.
	chair.Get(t, "/quan-ly").Want(t, 200, "có 1 ô góp ý cần sửa", "Sửa theo góp ý")
	page := chair.Get(t, elderly+"?muc=to-chuc").Want(t, 200, "Kết nạp mới: Danh sách gửi kèm có 30 người")
	form := page.Form(t, elderly)
	if !form.Has("GEN.MEM.NEW") || form.Has("GEN.MEM.IN") || form.Has("van-ban:to-chuc:0") {
		t.Fatalf("open fields after a return: %v", form)
	}
	form.Set("GEN.MEM.IN", "7") // a field that was not sent back is refused, whatever a page of another day still shows
	chair.Post(t, elderly, form).Want(t, 422, "không có góp ý nên giữ nguyên")
	form.Del("GEN.MEM.IN")
	form.Set("GEN.MEM.NEW", "31")
	form.Set("lam", "tam")
	chair.Follow(t, elderly, form).Want(t, 200, "Chưa khớp")
	chair.Get(t, elderly+"/nop").Want(t, 200, "Cần sửa 1 chỗ trước khi nộp").Never(t, ">Nộp báo cáo</button>")
	form = chair.Get(t, elderly+"?muc=to-chuc").Form(t, elderly)
	form.Set("GEN.MEM.NEW", page.Form(t, elderly).Get("GEN.MEM.NEW"))
	chair.Follow(t, elderly, form)
	nop := explain(chair.Get(t, elderly+"/nop").Form(t, elderly+"/nop"))
	chair.Follow(t, elderly+"/nop", nop).Want(t, 200, "Đã nộp")

	official.Follow(t, elderly+"/tiep-nhan", official.Get(t, elderly+"/tiep-nhan").Want(t, 200, "được cộng vào bảng tổng hợp").Form(t, elderly+"/tiep-nhan")).
		Want(t, 200, "Đã tiếp nhận báo cáo của Hội Người cao tuổi", "Trả lại báo cáo, góp ý 1 ô")
	official.Get(t, "/quan-ly/bao-cao/2026/tong-hop").Want(t, 200, "Cộng 1/5 hội đã tiếp nhận", "chưa tiếp nhận", "không cộng", "Soạn tin nhắc 4 hội chưa nộp")
	chair.Get(t, elderly+"/rut-lai").Want(t, http.StatusConflict, "Phường đã tiếp nhận")
	chair.Get(t, elderly+"/nop").Want(t, 200, "Phường đã tiếp nhận báo cáo này nên không sửa được nữa")
}

func TestTheOfficialTypesFromPaper(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	official, chair := sampletest.As(t, s, "canbo"), sampletest.As(t, s, "khuyenhoc")
	official.Get(t, "/quan-ly/bao-cao").Want(t, 200, "Nhập thay từ bản giấy", "Tin nhắn nhắc nộp", "Hội Khuyến học")

	page := official.Get(t, study+"/ban-giay").Want(t, 200, "Nhập thay từ bản giấy: Hội Khuyến học")
	refused := official.Do(t, upload(t, s, study+"/ban-giay", page.Form(t, study+"/ban-giay"), "khong-phai-anh.jpg", []byte("đây là chữ, không phải ảnh")))
	refused.Want(t, 422, "Còn 1 chỗ cần sửa")
	paper := page.Form(t, study+"/ban-giay")
	paper.Set("giay-ngay-ngay", "13")
	paper.Set("giay-ngay-thang", "11")
	paper.Set("giay-ngay-nam", "2026")
	kept := official.Do(t, upload(t, s, study+"/ban-giay", paper, "ban-giay.png", photo(t)))
	if kept.Status != http.StatusSeeOther {
		t.Fatalf("paper: %d %s", kept.Status, kept.Text())
	}
	official.Get(t, kept.Location).Want(t, 200, "Bản giấy ngày 13/11/2026", "số liệu do Trần Thị Minh Nguyệt (phường) nhập cho Hội Khuyến học")
	if p := official.Get(t, study+"/ban-giay/anh"); p.Status != 200 || p.Header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("photo of the paper: %d %s", p.Status, p.Header.Get("Content-Type"))
	}
	sampletest.As(t, s, "dacam").Get(t, study+"/ban-giay/anh").Want(t, http.StatusNotFound)
	send(t, official, study).Want(t, 200, "thay hội, theo bản giấy ngày 13/11/2026")

	// The chair reads who typed, objects, and may change his mind.
	chair.Get(t, "/quan-ly").Want(t, 200, "Xác nhận số liệu phường nhập thay", "Trần Thị Minh Nguyệt đã nhập từ bản giấy của hội")
	chair.Get(t, study+"/xem").Want(t, 200, "Xác nhận số liệu", "Không đồng ý số liệu", "Trần Thị Minh Nguyệt (phường, nhập thay)")
	object := chair.Get(t, study+"/khong-dong-y").Form(t, study+"/khong-dong-y")
	chair.Post(t, study+"/khong-dong-y", object).Want(t, 422, "ghi lý do")
	object.Set("ly-do", "Học bổng phải là 45 suất.")
	chair.Follow(t, study+"/khong-dong-y", object).Want(t, 200, "không đồng ý với số liệu nhập thay: Học bổng phải là 45 suất.")
	official.Get(t, "/quan-ly").Want(t, 200, "Hội Khuyến học không đồng ý số liệu nhập thay")
	chair.Follow(t, study+"/xac-nhan", chair.Get(t, study+"/xac-nhan").Form(t, study+"/xac-nhan")).Want(t, 200, "đã xác nhận số liệu nhập thay")
	chair.Get(t, "/quan-ly").Want(t, 200).Never(t, "Xác nhận số liệu phường nhập thay")
	// One officer in the ward: four eyes pass, and the history says so.
	official.Follow(t, study+"/tiep-nhan", official.Get(t, study+"/tiep-nhan").Want(t, 200, "chỉ có một cán bộ theo dõi").Form(t, study+"/tiep-nhan")).Want(t, 200, "tự tiếp nhận")
}

func TestAnotherAssociationsReportLooksMissing(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	chair := sampletest.As(t, s, "nct")
	for _, path := range []string{"", "/xem", "/nop", "/ban-giay", "/bien-dong", "/rut-lai", "/bao-cao.docx", "/bao-cao.xlsx", "/bao-cao.pdf"} {
		foreign, missing := chair.Get(t, study+path), chair.Get(t, "/quan-ly/bao-cao/2026/hoi-khong-co"+path)
		foreign.Want(t, http.StatusNotFound).Never(t, "Khuyến học")
		missing.Want(t, http.StatusNotFound)
	}
	chair.Post(t, study, url.Values{"version": {"1"}, "GEN.MEM.NEW": {"99"}}).Want(t, http.StatusNotFound)
	chair.Post(t, study+"/nop", url.Values{"version": {"1"}}).Want(t, http.StatusNotFound)
	if n := s.Count(t, `select count(*) from report_value v join association a on a.id = v.association_id join report r on r.id = v.report_id join campaign c on c.id = r.campaign_id
		where a.slug = 'khuyen-hoc' and c.year = 2026`); n != 0 {
		t.Errorf("%d figures of another association were written", n)
	}
	for _, year := range []string{"1850", "2031", "abc", "-1"} {
		chair.Get(t, "/quan-ly/bao-cao/"+year+"/nguoi-cao-tuoi").Want(t, http.StatusNotFound)
		chair.Get(t, "/quan-ly/bao-cao/"+year).Want(t, http.StatusNotFound)
	}
}

func TestWhoMayComeToTheReports(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	for _, tc := range []struct {
		login, path string
		status      int
	}{
		{"bientap", "/quan-ly/bao-cao", 403},
		{"quantri", elderly + "/xem", 403},
		{"chihoi3", "/quan-ly/bao-cao", 403},
		{"lanhdao", "/quan-ly/bao-cao", 200},
		{"lanhdao", elderly + "/xem", 200},
		{"lanhdao", elderly, 303}, // a reader is led to the page to read
		{"lanhdao", "/quan-ly/bao-cao/2026/tong-hop", 200},
		{"lanhdao", "/quan-ly/bao-cao/2026/tong-hop/loi", 403},
		{"lanhdao", "/quan-ly/bao-cao/dot/2026", 403},
		{"nct", "/quan-ly/bao-cao/2026/tong-hop", 403},
		{"nct", "/quan-ly/bao-cao/2026/tong-hop.xlsx", 403},
		{"nct", elderly + "/tiep-nhan", 403},
		{"nct", elderly + "/gia-han", 403},
		{"canbo", elderly, 200},
		{"canbo", "/quan-ly/bao-cao/dot/2026", 200},
	} {
		if p := sampletest.As(t, s, tc.login).Get(t, tc.path); p.Status != tc.status {
			t.Errorf("%s at %s: %d, want %d: %s", tc.login, tc.path, p.Status, tc.status, p.Text())
		}
	}
	if p := s.Nobody().Get(t, elderly); p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, "/dang-nhap") {
		t.Errorf("a resident at a report: %d to %q", p.Status, p.Location)
	}
}

func TestASecretarySendsOnlyWithTheSignedPaper(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	s.Owner(t, `update account_grant set role = 'secretary' where account_id = (select id from account where login = 'tnxp')`)
	b := sampletest.As(t, s, "tnxp")
	const path = "/quan-ly/bao-cao/2026/thanh-nien-xung-phong"
	b.Follow(t, path, fill(b.Get(t, path+"?muc=tat-ca").Form(t, path)))
	form := explain(b.Get(t, path+"/nop").Want(t, 200, "Bản giấy đã ký").Form(t, path+"/nop"))
	refused := b.Post(t, path+"/nop", form).Want(t, 422, "ghi ngày trên bản giấy", "ghi số ký hiệu và người ký")
	if refused.Form(t, path+"/nop").Get("so") != "uoc" {
		t.Error("the choice of figures is lost")
	}
	form.Set("giay-ngay-ngay", "14")
	form.Set("giay-ngay-thang", "11")
	form.Set("giay-ngay-nam", "2026")
	form.Set("giay-so", "07/BC-HTNXP")
	form.Set("giay-nguoi-ky", "Bùi Hữu Nghĩa")
	b.Follow(t, path+"/nop", form).Want(t, 200, "Đã nộp", "số 07/BC-HTNXP, ngày 14/11/2026, người ký: Bùi Hữu Nghĩa").Never(t, "nhập thay")
}
