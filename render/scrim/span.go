package scrim

import (
	"image"
	"image/color"

	"newsroom.example/cards/internal/simd"
	"newsroom.example/cards/render/raster"
)

// stretch is how many pixels of a row are examined together. If their span shows that none of them matters, they are
// not examined one by one.
const stretch = 64

// span holds the minimum and maximum of some pixels in each channel.
type span struct{ lo, hi [4]uint8 }

// spanOf returns the span of some pixels.
func spanOf(px []uint8) (s span) {
	if simd.AVX2 && len(px) >= 4*8 {
		spanAVX2(px, &s)
		return s
	}
	return spanEach(px)
}

// spanEach is spanOf in Go, pixel by pixel.
func spanEach(px []uint8) span {
	s := span{lo: [4]uint8{255, 255, 255, 255}}
	for ; len(px) >= 4; px = px[4:] {
		for i, v := range px[:4] {
			s.lo[i], s.hi[i] = min(s.lo[i], v), max(s.hi[i], v)
		}
	}
	return s
}

// Brightness returns a pixel's approximate brightness, from 0 to 2550.
func Brightness(r, g, b uint8) int { return 2*int(r) + 7*int(g) + int(b) }

// brightnesses returns the minimum and maximum Brightness in a row of pixels.
func brightnesses(row []uint8) (least, most int) {
	if simd.AVX2 && len(row) >= 4*8 {
		return brightnessesAVX2(row)
	}
	return brightnessesEach(row)
}

// brightnessesEach is brightnesses in Go, pixel by pixel.
func brightnessesEach(row []uint8) (least, most int) {
	least, most = 2550, 0
	for ; len(row) >= 4; row = row[4:] {
		v := Brightness(row[0], row[1], row[2])
		least, most = min(least, v), max(most, v)
	}
	return least, most
}

// extremes returns the first of the brightest and the first of the darkest pixels of a box, by Brightness.
func extremes(canvas *image.RGBA, box image.Rectangle) (bright, dark color.NRGBA) {
	most, least, mostAt, leastAt := -1, 1<<20, 0, 0
	for y := box.Min.Y; y < box.Max.Y; y++ {
		lo, hi := brightnesses(raster.Row(canvas, box, y))
		if hi > most {
			most, mostAt = hi, y
		}
		if lo < least {
			least, leastAt = lo, y
		}
	}
	return first(raster.Row(canvas, box, mostAt), most), first(raster.Row(canvas, box, leastAt), least)
}

// first returns the first pixel of a row with the brightness v.
func first(row []uint8, v int) color.NRGBA {
	for ; len(row) >= 4; row = row[4:] {
		if Brightness(row[0], row[1], row[2]) == v {
			return color.NRGBA{row[0], row[1], row[2], 255}
		}
	}
	return color.NRGBA{}
}
