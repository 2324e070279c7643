package jpeg

import (
	"bytes"
	"encoding/binary"
)

// Sizes of the window of entropy-coded data, in bytes.
const (
	windowSize = 32 << 10
	mcuBytes   = 4 << 10 // more than any MCU has: ten blocks of 64 symbols of 31 bits
)

// reader reads entropy-coded data. A window holds the bytes without their stuffing (T.81, F.1.2.3), so that
// eight can be loaded at once. After the end of the data, or before a marker, the window has zeros; spent
// reports whether they were read.
type reader struct {
	acc    uint64 // the next bits, from the top
	n      int    // number of bits in acc
	pos    int    // index of the next byte to load
	end    int    // end of the data in the window
	refill int    // more must be called when pos is beyond refill
	whole  bool   // the window has all data up to the end or a marker
	src    []byte // data that is not in the window yet
	behind []byte // data after src; the mark is between them
	marked bool   // the mark has entered the window
	mark   int    // index of the mark; negative once it has left the window

	// damaged says that src ends where the data does, so that no marker is in it: what looks like one is damaged data.
	damaged bool

	window [windowSize + mcuBytes + 16]byte
}

// start starts reading src, followed by behind.
func (b *reader) start(src, behind []byte) {
	b.acc, b.n, b.pos, b.end, b.src = 0, 0, 0, 0, src
	b.behind, b.marked, b.mark = behind, false, 0
	b.more()
}

// more moves the unread data to the front of the window and refills it.
func (b *reader) more() {
	read := min(b.pos, b.end)
	b.end = copy(b.window[:], b.window[read:b.end])
	b.pos -= read
	b.mark -= read
	b.whole = b.unstuff()
	clear(b.window[b.end:min(b.end+mcuBytes+16, len(b.window))])
	if b.refill = b.end - mcuBytes; b.whole {
		b.refill = b.end // there is no more data: reading further must be detected
	}
}

// unstuff fills the window from src and removes the stuffing. It reports whether it reached the end or a
// marker, with which src then begins.
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
		case len(b.src) == 1 || b.src[1] != 0 && !b.damaged:
			return true
		}
		b.window[b.end] = 0xff
		b.end++
		if b.src[1] != 0 {
			b.src = b.src[1:]
			continue
		}
		b.src = b.src[2:]
	}
	return false
}

// resume continues after a restart marker. It returns false if data is left before it, or the marker is missing. Fill
// bytes may precede it (T.81, B.1.1.2).
func (b *reader) resume(marker uint8) bool {
	for len(b.src) > 2 && b.src[0] == 0xff && b.src[1] == 0xff {
		b.src = b.src[1:]
	}
	if b.spent() || b.left() > 0 || !b.whole || len(b.src) < 2 || b.src[1] != marker {
		return false
	}
	b.start(b.src[2:], nil)
	return true
}

// load loads bytes until acc has at least 56 bits.
func (b *reader) load() {
	b.acc |= binary.BigEndian.Uint64(b.window[b.pos:]) >> b.n
	b.pos += (63 - b.n) >> 3
	b.n |= 56
}

// spent reports whether more bits were read than there are.
func (b *reader) spent() bool { return 8*b.pos-b.n > 8*b.end }

// since returns the number of bits read since the mark.
func (b *reader) since() int { return 8*(b.pos-b.mark) - b.n }

// past reports whether the mark was reached.
func (b *reader) past() bool { return b.marked && b.since() >= 0 }

// left returns the number of complete bytes that were not read: 0 at the proper end of a segment.
func (b *reader) left() int { return (8*b.end - 8*b.pos + b.n) / 8 }
