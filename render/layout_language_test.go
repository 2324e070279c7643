package render

import (
	"image"
	"image/color"
	"testing"
	"testing/fstest"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
)

// ownDesigns returns a renderer with a newsroom's theme "a", with further keys, and template "a".
func ownDesigns(t *testing.T, theme, template string) *Renderer {
	t.Helper()
	r := renderer(t)
	const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path d="M0 0h18v10H0zM22 0h18v10H22z" fill="`
	own, err := r.designs().With(fstest.MapFS{
		"a.toml":   {Data: []byte("[colors]\npaper = \"#ffffff\"\nink = \"#111111\"\naccent = \"#b00020\"\nalarm = \"#8a0f00\"\n" + theme)},
		"dark.svg": {Data: []byte(mark + "#300008\"/></svg>")}, "light.svg": {Data: []byte(mark + "#ffd7d7\"/></svg>")},
		"templates/a.toml": {Data: []byte(template)},
	}, families(t))
	if err != nil {
		t.Fatal(err)
	}
	r.designs = func() *design.Set { return own }
	return r
}

func planned(t *testing.T, r *Renderer, c card.Card, size card.Size, photo image.Image) Plan {
	t.Helper()
	c.Theme, c.Template = "a", "a"
	plan, err := r.Plan(t.Context(), normal(t, c, size), decodedOnce(photo))
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// runOf returns the text of a role, and whether the plan has it.
func runOf(p Plan, role string) (Run, bool) {
	for _, op := range p.Ops {
		if run, ok := op.(Run); ok && run.Role == role {
			return run, true
		}
	}
	return Run{}, false
}

// TestAlign: text is at the left, in the middle or at the right of its area, line by line, and mirrored in a card that is
// written from right to left.
func TestAlign(t *testing.T) {
	const headline = "Storm front stalls over the west coast as harbor towns brace for a second night"
	const arabic = "العاصفة تغلق الموانئ و3200 شخص يغادرون منازلهم قبل الليلة الثانية من الرياح"
	for _, tt := range []struct{ align, headline, lang, at string }{
		{"start", headline, "en", "left"}, {"center", headline, "en", "middle"}, {"end", headline, "en", "right"},
		{"start", arabic, "ar", "right"}, {"center", arabic, "ar", "middle"}, {"end", arabic, "ar", "left"},
	} {
		r := ownDesigns(t, "", "[[stack]]\narea = \"card\"\nalign = \""+tt.align+"\"\nitems = [ { text = \"headline\", steps = [[62, 4]] } ]\n")
		run, ok := runOf(planned(t, r, card.Card{Headline: tt.headline, Lang: tt.lang}, card.OpenGraph, nil), "headline")
		if !ok || len(run.Block.Lines) < 2 {
			t.Fatalf("%s: %d lines", tt.align, len(run.Block.Lines))
		}
		for i, line := range run.Block.Lines {
			x, _ := run.line(i)
			left, right := x, 1200-x-line.WidthPx
			at := "between"
			switch {
			case left < 66 && left > 62:
				at = "left"
			case right < 66 && right > 62:
				at = "right"
			case left-right < 3 && right-left < 3:
				at = "middle"
			}
			if at != tt.at {
				t.Errorf("%s in %s: line %d is %s, %.0f from the left and %.0f from the right", tt.align, tt.lang, i, at, left, right)
			}
		}
	}
}

// TestOwnFieldsOnCards: a template shows the newsroom's own texts, fixed words and a colour of its own.
func TestOwnFieldsOnCards(t *testing.T) {
	r := ownDesigns(t, "[kicker]\ncase = \"upper\"\n", `[[fill]]
area = "card"
color = "#112233"
[[stack]]
area = "card"
ink = "#fedcba"
items = [
  { text = "fields.score", steps = [[240, 1], [62, 1]] },
  { words = "Full time", size = 20 },
  { text = "kicker", size = 20 },
  { left = "time", right = "fields.place", size = 20 },
  { text = "headline", steps = [[50, 3]] },
]
`)
	plan := planned(t, r, card.Card{
		Headline: "Harbor win", Fields: map[string]string{"score": "3–0", "place": "Pier 4"}, Kicker: "izmir", Lang: "tr", Time: "21:40",
	}, card.OpenGraph, nil)
	for role, want := range map[string]string{
		"fields.score": "3–0", "words": "Full time", "kicker": "İZMİR", "time": "21:40", "fields.place": "Pier 4", "headline": "Harbor win",
	} {
		run, ok := runOf(plan, role)
		if !ok || run.Block.Lines[0].Text != want || run.Ink != (color.NRGBA{0xfe, 0xdc, 0xba, 255}) {
			t.Errorf("%s: %t %+v", role, ok, run)
		}
	}
	if fill, ok := plan.Ops[0].(Fill); !ok || fill.Color != (color.NRGBA{0x11, 0x22, 0x33, 255}) {
		t.Errorf("the card is %v", plan.Ops[0])
	}
	if run, _ := runOf(plan, "fields.score"); run.Block.SizePx < 230 {
		t.Errorf("the score is at %v px", run.Block.SizePx)
	}
}

// TestConditions: each condition of a template is true for the cards that have it, and false for others.
func TestConditions(t *testing.T) {
	base := card.Card{Headline: "Ferries sail again", Lang: "en"}
	for when, tt := range map[string]struct {
		change func(c *card.Card)
		size   card.Size
	}{
		"story":        {func(*card.Card) {}, card.Story},
		"kakao":        {func(*card.Card) {}, card.Kakao},
		"opinion":      {func(c *card.Card) { c.Kind = "opinion" }, card.OpenGraph},
		"live":         {func(c *card.Card) { c.Badge = "live" }, card.OpenGraph},
		"breaking":     {func(c *card.Card) { c.Badge = "breaking" }, card.OpenGraph},
		"lang.ko":      {func(c *card.Card) { c.Headline, c.Lang = "여객선 운항 재개", "" }, card.OpenGraph},
		"rtl":          {func(c *card.Card) { c.Headline, c.Lang = "العاصفة تغلق الموانئ", "" }, card.OpenGraph},
		"fields.score": {func(c *card.Card) { c.Fields = map[string]string{"score": "1"} }, card.OpenGraph},
		"deck":         {func(c *card.Card) { c.Deck = "From Monday on" }, card.OpenGraph},
		"speaker":      {func(c *card.Card) { c.Speaker = "The master" }, card.OpenGraph},
	} {
		r := ownDesigns(t, "", "[[stack]]\narea = \"card\"\nitems = [ { words = \"yes\", when = \""+when+
			"\" }, { words = \"no\", when = \"!"+when+"\" }, { text = \"headline\", steps = [[31, 3]] } ]\n")
		c := base
		tt.change(&c)
		for want, plan := range map[string]Plan{
			"yes": planned(t, r, c, tt.size, nil), "no": planned(t, r, base, card.Square, nil),
		} {
			if run, _ := runOf(plan, "words"); len(run.Block.Lines) != 1 || run.Block.Lines[0].Text != want {
				t.Errorf("%s: want %s, %+v", when, want, run.Block.Lines)
			}
		}
	}
}

// TestLogosAndBadges: the logo for dark grounds is on photos, at the end of its row if the theme says so, and a badge has
// its own colour.
func TestLogosAndBadges(t *testing.T) {
	const template = `[[picture]]
area = "card"
when = "photo"
[[stack]]
area = "card"
at = "top"
ink = "photo"
when = "photo"
items = [ { logo = true } ]
[[stack]]
area = "card"
at = "top"
when = "!photo"
items = [ { text = "site", size = 26 } ]
[[stack]]
area = "card"
at = "bottom"
items = [ { label = true }, { text = "headline", gap = 20, steps = [[50, 2]] } ]
`
	r := ownDesigns(t, "[badge]\nlive = \"#006400\"\n[logo]\nfile = \"dark.svg\"\ndark = \"light.svg\"\nat = \"end\"\n", template)
	c := card.Card{Headline: "Ferries sail again", Badge: "live", Site: "The Harbor Post"}
	theme, _ := r.designs().Theme("a", "", "")
	for _, photo := range []image.Image{photos(900, 600)["coast"], nil} {
		want := theme.Logo
		if photo != nil {
			want = theme.Logo.Dark
		}
		logos, badges := 0, 0
		for _, op := range planned(t, r, c, card.OpenGraph, photo).Ops {
			switch op := op.(type) {
			case Logo:
				if logos++; op.Logo != want || op.Rect.Max.X != 1200-64 {
					t.Errorf("with a photo %t: the logo is at %v, the dark one %t", photo != nil, op.Rect, op.Logo == theme.Logo.Dark)
				}
			case Badge:
				if badges++; op.Color != (color.NRGBA{0, 0x64, 0, 255}) {
					t.Errorf("the badge is %v", op.Color)
				}
			}
		}
		if logos != 1 || badges != 1 {
			t.Errorf("%d logos, %d badges", logos, badges)
		}
	}
}

// TestRound: a round picture is a circle of the photo in its area, on the colour under it.
func TestRound(t *testing.T) {
	r := ownDesigns(t, "", `[[area]]
name = "portrait"
left = 0.5
top = 0.2
bottom = 0.8
[[fill]]
area = "card"
color = "#00ff00"
[[picture]]
area = "portrait"
shape = "round"
when = "photo"
[[stack]]
area = "card"
items = [ { text = "headline", steps = [[31, 3]] } ]
`)
	red := image.NewRGBA(image.Rect(0, 0, 600, 400))
	for i := 0; i < len(red.Pix); i += 4 {
		red.Pix[i], red.Pix[i+3] = 255, 255
	}
	c := normal(t, card.Card{Headline: "Ferries", Theme: "a", Template: "a"}, card.OpenGraph)
	d := drawn(t, r, c, red)
	defer d.Release()
	middle, radius := image.Pt(900, 315), 189
	for y := 130; y < 500; y += 3 {
		for x := 605; x < 1195; x += 3 {
			dx, dy := x-middle.X, y-middle.Y
			far := dx*dx + dy*dy
			got := d.Image.RGBAAt(x, y)
			switch {
			case far < (radius-2)*(radius-2) && (got.R < 250 || got.G > 5):
				t.Fatalf("in the circle, %d,%d is %v", x, y, got)
			case far > (radius+2)*(radius+2) && (got.G < 250 || got.R > 5):
				t.Fatalf("around the circle, %d,%d is %v", x, y, got)
			}
		}
	}
}
