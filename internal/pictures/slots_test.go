package pictures

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// crowd starts n drawings at once, each of which takes the time draw. It returns how long each admitted drawing waited
// for its slot, and how many drawings were rejected.
func crowd(s *slots, n int, draw time.Duration) (waits []time.Duration, refused int) {
	type outcome struct {
		wait time.Duration
		err  error
	}
	all := make(chan outcome, n)
	for range n {
		go func() {
			began := time.Now()
			err := s.take(context.Background())
			all <- outcome{time.Since(began), err}
			if err == nil {
				time.Sleep(draw)
				s.release()
			}
		}()
	}
	for range n {
		if o := <-all; errors.Is(o.err, ErrOverloaded) {
			refused++
		} else {
			waits = append(waits, o.wait)
		}
	}
	return waits, refused
}

func TestWaitIsBounded(t *testing.T) {
	for _, c := range []struct {
		name   string
		draw   time.Duration
		served int // of 100 at once, at least; 2 slots, 32 may wait
	}{
		{"quick drawings fill the queue", 10 * time.Millisecond, 34},
		{"slow ones are admitted for a second only", 200 * time.Millisecond, 10},
		{"very slow ones as many as there are slots", 5 * time.Second, 2},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newSlots(2, 32)
			crowd(s, 100, c.draw) // it measures the interval
			synctest.Wait()
			time.Sleep(time.Hour)
			waits, refused := crowd(s, 100, c.draw)
			if len(waits) < c.served || len(waits)+refused != 100 {
				t.Errorf("%s: %d served, %d refused", c.name, len(waits), refused)
			}
			longest := max(maxWait, c.draw) + c.draw
			for _, w := range waits {
				if w > longest {
					t.Errorf("%s: one waited %v", c.name, w)
				}
			}
			time.Sleep(time.Hour) // all have drawn
		})
	}
}

func TestPredictionRecovers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlots(2, 32)
		crowd(s, 34, 3*time.Second)
		time.Sleep(time.Hour)
		for range 20 {
			crowd(s, 34, time.Millisecond)
			time.Sleep(time.Minute)
		}
		if waits, _ := crowd(s, 34, time.Millisecond); len(waits) != 34 {
			t.Errorf("%d of 34 are admitted", len(waits))
		}
		time.Sleep(time.Hour)
	})
}

func TestCanceledWaiterTakesNoSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlots(1, 4)
		if err := s.take(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := s.take(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a canceled waiter: %v", err)
		}
		s.release()
		if err := s.take(t.Context()); err != nil {
			t.Errorf("the slot is lost: %v", err)
		}
		if len(s.waiting) != 0 {
			t.Errorf("%d still wait", len(s.waiting))
		}
	})
}

func TestQueueAdmitsAsManyAsSlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlots(2, 32)
		refused := make(chan error, 4)
		for range 4 { // each again as soon as it is done
			go func() {
				for range 5 {
					if err := s.take(t.Context()); err != nil {
						refused <- err
						return
					}
					time.Sleep(5 * time.Second)
					s.release()
				}
				refused <- nil
			}()
		}
		for range 4 {
			if err := <-refused; err != nil {
				t.Error(err)
			}
		}
		if s.free != 2 || s.interval == 0 {
			t.Errorf("%d slots are free, the interval is %v", s.free, s.interval)
		}
	})
}

func TestSpareSlotIsNotSharedTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlots(2, 4)
		if err := s.take(t.Context()); err != nil {
			t.Fatal(err)
		}
		release := s.spare()
		if release == nil {
			t.Fatal("an idle slot is not lent")
		}
		if s.spare() != nil {
			t.Fatal("three at work with two slots")
		}
		had := make(chan error, 1)
		go func() { had <- s.take(t.Context()) }()
		synctest.Wait()
		select {
		case <-had:
			t.Fatal("three at work with two slots")
		default:
		}
		release()
		if err := <-had; err != nil {
			t.Errorf("the waiting drawing: %v", err)
		}
		if s.spare() != nil {
			t.Error("a slot in use is lent")
		}
		s.release()
		s.release()
		if s.free != 2 {
			t.Errorf("%d slots are free", s.free)
		}
	})
}

// TestTheQueueIsBounded: the queue rejects a drawing when it is full, however short the predicted wait. This bounds
// memory.
func TestTheQueueIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const queue = 5
		s := newSlots(1, queue)
		s.interval = time.Microsecond // so short that the predicted wait admits all
		if err := s.take(t.Context()); err != nil {
			t.Fatal(err)
		}
		served := make(chan error, queue)
		for range queue {
			go func() { served <- s.take(t.Context()) }()
		}
		synctest.Wait()
		if len(s.waiting) != queue {
			t.Fatalf("%d of %d wait", len(s.waiting), queue)
		}
		if turn, err := s.join(); !errors.Is(err, ErrOverloaded) || turn != nil {
			t.Errorf("one more than the queue holds: %v", err)
		}
		for range queue {
			s.release()
			if err := <-served; err != nil {
				t.Error(err)
			}
		}
	})
}

// TestApproach: drawings that load their photos count as those that wait, but none is refused while there is room.
func TestApproach(t *testing.T) {
	for _, tt := range []struct {
		why                    string
		free, loading, waiting int
		interval               time.Duration
		refused                bool
	}{
		{"nothing to do", 2, 0, 0, time.Hour, false},
		{"all sources are slow", 2, 1000, 0, time.Hour, false},
		{"a slot is free", 1, 1000, 0, time.Hour, false},
		{"fewer wait than there are slots", 0, 1000, 1, time.Hour, false},
		{"time enough", 0, 6, 3, 100 * time.Millisecond, false},
		{"too many wait", 0, 0, 10, 100 * time.Millisecond, true},
		{"too many load", 0, 7, 3, 100 * time.Millisecond, true},
		{"the queue is full", 0, 0, 32, 0, true},
		{"the queue will be full", 0, 29, 3, 0, true},
	} {
		s := newSlots(2, 32)
		s.free, s.loading, s.interval = tt.free, tt.loading, tt.interval
		s.waiting = make([]chan struct{}, tt.waiting)
		arrive, err := s.approach()
		if (err != nil) != tt.refused {
			t.Errorf("%s: %v", tt.why, err)
		}
		if err == nil {
			arrive()
		}
		if s.loading != tt.loading {
			t.Errorf("%s: %d load", tt.why, s.loading)
		}
	}
}
