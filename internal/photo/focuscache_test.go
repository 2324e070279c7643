package photo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"newsroom.example/cards/internal/photo/focus"
	"newsroom.example/cards/internal/scene"
)

// TestTheSameCardLooksAtTheSamePlace asks for the focus of a photo at several sizes, in every order. The results
// must not depend on the order.
func TestTheSameCardLooksAtTheSamePlace(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 1600, 1200))
	for y := range 1200 {
		for x := range 1600 {
			m.SetRGBA(x, y, color.RGBA{uint8(x / 8), uint8(y / 8), uint8((x ^ y) / 16), 255})
			if (x-1100)*(x-1100)+(y-400)*(y-400) < 150*150 {
				m.SetRGBA(x, y, color.RGBA{230, uint8(x * 7), 20, 255})
			}
		}
	}
	var data bytes.Buffer
	if err := jpeg.Encode(&data, m, nil); err != nil {
		t.Fatal(err)
	}
	needs := []image.Point{{1200, 630}, {800, 400}, {400, 400}, {200, 200}, {1080, 1920}}
	look := func(d *Decoder, need image.Point) (f focus.Focus) {
		err := d.Decode(t.Context(), data.Bytes(), color.White, func(p *Photo) (err error) {
			f, err = p.Focus(need)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	want := map[image.Point]focus.Point{}
	for _, need := range needs {
		want[need] = look(NewDecoder(DefaultDecodeBytes), need).Point
		if p := want[need]; p.X < .6 || p.X > .8 || p.Y < .2 || p.Y > .5 {
			t.Errorf("for %v it looks at %v, not at the disc", need, p)
		}
	}
	for first := range needs {
		d := NewDecoder(DefaultDecodeBytes)
		for i := range needs {
			need := needs[(first+i)%len(needs)]
			if got := look(d, need).Point; got != want[need] {
				t.Errorf("for %v after %v it looks at %v, not at %v", need, needs[first], got, want[need])
			}
		}
	}
}

// TestDamageBelowTheCrop: if a photo is damaged outside the crop, the card has the same pixels whether the focus,
// which depends on the whole photo, is cached or not.
func TestDamageBelowTheCrop(t *testing.T) {
	data, err := scene.WithRestarts(scene.Photo(640, 480, 5, 3), "lost")
	if err != nil {
		t.Fatal(err)
	}
	for _, look := range []bool{true, false} {
		d := NewDecoder(DefaultDecodeBytes)
		var sizes [2]image.Point
		for i := range sizes {
			err := d.Decode(t.Context(), data, color.White, func(p *Photo) error {
				if look {
					if _, err := p.Focus(image.Pt(320, 168)); err != nil {
						return err
					}
				}
				_, at, err := p.Pixels(image.Rect(0, 40, 640, 376), image.Pt(320, 168))
				sizes[i] = at.Size()
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if sizes[0] != sizes[1] {
			t.Errorf("looks for its focus %v: %v at first, %v again", look, sizes[0], sizes[1])
		}
	}
}

// TestGraphicsOverPaper: the ground of a transparent graphic is the paper that it is shown on, whatever it was shown on
// before.
func TestGraphicsOverPaper(t *testing.T) {
	logo := scene.Graphics(600, 400)[12]
	m := image.NewNRGBA(logo.Rect)
	for i := 0; i < len(m.Pix); i += 4 {
		if copy(m.Pix[i:i+4], logo.Pix[i:i+4]); m.Pix[i] == 255 && m.Pix[i+1] == 255 && m.Pix[i+2] == 255 {
			m.Pix[i+3] = 0
		}
	}
	d := NewDecoder(DefaultDecodeBytes)
	white := color.NRGBA{255, 255, 255, 255}
	for _, paper := range []color.NRGBA{white, {240, 230, 210, 255}, {20, 30, 50, 255}, white} {
		err := d.Decode(t.Context(), scene.PNG(m), paper, func(p *Photo) error {
			f, err := p.Focus(image.Pt(600, 400))
			if err == nil && (f.Graphic == nil || !f.Graphic.Plain || f.Graphic.Ground != paper) {
				t.Errorf("on %v: %+v", paper, f.Graphic)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestFocusCacheIsBounded(t *testing.T) {
	s := newFocusCache()
	for i := range uint64(maxFocuses + 100) {
		s.put(focusKey{photo: i}, focusEntry{})
	}
	if len(s.known) != maxFocuses {
		t.Errorf("%d are cached", len(s.known))
	}
}
