package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"testing"

	"newsroom.example/cards/internal/icc/icctest"
	"newsroom.example/cards/internal/scene"
)

func opened(t testing.TB, data []byte, use func(p *Photo)) {
	t.Helper()
	d := NewDecoder(DefaultDecodeBytes)
	err := d.Decode(t.Context(), data, color.White, func(p *Photo) error { use(p); return nil })
	if err != nil {
		t.Fatal(err)
	}
}

// apart returns the mean difference of two pictures of the same size, in steps of a channel.
func apart(t testing.TB, a image.Image, at image.Rectangle, b image.Image, bt image.Rectangle) float64 {
	t.Helper()
	if at.Size() != bt.Size() {
		t.Fatalf("%v and %v", at, bt)
	}
	sum := 0
	for y := range at.Dy() {
		for x := range at.Dx() {
			p := color.RGBAModel.Convert(a.At(at.Min.X+x, at.Min.Y+y)).(color.RGBA)
			q := color.RGBAModel.Convert(b.At(bt.Min.X+x, bt.Min.Y+y)).(color.RGBA)
			for _, d := range []int{int(p.R) - int(q.R), int(p.G) - int(q.G), int(p.B) - int(q.B)} {
				sum += max(d, -d)
			}
		}
	}
	return float64(sum) / float64(3*at.Dx()*at.Dy())
}

// TestCropsOfTurnedPhotos: a crop looks the same for every orientation in which the photo is stored, at every scale,
// with even and odd sides.
func TestCropsOfTurnedPhotos(t *testing.T) {
	for _, size := range []image.Point{{640, 480}, {611, 453}} {
		upright := slopes(size.X, size.Y)
		var want [4]*image.RGBA
		crop := image.Rect(size.X/7, size.Y/5, size.X/7+352, size.Y/5+240)
		for orientation := 1; orientation <= 8; orientation++ {
			data := withExif(scene.JPEG(storedAs(upright, orientation)), uint16(orientation), binary.BigEndian)
			opened(t, data, func(p *Photo) {
				if p.Size() != size {
					t.Fatalf("orientation %d: %v", orientation, p.Size())
				}
				for shrink := range want {
					need := image.Pt(crop.Dx()>>shrink, crop.Dy()>>shrink)
					img, at, err := p.Pixels(crop, need)
					if err != nil {
						t.Fatal(err)
					}
					if at.Size() != need || !at.In(img.Bounds()) {
						t.Errorf("orientation %d: %v of %v for %v", orientation, at, img.Bounds(), need)
					}
					if want[shrink] == nil {
						want[shrink] = image.NewRGBA(image.Rectangle{Max: need})
						draw.Draw(want[shrink], want[shrink].Rect, img, at.Min, draw.Src)
					}
					most := 1.5 + 0.7*float64(int(1)<<shrink) // a crop moves by half a pixel
					if d := apart(t, img, at, want[shrink], want[shrink].Rect); d > most {
						t.Errorf("%v, orientation %d, 1/%d: %.1f from the first", size, orientation, 1<<shrink, d)
					}
				}
			})
		}
	}
}

// slopes returns a picture that is different everywhere, without detail that chroma subsampling would remove.
func slopes(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			wave := (x*2 + y*3) % 240
			m.SetRGBA(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), uint8(max(wave, 239-wave)), 255})
		}
	}
	return m
}

// storedAs returns the picture as a camera in the given orientation stores it.
func storedAs(m *image.RGBA, orientation int) *image.RGBA {
	stored := turnedSize(m.Rect.Size(), orientation)
	out := image.NewRGBA(image.Rectangle{Max: stored})
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			at := storedRect(image.Rect(x, y, x+1, y+1), stored, orientation).Min
			out.SetRGBA(at.X, at.Y, m.RGBAAt(x, y))
		}
	}
	return out
}

// TestRectanglesComeBack: uprightRect is the inverse of storedRect.
func TestRectanglesComeBack(t *testing.T) {
	for orientation := range 10 {
		for _, stored := range []image.Point{{64, 48}, {61, 33}} {
			whole := image.Rectangle{Max: turnedSize(stored, orientation)}
			for _, r := range []image.Rectangle{whole, image.Rect(3, 5, 20, 9), image.Rect(0, 0, 1, 1)} {
				there := storedRect(r, stored, orientation)
				if back := uprightRect(there, stored, orientation); back != r || !there.In(image.Rectangle{Max: stored}) {
					t.Errorf("orientation %d of %v: %v to %v to %v", orientation, stored, r, there, back)
				}
			}
		}
	}
}

