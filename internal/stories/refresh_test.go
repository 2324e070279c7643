package stories

import (
	"errors"
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
