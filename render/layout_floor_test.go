package render

import (
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/sample"
)

// TestReadableInAFeed: at 500 pixels, the width of a feed, the small letters of a headline are at least 9 pixels high in
// the sizes that feeds show; they are about half of the type's size.
func TestReadableInAFeed(t *testing.T) {
	r := renderer(t)
	for _, template := range r.Templates() {
		for _, story := range sample.Stories {
			for _, size := range []card.Size{card.OpenGraph, card.Twitter, card.Kakao, card.Square, card.Portrait, card.Story} {
				c := story.Card
				c.Template = template
				plan, err := r.Layout(normal(t, c, size), sized{1200, 800}, Plan{})
				if err != nil {
					t.Fatal(err)
				}
				run, ok := runOf(plan, "headline")
				if !ok {
					continue // plain shows none
				}
				if px := run.Block.SizePx * 500 / float64(size.W) / 2; px < 8.9 {
					t.Errorf("%s, %s, %s: letters of %.1f px", template, story.Name, size, px)
				}
			}
		}
	}
}
