// Package officerui holds the pages of officers: who is in office, how somebody comes and goes, terms, and the vacancy board.
package officerui

import (
	"net/http"

	"wardportal/internal/authz"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
)

type pages struct{ kit *kit.Kit }

// Mount declares the routes.
func Mount(k *kit.Kit, r *kit.Router) {
	p := pages{k}
	read, write := kit.May(authz.ReadOfficers), kit.May(authz.WriteOfficers)
	k.Menu("Cán bộ", href.Officers, read)
	r.Get(href.Officers, read, p.list)
	r.Get(href.Vacancies, read, p.vacancies)
	r.Get(href.OfficerAdd, write, p.addForm)
	r.Steps(http.MethodPost, href.OfficerAdd, write, p.add)
	r.Get(href.Officers+"/{id}/thoi", write, p.endForm)
	r.Post(href.Officers+"/{id}/thoi", write, p.end)
	r.Get(href.Terms, write, p.termForm)
	r.Post(href.Terms, write, p.saveTerm)
	r.Get(href.Terms+"/{id}", write, p.termForm)
	r.Post(href.Terms+"/{id}", write, p.saveTerm)
}
