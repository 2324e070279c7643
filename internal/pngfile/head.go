package pngfile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
)

// Errors of a file.
var (
	ErrInvalid = errors.New("pngfile: invalid")
	ErrShort   = errors.New("pngfile: the file is cut short")
)

// Sizes and colour types (PNG specification, sections 5 and 11.2.1).
const (
	signature = "\x89PNG\r\n\x1a\n"
	chunkSize = 12 // bytes of a chunk beside its body
	headSize  = 13 // bytes of the body of IHDR

	typeGrey, typeRGB, typePalette, typeGreyAlpha, typeRGBA = 0, 2, 3, 4, 6
)

// maxSide is the longest side of a picture, in pixels, so that no product overflows.
const maxSide = 1 << 20

// Head is the header of a file.
type Head struct {
	Size       image.Point
	Depth      int // bits of a channel or of an index
	Channels   int // stored: 1 of a palette's index
	Interlaced bool
	colour     int
}

// channelsOf has the number of channels by the colour type.
var channelsOf = [7]int{typeGrey: 1, typeRGB: 3, typePalette: 1, typeGreyAlpha: 2, typeRGBA: 4}

// ReadHead reads the header of a file. Errors: ErrInvalid, and ErrShort if the header is cut short.
func ReadHead(data []byte) (Head, error) {
	if len(data) < len(signature)+chunkSize+headSize {
		return Head{}, fmt.Errorf("header: %w", ErrShort)
	}
	chunk := data[len(signature) : len(signature)+chunkSize+headSize]
	body := chunk[8 : 8+headSize]
	if string(data[:len(signature)]) != signature || binary.BigEndian.Uint32(chunk) != headSize ||
		string(chunk[4:8]) != "IHDR" ||
		crc32.ChecksumIEEE(chunk[4:8+headSize]) != binary.BigEndian.Uint32(chunk[8+headSize:]) {
		return Head{}, fmt.Errorf("header: %w", ErrInvalid)
	}
	w, high := binary.BigEndian.Uint32(body), binary.BigEndian.Uint32(body[4:])
	h := Head{
		Size:  image.Pt(int(min(w, maxSide)), int(min(high, maxSide))),
		Depth: int(body[8]), Interlaced: body[12] == 1, colour: int(body[9]),
	}
	if h.colour < len(channelsOf) {
		h.Channels = channelsOf[h.colour]
	}
	if !h.valid() || body[10] != 0 || body[11] != 0 || body[12] > 1 {
		return Head{}, fmt.Errorf("header of %v, %d bits, colour type %d: %w", h.Size, h.Depth, h.colour, ErrInvalid)
	}
	return h, nil
}

// valid reports whether there are pixels, and whether the colour type can have the depth.
func (h Head) valid() bool {
	if h.Size.X == 0 || h.Size.Y == 0 || h.Channels == 0 {
		return false
	}
	switch h.Depth {
	case 8:
		return true
	case 16:
		return h.colour != typePalette
	case 1, 2, 4:
		return h.colour == typeGrey || h.colour == typePalette
	}
	return false
}

// Grey reports whether the picture has no colours.
func (h Head) Grey() bool { return h.colour == typeGrey || h.colour == typeGreyAlpha }

// pixelBits returns the bits of a pixel.
func (h Head) pixelBits() int { return h.Depth * h.Channels }

// rowBytes returns the bytes of a row of w pixels, without its filter.
func (h Head) rowBytes(w int) int { return (w*h.pixelBits() + 7) / 8 }

// pass is a pass of an interlaced picture: where its first pixel is, and how far the next are.
type pass struct{ x, y, dx, dy int }

// adam7 has the passes of an interlaced picture (PNG specification, section 8.2).
var adam7 = []pass{
	{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2},
}

// passes returns the passes of the picture.
func (h Head) passes() []pass {
	if h.Interlaced {
		return adam7
	}
	return []pass{{0, 0, 1, 1}}
}

// size returns the size of a pass; a pass without columns has no rows either.
func (p pass) size(of image.Point) image.Point {
	size := image.Pt((of.X-p.x+p.dx-1)/p.dx, (of.Y-p.y+p.dy-1)/p.dy)
	if size.X <= 0 || size.Y <= 0 {
		return image.Point{}
	}
	return size
}

// RawBytes returns the bytes of all rows before they are compressed.
func (h Head) RawBytes() (n int64) {
	for _, p := range h.passes() {
		size := p.size(h.Size)
		n += int64(size.Y) * int64(1+h.rowBytes(size.X))
	}
	return n
}
