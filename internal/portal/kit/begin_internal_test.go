package kit

import (
	"net/http"
	"testing"
)

// CVE-2026-29794 and its like: the client's address is not the visitor's to choose. X-Forwarded-For counts from the right, and
// only as far as proxies of ours wrote it.
func TestClientAddressCannotBeForged(t *testing.T) {
	t.Parallel()
	trusted := prefixes([]string{"10.0.0.0/8", "fd00::/8", "nonsense"})
	for _, c := range []struct {
		name, peer string
		forwarded  []string
		want       string
	}{
		{"no proxy", "203.0.113.7:4711", nil, "203.0.113.7"},
		{"a visitor invents", "203.0.113.7:4711", []string{"198.51.100.1"}, "203.0.113.7"},
		{"our proxy tells", "10.0.0.1:4711", []string{"203.0.113.7"}, "203.0.113.7"},
		{"two proxies of ours", "10.0.0.1:4711", []string{"203.0.113.7, 10.2.3.4"}, "203.0.113.7"},
		{"the visitor's invention stands left", "10.0.0.1:4711", []string{"1.1.1.1, 203.0.113.7"}, "203.0.113.7"},
		{"in two headers", "10.0.0.1:4711", []string{"1.1.1.1", "203.0.113.7"}, "203.0.113.7"},
		{"what cannot be read ends the walk", "10.0.0.1:4711", []string{"1.1.1.1, unknown"}, "10.0.0.1"},
		{"with a port", "10.0.0.1:4711", []string{"1.1.1.1, 203.0.113.7:5000"}, "203.0.113.7"},
		{"IPv6", "[fd00::1]:4711", []string{"2001:db8::7"}, "2001:db8::7"},
		{"IPv6 in brackets", "[fd00::1]:4711", []string{"[2001:db8::7]:443"}, "2001:db8::7"},
		{"IPv4 in IPv6", "[::ffff:203.0.113.7]:4711", nil, "203.0.113.7"},
		{"mapped proxy", "[::ffff:10.0.0.1]:4711", []string{"203.0.113.7"}, "203.0.113.7"},
		{"only proxies", "10.0.0.1:4711", []string{"10.0.0.9"}, "10.0.0.1"},
		{"empty", "10.0.0.1:4711", []string{""}, "10.0.0.1"},
		{"a socket", "@", nil, "@"},
	} {
		r := &http.Request{RemoteAddr: c.peer, Header: http.Header{"X-Forwarded-For": c.forwarded}}
		if got := clientAddress(r, trusted); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	r := &http.Request{RemoteAddr: "10.0.0.1:1", Header: http.Header{"X-Forwarded-For": {"203.0.113.7"}}}
	if got := clientAddress(r, nil); got != "10.0.0.1" {
		t.Errorf("without a trusted proxy: %q", got)
	}
}

// ASVS 3.7.2: after the sign-in one lands here, whatever "ve" says (GO-2026-4316).
func TestASVS3_7_2_SafePath(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"/", "/quan-ly", "/quan-ly/hoi-vien?hoi=3&tim=thu%E1%BA%ADn", "/tin-tuc#x"} {
		if got := SafePath(good, "/nha"); got != good {
			t.Errorf("%q became %q", good, got)
		}
	}
	for _, bad := range []string{"", "//xau.example", `/\xau.example`, `\\xau.example`, "https://xau.example", "http:/xau", "javascript:alert(1)", "/\t/xau.example", "/a\r\nSet-Cookie: x=y", "quan-ly", "?x", "/%zz", "/\x00", "data:text/html,x"} {
		if got := SafePath(bad, "/nha"); got != "/nha" {
			t.Errorf("%q leads to %q", bad, got)
		}
	}
}

// Every kind has a page with a title, a sentence and what to do now.
func TestEveryKindHasWords(t *testing.T) {
	t.Parallel()
	seen := map[int]bool{}
	for kind, text := range words {
		if text.title == "" || text.sentence == "" || text.advice == "" {
			t.Errorf("%s lacks words", kind)
		}
		seen[statusOf(kind)] = true
	}
	for _, status := range []int{400, 401, 403, 404, 409, 413, 422, 429, 500, 503} {
		if !seen[status] {
			t.Errorf("no page for %d", status)
		}
	}
}
