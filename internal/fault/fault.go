// Package fault is the portal's one error type: what kind of thing went wrong, and the Vietnamese sentence
// a person reads about it. Everything that is not a fault is an internal error; the edge masks it.
//
// Domain functions return faults; portal/kit has the only table from Kind to HTTP status.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what went wrong in terms a caller can act on.
type Kind int

// The kinds, each with the HTTP status that portal/kit gives it.
const (
	Internal        Kind = iota // 500: our fault; the reader sees only a reference number
	Malformed                   // 400: the request is not one a browser of ours sends (NUL bytes, broken UTF-8)
	Unauthenticated             // 303 to sign-in for pages, 401 for fragments
	Forbidden                   // 403: signed in, but never allowed here
	NotFound                    // 404: missing or hidden; the two look alike on purpose
	Conflict                    // 409: somebody saved in between, or the state moved on
	TooLarge                    // 413
	Invalid                     // 422: the form comes back with its input
	TooMany                     // 429
	Unavailable                 // 503: try again in a moment (database away, lock not granted, disk full)
)

func (k Kind) String() string {
	names := [...]string{"internal", "malformed", "unauthenticated", "forbidden", "not_found", "conflict", "too_large", "invalid", "too_many", "unavailable"}
	if k < 0 || int(k) >= len(names) {
		return fmt.Sprintf("kind(%d)", int(k))
	}
	return names[k]
}

// Field is a complaint about one field of a form. Name is the form's field name, or "" for the form as a whole.
type Field struct {
	Name    string
	Message string // one Vietnamese sentence that says what to do
}

// Error is a fault. Message is shown to people; Cause is for the log only.
type Error struct {
	Kind    Kind
	Message string
	Fields  []Field
	Cause   error
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Kind.String())
	if e.Message != "" {
		b.WriteString(": " + e.Message)
	}
	for _, f := range e.Fields {
		// Only the field's name: messages may quote what a person typed, and this text reaches the log.
		b.WriteString(" [" + f.Name + "]")
	}
	if e.Cause != nil {
		b.WriteString(": " + e.Cause.Error())
	}
	return b.String()
}

// Unwrap gives the cause, for errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Cause }

// New makes a fault of the kind with the sentence that people read.
func New(kind Kind, message string) *Error { return &Error{Kind: kind, Message: message} }

// Wrap makes a fault that keeps its cause for the log.
func Wrap(kind Kind, message string, cause error) *Error {
	return &Error{Kind: kind, Message: message, Cause: cause}
}

// Missing is the one answer for a thing that does not exist or must not be known to exist.
func Missing() *Error {
	return New(NotFound, "Không tìm thấy nội dung này.")
}

// Denied is the answer to somebody who is signed in but has no right to the act.
func Denied() *Error {
	return New(Forbidden, "Tài khoản của ông/bà không có quyền làm việc này.")
}

// Stale is the answer to a save that was based on an older version.
func Stale() *Error {
	return New(Conflict, "Có người khác vừa lưu nội dung này trong lúc ông/bà đang sửa.")
}

// At is an Invalid fault about one field.
func At(field, message string) *Error {
	return &Error{Kind: Invalid, Message: "Thông tin nhập chưa đúng.", Fields: []Field{{Name: field, Message: message}}}
}

// KindOf gives the kind of err; errors that are no fault are Internal. KindOf(nil) is Internal too: ask only about errors.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is tells whether err is a fault of the kind.
func Is(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}

// FieldsOf gives the complaints of err, if any.
func FieldsOf(err error) []Field {
	var e *Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

// MessageOf gives the sentence for people, or "" when err is internal.
func MessageOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	return ""
}

// Problems collects complaints while a form or a rule is checked. The zero value is ready.
type Problems struct{ fields []Field }

// Add notes a complaint about a field; the first complaint about a field wins, so that people fix one thing at a time.
func (p *Problems) Add(field, message string) {
	for _, f := range p.fields {
		if field != "" && f.Name == field {
			return
		}
	}
	p.fields = append(p.fields, Field{Name: field, Message: message})
}

// Merge takes over the complaints of err when it is Invalid and gives nil; any other error comes back as it is.
func (p *Problems) Merge(err error) error {
	if err == nil {
		return nil
	}
	if !Is(err, Invalid) {
		return err
	}
	fields := FieldsOf(err)
	if len(fields) == 0 {
		p.Add("", MessageOf(err))
	}
	for _, f := range fields {
		p.Add(f.Name, f.Message)
	}
	return nil
}

// Has tells whether the field has a complaint already.
func (p *Problems) Has(field string) bool {
	for _, f := range p.fields {
		if f.Name == field {
			return true
		}
	}
	return false
}

// Err gives an Invalid fault with all complaints, or nil when there are none.
func (p *Problems) Err() error {
	if len(p.fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Message: "Thông tin nhập chưa đúng.", Fields: p.fields}
}
