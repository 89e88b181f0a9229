package kit

import (
	"context"
	"io"
	"net/http"

	"wardportal/web/ui"
)

// View draws itself; every templ component is one.
type View interface {
	Render(ctx context.Context, w io.Writer) error
}

// Reply is what a handler answers: a page, a redirect, a file or a fragment. The adapter commits, renders into a buffer
// and only then writes, so no answer precedes its commit and no page is half.
type Reply struct {
	status   int
	public   *PublicPage
	work     *WorkPage
	body     View
	redirect string
	file     *file
	flash    *ui.Flash
	undo     *ui.Undo
	header   http.Header
	served   func(*http.Request)
}

type file struct {
	name, kind string
	inline     bool
	write      func(ctx context.Context, w io.Writer) error
}

// PublicPage says what a page for residents is called and how it is shared.
type PublicPage struct {
	Title       string
	Active      string // address of the entry of the main menu that the page belongs to
	Description string
	Path        string // canonical path; empty = none
	Image       string // path of a picture for link previews
	ImageAlt    string
	Article     bool
	Published   string // RFC 3339
	NoIndex     bool
	Script      bool
	Failed      bool // a form came back with errors
}

// WorkPage says what a page of the workplace is called and where one is.
type WorkPage struct {
	Title  string
	Active string   // address of the entry of the side menu
	Trail  []string // the sticky line: "Hội Người cao tuổi", "Chi hội 3", "Hội viên"
	Status ui.Status
	Failed bool
	Undo   *ui.Undo
}

// Public answers with a page for residents.
func Public(p PublicPage, body View) Reply {
	return Reply{status: http.StatusOK, public: &p, body: body}
}

// Work answers with a page of the workplace.
func Work(p WorkPage, body View) Reply { return Reply{status: http.StatusOK, work: &p, body: body} }

// Fragment answers with a piece of HTML, for scripts.
func Fragment(body View) Reply { return Reply{status: http.StatusOK, body: body} }

// Redirect answers 303 See Other: the way on after a post.
func Redirect(to string) Reply { return Reply{status: http.StatusSeeOther, redirect: to} }

// Moved answers 301: an old address that has a new one.
func Moved(to string) Reply { return Reply{status: http.StatusMovedPermanently, redirect: to} }

// Done answers 204: an autosave that went well.
func Done() Reply { return Reply{status: http.StatusNoContent} }

// Download answers with a file to keep. write runs after the commit and must not touch the transaction.
func Download(name, kind string, write func(ctx context.Context, w io.Writer) error) Reply {
	return Reply{status: http.StatusOK, file: &file{name: name, kind: kind, write: write}}
}

// Inline answers with bytes that the browser shows itself: a picture, a feed, a robots.txt.
func Inline(kind string, write func(ctx context.Context, w io.Writer) error) Reply {
	return Reply{status: http.StatusOK, file: &file{kind: kind, inline: true, write: write}}
}

// Flash adds the message that the next page shows.
func (r Reply) Flash(tone ui.Tone, text string) Reply {
	r.flash = &ui.Flash{Tone: tone, Text: text}
	return r
}

// Undo adds the bar that lets the act be taken back on the next page.
func (r Reply) Undo(u ui.Undo) Reply {
	r.undo = &u
	return r
}

// Status changes the status of a page: 422 for a form that comes back.
func (r Reply) Status(code int) Reply {
	r.status = code
	return r
}

// Served names what happens each time a public page is shown, also when it comes finished from the shelf: counting a reading.
func (r Reply) Served(fn func(*http.Request)) Reply {
	r.served = fn
	return r
}

// Header adds a header to the answer.
func (r Reply) Header(name, value string) Reply {
	if r.header == nil {
		r.header = http.Header{}
	}
	r.header.Set(name, value)
	return r
}

// Redo is how a write that was refused shows its form again: the transaction is rolled back, and show builds the page in
// a fresh read-only one, with the status of err (422, 409).
func Redo(err error, show Handler) (Reply, error) { return Reply{}, &redo{err: err, show: show} }

type redo struct {
	err  error
	show Handler
}

func (r *redo) Error() string { return "again: " + r.err.Error() }
func (r *redo) Unwrap() error { return r.err }
