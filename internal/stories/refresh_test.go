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
	"time"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// refresh refreshes the story and returns the codes of the warnings.
func (h *house) refresh(t *testing.T, o PutOptions) (r Result, warnings string) {
	t.Helper()
	r, err := h.Refresh(t.Context(), "storm-1", o)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range r.Warnings {
		warnings += w.Code + " "
	}
	return r, warnings
}

// TestRefresh: the source is always asked for the whole photo, even if it would confirm the old one. The same bytes
// leave the article as it is; other bytes give it the version that a Put gives it.
func TestRefresh(t *testing.T) {
	for name, validate := range validators {
		for _, embargo := range []time.Duration{0, time.Hour} {
			h := newHouse(t)
			h.source.change(validate)
			h.source.change(func(s *source) { s.stuck = true })
			story := h.story()
			if embargo > 0 {
				story.EmbargoUntil = time.Now().Add(embargo)
			}
			first, err := h.Put(t.Context(), story, PutOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if same, warnings := h.refresh(t, PutOptions{}); same.Record.Version != first.Record.Version || warnings != "" || same.Created {
				t.Errorf("%s: the same bytes: %+v", name, same)
			}
			h.source.replace(2)
			dry, _ := h.refresh(t, PutOptions{DryRun: true})
			other, warnings := h.refresh(t, PutOptions{})
			if other.Record.PhotoID != photoID(2) || other.Record.Version == first.Record.Version || warnings != "" || other.Created {
				t.Errorf("%s: other bytes: %+v", name, other)
			}
			if dry.Record.Version != other.Record.Version || dry.Record.Code != first.Record.Code {
				t.Errorf("%s: the dry run: %+v", name, dry)
			}
			if h.source.asked != 4 || h.source.confirmed != 0 {
				t.Errorf("%s: asked %d times, confirmed %d", name, h.source.asked, h.source.confirmed)
			}
			if now, err := h.Article(t.Context(), "storm-1"); err != nil || now.Version != other.Record.Version {
				t.Errorf("%s: stored %+v, %v", name, now, err)
			}
			h.source.change(func(s *source) { s.stuck = false })
			if put, err := h.Put(t.Context(), story, PutOptions{}); err != nil || put.Record.Version != other.Record.Version {
				t.Errorf("%s: a put has version %s, the refresh %s, %v", name, put.Record.Version, other.Record.Version, err)
			}
		}
	}
}

// TestRefreshOfOtherArticles: articles without a photo, and with an upload, stay as they are.
func TestRefreshOfOtherArticles(t *testing.T) {
	h := newHouse(t)
	if _, err := h.Refresh(t.Context(), "storm-1", PutOptions{}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("unknown: %v", err)
	}
	h.put(t, PutOptions{})
	for _, ref := range []string{"", photoID(1)} {
		a := h.story()
		a.Photo.URL = ref
		put, err := h.Put(t.Context(), a, PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		asked := h.source.asked
		if r, warnings := h.refresh(t, PutOptions{}); r.Record.Version != put.Record.Version || warnings != "" || h.source.asked != asked {
			t.Errorf("%q: %+v", ref, r)
		}
	}
	if err := h.Delete(t.Context(), "storm-1"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Refresh(t.Context(), "storm-1", PutOptions{}); !errors.Is(err, store.ErrGone) {
		t.Errorf("withdrawn: %v", err)
	}
}

// TestRefreshOfASourceThatFails: the article loses or keeps its photo as in a Put.
func TestRefreshOfASourceThatFails(t *testing.T) {
	for _, tt := range []struct {
		fails   func(*source)
		warning string
		keeps   bool
	}{
		{func(s *source) { s.status = 404 }, "source_unavailable ", false},
		{func(s *source) { s.status = 503 }, "source_unavailable ", true},
		{func(s *source) { s.part = true }, "source_incomplete ", true},
		{func(s *source) { s.photo = []byte("<!doctype html>") }, "unsupported_image ", false},
	} {
		h := newHouse(t)
		first, _ := h.put(t, PutOptions{})
		h.source.change(tt.fails)
		if _, err := h.Refresh(t.Context(), "storm-1", PutOptions{Strict: true}); fault.KindOf(err).Code()+" " != tt.warning {
			t.Errorf("strict: %v", err)
		}
		r, warnings := h.refresh(t, PutOptions{})
		if warnings != tt.warning || (r.Record.Version == first.Record.Version) != tt.keeps || (r.Record.PhotoID == "") == tt.keeps {
			t.Errorf("%s: photo %q, version %s", warnings, r.Record.PhotoID, r.Record.Version)
		}
		put, putWarnings := h.put(t, PutOptions{})
		if put.Record.Version != r.Record.Version || putWarnings != warnings {
			t.Errorf("%s: a put then: %s, version %s, not %s", warnings, putWarnings, put.Record.Version, r.Record.Version)
		}
	}
}

// TestRefreshBesideOthers: what happens to the article while a Refresh waits for the photo is not undone, whichever
// process does it: another text, another photo, a withdrawal.
func TestRefreshBesideOthers(t *testing.T) {
	for _, tt := range []struct {
		why      string
		happens  func(t *testing.T, h *house)
		headline string
		photo    string
		err      error
	}{
		{"another headline", func(t *testing.T, h *house) {
			a := h.story()
			a.Headline = "Storm front moves"
			if _, err := h.Put(t.Context(), a, PutOptions{}); err != nil {
				t.Fatal(err)
			}
		}, "Storm front moves", photoID(2), nil},
		{"a newer photo", func(t *testing.T, h *house) {
			h.source.replace(3)
			if r, _ := h.put(t, PutOptions{}); r.Record.PhotoID != photoID(3) {
				t.Fatalf("put %+v", r)
			}
		}, "Storm front stalls", photoID(3), nil},
		{"another URL", func(t *testing.T, h *house) {
			a := h.story()
			a.Photo.URL += "?another"
			h.source.replace(3)
			if _, err := h.Put(t.Context(), a, PutOptions{}); err != nil {
				t.Fatal(err)
			}
		}, "Storm front stalls", photoID(3), nil},
		{"no photo any more", func(t *testing.T, h *house) {
			a := h.story()
			a.Photo.URL = ""
			if _, err := h.Put(t.Context(), a, PutOptions{}); err != nil {
				t.Fatal(err)
			}
		}, "Storm front stalls", "", nil},
		{"withdrawn", func(t *testing.T, h *house) {
			if err := h.Delete(t.Context(), "storm-1"); err != nil {
				t.Fatal(err)
			}
		}, "", "", store.ErrGone},
		{"the photo that was shown is withdrawn", func(t *testing.T, h *house) {
			if _, err := h.WithdrawPhoto(t.Context(), photoID(1)); err != nil {
				t.Fatal(err)
			}
		}, "Storm front stalls", photoID(2), nil},
		{"the photo that comes is withdrawn", func(t *testing.T, h *house) {
			if _, err := h.photos.Keep(t.Context(), h.url, ""); err != nil {
				t.Fatal(err)
			}
			if _, err := h.WithdrawPhoto(t.Context(), photoID(2)); err != nil {
				t.Fatal(err)
			}
		}, "Storm front stalls", store.NoPhoto, nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := newHouse(t)
			other := h.another(t)
			h.put(t, PutOptions{})
			h.source.replace(2)
			hold, waiting := make(chan struct{}), make(chan struct{})
			h.source.change(func(s *source) { s.hold, s.waiting = hold, waiting })
			done := make(chan error, 1)
			go func() {
				_, err := h.Refresh(t.Context(), "storm-1", PutOptions{})
				done <- err
			}()
			<-waiting
			tt.happens(t, other)
			close(hold)
			if err := <-done; !errors.Is(err, tt.err) {
				t.Fatal(err)
			}
			now, err := h.Article(t.Context(), "storm-1")
			if !errors.Is(err, tt.err) || now.Article.Headline != tt.headline || now.PhotoID != tt.photo {
				t.Errorf("%q with %q, %v", now.Article.Headline, now.PhotoID, err)
			}
		})
	}
}

// TestPutBeforeARefreshIsStored: a Put by another process in the last moment of a Refresh is not undone.
func TestPutBeforeARefreshIsStored(t *testing.T) {
	h := newHouse(t)
	other := h.another(t)
	h.put(t, PutOptions{})
	h.source.replace(2)
	h.store = &beforePut{Store: h.store, happens: func() {
		a := h.story()
		a.Headline = "Storm front moves"
		if _, err := other.Put(t.Context(), a, PutOptions{}); err != nil {
			t.Error(err)
		}
	}}
	if r, warnings := h.refresh(t, PutOptions{}); r.Record.Article.Headline != "Storm front moves" || r.Record.PhotoID != photoID(2) || warnings != "" {
		t.Errorf("%q with %q; %s", r.Record.Article.Headline, r.Record.PhotoID, warnings)
	}
}

// TestRefreshesAndPutsAtOnce: at the end the article shows what its source serves, with the text of the last Put.
func TestRefreshesAndPutsAtOnce(t *testing.T) {
	h := newHouse(t)
	other := h.another(t)
	h.put(t, PutOptions{})
	h.source.replace(2)
	done := make(chan error, 9)
	for i := range cap(done) {
		service := []*house{h, other}[i%2]
		go func() {
			var err error
			if i == 4 {
				a := h.story()
				a.Headline = "Storm front moves"
				_, err = service.Put(t.Context(), a, PutOptions{})
			} else {
				_, err = service.Refresh(t.Context(), "storm-1", PutOptions{})
			}
			done <- err
		}()
	}
	for range cap(done) {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if now, err := h.Article(t.Context(), "storm-1"); err != nil || now.Article.Headline != "Storm front moves" || now.PhotoID != photoID(2) {
		t.Errorf("%q with %q, %v", now.Article.Headline, now.PhotoID, err)
	}
}

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
