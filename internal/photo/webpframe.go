package photo

import (
	"encoding/binary"
	"image"
)

// Flags of the chunk VP8X and sizes (RFC 9649, sections 2.7 and 2.7.1.1).
const (
	webpHeader    = 12 // bytes of RIFF, the size and WEBP
	chunkHeader   = 8  // bytes of a chunk's name and size
	webpAnimation = 0x02
	webpAlpha     = 0x10
	featuresBytes = 10
	frameBytes    = 16 // of a frame, before its chunks
)

// webpFrame is the picture of a WebP that has features: the only one, or the first frame of an animation.
type webpFrame struct {
	canvas image.Point
	at     image.Point // of the frame's top left corner
	still  []byte      // the frame as a file of its own
}

// frameOfWebP returns the picture of a WebP with features. ok is false if the file has none, if it is damaged, or if it
// ends before the picture does. The file of the frame says that it has an alpha channel if it has one: the decoder
// believes the header.
func frameOfWebP(data []byte) (f webpFrame, ok bool) {
	features := chunkOfWebP(data, "VP8X")
	if len(features) != featuresBytes {
		return f, false
	}
	f.canvas = image.Pt(uint24(features[4:])+1, uint24(features[7:])+1)
	if features[0]&webpAnimation == 0 {
		f.still, ok = stillOf(data[webpHeader:], f.canvas)
		return f, ok
	}
	frame := chunkOfWebP(data, "ANMF")
	if len(frame) < frameBytes {
		return f, false
	}
	f.at = image.Pt(2*uint24(frame), 2*uint24(frame[3:]))
	size := image.Pt(uint24(frame[6:])+1, uint24(frame[9:])+1)
	if !(image.Rectangle{f.at, f.at.Add(size)}).In(image.Rectangle{Max: f.canvas}) {
		return f, false
	}
	f.still, ok = stillOf(frame[frameBytes:], size)
	return f, ok
}

// stillOf returns a file of the picture in a list of chunks.
func stillOf(chunks []byte, size image.Point) (still []byte, ok bool) {
	alpha, picture := chunkIn(chunks, "ALPH"), chunkIn(chunks, "VP8 ")
	if picture == nil {
		alpha, picture = nil, chunkIn(chunks, "VP8L") // which has an alpha channel of its own
	}
	if picture == nil {
		return nil, false
	}
	features := make([]byte, chunkHeader+featuresBytes)
	copy(features, "VP8X")
	binary.LittleEndian.PutUint32(features[4:], featuresBytes)
	if alpha != nil {
		features[chunkHeader] = webpAlpha
	}
	putUint24(features[chunkHeader+4:], size.X-1)
	putUint24(features[chunkHeader+7:], size.Y-1)
	still = make([]byte, webpHeader, webpHeader+len(features)+len(alpha)+len(picture))
	still = append(append(append(still, features...), alpha...), picture...)
	copy(still, "RIFF")
	copy(still[8:], "WEBP")
	binary.LittleEndian.PutUint32(still[4:], uint32(len(still)-chunkHeader))
	return still, true
}

// chunkIn returns the first chunk of the name in a list, with its header and its padding, or nil. Some encoders leave
// out the padding of the last chunk.
func chunkIn(chunks []byte, name string) []byte {
	for rest := chunks; len(rest) >= chunkHeader; {
		n := chunkHeader + uint64(binary.LittleEndian.Uint32(rest[4:]))
		if n > uint64(len(rest)) {
			break
		}
		if string(rest[:4]) == name {
			chunk := rest[:n:n]
			if n%2 == 1 {
				chunk = append(chunk, 0)
			}
			return chunk
		}
		rest = rest[min(n+n%2, uint64(len(rest))):]
	}
	return nil
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

func putUint24(b []byte, n int) { b[0], b[1], b[2] = byte(n), byte(n>>8), byte(n>>16) }
