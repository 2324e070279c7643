package blob

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
)

// gatedFS counts the reads that run at once. They wait until the gate is closed.
type gatedFS struct {
	FS

	gate      chan struct{}
	now, most atomic.Int64
}

func (f *gatedFS) ReadFile(name string) ([]byte, error) {
	n := f.now.Add(1)
	defer f.now.Add(-1)
	for most := f.most.Load(); n > most && !f.most.CompareAndSwap(most, n); most = f.most.Load() {
	}
	<-f.gate
	return f.FS.ReadFile(name)
}

// TestReadsAreFew: only so many pictures are read from the folder at once, however many are requested, and a request
// that waits can leave.
func TestReadsAreFew(t *testing.T) {
	files := &gatedFS{gate: make(chan struct{})}
	disk, err := NewDisk(t.TempDir(), DiskOptions{NoSync: true, Wrap: func(under FS) FS { files.FS = under; return files }})
	if err != nil {
		t.Fatal(err)
	}
	defer disk.Close()
	c, err := NewCache(disk, "card-", 3200, 1<<20) // memory holds pictures of at most 100 bytes
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	const pictures = 5 * maxReads
	for i := range pictures {
		put(t, c, cardName(i), 1000)
	}
	var readers sync.WaitGroup
	for i := range pictures {
		readers.Go(func() {
			if data, err := c.Get(t.Context(), cardName(i)); err != nil || len(data) != 1000 {
				t.Errorf("%d: %d bytes, %v", i, len(data), err)
			}
		})
	}
	for files.now.Load() < maxReads {
		runtime.Gosched()
	}
	impatient, leave := context.WithCancel(t.Context())
	left := make(chan error)
	go func() {
		_, err := c.Get(impatient, cardName(0))
		left <- err
	}()
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("one that leaves: %v", err)
	}
	close(files.gate)
	readers.Wait()
	if most := files.most.Load(); most != maxReads {
		t.Errorf("%d reads at once", most)
	}
}
