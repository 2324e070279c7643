package render

import "image/color"

// Theme is a newspaper's look.
type Theme struct {
	Name   string
	Paper  color.NRGBA // ground of type without a photo
	Ink    color.NRGBA // headline on paper
	Quiet  color.NRGBA // byline, date and caption on paper
	Accent color.NRGBA // rules and badges
	Kicker color.NRGBA // kicker on paper
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}

var (
	white = rgb(0xffffff)
	black = rgb(0x111111)
)

// builtin are the themes that come with the service, the default first. A test holds each
// colour to a contrast of 4.5:1 with what it stands on.
var builtin = []Theme{
	{Name: "press", Paper: rgb(0xffffff), Ink: rgb(0x111111), Quiet: rgb(0x4a4a4a), Accent: rgb(0xd6001c), Kicker: rgb(0xd6001c)},
	{Name: "ledger", Paper: rgb(0xfaf6ee), Ink: rgb(0x1b1a17), Quiet: rgb(0x57524a), Accent: rgb(0x8c1d18), Kicker: rgb(0x8c1d18)},
	{Name: "signal", Paper: rgb(0x0e1b2c), Ink: rgb(0xf4f7fb), Quiet: rgb(0xb9c4d2), Accent: rgb(0xffc83d), Kicker: rgb(0xffc83d)},
}

// on is the ink, white or black, that stands out more on the ground.
func on(ground color.NRGBA) color.NRGBA {
	if ratio(white, ground) >= ratio(black, ground) {
		return white
	}
	return black
}

// hairline is the ink, thinned, for a rule on paper.
func (t Theme) hairline() color.NRGBA {
	c := t.Ink
	c.A = 64
	return c
}

// Themes are the names of the themes, the default first.
func (r *Renderer) Themes() []string {
	var names []string
	for _, t := range builtin {
		names = append(names, t.Name)
	}
	return names
}
