package focus

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// standing draws a person from behind, from head to foot, without a face to detect. The bright vest attracts the
// focus.
func standing(m *image.RGBA, x, top, foot int) {
	tall := foot - top
	part := func(x0, y0, x1, y1 float64, c color.Color) {
		at := func(v float64) int { return int(v * float64(tall)) }
		r := image.Rect(x+at(x0), top+at(y0), x+at(x1), top+at(y1))
		draw.Draw(m, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	hair, cloth := color.RGBA{48, 36, 30, 255}, color.RGBA{40, 48, 70, 255}
	part(-.055, 0, .055, .13, hair)
	part(-.14, .15, .14, .5, color.RGBA{250, 200, 30, 255})
	for y := .17; y < .5; y += .04 {
		part(-.14, y, .14, y+.02, color.RGBA{230, 60, 30, 255})
	}
	part(-.12, .5, -.01, 1, cloth)
	part(.01, .5, .12, 1, cloth)
}

// crowd draws rows of standing people.
func crowd(m *image.RGBA) {
	for row := range 3 {
		for i := range 7 {
			top := m.Rect.Dy()/12 + row*m.Rect.Dy()/5
			standing(m, m.Rect.Dx()*(2*i+1+row%2)/15, top+i%3*9, top+m.Rect.Dy()/2)
		}
	}
}

// TestHeadsAreKept: if no face is found, every crop shows the heads of standing people.
func TestHeadsAreKept(t *testing.T) {
	upper := Rect{Max: Point{1, 0.55}}
	for _, tt := range []struct {
		why       string
		w, h      int
		top, foot int // of a person; 0, 0: a crowd
		head      int // last row of the head
	}{
		{"a full figure", 800, 1200, 110, 1150, 110 + 136},
		{"cut at the head's top", 800, 1200, 0, 1190, 155},
		{"small under a wide sky", 800, 1200, 560, 1160, 560 + 78},
		{"a square photo", 1000, 1000, 100, 980, 100 + 115},
		{"a phone's photo", 900, 1600, 420, 1560, 420 + 149},
		{"a crowd", 1000, 1000, 0, 0, 83 + 65},
	} {
		m := sky(tt.w, tt.h)
		if tt.foot > 0 {
			standing(m, tt.w/2, tt.top, tt.foot)
		} else {
			crowd(m)
			tt.top = tt.h / 12
		}
		f := Find(grainy(m))
		if len(f.Faces) > 0 || !f.Faceless {
			t.Fatalf("%s: %d faces", tt.why, len(f.Faces))
		}
		for name, shape := range map[string]image.Point{"og": {1200, 630}, "twitter": {1200, 600}} {
			for where, free := range map[string]Rect{"all": {}, "upper": upper} {
				got := Crop(m.Rect.Size(), shape, f, free)
				if got.Min.Y > tt.top || got.Max.Y < tt.head {
					t.Errorf("%s, %s, %s: rows %d to %d, the head is at %d to %d", tt.why, name, where, got.Min.Y, got.Max.Y, tt.top, tt.head)
				}
				if free == upper && tt.head > got.Min.Y+got.Dy()*6/10 {
					t.Errorf("%s, %s: rows %d to %d, and the head at %d to %d is under the text", tt.why, name, got.Min.Y, got.Max.Y, tt.top, tt.head)
				}
			}
		}
	}
}

// TestHeadroom checks the empty share at the top, to within a cell.
func TestHeadroom(t *testing.T) {
	for _, top := range []int{0, 60, 300, 700} {
		m := sky(800, 1200)
		standing(m, 400, top, 1190)
		got, want := Find(m).Headroom, float64(top)/1200
		if got > want || got < want-2.5*cell/256. {
			t.Errorf("%.3f, and the head begins at %.3f", got, want)
		}
	}
	if got := Find(textured(640, 427)).Headroom; got != 0 {
		t.Errorf("%.3f of a texture", got)
	}
	if got := Find(sky(400, 600)).Headroom; got != 1 {
		t.Errorf("%.3f of a sky", got)
	}
	if f := Find(scene.Portrait()); f.Faceless || f.Headroom != 0 {
		t.Errorf("a face was found, and yet %+v", f)
	}
}
