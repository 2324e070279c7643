package photos

import (
	"bytes"
	"container/list"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"testing"
	"time"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
)

// memory is a shelf that can be full, and counts what is done to it.
type memory struct {
	blobs         map[string][]byte
	full          bool
	reads, writes int
}

func newMemory() *memory { return &memory{blobs: map[string][]byte{}} }

func (m *memory) Get(_ context.Context, name string) ([]byte, error) {
	m.reads++
	if data, ok := m.blobs[name]; ok {
		return data, nil
	}
	return nil, blob.ErrNotFound
}

var errFull = errors.New("full")

func (m *memory) Put(_ context.Context, name string, data []byte) error {
	sum := sha256.Sum256(data)
	switch {
	case m.full:
		return errFull
	case name != fmt.Sprintf("photo-%x", sum[:16]):
		return fmt.Errorf("%s with the hash %x", name, sum)
	}
	m.writes++
	m.blobs[name] = data
	return nil
}

// attic is where photos are spilled to.
type attic struct {
	blobs  map[string][]byte
	writes int
	onPut  func()
}

func newAttic() *attic { return &attic{blobs: map[string][]byte{}} }

func (a *attic) Get(key string) ([]byte, bool) { data, ok := a.blobs[key]; return data, ok }

func (a *attic) Has(key string) bool { _, ok := a.blobs[key]; return ok }

func (a *attic) Put(key string, data []byte) error {
	if a.onPut != nil {
		a.onPut()
	}
	a.writes++
	a.blobs[key] = data
	return nil
}

// web is a source that gives version after version, and counts what it is asked.
type web struct {
	version      int
	asked, whole int
	fresh        time.Duration
	known        fetch.Validators // what it was last asked with
	err          error
}

func (w *web) Media(ctx context.Context, _ string, q fetch.Request) (fetch.Answer, error) {
	w.asked, w.known = w.asked+1, q.Known
	if w.err != nil {
		return fetch.Answer{}, w.err
	}
	now := fetch.Validators{ETag: fmt.Sprintf(`"%d"`, w.version)}
	if q.Known == now {
		return fetch.Answer{NotModified: true, Validators: now, Fresh: w.fresh}, nil
	}
	w.whole++
	data := picturePNG(w.version)
	info, err := photo.Inspect(data)
	if err != nil {
		return fetch.Answer{}, err
	}
	a := fetch.Answer{Data: data, Info: info, Validators: now, Fresh: w.fresh}
	if q.Keep.Do == nil {
		return a, nil
	}
	return a, q.Keep.Do(ctx, a)
}

func picturePNG(version int) []byte {
	m := image.NewGray(image.Rect(0, 0, 3, 2))
	m.SetGray(0, 0, color.Gray{Y: uint8(version)})
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// house is a library with its parts, and a clock that stands still.
func house() (*Library, *memory, *web, *time.Time) {
	kept, source, now := newMemory(), &web{fresh: time.Minute}, time.Unix(1_000_000, 0)
	l := New(Config{Kept: kept, Passing: newAttic(), Fetcher: source, Decoder: photo.NewDecoder(photo.DefaultDecodeBytes)})
	l.sources.now = func() time.Time { return now }
	l.recent.aside <- struct{}{} // photos leave at once
	return l, kept, source, &now
}

// atticOf is where the library spills photos to.
func atticOf(l *Library) *attic { return l.passing.(*attic) }

// forget lets go of all photos in memory.
func forget(l *Library) {
	for e := l.recent.order.Front(); e != nil; e = l.recent.order.Front() {
		l.recent.order.Remove(e)
		l.recent.leave([]*list.Element{e})
	}
	l.recent.bytes = 0
}

// shown is what the library shows of a reference.
func shown(t *testing.T, l *Library, ref string) ([]byte, error) {
	t.Helper()
	data, kind, err := l.Show(t.Context(), ref)
	if err == nil && kind != "image/png" {
		t.Errorf("%s is %s", ref, kind)
	}
	return data, err
}
