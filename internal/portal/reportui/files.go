package reportui

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/doc"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
	xlsx "wardportal/internal/sheet"
)

// The kinds of file that the pages give out.
const (
	xlsxKind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	docxKind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	pdfKind  = "application/pdf"
)

// issue says what stands around the figures on paper: the ward, the place of the date line, and who prints. The date stays
// open: it is written when the paper is signed.
func (p pages) issue(r *http.Request, tx *db.Tx) report.Issue {
	w := p.kit.FactsOf(r.Context()).Ward
	return report.Issue{Ward: w.Name, Place: placeName(w.Name), By: tx.Who().Name, At: tx.Now()}
}

// placeName is the ward as the date line names it: without "phường" or "xã".
func placeName(ward string) string {
	for _, kind := range []string{"phường ", "xã ", "đặc khu "} {
		if name, ok := strings.CutPrefix(ward, kind); ok {
			return name
		}
	}
	return ward
}

// paperOf is the report on paper. The association's own people get every count as it is, the others without small ones of
// sensitive rows.
func (p pages) paperOf(r *http.Request, tx *db.Tx) (sheet, report.Issue, error) {
	s, err := p.load(r, tx)
	if err != nil {
		return sheet{}, report.Issue{}, err
	}
	i := p.issue(r, tx)
	i.Exact = s.Situation.Role == authz.Chair || s.Situation.Role == authz.Secretary
	return s, i, nil
}

func (p pages) reportFile(write func(io.Writer, doc.Document) error, ext, kind string) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		s, i, err := p.paperOf(r, tx)
		if err != nil {
			return kit.Reply{}, err
		}
		return download(s.fileName(ext), kind, write, s.Document(i)), nil
	}
}

func (p pages) reportXLSX(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	s, i, err := p.paperOf(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	return workbook(s.fileName("xlsx"), s.Workbook(i)), nil
}

func (s sheet) fileName(ext string) string {
	return fmt.Sprintf("bao-cao-%d-%s.%s", s.year(), s.Association.Slug, ext)
}

func (p pages) summaryFile(write func(io.Writer, doc.Document) error, ext, kind string) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		w, err := p.loadSummary(r, tx)
		if err != nil {
			return kit.Reply{}, err
		}
		return download(summaryName(w, ext), kind, write, w.Document(p.issue(r, tx))), nil
	}
}

func (p pages) summaryXLSX(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	w, err := p.loadSummary(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	return workbook(summaryName(w, "xlsx"), w.Workbook(p.issue(r, tx))), nil
}

func summaryName(w report.WardSummary, ext string) string {
	return fmt.Sprintf("tong-hop-%d.%s", w.Campaign.Year, ext)
}

func download(name, kind string, write func(io.Writer, doc.Document) error, d doc.Document) kit.Reply {
	return kit.Download(name, kind, func(_ context.Context, w io.Writer) error { return write(w, d) })
}

func workbook(name string, book xlsx.Workbook) kit.Reply {
	return kit.Download(name, xlsxKind, func(_ context.Context, w io.Writer) error { return xlsx.Write(w, book) })
}
