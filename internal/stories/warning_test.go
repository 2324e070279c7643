package stories

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
)

func TestEveryFailureOfAPhotoHasACode(t *testing.T) {
	for want, err := range map[string]error{
		"internal":           errors.New("read photo: is a directory"),
		"source_unavailable": fmt.Errorf("photo: %w", fetch.ErrUnavailable),
		"image_invalid":      photo.ErrInvalid,
	} {
		if got := warning("storm-1", err); got.Code != want || !errors.Is(got.Err, err) || got.Field != "photo.url" || got.Message == "" {
			t.Errorf("%v: %+v", err, got)
		}
	}
}

// TestAPhotoThatIsNoURL checks that a photo whose URL cannot be one does not stop the story, unless it must be strict
// or another field is invalid too.
func TestAPhotoThatIsNoURL(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		photo, headline string
		strict          bool
		fields, warning string
	}{
		{"http://pictures example/a.jpg", "Storm", false, "", "invalid_request photo.url"},
		{"http://pictures.example:99999/a.jpg", "Storm", false, "", "invalid_request photo.url"},
		{"upload:../a", "Storm", false, "", "invalid_request photo.url"},
		{"ftp://pictures.example/a.jpg", "Storm", true, "photo.url", ""},
		{"ftp://pictures.example/a.jpg", "", false, "headline photo.url", ""},
	} {
		a := h.story()
		a.Photo.URL, a.Headline = tt.photo, tt.headline
		got, err := h.Put(t.Context(), a, PutOptions{Strict: tt.strict})
		var fields, warnings []string
		for _, f := range card.FieldErrors(err) {
			fields = append(fields, f.Field)
		}
		for _, w := range got.Warnings {
			warnings = append(warnings, w.Code+" "+w.Field)
		}
		if strings.Join(fields, " ") != tt.fields || strings.Join(warnings, ", ") != tt.warning ||
			got.Record.Article.Photo.URL != "" {
			t.Errorf("%s: faults %v, warnings %v, %+v", tt.photo, fields, warnings, got.Record.Article.Photo)
		}
		if tt.fields == "" {
			h.picture(t, got.Record.Version)
		}
	}
}
