// Package longevityui holds the longevity list (mừng thọ) of an association of elders: who is honoured in a year, on screen, on
// paper with a column to sign, and as a workbook. It shows no gifts and no amounts.
package longevityui

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
	r.Get(href.Longevity, kit.May(authz.ReadRoster), p.list)
	r.Steps(http.MethodGet, href.LongevityExport, kit.May(authz.ExportRoster), p.export)
}
