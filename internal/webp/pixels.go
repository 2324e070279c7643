package webp

import (
	"encoding/binary"
	"image"
)

// farthest is the largest distance of a copy, in pixels (RFC 9649, section 3.6.2.2).
const farthest = 1 << 20

// pixelSource decodes the pixels of an entropy-coded picture (RFC 9649, section 3.7). Of a large picture it keeps those
// that can be copied.
type pixelSource struct {
	bits   *bitReader
	groups groups
	cache  []uint32
	shift  uint // of a hash, to an index of the cache
	width  int
	left   int // pixels from the start of the next row to the end of the picture
	pix    []uint32
	start  int // of the next row, in pix
	done   int // pixels of pix
	rows   int // that were returned
}

// heldPixels is the number of pixels that are kept of a picture with so many.
func heldPixels(pixels, width int) int { return min(pixels, 2*farthest+width+maxCopy) }

// maxCopy is the most pixels that one copy has (RFC 9649, section 3.6.2.2).
const maxCopy = 4096

// newPixelSource reads what stands before the pixels.
func newPixelSource(b *bitReader, t *tables, width, height int, main bool) (*pixelSource, error) {
	s := &pixelSource{bits: b, width: width, left: width * height}
	cacheBits := uint(0)
	if b.flag() {
		if cacheBits = uint(b.read(4)); cacheBits < 1 || cacheBits > maxCacheBits {
			return nil, errVP8L
		}
		s.cache, s.shift = make([]uint32, 1<<cacheBits), 32-cacheBits
	}
	var err error
	if s.groups, err = b.readGroups(t, width, height, cacheBits, main); err != nil {
		return nil, err
	}
	held := s.left
	if main {
		held = heldPixels(s.left, width)
	}
	s.pix = make([]uint32, held)
	return s, nil
}

// readPixels reads a whole picture that belongs to a transform or to the codes.
func (b *bitReader) readPixels(width, height int) ([]uint32, error) {
	s, err := newPixelSource(b, new(tables), width, height, false)
	if err != nil {
		return nil, err
	}
	for range height {
		if _, err := s.row(); err != nil {
			return nil, err
		}
	}
	return s.pix, nil // all of it
}

// row returns the next row. It is valid until the next call.
func (s *pixelSource) row() ([]uint32, error) {
	if s.left == 0 {
		return nil, errShort
	}
	s.makeRoom()
	start, end := s.start, s.start+s.width
	y := s.rows
	for s.done < end {
		g, to := &s.groups.list[0], end
		if s.groups.tiles != nil {
			tile := (s.done - start) >> s.groups.bits
			g = &s.groups.list[s.groups.tiles[y>>s.groups.bits*s.groups.wide+tile]]
			to = min(end, start+(tile+1)<<s.groups.bits)
		}
		if err := s.run(g, to); err != nil {
			return nil, err
		}
	}
	if s.bits.exhausted() {
		return nil, errShort
	}
	s.rows++
	s.start, s.left = end, s.left-s.width
	return s.pix[start:end], nil
}

// makeRoom makes room for a row and a copy that begins in it, if the picture has as much, and keeps what can be copied.
func (s *pixelSource) makeRoom() {
	if s.start+min(s.left, s.width+maxCopy) <= len(s.pix) {
		return
	}
	drop := s.done - farthest
	copy(s.pix, s.pix[drop:s.done])
	s.start, s.done = s.start-drop, farthest
}

// run decodes pixels with the codes of a group, up to the index to, or beyond it by a copy.
func (s *pixelSource) run(g *group, to int) error {
	for s.done < to {
		symbol := s.literals(g, to)
		if symbol < 256 {
			return nil
		}
		if err := s.other(g, symbol); err != nil {
			return err
		}
	}
	return nil
}

// literals decodes pixels until the index to, or another symbol than that of a pixel, which it returns. What it needs
// most is in local variables, which the compiler keeps in registers.
func (s *pixelSource) literals(g *group, to int) (symbol uint32) {
	b := s.bits
	window, valid, at, data := b.window, b.valid, b.at, b.data
	green, red, blue, alpha := &g.green, &g.red, &g.blue, &g.alpha
	pix, done, cache, shift := s.pix[:to], s.done, s.cache, s.shift
	for done < to {
		if at+8 <= len(data) {
			window |= binary.LittleEndian.Uint64(data[at:]) << (valid & 63)
			at += int(63-valid) >> 3
			valid |= 56
		} else {
			b.window, b.valid, b.at = window, valid, at
			b.fill()
			window, valid, at = b.window, b.valid, b.at
		}
		e := green.look(window)
		window >>= e & 63
		valid -= uint(e & 63)
		if symbol = e >> 8; symbol >= 256 {
			break
		}
		v := g.colour | symbol<<8
		if !g.fixed {
			e = red.look(window)
			window >>= e & 63
			valid -= uint(e & 63)
			v |= e >> 8 << 16
			e = blue.look(window)
			window >>= e & 63
			valid -= uint(e & 63)
			v |= e >> 8
			if alpha.root > 0 {
				b.window, b.valid, b.at = window, valid, at
				b.fill()
				v |= alpha.next(b) << 24
				window, valid, at = b.window, b.valid, b.at
			}
		}
		pix[done] = v
		done++
		if cache != nil {
			cache[v*hashFactor>>shift] = v
		}
	}
	b.window, b.valid, b.at, s.done = window, valid, at, done
	return symbol
}

