package photo

import (
	"bytes"
	"image"
	"image/draw"
	"io"

	"golang.org/x/image/webp" // registers the format for image.DecodeConfig
)

// decodeWebP decodes a WebP, of an animation the first frame. The planes of a lossy file are converted to full range,
// like those of a JPEG. Of a file that is cut short the rows that exist are returned, if there are enough of them, and
// cut is true.
func decodeWebP(f *file) (img image.Image, cut bool, err error) {
	frame, ok := frameOfWebP(f.data)
	switch {
	case !ok && shortWebP(f.data):
		return mendedWebP(f.data)
	case !ok:
		img, err = decodeStill(f)
		return img, false, err
	}
	if img, err = decodeStill(bytes.NewReader(frame.file())); err != nil {
		return nil, false, err
	}
	return onCanvas(img, frame.at, frame.canvas), false, nil
}

// onCanvas returns a picture that fills the canvas: the frame at its place, and around it nothing, which is
// transparent.
func onCanvas(frame image.Image, at, canvas image.Point) image.Image {
	b := frame.Bounds()
	if b.Size() == canvas {
		return frame
	}
	whole := image.NewNRGBA(image.Rectangle{Max: canvas})
	draw.Draw(whole, image.Rectangle{at, at.Add(b.Size())}, frame, b.Min, draw.Src)
	return whole
}

func decodeStill(r io.Reader) (image.Image, error) {
	img, err := webp.Decode(r)
	switch m := img.(type) { // lossless files are RGB
	case *image.YCbCr:
		fullRange(m)
	case *image.NYCbCrA:
		fullRange(&m.YCbCr)
	}
	return img, err
}

// fullRange converts planes in place from BT.601 studio range, the only one that VP8 has (RFC 6386, section
// 9.2), to full range: Y from 16..235 and chroma from 16..240 to 0..255. The decoder returns them as they are
// coded, and image.YCbCr means full range.
func fullRange(m *image.YCbCr) {
	spread(m.Y, &fullLuma)
	spread(m.Cb, &fullChromas)
	spread(m.Cr, &fullChromas)
}

func spread(plane []uint8, table *[256]uint8) {
	for ; len(plane) >= 8; plane = plane[8:] { // more than twice as fast as byte by byte
		p := (*[8]uint8)(plane)
		p[0], p[1], p[2], p[3] = table[p[0]], table[p[1]], table[p[2]], table[p[3]]
		p[4], p[5], p[6], p[7] = table[p[4]], table[p[5]], table[p[6]], table[p[7]]
	}
	for i, v := range plane {
		plane[i] = table[v]
	}
}

var (
	fullLuma    = spreading(16, 219, 0)
	fullChromas = spreading(128, 224, 128)
)

// spreading returns a table that maps the value zero to the value to, and levels steps to 255 steps. It clamps values
// outside the range, which lossy coding causes at edges.
func spreading(zero, levels, to int) (table [256]uint8) {
	for v := range table {
		n := (v - zero) * 255
		half := levels / 2
		if n < 0 {
			half = -half
		}
		table[v] = uint8(max(0, min((n+half)/levels+to, 255)))
	}
	return table
}
