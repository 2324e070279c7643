package render

import (
	"image"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/photo/focus"
)

// TestPlayMarksMoveOffHeads: the play mark of a video is in the middle, unless somebody's head is there.
func TestPlayMarksMoveOffHeads(t *testing.T) {
	r := renderer(t)
	for name, tt := range map[string]struct {
		faces []focus.Face
		moves bool
	}{
		"nobody":            {nil, false},
		"far from the mark": {[]focus.Face{face(.05, .2, .1, .15)}, false},
		"under the mark":    {[]focus.Face{face(.4, .2, .12, .2)}, true},
		"two":               {[]focus.Face{face(.4, .2, .12, .2), face(.55, .25, .1, .15)}, true},
	} {
		c := card.Card{Headline: "How a lighthouse is moved", Template: "video", Photo: card.Photo{URL: "https://pictures.example/a.jpg"}}
		plan, err := r.Layout(normal(t, c, card.Square), people{sized{2000, 2000}, tt.faces}, Plan{})
		if err != nil {
			t.Fatal(err)
		}
		picture := pictureOf(t, plan)
		if picture.Rect.Dx() != plan.Width {
			t.Errorf("%s: is shown as %s", name, plan.Way)
			continue
		}
		for _, op := range plan.Ops {
			mark, ok := op.(Play)
			if !ok {
				continue
			}
			if moved := mark.Rect != middle(t, r, c); moved != tt.moves {
				t.Errorf("%s: the mark is at %v", name, mark.Rect)
			}
			for _, f := range tt.faces {
				if box := picture.place(f, picture.Crop.Size()); box.Overlaps(mark.Rect) {
					t.Errorf("%s: the mark at %v is on the face at %v", name, mark.Rect, box)
				}
			}
		}
	}
}

// middle returns where the play mark of a card is if nobody is in its photo.
func middle(t *testing.T, r *Renderer, c card.Card) (at image.Rectangle) {
	t.Helper()
	plan, err := r.Layout(normal(t, c, card.Square), people{sized{2000, 2000}, nil}, Plan{})
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range plan.Ops {
		if mark, ok := op.(Play); ok {
			at = mark.Rect
		}
	}
	return at
}

// TestLongHeadlinesGrow: a headline of two long lines on a photo is set in three larger ones, unless they would hide a
// face.
func TestLongHeadlinesGrow(t *testing.T) {
	r := renderer(t)
	c := card.Card{
		Headline: "Storm stalls over the west coast and ports prepare for a second night without power",
		Photo:    card.Photo{URL: "https://pictures.example/a.jpg"},
	}
	for name, tt := range map[string]struct {
		faces []focus.Face
		lines int
	}{"nobody": {nil, 3}, "a face above the lines": {[]focus.Face{face(.1, .48, .08, .16)}, 2}} {
		plan, err := r.Layout(normal(t, c, card.OpenGraph), people{sized{2400, 1260}, tt.faces}, Plan{})
		if err != nil {
			t.Fatal(err)
		}
		head, _ := plan.Headline()
		b := head.Block
		if len(b.Lines) != tt.lines || plan.Way != wayOwn {
			t.Errorf("%s: %d lines of %.0f pixels, %s; want %d", name, len(b.Lines), b.SizePx, plan.Way, tt.lines)
		}
	}
}
