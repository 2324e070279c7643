package render

import (
	"strings"
	"testing"

	"newsroom.example/cards/card"
)

// TestCreditIsNeverCut plans cards with captions and credits of all lengths: the credit is complete in every
// template that shows one.
func TestCreditIsNeverCut(t *testing.T) {
	r := renderer(t)
	photo := Decoded(photos(900, 600)["coast"])
	for _, template := range []string{"photo", "split", "quote"} {
		for _, size := range []card.Size{card.OpenGraph, {W: 800, H: 400}, {W: 1080, H: 1350}} {
			for _, caption := range []string{"", "Waves over the old pier", strings.Repeat("Waves over the old pier ", 30)} {
				for _, credit := range []string{"Coast News", strings.TrimSpace(strings.Repeat("Coast News Photographers Cooperative ", 6))} {
					c, err := card.Card{Headline: "Storm front stalls", Caption: caption, Credit: credit, Template: template, Size: size}.Normalize()
					if err != nil {
						t.Fatal(err)
					}
					plan, err := r.Plan(t.Context(), c, photo)
					if err != nil {
						t.Fatal(err)
					}
					if got := credited(plan); got != strings.ReplaceAll(credit, " ", "") {
						t.Errorf("%s, %v, caption of %d: credited %q", template, size, len(caption), got)
					}
				}
			}
		}
	}
}

// credited returns the credit in a plan, without white space and slash.
func credited(p Plan) string {
	var all strings.Builder
	for _, op := range p.Ops {
		if run, ok := op.(Run); ok {
			for _, l := range run.Block.Lines {
				for _, f := range l.Fragments {
					if f.Tail {
						all.WriteString(strings.NewReplacer(" ", "", "/", "").Replace(f.Text))
					}
				}
			}
		}
	}
	return all.String()
}
