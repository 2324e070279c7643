package stories

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/internal/fault"
)

// TestDamagedPhotoIsMended: an article whose stored photo is damaged says so. A Put or a Refresh that gets the photo
// from its source mends it; during an outage both warnings are given.
func TestDamagedPhotoIsMended(t *testing.T) {
	for why, again := range map[string]func(h *house) (Result, string){
		"put":     func(h *house) (Result, string) { return h.put(t, PutOptions{}) },
		"refresh": func(h *house) (Result, string) { return h.refresh(t, PutOptions{}) },
	} {
		h := newHouse(t)
		first, _ := h.put(t, PutOptions{})
		h.spoilPhotos(t)
		h = h.another(t) // with nothing in memory
		for name := range h.cards.List(t.Context(), "") {
			if err := h.cards.Delete(t.Context(), name.Key); err != nil {
				t.Fatal(err)
			}
		}
		if img := h.picture(t, ""); fault.KindOf(img.Degraded) != fault.ImageInvalid {
			t.Errorf("%s: degraded %v", why, img.Degraded)
		}
		h.source.change(func(s *source) { s.status = http.StatusServiceUnavailable })
		dry, err := h.Put(t.Context(), h.story(), PutOptions{DryRun: true})
		if err != nil || len(dry.Warnings) != 2 || dry.Warnings[1].Code != "image_invalid" || !strings.Contains(dry.Warnings[1].Message, "damaged") {
			t.Errorf("%s: in an outage: %+v, %v", why, dry.Warnings, err)
		}
		h.source.change(func(s *source) { s.status = 0 })
		if r, warnings := again(h); r.Record.Version != first.Record.Version || warnings != "" {
			t.Errorf("%s: %+v", why, r)
		}
		if img := h.another(t).picture(t, ""); img.Degraded != nil {
			t.Errorf("%s: afterwards: %v", why, img.Degraded)
		}
		a := h.story()
		a.Photo.URL = photoID(1)
		h.spoilPhotos(t)
		if r, err := h.another(t).Put(t.Context(), a, PutOptions{}); err != nil || fmt.Sprint(r.Warnings) == "[]" ||
			r.Warnings[0].Code != "image_invalid" || !strings.Contains(r.Warnings[0].Message, "damaged") {
			t.Errorf("%s: as an upload: %+v, %v", why, r.Warnings, err)
		}
	}
}

// spoilPhotos damages the files of all stored photos.
func (h *house) spoilPhotos(t *testing.T) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(h.dir, "photos", "??", "photo-*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if err := os.Truncate(file, 1000); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
}
