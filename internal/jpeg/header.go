package jpeg

import (
	"encoding/binary"
	"fmt"
	"image"
)

// Picture is a JPEG file whose headers have been read. Decoding does not change it, and several Decoders
// may decode it at the same time.
type Picture struct {
	width, height int
	comps         []component
	quant         [4]*[64]int32
	codings       [2][4]coding // Huffman tables of DC and of AC, by number
	restart       int          // MCUs between restart markers; 0: none
	scan          []byte       // entropy-coded data and what follows it
	mcusX, mcusY  int
}

// coding is a Huffman table as the file defines it. The decoding table is built only when a component
// uses it: this is slow, and a file may define any number of tables.
type coding struct {
	counts  [16]uint8
	symbols []byte   // nil if the table is not defined
	made    *huffman // nil if not built yet
}

// table returns the decoding table, or nil if the table is not defined or invalid.
func (c *coding) table(dc bool) *huffman {
	if c.made == nil && c.symbols != nil {
		c.made, _ = newHuffman(c.counts, c.symbols, dc)
	}
	return c.made
}

// component is a plane of the picture.
type component struct {
	id     uint8
	h, v   int // sampling factors
	quant  *[64]int32
	dc, ac *huffman
	tq     uint8
}

// Size returns the picture's width and height in pixels, without rotation by EXIF.
func (p *Picture) Size() image.Point { return image.Pt(p.width, p.height) }

// Open reads the headers of a file. The Picture retains data, which must not change. The error is
// ErrForeign.
func Open(data []byte) (*Picture, error) {
	p := &Picture{}
	if len(data) < 4 || data[0] != 0xff || data[1] != markSOI {
		return nil, foreign("no start of image")
	}
	for at := 2; ; {
		marker, body, next, ok := segment(data, at)
		if !ok {
			return nil, foreign("headers end too early")
		}
		at = next
		if err := p.take(marker, body); err != nil {
			return nil, err
		}
		if marker == markSOS {
			p.scan = data[at:]
			return p, p.complete()
		}
	}
}

func foreign(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrForeign, fmt.Sprintf(format, args...))
}

// segment returns the marker segment that begins at the offset at, and the offset of the next one.
func segment(data []byte, at int) (marker byte, body []byte, next int, ok bool) {
	for at < len(data)-1 && data[at] == 0xff && data[at+1] == 0xff {
		at++ // fill bytes (T.81, B.1.1.2)
	}
	if at+4 > len(data) || data[at] != 0xff {
		return 0, nil, 0, false
	}
	n := int(binary.BigEndian.Uint16(data[at+2:]))
	if n < 2 || at+2+n > len(data) {
		return 0, nil, 0, false
	}
	return data[at+1], data[at+4 : at+2+n], at + 2 + n, true
}

// take reads one segment.
func (p *Picture) take(marker byte, body []byte) error {
	switch {
	case marker == markDQT:
		return p.quantTables(body)
	case marker == markDHT:
		return p.huffmanTables(body)
	case marker == markSOF0 || marker == markSOF1:
		return p.frame(body)
	case marker == markDRI && len(body) == 2:
		p.restart = int(binary.BigEndian.Uint16(body))
	case marker == markSOS:
		return p.scanHeader(body)
	case marker == markAdobe && len(body) >= 12 && string(body[:5]) == "Adobe" && body[11] != 1:
		return foreign("colours that are not YCbCr")
	case marker < markAPP0 || marker == markDRI:
		return foreign("marker %#x", marker)
	}
	return nil // ignore application segments and comments
}

// quantTables reads a DQT segment (T.81, B.2.4.1), in zig-zag order.
func (p *Picture) quantTables(body []byte) error {
	for len(body) > 0 {
		precision, id := body[0]>>4, body[0]&15
		size := 64 * (1 + int(precision))
		if precision > 1 || id > 3 || len(body) < 1+size {
			return foreign("quantisation table")
		}
		var q [64]int32
		for i := range q {
			if precision == 0 {
				q[i] = int32(body[1+i])
			} else {
				q[i] = int32(binary.BigEndian.Uint16(body[1+2*i:]))
			}
		}
		p.quant[id] = &q
		body = body[1+size:]
	}
	return nil
}

