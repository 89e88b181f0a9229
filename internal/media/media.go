// Package media keeps photos in Postgres: decoded under limits, turned upright, stripped of everything but the picture,
// re-encoded in a few fixed widths. What was uploaded is never served, so no script, place or camera serial gets out.
//
// Decoding is slow and happens before the transaction (Prepare); Store only writes bytes. What a photo says (alt, caption,
// credit) belongs to the article or page that uses it, and so does the question whether it is public.
package media

import (
	"wardportal/internal/authz"
	"wardportal/internal/fault"
)

// ID names a photo.
type ID = authz.MediaID

// Limits of what is taken in (security.md §4): a PNG of 379 KB may unfold to 400 MB of memory.
const (
	MaxBytes  = 15 << 20   // of the uploaded file
	MaxPixels = 40_000_000 // width × height before anything is decoded
	maxSide   = 20_000
	maxSlim   = 4 // height : width of the tallest photo, and
	maxWide   = 8 // width : height of the widest
)

// Widths are the sizes a photo is kept in, in pixels; larger ones than the photo itself are left out.
var Widths = []int{360, 720, 1200, 1600}

// quality of the JPEGs: drawings and faces stay clean, a 1200 px photo is about 150 KB.
const quality = 82

// Purpose says what a photo may become.
type Purpose string

// The purposes.
const (
	News   Purpose = "news"   // may become public through an article
	Record Purpose = "record" // a paper kept beside a report or roster; never public
)

func unreadable(cause error) error {
	return fault.Wrap(fault.Invalid, "Không đọc được ảnh này. Ông/bà chọn ảnh JPEG, PNG hoặc WebP, ví dụ ảnh chụp bằng điện thoại.", cause)
}

func refused(sentence string) error { return fault.New(fault.Invalid, sentence) }
