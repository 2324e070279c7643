// Package faces finds human faces in a picture with a small convolutional network, the Tiny Face Detector of face-api
// (weights/README.md has its source and licence). It computes with integers, so that a picture has the same faces on
// every machine.
package faces

import "sync"

// Picture is a picture of W by H pixels, row by row: red, green and blue in three bytes, in sRGB.
type Picture struct {
	W, H int
	Pix  []uint8
}

// Box is a face from the forehead to the chin and from cheek to cheek, in pixels of the picture, within its bounds.
type Box struct {
	X0, Y0, X1, Y1 float64
	Score          float64 // from 0 to 1
}

// MaxPixels is the largest picture, in pixels, that Find takes, counted in whole cells of 32 by 32.
const MaxPixels = 1 << 18

// Find returns the boxes with at least the given score, the highest first. Of boxes that overlap, only the highest is
// returned. Faces of about 15 to 400 pixels are found; the network was trained with pictures of 416 pixels. A picture
// without pixels, or larger than MaxPixels, has no faces. Find is safe for concurrent use.
func Find(p Picture, least float64) []Box {
	if p.W <= 0 || p.H <= 0 || p.W > MaxPixels || p.H > MaxPixels || cells(p.W)*cells(p.H)*stride*stride > MaxPixels {
		return nil
	}
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	s.run(network(), p)
	return apart(s.boxes(network(), p, least))
}

// cells returns how many cells cover n pixels.
func cells(n int) int { return (n + stride - 1) / stride }

// scratch is the memory for one picture, at most 7 MB. It is reused, and must not be used concurrently.
type scratch struct {
	input  []int16
	maps   [len(widths)]plane
	rows   []int16 // two rows of pixels before their sums
	sums   []int32
	result []int32 // by row, cell and number
	w, h   int     // cells
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// plane is a layer's values, row by row and pixel by pixel, within a border of zeros of one pixel.
type plane struct {
	w, h, c int
	v       []int16
}

// sized makes a plane of the given size, in the memory of p. Its border is cleared, the rest is undefined.
func (p *plane) sized(w, h, c int) {
	p.w, p.h, p.c = w, h, c
	p.v = resized(p.v, (w+2)*(h+2)*c)
	row := (w + 2) * c
	clear(p.v[:row])
	clear(p.v[(h+1)*row:])
	for y := 1; y <= h; y++ {
		clear(p.v[y*row:][:c])
		clear(p.v[y*row+row-c:][:c])
	}
}

// row returns row y with its border, for y from -1 to h.
func (p *plane) row(y int) []int16 { return p.v[(y+1)*(p.w+2)*p.c:][:(p.w+2)*p.c] }

// resized returns a slice of n elements with undefined contents, in the memory of s if that is large enough.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
