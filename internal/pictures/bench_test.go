package pictures_test

import (
	"bytes"
	"image"
	"image/color"
	stdjpeg "image/jpeg"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/scene"
	"newsroom.example/cards/render"
)

// benchPhotos are the photos of the benchmarks: E is detailed, S is soft, E6 is a full camera frame of 24 megapixels.
var benchPhotos = []struct {
	name                 string
	w, h, grain, quality int
}{{"E", 2400, 1600, 16, 91}, {"S", 2400, 1600, 2, 85}, {"E6", 6000, 4000, 12, 88}}

func photoOf(t testing.TB, w, h, grain, quality int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := stdjpeg.Encode(&out, scene.Photo(w, h, grain, 5), &stdjpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func newRenderer(t testing.TB) *render.Renderer {
	t.Helper()
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	designs, err := design.Builtin(set.Families())
	if err != nil {
		t.Fatal(err)
	}
	return render.New(set, func() *design.Set { return designs })
}

func newCard(t testing.TB, photo bool) card.Card {
	t.Helper()
	c := card.Card{
		Headline: "Harbor towns agree on a shared flood barrier after eleven years of talks", Kicker: "Region", Site: "The Harbor Post",
		Caption: "Engineers inspect the northern section of the barrier.", Credit: "Coast News", Badge: "live", Size: card.OpenGraph,
	}
	if photo {
		c.Photo.URL = "https://photos.example/harbor.jpg"
	}
	c, err := c.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func BenchmarkStages(b *testing.B) {
	r := newRenderer(b)
	decoder := photo.NewDecoder(photo.DefaultDecodeBytes)
	for _, p := range benchPhotos {
		data := photoOf(b, p.w, p.h, p.grain, p.quality)
		c := newCard(b, true)
		b.Run("inspect/"+p.name, func(b *testing.B) {
			for b.Loop() {
				_, _ = photo.Inspect(data)
			}
		})
		b.Run("decode/"+p.name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				decode(b, decoder, data, func(p *photo.Photo) error {
					_, _, err := p.Pixels(image.Rect(0, p.Size().Y/10, p.Size().X, p.Size().Y/10+p.Size().X*630/1200), image.Pt(1200, 630))
					return err
				})
			}
		})
		decode(b, decoder, data, func(opened *photo.Photo) error {
			b.Run("draw/"+p.name, func(b *testing.B) { // all but decoding: layout, scale, shade, text
				b.ReportAllocs()
				for b.Loop() {
					drawOn(b, r, c, opened).Release()
				}
			})
			d := drawOn(b, r, c, opened)
			defer d.Release()
			b.Run("encode/"+p.name, func(b *testing.B) { encode(b, d, render.JPEG) })
			b.Run("sketch/"+p.name, func(b *testing.B) { sketch(b, r, c, d.Plan, opened) })
			return nil
		})
	}
	c := newCard(b, false)
	b.Run("draw/text", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			drawOn(b, r, c, nil).Release()
		}
	})
	d := drawOn(b, r, c, nil)
	defer d.Release()
	b.Run("encode/text", func(b *testing.B) { encode(b, d, render.PNG) })
	b.Run("sketch/text", func(b *testing.B) { sketch(b, r, c, d.Plan, nil) })
}

// sketch measures what the checks of all sizes cost once og is drawn.
func sketch(b *testing.B, r *render.Renderer, c card.Card, og render.Plan, p render.Photo) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pictures.SketchLike(r, c, og, p); err != nil {
			b.Fatal(err)
		}
	}
}

func decode(b testing.TB, d *photo.Decoder, data []byte, use func(p *photo.Photo) error) {
	if err := d.Decode(b.Context(), data, color.White, use); err != nil {
		b.Fatal(err)
	}
}

func drawOn(b testing.TB, r *render.Renderer, c card.Card, p render.Photo) *render.Drawing {
	d, err := r.Draw(b.Context(), c, p)
	if err != nil {
		b.Fatal(err)
	}
	return d
}

func encode(b *testing.B, d *render.Drawing, f render.Format) {
	b.ReportAllocs()
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := d.Encode(&out, render.Encoding{Format: f, MaxBytes: render.MaxPhotoBytes}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(out.Len()), "bytes")
}

// BenchmarkCard measures a complete card, from the photo's bytes to the picture's bytes.
func BenchmarkCard(b *testing.B) {
	r := newRenderer(b)
	decoder := photo.NewDecoder(photo.DefaultDecodeBytes)
	for _, p := range benchPhotos {
		data, c := photoOf(b, p.w, p.h, p.grain, p.quality), newCard(b, true)
		b.Run(p.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				decode(b, decoder, data, func(opened *photo.Photo) error { return finish(b, r, c, opened, render.JPEG) })
			}
		})
	}
	b.Run("text", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := finish(b, r, newCard(b, false), nil, render.PNG); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func finish(b testing.TB, r *render.Renderer, c card.Card, p render.Photo, f render.Format) error {
	d := drawOn(b, r, c, p)
	defer d.Release()
	var out bytes.Buffer
	return d.Encode(&out, render.Encoding{Format: f, MaxBytes: render.MaxPhotoBytes})
}
