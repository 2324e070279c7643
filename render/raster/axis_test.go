package raster

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"
)

// TestWeightsSumToOne: the weights of each result are those of existing samples and sum to one, so that a flat plane
// does not change.
func TestWeightsSumToOne(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		limit, count := 1+r.IntN(900), 1+r.IntN(900)
		start := int64(r.IntN(1 << posBits))
		length := min(1+int64(r.IntN(limit<<posBits)), int64(limit)<<posBits-start)
		if r.IntN(4) == 0 {
			start, length = 0, int64(limit)<<posBits
		}
		if length < 1 {
			continue
		}
		var x axis
		x.set(extent{start, length, count, limit})
		if x.same {
			continue
		}
		for i := range count {
			sum := int32(0)
			for _, w := range x.of(i) {
				sum += w
			}
			if from := int(x.from[i]); sum != 1<<weightBits || from < 0 || from+x.taps > limit {
				t.Fatalf("%d results of %d from %d on, of %d: the %dth has %d from %d, %d samples", count, length, start, limit, i, sum, from, x.taps)
			}
		}
	}
}

// TestFlatStaysFlat: scaling does not change a single colour, for all sizes and subsamplings.
func TestFlatStaysFlat(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		bounds := image.Rect(0, 0, 2+r.IntN(300), 2+r.IntN(200))
		src := image.NewYCbCr(bounds, image.YCbCrSubsampleRatio(r.IntN(6)))
		for i := range src.Y {
			src.Y[i] = 121
		}
		for i := range src.Cb {
			src.Cb[i], src.Cr[i] = 90, 170
		}
		crop := image.Rect(r.IntN(bounds.Dx()), r.IntN(bounds.Dy()), bounds.Dx(), bounds.Dy())
		dst := image.NewRGBA(image.Rect(0, 0, 1+r.IntN(200), 1+r.IntN(200)))
		Scale(dst, dst.Rect, src, crop)
		red, green, blue := color.YCbCrToRGB(121, 90, 170)
		for i := 0; i < len(dst.Pix); i += 4 {
			if got := [4]uint8(dst.Pix[i : i+4]); got != [4]uint8{red, green, blue, 255} {
				t.Fatalf("%v of %v (%v) to %v: %v, want %d %d %d", crop, bounds, src.SubsampleRatio, dst.Rect, got, red, green, blue)
			}
		}
	}
}
