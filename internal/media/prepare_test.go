package media

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"strings"
	"testing"

	"wardportal/internal/fault"
)

// flag paints left half red, right half blue, with a green stripe on top: every turn and mirror looks different.
func flag(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{200, 20, 20, 255}
			if x >= w/2 {
				c = color.RGBA{20, 20, 200, 255}
			}
			if y < h/4 {
				c = color.RGBA{20, 180, 20, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func jpegOf(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif is a minimal TIFF with an orientation and a GPS pointer followed by a tell-tale text.
func exif(orientation uint16, tale string) []byte {
	le := binary.LittleEndian
	b := []byte("II*\x00\x08\x00\x00\x00\x02\x00")
	b = le.AppendUint16(b, orientationTag)
	b = le.AppendUint16(b, 3)
	b = le.AppendUint32(b, 1)
	b = le.AppendUint32(b, uint32(orientation))
	b = le.AppendUint16(b, 0x8825) // GPS
	b = le.AppendUint16(b, 4)
	b = le.AppendUint32(b, 1)
	b = le.AppendUint32(b, 38)
	return append(append(b, 0, 0, 0, 0), tale...)
}

func withExif(jpg []byte, orientation uint16, tale string) []byte {
	block := append([]byte("Exif\x00\x00"), exif(orientation, tale)...)
	out := append([]byte{}, jpg[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(block)+2))
	return append(append(out, block...), jpg[2:]...)
}

func prepare(t *testing.T, raw []byte) Prepared {
	t.Helper()
	p, err := Prepare(t.Context(), bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func picture(t *testing.T, s size) image.Image {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(s.body))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func isGreen(c color.Color) bool {
	r, g, b, _ := c.RGBA()
	return g > 2*r && g > 2*b
}

func TestPrepareMakesFixedWidths(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		w, h   int
		widths []int
	}{
		{3600, 2400, []int{360, 720, 1200, 1600}},
		{1600, 900, []int{360, 720, 1200, 1600}},
		{1000, 500, []int{360, 720, 1000}},
		{200, 300, []int{200}},
	} {
		p := prepare(t, jpegOf(t, flag(c.w, c.h)))
		if len(p.sizes) != len(c.widths) {
			t.Fatalf("%d × %d: %d sizes, want %v", c.w, c.h, len(p.sizes), c.widths)
		}
		for i, s := range p.sizes {
			b := picture(t, s).Bounds()
			want := (c.h*c.widths[i] + c.w/2) / c.w
			if b.Dx() != c.widths[i] || b.Dy() < want-1 || b.Dy() > want+1 || b.Dy() != s.height {
				t.Errorf("%d × %d: size %d is %v, want %d × %d", c.w, c.h, i, b, c.widths[i], want)
			}
		}
	}
}

// The eight ways a phone can hold its camera all show the green stripe on top or where the mirror puts it.
func TestPrepareTurnsUprightAndStripsGPS(t *testing.T) {
	t.Parallel()
	const tale = "15.1205N 108.8044E"
	where := map[uint16]image.Point{1: {200, 10}, 2: {200, 10}, 3: {200, 290}, 4: {200, 290}, 5: {10, 200}, 6: {290, 200}, 7: {290, 200}, 8: {10, 200}}
	for o, at := range where {
		raw := withExif(jpegOf(t, flag(400, 300)), o, tale)
		if !bytes.Contains(raw, []byte(tale)) {
			t.Fatal("the upload must carry the place, or the test proves nothing")
		}
		p := prepare(t, raw)
		w, h := p.Size()
		if turned := w == 300 && h == 400; turned != (o >= 5) {
			t.Errorf("orientation %d: %d × %d", o, w, h)
		}
		last := p.sizes[len(p.sizes)-1]
		if got := picture(t, last).At(at.X, at.Y); !isGreen(got) {
			t.Errorf("orientation %d: no stripe at %v, but %v", o, at, got)
		}
		for _, s := range p.sizes {
			if bytes.Contains(s.body, []byte(tale)) || bytes.Contains(s.body, []byte("Exif")) {
				t.Errorf("orientation %d: metadata survived", o)
			}
		}
	}
}

func TestPrepareReadsOtherFormats(t *testing.T) {
	t.Parallel()
	var pngFile, gifFile bytes.Buffer
	clear := image.NewNRGBA(image.Rect(0, 0, 40, 40)) // fully transparent
	if err := png.Encode(&pngFile, clear); err != nil {
		t.Fatal(err)
	}
	if err := gif.Encode(&gifFile, flag(40, 40), nil); err != nil {
		t.Fatal(err)
	}
	// 1 × 1 lossless WebP, as browsers' feature tests use it.
	webpFile := []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")
	for name, raw := range map[string][]byte{"png": pngFile.Bytes(), "gif": gifFile.Bytes(), "webp": webpFile} {
		p, err := Prepare(t.Context(), bytes.NewReader(raw))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if name == "png" {
			if r, _, _, _ := picture(t, p.sizes[0]).At(20, 20).RGBA(); r < 0xf000 {
				t.Errorf("transparent PNG is not laid on white: %x", r)
			}
		}
	}
}

// bomb is a valid small PNG file that unfolds to w × h pixels.
func bomb(w, h int) []byte {
	var out bytes.Buffer
	chunk := func(kind string, body []byte) {
		_ = binary.Write(&out, binary.BigEndian, uint32(len(body)))
		out.WriteString(kind)
		out.Write(body)
		_ = binary.Write(&out, binary.BigEndian, crc32.ChecksumIEEE(append([]byte(kind), body...)))
	}
	out.WriteString("\x89PNG\r\n\x1a\n")
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	chunk("IHDR", append(head, 8, 0, 0, 0, 0))
	var body bytes.Buffer
	z := zlib.NewWriter(&body)
	row := make([]byte, w+1)
	for range h {
		_, _ = z.Write(row)
	}
	_ = z.Close()
	chunk("IDAT", body.Bytes())
	chunk("IEND", nil)
	return out.Bytes()
}

func TestPrepareRefuses(t *testing.T) {
	t.Parallel()
	good := jpegOf(t, flag(400, 300))
	for name, c := range map[string]struct {
		raw  []byte
		kind fault.Kind
	}{
		"bomb of 400 megapixels": {bomb(20000, 20000), fault.Invalid},
		"just above the limit":   {bomb(8001, 5000), fault.Invalid},
		"svg":                    {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), fault.Invalid},
		"html":                   {[]byte("<!doctype html><p>xin chào"), fault.Invalid},
		"html that claims gif":   {[]byte("GIF89a<script>alert(1)</script>"), fault.Invalid},
		"truncated jpeg":         {good[:len(good)/3], fault.Invalid},
		"jpeg header only":       {good[:4], fault.Invalid},
		"iphone heic":            {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), fault.Invalid},
		"broken webp":            {[]byte("RIFF\xff\xff\xff\x7fWEBPVP8 \xff\xff\xff\x7f"), fault.Invalid},
		"nothing":                {nil, fault.Invalid},
		"a very slim strip":      {jpegOf(t, flag(20, 400)), fault.Invalid},
		"16 MB":                  {append(good, make([]byte, MaxBytes)...), fault.TooLarge},
	} {
		_, err := Prepare(t.Context(), bytes.NewReader(c.raw))
		if !fault.Is(err, c.kind) {
			t.Errorf("%s: %v, want %v", name, err, c.kind)
		}
		if m := fault.MessageOf(err); m == "" || strings.Contains(m, "invalid") {
			t.Errorf("%s: the reader would see %q", name, m)
		}
	}
}

func TestPrepareWaitsForACore(t *testing.T) {
	for range cap(decoding) {
		decoding <- struct{}{}
	}
	defer func() {
		for range cap(decoding) {
			<-decoding
		}
	}()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Prepare(ctx, bytes.NewReader(jpegOf(t, flag(10, 10)))); !fault.Is(err, fault.Unavailable) {
		t.Errorf("all cores busy and the reader gone: %v", err)
	}
}

func TestOrientationOfHostileBytes(t *testing.T) {
	t.Parallel()
	good := exif(6, "")
	for cut := range good {
		_ = tiffOrientation(good[:cut]) // must not panic
	}
	far := append([]byte{}, good...)
	binary.LittleEndian.PutUint32(far[4:], 0xffffffff)
	if got := tiffOrientation(far); got != 1 {
		t.Errorf("directory beyond the end: %d", got)
	}
	if got := tiffOrientation(good); got != 6 {
		t.Errorf("orientation = %d, want 6", got)
	}
	big := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x08\x00\x00")
	if got := tiffOrientation(big); got != 8 {
		t.Errorf("big endian = %d, want 8", got)
	}
	webp := append([]byte("RIFF\x00\x00\x00\x00WEBPVP8L\x01\x00\x00\x00x\x00EXIF"), binary.LittleEndian.AppendUint32(nil, uint32(len(good)))...)
	if got := webpOrientation(append(webp, good...)); got != 6 {
		t.Errorf("webp = %d, want 6", got)
	}
	pngFile := append([]byte("\x89PNG\r\n\x1a\n"), binary.BigEndian.AppendUint32(nil, uint32(len(good)))...)
	if got := pngOrientation(append(append(pngFile, "eXIf"...), good...)); got != 6 {
		t.Errorf("png = %d, want 6", got)
	}
}

func FuzzJPEGOrientation(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00"))
	f.Add([]byte("\xff\xd8\xff\xff\xff\xe0\x00\x02"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, read := range []func([]byte) int{jpegOrientation, pngOrientation, webpOrientation} {
			if v := read(b); v < 1 || v > 8 {
				t.Fatal(v)
			}
		}
	})
}

// The demo's drawings go in as any photo does.
func TestPrepareTakesTheSamplePhotos(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"hoi-truong", "phat-bieu-1", "phat-bieu-2", "thien-an"} {
		raw, err := os.ReadFile("../sample/photos/" + name + ".jpg")
		if err != nil {
			t.Fatal(err)
		}
		p := prepare(t, raw)
		if w, _ := p.Size(); w != 1600 || len(p.sizes) != 4 {
			t.Errorf("%s: width %d in %d sizes", name, w, len(p.sizes))
		}
	}
}
