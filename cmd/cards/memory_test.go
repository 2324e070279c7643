package main

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestPercentOfGarbage(t *testing.T) {
	for _, tt := range []struct {
		live    uint64
		percent int
	}{
		{0, 25},
		{1, 2000},
		{1 << 20, 1600},
		{4 << 20, 400},
		{16 << 20, 100},
		{63 << 20, 25},
		{64 << 20, 25},
		{1 << 40, 25},
	} {
		if got := percentFor(tt.live); got != tt.percent {
			t.Errorf("%d bytes in use: %d, want %d", tt.live, got, tt.percent)
		}
	}
}

// TestThePercentageFollowsCollections: it is set after a collection, and again after the next.
func TestThePercentageFollowsCollections(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	done := make(chan int)
	eachCollection(func() {
		setGCPercent()
		now := debug.SetGCPercent(7)
		select {
		case done <- now:
		case <-t.Context().Done():
		}
	})
	for range 3 {
		if got := collected(done); got < gcPercent {
			t.Errorf("percentage %d", got)
		}
	}
}

// collected collects garbage until that has been noticed: what notices it may be made only after a
// collection began.
func collected(noticed <-chan int) int {
	for {
		runtime.GC()
		select {
		case n := <-noticed:
			return n
		case <-time.After(time.Millisecond):
		}
	}
}
