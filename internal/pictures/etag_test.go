package pictures_test

import (
	"context"
	"image/color"
	"log/slog"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/scene"
	"newsroom.example/cards/render"
)

// replaceable is a pictures.Photos whose photo, id and pixels alike, depends on its seed.
type replaceable struct{ seed uint64 }

func (*replaceable) Load(context.Context, string) error { return nil }

func (r *replaceable) Decode(_ context.Context, _ string, _ color.Color, use func(render.Photo) error) (string, error) {
	return r.id(), use(render.Decoded(scene.Photo(400, 300, 0, r.seed)))
}

func (r *replaceable) id() string { return "upload:" + string(rune('0'+r.seed)) }

// TestETags: the tag of a card by URL changes with the photo, and is the same for the same photo, however the card is
// drawn and by which process. All other cards have the tag of their key.
func TestETags(t *testing.T) {
	for _, tt := range []struct {
		photo, template string
		changes         bool
	}{
		{"https://pictures.example/a.jpg", "", true}, {"https://pictures.example/a.jpg", "split", true},
		{"https://pictures.example/a.jpg", "text", false}, {"upload:0123456789abcdef0123456789abcdef", "", false}, {"", "", false},
	} {
		var r replaceable
		shared := &memory{kept: map[string][]byte{}}
		config := pictures.Config{
			Photos: &r, Renderer: newRenderer(t), Cache: shared, Log: slog.New(slog.DiscardHandler),
		}
		one, two := pictures.New(config), pictures.New(config)
		c := card.Card{Headline: "A", Photo: card.Photo{URL: tt.photo}, Template: tt.template, Size: card.OpenGraph}
		key := one.Key(c, "png")
		drawn := func(seed uint64) string {
			t.Helper()
			r.seed = seed
			clear(shared.kept) // the picture is evicted
			img, err := one.Preview(t.Context(), c, "png", pictures.Options{Strict: seed == 2})
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range []*pictures.Service{one, two} {
				if again, ok := s.Cached(t.Context(), key, "png", c.ByURL()); !ok || again.ETag != img.ETag {
					t.Errorf("%+v: drawn with %s, cached %t with %s", tt, img.ETag, ok, again.ETag)
				}
				if again, err := s.Preview(t.Context(), c, "png", pictures.Options{}); err != nil || again.ETag != img.ETag {
					t.Errorf("%+v: drawn with %s, then %s, %v", tt, img.ETag, again.ETag, err)
				}
			}
			return img.ETag
		}
		first, second, third := drawn(1), drawn(2), drawn(1)
		if first != third || (first != second) != tt.changes || (first != key.ETag()) != tt.changes {
			t.Errorf("%+v: %s, %s, %s; of the key: %s", tt, first, second, third, key.ETag())
		}
	}
}
