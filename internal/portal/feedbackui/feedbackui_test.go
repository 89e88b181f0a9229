package feedbackui_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"wardportal/internal/db/dbtest"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// clock is a test's own time: forms that are filled in at once are refused.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

func (c *clock) pass(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.at = c.at.Add(d) }

func start(t *testing.T) (*portaltest.Site, *clock) {
	t.Helper()
	c := &clock{at: dbtest.Instant}
	return sampletest.StartAt(t, c.now), c
}

// write opens the form, lets a minute pass and fills it in.
func write(t *testing.T, b *portaltest.Browser, c *clock, subject string) url.Values {
	t.Helper()
	form := b.Get(t, href.Letters).Want(t, http.StatusOK, "Gửi thư, góp ý cho phường", "7 ngày làm việc").Form(t, href.Letters)
	c.pass(time.Minute)
	form.Set("tieu-de", subject)
	form.Set("noi-dung", "Năm nay phường khám mắt cho người cao tuổi ở đâu?")
	form.Set("ten", "Bà Nguyễn Thị Hòa")
	form.Set("lien-he", "0905 123 456")
	form.Set("dong-y", "1")
	return form
}

var codeForm = regexp.MustCompile(`[2-9A-Z]{5}-[2-9A-Z]{5}`)

// post sends a letter and gives its follow-up code.
func post(t *testing.T, b *portaltest.Browser, form url.Values) string {
	t.Helper()
	p := b.Post(t, href.Letters, form)
	if p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, href.LettersSent+"?") {
		t.Fatalf("sending: %d %s: %s", p.Status, p.Location, p.Text())
	}
	page := b.Get(t, p.Location).Want(t, http.StatusOK, "Phường đã nhận được thư")
	code := codeForm.FindString(page.Text())
	if code == "" || strings.Contains(p.Location, strings.ReplaceAll(code, "-", "")) {
		t.Fatalf("code %q, address %s", code, p.Location)
	}
	return code
}

func lookUp(t *testing.T, b *portaltest.Browser, code string) *portaltest.Page {
	t.Helper()
	form := b.Get(t, href.LettersLookUp).Want(t, http.StatusOK, "Tra cứu thư đã gửi").Form(t, href.LettersLookUp)
	form.Set("ma", code)
	return b.Post(t, href.LettersLookUp, form)
}

// letter finds the address of a letter at the desk by its subject.
func letter(t *testing.T, b *portaltest.Browser, list, subject string) string {
	t.Helper()
	page := b.Get(t, list).Want(t, http.StatusOK, subject)
	for _, a := range page.Find("a", "href", "") {
		if to, _ := portaltest.Attr(a, "href"); strings.HasPrefix(to, href.WorkLetters+"/") && a.FirstChild.Data == subject {
			return to
		}
	}
	t.Fatalf("no letter %q in %s", subject, list)
	return ""
}

// press posts one of the forms on the letter's page.
func press(t *testing.T, b *portaltest.Browser, address, act string, more ...string) *portaltest.Page {
	t.Helper()
	page := b.Get(t, address).Want(t, http.StatusOK)
	form := url.Values{"version": page.Form(t, address+"/dong")["version"]}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return b.Post(t, address+"/"+act, form)
}

func TestFromTheResidentToTheOfficialAndBack(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	resident, official, leader := s.Nobody(), sampletest.As(t, s, "canbo"), sampletest.As(t, s, "lanhdao")
	subject := "Khám mắt <script>alert(1)</script> ở đâu"
	code := post(t, resident, write(t, resident, c, subject))
	lookUp(t, resident, strings.ToLower(code)).Want(t, http.StatusOK, subject, "Mới", "chậm nhất ngày 25/11/2026").Never(t, "Nguyễn Thị Hòa", "0905")

	address := letter(t, official, href.WorkLetters, subject)
	// That the subject is readable as text says that its tags are no tags.
	official.Get(t, address).Want(t, http.StatusOK, subject, "Bà Nguyễn Thị Hòa", "Còn 7 ngày làm việc")
	leader.Get(t, address).Want(t, http.StatusOK, subject).Never(t, "Nguyễn Thị Hòa", "0905")
	press(t, official, address, "tra-loi", "tra-loi", " ").Want(t, http.StatusUnprocessableEntity, "Nhập câu trả lời")
	if p := press(t, official, address, "tra-loi", "tra-loi", "Sáng 20/11 tại trạm y tế phường."); p.Status != http.StatusSeeOther {
		t.Fatalf("answer: %d %s", p.Status, p.Text())
	}
	lookUp(t, resident, code).Want(t, http.StatusOK, "Đã trả lời", "Sáng 20/11 tại trạm y tế phường.")
	resident.Get(t, href.Letters).Never(t, "Sáng 20/11")

	if p := press(t, official, address, "dang", "dang-tieu-de", "Khám mắt năm 2026", "dang-cau-hoi", "Khám mắt ở đâu vậy?", "dang-tra-loi", "Tại trạm y tế phường."); p.Status != http.StatusSeeOther {
		t.Fatalf("publish: %d %s", p.Status, p.Text())
	}
	resident.Get(t, href.Letters).Want(t, http.StatusOK, "Khám mắt năm 2026", "Tại trạm y tế phường.").Never(t, "Nguyễn Thị Hòa", "alert(1)")
	lookUp(t, resident, code).Want(t, http.StatusOK, "đã được đăng, không kèm tên")
	if p := press(t, official, address, "go"); p.Status != http.StatusSeeOther {
		t.Fatalf("unpublish: %d %s", p.Status, p.Text())
	}
	resident.Get(t, href.Letters).Never(t, "Khám mắt năm 2026")
	// The receipt is soon worthless: the code stands nowhere any more.
	c.pass(time.Hour)
	lookUp(t, resident, "K7QM2-XPA93").Want(t, http.StatusUnprocessableEntity, "Không có thư nào mang mã này")
}

