package vi

import (
	"bytes"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// sorter is a collator with its scratch space; neither may be shared.
type sorter struct {
	c   *collate.Collator
	buf collate.Buffer
}

var sorters = sync.Pool{New: func() any { return &sorter{c: collate.New(language.Vietnamese)} }}

// CollateKey is a byte string whose order is the Vietnamese dictionary order of s
// (handbook §8.4): letters first, then tones; letter case and the place of the
// tone mark make no difference. Safe for concurrent use.
func CollateKey(s string) []byte {
	return appendKey(nil, s)
}

func appendKey(dst []byte, s string) []byte {
	so := sorters.Get().(*sorter)
	defer sorters.Put(so)
	so.buf.Reset()
	return append(dst, so.c.KeyFromString(&so.buf, PlaceTones(strings.ToLower(Clean(s))))...)
}

// SortKey is the persistent sort key of a person: given name, then middle, then
// family, each by [CollateKey]. Parts end in a zero pair that is less than any
// continuation, so plain byte comparison (bytea in Postgres) gives the order of lists.
// Keys depend on the collation tables: rebuild them when golang.org/x/text changes.
func SortKey(n Name) []byte {
	family, middle, given := n.Parts()
	return joinKeys(given, middle, family)
}

// FamilySortKey is the key for lists ordered "theo họ": family, middle, given.
func FamilySortKey(n Name) []byte {
	family, middle, given := n.Parts()
	return joinKeys(family, middle, given)
}

// joinKeys makes one key of several. Collation keys hold zero bytes of their own,
// so these are escaped and the end of a part sorts before everything else.
func joinKeys(parts ...string) []byte {
	var out []byte
	for _, p := range parts {
		out = append(out, bytes.ReplaceAll(CollateKey(p), []byte{0}, []byte{0, 0xFF})...)
		out = append(out, 0, 0)
	}
	return out
}

// Compare orders two strings as a Vietnamese dictionary does; see [CollateKey].
func Compare(a, b string) int { return bytes.Compare(CollateKey(a), CollateKey(b)) }

// CompareNames orders two people as lists do; see [SortKey].
func CompareNames(a, b Name) int { return bytes.Compare(SortKey(a), SortKey(b)) }
