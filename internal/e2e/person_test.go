package e2e

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample"
)

//go:embed testdata/person.js
var personJS string

const (
	patience = 45 * time.Second // for one page, on a machine that is busy
	glance   = 25 * time.Millisecond
)

// person is somebody at one window of a browser.
type person struct {
	t         *testing.T
	ctx       context.Context
	site      *portaltest.Site
	who       string // names the pictures
	noScript  bool
	downloads string

	mu     sync.Mutex
	status int      // of the last document
	noise  []string // what the console had to say since the last page
	loads  map[string]bool
	pages  int
}

// comes opens a browser window with cookies of its own.
func comes(t *testing.T, chrome context.Context, site *portaltest.Site, who string) *person {
	t.Helper()
	ctx, leave := chromedp.NewContext(chrome, chromedp.WithNewBrowserContext())
	t.Cleanup(leave)
	return sit(t, ctx, site, who)
}

// secondWindow opens another window of the same browser: the same cookies.
func (p *person) secondWindow() *person {
	p.t.Helper()
	ctx, leave := chromedp.NewContext(p.ctx)
	p.t.Cleanup(leave)
	return sit(p.t, ctx, p.site, p.who+"-2")
}

func sit(t *testing.T, ctx context.Context, site *portaltest.Site, who string) *person {
	t.Helper()
	p := &person{t: t, ctx: ctx, site: site, who: who, downloads: t.TempDir(), loads: map[string]bool{}}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, p.listen); err != nil {
		t.Fatal(err)
	}
	_, err := chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: p.downloads,
		BrowserContextID: chromedp.FromContext(ctx).BrowserContextID,
	})
	p.must(err)
	return p
}

// withoutScript switches the pages' scripts off, as a browser that has none.
func (p *person) withoutScript() *person {
	p.t.Helper()
	p.noScript = true
	p.scripts(false)
	return p
}

func (p *person) scripts(on bool) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
	p.must(err)
}

func (p *person) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%s: %v", p.who, err)
	}
}

// eval runs an expression in the page; it may not wait for anything.
func eval[T any](p *person, js string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](js))
	if err != nil {
		p.t.Fatalf("%s: %s: %v", p.who, shorten(js), err)
	}
	return v
}

func shorten(s string) string {
	if len(s) > 300 {
		return s[:300] + "…"
	}
	return s
}

// until asks the page again and again, also while one document gives way to the next.
func (p *person) until(what, js string) {
	p.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		ok, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](js))
		if err == nil && ok {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("%s waits in vain for %s (%v) at %s", p.who, what, err, p.where())
		}
		<-time.After(glance)
	}
}

func (p *person) where() string {
	at, err := chromedp.Run(p.ctx, chromedp.Evaluate[string]("location.pathname + location.search + ' “' + document.title + '”'"))
	if err != nil {
		return err.Error()
	}
	return at
}

// moves does something that leads to another document, waits for it and holds it against the bar.
func (p *person) moves(do func()) {
	p.t.Helper()
	before := eval[float64](p, "performance.timeOrigin")
	do()
	p.until("the next page", fmt.Sprintf("performance.timeOrigin !== %v && document.readyState === 'complete'", before))
	p.check()
}

// opens goes to a path of the portal, as from a bookmark.
func (p *person) opens(path string) *person {
	p.t.Helper()
	p.must(chromedp.Do(p.ctx, chromedp.Navigate(p.site.Server.URL+path)))
	p.check()
	return p
}

// signsIn opens the sign-in page and signs in as a demo account.
func (p *person) signsIn(login string) *person {
	p.t.Helper()
	p.opens("/dang-nhap")
	p.fill("Tên đăng nhập", login)
	p.fill("Mật khẩu", sample.Password)
	p.press("Đăng nhập", "Mật khẩu")
	p.is(http.StatusOK)
	return p
}

type task struct {
	Kind  string `json:"kind"`
	Words string `json:"words"`
	Near  string `json:"near"`
	Index int    `json:"index"`
}

type found struct {
	Missing  string
	X, Y     float64
	Tag      string
	Type     string
	ID       string
	Value    string
	Target   string
	Covered  string
	Disabled bool
	Checked  bool
	Options  []struct{ Text, Value string }
}

func (p *person) look(k task) found {
	p.t.Helper()
	arg, err := json.Marshal(k)
	p.must(err)
	f := eval[found](p, personJS+"("+string(arg)+")")
	if f.Missing != "" {
		p.t.Fatalf("%s finds no %s “%s” near “%s” at %s; %s", p.who, k.Kind, k.Words, k.Near, p.where(), f.Missing)
	}
	return f
}

// find looks for a control and fails the test when a finger could not reach it.
func (p *person) find(kind, words string, near []string) found {
	p.t.Helper()
	k := task{Kind: kind, Words: words}
	if len(near) > 0 {
		k.Near = near[0]
	}
	f := p.look(k)
	if f.Disabled {
		p.t.Fatalf("%s cannot use “%s” at %s: disabled", p.who, words, p.where())
	}
	if f.Covered != "" && f.Type != "radio" && f.Type != "checkbox" && f.Type != "file" {
		p.t.Fatalf("%s cannot reach “%s” at %s: covered by %s", p.who, words, p.where(), f.Covered)
	}
	return f
}

// press follows a link or sends a form; near narrows to the smallest row, section or form with those words.
func (p *person) press(words string, near ...string) *person {
	p.t.Helper()
	f := p.find("press", words, near)
	p.moves(func() { p.clickAt(f) })
	return p
}

// tap presses something that stays on the page.
func (p *person) tap(words string, near ...string) *person {
	p.t.Helper()
	p.clickAt(p.find("press", words, near))
	return p
}

