package png

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// deflater writes tokens as a zlib stream (RFC 1950) of one block (RFC 1951) with dynamic Huffman codes. It
// reuses its memory for the next stream.
type deflater struct {
	counts        [tokenKinds]uint32
	words         [tokenKinds]word
	symbols       code // literals, end of block and lengths
	distances     code
	lengths       code // the code length alphabet
	lengthSymbols []lengthSymbol
	buffered      uint64
	pending       uint // bits in buffered
}

// word is the bits that are written for a token: at most 15+5 for a length and 15+13 for a distance.
type word struct {
	bits uint64
	n    uint8
}

// endOfBlock is the symbol that ends a block.
const endOfBlock = 256

// Lengths from 3 to 258 are symbols from 257 on, with extra bits (RFC 1951, 3.2.5).
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

// distanceSymbol returns the symbol of a distance, the value of its extra bits and their number (RFC 1951, 3.2.5).
func distanceSymbol(distance int) (symbol int, rest uint64, extra int) {
	d := distance - 1
	if d < 4 {
		return d, 0, 0
	}
	extra = bits.Len(uint(d)) - 2
	return 2*extra + d>>extra, uint64(d & (1<<extra - 1)), extra
}

// append appends the stream. rowBytes is the distance of far repetitions. sum is the Adler-32 of the
// uncompressed bytes.
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

// build builds both codes and the word of each token.
func (d *deflater) build(rowBytes int) {
	var symbols [286]uint32
	var distances [30]uint32
	copy(symbols[:], d.counts[:near])
	symbols[endOfBlock] = 1
	farSymbol, farRest, farExtra := distanceSymbol(rowBytes)
	for i, s := range lengthOf {
		symbols[257+int(s)] += d.counts[near+i] + d.counts[far+i]
		distances[0] += d.counts[near+i]
		distances[farSymbol] += d.counts[far+i]
	}
	d.symbols.build(symbols[:], maxCodeBits)
	d.distances.build(distances[:], maxCodeBits)
	for b := range near {
		d.words[b] = word{uint64(d.symbols.bits[b]), d.symbols.lengths[b]}
	}
	for i, s := range lengthOf {
		var w word
		w.add(uint64(d.symbols.bits[257+int(s)]), d.symbols.lengths[257+int(s)])
		w.add(uint64(i+minMatch)-uint64(lengthBases[s]), lengthBits[s])
		d.words[near+i], d.words[far+i] = w, w
		d.words[near+i].add(uint64(d.distances.bits[0]), d.distances.lengths[0])
		d.words[far+i].add(uint64(d.distances.bits[farSymbol]), d.distances.lengths[farSymbol])
		d.words[far+i].add(farRest, uint8(farExtra))
	}
}

// add appends n bits.
func (w *word) add(bits uint64, n uint8) {
	w.bits |= bits << w.n
	w.n += n
}

// bytes returns an upper bound for the size of the block in bytes.
func (d *deflater) bytes() int {
	total := 8 * 512 // the header, and room to write eight bytes at once
	for i, n := range d.counts {
		total += int(n) * int(d.words[i].n)
	}
	return total/8 + 16
}

// body writes the tokens and the end of the block.
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

// put adds up to 32 bits and writes the complete bytes.
func (d *deflater) put(out []byte, bits uint64, n uint8) []byte {
	d.buffered |= bits << d.pending
	for d.pending += uint(n); d.pending >= 8; d.pending -= 8 {
		out = append(out, byte(d.buffered))
		d.buffered >>= 8
	}
	return out
}
