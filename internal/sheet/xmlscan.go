package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// xmlScanner reads the XML of office files as a stream of tokens. encoding/xml takes most of the time and
// garbage of an import; these files need none of its generality. Document types are refused, so there are no
// entities to expand, and nothing is nested in memory.
type xmlScanner struct {
	r     *bufio.Reader
	name  string // of the element last opened or closed, with its prefix as written
	attrs []xmlAttr
	text  []byte // of the last text token; valid until the next call
	buf   []byte
	close bool // <a/> was read: its end comes next
	depth int
	root  bool // the root element was opened
	names map[string]string
	max   int // bytes of one token
}

type xmlAttr struct {
	name  string
	value []byte
}

type xmlKind uint8

const (
	xmlStart xmlKind = iota
	xmlEnd
	xmlText
)

var errXML = errors.New("not well-formed XML")
var errDoctype = errors.New("XML with a document type")

func newXMLScanner(r io.Reader) *xmlScanner {
	return &xmlScanner{r: bufio.NewReaderSize(r, 64<<10), names: map[string]string{}, max: 4 << 20}
}

// next returns io.EOF after the root element has been closed, io.ErrUnexpectedEOF when the data end before.
func (x *xmlScanner) next() (xmlKind, error) {
	if x.close {
		x.close = false
		x.depth--
		return xmlEnd, nil
	}
	for {
		c, err := x.r.ReadByte()
		if err != nil {
			if x.depth > 0 || !x.root {
				err = noEOF(err)
			}
			return 0, err
		}
		if c != '<' {
			_ = x.r.UnreadByte()
			if err := x.readText(); err != nil {
				return 0, err
			}
			if x.depth == 0 {
				continue // white space (or a byte-order mark) around the root
			}
			return xmlText, nil
		}
		kind, skip, err := x.markup()
		if err != nil {
			return 0, noEOF(err)
		}
		if !skip {
			return kind, nil
		}
	}
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// readText collects up to the next tag.
func (x *xmlScanner) readText() error {
	x.buf = x.buf[:0]
	for {
		part, err := x.r.ReadSlice('<')
		x.buf = append(x.buf, part...)
		if len(x.buf) > x.max {
			return errXML
		}
		switch {
		case err == nil:
			_ = x.r.UnreadByte()
			x.text = unescape(x.buf[:len(x.buf)-1])
			return nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && x.depth == 0:
			return nil
		default:
			return noEOF(err)
		}
	}
}

// markup reads what follows a "<"; skip is true for comments, instructions and the like.
func (x *xmlScanner) markup() (kind xmlKind, skip bool, err error) {
	c, err := x.r.ReadByte()
	if err != nil {
		return 0, false, err
	}
	switch c {
	case '?':
		return 0, true, x.until("?>")
	case '!':
		return x.declaration()
	case '/':
		if err := x.until(">"); err != nil {
			return 0, false, err
		}
		x.name = x.intern(bytes.TrimSpace(x.buf[:len(x.buf)-1]))
		x.depth--
		if x.depth < 0 {
			return 0, false, errXML
		}
		return xmlEnd, false, nil
	}
	_ = x.r.UnreadByte()
	return xmlStart, false, x.startTag()
}

func (x *xmlScanner) declaration() (xmlKind, bool, error) {
	head, err := x.r.Peek(2)
	if err != nil {
		return 0, false, err
	}
	switch string(head) {
	case "--":
		return 0, true, x.until("-->")
	case "[C":
		if err := x.until("]]>"); err != nil {
			return 0, false, err
		}
		x.text = bytes.TrimPrefix(x.buf[:len(x.buf)-3], []byte("[CDATA["))
		return xmlText, false, nil
	}
	return 0, false, errDoctype
}

// until fills buf with everything up to and including end.
func (x *xmlScanner) until(end string) error {
	x.buf = x.buf[:0]
	for {
		part, err := x.r.ReadSlice(end[len(end)-1])
		x.buf = append(x.buf, part...)
		if len(x.buf) > x.max {
			return errXML
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
		if bytes.HasSuffix(x.buf, []byte(end)) {
			return nil
		}
	}
}

func (x *xmlScanner) startTag() error {
	x.buf = x.buf[:0]
	for { // a ">" inside a quoted value does not end the tag
		part, err := x.r.ReadSlice('>')
		x.buf = append(x.buf, part...)
		if len(x.buf) > x.max {
			return errXML
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil {
			return err
		}
		if !openQuote(x.buf) {
			break
		}
	}
	tag := x.buf[:len(x.buf)-1]
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		x.close = true
		tag = tag[:n-1]
	}
	x.depth++
	x.root = true
	return x.parseTag(tag)
}

func openQuote(b []byte) bool {
	var q byte
	for _, c := range b {
		switch {
		case q == 0 && (c == '"' || c == '\''):
			q = c
		case c == q:
			q = 0
		}
	}
	return q != 0
}

func (x *xmlScanner) parseTag(tag []byte) error {
	x.attrs = x.attrs[:0]
	i := bytes.IndexAny(tag, " \t\r\n")
	if i < 0 {
		i = len(tag)
	}
	if i == 0 {
		return errXML
	}
	x.name = x.intern(tag[:i])
	for rest := bytes.TrimLeft(tag[i:], " \t\r\n"); len(rest) > 0; rest = bytes.TrimLeft(rest, " \t\r\n") {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return errXML
		}
		name := bytes.TrimSpace(rest[:eq])
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) < 2 || rest[0] != '"' && rest[0] != '\'' {
			return errXML
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 || len(x.attrs) > 256 {
			return errXML
		}
		x.attrs = append(x.attrs, xmlAttr{x.intern(name), unescape(rest[1 : 1+end])})
		rest = rest[end+2:]
	}
	return nil
}

func (x *xmlScanner) intern(b []byte) string {
	if s, ok := x.names[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(x.names) < 1024 {
		x.names[s] = s
	}
	return s
}

// attr returns an attribute by its name as written; valid until the next call of next.
func (x *xmlScanner) attr(name string) []byte {
	for _, a := range x.attrs {
		if a.name == name {
			return a.value
		}
	}
	return nil
}

func (x *xmlScanner) str(name string) string { return string(x.attr(name)) }

// num reads a whole number, def when the attribute is missing or no number.
func (x *xmlScanner) num(name string, def int) int {
	n, err := strconv.Atoi(string(x.attr(name)))
	if err != nil {
		return def
	}
	return n
}

// on reads an XML boolean.
func (x *xmlScanner) on(name string) bool {
	v := string(x.attr(name))
	return v == "1" || v == "true" || v == "on"
}

// local is the element's name without its prefix.
func (x *xmlScanner) local() string { return afterColon(x.name) }

func afterColon(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] == ':' {
			return s[i+1:]
		}
	}
	return s
}

// skip reads to the end of the element last opened.
func (x *xmlScanner) skip() error {
	for depth := 1; depth > 0; {
		kind, err := x.next()
		if err != nil {
			return noEOF(err)
		}
		switch kind {
		case xmlStart:
			depth++
		case xmlEnd:
			depth--
		}
	}
	return nil
}

// unescape resolves &amp; &lt; &gt; &quot; &apos; and numeric references in place.
func unescape(b []byte) []byte {
	at := bytes.IndexByte(b, '&')
	if at < 0 {
		return b
	}
	out := b[:at]
	for i := at; i < len(b); {
		if b[i] == '&' {
			if end := bytes.IndexByte(b[i:min(len(b), i+12)], ';'); end > 0 {
				if r, ok := entity(b[i+1 : i+end]); ok {
					// never longer than its reference, so writing in place is safe
					out = utf8.AppendRune(out, r)
					i += end + 1
					continue
				}
			}
		}
		out = append(out, b[i])
		i++
	}
	return out
}

func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := string(name[1:]), 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune {
		return utf8.RuneError, err == nil
	}
	return rune(n), true
}
