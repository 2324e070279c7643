package clicks

import (
	"crypto/rand"

	"newsroom.example/cards/internal/store"
)

// entry is an event and its caller.
type entry struct {
	event store.Event
	done  chan error // receives the result; nil if no caller waits. It has room for one value
}

// held are events in memory, with an ID and numbers as those of a spool.
type held struct {
	id      string
	first   int64 // the number of entries[0]
	entries []entry
}

func newHeld() held { return held{id: rand.Text(), first: 1} }

func (h *held) add(e entry) { h.entries = append(h.entries, e) }

// batch returns the next events, at most maxBatch.
func (h *held) batch() store.Batch {
	b := store.Batch{Spool: h.id, First: h.first}
	for _, e := range h.entries[:min(len(h.entries), maxBatch)] {
		b.Events = append(b.Events, e.event)
	}
	return b
}

// drop removes the first n events, and gives their callers the result.
func (h *held) drop(n int, result error) {
	for _, e := range h.entries[:n] {
		if e.done != nil {
			e.done <- result
		}
	}
	clear(h.entries[:n]) // the array may live long
	h.entries = h.entries[n:]
	h.first += int64(n)
	if len(h.entries) == 0 {
		h.entries = nil
	}
}

// release gives the callers that wait the result. Their events stay.
func (h *held) release(result error) {
	for i, e := range h.entries {
		if e.done != nil {
			e.done <- result
			h.entries[i].done = nil
		}
	}
}
