// Package auditui is the page of the audit log: who did what and when, without a personal value.
package auditui

import (
	"net/http"
	"strconv"
	"strings"

	"wardportal/internal/account"
	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

type pages struct{ kit *kit.Kit }

// Mount declares the route.
func Mount(k *kit.Kit, r *kit.Router) {
	p := pages{k}
	k.Menu("Nhật ký hệ thống", href.AuditLog, kit.May(authz.ReadAudit))
	r.Get(href.AuditLog, kit.May(authz.ReadAudit), p.list)
}

const pageSize = 50

type lineView struct {
	ISO, When, Who, Act, Where, More string
}

type listView struct {
	Lines []lineView
	Pager ui.PagerLinks
}

func (p pages) list(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	before := kit.QueryID[int64](r, "sau")
	rows, err := audit.List(r.Context(), tx, before, pageSize+1)
	if err != nil {
		return kit.Reply{}, err
	}
	v := listView{}
	if before > 0 {
		v.Pager.FirstURL = href.AuditLog
	}
	if len(rows) > pageSize {
		rows = rows[:pageSize]
		v.Pager.NextURL = href.With(href.AuditLog, "sau", strconv.FormatInt(rows[pageSize-1].ID, 10))
		v.Pager.NextLabel = "Xem 50 dòng trước đó"
	}
	ids := make([]int64, 0, len(rows))
	for _, row := range rows {
		if row.AccountID != nil {
			ids = append(ids, *row.AccountID)
		}
	}
	names, err := account.Names(r.Context(), tx, ids)
	if err != nil {
		return kit.Reply{}, err
	}
	facts := p.kit.FactsOf(r.Context())
	for _, row := range rows {
		v.Lines = append(v.Lines, line(row, names, facts))
	}
	return kit.Work(kit.WorkPage{Title: "Nhật ký hệ thống", Active: href.AuditLog, Trail: []string{p.kit.Office(r), "Nhật ký hệ thống"}}, listBody(v)), nil
}

func line(row audit.Row, names map[int64]string, facts kit.Facts) lineView {
	v := lineView{ISO: row.At.Format("2006-01-02T15:04:05Z07:00"), When: vi.ShortDateTime(row.At), Who: "Hệ thống", Act: words(row.Action)}
	switch {
	case row.AccountID != nil && names[*row.AccountID] != "":
		v.Who = names[*row.AccountID]
	case row.AccountID != nil:
		v.Who = "Tài khoản đã gỡ"
	case row.Actor != "":
		v.Who = "Hệ thống: " + row.Actor
	}
	if row.AssociationID != nil {
		if a, ok := facts.Association(authz.AssociationID(*row.AssociationID)); ok {
			v.Where = a.Name
		}
	}
	var more []string
	if row.OnBehalf {
		more = append(more, "nhập thay")
	}
	if row.ObjectID != nil {
		more = append(more, "mã "+strconv.FormatInt(*row.ObjectID, 10))
	}
	if fields := fieldList(row.Fields); fields != "" {
		more = append(more, fields)
	}
	if row.Reason != "" {
		more = append(more, "lý do: "+row.Reason)
	}
	v.More = strings.Join(more, "; ")
	return v
}

func fieldList(fields []string) string {
	var known []string
	for _, f := range fields {
		if w, ok := fieldWords[f]; ok {
			known = append(known, w)
		}
	}
	return strings.Join(known, ", ")
}
