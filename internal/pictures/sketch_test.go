package pictures_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/sample"
)

// TestSketch: a sketch says the same as Figures of all that is cut, missing and shown.
func TestSketch(t *testing.T) {
	for i, s := range sample.Stories {
		if testing.Short() && i%3 > 0 {
			continue
		}
		c := s.Card
		c.Size = card.OpenGraph
		if s.Photo != "" {
			c.Photo.URL = "upload:0123456789abcdef0123456789abcdef"
		}
		c, err := c.Normalize()
		if err != nil {
			t.Fatal(err)
		}
		var sizes []card.Size
		for _, named := range card.Sizes {
			sizes = append(sizes, named.Size)
		}
		service := service(t, photos{})
		want, err := service.Figures(t.Context(), c, sizes)
		if err != nil {
			t.Fatal(err)
		}
		got, err := service.Sketch(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		for i := range got {
			if i > 0 { // the contrast needs pixels
				got[i].Headline, got[i].Caption, want[i].Headline, want[i].Caption = 0, 0, 0, 0
			}
			if diff := cmp.Diff(want[i], got[i]); diff != "" {
				t.Errorf("%s in %s: %s", s.Name, card.Sizes[i].Name, diff)
			}
		}
	}
}

// TestSketchOfAPicture: whoever asks gets a sketch with the picture, drawn now or cached. It is drawn once.
func TestSketchOfAPicture(t *testing.T) {
	c := card.Card{Headline: "New harp 🪉", Size: card.OpenGraph, Photo: card.Photo{URL: "upload:photos"}}
	for name, p := range map[string]photos{"sound": {}, "lost": {load: errLost}, "broken": {decode: errLost}} {
		service := service(t, p)
		for range 3 {
			img, err := service.Preview(t.Context(), c, "jpg", pictures.Options{Sketch: true})
			if err != nil || len(img.Sketch) != len(card.Sizes) || !slices.Equal(img.Sketch[5].Missing, []rune("🪉")) {
				t.Errorf("%s: %d figures, %v", name, len(img.Sketch), err)
			}
			if has := img.Sketch[0].Photo.X > 0; has != (name == "sound") || (img.Degraded == nil) != has {
				t.Errorf("%s: photo %v, %v", name, img.Sketch[0].Photo, img.Degraded)
			}
		}
		img, err := service.Preview(t.Context(), c, "jpg", pictures.Options{})
		if err != nil || img.Sketch != nil {
			t.Errorf("%s: a sketch nobody asked for: %v", name, err)
		}
	}
	unknown := c
	unknown.Theme = "none"
	if _, err := service(t, photos{}).Sketch(t.Context(), unknown); !errors.Is(err, card.ErrInvalid) {
		t.Errorf("an unknown theme: %v", err)
	}
}

// TestRememberedSketches: a sketch is measured once, for a photo that cannot change; the number of those that are
// remembered is bounded.
func TestRememberedSketches(t *testing.T) {
	p := photos{}
	s := service(t, p)
	for i := range 3 {
		a, err := s.Sketch(t.Context(), card.Card{Headline: "A", Photo: card.Photo{URL: "upload:photos"}})
		if err != nil || a[0].Photo.X != 640 {
			t.Fatalf("%d: %v", i, err)
		}
	}
	if n := s.Remembered(); n != 1 {
		t.Errorf("%d sketches of one card", n)
	}
	if _, err := s.Sketch(t.Context(), card.Card{Headline: "A", Photo: card.Photo{URL: "https://pictures.example/a.jpg"}}); err != nil {
		t.Fatal(err)
	}
	if n := s.Remembered(); n != 1 {
		t.Errorf("%d sketches, one of a photo that can change", n)
	}
	for i := range pictures.MaxSketches + 10 {
		s.Remember(card.Key(strings.Repeat("x", i)))
	}
	if n := s.Remembered(); n != pictures.MaxSketches {
		t.Errorf("%d sketches", n)
	}
}

// TestCutsSayWhere: the last words before a cut, in every script, without the tail, the ellipsis and hyphens.
func TestCutsSayWhere(t *testing.T) {
	for _, tt := range []struct{ headline, lang, has string }{
		{strings.Repeat("an endless headline ", 50), "en", "endless"},
		{strings.Repeat("台風が西海岸に接近する", 60), "ja", "台風"},
		{strings.Repeat("서해안 강풍 특보 확대 ", 60), "ko", "강풍"},
		{strings.Repeat("العاصفة تغلق الموانئ ", 50), "ar", "العاصفة"},
		{strings.Repeat("Donaudampfschifffahrt", 40), "de", "dampf"},
	} {
		all, err := service(t, photos{}).Sketch(t.Context(), card.Card{Headline: tt.headline, Lang: tt.lang})
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range all {
			if len(f.Cuts) != 1 || f.Cuts[0].Role != "headline" {
				t.Errorf("%s in %s: %+v", tt.lang, card.Sizes[i].Name, f.Cuts)
				continue
			}
			after := f.Cuts[0].After
			if !strings.Contains(after, tt.has) || !strings.Contains(tt.headline, after) || len([]rune(after)) > 36 ||
				f.Cuts[0].Shown < len([]rune(after)) || f.Cuts[0].Shown >= len([]rune(tt.headline)) {
				t.Errorf("%s in %s: %+v", tt.lang, card.Sizes[i].Name, f.Cuts[0])
			}
		}
	}
}
