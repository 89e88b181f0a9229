// Package homeui is the first page of the workplace: what waits for you.
package homeui

import (
	"net/http"
	"strings"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
)

type pages struct{ kit *kit.Kit }

// Mount declares the route of the workplace's first page.
func Mount(k *kit.Kit, r *kit.Router) {
	p := pages{k}
	k.Menu("Việc cần làm", href.Work, kit.May(authz.UseWorkplace))
	r.Get(href.Work, kit.May(authz.UseWorkplace), p.home)
}

func (p pages) home(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	live := kit.LiveOf(r.Context())
	v := homeView{Greeting: greeting(live.Title, tx.Who().Name), Today: vi.Weekday(tx.Now()) + ", " + vi.LongDate(tx.Now())}
	return kit.Work(kit.WorkPage{Title: "Việc cần làm", Active: href.Work}, homeBody(v)), nil
}

// greeting speaks to the person as one does in an office: "Chào ông Thuận".
func greeting(title, name string) string {
	given := vi.SplitName(name).Given
	if title == "" || given == "" {
		return "Chào " + name
	}
	return "Chào " + strings.ToLower(title) + " " + given
}
