package e2e

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
)

func freshKey() string { return rand.Text() }

// contents is a number that changes with any row of any table: what stands before and after a refused form.
func contents(t *testing.T, s *portaltest.Site) int {
	t.Helper()
	return s.Count(t, `select coalesce(sum((xpath('/row/n/text()', query_to_xml(format(
		'select count(*) * 31 + coalesce(sum(hashtext(t::text)::bigint), 0) as n from %I t', table_name), false, true, '')))[1]::text::numeric), 0)::bigint
		from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`)
}

// send posts a form as its page would: with files as multipart, else urlencoded.
func send(t *testing.T, b *portaltest.Browser, s *portaltest.Site, f seenForm, fields url.Values) *portaltest.Page {
	t.Helper()
	if !f.upload {
		return b.Post(t, f.action, fields)
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range fields {
		for _, v := range values {
			if err := w.WriteField(name, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.Server.URL+f.action, &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	return b.Do(t, req)
}

// insult is one way to fill a form wrongly, and the statuses that answer it.
type insult struct {
	what   string
	fields url.Values
	want   []int
}

// insults are the ways that must be refused, whatever the form is about.
func insults(f seenForm) []insult {
	var list []insult
	add := func(what string, fields url.Values, want ...int) { list = append(list, insult{what, fields, want}) }
	if len(f.texts) > 0 {
		name := f.texts[len(f.texts)-1]
		add("NUL bytes in "+name, f.with(name, "Nguyễn\x00Thị An"), 400)
		add("invalid UTF-8 in "+name, f.with(name, "Nguy\xe1\xbb n"), 400)
		add("3 MB in "+name, f.with(name, strings.Repeat("Người cao tuổi ", 200_000)), 413)
	}
	for _, d := range f.dates {
		add("31/02 in "+d, f.with(d+"-ngay", "31", d+"-thang", "2", d+"-nam", "2026"), 422)
		add("1850 in "+d, f.with(d+"-ngay", "1", d+"-thang", "1", d+"-nam", "1850"), 422)
		add("9999 in "+d, f.with(d+"-ngay", "1", d+"-thang", "1", d+"-nam", "9999"), 422)
		add("words in "+d, f.with(d+"-ngay", "rằm", d+"-thang", "giêng", d+"-nam", "Giáp Ngọ"), 422)
	}
	if f.fields.Has("version") {
		add("a version that is none", f.with("version", "moi"), 400)
		if f.fields.Get("version") != "0" { // a thing that is not there yet has no older version
			add("a version of the future", f.with("version", "999999"), 409, 422, 404) // no such version was ever saved
		}
	}
	for _, id := range f.numbers {
		if !allDigits(lastPart(f.action)) && (id == "hoi" || id == "chi_hoi") { // where the address has an id, that one counts
			add("an unknown id in "+id, f.with(id, "999999999"), 404, 422)
		}
	}
	tooMany := f.with()
	for i := range 5200 {
		tooMany.Add(fmt.Sprint("x", i), "")
	}
	if !f.upload {
		add("5,200 fields", tooMany, 400)
	}
	return list
}

func lastPart(path string) string { return path[strings.LastIndex(path, "/")+1:] }

// TestBadInputInEveryForm meets every form of the workplace as an official, a chair, an editor and an admin and fills it
// wrongly: the answer is a page in Vietnamese with the right status, and no row of any table has changed.
func TestBadInputInEveryForm(t *testing.T) {
	t.Parallel()
	for login, least := range map[string]int{"canbo": 15, "nct": 15, "bientap": 2, "chihoi3": 5} {
		t.Run(login, func(t *testing.T) {
			t.Parallel()
			s := sampletest.Start(t)
			b := sampletest.As(t, s, login)
			paths, forms := walk(t, b, 1)
			if len(forms) < least {
				t.Fatalf("only %d forms found on %d pages: %v", len(forms), len(paths), paths)
			}
			for _, f := range forms {
				refuses(t, s, b, f)
			}
			t.Logf("%d pages, %d forms", len(paths), len(forms))
		})
	}
}

func refuses(t *testing.T, s *portaltest.Site, b *portaltest.Browser, f seenForm) {
	t.Helper()
	before := contents(t, s)
	for _, bad := range insults(f) {
		page := send(t, b, s, f, bad.fields)
		if !slices.Contains(bad.want, page.Status) {
			t.Errorf("%s on %s, %s: status %d %s, want %v: %s", f.action, f.page, bad.what, page.Status, page.Location, bad.want, shorten(page.Text()))
			before = contents(t, s)
			continue
		}
		speaks(t, f, bad.what, page)
	}
	if after := contents(t, s); after != before {
		t.Errorf("%s on %s: refused forms changed something in the database", f.action, f.page)
	}
	for _, name := range append(slices.Clone(f.choices), f.numbers...) {
		if page := send(t, b, s, f, f.with(name, "khong-co-gia-tri-nay")); page.Status >= 500 {
			t.Errorf("%s on %s, nonsense in %s: status %d", f.action, f.page, name, page.Status)
		}
	}
}

// speaks fails the test unless the answer is a page in Vietnamese that says nothing of the inside.
func speaks(t *testing.T, f seenForm, what string, page *portaltest.Page) {
	t.Helper()
	text := page.Text()
	if !strings.ContainsAny(text, "ăâđêôơưạảấầẩậắằặẹẻếềểệỉịọỏốồổộớờởợụủứừửựỳỵỷỹ") || !strings.Contains(page.Header.Get("Content-Type"), "text/html") {
		t.Errorf("%s, %s: no Vietnamese page: %s", f.action, what, shorten(text))
	}
	for _, inside := range []string{"SQLSTATE", "pgx", "panic", "goroutine", "strconv", "violates", "runtime error"} {
		if strings.Contains(text, inside) {
			t.Errorf("%s, %s: the page speaks of %s: %s", f.action, what, inside, shorten(text))
		}
	}
	if page.Status == http.StatusUnprocessableEntity && len(page.Find("div", "class", "govuk-error-summary")) == 0 {
		t.Errorf("%s, %s: 422 without a summary of what is to be mended: %s", f.action, what, shorten(text))
	}
}

// TestBlanksAreNoName sends every text field filled with blanks of all sorts: nothing may fail inside, and no nameless row may appear.
func TestBlanksAreNoName(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	for _, login := range []string{"nct", "canbo"} {
		b := sampletest.As(t, s, login)
		_, forms := walk(t, b, 1)
		for _, f := range forms {
			fields := f.with()
			for _, name := range f.texts {
				fields.Set(name, " \u00a0\u2009\t\u200b ")
			}
			if page := send(t, b, s, f, fields); page.Status >= 500 {
				t.Errorf("%s on %s as %s: status %d", f.action, f.page, login, page.Status)
			}
		}
	}
	for _, column := range []string{"membership.full_name", "branch.name", "article.title", "association.name"} {
		table, name, _ := strings.Cut(column, ".")
		if n := s.Count(t, fmt.Sprintf(`select count(*)::int from %s where coalesce(trim(%s), '') = '' or %[2]s ~ '^[[:space:]\u200b]*$'`, table, name)); n != 0 {
			t.Errorf("%d rows with a blank %s", n, column)
		}
	}
}

// TestAnotherAssociationsPagesAreNotThere asks as one chair for every page another chair can reach: each is as missing as one
// that does not exist, and posting its forms changes nothing.
func TestAnotherAssociationsPagesAreNotThere(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	mine, theirs := sampletest.As(t, s, "nct"), sampletest.As(t, s, "khuyenhoc")
	own, _ := walk(t, mine, 400)
	paths, forms := walk(t, theirs, 2)
	foreign := 0
	for _, path := range paths {
		if slices.Contains(own, path) || !ids.MatchString(path) {
			continue
		}
		page := mine.Get(t, path)
		if page.Status == http.StatusOK && shared(path) {
			continue
		}
		foreign++
		if page.Status != http.StatusNotFound && page.Status != http.StatusForbidden {
			t.Errorf("%s of another association: status %d: %s", path, page.Status, shorten(page.Text()))
		}
	}
	before := contents(t, s)
	for _, f := range forms {
		if !ids.MatchString(f.action) || shared(f.action) {
			continue
		}
		foreign++
		page := send(t, mine, s, f, f.with())
		if page.Status != http.StatusNotFound && page.Status != http.StatusForbidden {
			t.Errorf("post %s of another association: status %d: %s", f.action, page.Status, shorten(page.Text()))
		}
	}
	if contents(t, s) != before {
		t.Error("posting the forms of another association changed something")
	}
	if foreign < 10 {
		t.Errorf("only %d foreign pages and forms were tried", foreign)
	}
}

// shared pages of the workplace belong to no association.
func shared(path string) bool {
	return !strings.ContainsAny(path, "0123456789") || ids.FindString(path) == "2026" && !strings.Contains(path[len("/quan-ly/bao-cao/2026"):], "/")
}
