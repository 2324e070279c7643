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

// run decodes symbols until there is a reason to return. src must have at least ahead bytes from the cursor, buf must
// have Slack bytes behind the limit.
func (c *codes) run(k *cursor, src, buf []byte) {
	k.srcStop = len(src) - ahead
	_ = buf[:k.limit+Slack]
	if simd.AVX2 {
		runBMI2(k, &src[0], &buf[0], &c.lit[0], &c.dist[0])
		return
	}
	c.runEach(k, src, buf)
}

// runEach is run in Go. A turn decodes the literals of up to four lookups, or of fewer and a match.
func (c *codes) runEach(k *cursor, src, buf []byte) {
	acc, n, at, out := k.bits, uint(k.n), k.at, k.out
	k.status = paused
turns:
	for k.status == paused && at <= k.srcStop && out < k.limit {
		acc, n, at = refill(src, acc, n, at)
		e := c.lit[acc%(1<<litBits)]
		for lookups := 0; e>>countAt&3 != 0; {
			binary.LittleEndian.PutUint32(buf[out:], e>>literalAt)
			out += int(e >> countAt & 3)
			acc, n = skip(acc, n, e)
			if lookups++; lookups == 4 {
				continue turns
			}
			e = c.lit[acc%(1<<litBits)]
		}
		if e&isSubtable != 0 {
			e = c.lit[subtable(e, acc, litBits)]
		}
		switch {
		case e>>countAt&3 != 0:
			buf[out] = byte(e >> literalAt)
			out++
			acc, n = skip(acc, n, e)
			continue
		case e&isEnd != 0:
			k.status = endOfBlock
			acc, n = skip(acc, n, e)
			continue
		case e&isInvalid != 0:
			k.status = corrupt
			continue
		}
		acc, n, at = refill(src, acc, n, at)
		length := valueOf(e, acc)
		acc, n = skip(acc, n, e)
		e = c.distance(acc)
		distance := valueOf(e, acc)
		if e&isInvalid == 0 {
			acc, n = skip(acc, n, e)
		}
		if e&isInvalid != 0 || distance > out {
			k.status = corrupt
			continue
		}
		out = again(buf, out, length, distance)
	}
	k.bits, k.n, k.at, k.out = acc, uint64(n), at, out
}

// distance returns the entry of a distance.
func (c *codes) distance(acc uint64) uint32 {
	e := c.dist[acc%(1<<distBits)]
	if e&isSubtable != 0 {
		e = c.dist[subtable(e, acc, distBits)]
	}
	return e
}

// refill loads bytes until at least 56 bits are valid.
func refill(src []byte, acc uint64, n uint, at int) (uint64, uint, int) {
	return acc | binary.LittleEndian.Uint64(src[at:])<<(n&63), n | 56, at + int(63-n)>>3
}

// skip skips the bits of an entry.
func skip(acc uint64, n uint, e uint32) (uint64, uint) {
	return acc >> (e & lengthMask), n - uint(e&lengthMask)
}

// valueOf returns the length or distance of an entry, with the extra bits behind its code.
func valueOf(e uint32, acc uint64) int {
	return int(e>>baseAt) + int(acc&(1<<(e&lengthMask)-1)>>(e>>codeAt&codeMask))
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
