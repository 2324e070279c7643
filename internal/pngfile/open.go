package pngfile

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"iter"
	"sync"
)

// Picture is a file whose chunks were found. It can be used concurrently.
type Picture struct {
	Head
	data  []byte
	first int  // offset of the first chunk of pixels; 0 if there is none
	cut   bool // the file ends within a chunk, or without an end

	palette     [256][4]uint8 // RGBA; entries that the file does not have are black
	transparent bool          // a colour of the palette is, or the key is one
	key         [3]uint16     // the transparent colour of a picture without palette

	checked sync.Once
	garbled bool // the pixels are others than were written
}

// Open finds the chunks of a file, up to its end. It does not look at the pixels. Errors: ErrInvalid, and ErrShort if
// it is cut short before there is anything to see.
func Open(data []byte) (*Picture, error) {
	h, err := ReadHead(data)
	if err != nil {
		return nil, err
	}
	p := &Picture{Head: h, data: data, cut: true}
	for i := range p.palette {
		p.palette[i][3] = 255
	}
	var colours, alpha []byte
	for c := range p.chunks(len(signature) + chunkSize + headSize) {
		switch {
		case c.is("PLTE"):
			colours = c.body()
		case c.is("tRNS"):
			alpha = c.body()
		case c.is("IDAT") && p.first == 0:
			p.first = c.at
		case c.is("IEND"):
			p.cut = false
		}
	}
	p.setTables(colours, alpha)
	if p.first == 0 || h.colour == typePalette && len(colours) < 3 {
		return nil, fmt.Errorf("no pixels or no palette: %w", p.fault())
	}
	return p, nil
}

// fault returns the error of a picture of which something is missing.
func (p *Picture) fault() error {
	if p.cut {
		return ErrShort
	}
	return ErrInvalid
}

// setTables reads the palette, and what is transparent (PNG specification, 11.2.2 and 11.3.1.1).
func (p *Picture) setTables(colours, alpha []byte) {
	switch {
	case p.colour == typePalette:
		for i := range min(len(colours)/3, 1<<p.Depth) {
			copy(p.palette[i][:3], colours[3*i:])
		}
		for i, a := range alpha[:min(len(alpha), len(p.palette))] {
			p.palette[i][3] = a
			p.transparent = p.transparent || a < 255
		}
	case p.colour == typeGrey && len(alpha) >= 2, p.colour == typeRGB && len(alpha) >= 6:
		p.transparent = true
		for i := range p.Channels {
			p.key[i] = binary.BigEndian.Uint16(alpha[2*i:])
		}
	}
}

// Cut reports whether the file ends within a chunk, or without the chunk that ends a PNG. Its pixels may be there.
func (p *Picture) Cut() bool { return p.cut }

// Scaled returns the size of the picture at 1/(1<<shrink) of its size, rounded up.
func (p *Picture) Scaled(shrink int) image.Point {
	up := 1<<shrink - 1
	return image.Pt((p.Size.X+up)>>shrink, (p.Size.Y+up)>>shrink)
}

// chunk is a chunk of a file. The last one may be cut short.
type chunk struct {
	data []byte
	at   int
	n    int  // bytes of its body that are there
	cut  bool // some are missing, or the checksum is
}

// is reports whether the chunk has the name.
func (c chunk) is(name string) bool { return string(c.data[c.at+4:c.at+8]) == name }

func (c chunk) body() []byte { return c.data[c.at+8 : c.at+8+c.n] }

// sound reports whether the checksum is right, or missing.
func (c chunk) sound() bool {
	end := c.at + 8 + c.n
	return c.cut || crc32.ChecksumIEEE(c.data[c.at+4:end]) == binary.BigEndian.Uint32(c.data[end:])
}

// chunkAt returns the chunk of a file at an offset. It is not ok if its name is not there.
func chunkAt(data []byte, at int) (c chunk, ok bool) {
	if len(data)-at < 8 {
		return chunk{}, false
	}
	c = chunk{data: data, at: at}
	size := int64(binary.BigEndian.Uint32(data[at:]))
	there := int64(len(data) - at - 8)
	c.cut = size+4 > there
	c.n = int(min(size, there))
	return c, true
}

// Chunks returns the names and the bodies of the chunks of a file, also of those behind its picture, up to the first
// that is cut off. Their checksums are not looked at.
func Chunks(data []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for at := min(len(signature), len(data)); ; {
			c, ok := chunkAt(data, at)
			if !ok || c.cut || !yield(string(data[at+4:at+8]), c.body()) {
				return
			}
			at += chunkSize + c.n
		}
	}
}

// chunks returns the chunks from an offset on, up to the end of the picture or of the file.
func (p *Picture) chunks(at int) func(yield func(chunk) bool) {
	return func(yield func(chunk) bool) {
		for {
			c, ok := chunkAt(p.data, at)
			if !ok || !yield(c) || c.cut || c.is("IEND") {
				return
			}
			at += chunkSize + c.n
		}
	}
}

// pixels returns a function that returns the bodies of the chunks of pixels, joined and without the header of zlib,
// piece by piece, and at the end nothing.
func (p *Picture) pixels() func() []byte {
	at, skip := p.first, 2
	return func() []byte {
		for {
			c, ok := chunkAt(p.data, at)
			if !ok || c.is("IEND") {
				return nil
			}
			at += chunkSize + c.n
			if c.cut {
				at = len(p.data)
			}
			if !c.is("IDAT") {
				continue
			}
			body := c.body()
			drop := min(skip, len(body))
			skip -= drop
			if body = body[drop:]; len(body) > 0 {
				return body
			}
		}
	}
}
