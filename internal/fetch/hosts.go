package fetch

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// hosts bounds the fetches from one host at a time, and the bytes that are held for them. A host without a
// fetch is forgotten. It is safe for concurrent use.
type hosts struct {
	mu    sync.Mutex
	slots int   // of each host
	bytes int64 // of each host
	inUse map[address]*host
}

type host struct {
	slots chan struct{}
	held  *semaphore.Weighted // bytes
	users int                 // fetches that hold a slot or wait for one
}

func newHosts(slots int, bytes int64) *hosts {
	return &hosts{slots: max(1, slots), bytes: bytes, inUse: map[address]*host{}}
}

// acquire waits for a slot of the host until ctx ends.
func (hs *hosts) acquire(ctx context.Context, at address) (h *host, release func(), err error) {
	hs.mu.Lock()
	h, ok := hs.inUse[at]
	if !ok {
		h = &host{slots: make(chan struct{}, hs.slots), held: semaphore.NewWeighted(hs.bytes)}
		hs.inUse[at] = h
	}
	h.users++
	hs.mu.Unlock()
	select {
	case h.slots <- struct{}{}:
		return h, func() { <-h.slots; hs.leave(at, h) }, nil
	case <-ctx.Done():
		hs.leave(at, h)
		return nil, nil, ctx.Err()
	}
}

// users returns the number of fetches that hold a slot of any host, or wait for one.
func (hs *hosts) users() (n int) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	for _, h := range hs.inUse {
		n += h.users
	}
	return n
}

func (hs *hosts) leave(at address, h *host) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if h.users--; h.users == 0 {
		delete(hs.inUse, at)
	}
}
