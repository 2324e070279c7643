package photo

import (
	"bytes"
	"image"
	"image/jpeg"
	"io"
)

// usableRows is the share of its rows that a cut-off photo must have, in tenths.
const usableRows = 6

// paddings complete a file that was cut off. Decoded with one and with the other, the picture is
// the same exactly as far as it was really there.
var paddings = [2]byte{0x00, 0x2a}

// padBytes is more padding than a picture within the gate's limits can ask for.
const padBytes = 8 << 20

// completeJPEG decodes a file that ends too early and uses the rows that it holds, when those are
// most of them. cause is the error of decoding it as it is.
func completeJPEG(data []byte, cause error) (image.Image, error) {
	if scanJPEG(data).scans != 1 {
		return nil, cause // of a progressive file, what is missing is not the last rows
	}
	var both [2]*image.YCbCr
	for i, pad := range paddings {
		img, err := jpeg.Decode(io.MultiReader(bytes.NewReader(bytes.TrimRight(data, "\xff")), &padding{pad, padBytes}))
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

// padding reads as one byte again and again, then as an end-of-image marker.
type padding struct {
	value byte
	left  int
}

func (p *padding) Read(b []byte) (int, error) {
	if p.left <= 0 {
		return 0, io.EOF
	}
	n := min(len(b), p.left)
	for i := range b[:n] {
		b[i] = p.value
	}
	if p.left -= n; p.left == 0 && n >= 2 {
		b[n-2], b[n-1] = 0xff, markerEOI
	}
	return n, nil
}
