package design

import "image/color"

// Pairing is the colours of words on a photo and of the scrim that lies between the two.
type Pairing struct {
	Ink    color.NRGBA
	Accent color.NRGBA // the theme's where it has MinContrast to the scrim, else the ink
	Scrim  color.NRGBA
}

// OwnPairing is the pairing that the theme names: light ink on a dark scrim, unless its file says
// otherwise.
func (t *Theme) OwnPairing() Pairing { return t.pairing(t.OnPhoto, t.Scrim) }

// OtherPairing is the opposite of the theme's own, of its paper and ink: where the own ink is the
// light one, the darker of the two is the ink here, and the lighter the scrim.
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
