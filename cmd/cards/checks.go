package main

import (
	"fmt"
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
	}}
}

// checksOf returns what the checks find in a card that was planned in one size.
func checksOf(s advice.Story, plan render.Plan, photo render.Photo) ([]article.Warning, error) {
	figures, err := pictures.Measure(plan, photo)
	if err != nil {
		return nil, err
	}
	size := card.Size{W: plan.Width, H: plan.Height}
	found := advice.OfCards(s, []advice.Drawn{{Size: size, Label: size.String(), Figures: figures}})
	return append([]article.Warning{}, advice.Warnings(append(found, advice.OfStory(s)...))...), nil
}

// checksAnswer is the output of render --checks.
type checksAnswer struct {
	Warnings []article.Warning `json:"warnings"`
}

// warn prints what the checks find in a card, by the names of flags.
func warn(std stdio, s advice.Story, plan render.Plan, photo render.Photo) error {
	all, err := checksOf(s, plan, photo)
	for _, w := range all {
		fmt.Fprintf(std.err, "cards: warning: %s%s\n", flagOf(w.Field), w.Message)
	}
	return err
}

// flagOf returns the flag of a field before a message, or "".
func flagOf(field string) string {
	if field == "" {
		return ""
	}
	if field == "photo.url" {
		field = "photo"
	}
	return "--" + strings.ReplaceAll(strings.TrimPrefix(field, "photo."), "_", "-") + ": "
}

// warnOfHTML prints a warning for each flag whose text is decoded from HTML.
func warnOfHTML(std stdio, fields []string) {
	for _, field := range fields {
		fmt.Fprintf(std.err, "cards: warning: --%s: %s\n", field, clean.Warning)
	}
}