func TestLettersAreNoBusinessOfOthers(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	resident, official := s.Nobody(), sampletest.As(t, s, "canbo")
	post(t, resident, write(t, resident, c, "Khám mắt ở đâu"))
	address := letter(t, official, href.WorkLetters, "Khám mắt ở đâu")
	for _, login := range []string{"nct", "bientap", "chihoi3", "quantri"} {
		b := sampletest.As(t, s, login)
		for _, path := range []string{href.WorkLetters, address, "/quan-ly/gop-y/1"} {
			b.Get(t, path).Want(t, http.StatusForbidden).Never(t, "Khám mắt")
		}
		b.Post(t, address+"/tra-loi", url.Values{"version": {"1"}, "tra-loi": {"Trả lời thay."}}).Want(t, http.StatusForbidden)
		b.Get(t, href.Work).Never(t, "Thư góp ý")
	}
	leader := sampletest.As(t, s, "lanhdao")
	leader.Post(t, address+"/tra-loi", url.Values{"version": {"1"}, "tra-loi": {"Trả lời thay."}}).Want(t, http.StatusForbidden)
	leader.Get(t, address).Want(t, http.StatusOK).Never(t, "Gửi câu trả lời")
	official.Get(t, href.WorkLetters+"/1").Want(t, http.StatusNotFound)
	official.Get(t, href.WorkLetters+"?trang-thai=la").Want(t, http.StatusNotFound)
	official.Get(t, href.WorkLetters+"?sau=x").Want(t, http.StatusNotFound)
}

// Whoever fills in the hidden field is kept apart, and told the same as everybody.
func TestHoneypotAndHaste(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	bot, official := s.Nobody(), sampletest.As(t, s, "canbo")
	form := write(t, bot, c, "Vay tiền nhanh")
	form.Set("trang-web", "http://vay.example")
	code := post(t, bot, form)
	lookUp(t, bot, code).Want(t, http.StatusOK, "Mới").Never(t, "Thư rác", "thư rác")
	official.Get(t, href.WorkLetters).Never(t, "Vay tiền nhanh")
	letter(t, official, href.WorkLetters+"?trang-thai=spam", "Vay tiền nhanh")

	form = bot.Get(t, href.Letters).Form(t, href.Letters)
	form.Set("tieu-de", "Gửi ngay lập tức")
	form.Set("noi-dung", "Nội dung của một chương trình.")
	p := bot.Post(t, href.Letters, form).Want(t, http.StatusUnprocessableEntity, "gửi quá nhanh", "Nội dung của một chương trình.")
	// What is missing comes first: whoever mends it takes their time.
	empty := bot.Get(t, href.Letters).Form(t, href.Letters)
	bot.Post(t, href.Letters, empty).Want(t, http.StatusUnprocessableEntity, "Nhập tiêu đề", "Nhập nội dung").Never(t, "quá nhanh")
	// Pressing again after some seconds is all that a quick person has to do.
	again := p.Form(t, href.Letters)
	c.pass(5 * time.Second)
	post(t, bot, again)

	for name, spoil := range map[string]func(url.Values){
		"no stamp": func(f url.Values) { f.Del("luc") }, "a forged stamp": func(f url.Values) { f.Set("luc", "1700000000.00ff") }, "an old stamp": func(url.Values) { c.pass(25 * time.Hour) },
	} {
		form := write(t, bot, c, "Thư có dấu giờ lạ")
		spoil(form)
		p := bot.Post(t, href.Letters, form)
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text(), "mở đã lâu") {
			t.Errorf("%s: %d %s", name, p.Status, p.Text())
		}
	}
}

