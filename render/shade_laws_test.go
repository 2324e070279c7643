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
	"newsroom.example/cards/render/raster"
)

// TestScrimLaws checks the rules of the scrim for every size and theme, over flat, bright, dark and detailed photos.
func TestScrimLaws(t *testing.T) {
	r := renderer(t)
	all := photos(640, 400)
	all["bright above"] = painted(640, 400, func(_, y float64) uint8 { return uint8(60 + 190*math.Round(1-y)) })
	all["busy above"] = painted(640, 400, func(x, y float64) uint8 {
		return uint8(90 + 150*int(math.Round(1-y))*((int(60*x)+int(40*y))%2))
	})
	for name, p := range brightPhotos(640, 400) {
		all[name] = p
	}
	themes, sizes := r.Themes(), card.Sizes
	if testing.Short() {
		themes, sizes = themes[:1], sizes[:3]
	}
	texts := map[string]card.Card{"long": stories["long"]}
	for _, s := range sample.Stories {
		texts[s.Name] = s.Card
	}
	for _, theme := range themes {
		for _, size := range sizes {
			for name, photo := range all {
				for _, story := range []string{"story", "korean", "long", "arabic"}[:2+2*len(themes)/3] {
					c := texts[story]
					c.Theme, c.Photo.URL = theme, "https://pictures.example/a.jpg"
					if story != "story" {
						c.Template = "photo"
					}
					checkLaws(t, r, fmt.Sprint(theme, " ", size.Name, " ", story, " on ", name), normal(t, c, size.Size), photo)
				}
			}
		}
	}
}

func checkLaws(t *testing.T, r *Renderer, name string, c card.Card, photo image.Image) {
	t.Helper()
	plan, canvas, err := r.ground(t.Context(), c, decodedOnce(photo))
	if err != nil {
		t.Fatal(err)
	}
	defer r.pool.Put(canvas)
	for _, op := range plan.Ops {
		switch op := op.(type) {
		case Run:
			if got := op.contrast(&canvas.RGBA); op.Role != "badge" && got < design.MinContrast {
				t.Errorf("%s: %s has %.2f:1", name, op.Role, got)
			}
		case Shade:
			checkEdges(t, name, op)
			head, foot := op.ends(plan.Ops)
			checkMiddle(t, name, op, head, foot)
			checkPatches(t, name, op, head)
		}
	}
}

// checkEdges checks that neighbouring rows and columns of a flat white photo differ by at most 2 % of the light, as
// means of eight dithered pixels. A light scrim is tested in black: only its strengths matter.
func checkEdges(t *testing.T, name string, s Shade) {
	t.Helper()
	canvas := image.NewRGBA(s.Rect)
	raster.Fill(canvas, s.Rect, white)
	s.Foot, s.Head = color.NRGBA{A: 255}, color.NRGBA{A: 255}
	s.paint(canvas)
	var above []float64
	for y := s.Rect.Min.Y; y < s.Rect.Max.Y; y++ {
		var lights []float64
		for row := raster.Row(canvas, s.Rect, y); len(row) >= 32; row = row[32:] {
			sum := 0.0
			for i := 0; i < 32; i += 4 {
				sum += design.Luminance(row[i], row[i], row[i])
			}
			lights = append(lights, sum/8)
		}
		for x, v := range lights {
			if above != nil && math.Abs(v-above[x]) > 0.02 || x > 0 && math.Abs(v-lights[x-1]) > 8*0.02 {
				t.Errorf("%s: an edge at %d,%d: %.3f of the light, under %.3f\n%v", name, s.Rect.Min.X+8*x, y, v, above[x], s)
				return
			}
		}
		above = lights
	}
}

// strengthAt returns the strength of a scrim at a pixel of the card.
func strengthAt(s Shade, x, y int) float64 {
	x, y = x-s.Rect.Min.X, y-s.Rect.Min.Y
	shares := make([]uint32, s.Rect.Dx())
	if from, to := s.blend(shares, y, s.Rows[y]); x < from || x >= to {
		return float64(s.Rows[y]) / 65536
	}
	return float64(shares[x]) / 65536
}

// checkMiddle checks that half way between the texts at both ends, the photo keeps almost all its light.
func checkMiddle(t *testing.T, name string, s Shade, head, foot end) {
	t.Helper()
	top, above := foot.top(s.Rect.Max.Y), head.foot(s.Rect.Min.Y)
	if len(foot.lines) == 0 || top-above < 2*leastFade {
		return
	}
	for _, x := range []int{s.Rect.Min.X, (s.Rect.Min.X + s.Rect.Max.X) / 2, s.Rect.Max.X - 1} {
		if got := strengthAt(s, x, (top+above)/2); got > 0.12 {
			t.Errorf("%s: the scrim takes %.0f %% in the middle, at %d,%d", name, 100*got, x, (top+above)/2)
		}
	}
}

// checkPatches checks that a patch is strong only near its text, and does not affect the rest of the row.
func checkPatches(t *testing.T, name string, s Shade, head end) {
	t.Helper()
	var words image.Rectangle
	for _, line := range head.lines {
		words = words.Union(line.box)
	}
	for _, l := range s.Lobes {
		if room := words.Dx() + s.Rect.Dx()/2; l.Rect.Dx() > room {
			t.Errorf("%s: a patch of %d pixels under words of %d", name, l.Rect.Dx(), words.Dx())
		}
		for y := l.Rect.Min.Y; y < l.Rect.Max.Y; y += 7 {
			for x := l.Rect.Min.X; x < l.Rect.Max.X; x += 7 {
				only := float64(s.Rows[y-s.Rect.Min.Y]) < light*65536
				if got := strengthAt(s, x, y); only && got > light+.001 && !image.Pt(x, y).In(words.Inset(-leastFade)) {
					t.Errorf("%s: a patch takes %.0f %% at %d,%d", name, 100*got, x, y)
					return
				}
			}
		}
	}
}
