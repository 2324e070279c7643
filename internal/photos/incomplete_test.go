package photos

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/scene"
)

// faulty is a source that sends a part of its photo until it is repaired.
type faulty struct {
	data     []byte
	way      string // how it fails
	repaired atomic.Bool
	asked    atomic.Int32
}

func (f *faulty) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.asked.Add(1)
	const tag = `"whole"` // it belongs to the complete photo, however much is sent
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("ETag", tag)
	part := f.data[:len(f.data)*7/10]
	switch {
	case f.repaired.Load():
		_, _ = w.Write(f.data)
	case f.way == "the file is cut short":
		w.Header().Set("Content-Length", strconv.Itoa(len(part)))
		_, _ = w.Write(part)
	case f.way == "the stated length is too large":
		w.Header().Set("Content-Length", strconv.Itoa(len(f.data)+1000))
		_, _ = w.Write(f.data)
	case f.way == "the transfer breaks off":
		w.Header().Set("Content-Length", strconv.Itoa(len(f.data)))
		_, _ = w.Write(part)
	}
}

// drawnSize decodes the photo and returns its size; zero if use was not called.
func drawnSize(t *testing.T, l *Store, ref string) (size image.Point, err error) {
	t.Helper()
	_, err = l.Decode(t.Context(), ref, color.White, func(p *photo.Photo) error {
		size = p.Size()
		_, _, err := p.Pixels(image.Rectangle{Max: size}, size)
		return err
	})
	return size, err
}

// TestIncompletePhotoIsRepaired: an incomplete photo is drawn and reported as incomplete, and not stored. Its source
// is not asked to confirm it, and is asked only every cutFresh. The photo is complete as soon as its source sends it.
func TestIncompletePhotoIsRepaired(t *testing.T) {
	for _, way := range []string{"the file is cut short", "the transfer breaks off"} {
		source := &faulty{data: scene.JPEG(scene.Noise(320, 240)), way: way}
		server := httptest.NewServer(source)
		now := time.Unix(1_000_000, 0)
		l := remote(t, server, 0)
		l.sources.now = func() time.Time { return now }
		_ = l.Load(t.Context(), server.URL)
		evict(l) // the first time it is read from the spill
		for n := range 3 {
			size, err := drawnSize(t, l, server.URL)
			whole := size.Y >= 240 && way == "the file is cut short"
			if !errors.Is(err, fault.ErrSourceIncomplete) || size.X != 320 || size.Y < 144 || whole {
				t.Errorf("%s, %d: %v, %v", way, n, size, err)
			}
		}
		if n := source.asked.Load(); n != 1 {
			t.Errorf("%s: asked %d times", way, n)
		}
		if _, err := l.Keep(t.Context(), server.URL, ""); !errors.Is(err, fault.ErrSourceIncomplete) {
			t.Errorf("%s: kept, %v", way, err)
		}
		if _, err := l.Check(t.Context(), server.URL, ""); !errors.Is(err, fault.ErrSourceIncomplete) {
			t.Errorf("%s: checked, %v", way, err)
		}
		source.repaired.Store(true)
		if _, err := drawnSize(t, l, server.URL); !errors.Is(err, fault.ErrSourceIncomplete) || source.asked.Load() != 3 {
			t.Errorf("%s: asked %d times, %v", way, source.asked.Load(), err)
		}
		now = now.Add(cutFresh)
		if size, err := drawnSize(t, l, server.URL); err != nil || size != image.Pt(320, 240) {
			t.Errorf("%s: whole, %v, %v", way, size, err)
		}
		p, err := l.Keep(t.Context(), server.URL, "")
		if err != nil || p.Height != 240 {
			t.Errorf("%s: whole, kept %+v, %v", way, p, err)
		}
		server.Close()
	}
}

// TestKeepRepairsAtOnce: Keep asks the source again at once, although the last answer was incomplete.
func TestKeepRepairsAtOnce(t *testing.T) {
	source := &faulty{data: scene.JPEG(scene.Noise(320, 240)), way: "the transfer breaks off"}
	server := httptest.NewServer(source)
	defer server.Close()
	l := remote(t, server, 0)
	if _, err := l.Keep(t.Context(), server.URL, ""); !errors.Is(err, fault.ErrSourceIncomplete) {
		t.Fatal(err)
	}
	source.repaired.Store(true)
	p, err := l.Keep(t.Context(), server.URL, "")
	if err != nil {
		t.Fatal(err)
	}
	if size, err := drawnSize(t, l, p.ID); err != nil || size != image.Pt(320, 240) {
		t.Errorf("%v, %v", size, err)
	}
}

