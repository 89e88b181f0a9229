package kit

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"errors"
	"hash/fnv"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/andybalholm/brotli"

	"wardportal/web/ui"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// answer turns what a handler gave into a response; the transaction has ended.
func (k *Kit) answer(w http.ResponseWriter, r *http.Request, reply Reply, err error) {
	if err == nil {
		k.settleParked(w, r)
		err = k.send(w, r, reply)
	}
	if err != nil && !errors.Is(err, errStarted) {
		for name := range reply.header {
			w.Header().Del(name)
		}
		k.fail(w, r, err)
	}
}

// errStarted says that the answer had begun when something failed; no error page can follow.
var errStarted = errors.New("answer already begun")

func (k *Kit) send(w http.ResponseWriter, r *http.Request, reply Reply) error {
	s := stateOf(r.Context())
	for name, values := range reply.header {
		for _, v := range values {
			w.Header().Add(name, v)
		}
	}
	header := w.Header()
	switch {
	case reply.redirect != "":
		k.setFlash(w, reply, k.Pool.Now())
		noStore(w)
		http.Redirect(w, r, reply.redirect, reply.status)
		return nil
	case reply.file != nil:
		return k.sendFile(w, r, s, reply)
	case reply.body == nil:
		noStore(w)
		w.WriteHeader(reply.status)
		return nil
	}
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	defer buffers.Put(buf)
	if err := k.dress(w, r, s, reply).Render(r.Context(), buf); err != nil {
		return err
	}
	header.Set("Content-Type", "text/html; charset=utf-8")
	if reply.public != nil && reply.status == http.StatusOK && !reply.public.Script {
		if header.Get("Cache-Control") == "" {
			header.Set("Cache-Control", "no-cache") // kept by the browser, asked again each time: a withdrawn article is gone at once
		}
	} else {
		noStore(w)
	}
	if s.shelfKey != "" && reply.public != nil && reply.status == http.StatusOK && !reply.public.Script && len(reply.header) == 0 {
		k.keep(s.shelfKey, s.epoch, buf.Bytes(), entityTag(buf.Bytes()), reply.served)
	}
	if reply.served != nil {
		reply.served(r)
	}
	return writeBody(w, r, reply.status, buf.Bytes())
}

// entityTag names a body for If-None-Match.
func entityTag(body []byte) string {
	h := fnv.New64a()
	_, _ = h.Write(body)
	return `W/"` + hex.EncodeToString(h.Sum(nil)) + `"`
}

// dress puts the shell around a page's body.
func (k *Kit) dress(w http.ResponseWriter, r *http.Request, s *state, reply Reply) View {
	switch {
	case reply.public != nil:
		return ui.Public(k.publicShell(w, r, *reply.public), reply.body)
	case reply.work != nil:
		return ui.Work(k.workShell(w, r, s, *reply.work), reply.body)
	default:
		return reply.body
	}
}

func noStore(w http.ResponseWriter) { w.Header().Set("Cache-Control", "no-store") }

// writeBody sends text compressed as the browser likes it, with an entity tag for pages that may be asked again.
func writeBody(w http.ResponseWriter, r *http.Request, status int, body []byte) error {
	header := w.Header()
	header.Add("Vary", "Accept-Encoding")
	if status == http.StatusOK && header.Get("Cache-Control") != "no-store" {
		tag := entityTag(body)
		header.Set("ETag", tag)
		if strings.Contains(r.Header.Get("If-None-Match"), tag) {
			header.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	out := buffers.Get().(*bytes.Buffer)
	out.Reset()
	defer buffers.Put(out)
	if encoding := compress(out, r.Header.Get("Accept-Encoding"), body); encoding != "" {
		header.Set("Content-Encoding", encoding)
		body = out.Bytes()
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return nil
	}
	if _, err := w.Write(body); err != nil {
		return errStarted
	}
	return nil
}

var (
	brotliWriters = sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, 4) }}
	gzipWriters   = sync.Pool{New: func() any { z, _ := gzip.NewWriterLevel(nil, 5); return z }}
)

// minCompressed is the size below which compressing costs more than it saves.
const minCompressed = 600

// compress writes body into out in the best encoding the browser accepts and gives its name, or "" for none.
func compress(out *bytes.Buffer, accept string, body []byte) string {
	if len(body) < minCompressed {
		return ""
	}
	switch {
	case accepts(accept, "br"):
		z := brotliWriters.Get().(*brotli.Writer)
		defer brotliWriters.Put(z)
		z.Reset(out)
		if _, err := z.Write(body); err != nil || z.Close() != nil {
			return ""
		}
		return "br"
	case accepts(accept, "gzip"):
		z := gzipWriters.Get().(*gzip.Writer)
		defer gzipWriters.Put(z)
		z.Reset(out)
		if _, err := z.Write(body); err != nil || z.Close() != nil {
			return ""
		}
		return "gzip"
	}
	return ""
}

func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			q, weighted := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
			return !weighted || strings.Trim(q, "0.") != ""
		}
	}
	return false
}

// sendFile writes a file. It is made in memory up to the first write: an error before that still gets its page.
func (k *Kit) sendFile(w http.ResponseWriter, r *http.Request, s *state, reply Reply) error {
	f := reply.file
	header := w.Header()
	header.Set("Content-Type", f.kind)
	if !f.inline {
		header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.name}))
		noStore(w)
	}
	if s.private && header.Get("Cache-Control") == "" {
		header.Set("Cache-Control", "private, no-cache") // a picture of the workplace stays in that one browser, and is asked again
	}
	if etag := header.Get("ETag"); f.inline && etag != "" && strings.Contains(r.Header.Get("If-None-Match"), etag) {
		header.Del("Content-Type")
		header.Del("Content-Length")
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	if f.inline && isText(f.kind) {
		buf := buffers.Get().(*bytes.Buffer)
		buf.Reset()
		defer buffers.Put(buf)
		if err := f.write(r.Context(), buf); err != nil {
			header.Del("Content-Disposition")
			return err
		}
		return writeBody(w, r, reply.status, buf.Bytes())
	}
	// Large exports outlive the ordinary write deadline.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(5 * time.Minute))
	out := &counted{w: w, status: reply.status}
	if err := f.write(r.Context(), out); err != nil {
		if out.n == 0 {
			header.Del("Content-Disposition")
			return err
		}
		k.Log.Error("file broke off", "request", s.id, "error", err.Error())
		panic(http.ErrAbortHandler) // the browser must not take half a file for a whole one
	}
	if out.n == 0 {
		w.WriteHeader(reply.status)
	}
	return nil
}

func isText(kind string) bool {
	return strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, "application/atom+xml") || strings.HasPrefix(kind, "application/xml")
}

type counted struct {
	w      http.ResponseWriter
	status int
	n      int
}

func (c *counted) Write(p []byte) (int, error) {
	if c.n == 0 {
		c.w.WriteHeader(c.status)
	}
	n, err := c.w.Write(p)
	c.n += n
	return n, err
}

var _ io.Writer = (*counted)(nil)
