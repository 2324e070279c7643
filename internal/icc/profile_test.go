package icc

import (
	"image"
	"image/color"
	"testing"

	"newsroom.example/cards/internal/icc/icctest"
)

// TestProfiles compares conversions with values on which other tools agree.
func TestProfiles(t *testing.T) {
	for _, tt := range []struct {
		why      string
		profile  []byte
		in, want [3]uint8
	}{
		{"Display P3, grey", icctest.DisplayP3(), [3]uint8{128, 128, 128}, [3]uint8{128, 128, 128}},
		{"Display P3, white", icctest.DisplayP3(), [3]uint8{255, 255, 255}, [3]uint8{255, 255, 255}},
		{"Display P3, black", icctest.DisplayP3(), [3]uint8{0, 0, 0}, [3]uint8{0, 0, 0}},
		{"Display P3, a red within sRGB", icctest.DisplayP3(), [3]uint8{200, 100, 100}, [3]uint8{215, 93, 97}},
		{"Display P3, a red beyond sRGB", icctest.DisplayP3(), [3]uint8{255, 0, 0}, [3]uint8{255, 0, 0}},
		{"Adobe RGB, green", icctest.AdobeRGB(), [3]uint8{100, 200, 100}, [3]uint8{0, 202, 93}},
		{"Adobe RGB, skin", icctest.AdobeRGB(), [3]uint8{200, 150, 130}, [3]uint8{217, 151, 130}},
	} {
		p, err := Parse(tt.profile)
		if err != nil || p == nil {
			t.Fatalf("%s: %v, %v", tt.why, p, err)
		}
		m := image.NewRGBA(image.Rect(0, 0, 1, 1))
		m.SetRGBA(0, 0, color.RGBA{tt.in[0], tt.in[1], tt.in[2], 255})
		p.ToSRGB(m)
		got := m.RGBAAt(0, 0)
		if !near(got.R, tt.want[0]) || !near(got.G, tt.want[1]) || !near(got.B, tt.want[2]) || got.A != 255 {
			t.Errorf("%s: %v, want %v", tt.why, got, tt.want)
		}
	}
}

// TestXYB: the profile of an XYB JPEG, whose table is coarse, gives the colours that were converted to XYB, but for what
// eight bits of XYB lose.
func TestXYB(t *testing.T) {
	p, err := Parse(icctest.XYB())
	if err != nil || p == nil {
		t.Fatalf("%v, %v", p, err)
	}
	sum, most := 0, 0
	for i := range 343 {
		want := [3]uint8{uint8(i % 7 * 42), uint8(i / 7 % 7 * 42), uint8(i / 49 * 42)}
		v := icctest.ToXYB(want)
		pix := []uint8{v[0], v[1], v[2], 255}
		p.Convert(pix)
		for k := range want {
			d := int(max(pix[k], want[k]) - min(pix[k], want[k]))
			sum, most = sum+d, max(most, d)
		}
	}
	if mean := float64(sum) / 343 / 3; mean > 2.5 || most > 36 {
		t.Errorf("%.2f levels apart, at most %d", mean, most)
	}
}

func near(a, b uint8) bool { return max(a, b)-min(a, b) <= 1 }

// TestProfilesThatSayNothing: a profile that equals sRGB is nil, and one that cannot be parsed is an error.
func TestProfilesThatSayNothing(t *testing.T) {
	grey := icctest.Profile(Gray, "XYZ ", []string{"kTRC"}, map[string][]byte{"kTRC": icctest.SRGBCurve})
	for why, data := range map[string][]byte{"sRGB": icctest.SRGB(), "sRGB's curve as a grey": grey} {
		if p, err := Parse(data); p != nil || err != nil {
			t.Errorf("%s: %v, %v", why, p, err)
		}
	}
	cut := icctest.DisplayP3()
	for why, data := range map[string][]byte{
		"nothing": nil, "a header alone": cut[:128], "half": cut[:len(cut)/2],
		"another space":            icctest.Profile("LAB ", "XYZ ", nil, nil),
		"another connection space": icctest.Profile(RGB, "GRAY", nil, nil),
		"no tags":                  icctest.Profile(RGB, "XYZ ", nil, nil),
		"CMYK without a table":     icctest.Profile(CMYK, "Lab ", nil, nil),
		"an unknown curve":         icctest.Matrix(icctest.P3Primaries, icctest.Para(9, 1)),
		"a curve of four thousand million points": icctest.Matrix(icctest.P3Primaries,
			[]byte("curv\x00\x00\x00\x00\xff\xff\xff\xff")),
	} {
		if p, err := Parse(data); p != nil || err == nil {
			t.Errorf("%s: taken", why)
		}
	}
}

func FuzzProfile(f *testing.F) {
	for _, p := range [][]byte{icctest.SRGB(), icctest.DisplayP3(), icctest.AdobeRGB(), icctest.Gray()} {
		f.Add(p)
	}
	for kind := range icctest.PressKinds {
		f.Add(icctest.Press(kind))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Parse(data)
		if p == nil || err != nil {
			return
		}
		m := image.NewRGBA(image.Rect(0, 0, 3, 1))
		copy(m.Pix, []uint8{0, 0, 0, 255, 255, 255, 255, 255, 1, 128, 254, 255})
		if p.Space() == CMYK {
			p.ConvertCMYK(m.Pix, make([]uint8, len(m.Pix)))
		} else {
			p.ToSRGB(m)
		}
		if !m.Opaque() {
			t.Fatal("it can be seen through")
		}
	})
}

func BenchmarkToSRGB(b *testing.B) {
	m := image.NewRGBA(image.Rect(0, 0, 1200, 630))
	for i := range m.Pix {
		m.Pix[i] = uint8(i * i >> 3)
	}
	for why, data := range map[string][]byte{"matrix": icctest.DisplayP3()} {
		p, err := Parse(data)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(why, func(b *testing.B) {
			for b.Loop() {
				p.ToSRGB(m)
			}
		})
	}
	p, err := Parse(icctest.Press(icctest.LUT16))
	if err != nil {
		b.Fatal(err)
	}
	inks := append([]uint8{}, m.Pix...)
	b.Run("inks", func(b *testing.B) {
		for b.Loop() {
			p.ConvertCMYK(m.Pix, inks)
		}
	})
}
