// Package memberui holds the roster's pages: the list with search and filters, adding, the profile with its timeline, and one
// page for each thing that happens to a member. What will happen is said before the button that does it.
package memberui

import (
	"net/http"

	"wardportal/internal/authz"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
)

type pages struct {
	kit  *kit.Kit
	keys *member.Keys
}

// Mount declares the routes.
func Mount(k *kit.Kit, r *kit.Router) {
	keys, err := member.NewKeys(k.Secret)
	if err != nil {
		panic(err) // the secret has 32 bytes by kit's own rule; app refuses to start without
	}
	p := pages{k, keys}
	read, write, export, sensitive := kit.May(authz.ReadRoster), kit.May(authz.WriteRoster), kit.May(authz.ExportRoster), kit.May(authz.ReadSensitive)
	k.Menu("Hội viên", href.Members, read)
	r.Get(href.Members, read, p.list)
	r.Get(href.MemberPrint, export, p.printed)
	r.Steps(http.MethodGet, href.MemberExport, export, p.export)
	r.Get(href.MemberAdd, write, p.addForm)
	r.Post(href.MemberAdd, write, p.add)
	r.Post(href.MemberUndo, write, p.undo)
	r.Get(href.MemberAsked, read, p.asked)
	r.Post(href.MemberAsked, write, p.answer)
	one := href.Members + "/{id}"
	r.Get(one, read, p.show)
	r.Get(one+"/sua", write, p.editForm)
	r.Post(one+"/sua", write, p.edit)
	r.Get(one+"/thong-tin-rieng", sensitive, p.back)
	r.Post(one+"/thong-tin-rieng", sensitive, p.reveal)
	r.Get(one+"/luu-thong-tin-rieng", sensitive, p.back)
	r.Post(one+"/luu-thong-tin-rieng", sensitive, p.saveSecrets)
	for _, a := range acts {
		r.Get(one+"/"+a.slug, write, p.actForm(a))
		r.Post(one+"/"+a.slug, write, p.act(a))
	}
}
