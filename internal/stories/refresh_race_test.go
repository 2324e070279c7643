package stories

import (
	"errors"
	"testing"

	"newsroom.example/cards/internal/store"
)

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
