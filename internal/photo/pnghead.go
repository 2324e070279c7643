package photo

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"newsroom.example/cards/internal/exif"
	"newsroom.example/cards/internal/fault"
)

// Sizes and colour types of a PNG (PNG specification, sections 5 and 11.2.1).
const (
	pngSignature = 8
	pngChunk     = 12 // bytes of a chunk beside its body
	pngHeader    = 13 // bytes of the body of IHDR

	pngGrey, pngRGB, pngPalette, pngGreyAlpha, pngRGBA = 0, 2, 3, 4, 6
)

// maxDeflated is the most bytes that a byte of deflate expands to: 258 for two bits (RFC 1951).
const maxDeflated = 1032

// pngHead is the header of a PNG.
type pngHead struct {
	width, height int
	depth         int // bits of a channel or of an index
	colour        int
	interlaced    bool
}

// channels has the number of channels by the colour type.
var channels = map[int]int{pngGrey: 1, pngRGB: 3, pngPalette: 1, pngGreyAlpha: 2, pngRGBA: 4}

// headOfPNG reads the header of a PNG.
func headOfPNG(data []byte) (h pngHead, err error) {
	if len(data) < pngSignature+pngChunk+pngHeader {
		return h, fmt.Errorf("header: %w", fault.ErrSourceIncomplete)
	}
	chunk := data[pngSignature : pngSignature+pngChunk+pngHeader]
	body := chunk[8 : 8+pngHeader]
	if binary.BigEndian.Uint32(chunk) != pngHeader || string(chunk[4:8]) != "IHDR" ||
		crc32.ChecksumIEEE(chunk[4:8+pngHeader]) != binary.BigEndian.Uint32(chunk[8+pngHeader:]) {
		return h, fmt.Errorf("header: %w", ErrInvalid)
	}
	w, high := binary.BigEndian.Uint32(body), binary.BigEndian.Uint32(body[4:])
	h = pngHead{int(min(w, 1<<30)), int(min(high, 1<<30)), int(body[8]), int(body[9]), body[12] == 1}
	if !h.valid() || body[10] != 0 || body[11] != 0 || body[12] > 1 {
		return h, fmt.Errorf("header of %d bits, colour type %d: %w", h.depth, h.colour, ErrInvalid)
	}
	return h, nil
}

// valid reports whether the colour type can have the depth.
func (h pngHead) valid() bool {
	switch h.depth {
	case 8:
		return channels[h.colour] > 0
	case 16:
		return channels[h.colour] > 0 && h.colour != pngPalette
	case 1, 2, 4:
		return h.colour == pngGrey || h.colour == pngPalette
	}
	return false
}

// rowBytes returns the bytes of a row of w pixels, with its filter.
func (h pngHead) rowBytes(w int) int64 {
	return 1 + (int64(w)*int64(h.depth)*int64(channels[h.colour])+7)/8
}

// pngPass is a pass of an interlaced picture: where its first pixel is, and how far the next are.
type pngPass struct{ x, y, dx, dy int }

// pngPasses has the passes of Adam7 (PNG specification, section 8.2).
var pngPasses = []pngPass{
	{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2},
}

// passes returns the passes of the picture.
func (h pngHead) passes() []pngPass {
	if h.interlaced {
		return pngPasses
	}
	return []pngPass{{0, 0, 1, 1}}
}

// passBytes returns the bytes of a pass, and of one of its rows.
func (h pngHead) passBytes(p pngPass) (all, row int64) {
	w, high := (h.width-p.x+p.dx-1)/p.dx, (h.height-p.y+p.dy-1)/p.dy
	if w <= 0 || high <= 0 {
		return 0, 1
	}
	row = h.rowBytes(w)
	return row * int64(high), row
}

// rawBytes returns the bytes of all passes, before they are compressed.
func (h pngHead) rawBytes() (n int64) {
	for _, p := range h.passes() {
		all, _ := h.passBytes(p)
		n += all
	}
	return n
}

// rowsIn returns how many rows of the picture, from the top, are complete with the first n bytes of the passes.
func (h pngHead) rowsIn(n int64) int {
	passes := h.passes()
	last := passes[len(passes)-1]
	all, row := h.passBytes(last)
	n -= h.rawBytes() - all // of the passes before it
	switch {
	case n < 0:
		return 0
	case n >= all:
		return h.height
	}
	return last.y + int(n/row)*last.dy
}

// bytesPerPixel returns the memory for decoding a pixel, and for converting it: drawing it over paper, and turning it.
// transparent says that there is a transparent colour.
func (h pngHead) bytesPerPixel(transparent, turned bool) int64 {
	samples, flat := int64(4), int64(4)
	transparent = transparent || h.colour == pngGreyAlpha || h.colour == pngRGBA
	switch {
	case h.colour == pngPalette, h.colour == pngGrey && h.depth <= 8 && !transparent:
		samples = 1
	case h.colour == pngGrey && !transparent:
		samples = 2
	case h.depth == 16:
		samples = 8
		if transparent {
			flat = 4 + 4 // reduced to eight bits, then drawn over paper
		}
	case !transparent:
		flat = 0 // converted in place
	}
	if h.interlaced {
		samples *= 2 // each pass is decoded to a separate picture
	}
	if turned {
		flat += 4 + 4
	}
	return samples + flat
}

// inspectPNG reads the header of a PNG.
func (info *Info) inspectPNG(data []byte) error {
	h, err := headOfPNG(data)
	if err != nil {
		return err
	}
	if err := checkSize(h.width, h.height); err != nil {
		return err
	}
	ended := bytes.Contains(data[max(0, len(data)-trailer):], []byte("IEND"))
	if err := plausible(int64(len(data)), h.rawBytes()/maxDeflated, !ended); err != nil {
		return err
	}
	info.Width, info.Height = h.width, h.height
	info.Orientation = exif.Orientation(exifOf(data, "png"))
	pixels := int64(h.width) * int64(h.height)
	each := h.bytesPerPixel(chunkOfPNG(data, "tRNS") != nil, info.Orientation > 1)
	info.DecodeBytes = pixels * each
	if info.DecodeBytes > DefaultDecodeBytes {
		return tooLarge("the photo is a PNG of %s megapixels, %s; at most %s are taken of this kind",
			mega(pixels), h.kind(), mega(DefaultDecodeBytes/each))
	}
	return nil
}

// kind describes what makes a PNG expensive, for people.
func (h pngHead) kind() string {
	kind := fmt.Sprintf("%d channels of %d bits", channels[h.colour], h.depth)
	if h.interlaced {
		kind += ", interlaced"
	}
	return kind
}
