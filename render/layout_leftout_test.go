package render

import (
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/card"
)

func TestLeftOut(t *testing.T) {
	r := renderer(t)
	long := strings.TrimSpace(strings.Repeat("Johannes-van-der-Waalsberghe-", 3))
	story := card.Card{Headline: "Tide turns", Caption: "Waves over the old pier", Credit: "Coast News", Byline: "Jane Roe",
		Kicker: "Coast", Site: "The Harbor Post", Date: "2026-11-23"}
	for name, tt := range map[string]struct {
		change func(c *card.Card)
		size   card.Size
		want   []string
	}{
		"all have room":    {func(*card.Card) {}, card.OpenGraph, nil},
		"a long name":      {func(c *card.Card) { c.Byline = long }, card.OpenGraph, []string{"byline"}},
		"many names":       {func(c *card.Card) { c.Byline = "Jo Roe, " + long }, card.OpenGraph, nil},
		"nothing to leave": {func(c *card.Card) { *c = card.Card{Headline: "Tide turns"} }, card.OpenGraph, nil},
	} {
		c := story
		c.Template, c.Theme = "text", "press"
		tt.change(&c)
		plan, err := r.Plan(t.Context(), normal(t, c, tt.size), nil)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(plan.LeftOut, tt.want) {
			t.Errorf("%s: %v, want %v", name, plan.LeftOut, tt.want)
		}
	}
}

// TestSacrificesAreNamed: what was dropped because the headline needs its room is named, if the template shows it.
func TestSacrificesAreNamed(t *testing.T) {
	r := renderer(t)
	c := normal(t, card.Card{Headline: "Tide turns", Byline: "Jane Roe", Kicker: "Coast", Site: "The Harbor Post", Badge: "live",
		Caption: "Waves", Template: "text", Theme: "press"}, card.OpenGraph)
	look, err := r.look(c, false)
	if err != nil {
		t.Fatal(err)
	}
	l := newLayout(r.setter, c, look.theme, look.template, nil)
	for _, role := range sacrifices {
		l.absent[role] = true
	}
	plan, err := l.compose()
	if want := []string{"byline", "kicker", "site", "badge"}; err != nil || !slices.Equal(plan.LeftOut, want) {
		t.Errorf("%v, %v; want %v", plan.LeftOut, err, want)
	}
}

// TestNothingIsLeftOutSilently: what a card shows while all its texts are short, it shows or names when they are long.
func TestNothingIsLeftOutSilently(t *testing.T) {
	r := renderer(t)
	photo := Decoded(photos(900, 600)["coast"])
	short := card.Card{Headline: "Tide turns", Caption: "Waves, at noon", Credit: "Coast", Byline: "Jo Roe", Kicker: "Coast",
		Site: "Harbor Post", Badge: "live"}
	for _, template := range r.Templates() {
		for _, size := range card.Sizes {
			shown := map[string]bool{}
			look, err := r.look(card.Card{Template: template, Size: size.Size}, true)
			if err != nil {
				t.Fatal(err)
			}
			l := layout{template: look.template}
			for _, times := range []int{1, 6, 20} {
				c := short
				c.Template = template
				for _, s := range []*string{&c.Headline, &c.Caption, &c.Byline, &c.Kicker, &c.Site, &c.Credit} {
					*s = strings.TrimSpace(strings.Repeat(*s+" ", min(times, 290/len(*s))))
				}
				plan, err := r.Plan(t.Context(), normal(t, c, size.Size), photo)
				if err != nil {
					t.Fatal(err)
				}
				now, cut := shownTexts(plan.Ops), map[string]bool{}
				for _, op := range plan.Ops {
					if run, ok := op.(Run); ok && run.Block.Truncated {
						cut[run.Role] = true
					}
				}
				for role := range shown {
					if role != "mark" && l.asksFor(role) && !cut[role] && !now[role] && !slices.Contains(plan.LeftOut, role) {
						t.Errorf("%s, %s, texts of %d: the %s is missing, and only %v is named", template, size.Name, times, role, plan.LeftOut)
					}
				}
				for _, role := range plan.LeftOut {
					if now[role] {
						t.Errorf("%s, %s, texts of %d: the %s is shown and named", template, size.Name, times, role)
					}
				}
				if times == 1 {
					shown = now
				}
			}
		}
	}
}
