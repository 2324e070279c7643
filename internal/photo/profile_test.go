package photo

import (
	"image"
	"image/color"
	"runtime"
	"testing"
)

func TestProfiles(t *testing.T) {
	for _, tt := range []struct {
		why      string
		profile  []byte
		in, want [3]uint8
	}{
		{"Display P3, grey", p3Profile(), [3]uint8{128, 128, 128}, [3]uint8{128, 128, 128}},
		{"Display P3, white", p3Profile(), [3]uint8{255, 255, 255}, [3]uint8{255, 255, 255}},
		{"Display P3, black", p3Profile(), [3]uint8{0, 0, 0}, [3]uint8{0, 0, 0}},
		{"Display P3, a red within sRGB", p3Profile(), [3]uint8{200, 100, 100}, [3]uint8{215, 93, 97}},
		{"Display P3, a red beyond sRGB", p3Profile(), [3]uint8{255, 0, 0}, [3]uint8{255, 0, 0}},
		{"Adobe RGB, green", a98Profile(), [3]uint8{100, 200, 100}, [3]uint8{0, 202, 93}},
		{"Adobe RGB, skin", a98Profile(), [3]uint8{200, 150, 130}, [3]uint8{217, 151, 130}},
	} {
		p, err := parseProfile(tt.profile)
		if err != nil || p == nil {
			t.Fatalf("%s: %v, %v", tt.why, p, err)
		}
		m := image.NewRGBA(image.Rect(0, 0, 1, 1))
		m.SetRGBA(0, 0, color.RGBA{tt.in[0], tt.in[1], tt.in[2], 255})
		p.ToSRGB(m)
		if got := m.RGBAAt(0, 0); !near(got.R, tt.want[0]) || !near(got.G, tt.want[1]) || !near(got.B, tt.want[2]) || got.A != 255 {
			t.Errorf("%s: %v, want %v", tt.why, got, tt.want)
		}
	}
}

func near(a, b uint8) bool { return max(a, b)-min(a, b) <= 1 }

func TestProfilesThatSayNothing(t *testing.T) {
	for why, data := range map[string][]byte{"sRGB": srgbProfile(), "sRGB's curve as a grey": madeProfile("GRAY", "XYZ ", []string{"kTRC"}, map[string][]byte{"kTRC": srgbCurve})} {
		if p, err := parseProfile(data); p != nil || err != nil {
			t.Errorf("%s: %v, %v", why, p, err)
		}
	}
	cut := p3Profile()
	for why, data := range map[string][]byte{
		"nothing": nil, "a header alone": cut[:128], "half": cut[:len(cut)/2], "another space": madeProfile("LAB ", "XYZ ", nil, nil),
		"no tags": madeProfile("RGB ", "XYZ ", nil, nil), "a curve of four thousand million points": matrixProfile(p3Colours, []byte("curv\x00\x00\x00\x00\xff\xff\xff\xff")),
		"an unknown curve": matrixProfile(p3Colours, paraTag(9, 1)), "CMYK without a table": madeProfile("CMYK", "Lab ", nil, nil),
		"another connection space": madeProfile("RGB ", "GRAY", nil, nil),
	} {
		if p, err := parseProfile(data); p != nil || err == nil {
			t.Errorf("%s: taken", why)
		}
	}
}

func TestWhereProfilesStand(t *testing.T) {
	photo := jpegOf(t, marked(16, 16))
	twice := withICC(withICC(photo, p3Profile(), 100), p3Profile(), 100)
	grey := pngOf(t, image.NewGray(image.Rect(0, 0, 4, 4)))
	plain := pngOf(t, marked(4, 4))
	for _, tt := range []struct {
		why    string
		data   []byte
		format string
		want   bool
	}{
		{"JPEG", withICC(photo, p3Profile(), 60_000), "jpeg", true},
		{"JPEG, in many parts", withICC(photo, p3Profile(), 7), "jpeg", true},
		{"JPEG, a part twice", twice, "jpeg", false},
		{"JPEG, a part missing", withICC(photo, p3Profile(), 300)[:200], "jpeg", false},
		{"JPEG in colour, profile of a grey", withICC(photo, greyProfile(), 9999), "jpeg", false},
		{"JPEG without", photo, "jpeg", false},
		{"PNG", withChunk(plain, "iCCP", packed(p3Profile())), "png", true},
		{"PNG, grey", withChunk(grey, "iCCP", packed(greyProfile())), "png", true},
		{"PNG, grey, profile of a screen", withChunk(grey, "iCCP", packed(p3Profile())), "png", false},
		{"PNG, not packed", withChunk(plain, "iCCP", append([]byte("n\x00\x00"), p3Profile()...)), "png", false},
		{"PNG, unpacks to over 4 MB", withChunk(plain, "iCCP", packed(append(p3Profile(), make([]byte, 4<<20)...))), "png", false},
		{"PNG, a profile in zTXt", withChunk(plain, "zTXt", packed(p3Profile())), "png", false},
		{"WebP", webpWith(a98Profile()), "webp", true},
		{"WebP, cut off", webpWith(a98Profile())[:300], "webp", false},
		{"GIF", webpWith(a98Profile()), "gif", false},
		{"sRGB", withICC(photo, srgbProfile(), 9999), "jpeg", false},
		{"nothing", nil, "png", false}, {"nothing", nil, "webp", false}, {"nothing", nil, "jpeg", false},
	} {
		if got := profileOf(tt.data, tt.format); (got != nil) != tt.want {
			t.Errorf("%s: %v", tt.why, got)
		}
	}
}

