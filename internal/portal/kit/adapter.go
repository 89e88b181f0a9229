package kit

import (
	"context"
	"errors"
	"net/http"

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
		case !need.Allows(s.who):
			k.fail(w, r, fault.Denied())
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

func (k *Kit) runRead(r *http.Request, h Handler) (reply Reply, err error) {
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
	key := r.PostFormValue(FormKey)
	// An autosave repeats the form it belongs to on purpose; versions keep its order.
	claimed := validKey(key) && r.Header.Get("X-Autosave") == ""
	err = k.write(r.Context(), func(ctx context.Context, tx *db.Tx) error {
		defer func() { stateOf(ctx).trips = tx.Trips() }()
		if claimed {
			location, first, err := draft.Claim(ctx, tx, key, r.URL.Path)
			if err != nil {
				return err
			}
			if !first {
				reply = Redirect(orHere(location, r))
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
		return k.showAgain(r, again)
	}
	return reply, err
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

// orHere keeps a second submit harmless even when the first one answered with a page.
func orHere(location string, r *http.Request) string {
	if location != "" {
		return location
	}
	return r.URL.Path
}

// Steps runs several short transactions within one request, with slow work between them.
type Steps struct {
	kit *Kit
	r   *http.Request
}

// Read runs fn in a read-only snapshot as the request's principal.
func (s *Steps) Read(fn func(ctx context.Context, tx *db.Tx) error) error {
	return s.kit.read(s.r.Context(), fn)
}

// Write runs fn in a write of its own, which stays although later steps fail.
func (s *Steps) Write(fn func(ctx context.Context, tx *db.Tx) error) error {
	return s.kit.write(s.r.Context(), fn)
}

// System runs fn as the system, with the reason that the audit shows.
func (s *Steps) System(why string, fn func(ctx context.Context, tx *db.Tx) error) error {
	return s.kit.system(s.r.Context(), why, fn)
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
