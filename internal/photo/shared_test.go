package photo

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"os/exec"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/scene"
)

// progressive returns a progressive file (Debian: libjpeg-turbo-progs).
func progressive(t testing.TB, w, h int) []byte {
	t.Helper()
	if testing.Short() {
		t.Skip("-short starts no other programs")
	}
	path, err := exec.LookPath("jpegtran")
	if err != nil {
		t.Skip("SKIPPED: jpegtran is not installed; scripts/deps installs it")
	}
	cmd := exec.CommandContext(t.Context(), path, "-progressive")
	cmd.Stdin = bytes.NewReader(scene.JPEG(scene.Photo(w, h, 9, 4)))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// drawn opens the photo for a card of the size and returns a copy of the samples that it shows.
func drawn(ctx context.Context, d *Decoder, data []byte, size image.Point) (out []uint8, err error) {
	err = d.Decode(ctx, data, color.White, func(p *Photo) error {
		if _, err := p.Focus(size); err != nil {
			return err
		}
		img, at, err := p.Pixels(image.Rectangle{Max: fillSize(p.Size(), size)}, size)
		if err != nil {
			return err
		}
		m := img.(*image.YCbCr)
		for y := at.Min.Y; y < at.Max.Y; y++ {
			out = append(out, m.Y[m.YOffset(at.Min.X, y):m.YOffset(at.Max.X-1, y)+1]...)
			out = append(out, m.Cb[m.COffset(at.Min.X, y):m.COffset(at.Max.X-1, y)+1]...)
			out = append(out, m.Cr[m.COffset(at.Min.X, y):m.COffset(at.Max.X-1, y)+1]...)
		}
		return nil
	})
	return out, err
}

var sizes = []image.Point{{1200, 630}, {800, 400}, {1080, 1080}, {1080, 1350}, {1080, 1920}, {400, 400}}

// TestSizesShareOneReading: all sizes of a large progressive photo that are drawn at the same time share one reading,
// show what each would show alone, and release all memory.
func TestSizesShareOneReading(t *testing.T) {
	if testing.Short() {
		t.Skip("nine megapixels take a minute under the race detector")
	}
	data := progressive(t, 2400, 3840)
	d := NewDecoder(DefaultDecodeBytes)
	d.contents.linger = time.Hour
	var got [6][]uint8
	var errs [6]error
	var group sync.WaitGroup
	for i, size := range sizes {
		group.Go(func() { got[i], errs[i] = drawn(t.Context(), d, data, size) })
	}
	group.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	if d.contents.reads != 1 {
		t.Errorf("read %d times", d.contents.reads)
	}
	for i, size := range sizes {
		want, err := drawn(t.Context(), NewDecoder(DefaultDecodeBytes), data, size)
		if err != nil || !bytes.Equal(got[i], want) {
			t.Errorf("%v is not the same alone: %v", size, err)
		}
	}
	if c := d.contents.idle; c == nil || c.users != 0 || d.memory.TryAcquire(d.max-c.bytes+1) {
		t.Errorf("%+v is kept", c)
	}
	if err := d.admit(t.Context(), d.max); err != nil || d.contents.kept() > 0 {
		t.Errorf("its memory is not given up: %v", err)
	}
}

// TestContentsAreForgotten: a content that nobody uses is forgotten after a moment.
func TestContentsAreForgotten(t *testing.T) {
	data := progressive(t, 300, 200)
	d := NewDecoder(DefaultDecodeBytes)
	d.contents.linger = 0
	if _, err := drawn(t.Context(), d, data, sizes[0]); err != nil {
		t.Fatal(err)
	}
	for !d.memory.TryAcquire(d.max) { // forever, if it is kept
		time.Sleep(time.Millisecond)
	}
	if n := d.contents.kept(); n != 0 {
		t.Error("it is kept without memory")
	}
}

// TestOneContentIsKept: of the contents that nobody uses the last is kept, and none while memory is waited for.
func TestOneContentIsKept(t *testing.T) {
	d := NewDecoder(DefaultDecodeBytes)
	d.contents.linger = time.Hour
	for i := range 3 {
		if _, err := drawn(t.Context(), d, progressive(t, 300+i, 200), sizes[0]); err != nil {
			t.Fatal(err)
		}
		if n := d.contents.kept(); n != 1 {
			t.Errorf("%d are kept", n)
		}
	}
	data := progressive(t, 300, 300)
	err := d.Decode(t.Context(), data, color.White, func(p *Photo) error {
		if _, err := p.Focus(sizes[0]); err != nil {
			return err
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		ended := make(chan error)
		go func() { ended <- d.admit(ctx, d.max) }()
		for d.contents.waits() == 0 {
			time.Sleep(time.Millisecond)
		}
		p.close()
		if err := <-ended; err != nil {
			return err
		}
		if n := d.contents.kept(); n != 0 {
			t.Errorf("%d are kept while memory is waited for", n)
		}
		d.memory.Release(d.max)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// kept returns how many files have a content.
func (s *contents) kept() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.byFile)
}

// waits returns how many wait for memory.
func (s *contents) waits() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.waiting
}

// TestManyWaitForMemory: with memory for one photo at a time, all are drawn, one after the other, and a request that
// ends meanwhile is told so.
func TestManyWaitForMemory(t *testing.T) {
	a, b := progressive(t, 1300, 900), progressive(t, 900, 1300)
	d := NewDecoder(6 << 20)
	var group sync.WaitGroup
	for i := range 12 {
		group.Go(func() {
			if _, err := drawn(t.Context(), d, [][]byte{a, b}[i%2], sizes[i/2]); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.admit(t.Context(), d.max); err != nil {
		t.Fatal(err)
	}
	if _, err := drawn(ctx, d, a, sizes[0]); fault.KindOf(err) != fault.PhotoOverloaded {
		t.Error(err)
	}
	d.memory.Release(d.max)
}
