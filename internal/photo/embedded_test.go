package photo

import (
	"image"
	"image/color"
	"runtime"
	"testing"

	"newsroom.example/cards/internal/icc"
	"newsroom.example/cards/internal/icc/icctest"
	"newsroom.example/cards/internal/jpeg"
	"newsroom.example/cards/internal/scene"
)

func TestWhereProfilesStand(t *testing.T) {
	photo := scene.JPEG(marked(16, 16))
	twice := withICC(withICC(photo, icctest.DisplayP3(), 100), icctest.DisplayP3(), 100)
	grey := scene.PNG(image.NewGray(image.Rect(0, 0, 4, 4)))
	plain := scene.PNG(marked(4, 4))
	long := append(icctest.DisplayP3(), make([]byte, icc.MaxBytes)...)
	for _, tt := range []struct {
		why    string
		data   []byte
		format string
		want   bool
	}{
		{"JPEG", withICC(photo, icctest.DisplayP3(), 60_000), "jpeg", true},
		{"JPEG, in many parts", withICC(photo, icctest.DisplayP3(), 7), "jpeg", true},
		{"JPEG, a part twice", twice, "jpeg", false},
		{"JPEG, a part missing", withICC(photo, icctest.DisplayP3(), 300)[:200], "jpeg", false},
		{"JPEG in colour, profile of a grey", withICC(photo, icctest.Gray(), 9999), "jpeg", false},
		{"JPEG without", photo, "jpeg", false},
		{"PNG", withChunk(plain, "iCCP", packed(icctest.DisplayP3())), "png", true},
		{"PNG, grey", withChunk(grey, "iCCP", packed(icctest.Gray())), "png", true},
		{"PNG, grey, profile of a screen", withChunk(grey, "iCCP", packed(icctest.DisplayP3())), "png", false},
		{"PNG, not packed", withChunk(plain, "iCCP", append([]byte("n\x00\x00"), icctest.DisplayP3()...)), "png", false},
		{"PNG, unpacks to over 4 MB", withChunk(plain, "iCCP", packed(long)), "png", false},
		{"PNG, a profile in zTXt", withChunk(plain, "zTXt", packed(icctest.DisplayP3())), "png", false},
		{"WebP", webpWith(icctest.AdobeRGB()), "webp", true},
		{"WebP, cut off", webpWith(icctest.AdobeRGB())[:300], "webp", false},
		{"GIF", webpWith(icctest.AdobeRGB()), "gif", false},
		{"sRGB", withICC(photo, icctest.SRGB(), 9999), "jpeg", false},
		{"nothing", nil, "png", false}, {"nothing", nil, "webp", false}, {"nothing", nil, "jpeg", false},
	} {
		if got := profileOf(tt.data, tt.format); (got != nil) != tt.want {
			t.Errorf("%s: %v", tt.why, got)
		}
	}
}

// profileOf returns the profile of a file.
func profileOf(data []byte, format string) *icc.Profile {
	info := Info{Format: format}
	if format == "jpeg" {
		info.jpeg = scanJPEG(data)
		info.jpeg.file, _ = jpeg.OpenFile(data)
	}
	return info.profile(data, icc.NewCache())
}

// TestProfileBombsTakeLittle measures the memory that is allocated for a compressed profile that never ends.
func TestProfileBombsTakeLittle(t *testing.T) {
	data := withChunk(scene.PNG(marked(4, 4)), "iCCP", bomb(64))
	if n := allocated(func() { profileOf(data, "png") }); n > 6*icc.MaxBytes {
		t.Errorf("%d bytes are allocated", n)
	}
}

