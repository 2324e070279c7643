package design

import (
	"fmt"
	"image/color"
	"math"
	"strings"
	"testing"

	"newsroom.example/cards/card"
)

// TestThemeLanguage reads a theme that uses what a theme can say beyond its three colours.
func TestThemeLanguage(t *testing.T) {
	s, err := builtinSet(t).With(files(map[string]string{
		"a.toml": colors + "alarm = \"#8a0f00\"\n[badge]\nlive = \"#006400\"\n[kicker]\ncase = \"upper\"\ntracking = 0.06\n" +
			"[logo]\nfile = \"dark.svg\"\ndark = \"light.svg\"\nat = \"end\"\n",
		"dark.svg": strings.Replace(mark, "#b00020", "#300008", 1), "light.svg": strings.Replace(mark, "#b00020", "#ffd7d7", 1),
	}), families)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := s.Theme("a", "", "")
	if a.Alarm != (color.NRGBA{0x8a, 0x0f, 0, 255}) || a.BadgeColor("live") != (color.NRGBA{0, 0x64, 0, 255}) || a.BadgeColor("update") != a.Accent {
		t.Errorf("alarm %v, live %v, update %v", a.Alarm, a.BadgeColor("live"), a.BadgeColor("update"))
	}
	if !a.UpperKicker || a.Label.TrackingEm != 0.06 || a.Label.Families != a.Text.Families {
		t.Errorf("the section's style is %+v, upper %t", a.Label, a.UpperKicker)
	}
	if a.Logo.At != "end" || a.Logo.On(a.Ink) != a.Logo || a.Logo.On(a.OnPhoto) != a.Logo.Dark || a.Logo.Dark == nil {
		t.Errorf("logo %+v", a.Logo)
	}
}

// TestLogoSeen refuses a logo that cannot be seen on paper or on photos, and says what to give.
func TestLogoSeen(t *testing.T) {
	for ink, want := range map[string]string{
		"#b00020": "", "#4a0007": "logo.file: has a contrast of", "#fffafa": "logo.file: has a contrast of 1.0:1 with paper",
	} {
		_, err := builtinSet(t).With(files(map[string]string{
			"a.toml": colors + "[logo]\nfile = \"l.svg\"\n", "l.svg": strings.Replace(mark, "#b00020", ink, 1),
		}), families)
		if got := fmt.Sprint(err); want == "" && err != nil || !strings.Contains(got, want) {
			t.Errorf("%s: %v", ink, err)
		}
		if ink == "#4a0007" && !strings.Contains(fmt.Sprint(err), "give a light one as logo.dark") {
			t.Errorf("no hint: %v", err)
		}
	}
	_, err := builtinSet(t).With(files(map[string]string{
		"a.toml": colors + "[logo]\nfile = \"l.svg\"\n",
		"l.svg":  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><text x="0" y="9">Post</text></svg>`,
	}), families)
	if !strings.Contains(fmt.Sprint(err), "convert it to paths") {
		t.Errorf("text in a logo: %v", err)
	}
}

// TestEveryBadgeHasAColour: each of the card's badges can have a colour of its own.
func TestEveryBadgeHasAColour(t *testing.T) {
	for _, badge := range card.Badges {
		s, err := builtinSet(t).With(files(map[string]string{"a.toml": colors + "[badge]\n" + badge + " = \"#123456\"\n"}), families)
		if err != nil {
			t.Fatal(err)
		}
		a, _ := s.Theme("a", "", "")
		if got := a.BadgeColor(badge); got != (color.NRGBA{0x12, 0x34, 0x56, 255}) {
			t.Errorf("%s is %v", badge, got)
		}
	}
}

// TestTight: the tightness grows evenly between the sizes of the scale, and stays within its range.
func TestTight(t *testing.T) {
	for size, want := range map[int]float64{24: -1, 31: -1, 62: 0, 66: 1.0 / 12, 70: 1.0 / 6, 123: 1, 240: 1} {
		if got := Tight(size); math.Abs(got-want) > 1e-9 {
			t.Errorf("%d: %v, want %v", size, got, want)
		}
	}
	for size := 25; size <= 240; size++ {
		if Tight(size) < Tight(size-1) {
			t.Errorf("%d is less tight than %d", size, size-1)
		}
	}
}

// TestBrokenLanguage: what a template cannot say is refused with the key and what there is.
func TestBrokenLanguage(t *testing.T) {
	for row, want := range map[string]string{
		`{ text = "kicker+time", size = 20 }`: "", `{ text = "fields.score", steps = [[240, 1]] }`: "", `{ words = "Live blog" }`: "",
		`{ logo = true }`: "", `{ play = true, size = 80, ink = "#c8102e" }`: "", `{ text = "deck", when = "story opinion lang.ko !rtl" }`: "",
		`{ play = true, steps = [[70, 1]] }`: "a text has steps or a size", `{ text = "deck", size = 20, steps = [[70, 1]] }`: "a text has steps or a size",
		`{ text = "deck", ink = "red" }`: "must be a colour such as", `{ text = "deck", when = "sunday" }`: `"sunday" is no condition`,
	} {
		data := strings.Replace(headline, "{ text", row+", { text", 1)
		_, err := builtinSet(t).With(files(map[string]string{"templates/b.toml": data}), families)
		if got := fmt.Sprint(err); want == "" && err != nil || !strings.Contains(got, want) && want != "" {
			t.Errorf("%s: %v", row, err)
		}
	}
}

// TestSmallFonts reads the families for small headlines, which only the headline has.
func TestSmallFonts(t *testing.T) {
	s, err := builtinSet(t).With(files(map[string]string{
		"a.toml": colors + "[headline]\nfonts = [\"Noto Serif Display\"]\nsmall_fonts = [\"Noto Serif\", \"Noto Serif Thai\"]\n",
	}), families)
	if err != nil {
		t.Fatal(err)
	}
	if a, _ := s.Theme("a", "", ""); a.Headline.SmallFamilies != "Noto Serif,Noto Serif Thai" || a.Headline.Families != "Noto Serif Display" {
		t.Errorf("%+v", a.Headline)
	}
	for text, want := range map[string]string{
		"[headline]\nsmall_fonts = [\"Noto Serif\", \"Didot\"]\n": `headline.small_fonts: "Didot" (number 2) is no family here`,
		"[site]\nsmall_fonts = [\"Noto Serif\"]\n":                "site.small_fonts: is not known here",
	} {
		if _, err := builtinSet(t).With(files(map[string]string{"a.toml": colors + text}), families); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
