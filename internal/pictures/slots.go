package pictures

import (
	"context"
	"slices"
	"sync"
	"time"

	"newsroom.example/cards/internal/fault"
)

// ErrOverloaded is returned for a card whose drawing was not begun, because too many are waiting.
var ErrOverloaded = fault.New(fault.Overloaded, "too many pictures are being drawn")

// longestWait is how long a drawing may be foreseen to wait for its slot. A crawler waits 2.4 s in
// all; what it asks for too late is drawn for nobody.
const longestWait = time.Second

// slots bounds the drawings at work and those that wait, first come, first served. Who would wait
// too long is refused at once, so that the others are served in time: how long is told by how fast
// slots have been coming free while others waited.
type slots struct {
	queue int // that may wait
	now   func() time.Time

	mu       sync.Mutex
	n, free  int             // slots, and those that nobody has
	waiting  []chan struct{} // closed when its waiter has a slot
	interval time.Duration   // from one slot's coming free to the next's, while others wait; 0: not known yet
	freed    time.Time       // when one came free last; zero: since then nobody has waited throughout
}

func newSlots(n, queue int) *slots { return &slots{n: n, free: n, queue: queue, now: time.Now} }

func (s *slots) take(ctx context.Context) error {
	turn, err := s.join()
	if turn == nil {
		return err
	}
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
		s.leave(turn)
		return ctx.Err()
	}
}

// join has a slot at once, which a nil turn tells, or waits for its turn, unless that would take too
// long. As many as there are slots may wait however slow it goes, so that a slow pace is never believed
// for ever.
func (s *slots) join() (turn chan struct{}, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.free > 0 {
		s.free--
		return nil, nil
	}
	waiting := len(s.waiting)
	foreseen := time.Duration(waiting+1) * s.interval
	if waiting >= s.queue || waiting >= s.n && foreseen > longestWait {
		return nil, ErrOverloaded
	}
	turn = make(chan struct{})
	s.waiting = append(s.waiting, turn)
	return turn, nil
}

// spare is a slot for a second goroutine of a drawing that has one already, as long as nobody else
// has a use for it: nil where there is none. Who has it must give it back, soon: a drawing that comes
// meanwhile waits for it.
func (s *slots) spare() (giveBack func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.free == 0 {
		return nil
	}
	s.free--
	return s.release
}

// leave gives up a turn, or the slot that came with it meanwhile.
func (s *slots) leave(turn chan struct{}) {
	s.mu.Lock()
	at := slices.Index(s.waiting, turn)
	if at >= 0 {
		s.waiting = slices.Delete(s.waiting, at, at+1)
	}
	s.mu.Unlock()
	if at < 0 {
		s.release()
	}
}

// release hands the slot to whoever has waited longest.
func (s *slots) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pace()
	if len(s.waiting) == 0 {
		s.free++
		return
	}
	close(s.waiting[0])
	s.waiting = slices.Delete(s.waiting, 0, 1)
}

// pace learns from a slot that comes free how fast they do: what is new counts for an eighth.
func (s *slots) pace() {
	if len(s.waiting) == 0 {
		s.freed = time.Time{}
		return
	}
	now := s.now()
	switch took := now.Sub(s.freed); {
	case s.freed.IsZero():
	case s.interval == 0:
		s.interval = took
	default:
		s.interval += (took - s.interval) / 8
	}
	s.freed = now
}