// profileOf is the profile of a file of a format.
func profileOf(data []byte, format string) *Profile {
	info := Info{Format: format}
	if format == "jpeg" {
		info.jpeg = scanJPEG(data)
	}
	return info.profile(data, usable)
}

// TestProfileBombsTakeLittle counts what is allocated for a packed profile that never ends.
func TestProfileBombsTakeLittle(t *testing.T) {
	data := withChunk(pngOf(t, marked(4, 4)), "iCCP", bomb(64))
	if n := allocated(func() { profileOf(data, "png") }); n > 6*maxProfile {
		t.Errorf("%d bytes are allocated", n)
	}
}

// allocated is how many bytes f allocates in all.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestColoursOfPhotos goes the whole way from a file: what has a profile comes out as sRGB.
func TestColoursOfPhotos(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 32, 32))
	glass := image.NewNRGBA(m.Rect)
	grey := image.NewGray(m.Rect)
	for i := 0; i < len(m.Pix); i += 4 {
		copy(m.Pix[i:], []uint8{200, 100, 100, 255})
		copy(glass.Pix[i:], []uint8{200, 100, 100, 128})
		grey.Pix[i/4] = 55
	}
	palette := image.NewPaletted(m.Rect, color.Palette{color.RGBA{200, 100, 100, 255}})
	deep := image.NewRGBA64(m.Rect)
	for i := 0; i < len(deep.Pix); i += 8 {
		copy(deep.Pix[i:], []uint8{200, 200, 100, 100, 100, 100, 255, 255})
	}
	for _, tt := range []struct {
		why  string
		data []byte
		want [3]uint8
	}{
		{"JPEG", withICC(jpegOf(t, m), p3Profile(), 9999), [3]uint8{215, 93, 97}},
		{"PNG", withChunk(pngOf(t, m), "iCCP", packed(p3Profile())), [3]uint8{215, 93, 97}},
		{"PNG, 16 bits", withChunk(pngOf(t, deep), "iCCP", packed(p3Profile())), [3]uint8{215, 93, 97}},
		{"PNG, palette", withChunk(pngOf(t, palette), "iCCP", packed(p3Profile())), [3]uint8{215, 93, 97}},
		{"PNG, half over white", withChunk(pngOf(t, glass), "iCCP", packed(p3Profile())), [3]uint8{235, 174, 176}},
		{"PNG, half over white, sRGB", pngOf(t, glass), [3]uint8{227, 177, 177}},
		{"PNG, grey of gamma 1", withChunk(pngOf(t, grey), "iCCP", packed(greyProfile())), [3]uint8{128, 128, 128}},
		{"JPEG, grey of gamma 1", withICC(jpegOf(t, grey), greyProfile(), 9999), [3]uint8{128, 128, 128}},
	} {
		r, g, b, _ := decoded(t, tt.data).At(16, 16).RGBA()
		for i, v := range []uint32{r, g, b} {
			if d := int(v>>8) - int(tt.want[i]); d < -2 || d > 2 {
				t.Errorf("%s: %d %d %d, want %v", tt.why, r>>8, g>>8, b>>8, tt.want)
				break
			}
		}
	}
}

