package jpeg

import (
	"bytes"
	"encoding/binary"
	"slices"

	"newsroom.example/cards/internal/simd"
)

// joiner joins strings of bits to a scan, without gaps, and stuffs a zero byte after each 0xff (T.81,
// F.1.2.3).
type joiner struct {
	out  []byte
	rest uint64 // the bits after the last complete byte, from the top
	n    uint64 // their number, at most 7
}

// add appends a string of bits. It shifts the string in place.
func (j *joiner) add(e *emitter) {
	if e.at == 0 && e.n == 0 {
		return // the strip wrote nothing because of the limit; out may be nil
	}
	if j.n > 0 {
		e.room(16)
		for i := 0; i < e.at+2; i += 8 { // out also has the bits after the complete bytes
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

// stuffed is the number of bytes that are stuffed at once.
const stuffed = 4096

// stuff appends complete bytes.
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

// end fills the last byte with ones and returns the scan.
func (j *joiner) end() []byte {
	if j.n > 0 {
		j.stuff([]byte{byte(j.rest>>56) | 0xff>>j.n})
	}
	return j.out
}
