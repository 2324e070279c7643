package jpeg

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	stdjpeg "image/jpeg"
	"math"
	"runtime"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// psnr returns the peak signal-to-noise ratio of a decoded file over all channels, in decibels.
func psnr(t testing.TB, data []byte, want *image.RGBA) float64 {
	t.Helper()
	got, err := stdjpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != want.Rect {
		t.Fatalf("%v, want %v", got.Bounds(), want.Rect)
	}
	sum := 0.0
	for y := range want.Rect.Dy() {
		for x := range want.Rect.Dx() {
			g := color.RGBAModel.Convert(got.At(x, y)).(color.RGBA)
			w := want.RGBAAt(x, y)
			for _, d := range []int{int(g.R) - int(w.R), int(g.G) - int(w.G), int(g.B) - int(w.B)} {
				sum += float64(d * d)
			}
		}
	}
	return 10 * math.Log10(255*255*float64(3*want.Rect.Dx()*want.Rect.Dy())/math.Max(sum, 1))
}

func TestAsGoodAsImageJPEG(t *testing.T) {
	var e Encoder
	for _, size := range []image.Point{{1, 1}, {15, 17}, {64, 48}, {401, 203}} {
		for _, grain := range []int{0, 4, 40} {
			m := scene.Photo(size.X, size.Y, grain, 3)
			for _, quality := range []int{1, 20, 50, 85, 100} {
				data, err := e.Encode(m, Options{Quality: quality, Least: 1})
				if err != nil {
					t.Fatal(err)
				}
				reference := encoded(t, m, quality)
				ours, theirs := psnr(t, data, m), psnr(t, reference, m)
				if ours < min(theirs-0.1, 48) || len(data) > len(reference)*101/100+40 {
					t.Errorf("%v, grain %d, quality %d: %.2f dB in %d bytes, image/jpeg %.2f in %d", size, grain, quality, ours, len(data), theirs, len(reference))
				}
			}
		}
	}
}

// TestTheLimitIsKept: the file does not exceed the limit, and is not much smaller.
func TestTheLimitIsKept(t *testing.T) {
	var e Encoder
	for _, grain := range []int{0, 10, 60} {
		m := scene.Photo(600, 400, grain, 9)
		free, err := e.Encode(m, Options{Quality: 88, Least: 1})
		if err != nil {
			t.Fatal(err)
		}
		whole := len(free)
		for _, part := range []int{99, 90, 70, 50, 30} {
			limit := whole * part / 100
			data, err := e.Encode(m, Options{Quality: 88, Least: 1, MaxBytes: limit})
			if err != nil {
				t.Fatal(err)
			}
			if len(data) > limit || len(data) < limit*85/100 {
				t.Errorf("grain %d: %d bytes, at most %d", grain, len(data), limit)
			}
			if _, err := stdjpeg.Decode(bytes.NewReader(data)); err != nil {
				t.Error(err)
			}
		}
		least, err := e.Encode(m, Options{Quality: 88, Least: 40, MaxBytes: 1})
		if want, _ := new(Encoder).Encode(m, Options{Quality: 40, Least: 40}); err != nil || !bytes.Equal(least, want) {
			t.Errorf("grain %d: a limit that nothing keeps: %d bytes, %v; at the least quality %d", grain, len(least), err, len(want))
		}
	}
}

// TestCoresMakeTheSameBytes: the bytes do not depend on the number of goroutines, with a limit and without.
func TestCoresMakeTheSameBytes(t *testing.T) {
	var alone, shared Encoder
	for _, size := range []image.Point{{1, 1}, {17, 16}, {40, 33}, {203, 401}, {640, 90}} {
		for _, grain := range []int{0, 90} {
			m := scene.Photo(size.X, size.Y, grain, 7)
			for _, o := range []Options{{Quality: 85, Least: 85}, {Quality: 100, Least: 1, MaxBytes: size.X * size.Y / 8}} {
				whole, err := alone.Encode(m, o)
				if err != nil {
					t.Fatal(err)
				}
				for o.Cores = 2; o.Cores < 6; o.Cores++ {
					if got, err := shared.Encode(m, o); err != nil || !bytes.Equal(got, whole) {
						t.Errorf("%v, grain %d, %+v: %d bytes, %v; alone %d", size, grain, o, len(got), err, len(whole))
					}
				}
			}
		}
	}
}

