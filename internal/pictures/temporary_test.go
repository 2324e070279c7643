package pictures_test

import (
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
)

// TestTemporary: a temporary picture is drawn for each request, has no entity tag and is not cached.
func TestTemporary(t *testing.T) {
	g := newGate()
	close(g.open)
	s, c := newService(t, g, 2, 2), newCard(t, true)
	for n := range int32(2) {
		img, err := s.Preview(t.Context(), c, "jpg", pictures.Options{Temporary: true})
		if err != nil || img.ETag != "" || img.Degraded != nil || g.decoded.Load() != n+1 {
			t.Errorf("%v, tag %s, degraded %v, decoded %d times", err, img.ETag, img.Degraded, g.decoded.Load())
		}
	}
	if _, ok := s.Cached(t.Context(), s.Key(c, "jpg"), "jpg", c.ByURL()); ok {
		t.Error("it was cached")
	}
	if _, err := s.Preview(t.Context(), c, "jpg", pictures.Options{}); err != nil {
		t.Fatal(err)
	}
	if img, err := s.Preview(t.Context(), c, "jpg", pictures.Options{Temporary: true}); err != nil || img.ETag != "" || g.decoded.Load() != 4 {
		t.Errorf("a cached picture is returned: %v, decoded %d times", err, g.decoded.Load())
	}
}

// TestPermanent: a stored photo is permanent. A photo at a URL is not, unless the template does not show it.
func TestPermanent(t *testing.T) {
	s := newService(t, newGate(), 1, 1)
	for _, tt := range []struct {
		photo, template string
		want            bool
	}{
		{"", "", true}, {"upload:0123456789abcdef", "", true}, {"https://a.example/b.jpg", "", false},
		{"https://a.example/b.jpg", "split", false}, {"https://a.example/b.jpg", "text", true},
	} {
		c := card.Card{Headline: "A", Photo: card.Photo{URL: tt.photo}, Template: tt.template, Size: card.OpenGraph}
		if got := s.Permanent(c); got != tt.want {
			t.Errorf("%q in %q: %t", tt.photo, tt.template, got)
		}
	}
}
