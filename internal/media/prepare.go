package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"wardportal/internal/fault"
)

// Prepared is a photo ready to be stored: upright JPEGs without metadata, the narrowest first.
type Prepared struct {
	sizes  []size
	digest [sha256.Size]byte
}

type size struct {
	width, height int
	body          []byte
}

// Size gives width and height of the largest kept size, in pixels.
func (p Prepared) Size() (width, height int) {
	if len(p.sizes) == 0 {
		return 0, 0
	}
	last := p.sizes[len(p.sizes)-1]
	return last.width, last.height
}

// decoding bounds how many photos are unfolded at once: one per core, since each may take hundreds of megabytes.
var decoding = make(chan struct{}, runtime.NumCPU())

// Prepare reads an upload and makes the sizes. It takes a second for a large photo and must run outside a transaction.
// Faults: TooLarge above MaxBytes, Invalid for what is no JPEG, PNG, WebP or GIF (of which the first frame is kept),
// Unavailable when ctx ends while waiting for a free core.
func Prepare(ctx context.Context, r io.Reader) (Prepared, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return Prepared{}, fmt.Errorf("read upload: %w", err)
	}
	if len(raw) > MaxBytes {
		return Prepared{}, fault.New(fault.TooLarge, "Ảnh lớn hơn 15 MB. Ông/bà chọn ảnh nhỏ hơn.")
	}
	f, err := recognise(raw)
	if err != nil {
		return Prepared{}, err
	}
	if err := f.check(raw); err != nil {
		return Prepared{}, err
	}
	select {
	case decoding <- struct{}{}:
		defer func() { <-decoding }()
	case <-ctx.Done():
		return Prepared{}, fault.Wrap(fault.Unavailable, "Hệ thống đang bận xử lý ảnh khác. Xin ông/bà thử lại sau ít phút.", ctx.Err())
	}
	img, err := f.open(raw)
	if err != nil {
		return Prepared{}, err
	}
	return shrink(upright(halve(img), f.orientation(raw)))
}

// format is one accepted kind of file, known by its first bytes: the name and the declared type of an upload are anybody's claim.
type format struct {
	config      func(io.Reader) (image.Config, error)
	decode      func(io.Reader) (image.Image, error)
	orientation func([]byte) int
}

func recognise(raw []byte) (format, error) {
	upright := func([]byte) int { return 1 }
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xd8\xff")):
		return format{jpeg.DecodeConfig, jpeg.Decode, jpegOrientation}, nil
	case bytes.HasPrefix(raw, []byte("\x89PNG\r\n\x1a\n")):
		return format{png.DecodeConfig, png.Decode, pngOrientation}, nil
	case bytes.HasPrefix(raw, []byte("GIF87a")), bytes.HasPrefix(raw, []byte("GIF89a")):
		return format{gif.DecodeConfig, gif.Decode, upright}, nil
	case len(raw) > 12 && string(raw[:4]) == "RIFF" && string(raw[8:12]) == "WEBP":
		return format{webp.DecodeConfig, webp.Decode, webpOrientation}, nil
	case len(raw) > 12 && string(raw[4:8]) == "ftyp":
		return format{}, refused("Ảnh dạng HEIC hoặc AVIF chưa dùng được. Ông/bà chụp màn hình ảnh đó, hoặc gửi ảnh qua Zalo rồi lưu về, sau đó chọn ảnh mới.")
	case len(raw) == 0:
		return format{}, refused("Tệp ảnh này trống. Ông/bà chọn lại ảnh.")
	}
	return format{}, unreadable(nil)
}

// check reads the header only and refuses what would not fit in memory.
func (f format) check(raw []byte) error {
	cfg, err := f.config(bytes.NewReader(raw))
	if err != nil {
		return unreadable(err)
	}
	w, h := cfg.Width, cfg.Height
	switch {
	case w < 1 || h < 1:
		return unreadable(fmt.Errorf("size %d × %d", w, h))
	case w > maxSide || h > maxSide || w*h > MaxPixels:
		return refused("Ảnh quá nhiều điểm ảnh (tối đa 40 triệu). Ông/bà chọn ảnh nhỏ hơn.")
	case h > maxSlim*w || w > maxWide*h:
		return refused("Ảnh quá dài hoặc quá hẹp. Ông/bà cắt bớt ảnh rồi chọn lại.")
	}
	return nil
}

// open decodes the picture. Decoders meet hostile bytes here: a panic of theirs is a photo that cannot be read.
func (f format) open(raw []byte) (img image.Image, err error) {
	defer func() {
		if r := recover(); r != nil {
			img, err = nil, unreadable(fmt.Errorf("decoder panicked: %v", r))
		}
	}()
	img, err = f.decode(bytes.NewReader(raw))
	if err != nil {
		return nil, unreadable(err)
	}
	return img, nil
}

// halve brings a photo near the largest width by averaging 2 × 2 pixels at a time: cheap in memory, where one scaling
// from 40 megapixels would hold hundreds of megabytes more. The result lies on white, since JPEG has no transparency.
func halve(img image.Image) *image.RGBA {
	largest := Widths[len(Widths)-1]
	for b := img.Bounds(); min(b.Dx(), b.Dy()) >= 2*largest; b = img.Bounds() {
		half := image.NewRGBA(image.Rect(0, 0, b.Dx()/2, b.Dy()/2))
		draw.ApproxBiLinear.Scale(half, half.Bounds(), img, b, draw.Src, nil)
		img = half
	}
	b := img.Bounds()
	flat := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(flat, flat.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), img, b.Min, draw.Over)
	return flat
}

// shrink makes the sizes, each from the next larger one.
func shrink(img *image.RGBA) (Prepared, error) {
	full := img.Bounds().Dx()
	var widths []int
	for _, w := range Widths {
		if w < full {
			widths = append(widths, w)
		}
	}
	if full <= Widths[len(Widths)-1] {
		widths = append(widths, full)
	}
	p := Prepared{sizes: make([]size, len(widths))}
	for i := len(widths) - 1; i >= 0; i-- {
		img = scale(img, widths[i])
		var buf bytes.Buffer
		if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: quality}); err != nil {
			return Prepared{}, fmt.Errorf("encode: %w", err)
		}
		p.sizes[i] = size{widths[i], img.Bounds().Dy(), buf.Bytes()}
	}
	p.digest = sha256.Sum256(p.sizes[len(p.sizes)-1].body)
	return p, nil
}

func scale(img *image.RGBA, width int) *image.RGBA {
	b := img.Bounds()
	if b.Dx() == width {
		return img
	}
	height := max(1, (b.Dy()*width+b.Dx()/2)/b.Dx())
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(out, out.Bounds(), img, b, draw.Src, nil)
	return out
}