// TestOverstatedLength: a complete file is complete, and stored, although its source announced more bytes.
func TestOverstatedLength(t *testing.T) {
	source := &faulty{data: scene.JPEG(scene.Noise(320, 240)), way: "the stated length is too large"}
	server := httptest.NewServer(source)
	defer server.Close()
	l := remote(t, server, 0)
	p, err := l.Keep(t.Context(), server.URL, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, ref := range []string{p.ID, server.URL} {
		if size, err := drawnSize(t, l, ref); err != nil || size != image.Pt(320, 240) {
			t.Errorf("%s: %v, %v", ref, size, err)
		}
	}
}

// TestIncompletePNG: of a PNG that is cut short the part that exists is drawn, the error says why, and it is not kept.
func TestIncompletePNG(t *testing.T) {
	source := &faulty{data: scene.PNG(scene.Noise(60, 200)), way: "the transfer breaks off"}
	server := httptest.NewServer(source)
	defer server.Close()
	l := remote(t, server, 0)
	if size, err := drawnSize(t, l, server.URL); !errors.Is(err, fault.ErrSourceIncomplete) || size.Y < 120 || size.Y >= 200 {
		t.Errorf("%v, %v", size, err)
	}
	if _, err := l.Keep(t.Context(), server.URL, ""); !errors.Is(err, fault.ErrSourceIncomplete) {
		t.Errorf("kept: %v", err)
	}
}

// TestIncompleteStoredPhoto: a stored photo is drawn without an error even if its end is missing: no source could
// complete it.
func TestIncompleteStoredPhoto(t *testing.T) {
	l := remote(t, nil, 0)
	data := scene.JPEG(scene.Noise(320, 240))
	p, err := l.Save(t.Context(), data[:len(data)*7/10])
	if err != nil {
		t.Fatal(err)
	}
	if size, err := drawnSize(t, l, p.ID); err != nil || size.Y < 144 {
		t.Errorf("%v, %v", size, err)
	}
}

// TestKeepAsksTheSource: Keep and Check return what the source serves now, even if the last photo is still fresh. If
// the source fails, the last photo is forgotten.
func TestKeepAsksTheSource(t *testing.T) {
	l, _, source, _ := house()
	source.fresh = time.Hour
	first, err := l.Keep(t.Context(), url, "")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := l.Keep(t.Context(), url, first.ID); err != nil || again != first || source.asked != 2 || source.whole != 1 {
		t.Errorf("unchanged: %v, asked %d times, fetched %d", err, source.asked, source.whole)
	}
	for n, shown := range []string{"", prefix + strings.Repeat("0", 32)} { // a source may confirm only what is shown
		for _, ask := range []func(context.Context, string, string) (Photo, error){l.Keep, l.Check} {
			whole := source.whole
			if again, err := ask(t.Context(), url, shown); err != nil || again != first || source.whole != whole+1 {
				t.Errorf("%d: shown is %q: %v, fetched %d times", n, shown, err, source.whole-whole)
			}
		}
	}
	source.version = 1
	checked, err := l.Check(t.Context(), url, "")
	if err != nil || checked == first {
		t.Errorf("changed: %+v, %v", checked, err)
	}
	if second, err := l.Keep(t.Context(), url, ""); err != nil || second != checked {
		t.Errorf("changed: %+v, %v", second, err)
	}
	if data, err := shown(t, l, first.ID); err != nil || !bytes.Equal(data, picturePNG(0)) {
		t.Errorf("the old one: %v", err)
	}
	for _, fails := range []error{fetch.ErrUnavailable, fetch.ErrTimeout} {
		source.err = nil
		if _, err := l.Keep(t.Context(), url, ""); err != nil {
			t.Fatal(err)
		}
		source.err = fails
		if _, err := l.Keep(t.Context(), url, ""); !errors.Is(err, fails) {
			t.Errorf("%v: kept, %v", fails, err)
		}
		if _, err := shown(t, l, url); !errors.Is(err, fails) {
			t.Errorf("%v: shown, %v", fails, err)
		}
	}
}
