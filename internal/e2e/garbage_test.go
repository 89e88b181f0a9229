package e2e

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample"
	"wardportal/internal/sample/sampletest"
)

// logins are demo accounts, one for each role that does something.
var logins = []struct {
	login string
	role  authz.Role
}{
	{"canbo", authz.Official}, {"nct", authz.Chair}, {"bientap", authz.Editor}, {"quantri", authz.Admin},
}

var parameter = regexp.MustCompile(`\{[^}]+\}`)

// TestEveryPostRefusesGarbage sends to every address that takes a post what no browser sends, about things that do not exist.
func TestEveryPostRefusesGarbage(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	browsers := map[string]*portaltest.Browser{}
	for _, a := range logins {
		browsers[a.login] = sampletest.As(t, s, a.login)
	}
	before, tried := contents(t, s), 0
	for _, r := range s.Kit.Routes() {
		if r.Method != http.MethodPost || strings.HasPrefix(r.Pattern, "/dang-") || strings.HasSuffix(r.Pattern, "/phien") || r.Pattern == "/co-chu" {
			continue
		}
		for _, a := range logins {
			if !r.Need.Allows(authz.Who{User: 1, Grants: []authz.Grant{{Role: a.role, Association: 1}}}) {
				continue
			}
			garbage(t, browsers[a.login], parameter.ReplaceAllString(r.Pattern, "999999"))
			tried++
			break
		}
	}
	if tried < 40 {
		t.Errorf("only %d addresses were tried", tried)
	}
	if contents(t, s) != before {
		t.Error("garbage changed something in the database")
	}
}

func garbage(t *testing.T, b *portaltest.Browser, path string) {
	t.Helper()
	want := func(what string, page *portaltest.Page, statuses ...int) {
		t.Helper()
		if !slices.Contains(statuses, page.Status) {
			t.Errorf("post %s, %s: status %d, want %v: %s", path, what, page.Status, statuses, shorten(page.Text()))
			return
		}
		speaks(t, seenForm{action: path}, what, page)
	}
	want("NUL", b.Post(t, path, url.Values{"ten": {"a\x00b"}}), 400)
	want("invalid UTF-8", b.Post(t, path, url.Values{"ten": {"\xff\xfe"}}), 400)
	want("a name that is no UTF-8", b.Post(t, path, url.Values{"t\xc3": {"a"}}), 400)
	want("3 MB of text", b.Post(t, path, url.Values{"ten": {strings.Repeat("x", 3<<20)}}), 413)
	if strings.Contains(path, "999999") {
		want("nothing at all", b.Post(t, path, url.Values{"version": {"1"}}), 404, 400, 422)
	}
}

// door opens a plain connection to the portal and sends the head of an upload with the browser's cookies.
func door(t *testing.T, s *portaltest.Site, cookie, path string, length int64) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", s.Server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: multipart/form-data; boundary=xyz\r\nContent-Length: %d\r\n\r\n", path, s.Server.Listener.Addr(), cookie, length)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// cookieOf signs in and gives the cookie header.
func cookieOf(t *testing.T, s *portaltest.Site, login string) string {
	t.Helper()
	page := s.Nobody().Post(t, "/dang-nhap", url.Values{"login": {login}, "password": {sample.Password}})
	cookie, _, _ := strings.Cut(page.Header.Get("Set-Cookie"), ";")
	if cookie == "" {
		t.Fatalf("sign-in as %s: %d", login, page.Status)
	}
	return cookie
}

// uploads are the addresses that take files in the sample ward.
var uploads = []struct{ login, path string }{
	{"nct", "/quan-ly/hoi-vien/nhap"}, {"bientap", "/quan-ly/tin-tuc/them"}, {"canbo", "/quan-ly/bao-cao/2026/nguoi-cao-tuoi/ban-giay"},
}

// TestHugeUploads announces 200 MB: the answer comes at once, before a byte of it was sent. Without an announcement it is cut
// off soon after the limit.
func TestHugeUploads(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	for _, u := range uploads {
		cookie := cookieOf(t, s, u.login)
		conn := door(t, s, cookie, u.path, 200<<20)
		_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Errorf("%s: no answer to an announced 200 MB: %v", u.path, err)
			continue
		}
		body, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(body), "Tệp quá lớn") {
			t.Errorf("%s: status %d: %s", u.path, res.StatusCode, shorten(string(body)))
		}
		if sent := unannounced(t, s, cookie, u.path); sent > 64<<20 {
			t.Errorf("%s: %d MB were taken without an announcement", u.path, sent>>20)
		}
	}
}

