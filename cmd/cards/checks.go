package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/render"
)

// storyOfCard returns what is checked of a card that belongs to no page.
func storyOfCard(c card.Card, html []string) advice.Story {
	return advice.Story{CardOnly: true, HTML: html, Article: article.Article{
		Headline: c.Headline, Caption: c.Caption, Credit: c.Credit, Byline: c.Byline, Kicker: c.Kicker, Site: c.Site,
		Lang: c.Lang, Badge: c.Badge, Template: c.Template, Theme: c.Theme, Photo: article.Photo{URL: c.Photo.URL},
		Deck: c.Deck, Speaker: c.Speaker, SpeakerRole: c.SpeakerRole, Kind: c.Kind, Fields: c.Fields,
	}}
}

// checksInSizes returns what the checks find in a card in all named sizes, and in its own if that has no name.
func checksInSizes(
	ctx context.Context, s advice.Story, r *render.Renderer, c card.Card, photo, portrait render.Photo,
) ([]article.Warning, error) {
	measure := func(size card.Size) (pictures.Figures, error) {
		c.Size = size
		plan, err := r.Plan(ctx, c, photo, portrait)
		if err != nil {
			return pictures.Figures{}, err
		}
		return pictures.Measure(plan, photo)
	}
	own := c.Size
	var named []pictures.Figures
	for _, n := range card.Sizes {
		figures, err := measure(n.Size)
		if err != nil {
			return nil, err
		}
		named = append(named, figures)
	}
	drawn := advice.InSizes(named)
	if !own.Named() {
		figures, err := measure(own)
		if err != nil {
			return nil, err
		}
		drawn = append(drawn, advice.Drawn{Size: own, Label: own.String(), Figures: figures})
	}
	return checksOf(s, drawn), nil
}

// checksOf returns what the checks find in a story and in its cards.
func checksOf(s advice.Story, drawn []advice.Drawn) []article.Warning {
	found := advice.OfCards(s, drawn)
	return append([]article.Warning{}, advice.Warnings(append(found, advice.OfStory(s)...))...)
}

// checksAnswer is the output of render --checks.
type checksAnswer struct {
	Warnings []article.Warning `json:"warnings"`
}

// plannedCodes are the codes of checks whose findings a printed plan has as warnings of its own.
var plannedCodes = []string{"missing_glyph", "low_contrast"}

// warn prints what the checks find in a card in one size, by the names of flags, without the codes that are said
// already.
func warn(std stdio, s advice.Story, plan render.Plan, photo render.Photo, said ...string) error {
	figures, err := pictures.Measure(plan, photo)
	if err != nil {
		return err
	}
	size := card.Size{W: plan.Width, H: plan.Height}
	for _, w := range checksOf(s, []advice.Drawn{{Size: size, Label: size.String(), Figures: figures}}) {
		if !slices.Contains(said, w.Code) {
			fmt.Fprintf(std.err, "cards: warning: %s%s\n", flagOf(w.Field), w.Message)
		}
	}
	return nil
}

// flagOf returns the flag of a field before a message, or "".
func flagOf(field string) string {
	if field == "" {
		return ""
	}
	if field == "photo.url" {
		field = "photo"
	}
	if field == "portrait.url" {
		field = "portrait"
	}
	return "--" + strings.ReplaceAll(strings.TrimPrefix(field, "photo."), "_", "-") + ": "
}

// warnOfHTML prints a warning for each flag whose text is decoded from HTML.
func warnOfHTML(std stdio, fields []string) {
	for _, field := range fields {
		fmt.Fprintf(std.err, "cards: warning: --%s: %s\n", field, clean.Warning)
	}
}
