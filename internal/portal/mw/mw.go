package mw

import (
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"wardportal/internal/account"
	"wardportal/internal/fault"
	"wardportal/internal/portal/kit"
)

// csp allows what the portal itself serves and nothing else; there is no inline style and no inline script anywhere.
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"

// Headers sets what every answer carries.
func Headers(secure bool) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			h.Set("Content-Security-Policy", csp)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("X-Frame-Options", "DENY")
			h.Set("Referrer-Policy", "same-origin")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Cross-Origin-Resource-Policy", "same-origin")
			h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
			if secure {
				h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
			}
			next.ServeHTTP(w, r)
		})
	}
}

// CrossOrigin refuses posts that come from another site; there are no tokens in forms.
func CrossOrigin(k *kit.Kit) func(http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		k.Fail(w, r, fault.New(fault.Forbidden, "Yêu cầu này đến từ một trang khác nên không được thực hiện."))
	}))
	return guard.Handler
}

// defaultRate leaves room for an office whose people share one address.
const defaultRate = 50

// Throttle bounds how fast one address may ask: k.Rate requests a second on average, six times as many at once.
func Throttle(k *kit.Kit) func(http.Handler) http.Handler {
	perSecond := k.Rate
	if perSecond == 0 {
		perSecond = defaultRate
	}
	t := &throttle{limit: rate.Limit(perSecond), burst: max(1, int(6*perSecond)), by: map[string]*visitor{}}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !t.allow(account.Network(kit.AddressOf(r.Context())), time.Now()) {
				k.Fail(w, r, fault.New(fault.TooMany, "Ông/bà đã gửi quá nhiều lần trong thời gian ngắn. Xin đợi một lát rồi thử lại."))
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

type visitor struct {
	bucket *rate.Limiter
	seen   time.Time
}

type throttle struct {
	mu    sync.Mutex
	limit rate.Limit
	burst int
	by    map[string]*visitor
}

// maxVisitors bounds the memory of the throttle; the oldest half goes when it is full.
const maxVisitors = 20_000

func (t *throttle) allow(address string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	v, ok := t.by[address]
	if !ok {
		if len(t.by) >= maxVisitors {
			t.forget(now.Add(-time.Minute))
		}
		v = &visitor{bucket: rate.NewLimiter(t.limit, t.burst)}
		t.by[address] = v
	}
	v.seen = now
	return v.bucket.AllowN(now, 1)
}

func (t *throttle) forget(before time.Time) {
	for address, v := range t.by {
		if v.seen.Before(before) {
			delete(t.by, address)
		}
	}
	if len(t.by) >= maxVisitors { // everybody came within the last minute: a flood
		clear(t.by)
	}
}
