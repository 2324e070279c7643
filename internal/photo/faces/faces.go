// Package faces finds human faces in a picture with a small convolutional network, the Tiny Face Detector of face-api
// (weights/README.md has its source and licence). It computes with integers, so that a picture has the same faces on
// every machine.
package faces

import "sync"

// Picture is a picture of W by H pixels, row by row: brightness and colour in the full range of JFIF, which stand for
// sRGB.
type Picture struct {
	W, H      int
	Y, Cb, Cr []uint8
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

// scratch is the memory for one picture, at most 1 MB. It is reused, and must not be used concurrently.
type scratch struct {
	window window
	maps   [len(widths)]plane
	rows   []int16 // two rows of pixels before their sums
	sums   []int32
	result []int32 // by row, cell and number
	w, h   int     // cells
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// resized returns a slice of n elements with undefined contents, in the memory of s if that is large enough.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
