// Package associationui holds the pages of an association's branches: the list with how many members each has, opening,
// renaming and closing, and the dated counts of branches kept by number only.
package associationui

import (
	"wardportal/internal/authz"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
)

type pages struct{ kit *kit.Kit }

// Mount declares the routes.
func Mount(k *kit.Kit, r *kit.Router) {
	p := pages{k}
	read, write := kit.May(authz.ReadAssociation), kit.May(authz.WriteAssociation)
	k.Menu("Chi hội", href.Branches, read)
	r.Get(href.Branches, read, p.list)
	r.Get(href.BranchAdd, write, p.addForm)
	r.Post(href.BranchAdd, write, p.add)
	r.Get(href.Branches+"/{id}", read, p.show)
	r.Post(href.Branches+"/{id}", write, p.rename)
	r.Post(href.Branches+"/{id}/so-lieu", kit.May(authz.WriteRoster), p.count)
	r.Get(href.Branches+"/{id}/ket-thuc", write, p.closeForm)
	r.Post(href.Branches+"/{id}/ket-thuc", write, p.close)
}
