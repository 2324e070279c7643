package inflate

import (
	"encoding/binary"

	"newsroom.example/cards/internal/simd"
)

// ahead is how many bytes of the stream the fast loop needs before its end: it loads eight at most twice in a turn,
// and a turn may advance by as many.
const ahead = 24

// cursor is where the fast loop is. The status says why it returned.
type cursor struct {
	bits    uint64 // of the stream, before at; above the n lowest they may be anything
	n       uint64 // only its lowest six bits matter
	at      int    // in the stream
	out     int    // in the buffer
	limit   int    // of out
	status  int
	srcStop int // the last value of at with which a turn begins
}

// Reasons for the fast loop to return.
const (
	paused     = iota // the limit is reached, or the end of the piece is near
	endOfBlock        // it was consumed
	corrupt           // a code without a meaning, or a distance before the first byte
)

// run decodes symbols until there is a reason to return. src must have at least ahead bytes from c.at, buf must have
// Slack bytes behind the limit.
func (k *codes) run(c *cursor, src, buf []byte) {
	c.srcStop = len(src) - ahead
	_ = buf[:c.limit+Slack]
	if simd.AVX2 {
		runBMI2(c, &src[0], &buf[0], &k.lit[0], &k.dist[0])
		return
	}
	k.runEach(c, src, buf)
}

// runEach is run in Go.
func (k *codes) runEach(c *cursor, src, buf []byte) {
	acc, n, at, out := c.bits, uint(c.n), c.at, c.out
	lit := (*[1 << litBits]uint32)(k.lit[:])
	c.status = paused
turns:
	for at <= c.srcStop && out < c.limit {
		acc |= binary.LittleEndian.Uint64(src[at:]) << (n & 63)
		at += int(63-n) >> 3
		n |= 56
		e := lit[acc%(1<<litBits)]
		for lookups := 0; e>>countAt&3 != 0; {
			binary.LittleEndian.PutUint32(buf[out:], e>>literalAt)
			out += int(e >> countAt & 3)
			acc >>= e & lengthMask
			n -= uint(e & lengthMask)
			if lookups++; lookups == 4 {
				continue turns
			}
			e = lit[acc%(1<<litBits)]
		}
		if e&isSubtable != 0 {
			e = k.lit[subtable(e, acc, litBits)]
			if e>>countAt&3 != 0 {
				buf[out] = byte(e >> literalAt)
				out++
				acc >>= e & lengthMask
				n -= uint(e & lengthMask)
				continue
			}
		}
		if e&(isEnd|isInvalid) != 0 {
			c.status = corrupt
			if e&isEnd != 0 {
				c.status = endOfBlock
				acc >>= e & lengthMask
				n -= uint(e & lengthMask)
			}
			break
		}
		acc |= binary.LittleEndian.Uint64(src[at:]) << (n & 63)
		at += int(63-n) >> 3
		n |= 56
		length := int(e>>baseAt) + int(acc&(1<<(e&lengthMask)-1)>>(e>>codeAt&codeMask))
		acc >>= e & lengthMask
		n -= uint(e & lengthMask)
		e = k.dist[acc%(1<<distBits)]
		if e&isSubtable != 0 {
			e = k.dist[subtable(e, acc, distBits)]
		}
		if e&isInvalid != 0 {
			c.status = corrupt
			break
		}
		distance := int(e>>baseAt) + int(acc&(1<<(e&lengthMask)-1)>>(e>>codeAt&codeMask))
		acc >>= e & lengthMask
		n -= uint(e & lengthMask)
		if distance > out {
			c.status = corrupt
			break
		}
		out = again(buf, out, length, distance)
	}
	c.bits, c.n, c.at, c.out = acc, uint64(n), at, out
}

// again repeats length bytes from the distance before out, and returns the position behind them. It may write some
// bytes more.
func again(buf []byte, out, length, distance int) int {
	end := out + length
	if distance >= length {
		copy(buf[out:end], buf[out-distance:])
		return end
	}
	for from := out - distance; out < end; { // what is there doubles
		out += copy(buf[out:end], buf[from:out])
	}
	return end
}
