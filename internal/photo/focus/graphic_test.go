package focus

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"testing"

	xdraw "golang.org/x/image/draw"

	"newsroom.example/cards/internal/photo/faces"
	"newsroom.example/cards/internal/scene"
)

// grainy adds the noise of a camera to a picture, up to three levels.
func grainy(m *image.RGBA) *image.RGBA {
	state := uint32(5)
	for i := range m.Pix {
		state = state*1664525 + 1013904223
		if i%4 < 3 {
			m.Pix[i] = uint8(max(0, min(255, int(m.Pix[i])+int(state>>16)%7-3)))
		}
	}
	return m
}

// asJPEG returns a picture as a JPEG shows it.
func asJPEG(t testing.TB, m image.Image, quality int) image.Image {
	t.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	out, err := jpeg.Decode(&file)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func resizedTo(m image.Image, w, h int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	xdraw.CatmullRom.Scale(out, out.Rect, m, m.Bounds(), xdraw.Src, nil)
	return out
}

func asNRGBA(m image.Image) *image.NRGBA {
	out := image.NewNRGBA(m.Bounds())
	xdraw.Draw(out, out.Rect, m, image.Point{}, xdraw.Src)
	return out
}

// TestGraphics: drawings are graphics, as PNGs and JPEGs, large and small, in any type of picture.
func TestGraphics(t *testing.T) {
	for _, g := range scene.Graphics(960, 640) {
		for name, form := range map[string]func() image.Image{
			"drawn":            func() image.Image { return g.RGBA },
			"NRGBA":            func() image.Image { return asNRGBA(g) },
			"quality 70":       func() image.Image { return asJPEG(t, g, 70) },
			"quality 85":       func() image.Image { return asJPEG(t, g, 85) },
			"small":            func() image.Image { return resizedTo(g, 560, 374) },
			"wide":             func() image.Image { return resizedTo(g, 800, 450) },
			"wide, quality 90": func() image.Image { return asJPEG(t, resizedTo(g, 800, 450), 90) },
		} {
			if testing.Short() && name != "small" && name != "quality 70" {
				continue
			}
			f := Find(form())
			if f.Graphic == nil || f.By() != ByGraphic || f.Faces != nil {
				t.Errorf("%s, %s: no graphic", g.Name, name)
				continue
			}
			at := color.NRGBAModel.Convert(g.At(2, 320)).(color.NRGBA)
			noisy := g.Name == "scanned letter" || g.Name == "short letter"
			if got := f.Graphic; !bordered(g.Name) && (!got.Plain || !alike(got.Ground, at) && !noisy) {
				t.Errorf("%s, %s: the ground is %v, want %v", g.Name, name, got, at)
			}
		}
	}
}

// bordered reports whether a drawn graphic has a border of several colours.
func bordered(name string) bool { return name == "slide" || name == "dashboard" || name == "web page" }

// TestPhotographs: what looks like a graphic here and there is none: snow, clear skies, silhouettes, the night, mist, a
// studio's white, and pictures of nothing.
func TestPhotographs(t *testing.T) {
	paint := func(at func(x, y float64) float64) *image.RGBA {
		m := image.NewRGBA(image.Rect(0, 0, 900, 600))
		for y := range 600 {
			for x := range 900 {
				v := uint8(max(0, min(255, at(float64(x)/900, float64(y)/600))))
				m.SetRGBA(x, y, color.RGBA{v, v, uint8(min(255, int(v)+6)), 255})
			}
		}
		return m
	}
	figure := func(x, y float64) bool {
		dx, dy := 1.5*(x-.55), y-.3
		return 100*dx*dx+50*dy*dy < 1 || y > .42 && dx*dx < .012+.06*(y-.42)
	}
	for name, m := range map[string]*image.RGBA{
		"snow": paint(func(x, y float64) float64 {
			if y < .3 {
				return 120 + 40*math.Sin(60*x)*math.Sin(25*y)
			}
			return 244 + 8*math.Sin(9*x+4*y)
		}),
		"sky": paint(func(_, y float64) float64 { return 235 - 120*y }),
		"silhouette": paint(func(x, y float64) float64 {
			if figure(x, y) {
				return 22
			}
			return 250 - 60*y
		}),
		"studio": paint(func(x, y float64) float64 {
			if figure(x, y) {
				return 120 + 70*math.Sin(5*x) + 20*math.Sin(90*x)*math.Sin(70*y)
			}
			return 260
		}),
		"night": paint(func(x, y float64) float64 {
			return 4 + 400*math.Exp(-900*((x-.3)*(x-.3)+(y-.4)*(y-.4))) + 300*math.Exp(-700*((x-.7)*(x-.7)+(y-.6)*(y-.6)))
		}),
		"mist":     paint(func(x, y float64) float64 { return 190 + 12*math.Sin(3*x+2*y) }),
		"shapes":   scene.Photo(900, 600, 8, 3),
		"textured": textured(900, 600),
		"portrait": resizedTo(scene.Portrait(), 600, 600),
	} {
		m = grainy(m)
		for kind, img := range map[string]image.Image{"PNG": m, "JPEG": asJPEG(t, m, 75), "small": resizedTo(m, 450, 300)} {
			if f := Find(img); f.Graphic != nil {
				t.Errorf("%s, %s: a graphic", name, kind)
			}
		}
	}
	for _, size := range []image.Point{{1, 1}, {1, 700}, {3000, 2}, {40, 40}} {
		for _, v := range []uint8{0, 128, 255} {
			m := image.NewGray(image.Rectangle{Max: size})
			for i := range m.Pix {
				m.Pix[i] = v
			}
			if f := Find(m); f.Graphic != nil {
				t.Errorf("%v of %d: a graphic", size, v)
			}
		}
	}
}

// BenchmarkGraphic measures what the search for graphics adds to Find.
func BenchmarkGraphic(b *testing.B) {
	m, f := planes(scene.Photo(1200, 800, 10, 5)), new(finder)
	b.ReportAllocs()
	for b.Loop() {
		f.graphic(m, nil)
	}
}

// TestNoFaceOnPaper: what looks like a face in letters or on a plain ground is none, and one that is in the shadow is.
func TestNoFaceOnPaper(t *testing.T) {
	for _, tt := range []struct {
		name   string
		at     func(x, y int) uint8
		wanted bool
	}{
		{"paper", func(_, _ int) uint8 { return 240 }, true},
		{"letters", func(x, y int) uint8 { return uint8(240 - 200*(x%5/4)*(y%3/2)) }, true},
		{"grey card", func(x, y int) uint8 { return uint8(120 + (x+y)%9) }, true},
		{"half in the light", func(x, _ int) uint8 { return uint8(30 + 150*(x/32)) }, false},
		{"face in the shadow", func(x, y int) uint8 { return uint8(20 + (x+y)%38) }, false},
		{"shades", func(x, y int) uint8 { return uint8(60 + 2*x) }, false},
	} {
		f := &finder{}
		f.thumb.w, f.thumb.h = 64, 64
		f.thumb.y = make([]uint8, 64*64)
		for i := range f.thumb.y {
			f.thumb.y[i] = tt.at(i%64, i/64)
		}
		if got := f.blank(faces.Box{X0: -3, Y0: 0, X1: 64, Y1: 70}); got != tt.wanted {
			t.Errorf("%s: blank is %t", tt.name, got)
		}
	}
}

// TestPages: a screenshot with a portrait in it is a page; the portrait alone, framed, or between black bars is none.
func TestPages(t *testing.T) {
	face := portrait(t)
	with := func(ground *image.RGBA, at image.Rectangle) *image.RGBA {
		xdraw.CatmullRom.Scale(ground, at, face, face.Bounds(), xdraw.Src, nil)
		return ground
	}
	named := func(name string) *image.RGBA {
		for _, g := range scene.Graphics(960, 640) {
			if g.Name == name {
				return g.RGBA
			}
		}
		t.Fatal(name)
		return nil
	}
	plain := func(v uint8) *image.RGBA {
		m := image.NewRGBA(image.Rect(0, 0, 960, 640))
		for i := range m.Pix {
			m.Pix[i] = v | uint8(255*(i%4/3))
		}
		return m
	}
	for _, tt := range []struct {
		name string
		m    *image.RGBA
		want bool
	}{
		{"a dashboard with an avatar", with(named("dashboard"), image.Rect(760, 300, 900, 440)), true},
		{"an article with a portrait", with(named("web page"), image.Rect(40, 70, 310, 340)), true},
		{"a portrait", with(plain(0), image.Rect(0, -160, 960, 800)), false},
		{"between black bars", with(plain(0), image.Rect(160, 0, 800, 640)), false},
		{"with a white frame", with(plain(255), image.Rect(200, 40, 760, 600)), false},
	} {
		for kind, m := range map[string]image.Image{"PNG": tt.m, "JPEG": asJPEG(t, tt.m, 85)} {
			if f := Find(m); (f.Graphic != nil) != tt.want {
				t.Errorf("%s, %s: a graphic %t, want %t", tt.name, kind, f.Graphic != nil, tt.want)
			}
		}
	}
}

// TestEdge: a photo has an edge if one colour is at three of its sides, of which the shoulders of a portrait may hide
// parts.
func TestEdge(t *testing.T) {
	white := color.RGBA{246, 246, 244, 255}
	paint := func(reach int, top uint8) *image.RGBA {
		m := image.NewRGBA(image.Rect(0, 0, 400, 400))
		for y := range 400 {
			for x := range 400 {
				c := color.RGBA{white.R - uint8(int(top)*y/400), white.G, white.B, 255}
				if y > 400-reach && abs(x-200) < 60+reach/2+y-(400-reach) || abs(x-200) < 60 && y > 90 {
					c = color.RGBA{60, uint8(x / 4), uint8(y / 4), 255}
				}
				m.SetRGBA(x, y, c)
			}
		}
		return m
	}
	for name, tt := range map[string]struct {
		m    *image.RGBA
		want bool
	}{
		"a portrait": {paint(120, 0), true}, "with shoulders at the sides": {paint(160, 0), true},
		"a close-up": {paint(320, 0), false}, "a sky": {paint(100, 120), false}, "no edge": {textured(400, 400), false},
	} {
		for kind, m := range map[string]image.Image{"PNG": tt.m, "JPEG": asJPEG(t, tt.m, 80)} {
			got := edgeOf(m)
			if (got != nil) != tt.want || got != nil && !alike(*got, color.NRGBA{white.R, white.G, white.B, 255}) {
				t.Errorf("%s, %s: %v", name, kind, got)
			}
		}
	}
}
