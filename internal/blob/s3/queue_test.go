package s3

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
)

// writer is what a queue writes to. Writes wait until they are let go, one by one or all.
type writer struct {
	began chan string   // keys
	let   chan struct{} // closed: all

	mu    sync.Mutex
	wrote []string
}

func newWriter() *writer { return &writer{began: make(chan string, 10_000), let: make(chan struct{})} }

func (w *writer) write(_ context.Context, p *write) {
	w.began <- p.key
	<-w.let
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wrote = append(w.wrote, p.key+"="+string(p.data))
}

func (w *writer) all() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Sorted(slices.Values(w.wrote))
}

// TestQueueIsBounded: in number and in bytes, counting what is being written. What has room is written.
func TestQueueIsBounded(t *testing.T) {
	for why, size := range map[string]int{"many": 1, "large": 1 << 20} {
		w := newWriter()
		q := newQueue(labelOf, w.write)
		data, taken := make([]byte, size), 0
		for i := range 3 * writers * maxWaiting {
			if q.put(fmt.Sprint("card-", i), data) {
				taken++
			}
		}
		if most := min(writers*(maxWaiting+1), maxBytes/size); taken > most || taken < most/2 || q.bytes > maxBytes {
			t.Errorf("%s: %d are taken, %d bytes; most %d", why, taken, q.bytes, most)
		}
		close(w.let)
		if err := q.flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := len(w.all()); n != taken || q.bytes != 0 || len(q.waiting)+len(q.busy) != 0 {
			t.Errorf("%s: %d of %d are written, %d bytes left", why, n, taken, q.bytes)
		}
		q.close()
		if q.put("card-late", data); len(q.waiting) != 0 {
			t.Errorf("%s: taken after the end", why)
		}
		q.close()
	}
}

// TestQueueHasOneOfAKey: the last picture of a key is written last, one that waits is replaced, and Get finds the last.
func TestQueueHasOneOfAKey(t *testing.T) {
	w := newWriter()
	q := newQueue(labelOf, w.write)
	defer q.close()
	q.put("card-1", []byte("a"))
	<-w.began
	for _, data := range []string{"b", "c", "d"} {
		q.put("card-1", []byte(data))
		if got, ok := q.get("card-1"); !ok || string(got) != data {
			t.Errorf("%q, %t", got, ok)
		}
	}
	close(w.let)
	if err := q.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(w.wrote) != "[card-1=a card-1=d]" {
		t.Errorf("%v", w.wrote)
	}
	if _, ok := q.get("card-1"); ok || q.bytes != 0 {
		t.Errorf("it still waits: %t, %d bytes", ok, q.bytes)
	}
}

// TestQueueDrops: what waits is forgotten, and drop returns only when what is being written is written. Pictures whose
// label names no folder are not written.
func TestQueueDrops(t *testing.T) {
	w := newWriter()
	q := newQueue(labelOf, w.write)
	defer q.close()
	q.put("card-odd", []byte("upload:../x pixels"))
	q.put("card-1", []byte("upload:1 a"))
	<-w.began
	q.put("card-1", []byte("upload:1 b"))
	q.put("card-2", []byte("upload:2 c"))
	match := func(w *write) bool { return w.label == "upload:1" }
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if err := q.drop(ctx, match, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("it does not wait for what is being written: %v", err)
	}
	done := make(chan error)
	go func() { done <- q.drop(t.Context(), match, func(string) { t.Error("nothing is left to forget") }) }()
	close(w.let)
	if err := <-done; err != nil {
		t.Error(err)
	}
	if err := q.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(w.all()); got != "[card-1=upload:1 a card-2=upload:2 c]" {
		t.Errorf("wrote %s", got)
	}
}
