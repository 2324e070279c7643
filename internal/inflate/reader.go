package inflate

import "errors"

// Errors of a stream. After one, everything that was decoded before it is valid.
var (
	ErrCorrupt = errors.New("inflate: corrupt data")
	ErrShort   = errors.New("inflate: the data ends too early")
)

// Slack is how many bytes a buffer must have behind the limit that is given to Fill. They are overwritten.
const Slack = 320

// Window is how many bytes before the position of Fill matches can reach: the longest distance of deflate.
const Window = 32 << 10

// Kinds of blocks.
const (
	between = iota // the next block's header is to be read
	stored
	coded
	ended
)

// Reader decompresses one stream at a time. Its memory, 70 KB, is reused. It must not be used concurrently. The zero
// value must be Reset.
type Reader struct {
	next func() []byte // returns the piece of the stream behind src, or nothing
	src  []byte
	at   int    // of the next byte of src
	bits uint64 // read from src before at, lowest first; those above the n lowest are 0
	n    uint

	kind  int
	last  bool // the block is the last one
	left  int  // bytes of a stored block
	made  int  // bytes of the stream, at the end of Fill and where a block begins
	sets  int  // blocks so far that have codes of their own
	err   error
	codes codes
}

// Reset begins a stream, whose bytes are those of the pieces that next returns, one after the other, until it returns
// an empty one. They must stay as they are while the stream is read.
func (r *Reader) Reset(next func() []byte) {
	r.next, r.src, r.at, r.bits, r.n = next, nil, 0, 0, 0
	r.kind, r.last, r.left, r.err = between, false, 0, nil
	r.made, r.sets = 0, 0
}

// Fill appends to buf[:at] what comes next in the stream, until its length is at least limit or the stream ends, and
// returns the length. It may exceed the limit by less than Slack; len(buf) must be at least limit+Slack. Before at,
// buf must hold the last Window bytes of the stream, or all if there are fewer and then nothing else. The error is
// nil if limit was reached or the stream is complete; once there is one, it is returned again.
func (r *Reader) Fill(buf []byte, at, limit int) (end int, err error) {
	_ = buf[:limit+Slack]
	before := r.made - at
	defer func() { r.made = before + at }()
	for at < limit && r.err == nil && r.kind != ended {
		switch r.kind {
		case between:
			r.made = before + at
			r.err = r.head()
		case stored:
			at = r.copy(buf, at, limit)
		case coded:
			at = r.decode(buf, at, limit)
		}
	}
	return at, r.err
}

// Ended reports whether the last block was read to its end.
func (r *Reader) Ended() bool { return r.kind == ended }

// Trailer returns the first n bytes behind the stream, fewer if there are not as many. The stream must have ended.
// Nothing can be read after it.
func (r *Reader) Trailer(n int) []byte {
	r.drop(r.n & 7)
	var out []byte
	for len(out) < n && r.need(8) {
		out = append(out, byte(r.bits))
		r.drop(8)
	}
	return out
}

// need loads bits until there are at least n, at most 56, and reports whether there are as many.
func (r *Reader) need(n uint) bool {
	for r.n < n {
		if r.at == len(r.src) {
			r.src, r.at = r.next(), 0
			if len(r.src) == 0 {
				return false
			}
		}
		r.bits |= uint64(r.src[r.at]) << r.n
		r.at++
		r.n += 8
	}
	return true
}

// drop skips n bits that were loaded.
func (r *Reader) drop(n uint) {
	r.bits >>= n
	r.n -= n
}

// take returns the next n bits; the caller has made sure that they are loaded.
func (r *Reader) take(n uint) int {
	v := int(r.bits & (1<<n - 1))
	r.drop(n)
	return v
}

// endBlock is called where a block ends.
func (r *Reader) endBlock() {
	r.kind = between
	if r.last {
		r.kind = ended
	}
}

// copy copies bytes of a stored block (RFC 1951, 3.2.4).
func (r *Reader) copy(buf []byte, at, limit int) int {
	for at < limit && r.left > 0 {
		if r.n > 0 || r.at == len(r.src) { // bytes that were loaded as bits, and the first of a piece
			if !r.need(8) {
				r.err = ErrShort
				return at
			}
			buf[at] = byte(r.take(8))
			at++
			r.left--
			continue
		}
		n := copy(buf[at:limit], r.src[r.at:min(len(r.src), r.at+r.left)])
		at, r.at, r.left = at+n, r.at+n, r.left-n
	}
	if r.left == 0 {
		r.endBlock()
	}
	return at
}

// joinAfter is how many bytes of a block are decoded before its table gets entries of several literals: that takes
// longer than to decode a short block, and a hostile stream has nothing but short blocks.
const joinAfter = 1 << 10

// decode decodes a block with Huffman codes: as much as possible with a fast loop, which needs some bytes of the
// stream before it, and the rest symbol by symbol.
func (r *Reader) decode(buf []byte, at, limit int) int {
	for at < limit {
		if len(r.src)-r.at < ahead {
			var more bool
			if at, more = r.symbol(buf, at); !more {
				return at
			}
			continue
		}
		c := cursor{bits: r.bits, n: uint64(r.n), at: r.at, out: at, limit: limit}
		if !r.codes.joined {
			c.limit = min(limit, at+joinAfter)
		}
		r.codes.run(&c, r.src, buf)
		r.n, r.at, at = uint(c.n&63), c.at, c.out
		r.bits = c.bits & (1<<r.n - 1)
		switch c.status {
		case paused:
			if !r.codes.joined && len(r.src)-r.at >= ahead {
				r.codes.join()
			}
		case endOfBlock:
			r.endBlock()
			return at
		case corrupt:
			r.err = ErrCorrupt
			return at
		}
	}
	return at
}

// symbol decodes one symbol, or the literals of one lookup, at the end of a piece. more says whether the block goes on.
func (r *Reader) symbol(buf []byte, at int) (next int, more bool) {
	r.need(48)
	e := r.codes.lit[r.bits&(1<<litBits-1)]
	if e>>countAt&3 == 0 && e&isSubtable != 0 {
		e = r.codes.lit[subtable(e, r.bits, litBits)]
	}
	if count := e >> countAt & 3; count > 0 {
		n := uint(e & lengthMask)
		if n > r.n { // of several literals the first may be there
			count, n = 1, uint(r.codes.lengths[byte(e>>literalAt)])
		}
		if n > r.n {
			r.err = ErrShort
			return at, false
		}
		r.drop(n)
		for range count {
			buf[at] = byte(e >> literalAt)
			at++
			e >>= 8
		}
		return at, true
	}
	length, ok := r.value(e)
	if !ok {
		return at, false
	}
	distance, ok := r.value(r.codes.distance(r.bits))
	if ok && distance > at {
		r.err, ok = ErrCorrupt, false
	}
	if !ok {
		return at, false
	}
	for range length {
		buf[at] = buf[at-distance]
		at++
	}
	return at, true
}

// value returns the length or distance of an entry, and skips its bits. It is not ok at the end of the block, and after
// an error.
func (r *Reader) value(e uint32) (v int, ok bool) {
	n := uint(e & lengthMask)
	switch {
	case n > r.n:
		r.err = ErrShort
	case e&isInvalid != 0:
		r.err = ErrCorrupt
		if r.n < longest {
			r.err = ErrShort // what follows may make a code of it
		}
	case e&isEnd != 0:
		r.drop(n)
		r.endBlock()
	default:
		v = valueOf(e, r.bits)
		r.drop(n)
		return v, true
	}
	return 0, false
}
