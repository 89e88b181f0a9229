package media

import (
	"bytes"
	"encoding/binary"
	"image"
)

// Phones store the sensor's picture and note in EXIF how to turn it. Re-encoding drops that note together with the GPS
// place, so it is read first. Values 1–8 as in EXIF 2.3 §4.6.4; anything unreadable means 1, as it stands.

const orientationTag = 0x0112

// tiffOrientation reads the tag from a TIFF block, the body of every EXIF.
func tiffOrientation(b []byte) int {
	if len(b) < 14 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(b[:4]) {
	case "II*\x00":
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	start := order.Uint32(b[4:])
	if uint64(start)+2 > uint64(len(b)) {
		return 1
	}
	entries := b[start+2:]
	for range int(order.Uint16(b[start:])) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == orientationTag {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}

// jpegOrientation walks the segments before the picture to APP1 "Exif".
func jpegOrientation(b []byte) int {
	for i := 2; i+4 <= len(b) && b[i] == 0xff; {
		marker, length := b[i+1], int(binary.BigEndian.Uint16(b[i+2:]))
		if marker == 0xff { // fill byte
			i++
			continue
		}
		if marker == 0xda || length < 2 || i+2+length > len(b) {
			return 1
		}
		segment := b[i+4 : i+2+length]
		if marker == 0xe1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")) {
			return tiffOrientation(segment[6:])
		}
		i += 2 + length
	}
	return 1
}

// pngOrientation walks the chunks to eXIf.
func pngOrientation(b []byte) int {
	for i := 8; i+8 <= len(b); {
		length := int(binary.BigEndian.Uint32(b[i:]))
		if length < 0 || length > len(b)-i-8 {
			return 1
		}
		if string(b[i+4:i+8]) == "eXIf" {
			return tiffOrientation(b[i+8 : i+8+length])
		}
		i += 12 + length
	}
	return 1
}

// webpOrientation walks the RIFF chunks to EXIF.
func webpOrientation(b []byte) int {
	for i := 12; i+8 <= len(b); {
		length := int(binary.LittleEndian.Uint32(b[i+4:]))
		if length < 0 || length > len(b)-i-8 {
			return 1
		}
		if string(b[i:i+4]) == "EXIF" {
			return tiffOrientation(bytes.TrimPrefix(b[i+8:i+8+length], []byte("Exif\x00\x00")))
		}
		i += 8 + length + length&1
	}
	return 1
}

// upright turns and mirrors the picture as the orientation says.
func upright(img *image.RGBA, orientation int) *image.RGBA {
	if orientation <= 1 || orientation > 8 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	box := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		box = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(box)
	for y := range h {
		for x := range w {
			tx, ty := turned(orientation, x, y, w, h)
			copy(out.Pix[ty*out.Stride+4*tx:][:4], img.Pix[y*img.Stride+4*x:][:4])
		}
	}
	return out
}

// turned says where the stored pixel (x, y) of a w × h picture belongs.
func turned(orientation, x, y, w, h int) (tx, ty int) {
	switch orientation {
	case 2: // mirrored
		return w - 1 - x, y
	case 3: // upside down
		return w - 1 - x, h - 1 - y
	case 4: // mirrored, upside down
		return x, h - 1 - y
	case 5: // transposed
		return y, x
	case 6: // to be turned right
		return h - 1 - y, x
	case 7: // transposed the other way
		return h - 1 - y, w - 1 - x
	case 8: // to be turned left
		return y, w - 1 - x
	}
	return x, y
}