// allocated returns the total bytes that f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestColoursOfPhotos decodes complete files: those with a profile are converted to sRGB.
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
		{"JPEG", withICC(scene.JPEG(m), icctest.DisplayP3(), 9999), [3]uint8{215, 93, 97}},
		{"PNG", withChunk(scene.PNG(m), "iCCP", packed(icctest.DisplayP3())), [3]uint8{215, 93, 97}},
		{"PNG, 16 bits", withChunk(scene.PNG(deep), "iCCP", packed(icctest.DisplayP3())), [3]uint8{215, 93, 97}},
		{"PNG, palette", withChunk(scene.PNG(palette), "iCCP", packed(icctest.DisplayP3())), [3]uint8{215, 93, 97}},
		{"PNG, half over white", withChunk(scene.PNG(glass), "iCCP", packed(icctest.DisplayP3())), [3]uint8{235, 174, 176}},
		{"PNG, half over white, sRGB", scene.PNG(glass), [3]uint8{227, 177, 177}},
		{"PNG, grey of gamma 1", withChunk(scene.PNG(grey), "iCCP", packed(icctest.Gray())), [3]uint8{128, 128, 128}},
		{"JPEG, grey of gamma 1", withICC(scene.JPEG(grey), icctest.Gray(), 9999), [3]uint8{128, 128, 128}},
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

// TestHalves: a photo of more than maxConverted pixels is halved before its colours are converted.
func TestHalves(t *testing.T) {
	for _, tt := range []struct {
		size      image.Point
		converted bool
		want      int
	}{
		{image.Pt(4001, 2003), true, 1}, {image.Pt(4000, 2000), true, 0}, {image.Pt(4001, 2003), false, 0},
		{image.Pt(8002, 4006), true, 2},
	} {
		info := Info{Format: "webp", partial: &halfThere{size: tt.size, rows: tt.size.Y}}
		if got := info.leastPartial(DefaultDecodeBytes, tt.converted); got != tt.want {
			t.Errorf("%v, converted %t: %d, want %d", tt.size, tt.converted, got, tt.want)
		}
	}
}

// TestPlanesAreConverted: planes of any subsampling get the colours of sRGB.
func TestPlanesAreConverted(t *testing.T) {
	p, err := icc.Parse(icctest.DisplayP3())
	if err != nil {
		t.Fatal(err)
	}
	colour := color.YCbCr{Y: 120, Cb: 100, Cr: 150}
	want := image.NewRGBA(image.Rect(0, 0, 1, 1))
	want.Set(0, 0, colour)
	p.ToSRGB(want)
	for _, ratio := range []image.YCbCrSubsampleRatio{
		image.YCbCrSubsampleRatio420, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio444,
	} {
		m := image.NewYCbCr(image.Rect(0, 0, 41, 33), ratio)
		for plane, v := range map[*[]uint8]uint8{&m.Y: colour.Y, &m.Cb: colour.Cb, &m.Cr: colour.Cr} {
			for i := range *plane {
				(*plane)[i] = v
			}
		}
		out := opaque(m.SubImage(image.Rect(1, 1, 41, 33)), p, color.White)
		if out.Bounds() != image.Rect(0, 0, 40, 32) || out.At(39, 31) != want.At(0, 0) {
			t.Errorf("%v: %v, %v; want %v", ratio, out.Bounds(), out.At(39, 31), want.At(0, 0))
		}
	}
}

// TestPaper: transparent parts are composited over the given paper.
func TestPaper(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 2, 2))
	clear.SetNRGBA(0, 0, color.NRGBA{0, 0, 0, 255})
	paper := color.RGBA{250, 240, 230, 255}
	p, err := icc.Parse(icctest.DisplayP3())
	if err != nil {
		t.Fatal(err)
	}
	for _, profile := range []*icc.Profile{nil, p} {
		m := opaque(clear, profile, paper)
		if got := m.At(1, 1); got != paper {
			t.Errorf("through it: %v", got)
		}
		if got := m.At(0, 0); got != (color.RGBA{0, 0, 0, 255}) {
			t.Errorf("on it: %v", got)
		}
	}
}

func FuzzProfileOf(f *testing.F) {
	f.Add(withICC(scene.JPEG(marked(8, 8)), icctest.DisplayP3(), 50), uint8(0))
	f.Add(withChunk(scene.PNG(marked(8, 8)), "iCCP", packed(icctest.DisplayP3())), uint8(1))
	f.Add(webpWith(icctest.AdobeRGB()), uint8(2))
	f.Fuzz(func(t *testing.T, data []byte, format uint8) {
		profileOf(data, []string{"jpeg", "png", "webp", "gif"}[format%4])
	})
}
