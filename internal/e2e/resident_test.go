package e2e

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"wardportal/internal/portal/portaltest"
)

const conference = "Hội nghị tổng kết hoạt động các Hội đặc thù năm 2023 và phương hướng nhiệm vụ năm 2024"

// residentReads is Job 1: from the first page to the article of the conference, an association, a category, the search.
func residentReads(t *testing.T, chrome context.Context, site *portaltest.Site) {
	p := comes(t, chrome, site, "nguoi-dan")
	p.opens("/").is(http.StatusOK).sees("Phường Chánh Lộ", "Các hội của phường", "Dữ liệu mẫu")
	p.press(conference).is(http.StatusOK).sees(conference, "04/12/2023 16:54", "NVN, MD", "Quang cảnh hội nghị.",
		"Đồng chí Nguyễn Công Trước – PCT Hội Khuyến học thành phố phát biểu chỉ đạo tại Hội nghị",
		"Đồng chí Đoàn Thị Hoa Kiều – PCT. UBND phường phát biểu chỉ đạo tại Hội nghị", "bí thư chi bộ 8 tổ dân phố")
	article := p.path()
	p.picturesShow(3)

	p.press("Các hội", "Thông báo").press("Hội Người cao tuổi", "Chăm lo, mừng thọ").is(http.StatusOK).
		sees("Ban Chấp hành", "Chủ tịch", "Chi hội 3", "Tổ dân phố 3", "Tin của hội")
	p.press("Tin tức", "Thông báo").press("Khuyến học", "Sức khỏe").sees("45 suất học bổng đến với học sinh vượt khó").misses("Khám mắt")
	p.press("Tìm kiếm", "Thông báo").fill("Từ cần tìm", "hoc bong vuot kho").press("Tìm", "Từ cần tìm").
		sees("45 suất học bổng đến với học sinh vượt khó")
	p.fill("Từ cần tìm", "khongcogi").press("Tìm", "Từ cần tìm").is(http.StatusOK).misses("45 suất")
	p.opens("/tin-tuc/khong-co-bai-nay").is(http.StatusNotFound).sees("Không tìm thấy trang").press("Về trang chủ").at("/")

	p.opens(article)
	p.onPaper(conference, "04/12/2023 16:54")
}

// residentReadsLarge switches to large text and high contrast, which must hold on the next pages and lead back to the same one.
func residentReadsLarge(t *testing.T, chrome context.Context, site *portaltest.Site) {
	p := comes(t, chrome, site, "nguoi-dan-chu-lon")
	p.opens("/hoi")
	before := p.textSize()
	p.tap("Cỡ chữ").tick("Rất lớn").tick("Tương phản cao").press("Áp dụng").at("/hoi")
	if after := p.textSize(); after < before*1.3 {
		t.Errorf("text is %v px, was %v px", after, before)
	}
	for _, path := range []string{"/", "/tin-tuc", "/lien-he", "/gioi-thieu", "/so-lieu", "/lich", "/tro-nang", "/quyen-rieng-tu", "/dang-nhap"} {
		p.opens(path).is(http.StatusOK)
	}
	p.tap("Cỡ chữ").tick("Thường").tick("Tương phản cao").press("Áp dụng").opens("/hoi")
	if after := p.textSize(); after != before {
		t.Errorf("text stays at %v px, was %v px", after, before)
	}
}

// residentWithoutScript reads the same with scripts switched off, large text included.
func residentWithoutScript(t *testing.T, chrome context.Context, site *portaltest.Site) {
	p := comes(t, chrome, site, "nguoi-dan-khong-js").withoutScript()
	p.opens("/").press(conference).sees("04/12/2023 16:54", "NVN, MD")
	p.tap("Cỡ chữ").tick("Lớn").press("Áp dụng").sees("04/12/2023 16:54")
	p.press("Tìm kiếm", "Thông báo").fill("Từ cần tìm", "kham mat").press("Tìm", "Từ cần tìm").press("Khám mắt cho người cao tuổi").sees("đo thị lực")
}

func (p *person) textSize() float64 {
	p.t.Helper()
	return eval[float64](p, "parseFloat(getComputedStyle(document.querySelector('main p, main a')).fontSize)")
}

// picturesShow fails the test unless n pictures of the article arrived.
func (p *person) picturesShow(n int) {
	p.t.Helper()
	// Pictures further down are loaded when they come near.
	for i := range n {
		eval[any](p, fmt.Sprintf("document.querySelectorAll('main figure img')[%d].scrollIntoView({behavior: 'instant'})", i))
		p.until(fmt.Sprintf("picture %d", i+1), fmt.Sprintf("(() => { const i = document.querySelectorAll('main figure img')[%d]; return i.complete && i.naturalWidth > 100 })()", i))
	}
}

// onPaper fails the test when the printed page lacks one of the texts or carries what belongs to the screen.
func (p *person) onPaper(texts ...string) {
	p.t.Helper()
	media := func(m string) {
		_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: m})
		p.must(err)
	}
	media("print")
	defer media("")
	for _, gone := range []string{"header nav", ".p-reader", ".govuk-back-link", ".govuk-breadcrumbs", ".p-noprint", "footer nav"} {
		if eval[bool](p, fmt.Sprintf("[...document.querySelectorAll(%q)].some(e => e.getClientRects().length > 0)", gone)) {
			p.t.Errorf("%s is printed at %s", gone, p.where())
		}
	}
	p.sees(texts...)
	pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF())
	p.must(err)
	if folder := os.Getenv("E2E_SHOTS"); folder != "" {
		p.must(os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%02d.pdf", p.who, p.pages)), pdf, 0o600))
	}
	if len(pdf) < 2000 {
		p.t.Errorf("the print has %d bytes", len(pdf))
	}
}
