package photo

import (
	"bytes"
	"image"
	"image/jpeg"
	"io"
)

// padBytes is more zero bytes than a picture within the gate's limits can ask for: a minimum of
// a few bits a block, over all blocks.
const padBytes = 4 << 20

// completeJPEG decodes a file that ends too early as if zero bytes went on for it, and uses the
// result when most rows hold the photo. cause is the error of decoding it as it is.
func completeJPEG(data []byte, cause error) (image.Image, error) {
	if scanJPEG(data).scans != 1 {
		return nil, cause // of a progressive file, what is missing is not the last rows
	}
	img, err := jpeg.Decode(io.MultiReader(bytes.NewReader(bytes.TrimRight(data, "\xff")), &zeros{left: padBytes}))
	if err != nil && img == nil {
		return nil, cause
	}
	if m, ok := img.(*image.YCbCr); !ok || filledRows(m) < usableRows*float64(m.Rect.Dy()) {
		return nil, cause
	}
	return img, nil
}

// usableRows is the share of its rows that a cut-off photo must have.
const usableRows = 0.6

// filledRows counts the rows from the top down to the last one that is not of one tone.
func filledRows(m *image.YCbCr) float64 {
	w := m.Rect.Dx()
	for y := m.Rect.Dy() - 1; y >= 0; y-- {
		row := m.Y[y*m.YStride : y*m.YStride+w]
		for _, v := range row {
			if v != row[0] {
				return float64(y + 1)
			}
		}
	}
	return 0
}

// zeros reads as zero bytes, then as an end-of-image marker, again and again until it is spent.
type zeros struct{ left int }

func (z *zeros) Read(p []byte) (int, error) {
	if z.left <= 0 {
		return 0, io.EOF
	}
	n := min(len(p), z.left)
	clear(p[:n])
	z.left -= n
	if z.left == 0 && n >= 2 {
		p[n-2], p[n-1] = 0xff, markerEOI
	}
	return n, nil
}
