package render

import (
	"fmt"
	"image"
	"io"
	"sync"

	"newsroom.example/cards/internal/jpeg"
	"newsroom.example/cards/internal/png"
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

// The qualities of a JPEG: the best, and the worst that is taken to keep a limit of bytes.
const (
	bestQuality  = 85
	leastQuality = 20
)

// encoders keeps encoders for reuse: their buffers are as large as the pictures they encoded.
var encoders = struct{ jpeg, png sync.Pool }{
	jpeg: sync.Pool{New: func() any { return new(jpeg.Encoder) }},
	png:  sync.Pool{New: func() any { return new(png.Encoder) }},
}

// Encoding says how a picture is encoded.
type Encoding struct {
	Format   Format
	MaxBytes int // of a JPEG; 0: no limit
	Cores    int // that share the work on a JPEG; 0: one. The bytes are the same
}

// Encode writes the picture. A JPEG keeps its limit of bytes where any quality allows it, and is no
// worse than that needs; a PNG is exact, whatever its size.
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
