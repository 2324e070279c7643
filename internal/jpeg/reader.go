package jpeg

import (
	"bytes"
	"encoding/binary"
)

// Sizes of the window through which entropy-coded data is read, in bytes.
const (
	windowSize = 32 << 10
	mcuBytes   = 4 << 10 // more than any MCU takes: ten blocks of 64 symbols of 31 bits
)

// reader reads entropy-coded data. The bytes stand in a window without their stuffing (T.81,
// F.1.2.3), so that eight can be loaded at once. After the end of the data, or at a marker, zeros
// follow; spent tells that they were read.
type reader struct {
	acc    uint64 // the next bits, from the top
	n      int    // how many of them are there
	pos    int    // of the next byte to load
	end    int    // of the data in the window
	refill int    // when pos is beyond it, more must be had
	whole  bool   // the window holds all up to the end or a marker
	src    []byte // what is not in the window yet
	behind []byte // what follows src: there the window is marked
	marked bool
	mark   int // in bytes, from the window's front, which may be beyond it
	window [windowSize + mcuBytes + 16]byte
}

// start begins to read at src, and goes on with what is behind it.
func (b *reader) start(src, behind []byte) {
	b.acc, b.n, b.pos, b.end, b.src = 0, 0, 0, 0, src
	b.behind, b.marked, b.mark = behind, false, 0
	b.more()
}

// more moves what was not read to the front of the window and fills it up.
func (b *reader) more() {
	read := min(b.pos, b.end)
	b.end = copy(b.window[:], b.window[read:b.end])
	b.pos -= read
	b.mark -= read
	b.whole = b.unstuff()
	clear(b.window[b.end:min(b.end+mcuBytes+16, len(b.window))])
	if b.refill = b.end - mcuBytes; b.whole {
		b.refill = b.end // no more will come: whoever goes on is to be told
	}
}

// unstuff fills the window from src and reports whether a marker or the end was reached; src
// begins with the marker then.
func (b *reader) unstuff() (whole bool) {
	for b.end < windowSize {
		room := min(windowSize-b.end, len(b.src))
		n := bytes.IndexByte(b.src[:room], 0xff)
		if n < 0 {
			n = room
		}
		b.end += copy(b.window[b.end:], b.src[:n])
		b.src = b.src[n:]
		switch {
		case len(b.src) == 0 && b.behind == nil:
			return true
		case len(b.src) == 0:
			b.src, b.behind, b.marked, b.mark = b.behind, nil, true, b.end
			continue
		case b.end == windowSize:
			return false
		case len(b.src) == 1 || b.src[1] != 0:
			return true
		}
		b.window[b.end] = 0xff
		b.end++
		b.src = b.src[2:]
	}
	return false
}

// load takes up bytes until at least 56 bits are there.
func (b *reader) load() {
	b.acc |= binary.BigEndian.Uint64(b.window[b.pos:]) >> b.n
	b.pos += (63 - b.n) >> 3
	b.n |= 56
}

// spent reports that more was read than there was.
func (b *reader) spent() bool { return 8*b.pos-b.n > 8*b.end }

// since is how many bits were read since the mark.
func (b *reader) since() int { return 8*(b.pos-b.mark) - b.n }

// past reports that the mark was reached.
func (b *reader) past() bool { return b.marked && b.since() >= 0 }

// left is the whole bytes that were not read, which a segment that ends well has none of.
func (b *reader) left() int { return (8*b.end - 8*b.pos + b.n) / 8 }
