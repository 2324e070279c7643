package articles

import (
	"context"
	"net/netip"
	"slices"
	"sync"
)

// room bounds the memory that bodies of uploads take: of all clients, and of each. A body takes memory while it comes,
// so that one that comes slowly, or says nothing of its length, keeps no room from others. It is safe for concurrent
// use.
//
// Bodies that all wait for memory which the others hold would never end. Therefore none takes what the body that holds
// the most may need to end, of all and of its client's (the banker's algorithm).
type room struct {
	most    int64 // bytes of all bodies
	each    int64 // bytes of the bodies of one client; at least largest
	largest int64 // bytes of one body

	mu       sync.Mutex
	portions []*portion
	changed  chan struct{} // closed when there may be more room
}

// portion is the memory of one body.
type portion struct {
	room   *room
	client netip.Prefix
	held   int64
	whole  bool // it takes no more, and is given back without waiting for others
}

func newRoom(most, each, largest int64) *room {
	return &room{most: most, each: each, largest: largest, changed: make(chan struct{})}
}

// enter returns the portion of a new body, which holds nothing yet. The caller must call leave.
func (r *room) enter(client netip.Prefix) *portion {
	s := &portion{room: r, client: client}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.portions = append(r.portions, s)
	return s
}

// grow waits until the portion may hold that many bytes in all. It returns the error of ctx if that ends before.
func (s *portion) grow(ctx context.Context, bytes int64) error {
	for {
		changed, ok := s.room.take(s, bytes)
		if ok {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// take makes the portion hold that many bytes if there is room. Otherwise it returns a channel that is closed when
// there may be.
func (r *room) take(s *portion, bytes int64) (changed <-chan struct{}, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := s.held
	s.held = bytes
	if r.fits(r.most, func(*portion) bool { return true }) &&
		r.fits(r.each, func(o *portion) bool { return o.client == s.client }) {
		return nil, true
	}
	s.held = before
	return r.changed, false
}

// fits reports whether the portions for which in returns true hold at most that many bytes, and one of those that
// grow can take all that it may need. r.mu must be held.
func (r *room) fits(most int64, in func(*portion) bool) bool {
	var whole, growing, furthest int64
	for _, s := range r.portions {
		switch {
		case !in(s):
		case s.whole:
			whole += s.held
		default:
			growing += s.held
			furthest = max(furthest, s.held)
		}
	}
	return whole+growing <= most && growing+r.largest-furthest <= most
}

// complete says that the portion takes no more: its body has been read.
func (s *portion) complete() {
	s.room.mu.Lock()
	defer s.room.mu.Unlock()
	s.whole = true
	s.room.notify()
}

// leave gives back what the portion holds.
func (s *portion) leave() {
	r := s.room
	r.mu.Lock()
	defer r.mu.Unlock()
	at := slices.Index(r.portions, s)
	r.portions = slices.Delete(r.portions, at, at+1)
	r.notify()
}

// notify lets the waiting portions try again. r.mu must be held.
func (r *room) notify() {
	close(r.changed)
	r.changed = make(chan struct{})
}
