package render

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/photo/focus"
	"newsroom.example/cards/internal/sample"
)

// oddSizes are sizes without a name.
var oddSizes = []card.Size{{W: 200, H: 200}, {W: 600, H: 200}, {W: 200, H: 600}, {W: 2400, H: 800}, {W: 1200, H: 628}, {W: 640, H: 2400}, {W: 500, H: 500}}

// everyPlan plans each sample in each template, theme and size, with all font steps of the headline, with and
// without a photo. It draws nothing.
func everyPlan(t *testing.T, check func(t *testing.T, r *Renderer, name string, l *layout, p Plan)) {
	r := renderer(t)
	own, err := r.designs().With(os.DirFS("../docs/design/example"), families(t)) // a newsroom's own logo and template
	if err != nil {
		t.Fatal(err)
	}
	r.designs = func() *design.Set { return own }
	var sizes []card.Size
	for _, s := range card.Sizes {
		sizes = append(sizes, s.Size)
	}
	for n, theme := range r.Themes() {
		sizes := slices.Clone(sizes)
		if n > 0 && testing.Short() {
			break
		}
		if n == 0 { // for the odd sizes one theme is enough
			sizes = append(sizes, oddSizes...)
		}
		for _, template := range r.Templates() {
			t.Run(theme+"/"+template, func(t *testing.T) {
				stories := sample.Stories
				if testing.Short() {
					stories = stories[:6]
				}
				for i, story := range stories {
					for j, size := range sizes {
						c := story.Card
						c.Theme, c.Template, c.FontStep = theme, template, (i+j)%5-2
						shapes := []image.Rectangle{image.Rect(0, 0, 1200, 800), image.Rect(0, 0, 600, 1400), image.Rect(0, 0, 2400, 500), {}}
						var photo Photo
						shape := shapes[(i+j)%len(shapes)]
						name := fmt.Sprintf("%s %s photo %v", story.Name, size, shape.Max)
						if !shape.Empty() {
							photo = sized(shape.Max)
						}
						c = normal(t, c, size)
						look, err := r.look(c, photo != nil)
						if err != nil {
							t.Fatal(err)
						}
						var face Photo
						if story.Portrait != "" || (i+j)%3 == 0 {
							face = sized{900, 1200}
						}
						l := newLayout(r.setter, c, look.theme, look.template, photo, face)
						plan, err := l.compose()
						if err != nil {
							t.Fatal(err)
						}
						check(t, r, name, l, plan)
					}
				}
			})
		}
	}
}

func families(t *testing.T) []string {
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return set.Families()
}

// sized is a photo without pixels.
type sized image.Point

func (s sized) Size() image.Point { return image.Point(s) }

func (s sized) Focus(image.Point) (focus.Focus, error) {
	return focus.Focus{Point: focus.Point{X: .5, Y: .5}}, nil
}

func (s sized) Pixels(image.Rectangle, image.Point) (image.Image, image.Rectangle, error) {
	return nil, image.Rectangle{}, errors.New("a plan asks for no pixels")
}

func TestEveryComposition(t *testing.T) {
	everyPlan(t, func(t *testing.T, r *Renderer, name string, l *layout, p Plan) {
		nothingOverlaps(t, r, name, l, p)
		theHeadlineLeads(t, name, l, p)
		roundPicturesAreFree(t, name, p)
	})
}

// roundPicturesAreFree: no text lies on a round picture, which has no scrim, and each is within the card.
func roundPicturesAreFree(t *testing.T, name string, p Plan) {
	t.Helper()
	for _, op := range p.Ops {
		picture, ok := op.(Picture)
		if !ok || !picture.Round {
			continue
		}
		if !picture.Rect.In(image.Rect(0, 0, p.Width, p.Height)) || picture.Rect.Dx() != picture.Rect.Dy() {
			t.Errorf("%s: a round picture at %v", name, picture.Rect)
		}
		for _, box := range p.textBoxes() {
			if box.Overlaps(picture.Rect.Inset(picture.Rect.Dx() / 20)) {
				t.Errorf("%s: %s at %v on a round picture at %v", name, box.role, box.Rectangle, picture.Rect)
			}
		}
	}
}

// nothingOverlaps checks that all marks are within the margins and do not overlap.
func nothingOverlaps(t *testing.T, r *Renderer, name string, l *layout, p Plan) {
	marks := r.Marks(p)
	for i, a := range marks {
		if free := a.Free(l.card.Size); !a.Ink.In(free) {
			t.Errorf("%s: %v at %v leaves %v", name, a, a.Ink, free)
		}
		for _, b := range marks[:i] {
			if o := a.Ink.Intersect(b.Ink); !o.Empty() && o.Dy() > 1 {
				t.Errorf("%s: %v lies over %v by %v", name, a, b, o.Size())
			}
		}
	}
}

// theHeadlineLeads checks that there is a headline, that it is the largest text, and that the credit is not cut.
func theHeadlineLeads(t *testing.T, name string, l *layout, p Plan) {
	if l.template.Name == "plain" && l.photo != nil {
		return // it shows no headline
	}
	headline, largest := 0.0, 0.0
	for _, op := range p.Ops {
		run, ok := op.(Run)
		if !ok || run.Role == "mark" {
			continue
		}
		if run.Role == "headline" {
			headline = run.Block.SizePx
		}
		if !strings.HasPrefix(run.Role, "fields.") { // a figure may be larger than what it means
			largest = max(largest, run.Block.SizePx)
		}
		if run.Block.SizePx < smallestPx {
			t.Errorf("%s: %s at %.1f px", name, run.Role, run.Block.SizePx)
		}
		if run.Role == "credit" && run.Block.Truncated {
			t.Errorf("%s: the credit is cut", name)
		}
	}
	if headline == 0 || headline < largest {
		t.Errorf("%s: headline at %.1f px, and %.1f px elsewhere", name, headline, largest)
	}
}

// BenchmarkTemplates draws one story in each template. None should take much longer than the simplest.
func BenchmarkTemplates(b *testing.B) {
	r := renderer(b)
	var file bytes.Buffer // most photos are JPEGs
	if err := jpeg.Encode(&file, sample.Scenes[0].Draw(1200, 800), nil); err != nil {
		b.Fatal(err)
	}
	scene, err := jpeg.Decode(&file)
	if err != nil {
		b.Fatal(err)
	}
	photo := Decoded(scene)
	for _, name := range r.Templates() {
		c := sample.Stories[0].Card
		c.Template, c.Photo.Focal = name, &card.Focal{X: .5, Y: .4}
		c = normal(b, c, card.OpenGraph)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				d, err := r.Draw(b.Context(), c, photo)
				if err != nil {
					b.Fatal(err)
				}
				d.Release()
			}
		})
	}
}
