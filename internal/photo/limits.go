package photo

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

// maxFailures bounds the failures that are remembered.
const maxFailures = 1024

// failures remembers for a moment which URLs failed, so that a broken source costs a newsroom's
// rush one fetch and not one a render.
type failures struct {
	mu    sync.Mutex
	keep  time.Duration
	until map[string]failure
}

type failure struct {
	err error
	end time.Time
}

func newFailures(keep time.Duration) *failures {
	return &failures{keep: keep, until: map[string]failure{}}
}

func (f *failures) recent(key string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if e, ok := f.until[key]; ok && time.Now().Before(e.end) {
		return e.err
	}
	delete(f.until, key)
	return nil
}

func (f *failures) forget(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.until, key)
}

func (f *failures) remember(key string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.until) >= maxFailures {
		clear(f.until)
	}
	f.until[key] = failure{err, time.Now().Add(f.keep)}
}

// hostSlots bounds the fetches from one host at a time, and the bytes that are held for them. A
// host is forgotten when nobody fetches from it.
type hostSlots struct {
	mu    sync.Mutex
	limit int
	bytes int64
	hosts map[place]*hostSlot
}

type hostSlot struct {
	slots chan struct{}
	held  *semaphore.Weighted // bytes
	users int
}

func newHostSlots(limit int, bytes int64) *hostSlots {
	return &hostSlots{limit: max(1, limit), bytes: bytes, hosts: map[place]*hostSlot{}}
}

func (h *hostSlots) take(ctx context.Context, host place) (s *hostSlot, release func(), err error) {
	h.mu.Lock()
	s, ok := h.hosts[host]
	if !ok {
		s = &hostSlot{slots: make(chan struct{}, h.limit), held: semaphore.NewWeighted(h.bytes)}
		h.hosts[host] = s
	}
	s.users++
	h.mu.Unlock()
	select {
	case s.slots <- struct{}{}:
		return s, func() { <-s.slots; h.leave(host, s) }, nil
	case <-ctx.Done():
		h.leave(host, s)
		return nil, nil, ctx.Err()
	}
}

func (h *hostSlots) leave(host place, s *hostSlot) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s.users--; s.users == 0 {
		delete(h.hosts, host)
	}
}
