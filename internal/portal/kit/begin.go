package kit

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/fault"
)

// Begin is the outermost middleware: it names the request, recovers from panics and writes the one access line. Queries are
// left out of the line: people search for people.
func (k *Kit) Begin(next http.Handler) http.Handler {
	trusted := prefixes(k.Trusted)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		s := &state{id: requestID(), address: clientAddress(r, trusted)}
		ctx := audit.WithRequestID(context.WithValue(r.Context(), stateKey{}, s), s.id)
		r = r.WithContext(ctx)
		w.Header().Set("X-Request-Id", s.id)
		out := &recorder{ResponseWriter: w, s: s}
		defer func() {
			p := recover()
			if err, _ := p.(error); p != nil && !errors.Is(err, http.ErrAbortHandler) {
				k.Log.Error("panic", slog.String("request", s.id), slog.String("route", s.route), slog.String("error", fmt.Sprint(p)), slog.String("stack", string(debug.Stack())))
				if !out.begun {
					k.afterPanic(out, r, s)
					p = nil
				}
			}
			k.logAccess(r, s, start)
			if p != nil {
				panic(http.ErrAbortHandler) // half an answer must not look like a whole one: the connection breaks off
			}
		}()
		next.ServeHTTP(out, r)
	})
}

// afterPanic draws the error page; where that fails as well, the plainest page there is.
func (k *Kit) afterPanic(w http.ResponseWriter, r *http.Request, s *state) {
	defer func() {
		if recover() != nil {
			k.lastResort(w, s)
		}
	}()
	k.errorPage(w, r, fault.Internal, nil)
}

// recorder notes what an answer was, and whether it has begun.
type recorder struct {
	http.ResponseWriter
	s     *state
	begun bool
}

func (w *recorder) WriteHeader(status int) {
	if !w.begun && status >= 200 {
		w.begun = true
		if w.s.status == 0 {
			w.s.status = status
		}
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(p []byte) (int, error) {
	if !w.begun {
		w.WriteHeader(http.StatusOK)
	}
	n, err := w.ResponseWriter.Write(p)
	w.s.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach deadlines.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Ward finds the ward that the host name means. It stands behind the throttle: host names are the visitor's to invent, and
// each new one costs a query.
func (k *Kit) Ward(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		k.withWard(w, r, stateOf(r.Context()), next)
	})
}

func (k *Kit) withWard(w http.ResponseWriter, r *http.Request, s *state, next http.Handler) {
	if strings.HasPrefix(r.URL.Path, "/tinh/") || r.URL.Path == "/healthz" || r.URL.Path == "/readyz" {
		next.ServeHTTP(w, r)
		return
	}
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	facts, err := k.wardFor(r.Context(), strings.ToLower(host))
	if err != nil {
		if fault.Is(err, fault.NotFound) {
			err = fault.New(fault.NotFound, "Chưa có phường nào dùng địa chỉ này.")
		}
		k.fail(w, r, err)
		return
	}
	s.ward = facts.Ward.ID
	s.who = authz.Public(facts.Ward.ID)
	s.facts = facts
	next.ServeHTTP(w, r)
}

func (k *Kit) logAccess(r *http.Request, s *state, start time.Time) {
	path := s.route
	if path == "" {
		path = "(" + r.Method + " unmatched)"
	}
	k.Log.LogAttrs(r.Context(), slog.LevelInfo, "request",
		slog.String("request", s.id), slog.String("method", r.Method), slog.String("route", path), slog.Int("status", s.status),
		slog.Int("bytes", s.bytes), slog.Float64("ms", float64(time.Since(start).Microseconds())/1000), slog.Int("trips", s.trips),
		slog.Int64("user", int64(s.who.User)), slog.Int64("ward", int64(s.ward)))
}

// requestID is short enough to read out on the phone, without letters that look alike.
func requestID() string {
	const letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	var raw [8]byte
	_, _ = rand.Read(raw[:]) // never fails on the platforms Go supports
	for i, b := range raw {
		raw[i] = letters[b%32]
	}
	return string(raw[:4]) + "-" + string(raw[4:])
}

func prefixes(list []string) []netip.Prefix {
	var out []netip.Prefix
	for _, s := range list {
		if p, err := netip.ParsePrefix(s); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// clientAddress believes X-Forwarded-For only from a trusted proxy, and then only its last entry that is not one itself.
func clientAddress(r *http.Request, trusted []netip.Prefix) string {
	peer, ok := parseHop(r.RemoteAddr)
	if !ok {
		return r.RemoteAddr
	}
	isProxy := func(a netip.Addr) bool {
		return slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(a) })
	}
	if !isProxy(peer) {
		return peer.String()
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		a, ok := parseHop(strings.TrimSpace(hop))
		if !ok {
			break // what stands further left is the visitor's own invention
		}
		if !isProxy(a) {
			return a.String()
		}
	}
	return peer.String()
}

// parseHop reads an address with or without a port.
func parseHop(s string) (netip.Addr, bool) {
	if a, err := netip.ParseAddr(strings.Trim(s, "[]")); err == nil {
		return a.Unmap().WithZone(""), true
	}
	a, err := netip.ParseAddrPort(s)
	return a.Addr().Unmap().WithZone(""), err == nil
}
