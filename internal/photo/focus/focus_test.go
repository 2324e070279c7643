package focus

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	xdraw "golang.org/x/image/draw"

	"newsroom.example/cards/internal/photo/faces"
	"newsroom.example/cards/internal/scene"
)

// The position of the face in the portrait, as fractions.
var faceInPortrait = Rect{Point{0.24, 0.22}, Point{0.76, 0.74}}

// sky returns a picture without detail.
func sky(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		v := uint8(120 + 90*y/h)
		draw.Draw(m, image.Rect(0, y, w, y+1), image.NewUniform(color.RGBA{v / 2, v - 20, v, 255}), image.Point{}, draw.Src)
	}
	return m
}

// mirror exchanges left and right.
func mirror(m image.Image) *image.RGBA {
	b := m.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Set(b.Dx()-1-x, y, m.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

// grey removes the colour.
func grey(m image.Image) *image.Gray {
	out := image.NewGray(m.Bounds())
	draw.Draw(out, out.Rect, m, m.Bounds().Min, draw.Src)
	return out
}

func TestFaces(t *testing.T) {
	face := scene.Portrait()
	for _, tt := range []struct {
		why    string
		canvas image.Point
		places []image.Rectangle
	}{
		{"large", image.Pt(900, 600), []image.Rectangle{image.Rect(300, 100, 700, 500)}},
		{"in a corner", image.Pt(900, 600), []image.Rectangle{image.Rect(640, 0, 900, 260)}},
		{"three", image.Pt(1500, 800), []image.Rectangle{image.Rect(50, 200, 450, 600), image.Rect(550, 150, 950, 550), image.Rect(1100, 300, 1450, 650)}},
		{"small", image.Pt(1500, 1000), []image.Rectangle{image.Rect(200, 200, 400, 400)}},
		{"of middle size, seen twice", image.Pt(1500, 1000), []image.Rectangle{image.Rect(600, 300, 900, 600)}},
		{"upright photo", image.Pt(600, 900), []image.Rectangle{image.Rect(100, 500, 460, 860)}},
		{"thumbnail", image.Pt(240, 160), []image.Rectangle{image.Rect(20, 20, 120, 120)}},
	} {
		m := sky(tt.canvas.X, tt.canvas.Y)
		for _, p := range tt.places {
			xdraw.ApproxBiLinear.Scale(m, p, face, face.Bounds(), draw.Src, nil)
		}
		for how, img := range map[string]image.Image{"in colour": m, "grey": grey(m)} {
			found := Find(img).Faces
			if len(found) != len(tt.places) {
				t.Errorf("%s, %s: %d faces, want %d", tt.why, how, len(found), len(tt.places))
			}
			for _, p := range tt.places {
				if !anyNear(found, inCanvas(p, tt.canvas)) {
					t.Errorf("%s, %s: no face at %v among %v", tt.why, how, p, found)
				}
			}
		}
		if n := len(Find(mirror(m)).Faces); n == 0 {
			t.Errorf("%s, mirrored: none", tt.why)
		}
	}
}

// inCanvas returns the position of the face of a portrait that is drawn at the given place.
func inCanvas(place image.Rectangle, canvas image.Point) Rect {
	x := func(f float64) float64 { return (float64(place.Min.X) + f*float64(place.Dx())) / float64(canvas.X) }
	y := func(f float64) float64 { return (float64(place.Min.Y) + f*float64(place.Dy())) / float64(canvas.Y) }
	r := faceInPortrait
	return Rect{Point{x(r.Min.X), y(r.Min.Y)}, Point{x(r.Max.X), y(r.Max.Y)}}
}

// anyNear reports whether the centre of any face is in the middle half of a place.
func anyNear(faces []Face, at Rect) bool {
	for _, f := range faces {
		c, want := f.Center(), at.Center()
		if math.Abs(c.X-want.X) < (at.Max.X-at.Min.X)/4 && math.Abs(c.Y-want.Y) < (at.Max.Y-at.Min.Y)/4 {
			return true
		}
	}
	return false
}

func TestNoFaces(t *testing.T) {
	for why, m := range map[string]image.Image{
		"sky": sky(300, 200), "stripes": textured(320, 213), "one pixel": sky(1, 1),
		"a line": sky(4000, 3), "white": image.White, "a column": sky(2, 5000),
	} {
		if m == image.White {
			m = image.NewGray(image.Rect(0, 0, 300, 300))
		}
		if f := Find(m); len(f.Faces) != 0 {
			t.Errorf("%s: %v", why, f.Faces)
		}
	}
}

func TestAttention(t *testing.T) {
	blot := func(at image.Rectangle, c color.Color) image.Image {
		m := sky(600, 400)
		for y := at.Min.Y; y < at.Max.Y; y += 8 { // stripes: edges as well as colour
			draw.Draw(m, image.Rect(at.Min.X, y, at.Max.X, y+4), image.NewUniform(c), image.Point{}, draw.Src)
		}
		return m
	}
	for _, tt := range []struct {
		why  string
		m    image.Image
		want Point
	}{
		{"red at the left", blot(image.Rect(40, 160, 140, 260), color.RGBA{220, 30, 30, 255}), Point{0.15, 0.52}},
		{"red at the right", blot(image.Rect(460, 120, 560, 220), color.RGBA{220, 30, 30, 255}), Point{0.85, 0.43}},
		{"skin at the top", blot(image.Rect(260, 20, 340, 100), color.RGBA{224, 172, 140, 255}), Point{0.5, 0.15}},
		{"nothing", image.NewGray(image.Rect(0, 0, 100, 100)), Point{0.5, 0.5}},
		{"empty", image.NewGray(image.Rectangle{}), Point{0.5, 0.5}},
	} {
		got := Find(tt.m).Point
		if math.Abs(got.X-tt.want.X) > 0.1 || math.Abs(got.Y-tt.want.Y) > 0.1 {
			t.Errorf("%s: %.2f, want %.2f", tt.why, got, tt.want)
		}
	}
}

// TestSameEverywhere checks the exact result, which must not depend on the machine.
func TestSameEverywhere(t *testing.T) {
	m := sky(900, 600)
	xdraw.NearestNeighbor.Scale(m, image.Rect(300, 100, 700, 500), scene.Portrait(), image.Rect(0, 0, 128, 128), draw.Src, nil)
	f := Find(m)
	if len(f.Faces) != 1 || f.Faces[0].Min != (Point{0.4359281889540727, 0.28820945821284}) {
		t.Errorf("face: %v", f.Faces)
	}
	if p := Find(textured(640, 427)).Point; p != (Point{0.5620827304063434, 0.5907561533311516}) {
		t.Errorf("point: %v", p)
	}
}

// TestAnyPictureType: the result is the same for all image types that decoders return.
func TestAnyPictureType(t *testing.T) {
	m := sky(400, 300)
	xdraw.ApproxBiLinear.Scale(m, image.Rect(100, 50, 300, 250), scene.Portrait(), image.Rect(0, 0, 128, 128), draw.Src, nil)
	ycc := image.NewYCbCr(m.Rect, image.YCbCrSubsampleRatio444)
	for y := range 300 {
		for x := range 400 {
			c := m.RGBAAt(x, y)
			i := ycc.YOffset(x, y)
			ycc.Y[i], ycc.Cb[i], ycc.Cr[i] = color.RGBToYCbCr(c.R, c.G, c.B)
		}
	}
	nrgba := image.NewNRGBA(m.Rect)
	draw.Draw(nrgba, nrgba.Rect, m, image.Point{}, draw.Src)
	moved := image.NewRGBA(m.Rect.Add(image.Pt(-50, 70)))
	draw.Draw(moved, moved.Rect, m, image.Point{}, draw.Src)
	want := Find(m).Point
	for why, img := range map[string]image.Image{"YCbCr": ycc, "NRGBA": nrgba, "not at the origin": moved} {
		if got := Find(img).Point; math.Abs(got.X-want.X) > 0.02 || math.Abs(got.Y-want.Y) > 0.02 {
			t.Errorf("%s: %v, want %v", why, got, want)
		}
	}
}

// TestLikeSkin: at least half of the middle of a box must have the colour of skin, unless the photo has no colour.
func TestLikeSkin(t *testing.T) {
	skin, green, plain := color.RGBA{210, 150, 120, 255}, color.RGBA{30, 160, 40, 255}, color.RGBA{90, 90, 90, 255}
	for _, tt := range []struct {
		why          string
		box, ground  color.Color
		part, height int // columns and rows of the box, of 100, that have its colour
		want         bool
	}{
		{"skin", skin, green, 100, 100, true}, {"more than half", skin, green, 55, 100, true},
		{"less than half", skin, green, 45, 100, false}, {"grass", green, skin, 100, 100, false},
		{"grey on grass", plain, green, 100, 100, false}, {"grey on grey", plain, plain, 100, 100, true},
	} {
		m := image.NewRGBA(image.Rect(0, 0, 250, 160))
		draw.Draw(m, m.Rect, image.NewUniform(tt.ground), image.Point{}, draw.Src)
		draw.Draw(m, image.Rect(50, 30, 50+tt.part, 30+tt.height), image.NewUniform(tt.box), image.Point{}, draw.Src)
		var th thumb
		th.thumbnail(m, overview)
		if got := th.likeSkin(faces.Box{X0: 50, Y0: 30, X1: 150, Y1: 130}); got != tt.want {
			t.Errorf("%s: %t", tt.why, got)
		}
	}
}

// TestThumbnailsFitTheNetwork: no photo has thumbnails that are too large to find faces in.
func TestThumbnailsFitTheNetwork(t *testing.T) {
	cells := func(n int) int { return (n + 31) / 32 * 32 }
	for w := 1; w <= 3000; w++ {
		if sw, sh := near.small(w, 1500); cells(sw)*cells(sh) > faces.MaxPixels {
			t.Errorf("%dx1500: %dx%d", w, sw, sh)
		}
	}
}

// TestBy names what a crop looks at.
func TestBy(t *testing.T) {
	face := sky(900, 600)
	xdraw.NearestNeighbor.Scale(face, image.Rect(300, 100, 700, 500), scene.Portrait(), image.Rect(0, 0, 128, 128), draw.Src, nil)
	arm := sky(600, 400)
	draw.Draw(arm, image.Rect(250, 100, 300, 380), image.NewUniform(color.RGBA{200, 140, 110, 255}), image.Point{}, draw.Src)
	for want, m := range map[string]image.Image{
		ByFaces: face, ByFigure: arm, BySalience: sky(600, 400), ByMiddle: image.NewRGBA(image.Rectangle{}),
	} {
		if got := Find(m).By(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if f := Find(arm); f.SkinTop < 0.24 || f.SkinTop > 0.27 || f.Skin < 0.05 || f.Skin > 0.07 {
		t.Errorf("%.3f of skin from %.3f on", f.Skin, f.SkinTop)
	}
}

func FuzzFind(f *testing.F) {
	f.Add(uint16(1), uint16(1), []byte{0})
	f.Add(uint16(30), uint16(500), []byte("stripes"))
	f.Add(uint16(257), uint16(255), []byte{200, 0, 120, 255, 3})
	f.Fuzz(func(t *testing.T, w, h uint16, pattern []byte) {
		m := image.NewRGBA(image.Rect(0, 0, int(w)%700, int(h)%700))
		for i := range m.Pix {
			if len(pattern) > 0 {
				m.Pix[i] = pattern[i%len(pattern)]
			}
		}
		got := Find(m)
		in := func(p Point) bool { return p.X >= 0 && p.X <= 1 && p.Y >= 0 && p.Y <= 1 }
		if !in(got.Point) {
			t.Fatalf("point %v", got.Point)
		}
		if got.Skin < 0 || got.Skin > 1 || got.SkinTop < 0 || got.SkinTop > 1 {
			t.Fatalf("skin %v from %v on", got.Skin, got.SkinTop)
		}
		if got.Faceless != (len(got.Faces) == 0) && m.Rect.Dx()*m.Rect.Dy() > 0 || got.Headroom < 0 || got.Headroom > 1 {
			t.Fatalf("%d faces, faceless %t, headroom %v", len(got.Faces), got.Faceless, got.Headroom)
		}
		for _, face := range got.Faces {
			if !in(face.Min) || !in(face.Max) || face.area() <= 0 || face.Confidence <= 0 || face.Confidence > 1 {
				t.Fatalf("face %v", face)
			}
		}
	})
}
