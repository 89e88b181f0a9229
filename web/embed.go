// Package web carries the built stylesheet, script and pictures inside the binary and serves them.
//
// build.mjs writes web/dist: every file under a name that contains the hash of its content, beside it
// the same bytes compressed with brotli and gzip, and manifest.json that maps plain names to hashed ones.
// A fresh clone compiles before the first build (dist holds only .keep); Built then says what to do.
package web

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// Prefix is where Handler is mounted.
const Prefix = "/tinh/"

//go:embed all:dist
var dist embed.FS

//go:embed assets/drawings/*.svg
var drawings embed.FS

var built = sync.OnceValues(func() (*store, error) {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, err
	}
	return load(sub)
})

// Built tells whether the assets were built into this binary; the error says what to run.
func Built() error {
	_, err := built()
	return err
}

// AssetURL is the address of a built file by its plain name: AssetURL("portal.css") is
// "/tinh/portal-<hash>.css". An unknown name keeps its name, and Handler answers it with 404.
func AssetURL(name string) string {
	s, err := built()
	if err != nil {
		return Prefix + name
	}
	return s.url(name)
}

// Handler serves the built files at Prefix: compressed as the browser likes it, to be kept for a year,
// since a changed file has another name.
func Handler() http.Handler {
	s, err := built()
	if err != nil {
		return http.NotFoundHandler()
	}
	return s
}

// Drawing is one of the portal's own pictures as SVG, by its name without ".svg". The demo ward
// rasterises them in place of photos.
func Drawing(name string) ([]byte, error) {
	return drawings.ReadFile("assets/drawings/" + name + ".svg")
}

// file is one asset in the encodings that are worth sending.
type file struct {
	kind, etag      string
	plain, gzip, br []byte
}

// store holds the built files by their hashed names.
type store struct {
	names map[string]string // plain name → hashed name
	files map[string]file
}

// load reads a dist folder: manifest.json and the files it names.
func load(dir fs.FS) (*store, error) {
	raw, err := fs.ReadFile(dir, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("web: the assets are not built into this binary; run make assets and build again")
	}
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	s := &store{files: make(map[string]file)}
	if err := json.Unmarshal(raw, &s.names); err != nil {
		return nil, fmt.Errorf("web: manifest.json: %w", err)
	}
	for name, hashed := range s.names {
		f, err := readFile(dir, hashed)
		if err != nil {
			return nil, fmt.Errorf("web: %s: %w", name, err)
		}
		s.files[hashed] = f
	}
	return s, nil
}

func readFile(dir fs.FS, name string) (file, error) {
	plain, err := fs.ReadFile(dir, name)
	if err != nil {
		return file{}, err
	}
	f := file{
		kind:  mime.TypeByExtension(path.Ext(name)),
		etag:  `"` + strings.TrimSuffix(name, path.Ext(name)) + `"`,
		plain: plain,
	}
	// Pictures that are compressed already have no second form.
	if f.gzip, err = optional(dir, name+".gz"); err != nil {
		return file{}, err
	}
	f.br, err = optional(dir, name+".br")
	return f, err
}

func optional(dir fs.FS, name string) ([]byte, error) {
	b, err := fs.ReadFile(dir, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return b, err
}

func (s *store) url(name string) string {
	if hashed, ok := s.names[name]; ok {
		name = hashed
	}
	return Prefix + name
}

// ServeHTTP answers GET and HEAD for hashed names only; plain names would be kept for a year too.
func (s *store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := s.files[strings.TrimPrefix(r.URL.Path, Prefix)]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	body, encoding := f.choose(r.Header.Get("Accept-Encoding"))
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	h.Set("ETag", f.tag(encoding))
	if matches(r.Header.Get("If-None-Match"), f.tag(encoding)) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", f.kind)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	if r.Method == http.MethodHead {
		return
	}
	// The reader may have gone away; there is nobody left to tell.
	_, _ = w.Write(body)
}

// choose takes the smallest form the browser accepts.
func (f file) choose(accept string) (body []byte, encoding string) {
	switch {
	case f.br != nil && accepts(accept, "br"):
		return f.br, "br"
	case f.gzip != nil && accepts(accept, "gzip"):
		return f.gzip, "gzip"
	}
	return f.plain, ""
}

// tag is the ETag of one encoding: bytes that differ may not share a strong tag.
func (f file) tag(encoding string) string {
	if encoding == "" {
		return f.etag
	}
	return strings.TrimSuffix(f.etag, `"`) + "-" + encoding + `"`
}

// accepts reads an Accept-Encoding header; "br;q=0" is a refusal.
func accepts(header, encoding string) bool {
	for _, part := range strings.Split(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		q, found := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		if !found {
			return true
		}
		weight, err := strconv.ParseFloat(q, 64)
		return err == nil && weight > 0
	}
	return false
}

// matches reads If-None-Match; weak tags compare like strong ones here (RFC 9110 §13.1.2).
func matches(header, etag string) bool {
	for _, part := range strings.Split(header, ",") {
		part = strings.TrimPrefix(strings.TrimSpace(part), "W/")
		if part == "*" || part == etag {
			return true
		}
	}
	return false
}