func TestSentTwiceIsOneLetter(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	resident := s.Nobody()
	form := write(t, resident, c, "Bấm hai lần")
	first, second := post(t, resident, form), post(t, resident, form)
	if first != second {
		t.Errorf("codes %s and %s for one letter", first, second)
	}
	if n := s.DB.Count(t, `select count(*) from letter where subject = 'Bấm hai lần'`); n != 1 {
		t.Errorf("%d letters", n)
	}
	// Another visitor gets a form with a key of its own, also for the same words.
	other := s.Nobody()
	if code := post(t, other, write(t, other, c, "Bấm hai lần")); code == first {
		t.Error("two visitors share a code")
	}
}

func TestThrottleKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	resident := s.Nobody()
	for range 5 {
		post(t, resident, write(t, resident, c, "Thư của một nhà"))
	}
	p := resident.Post(t, href.Letters, write(t, resident, c, "Thư thứ sáu"))
	p.Want(t, http.StatusTooManyRequests, "đợi một giờ")
	if got := p.Form(t, href.Letters).Get("tieu-de"); got != "Thư thứ sáu" {
		t.Errorf("the letter is lost: subject %q", got)
	}
	c.pass(61 * time.Minute)
	post(t, resident, p.Form(t, href.Letters))
}

func TestBadLetters(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	resident := s.Nobody()
	form := write(t, resident, c, "Hỏi")
	form.Set("lien-he", "gọi cho con tôi")
	p := resident.Post(t, href.Letters, form).Want(t, http.StatusUnprocessableEntity, "Nhập tiêu đề, từ 5 đến 200 ký tự", "Nhập một số điện thoại")
	if got := p.Form(t, href.Letters); got.Get("ten") != "Bà Nguyễn Thị Hòa" || got.Get("dong-y") != "1" || got.Get("lien-he") != "gọi cho con tôi" {
		t.Errorf("the input is lost: %v", got)
	}
	for name, c := range map[string]struct {
		field, value string
		status       int
	}{
		"NUL":                     {"noi-dung", "Năm nay\x00khám mắt ở đâu?", http.StatusBadRequest},
		"broken UTF-8":            {"noi-dung", "Năm nay \xff khám mắt ở đâu?", http.StatusBadRequest},
		"long":                    {"noi-dung", strings.Repeat("ặ", 6000), http.StatusUnprocessableEntity},
		"huge":                    {"noi-dung", strings.Repeat("ặ", 400_000), http.StatusRequestEntityTooLarge},
		"an association's number": {"ve-hoi", "999999", http.StatusUnprocessableEntity},
		"no number":               {"ve-hoi", "1 or 1=1", http.StatusUnprocessableEntity},
	} {
		form := url.Values{}
		for k, v := range write(t, resident, &clock{}, "Khám mắt ở đâu") {
			form[k] = v
		}
		form.Set(c.field, c.value)
		if p := resident.Post(t, href.Letters, form); p.Status != c.status {
			t.Errorf("%s: %d, want %d", name, p.Status, c.status)
		}
	}
	resident.Get(t, href.LettersSent+"?phieu=gia-mao").Want(t, http.StatusOK, "Mã tra cứu không còn hiện ở đây")
	if n := s.DB.Count(t, `select count(*) from letter where body like 'Năm nay%khám%'`) + s.DB.Count(t, `select count(*) from letter_sending`); n != 0 {
		t.Errorf("%d rows of refused letters", n)
	}
}

// Two officials at the same letter: the second keeps what was typed and sees what has happened.
func TestStaleAnswer(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	resident, official := s.Nobody(), sampletest.As(t, s, "canbo")
	post(t, resident, write(t, resident, c, "Khám mắt ở đâu"))
	address := letter(t, official, href.WorkLetters, "Khám mắt ở đâu")
	old := official.Get(t, address).Form(t, address+"/tra-loi")
	if p := press(t, official, address, "tra-loi", "tra-loi", "Tại trạm y tế phường."); p.Status != http.StatusSeeOther {
		t.Fatalf("answer: %d", p.Status)
	}
	old.Set("tra-loi", "Tại nhà văn hóa.")
	p := official.Post(t, address+"/tra-loi", old).Want(t, http.StatusConflict, "Có người khác vừa lưu", "Tại trạm y tế phường.")
	if got := p.Form(t, address+"/tra-loi").Get("tra-loi"); got != "Tại nhà văn hóa." {
		t.Errorf("the typed answer is lost: %q", got)
	}
	for _, d := range p.Find("details", "class", "govuk-details") {
		if strings.Contains(text(d), "Tại nhà văn hóa.") {
			t.Error("the refused form is folded away")
		}
	}
}

func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(text(c))
	}
	return b.String()
}
