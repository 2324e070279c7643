package photo

import (
	"bytes"
	"image"
	"image/jpeg"
	"io"
	"strings"
)

// usableRows is the share of its rows that a cut-off photo must have, in tenths.
const usableRows = 6

// paddings complete a file that was cut off. Decoded with one and with the other, the picture is
// the same exactly as far as it was really there.
var paddings = [2]byte{0x00, 0x2a}

// blockBytes is more than any block takes of the padding: six bits a coefficient, in files of the
// finest quality, which have the longest codes for what is frequent elsewhere.
const blockBytes = 48

// padBytes is the padding that completes the rows that may lack.
func padBytes(size image.Point, fullChroma bool) int64 {
	blocks := int64(size.X+31) / 8 * (int64(size.Y+31) / 8) * 3
	if !fullChroma {
		blocks = blocks * 2 / 3
	}
	return blocks * blockBytes * (10 - usableRows) / 10
}

// completeJPEG decodes a file that ends too early and uses the rows that it holds, when those are
// most of them. cause is the error of decoding it as it is.
func completeJPEG(data []byte, cause error) (image.Image, error) {
	head := scanJPEG(data)
	cfg, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil || head.scans != 1 {
		return nil, cause // of a progressive file, what is missing is not the last rows
	}
	for data[len(data)-1] == 0xff { // with a padding it would be a marker
		data = data[:len(data)-1]
	}
	n := padBytes(image.Pt(cfg.Width, cfg.Height), head.fullChroma)
	var both [2]*image.YCbCr
	for i, pad := range paddings {
		end := strings.NewReader("\xff\xd9")
		img, err := jpeg.Decode(io.MultiReader(bytes.NewReader(data), io.LimitReader(padding(pad), n), end))
		m, ok := img.(*image.YCbCr)
		if err != nil || !ok {
			return nil, cause
		}
		both[i] = m
	}
	rows := sameRows(both[0], both[1]) &^ 15 // whole rows of blocks
	if h := both[0].Rect.Dy(); rows*10 < h*usableRows {
		return nil, cause
	}
	return both[0].SubImage(image.Rect(0, 0, both[0].Rect.Dx(), rows)), nil
}

// sameRows counts the rows from the top on that are the same in both.
func sameRows(a, b *image.YCbCr) int {
	w := a.Rect.Dx()
	for y := range a.Rect.Dy() {
		if !bytes.Equal(a.Y[y*a.YStride:y*a.YStride+w], b.Y[y*b.YStride:y*b.YStride+w]) {
			return y
		}
	}
	return a.Rect.Dy()
}

// padding reads as one byte without end.
type padding byte

func (p padding) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(p)
	}
	return len(b), nil
}
