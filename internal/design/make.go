package design

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"path"
	"strings"
)

// Brand is what a theme is made from.
type Brand struct {
	Name  string // of the theme: a-z, 0-9 and '-', at most 32 characters
	Color string // the publication's colour: "#rrggbb"
	Font  string // a family for headlines; empty: the main one

	Logo     []byte // empty: the publication's name is shown as text
	LogoFile string // its name, which ends in .svg or .png
}

// Make returns the files of a theme for a publication, by name: NAME.toml and its logos. The theme has all contrasts
// that a theme must have: a colour too light for text on white paper is darkened, and one that is clear on dark paper
// only gets dark paper; a logo that cannot be seen on paper or on photos gets a twin in one colour. The error joins a
// Fault for each thing that is wrong.
func Make(b Brand) (map[string][]byte, error) {
	d := &document{file: b.Name + ".toml"}
	brand, ok := Colour(b.Color)
	if !ok {
		d.fault("color", "is %q, and must be a colour such as \"#1b1a17\"", b.Color)
	}
	if !names().MatchString(b.Name) {
		d.fault("name", "is %q, and must be a-z, 0-9 and -, at most 32 characters", b.Name)
	}
	if err := d.err(); err != nil {
		return nil, err
	}
	t := brandTheme(brand)
	files := map[string][]byte{}
	var toml strings.Builder
	fmt.Fprintf(&toml, "# Made by cards theme new; docs/design.md says what else a theme can have.\n[colors]\n")
	for _, c := range []struct {
		key   string
		value color.NRGBA
		means string
	}{
		{"paper", t.Paper, "background of panels"}, {"ink", t.Ink, "text on paper"},
		{"accent", t.Accent, "rules, badges, quotation marks"}, {"quiet", t.Quiet, "byline and date"},
		{"kicker", t.Kicker, "section"}, {"photo", t.OnPhoto, "text on photos"},
		{"scrim", t.Scrim, "darkens a photo under text"},
	} {
		fmt.Fprintf(&toml, "%-6s = \"%s\" # %s\n", c.key, hexOf(c.value), c.means)
	}
	fonts := ""
	if b.Font != "" {
		fonts = fmt.Sprintf("fonts = [%q]\n", b.Font)
	}
	fmt.Fprintf(&toml, "\n[headline]\n%sweight = 800\n", fonts)
	if len(b.Logo) > 0 {
		if err := t.brandLogo(d, b, files, &toml); err != nil {
			return nil, err
		}
	}
	files[b.Name+".toml"] = []byte(toml.String())
	return files, nil
}

// brandTheme returns the colours of a theme for a brand's colour.
func brandTheme(brand color.NRGBA) *Theme {
	t := &Theme{
		Paper: white, Ink: color.NRGBA{0x12, 0x13, 0x15, 255}, Quiet: color.NRGBA{0x4d, 0x50, 0x55, 255}, Accent: brand,
		OnPhoto: white, Scrim: color.NRGBA{0, 0, 0, 255},
	}
	night := color.NRGBA{0x11, 0x16, 0x1c, 255}
	if Contrast(brand, white) < 2 && Contrast(brand, night) >= MinContrast {
		t.Paper, t.Scrim = night, night
		t.Ink, t.Quiet = color.NRGBA{0xf4, 0xf6, 0xf8, 255}, color.NRGBA{0xb4, 0xbc, 0xc6, 255}
	}
	for Contrast(t.Accent, t.Paper) < MinContrast || Contrast(On(t.Accent), t.Accent) < MinContrast {
		t.Accent = toward(t.Accent, t.Ink)
	}
	t.Kicker = t.Accent
	return t
}

// toward returns a colour that is a thirtieth of the way nearer to another.
func toward(c, to color.NRGBA) color.NRGBA {
	step := func(a, b uint8) uint8 {
		d := int(b) - int(a)
		switch {
		case d == 0:
			return a
		case d > 0:
			return uint8(int(a) + max(1, d/30))
		}
		return uint8(int(a) + min(-1, d/30))
	}
	return color.NRGBA{step(c.R, to.R), step(c.G, to.G), step(c.B, to.B), 255}
}

func hexOf(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// brandLogo adds the logo to the files and to the theme's text, with a twin in one colour for a ground on which it
// cannot be seen.
func (t *Theme) brandLogo(d *document, b Brand, files map[string][]byte, toml *strings.Builder) error {
	logo := &Logo{}
	ending := strings.ToLower(path.Ext(b.LogoFile))
	if err := logo.load(ending, b.Logo); err != nil {
		d.fault("logo", "%s: %v", b.LogoFile, err)
		return d.err()
	}
	onPaper, onPhotos := b.Name+ending, ""
	files[onPaper] = b.Logo
	for _, ground := range []struct {
		paper, ink color.NRGBA
		name       string
		file       *string
	}{
		{t.Paper, t.Ink, b.Name + "-on-paper.png", &onPaper}, {t.Scrim, t.OnPhoto, b.Name + "-on-photos.png", &onPhotos},
	} {
		if logo.contrast(ground.paper) >= leastLogoContrast {
			continue
		}
		twin, err := logo.inOneColour(ground.ink)
		if err != nil {
			d.fault("logo", "%s: %v", b.LogoFile, err)
			return d.err()
		}
		files[ground.name], *ground.file = twin, ground.name
	}
	if _, ok := files[b.Name+"-on-paper.png"]; ok && onPhotos == "" {
		onPhotos = b.Name + ending
	}
	fmt.Fprintf(toml, "\n[logo]\nfile = %q\n", onPaper)
	if onPhotos != "" {
		fmt.Fprintf(toml, "dark = %q # on photos\n", onPhotos)
	}
	fmt.Fprintf(toml, "height = 36\n")
	return nil
}

// twinHeight is the height of a logo in one colour, in pixels: enough for the largest card.
const twinHeight = 256

// inOneColour returns the logo as a PNG in one colour. It is an error if most of it is opaque: then it is a rectangle.
func (l *Logo) inOneColour(ink color.NRGBA) ([]byte, error) {
	from := l.Draw(twinHeight)
	size := from.Bounds()
	out, opaque := image.NewNRGBA(image.Rectangle{Max: size.Size()}), 0
	for y := range size.Dy() {
		for x := range size.Dx() {
			_, _, _, a := from.At(size.Min.X+x, size.Min.Y+y).RGBA()
			out.SetNRGBA(x, y, color.NRGBA{ink.R, ink.G, ink.B, uint8(a >> 8)})
			if a > 0xc000 {
				opaque++
			}
		}
	}
	if opaque*20 > 19*size.Dx()*size.Dy() {
		return nil, errors.New("has a ground of its own: save it with a transparent one")
	}
	var file bytes.Buffer
	err := png.Encode(&file, out)
	return file.Bytes(), err
}
