package localpg

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// socketFile is the path of the socket in its folder; the kernel limits its length, see maxSocketPath.
func socketFile(dir string) string { return filepath.Join(dir, ".s.PGSQL."+strconv.Itoa(port)) }

// serverError is a refusal by the server, with its SQLSTATE.
type serverError struct{ code, message string }

func (e *serverError) Error() string { return e.code + ": " + e.message }

func isCode(err error, code string) bool {
	var e *serverError
	return errors.As(err, &e) && e.code == code
}

// ask signs in over the socket as the superuser, runs one statement and gives the first value of its last row. It
// speaks just enough of the protocol (version 3, simple query) to tell a server that is ready, and ours, from
// anything else that may sit on the socket; psql need not be installed and this level needs no driver.
func ask(ctx context.Context, socketDir, database, sql string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "unix", socketFile(socketDir))
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close() }()
	if d, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(d); err != nil {
			return "", err
		}
	}
	startup := binary.BigEndian.AppendUint32(nil, 3<<16)
	for _, s := range []string{"user", Superuser, "database", database, "application_name", "portal localpg", ""} {
		startup = append(append(startup, s...), 0)
	}
	if _, err := conn.Write(framed(0, startup)); err != nil {
		return "", err
	}
	r := bufio.NewReader(conn)
	if _, err := untilReady(r); err != nil {
		return "", err
	}
	if _, err := conn.Write(framed('Q', append([]byte(sql), 0))); err != nil {
		return "", err
	}
	value, err := untilReady(r)
	if err != nil {
		return "", err
	}
	_, err = conn.Write(framed('X', nil))
	return value, err
}

func framed(kind byte, body []byte) []byte {
	var out []byte
	if kind != 0 {
		out = append(out, kind)
	}
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)+4)) // bodies are a few bytes of our own
	return append(out, body...)
}

// untilReady reads messages up to ReadyForQuery and gives the first value of the last row among them.
func untilReady(r *bufio.Reader) (string, error) {
	var value string
	for {
		var head [5]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return "", err
		}
		size := binary.BigEndian.Uint32(head[1:])
		if size < 4 || size > 1<<20 {
			return "", fmt.Errorf("message of %d bytes: this is no Postgres", size)
		}
		body := make([]byte, size-4)
		if _, err := io.ReadFull(r, body); err != nil {
			return "", err
		}
		switch head[0] {
		case 'E':
			return "", parseError(body)
		case 'R':
			if len(body) < 4 || binary.BigEndian.Uint32(body) != 0 {
				return "", errors.New("the server asks for a password; its pg_hba.conf is not ours")
			}
		case 'D':
			value = firstColumn(body)
		case 'Z':
			return value, nil
		}
	}
}

func firstColumn(row []byte) string {
	if len(row) < 6 {
		return ""
	}
	n := binary.BigEndian.Uint32(row[2:])
	if rest := row[6:]; uint64(n) <= uint64(len(rest)) { // NULL is 0xffffffff, longer than any row we read
		return string(rest[:n])
	}
	return ""
}

func parseError(body []byte) error {
	e := &serverError{}
	for field := range strings.SplitSeq(string(body), "\x00") {
		if field == "" {
			continue
		}
		switch field[0] {
		case 'C':
			e.code = field[1:]
		case 'M':
			e.message = field[1:]
		}
	}
	return e
}
