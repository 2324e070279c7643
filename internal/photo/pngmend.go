package photo

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/adler32"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"runtime"

	"newsroom.example/cards/internal/fault"
)

// decodePNG decodes a PNG. One with a fault that leaves its pixels alone is taken: a wrong checksum, chunks in a wrong
// order, no end. Of one that is cut short the rows that exist are returned, if there are enough of them, and cut is
// true.
func decodePNG(f *file) (img image.Image, cut bool, err error) {
	c := chunksOfPNG(f.data)
	if c.sound {
		if img, err = png.Decode(f); err == nil {
			return img, false, nil
		}
		runtime.GC() // what was decoded in vain counts once
	}
	m := newMendedPNG(c)
	img, mendErr := png.Decode(m)
	switch {
	case mendErr != nil && err == nil:
		err = mendErr
	case mendErr != nil || m.garbled():
	case m.complete():
		return img, false, nil
	case m.short():
		return m.shown(img)
	}
	if err == nil {
		err = errors.New("damaged data")
	}
	return nil, c.cut, err
}

// pngChunks are the chunks of a PNG that its pixels depend on.
type pngChunks struct {
	head    pngHead
	ihdr    []byte // the whole chunk
	palette []byte
	alpha   []byte   // of tRNS
	pixels  [][]byte // of the chunks IDAT
	sound   bool     // there is no fault in the order, the checksums and the end
	garbled bool     // a checksum of the pixels is wrong
	cut     bool     // the file ends within a chunk, or without an end
}

// chunksOfPNG reads the chunks of a PNG whose header is valid, up to the end of the picture or of the file.
func chunksOfPNG(data []byte) (c pngChunks) {
	c.head, _ = headOfPNG(data)
	const first = pngSignature + pngChunk + pngHeader
	if len(data) < first {
		c.cut = true
		return c
	}
	c.ihdr, c.sound = data[pngSignature:first], true
	for rest := data[first:]; ; {
		if len(rest) < 8 {
			c.sound, c.cut = false, true
			return c
		}
		n, name := uint64(binary.BigEndian.Uint32(rest)), string(rest[4:8])
		body, next := rest[8:], []byte(nil)
		if n+pngChunk <= uint64(len(rest)) {
			body, next = body[:n], rest[pngChunk+n:]
			if crc32.ChecksumIEEE(rest[4:8+n]) != binary.BigEndian.Uint32(rest[8+n:]) {
				c.sound = false
				c.garbled = c.garbled || name == "IDAT"
			}
		} else if c.sound, c.cut = false, true; n < uint64(len(body)) {
			body = body[:n]
		}
		switch {
		case name == "IEND":
			return c
		case name == "PLTE":
			c.sound = c.sound && c.alpha == nil && c.pixels == nil
			c.palette = body
		case name == "tRNS":
			c.sound = c.sound && c.pixels == nil
			c.alpha = body
		case name == "IDAT":
			c.pixels = append(c.pixels, body)
		}
		if next == nil {
			return c
		}
		rest = next
	}
}

// mendedPNG is the input of a decoder: the same picture as a PNG without faults. Its pixels are inflated and stored
// without compression, bit by bit as they are read; what is missing is 0.
type mendedPNG struct {
	chunks  pngChunks
	out     bytes.Buffer
	raw     io.Reader // the inflated rows
	all     int64     // bytes of them in a complete file
	have    int64     // bytes of them that came
	written int64     // bytes of them that are in out
	sum     uint32    // Adler-32 of what is in out
	done    bool
	err     error         // of inflating
	source  *bytes.Reader // of raw
	block   [storedBytes]byte
}

// storedBytes is the size of the blocks in which the pixels are stored.
const storedBytes = 32 << 10

func newMendedPNG(c pngChunks) *mendedPNG {
	m := &mendedPNG{chunks: c, all: c.head.rawBytes(), sum: 1}
	m.out.WriteString("\x89PNG\r\n\x1a\n")
	m.out.Write(c.ihdr)
	m.tables()
	all := bytes.Join(c.pixels, nil)
	m.source = bytes.NewReader(all[min(2, len(all)):]) // behind the header of zlib
	m.raw = flate.NewReader(m.source)
	m.chunk("IDAT", []byte{0x78, 0x01})
	return m
}