// unannounced sends an endless file in chunks and tells how much of it went through.
func unannounced(t *testing.T, s *portaltest.Site, cookie, path string) int64 {
	t.Helper()
	endless := &counter{head: []byte("--xyz\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"a.xlsx\"\r\nContent-Type: application/octet-stream\r\n\r\n"), left: 200 << 20}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.Server.URL+path, endless)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "multipart/form-data; boundary=xyz")
	req.Header.Set("Cookie", cookie)
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return endless.sent // the portal closed the door, as it may
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("%s: status %d to an endless file", path, res.StatusCode)
	}
	return endless.sent
}

type counter struct {
	head       []byte
	left, sent int64
}

func (c *counter) Read(p []byte) (int, error) {
	if len(c.head) > 0 {
		n := copy(p, c.head)
		c.head = c.head[n:]
		return n, nil
	}
	if c.left <= 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), c.left)
	clear(p[:n])
	c.left -= n
	c.sent += n
	return int(n), nil
}

// TestUploadCutHalfWay closes the line in the middle of a file: no row, no file left in the temporary folder (fault F17).
func TestUploadCutHalfWay(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()) // so not parallel: what lies in there is ours
	s := sampletest.Start(t)
	for _, u := range uploads {
		cookie := cookieOf(t, s, u.login)
		before := contents(t, s)
		conn := door(t, s, cookie, u.path, 6<<20)
		if _, err := conn.Write([]byte("--xyz\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"a.xlsx\"\r\n\r\n")); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write(make([]byte, 3<<20)); err != nil {
			t.Fatal(err)
		}
		if err := conn.Close(); err != nil {
			t.Fatal(err)
		}
		s.Server.CloseClientConnections()
		deadline := time.Now().Add(10 * time.Second)
		for len(spooled(t)) > 0 && time.Now().Before(deadline) {
			<-time.After(glance)
		}
		if left := spooled(t); len(left) > 0 {
			t.Errorf("%s: files are left: %v", u.path, left)
		}
		if contents(t, s) != before {
			t.Errorf("%s: half an upload changed something", u.path)
		}
	}
}

func spooled(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "multipart-") {
			list = append(list, e.Name())
		}
	}
	return list
}

