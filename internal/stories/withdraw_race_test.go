package stories

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"syscall"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/store"
)

// TestWithdrawnWhileDrawn: a drawing in progress does not bring the photo back, neither into an answer nor into a cache.
func TestWithdrawnWhileDrawn(t *testing.T) {
	for _, ref := range []string{"", photoID(1)} { // "": the URL
		h := newHouse(t)
		h.put(t, PutOptions{})
		if ref == "" {
			ref = h.url
		}
		var all sync.WaitGroup
		began := make(chan struct{}, 64)
		for i := range 24 {
			all.Go(func() {
				c := card.Card{Headline: fmt.Sprint("Storm ", i), Photo: card.Photo{URL: ref}, Size: card.OpenGraph}
				began <- struct{}{}
				img, err := h.previews.Preview(t.Context(), c, "jpg", pictures.Options{})
				if err == nil && img.Photo != "" && h.removals.known.Has(img.Photo) {
					t.Error("a picture of the withdrawn photo is returned")
				}
				if err != nil && !errors.Is(err, pictures.ErrOverloaded) {
					t.Error(err)
				}
			})
		}
		<-began
		h.withdraw(t)
		all.Wait()
		if found := h.holds(t, photoID(1)); len(found) != 0 {
			t.Errorf("%s: left: %v", ref, found)
		}
	}
}

// TestPutDuringAWithdrawal: a Put whose photo is withdrawn after it was stored and drawn stores the article without it.
func TestPutDuringAWithdrawal(t *testing.T) {
	for why, elsewhere := range map[string]bool{"here": false, "in another process": true} {
		h := newHouse(t)
		by := h
		if elsewhere {
			by = h.another(t)
		}
		h.store = &beforePut{Store: h.store, happens: func() { by.withdraw(t) }}
		r, warnings := h.put(t, PutOptions{})
		if r.Record.PhotoID != store.NoPhoto || warnings != "gone " {
			t.Errorf("%s: %+v", why, r)
		}
		if elsewhere {
			if _, err := h.RemoveWithdrawn(t.Context()); err != nil {
				t.Error(err)
			}
		}
		if found := h.holds(t, photoID(1)); len(found) != 0 {
			t.Errorf("%s: left: %v", why, found)
		}
	}
}

// beforePut is a store that calls happens before the first article is stored.
type beforePut struct {
	store.Store
	happens func()
}

func (b *beforePut) PutArticle(ctx context.Context, r store.Record, seen store.Seen) (store.Record, bool, error) {
	if happens := b.happens; happens != nil {
		b.happens = nil
		happens()
	}
	return b.Store.PutArticle(ctx, r, seen)
}

// TestWithdrawnInAnotherProcess: after its next RemoveWithdrawn another process shows nothing of the photo, from memory
// either, and what it stored in between is removed.
func TestWithdrawnInAnotherProcess(t *testing.T) {
	h := newHouse(t)
	other := h.another(t)
	first, _ := h.put(t, PutOptions{})
	if img := other.picture(t, ""); img.Photo != photoID(1) {
		t.Fatalf("%+v", img)
	}
	h.withdraw(t)
	if _, err := other.drawSigned(t, h.url, card.Story); err != nil { // it does not know yet
		t.Fatal(err)
	}
	if r, warnings := other.put(t, PutOptions{}); r.Record.PhotoID != store.NoPhoto || warnings != "gone " {
		t.Errorf("a put there: %+v", r)
	}
	if removed, err := other.RemoveWithdrawn(t.Context()); err != nil || removed == 0 {
		t.Errorf("removed %d, %v", removed, err)
	}
	if found := append(other.holds(t, photoID(1)), h.holds(t, photoID(1))...); len(found) != 0 {
		t.Errorf("left: %v", found)
	}
	q := PictureRequest{ID: "storm-1", Version: first.Record.Version, Size: "og", Format: "jpg"}
	if _, err := other.Card(t.Context(), q); fault.KindOf(err) != fault.PhotoGone {
		t.Errorf("the old picture: %v", err)
	}
	if img, err := other.drawSigned(t, h.url, card.Story); err != nil || fault.KindOf(img.Degraded) != fault.PhotoGone {
		t.Errorf("a signed card: %v, %v", img.Degraded, err)
	}
	if removed, err := other.RemoveWithdrawn(t.Context()); err != nil || removed != 0 {
		t.Errorf("the next time: removed %d, %v", removed, err)
	}
}

// TestWithdrawalThatFails: whatever of a withdrawal fails, the photo is not shown from the moment in which it was
// recorded, and the rest follows: by a repetition, in the background, or after a restart.
func TestWithdrawalThatFails(t *testing.T) {
	for why, goesOn := range map[string]func(t *testing.T, h *house) *house{
		"repeated": func(t *testing.T, h *house) *house { h.withdraw(t); return h },
		"in the background": func(t *testing.T, h *house) *house {
			if _, err := h.RemoveWithdrawn(t.Context()); err != nil {
				t.Error(err)
			}
			return h
		},
		"after a restart": func(t *testing.T, h *house) *house {
			h = h.another(t)
			if err := h.LearnWithdrawn(t.Context()); err != nil {
				t.Error(err)
			}
			if img, err := h.drawSigned(t, photoID(1), card.OpenGraph); err != nil || fault.KindOf(img.Degraded) != fault.PhotoGone {
				t.Errorf("a card before the files are removed: %v, %v", img.Degraded, err)
			}
			if _, err := h.RemoveWithdrawn(t.Context()); err != nil {
				t.Error(err)
			}
			return h
		},
	} {
		h := newHouse(t)
		h.put(t, PutOptions{})
		h.files.Fail("remove", syscall.EIO)
		w, err := h.WithdrawPhoto(t.Context(), photoID(1))
		if !errors.Is(err, blob.ErrUnavailable) || !strings.Contains(fault.MessageOf(err), "keeps trying") || fmt.Sprint(w.Changed) != "[storm-1]" {
			t.Errorf("%s: %v, %v", why, w.Changed, err)
		}
		if img, err := h.drawSigned(t, photoID(1), card.OpenGraph); err != nil || fault.KindOf(img.Degraded) != fault.PhotoGone {
			t.Errorf("%s: a card: %v, %v", why, img.Degraded, err)
		}
		if _, err := h.RemoveWithdrawn(t.Context()); err == nil {
			t.Errorf("%s: in the background it fails silently", why)
		}
		if _, err := h.RemoveWithdrawn(t.Context()); err != nil {
			t.Errorf("%s: a failure is returned twice: %v", why, err)
		}
		if found := h.holds(t, photoID(1)); len(found) != 1 {
			t.Errorf("%s: %v", why, found)
		}
		h.files.Fail("remove", nil)
		if found := goesOn(t, h).holds(t, photoID(1)); len(found) != 0 {
			t.Errorf("%s: left: %v", why, found)
		}
	}
}
