package focus

import (
	"image"
	"testing"
)

func faceAt(x0, y0, x1, y1 float64) Face {
	return Face{Rect: Rect{Point{x0, y0}, Point{x1, y1}}, Confidence: 1}
}

func doubtful(f Face) Face {
	f.Confidence = 0.4
	return f
}

func TestCrop(t *testing.T) {
	wide, tall := image.Pt(3000, 1000), image.Pt(1000, 3000)
	square := image.Pt(100, 100)
	upper := Rect{Max: Point{1, 0.6}} // the text is at the bottom
	right := Rect{Min: Point{0.5, 0}, Max: Point{1, 1}}
	for _, tt := range []struct {
		why          string
		photo, shape image.Point
		focus        Focus
		free         Rect
		want         image.Rectangle
	}{
		{"same shape", square, square, Focus{}, Rect{}, image.Rect(0, 0, 100, 100)},
		{"point in the middle", wide, square, Focus{Point: Point{0.5, 0.5}}, Rect{}, image.Rect(1000, 0, 2000, 1000)},
		{"point at the left", wide, square, Focus{Point: Point{0.1, 0.5}}, Rect{}, image.Rect(0, 0, 1000, 1000)},
		{"point, text at the foot", tall, square, Focus{Point: Point{0.5, 0.5}}, upper, image.Rect(0, 1200, 1000, 2200)},
		{"point, text at the left", wide, square, Focus{Point: Point{0.5, 0.5}}, right, image.Rect(750, 0, 1750, 1000)},
		{"a face away from the point", wide, square, Focus{Faces: []Face{faceAt(0.8, 0.2, 0.9, 0.6)}, Point: Point{0.5, 0.5}}, Rect{}, image.Rect(1760, 0, 2760, 1000)},
		{"two faces that fit", wide, square, Focus{Faces: []Face{faceAt(0.1, 0.2, 0.2, 0.5), faceAt(0.3, 0.2, 0.4, 0.5)}, Point: Point{0.9, 0.5}}, Rect{}, image.Rect(300, 0, 1300, 1000)},
		{"two that do not: the larger", wide, square, Focus{Faces: []Face{faceAt(0, 0.2, 0.2, 0.8), faceAt(0.85, 0.2, 0.95, 0.5)}, Point: Point{0.5, 0.5}}, Rect{}, image.Rect(0, 0, 1000, 1000)},
		{"a large one before two much smaller", wide, square, Focus{Faces: []Face{faceAt(0, 0.2, 0.2, 0.8), faceAt(0.7, 0.2, 0.75, 0.5), faceAt(0.8, 0.2, 0.85, 0.5)}, Point: Point{0.1, 0.5}}, Rect{}, image.Rect(0, 0, 1000, 1000)},
		{"two before one that is larger", wide, square, Focus{Faces: []Face{faceAt(0, 0.2, 0.2, 0.8), faceAt(0.7, 0.2, 0.82, 0.5), faceAt(0.84, 0.2, 0.96, 0.5)}, Point: Point{0.1, 0.5}}, Rect{}, image.Rect(1952, 0, 2952, 1000)},
		{"one that is sure before two that are not", wide, square, Focus{Faces: []Face{faceAt(0, 0.2, 0.1, 0.5), doubtful(faceAt(0.7, 0.2, 0.8, 0.5)), doubtful(faceAt(0.84, 0.2, 0.94, 0.5))}, Point: Point{0.9, 0.5}}, Rect{}, image.Rect(0, 0, 1000, 1000)},
		{"a face above the text", tall, square, Focus{Faces: []Face{faceAt(0.3, 0.4, 0.7, 0.5)}, Point: Point{0.5, 0.45}}, upper, image.Rect(0, 1050, 1000, 2050)},
		{"kept, though the text must lie on it", tall, square, Focus{Faces: []Face{faceAt(0.3, 0.9, 0.7, 0.98)}, Point: Point{0.5, 0.5}}, upper, image.Rect(0, 1976, 1000, 2976)},
		{"a face with its hair", tall, square, Focus{Faces: []Face{faceAt(0.3, 0.4, 0.7, 0.5)}, Point: Point{0.5, 0.75}}, Rect{}, image.Rect(0, 1080, 1000, 2080)},
		{"no face: heads are at the top", tall, square, Focus{Point: Point{0.5, 0.5}, Faceless: true}, upper, image.Rect(0, 0, 1000, 1000)},
		{"no face, nothing in the upper third", tall, square, Focus{Point: Point{0.5, 0.7}, Faceless: true, Headroom: 0.4}, upper, image.Rect(0, 1200, 1000, 2200)},
		{"no face, the eye is drawn higher still", tall, square, Focus{Point: Point{0.5, 0.2}, Faceless: true, Headroom: 0.4}, upper, image.Rect(0, 300, 1000, 1300)},
		{"no face, nothing at all", tall, square, Focus{Point: Point{0.5, 0.5}, Faceless: true, Headroom: 1}, Rect{}, image.Rect(0, 1000, 1000, 2000)},
		{"no face, a third is lost", image.Pt(1000, 1500), square, Focus{Point: Point{0.5, 0.5}, Faceless: true}, Rect{}, image.Rect(0, 250, 1000, 1250)},
		{"no face, one row more", image.Pt(1000, 1501), square, Focus{Point: Point{0.5, 0.5}, Faceless: true}, Rect{}, image.Rect(0, 0, 1000, 1000)},
		{"no face, the width is lost", wide, square, Focus{Point: Point{0.5, 0.5}, Faceless: true}, Rect{}, image.Rect(1000, 0, 2000, 1000)},
		{"no face, but skin: above it", image.Pt(1000, 1500), image.Pt(1000, 1200), Focus{Point: Point{0.5, 0.5}, Faceless: true, Headroom: 0.1, Skin: 0.03, SkinTop: 0.12}, Rect{}, image.Rect(0, 30, 1000, 1230)},
		{"no face, but skin lower than what draws attention", image.Pt(1000, 1500), image.Pt(1000, 1200), Focus{Point: Point{0.5, 0.4}, Faceless: true, Skin: 0.03, SkinTop: 0.6}, Rect{}, image.Rect(0, 0, 1000, 1200)},
		{"no face, a speck of skin", image.Pt(1000, 1500), image.Pt(1000, 1200), Focus{Point: Point{0.5, 0.5}, Faceless: true, Skin: 0.01, SkinTop: 0.12}, Rect{}, image.Rect(0, 150, 1000, 1350)},
		{"no face, full of skin", tall, square, Focus{Point: Point{0.5, 0.9}, Faceless: true, Skin: 0.3, SkinTop: 0.4}, Rect{}, image.Rect(0, 900, 1000, 1900)},
		{"no face, skin at the foot", tall, square, Focus{Point: Point{0.5, 0.2}, Faceless: true, Skin: 0.2, SkinTop: 0.95}, Rect{}, image.Rect(0, 2000, 1000, 3000)},
		{"the editor's point decides", tall, square, Focus{Point: Point{0.5, 0.9}}, Rect{}, image.Rect(0, 2000, 1000, 3000)},
		{"no pixel to spare", image.Pt(1, 1), image.Pt(1200, 630), Focus{}, Rect{}, image.Rect(0, 0, 1, 1)},
	} {
		if got := Crop(tt.photo, tt.shape, tt.focus, tt.free); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.why, got, tt.want)
		}
	}
}

