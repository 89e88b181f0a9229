// Package href is the only place that spells a path of the portal. Addresses are Vietnamese without accents and stay stable:
// links live on in Zalo chats and printed notices.
package href

import (
	"fmt"
	"net/url"
	"strconv"

	"wardportal/internal/authz"
)

// Public pages.
const (
	Home          = "/"
	About         = "/gioi-thieu"
	Contact       = "/lien-he"
	News          = "/tin-tuc"
	Notices       = "/thong-bao" // leads to the shelf of that name
	Feed          = "/tin-tuc.atom"
	Associations  = "/hoi"
	Documents     = "/van-ban"
	Calendar      = "/lich"
	CalendarICS   = "/lich.ics"
	Statistics    = "/so-lieu"
	Search        = "/tim-kiem"
	Letters       = "/gop-y"
	Accessibility = "/tro-nang"
	Privacy       = "/quyen-rieng-tu"
	ReaderSwitch  = "/co-chu"
	Sitemap       = "/sitemap.xml"
	Robots        = "/robots.txt"
	SignIn        = "/dang-nhap"
	SignInAgain   = "/dang-nhap/gui-lai"
	SignOut       = "/dang-xuat"
	Health        = "/healthz"
	Ready         = "/readyz"
)

// Workplace pages.
const (
	Work            = "/quan-ly"
	Members         = Work + "/hoi-vien"
	MemberAdd       = Members + "/them"
	MemberImport    = Members + "/nhap"
	MemberExport    = Members + "/xuat.xlsx"
	Longevity       = Members + "/mung-tho"
	LongevityExport = Longevity + ".xlsx"
	Branches        = Work + "/chi-hoi"
	Officers        = Work + "/can-bo"
	Vacancies       = Officers + "/khuyet"
	Diary           = Work + "/hoat-dong"
	Meetings        = Work + "/hop"
	Reports         = Work + "/bao-cao"
	WorkNews        = Work + "/tin-tuc"
	Account         = Work + "/tai-khoan"
	AuditLog        = Work + "/nhat-ky"
	WardSettings    = Work + "/phuong"
)

// Article is a published article.
func Article(slug string) string { return News + "/" + slug }

// Category is the list of one category of news.
func Category(code string) string { return News + "?chuyen-muc=" + url.QueryEscape(code) }

// Association is the public page of an association.
func Association(slug string) string { return Associations + "/" + slug }

// Photo is a stored picture at one of its widths.
func Photo(id authz.MediaID, width int) string { return fmt.Sprintf("/anh/%d-%d", id, width) }

// Member is the page of a membership.
func Member(id authz.MembershipID) string { return Members + "/" + strconv.FormatInt(int64(id), 10) }

// MemberDo is a page below a membership: "sua", "chuyen-chi-hoi", …
func MemberDo(id authz.MembershipID, act string) string { return Member(id) + "/" + act }

// Roster pages besides those of one membership.
const (
	MemberUndo  = Members + "/hoan-tac"
	MemberPrint = Members + "/in"
	MemberAsked = Members + "/can-xac-nhan" // what was told elsewhere and waits for an answer
)

// MembersOf is the roster of one association.
func MembersOf(a authz.AssociationID) string {
	return Members + "?hoi=" + strconv.FormatInt(int64(a), 10)
}

// ReportCampaigns is where a year's campaign is opened.
const ReportCampaigns = Reports + "/dot"

// ReportCampaign is the form that changes the campaign of a year.
func ReportCampaign(year int) string { return ReportCampaigns + "/" + strconv.Itoa(year) }

// ReportYear is the campaign of a year.
func ReportYear(year int) string { return Reports + "/" + strconv.Itoa(year) }

// Report is an association's report of a year.
func Report(year int, slug string) string { return ReportYear(year) + "/" + slug }

// ReportDo is a page below a report: "nop", "tra-lai", …
func ReportDo(year int, slug, act string) string { return Report(year, slug) + "/" + act }

// Summary is the ward's summary of a year, SummaryFile its file: "docx", "xlsx", "pdf".
func Summary(year int) string { return ReportYear(year) + "/tong-hop" }

// SummaryFile is the ward's summary as a file.
func SummaryFile(year int, ext string) string { return Summary(year) + "." + ext }

// SummaryText is the form of the ward's own words in its summary.
func SummaryText(year int) string { return Summary(year) + "/loi" }

// Draft is an article in the newsroom.
func Draft(id authz.ArticleID) string { return WorkNews + "/" + strconv.FormatInt(int64(id), 10) }

// DraftDo is a page below an article in the newsroom.
func DraftDo(id authz.ArticleID, act string) string { return Draft(id) + "/" + act }

// With adds query parameters, leaving out empty ones; the order is stable.
func With(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// DraftPhoto is a stored picture as the newsroom sees it before publication.
func DraftPhoto(id authz.MediaID, width int) string {
	return fmt.Sprintf("%s/anh/%d-%d", WorkNews, id, width)
}
