package preview

import (
	"context"
	"sync"
	"time"
)

// overloaded is the kind of ErrOverloaded; its Code is the API's.
type overloaded struct{}

func (overloaded) Error() string { return "too many pictures are being drawn" }
func (overloaded) Code() string  { return "overloaded" }

// ErrOverloaded says that the drawing was not begun, because too many are waiting.
var ErrOverloaded error = overloaded{}

// longestWait is how long a drawing may be foreseen to wait for its slot. A crawler waits 2.4 s in
// all; what it asks for too late is drawn for nobody.
const longestWait = time.Second

// slots bounds the drawings at work and those that wait. Who would wait too long is refused
// at once, so that the others are served in time: how long is told by how fast slots have been
// coming free while others waited.
type slots struct {
	free  chan struct{}
	queue int
	now   func() time.Time

	mu       sync.Mutex
	waiting  int
	interval time.Duration // from one slot's coming free to the next's, while others wait; 0: not known yet
	freed    time.Time     // when one came free last; zero: since then nobody has waited throughout
}

func newSlots(n, queue int) *slots {
	s := &slots{free: make(chan struct{}, n), queue: queue, now: time.Now}
	for range n {
		s.free <- struct{}{}
	}
	return s
}

func (s *slots) take(ctx context.Context) error {
	select {
	case <-s.free:
		return nil
	default:
	}
	if !s.join() {
		return ErrOverloaded
	}
	defer s.leave()
	select {
	case <-s.free:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// join lets one more wait, unless that would take too long. As many as there are slots may wait
// however slow it goes, so that a slow pace is never believed for ever.
func (s *slots) join() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	foreseen := time.Duration(s.waiting+1) * s.interval
	if s.waiting >= s.queue || s.waiting >= cap(s.free) && foreseen > longestWait {
		return false
	}
	s.waiting++
	return true
}

func (s *slots) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting--
}

func (s *slots) release() {
	s.pace()
	s.free <- struct{}{}
}

// pace learns from a slot that comes free how fast they do, each as much as the seven before it.
func (s *slots) pace() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.waiting == 0 {
		s.freed = time.Time{}
		return
	}
	now := s.now()
	if took := now.Sub(s.freed); !s.freed.IsZero() && s.interval == 0 {
		s.interval = took
	} else if !s.freed.IsZero() {
		s.interval += (took - s.interval) / 8
	}
	s.freed = now
}
