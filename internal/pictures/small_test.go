package pictures_test

import (
	"bytes"
	"image/jpeg"
	"testing"

	"newsroom.example/cards/card"
)

// TestSmall: a small picture has the shape of the card, and never more pixels than it.
func TestSmall(t *testing.T) {
	for _, tt := range []struct {
		why            string
		size           card.Size
		width          int
		photos         photos
		wantW, wantH   int
		degraded, fail bool
	}{
		{"a thumbnail", card.OpenGraph, 320, photos{}, 320, 168, false, false},
		{"a tall one", card.Story, 320, photos{}, 320, 569, false, false},
		{"as wide as the card", card.Kakao, 800, photos{}, 800, 400, false, false},
		{"wider than the card", card.Kakao, 960, photos{}, 800, 400, false, false},
		{"without its photo", card.OpenGraph, 320, photos{load: errLost}, 320, 168, true, false},
		{"of a theme that is not there", card.OpenGraph, 320, photos{}, 0, 0, false, true},
	} {
		c := card.Card{Headline: "Storm front stalls", Size: tt.size, Photo: card.Photo{URL: "https://pictures.example/a.jpg"}}
		if tt.fail {
			c.Theme = "none"
		}
		img, err := service(t, tt.photos).Small(t.Context(), c, tt.width)
		if (err != nil) != tt.fail {
			t.Errorf("%s: %v", tt.why, err)
		}
		if err != nil {
			continue
		}
		shown, err := jpeg.DecodeConfig(bytes.NewReader(img.Bytes))
		if err != nil || shown.Width != tt.wantW || shown.Height != tt.wantH || img.Type != "image/jpeg" {
			t.Errorf("%s: %dx%d %s %v", tt.why, shown.Width, shown.Height, img.Type, err)
		}
		if (img.Degraded != nil) != tt.degraded {
			t.Errorf("%s: degraded %v", tt.why, img.Degraded)
		}
	}
}
