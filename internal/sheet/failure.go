package sheet

import (
	"errors"
	"fmt"
	"io"
)

// FailureKind says why a file cannot be read; the caller makes the sentence a person reads.
type FailureKind string

// Why a file was refused.
const (
	TooLarge    FailureKind = "too-large"    // a limit was passed: see Failure.What
	Encrypted   FailureKind = "encrypted"    // asks for a password
	NotASheet   FailureKind = "not-a-sheet"  // something else: a picture, a PDF, a Word file … see Failure.What
	Truncated   FailureKind = "truncated"    // cut off or damaged on the way
	Bomb        FailureKind = "bomb"         // unpacks to far more than any roster holds
	NoConverter FailureKind = "no-converter" // needs LibreOffice, which is not installed here
	NotRead     FailureKind = "not-read"     // LibreOffice was asked and could not read it in time
)

// Failure is the error of Read and Scan for a file that is itself at fault. Other errors (a cancelled
// context, a full disk) come as they are.
type Failure struct {
	Kind  FailureKind
	What  string // TooLarge: bytes, sheets, rows, columns, cells, cell; NotASheet: png, pdf, docx, html, zip …
	Sheet string // name of the sheet, where it is known
	Row   int    // from 1; 0 unknown
	Limit int64  // TooLarge: the bound that was passed
	Err   error  // for the log
}

func (f *Failure) Error() string {
	s := "sheet: " + string(f.Kind)
	if f.What != "" {
		s += " (" + f.What + ")"
	}
	if f.Sheet != "" || f.Row > 0 {
		s += fmt.Sprintf(" at %q row %d", f.Sheet, f.Row)
	}
	if f.Err != nil {
		s += ": " + f.Err.Error()
	}
	return s
}

func (f *Failure) Unwrap() error { return f.Err }

// KindOf returns the kind of a Failure anywhere in err's chain, "" when there is none.
func KindOf(err error) FailureKind {
	var f *Failure
	if errors.As(err, &f) {
		return f.Kind
	}
	return ""
}

func truncated(err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return &Failure{Kind: Truncated, Err: err}
}

func tooLarge(what string, limit int64, s *Sheet, row int) error {
	f := &Failure{Kind: TooLarge, What: what, Limit: limit, Row: row}
	if s != nil {
		f.Sheet = s.Name
	}
	return f
}
