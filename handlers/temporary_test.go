package handlers

import (
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/store"
)

// TestTemporaryPictures: if a version has no stored photo, its source may change the photo at any time. The picture is
// drawn for each request, and caches may keep it for a minute only.
func TestTemporaryPictures(t *testing.T) {
	h := newHouse(t)
	h.articles.byID = func(string) (store.Record, error) {
		rec := storm()
		rec.PhotoID = ""
		return rec, nil
	}
	h.pictures.kept = []byte("of yesterday")
	var asked pictures.Options
	h.pictures.draw = func(_ card.Card, format string, o pictures.Options) (pictures.Image, error) {
		asked = o
		return pictures.Image{Bytes: []byte("of today"), Type: card.MediaType(format)}, nil
	}
	for _, path := range []string{"/cards/storm-1/v/og.jpg", "/cards/storm-1/v/og.jpg?strict=1"} {
		resp := h.do(t, request("GET", path, "", "If-None-Match", "*"))
		if body := text(t, resp); resp.StatusCode != 200 || body != "of today" || !asked.Temporary {
			t.Errorf("%s: %d %q, %+v", path, resp.StatusCode, body, asked)
		}
		if resp.Header.Get("ETag") != "" || resp.Header.Get("Cache-Control") != "public, max-age=60" || resp.Header.Get("X-Card-Degraded") != "" {
			t.Errorf("%s: %v", path, resp.Header)
		}
	}
}
