package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"io"
	"strings"
)

// usableRows is the minimum share of rows, in tenths, with which a truncated photo is shown.
const usableRows = 6

// paddings are bytes with which a truncated file is completed. The pictures that result from the two paddings are
// equal exactly up to the end of the file.
var paddings = [2]byte{0x00, 0x2a}

// blockBytes is an upper bound for the padding that one block consumes: six bits per coefficient, in files of the
// highest quality.
const blockBytes = 48

// padBytes returns how many bytes of padding complete the rows that may be missing.
func padBytes(size image.Point, fullChroma bool) int64 {
	blocks := int64(size.X+31) / 8 * (int64(size.Y+31) / 8) * 3
	if !fullChroma {
		blocks = blocks * 2 / 3
	}
	return blocks * blockBytes * (10 - usableRows) / 10
}

// file is the input of a decoder. It records whether the decoder read beyond the end. In that case the file is
// truncated, because a complete file has an end mark.
type file struct {
	data  []byte
	at    int
	ended bool
}

func (f *file) Read(b []byte) (n int, err error) {
	if f.at == len(f.data) {
		f.ended = true
		return 0, io.EOF
	}
	n = copy(b, f.data[f.at:])
	f.at += n
	return n, nil
}

// shortWebP reports whether a WebP is shorter than its header says (RFC 9649, section 2.4). Of an animation only the
// first frame matters.
func shortWebP(data []byte) bool {
	if _, ok := frameOfWebP(data); ok {
		return false
	}
	return len(data) >= 8 && uint64(len(data)) < 8+uint64(binary.LittleEndian.Uint32(data[4:]))
}

// MayBeCut reports whether the file lacks the end that its format requires. Only decoding shows whether a part of the
// picture is missing; see Photo.Cut.
func (info Info) MayBeCut(data []byte) bool {
	switch info.Format {
	case "jpeg":
		return info.jpeg.cut
	case "png":
		return !bytes.Contains(data[max(0, len(data)-trailer):], []byte("IEND"))
	case "webp":
		return shortWebP(data)
	case "gif":
		return !firstFrameEnds(data)
	}
	return true
}

// completeJPEG decodes a truncated file and returns the rows that exist, if there are enough of them. cut is false if
// only the end marker is missing. cause is the error of decoding the file without padding.
func completeJPEG(data []byte, cause error) (img image.Image, cut bool, err error) {
	head := scanJPEG(data)
	cfg, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil || !head.rowByRow() {
		return nil, true, cause // the missing scans are detail or colour, not the last rows
	}
	for data[len(data)-1] == 0xff { // with the padding it would be a marker
		data = data[:len(data)-1]
	}
	n := padBytes(image.Pt(cfg.Width, cfg.Height), head.fullChroma)
	var both [2]*image.YCbCr
	for i, pad := range paddings {
		end := strings.NewReader("\xff\xd9")
		img, err := jpeg.Decode(io.MultiReader(bytes.NewReader(data), io.LimitReader(padding(pad), n), end))
		m, ok := img.(*image.YCbCr)
		if err != nil || !ok {
			return nil, true, cause
		}
		both[i] = m
	}
	if a, b := both[0], both[1]; bytes.Equal(a.Y, b.Y) && bytes.Equal(a.Cb, b.Cb) && bytes.Equal(a.Cr, b.Cr) {
		return a, false, nil
	}
	rows := sameRows(both[0], both[1]) &^ 15 // whole rows of blocks
	if h := both[0].Rect.Dy(); rows*10 < h*usableRows {
		return nil, true, cause
	}
	return both[0].SubImage(image.Rect(0, 0, both[0].Rect.Dx(), rows)), true, nil
}

// sameRows returns the number of rows, from the top, that are equal in both pictures.
func sameRows(a, b *image.YCbCr) int {
	w := a.Rect.Dx()
	for y := range a.Rect.Dy() {
		if !bytes.Equal(a.Y[y*a.YStride:y*a.YStride+w], b.Y[y*b.YStride:y*b.YStride+w]) {
			return y
		}
	}
	return a.Rect.Dy()
}

// padding is a reader of one byte, repeated without end.
type padding byte

func (p padding) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(p)
	}
	return len(b), nil
}
