package render

import (
	"slices"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/photo/focus"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/internal/sample/gallery"
)

// TestLabelsKeepTheirDistance: no ink of a section is nearer to that of the headline below it than a third of the
// headline's capitals, in any script, template and size, and the small text of a story is at least 30 of its 1080
// pixels high.
func TestLabelsKeepTheirDistance(t *testing.T) {
	r := renderer(t)
	for i, story := range gallery.Stories() {
		for _, template := range r.Templates() {
			if (i+len(template))%5 != 0 { // each story in some templates, and each template with some stories
				continue
			}
			for _, size := range card.Sizes {
				c := story.Card
				c.Template, c.Theme = template, r.Themes()[i%len(r.Themes())]
				plan, err := r.Layout(normal(t, c, size.Size), sized{1200, 800}, Plan{})
				if err != nil {
					t.Fatal(err)
				}
				for _, op := range plan.Ops {
					if run, is := op.(Run); is && size.Size == card.Story && run.Block.SizePx < 30 {
						t.Errorf("%s, %s: %s is %.1f pixels high", story.ID, template, run.Role, run.Block.SizePx)
					}
				}
				kicker, labelled := runOf(plan, "kicker")
				head, ok := runOf(plan, "headline")
				if !ok || !labelled || head.TopPx < kicker.TopPx {
					continue
				}
				_, base := kicker.line(0)
				_, below := head.line(0)
				gap := below + float64(r.setter.Ink(head.Block.Lines[0]).Min.Y) -
					base - float64(max(0, r.setter.Ink(kicker.Block.Lines[0]).Max.Y))
				if least := .33 * head.Block.CapPx; gap < least-2 {
					t.Errorf("%s, %s, %s: %.0f pixels between section and headline, want %.0f", story.ID, template, size.Name, gap, least)
				}
			}
		}
	}
}

// TestStripsAndLiveCards: a strip names its publication in every size, and a live card shows its badge and the time.
func TestStripsAndLiveCards(t *testing.T) {
	r := renderer(t)
	for _, size := range card.Sizes {
		for _, story := range gallery.Stories() {
			c := story.Card
			if c.Template != "strip" && c.Kind != "live" {
				continue
			}
			plan, err := r.Layout(normal(t, c, size.Size), sized{1200, 800}, Plan{})
			if err != nil {
				t.Fatal(err)
			}
			want := []string{"site"}
			if c.Kind == "live" {
				want = []string{"badge", "time"}
			}
			for _, role := range want {
				if _, ok := runOf(plan, role); !ok {
					t.Errorf("%s, %s: no %s, way %s", story.ID, size.Name, role, plan.Way)
				}
			}
		}
	}
}

// TestFiguresYield: a figure is made smaller before a section, a byline or a date is left out, and a date that has no
// room beside a byline gets a row of its own on a tall card.
func TestFiguresYield(t *testing.T) {
	r := renderer(t)
	for _, size := range card.Sizes {
		for _, story := range gallery.Stories() {
			if story.Card.Fields["number"] == "" && size.Size != card.Story || story.Card.Photo.URL != "" {
				continue
			}
			plan, err := r.Layout(normal(t, story.Card, size.Size), nil, Plan{})
			if err != nil {
				t.Fatal(err)
			}
			for _, role := range []string{"kicker", "byline", "date"} {
				if slices.Contains(plan.LeftOut, role) {
					t.Errorf("%s, %s: %s is left out", story.ID, size.Name, role)
				}
			}
		}
	}
}

// TestCirclesShowAFace: an opinion shows its photo in a circle only if one face fills it, and then nearer than the photo.
func TestCirclesShowAFace(t *testing.T) {
	r := renderer(t)
	size := sized{1800, 1200}
	for name, tt := range map[string]struct {
		faces []focus.Face
		want  bool
	}{
		"a portrait":  {[]focus.Face{face(.4, .3, .15, .25)}, true},
		"a landscape": {nil, false},
		"a figure":    {[]focus.Face{face(.4, .3, .012, .018)}, false},
		"a couple":    {[]focus.Face{face(.3, .3, .15, .25), face(.55, .3, .14, .24)}, false},
		"a passer-by": {[]focus.Face{face(.4, .3, .15, .25), face(.8, .3, .05, .08)}, true},
	} {
		for _, shape := range card.Sizes {
			c := sample.Stories[0].Card
			c.Template, c.Photo = "opinion", card.Photo{URL: "https://pictures.example/a.jpg"}
			plan, err := r.Layout(normal(t, c, shape.Size), people{size, tt.faces}, Plan{})
			if err != nil {
				t.Fatal(err)
			}
			p := pictureOf(t, plan)
			if p.Round != tt.want || p.Round && (p.Crop.Dy() >= size.Y || p.Ring.A == 0) {
				t.Errorf("%s, %s: round %t, crop %v, ring %v", name, shape.Name, p.Round, p.Crop, p.Ring)
			}
		}
	}
}
