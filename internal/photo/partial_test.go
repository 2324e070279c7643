package photo

import (
	"errors"
	"image"
	"image/color"
	"testing"

	"newsroom.example/cards/internal/fault"
)

// halfThere is a grey partial of which only some rows have data.
type halfThere struct {
	size  image.Point
	rows  int
	asked int // decodings
}

func (h *halfThere) Scaled(shrink int) image.Point {
	up := 1<<shrink - 1
	return image.Pt((h.size.X+up)>>shrink, (h.size.Y+up)>>shrink)
}

func (h *halfThere) Bytes(region image.Rectangle, _ int) int64 {
	return int64(region.Dx() * region.Dy())
}

func (h *halfThere) Decode(region image.Rectangle, shrink int, _ bool) (image.Image, int, error) {
	h.asked++
	return image.NewGray(region), min(h.rows, region.Max.Y<<shrink), nil
}

// TestShorterThanSaid: a photo whose rows end in the middle of its use becomes shorter, and its user is called again; if
// too few rows are left, or the end is not needed, it is called once.
func TestShorterThanSaid(t *testing.T) {
	for _, tt := range []struct {
		name        string
		rows, turn  int
		needed      int // rows from the top
		size        image.Point
		cut         bool
		users, asks int
		incomplete  bool
	}{
		{"whole", 400, 1, 400, image.Pt(300, 400), false, 1, 1, false},
		{"three quarters", 300, 1, 400, image.Pt(300, 300), true, 2, 2, false},
		{"turned", 300, 6, 400, image.Pt(300, 300), true, 2, 2, false},
		{"the end is not needed", 300, 1, 200, image.Pt(300, 400), false, 1, 1, false},
		{"half", 200, 1, 400, image.Pt(300, 400), false, 1, 1, true},
	} {
		d := NewDecoder(4 << 20)
		info := Info{Format: "gif", Width: 300, Height: 400, Orientation: tt.turn}
		if tt.turn >= 5 {
			info.Width, info.Height = 400, 300
		}
		h := &halfThere{size: info.stored(), rows: tt.rows}
		p := &Photo{
			ctx: t.Context(), decoder: d, data: []byte("GIF89a;"), info: info, size: image.Pt(info.Width, info.Height),
			paper: color.White, partial: h, rows: info.stored().Y,
		}
		users := 0
		err := p.used(func(p *Photo) error {
			users++
			crop := image.Rectangle{Max: p.Size()}
			if tt.turn == 1 {
				crop.Max.Y = min(crop.Max.Y, tt.needed)
			}
			_, at, err := p.Pixels(crop, crop.Size())
			if err == nil && at.Size() != crop.Size() {
				t.Errorf("%s: %v for %v", tt.name, at, crop)
			}
			return err
		})
		if got := errors.Is(err, fault.ErrSourceIncomplete); got != tt.incomplete || !got && err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if p.Cut() != tt.cut || p.Size() != tt.size || users != tt.users || h.asked != tt.asks {
			t.Errorf("%s: cut %t, %v, %d users, %d decodings", tt.name, p.Cut(), p.Size(), users, h.asked)
		}
	}
}