// tables writes the palette and the transparent colours, if they are valid.
func (m *mendedPNG) tables() {
	h, c := m.chunks.head, m.chunks
	want := map[int]int{pngGrey: 2, pngRGB: 6}[h.colour]
	if h.colour == pngPalette {
		entries := min(len(c.palette)/3, 1<<h.depth)
		m.chunk("PLTE", c.palette[:3*entries])
		want = min(len(c.alpha), entries)
	}
	if want > 0 && len(c.alpha) >= want {
		m.chunk("tRNS", c.alpha[:want])
	}
}

func (m *mendedPNG) chunk(name string, parts ...[]byte) {
	n := 0
	for _, part := range parts {
		n += len(part)
	}
	m.out.Write(binary.BigEndian.AppendUint32(nil, uint32(n)))
	m.out.WriteString(name)
	sum := crc32.ChecksumIEEE([]byte(name))
	for _, part := range parts {
		m.out.Write(part)
		sum = crc32.Update(sum, crc32.IEEETable, part)
	}
	m.out.Write(binary.BigEndian.AppendUint32(nil, sum))
}

// Read implements io.Reader.
func (m *mendedPNG) Read(b []byte) (int, error) {
	for m.out.Len() == 0 && !m.done {
		m.more()
	}
	return m.out.Read(b)
}

// more writes the next block of pixels, or the end.
func (m *mendedPNG) more() {
	block := m.block[:min(storedBytes, m.all-m.written)]
	clear(block)
	if m.err == nil {
		var n int
		n, m.err = io.ReadFull(m.raw, block)
		m.have += int64(n)
	}
	m.written += int64(len(block))
	m.sum = adler(m.sum, block)
	last := byte(0)
	if m.done = m.written == m.all; m.done {
		last = 1
	}
	size := uint16(len(block))
	head := []byte{last, byte(size), byte(size >> 8), ^byte(size), ^byte(size >> 8)}
	if !m.done {
		m.chunk("IDAT", head, block)
		return
	}
	m.chunk("IDAT", head, block, binary.BigEndian.AppendUint32(nil, m.sum))
	m.chunk("IEND")
}

// adler continues an Adler-32 sum.
func adler(sum uint32, data []byte) uint32 {
	const mod = 65521
	next := adler32.Checksum(data)
	n := uint32(len(data)) % mod
	a, b := sum&0xffff, sum>>16
	a2, b2 := next&0xffff, next>>16
	return (b+n*(a+mod-1)%mod+b2)%mod<<16 | (a+a2+mod-1)%mod
}

// complete reports whether all pixels came.
func (m *mendedPNG) complete() bool { return m.have == m.all }

// short reports whether the pixels end because the file does.
func (m *mendedPNG) short() bool {
	return m.chunks.cut && errors.Is(m.err, io.ErrUnexpectedEOF)
}

// garbled reports whether the pixels are others than were written: both of their checksums are wrong.
func (m *mendedPNG) garbled() bool {
	if !m.chunks.garbled {
		return false
	}
	var end [5]byte // the stream's end, and its sum
	n, _ := io.ReadFull(m.raw, end[:1])
	if n > 0 || m.have < m.all {
		return true
	}
	left, _ := io.ReadFull(m.source, end[:4])
	return left < 4 || binary.BigEndian.Uint32(end[:4]) != m.sum
}

// shown returns the rows of a picture that came, if there are enough of them.
func (m *mendedPNG) shown(img image.Image) (image.Image, bool, error) {
	rows := m.chunks.head.rowsIn(m.have)
	return firstRows(img, rows)
}

// firstRows returns the first rows of a picture that is cut short, if they are most of it.
func firstRows(img image.Image, rows int) (part image.Image, cut bool, err error) {
	b := img.Bounds()
	if rows*10 < b.Dy()*usableRows {
		return nil, true, fmt.Errorf("%d of %d rows: %w", rows, b.Dy(), fault.ErrSourceIncomplete)
	}
	return partOf(img, image.Rect(b.Min.X, b.Min.Y, b.Max.X, b.Min.Y+rows)), true, nil
}
