package render

import (
	"image"
	"image/color"

	"newsroom.example/cards/internal/simd"
)

// stretch is how many pixels of a row are looked at together: where none of them can matter, that
// is all that is looked at.
const stretch = 64

// span is the least and the most that pixels have of each channel.
type span struct{ lo, hi [4]uint8 }

// spanOf is the span of some pixels.
func spanOf(px []uint8) (s span) {
	if simd.AVX2 && len(px) >= 4*8 {
		spanAVX2(px, &s)
		return s
	}
	return spanEach(px)
}

// spanEach is spanOf, a pixel after the other.
func spanEach(px []uint8) span {
	s := span{lo: [4]uint8{255, 255, 255, 255}}
	for ; len(px) >= 4; px = px[4:] {
		for i, v := range px[:4] {
			s.lo[i], s.hi[i] = min(s.lo[i], v), max(s.hi[i], v)
		}
	}
	return s
}

// brightness is a pixel's, nearly, from 0 to 2550.
func brightness(r, g, b uint8) int { return 2*int(r) + 7*int(g) + int(b) }

// brightnesses are the least and the most of a row of pixels.
func brightnesses(row []uint8) (least, most int) {
	if simd.AVX2 && len(row) >= 4*8 {
		return brightnessesAVX2(row)
	}
	return brightnessesEach(row)
}

// brightnessesEach is brightnesses, a pixel after the other.
func brightnessesEach(row []uint8) (least, most int) {
	least, most = 2550, 0
	for ; len(row) >= 4; row = row[4:] {
		v := brightness(row[0], row[1], row[2])
		least, most = min(least, v), max(most, v)
	}
	return least, most
}

// extremes are the first of the brightest and of the darkest pixels of a box, nearly.
func extremes(canvas *image.RGBA, box image.Rectangle) (bright, dark color.NRGBA) {
	most, least, mostAt, leastAt := -1, 1<<20, 0, 0
	for y := box.Min.Y; y < box.Max.Y; y++ {
		lo, hi := brightnesses(rowOf(canvas, box, y))
		if hi > most {
			most, mostAt = hi, y
		}
		if lo < least {
			least, leastAt = lo, y
		}
	}
	return first(rowOf(canvas, box, mostAt), most), first(rowOf(canvas, box, leastAt), least)
}

// rowOf is the box's pixels in a row of the canvas.
func rowOf(canvas *image.RGBA, box image.Rectangle, y int) []uint8 {
	return canvas.Pix[canvas.PixOffset(box.Min.X, y):][:4*box.Dx()]
}

// first is the first pixel of a brightness.
func first(row []uint8, v int) color.NRGBA {
	for ; len(row) >= 4; row = row[4:] {
		if brightness(row[0], row[1], row[2]) == v {
			return color.NRGBA{row[0], row[1], row[2], 255}
		}
	}
	return color.NRGBA{}
}
