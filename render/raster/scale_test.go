package raster

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// TestScaling compares scaled pictures of every type with the means of the source's pixels.
func TestScaling(t *testing.T) {
	noisy := scene.Photo(301, 203, 60, 7)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, coast(301, 203), &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	decoded, err := jpeg.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	grey := image.NewGray(noisy.Rect)
	for i := range grey.Pix {
		grey.Pix[i] = noisy.Pix[4*i]
	}
	white := image.NewPaletted(noisy.Rect, color.Palette{color.White})
	for name, src := range map[string]image.Image{"RGBA": noisy, "YCbCr": decoded, "Gray": grey, "Paletted": white} {
		crop := image.Rect(17, 11, 17+240, 11+160)
		dst := image.NewRGBA(image.Rect(0, 0, 60, 40))
		Scale(dst, dst.Rect, src, crop)
		worst := 0.0
		for y := range 40 {
			for x := range 60 {
				want := meanOf(src, image.Rect(17+4*x, 11+4*y, 21+4*x, 15+4*y))
				got := dst.RGBAAt(x, y)
				for i, v := range []uint8{got.R, got.G, got.B} {
					worst = max(worst, math.Abs(float64(v)-want[i]))
				}
			}
		}
		limit := 1.01
		if name == "YCbCr" {
			limit = 6 // two by two pixels share a chroma sample
		}
		if worst > limit {
			t.Errorf("%s is off by %.2f", name, worst)
		}
	}
}

// coast returns a picture of a sky that gets darker towards the horizon, over a sea with waves.
func coast(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			v := 210 - 90*y/h
			if y > h*6/10 {
				v = 70 + 20*int(math.Abs(float64((x+3*y)%60-30)))/30
			}
			m.SetRGBA(x, y, color.RGBA{uint8(v - 30), uint8(v - 10), uint8(min(255, v+30)), 255})
		}
	}
	return m
}

// meanOf returns the mean of each channel of src in r.
func meanOf(src image.Image, r image.Rectangle) (mean [3]float64) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			cr, cg, cb, _ := src.At(x, y).RGBA()
			for i, v := range []uint32{cr, cg, cb} {
				mean[i] += float64(v>>8) / float64(r.Dx()*r.Dy())
			}
		}
	}
	return mean
}
