package laws

import (
	"fmt"
	"image"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/photo/focus"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/internal/sample/gallery"
	"newsroom.example/cards/render"
)

// people is a photo of which the faces are known, and nothing else.
type people struct {
	sized
	faces []focus.Face
}

// Focus implements render.Photo.
func (p people) Focus(image.Point) (focus.Focus, error) {
	f := p.faces[0]
	at := focus.Point{X: (f.Min.X + f.Max.X) / 2, Y: (f.Min.Y + f.Max.Y) / 2}
	return focus.Focus{Faces: p.faces, Point: at}, nil
}

// heads are photos of one head, or two, of every size that a head has in the news, at many places.
func heads() map[string]people {
	all := map[string]people{}
	for _, shape := range []sized{{2400, 1600}, {1600, 2400}, {2000, 2000}} {
		for _, high := range []float64{.15, .3, .4} { // of the face, as a share of the photo's height
			for i, x := range []float64{.25, .7} {
				wide := .75 * high * float64(shape.Y) / float64(shape.X)
				y := .4*high + []float64{.02, .1}[i]
				one := focus.Face{Rect: focus.Rect{Min: focus.Point{X: x - wide/2, Y: y}, Max: focus.Point{X: x + wide/2, Y: y + high}}, Confidence: 1}
				all[fmt.Sprintf("%.2f of %v at %.2f", high, shape, x)] = people{shape, []focus.Face{one}}
				if two := one; high < .3 && x < .3 {
					two.Min.X, two.Max.X, two.Min.Y, two.Max.Y = two.Min.X+.3, two.Max.X+.3, two.Min.Y+.04, two.Max.Y+.04
					all[fmt.Sprintf("two of %.2f of %v", high, shape)] = people{shape, []focus.Face{one, two}}
				}
			}
		}
	}
	return all
}

// crownOf is the height of the hair above a face as it is found, with most of the forehead, as a share of the face's.
const crownOf = .33

// crownCut returns how much of the hair above a face a plan's crop cuts, as a share of the hair in the photo.
func crownCut(p render.Plan, photo image.Point, f focus.Rect) float64 {
	px := func(v float64, all int) int { return int(v * float64(all)) }
	top := max(0, f.Min.Y-crownOf*(f.Max.Y-f.Min.Y))
	crown := image.Rect(px(f.Min.X, photo.X), px(top, photo.Y), px(f.Max.X, photo.X), px(f.Min.Y, photo.Y))
	shown := crown.Intersect(p.Crop)
	return 1 - float64(shown.Dx()*shown.Dy())/float64(crown.Dx()*crown.Dy())
}

// TestCrowns: no crop cuts the crown of a head that the photo has, in any template and size.
func TestCrowns(t *testing.T) {
	const most = .1 // boxes of faces are not exact
	r, designs := renderer(t, "")
	all, n, worst := heads(), 0, 0.0
	for _, template := range designs.Templates() {
		for _, size := range card.Sizes {
			for name, photo := range all {
				if testing.Short() && len(name)%4 > 0 {
					continue
				}
				c, err := sample.Stories[n%6].In("", template, size.Size)
				if err != nil {
					t.Fatal(err)
				}
				n++
				p, err := r.Layout(c, photo, render.Plan{})
				if err != nil {
					t.Fatal(err)
				}
				if p.Way == "" {
					continue // no photo is shown
				}
				for i, f := range photo.faces {
					cut := crownCut(p, image.Point(photo.sized), f.Rect)
					if worst = max(worst, cut); cut > most {
						t.Errorf("%s %s, %s: %.2f of crown %d is cut, %s, %v", template, size.Name, name, cut, i, p.Way, p.Costs)
					}
				}
			}
		}
	}
	t.Logf("%d cards, at most %.2f of a crown is cut", n, worst)
}

// TestCrownsOfTheGallery: the head of the drawn figure, as faces are found in photos, is whole in each size and shape.
func TestCrownsOfTheGallery(t *testing.T) {
	r, _ := renderer(t, "")
	for _, s := range gallery.Stories() {
		if s.Photo != "figure" {
			continue
		}
		size := s.Size()
		aspect := float64(size.X) / float64(size.Y)
		hair := focus.Rect{Min: focus.Point{X: (.75 - .08) / aspect, Y: .26}, Max: focus.Point{X: (.75 + .08) / aspect, Y: .46}}
		photo := render.Decoded(s.Draw())
		for _, to := range card.Sizes {
			c := s.Card
			c.Size = to.Size
			c, err := c.Normalize()
			if err != nil {
				t.Fatal(err)
			}
			p, err := r.Layout(c, photo, render.Plan{})
			if err != nil {
				t.Fatal(err)
			}
			if cut := crownCut(p, size, hair); p.Way != "" && cut > .1 {
				t.Errorf("%s %s: %.2f of the crown is cut, %s", s.ID, to.Name, cut, p.Way)
			}
		}
	}
}
