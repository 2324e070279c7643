package preview

import (
	"context"
	"sync/atomic"
)

// overloaded is the kind of ErrOverloaded; its Code is the API's.
type overloaded struct{}

func (overloaded) Error() string { return "too many pictures are being drawn" }
func (overloaded) Code() string  { return "overloaded" }

// ErrOverloaded says that the drawing was not begun, because too many are waiting.
var ErrOverloaded error = overloaded{}

// slots bounds the drawings at work and those that wait. Who would wait too long is refused
// at once, so that the others are served in time.
type slots struct {
	free    chan struct{}
	waiting atomic.Int64
	queue   int64
}

func newSlots(n, queue int) *slots {
	s := &slots{free: make(chan struct{}, n), queue: int64(queue)}
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
	if s.waiting.Add(1) > s.queue {
		s.waiting.Add(-1)
		return ErrOverloaded
	}
	defer s.waiting.Add(-1)
	select {
	case <-s.free:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *slots) release() { s.free <- struct{}{} }
