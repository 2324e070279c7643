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

// memory keeps pictures in a map.
type memory struct {
	mu   sync.Mutex
	kept map[string][]byte
	held []string // names of those that are for memory alone
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

// gate is a source of one photo, which decodes when it is let.
type gate struct {
	began   chan struct{} // gets one for each decoding
	open    chan struct{} // closed when decoding may go on
	decoded atomic.Int32
}

func newGate() *gate { return &gate{began: make(chan struct{}, 64), open: make(chan struct{})} }

func (g *gate) Load(context.Context, string) error { return nil }

func (g *gate) Decode(_ context.Context, _ string, _ color.Color, use func(render.Photo) error) error {
	g.decoded.Add(1)
	g.began <- struct{}{}
	<-g.open
	return use(render.Decoded(scene.Photo(400, 300, 0, 1)))
}

func newService(t *testing.T, photos pictures.Photos, slots, queue int) *pictures.Service {
	return pictures.New(pictures.Config{
		Photos: photos, Renderer: newRenderer(t), Pictures: &memory{kept: map[string][]byte{}},
		Log: slog.New(slog.DiscardHandler), Slots: slots, Queue: queue,
	})
}

// TestAWaiterThatLeaves lets the shared drawing go on for the one who stays.
func TestAWaiterThatLeaves(t *testing.T) {
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
		t.Errorf("who left: %v", err)
	}
	close(g.open)
	img := <-stayed
	if m, _, err := image.Decode(bytes.NewReader(img.Bytes)); err != nil || m.Bounds().Size() != image.Pt(1200, 630) || img.Degraded != nil {
		t.Errorf("who stayed: %v, %v", err, img.Degraded)
	}
	if n := g.decoded.Load(); n != 1 {
		t.Errorf("drawn %d times", n)
	}
}

// TestKeptPicturesDoNotWait: with every slot taken, and the queue full, what was drawn before is
// there at once, and what was not is refused at once.
func TestKeptPicturesDoNotWait(t *testing.T) {
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
		cancel() // who is let wait gets the context's error
		return s.Preview(ctx, c, "png", pictures.Options{})
	}
	if _, err := other("One too many"); err == nil {
		t.Error("drawn without a slot")
	}
	again, ok := s.Kept(t.Context(), s.Key(text, "png"), "png")
	if !ok || !bytes.Equal(again.Bytes, before.Bytes) || again.ETag != before.ETag || again.Type != "image/png" {
		t.Errorf("kept: %t", ok)
	}
	if again, err := s.Preview(t.Context(), text, "png", pictures.Options{}); err != nil || !bytes.Equal(again.Bytes, before.Bytes) {
		t.Errorf("asked for as if it were new: %v", err)
	}
	close(g.open)
	all.Wait()
	if _, ok := s.Kept(t.Context(), s.Key(text, "png"), "gif"); ok {
		t.Error("kept as a GIF")
	}
}

// TestStrictAndDegraded: a photo that fails leaves a card without it, unless it must be there.
func TestStrictAndDegraded(t *testing.T) {
	s := newService(t, broken{}, 2, 2)
	c := newCard(t, true)
	img, err := s.Preview(t.Context(), c, "jpg", pictures.Options{})
	if err != nil || img.Degraded == nil || img.ETag != "" || len(img.Bytes) == 0 {
		t.Errorf("%v, degraded %v", err, img.Degraded)
	}
	if _, ok := s.Kept(t.Context(), s.Key(c, "jpg"), "jpg"); ok {
		t.Error("a card without its photo was kept")
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

// broken is a source whose photos turn out damaged.
type broken struct{}

func (broken) Load(context.Context, string) error { return nil }
func (broken) Decode(context.Context, string, color.Color, func(render.Photo) error) error {
	return errDamaged
}

// half is a source of photos of which a part is missing.
type half struct{ decoded atomic.Int32 }

func (*half) Load(context.Context, string) error { return nil }
func (h *half) Decode(_ context.Context, _ string, _ color.Color, use func(render.Photo) error) error {
	h.decoded.Add(1)
	if err := use(render.Decoded(scene.Photo(400, 180, 0, 1))); err != nil {
		return err
	}
	return errHalf
}

// TestHalfAPhoto: what is there is drawn, and told, measured and never kept; strict it is an error.
func TestHalfAPhoto(t *testing.T) {
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
	if _, ok := s.Kept(t.Context(), s.Key(c, "jpg"), "jpg"); ok {
		t.Error("a card with half a photo was kept")
	}
	if _, err := s.Preview(t.Context(), c, "jpg", pictures.Options{Strict: true}); !errors.Is(err, errHalf) {
		t.Errorf("strict: %v", err)
	}
	all, err := s.Figures(t.Context(), c, []card.Size{card.OpenGraph})
	if err != nil || len(all) != 1 || all[0].Photo != image.Pt(400, 180) || !errors.Is(all[0].Degraded, errHalf) {
		t.Errorf("figures: %+v, %v", all, err)
	}
}

// bad panics where it decodes.
type bad struct{ *gate }

func (bad) Decode(context.Context, string, color.Color, func(render.Photo) error) error {
	panic("a decoder's fault")
}

// TestAPanicIsAnError: a drawing that panics is an error of its own, and the service goes on.
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

// TestOddSizesAreForMemoryAlone: anyone may ask for millions of them.
func TestOddSizesAreForMemoryAlone(t *testing.T) {
	kept := &memory{kept: map[string][]byte{}}
	s := pictures.New(pictures.Config{Photos: newGate(), Renderer: newRenderer(t), Pictures: kept, Log: slog.New(slog.DiscardHandler)})
	for _, size := range []card.Size{card.OpenGraph, {W: 640, H: 480}} {
		c := newCard(t, false)
		c.Size = size
		if _, err := s.Preview(t.Context(), c, "png", pictures.Options{}); err != nil {
			t.Fatal(err)
		}
		if _, ok := s.Kept(t.Context(), s.Key(c, "png"), "png"); !ok {
			t.Errorf("%s is drawn again at once", size)
		}
	}
	odd := newCard(t, false)
	odd.Size = card.Size{W: 640, H: 480}
	if want := []string{"card-v" + render.Version + "-" + string(s.Key(odd, "png")) + ".png"}; !slices.Equal(kept.held, want) {
		t.Errorf("for memory alone: %v, want %v", kept.held, want)
	}
}
