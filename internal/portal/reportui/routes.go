// Package reportui holds the pages of the annual report: the campaign of a year, the form that chairs fill and officials
// type from paper, sending and reviewing, and the ward's summary.
package reportui

import (
	"net/http"

	"wardportal/internal/authz"
	"wardportal/internal/doc"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
)

type pages struct{ kit *kit.Kit }

// photoMB bounds the photo of a paper; phones take pictures of 3 to 8 MB.
const photoMB = 20

// Mount declares the routes.
func Mount(k *kit.Kit, r *kit.Router) {
	p := pages{k}
	read, write, submit := kit.May(authz.ReadReport), kit.May(authz.WriteReport), kit.May(authz.SubmitReport)
	manage, summary, edit := kit.May(authz.ManageCampaign), kit.May(authz.ReadSummary), kit.May(authz.WriteSummary)
	k.Menu("Báo cáo", href.Reports, read)

	r.Get(href.Reports, read, p.latest)
	r.Get(href.ReportCampaigns, manage, p.openForm)
	r.Post(href.ReportCampaigns, manage, p.open)
	r.Get(href.ReportCampaigns+"/{year}", manage, p.changeForm)
	r.Post(href.ReportCampaigns+"/{year}", manage, p.change)

	year := href.Reports + "/{year}"
	r.Get(year, read, p.yearPage)
	r.Get(year+"/tong-hop", summary, p.summary)
	r.Get(year+"/tong-hop/loi", edit, p.summaryTextForm)
	r.Post(year+"/tong-hop/loi", edit, p.summaryText)
	r.Export(year+"/tong-hop.xlsx", summary, p.summaryXLSX, exportNote("summary.xlsx"))
	r.Export(year+"/tong-hop.docx", summary, p.summaryFile(doc.DOCX, "docx", docxKind), exportNote("summary.docx"))
	r.Export(year+"/tong-hop.pdf", summary, p.summaryFile(doc.PDF, "pdf", pdfKind), exportNote("summary.pdf"))

	one := year + "/{slug}"
	r.Get(one, read, p.form)
	r.Post(one, write, p.save)
	r.Get(one+"/xem", read, p.review)
	r.Get(one+"/bien-dong", read, p.movers)
	r.Get(one+"/nop", submit, p.submitForm)
	r.Post(one+"/nop", submit, p.submit)
	r.Get(one+"/ban-giay", write, p.paperForm)
	r.Steps(http.MethodPost, one+"/ban-giay", write, p.paper, kit.Upload(photoMB))
	r.Get(one+"/ban-giay/anh", read, p.paperPhoto)
	r.Get(one+"/gia-han", manage, p.extendForm)
	r.Post(one+"/gia-han", manage, p.extend)
	for _, m := range moves {
		r.Get(one+"/"+m.Path, kit.May(m.Need), p.moveForm(m))
		r.Post(one+"/"+m.Path, kit.May(m.Need), p.move(m))
	}
	r.Export(one+"/bao-cao.xlsx", read, p.reportXLSX, exportNote("report.xlsx"))
	r.Export(one+"/bao-cao.docx", read, p.reportFile(doc.DOCX, "docx", docxKind), exportNote("report.docx"))
	r.Export(one+"/bao-cao.pdf", read, p.reportFile(doc.PDF, "pdf", pdfKind), exportNote("report.pdf"))
}

func exportNote(action string) func(*http.Request) kit.ExportNote {
	return func(r *http.Request) kit.ExportNote { return kit.ExportNote{Action: action, Object: r.URL.Path} }
}
