package clicks

import (
	"crypto/rand"
	"sync"

	"newsroom.example/cards/internal/store"
)

// entry is an event and its caller.
type entry struct {
	event store.Event
	done  chan error // receives the result; nil if no caller waits. It has room for one value
}

func (e entry) isAwaited() bool { return e.done != nil }

// held are events in memory, with an ID and numbers as those of a spool.
type held struct {
	id      string
	mu      *sync.Mutex // of the counter; guards what follows
	first   int64       // the number of entries[0]
	entries []entry
}

func newHeld(mu *sync.Mutex) held { return held{id: rand.Text(), mu: mu, first: 1} }

// next implements source.
func (h *held) next() (store.Batch, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	b := store.Batch{Spool: h.id, First: h.first}
	for _, e := range h.entries[:min(len(h.entries), maxBatch)] {
		b.Events = append(b.Events, e.event)
	}
	return b, nil
}

// drop implements source.
func (h *held) drop(b store.Batch, result error) {
	n := len(b.Events)
	for _, e := range h.entries[:n] {
		if e.isAwaited() {
			e.done <- result
		}
	}
	clear(h.entries[:n]) // the array may live long
	if h.entries = h.entries[n:]; len(h.entries) == 0 {
		h.entries = nil
	}
	h.first += int64(n)
}

// release gives the callers that wait the result; their events stay. The counter is locked.
func (h *held) release(result error) {
	for i, e := range h.entries {
		if e.isAwaited() {
			e.done <- result
			h.entries[i].done = nil
		}
	}
}
