// Package portal is everything that speaks HTTP, put together: middleware on the outside, then every page package's routes.
package portal

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"wardportal/internal/fault"
	"wardportal/internal/news"
	"wardportal/internal/portal/accountui"
	"wardportal/internal/portal/activityui"
	"wardportal/internal/portal/associationui"
	"wardportal/internal/portal/auditui"
	"wardportal/internal/portal/feedbackui"
	"wardportal/internal/portal/homeui"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/importui"
	"wardportal/internal/portal/kit"
	"wardportal/internal/portal/longevityui"
	"wardportal/internal/portal/memberui"
	"wardportal/internal/portal/mw"
	"wardportal/internal/portal/newsui"
	"wardportal/internal/portal/officerui"
	"wardportal/internal/portal/publicui"
	"wardportal/internal/portal/reportui"
	"wardportal/web"
)

// Site is the whole portal as one handler.
type Site struct {
	http.Handler
	Mux   *chi.Mux    // for the test that walks every route
	Views *news.Views // readings of articles; app flushes them
}

// New mounts every page.
func New(k *kit.Kit) *Site {
	mux := chi.NewRouter()
	mux.Use(mw.Headers(k.Secure()), k.Begin, mw.Throttle(k), k.Ward, mw.CrossOrigin(k), middleware.GetHead)
	mux.NotFound(func(w http.ResponseWriter, r *http.Request) { k.Fail(w, r, fault.Missing()) })
	mux.MethodNotAllowed(func(w http.ResponseWriter, r *http.Request) { k.Fail(w, r, fault.Missing()) })
	r := k.Router(mux)
	r.Static(http.MethodGet, web.Prefix+"*", web.Handler())
	r.Static(http.MethodGet, href.Health, http.HandlerFunc(alive))
	r.Static(http.MethodGet, href.Ready, http.HandlerFunc(k.Ready))
	r.Static(http.MethodPost, href.ReaderSwitch, http.HandlerFunc(k.SwitchReader))
	views := news.NewViews(k.Pool.Now)
	publicui.Mount(k, r, views)
	// The order of the side menu is the order of these lines.
	homeui.Mount(k, r)
	memberui.Mount(k, r)
	longevityui.Mount(k, r)
	importui.Mount(k, r)
	associationui.Mount(k, r)
	officerui.Mount(k, r)
	activityui.Mount(k, r)
	reportui.Mount(k, r)
	newsui.Mount(k, r)
	feedbackui.Mount(k, r)
	auditui.Mount(k, r)
	accountui.Mount(k, r)
	return &Site{Handler: mux, Mux: mux, Views: views}
}

func alive(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte("ok\n"))
}
