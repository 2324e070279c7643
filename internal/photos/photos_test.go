package photos

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
)

const url = "https://pictures.example/a.png"

func TestFreshPhotosAreNotRequested(t *testing.T) {
	l, _, source, now := house()
	load := func(why string, version, asked, whole int) {
		t.Helper()
		data, err := shown(t, l, url)
		if err != nil || !bytes.Equal(data, picturePNG(version)) {
			t.Fatalf("%s: another picture, %v", why, err)
		}
		if source.asked != asked || source.whole != whole {
			t.Errorf("%s: asked %d times, %d whole; want %d, %d", why, source.asked, source.whole, asked, whole)
		}
	}
	load("at first", 0, 1, 1)
	load("while it is fresh", 0, 1, 1)
	source.version = 1
	load("changed, but fresh still", 0, 1, 1)
	*now = now.Add(time.Minute)
	load("changed", 1, 2, 2)
	*now = now.Add(time.Minute)
	load("not modified", 1, 3, 2)
	load("fresh once more", 1, 3, 2)
	evict(l)
	load("evicted", 1, 3, 2)
	evict(l)
	clear(spillOf(l).blobs)
	load("no longer there", 1, 4, 3)
	if source.known != (fetch.Validators{}) {
		t.Errorf("asked with %v for a photo that is gone", source.known)
	}
	source.fresh = 0
	*now = now.Add(time.Minute)
	load("never fresh", 1, 5, 3)
	load("never fresh", 1, 6, 3)
}

func TestKeepAndCheck(t *testing.T) {
	l, kept, source, _ := house()
	p, err := l.Check(t.Context(), url, "")
	if err != nil || p.Width != 3 || p.Height != 2 || p.Type != "image/png" || !strings.HasPrefix(p.ID, prefix) {
		t.Fatalf("%+v, %v", p, err)
	}
	if len(kept.blobs) != 0 {
		t.Error("checking keeps the photo")
	}
	q, err := l.Keep(t.Context(), url, "")
	if err != nil || p != q || len(kept.blobs) != 1 {
		t.Fatalf("%+v, %v, %d kept", q, err, len(kept.blobs))
	}
	for _, ask := range []func(context.Context, string, string) (Photo, error){l.Keep, l.Check} {
		if got, err := ask(t.Context(), p.ID, ""); err != nil || got != p {
			t.Errorf("by its ID: %+v, %v", got, err)
		}
	}
	if again, err := l.Keep(t.Context(), url, p.ID); err != nil || again != p || source.whole != 2 {
		t.Errorf("kept twice: %+v, %v, %d", again, err, source.whole)
	}
	if uploaded, err := l.Save(t.Context(), picturePNG(0)); err != nil || uploaded != p || len(kept.blobs) != 1 {
		t.Errorf("the same bytes uploaded: %+v, %v", uploaded, err)
	}
}

func TestFailures(t *testing.T) {
	l, kept, source, now := house()
	kept.full = true
	if data, err := shown(t, l, url); err != nil || len(data) == 0 {
		t.Errorf("a full store: %v", err)
	}
	if _, err := l.Keep(t.Context(), url, ""); !errors.Is(err, errFull) {
		t.Errorf("a full store, to keep: %v", err)
	}
	kept.full = false
	if err := l.Load(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	*now = now.Add(time.Hour)
	for _, slow := range []error{fault.ErrPhotoOverloaded, fetch.ErrTimeout} {
		source.err = slow
		if data, err := shown(t, l, url); err != nil || !bytes.Equal(data, picturePNG(0)) {
			t.Errorf("%v, of a photo that was there before: %v", slow, err)
		}
	}
	if err := l.Load(t.Context(), url+"?new"); !errors.Is(err, fetch.ErrTimeout) {
		t.Errorf("a source that is slow: %v", err)
	}
	source.err = fetch.ErrUnavailable
	if err := l.Load(t.Context(), url); !errors.Is(err, fetch.ErrUnavailable) {
		t.Errorf("a source without the photo: %v", err)
	}
	if err := l.Load(t.Context(), prefix+"0123"); !errors.Is(err, fetch.ErrUnavailable) {
		t.Errorf("an upload that is not there: %v", err)
	}
	if _, err := l.Save(t.Context(), []byte("<svg/>")); !errors.Is(err, photo.ErrUnsupported) {
		t.Errorf("no photo: %v", err)
	}
	alone := New(Config{Blobs: kept})
	if err := alone.Load(t.Context(), url); !errors.Is(err, fetch.ErrUnavailable) {
		t.Errorf("no fetcher: %v", err)
	}
}

func TestSourcesAreBounded(t *testing.T) {
	l, _, _, _ := house()
	for i := range maxSources + 100 {
		l.sources.put(fmt.Sprint(url, i), "id", fetch.Answer{Fresh: time.Hour})
	}
	if n := len(l.sources.all); n != maxSources {
		t.Errorf("%d URLs are remembered", n)
	}
	if _, fresh := l.sources.get(fmt.Sprint(url, maxSources+99)); !fresh {
		t.Error("the newest one is forgotten")
	}
}

// TestStoredAgain: a photo that is in memory, but no longer in the blob store, is stored again before it is
// acknowledged. If that fails, it is not acknowledged.
func TestStoredAgain(t *testing.T) {
	l, kept, _, _ := house()
	p, err := l.Save(t.Context(), picturePNG(1))
	if err != nil {
		t.Fatal(err)
	}
	for what, again := range map[string]func() (Photo, error){
		"uploaded again":        func() (Photo, error) { return l.Save(t.Context(), picturePNG(1)) },
		"kept for an article":   func() (Photo, error) { return l.Keep(t.Context(), p.ID, "") },
		"kept for the same one": func() (Photo, error) { return l.Keep(t.Context(), p.ID, p.ID) },
	} {
		clear(kept.blobs)
		kept.full = true
		if _, err := again(); !errors.Is(err, errFull) {
			t.Errorf("%s, while it cannot be stored: %v", what, err)
		}
		kept.full = false
		if got, err := again(); err != nil || got != p || len(kept.blobs) != 1 {
			t.Errorf("%s: %v, %v; %d are stored", what, got, err, len(kept.blobs))
		}
	}
}
