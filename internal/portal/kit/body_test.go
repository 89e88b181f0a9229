package kit_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/portal/kit"
)

// echo tells how much of the field arrived.
func echo(r *http.Request, _ *db.Tx) (kit.Reply, error) {
	f, err := kit.UploadOf(r, "tep")
	if err != nil {
		return kit.Reply{}, err
	}
	if f != nil {
		defer func() { _ = f.Close() }()
		return work(fmt.Sprintf("tệp %s %d", f.Name, f.Size))
	}
	return work(fmt.Sprintf("nhận %d", len(r.PostFormValue("x"))))
}

// ASVS 4.2.1, 2.2.1: each bound holds one unit above it, and what lies at the bound passes.
func TestBodiesAreBounded(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Post("/quan-ly/thuong", kit.May(authz.UseWorkplace), echo)
	b.routes.Post("/quan-ly/lon", kit.May(authz.UseWorkplace), echo, kit.Form(1500))
	fill := func(n int) string { return "x=" + strings.Repeat("a", n-2) }
	spread := func(n int) string { // many fields, so that no single one is too long
		field := "y=" + strings.Repeat("a", 98) + "&"
		s := strings.Repeat(field, n/len(field))
		return s + strings.Repeat("a", n-len(s))
	}
	for _, c := range []struct {
		name, path, body string
		want             int
	}{
		{"a field at its bound", "/quan-ly/thuong", fill(800_002), http.StatusOK},
		{"a field one byte above", "/quan-ly/thuong", fill(800_003), http.StatusRequestEntityTooLarge},
		{"1 MiB", "/quan-ly/lon", spread(1 << 20), http.StatusBadRequest}, // more than 5,000 fields
		{"one byte above 1 MiB", "/quan-ly/thuong", fill(1<<20 + 1), http.StatusRequestEntityTooLarge},
		{"5,001 fields", "/quan-ly/thuong", "x=1" + strings.Repeat("&y", 5000), http.StatusOK},
		{"5,002 fields", "/quan-ly/thuong", "x=1" + strings.Repeat("&y", 5001), http.StatusBadRequest},
		{"above the route's own limit", "/quan-ly/lon", spread(1500<<10 + 1), http.StatusRequestEntityTooLarge},
	} {
		a := b.ask(t, http.MethodPost, c.path, strings.NewReader(c.body), b.signedIn())
		if a.StatusCode != c.want {
			t.Errorf("%s: %d, want %d: %.200s", c.name, a.StatusCode, c.want, a.body)
		}
	}
	// Without a length the limit holds as well.
	a := b.ask(t, http.MethodPost, "/quan-ly/thuong", io.MultiReader(strings.NewReader(fill(1<<20)), strings.NewReader("aa")), b.signedIn())
	if a.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("chunked: %d", a.StatusCode)
	}
}

