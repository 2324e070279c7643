package pictures_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/scene"
	"newsroom.example/cards/render"
)

// memory is a pictures.Cache in a map.
type memory struct {
	mu   sync.Mutex
	kept map[string][]byte
	held []string // names of the pictures that were cached in memory only
}

func (m *memory) Get(_ context.Context, name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if data, ok := m.kept[name]; ok {
		return data, nil
	}
	return nil, blob.ErrNotFound
}

func (m *memory) Put(_ context.Context, name string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[name] = data
	return nil
}

func (m *memory) Hold(name string, data []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.held = append(m.held, name)
	m.kept[name] = data
}

func (m *memory) Delete(_ context.Context, name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, name)
	return nil
}

func (m *memory) DeleteFunc(_ context.Context, _ []string, n int, match func(string, []byte) bool) (deleted int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for name, data := range m.kept {
		if match(name, data[:min(n, len(data))]) {
			delete(m.kept, name)
			deleted++
		}
	}
	return deleted, nil
}

// gatePhoto is the ID of the photo of a gate.
const gatePhoto = "upload:0123456789abcdef0123456789abcdef"

// gate is a pictures.Photos with one photo. Decode waits until the gate is opened.
type gate struct {
	began   chan struct{} // receives a value for each decoding
	open    chan struct{} // closed to let decoding continue
	decoded atomic.Int32
}

func newGate() *gate { return &gate{began: make(chan struct{}, 64), open: make(chan struct{})} }

func (g *gate) Load(context.Context, string) error { return nil }

func (g *gate) Decode(_ context.Context, _ string, _ color.Color, use func(render.Photo) error) (string, error) {
	g.decoded.Add(1)
	g.began <- struct{}{}
	<-g.open
	return gatePhoto, use(render.Decoded(scene.Photo(400, 300, 0, 1)))
}

func newService(t *testing.T, photos pictures.Photos, slots, queue int) *pictures.Service {
	return pictures.New(pictures.Config{
		Photos: photos, Renderer: newRenderer(t), Cache: &memory{kept: map[string][]byte{}},
		Log: slog.New(slog.DiscardHandler), Slots: slots, Queue: queue,
	})
}

// TestCanceledWaiter: if one of two waiting callers is canceled, the drawing continues for the other.
func TestCanceledWaiter(t *testing.T) {
	g := newGate()
	s := newService(t, g, 1, 4)
	c := newCard(t, true)
	impatient, leave := context.WithCancel(t.Context())
	left, stayed := make(chan error, 1), make(chan pictures.Image, 1)
	go func() {
		_, err := s.Preview(impatient, c, "jpg", pictures.Options{})
		left <- err
	}()
	<-g.began
	go func() {
		img, err := s.Preview(t.Context(), c, "jpg", pictures.Options{})
		if err != nil {
			t.Error(err)
		}
		stayed <- img
	}()
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("the canceled one: %v", err)
	}
	close(g.open)
	img := <-stayed
	if m, _, err := image.Decode(bytes.NewReader(img.Bytes)); err != nil || m.Bounds().Size() != image.Pt(1200, 630) || img.Degraded != nil {
		t.Errorf("the other: %v, %v", err, img.Degraded)
	}
	if n := g.decoded.Load(); n != 1 {
		t.Errorf("drawn %d times", n)
	}
}

