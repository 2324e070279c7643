package design

import (
	"fmt"
	"strings"
	"testing"
)

// TestNoPictureTwice: a template must not be able to show one picture twice on a card. It may show the photo and the
// portrait, and one of them in several places that exclude each other.
func TestNoPictureTwice(t *testing.T) {
	for _, tt := range []struct {
		first, second string // keys of the two pictures
		fault         string
	}{
		{``, ``, `picture[1]: shows the photo a second time on cards that have picture 1 too: give one of them another "when", or show = "portrait"`},
		{`show = "photo"`, `when = "wide"`, "picture[1]: shows the photo a second time"},
		{`show = "portrait"`, `show = "portrait"`, `picture[1]: shows the portrait a second time on cards that have picture 1 too: give one of them another "when", or show = "photo"`},
		{``, `show = "portrait"`, ""},
		{`when = "wide"`, `when = "tall"`, ""},
		{`when = "wide"`, `when = "!wide"`, ""},
		{`when = "wide photo"`, `when = "photo square"`, ""},
		{`when = "!wide !tall"`, `when = "!square"`, ""},
		{`when = "!wide"`, `when = "!square"`, "picture[1]: shows"},
		{`when = "og"`, `when = "story"`, ""},
		{`when = "og"`, `when = "!wide"`, ""},
		{`when = "portrait"`, `when = "tall"`, ""},
		{`when = "portrait"`, `when = "square"`, "picture[1]: shows"},
		{`when = "og"`, `when = "wide"`, "picture[1]: shows"},
		{`when = "opinion"`, `when = "!opinion"`, ""},
		{`when = "opinion"`, `when = "live"`, "picture[1]: shows"}, // one is the kind, the other the badge
		{`when = "lang.ko"`, `when = "lang.ja"`, ""},
		{`when = "lang.ko"`, `when = "!lang.ja"`, "picture[1]: shows"},
		{`when = "with-portrait"`, `when = "!with-portrait"`, ""},
		{`show = "face"`, ``, `picture[0].show: is "face", and must be one of photo, portrait`},
	} {
		_, err := builtinSet(t).With(files(map[string]string{"templates/a.toml": "[[picture]]\narea = \"card\"\n" + tt.first +
			"\n[[picture]]\narea = \"card\"\n" + tt.second + "\n[[stack]]\narea = \"card\"\nitems = [{text = \"headline\", steps = [[31, 3]]}]\n"}), families)
		if tt.fault == "" && err != nil || tt.fault != "" && (err == nil || !strings.Contains(err.Error(), tt.fault)) {
			t.Errorf("%s and %s: %v", tt.first, tt.second, err)
		}
	}
}

// TestPortraitsOfTemplates: which of the built-in templates show a portrait, and which the photo beside it.
func TestPortraitsOfTemplates(t *testing.T) {
	s := builtinSet(t)
	for _, name := range s.Templates() {
		f, _ := s.Template(name)
		portrait := name == "opinion" || name == "quote"
		photo := name != "text" && name != "breaking" && name != "number"
		if f.ShowsPortrait() != portrait || f.ShowsPhoto(false) != photo || f.ShowsPhoto(true) != (photo && name != "quote") {
			t.Errorf("%s: portrait %t, photo %t, beside a portrait %t", name, f.ShowsPortrait(), f.ShowsPhoto(false), f.ShowsPhoto(true))
		}
	}
}

// TestHeadlineWithPortrait: the headline is shown once with a portrait too.
func TestHeadlineWithPortrait(t *testing.T) {
	_, err := builtinSet(t).With(files(map[string]string{"templates/a.toml": `[[stack]]
area = "card"
items = [{text = "headline", steps = [[31, 3]], when = "!with-portrait"}]
`}), families)
	if want := "shows its headline 0 times on a wide card (photo: false, portrait: true"; !strings.Contains(fmt.Sprint(err), want) {
		t.Errorf("%v", err)
	}
}

// TestFigures: the forms of figures, and OpenType features.
func TestFigures(t *testing.T) {
	for _, tt := range []struct{ keys, figures, features, fault string }{
		{``, "", "", ""},
		{`figures = "tabular"`, "tnum", "", ""},
		{`figures = "lining"`, "lnum", "", ""},
		{`figures = "old-style proportional"`, "onum pnum", "", ""},
		{`features = ["ss01", "salt=2", "liga=0"]`, "", "ss01 salt=2 liga=0", ""},
		{`figures = "lining old-style"`, "", "", `headline.figures: is "lining old-style", and must be proportional or tabular, lining or old-style`},
		{`figures = "roman"`, "", "", `headline.figures: is "roman"`},
		{`features = ["ss1"]`, "", "", `headline.features: "ss1" must be a feature of four letters and digits`},
		{`features = ["ss01=a"]`, "", "", `"ss01=a" must be`},
		{`features = [` + strings.Repeat(`"ss01", `, 17) + `]`, "", "", "there are 17 features, and at most 16 are allowed"},
	} {
		s, err := builtinSet(t).With(files(map[string]string{"a.toml": colors + "[headline]\n" + tt.keys}), families)
		if tt.fault != "" {
			if !strings.Contains(fmt.Sprint(err), tt.fault) {
				t.Errorf("%s: %v", tt.keys, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.keys, err)
			continue
		}
		if a, _ := s.Theme("a", "", ""); a.Headline.Figures != tt.figures || a.Headline.Features != tt.features {
			t.Errorf("%s: %q and %q", tt.keys, a.Headline.Figures, a.Headline.Features)
		}
	}
}

// TestCheckFeatures: a feature that no font of its text has is a fault at its place, which says what there is. The kicker
// has the features of the text unless it has fonts of its own.
func TestCheckFeatures(t *testing.T) {
	s, err := builtinSet(t).With(files(map[string]string{"a.toml": colors + `
[headline]
fonts = ["Noto Serif Display"]
small_fonts = ["Noto Serif"]
features = ["smcp", "ss07", "onum=1"]
[text]
features = ["ss01"]
`}), families)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := s.Theme("a", "", "")
	err = a.CheckFeatures(func(family string, _ int) []string {
		return map[string][]string{"Noto Serif Display": {"kern", "onum"}, "Noto Serif": {"smcp", "kern"}, "": {"tnum"}}[family]
	})
	var got []string
	for _, f := range Faults(err) {
		got = append(got, fmt.Sprintf("%d %s %s", f.Line, f.Key, f.Problem))
	}
	want := `9 headline.features[1] no font of it has "ss07"; there are kern, onum, smcp
11 text.features[0] no font of it has "ss01"; there are tnum`
	if strings.Join(got, "\n") != want {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}
