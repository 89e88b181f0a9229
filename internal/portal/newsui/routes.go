// Package newsui holds the newsroom's pages: the list by state, the composer with its photos, preview and the moves from
// draft to publication by a second person.
package newsui

import (
	"net/http"

	"wardportal/internal/authz"
	"wardportal/internal/news"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
)

type pages struct{ kit *kit.Kit }

const uploadMB = 16 // one photo of 15 MB and the text around it

// Mount declares the routes.
func Mount(k *kit.Kit, r *kit.Router) {
	p := pages{k}
	desk, write, publish := kit.May(authz.ReadNewsDesk), kit.May(authz.WriteNews), kit.May(authz.PublishNews)
	k.Menu("Tin tức", href.WorkNews, desk)
	r.Get(href.WorkNews, desk, p.list)
	r.Get(href.WorkNews+"/them", write, p.addForm)
	r.Steps(http.MethodPost, href.WorkNews+"/them", write, p.add, kit.Upload(uploadMB))
	r.Get(href.WorkNews+"/anh/{id}-{width}", desk, p.photo)
	r.Get(href.WorkNews+"/{id}", desk, p.show)
	r.Get(href.WorkNews+"/{id}/sua", write, p.editForm)
	r.Steps(http.MethodPost, href.WorkNews+"/{id}/sua", write, p.edit, kit.Upload(uploadMB))
	r.Post(href.WorkNews+"/{id}/gui", write, p.move(news.SubmitArticle, "Đã gửi bài. Cán bộ phường sẽ xem và đăng."))
	r.Post(href.WorkNews+"/{id}/duyet", publish, p.move(news.ApproveArticle, "Đã duyệt bài. Bài chưa đăng."))
	r.Post(href.WorkNews+"/{id}/dang", publish, p.move(publishNow, "Đã đăng bài. Người dân đọc được ngay."))
	r.Post(href.WorkNews+"/{id}/tra-lai", publish, p.moveWithNote(news.ReturnArticle, "Đã trả lại bài cho người viết."))
	r.Post(href.WorkNews+"/{id}/go", publish, p.moveWithNote(news.WithdrawArticle, "Đã gỡ bài. Người dân không đọc được nữa."))
	r.Post(href.WorkNews+"/{id}/dua-ve", publish, p.move(news.RedraftArticle, "Đã đưa bài về cho người viết sửa."))
}
