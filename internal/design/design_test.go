package design

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

var families = []string{
	"Noto Serif Display", "Noto Serif", "Noto Serif CJK KR", "Noto Serif CJK", "Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif Thai",
}

func builtinSet(t testing.TB) *Set {
	t.Helper()
	s, err := Builtin(families)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func files(all map[string]string) fstest.MapFS {
	dir := fstest.MapFS{}
	for name, data := range all {
		dir[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return dir
}

const colors = "[colors]\npaper = \"#ffffff\"\nink = \"#111111\"\naccent = \"#b00020\"\n"

const headline = "[[stack]]\narea = \"card\"\nitems = [ { text = \"headline\", steps = [[62, 3]] } ]\n"

func TestBuiltin(t *testing.T) {
	s := builtinSet(t)
	if got := s.Themes(); !slices.Equal(got, []string{"press", "ledger", "signal"}) {
		t.Errorf("themes %v", got)
	}
	if got := s.Templates(); !slices.Equal(got, []string{"audio", "breaking", "live", "number", "opinion", "photo", "plain", "quote", "split", "strip", "text", "video"}) {
		t.Errorf("templates %v", got)
	}
	if len(s.Own())+len(s.OwnTemplates()) != 0 {
		t.Error("built-in designs count as a newsroom's own")
	}
}

// TestFaults has one row for each thing that can be wrong with a file, and where the fault is told.
func TestFaults(t *testing.T) {
	for name, tt := range map[string]struct{ file, data, want string }{
		"broken TOML":         {"a.toml", "[colors\n", "a.toml:1:8: "},
		"unknown key":         {"a.toml", colors + "glow = 3\n", "a.toml:5:1: colors.glow: is not known here"},
		"unknown table":       {"a.toml", colors + "[shadow]\nx = 1\n", "a.toml:5:2: shadow: is not known here"},
		"wrong kind":          {"a.toml", "colors = 3\n", "a.toml:1:10: colors: cannot be of kind integer"},
		"no ink":              {"a.toml", "[colors]\npaper = \"#ffffff\"\naccent = \"#b00020\"\n", `a.toml:1:2: colors.ink: is "", and must be a colour such as "#1b1a17"`},
		"colour by name":      {"a.toml", strings.Replace(colors, "#111111", "black", 1), `a.toml:3:1: colors.ink: is "black", and must be a colour`},
		"thin contrast":       {"a.toml", strings.Replace(colors, "#111111", "#999999", 1), "a.toml:3:1: colors.ink: has a contrast of 2.85:1 with paper, and needs 4.5:1"},
		"section too light":   {"a.toml", colors + "[sections]\nSport = \"#ffff00\"\n", "a.toml:6:1: sections.Sport: has a contrast of 1.07:1 with paper"},
		"font not here":       {"a.toml", colors + "[headline]\nfonts = [\"Comic\"]\n", `a.toml:6:1: headline.fonts: "Comic" (number 1) is no family here`},
		"weight":              {"a.toml", colors + "[headline]\nweight = 5\n", "a.toml:6:1: headline.weight: is 5, and must be from 100 to 1000"},
		"tracking":            {"a.toml", colors + "[text]\ntracking = 1\n", "a.toml:6:1: text.tracking: is 1, and must be from -0.1 to 0.1"},
		"figures":             {"a.toml", colors + "[text]\nfigures = \"roman\"\n", `a.toml:6:1: text.figures: is "roman", and must be proportional or tabular, lining or old-style, or one of each`},
		"badge style":         {"a.toml", colors + "[badge]\nstyle = \"round\"\n", `a.toml:6:1: badge.style: is "round", and must be one of solid, outline`},
		"badge corner":        {"a.toml", colors + "[badge]\ncorner = 40\n", "a.toml:6:1: badge.corner: is 40, and must be from 0 to 19"},
		"rule":                {"a.toml", colors + "[rule]\nheight = 90\n", "a.toml:6:1: rule.height: is 90, and must be from 1 to 24"},
		"scrim too weak":      {"a.toml", colors + "[scrim]\ncontrast = 2\n", "a.toml:6:1: scrim.contrast: is 2, and must be from 4.9 to 12"},
		"logo missing":        {"a.toml", colors + "[logo]\nfile = \"no.svg\"\n", "a.toml:6:1: logo.file: "},
		"logo outside":        {"a.toml", colors + "[logo]\nfile = \"../../etc/passwd\"\n", "a.toml:6:1: logo.file: "},
		"logo of no kind":     {"a.toml", colors + "[logo]\nfile = \"logo.gif\"\n", "a.toml:6:1: logo.file: logo.gif: must be a .png or .svg file"},
		"name":                {"A B.toml", colors, "A B.toml: a theme's file is named a-z, 0-9 and -"},
		"too long":            {"a.toml", strings.Repeat("#", MaxFileBytes+1), "a.toml: is longer than 65536 bytes"},
		"template: no words":  {"templates/b.toml", "", "templates/b.toml: shows its headline 0 times on a wide card"},
		"template: two":       {"templates/b.toml", headline + headline, "templates/b.toml: shows its headline 2 times"},
		"template: at times":  {"templates/b.toml", strings.Replace(headline, "area =", "when = \"photo\"\narea =", 1), "shows its headline 0 times on a wide card (photo: false"},
		"template: area":      {"templates/b.toml", strings.Replace(headline, "\"card\"", "\"panel\"", 1), `templates/b.toml:2:1: stack[0].area: "panel" is no area; there are card`},
		"template: area form": {"templates/b.toml", headline + "[[area]]\nname = \"a\"\nleft = 0.9\nright = 0.3\n", "templates/b.toml:4:3: area[0]: left 0.9 and right 0.3 must be shares"},
		"template: no room":   {"templates/b.toml", headline + "[[area]]\nname = \"a\"\nleft = 0.3\ntop = 0.3\nroom = [0.2, 0.4]\n", "templates/b.toml:8:1: area[0].room: only an area of which one side"},
		"template: room":      {"templates/b.toml", headline + "[[area]]\nname = \"a\"\nleft = 0.5\nroom = [0.2, 0.4]\n", "templates/b.toml:7:1: area[0].room: must be two shares from 0.1 to 0.9, with the side at 0.5 between"},
		"template: squeezed":  {"templates/b.toml", headline + "[[area]]\nname = \"a\"\nleft = 0.5\nroom = [0.4, 0.6]\n[[area]]\nname = \"c\"\nleft = 0.35\nright = 0.5\n", "templates/b.toml:7:1: area[0].room: leaves less than 0.1 for the area c"},
		"template: role":      {"templates/b.toml", strings.Replace(headline, "[ {", "[ { text = \"lede\" }, {", 1), `templates/b.toml:3:13: stack[0].items[0].text: "lede" is no role`},
		"template: size":      {"templates/b.toml", strings.Replace(headline, "62", "262", 1), "stack[0].items[0].steps[0]: size 262, and must be from 24 to 240"},
		"template: growing":   {"templates/b.toml", strings.Replace(headline, "[[62, 3]]", "[[62, 3], [70, 3]]", 1), "steps[1]: sizes must not grow"},
		"template: lines":     {"templates/b.toml", strings.Replace(headline, "62, 3", "62, 40", 1), "steps[0]: 40 lines, and must be from 1 to 12"},
		"template: condition": {"templates/b.toml", headline + "[[fill]]\narea = \"card\"\nwhen = \"moon\"\n", `templates/b.toml:6:1: fill[0].when: "moon" is no condition`},
		"template: ink":       {"templates/b.toml", headline + "[[fill]]\narea = \"card\"\ncolor = \"#fff\"\n", `templates/b.toml:6:1: fill[0].color: is "#fff", and must be a colour such as "#1b1a17", or one of ink`},
		"template: own field": {"templates/b.toml", strings.Replace(headline, "{ text", "{ text = \"fields.Score\" }, { text", 1), `"fields.Score" is no role`},
		"template: align":     {"templates/b.toml", strings.Replace(headline, "items", "align = \"left\"\nitems", 1), "stack[0].align"},
		"template: words":     {"templates/b.toml", strings.Replace(headline, "{ text", "{ words = \""+strings.Repeat("x", 121)+"\" }, { text", 1), "has more than 120 characters"},
		"template: shape":     {"templates/b.toml", headline + "[[picture]]\narea = \"card\"\nshape = \"star\"\n", "picture[0].shape"},
		"template: language":  {"templates/b.toml", strings.Replace(headline, "items", "when = \"lang.korean\"\nitems", 1), `"lang.korean" is no condition`},
		"template: two kinds": {"templates/b.toml", strings.Replace(headline, "{ text", "{ mark = true, text", 1), "an item is one of text, words, label"},
		"template: many":      {"templates/b.toml", headline + strings.Repeat("[[area]]\nname = \"a\"\n", 25), "there are 25 areas, and at most 24 are allowed"},
		"template: otherwise": {"templates/b.toml", "otherwise = \"gone\"\n" + headline, `templates/b.toml:1:1: otherwise: "gone" is no template; there are audio, b, breaking, live`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := builtinSet(t).With(files(map[string]string{tt.file: tt.data, "logo.gif": "GIF89a"}), families)
			var all []string
			for _, f := range Faults(err) {
				all = append(all, f.Error())
			}
			if !slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, tt.want) }) {
				t.Errorf("faults %q, want %q", all, tt.want)
			}
		})
	}
}

