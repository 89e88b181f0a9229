package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"wardportal/web"
	"wardportal/web/ui"
)

// desk is a browser tab on one page of the workplace, under the portal's own policy.
type desk struct {
	t   *testing.T
	ctx context.Context

	mu     sync.Mutex
	saves  []string // bodies that autosave posted
	sends  []string // bodies that were really submitted
	answer int      // status of the next autosaves
}

// TestScript drives the built script in one browser; each part has a tab of its own.
func TestScript(t *testing.T) {
	t.Parallel()
	if err := web.Built(); err != nil {
		t.Skip(err)
	}
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("no chromium on this machine")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox)
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	browser, stopBrowser := chromedp.NewContext(alloc)
	t.Cleanup(stopBrowser)
	if err := chromedp.Do(browser); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]func(*testing.T, context.Context){
		"grid keys": gridKeys, "paste": pasteFillsCells, "autosave": autosaveSpeaks, "sent once": sentOnce, "controls appear": controlsAppear,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, browser)
		})
	}
}

// open shows body in a new tab, as a page of the workplace.
func open(t *testing.T, browser context.Context, body templ.Component) *desk {
	t.Helper()
	d := &desk{t: t, answer: http.StatusNoContent}
	mux := http.NewServeMux()
	mux.Handle(web.Prefix, web.Handler())
	mux.HandleFunc("POST /luu-tam", d.autosave)
	mux.HandleFunc("POST /nop", d.submit)
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'")
		p := ui.WorkPage{Shell: ui.Shell{Title: "Thử", Assets: ui.Assets{
			CSS: web.AssetURL("portal.css"), JS: web.AssetURL("app.js"), Emblem: web.AssetURL("emblem.svg"),
		}}, Context: ui.Context{Trail: []string{"Báo cáo"}, Status: ui.Status{Live: true}}}
		if err := ui.Work(p, body).Render(r.Context(), w); err != nil {
			t.Error(err)
		}
	})
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	tab, closeTab := chromedp.NewContext(browser)
	t.Cleanup(closeTab)
	if err := chromedp.Do(tab); err != nil {
		t.Fatal(err)
	}
	ctx, stopClock := context.WithTimeout(tab, time.Minute)
	t.Cleanup(stopClock)
	d.ctx = ctx
	d.run(chromedp.Navigate(srv.URL), chromedp.WaitReady("body.js-enabled"))
	return d
}

func (d *desk) autosave(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.saves = append(d.saves, string(body))
	w.Header().Set("X-Form-Version", fmt.Sprint(7+len(d.saves)))
	w.WriteHeader(d.answer)
}

// submit answers late, so that a second press has its chance.
func (d *desk) submit(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	d.mu.Lock()
	d.sends = append(d.sends, string(body))
	d.mu.Unlock()
	w.WriteHeader(http.StatusNoContent) // the page stays
}

func (d *desk) seen() (saves, sends []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string(nil), d.saves...), append([]string(nil), d.sends...)
}

func (d *desk) run(actions ...chromedp.Action[chromedp.Void]) {
	d.t.Helper()
	if err := chromedp.Do(d.ctx, actions...); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) eval(js string) string {
	d.t.Helper()
	out, err := chromedp.Run(d.ctx, chromedp.Evaluate[string]("String("+js+")"))
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

// until waits for an expression to become true in the page.
func (d *desk) until(js string) {
	d.t.Helper()
	d.run(chromedp.Poll[chromedp.Void](js, chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(20*time.Second)))
}

func within(outer templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, templ.Join(children...)), w)
	})
}

// numbers is a grid of two columns and three rows named a1 b1 a2 b2 a3 b3, with a line between that has no input.
func numbers() templ.Component {
	rows := []templ.Component{templ.Raw("<tbody>")}
	for i := 1; i <= 3; i++ {
		rows = append(rows, templ.Raw(fmt.Sprintf(`<tr><th scope="row">Mục %d</th><td>`, i)),
			ui.NumberCell(ui.Input{Name: fmt.Sprint("a", i), Label: "A", Value: fmt.Sprint(i)}), templ.Raw("</td><td>"),
			ui.NumberCell(ui.Input{Name: fmt.Sprint("b", i), Label: "B"}), templ.Raw(`</td></tr><tr><td colspan="3">giải thích</td></tr>`))
	}
	rows = append(rows, templ.Raw("</tbody>"))
	return within(ui.Form(ui.FormOptions{Action: "/nop", Autosave: "/luu-tam", ID: "bieu"}),
		ui.VersionField("phien", "7"), within(ui.Table(ui.TableOptions{Caption: "Số liệu", Grid: true, Cols: []ui.Col{{Label: "Mục"}, {Label: "A"}, {Label: "B"}}}), rows...),
		ui.Textarea(ui.Input{Name: "loi", Label: "Lời"}), ui.SubmitButton("Nộp báo cáo"))
}

const focused = "document.activeElement.name"

