package advice_test

import (
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/render"
)

// TestSamples: the checks find nothing in ordinary stories, in any script, and what is wrong in the extreme ones.
func TestSamples(t *testing.T) {
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	designs, err := design.Builtin(set.Families())
	if err != nil {
		t.Fatal(err)
	}
	r := render.New(set, func() *design.Set { return designs })
	scenes := map[string]render.Photo{}
	for _, s := range sample.Scenes {
		scenes[s.Name] = render.Decoded(s.Draw(1200, 800))
	}
	for _, theme := range r.Themes() {
		for _, story := range sample.Stories {
			a := ofSample(story)
			a.Theme = theme
			found, err := pictures.Sketch(t.Context(), r, a.Card(card.OpenGraph), scenes[story.Photo])
			if err != nil {
				t.Fatal(err)
			}
			s := advice.Story{Article: a}
			var got []string
			for _, w := range advice.Warnings(slices.Concat(advice.OfCards(s, advice.InSizes(found)), advice.OfStory(s))) {
				got = append(got, w.Code+" "+w.Field)
			}
			switch all := strings.Join(got, ", "); {
			case story.Name == "long" && strings.HasPrefix(all, "headline_cut headline, caption_cut caption"):
			case story.Name == "long" || all != "":
				t.Errorf("%s in %s: %q", story.Name, theme, all)
			}
		}
	}
}

// ofSample returns a sample as the article of a newsroom that gives everything.
func ofSample(s sample.Story) article.Article {
	c := s.Card
	a := article.Article{URL: "https://news.example/" + s.Name, Headline: c.Headline, Caption: c.Caption, Credit: c.Credit,
		Byline: c.Byline, Kicker: c.Kicker, Site: c.Site, Lang: c.Lang, Badge: c.Badge, Template: c.Template}
	if s.Photo != "" {
		a.Photo = article.Photo{URL: "https://pictures.example/" + s.Photo, Alt: "A picture"}
		a.Credit = "Coast News"
	}
	return a
}
