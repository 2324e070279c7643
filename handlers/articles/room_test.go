package articles

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/netip"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// clientOf is the n-th client.
func clientOf(n int) netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, byte(n), 0}), 24)
}

// canGrow reports whether the portion can hold that many bytes now.
func canGrow(s *portion, bytes int64) bool {
	_, ok := s.room.take(s, bytes)
	return ok
}

// TestRoom: what portions hold, each its client and bytes, and whether another of client 0 may then hold all that one
// upload may. A negative number of bytes is that of a body that has been read.
func TestRoom(t *testing.T) {
	type holding struct {
		client int
		bytes  int64
	}
	for _, tt := range []struct {
		why  string
		held []holding
		fits bool
	}{
		{"nothing held", nil, true},
		{"little held by many", []holding{{0, 1}, {0, 1}, {0, 1}, {1, 1}, {2, 1}, {3, 1}}, true},
		{"as much as leaves room", []holding{{0, 6}}, true},
		{"its client holds too much", []holding{{0, 7}}, false},
		{"its client holds too much, read already", []holding{{0, -7}}, false},
		{"another client holds as much as it may", []holding{{1, -16}}, true},
		{"others hold too much", []holding{{1, -16}, {2, -7}}, false},
		{"others hold as much as leaves room", []holding{{1, -16}, {2, -6}}, true},
	} {
		r := newRoom(32, 16, 10)
		for _, h := range tt.held {
			s := r.enter(clientOf(h.client))
			if !canGrow(s, max(h.bytes, -h.bytes)) {
				s.held = max(h.bytes, -h.bytes) // more than one upload may hold stands for several
			}
			if h.bytes < 0 {
				s.complete()
			}
		}
		if got := canGrow(r.enter(clientOf(0)), 10); got != tt.fits {
			t.Errorf("%s: %t", tt.why, got)
		}
	}
}

// TestRoomIsLeftToOne: two uploads do not take so much that neither can end.
func TestRoomIsLeftToOne(t *testing.T) {
	r := newRoom(32, 16, 10)
	one, two := r.enter(clientOf(0)), r.enter(clientOf(0))
	for _, bytes := range []int64{2, 4, 6} {
		if !canGrow(one, bytes) || !canGrow(two, bytes) {
			t.Errorf("not %d each", bytes)
		}
	}
	if !canGrow(one, 7) || canGrow(two, 7) {
		t.Error("the second one takes what the first one may need")
	}
	if !canGrow(one, 10) {
		t.Error("the first one cannot end")
	}
	one.complete()
	if canGrow(two, 7) {
		t.Error("more than a client may hold")
	}
	one.leave()
	if !canGrow(two, 10) {
		t.Error("the second one cannot end")
	}
}

// TestRoomLaw: whatever uploads come, from whichever clients and however fast, the bounds hold and all of them end,
// unless one stops for ever.
func TestRoomLaw(t *testing.T) {
	const most, each, largest = 32, 16, 10
	for seed := range uint64(50) {
		synctest.Test(t, func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			r := newRoom(most, each, largest)
			var all sync.WaitGroup
			for range 40 {
				client, size, slowness := clientOf(random.IntN(4)), 1+random.Int64N(largest), time.Duration(random.IntN(5))
				all.Go(func() {
					s := r.enter(client)
					defer s.leave()
					for bytes := int64(1); bytes <= size; bytes++ {
						if err := s.grow(t.Context(), bytes); err != nil {
							t.Error(err)
						}
						r.check(t)
						time.Sleep(slowness * time.Second)
					}
					s.complete()
					time.Sleep(time.Second)
				})
			}
			all.Wait()
			if len(r.portions) > 0 {
				t.Errorf("%d portions are left", len(r.portions))
			}
		})
	}
}

// check checks the bounds.
func (r *room) check(t *testing.T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	sum, of := int64(0), map[netip.Prefix]int64{}
	for _, s := range r.portions {
		sum += s.held
		if of[s.client] += s.held; of[s.client] > r.each {
			t.Errorf("a client holds %d", of[s.client])
		}
	}
	if sum > r.most {
		t.Errorf("all hold %d", sum)
	}
}

// TestWaitForRoomEnds with its context.
func TestWaitForRoomEnds(t *testing.T) {
	r := newRoom(32, 16, 10)
	full := r.enter(clientOf(0))
	full.held = 16
	full.complete()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.enter(clientOf(0)).grow(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
