package webp

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
)

// ErrIncomplete is the error of a file that ends before its picture begins, or before anything of it can be decoded.
var ErrIncomplete = errors.New("webp: the file ends too early")

// errShort is what the decoders of parts return for it.
var errShort = ErrIncomplete

var errContainer = errors.New("webp: invalid file")

const (
	fileHeader  = 12 // bytes of RIFF, the size and WEBP (RFC 9649, section 2.4)
	chunkHeader = 8  // bytes of a chunk's name and size (RFC 9649, section 2.3)
	features    = 10 // bytes of VP8X (RFC 9649, section 2.7)
	animated    = 16 // bytes of a frame of an animation before its chunks (RFC 9649, section 2.7.1.1)
)

// Picture is a WebP photo whose headers have been read. It may be used concurrently.
type Picture struct {
	canvas   image.Point
	at       image.Point // of the frame on the canvas
	size     image.Point // of the frame
	lossy    bool
	data     []byte // body of the picture's chunk, as far as it exists
	alpha    []byte // body of the chunk ALPH; nil if there is none
	whole    bool   // the picture's chunk is not cut short
	said     int64  // bytes of the picture's chunk, as it says
	mayClear bool   // a lossless picture says that it has an alpha channel
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

// Open reads the headers of a file, whose bytes the Picture shares. Errors: ErrIncomplete; any other error means that
// the file is invalid.
func Open(data []byte) (*Picture, error) {
	if len(data) < fileHeader {
		return nil, ErrIncomplete
	}
	if string(data[:4]) != "RIFF" || string(data[8:fileHeader]) != "WEBP" {
		return nil, fmt.Errorf("%w: no RIFF header of a WebP", errContainer)
	}
	p := &Picture{}
	if err := p.find(data[fileHeader:], uint64(len(data)-8) < uint64(binary.LittleEndian.Uint32(data[4:]))); err != nil {
		return nil, err
	}
	return p, p.measure()
}

// Size returns the size of a file whose rest may be missing. Errors are those of Open.
func Size(data []byte) (image.Point, error) {
	if at := fileHeader + chunkHeader; len(data) >= at+features && string(data[fileHeader:at-4]) == "VP8X" {
		return image.Pt(uint24(data[at+4:])+1, uint24(data[at+7:])+1), nil
	}
	p, err := Open(data)
	if err != nil {
		return image.Point{}, err
	}
	return p.canvas, nil
}

// find finds the picture in a list of chunks. short says that the list is shorter than it should be.
func (p *Picture) find(list []byte, short bool) error {
	for c := range partsOf(list) {
		short = short || c.cut()
		switch c.name {
		case "VP8X":
			if len(c.body) < features {
				return fmt.Errorf("%w: VP8X of %d bytes", errContainer, c.said)
			}
			p.canvas = image.Pt(uint24(c.body[4:])+1, uint24(c.body[7:])+1)
		case "ANMF":
			return p.findFrame(c.body, c.cut())
		case "ALPH":
			if p.alpha == nil {
				p.alpha = c.body
			}
		case "VP8 ", "VP8L":
			p.lossy, p.data, p.whole, p.said = c.name == "VP8 ", c.body, !c.cut(), c.said
			return nil
		}
	}
	if short {
		return ErrIncomplete
	}
	return fmt.Errorf("%w: no picture", errContainer)
}

// findFrame finds the picture in the first frame of an animation.
func (p *Picture) findFrame(frame []byte, short bool) error {
	switch {
	case len(frame) < animated && short:
		return ErrIncomplete
	case len(frame) < animated:
		return fmt.Errorf("%w: a frame of %d bytes", errContainer, len(frame))
	}
	p.at = image.Pt(2*uint24(frame), 2*uint24(frame[3:]))
	p.size = image.Pt(uint24(frame[6:])+1, uint24(frame[9:])+1)
	if !(image.Rectangle{p.at, p.at.Add(p.size)}).In(image.Rectangle{Max: p.canvas}) {
		return fmt.Errorf("%w: a frame of %v at %v of %v", errContainer, p.size, p.at, p.canvas)
	}
	return p.find(frame[animated:], short)
}

// measure reads the size of the picture, which must be that of the frame or, without frames, of the canvas.
func (p *Picture) measure() (err error) {
	var size image.Point
	if p.lossy {
		size, err = sizeOfVP8(p.data)
	} else {
		p.alpha = nil // it has an alpha channel of its own
		size, p.mayClear, err = sizeOfVP8L(p.data)
	}
	if err != nil {
		if p.whole {
			return fmt.Errorf("%w: %w", errContainer, err)
		}
		return err
	}
	want := p.size
	if want == (image.Point{}) {
		want = p.canvas
	}
	if want != (image.Point{}) && want != size {
		return fmt.Errorf("%w: a picture of %v in place of %v", errContainer, size, want)
	}
	p.size = size
	if p.canvas == (image.Point{}) {
		p.canvas = size
	}
	return p.believable()
}

// A macroblock takes more than two bits of modes, since the probabilities of those of 16x16 pixels are fixed (RFC 6386,
// section 11.2), and those of 4x4 pixels are at most 255/256. Lossless pixels may take no bits at all; a large photo of
// as few bytes is none.
const (
	macroblocksPerByte = 4
	pixelsPerByte      = 16384
	manyPixels         = 4_000_000
)

// believable refuses files that claim far more pixels than their bytes can have.
func (p *Picture) believable() error {
	least := int64((p.size.X+15)/16) * int64((p.size.Y+15)/16) / macroblocksPerByte
	if !p.lossy {
		least = max(0, area(p.size)-manyPixels) / pixelsPerByte
	}
	if p.said < least {
		return fmt.Errorf("%w: %d bytes for %v", errContainer, p.said, p.size)
	}
	return nil
}