// other decodes what another symbol than that of a pixel says: a copy, or a pixel of the cache.
func (s *pixelSource) other(g *group, symbol uint32) error {
	b, pix, at := s.bits, s.pix, s.done
	if i := int(symbol) - 256 - lengthSymbols; i >= 0 {
		if i >= len(s.cache) {
			return errVP8L
		}
		pix[at] = s.cache[i]
		s.done++
		return nil
	}
	n := int(b.extended(symbol - 256))
	b.fill()
	from := at - s.distance(b.extended(g.distance.next(b)))
	if from < 0 || at+n > min(len(pix), s.start+s.left) {
		return errVP8L
	}
	copyPixels(pix, at, from, n)
	for _, v := range pix[at : at+n] {
		s.remember(v)
	}
	s.done += n
	return nil
}

// hashFactor is the factor of the hash of a pixel (RFC 9649, section 3.6.2.3).
const hashFactor = 0x1e35a7bd

// remember puts a pixel into the cache, if there is one (RFC 9649, section 3.6.2.3).
func (s *pixelSource) remember(v uint32) {
	if s.cache != nil {
		s.cache[v*hashFactor>>s.shift] = v
	}
}

// copyPixels copies n pixels, which may overlap.
func copyPixels(pix []uint32, to, from, n int) {
	if to-from >= n {
		copy(pix[to:to+n], pix[from:from+n])
		return
	}
	for i := range n {
		pix[to+i] = pix[from+i]
	}
}

// extended returns the value of a symbol of a length or distance (RFC 9649, section 3.6.2.2). The window must have 18
// bits.
func (b *bitReader) extended(symbol uint32) uint32 {
	if symbol < 4 {
		return symbol + 1
	}
	extra := uint(symbol-2) >> 1
	v := (2+symbol&1)<<extra + uint32(b.window&(1<<extra-1)) + 1
	b.take(extra)
	return v
}

// nearest are the first distances (RFC 9649, section 3.6.2.2.1): columns to the left, and rows above.
var nearest = [120]image.Point{
	{0, 1}, {1, 0}, {1, 1}, {-1, 1}, {0, 2}, {2, 0}, {1, 2}, {-1, 2}, {2, 1}, {-2, 1},
	{2, 2}, {-2, 2}, {0, 3}, {3, 0}, {1, 3}, {-1, 3}, {3, 1}, {-3, 1}, {2, 3}, {-2, 3},
	{3, 2}, {-3, 2}, {0, 4}, {4, 0}, {1, 4}, {-1, 4}, {4, 1}, {-4, 1}, {3, 3}, {-3, 3},
	{2, 4}, {-2, 4}, {4, 2}, {-4, 2}, {0, 5}, {3, 4}, {-3, 4}, {4, 3}, {-4, 3}, {5, 0},
	{1, 5}, {-1, 5}, {5, 1}, {-5, 1}, {2, 5}, {-2, 5}, {5, 2}, {-5, 2}, {4, 4}, {-4, 4},
	{3, 5}, {-3, 5}, {5, 3}, {-5, 3}, {0, 6}, {6, 0}, {1, 6}, {-1, 6}, {6, 1}, {-6, 1},
	{2, 6}, {-2, 6}, {6, 2}, {-6, 2}, {4, 5}, {-4, 5}, {5, 4}, {-5, 4}, {3, 6}, {-3, 6},
	{6, 3}, {-6, 3}, {0, 7}, {7, 0}, {1, 7}, {-1, 7}, {5, 5}, {-5, 5}, {7, 1}, {-7, 1},
	{4, 6}, {-4, 6}, {6, 4}, {-6, 4}, {2, 7}, {-2, 7}, {7, 2}, {-7, 2}, {3, 7}, {-3, 7},
	{7, 3}, {-7, 3}, {5, 6}, {-5, 6}, {6, 5}, {-6, 5}, {8, 0}, {4, 7}, {-4, 7}, {7, 4},
	{-7, 4}, {8, 1}, {8, 2}, {6, 6}, {-6, 6}, {8, 3}, {5, 7}, {-5, 7}, {7, 5}, {-7, 5},
	{8, 4}, {6, 7}, {-6, 7}, {7, 6}, {-7, 6}, {8, 5}, {7, 7}, {-7, 7}, {8, 6}, {8, 7},
}

// distance returns the distance of a copy in pixels.
func (s *pixelSource) distance(v uint32) int {
	if int(v) > len(nearest) {
		return int(v) - len(nearest)
	}
	o := nearest[v-1]
	return max(1, o.Y*s.width+o.X)
}
