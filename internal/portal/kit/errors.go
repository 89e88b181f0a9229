package kit

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"wardportal/internal/fault"
	"wardportal/web/ui"
)

// statusOf is the one table from kinds of faults to statuses.
func statusOf(kind fault.Kind) int {
	switch kind {
	case fault.Malformed:
		return http.StatusBadRequest
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

// words of the error pages: what happened, and what to do now. A fault's own sentence wins over the general one.
var words = map[fault.Kind]struct{ title, sentence, advice string }{
	fault.Malformed:       {"Không đọc được nội dung gửi lên", "Trình duyệt gửi lên nội dung mà hệ thống không đọc được.", "Xin mở lại trang, nhập lại rồi gửi. Nếu vẫn không được, xin gọi cán bộ phường."},
	fault.Unauthenticated: {"Phiên làm việc đã hết", "Ông/bà cần đăng nhập lại.", "Bấm Đăng nhập để tiếp tục."},
	fault.Forbidden:       {"Không có quyền", "Tài khoản của ông/bà không có quyền làm việc này.", "Nếu cần làm việc này, xin gọi cán bộ phường theo dõi hội."},
	fault.NotFound:        {"Không tìm thấy trang", "Trang này không có, đã chuyển chỗ, hoặc ông/bà không được xem.", "Xin kiểm tra lại địa chỉ, hoặc bắt đầu lại từ trang chủ."},
	fault.Conflict:        {"Nội dung đã thay đổi", "Có người khác vừa lưu nội dung này trong lúc ông/bà đang sửa.", "Xin mở lại trang để xem nội dung mới nhất rồi sửa tiếp."},
	fault.TooLarge:        {"Nội dung quá lớn", "Nội dung gửi lên quá lớn.", "Xin gửi tệp nhỏ hơn, hoặc chia thành nhiều lần."},
	fault.Invalid:         {"Thông tin chưa đúng", "Thông tin nhập chưa đúng.", "Xin quay lại trang trước, sửa rồi gửi lại."},
	fault.TooMany:         {"Thử quá nhiều lần", "Ông/bà đã gửi quá nhiều lần trong thời gian ngắn.", "Xin đợi một lát rồi thử lại."},
	fault.Unavailable:     {"Hệ thống đang bận", "Hệ thống đang bận, chưa làm được việc này.", "Xin đợi một phút rồi thử lại."},
	fault.Internal:        {"Hệ thống gặp lỗi", "Hệ thống gặp lỗi ngoài dự kiến. Lỗi đã được ghi lại.", "Xin thử lại sau ít phút. Nếu vẫn lỗi, xin đọc mã tra cứu dưới đây cho cán bộ phường."},
}

// fail answers with the error page of err. Internal errors are logged here, once, with their chain.
func (k *Kit) fail(w http.ResponseWriter, r *http.Request, err error) {
	s := stateOf(r.Context())
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		s.status = 499 // the reader has left; nobody sees the answer
		clean(w.Header())
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	kind := fault.KindOf(err)
	switch kind {
	case fault.Internal:
		k.Log.LogAttrs(r.Context(), slog.LevelError, "request failed", slog.String("request", s.id), slog.String("route", s.route), slog.String("error", err.Error()))
	case fault.Unavailable, fault.Malformed, fault.NotFound, fault.Forbidden:
		if kind == fault.NotFound && errors.Unwrap(asFault(err)) == nil || kind == fault.Forbidden {
			break // everyday; but what Postgres itself had to refuse is worth a line
		}
		k.Log.LogAttrs(r.Context(), slog.LevelWarn, "request refused", slog.String("request", s.id), slog.String("route", s.route), slog.String("error", err.Error()))
	}
	k.errorPage(w, r, kind, err)
}

// asFault gives the fault in err's chain, nil when there is none.
func asFault(err error) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return f
	}
	return nil
}

// clean drops what a handler had prepared for an answer that now is another one.
func clean(h http.Header) {
	for _, name := range []string{"ETag", "Last-Modified", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Length", "Accept-Ranges", "Location"} {
		h.Del(name)
	}
}

// errorPage draws the page of a kind of error; err may add its own sentence.
func (k *Kit) errorPage(w http.ResponseWriter, r *http.Request, kind fault.Kind, err error) {
	// A sender whose time ran out has a cancelled context, and still reads what we say.
	r = r.WithContext(context.WithoutCancel(r.Context()))
	s := stateOf(r.Context())
	clean(w.Header())
	if kind == fault.Unavailable || kind == fault.TooMany {
		w.Header().Set("Retry-After", "30")
	}
	text := words[kind]
	if m := fault.MessageOf(err); m != "" && kind != fault.Internal {
		text.sentence = m
	}
	info := ui.ErrorInfo{Title: text.title, Sentence: text.sentence, Advice: text.advice, RequestID: s.id, Actions: []ui.Action{{Label: "Về trang chủ", URL: "/", Kind: ui.Secondary}}}
	if s.who.SignedIn() {
		info.Actions = []ui.Action{{Label: "Về trang làm việc", URL: "/quan-ly", Kind: ui.Secondary}}
	}
	for _, f := range fault.FieldsOf(err) {
		info.Sentence = f.Message
		break
	}
	page := Public(PublicPage{Title: text.title, NoIndex: true}, ui.ErrorPage(info)).Status(statusOf(kind))
	if err := k.send(w, r, page); err != nil && !errors.Is(err, errStarted) { // a reader who has left needs no page
		k.Log.LogAttrs(r.Context(), slog.LevelError, "error page failed", slog.String("request", s.id), slog.String("error", err.Error()))
		k.lastResort(w, s)
	}
}

// Fail answers with the error page of err, for middleware and for what chi does not find.
func (k *Kit) Fail(w http.ResponseWriter, r *http.Request, err error) { k.fail(w, r, err) }

// lastResort answers when even the error page cannot be drawn.
func (k *Kit) lastResort(w http.ResponseWriter, s *state) {
	clean(w.Header())
	noStore(w)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	s.status = http.StatusInternalServerError
	w.WriteHeader(http.StatusInternalServerError)
	_, _ = w.Write([]byte(`<!doctype html><html lang="vi"><meta charset="utf-8"><title>Hệ thống gặp lỗi</title><h1>Hệ thống gặp lỗi</h1><p>Xin thử lại sau ít phút. Mã tra cứu: ` + s.id + `</p></html>`))
}
