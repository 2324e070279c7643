package design

import (
	"image/color"
	"testing"
)

// TestPairings: every theme has an ink for dark photos and one for bright ones, legible on its scrim.
func TestPairings(t *testing.T) {
	set, err := Builtin(families)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range set.Themes() {
		theme, _ := set.Theme(name, "", "")
		own, other := theme.OwnPairing(), theme.OtherPairing()
		for which, p := range map[string]Pairing{"own": own, "other": other} {
			if got := min(Contrast(p.Ink, p.Scrim), Contrast(p.Accent, p.Scrim)); got < MinContrast {
				t.Errorf("%s, %s: %.2f:1", name, which, got)
			}
		}
		if brightness(own.Ink) < brightness(own.Scrim) || brightness(other.Ink) > brightness(other.Scrim) {
			t.Errorf("%s: light ink first, then dark: %v %v", name, own, other)
		}
		turned := *theme
		turned.OnPhoto, turned.Scrim = other.Ink, other.Scrim // a theme whose own ink on photos is dark
		if back := turned.OtherPairing(); brightness(back.Ink) <= brightness(back.Scrim) {
			t.Errorf("%s, turned round: dark ink again: %v", name, back)
		}
	}
}

func TestAccentOfAPairing(t *testing.T) {
	red := Theme{Paper: white, Ink: black, Accent: color.NRGBA{0xd6, 0, 0x1c, 255}, OnPhoto: white, Scrim: color.NRGBA{A: 255}}
	if own := red.OwnPairing(); own.Accent != white {
		t.Errorf("red on black is faint, and yet the accent is %v", own.Accent)
	}
	if other := red.OtherPairing(); other.Accent != red.Accent {
		t.Errorf("red stands out on white, and yet the accent is %v", other.Accent)
	}
}
