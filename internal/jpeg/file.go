package jpeg

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
)

// File is a JPEG file of any kind that people make: sequential or progressive, with Huffman or arithmetic coding, one,
// three or four components of any sampling factors, in any number of scans, whole, cut short or damaged. Decoding does
// not change it, and several goroutines may decode it at the same time.
type File struct {
	data        []byte
	scans       int // offset of the first SOS segment
	width       int // pixels
	height      int
	progressive bool
	arithmetic  bool   // coding; otherwise Huffman's
	parts       []part // the components
	hMax, vMax  int    // the largest sampling factors
	mcusX       int    // MCUs of a scan with several components
	mcusY       int
	colours     colours
	begun       state
}

// part is a component of a File.
type part struct {
	id           uint8
	tq           uint8 // number of its quantisation table
	h, v         int   // sampling factors
	width        int   // blocks that have samples of the picture, in a scan of this component alone
	height       int
	across, down int // blocks in whole MCUs
}

// blocks returns the number of the component's blocks.
func (p *part) blocks() int64 { return int64(p.across) * int64(p.down) }

// colours says what the components are.
type colours int

const (
	mono colours = iota
	ycbcr
	rgb
	cmyk
	ycck // three of the inks as YCbCr
)

// Markers that only File knows (T.81, table B.1).
const (
	markSOF2  = 0xc2
	markSOF3  = 0xc3
	markSOF9  = 0xc9
	markSOF10 = 0xca
	markSOF11 = 0xcb
	markSOF15 = 0xcf
	markJPG   = 0xc8
	markDAC   = 0xcc
	markDNL   = 0xdc
	markDHP   = 0xde
	markEXP   = 0xdf
	markAPP15 = 0xef
	markSOF55 = 0xf7 // JPEG-LS (ITU-T T.87)
	markCOM   = 0xfe
	markTEM   = 0x01
)

// UnsupportedError is the error of a valid file of a kind that File does not decode. Its text completes a sentence
// that begins with "the photo is", and says what to do.
type UnsupportedError string

// Error implements error.
func (e UnsupportedError) Error() string { return string(e) }

// Is reports that every UnsupportedError is ErrForeign.
func (UnsupportedError) Is(target error) bool { return target == ErrForeign }

// Kinds of files that are not decoded, by what is to be done.
const (
	lossless     UnsupportedError = "a lossless JPEG: save it as a baseline JPEG, or as PNG"
	hierarchical UnsupportedError = "a hierarchical JPEG: save it as a baseline JPEG"
	jpegLS       UnsupportedError = "a JPEG-LS file: save it as a baseline JPEG"
	deep         UnsupportedError = "a JPEG of more than 8 bits a channel: save it with 8 bits"
)

// ErrShort says that a file ends before its first scan.
var ErrShort = fmt.Errorf("%w: it ends in its header", ErrForeign)

// OpenFile reads the headers of a file, up to its first scan. The File retains data, which must not change. The error
// is ErrForeign; it is ErrShort or an UnsupportedError if it is known to be.
func OpenFile(data []byte) (*File, error) {
	if len(data) < 2 || data[0] != 0xff || data[1] != markSOI {
		return nil, foreign("no start of image")
	}
	f := &File{data: data, begun: defaults()}
	walk := segments{data: data, at: 2}
	var jfif bool
	transform := -1
	for {
		marker, body, err := walk.next()
		if err != nil {
			return nil, err
		}
		switch {
		case marker == markAPP0 && len(body) >= 5 && string(body[:5]) == "JFIF\x00":
			jfif = true
		case marker == markAdobe && len(body) >= 12 && string(body[:5]) == "Adobe":
			transform = int(body[11])
		case marker == markSOS:
			f.scans = walk.begin
			if f.parts == nil {
				return nil, foreign("a scan before its frame")
			}
			f.colours = f.coloursOf(jfif, transform)
			return f, nil
		case marker == markEOI:
			return nil, foreign("no scan")
		case marker < markSOF0, marker == markDNL:
			return nil, foreign("marker %#x", marker)
		case isFrame(marker):
			if err := f.frame(marker, body); err != nil {
				return nil, err
			}
		default:
			if err := f.begun.take(marker, body); err != nil {
				return nil, err
			}
		}
	}
}

// isFrame reports whether a marker begins a frame, of any kind.
func isFrame(marker byte) bool {
	return marker >= markSOF0 && marker <= markSOF15 && marker != markDHT && marker != markDAC ||
		marker == markDHP || marker == markEXP || marker == markSOF55
}

// segments walks over the marker segments of a file, and over what is between them.
type segments struct {
	data  []byte
	at    int // where to look for the next marker
	begin int // where the last segment began
}

