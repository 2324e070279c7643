package handlers

import (
	"context"
	"fmt"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/pictures"
)

// TestLatePhotos: where the photo takes too long, the answer is the card without it; a strict request gets the error.
func TestLatePhotos(t *testing.T) {
	for _, tt := range []struct {
		why, query string
		plain      error // of the plain card
		status     int
	}{
		{"late", "", nil, 200},
		{"late, strict", "?strict=1", nil, 503},
		{"the plain card is late too", "", context.DeadlineExceeded, 503},
	} {
		h := newHouse(t)
		asked := 0
		h.pictures.draw = func(c card.Card, _ string, o pictures.Options) (pictures.Image, error) {
			if asked++; !o.Plain {
				return pictures.Image{}, fmt.Errorf("draw: %w", context.DeadlineExceeded)
			}
			return pictures.Image{Bytes: []byte("plain"), Type: "image/jpeg", Degraded: fault.ErrPhotoOverloaded}, tt.plain
		}
		target := "/cards/storm-1/v/og.jpg" + tt.query
		resp := h.do(t, request("GET", target, ""))
		degraded := resp.Header.Get("X-Card-Degraded")
		if raw := text(t, resp); resp.StatusCode != tt.status || tt.status == 200 && (raw != "plain" || degraded != "overloaded") {
			t.Errorf("%s: %d %s %q", tt.why, resp.StatusCode, degraded, raw)
		}
		if want := 2 - len(tt.query)/len("?strict=1"); asked != want {
			t.Errorf("%s: asked %d times", tt.why, asked)
		}
	}
}
