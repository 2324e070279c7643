package pictures_test

import (
	"context"
	"errors"
	"image/color"
	"log/slog"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/scene"
	"newsroom.example/cards/render"
)

// two is a pictures.Photos with two photos; what it has an error for cannot be loaded or, if late, decoded.
type two struct {
	failing map[string]error
	late    bool
	loaded  []string
}

const (
	aPhoto = "upload:0123456789abcdef0123456789abcdef"
	aFace  = "upload:fedcba9876543210fedcba9876543210"
)

func (p *two) Load(_ context.Context, ref string) error {
	if p.loaded = append(p.loaded, ref); p.late {
		return nil
	}
	return p.failing[ref]
}

func (p *two) Decode(_ context.Context, ref string, _ color.Color, use func(render.Photo) error) (string, error) {
	if err := p.failing[ref]; err != nil {
		return "", err
	}
	if ref == aFace {
		return ref, use(render.Decoded(scene.Portrait()))
	}
	return ref, use(render.Decoded(scene.Photo(900, 600, 8, 1)))
}

// TestFailingPortrait: a picture without its portrait is a degraded one that shows the photo, and the other way round. A
// picture with both names both, and is gone when one is withdrawn.
func TestFailingPortrait(t *testing.T) {
	gone := fault.New(fault.SourceUnavailable, "away")
	for _, late := range []bool{false, true} {
		for _, tt := range []struct {
			name     string
			failing  []string
			template string
			photo    string // Image.Photo
			of       string // what Degraded is about
		}{
			{"both", nil, "opinion", aPhoto + " " + aFace, ""},
			{"no portrait", []string{aFace}, "opinion", aPhoto, "portrait"},
			{"no photo", []string{aPhoto}, "opinion", aFace, "photo"},
			{"neither", []string{aPhoto, aFace}, "opinion", "", "photo portrait"},
			{"a template without a place for a portrait", []string{aFace}, "photo", aPhoto, ""},
			{"a template without a place for both", nil, "quote", aFace, ""},
		} {
			photos := &two{failing: map[string]error{}, late: late}
			for _, ref := range tt.failing {
				photos.failing[ref] = gone
			}
			withdrawn := ""
			s := pictures.New(pictures.Config{Photos: photos, Renderer: newRenderer(t), Cache: &memory{kept: map[string][]byte{}},
				Log: slog.New(slog.DiscardHandler), Withdrawn: func(id string) bool { return id == withdrawn }})
			c := newCard(t, true)
			c.Photo.URL, c.Portrait.URL, c.Template = aPhoto, aFace, tt.template
			img, err := s.Preview(t.Context(), c, "jpg", pictures.Options{Sketch: true})
			if err != nil || img.Photo != tt.photo {
				t.Errorf("%s, late %t: shows %q, %v", tt.name, late, img.Photo, err)
				continue
			}
			if (img.Degraded != nil) != (tt.of != "") || errors.Is(img.Portrait, pictures.ErrPortrait) != strings.Contains(tt.of, "portrait") ||
				strings.HasPrefix(tt.of, "photo") && errors.Is(img.Degraded, pictures.ErrPortrait) || (img.ETag == "") != (tt.of != "") {
				t.Errorf("%s, late %t: degraded %v, portrait %v, tag %q", tt.name, late, img.Degraded, img.Portrait, img.ETag)
			}
			if all, err := s.Figures(t.Context(), c, []card.Size{card.Square}); err != nil || (all[0].Degraded != nil) != (tt.of != "") ||
				(all[0].Portrait != nil) != strings.Contains(tt.of, "portrait") {
				t.Errorf("%s, late %t: %+v, %v", tt.name, late, all, err)
			}
			_, err = s.Preview(t.Context(), c, "jpg", pictures.Options{Strict: true})
			if (err != nil) != (tt.of != "") || tt.of != "photo portrait" && errors.Is(err, pictures.ErrPortrait) != (tt.of == "portrait") {
				t.Errorf("%s, late %t, strict: %v", tt.name, late, err)
			}
			if tt.name != "both" {
				continue
			}
			for _, withdrawn = range []string{aPhoto, aFace} {
				if _, ok := s.Cached(t.Context(), s.Key(c, "jpg"), "jpg", false); ok {
					t.Errorf("%s is withdrawn, and the picture still there", withdrawn)
				}
				withdrawn = ""
				if img, err = s.Preview(t.Context(), c, "jpg", pictures.Options{}); err != nil || img.Degraded != nil {
					t.Fatal(err, img.Degraded)
				}
			}
		}
	}
}

// TestUnusedPortrait: what a template has no place for is not loaded.
func TestUnusedPortrait(t *testing.T) {
	for template, want := range map[string]string{"photo": aPhoto, "quote": aFace, "opinion": aFace + " " + aPhoto, "text": ""} {
		photos := &two{}
		s := pictures.New(pictures.Config{Photos: photos, Renderer: newRenderer(t), Cache: &memory{kept: map[string][]byte{}},
			Log: slog.New(slog.DiscardHandler)})
		c := newCard(t, true)
		c.Photo.URL, c.Portrait.URL, c.Template = aPhoto, aFace, template
		if _, err := s.Preview(t.Context(), c, "jpg", pictures.Options{}); err != nil || strings.Join(photos.loaded, " ") != want {
			t.Errorf("%s: loaded %v, %v", template, photos.loaded, err)
		}
		c.Portrait.URL = "https://pictures.example/a.jpg"
		if permanent := template == "photo" || template == "text"; s.Permanent(c) != permanent {
			t.Errorf("%s: permanent %t", template, !permanent)
		}
	}
}