// TestBrokenFiles gives the import what is no workbook, and the newsroom and the paper's page what is no photo (fault F18).
func TestBrokenFiles(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	whole, err := os.ReadFile("../member/testdata/rosters/01-nct-chanh-lo-2023.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"a photo that is a bomb.png": bigPicture(), "empty zip.xlsx": zipOf(t, nil), "a bomb.xlsx": bomb(t), "text.xlsx": []byte("Họ và tên;Năm sinh\x00"), "one byte.xlsx": {'P'}}
	for i := 1; i <= 9; i++ {
		files[fmt.Sprintf("cut at %d0 percent.xlsx", i)] = whole[:len(whole)*i/10]
	}
	for _, u := range uploads {
		b := sampletest.As(t, s, u.login)
		page := b.Get(t, u.path)
		field := map[string]string{"/quan-ly/tin-tuc/them": "anh-moi"}[u.path]
		for _, in := range page.Find("input", "type", "file") {
			field, _ = portaltest.Attr(in, "name")
		}
		form := page.Form(t, u.path)
		form.Set("tieu-de", "Bài có tệp hỏng")
		form.Set("moi-ta", "Ảnh thử")
		before := contents(t, s)
		for name, data := range files {
			form.Set("_khoa", freshKey())
			answer := b.Do(t, upload(t, s, u.path, form, field, name, data))
			if answer.Status != http.StatusUnprocessableEntity && answer.Status != http.StatusBadRequest && answer.Status != http.StatusRequestEntityTooLarge {
				t.Errorf("%s, %s: status %d %s: %s", u.path, name, answer.Status, answer.Location, shorten(answer.Text()))
				continue
			}
			speaks(t, seenForm{action: u.path}, name, answer)
		}
		if contents(t, s) != before {
			t.Errorf("%s: a broken file changed something", u.path)
		}
	}
}

func upload(t *testing.T, s *portaltest.Site, path string, form url.Values, field, name string, data []byte) *http.Request {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for k, values := range form {
		for _, v := range values {
			if err := w.WriteField(k, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	part, err := w.CreateFormFile(field, name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
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
	return req
}

func zipOf(t *testing.T, files map[string]func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, write := range files {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := write(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is a workbook of some 300 kB whose sheet unpacks to 300 MB.
func bomb(t *testing.T) []byte {
	t.Helper()
	text := func(s string) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, s)
			return err
		}
	}
	return zipOf(t, map[string]func(io.Writer) error{
		"[Content_Types].xml":        text(`<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`),
		"_rels/.rels":                text(`<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
		"xl/workbook.xml":            text(`<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`),
		"xl/_rels/workbook.xml.rels": text(`<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`),
		"xl/worksheets/sheet1.xml": func(w io.Writer) error {
			if _, err := io.WriteString(w, `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>`); err != nil {
				return err
			}
			block := bytes.Repeat([]byte("A"), 1<<20)
			for range 300 {
				if _, err := w.Write(block); err != nil {
					return err
				}
			}
			_, err := io.WriteString(w, `</t></is></c></row></sheetData></worksheet>`)
			return err
		},
	})
}

// bigPicture is the head of a PNG that says it is 60,000 × 60,000 points large.
func bigPicture() []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		b = binary.BigEndian.AppendUint32(b, uint32(len(data)))
		body := append([]byte(kind), data...)
		b = append(b, body...)
		b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(body))
	}
	head := binary.BigEndian.AppendUint32(nil, 60_000)
	head = binary.BigEndian.AppendUint32(head, 60_000)
	chunk("IHDR", append(head, 8, 6, 0, 0, 0))
	chunk("IDAT", []byte{0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01})
	chunk("IEND", nil)
	return b
}

// TestTenTimesAtOnce sends the same form ten times at the same moment: one member, ten answers that lead to the same
// page (fault F20).
func TestTenTimesAtOnce(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	b := sampletest.As(t, s, "nct")
	const add = "/quan-ly/hoi-vien/them"
	form := b.Get(t, add).Form(t, add)
	for name, value := range map[string]string{"ten": "Nguyễn Thị Thanh Quýt", "gioi_tinh": "nu", "ngay_sinh-nam": "1946", "dien": "bo_sung", "vao_hoi-nam": "2011"} {
		form.Set(name, value)
	}
	form.Set("chi_hoi", fmt.Sprint(s.Count(t, `select min(b.id)::int from branch b join association a on a.id = b.association_id where a.slug = 'nguoi-cao-tuoi'`)))
	var wg sync.WaitGroup
	answers := make([]*portaltest.Page, 10)
	for i := range answers {
		wg.Go(func() { answers[i] = b.Post(t, add, form) })
	}
	wg.Wait()
	for _, a := range answers {
		if a.Status != http.StatusSeeOther || a.Location != answers[0].Location {
			t.Errorf("answer %d to %s, the first leads to %s: %s", a.Status, a.Location, answers[0].Location, shorten(a.Text()))
		}
	}
	if n := s.Count(t, `select count(*)::int from membership where full_name = 'Nguyễn Thị Thanh Quýt'`); n != 1 {
		t.Errorf("%d members", n)
	}
}

// TestConnectionStorm lets 300 readers come at once: each gets the page or a polite 503, and the pool stays as large as it is
// (fault F10).
func TestConnectionStorm(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	statuses := map[int]int{}
	for i := range 300 {
		wg.Go(func() {
			path := []string{"/", "/tin-tuc", "/hoi/nguoi-cao-tuoi"}[i%3]
			res, err := http.Get(s.Server.URL + path)
			if err != nil {
				t.Error(err)
				return
			}
			_, err = io.Copy(io.Discard, res.Body)
			if err = errors.Join(err, res.Body.Close()); err != nil {
				t.Error(err)
			}
			mu.Lock()
			statuses[res.StatusCode]++
			mu.Unlock()
		})
	}
	wg.Wait()
	for status, n := range statuses {
		if status != http.StatusOK && status != http.StatusServiceUnavailable {
			t.Errorf("%d answers have status %d", n, status)
		}
	}
	if statuses[http.StatusOK] == 0 {
		t.Error("nobody got a page")
	}
	if n := s.Count(t, `select count(*)::int from pg_stat_activity where datname = current_database() and usename = 'portal_app'`); n > 6 {
		t.Errorf("%d connections of the database, the pool has 6", n)
	}
	s.Nobody().Get(t, "/").Want(t, http.StatusOK)
}
