package sheet

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"testing"
	"time"
)

// excel4 is a worksheet as Excel 4 wrote it: one stream of records, letters of one byte.
func excel4() []byte {
	var b []byte
	rec := func(id uint16, body ...byte) {
		b = binary.LittleEndian.AppendUint16(b, id)
		b = binary.LittleEndian.AppendUint16(b, uint16(len(body)))
		b = append(b, body...)
	}
	rec(0x0409, 0, 4, 0x10, 0, 0, 0)
	label := "Nguyen Thi Hoa"
	rec(0x0204, append([]byte{0, 0, 0, 0, 0, 0, byte(len(label)), 0}, label...)...)
	number := make([]byte, 14)
	number[0], number[2] = 1, 1
	binary.LittleEndian.PutUint64(number[6:], math.Float64bits(1953))
	rec(0x0203, number...)
	rec(recEOF)
	return b
}

// Files older than Excel 97 go through LibreOffice, which leaves nothing behind.
func TestOldExcelThroughLibreOffice(t *testing.T) {
	if officeProgram() == "" {
		t.Skip("soffice is not installed (apt-get install libreoffice-calc-nogui)")
	}
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir) // not parallel for this
	b, err := readBytes(t, excel4(), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	s := b.Sheets[0]
	if name, year := s.At(0, 0), s.At(1, 1); !b.Converted || b.Format != XLS || name.Text != "Nguyen Thi Hoa" || year.Kind != Number || year.Text != "1953" {
		t.Errorf("%+v: %+v, %+v", b, name, year)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// A caller that gives up is told so at once, and the program is ended.
func TestConversionIsCancelled(t *testing.T) {
	t.Parallel()
	if officeProgram() == "" {
		t.Skip("soffice is not installed (apt-get install libreoffice-calc-nogui)")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := Read(ctx, bytes.NewReader(excel4()), int64(len(excel4())), Limits{})
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 20*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
}

// What LibreOffice cannot read either is a Failure with a kind of its own.
func TestConverterFailure(t *testing.T) {
	t.Parallel()
	if officeProgram() == "" {
		t.Skip("soffice is not installed (apt-get install libreoffice-calc-nogui)")
	}
	_, err := readBytes(t, zipOf(t, map[string]string{"xl/workbook.bin": "\x00\x01 not a workbook"}), Limits{})
	if k := KindOf(err); k != NotRead && k != Truncated {
		t.Errorf("%v", err)
	}
}

func TestWithoutConverter(t *testing.T) {
	t.Parallel()
	b := excel4()
	in := &input{ctx: t.Context(), r: bytes.NewReader(b), size: int64(len(b)), book: &Book{}}
	wantKind(t, convertWith("", in, "xls"), NoConverter, "xls")
}
