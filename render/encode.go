package render

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
)

// Format is the ending of a picture's name.
type Format string

// The formats that social crawlers read everywhere.
const (
	JPEG Format = "jpg"
	PNG  Format = "png"
)

// ParseFormat reads a picture's ending, without the dot.
func ParseFormat(s string) (Format, error) {
	switch f := Format(s); f {
	case JPEG, PNG:
		return f, nil
	}
	return "", fmt.Errorf("picture format %q is not known", s)
}

// MaxPhotoBytes bounds a JPEG: WhatsApp drops previews that are larger than 300 KB.
const MaxPhotoBytes = 300_000

// qualities are tried from the best on, until the bytes are few enough.
var qualities = []int{88, 85, 80, 74, 66, 56, 44, 32, 20}

// Encode writes the picture. A JPEG has at most maxBytes (0: no limit) where any quality allows
// it, and is no worse than that needs; a PNG is exact and has the size it has.
func Encode(w io.Writer, m *image.RGBA, f Format, maxBytes int) error {
	if f == PNG {
		return encodePNG(w, m)
	}
	var out bytes.Buffer
	for _, q := range qualities {
		out.Reset()
		if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: q}); err != nil {
			return fmt.Errorf("encode jpeg: %w", err)
		}
		if maxBytes == 0 || out.Len() <= maxBytes {
			break
		}
	}
	_, err := w.Write(out.Bytes())
	return err
}

func encodePNG(w io.Writer, m *image.RGBA) error {
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	var src image.Image = m
	if p := paletted(m); p != nil {
		src = p
		enc.CompressionLevel = png.DefaultCompression
	}
	if err := enc.Encode(w, src); err != nil {
		return fmt.Errorf("encode png: %w", err)
	}
	return nil
}

// paletted is the picture in a palette, where it has at most 256 colours, as type on paper has
// nearly always; else nil.
func paletted(m *image.RGBA) *image.Paletted {
	index := make(map[uint32]uint8, 256)
	out := image.NewPaletted(m.Rect, nil)
	last, lastAt := uint32(0), uint8(0)
	for i := range out.Pix {
		px := uint32(m.Pix[4*i])<<16 | uint32(m.Pix[4*i+1])<<8 | uint32(m.Pix[4*i+2])
		if px != last || i == 0 {
			at, ok := index[px]
			if !ok {
				if len(index) == 256 {
					return nil
				}
				at = uint8(len(index))
				index[px] = at
				out.Palette = append(out.Palette, color.NRGBA{uint8(px >> 16), uint8(px >> 8), uint8(px), 255})
			}
			last, lastAt = px, at
		}
		out.Pix[i] = lastAt
	}
	return out
}
