package page

import (
	"slices"
	"strings"
	"testing"
)

// TestRanked: of the files that a picture names, the largest for a card comes first, and no placeholder.
func TestRanked(t *testing.T) {
	for _, tt := range []struct {
		why  string
		img  map[string]string
		want string
	}{
		{"src alone", map[string]string{"src": "a.jpg"}, "a.jpg"},
		{"the largest width", map[string]string{"src": "a.jpg", "srcset": "b.jpg 800w, c.jpg 1600w,d.jpg 400w"}, "c.jpg b.jpg d.jpg a.jpg"},
		{"the largest density", map[string]string{"srcset": "a.jpg, b.jpg 2x, c.jpg 1.5x"}, "b.jpg c.jpg a.jpg"},
		{"no huge file", map[string]string{"srcset": "a.jpg 9000w, b.jpg 2000w"}, "b.jpg a.jpg"},
		{"the smaller of huge files", map[string]string{"srcset": "a.jpg 9000w, b.jpg 5000w"}, "b.jpg a.jpg"},
		{"commas in an address", map[string]string{"srcset": "/w_800,h_600/a.jpg 800w, /w_400,h_300/a.jpg 400w"}, "/w_800,h_600/a.jpg /w_400,h_300/a.jpg"},
		{"broken descriptors", map[string]string{"srcset": "a.jpg w, b.jpg -3x, c.jpg NaNx, d.jpg 1e999w,"}, "a.jpg b.jpg c.jpg d.jpg"},
		{"data-src before a thumbnail", map[string]string{"src": "thumb.jpg", "data-src": "a.jpg"}, "a.jpg thumb.jpg"},
		{"data-original", map[string]string{"src": "data:image/gif;base64,R0", "data-original": "a.jpg"}, "a.jpg"},
		{"data-lazy-src", map[string]string{"src": "/img/blank.gif", "data-lazy-src": "a.jpg"}, "a.jpg"},
		{"data-srcset", map[string]string{"src": "a.jpg", "data-srcset": "b.jpg 100w"}, "b.jpg a.jpg"},
		{"a placeholder alone", map[string]string{"src": "/img/placeholder.png"}, ""},
	} {
		p := picture{candidates: imageCandidates(tt.img)}
		if got := strings.Join(p.ranked(), " "); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.why, got, tt.want)
		}
	}
}

func TestSourceCandidates(t *testing.T) {
	for _, tt := range []struct {
		why    string
		source map[string]string
		want   []candidate
	}{
		{"widths", map[string]string{"srcset": "a.webp 800w", "type": "image/webp"}, []candidate{{"a.webp", 810}}},
		{"a format that cards cannot show", map[string]string{"srcset": "a.avif 800w", "type": "image/avif"}, nil},
		{"a crop for phones", map[string]string{"srcset": "a.jpg 800w", "media": "(max-width: 600px)"}, nil},
		{"lazy", map[string]string{"data-srcset": "a.jpg 800w", "media": "(min-width: 600px)"}, []candidate{{"a.jpg", 810}}},
	} {
		if got := sourceCandidates(tt.source); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v", tt.why, got)
		}
	}
	if n := len(srcset(strings.Repeat("a.jpg 1w,", 1000))); n != maxCandidates {
		t.Errorf("%d candidates", n)
	}
}
