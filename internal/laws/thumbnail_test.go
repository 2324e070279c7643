package laws

import (
	"image"
	"math"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/draw"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/sample/gallery"
	"newsroom.example/cards/render"
)

// leastSign is the least area of the largest sign of the publication or of the kind of story, in pixels of a card 120
// pixels wide, leastCaps the least height of a headline's capitals there, and leastSeen the least contrast of its lines
// with their ground.
const (
	leastSign = 9
	leastCaps = 3
	leastSeen = 3
)

// TestPixelsAt120 draws a story of each template as a list shows it: the lines of the headline differ from their ground.
func TestPixelsAt120(t *testing.T) {
	r, designs := renderer(t, "")
	themes, least := designs.Themes(), math.Inf(1)
	if testing.Short() {
		themes = themes[:1]
	}
	for _, theme := range themes {
		drawn := map[string]int{}
		for _, s := range gallery.Stories() {
			template := s.Card.TemplateName(s.Photo != "")
			if template == "plain" || drawn[template] >= 2 {
				continue
			}
			size := card.Sizes[drawn[template]*5].Size // og and story
			drawn[template]++
			c := s.Card
			c.Theme, c.Size = theme, size
			c, err := c.Normalize()
			if err != nil {
				t.Fatal(err)
			}
			d, err := r.Draw(t.Context(), c, render.Decoded(s.Draw()))
			if err != nil {
				t.Fatal(err)
			}
			got := seenContrast(r, d)
			d.Release()
			least = min(least, got)
			if got < leastSeen {
				t.Errorf("%s: the headline has %.2f:1 at 120 pixels", strings.Join([]string{theme, template, s.ID, size.String()}, " "), got)
			}
		}
	}
	t.Logf("at least %.2f:1", least)
}

// seenContrast returns the contrast between the lightest and the darkest tenth of the pixels under a headline's lines on
// the small card, of the line where it is least.
func seenContrast(r *render.Renderer, d *render.Drawing) float64 {
	small := image.NewRGBA(image.Rect(0, 0, ThumbnailPx, ThumbnailPx*d.Plan.Height/d.Plan.Width))
	draw.CatmullRom.Scale(small, small.Rect, d.Image, d.Image.Rect, draw.Src, nil)
	scale, least := float64(ThumbnailPx)/float64(d.Plan.Width), math.Inf(1)
	for _, m := range r.Marks(d.Plan) {
		if m.Role != "headline" || m.Ink.Empty() {
			continue
		}
		at := func(v int) int { return int(math.Round(float64(v) * scale)) }
		box := image.Rect(at(m.Ink.Min.X), at(m.Ink.Min.Y), at(m.Ink.Max.X), at(m.Ink.Max.Y)).Intersect(small.Rect)
		var lights []float64
		for y := box.Min.Y; y < box.Max.Y; y++ {
			for x := box.Min.X; x < box.Max.X; x++ {
				p := small.RGBAAt(x, y)
				lights = append(lights, design.Luminance(p.R, p.G, p.B))
			}
		}
		slices.Sort(lights)
		if n := len(lights); n > 0 {
			least = min(least, (lights[n-1-n/10]+.05)/(lights[n/10]+.05))
		}
	}
	return least
}
