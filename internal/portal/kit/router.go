package kit

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"wardportal/internal/authz"
)

// Need is the permission that a route line declares: the first of the three fences.
type Need struct {
	public bool
	action authz.Action
}

// Anyone may use the route; no session is looked up.
var Anyone = Need{public: true}

// May lets in those who may do the action somewhere; the domain asks again about the very object.
func May(action authz.Action) Need { return Need{action: action} }

// String names the need for the role matrix.
func (n Need) String() string {
	if n.public {
		return "anyone"
	}
	return string(n.action)
}

// Allows tells whether who passes the route fence.
func (n Need) Allows(who authz.Who) bool { return n.public || who.May(n.action) }

// Route is one declared route; a test holds the list against what chi serves.
type Route struct {
	Method, Pattern string
	Need            Need
}

// Routes lists every declared route.
func (k *Kit) Routes() []Route { return k.routes }

// MenuEntry is an entry of the workplace's side menu; pages that are mounted add theirs.
type MenuEntry struct {
	Label string
	URL   string
	Need  Need
}

// Menu adds an entry to the side menu, in the order of the calls.
func (k *Kit) Menu(label, path string, need Need) {
	k.menu = append(k.menu, MenuEntry{Label: label, URL: path, Need: need})
}

// Router declares routes. Every route names its need; there is no other way to add one.
type Router struct {
	chi chi.Router
	kit *Kit
}

// Router wraps a chi router.
func (k *Kit) Router(r chi.Router) *Router { return &Router{chi: r, kit: k} }

// Option changes the limits of one route.
type Option func(*limits)

type limits struct {
	body     int64 // bytes of an ordinary form
	upload   bool  // multipart, files spooled to disk
	uploadMB int64
	secret   bool // passwords: never parked
}

// Upload lets the route take files of together at most mb megabytes.
func Upload(mb int64) Option { return func(l *limits) { l.upload, l.uploadMB = true, mb } }

// Secret marks a form with passwords: when the session has expired it is not parked.
func Secret() Option { return func(l *limits) { l.secret = true } }

// Form raises the limit of an ordinary form to kb kilobytes; 1 MiB is the default.
func Form(kb int64) Option { return func(l *limits) { l.body = kb << 10 } }

// Get serves a page in a read-only snapshot.
func (rt *Router) Get(pattern string, need Need, h Handler) {
	next := rt.kit.readHandler(h)
	if need.public {
		next = rt.kit.shelfHandler(next)
	}
	rt.add(http.MethodGet, pattern, need, next, nil)
}

// Post does something in one write transaction.
func (rt *Router) Post(pattern string, need Need, h Handler, opts ...Option) {
	rt.add(http.MethodPost, pattern, need, rt.kit.writeHandler(h), opts)
}

// Steps is for slow work between several short transactions: sign-in, uploads. The handler opens them on s.
func (rt *Router) Steps(method, pattern string, need Need, h func(r *http.Request, s *Steps) (Reply, error), opts ...Option) {
	rt.add(method, pattern, need, rt.kit.stepsHandler(h), opts)
}

// Export reads in a snapshot, notes the export in a write of its own, and then sends the first byte.
func (rt *Router) Export(pattern string, need Need, read Handler, note func(r *http.Request) ExportNote) {
	rt.add(http.MethodGet, pattern, need, rt.kit.exportHandler(read, note), nil)
}

// Static serves what needs no data and no session.
func (rt *Router) Static(method, pattern string, h http.Handler) {
	rt.kit.routes = append(rt.kit.routes, Route{Method: method, Pattern: pattern, Need: Anyone})
	rt.chi.Method(method, pattern, h)
}

func (rt *Router) add(method, pattern string, need Need, h http.Handler, opts []Option) {
	l := limits{body: 1 << 20}
	for _, o := range opts {
		o(&l)
	}
	rt.kit.routes = append(rt.kit.routes, Route{Method: method, Pattern: pattern, Need: need})
	rt.chi.Method(method, pattern, rt.kit.admit(need, l, pattern, h))
}
