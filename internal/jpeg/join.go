package jpeg

import (
	"bytes"
	"encoding/binary"
	"slices"

	"newsroom.example/cards/internal/simd"
)

// joiner makes a scan of strings of bits: one follows another to the bit, and a zero byte each 0xff
// (T.81, F.1.2.3).
type joiner struct {
	out  []byte
	rest uint64 // the bits that make no whole byte yet, from the top on
	n    uint64 // how many: at most 7
}

// add appends a string of bits, which it shifts where it stands.
func (j *joiner) add(e *emitter) {
	if e.at == 0 && e.n == 0 {
		return // from a strip that the limit left nothing to: it may have no memory
	}
	if j.n > 0 {
		e.room(16)
		for i := 0; i < e.at+2; i += 8 { // the bits after whole bytes stand in out too
			eight := binary.BigEndian.Uint64(e.out[i:])
			binary.BigEndian.PutUint64(e.out[i:], j.rest|eight>>j.n)
			j.rest = eight << (64 - j.n)
		}
	}
	whole := e.at + int((j.n+e.n)>>3)
	j.n = (j.n + e.n) & 7
	j.rest = uint64(e.out[whole]) >> (8 - j.n) << (64 - j.n)
	j.stuff(e.out[:whole])
}

// stuffed is how many bytes are stuffed at once.
const stuffed = 4096

// stuff appends whole bytes.
func (j *joiner) stuff(data []byte) {
	if !simd.AVX2 {
		j.stuffGo(data)
		return
	}
	for len(data) > 0 {
		part := data[:min(stuffed, len(data))]
		j.out = slices.Grow(j.out, 2*len(part))
		at := len(j.out)
		j.out = j.out[:at+2*len(part)]
		j.out = j.out[:at+stuffAVX2(&j.out[at], &part[0], len(part))]
		data = data[len(part):]
	}
}

func (j *joiner) stuffGo(data []byte) {
	for {
		i := bytes.IndexByte(data, 0xff)
		if i < 0 {
			j.out = append(j.out, data...)
			return
		}
		j.out = append(append(j.out, data[:i+1]...), 0)
		data = data[i+1:]
	}
}

// end fills the last byte with ones.
func (j *joiner) end() []byte {
	if j.n > 0 {
		j.stuff([]byte{byte(j.rest>>56) | 0xff>>j.n})
	}
	return j.out
}
