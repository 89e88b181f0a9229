package kit

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/fault"
)

// Begin is the outermost middleware: it names the request, finds the ward, recovers from panics and writes the one access
// line. Queries are left out of the line: people search for people.
func (k *Kit) Begin(next http.Handler) http.Handler {
	trusted := prefixes(k.Trusted)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		s := &state{id: requestID(), address: clientAddress(r, trusted)}
		ctx := audit.WithRequestID(context.WithValue(r.Context(), stateKey{}, s), s.id)
		r = r.WithContext(ctx)
		w.Header().Set("X-Request-Id", s.id)
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				k.Log.Error("panic", slog.String("request", s.id), slog.String("route", s.route), slog.String("error", fmt.Sprint(p)), slog.String("stack", string(debug.Stack())))
				k.lastResort(w, s)
			}
			k.logAccess(r, s, start)
		}()
		k.withWard(w, r, s, next)
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
	next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), factsKey{}, facts)))
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
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	isProxy := func(s string) bool {
		a, err := netip.ParseAddr(s)
		if err != nil {
			return false
		}
		for _, p := range trusted {
			if p.Contains(a.Unmap()) {
				return true
			}
		}
		return false
	}
	if !isProxy(host) {
		return host
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop := strings.TrimSpace(hops[i])
		if a, err := netip.ParseAddr(hop); err == nil && !isProxy(hop) {
			return a.String()
		}
	}
	return host
}
