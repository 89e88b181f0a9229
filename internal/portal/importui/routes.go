// Package importui brings roster files in: choose a file, match its columns, look through the plan row by row, write it, and
// take it back within seven days. Nothing of the roster changes before the last step.
package importui

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

// maxMB is the size of a roster file; 100,000 people take about 8.
const maxMB = 10

// Mount declares the routes.
func Mount(k *kit.Kit, r *kit.Router) {
	keys, err := member.NewKeys(k.Secret)
	if err != nil {
		panic(err) // the secret has 32 bytes by kit's own rule; app refuses to start without
	}
	p := pages{k, keys}
	need := kit.May(authz.ImportRoster)
	r.Get(href.MemberImport, need, p.choose)
	r.Steps(http.MethodPost, href.MemberImport, need, p.upload, kit.Upload(maxMB))
	one := href.MemberImport + "/{id}"
	r.Get(one, need, p.show)
	r.Get(one+"/cot", need, p.columns)
	r.Steps(http.MethodPost, one+"/cot", need, p.saveColumns)
	r.Post(one+"/chon", need, p.decide)
	r.Get(one+"/dong/{n}", need, p.rowForm)
	r.Post(one+"/dong/{n}", need, p.saveRow)
	r.Steps(http.MethodGet, one+"/dong-can-xem.xlsx", need, p.download)
	r.Steps(http.MethodPost, one+"/lap-lai", need, p.replan)
	r.Get(one+"/ghi", need, p.confirm)
	r.Steps(http.MethodPost, one+"/ghi", need, once(p.apply))
	r.Post(one+"/bo", need, p.drop)
	r.Post(one+"/giu-lai", need, p.keep)
	r.Get(one+"/hoan-tac", need, p.undoForm)
	r.Steps(http.MethodPost, one+"/hoan-tac", need, once(p.undo))
}

// once is a write of one transaction that may take longer than a page: thousands of rows.
func once(h kit.Handler) func(*http.Request, *kit.Steps) (kit.Reply, error) {
	return func(_ *http.Request, s *kit.Steps) (kit.Reply, error) { return s.Once(h) }
}
