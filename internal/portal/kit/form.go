package kit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-chi/chi/v5"

	"wardportal/internal/fault"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// FormKey is the hidden field that makes a second submit harmless.
const FormKey = ui.FormKey

const (
	maxFields   = 5000
	maxMemory   = 1 << 20 // bytes of a multipart body kept in memory; the rest goes to temporary files
	maxTextPart = 200_000 // characters of one text field
	uploadTime  = 2 * time.Minute
)

var (
	errTooLarge  = fault.New(fault.TooLarge, "Nội dung gửi lên quá lớn.")
	errMalformed = fault.New(fault.Malformed, "Nội dung gửi lên không đọc được. Xin mở lại trang và thử lại.")
)

func validKey(key string) bool { return len(key) >= 16 && len(key) <= 64 }

// readBody reads a post under its limit before any transaction is opened; done removes temporary files.
func readBody(w http.ResponseWriter, r *http.Request, l limits) (*http.Request, func(), error) {
	none := func() {}
	max := l.body
	if l.upload {
		max = l.uploadMB<<20 + l.body
	}
	if r.ContentLength > max {
		return r, none, tooLarge(w, r.Body, r.ContentLength, l)
	}
	raw := r.Body
	r.Body = http.MaxBytesReader(w, raw, max)
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil && r.Header.Get("Content-Type") != "" {
		return r, none, errMalformed
	}
	switch {
	case kind == "multipart/form-data" && l.upload:
		// Phones on slow lines; ordinary forms keep 15 s. The answer's own deadline counts from the header, so it moves along.
		deadline := http.NewResponseController(w)
		_ = deadline.SetReadDeadline(time.Now().Add(uploadTime))
		_ = deadline.SetWriteDeadline(time.Now().Add(2 * uploadTime))
		if err := r.ParseMultipartForm(maxMemory); err != nil {
			if r.MultipartForm != nil {
				_ = r.MultipartForm.RemoveAll()
			}
			return r, none, bodyError(w, raw, err, l)
		}
		return r, func() { _ = r.MultipartForm.RemoveAll() }, checkText("", r.PostForm)
	case kind == "application/x-www-form-urlencoded" || kind == "":
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return r, none, bodyError(w, raw, err, l)
		}
		if bytes.Count(body, []byte{'&'}) > maxFields {
			return r, none, errMalformed
		}
		if r.PostForm, err = url.ParseQuery(string(body)); err != nil {
			return r, none, errMalformed
		}
		r.Form = r.PostForm
		return r, none, checkText("", r.PostForm)
	default:
		return r, none, errMalformed
	}
}

func bodyError(w http.ResponseWriter, raw io.Reader, err error, l limits) error {
	var max *http.MaxBytesError
	if errors.As(err, &max) {
		return tooLarge(w, raw, 0, l)
	}
	w.Header().Set("Connection", "close")
	return fault.Wrap(fault.Malformed, "Đường truyền bị ngắt khi đang gửi. Xin thử lại.", err)
}

// linger is how much of an unwanted body is thrown away before the answer: a browser that is cut off while it sends shows
// "connection lost" and never our sentence. What is declared far beyond that is cut off.
const linger = 32 << 20

func tooLarge(w http.ResponseWriter, raw io.Reader, declared int64, l limits) error {
	w.Header().Set("Connection", "close")
	if declared <= linger {
		_, _ = io.CopyN(io.Discard, raw, linger) // the server's read deadline holds meanwhile
	}
	if !l.upload {
		return errTooLarge
	}
	return fault.New(fault.TooLarge, "Tệp quá lớn. Mỗi lần gửi tối đa "+strconv.FormatInt(l.uploadMB, 10)+" MB.")
}

// checkText refuses what no browser of ours sends: NUL bytes and broken UTF-8.
func checkText(path string, values url.Values) error {
	if !goodText(path) {
		return errMalformed
	}
	for name, list := range values {
		for _, v := range list {
			if !goodText(name) || !goodText(v) {
				return errMalformed
			}
			if len(v) > maxTextPart*4 {
				return errTooLarge
			}
		}
	}
	return nil
}

func goodText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// Text gives a one-line field: NFC, inner blanks collapsed, trimmed.
func Text(r *http.Request, name string) string { return vi.Clean(r.FormValue(name)) }

// Lines gives a field of several lines, cleaned.
func Lines(r *http.Request, name string) string { return vi.CleanMultiline(r.FormValue(name)) }

// Number gives a field that must be a whole number of the form itself (ids, versions), not one that people type.
func Number(r *http.Request, name string) (int64, error) {
	n, err := strconv.ParseInt(r.FormValue(name), 10, 64)
	if err != nil {
		return 0, errMalformed
	}
	return n, nil
}

// Version gives the hidden version field of a form.
func Version(r *http.Request) (int, error) {
	n, err := Number(r, "version")
	if err != nil || n < 1 || n > 1<<30 {
		return 0, errMalformed
	}
	return int(n), nil
}

// PathID gives a path's id; text that is no id looks like an id that does not exist.
func PathID[T ~int64](r *http.Request, name string) (T, error) {
	n, err := strconv.ParseInt(chi.URLParam(r, name), 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.Missing()
	}
	return T(n), nil
}

// QueryID gives an id of the query, 0 when it is absent or no id: lists then show what they show without it.
func QueryID[T ~int64](r *http.Request, name string) T {
	n, err := strconv.ParseInt(r.FormValue(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return T(n)
}

// firstYear and lastYear bound every date that people type: outside is a slip of the finger, whatever the field.
const firstYear, lastYear = 1900, 2100

// Date reads the three boxes of a half-known date (name-ngay, name-thang, name-nam). All three empty is the zero date.
// Dates that are none, and years no living person or paper has, are problems of the field.
func Date(r *http.Request, name string, problems *fault.Problems) vi.Date {
	d, err := vi.FromParts(r.FormValue(name+"-ngay"), r.FormValue(name+"-thang"), r.FormValue(name+"-nam"))
	switch {
	case err != nil:
		problems.Add(name, err.Error())
	case !d.IsZero() && (d.Year < firstYear || d.Year > lastYear):
		problems.Add(name, fmt.Sprintf("Năm phải từ %d đến %d.", firstYear, lastYear))
	}
	return d
}

// DateInput fills the three boxes with what was typed.
func DateInput(r *http.Request, in ui.Date) ui.Date {
	in.Day, in.Month, in.Year = r.FormValue(in.Name+"-ngay"), r.FormValue(in.Name+"-thang"), r.FormValue(in.Name+"-nam")
	return in
}

// Errors turns the complaints of err into what the form parts show.
func Errors(err error) ui.Errors {
	if err == nil {
		return nil
	}
	fields := fault.FieldsOf(err)
	if len(fields) == 0 && fault.MessageOf(err) != "" {
		return ui.Errors{{Message: fault.MessageOf(err)}}
	}
	list := make(ui.Errors, 0, len(fields))
	for _, f := range fields {
		list = append(list, ui.FieldError{Field: f.Name, Message: f.Message})
	}
	return list
}

// File is an uploaded file in a temporary place; it is gone when the request ends.
type File struct {
	multipart.File
	Name string
	Size int64
}

// UploadOf gives the file of a field, or nil when none was chosen. Close it.
func UploadOf(r *http.Request, name string) (*File, error) {
	f, head, err := r.FormFile(name)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return nil, nil
	}
	if err != nil {
		return nil, errMalformed
	}
	if head.Size == 0 {
		return nil, errors.Join(f.Close(), nil)
	}
	return &File{File: f, Name: vi.Clean(head.Filename), Size: head.Size}, nil
}
