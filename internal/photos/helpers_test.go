package photos

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/color"
	"maps"
	"testing"
	"time"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/scene"
)

// memory is a blob store that can be full and counts reads and writes.
type memory struct {
	blob.Store
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

func (m *memory) Has(_ context.Context, name string) (bool, error) {
	_, ok := m.blobs[name]
	return ok, nil
}

func (m *memory) Delete(_ context.Context, name string) error {
	delete(m.blobs, name)
	return nil
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

// spill is a Spill without a limit that counts writes.
type spill struct {
	blobs  map[string][]byte
	writes int
}

func (s *spill) Get(key string) ([]byte, bool) { data, ok := s.blobs[key]; return data, ok }

func (s *spill) Has(key string) bool { _, ok := s.blobs[key]; return ok }

func (s *spill) Put(key string, data []byte) error {
	s.writes++
	s.blobs[key] = data
	return nil
}

func (s *spill) DeleteFunc(match func([]byte) bool) error {
	maps.DeleteFunc(s.blobs, func(_ string, data []byte) bool { return match(data) })
	return nil
}

// web is a source whose photo can change and that counts requests.
type web struct {
	version      int
	asked, whole int // all requests; those answered with the photo
	fresh        time.Duration
	known        fetch.Validators // of the last request
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

// picturePNG returns a PNG that depends on the version.
func picturePNG(version int) []byte {
	m := image.NewGray(image.Rect(0, 0, 3, 2))
	m.SetGray(0, 0, color.Gray{Y: uint8(version)})
	return scene.PNG(m)
}

// house returns a store, its blob store, its source, and its clock, which the test sets.
func house() (*Store, *memory, *web, *time.Time) {
	kept, source, now := newMemory(), &web{fresh: time.Minute}, time.Unix(1_000_000, 0)
	l := New(Config{
		Blobs: kept, Spill: &spill{blobs: map[string][]byte{}}, Fetcher: source,
		Decoder: photo.NewDecoder(photo.DefaultDecodeBytes),
	})
	l.sources.now = func() time.Time { return now }
	return l, kept, source, &now
}

// spillOf returns the spill of the store.
func spillOf(l *Store) *spill { return l.spill.(*spill) }

// evict evicts all photos from memory.
func evict(l *Store) {
	most := l.cache.most
	l.cache.most = 0
	l.cache.add(fmt.Sprint("another ", l.fetched.Add(1)), &loaded{})
	l.cache.most = most
}

// shown returns the bytes that Show returns for the reference.
func shown(t *testing.T, l *Store, ref string) ([]byte, error) {
	t.Helper()
	data, kind, err := l.Show(t.Context(), ref)
	if err == nil && kind != "image/png" {
		t.Errorf("%s is %s", ref, kind)
	}
	return data, err
}