func (p *person) clickAt(f found) {
	p.t.Helper()
	p.must(chromedp.Do(p.ctx, chromedp.MouseClickXY(f.X, f.Y)))
}

// fill types into the field with the label, over what stood there.
func (p *person) fill(label, value string, near ...string) *person {
	p.t.Helper()
	p.write(p.find("field", label, near), value)
	return p
}

func (p *person) write(f found, value string) {
	p.t.Helper()
	p.clickAt(f)
	eval[any](p, "document.activeElement && document.activeElement.select && document.activeElement.select()")
	if value == "" {
		p.must(chromedp.Do(p.ctx, chromedp.KeyEvent("\b")))
		return
	}
	_, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: value})
	p.must(err)
}

// date fills the boxes of a date; empty parts stay empty.
func (p *person) date(legend, day, month, year string) *person {
	p.t.Helper()
	for i, part := range []string{day, month, year} {
		p.write(p.look(task{Kind: "group", Words: legend, Index: i}), part)
	}
	return p
}

// tick presses a radio button or a box by its label.
func (p *person) tick(label string, near ...string) *person {
	p.t.Helper()
	before := p.find("field", label, near)
	if before.Checked && before.Type == "radio" {
		return p
	}
	p.clickAt(p.find("label", label, near))
	if p.find("field", label, near).Checked == before.Checked {
		p.t.Fatalf("%s ticks “%s” at %s and nothing happens", p.who, label, p.where())
	}
	return p
}

// choose picks an option of a list by its words.
func (p *person) choose(label, option string, near ...string) *person {
	p.t.Helper()
	f := p.find("field", label, near)
	var options []string
	for _, o := range f.Options {
		if o.Text == option || strings.Contains(o.Text, option) {
			p.must(chromedp.Do(p.ctx, chromedp.Focus(chromedp.CSS("#"+f.ID))))
			eval[any](p, fmt.Sprintf("(() => { const e = document.getElementById(%q); e.value = %q; e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true})) })()", f.ID, o.Value))
			return p
		}
		options = append(options, o.Text)
	}
	p.t.Fatalf("%s finds no “%s” among %v", p.who, option, options)
	return p
}

// attach puts files into the file field with the label.
func (p *person) attach(label string, files ...string) *person {
	p.t.Helper()
	f := p.find("field", label, nil)
	p.must(chromedp.Do(p.ctx, chromedp.SetUploadFiles(chromedp.CSS("#"+f.ID), files)))
	return p
}

// value reads a field.
func (p *person) value(label string, near ...string) string {
	p.t.Helper()
	return p.find("field", label, near).Value
}

// text is what the page says, blanks collapsed.
func (p *person) text() string {
	p.t.Helper()
	return strings.Join(strings.Fields(eval[string](p, "document.body.innerText.normalize('NFC')")), " ")
}

// sees fails the test unless the page says all of it.
func (p *person) sees(texts ...string) *person {
	p.t.Helper()
	text := p.text()
	for _, want := range texts {
		if !strings.Contains(strings.ToLower(text), strings.ToLower(strings.Join(strings.Fields(want), " "))) {
			p.t.Fatalf("%s misses “%s” at %s, which says: %s", p.who, want, p.where(), text)
		}
	}
	return p
}

// misses fails the test when the page says any of it.
func (p *person) misses(texts ...string) *person {
	p.t.Helper()
	text := p.text()
	for _, bad := range texts {
		if strings.Contains(text, bad) {
			p.t.Fatalf("%s reads “%s” at %s and must not: %s", p.who, bad, p.where(), text)
		}
	}
	return p
}

// is fails the test unless the page came with the status.
func (p *person) is(status int) *person {
	p.t.Helper()
	p.mu.Lock()
	got := p.status
	p.mu.Unlock()
	if got != status {
		p.t.Fatalf("%s got status %d at %s, want %d: %s", p.who, got, p.where(), status, p.text())
	}
	return p
}

// at fails the test unless the address starts with the path.
func (p *person) at(path string) *person {
	p.t.Helper()
	if got := p.path(); !strings.HasPrefix(got, path) {
		p.t.Fatalf("%s is at %s, not at %s: %s", p.who, got, path, p.text())
	}
	return p
}

func (p *person) path() string {
	p.t.Helper()
	return eval[string](p, "location.pathname + location.search")
}

// saves presses a link or button that gives a file, and reads the file.
func (p *person) saves(words string, near ...string) (name string, data []byte) {
	p.t.Helper()
	known := map[string]bool{}
	for _, n := range p.saved() {
		known[n] = true
	}
	p.clickAt(p.find("press", words, near))
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		for _, n := range p.saved() {
			if known[n] {
				continue
			}
			data, err := os.ReadFile(filepath.Join(p.downloads, n))
			p.must(err)
			return n, data
		}
		<-time.After(glance)
	}
	p.t.Fatalf("%s presses “%s” at %s and no file comes (folder: %v)", p.who, words, p.where(), p.saved())
	return "", nil
}

// saved lists the finished downloads.
func (p *person) saved() []string {
	p.t.Helper()
	entries, err := os.ReadDir(p.downloads)
	p.must(err)
	var names []string
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".crdownload") && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names
}

func (p *person) listen(ev any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch ev := ev.(type) {
	case *network.EventResponseReceived:
		if ev.Type == network.ResourceTypeDocument {
			p.status = int(ev.Response.Status)
			p.loads[ev.Response.URL] = true
		}
	case *page.EventJavascriptDialogOpening:
		p.noise = append(p.noise, "a dialog opened: "+ev.Message)
	default:
		p.hear(ev)
	}
}
