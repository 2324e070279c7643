package design

import "image/color"

// Pairing holds the colours of text on a photo, and of the scrim under it.
type Pairing struct {
	Ink    color.NRGBA
	Accent color.NRGBA // the theme's accent if it has MinContrast on the scrim, else the ink
	Scrim  color.NRGBA
}

// OwnPairing returns the theme's pairing: light ink on a dark scrim, unless its file defines another.
func (t *Theme) OwnPairing() Pairing { return t.pairing(t.OnPhoto, t.Scrim) }

// OtherPairing returns the opposite of the theme's own pairing, from its paper and ink: if the own ink is
// light, the darker of the two becomes the ink, and the lighter the scrim.
func (t *Theme) OtherPairing() Pairing {
	dark, light := t.Ink, t.Paper
	if brightness(dark) > brightness(light) {
		dark, light = light, dark
	}
	if brightness(t.OnPhoto) >= brightness(t.Scrim) {
		return t.pairing(dark, light)
	}
	return t.pairing(light, dark)
}

func (t *Theme) pairing(ink, scrim color.NRGBA) Pairing {
	p := Pairing{Ink: ink, Accent: ink, Scrim: scrim}
	if Contrast(t.Accent, scrim) >= MinContrast {
		p.Accent = t.Accent
	}
	return p
}

func brightness(c color.NRGBA) float64 { return Luminance(c.R, c.G, c.B) }
