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

// webpFrame is the picture of a WebP that has features: the only one, or the first frame of an animation. Its slices
// share the file's bytes.
type webpFrame struct {
	canvas, size   image.Point
	at             image.Point // of the frame's top left corner
	name           string      // of the picture's chunk
	picture, alpha []byte      // bodies of chunks; alpha is nil if there is none
}

// frameOfWebP returns the picture of a WebP with features. ok is false if the file has none, if it is damaged, or if it
// ends before the picture does.
func frameOfWebP(data []byte) (f webpFrame, ok bool) {
	features := chunkOfWebP(data, "VP8X")
	if len(features) != featuresBytes {
		return f, false
	}
	f.canvas = image.Pt(uint24(features[4:])+1, uint24(features[7:])+1)
	if features[0]&webpAnimation == 0 {
		f.size = f.canvas
		return f, f.find(data[webpHeader:])
	}
	frame := chunkOfWebP(data, "ANMF")
	if len(frame) < frameBytes {
		return f, false
	}
	f.place(frame)
	if !(image.Rectangle{f.at, f.at.Add(f.size)}).In(image.Rectangle{Max: f.canvas}) {
		return f, false
	}
	return f, f.find(frame[frameBytes:])
}

// place reads the place and the size of an animation's frame.
func (f *webpFrame) place(frame []byte) {
	f.at = image.Pt(2*uint24(frame), 2*uint24(frame[3:]))
	f.size = image.Pt(uint24(frame[6:])+1, uint24(frame[9:])+1)
}

// find finds the picture in a list of chunks.
func (f *webpFrame) find(chunks []byte) bool {
	f.name, f.picture, f.alpha = "VP8 ", chunkIn(chunks, "VP8 "), chunkIn(chunks, "ALPH")
	if f.picture == nil {
		f.name, f.picture, f.alpha = "VP8L", chunkIn(chunks, "VP8L"), nil // which has an alpha channel of its own
	}
	return f.picture != nil
}

// file returns the frame as a file of its own. Its header says whether there is an alpha channel: the decoder believes
// it.
func (f *webpFrame) file() []byte {
	features := make([]byte, featuresBytes)
	if f.alpha != nil {
		features[0] = webpAlpha
	}
	putUint24(features[4:], f.size.X-1)
	putUint24(features[7:], f.size.Y-1)
	out := make([]byte, 0, webpHeader+featuresBytes+len(f.alpha)+len(f.picture)+4*chunkHeader)
	out = append(out, "RIFF\x00\x00\x00\x00WEBP"...)
	out = appendChunk(out, "VP8X", features)
	if f.alpha != nil {
		out = appendChunk(out, "ALPH", f.alpha)
	}
	out = appendChunk(out, f.name, f.picture)
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-chunkHeader))
	return out
}

// appendChunk appends a chunk, with the padding that makes its size even.
func appendChunk(out []byte, name string, body []byte) []byte {
	out = binary.LittleEndian.AppendUint32(append(out, name...), uint32(len(body)))
	if out = append(out, body...); len(body)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

func putUint24(b []byte, n int) { b[0], b[1], b[2] = byte(n), byte(n>>8), byte(n>>16) }
