package stories

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/card"
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
	_, err = h.cards.DeleteFunc(t.Context(), nil, 128, func(key string, head []byte) bool {
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
	if fmt.Sprint(w.Changed, w.Uses.Articles) != "[storm-1] [storm-1]" || len(w.Uses.Versions) != 1 || w.Pictures != 7 {
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
	shown, err := h.Card(t.Context(), PictureRequest{ID: "storm-1", Size: "og", Format: "png"})
	c := shown.Card
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
		if err != nil || p.ID != photoID(seed+1) || p.Width != 640 || p.Height != 400 || p.Bytes != len(photoOf(seed+1)) || fmt.Sprint(p.Uses.Articles) != "[storm-1]" {
			t.Errorf("%+v, %v", p, err)
		}
	}
	h.withdraw(t)
	if _, err := h.Photo(t.Context(), photoID(1)); fault.KindOf(err) != fault.PhotoGone {
		t.Errorf("withdrawn: %v", err)
	}
}

// TestWithdrawnUnderEmbargo: readers are not told that there was an article which none of them has seen.
func TestWithdrawnUnderEmbargo(t *testing.T) {
	h := newHouse(t)
	a := plain("secret")
	a.EmbargoUntil = h.now().Add(time.Hour)
	r, err := h.Put(t.Context(), a, PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Delete(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	_, byID := h.Current(t.Context(), a.ID)
	_, byCode := h.ByCode(t.Context(), r.Record.Code)
	_, byURL := h.ByURL(t.Context(), r.Record.Article.URL)
	_, picture := h.Card(t.Context(), PictureRequest{ID: a.ID, Version: r.Record.Version})
	for _, err := range []error{byID, byCode, byURL, picture} {
		if !errors.Is(err, ErrEmbargoed) || errors.Is(err, store.ErrGone) {
			t.Errorf("for readers: %v", err)
		}
	}
	if _, err := h.Article(t.Context(), a.ID); !errors.Is(err, store.ErrGone) {
		t.Errorf("for the newsroom: %v", err)
	}
}
