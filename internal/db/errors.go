package db

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"wardportal/internal/fault"
)

// errConnection marks faults whose cause is a lost or refused connection; Read repeats once on them.
var errConnection = errors.New("connection to the database lost")

var (
	explainMu sync.RWMutex
	explained = map[string]fault.Field{}
)

// Explain ties a named constraint (table_column_rule) to the form field it is about and the sentence that says what to do.
// Each domain calls it once, in a package variable. A constraint explained twice is a programming error.
func Explain(constraint, field, message string) struct{} {
	explainMu.Lock()
	defer explainMu.Unlock()
	if _, twice := explained[constraint]; twice {
		panic("constraint explained twice: " + constraint)
	}
	explained[constraint] = fault.Field{Name: field, Message: message}
	return struct{}{}
}

// Explained lists the constraints that have a sentence; a test holds the list against the catalogue.
func Explained() []string {
	explainMu.RLock()
	defer explainMu.RUnlock()
	names := make([]string, 0, len(explained))
	for name := range explained {
		names = append(names, name)
	}
	return names
}

const busySentence = "Hệ thống đang bận. Xin ông/bà thử lại sau ít phút; chưa có gì bị thay đổi."

// unknownCommit is said when the connection broke between the commit and its answer: claiming that nothing was saved could be false.
const unknownCommit = "Mất liên lạc với cơ sở dữ liệu đúng lúc đang lưu, nên chưa biết nội dung đã được lưu hay chưa. Xin mở lại trang để xem; nếu chưa có thì gửi lại."

// commitError translates what a commit gave. Refusals of the server mean that nothing was saved; silence means nothing.
func commitError(err error) error {
	err = translate(err)
	if err != nil && errors.Is(err, errConnection) || errors.Is(err, context.DeadlineExceeded) {
		return fault.Wrap(fault.Unavailable, unknownCommit, err)
	}
	return err
}

// translate turns what the driver says into faults. Unknown errors pass through and are internal.
func translate(err error) error {
	if err == nil {
		return nil
	}
	var f *fault.Error
	if errors.As(err, &f) {
		return err
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Missing()
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return translateCode(pg)
	}
	var connect *pgconn.ConnectError
	var netErr net.Error
	if text := err.Error(); strings.HasPrefix(text, "failed to encode args[") {
		return errors.New(text[:strings.IndexByte(text, ']')+1]) // the rest quotes the value
	}
	switch {
	case errors.As(err, &connect), errors.As(err, &netErr), pgconn.SafeToRetry(err), isClosed(err):
		return fault.Wrap(fault.Unavailable, busySentence, fmt.Errorf("%w: %w", errConnection, err))
	case errors.Is(err, context.DeadlineExceeded):
		return fault.Wrap(fault.Unavailable, busySentence, err)
	}
	return err
}

func isClosed(err error) bool {
	s := err.Error()
	return s == "closed pool" || s == "conn closed" || errors.Is(err, net.ErrClosed) || errors.Is(err, io.ErrUnexpectedEOF)
}

func translateCode(pg *pgconn.PgError) error {
	switch pg.Code {
	case "23505", "23514", "23P01", "23503", "23502":
		explainMu.RLock()
		field, ok := explained[pg.ConstraintName]
		explainMu.RUnlock()
		if ok {
			return &fault.Error{Kind: fault.Invalid, Message: "Thông tin nhập chưa đúng.", Fields: []fault.Field{field}, Cause: safe(pg)}
		}
		if pg.Code == "23503" && strings.HasPrefix(pg.Message, "insert or update") {
			// A form named a thing that does not exist, or not in that ward or association: the two look alike.
			return fault.Wrap(fault.NotFound, fault.Missing().Message, safe(pg))
		}
		return safe(pg)
	case "42501": // row-level security has the last word: hidden and missing look alike
		return fault.Wrap(fault.NotFound, fault.Missing().Message, safe(pg))
	case "40001", "40P01", "55P03", "57014", "53000", "53100", "53200", "53300", "53400", "57P01", "57P02", "57P03", "57P05", "25P03", "58030":
		return fault.Wrap(fault.Unavailable, busySentence, safe(pg))
	case "22021", "22P05": // NUL or bytes that are no UTF-8
		return fault.Wrap(fault.Malformed, "Nội dung gửi lên có ký tự không đọc được.", safe(pg))
	case "22001", "22003", "22007", "22008": // too long, a number or a date out of every range: no form of ours allows it
		return fault.Wrap(fault.Malformed, "Nội dung gửi lên có số hoặc ngày vượt quá giới hạn.", safe(pg))
	}
	return safe(pg)
}

// safe drops what Postgres quotes of a row: detail and hint of a violated constraint carry personal values, and this reaches the log.
// The code stays readable for errors.As.
func safe(pg *pgconn.PgError) error {
	short := *pg
	short.Detail, short.Where, short.InternalQuery, short.Hint = "", "", "", ""
	if pg.Code[:2] == "22" || pg.Code == "23502" || pg.Code == "23514" {
		short.Message = "value refused" // 22xxx messages quote the value
	}
	if pg.Code == "25006" {
		return fmt.Errorf("a read request tried to write: %w", &short)
	}
	return &short
}
