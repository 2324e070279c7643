package pictures_test

import (
	"context"
	"image/color"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/scene"
	"newsroom.example/cards/render"
)

// withdrawable is a pictures.Photos with one photo, which can be withdrawn. during is called while it is decoded.
type withdrawable struct {
	withdrawn atomic.Bool
	during    func()
}

var errWithdrawn = fault.New(fault.PhotoGone, "withdrawn")

func (w *withdrawable) Load(context.Context, string) error {
	if w.withdrawn.Load() {
		return errWithdrawn
	}
	return nil
}

func (w *withdrawable) Decode(_ context.Context, _ string, _ color.Color, use func(render.Photo) error) (string, error) {
	if w.withdrawn.Load() {
		return "", errWithdrawn
	}
	if w.during != nil {
		w.during()
	}
	return gatePhoto, use(render.Decoded(scene.Photo(400, 300, 0, 1)))
}

func (w *withdrawable) has(photo string) bool { return w.withdrawn.Load() && photo == gatePhoto }

// late is a cache that calls happens before and after it stores a picture.
type late struct {
	*memory
	before, after func()
}

func (l *late) Put(ctx context.Context, name string, data []byte) error {
	if l.before != nil {
		l.before()
	}
	err := l.memory.Put(ctx, name, data)
	if l.after != nil {
		l.after()
	}
	return err
}

func withdrawableService(t *testing.T, w *withdrawable, c pictures.Cache) *pictures.Service {
	return pictures.New(pictures.Config{
		Photos: w, Renderer: newRenderer(t), Cache: c, Log: slog.New(slog.DiscardHandler), Withdrawn: w.has,
	})
}

// TestWithdrawnPictures: cached pictures of a withdrawn photo are neither returned nor kept, whatever reference they
// were drawn from. Others are.
func TestWithdrawnPictures(t *testing.T) {
	w, cache := &withdrawable{}, &memory{kept: map[string][]byte{}}
	s := withdrawableService(t, w, cache)
	byURL, byID, text := newCard(t, true), newCard(t, true), newCard(t, false)
	byURL.Photo.URL, byID.Photo.URL = "https://pictures.example/a.jpg", gatePhoto
	for _, c := range []card.Card{byURL, byID, text} {
		img, err := s.Preview(t.Context(), c, "jpg", pictures.Options{})
		if again, ok := s.Cached(t.Context(), s.Key(c, "jpg"), "jpg", c.ByURL()); err != nil || !ok || again.Photo != img.Photo || string(again.Bytes) != string(img.Bytes) {
			t.Fatalf("%v, cached %t", err, ok)
		}
	}
	w.withdrawn.Store(true)
	for _, c := range []card.Card{byURL, byID} {
		if _, ok := s.Cached(t.Context(), s.Key(c, "jpg"), "jpg", c.ByURL()); ok {
			t.Errorf("%s is still cached", c.Photo.URL)
		}
		if img, err := s.Preview(t.Context(), c, "jpg", pictures.Options{}); err != nil || img.Photo != "" || fault.KindOf(img.Degraded) != fault.PhotoGone {
			t.Errorf("%s: degraded %v, %v", c.Photo.URL, img.Degraded, err)
		}
		if _, err := s.Preview(t.Context(), c, "jpg", pictures.Options{Strict: true}); fault.KindOf(err) != fault.PhotoGone {
			t.Errorf("%s, strict: %v", c.Photo.URL, err)
		}
	}
	if _, ok := s.Cached(t.Context(), s.Key(text, "jpg"), "jpg", false); !ok || len(cache.kept) != 1 {
		t.Errorf("the card without a photo is cached: %t; %d in the cache", ok, len(cache.kept))
	}
}

// TestRemoveWithdrawn: pictures of withdrawn photos are removed, and those of earlier releases, which have no marks.
func TestRemoveWithdrawn(t *testing.T) {
	w, cache := &withdrawable{}, &memory{kept: map[string][]byte{
		"card-v8-aa.jpg": []byte("\xff\xd8 a JPEG without a mark"), "card-2v0-bb.jpg": {}, "card-2v0-cc.png": []byte("\x89PNG"),
		"card-2v0-dd.jpg": []byte("\x00\xff\xd8 of another renderer, without a photo"),
		"card-2v0-ee.jpg": []byte(string(rune(len(gatePhoto))) + gatePhoto + "\xff\xd8 of another renderer"),
		"card-2v0-ff.jpg": []byte("\x08upload:1\xff\xd8 of another photo"),
	}}
	s := withdrawableService(t, w, cache)
	w.withdrawn.Store(true)
	if removed, err := s.RemoveWithdrawn(t.Context(), []string{gatePhoto}); removed != 4 || err != nil {
		t.Errorf("removed %d, %v", removed, err)
	}
	for name := range cache.kept {
		if name != "card-2v0-dd.jpg" && name != "card-2v0-ff.jpg" {
			t.Errorf("%s is left", name)
		}
	}
}

// TestWithdrawnDuringADrawing: at whatever moment the photo is withdrawn, the picture with it is neither returned
// afterwards nor left in the cache.
func TestWithdrawnDuringADrawing(t *testing.T) {
	for _, moment := range []string{"decoding", "before it is stored", "after it is stored"} {
		for _, ref := range []string{gatePhoto, "https://pictures.example/a.jpg"} {
			for _, o := range []pictures.Options{{}, {Strict: true}, {Temporary: true}} {
				w, cache := &withdrawable{}, &late{memory: &memory{kept: map[string][]byte{}}}
				s := withdrawableService(t, w, cache)
				withdraw := func() {
					w.withdrawn.Store(true)
					if _, err := s.RemoveWithdrawn(t.Context(), []string{gatePhoto}); err != nil {
						t.Error(err)
					}
				}
				switch {
				case moment == "decoding" || o.Temporary:
					w.during = withdraw
				case strings.HasPrefix(moment, "before"):
					cache.before = withdraw
				default:
					cache.after = withdraw
				}
				c := newCard(t, true)
				c.Photo.URL = ref
				img, err := s.Preview(t.Context(), c, "jpg", o)
				if o.Strict {
					if fault.KindOf(err) != fault.PhotoGone {
						t.Errorf("%s, %s, strict: %v", moment, ref, err)
					}
				} else if err != nil || img.Photo != "" || fault.KindOf(img.Degraded) != fault.PhotoGone {
					t.Errorf("%s, %s: degraded %v, photo %q, %v", moment, ref, img.Degraded, img.Photo, err)
				}
				if len(cache.kept) != 0 {
					t.Errorf("%s, %s: %d are cached", moment, ref, len(cache.kept))
				}
			}
		}
	}
}