// A body that is declared too large is refused without being read: the answer comes while most of it was never sent.
func TestTooLargeIsSaidBeforeTheBodyIsRead(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Post("/quan-ly/tep", kit.May(authz.UseWorkplace), echo, kit.Upload(1))
	for _, c := range []struct{ name, length, cookie, want string }{
		{"200 MB from a signed-in person", "209715200", "phien=" + b.token, "413"},
		{"a file from a stranger", "500000", "x=1", "303"},
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(b.server.URL, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Fprintf(conn, "POST /quan-ly/tep HTTP/1.1\r\nHost: x\r\nCookie: %s\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %s\r\n\r\n--b\r\n", c.cookie, c.length); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err != nil || !strings.Contains(line, c.want) {
			t.Errorf("%s: %q, %v", c.name, line, err)
		}
		_ = conn.Close()
	}
}

func multi(t *testing.T, size int) (io.Reader, option) {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	part, err := m.CreateFormFile("tep", "danh sách.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(make([]byte, size)); err != nil {
		t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return &body, func(r *http.Request) { r.Header.Set("Content-Type", m.FormDataContentType()) }
}

// F17, ASVS 5.2.1: files up to the limit arrive, larger ones do not, and no temporary file outlives its request.
func TestUploadsLeaveNothingBehind(t *testing.T) {
	b := newBench(t)
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp) // hence not parallel
	var seen atomic.Int32
	b.routes.Post("/quan-ly/tep", kit.May(authz.UseWorkplace), func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		files, _ := os.ReadDir(temp)
		seen.Store(int32(len(files)))
		if r.PostFormValue("no") != "" {
			panic("giữa chừng")
		}
		return echo(r, tx)
	}, kit.Upload(3))
	body, kind := multi(t, 3<<20)
	if a := b.ask(t, http.MethodPost, "/quan-ly/tep", body, kind, b.signedIn()); a.StatusCode != http.StatusOK || !strings.Contains(a.body, "tệp danh sách.xlsx 3145728") {
		t.Errorf("3 MB: %d %.300s", a.StatusCode, a.body)
	}
	if seen.Load() == 0 {
		t.Error("the test does not see the temporary file and proves nothing")
	}
	body, kind = multi(t, 5<<20)
	if a := b.ask(t, http.MethodPost, "/quan-ly/tep", body, kind, b.signedIn()); a.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(a.body, "3 MB") {
		t.Errorf("5 MB: %d %.300s", a.StatusCode, a.body)
	}
	body, kind = multi(t, 2<<20)
	half, err := io.ReadAll(io.LimitReader(body, 1<<20+2000))
	if err != nil {
		t.Fatal(err)
	}
	if a := b.ask(t, http.MethodPost, "/quan-ly/tep", bytes.NewReader(half), kind, b.signedIn()); a.StatusCode != http.StatusBadRequest {
		t.Errorf("half a file: %d", a.StatusCode)
	}
	files, err := os.ReadDir(temp)
	if err != nil || len(files) != 0 {
		t.Errorf("%d temporary files are left, %v", len(files), err)
	}
}

// ASVS 1.1.1, 1.2.4, 4.1.1: what no browser of ours sends is 400, wherever it stands, and nothing is saved.
func TestUnreadableInputIsRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Post(addPath, kit.May(authz.WriteAssociation), addBranch)
	b.routes.Get("/tim", kit.Anyone, func(r *http.Request, _ *db.Tx) (kit.Reply, error) { return page(r.FormValue("q")) })
	b.routes.Get("/bai/{slug}", kit.Anyone, func(*http.Request, *db.Tx) (kit.Reply, error) { return page("có") })
	for name, body := range map[string]string{
		"NUL": "ten=a%00b", "broken UTF-8": "ten=%ff%fe", "surrogate": "ten=%ed%a0%80", "broken escape": "ten=%zz", "NUL in a name": "t%00=1", "semicolons": "a=1;b=2",
	} {
		if a := b.ask(t, http.MethodPost, addPath, strings.NewReader(body), b.signedIn()); a.StatusCode != http.StatusBadRequest || !strings.Contains(a.body, "Không đọc được nội dung gửi lên") {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
	for _, kind := range []string{"text/plain", "application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset", "application/xml"} {
		if a := b.ask(t, http.MethodPost, addPath, strings.NewReader("ten=Chi+h%E1%BB%99i"), b.signedIn(), func(r *http.Request) { r.Header.Set("Content-Type", kind) }); a.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", kind, a.StatusCode)
		}
	}
	for _, path := range []string{"/tim?q=%00", "/tim?q=%ff", "/bai/%ff", "/bai/a%00"} {
		if a := b.get(t, path); a.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	if a := b.get(t, "/tim?q="+url.QueryEscape("Thuận <b>")); a.StatusCode != http.StatusOK {
		t.Errorf("a good query: %d", a.StatusCode)
	}
	if b.branches(t) != 0 {
		t.Error("something was saved")
	}
}

func TestHeadersAreBounded(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Get("/", kit.Anyone, func(*http.Request, *db.Tx) (kit.Reply, error) { return page("có") })
	for name, o := range map[string]option{
		"a long cookie that is no session": cookie("phien", strings.Repeat("a", 5000)), "a long parked token": cookie("gui-lai", strings.Repeat("a", 5000)),
		"a forged message": cookie("tin", "e30.AAAA"), "no dot": cookie("tin", "e30"), "reader switches of nonsense": cookie("doc", "99999x"),
	} {
		if a := b.get(t, "/", o); a.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
}
