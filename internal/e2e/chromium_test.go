package e2e

import (
	"context"
	"os"
	"os/exec"
	"testing"

	"github.com/chromedp/chromedp"

	"wardportal/internal/db/dbtest"
	"wardportal/web"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// chromium gives the context of one browser for all journeys; each person then has a context of their own in it, with
// cookies of their own. Where journeys must not be skipped (CI=1 or PORTAL_E2E=1) a missing part fails the test instead.
func chromium(t *testing.T) context.Context {
	t.Helper()
	absent := t.Skipf
	if os.Getenv("CI") == "1" || os.Getenv("PORTAL_E2E") == "1" {
		absent = t.Fatalf
	}
	if err := web.Built(); err != nil {
		absent("the stylesheet and the script are not built (make assets): %v", err)
	}
	path := findChromium()
	if path == "" {
		absent("no Chromium on this machine: apt-get install chromium, or name it in PORTAL_CHROMIUM")
	}
	if _, err := os.Stat(axePath); err != nil {
		absent("axe-core is missing (make assets installs it): %v", err)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("lang", "vi"), chromedp.Flag("hide-scrollbars", true), chromedp.Flag("disable-dev-shm-usage", true),
		// Only loopback: a page that asks any other host would show as an error in the console.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	browser, close := chromedp.NewContext(alloc)
	t.Cleanup(close)
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return browser
}

func findChromium() string {
	for _, name := range []string{os.Getenv("PORTAL_CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	return ""
}
