package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axePath is where npm put axe-core; it is never committed.
const axePath = "../../web/node_modules/axe-core/axe.min.js"

var axeSource = sync.OnceValues(func() (string, error) {
	text, err := os.ReadFile(axePath)
	return string(text), err
})

// The bar of ui.md §5 that a machine can see: WCAG 2.2 A and AA, and what axe calls good practice.
const axeRun = `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']})
	.then(r => JSON.stringify(r.violations.map(v => v.id + ': ' + v.help + ' – ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' (' + (n.failureSummary || '').replace(/\s+/g, ' ').slice(0, 200) + ')').join(' ¶ '))))`

const (
	phone = 360
	desk  = 1280
)

// checked remembers which kinds of page were held against axe at the width of a phone too; once each is enough.
var checked sync.Map

var digits = regexp.MustCompile(`\d+`)

// check holds the page at hand against the bar. It does not end the journey: all that is wrong is told at once.
func (p *person) check() {
	p.t.Helper()
	for _, fault := range p.faults() {
		p.t.Errorf("%s at %s: %s", p.who, p.where(), fault)
	}
}

// faults lists where the page at hand is below the bar, at the width of a desk and of a phone.
func (p *person) faults() []string {
	p.t.Helper()
	p.pages++
	if p.noScript {
		p.scripts(true) // for axe; what the page's own script would have done at loading stays undone
		defer p.scripts(false)
	}
	p.mu.Lock()
	list, status := p.noise, p.status
	p.noise = nil
	p.mu.Unlock()
	list = append(list, p.axe(desk)...)
	list = append(list, p.tooWide(desk)...)
	p.picture(desk)

	p.width(phone)
	defer p.width(desk)
	list = append(list, p.tooWide(phone)...)
	kind := digits.ReplaceAllString(p.where(), "1") + fmt.Sprint(status)
	if _, before := checked.LoadOrStore(kind, true); !before {
		list = append(list, p.axe(phone)...)
	}
	p.picture(phone)
	return list
}

func (p *person) width(px int64) {
	p.t.Helper()
	height := int64(900)
	if px == phone {
		height = 740
	}
	p.must(chromedp.Do(p.ctx, chromedp.EmulateViewport(px, height)))
}

// tooWide tells what makes people move the page sideways.
func (p *person) tooWide(px int) []string {
	p.t.Helper()
	wide := eval[string](p, `(() => {
		const room = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= room) return '';
		const far = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > room + 1);
		return document.documentElement.scrollWidth + ' px: ' + far.slice(0, 2).map(e => e.outerHTML.slice(0, 160)).join(' ¶ ');
	})()`)
	if wide == "" {
		return nil
	}
	return []string{fmt.Sprintf("wider than %d px: %s", px, wide)}
}

// axe runs axe-core in the page and gives its violations.
func (p *person) axe(px int) []string {
	p.t.Helper()
	source, err := axeSource()
	p.must(err)
	if !eval[bool](p, "typeof axe === 'object'") {
		eval[any](p, source+"\n;undefined")
	}
	out, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](axeRun, chromedp.EvalAwaitPromise))
	p.must(err)
	var violations []string
	p.must(json.Unmarshal([]byte(out), &violations))
	for i, v := range violations {
		violations[i] = fmt.Sprintf("axe (%d px): %s", px, v)
	}
	return violations
}

// picture keeps the whole page when E2E_SHOTS names a folder.
func (p *person) picture(px int) {
	p.t.Helper()
	folder := os.Getenv("E2E_SHOTS")
	if folder == "" {
		return
	}
	jpeg, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(70))
	p.must(err)
	name := fmt.Sprintf("%s-%02d-%d%s.jpg", p.who, p.pages, px, strings.ReplaceAll(strings.SplitN(p.path(), "?", 2)[0], "/", "_"))
	p.must(os.WriteFile(filepath.Join(folder, name), jpeg, 0o600))
}

// hear collects what would stand in red in the console.
func (p *person) hear(ev any) {
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		p.noise = append(p.noise, "exception: "+ev.ExceptionDetails.Text+" "+describe(ev.ExceptionDetails.Exception))
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.ConsoleAPICalledTypeError || ev.Type == runtime.ConsoleAPICalledTypeWarning || ev.Type == runtime.ConsoleAPICalledTypeAssert {
			var said []string
			for _, a := range ev.Args {
				said = append(said, describe(a))
			}
			p.noise = append(p.noise, string(ev.Type)+": "+strings.Join(said, " "))
		}
	case *log.EventEntryAdded:
		e := ev.Entry
		// The status of a page is the journey's matter; the browser notes every 4xx as an error. A draft kept in the
		// background is told 409 when somebody else saved first.
		if e.Source == log.EntrySourceNetwork && (p.loads[e.URL] || strings.Contains(e.Text, "status of 409")) {
			return
		}
		if e.Level == log.EntryLevelError || e.Level == log.EntryLevelWarning {
			p.noise = append(p.noise, fmt.Sprintf("%s %s: %s %s", e.Source, e.Level, e.Text, e.URL))
		}
	}
}

func describe(o *runtime.RemoteObject) string {
	if o == nil {
		return ""
	}
	if o.Description != "" {
		return o.Description
	}
	return string(o.Value)
}
