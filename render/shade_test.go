package render

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/sample"
)

// brightPhotos are photos that a dark scrim would turn into grey stripes, with the expected template if the card names
// none.
func brightPhotos(w, h int) map[string]brightPhoto {
	paint := func(at func(x, y float64) uint8) image.Image { return painted(w, h, at) }
	snow := sample.Scenes[1].Draw(w, h)
	return map[string]brightPhoto{
		"white":     {paint(func(x, y float64) uint8 { return 255 }), "photo"},
		"light sky": {paint(func(x, y float64) uint8 { return uint8(250 - 60*y) }), "photo"},
		"snow":      {snow, ""}, // near the limit, because of the scrim over the trees
		"silhouette": {paint(func(x, y float64) uint8 {
			dx, dy := 1.5*(x-.55), y-.3
			if 100*dx*dx+50*dy*dy < 1 || y > .42 && dx*dx < .012+.06*(y-.42) {
				return 25
			}
			return uint8(255 - 8*y)
		}), "split"},
		"slide": {paint(func(x, y float64) uint8 {
			if x > .1 && x < .85 && y > .1 && y < .9 && int(30*y)%2 == 0 && int(97*x)%3 > 0 {
				return 40
			}
			return 252
		}), "split"},
		"black logo on white": {paint(func(x, y float64) uint8 {
			r := math.Hypot(1.5*(x-.5), y-.5)
			if r < .25 && r > .17 || math.Abs(x-.5) < .03 && r < .25 {
				return 0
			}
			return 255
		}), "split"},
	}
}

type brightPhoto struct {
	image.Image
	template string // expected template; empty: any
}

// painted returns a grey picture, given by a function of x and y from 0 to 1.
func painted(w, h int, at func(x, y float64) uint8) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			v := at(float64(x)/float64(w), float64(y)/float64(h))
			m.SetRGBA(x, y, color.RGBA{v, v, v, 255})
		}
	}
	return m
}

// TestTheSiteIsShadedInItsCorner: on the twitter card, whose headline begins high, the scrim behind the
// publication's name does not darken the sky beside it.
func TestTheSiteIsShadedInItsCorner(t *testing.T) {
	r := renderer(t)
	photo := painted(1200, 600, func(_, y float64) uint8 { return uint8(130 - 80*y) })
	for _, story := range sample.Stories[:2] {
		for _, theme := range r.Themes() {
			c := story.Card
			c.Theme, c.Template, c.Photo.URL = theme, "photo", "https://pictures.example/a.jpg"
			plan, canvas, err := r.ground(t.Context(), normal(t, c, card.Twitter), decodedOnce(photo))
			if err != nil {
				t.Fatal(err)
			}
			under, patched := canvas.RGBAAt(70, 60).R, false
			for y := range 120 {
				if got, want := canvas.RGBAAt(900, y), photo.At(900, y); got != want {
					t.Fatalf("%s, %s: %v at 900,%d, the photo has %v", theme, story.Name, got, y, want)
				}
			}
			for _, op := range plan.Ops {
				if shade, ok := op.(Shade); ok {
					patched = len(shade.Lobes) == 1 && shade.Lobes[0].Strength <= uint32(math.Round(light*65536))
				}
			}
			if want := photo.At(70, 60).(color.RGBA).R; !patched || under >= want {
				t.Errorf("%s, %s: %d under the name, the photo has %d", theme, story.Name, under, want)
			}
			r.pool.Put(canvas)
		}
	}
}

// TestBrightPhotosStayBright: a card with a bright photo has dark text or the template split. With the template
// photo, it has dark text.
func TestBrightPhotosStayBright(t *testing.T) {
	r := renderer(t)
	for name, photo := range brightPhotos(900, 600) {
		for _, theme := range r.Themes() {
			for _, size := range []card.Size{card.OpenGraph, card.Twitter, card.Kakao} {
				if testing.Short() && (theme != "press" || size != card.Twitter) {
					continue
				}
				for _, named := range []string{"", "photo"} {
					c := sample.Stories[0].Card
					c.Theme, c.Template, c.Photo.URL = theme, named, "https://pictures.example/a.jpg"
					plan, canvas, err := r.ground(t.Context(), normal(t, c, size), decodedOnce(photo))
					if err != nil {
						t.Fatal(err)
					}
					picture := pictureOf(t, plan).Rect
					template := "split"
					if picture == canvas.Rect {
						template = "photo"
					}
					if want := photo.template; want != "" && template != want && named == "" || named != "" && template != named {
						t.Errorf("%s, %s, %v, %q: is set in %s", name, theme, size, named, template)
					}
					if template == "photo" {
						checkDark(t, fmt.Sprint(name, " ", theme, " ", size), plan)
					}
					if got := meanOf(&canvas.RGBA, picture)[1]; got < 0.8*meanOf(photo, photo.Bounds())[1] {
						t.Errorf("%s, %s, %v, %q: the photo's mean falls to %.0f", name, theme, size, named, got)
					}
					r.pool.Put(canvas)
				}
			}
		}
	}
}

// checkDark checks that all text except that of badges, and all rules, are dark.
func checkDark(t *testing.T, name string, p Plan) {
	t.Helper()
	for _, op := range p.Ops {
		var ink color.NRGBA
		switch op := op.(type) {
		case Run:
			if ink = op.Ink; op.Role == "badge" {
				continue
			}
		case Rule:
			ink = op.Color
		default:
			continue
		}
		if l := design.Luminance(ink.R, ink.G, ink.B); l > 0.25 {
			t.Errorf("%s: light ink in %v", name, op)
		}
	}
}

// TestDarkPhotosKeepTheirInk: on dark photos the text stays light and the template does not change, even with a lamp
// or a shirt under the headline, since a strong scrim hardly changes them.
func TestDarkPhotosKeepTheirInk(t *testing.T) {
	r := renderer(t)
	lamps := painted(1200, 800, func(x, y float64) uint8 {
		if math.Mod(x, .1) < .01 && math.Mod(y, .1) < .015 {
			return 255
		}
		return 50
	})
	for name, photo := range map[string]image.Image{"night": photos(1200, 800)["night"], "lamps": lamps} {
		c := sample.Stories[0].Card
		c.Photo.URL = "https://pictures.example/a.jpg"
		plan, canvas, err := r.ground(t.Context(), normal(t, c, card.OpenGraph), decodedOnce(photo))
		if err != nil {
			t.Fatal(err)
		}
		if pictureOf(t, plan).Rect != canvas.Rect {
			t.Errorf("%s: is set in another template", name)
		}
		for _, op := range plan.Ops {
			if run, ok := op.(Run); ok && run.Role == "headline" && run.Ink != white {
				t.Errorf("%s: the headline's ink is %v", name, run.Ink)
			}
		}
		r.pool.Put(canvas)
	}
}

// TestDetailedPhotosStandBeside: text does not lie on detail that a scrim leaves as busy as lettering, unless the card
// names the template.
func TestDetailedPhotosStandBeside(t *testing.T) {
	r := renderer(t)
	for template, over := range map[string]bool{"": false, "photo": true} {
		c := sample.Stories[0].Card
		c.Photo.URL, c.Template = "https://pictures.example/a.jpg", template
		plan, canvas, err := r.ground(t.Context(), normal(t, c, card.OpenGraph), decodedOnce(photos(1200, 800)["noise"]))
		if err != nil {
			t.Fatal(err)
		}
		if got := pictureOf(t, plan).Rect == canvas.Rect; got != over {
			t.Errorf("template %q: the text is over the photo: %v", template, got)
		}
		r.pool.Put(canvas)
	}
}
