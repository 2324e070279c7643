package faces

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	xdraw "golang.org/x/image/draw"

	"newsroom.example/cards/internal/scene"
)

// with returns a plain picture with the portrait at some places.
func with(w, h int, places ...image.Rectangle) Picture {
	m, face := image.NewRGBA(image.Rect(0, 0, w, h)), scene.Portrait()
	draw.Draw(m, m.Rect, image.NewUniform(color.RGBA{120, 140, 170, 255}), image.Point{}, draw.Src)
	for _, p := range places {
		xdraw.ApproxBiLinear.Scale(m, p, face, face.Bounds(), draw.Src, nil)
	}
	p := blank(w, h)
	for i := range w * h {
		p.Y[i], p.Cb[i], p.Cr[i] = color.RGBToYCbCr(m.Pix[4*i], m.Pix[4*i+1], m.Pix[4*i+2])
	}
	return p
}

func blank(w, h int) Picture {
	return Picture{w, h, make([]uint8, w*h), make([]uint8, w*h), make([]uint8, w*h)}
}

func TestFind(t *testing.T) {
	for why, places := range map[string][]image.Rectangle{
		"one":         {image.Rect(40, 20, 200, 180)},
		"in a corner": {image.Rect(180, 60, 320, 200)},
		"two":         {image.Rect(10, 20, 150, 160), image.Rect(170, 50, 300, 180)},
		"small":       {image.Rect(100, 50, 180, 130)},
		"none":        nil,
	} {
		found := Find(with(320, 213, places...), 0.5)
		if len(found) != len(places) {
			t.Errorf("%s: %d faces, want %d: %v", why, len(found), len(places), found)
			continue
		}
		for _, p := range places {
			near := false
			for _, b := range found {
				dx, dy := (b.X0+b.X1)/2-float64(p.Min.X+p.Max.X)/2, (b.Y0+b.Y1)/2-float64(p.Min.Y+p.Max.Y)/2
				wide := (b.X1 - b.X0) / float64(p.Dx()) // the face is about half as wide as the portrait
				near = near || math.Hypot(dx, dy) < float64(p.Dx())/6 && wide > 0.35 && wide < 0.75
			}
			if !near {
				t.Errorf("%s: no face at %v among %v", why, p, found)
			}
		}
	}
}

// TestSameEverywhere checks the exact result, which must not depend on the machine.
func TestSameEverywhere(t *testing.T) {
	found := Find(with(320, 213, image.Rect(40, 20, 200, 180)), 0.5)
	want := Box{80.93640887494546, 58.024218938244196, 156.52365394776288, 159.45772434811602, 0.9560391121098187}
	if len(found) != 1 || found[0] != want {
		t.Errorf("%#v", found)
	}
}

// TestColours: the network sees the colours that package color converts to.
func TestColours(t *testing.T) {
	for y := range 256 {
		for c := range 256 * 256 / 7 {
			cb, cr := uint8(7*c>>8), uint8(7*c)
			r, g, b := color.YCbCrToRGB(uint8(y), cb, cr)
			gotR, gotG, gotB := centred(int32(y), int32(cb)-128, int32(cr)-128)
			got, want := [3]int16{gotR, gotG, gotB}, [3]int16{int16(r), int16(g), int16(b)}
			for i := range want {
				want[i] = 32*want[i] - mean[i]
			}
			if got != want {
				t.Fatalf("%d, %d, %d: %v, want %v", y, cb, cr, got, want)
			}
		}
	}
}

// TestLargePictures: a picture takes a bounded memory, and a larger one is refused before any is taken.
func TestLargePictures(t *testing.T) {
	for _, p := range []Picture{{}, {W: -1, H: 4}, {W: MaxPixels + 1, H: 1}, {W: 513, H: 512}, {W: 1 << 40, H: 1 << 40}} {
		if found := Find(p, 0); found != nil {
			t.Errorf("%d faces in %dx%d", len(found), p.W, p.H)
		}
	}
	s := new(scratch)
	s.run(network(), blank(512, 512))
	bytes := 2*(cap(s.window.v)+cap(s.rows)) + 4*(cap(s.sums)+cap(s.result))
	for _, m := range s.maps {
		bytes += 2 * cap(m.v)
	}
	if bytes > 1_000_000 {
		t.Errorf("%d bytes", bytes)
	}
}

