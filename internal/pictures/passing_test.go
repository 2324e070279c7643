package pictures_test

import (
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
)

// TestPassing: a picture that does not last is drawn each time, and neither named nor kept.
func TestPassing(t *testing.T) {
	g := newGate()
	close(g.open)
	s, c := newService(t, g, 2, 2), newCard(t, true)
	for n := range int32(2) {
		img, err := s.Preview(t.Context(), c, "jpg", pictures.Options{Passing: true})
		if err != nil || img.ETag != "" || img.Degraded != nil || g.decoded.Load() != n+1 {
			t.Errorf("%v, tag %s, degraded %v, decoded %d times", err, img.ETag, img.Degraded, g.decoded.Load())
		}
	}
	if _, ok := s.Kept(t.Context(), s.Key(c, "jpg"), "jpg"); ok {
		t.Error("it was kept")
	}
	if _, err := s.Preview(t.Context(), c, "jpg", pictures.Options{}); err != nil {
		t.Fatal(err)
	}
	if img, err := s.Preview(t.Context(), c, "jpg", pictures.Options{Passing: true}); err != nil || img.ETag != "" || g.decoded.Load() != 4 {
		t.Errorf("a kept one is passed on: %v, decoded %d times", err, g.decoded.Load())
	}
}

// TestLasts: a photo by its bytes lasts, one by its address does not, where the card shows it.
func TestLasts(t *testing.T) {
	s := newService(t, newGate(), 1, 1)
	for _, tt := range []struct {
		photo, template string
		want            bool
	}{
		{"", "", true}, {"upload:0123456789abcdef", "", true}, {"https://a.example/b.jpg", "", false},
		{"https://a.example/b.jpg", "split", false}, {"https://a.example/b.jpg", "text", true},
	} {
		c := card.Card{Headline: "A", Photo: card.Photo{URL: tt.photo}, Template: tt.template, Size: card.OpenGraph}
		if got := s.Lasts(c); got != tt.want {
			t.Errorf("%q in %q: %t", tt.photo, tt.template, got)
		}
	}
}
