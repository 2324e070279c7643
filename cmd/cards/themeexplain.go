package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render"
)

type themeExplainCommand struct {
	File        string        `arg:"" help:"The article: the JSON body of its PUT."`
	At          string        `placeholder:"TIME" help:"Explain the card as it is at this time, such as 2027-06-30T00:00:00Z. Default: now."`
	Breaking    time.Duration `default:"6h" help:"As for cards serve."`
	Territories []string      `placeholder:"COUNTRY" help:"As for cards serve. Repeatable."`
	JSON        bool          `name:"json" help:"Print JSON."`

	themeSettings
	fontSettings
}

// ruled is a part of a card, and what gave it.
type ruled struct {
	Part  string `json:"part"`
	Value string `json:"value"` // empty: the card has none
	Rule  string `json:"rule"`
}

// Run prints which rule gave the card of an article what.
func (c themeExplainCommand) Run(std stdio) error {
	now, err := c.now()
	if err != nil {
		return err
	}
	home, err := territoriesOf(c.Territories)
	if err != nil {
		return err
	}
	in, err := readStories(c.File)
	if err != nil {
		return usage(err)
	}
	if len(in.articles) != 1 {
		return usagef("%s: must be one article in JSON", c.File)
	}
	set, err := c.fontSet()
	if err != nil {
		return err
	}
	designs, err := c.designs(set)
	if err != nil {
		return err
	}
	all, err := explain(in.articles[0].article, now, c.Breaking, home, designs.Current(), render.New(set, designs.Current))
	if err != nil {
		return usagef("%s: %s", c.File, oneLine(err))
	}
	return printRuled(std.out, all, c.JSON)
}

func (c themeExplainCommand) now() (time.Time, error) {
	if c.At == "" {
		return time.Now(), nil
	}
	at, err := time.Parse(time.RFC3339, c.At)
	if err != nil {
		return at, usagef("--at: %q must be a time of RFC 3339, such as 2027-06-30T00:00:00Z", c.At)
	}
	return at, nil
}

// explain returns the parts of an article's card, of which life is that of the badge breaking. The article is taken for
// a new one.
func explain(
	a article.Article, now time.Time, life time.Duration, home []string, set *design.Set, r *render.Renderer,
) ([]ruled, error) {
	a.ID = "explained"
	a, err := a.Normalize()
	if err != nil {
		return nil, err
	}
	a = a.Since(nil, now)
	a.Clock = a.At(now, life)
	barred := map[string]article.Bar{}
	shown := a
	for _, b := range advice.BarredIn(a, now, home) {
		if barred[b.Name] = b.Why; b.Name == "portrait" {
			shown.Portrait = article.Photo{}
		} else {
			shown.Photo = article.Photo{}
		}
	}
	c := shown.Card(card.OpenGraph)
	if err := r.Check(c); err != nil {
		return nil, err
	}
	template, theme := r.Look(c)
	drawn := render.WithoutDoubles(c)
	return []ruled{
		{"template", template, templateRule(c)},
		{"theme", theme, set.ThemeRule(c.Theme, c.Site, c.Lang)},
		badgePart(a, drawn),
		kickerPart(c, drawn),
		{"publication", drawn.Site, siteRule(c, drawn)},
		datePart(c),
		photoPart("photo", a.Photo, barred["photo"], r.ShowsPhoto(c)),
		photoPart("portrait", a.Portrait, barred["portrait"], r.ShowsPortrait(c)),
	}, nil
}

func templateRule(c card.Card) string {
	switch name := c.TemplateName(c.Photo.URL != ""); {
	case c.Template != "":
		return "the article names it"
	case name == "quote":
		return "the article has a speaker"
	case name == "opinion":
		return "an opinion with a portrait"
	case name == "video":
		return "a photo, and a length in fields"
	case name == "live":
		return "a live story with a photo and a deck"
	case name == "breaking":
		return "breaking, and no photo"
	case name == "number":
		return "a number in fields, and no photo"
	case name == "photo":
		return "there is a photo; one that does not suit the template may lead to another"
	}
	return "there is no photo"
}

// badgeRules are what the rules of badges mean.
var badgeRules = map[article.BadgeRule]string{
	article.RulePaid: "paid content says so", article.RuleYear: "the story is a year old or more",
	article.RuleOver: "breaking is over", article.RuleOwn: "the article has it",
	article.RuleKind: "by the kind of the story", article.RuleNone: "the article has none, and no rule gives one",
}

func badgePart(a article.Article, drawn card.Card) ruled {
	badge, rule := a.Badged()
	if drawn.Badge == "" && badge != "" {
		return ruled{"badge", "", fmt.Sprintf("%s (%s), but the headline says it", badgeRules[rule], badge)}
	}
	if rule == article.RuleOwn || rule == article.RulePaid || a.Badge == "" {
		return ruled{"badge", drawn.Badge, badgeRules[rule]}
	}
	return ruled{"badge", drawn.Badge, badgeRules[rule] + "; the article's own is " + a.Badge}
}

func kickerPart(c, drawn card.Card) ruled {
	switch {
	case c.Kicker == "":
		return ruled{"kicker", "", "the article has none"}
	case drawn.Kicker == "":
		return ruled{"kicker", "", "the headline or the badge says the same as " + c.Kicker}
	}
	return ruled{"kicker", drawn.Kicker, "the article has it"}
}

func siteRule(c, drawn card.Card) string {
	switch {
	case c.Kind == "paid":
		return "paid content has nothing of the publication's, nor its logo"
	case drawn.Site == "":
		return "the article has none"
	}
	return "the article has it"
}

func datePart(c card.Card) ruled {
	switch {
	case c.Date == "":
		return ruled{"date", "", "the article has no published_at"}
	case c.Time != "":
		return ruled{"date", c.Date + " " + c.Time, "published_at, with the time: the story is breaking or live"}
	}
	return ruled{"date", c.Date, "published_at"}
}

// bars are why a photo is not shown.
var bars = map[article.Bar]string{
	article.BarSocial:    "its rights say that it may not be on social networks",
	article.BarExpired:   "its rights have ended",
	article.BarTerritory: "its rights are for some countries only, which --territories does not say are those of all readers",
}

func photoPart(name string, p article.Photo, why article.Bar, shows bool) ruled {
	switch {
	case p.URL == "":
		return ruled{name, "", "the article has none"}
	case why != article.NoBar:
		return ruled{name, "", bars[why]}
	case !shows:
		return ruled{name, "", "the template has no place for it"}
	}
	return ruled{name, p.URL, "the article has it"}
}

func printRuled(out io.Writer, all []ruled, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(all)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, r := range all {
		value := r.Value
		if value == "" {
			value = "none"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", r.Part, value, r.Rule)
	}
	return w.Flush()
}