func gridKeys(t *testing.T, browser context.Context) {
	d := open(t, browser, numbers())
	d.run(chromedp.Focus("#f-a1"))
	for _, step := range []struct{ key, want string }{
		{kb.Enter, "a2"}, {kb.ArrowDown, "a3"}, {kb.Enter, "a3"}, {kb.ArrowUp, "a2"}, {kb.ArrowRight, "b2"}, {kb.ArrowLeft, "a2"},
	} {
		d.run(chromedp.KeyEvent(step.key))
		if got := d.eval(focused); got != step.want {
			t.Fatalf("%q leads to %q, want %q", step.key, got, step.want)
		}
	}
	if _, sends := d.seen(); len(sends) != 0 {
		t.Errorf("Enter in a cell sent the form: %v", sends)
	}
}

// put pastes text at the focused cell as the browser would.
func (d *desk) put(text string) string {
	d.t.Helper()
	return d.eval(fmt.Sprintf(`(() => { const c = new DataTransfer(); c.setData('text/plain', %q);
		return document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: c, bubbles: true, cancelable: true})) })()`, text))
}

func pasteFillsCells(t *testing.T, browser context.Context) {
	d := open(t, browser, numbers())
	d.run(chromedp.Focus("#f-a2"))
	d.put("1.184\t642\r\n 73 \t46\r\n9\t9\r\n")
	got := d.eval(`Array.from(document.querySelectorAll('#bieu input[type=text]'), i => i.value).join('|')`)
	if got != "1||1.184|642|73|46" {
		t.Errorf("cells hold %s", got)
	}
	if d.put("55") != "true" {
		t.Error("a single value is taken away from the browser")
	}
}

func autosaveSpeaks(t *testing.T, browser context.Context) {
	d := open(t, browser, numbers())
	const status = `document.querySelector('[data-save-status]').textContent`
	d.run(chromedp.SendKeys("#f-b1", "12"), chromedp.Focus("#f-b2"))
	d.until(status + `.includes('Đã lưu lúc')`)
	saves, _ := d.seen()
	if len(saves) != 1 || !strings.Contains(saves[0], "b1=12") || !strings.Contains(saves[0], "phien=7") {
		t.Fatalf("saved %v", saves)
	}
	if got := d.eval(`document.querySelector('[name=phien]').value`); got != "8" {
		t.Errorf("the form still has version %s", got)
	}
	// Leaving a field without a change saves nothing, though the version is another now.
	d.run(chromedp.Focus("#f-loi"), chromedp.Focus("#f-b2"))
	d.mu.Lock()
	d.answer = http.StatusInternalServerError
	d.mu.Unlock()
	d.run(chromedp.SendKeys("#f-loi", "Hội có 8 chi hội"), chromedp.Focus("#f-b2"))
	d.until(status + `.includes('Chưa lưu được')`)
	if saves, _ = d.seen(); len(saves) != 2 || !strings.Contains(saves[1], "phien=8") {
		t.Errorf("saved %v", saves)
	}
}

func sentOnce(t *testing.T, browser context.Context) {
	d := open(t, browser, numbers())
	d.eval(`(() => { const b = document.querySelector('#bieu button'); b.click(); b.click(); b.click() })()`)
	d.until(`document.querySelector('#bieu button').textContent === 'Đang gửi…'`)
	// The answer has come when the request of the tab after it is here.
	d.eval(`fetch('/luu-tam', {method: 'POST', body: 'xong'}).then(() => { window.xong = true })`)
	d.until(`window.xong === true`)
	if _, sends := d.seen(); len(sends) != 1 {
		t.Errorf("sent %d times", len(sends))
	}
}

func controlsAppear(t *testing.T, browser context.Context) {
	d := open(t, browser, templ.Join(
		ui.ErrorSummary(ui.Errors{{Field: "mk", Message: "Ông/bà cần nhập mật khẩu"}}),
		ui.Password(ui.Input{Name: "mk", Label: "Mật khẩu", Error: "Ông/bà cần nhập mật khẩu"}),
		ui.PrintButton("In trang này"),
		ui.UndoBar(&ui.Undo{Text: "Đã chuyển ông Lộc.", Action: "/nop", Seconds: 1}),
	))
	if got := d.eval(`document.activeElement.className`); got != "govuk-error-summary" {
		t.Errorf("focus is on %q, not on the error summary", got)
	}
	d.run(chromedp.SendKeys("#f-mk", "bí mật"), chromedp.Click(".govuk-password-input__toggle"))
	if got := d.eval(`document.querySelector('#f-mk').type + ' ' + document.querySelector('.govuk-password-input__toggle').innerText`); got != "text Ẩn" {
		t.Errorf("password shows as %q", got)
	}
	if got := d.eval(`document.querySelector('[data-print]').hidden`); got != "false" {
		t.Error("the print button stays hidden")
	}
	d.until(`!document.querySelector('.p-undo')`)
}
