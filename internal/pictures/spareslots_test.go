package pictures

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

// TestSpareDrawingsGiveWay: a drawing that nobody waits for gets a slot only while half of the slots remain free, and
// after all others. It is never a reason to reject one.
func TestSpareDrawingsGiveWay(t *testing.T) {
	for _, tt := range []struct{ slots, together int }{{1, 1}, {2, 1}, {3, 2}, {4, 2}, {8, 4}} {
		synctest.Test(t, func(t *testing.T) {
			s := newSlots(tt.slots, 16)
			took := make(chan struct{}, 100)
			for range tt.slots + 1 {
				go func() {
					if err := s.takeSpare(t.Context()); err == nil {
						took <- struct{}{}
					}
				}()
			}
			synctest.Wait()
			if len(took) != tt.together {
				t.Errorf("%d slots: %d are taken at once, want %d", tt.slots, len(took), tt.together)
			}
			for range tt.slots - tt.together { // the others are there for readers
				if err := s.take(t.Context()); err != nil {
					t.Error(err)
				}
			}
			s.release() // a spare drawing ends while readers draw: no other one begins
			synctest.Wait()
			if tt.slots > 1 && len(took) != tt.together {
				t.Errorf("%d slots: one began while readers draw", tt.slots)
			}
			for range tt.slots - 1 {
				s.release()
			}
			synctest.Wait()
			if len(took) <= tt.together {
				t.Errorf("%d slots: none began afterwards", tt.slots)
			}
		})
	}
}

// TestReadersComeFirst: a reader who waits gets the slot before a spare drawing that came earlier.
func TestReadersComeFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlots(1, 16)
		if err := s.take(t.Context()); err != nil {
			t.Fatal(err)
		}
		order := make(chan string, 2)
		go func() {
			_ = s.takeSpare(t.Context())
			order <- "spare"
			s.release()
		}()
		synctest.Wait()
		go func() {
			_ = s.take(t.Context())
			order <- "reader"
			s.release()
		}()
		synctest.Wait()
		s.release()
		synctest.Wait()
		if first := <-order; first != "reader" || <-order != "spare" {
			t.Errorf("the first is the %s", first)
		}
	})
}

// TestSpareDrawingsGiveUp: one whose context ends leaves no slot taken.
func TestSpareDrawingsGiveUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlots(4, 16)
		for range 3 {
			if err := s.take(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.takeSpare(ctx) }()
		synctest.Wait()
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) || len(s.patient) != 0 {
			t.Errorf("%v, %d wait", err, len(s.patient))
		}
		if s.free != 1 {
			t.Errorf("%d slots are free", s.free)
		}
	})
}
