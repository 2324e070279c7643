package stories

import (
	"errors"
	"fmt"
	"log/slog"
	"testing"

	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
)

func TestEveryFailureOfAPhotoHasACode(t *testing.T) {
	r := New(Config{Log: slog.New(slog.DiscardHandler)})
	for want, err := range map[string]error{
		"internal":           errors.New("read photo: is a directory"),
		"source_unavailable": fmt.Errorf("photo: %w", fetch.ErrUnavailable),
		"image_invalid":      photo.ErrInvalid,
	} {
		if got := r.warning(t.Context(), "storm-1", err); got.Code != want || got.Field != "photo.url" || got.Message == "" {
			t.Errorf("%v: %+v", err, got)
		}
	}
}
