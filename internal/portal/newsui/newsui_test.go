package newsui_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"wardportal/internal/authz"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const addPath = "/quan-ly/tin-tuc/them"

func picture(t *testing.T) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, image.NewRGBA(image.Rect(0, 0, 500, 300)), nil); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// upload posts the composer as a browser does, with a file.
func upload(t *testing.T, s *portaltest.Site, b *portaltest.Browser, path string, form url.Values, file []byte) *portaltest.Page {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range form {
		for _, v := range values {
			if err := w.WriteField(name, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	part, err := w.CreateFormFile("anh-moi", "../anh.jpg")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(file); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.Server.URL+path, &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	return b.Do(t, req)
}

// compose fills the composer of a new article.
func compose(t *testing.T, b *portaltest.Browser, title string) url.Values {
	t.Helper()
	form := b.Get(t, addPath).Want(t, http.StatusOK, "Viết bài").Form(t, addPath)
	form.Set("tieu-de", title)
	form.Set("mo-dau", "Sáng 20/11, chi hội 3 đến thăm bốn hội viên.")
	form.Set("noi-dung", "Đoàn mang quà.\n\n## Việc sắp tới\n- Thăm tiếp")
	form.Set("chuyen-muc", "hoat-dong-hoi")
	form.Set("viet-tat", "TVT")
	return form
}

// add saves a new article without a photo and gives its address in the newsroom.
func add(t *testing.T, b *portaltest.Browser, title string) string {
	t.Helper()
	p := b.Post(t, addPath, compose(t, b, title))
	if p.Status != http.StatusSeeOther {
		t.Fatalf("add: %d: %s", p.Status, p.Text())
	}
	return p.Location
}

// press posts the page's form with the button that leads to act.
func press(t *testing.T, b *portaltest.Browser, article, act string, more ...string) *portaltest.Page {
	t.Helper()
	page := b.Get(t, article).Want(t, http.StatusOK)
	form := url.Values{}
	for _, f := range page.Find("form", "action", "") {
		action, _ := portaltest.Attr(f, "action")
		if strings.HasPrefix(action, article+"/") {
			form = page.Form(t, action)
			break
		}
	}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return b.Post(t, article+"/"+act, form)
}

func TestFromTheChairsDraftToTheResident(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	chair, official := sampletest.As(t, s, "nct"), sampletest.As(t, s, "canbo")
	form := compose(t, chair, "Chi hội 3 thăm hội viên ốm")
	form.Set("moi-chu-thich", "Đoàn thăm hội viên")
	p := upload(t, s, chair, addPath, form, picture(t))
	if p.Status != http.StatusSeeOther {
		t.Fatalf("add: %d %s", p.Status, p.Text())
	}
	article := p.Location
	page := chair.Get(t, article).Want(t, http.StatusOK, "Đã lưu bài", "Bản nháp", "Việc sắp tới", "Đoàn thăm hội viên")
	src, _ := portaltest.Attr(page.Find("img", "srcset", "")[0], "src")
	chair.Get(t, src).Want(t, http.StatusOK)
	sampletest.As(t, s, "khuyenhoc").Get(t, src).Want(t, http.StatusNotFound)

	// Without words for the blind the composer comes back and says which photo.
	refused := press(t, chair, article, "gui").Want(t, http.StatusUnprocessableEntity, "Tả ảnh 1 cho người không nhìn thấy")
	edit := refused.Form(t, article+"/sua")
	edit.Set("anh-0-ta", "Bốn cụ ngồi trò chuyện.")
	chair.Follow(t, article+"/sua", edit).Want(t, http.StatusOK)
	if p := press(t, chair, article, "gui"); p.Status != http.StatusSeeOther {
		t.Fatalf("submit: %d %s", p.Status, p.Text())
	}
	chair.Get(t, article).Want(t, http.StatusOK, "Chờ duyệt", "Người gửi bài không tự đăng được")
	chair.Get(t, article+"/sua").Want(t, http.StatusConflict)

	// Returned with a reason, sent again, published by the official.
	press(t, official, article, "tra-lai").Want(t, http.StatusUnprocessableEntity, "Ghi rõ cần sửa gì")
	if p := press(t, official, article, "tra-lai", "ly-do", "Ghi thêm tên chi hội trưởng."); p.Status != http.StatusSeeOther {
		t.Fatalf("return: %d", p.Status)
	}
	chair.Get(t, article).Want(t, http.StatusOK, "Trả lại", "Ghi thêm tên chi hội trưởng.")
	press(t, chair, article, "gui")
	if p := press(t, official, article, "dang"); p.Status != http.StatusSeeOther {
		t.Fatalf("publish: %d %s", p.Status, p.Text())
	}
	s.Nobody().Get(t, "/tin-tuc/chi-hoi-3-tham-hoi-vien-om").Want(t, http.StatusOK, "Chi hội 3 thăm hội viên ốm", "TVT")
	s.Nobody().Get(t, strings.Replace(src, href.WorkNews, "", 1)).Want(t, http.StatusOK)

	// Withdrawn with a reason; the text stays in the newsroom.
	if p := press(t, official, article, "go", "ly-do", "Sai tên người."); p.Status != http.StatusSeeOther {
		t.Fatalf("withdraw: %d %s", p.Status, p.Text())
	}
	s.Nobody().Get(t, "/tin-tuc/chi-hoi-3-tham-hoi-vien-om").Want(t, http.StatusNotFound)
	official.Get(t, article).Want(t, http.StatusOK, "Đã gỡ", "Sai tên người.", "Gỡ bài “Chi hội 3 thăm hội viên ốm”")
}

func TestNobodyPublishesTheirOwn(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	official := sampletest.As(t, s, "canbo")
	article := add(t, official, "Thông báo của cán bộ phường")
	press(t, official, article, "gui")
	page := official.Get(t, article).Want(t, http.StatusOK, "Người gửi bài không tự đăng được bài của mình")
	if len(page.Find("button", "formaction", article+"/dang")) != 0 {
		t.Error("the button to publish is offered")
	}
	press(t, official, article, "dang").Want(t, http.StatusForbidden, "phải do người khác duyệt và đăng")
	s.Nobody().Get(t, "/tin-tuc/thong-bao-cua-can-bo-phuong").Want(t, http.StatusNotFound)
	if p := press(t, sampletest.As(t, s, "lanhdao"), article, "dang"); p.Status != http.StatusSeeOther {
		t.Errorf("the leader publishes: %d %s", p.Status, p.Text())
	}
	s.Nobody().Get(t, "/tin-tuc/thong-bao-cua-can-bo-phuong").Want(t, http.StatusOK)
}

func TestOthersDraftsAreNotThere(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	article := add(t, sampletest.As(t, s, "nct"), "Bản nháp của Hội Người cao tuổi")
	other := sampletest.As(t, s, "khuyenhoc")
	other.Get(t, article).Want(t, http.StatusNotFound)
	other.Get(t, article+"/sua").Want(t, http.StatusNotFound)
	other.Get(t, href.WorkNews).Want(t, http.StatusOK).Never(t, "Bản nháp của Hội")
	other.Post(t, article+"/gui", url.Values{"version": {"1"}}).Want(t, http.StatusNotFound)
	other.Post(t, article+"/sua", url.Values{"version": {"1"}, "tieu-de": {"Chiếm bài"}}).Want(t, http.StatusNotFound)
	sampletest.As(t, s, "chihoi3").Get(t, href.WorkNews).Want(t, http.StatusForbidden)
	sampletest.As(t, s, "bientap").Get(t, article).Want(t, http.StatusOK, "Sửa bài")
	// A published article of the ward is read on the public site, not in a chair's newsroom.
	published := s.Count(t, `select min(id) from article where status = 'published'`)
	other.Get(t, href.Draft(authz.ArticleID(published))).Want(t, http.StatusNotFound)
}

func TestRefusedFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	chair := sampletest.As(t, s, "nct")
	form := compose(t, chair, "Bốn")
	form.Del("chuyen-muc")
	form.Set("nguon-ngay-ngay", "31")
	form.Set("nguon-ngay-thang", "2")
	form.Set("nguon-ngay-nam", "2023")
	p := chair.Post(t, addPath, form).Want(t, http.StatusUnprocessableEntity, "Sáng 20/11, chi hội 3 đến thăm bốn hội viên.")
	if got := p.Form(t, addPath); got.Get("nguon-ngay-ngay") != "31" || got.Get("viet-tat") != "TVT" {
		t.Errorf("the input was lost: %v", got)
	}
	form.Del("nguon-ngay-ngay")
	form.Del("nguon-ngay-thang")
	form.Del("nguon-ngay-nam")
	p = chair.Post(t, addPath, form).Want(t, http.StatusUnprocessableEntity, "Nhập tiêu đề", "Chọn chuyên mục")
	for _, id := range []string{"f-tieu-de", "f-chuyen-muc"} {
		if len(p.Find("a", "href", "#"+id)) == 0 {
			t.Errorf("the summary does not lead to %s", id)
		}
	}
	if n := s.Count(t, `select count(*) from article where status = 'draft'`); n != 0 {
		t.Errorf("%d drafts left by refusals", n)
	}
}

func TestBadPhotosAreRefusedAtTheField(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	chair := sampletest.As(t, s, "nct")
	for name, file := range map[string][]byte{
		"svg":       []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
		"html":      []byte("<!doctype html><script>alert(1)</script>"),
		"truncated": picture(t)[:60],
	} {
		form := compose(t, chair, "Bài có ảnh hỏng")
		p := upload(t, s, chair, addPath, form, file).Want(t, http.StatusUnprocessableEntity, "Không đọc được ảnh này", "Đoàn mang quà.")
		if len(p.Find("a", "href", "#f-anh-moi")) == 0 {
			t.Errorf("%s: the summary does not lead to the field", name)
		}
	}
	upload(t, s, chair, addPath, compose(t, chair, "Bài có ảnh quá lớn"), make([]byte, 20<<20)).Want(t, http.StatusRequestEntityTooLarge)
	if n := s.Count(t, `select count(*) from article where title like 'Bài có ảnh%'`); n != 0 {
		t.Errorf("%d articles saved by half", n)
	}
}

func TestDoubleSubmitIsHarmless(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	chair := sampletest.As(t, s, "nct")
	form := compose(t, chair, "Bấm hai lần nút lưu")
	first, second := chair.Post(t, addPath, form), chair.Post(t, addPath, form)
	if first.Status != http.StatusSeeOther || second.Status != http.StatusSeeOther || first.Location != second.Location {
		t.Errorf("%d %s, then %d %s", first.Status, first.Location, second.Status, second.Location)
	}
	if n := s.Count(t, `select count(*) from article where title = 'Bấm hai lần nút lưu'`); n != 1 {
		t.Errorf("%d articles", n)
	}
}

func TestStaleSaveGivesThreeColumns(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	chair, editor := sampletest.As(t, s, "nct"), sampletest.As(t, s, "bientap")
	article := add(t, chair, "Bài hai người cùng sửa")
	mine := chair.Get(t, article+"/sua").Form(t, article+"/sua")
	theirs := editor.Get(t, article+"/sua").Form(t, article+"/sua")
	theirs.Set("mo-dau", "Biên tập viên sửa mở đầu.")
	editor.Follow(t, article+"/sua", theirs)

	mine.Set("mo-dau", "Chủ tịch hội sửa mở đầu.")
	mine.Set("tieu-de", "Bài chủ tịch đổi tên")
	p := chair.Post(t, article+"/sua", mine).Want(t, http.StatusConflict, "Có người vừa lưu bài này", "Sáng 20/11, chi hội 3", "Biên tập viên sửa mở đầu.", "Chủ tịch hội sửa mở đầu.")
	answers := p.Form(t, article+"/sua")
	if answers.Get("chon-mo-dau") != "now" || answers.Get("chon-tieu-de") != "mine" {
		t.Errorf("ticked: %q, %q", answers.Get("chon-mo-dau"), answers.Get("chon-tieu-de"))
	}
	chair.Follow(t, article+"/sua", answers).Want(t, http.StatusOK, "Bài chủ tịch đổi tên", "Biên tập viên sửa mở đầu.").Never(t, "Chủ tịch hội sửa mở đầu.")
}

func TestPhotosAreOrderedAndRemoved(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	editor := sampletest.As(t, s, "bientap")
	article := add(t, editor, "Bài có hai ảnh")
	for _, words := range []string{"Ảnh thứ nhất", "Ảnh thứ hai"} {
		form := editor.Get(t, article+"/sua").Form(t, article+"/sua")
		form.Set("moi-chu-thich", words)
		form.Set("tiep", "anh")
		if p := upload(t, s, editor, article+"/sua", form, picture(t)); p.Status != http.StatusSeeOther || !strings.HasSuffix(p.Location, "/sua#anh") {
			t.Fatalf("%d %s: %s", p.Status, p.Location, p.Text())
		}
	}
	form := editor.Get(t, article+"/sua").Form(t, article+"/sua")
	form.Set("anh-0-thu-tu", "2")
	form.Set("anh-1-thu-tu", "1")
	editor.Follow(t, article+"/sua", form)
	form = editor.Get(t, article+"/sua").Form(t, article+"/sua")
	if form.Get("anh-0-chu-thich") != "Ảnh thứ hai" || form.Get("anh-1-chu-thich") != "Ảnh thứ nhất" {
		t.Errorf("order: %q, %q", form.Get("anh-0-chu-thich"), form.Get("anh-1-chu-thich"))
	}
	form.Set("anh-0-bo", "1")
	editor.Follow(t, article+"/sua", form).Want(t, http.StatusOK, "Ảnh thứ nhất").Never(t, "Ảnh thứ hai")
}

func TestDeskListsByState(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	editor := sampletest.As(t, s, "bientap")
	add(t, editor, "Bản nháp của biên tập viên")
	editor.Get(t, href.WorkNews).Want(t, http.StatusOK, "Bản nháp của biên tập viên", "Đã đăng")
	editor.Get(t, href.WorkNews+"?trang-thai=draft").Want(t, http.StatusOK, "Bản nháp của biên tập viên").Never(t, "45 suất học bổng")
	editor.Get(t, href.WorkNews+"?trang-thai=khong-co").Want(t, http.StatusNotFound)
	editor.Get(t, href.WorkNews+"?sau=gia").Want(t, http.StatusNotFound)
	sampletest.As(t, s, "lanhdao").Get(t, href.WorkNews).Want(t, http.StatusOK).Never(t, "Bản nháp của biên tập viên", "Viết bài")
}
