package render

import (
	"image"
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/card"
)

// TestShown: a plan names the fields whose texts it shows, whatever rows they share.
func TestShown(t *testing.T) {
	r := renderer(t)
	story := card.Card{Headline: "“Tide turns”", Deck: "The harbor opens.", Caption: "Waves", Credit: "Coast News",
		Byline: "Jane Roe", Kicker: "Coast", Badge: "live", Site: "The Harbor Post", Date: "2026-11-23", Time: "09:30",
		Speaker: "The harbor master", SpeakerRole: "on Monday", Fields: map[string]string{"number": "3.5 %", "length": "2:31"}}
	photo := Decoded(image.NewRGBA(image.Rect(0, 0, 1200, 800)))
	for _, tt := range []struct {
		template string
		photo    Photo
		want     string
	}{
		{"text", nil, "badge kicker headline deck site byline date"},
		{"breaking", nil, "badge time kicker headline deck site byline date"},
		{"number", nil, "badge kicker fields.number headline site byline date"},
		{"quote", photo, "badge kicker headline speaker speaker_role site credit"},
		{"photo", photo, "site badge kicker headline caption credit"},
		{"split", photo, "site badge kicker time headline byline date caption credit"},
		{"live", photo, "site badge kicker headline time deck credit"},
		{"video", photo, "site badge kicker headline fields.length credit"},
		{"audio", photo, "site badge kicker headline fields.length byline date credit"},
		{"opinion", photo, "badge kicker byline headline deck site date credit"},
		{"strip", photo, "site badge kicker headline caption credit"},
		{"plain", photo, "site credit"},
	} {
		c := story
		c.Template, c.Theme, c.Photo.URL, c.Photo.Focal = tt.template, "press", "upload:0123456789abcdef", &card.Focal{X: .5, Y: .5}
		plan, err := r.Plan(t.Context(), normal(t, c, card.OpenGraph), tt.photo, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, want := plan.Shown(), strings.Fields(tt.want)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", tt.template, got, want)
		}
		if (plan.LooksAt != nil) != (tt.photo != nil) {
			t.Errorf("%s: looks at %v", tt.template, plan.LooksAt)
		}
	}
}
