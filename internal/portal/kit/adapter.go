package kit

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"wardportal/internal/audit"
	"wardportal/internal/db"
	"wardportal/internal/draft"
	"wardportal/internal/fault"
)

// admit is the way in of every declared route: session, permission, then the body under its limit. The transaction is
// opened only after the body has been read, so that a slow sender holds no connection of the database.
func (k *Kit) admit(need Need, l limits, pattern string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := stateOf(r.Context())
		s.route = pattern
		if !need.public {
			if err := k.signIn(r, s); err != nil {
				k.fail(w, r, err)
				return
			}
			s.private = true
			if s.who.SignedIn() && !need.Allows(s.who) {
				k.fail(w, r, fault.Denied()) // before a byte of the body is read
				return
			}
			if !s.who.SignedIn() && l.upload && k.Token(r) == "" {
				k.askSignIn(w, r, l) // a stranger's files are not even taken in
				return
			}
		}
		var readErr error
		var done func()
		if r.Method == http.MethodPost {
			r, done, readErr = readBody(w, r, l)
			defer done()
		}
		switch {
		case readErr != nil:
			k.fail(w, r, readErr)
		case !need.public && !s.who.SignedIn():
			k.askSignIn(w, r, l)
		default:
			if err := checkText(r.URL.Path, r.URL.Query()); err != nil {
				k.fail(w, r, err)
				return
			}
			next.ServeHTTP(w, r)
		}
	})
}

func (k *Kit) readHandler(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reply, err := k.runRead(r, h)
		k.answer(w, r, reply, err)
	})
}

// A page that is not ready within workTime is answered with "busy": nobody waits longer, and a slow database must not pile up
// requests. Steps (uploads, imports) have stepsTime for each of their transactions.
const (
	workTime  = 14 * time.Second
	stepsTime = 2 * time.Minute
)

// bounded gives the request a deadline for its transaction; what is sent after it keeps the request's own time.
func bounded(r *http.Request) (*http.Request, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(r.Context(), workTime)
	return r.WithContext(ctx), cancel
}

func (k *Kit) runRead(r *http.Request, h Handler) (reply Reply, err error) {
	r, cancel := bounded(r)
	defer cancel()
	s := stateOf(r.Context())
	err = k.read(r.Context(), func(_ context.Context, tx *db.Tx) error {
		defer func() { s.trips = tx.Trips() }()
		var err error
		reply, err = h(r, tx)
		return err
	})
	return reply, err
}

// errRepeated ends the transaction of a form that was carried out before.
var errRepeated = errors.New("form carried out before")

func (k *Kit) writeHandler(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reply, err := k.runWrite(r, h)
		k.answer(w, r, reply, err)
	})
}

func (k *Kit) runWrite(r *http.Request, h Handler) (reply Reply, err error) {
	key := submitOf(r)
	claimed := key != ""
	whole := r
	r, cancel := bounded(r)
	defer cancel()
	err = k.write(r.Context(), func(ctx context.Context, tx *db.Tx) error {
		defer func() { stateOf(ctx).trips = tx.Trips() }()
		if claimed {
			location, first, err := draft.Claim(ctx, tx, key, r.URL.Path)
			if err != nil {
				return err
			}
			if !first {
				reply = Redirect(location)
				return errRepeated
			}
		}
		var err error
		if reply, err = h(r, tx); err != nil {
			return err
		}
		if claimed && reply.redirect != "" {
			return draft.Settle(ctx, tx, key, reply.redirect)
		}
		return nil
	})
	if errors.Is(err, errRepeated) {
		return reply, nil
	}
	var again *redo
	if errors.As(err, &again) {
		return k.showAgain(whole, again)
	}
	return reply, err
}

// submitOf names the submit that must not be carried out twice, or gives "". An autosave repeats the form it belongs to on
// purpose; versions keep its order.
func submitOf(r *http.Request) string {
	key := r.PostForm.Get(FormKey)
	if !validKey(key) || r.Header.Get("X-Autosave") != "" {
		return ""
	}
	var files []string
	if r.MultipartForm != nil {
		for field, list := range r.MultipartForm.File {
			for _, f := range list {
				files = append(files, fmt.Sprintf("%s=%d %s", field, f.Size, f.Filename))
			}
		}
		slices.Sort(files)
	}
	return draft.Submit(key, r.PostForm, append(files, r.URL.Path)...) // two buttons of one form do two things
}

// showAgain builds the page of a refused form in a fresh snapshot; the refused transaction is gone.
func (k *Kit) showAgain(r *http.Request, again *redo) (Reply, error) {
	kind := fault.KindOf(again.err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return Reply{}, again.err
	}
	reply, err := k.runRead(r, again.show)
	if err != nil {
		return Reply{}, err
	}
	return reply.Status(statusOf(kind)), nil
}

// Steps runs several short transactions within one request, with slow work between them.
type Steps struct {
	kit *Kit
	r   *http.Request
}

// Read runs fn in a read-only snapshot as the request's principal.
func (s *Steps) Read(fn func(ctx context.Context, tx *db.Tx) error) error {
	ctx, cancel := context.WithTimeout(s.r.Context(), stepsTime)
	defer cancel()
	return s.kit.read(ctx, fn)
}

// Write runs fn in a write of its own, which stays although later steps fail.
func (s *Steps) Write(fn func(ctx context.Context, tx *db.Tx) error) error {
	ctx, cancel := context.WithTimeout(s.r.Context(), stepsTime)
	defer cancel()
	return s.kit.write(ctx, fn)
}

// System runs fn as the system, with the reason that the audit shows.
func (s *Steps) System(why string, fn func(ctx context.Context, tx *db.Tx) error) error {
	ctx, cancel := context.WithTimeout(s.r.Context(), stepsTime)
	defer cancel()
	return s.kit.system(ctx, why, fn)
}

// Once runs fn in a write that claims the form's key: a second submit gets the first one's answer.
func (s *Steps) Once(fn Handler) (Reply, error) { return s.kit.runWrite(s.r, fn) }

// Page builds a reply in a read-only snapshot.
func (s *Steps) Page(h Handler) (Reply, error) { return s.kit.runRead(s.r, h) }

// Redo shows the form again after err, with its status.
func (s *Steps) Redo(err error, show Handler) (Reply, error) {
	return s.kit.showAgain(s.r, &redo{err: err, show: show})
}

func (k *Kit) stepsHandler(h func(*http.Request, *Steps) (Reply, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reply, err := h(r, &Steps{kit: k, r: r})
		var again *redo
		if errors.As(err, &again) {
			reply, err = k.showAgain(r, again)
		}
		k.answer(w, r, reply, err)
	})
}

// ExportNote is what the audit keeps of an export.
type ExportNote struct{ Action, Object, Reason string }

func (k *Kit) exportHandler(h Handler, note func(*http.Request) ExportNote) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reply, err := k.runRead(r, h)
		if err == nil {
			n := note(r)
			err = k.write(r.Context(), func(ctx context.Context, tx *db.Tx) error {
				return audit.Record(ctx, tx, audit.Event{Action: n.Action, Object: n.Object, Reason: n.Reason})
			})
		}
		k.answer(w, r, reply, err)
	})
}
