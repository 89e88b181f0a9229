// Package publicui holds what residents see: news, associations, figures, search and the ward's own pages. No page needs
// JavaScript, and none shows who is signed in.
package publicui

import (
	"wardportal/internal/news"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
)

type pages struct {
	kit   *kit.Kit
	views *news.Views
}

// Mount declares the routes; views collects readings of articles until app flushes them.
func Mount(k *kit.Kit, r *kit.Router, views *news.Views) {
	p := pages{k, views}
	// The order of the main menu is the order of these lines.
	k.PublicMenu("Trang chủ", href.Home)
	k.PublicMenu("Giới thiệu", href.About)
	k.PublicMenu("Tin tức", href.News)
	k.PublicMenu("Thông báo", href.Category(notices))
	k.PublicMenu("Các hội", href.Associations)
	k.PublicMenu("Lịch", href.Calendar)
	k.PublicMenu("Số liệu", href.Statistics)
	k.PublicMenu("Góp ý", href.Letters)
	k.PublicMenu("Liên hệ", href.Contact)
	k.PublicMenu("Tìm kiếm", href.Search)
	k.FooterLink(true, "Gửi thư, góp ý", href.Letters)
	k.FooterLink(true, "Tìm chi hội nơi ở", href.Associations)
	k.FooterLink(true, "Liên hệ với phường", href.Contact)
	k.FooterLink(true, "Đăng nhập cho cán bộ hội", href.SignIn)
	k.FooterLink(false, "Hỗ trợ tiếp cận", href.Accessibility)
	k.FooterLink(false, "Bảo vệ dữ liệu cá nhân", href.Privacy)
	k.FooterLink(false, "Nhận tin mới (Atom)", href.Feed)

	r.Get(href.Home, kit.Anyone, p.home)
	r.Get(href.About, kit.Anyone, p.about)
	r.Get(href.Contact, kit.Anyone, p.contact)
	r.Get(href.Accessibility, kit.Anyone, p.accessibility)
	r.Get(href.Privacy, kit.Anyone, p.privacy)
	r.Get(href.News, kit.Anyone, p.newsList)
	r.Get(href.Notices, kit.Anyone, p.noticeList)
	r.Get(href.Article("{slug}"), kit.Anyone, p.article)
	r.Get(href.Feed, kit.Anyone, p.feed)
	r.Get(href.Associations, kit.Anyone, p.associations)
	r.Get(href.Association("{slug}"), kit.Anyone, p.association)
	r.Get(href.Calendar, kit.Anyone, p.calendar)
	r.Get(href.CalendarICS, kit.Anyone, p.calendarFile)
	r.Get(href.Statistics, kit.Anyone, p.statistics)
	r.Get(href.Search, kit.Anyone, p.search)
	r.Get("/anh/{id}-{width}", kit.Anyone, p.photo)
	r.Get(href.Sitemap, kit.Anyone, p.sitemap)
	r.Get(href.Robots, kit.Anyone, p.robots)
}
