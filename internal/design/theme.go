package design

import (
	"cmp"
	"image/color"
	"io/fs"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/lazyregexp"
)

// Theme is the look of a newspaper. It is immutable.
type Theme struct {
	Name    string
	Version string // hash of its file and logo; part of a picture's key

	Paper, Ink, Quiet, Accent, Kicker color.NRGBA
	Alarm                             color.NRGBA // of breaking news
	OnPhoto, Scrim                    color.NRGBA // ink on photos, and the scrim under it
	ScrimContrast                     float64     // of text on the scrim, from 4.9 to 12

	Headline, Text, Site, Label Type
	UpperKicker                 bool // the kicker is in capitals
	Rule                        Rule
	Badge                       Badge
	Logo                        *Logo // nil: the site's name is shown as text

	places           map[string]unstable.Position
	sections         map[string]color.NRGBA // lower-case section to accent
	Lang             string                 // BCP 47, of words on cards whose texts do not tell theirs; may be empty
	sites, languages []string               // lower case
}

// Rule is the short rule in the accent colour, in design pixels.
type Rule struct{ Width, Height float64 }

// Badge is the style of badges.
type Badge struct {
	Outline bool    // an outline instead of a filled background
	Corner  float64 // radius in design pixels

	colors map[string]color.NRGBA // by badge; others have the accent
}

// BadgeColor returns the colour of a badge.
func (t *Theme) BadgeColor(badge string) color.NRGBA {
	if c, ok := t.Badge.colors[badge]; ok {
		return c
	}
	return t.Accent
}

// Section returns the theme with the accent of the section, if it has one.
func (t *Theme) Section(kicker string) *Theme {
	accent, ok := t.sections[strings.ToLower(strings.TrimSpace(kicker))]
	if !ok {
		return t
	}
	own := *t
	own.Accent, own.Kicker = accent, accent
	return &own
}

// themeFile is the form of a theme's file.
type themeFile struct {
	Colors struct {
		Paper, Ink, Quiet, Accent, Kicker, Photo, Scrim, Alarm string
	}
	Headline   headlineFile
	Text, Site typeFile
	Kicker     kickerFile
	Rule       struct{ Width, Height float64 }
	Badge      struct {
		Style                                      string
		Corner                                     *float64
		Breaking, Live, Exclusive, Opinion, Update string
	}
	Scrim    struct{ Contrast float64 }
	Logo     *logoFile
	Sections map[string]string
	Defaults struct {
		Sites, Languages []string
		Lang             string
	}
}

// kickerFile is the style of the section.
type kickerFile struct {
	Fonts    []string
	Weight   float64
	Tracking float64
	Case     string
	Figures  string
	Features []string
}

var (
	names       = lazyregexp.New(`^[a-z0-9-]{1,32}$`)
	languageTag = lazyregexp.New(`^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?$`)
)

// readTheme reads one theme. families are the available font families.
func readTheme(dir fs.FS, file string, families []string) (*Theme, error) {
	d := &document{file: file}
	data, err := fs.ReadFile(dir, file)
	if err != nil {
		return nil, &Fault{File: file, Problem: "cannot be read: " + err.Error()}
	}
	t := &Theme{Name: baseName(file)}
	if !names().MatchString(t.Name) {
		d.fault("", "a theme's file is named a-z, 0-9 and -, at most 32 characters, and .toml")
	}
	var f themeFile
	if !d.decode(data, &f) {
		return nil, d.err()
	}
	t.colours(d, &f)
	t.Headline = readType(d, "headline", f.Headline.typeFile, 800, families)
	t.Headline.SmallFamilies = readFamilies(d, "headline.small_fonts", f.Headline.SmallFonts, families)
	t.Text = readType(d, "text", f.Text, 0, families)
	t.Site = readType(d, "site", f.Site, 0, families)
	t.Label = readType(d, "kicker", typeFile{
		Fonts: f.Kicker.Fonts, Weight: f.Kicker.Weight, Tracking: f.Kicker.Tracking, Figures: f.Kicker.Figures,
		Features: f.Kicker.Features,
	}, 0, families)
	if len(f.Kicker.Fonts) == 0 {
		t.Label.Families = t.Text.Families
		t.Label.Figures = cmp.Or(t.Label.Figures, t.Text.Figures)
		t.Label.Features = cmp.Or(t.Label.Features, t.Text.Features)
	}
	d.oneOf("kicker.case", &f.Kicker.Case, "given", "upper")
	t.UpperKicker = f.Kicker.Case == "upper"
	d.within("rule.width", &f.Rule.Width, 44, 8, 400)
	d.within("rule.height", &f.Rule.Height, 4, 1, 24)
	t.Rule = Rule(f.Rule)
	d.oneOf("badge.style", &f.Badge.Style, "solid", "outline")
	t.Badge = Badge{Outline: f.Badge.Style == "outline", Corner: 4}
	if f.Badge.Corner != nil {
		if t.Badge.Corner = *f.Badge.Corner; !(t.Badge.Corner >= 0 && t.Badge.Corner <= 19) {
			d.fault("badge.corner", "is %v, and must be from 0 to 19", t.Badge.Corner)
		}
	}
	t.badgeColours(d, &f)
	d.within("scrim.contrast", &f.Scrim.Contrast, 4.9, 4.9, 12)
	t.ScrimContrast = f.Scrim.Contrast
	var logo []byte
	if f.Logo != nil {
		t.Logo, logo = readLogos(d, dir, *f.Logo)
		t.checkLogo(d)
	}
	t.sites, t.languages = lower(f.Defaults.Sites), lower(f.Defaults.Languages)
	if t.Lang = f.Defaults.Lang; !languageTag().MatchString(t.Lang) {
		d.fault("defaults.lang", "is %q, and must be a language tag such as \"en\" or \"ko-KR\"", t.Lang)
	}
	t.places = d.places
	t.Version = digest(data, logo)
	return t, d.err()
}

