package design

import (
	"slices"
	"strings"
)

// Type is the font of a role.
type Type struct {
	Families   string // separated by commas; empty: the main one
	Weight     int    // on the CSS scale
	TrackingEm float64
	LeadingEm  float64 // both are added to the script's defaults
	Tabular    bool    // digits of equal width

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
	d.oneOf(key+".figures", &f.Figures, "proportional", "tabular")
	return Type{
		Families: readFamilies(d, key+".fonts", f.Fonts, families), Weight: int(f.Weight),
		TrackingEm: f.Tracking, LeadingEm: f.Leading, Tabular: f.Figures == "tabular",
	}
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
