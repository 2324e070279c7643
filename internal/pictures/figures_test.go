package pictures_test

import (
	"context"
	"errors"
	"image"
	"image/color"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/render"
)

// photos has one photo of 640 by 400 pixels. Load and Decode return the errors load and decode if they are set.
type photos struct{ load, decode error }

func (p photos) Load(context.Context, string) error { return p.load }
func (p photos) Decode(_ context.Context, _ string, _ color.Color, use func(render.Photo) error) (string, error) {
	if p.decode != nil {
		return "", p.decode
	}
	return "upload:photos", use(render.Decoded(image.NewRGBA(image.Rect(0, 0, 640, 400))))
}

func service(t *testing.T, p photos) *pictures.Service {
	t.Helper()
	return pictures.New(pictures.Config{
		Photos: p, Renderer: newRenderer(t), Cache: &memory{kept: map[string][]byte{}}, Log: slog.New(slog.DiscardHandler),
	})
}

func TestFigures(t *testing.T) {
	short := card.Card{Headline: "Storm front stalls", Caption: "Waves", Size: card.OpenGraph}
	withPhoto := short
	withPhoto.Photo.URL = "https://pictures.example/a.jpg"
	long := short
	long.Headline = strings.Repeat("an endless headline ", 50)
	for _, tt := range []struct {
		why       string
		card      card.Card
		photos    photos
		photo     image.Point
		truncated []string
		degraded  bool
	}{
		{"type alone", short, photos{}, image.Point{}, nil, false},
		{"a photo", withPhoto, photos{}, image.Pt(640, 400), nil, false},
		{"a lost photo", withPhoto, photos{load: errLost}, image.Point{}, nil, true},
		{"a broken photo", withPhoto, photos{decode: errLost}, image.Point{}, nil, true},
		{"a long headline", long, photos{}, image.Point{}, []string{"headline"}, false},
	} {
		all, err := service(t, tt.photos).Figures(t.Context(), tt.card, []card.Size{card.Kakao, card.OpenGraph})
		if err != nil || len(all) != 2 {
			t.Errorf("%s: %d, %v", tt.why, len(all), err)
			continue
		}
		got := all[1]
		if all[0].HeadlinePx >= got.HeadlinePx {
			t.Errorf("%s: %.0f px in the smaller size, %.0f in the larger", tt.why, all[0].HeadlinePx, got.HeadlinePx)
		}
		var truncated []string
		for _, c := range got.Cuts {
			truncated = append(truncated, c.Role)
		}
		if got.Photo != tt.photo || !slices.Equal(truncated, tt.truncated) || (got.Degraded != nil) != tt.degraded {
			t.Errorf("%s: %+v", tt.why, got)
		}
		if got.HeadlinePx < 20 || got.Lines < 1 || got.Headline < 4.5 {
			t.Errorf("%s: %+v", tt.why, got)
		}
	}
	unknown := short
	unknown.Theme = "none"
	if _, err := service(t, photos{}).Figures(t.Context(), unknown, []card.Size{card.OpenGraph}); !errors.Is(err, card.ErrInvalid) {
		t.Errorf("an unknown theme: %v", err)
	}
}
