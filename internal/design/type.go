package design

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"newsroom.example/cards/internal/lazyregexp"
)

// Type is the font of a role.
type Type struct {
	Families   string // separated by commas; empty: the main one
	Weight     int    // on the CSS scale
	TrackingEm float64
	LeadingEm  float64 // both are added to the script's defaults
	Figures    string  // OpenType features of figures, such as "lnum tnum"; empty: as the font has them
	Features   string  // other OpenType features, such as "ss01 salt=2"; of Families and SmallFamilies only

	// SmallFamilies are used instead of Families for headlines below SmallPx design pixels, on photos, and beside letters
	// that both draw alike; empty: Families are always used.
	SmallFamilies string
}

// SmallPx is the size in design pixels below which a headline is set in a theme's small fonts.
const SmallPx = 70

type typeFile struct {
	Fonts             []string
	Weight            float64
	Tracking, Leading float64
	Figures           string
	Features          []string
}

type headlineFile struct {
	typeFile
	SmallFonts []string `toml:"small_fonts"`
}

func readType(d *document, key string, f typeFile, weight float64, families []string) Type {
	if f.Weight != 0 || weight != 0 {
		d.within(key+".weight", &f.Weight, weight, 100, 1000)
	}
	d.within(key+".tracking", &f.Tracking, 0, -0.1, 0.1)
	d.within(key+".leading", &f.Leading, 0, -0.2, 0.5)
	return Type{
		Families: readFamilies(d, key+".fonts", f.Fonts, families), Weight: int(f.Weight),
		TrackingEm: f.Tracking, LeadingEm: f.Leading,
		Figures: readFigures(d, key+".figures", f.Figures), Features: readFeatures(d, key+".features", f.Features),
	}
}

// figures are the words for the forms of figures, two of which exclude each other, and their OpenType features.
var figures = []struct{ word, other, tag string }{
	{"proportional", "tabular", "pnum"}, {"tabular", "proportional", "tnum"},
	{"lining", "old-style", "lnum"}, {"old-style", "lining", "onum"},
}

// readFigures returns the features of the words, which are separated by spaces.
func readFigures(d *document, key, words string) string {
	var tags, given []string
	for word := range strings.FieldsSeq(words) {
		known := false
		for _, f := range figures {
			if f.word == word && !slices.Contains(given, f.other) {
				known, tags = true, append(tags, f.tag)
			}
		}
		if given = append(given, word); !known {
			d.fault(key, "is %q, and must be proportional or tabular, lining or old-style, or one of each", words)
			return ""
		}
	}
	return strings.Join(tags, " ")
}

// maxFeatures is how many features a font can be given.
const maxFeatures = 16

var featureForm = lazyregexp.New(`^[A-Za-z0-9]{4}(=[0-9]{1,2})?$`)

// readFeatures checks the form of OpenType features and joins them. Whether the fonts have them, Features is asked.
func readFeatures(d *document, key string, features []string) string {
	if len(features) > maxFeatures {
		d.fault(key, "there are %d features, and at most %d are allowed", len(features), maxFeatures)
	}
	for _, f := range features {
		if !featureForm().MatchString(f) {
			d.fault(key, `%q must be a feature of four letters and digits, such as "ss01", "salt=2" or "liga=0"`, f)
		}
	}
	return strings.Join(features, " ")
}

// CheckFeatures returns a Fault for each OpenType feature that the theme names and none of the fonts of its text has.
// of returns the features that a font has: the font of a family in a weight.
func (t *Theme) CheckFeatures(of func(family string, weight int) []string) error {
	d := &document{file: t.Name + ".toml", places: t.places}
	for _, face := range t.Types() {
		if face.Key == "kicker" && face.Features == t.Text.Features {
			continue // it is the text's
		}
		all := face.offered(of)
		for i, feature := range strings.Fields(face.Features) {
			if tag, _, _ := strings.Cut(feature, "="); !slices.Contains(all, tag) {
				d.fault(fmt.Sprintf("%s.features[%d]", face.Key, i), "no font of it has %q; there are %s", tag,
					cmp.Or(strings.Join(all, ", "), "none"))
			}
		}
	}
	return d.err()
}

// offered returns the features of the type's fonts, sorted.
func (t Type) offered(of func(family string, weight int) []string) (all []string) {
	for family := range strings.SplitSeq(t.Families+","+t.SmallFamilies, ",") {
		if family != "" || t.Families == "" {
			all = append(all, of(family, t.Weight)...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// NamedType is a Type with its key in a theme's file.
type NamedType struct {
	Key string
	Type
}

// Types returns the types of the theme's roles.
func (t *Theme) Types() []NamedType {
	return []NamedType{{"headline", t.Headline}, {"text", t.Text}, {"site", t.Site}, {"kicker", t.Label}}
}

// readFamilies checks the names of families and joins them.
func readFamilies(d *document, key string, names, families []string) string {
	for i, name := range names {
		if !slices.Contains(families, name) {
			d.fault(key, "%q (number %d) is no family here; there are %s", name, i+1, strings.Join(families, ", "))
		}
	}
	return strings.Join(names, ",")
}
