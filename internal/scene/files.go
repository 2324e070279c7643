package scene

import (
	"bytes"
	_ "embed" // for bars and the portrait
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
)

//go:embed bars.webp
var bars []byte

// PortraitPNG is a PNG of 128 by 128 pixels: a face on a plain ground. README.md names its source. It must not be
// modified.
//
//go:embed portrait.png
var PortraitPNG []byte

// Portrait returns the picture of PortraitPNG.
func Portrait() image.Image {
	m, err := png.Decode(bytes.NewReader(PortraitPNG))
	if err != nil {
		panic(err)
	}
	return m
}

// Noise returns an opaque picture of w by h pixels of random colours, which no codec compresses well. It is the same
// on every machine.
func Noise(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	state := uint32(1)
	for i := range m.Pix {
		state = state*1664525 + 1013904223
		m.Pix[i] = uint8(state >> 24)
	}
	for i := 3; i < len(m.Pix); i += 4 {
		m.Pix[i] = 255
	}
	return m
}

// JPEG returns the picture as a JPEG file of quality 95. It panics if the picture cannot be encoded.
func JPEG(m image.Image) []byte {
	var out bytes.Buffer
	must(jpeg.Encode(&out, m, &jpeg.Options{Quality: 95}))
	return out.Bytes()
}

// PNG returns the picture as a PNG file. It panics if the picture cannot be encoded.
func PNG(m image.Image) []byte {
	var out bytes.Buffer
	must(png.Encode(&out, m))
	return out.Bytes()
}

// GIF returns a GIF file of one frame of 40 by 30 pixels, in black and white.
func GIF() []byte {
	var out bytes.Buffer
	frame := image.NewPaletted(image.Rect(0, 0, 40, 30), color.Palette{color.Black, color.White})
	for i := range frame.Pix {
		frame.Pix[i] = uint8(i * i >> 3 & 1)
	}
	must(gif.Encode(&out, frame, nil))
	return out.Bytes()
}

// WebP returns a lossy WebP file of four bars of 32 by 32 pixels: black, white, red and blue.
func WebP() []byte { return bytes.Clone(bars) }

// Files returns a complete file of each format, by its name: "jpeg", "png", "gif" and "webp".
func Files() map[string][]byte {
	return map[string][]byte{
		"jpeg": JPEG(Noise(320, 200)), "png": PNG(Noise(40, 30)), "gif": GIF(), "webp": WebP(),
	}
}

// PNGChunk returns a chunk of a PNG file: its length, name, body and checksum.
func PNGChunk(name string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// PNGHead returns the beginning of a PNG file of w by h pixels, up to its header chunk. The pixels are missing, so
// that the size may be far larger than the file.
func PNGHead(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return append([]byte("\x89PNG\r\n\x1a\n"), PNGChunk("IHDR", append(head, 8, 6, 0, 0, 0))...)
}

// must panics on an error. The pictures of tests are always encodable, and writing to memory does not fail.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