func TestAllFaultsAreTold(t *testing.T) {
	_, err := builtinSet(t).With(files(map[string]string{
		"a.toml": colors + "glow = 3\n[rule]\nheight = 90\nwidth = 1\n", "b.toml": "colors = 3",
	}), families)
	if got := len(Faults(err)); got != 4 {
		t.Errorf("%d faults: %v", got, err)
	}
	_, err = builtinSet(t).With(files(map[string]string{"a.toml": strings.Replace(colors, "#111111", "black", 1)}), families)
	if got := len(Faults(err)); got != 1 {
		t.Errorf("one bad colour has %d faults: %v", got, err)
	}
	if Faults(errors.New("else")) != nil {
		t.Error("an error of another kind has faults")
	}
}

func TestThemesAreChosen(t *testing.T) {
	s, err := builtinSet(t).With(files(map[string]string{
		"harbor.toml":  colors + "[defaults]\nsites = [\"The Harbor Post\"]\n",
		"hangang.toml": colors + "[defaults]\nlanguages = [\"ko\"]\n[sections]\n\"경제\" = \"#00508c\"\n",
		"press.toml":   strings.Replace(colors, "#b00020", "#005000", 1),
	}), families)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, site, lang, want string }{
		{"", "", "", "press"}, {"", "the harbor post ", "ko", "harbor"}, {"", "", "ko-KR", "hangang"}, {"", "", "en", "press"},
		{"ledger", "The Harbor Post", "ko", "ledger"},
	} {
		if got, ok := s.Theme(tt.name, tt.site, tt.lang); !ok || got.Name != tt.want {
			t.Errorf("%q %q %q: %v, want %s", tt.name, tt.site, tt.lang, got, tt.want)
		}
	}
	if _, ok := s.Theme("gone", "", ""); ok {
		t.Error("a theme that is not there")
	}
	if press, _ := s.Theme("press", "", ""); press.Accent != (color.NRGBA{0, 0x50, 0, 255}) {
		t.Error("the newsroom's own press does not take the built-in one's place")
	}
	hangang, _ := s.Theme("hangang", "", "")
	if got := hangang.Section(" 경제 ").Accent; got != (color.NRGBA{0, 0x50, 0x8c, 255}) || hangang.Section("사회") != hangang {
		t.Errorf("the section's accent is %v", got)
	}
	if got := s.Themes(); !slices.Equal(got, []string{"hangang", "harbor", "press", "ledger", "signal"}) {
		t.Errorf("themes in the order %v", got)
	}
}

