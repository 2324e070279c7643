package render

import (
	"image"
	"image/color"
	"os"
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/photo/focus"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/internal/scene"
)

// chart is a graphic without pixels.
type chart struct {
	sized
	focus.Graphic
}

// Focus implements Photo.
func (c chart) Focus(image.Point) (focus.Focus, error) {
	return focus.Focus{Point: focus.Point{X: .5, Y: .5}, Graphic: &c.Graphic}, nil
}

// TestGraphicsAreShownWhole: in every template, theme and size a graphic is shown whole, without a scrim and without
// text on it, inside of what networks leave visible, and as large as its area lets it. The text beside it, or on its
// ground, can be read.
func TestGraphicsAreShownWhole(t *testing.T) {
	r := renderer(t)
	own, err := r.designs().With(os.DirFS("../docs/design/example"), families(t))
	if err != nil {
		t.Fatal(err)
	}
	r.designs = func() *design.Set { return own }
	grounds := []color.NRGBA{{255, 255, 255, 255}, {0, 0, 0, 255}, {200, 215, 235, 255}, {128, 128, 128, 255}, {190, 30, 40, 255}}
	sizes := []sized{{1200, 800}, {800, 1600}, {1600, 700}, {300, 100}, {900, 900}}
	for n, theme := range r.Themes() {
		for m, template := range append(r.Templates(), "") {
			for k, size := range card.Sizes {
				story := sample.Stories[(n+m+k)%6].Card
				story.Theme, story.Template = theme, template
				c := normal(t, story, size.Size)
				photo := chart{sizes[(n+m+k)%len(sizes)], focus.Graphic{Plain: k%2 == 0, Ground: grounds[(n+2*m+k)%len(grounds)]}}
				plan, err := r.Layout(c, photo, Plan{})
				if err != nil {
					t.Fatal(err)
				}
				look, err := r.look(c, true)
				if err != nil {
					t.Fatal(err)
				}
				name := strings.Join([]string{theme, template, size.Name}, " ")
				if !look.template.ShowsPhoto(false) {
					continue
				}
				l := newLayout(r.setter, c, look.theme, look.template, photo)
				nothingOverlaps(t, r, name, l, plan)
				checkGraphic(t, name, plan, photo)
			}
		}
	}
}

func checkGraphic(t *testing.T, name string, p Plan, photo chart) {
	t.Helper()
	picture := pictureOf(t, p)
	if p.Way != wayGraphic || p.Focus != focus.ByGraphic || picture.Crop != (image.Rectangle{Max: photo.Size()}) {
		t.Errorf("%s: %s, %s, %v", name, p.Way, p.Focus, picture.Crop)
	}
	visible := image.Rect(0, 0, p.Width, p.Height)
	if p.Height*10 > 16*p.Width {
		visible = image.Rect(0, p.Height/8, p.Width, p.Height*7/8)
	}
	if !picture.Rect.In(visible) {
		t.Errorf("%s: shown in %v", name, picture.Rect)
	}
	want, got := float64(photo.Size().X)/float64(photo.Size().Y), float64(picture.Rect.Dx())/float64(picture.Rect.Dy())
	if got < .96*want || got > 1.04*want {
		t.Errorf("%s: %v is shown as %v", name, photo.Size(), picture.Rect.Size())
	}
	var ground image.Rectangle
	for _, op := range p.Ops {
		switch op := op.(type) {
		case Fill:
			if picture.Rect.In(op.Rect) {
				ground = op.Rect
			}
		case Shade:
			t.Errorf("%s: a scrim", name)
		case Run:
			for i := range op.Block.Lines {
				if box := op.box(i); box.Overlaps(picture.Rect) {
					t.Errorf("%s: %s on the graphic", name, op.Role)
				}
			}
			if op.Role == "badge" || !ground.Overlaps(op.box(0)) {
				continue
			}
			if c, ok := op.flatContrast(visible, p.Ops); !ok || c < design.MinContrast {
				t.Errorf("%s: %s has a contrast of %.1f", name, op.Role, c)
			}
		}
	}
}

// TestTheEditorCallsItAPhotograph: with a focal point of the editor, a graphic is shown as a photograph.
func TestTheEditorCallsItAPhotograph(t *testing.T) {
	r := renderer(t)
	c := sample.Stories[0].Card
	c.Photo = card.Photo{URL: "https://pictures.example/a.png", Focal: &card.Focal{X: .5, Y: .5}}
	plan, err := r.Layout(normal(t, c, card.OpenGraph), chart{sizedOf(1200, 800), focus.Graphic{}}, Plan{})
	if err != nil || plan.Way != wayOwn || plan.Focus != byEditor {
		t.Errorf("%s, %s, %v", plan.Way, plan.Focus, err)
	}
}

