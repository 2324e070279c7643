package render

import (
	"image"
	"image/color"
	"reflect"
	"testing"

	"newsroom.example/cards/card"
)

// skyOver returns a photo of an even sky of a grey over white ground with dark spots.
func skyOver(grey uint8) image.Image {
	photo := image.NewGray(image.Rect(0, 0, 800, 800))
	for y := range 800 {
		for x := range 800 {
			tone := grey
			if y > 400 {
				tone = 250
				if x/20%2 == 0 && y/20%2 == 0 {
					tone = 40
				}
			}
			photo.SetGray(x, y, color.Gray{Y: tone})
		}
	}
	return photo
}

// TestRefusedScrimChangesNothing: a scrim that is refused at first, and then taken because every other way costs more, is
// the one that would have been taken at once. Every text has the colour that goes with it.
func TestRefusedScrimChangesNothing(t *testing.T) {
	r := renderer(t)
	refused := 0
	for _, above := range []uint8{120, 150, 180, 210, 240} {
		photo := skyOver(above)
		for _, theme := range []string{"press", "ledger", "signal"} {
			c := normal(t, card.Card{
				Headline: "Reopened", Kicker: "Transport", Site: "The Harbor Post", Template: "photo", Theme: theme,
			}, card.Square)
			painted := func(attempts ...bool) []Op {
				plan, err := r.Layout(c, decodedOnce(photo), Plan{})
				if err != nil {
					t.Fatal(err)
				}
				canvas := r.pool.Get(c.Size.W, c.Size.H)
				defer r.pool.Put(canvas)
				for _, final := range attempts {
					dim, err := paintGrounds(canvas, plan.Ops, decodedOnce(photo), nil, final)
					if err != nil {
						t.Fatal(err)
					}
					if dim > 0 {
						refused++
					}
				}
				return plan.Ops
			}
			before := refused
			if twice := painted(false, true); refused > before && !reflect.DeepEqual(twice, painted(true)) {
				t.Errorf("%d, %s: %v", above, theme, twice)
			}
		}
	}
	if refused == 0 {
		t.Error("no scrim was refused")
	}
}