// TestNoMoreIsDecoded: only the part that a card needs is decoded, according to the admitted memory.
func TestNoMoreIsDecoded(t *testing.T) {
	data := scene.JPEG(scene.Photo(1600, 1200, 3, 1))
	opened(t, data, func(p *Photo) {
		for _, tt := range []struct {
			crop  image.Rectangle
			need  image.Point
			bytes int64
		}{
			{image.Rect(0, 0, 1600, 1200), image.Pt(1600, 1200), 1600 * 1200 * 3 / 2},
			{image.Rect(0, 0, 1600, 1200), image.Pt(800, 600), 800 * 600 * 3 / 2},
			{image.Rect(0, 0, 1600, 1200), image.Pt(801, 600), 1600 * 1200 * 3 / 2},
			{image.Rect(0, 0, 1600, 1200), image.Pt(200, 150), 200 * 150 * 3 / 2},
			{image.Rect(0, 0, 1600, 1200), image.Pt(2, 1), 200 * 150 * 3 / 2},
			{image.Rect(400, 300, 800, 600), image.Pt(200, 150), 200 * 160 * 3 / 2},
			{image.Rect(400, 300, 800, 600), image.Pt(4000, 3000), 400 * 320 * 3 / 2},
		} {
			if _, _, err := p.Pixels(tt.crop, tt.need); err != nil {
				t.Fatal(err)
			}
			if p.view.bytes != tt.bytes {
				t.Errorf("%v for %v: %d bytes, want %d", tt.crop, tt.need, p.view.bytes, tt.bytes)
			}
		}
	})
}

// TestFocusDecodesOnce: the picture that was decoded to find the focus is used for every crop.
func TestFocusDecodesOnce(t *testing.T) {
	src := marked(900, 600)
	for name, data := range map[string][]byte{
		"JPEG": scene.JPEG(src), "PNG": scene.PNG(src), "turned": withExif(scene.JPEG(storedAs(src, 6)), 6, binary.BigEndian),
	} {
		opened(t, data, func(p *Photo) {
			box := image.Pt(400, 210)
			if _, err := p.Focus(box); err != nil {
				t.Fatal(err)
			}
			before := p.view.img
			img, at, err := p.Pixels(image.Rect(0, 100, 900, 572), box)
			if err != nil {
				t.Fatal(err)
			}
			if img != before || at.Dx() < box.X || at.Dy() < box.Y {
				t.Errorf("%s: decoded again, %v", name, at)
			}
		})
	}
}

// TestDamagedInTheMiddle: if data is missing in the middle, image/jpeg decides what is shown.
func TestDamagedInTheMiddle(t *testing.T) {
	data := scene.JPEG(scene.Noise(400, 300))
	broken := append(bytes.Clone(data[:len(data)/2]), data[len(data)-2:]...)
	err := NewDecoder(DefaultDecodeBytes).Decode(t.Context(), broken, color.White, func(p *Photo) error {
		_, _, err := p.Pixels(image.Rectangle{Max: p.Size()}, image.Pt(100, 75))
		return err
	})
	if err == nil {
		t.Error("half a photo was taken for a whole one")
	}
	opened(t, broken, func(p *Photo) { // the requested upper rows are intact
		if _, _, err := p.Pixels(image.Rect(0, 0, 400, 100), image.Pt(200, 50)); err != nil {
			t.Error(err)
		}
	})
}

// TestWholeAfterAll: if a large photo is found to be damaged after its crop was chosen, it is decoded completely, and
// halved if its colours are converted. The crop shows the same part.
func TestWholeAfterAll(t *testing.T) {
	shown := image.NewRGBA(image.Rect(0, 0, 3601, 2401))
	for y := range 2401 {
		for x := range 3601 {
			shown.SetRGBA(x, y, color.RGBA{uint8(90 + x*120/3601), uint8(90 + y*120/2401), 120, 255})
		}
	}
	data, err := scene.WithRestarts(storedAs(shown, 6), "lost")
	if err != nil {
		t.Fatal(err)
	}
	data = withExif(withICC(data, icctest.DisplayP3(), 9999), 6, binary.BigEndian)
	opened(t, data, func(p *Photo) {
		size := p.Size()
		for _, crop := range []image.Rectangle{
			image.Rect(0, 700, 1200, 1330), {Max: size}, image.Rect(3001, 2001, 3601, 2401),
		} {
			img, at, err := p.Pixels(crop, crop.Size())
			if err != nil {
				t.Fatal(err)
			}
			if p.sequential != nil || p.view.shrink != 1 || p.Size() != size {
				t.Fatalf("in parts %t, 1/%d, %v", p.sequential != nil, 1<<p.view.shrink, p.Size())
			}
			if !at.In(img.Bounds()) || at.Dx() < crop.Dx()/2 || at.Dy() < crop.Dy()/2 {
				t.Errorf("%v is %v of %v", crop, at, img.Bounds())
			}
			want := shown.RGBAAt(crop.Min.X+crop.Dx()/2, crop.Min.Y+crop.Dy()/2)
			p3, _ := color.RGBAModel.Convert(img.At(at.Min.X+at.Dx()/2, at.Min.Y+at.Dy()/2)).(color.RGBA)
			if d := max(int(p3.R)-int(want.R), int(want.R)-int(p3.R), int(p3.G)-int(want.G), int(want.G)-int(p3.G)); d > 25 {
				t.Errorf("%v: %v in the middle, want about %v", crop, p3, want)
			}
		}
	})
}
