// Package png encodes the PNG files of cards faster than image/png, and smaller if a card has few colours.
//
// A picture of at most 256 colours, as almost every card without a photo is, is written with a palette and
// without filters. The package has its own deflate for such pictures, which finds runs and repeated rows
// only. A picture with other patterns, or with more colours, is compressed with klauspost/compress at a fast
// level. Pictures of more colours are written as RGB; each row has the filter that gives the smallest
// differences in a sample of its pixels. The format is the PNG specification, third edition (W3C, 2025);
// docs/codecs.md describes the method.
package png

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zlib"
)

// maxSide is the longest side of a picture, in pixels; PNG itself allows more.
const maxSide = 1 << 16

// Ways to deflate. In a photo it is not worth searching for matches: Huffman coding alone is three times as
// fast and makes files 10 % larger, as measured on cards.
const (
	withMatches = iota
	withoutMatches
	ways
)

var levels = [ways]int{withMatches: flate.BestSpeed, withoutMatches: flate.HuffmanOnly}

// Colour types in a header.
const (
	typeRGB     = 2
	typePalette = 3
)

// mostPlain decides whether a picture is type. If more than one in mostPlain pixels repeats neither the pixel
// before nor the pixel above, it is not: it may be dithered or hatched. In cards it is one pixel in thirty.
const mostPlain = 8

// stripBytes is the approximate number of bytes that are passed to deflate at a time.
const stripBytes = 64 << 10

// Encoder encodes pictures and reuses its memory for the next one. It must not be used concurrently. The zero
// value is ready to use.
type Encoder struct {
	out     bytes.Buffer
	palette palette
	marks   marks
	row     []byte // filter and palette indexes of the last row
	tokens  tokens
	sum     adler
	own     deflater
	stream  []byte

	strip   []byte
	deflate [ways]*zlib.Writer
}

// Encode returns the picture as a PNG file, without loss. m must be opaque; alpha is ignored. ink, if not nil,
// has a span for each row, and all pixels outside the spans have the same colour. It saves time and does not
// change the bytes. The bytes are valid until the next call of Encode.
func (e *Encoder) Encode(m *image.RGBA, ink []Span) ([]byte, error) {
	size := m.Rect.Size()
	if size.X <= 0 || size.Y <= 0 || size.X > maxSide || size.Y > maxSide {
		return nil, fmt.Errorf("a PNG of %v", size)
	}
	e.out.Reset()
	e.out.WriteString("\x89PNG\r\n\x1a\n")
	if err := e.picture(m, ink, size); err != nil {
		return nil, fmt.Errorf("deflate: %w", err)
	}
	e.chunk("IEND", nil)
	return e.out.Bytes(), nil
}

// picture writes all chunks but the last, in the best way for the picture.
func (e *Encoder) picture(m *image.RGBA, ink []Span, size image.Point) error {
	switch {
	case !e.paletted(m, ink):
		e.header(size, typeRGB)
		way := withoutMatches
		if even(m) {
			way = withMatches
		}
		return e.data(way, size.Y, 3*size.X+1, func(row []byte, y int) { filterRow(row, m, y) })
	case e.tokens.plain > size.X*size.Y/mostPlain:
		e.paletteHead(size)
		return e.data(withMatches, size.Y, size.X+1, func(row []byte, y int) {
			row[0] = filterNone
			e.palette.row(row[1:], m.Pix[y*m.Stride:])
		})
	}
	e.paletteHead(size)
	e.stream = e.own.append(e.stream[:0], e.tokens.all, size.X+1, e.sum.value())
	e.chunk("IDAT", e.stream)
	return nil
}

func (e *Encoder) paletteHead(size image.Point) {
	e.header(size, typePalette)
	e.chunk("PLTE", e.palette.bytes())
}

func (e *Encoder) header(size image.Point, colour byte) {
	body := binary.BigEndian.AppendUint32(make([]byte, 0, 13), uint32(size.X))
	body = binary.BigEndian.AppendUint32(body, uint32(size.Y))
	e.chunk("IHDR", append(body, 8, colour, 0, 0, 0))
}

// chunk writes a chunk.
func (e *Encoder) chunk(name string, body []byte) {
	at := e.begin(name)
	e.out.Write(body)
	e.end(at)
}

// begin starts a chunk and returns its offset; end fills in its length and checksum.
func (e *Encoder) begin(name string) (at int) {
	at = e.out.Len()
	e.out.WriteString("\x00\x00\x00\x00" + name)
	return at
}

func (e *Encoder) end(at int) {
	chunk := e.out.Bytes()[at:]
	binary.BigEndian.PutUint32(chunk, uint32(len(chunk)-8))
	var sum [4]byte
	binary.BigEndian.PutUint32(sum[:], crc32.ChecksumIEEE(chunk[4:]))
	e.out.Write(sum[:])
}

// data writes the image data: rows of length bytes each, which fill fills in.
func (e *Encoder) data(way, rows, length int, fill func(row []byte, y int)) error {
	at := e.begin("IDAT")
	z := e.deflate[way]
	if z == nil {
		var err error
		if z, err = zlib.NewWriterLevel(&e.out, levels[way]); err != nil {
			return err
		}
		e.deflate[way] = z
	} else {
		z.Reset(&e.out)
	}
	many := max(1, stripBytes/length)
	if cap(e.strip) < many*length {
		e.strip = make([]byte, many*length)
	}
	for y := 0; y < rows; {
		strip := e.strip[:min(many, rows-y)*length]
		for row := strip; len(row) > 0; row = row[length:] {
			fill(row[:length], y)
			y++
		}
		if _, err := z.Write(strip); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	e.end(at)
	return nil
}