// next returns the next segment. Bytes before its marker are skipped, and so are markers that stand alone, but for the
// end of the image. At the end of the file it returns ErrShort.
func (s *segments) next() (marker byte, body []byte, err error) {
	marker, at, ok := NextMarker(s.data, s.at)
	if s.at = at; !ok {
		return 0, nil, ErrShort
	}
	switch s.begin = at - 2; {
	case marker == markEOI:
		return marker, nil, nil
	case at+2 > len(s.data):
		return 0, nil, ErrShort
	}
	n := int(binary.BigEndian.Uint16(s.data[at:]))
	switch {
	case n < 2:
		return 0, nil, foreign("a segment of %d bytes", n)
	case at+n <= len(s.data):
		s.at += n
		return marker, s.data[at+2 : at+n], nil
	case marker < markSOF0:
		return 0, nil, foreign("marker %#x", marker)
	}
	return 0, nil, ErrShort
}

// NextMarker returns the first marker from an offset on, and the offset behind it. It skips what is no marker, and
// markers that stand alone, but for the end of the image. Without one it returns false, and the length of data.
func NextMarker(data []byte, at int) (marker byte, next int, ok bool) {
	for at+1 < len(data) {
		n := bytes.IndexByte(data[at:len(data)-1], 0xff)
		if n < 0 {
			break
		}
		at += n + 1
		marker = data[at]
		switch {
		case marker == 0xff: // a fill byte
		case marker == 0 || marker == markTEM || marker >= markRST0 && marker <= markSOI:
			at++
		default:
			return marker, at + 1, true
		}
	}
	return 0, len(data), false
}

// frame reads an SOF segment (T.81, B.2.2).
func (f *File) frame(marker byte, body []byte) error {
	switch marker {
	case markSOF3, markSOF11:
		return lossless
	case markSOF55:
		return jpegLS
	case markSOF0, markSOF1:
	case markSOF2:
		f.progressive = true
	case markSOF9:
		f.arithmetic = true
	case markSOF10:
		f.arithmetic, f.progressive = true, true
	case markJPG:
		return foreign("marker %#x", marker)
	default:
		return hierarchical
	}
	if f.parts != nil || len(body) < 6 {
		return foreign("frame header")
	}
	if body[0] != 8 {
		return deep
	}
	f.height, f.width = int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
	n := int(body[5])
	if f.width == 0 || f.height == 0 || n != 1 && n != 3 && n != 4 || len(body) < 6+3*n {
		return foreign("frame of %dx%d, %d components", f.width, f.height, n)
	}
	for c := range n {
		b := body[6+3*c:]
		p := part{id: b[0], h: int(b[1] >> 4), v: int(b[1] & 15), tq: b[2] & 3}
		if p.h < 1 || p.h > 4 || p.v < 1 || p.v > 4 || b[2] > 3 {
			return foreign("component of %dx%d", p.h, p.v)
		}
		f.parts = append(f.parts, p)
		f.hMax, f.vMax = max(f.hMax, p.h), max(f.vMax, p.v)
	}
	if n == 1 {
		f.parts[0].h, f.parts[0].v, f.hMax, f.vMax = 1, 1, 1, 1 // T.81, A.2.2: a scan of one component has no MCUs
	}
	f.mcusX, f.mcusY = ceil(f.width, 8*f.hMax), ceil(f.height, 8*f.vMax)
	for i := range f.parts {
		p := &f.parts[i]
		p.width, p.height = ceil(ceil(f.width*p.h, f.hMax), 8), ceil(ceil(f.height*p.v, f.vMax), 8)
		p.across, p.down = f.mcusX*p.h, f.mcusY*p.v
	}
	return nil
}

// ceil returns the quotient, rounded up.
func ceil(a, b int) int { return (a + b - 1) / b }

// coloursOf returns what the components are, as libjpeg decides it.
func (f *File) coloursOf(jfif bool, transform int) colours {
	switch len(f.parts) {
	case 1:
		return mono
	case 4:
		if transform == 2 {
			return ycck
		}
		return cmyk
	}
	ids := [3]uint8{f.parts[0].id, f.parts[1].id, f.parts[2].id}
	if !jfif && (transform == 0 || transform < 0 && ids == [3]uint8{'R', 'G', 'B'}) {
		return rgb
	}
	return ycbcr
}

// Size returns the picture's width and height in pixels, without rotation by EXIF.
func (f *File) Size() image.Point { return image.Pt(f.width, f.height) }

// Components returns the number of components: 1, 3 or 4.
func (f *File) Components() int { return len(f.parts) }

// Progressive reports whether the file is progressive: then pictures of several sizes can be made of its Content.
func (f *File) Progressive() bool { return f.progressive }

// Arithmetic reports whether the file has arithmetic coding, which takes several times as long as Huffman's.
func (f *File) Arithmetic() bool { return f.arithmetic }

// Scaled returns the picture's size in pixels at 1/(1<<shrink), rounded up.
func (f *File) Scaled(shrink int) image.Point {
	up := 1<<shrink - 1
	return image.Pt((f.width+up)>>shrink, (f.height+up)>>shrink)
}