// edged is a photo with an edge of one colour.
type edged struct {
	sized
	edge color.NRGBA
}

// Focus implements Photo.
func (e edged) Focus(image.Point) (focus.Focus, error) {
	return focus.Focus{Point: focus.Point{X: .5, Y: .5}, Edge: &e.edge}, nil
}

// TestFieldsHaveTheEdgesColour: a small photo with an edge of one colour lies on a field of this colour in every size,
// and a photo without one on the theme's paper. Under text it is a field of the photo's own colours.
func TestFieldsHaveTheEdgesColour(t *testing.T) {
	r := renderer(t)
	edge, seen := color.NRGBA{247, 247, 245, 255}, 0
	for _, size := range card.Sizes {
		c := normal(t, sample.Stories[0].Card, size.Size)
		c.Photo = card.Photo{URL: "https://pictures.example/a.jpg"}
		for _, photo := range []Photo{edged{sizedOf(120, 126), edge}, people{sizedOf(120, 126), nil}} {
			plan, err := r.Layout(c, photo, Plan{})
			if err != nil || plan.Way != wayField {
				t.Fatalf("%s: %s, %v", size.Name, plan.Way, err)
			}
			theme, _ := r.designs().Theme(c.Theme, c.Site, c.Lang)
			want := theme.Paper
			if _, even := photo.(edged); even {
				want = edge
			}
			i := slices.IndexFunc(plan.Ops, func(op Op) bool { _, is := op.(Picture); return is })
			fills := 0
			switch ground := plan.Ops[i-1].(type) {
			case Field:
				if l := (&layout{plan: plan}); !slices.ContainsFunc(l.covered(), ground.Rect.Overlaps) {
					t.Errorf("%s: blurred colours with no text on them", size.Name)
				}
			case Fill:
				if ground.Color != want {
					t.Errorf("%s: the field is %v, want %v", size.Name, ground.Color, want)
				}
				fills = 1
			default:
				t.Errorf("%s: under the photo is %v", size.Name, ground)
			}
			seen += fills
		}
	}
	if seen < 3 {
		t.Errorf("a field has the colour of the edge in %d sizes", seen)
	}
}

func sizedOf(w, h int) sized { return sized{w, h} }

// TestGraphicsAreDrawn: what is drawn of each graphic is the graphic, on a ground of the colour of its border.
func TestGraphicsAreDrawn(t *testing.T) {
	r := renderer(t)
	for _, g := range scene.Graphics(900, 600) {
		c := sample.Stories[0].Card
		c.Photo = card.Photo{URL: "https://pictures.example/a.png"}
		d, err := r.Draw(t.Context(), normal(t, c, card.OpenGraph), Decoded(g.RGBA))
		if err != nil {
			t.Fatal(err)
		}
		p := pictureOf(t, d.Plan)
		if d.Plan.Way != wayGraphic || p.Rect.Dx() < 500 {
			t.Errorf("%s: %s, %v", g.Name, d.Plan.Way, p.Rect)
		}
		border, ground := g.RGBAAt(2, 300), d.Image.RGBAAt(p.Rect.Min.X-3, p.Rect.Min.Y+p.Rect.Dy()/2)
		framed := g.Name != "slide" && g.Name != "dashboard" && g.Name != "web page" // by one colour
		if framed && (max(border.R, ground.R)-min(border.R, ground.R) > 10 || max(border.B, ground.B)-min(border.B, ground.B) > 10) {
			t.Errorf("%s: %v beside %v", g.Name, ground, border)
		}
		d.Release()
	}
}

// TestPaperIsLight: dark ink on a transparent ground can be read in every theme, and so can white on the other one.
func TestPaperIsLight(t *testing.T) {
	r := renderer(t)
	for _, theme := range r.Themes() {
		paper := r.Paper(card.Card{Theme: theme})
		p, other := color.NRGBAModel.Convert(paper).(color.NRGBA), color.NRGBAModel.Convert(paper.Other()).(color.NRGBA)
		if c := design.Contrast(color.NRGBA{255, 255, 255, 255}, other); c < 7 {
			t.Errorf("%s: %v, a contrast of %.1f with white", theme, other, c)
		}
		if c := design.Contrast(color.NRGBA{40, 40, 40, 255}, p); c < 7 {
			t.Errorf("%s: %v, a contrast of %.1f", theme, p, c)
		}
	}
}
