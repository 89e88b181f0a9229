// Package activityui holds the pages of the diary: the list of what was done, the short form made for a phone, and each
// entry with the rows of the report that it feeds.
package activityui

import (
	"wardportal/internal/authz"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
)

type pages struct{ kit *kit.Kit }

// Mount declares the routes.
func Mount(k *kit.Kit, r *kit.Router) {
	p := pages{k}
	read, write := kit.May(authz.ReadDiary), kit.May(authz.WriteDiary)
	k.Menu("Sổ hoạt động", href.Diary, read)
	r.Get(href.Diary, read, p.list)
	r.Get(href.DiaryAdd, write, p.addForm)
	r.Post(href.DiaryAdd, write, p.add)
	r.Get(href.Diary+"/{id}", read, p.show)
	r.Get(href.Diary+"/{id}/sua", write, p.changeForm)
	r.Post(href.Diary+"/{id}/sua", write, p.change)
	r.Get(href.Diary+"/{id}/bo", write, p.removeForm)
	r.Post(href.Diary+"/{id}/bo", write, p.remove)
}
