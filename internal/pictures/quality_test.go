package pictures_test

import (
	"bytes"
	"image"
	"image/color"
	stdjpeg "image/jpeg"
	"math"
	"testing"

	"golang.org/x/image/draw"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/photo/focus"
	"newsroom.example/cards/internal/scene"
	"newsroom.example/cards/render"
)

// TestQuality compares finished pictures with a slow reference: full decoding by image/jpeg and Catmull-Rom
// scaling. They differ by our decoding and scaling, and by JPEG quality 85. -v prints the table.
func TestQuality(t *testing.T) {
	if testing.Short() {
		t.Skip("ten photos take seconds")
	}
	r := newRenderer(t)
	for seed := range uint64(10) {
		lens := halved(scene.Photo(2400+int(seed)*220, 1700, 20, seed)) // no detail finer than a lens resolves
		var file bytes.Buffer
		if err := stdjpeg.Encode(&file, lens, &stdjpeg.Options{Quality: 90}); err != nil {
			t.Fatal(err)
		}
		whole, err := stdjpeg.Decode(bytes.NewReader(file.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		c := newCard(t, true)
		c.Size, c.Photo.Focal = card.Kakao, &card.Focal{X: .5, Y: .5} // the same crop for both
		var plain, finished float64
		opened(t, file.Bytes(), func(p *photo.Photo) {
			d := drawOn(t, r, c, p)
			defer d.Release()
			reference := drawOn(t, r, c, slow{whole})
			defer reference.Release()
			var out bytes.Buffer
			if err := render.Encode(&out, d.Image, render.Encoding{Format: render.JPEG, MaxBytes: render.MaxPhotoBytes}); err != nil {
				t.Fatal(err)
			}
			got, err := stdjpeg.Decode(&out)
			if err != nil {
				t.Fatal(err)
			}
			plain, finished = decibels(d.Image, reference.Image), decibels(got, reference.Image)
		})
		t.Logf("photo %d, %v: %.1f dB drawn, %.1f dB as a JPEG", seed, lens.Rect.Size(), plain, finished)
		if plain < 38 || finished < 36 {
			t.Errorf("photo %d: %.1f dB drawn, %.1f dB as a JPEG", seed, plain, finished)
		}
	}
}

func opened(t testing.TB, data []byte, use func(p *photo.Photo)) {
	t.Helper()
	decode(t, photo.NewDecoder(photo.DefaultDecodeBytes), data, func(p *photo.Photo) error { use(p); return nil })
}

// slow scales a photo with the best filter, however long it takes.
type slow struct{ image.Image }

func (s slow) Size() image.Point { return s.Bounds().Size() }

func (s slow) Focus(image.Point) (focus.Focus, error) { return focus.Focus{}, nil }

func (s slow) Pixels(crop image.Rectangle, need image.Point) (image.Image, image.Rectangle, error) {
	out := image.NewRGBA(image.Rectangle{Max: need})
	draw.CatmullRom.Scale(out, out.Rect, s.Image, crop, draw.Src, nil)
	return out, out.Rect, nil
}

// halved averages squares of four pixels.
func halved(m *image.RGBA) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, m.Rect.Dx()/2, m.Rect.Dy()/2))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			at := m.PixOffset(2*x, 2*y)
			for c := range 3 {
				sum := int(m.Pix[at+c]) + int(m.Pix[at+4+c]) + int(m.Pix[at+m.Stride+c]) + int(m.Pix[at+m.Stride+4+c])
				out.Pix[out.PixOffset(x, y)+c] = uint8((sum + 2) / 4)
			}
			out.Pix[out.PixOffset(x, y)+3] = 255
		}
	}
	return out
}

// decibels compares brightness.
func decibels(a, b image.Image) float64 {
	r := a.Bounds()
	sum := 1e-9
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			d := int(color.GrayModel.Convert(a.At(x, y)).(color.Gray).Y) - int(color.GrayModel.Convert(b.At(x, y)).(color.Gray).Y)
			sum += float64(d * d)
		}
	}
	return 10 * math.Log10(255*255*float64(r.Dx()*r.Dy())/sum)
}
