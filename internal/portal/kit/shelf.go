package kit

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// The shelf keeps finished pages of the public site for some seconds, compressed once: everybody who opens the same link
// from a chat gets the same bytes. Nothing of a person is on it: public pages are made without a session, and the reader
// switches are part of the key. Any write of this program empties it at once, so that a withdrawn article is gone; what
// another instance wrote shows after Config.KeepPages at the latest (docs/decisions/014).
type shelf struct {
	mu    sync.RWMutex
	epoch atomic.Uint64 // raised by every write
	pages map[string]*shelved
	bytes int
}

// shelved is one finished page.
type shelved struct {
	epoch    uint64
	until    time.Time
	etag     string
	plain    []byte
	br, gzip []byte
	served   func(*http.Request)
}

const (
	maxShelved      = 2_000
	maxShelvedBytes = 64 << 20
)

// touch makes every page on the shelf stale.
func (s *shelf) touch() { s.epoch.Add(1) }

func (s *shelf) find(key string, now time.Time) *shelved {
	s.mu.RLock()
	p := s.pages[key]
	s.mu.RUnlock()
	if p == nil || p.epoch != s.epoch.Load() || now.After(p.until) {
		return nil
	}
	return p
}

func (s *shelf) put(key string, p *shelved) {
	size := len(p.plain) + len(p.br) + len(p.gzip)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pages == nil || len(s.pages) >= maxShelved || s.bytes+size > maxShelvedBytes {
		s.pages, s.bytes = map[string]*shelved{}, 0
	}
	if old := s.pages[key]; old != nil {
		s.bytes -= len(old.plain) + len(old.br) + len(old.gzip)
	}
	s.pages[key] = p
	s.bytes += size
}

// shelfKey names a page that may be kept, or is "" for one that may not: with a message to show, or a query that anybody
// can make up.
func (k *Kit) shelfKey(r *http.Request) string {
	if k.KeepPages == 0 || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return ""
	}
	if _, err := r.Cookie(flashCookie); err == nil {
		return ""
	}
	if q := r.URL.RawQuery; q != "" && (len(q) > 80 || strings.Contains(q, "&") || !strings.HasPrefix(q, "chuyen-muc=") && !strings.HasPrefix(q, "sau=")) {
		return ""
	}
	look := reader(r)
	return fmt.Sprintf("%d|%s|%d%t%t", stateOf(r.Context()).ward, r.URL.RequestURI(), look.Size, look.Contrast, k.Token(r) != "")
}

// shelfHandler shows a kept page, or lets next make one that may be kept.
func (k *Kit) shelfHandler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := k.shelfKey(r)
		if k.fromShelf(w, r, key) {
			return
		}
		s := stateOf(r.Context())
		s.shelfKey, s.epoch = key, k.shelf.epoch.Load()
		next.ServeHTTP(w, r)
	})
}

// fromShelf answers with a kept page and tells whether there was one.
func (k *Kit) fromShelf(w http.ResponseWriter, r *http.Request, key string) bool {
	if key == "" {
		return false
	}
	p := k.shelf.find(key, time.Now())
	if p == nil {
		return false
	}
	if p.served != nil {
		p.served(r)
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-cache")
	header.Add("Vary", "Accept-Encoding")
	header.Set("ETag", p.etag)
	if strings.Contains(r.Header.Get("If-None-Match"), p.etag) {
		header.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	body := p.plain
	switch accept := r.Header.Get("Accept-Encoding"); {
	case accepts(accept, "br"):
		body = p.br
		header.Set("Content-Encoding", "br")
	case accepts(accept, "gzip"):
		body = p.gzip
		header.Set("Content-Encoding", "gzip")
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader may have left
	}
	return true
}

// keep puts a page on the shelf. epoch is what it was before the page's snapshot was taken: a write since then means that the
// page is stale already.
func (k *Kit) keep(key string, epoch uint64, body []byte, etag string, served func(*http.Request)) {
	if key == "" || epoch != k.shelf.epoch.Load() || len(body) < minCompressed {
		return
	}
	p := &shelved{epoch: epoch, until: time.Now().Add(k.KeepPages), etag: etag, served: served, plain: bytes.Clone(body)}
	var out bytes.Buffer
	if compress(&out, "br", body) == "br" {
		p.br = bytes.Clone(out.Bytes())
	}
	out.Reset()
	if compress(&out, "gzip", body) == "gzip" {
		p.gzip = bytes.Clone(out.Bytes())
	}
	if p.br != nil && p.gzip != nil {
		k.shelf.put(key, p)
	}
}