func (t *Theme) colours(d *document, f *themeFile) {
	required := []string{"paper", "ink", "accent"}
	read := func(key, s string, fallback color.NRGBA) color.NRGBA {
		if s == "" && !slices.Contains(required, key) {
			return fallback
		}
		c, ok := Colour(s)
		if !ok {
			d.fault("colors."+key, "is %q, and must be a colour such as \"#1b1a17\"", s)
		}
		return c
	}
	t.Paper, t.Ink = read("paper", f.Colors.Paper, color.NRGBA{}), read("ink", f.Colors.Ink, color.NRGBA{})
	t.Accent = read("accent", f.Colors.Accent, color.NRGBA{})
	t.Quiet, t.Kicker = read("quiet", f.Colors.Quiet, t.Ink), read("kicker", f.Colors.Kicker, t.Accent)
	t.OnPhoto = read("photo", f.Colors.Photo, white)
	t.Scrim = read("scrim", f.Colors.Scrim, color.NRGBA{0, 0, 0, 255})
	t.Alarm = read("alarm", f.Colors.Alarm, alarm)
	if len(d.faults) > 0 {
		return
	}
	t.sections = map[string]color.NRGBA{}
	for name, s := range f.Sections {
		c, ok := Colour(s)
		if !ok {
			d.fault("sections."+name, "is %q, and must be a colour such as \"#1b1a17\"", s)
			continue
		}
		t.sections[strings.ToLower(strings.TrimSpace(name))] = c
		d.legible("sections."+name, c, t.Paper, "paper")
	}
	d.legible("colors.ink", t.Ink, t.Paper, "paper")
	if t.Quiet != t.Ink {
		d.legible("colors.quiet", t.Quiet, t.Paper, "paper")
	}
	d.legible("colors.kicker", t.Kicker, t.Paper, "paper")
	d.legible("colors.photo", t.OnPhoto, t.Scrim, "scrim")
	d.legible("colors.accent", On(t.Accent), t.Accent, "the words of a badge")
	d.legible("colors.alarm", On(t.Alarm), t.Alarm, "the words on it")
}

// alarm is the colour of breaking news of themes that set none.
var alarm = color.NRGBA{0xb8, 0x0d, 0x1c, 255}

// badgeColours reads the colours of single badges.
func (t *Theme) badgeColours(d *document, f *themeFile) {
	b := f.Badge
	t.Badge.colors = map[string]color.NRGBA{}
	for i, s := range []string{b.Breaking, b.Live, b.Exclusive, b.Opinion, b.Update} {
		name := card.Badges[i]
		key := "badge." + name
		if s == "" {
			continue
		}
		c, ok := Colour(s)
		if !ok {
			d.fault(key, "is %q, and must be a colour such as \"#1b1a17\"", s)
			continue
		}
		t.Badge.colors[name] = c
		d.legible(key, On(c), c, "the words of a badge")
		if t.Badge.Outline {
			d.legible(key, c, t.Paper, "paper")
		}
	}
}

func (d *document) legible(key string, ink, ground color.NRGBA, on string) {
	if got := Contrast(ink, ground); got < MinContrast {
		d.fault(key, "has a contrast of %.2f:1 with %s, and needs %.1f:1", got, on, MinContrast)
	}
}

func lower(all []string) []string {
	for i := range all {
		all[i] = strings.ToLower(strings.TrimSpace(all[i]))
	}
	return all
}