// FuzzCrop: the crop is within the photo, touches two of its sides and has the aspect ratio of the shape. It shows the
// face if that is the only one and fits.
func FuzzCrop(f *testing.F) {
	f.Add(uint16(3000), uint16(1000), uint16(1200), uint16(630), 0.4, 0.1, 0.2, 0.3, 0.5)
	f.Add(uint16(1), uint16(16384), uint16(2400), uint16(200), 0.0, 0.9, 0.1, 0.1, 1.0)
	f.Add(uint16(700), uint16(700), uint16(1080), uint16(1920), 0.7, 0.2, 0.3, 0.3, 0.25)
	f.Fuzz(func(t *testing.T, pw, ph, sw, sh uint16, x, y, w, h, free float64) {
		photo, shape := image.Pt(int(pw)+1, int(ph)+1), image.Pt(int(sw)%2400+1, int(sh)%2400+1)
		inside := func(v float64) bool { return v >= 0 && v <= 1 }
		if !inside(x) || !inside(y) || !inside(x+w) || !inside(y+h) || w < 0 || h < 0 || !inside(free) {
			return
		}
		face := Focus{Faces: []Face{faceAt(x, y, x+w, y+h)}, Point: Point{x, y}}
		got := Crop(photo, shape, face, Rect{Max: Point{1, free}})
		if !got.In(image.Rectangle{Max: photo}) || got.Empty() || got.Dx() != photo.X && got.Dy() != photo.Y {
			t.Fatalf("%v of %v", got, photo)
		}
		if d := got.Dx()*shape.Y - got.Dy()*shape.X; d > max(shape.X, shape.Y) || d < -max(shape.X, shape.Y) {
			if got.Dx() > 1 && got.Dy() > 1 {
				t.Fatalf("%v has not the shape %v", got, shape)
			}
		}
		x0, x1 := int(x*float64(photo.X)+0.5), int((x+w)*float64(photo.X)+0.5)
		y0, y1 := int(y*float64(photo.Y)+0.5), int((y+h)*float64(photo.Y)+0.5)
		fits := x1-x0 <= got.Dx() && y1-y0 <= got.Dy()
		if fits && !image.Rect(x0, y0, x1, y1).In(got) {
			t.Fatalf("face %d,%d-%d,%d is not in %v of %v", x0, y0, x1, y1, got, photo)
		}
	})
}