// TestCachedPicturesDoNotWait: while all slots are taken and the queue is full, cached pictures are returned at once,
// and others are rejected at once.
func TestCachedPicturesDoNotWait(t *testing.T) {
	g := newGate()
	s := newService(t, g, 1, 1)
	text := newCard(t, false)
	before, err := s.Preview(t.Context(), text, "png", pictures.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i, headline := range []string{"One takes the slot", "One waits"} {
		c := newCard(t, true)
		c.Headline = headline
		all.Go(func() {
			_, err := s.Preview(t.Context(), c, "jpg", pictures.Options{})
			for errors.Is(err, pictures.ErrOverloaded) { // the other requests came before it
				_, err = s.Preview(t.Context(), c, "jpg", pictures.Options{})
			}
			if err != nil {
				t.Errorf("%s: %v", headline, err)
			}
		})
		if i == 0 {
			<-g.began
		}
	}
	other := func(headline string) (pictures.Image, error) {
		c := newCard(t, false)
		c.Headline = headline
		ctx, cancel := context.WithCancel(t.Context())
		cancel() // a drawing that is admitted to the queue returns the context's error
		return s.Preview(ctx, c, "png", pictures.Options{})
	}
	if _, err := other("One too many"); err == nil {
		t.Error("drawn without a slot")
	}
	again, ok := s.Cached(t.Context(), s.Key(text, "png"), "png", false)
	if !ok || !bytes.Equal(again.Bytes, before.Bytes) || again.ETag != before.ETag || again.Type != "image/png" {
		t.Errorf("cached: %t", ok)
	}
	if again, err := s.Preview(t.Context(), text, "png", pictures.Options{}); err != nil || !bytes.Equal(again.Bytes, before.Bytes) {
		t.Errorf("asked for as if it were new: %v", err)
	}
	close(g.open)
	all.Wait()
	if _, ok := s.Cached(t.Context(), s.Key(text, "png"), "gif", false); ok {
		t.Error("cached as a GIF")
	}
}

// TestStrictAndDegraded: if a photo fails, the card is drawn without it; with Strict that is an error.
func TestStrictAndDegraded(t *testing.T) {
	s := newService(t, broken{}, 2, 2)
	c := newCard(t, true)
	img, err := s.Preview(t.Context(), c, "jpg", pictures.Options{})
	if err != nil || img.Degraded == nil || img.ETag != "" || len(img.Bytes) == 0 {
		t.Errorf("%v, degraded %v", err, img.Degraded)
	}
	if _, ok := s.Cached(t.Context(), s.Key(c, "jpg"), "jpg", c.ByURL()); ok {
		t.Error("a card without its photo was cached")
	}
	if _, err := s.Preview(t.Context(), c, "jpg", pictures.Options{Strict: true}); !errors.Is(err, errDamaged) {
		t.Errorf("strict: %v", err)
	}
	var fe *card.FieldError
	if _, err := s.Preview(t.Context(), c, "gif", pictures.Options{}); !errors.As(err, &fe) || fe.Field != "format" {
		t.Errorf("another format: %v", err)
	}
}

// Faults of photos.
var (
	errDamaged = fault.New(fault.ImageInvalid, "a damaged photo")
	errHalf    = fault.New(fault.SourceIncomplete, "a part is missing")
	errLost    = fault.New(fault.SourceUnavailable, "lost")
)

// broken is a pictures.Photos whose photos are damaged.
type broken struct{}

func (broken) Load(context.Context, string) error { return nil }
func (broken) Decode(context.Context, string, color.Color, func(render.Photo) error) (string, error) {
	return "", errDamaged
}

// half is a pictures.Photos whose photos are incomplete.
type half struct{ decoded atomic.Int32 }

func (*half) Load(context.Context, string) error { return nil }
func (h *half) Decode(_ context.Context, _ string, _ color.Color, use func(render.Photo) error) (string, error) {
	h.decoded.Add(1)
	if err := use(render.Decoded(scene.Photo(400, 180, 0, 1))); err != nil {
		return "", err
	}
	return "upload:half", errHalf
}

// TestIncompletePhoto: a card with an incomplete photo is drawn, reported as degraded, measured, and never cached.
// With Strict it is an error.
func TestIncompletePhoto(t *testing.T) {
	photos := new(half)
	s, c := newService(t, photos, 2, 2), newCard(t, true)
	bare, err := newService(t, broken{}, 2, 2).Preview(t.Context(), c, "jpg", pictures.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for n := range int32(2) {
		img, err := s.Preview(t.Context(), c, "jpg", pictures.Options{})
		if err != nil || !errors.Is(img.Degraded, errHalf) || img.ETag != "" || bytes.Equal(img.Bytes, bare.Bytes) {
			t.Errorf("%v, degraded %v, tag %s", err, img.Degraded, img.ETag)
		}
		if photos.decoded.Load() != n+1 {
			t.Errorf("decoded %d times", photos.decoded.Load())
		}
	}
	if _, ok := s.Cached(t.Context(), s.Key(c, "jpg"), "jpg", c.ByURL()); ok {
		t.Error("a card with an incomplete photo was cached")
	}
	if _, err := s.Preview(t.Context(), c, "jpg", pictures.Options{Strict: true}); !errors.Is(err, errHalf) {
		t.Errorf("strict: %v", err)
	}
	all, err := s.Figures(t.Context(), c, []card.Size{card.OpenGraph})
	if err != nil || len(all) != 1 || all[0].Photo != image.Pt(400, 180) || !errors.Is(all[0].Degraded, errHalf) {
		t.Errorf("figures: %+v, %v", all, err)
	}
}

// bad panics when it decodes.
type bad struct{ *gate }

func (bad) Decode(context.Context, string, color.Color, func(render.Photo) error) (string, error) {
	panic("a decoder's fault")
}

// TestAPanicIsAnError: a panic in a drawing becomes an error, and the service keeps working.
func TestAPanicIsAnError(t *testing.T) {
	s := newService(t, bad{newGate()}, 1, 4)
	for range 2 {
		_, err := s.Preview(t.Context(), newCard(t, true), "jpg", pictures.Options{})
		if err == nil || !strings.Contains(err.Error(), "a decoder's fault") {
			t.Errorf("%v", err)
		}
	}
	if _, err := s.Preview(t.Context(), newCard(t, false), "png", pictures.Options{}); err != nil {
		t.Error(err)
	}
}

// TestUnnamedSizesStayInMemory: clients could request millions of unnamed sizes and fill the disk.
func TestUnnamedSizesStayInMemory(t *testing.T) {
	kept := &memory{kept: map[string][]byte{}}
	s := pictures.New(pictures.Config{Photos: newGate(), Renderer: newRenderer(t), Cache: kept, Log: slog.New(slog.DiscardHandler)})
	for _, size := range []card.Size{card.OpenGraph, {W: 640, H: 480}} {
		c := newCard(t, false)
		c.Size = size
		if _, err := s.Preview(t.Context(), c, "png", pictures.Options{}); err != nil {
			t.Fatal(err)
		}
		if _, ok := s.Cached(t.Context(), s.Key(c, "png"), "png", c.ByURL()); !ok {
			t.Errorf("%s is drawn again at once", size)
		}
	}
	odd := newCard(t, false)
	odd.Size = card.Size{W: 640, H: 480}
	if want := []string{"card-2v" + render.Version + "-" + string(s.Key(odd, "png")) + ".png"}; !slices.Equal(kept.held, want) {
		t.Errorf("in memory only: %v, want %v", kept.held, want)
	}
}
