// Package kit joins HTTP and the domains: it opens one transaction per request, turns faults into pages, keeps forms from
// being lost or doubled, and draws the shell around each page. Page packages write handlers of the shape
// (r, tx) (Reply, error) and know nothing of commits, cookies or statuses.
package kit

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"wardportal/internal/account"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/web/ui"
)

// Handler does one thing in one transaction. It must not keep tx.
type Handler func(r *http.Request, tx *db.Tx) (Reply, error)

// Config is what kit needs from the program.
type Config struct {
	Pool    *db.Pool
	Log     *slog.Logger
	Secret  []byte   // 32 bytes; signs flash cookies and keys the throttle
	BaseURL *url.URL // as residents reach the portal; makes absolute addresses
	Rate    float64  // requests per second and address; 0 = 50
	// KeepPages is how long a finished public page may be shown again; 0 makes each anew.
	KeepPages time.Duration
	Trusted   []string // CIDR prefixes of proxies whose X-Forwarded-For is believed
}

// Kit is shared by all page packages.
type Kit struct {
	Config
	wards  wardCache
	shelf  shelf
	seenMu sync.Mutex
	seen   map[int64]time.Time
	routes []Route
	menu   []MenuEntry

	publicEntries         []ui.Link
	helpLinks, aboutLinks []ui.Link
}

// New makes a kit.
func New(c Config) *Kit {
	return &Kit{Config: c, seen: map[int64]time.Time{}, wards: wardCache{byHost: map[string]cachedWard{}}}
}

// Secure tells whether residents reach the portal by https: cookies are then Secure.
func (k *Kit) Secure() bool { return k.BaseURL.Scheme == "https" }

// Absolute makes an absolute address of a path.
func (k *Kit) Absolute(path string) string { return k.BaseURL.Scheme + "://" + k.BaseURL.Host + path }

// read and write run a unit of work as the request's principal.
func (k *Kit) read(ctx context.Context, fn func(context.Context, *db.Tx) error) error {
	return k.Pool.Read(ctx, WhoOf(ctx), fn)
}

func (k *Kit) write(ctx context.Context, fn func(context.Context, *db.Tx) error) error {
	defer k.shelf.touch()
	return k.Pool.Write(ctx, WhoOf(ctx), fn)
}

// Touch tells kit that something public was written past it: a job's flush.
func (k *Kit) Touch() { k.shelf.touch() }

// TakeSeen gives the sessions used since the last call; app flushes them in batches, so that no read request writes.
func (k *Kit) TakeSeen() []account.Seen {
	k.seenMu.Lock()
	defer k.seenMu.Unlock()
	batch := make([]account.Seen, 0, len(k.seen))
	for id, at := range k.seen {
		batch = append(batch, account.Seen{Session: id, At: at})
	}
	clear(k.seen)
	return batch
}

func (k *Kit) noteSeen(id int64, at time.Time) {
	k.seenMu.Lock()
	k.seen[id] = at
	k.seenMu.Unlock()
}

// state is what a request carries besides its context's deadline.
type state struct {
	id      string // request id
	ward    authz.WardID
	who     authz.Who
	live    account.Live
	address string
	trips   int
	status  int // 0 until the answer has begun
	bytes   int
	route   string
	private bool // the route asks for a session: nothing of it is kept by caches
	facts   Facts

	shelfKey string // "" = not to be kept
	epoch    uint64 // of the shelf, before the page's snapshot
}

type stateKey struct{}

func stateOf(ctx context.Context) *state {
	s, ok := ctx.Value(stateKey{}).(*state)
	if !ok {
		return &state{}
	}
	return s
}

// WhoOf is the principal of a request.
func WhoOf(ctx context.Context) authz.Who { return stateOf(ctx).who }

// AddressOf is the client's network address, for throttles and the audit.
func AddressOf(ctx context.Context) string { return stateOf(ctx).address }

// LiveOf is the session of a request; the zero value when nobody is signed in.
func LiveOf(ctx context.Context) account.Live { return stateOf(ctx).live }
