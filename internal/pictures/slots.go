package pictures

import (
	"context"
	"slices"
	"sync"
	"time"

	"newsroom.example/cards/internal/fault"
)

// ErrOverloaded says that a card was not drawn because too many drawings are waiting.
var ErrOverloaded = fault.New(fault.Overloaded, "too many pictures are being drawn")

// maxWait is the longest predicted wait for a slot with which a drawing is still admitted. A crawler gives up after
// 2.4 s in all, and a picture that comes later is drawn in vain.
const maxWait = time.Second

// slots limits the number of concurrent drawings, with a bounded FIFO queue. It rejects a drawing at once if the
// predicted wait is too long, so that those in the queue are drawn in time. The prediction uses the recent interval
// between releases while others waited. It is safe for concurrent use.
type slots struct {
	queue int // maximum length of waiting
	now   func() time.Time

	mu       sync.Mutex
	n, free  int             // all slots; free ones
	loading  int             // drawings that load their photo before they wait
	waiting  []chan struct{} // one for each waiting drawing, closed when it gets a slot
	patient  []chan struct{} // the same for those that wait until nobody else needs a slot
	interval time.Duration   // average time between releases while others waited; 0: not known yet
	freed    time.Time       // last release; zero if the queue has been empty since
}

func newSlots(n, queue int) *slots { return &slots{n: n, free: n, queue: queue, now: time.Now} }

// queued returns how many drawings wait.
func (s *slots) queued() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.waiting)
}

// take waits for a slot. The caller must call release unless take returns an error: ErrOverloaded or the error of ctx.
func (s *slots) take(ctx context.Context) error {
	turn, err := s.join()
	if turn == nil {
		return err
	}
	return s.await(ctx, turn)
}

// await waits for a turn. It leaves the queue if ctx ends first, whose error it returns then.
func (s *slots) await(ctx context.Context, turn chan struct{}) error {
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
		s.leave(turn)
		return ctx.Err()
	}
}

// approach returns ErrOverloaded if a drawing that comes after those that load their photos now would be rejected, so
// that no photo is loaded in vain. Otherwise the caller must call arrive before take, once its photo is loaded.
func (s *slots) approach() (arrive func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rejects(s.loading) {
		return nil, ErrOverloaded
	}
	s.loading++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.loading--
	}, nil
}

// rejects reports whether a drawing is rejected that comes after all that wait and that many more. It always admits as
// many as there are slots, whatever the predicted wait: their releases correct a prediction that has become too long.
// s.mu must be held.
func (s *slots) rejects(more int) bool {
	if s.free > 0 || len(s.waiting) < min(s.n, s.queue) {
		return false
	}
	ahead := len(s.waiting) + more
	return ahead >= s.queue || time.Duration(ahead+1)*s.interval > maxWait
}

// join takes a slot and returns a nil turn if one is free. Otherwise it joins the queue and returns a channel that is
// closed when the slot is taken, or ErrOverloaded.
func (s *slots) join() (turn chan struct{}, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.free > 0 {
		s.free--
		return nil, nil
	}
	if s.rejects(0) {
		return nil, ErrOverloaded
	}
	turn = make(chan struct{})
	s.waiting = append(s.waiting, turn)
	return turn, nil
}

// spare takes a free slot for a second goroutine of a drawing that already has one. It returns the function that
// releases the slot, or nil if none is free. The caller must release it soon: a new drawing may be waiting for it.
func (s *slots) spare() (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.free == 0 {
		return nil
	}
	s.free--
	return s.release
}

// leave removes a turn from the queue, or releases the slot if the turn has got one meanwhile.
func (s *slots) leave(turn chan struct{}) {
	s.mu.Lock()
	left := without(&s.waiting, turn) || without(&s.patient, turn)
	s.mu.Unlock()
	if !left {
		s.release()
	}
}

// without removes a turn from a queue, and reports whether it was there.
func without(queue *[]chan struct{}, turn chan struct{}) bool {
	at := slices.Index(*queue, turn)
	if at >= 0 {
		*queue = slices.Delete(*queue, at, at+1)
	}
	return at >= 0
}

// takeSpare is like take, for a drawing that nobody waits for: it gets a slot only while no other drawing waits and
// half of the slots remain free, so that the next drawings find one at once. A machine with one slot has it to itself
// while it is free. The error is that of ctx.
func (s *slots) takeSpare(ctx context.Context) error {
	turn := s.joinPatient()
	if turn == nil {
		return nil
	}
	return s.await(ctx, turn)
}

// joinPatient is like join for takeSpare.
func (s *slots) joinPatient() (turn chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.isQuiet() {
		s.free--
		return nil
	}
	turn = make(chan struct{})
	s.patient = append(s.patient, turn)
	return turn
}

// isQuiet reports whether a slot can be taken that nobody else needs. s.mu must be held.
func (s *slots) isQuiet() bool { return s.free > s.n/2 && len(s.waiting) == 0 }

// release passes the slot to the drawing that has waited longest, or frees it if none waits.
func (s *slots) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pace()
	if len(s.waiting) > 0 {
		close(s.waiting[0])
		s.waiting = slices.Delete(s.waiting, 0, 1)
		return
	}
	s.free++
	if len(s.patient) > 0 && s.isQuiet() {
		s.free--
		close(s.patient[0])
		s.patient = slices.Delete(s.patient, 0, 1)
	}
}

// pace updates the moving average of the interval between releases; the new interval has a weight of 1/8.
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
