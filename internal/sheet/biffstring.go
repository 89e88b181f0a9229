package sheet

import (
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf16"
)

// biffString is a text with the places where its font changes.
type biffString struct {
	text string
	runs [][2]int // first UTF-16 unit, font number
	size int      // in UTF-16 units
}

// mainFont is the font of most units; "" means the font of the cell.
func (s biffString) mainFont(name func(int) Style) string {
	if len(s.runs) == 0 {
		return ""
	}
	tally := fontTally{"": min(s.runs[0][0], s.size)}
	for i, run := range s.runs {
		end := s.size
		if i+1 < len(s.runs) {
			end = min(s.runs[i+1][0], s.size)
		}
		if end > run[0] {
			tally[name(run[1]).Font] += end - run[0]
		}
	}
	return tally.best()
}

// biffReader reads across the seams of CONTINUE records. Where a seam cuts the letters of a string, the next
// piece begins with a fresh flag byte that says how wide its letters are ([MS-XLS] 2.5.293).
type biffReader struct {
	segs [][]byte
	seg  int
	pos  int
}

// fit moves to the next piece when this one is used up.
func (r *biffReader) fit() error {
	for r.pos >= len(r.segs[r.seg]) {
		if r.seg+1 >= len(r.segs) {
			return io.ErrUnexpectedEOF
		}
		r.seg, r.pos = r.seg+1, 0
	}
	return nil
}

func (r *biffReader) u8() (byte, error) {
	if err := r.fit(); err != nil {
		return 0, err
	}
	r.pos++
	return r.segs[r.seg][r.pos-1], nil
}

func (r *biffReader) bytes(b []byte) error {
	for i := range b {
		c, err := r.u8()
		if err != nil {
			return err
		}
		b[i] = c
	}
	return nil
}

func (r *biffReader) u16() (int, error) {
	var b [2]byte
	err := r.bytes(b[:])
	return int(binary.LittleEndian.Uint16(b[:])), err
}

func (r *biffReader) u32() (uint32, error) {
	var b [4]byte
	err := r.bytes(b[:])
	return binary.LittleEndian.Uint32(b[:]), err
}

func (r *biffReader) skip(n int) error {
	for n > 0 {
		if err := r.fit(); err != nil {
			return err
		}
		step := min(n, len(r.segs[r.seg])-r.pos)
		r.pos += step
		n -= step
	}
	return nil
}

// str reads a string whose length takes one or two bytes.
func (r *biffReader) str(lengthBytes int) (biffString, error) {
	var n int
	if lengthBytes == 1 {
		c, err := r.u8()
		if err != nil {
			return biffString{}, err
		}
		n = int(c)
	} else {
		c, err := r.u16()
		if err != nil {
			return biffString{}, err
		}
		n = c
	}
	flags, err := r.u8()
	if err != nil {
		if n == 0 && errors.Is(err, io.ErrUnexpectedEOF) { // an empty string may lack its flags
			return biffString{}, nil
		}
		return biffString{}, err
	}
	runs, extra := 0, uint32(0)
	if flags&8 != 0 {
		if runs, err = r.u16(); err != nil {
			return biffString{}, err
		}
	}
	if flags&4 != 0 {
		if extra, err = r.u32(); err != nil {
			return biffString{}, err
		}
	}
	s := biffString{size: n}
	if s.text, err = r.letters(n, flags&1 != 0); err != nil {
		return s, err
	}
	for range runs {
		at, err := r.u16()
		if err != nil {
			return s, err
		}
		font, err := r.u16()
		if err != nil {
			return s, err
		}
		s.runs = append(s.runs, [2]int{at, font})
	}
	return s, r.skip(int(extra))
}

func (r *biffReader) letters(n int, wide bool) (string, error) {
	units := make([]uint16, 0, min(n, 1<<16))
	for len(units) < n {
		if r.pos >= len(r.segs[r.seg]) {
			if r.seg+1 >= len(r.segs) {
				return "", io.ErrUnexpectedEOF
			}
			r.seg, r.pos = r.seg+1, 0
			flags, err := r.u8()
			if err != nil {
				return "", err
			}
			wide = flags&1 != 0
			continue
		}
		if !wide {
			units = append(units, uint16(r.segs[r.seg][r.pos]))
			r.pos++
			continue
		}
		u, err := r.u16()
		if err != nil {
			return "", err
		}
		units = append(units, uint16(u))
	}
	return string(utf16.Decode(units)), nil
}
