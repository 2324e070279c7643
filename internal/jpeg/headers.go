package jpeg

import (
	"encoding/binary"
	"image"
)

// headerBytes is the approximate number of bytes that header appends.
const headerBytes = 640

// header appends the part of a file before the entropy-coded data.
func header(out []byte, size image.Point, luma, chroma *quantiser) []byte {
	out = append(out, 0xff, markSOI)
	out = segmentOf(out, markAPP0, []byte("JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")) // T.871
	for id, q := range []*quantiser{luma, chroma} {
		steps := []byte{byte(id)}
		for _, natural := range zigzag {
			steps = append(steps, q.steps[natural])
		}
		out = segmentOf(out, markDQT, steps)
	}
	frame := []byte{8, byte(size.Y >> 8), byte(size.Y), byte(size.X >> 8), byte(size.X), 3, 1, 0x22, 0, 2, 0x11,
		1, 3, 0x11, 1}
	out = segmentOf(out, markSOF0, frame)
	for i, t := range annexK {
		body := append([]byte{byte(i&1<<4 | i>>1)}, t.counts[:]...)
		out = segmentOf(out, markDHT, append(body, t.symbols...))
	}
	return segmentOf(out, markSOS, []byte{3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0})
}

// segmentOf appends a marker segment.
func segmentOf(out []byte, marker byte, body []byte) []byte {
	out = binary.BigEndian.AppendUint16(append(out, 0xff, marker), uint16(len(body)+2))
	return append(out, body...)
}
