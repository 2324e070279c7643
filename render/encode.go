package render

import (
	"fmt"
	"image"
	"io"
	"sync"

	"newsroom.example/cards/internal/jpeg"
	"newsroom.example/cards/internal/png"
)

// Format is the extension of a picture's file name.
type Format string

// The formats that all social crawlers read.
const (
	JPEG Format = "jpg"
	PNG  Format = "png"
)

// ParseFormat parses the extension of a picture's file name, without the dot.
func ParseFormat(s string) (Format, error) {
	switch f := Format(s); f {
	case JPEG, PNG:
		return f, nil
	}
	return "", fmt.Errorf("picture format %q is not known", s)
}

// MaxPhotoBytes is the maximum size of a JPEG: WhatsApp drops previews that are larger than 300 KB.
const MaxPhotoBytes = 300_000

// The qualities of a JPEG: the best, and the lowest that is used to keep a limit of bytes.
const (
	bestQuality  = 85
	leastQuality = 20
)

// encoders is a pool of encoders, because their buffers are as large as the pictures that they encoded.
var encoders = struct{ jpeg, png sync.Pool }{
	jpeg: sync.Pool{New: func() any { return new(jpeg.Encoder) }},
	png:  sync.Pool{New: func() any { return new(png.Encoder) }},
}

// Encoding holds the options of encoding a picture.
type Encoding struct {
	Format   Format
	MaxBytes int // of a JPEG; 0: no limit
	Cores    int // that encode a JPEG; 0: one. The number does not affect the bytes
}

// Encode writes the picture. A JPEG has the best quality that fits into its limit of bytes, if any does. A PNG
// is lossless, whatever its size.
func Encode(w io.Writer, m *image.RGBA, o Encoding) error {
	return encode(w, m, nil, o)
}

// Encode writes the drawing as the function Encode does, without examining its plain paper.
func (d *Drawing) Encode(w io.Writer, o Encoding) error {
	return encode(w, d.Image, d.canvas.Painted(), o)
}

func encode(w io.Writer, m *image.RGBA, ink []png.Span, o Encoding) error {
	var data []byte
	var err error
	if o.Format == PNG {
		e := encoders.png.Get().(*png.Encoder)
		defer encoders.png.Put(e)
		data, err = e.Encode(m, ink)
	} else {
		e := encoders.jpeg.Get().(*jpeg.Encoder)
		defer encoders.jpeg.Put(e)
		data, err = e.Encode(m, jpeg.Options{
			Quality: bestQuality, Least: leastQuality, MaxBytes: o.MaxBytes, Cores: o.Cores,
		})
	}
	if err != nil {
		return fmt.Errorf("encode %s: %w", o.Format, err)
	}
	_, err = w.Write(data)
	return err
}
