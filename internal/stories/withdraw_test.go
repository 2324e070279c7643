package stories

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/store"
)

// withdraw withdraws the photo that the source has first.
func (h *house) withdraw(t *testing.T) Withdrawal {
	t.Helper()
	w, err := h.WithdrawPhoto(t.Context(), photoID(1))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// drawSigned draws a card that is not an article's.
func (h *house) drawSigned(t *testing.T, ref string, size card.Size) (pictures.Image, error) {
	t.Helper()
	c := card.Card{Headline: "Storm front stalls", Photo: card.Photo{URL: ref}, Size: size}
	return h.previews.Preview(t.Context(), c, "jpg", pictures.Options{})
}

// holds reports whether the files of the service or its memory hold the photo or a card that was drawn from it. Cards
// are found by their marks.
func (h *house) holds(t *testing.T, id string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(h.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), "cards.db") {
			return err
		}
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, []byte(id)) || strings.Contains(path, strings.TrimPrefix(id, "upload:")) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.cards.DeleteFunc(t.Context(), 128, func(key string, head []byte) bool {
		if bytes.Contains(head, []byte(id)) {
			found = append(found, key)
		}
		return false
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestWithdrawPhoto: the photo and everything drawn from it is removed, whatever it was drawn for. The article gets a
// version without it, whose picture is complete; the pictures of its versions with the photo are gone.
func TestWithdrawPhoto(t *testing.T) {
	h := newHouse(t)
	shown, _ := h.put(t, PutOptions{})
	h.picture(t, "")
	for _, ref := range []string{h.url, photoID(1)} {
		for _, size := range []card.Size{card.OpenGraph, card.Story, {W: 640, H: 480}} {
			if img, err := h.drawSigned(t, ref, size); err != nil || img.Degraded != nil || img.Photo != photoID(1) {
				t.Fatalf("%+v, %v", img, err)
			}
		}
	}
	other := h.story()
	other.ID, other.URL, other.Photo.URL = "other", "https://news.example/other", ""
	kept, err := h.Put(t.Context(), other, PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	w := h.withdraw(t)
	if fmt.Sprint(w.Changed, w.Uses.Articles) != "[storm-1] [storm-1]" || len(w.Uses.Versions) != 1 || w.Pictures != 6 {
		t.Errorf("%+v, %d pictures", w.Changed, w.Pictures)
	}
	if found := h.holds(t, photoID(1)); len(found) != 0 {
		t.Errorf("left: %v", found)
	}
	now, err := h.Article(t.Context(), "storm-1")
	if err != nil || now.Version == shown.Record.Version || now.Code != shown.Record.Code || now.PhotoID != store.NoPhoto || now.Shown().Photo.URL != "" {
		t.Errorf("%+v, %v", now, err)
	}
	h.showsNoPhoto(t)
	_, err = h.Card(t.Context(), PictureRequest{ID: "storm-1", Version: shown.Record.Version, Size: "og", Format: "jpg"})
	if fault.KindOf(err) != fault.PhotoGone {
		t.Errorf("the old picture: %v", err)
	}
	for _, ref := range []string{h.url, photoID(1)} {
		img, err := h.drawSigned(t, ref, card.OpenGraph)
		if err != nil || fault.KindOf(img.Degraded) != fault.PhotoGone || img.ETag != "" || img.Photo != "" {
			t.Errorf("a card of %s: degraded %v, %v", ref, img.Degraded, err)
		}
	}
	if same, err := h.Article(t.Context(), "other"); err != nil || same.Version != kept.Record.Version {
		t.Errorf("another article: %+v, %v", same, err)
	}
	if again := h.withdraw(t); len(again.Changed) != 0 || len(again.Uses.Versions) != 1 {
		t.Errorf("again: %+v", again)
	}
	if _, err := h.WithdrawPhoto(t.Context(), photoID(9)); !errors.Is(err, photos.ErrUnknown) {
		t.Errorf("unknown: %v", err)
	}
}

// showsNoPhoto checks that the story's picture is complete and permanent, and drawn without asking the photo's source.
func (h *house) showsNoPhoto(t *testing.T) {
	t.Helper()
	c, err := h.Card(t.Context(), PictureRequest{ID: "storm-1", Size: "og", Format: "png"})
	if err != nil || !h.previews.Permanent(c) {
		t.Errorf("the card without it: %+v, %v", c, err)
	}
	asked := h.source.asked
	img, err := h.previews.Preview(t.Context(), c, "png", pictures.Options{})
	if err != nil || img.Degraded != nil || img.ETag == "" || img.Photo != "" || h.source.asked != asked {
		t.Errorf("its picture: %v, degraded %v", err, img.Degraded)
	}
}

// TestWithdrawnPhotoStaysAway: whatever brings the same bytes again, the article does not show them: it has the version
// that the withdrawal gave it, with a warning. With other bytes it has a photo again.
func TestWithdrawnPhotoStaysAway(t *testing.T) {
	for _, strict := range []bool{false, true} {
		h := newHouse(t)
		h.put(t, PutOptions{})
		h.withdraw(t)
		without, err := h.Article(t.Context(), "storm-1")
		if err != nil {
			t.Fatal(err)
		}
		upload := h.story()
		upload.Photo.URL = photoID(1)
		for why, bring := range map[string]func() (Result, error){
			"put":     func() (Result, error) { return h.Put(t.Context(), h.story(), PutOptions{Strict: strict}) },
			"refresh": func() (Result, error) { return h.Refresh(t.Context(), "storm-1", PutOptions{Strict: strict}) },
			"dry run": func() (Result, error) { return h.Put(t.Context(), h.story(), PutOptions{Strict: strict, DryRun: true}) },
		} {
			r, err := bring()
			if strict {
				if fault.KindOf(err) != fault.PhotoGone {
					t.Errorf("%s, strict: %v", why, err)
				}
				continue
			}
			if err != nil || r.Record.Version != without.Version || len(r.Warnings) != 1 || r.Warnings[0].Code != "gone" ||
				!strings.Contains(r.Warnings[0].Message, photoID(1)) {
				t.Errorf("%s: version %s, %+v, %v", why, r.Record.Version, r.Warnings, err)
			}
		}
		h.source.change(func(s *source) { s.status = 503 })
		if r, warnings := h.put(t, PutOptions{}); r.Record.Version != without.Version || warnings != "source_unavailable " {
			t.Errorf("in an outage: %+v", r)
		}
		h.source.change(func(s *source) { s.status = 0 })
		if r, err := h.Put(t.Context(), upload, PutOptions{}); err != nil || r.Record.PhotoID != store.NoPhoto || r.Warnings[0].Code != "gone" {
			t.Errorf("by its ID: %+v, %v", r, err)
		}
		if found := h.holds(t, photoID(1)); len(found) != 0 {
			t.Errorf("left: %v", found)
		}
		h.source.replace(2)
		if r, _ := h.put(t, PutOptions{}); r.Record.PhotoID != photoID(2) {
			t.Errorf("another photo: %+v", r)
		}
	}
}

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
		if !errors.Is(err, blob.ErrUnavailable) || fmt.Sprint(w.Changed) != "[storm-1]" {
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

// TestWithdrawalOfADamagedPhoto: a photo that is only there as a damaged file can be withdrawn, and the file is removed.
func TestWithdrawalOfADamagedPhoto(t *testing.T) {
	h := newHouse(t)
	if _, err := h.photos.Keep(t.Context(), h.url, ""); err != nil {
		t.Fatal(err)
	}
	h.spoilPhotos(t)
	h = h.another(t)
	if _, err := h.Photo(t.Context(), photoID(1)); !errors.Is(err, photos.ErrDamaged) {
		t.Fatal(err)
	}
	h.withdraw(t)
	if found := h.holds(t, photoID(1)); len(found) != 0 {
		t.Errorf("left: %v", found)
	}
}

// TestPhoto: a photo is described with the articles that show it, or did.
func TestPhoto(t *testing.T) {
	h := newHouse(t)
	h.put(t, PutOptions{})
	h.source.replace(2)
	h.put(t, PutOptions{})
	for seed := range uint64(2) {
		p, err := h.Photo(t.Context(), photoID(seed+1))
		if err != nil || p.ID != photoID(seed+1) || p.Width != 400 || p.Height != 300 || p.Bytes != len(photoOf(seed+1)) || fmt.Sprint(p.Uses.Articles) != "[storm-1]" {
			t.Errorf("%+v, %v", p, err)
		}
	}
	h.withdraw(t)
	if _, err := h.Photo(t.Context(), photoID(1)); fault.KindOf(err) != fault.PhotoGone {
		t.Errorf("withdrawn: %v", err)
	}
}