// TestVersions holds every change of a file to a new version, which names its pictures.
func TestVersions(t *testing.T) {
	version := func(all map[string]string) string {
		s, err := builtinSet(t).With(files(all), families)
		if err != nil {
			t.Fatal(err)
		}
		theme, _ := s.Theme("a", "", "")
		template, _ := s.Template("b")
		return theme.Version + template.Version
	}
	base := map[string]string{"a.toml": colors + "[logo]\nfile = \"l.svg\"\n", "l.svg": mark, "templates/b.toml": headline}
	was := version(base)
	if version(base) != was {
		t.Error("the same files have two versions")
	}
	for name, change := range map[string]string{"a.toml": "#", "l.svg": " ", "templates/b.toml": "#"} {
		changed := map[string]string{}
		maps.Copy(changed, base)
		changed[name] += change
		if version(changed) == was {
			t.Errorf("%s changed, and the version did not", name)
		}
	}
}

const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path d="M0 0h20v10H0z" fill="#b00020"/></svg>`

func TestLogo(t *testing.T) {
	var raster bytes.Buffer
	red := image.NewPaletted(image.Rect(0, 0, 300, 100), color.Palette{color.NRGBA{0xb0, 0, 0x20, 255}})
	if err := png.Encode(&raster, red); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]float64{"l.svg": 4, "l.png": 3} {
		s, err := builtinSet(t).With(files(map[string]string{"a.toml": colors + "[logo]\nfile = \"" + file + "\"\n", "l.svg": mark, "l.png": raster.String()}), families)
		if err != nil {
			t.Fatal(err)
		}
		theme, _ := s.Theme("a", "", "")
		if got := theme.Logo.Width(10) / 10; math.Abs(got-want) > 1e-9 {
			t.Errorf("%s is %v times as wide as high, want %v", file, got, want)
		}
		if file == "l.svg" {
			drawn := theme.Logo.Draw(50)
			if drawn.Bounds().Dx() != 200 || color.NRGBAModel.Convert(drawn.At(20, 25)) != (color.NRGBA{0xb0, 0, 0x20, 255}) || color.NRGBAModel.Convert(drawn.At(150, 25)).(color.NRGBA).A != 0 {
				t.Errorf("drawn %v, %v and %v", drawn.Bounds(), drawn.At(20, 25), drawn.At(150, 25))
			}
		}
	}
}

func TestWhen(t *testing.T) {
	holds := func(name string) bool { return name == "photo" || name == "wide" }
	for when, want := range map[When]bool{"": true, "photo": true, "!photo": false, "photo wide": true, "photo !wide": false, "badge": false, "!badge": true} {
		if when.Holds(holds) != want {
			t.Errorf("%q: %t", when, !want)
		}
	}
}

func TestContrast(t *testing.T) {
	grey := func(v uint8) color.NRGBA { return color.NRGBA{v, v, v, 255} }
	for _, tt := range []struct {
		ink, ground color.NRGBA
		want        float64
	}{
		{grey(255), grey(0), 21}, {grey(0x77), grey(255), 4.48}, {color.NRGBA{255, 0, 0, 255}, grey(255), 4.0}, {grey(9), grey(9), 1},
		{color.NRGBA{0, 0, 0, 128}, grey(255), 4.00},
	} {
		if got := Contrast(tt.ink, tt.ground); math.Abs(got-tt.want) > .01 {
			t.Errorf("%v on %v: %.3f, want %.2f", tt.ink, tt.ground, got, tt.want)
		}
	}
}

// FuzzFiles holds the readers to an answer or faults, whatever a file holds.
func FuzzFiles(f *testing.F) {
	f.Add(colors+"[logo]\nfile = \"l.svg\"\n", mark)
	f.Add(headline, "<svg viewBox='0 0 1 1'><path d='M0")
	f.Add("[[stack]]\nitems=[{text='headline',steps=[[62,3]]},{}]", "<svg/>")
	f.Fuzz(func(t *testing.T, data, logo string) {
		s, err := builtinSet(t).With(files(map[string]string{"a.toml": data, "templates/a.toml": data, "l.svg": logo}), families)
		if (s == nil) != (err != nil) {
			t.Errorf("set %v, error %v", s, err)
		}
		if err != nil && len(Faults(err)) == 0 {
			t.Errorf("%v is no fault", err)
		}
	})
}