// TestHalves: a photo of more pixels than enough is halved before its colours are converted.
func TestHalves(t *testing.T) {
	p, err := parseProfile(p3Profile())
	if err != nil {
		t.Fatal(err)
	}
	want := image.NewRGBA(image.Rect(0, 0, 1, 1))
	want.Set(0, 0, color.YCbCr{Y: 120, Cb: 100, Cr: 150})
	for _, ratio := range []image.YCbCrSubsampleRatio{image.YCbCrSubsampleRatio420, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio444} {
		part := striped(41, 33, ratio).SubImage(image.Rect(1, 1, 41, 33)).(*image.YCbCr)
		half := halfYCbCr(part)
		if half.Rect != image.Rect(0, 0, 20, 16) || half.At(19, 15) != (color.YCbCr{Y: 120, Cb: 100, Cr: 150}) {
			t.Errorf("%v: %v, %v", ratio, half.Rect, half.At(19, 15))
		}
	}
	p.ToSRGB(want)
	small, _ := enoughOf(striped(4001, 2003, image.YCbCrSubsampleRatio420), p)
	m := opaque(small, p, color.White)
	if m.Bounds() != image.Rect(0, 0, 2000, 1001) || m.At(700, 900) != want.At(0, 0) {
		t.Errorf("%v, %v; want %v", m.Bounds(), m.At(700, 900), want.At(0, 0))
	}
	inks := image.NewCMYK(image.Rect(0, 0, 4000, 2002))
	for i := range inks.Pix {
		inks.Pix[i] = uint8(i / 4 % 2 * 80)
	}
	small, halved := enoughOf(inks, nil)
	m = opaque(small, nil, color.White)
	r, g, b := color.CMYKToRGB(40, 40, 40, 40)
	if halved != 1 || m.Bounds() != image.Rect(0, 0, 2000, 1001) || m.At(1999, 1000) != (color.RGBA{r, g, b, 255}) {
		t.Errorf("inks: %v, %v", m.Bounds(), m.At(1999, 1000))
	}
}

// striped is columns of two brightnesses, 100 and 140, in one colour.
func striped(w, h int, ratio image.YCbCrSubsampleRatio) *image.YCbCr {
	m := image.NewYCbCr(image.Rect(0, 0, w, h), ratio)
	for i := range m.Y {
		m.Y[i] = uint8(100 + i%m.YStride%2*40)
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = 100, 150
	}
	return m
}

// TestPaper: what can be seen through lies over the paper that is asked for.
func TestPaper(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 2, 2))
	clear.SetNRGBA(0, 0, color.NRGBA{0, 0, 0, 255})
	paper := color.RGBA{250, 240, 230, 255}
	p, err := parseProfile(p3Profile())
	if err != nil {
		t.Fatal(err)
	}
	for _, profile := range []*Profile{nil, p} {
		m := opaque(clear, profile, paper)
		if got := m.At(1, 1); got != paper {
			t.Errorf("through it: %v", got)
		}
		if got := m.At(0, 0); got != (color.RGBA{0, 0, 0, 255}) {
			t.Errorf("on it: %v", got)
		}
	}
}

func FuzzProfile(f *testing.F) {
	for _, p := range [][]byte{srgbProfile(), p3Profile(), a98Profile(), greyProfile(), inkProfile(0), inkProfile(1), inkProfile(2)} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := parseProfile(data)
		if p == nil || err != nil {
			return
		}
		m := image.NewRGBA(image.Rect(0, 0, 3, 1))
		copy(m.Pix, []uint8{0, 0, 0, 255, 255, 255, 255, 255, 1, 128, 254, 255})
		if p.space != "CMYK" {
			p.ToSRGB(m)
		}
		if !m.Opaque() {
			t.Fatal("it can be seen through")
		}
		p.fromCMYK(image.NewCMYK(image.Rect(0, 0, 2, 2)))
	})
}

func FuzzProfileOf(f *testing.F) {
	f.Add(withICC(jpegOf(f, marked(8, 8)), p3Profile(), 50), uint8(0))
	f.Add(withChunk(pngOf(f, marked(8, 8)), "iCCP", packed(p3Profile())), uint8(1))
	f.Add(webpWith(a98Profile()), uint8(2))
	f.Fuzz(func(t *testing.T, data []byte, format uint8) {
		profileOf(data, []string{"jpeg", "png", "webp", "gif"}[format%4])
	})
}

func BenchmarkToSRGB(b *testing.B) {
	m := noisy(1200, 630)
	for why, data := range map[string][]byte{"matrix": p3Profile()} {
		p, err := parseProfile(data)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(why, func(b *testing.B) {
			for b.Loop() {
				p.ToSRGB(m)
			}
		})
	}
	p, err := parseProfile(inkProfile(2))
	if err != nil {
		b.Fatal(err)
	}
	inks := image.NewCMYK(m.Rect)
	copy(inks.Pix, m.Pix)
	b.Run("inks", func(b *testing.B) {
		for b.Loop() {
			p.fromCMYK(inks)
		}
	})
}