// TestStripsPastTheLimit: once the first strips exceed the limit, the others write nothing. In a new encoder these
// have no memory yet.
func TestStripsPastTheLimit(t *testing.T) {
	var alone Encoder
	for seed := range uint64(60) {
		m := scene.Photo(160, 160, 90, seed)
		o := Options{Quality: 90, Least: 30, MaxBytes: 1500}
		want, err := alone.Encode(m, o)
		if err != nil {
			t.Fatal(err)
		}
		o.Cores = 2
		if got, err := new(Encoder).Encode(m, o); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("seed %d: %d bytes, %v; alone %d", seed, len(got), err, len(want))
		}
	}
}

// TestPanicsAreTheCallers: a panic in any goroutine is raised in the caller's, and the encoder can be used again.
func TestPanicsAreTheCallers(t *testing.T) {
	before := runtime.NumGoroutine()
	var e Encoder
	m := scene.Photo(64, 640, 30, 7)
	for pixels := 0; pixels < len(m.Pix); pixels += len(m.Pix) / 40 {
		short := *m
		short.Pix = m.Pix[:pixels]
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%d of %d bytes were a picture", pixels, len(m.Pix))
				}
			}()
			_, _ = e.Encode(&short, Options{Quality: 85, Least: 85, Cores: 3})
		}()
	}
	noneLeft(t, before)
	if got, err := e.Encode(m, Options{Quality: 85, Least: 85, Cores: 3}); err != nil || len(got) == 0 {
		t.Errorf("afterwards: %d bytes, %v", len(got), err)
	}
}

func TestWhatCannotBeEncoded(t *testing.T) {
	var e Encoder
	for _, r := range []image.Rectangle{{}, image.Rect(0, 0, 1<<16, 1)} {
		if _, err := e.Encode(image.NewRGBA(r), Options{Quality: 85, Least: 1}); err == nil {
			t.Errorf("%v was encoded", r)
		}
	}
	for _, o := range []Options{{}, {Quality: 101, Least: 1}, {Quality: 20, Least: 30}} {
		if _, err := e.Encode(image.NewRGBA(image.Rect(0, 0, 8, 8)), o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	m := scene.Photo(1200, 630, 14, 5)
	b.Run("image/jpeg", func(b *testing.B) {
		var out bytes.Buffer
		for b.Loop() {
			out.Reset()
			_ = stdjpeg.Encode(&out, m, &stdjpeg.Options{Quality: 85})
		}
	})
	for _, o := range []Options{{}, {MaxBytes: 150_000}, {MaxBytes: 300_000}, {Cores: 2}, {MaxBytes: 150_000, Cores: 2}} {
		name := fmt.Sprint("limit=", o.MaxBytes)
		if o.Cores > 0 {
			name += fmt.Sprint(",cores=", o.Cores)
		}
		o.Quality, o.Least = 85, 10
		b.Run(name, func(b *testing.B) {
			var e Encoder
			for b.Loop() {
				_, _ = e.Encode(m, o)
			}
		})
	}
}

// BenchmarkStages measures the stages for one MCU inside a picture. transform includes samples.
func BenchmarkStages(b *testing.B) {
	m := scene.Photo(1200, 630, 14, 5)
	p := new(pass).at(85)
	var s strip
	var coefs mcu
	b.Run("samples", func(b *testing.B) {
		for b.Loop() {
			s.samples.read(m, 608, 304)
		}
	})
	b.Run("transform", func(b *testing.B) {
		for b.Loop() {
			s.samples.read(m, 608, 304)
			s.samples.transform(&coefs)
		}
	})
	b.Run("quantise", func(b *testing.B) {
		for b.Loop() {
			s.quantise(p, &coefs)
		}
	})
	b.Run("emit", func(b *testing.B) {
		for b.Loop() {
			s.emitter.at = 0
			s.emitter.mcu(&s.levels)
		}
	})
}