// huffmanTables reads a DHT segment (T.81, B.2.4.2).
func (p *Picture) huffmanTables(body []byte) error {
	for len(body) > 0 {
		if len(body) < 17 {
			return foreign("Huffman table")
		}
		class, id := body[0]>>4, body[0]&15
		counts := [16]uint8(body[1:17])
		n := 0
		for _, c := range counts {
			n += int(c)
		}
		if class > 1 || id > 3 || n == 0 || n > 256 || len(body) < 17+n {
			return foreign("Huffman table")
		}
		p.codings[class][id] = coding{counts: counts, symbols: body[17 : 17+n]}
		body = body[17+n:]
	}
	return nil
}

// frame reads an SOF segment (T.81, B.2.2).
func (p *Picture) frame(body []byte) error {
	if p.comps != nil || len(body) < 6 || body[0] != 8 {
		return foreign("frame header")
	}
	p.height, p.width = int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
	n := int(body[5])
	if p.width == 0 || p.height == 0 || n != 1 && n != 3 || len(body) != 6+3*n {
		return foreign("frame of %dx%d, %d components", p.width, p.height, n)
	}
	for c := range n {
		b := body[6+3*c:]
		p.comps = append(p.comps, component{id: b[0], h: int(b[1] >> 4), v: int(b[1] & 15), tq: b[2]})
		if b[2] > 3 {
			return foreign("frame header")
		}
	}
	return p.sampling()
}

// sampling accepts the subsamplings that image.YCbCr supports.
func (p *Picture) sampling() error {
	if len(p.comps) == 1 {
		p.comps[0].h, p.comps[0].v = 1, 1 // T.81, A.2.2: a scan of one component has no MCUs
	} else {
		ids := [3]uint8{p.comps[0].id, p.comps[1].id, p.comps[2].id}
		if ids == [3]uint8{'R', 'G', 'B'} || ids[0] == ids[1] || ids[0] == ids[2] || ids[1] == ids[2] {
			return foreign("components %v", ids)
		}
		for _, c := range p.comps[1:] {
			if c.h != 1 || c.v != 1 {
				return foreign("chroma of %dx%d", c.h, c.v)
			}
		}
		if _, ok := ratios[[2]int{p.comps[0].h, p.comps[0].v}]; !ok {
			return foreign("luma of %dx%d", p.comps[0].h, p.comps[0].v)
		}
	}
	p.mcusX = (p.width + 8*p.comps[0].h - 1) / (8 * p.comps[0].h)
	p.mcusY = (p.height + 8*p.comps[0].v - 1) / (8 * p.comps[0].v)
	return nil
}

// scanHeader reads an SOS segment (T.81, B.2.3): all components, in the frame's order.
func (p *Picture) scanHeader(body []byte) error {
	n := len(p.comps)
	if n == 0 || len(body) != 4+2*n || int(body[0]) != n {
		return foreign("scan header")
	}
	for i := range p.comps {
		c, b := &p.comps[i], body[1+2*i:]
		if b[0] != c.id || b[1]>>4 > 3 || b[1]&15 > 3 {
			return foreign("scan header")
		}
		c.dc, c.ac = p.codings[0][b[1]>>4].table(true), p.codings[1][b[1]&15].table(false)
	}
	return nil
}

// complete checks that every component has its tables and that they are valid.
func (p *Picture) complete() error {
	for i := range p.comps {
		c := &p.comps[i]
		c.quant = p.quant[c.tq]
		if c.quant == nil || c.dc == nil || c.ac == nil {
			return foreign("a table is missing")
		}
	}
	return nil
}
