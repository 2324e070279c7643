package webp

import (
	"encoding/binary"
	"iter"
)

// part is a chunk of a file (RFC 9649, section 2.3).
type part struct {
	name string
	said int64  // bytes of the body, as the chunk says
	body []byte // as far as it exists
}

// cut reports whether the end of the body is missing.
func (c part) cut() bool { return c.said > int64(len(c.body)) }

// partsOf returns the chunks of a list, in order. Some encoders leave out the padding of the last one.
func partsOf(list []byte) iter.Seq[part] {
	return func(yield func(part) bool) {
		for len(list) >= chunkHeader {
			c := part{name: string(list[:4]), said: int64(binary.LittleEndian.Uint32(list[4:]))}
			list = list[chunkHeader:]
			there := int64(len(list))
			c.body = list[:min(c.said, there)]
			list = list[min(c.said+c.said&1, there):]
			if !yield(c) {
				return
			}
		}
	}
}

// Chunks returns the names and the bodies of the chunks of a file, up to the first that is cut off.
func Chunks(data []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for c := range partsOf(data[min(fileHeader, len(data)):]) {
			if c.cut() || !yield(c.name, c.body) {
				return
			}
		}
	}
}