// TestWeightsAreWhole: what is cut off is refused, and no sum can overflow.
func TestWeightsAreWhole(t *testing.T) {
	n, err := parse(weightsData)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{0, 1, 100, len(weightsData) / 2, len(weightsData) - 1} {
		if _, err := parse(weightsData[:size]); err == nil {
			t.Errorf("%d of %d bytes were taken", size, len(weightsData))
		}
	}
	for i, s := range append(n.sums[:len(n.sums):len(n.sums)], n.last) {
		k := s.in * s.runs
		for o := range s.out {
			most := abs(int(s.bias[o]))
			for v := range k {
				most += abs(int(s.pairs[s.at(o, v)])) << 15
			}
			if most > math.MaxInt32 {
				t.Errorf("layer %d: sum %d can be %d", i, o, most)
			}
		}
	}
	for i, w := range n.each[1:] {
		c := len(w) / 9
		for v := range c {
			most := 0
			for tap := range 9 {
				most += abs(int(w[tap*c+v]))
			}
			if most+9 > math.MaxInt16 {
				t.Errorf("layer %d: value %d can be %d", i+1, v, most)
			}
		}
	}
}

func abs(v int) int { return max(v, -v) }

func TestExp(t *testing.T) {
	for v := -20.0; v <= 20; v += 0.37 {
		if got, want := exp(v), math.Exp(v); math.Abs(got/want-1) > 1e-9 {
			t.Errorf("exp(%v) = %v, want %v", v, got, want)
		}
	}
	if exp(-1e300) <= 0 || exp(1e300) > 1e9 {
		t.Errorf("not limited: %v, %v", exp(-1e300), exp(1e300))
	}
}

func BenchmarkFind(b *testing.B) {
	for _, size := range []image.Point{{256, 171}, {512, 341}} {
		b.Run(size.String(), func(b *testing.B) {
			p := with(size.X, size.Y, image.Rect(20, 20, 180, 180))
			b.ReportAllocs()
			for b.Loop() {
				Find(p, 0.5)
			}
		})
	}
}

// FuzzFind: boxes are within the picture, have scores and do not show the same face; the memory that pictures share
// does not change a result.
func FuzzFind(f *testing.F) {
	f.Add(uint16(1), uint16(1), []byte{0})
	f.Add(uint16(33), uint16(31), []byte("stripes"))
	f.Add(uint16(320), uint16(200), []byte{200, 0, 120, 255, 3})
	f.Fuzz(func(t *testing.T, w, h uint16, pattern []byte) {
		p := blank(int(w)%400, int(h)%400)
		for k, plane := range [][]uint8{p.Y, p.Cb, p.Cr} {
			for i := range plane {
				if len(pattern) > 0 {
					plane[i] = pattern[(3*i+k)%len(pattern)]
				}
			}
		}
		found := Find(p, 0.1)
		for i, b := range found {
			if b.X0 < 0 || b.Y0 < 0 || b.X1 > float64(p.W) || b.Y1 > float64(p.H) || b.X0 >= b.X1 || b.Y0 >= b.Y1 {
				t.Fatalf("%v is not within %dx%d", b, p.W, p.H)
			}
			if b.Score < 0.1 || b.Score > 1 || i > 0 && b.Score > found[i-1].Score {
				t.Fatalf("score %v", b.Score)
			}
		}
		Find(blank(64, 64), 0.1)
		again := Find(p, 0.1)
		if len(again) != len(found) {
			t.Fatalf("%d faces, then %d", len(found), len(again))
		}
		for i := range found {
			if again[i] != found[i] {
				t.Fatalf("%v, then %v", found[i], again[i])
			}
		}
	})
}
