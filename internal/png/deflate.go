package png

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// deflater writes tokens as a zlib stream (RFC 1950) of one block (RFC 1951) with codes made for it.
// Its memory is used again by the next stream.
type deflater struct {
	counts   [tokenKinds]uint32
	words    [tokenKinds]word
	symbols  code // bytes, the end and lengths
	places   code // distances
	lengths  code // of the lengths of both codes
	told     []told
	buffered uint64
	pending  uint // bits in buffered
}

// word is what is written for a token: at most 15 bits and 5 for a length, 15 and 13 for a distance.
type word struct {
	bits uint64
	n    uint8
}

// endOfBlock is a symbol.
const endOfBlock = 256

// Lengths from 3 to 258, as symbols from 257 on with further bits (RFC 1951, 3.2.5).
var (
	lengthBases = [29]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
		163, 195, 227, 258}
	lengthBits = [29]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	lengthOf   = func() (of [256]uint8) {
		for i, base := range lengthBases {
			for n := int(base) - minMatch; n < 256; n++ {
				of[n] = uint8(i)
			}
		}
		return of
	}()
)

// placeOf is a distance's symbol and its further bits (RFC 1951, 3.2.5).
func placeOf(distance int) (symbol int, rest uint64, extra int) {
	d := distance - 1
	if d < 4 {
		return d, 0, 0
	}
	extra = bits.Len(uint(d)) - 2
	return 2*extra + d>>extra, uint64(d & (1<<extra - 1)), extra
}

// append appends the stream. rowBytes is the distance of far repetitions; sum the Adler-32 of the
// bytes that the tokens stand for.
func (d *deflater) append(out []byte, tokens []uint16, rowBytes int, sum uint32) []byte {
	clear(d.counts[:])
	for _, t := range tokens {
		d.counts[t]++
	}
	d.build(rowBytes)
	out = slices.Grow(append(out, 0x78, 0x01), d.bytes())
	out = d.head(out)
	out = d.body(out, tokens)
	return binary.BigEndian.AppendUint32(out, sum)
}

// build makes both codes and each token's word.
func (d *deflater) build(rowBytes int) {
	var symbols [286]uint32
	var places [30]uint32
	copy(symbols[:], d.counts[:near])
	symbols[endOfBlock] = 1
	farPlace, farRest, farExtra := placeOf(rowBytes)
	for i, s := range lengthOf {
		symbols[257+int(s)] += d.counts[near+i] + d.counts[far+i]
		places[0] += d.counts[near+i]
		places[farPlace] += d.counts[far+i]
	}
	d.symbols.build(symbols[:], maxCodeBits)
	d.places.build(places[:], maxCodeBits)
	for b := range near {
		d.words[b] = word{uint64(d.symbols.bits[b]), d.symbols.lengths[b]}
	}
	for i, s := range lengthOf {
		var w word
		w.add(uint64(d.symbols.bits[257+int(s)]), d.symbols.lengths[257+int(s)])
		w.add(uint64(i+minMatch)-uint64(lengthBases[s]), lengthBits[s])
		d.words[near+i], d.words[far+i] = w, w
		d.words[near+i].add(uint64(d.places.bits[0]), d.places.lengths[0])
		d.words[far+i].add(uint64(d.places.bits[farPlace]), d.places.lengths[farPlace])
		d.words[far+i].add(farRest, uint8(farExtra))
	}
}

func (w *word) add(bits uint64, n uint8) {
	w.bits |= bits << w.n
	w.n += n
}

// bytes is how many the block takes at most.
func (d *deflater) bytes() int {
	total := 8 * 512 // the head, and room to write eight bytes at once
	for i, n := range d.counts {
		total += int(n) * int(d.words[i].n)
	}
	return total/8 + 16
}

// body writes the tokens and the end.
func (d *deflater) body(out []byte, tokens []uint16) []byte {
	at, buffer := len(out), out[:cap(out)]
	held, n := d.buffered, d.pending
	for _, t := range tokens {
		w := &d.words[t]
		held |= w.bits << (n & 63)
		n += uint(w.n)
		binary.LittleEndian.PutUint64(buffer[at:], held)
		at += int(n >> 3)
		held >>= n &^ 7 & 63
		n &= 7
	}
	d.buffered, d.pending = held, n
	out = d.put(buffer[:at], uint64(d.symbols.bits[endOfBlock]), d.symbols.lengths[endOfBlock])
	return d.put(out, 0, uint8(-d.pending&7))
}

// put writes up to 32 bits, whole bytes of them.
func (d *deflater) put(out []byte, bits uint64, n uint8) []byte {
	d.buffered |= bits << d.pending
	for d.pending += uint(n); d.pending >= 8; d.pending -= 8 {
		out = append(out, byte(d.buffered))
		d.buffered >>= 8
	}
	return out
}
