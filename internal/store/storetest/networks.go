package storetest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

// taps adds n clicks of different readers of a network, and returns how many were counted.
func taps(t *testing.T, s store.Store, n int, c store.Click) (counted int64) {
	t.Helper()
	for range n {
		if click(t, s, c) {
			counted++
		}
	}
	return counted
}

// networkShares tests what is counted of a network, step by step on one store, beside others.
func networkShares(t *testing.T, open Opener) {
	again := open(t, time.Minute)
	s := again()
	put(t, s, record("a", "One"))
	put(t, s, record("b", "Two"))
	rule := store.NetworkShare
	const many = 100
	wide := func(n uint16) store.Network { return store.Network{Wide: n} }
	both := func(w, n uint16) store.Network { return store.Network{Wide: w, Narrow: n} }
	end := noon.Add(store.ShareWindow)
	for _, step := range []struct {
		why   string
		c     store.Click
		taps  int
		want  int64
		close bool // the store, and open it again
	}{
		{"alone", store.Click{ArticleID: "a", At: noon, Network: wide(1)}, many, rule.WideFloor, false},
		{"alone, later", store.Click{ArticleID: "a", At: end.Add(-time.Millisecond), Network: wide(1)}, 5, 0, false},
		{"after a restart", store.Click{ArticleID: "a", At: noon, Network: wide(1)}, 5, 0, true},
		{"another story", store.Click{ArticleID: "b", At: noon, Network: wide(1)}, many, rule.WideFloor, false},
		{"shares", store.Click{ArticleID: "a", Target: "mail", At: noon, Network: wide(1)}, many, rule.WideFloor, false},
		{"shares of another kind", store.Click{ArticleID: "a", Target: "link", At: noon, Network: wide(1)}, 5, 0, false},
		{"another network", store.Click{ArticleID: "a", At: noon, Network: wide(2)}, many, rule.WideFloor, false},
		{"a narrow network", store.Click{ArticleID: "a", At: noon, Network: both(3, 1)}, many, rule.NarrowFloor, false},
		{"its neighbour", store.Click{ArticleID: "a", At: noon, Network: both(3, 2)}, many, rule.WideFloor - rule.NarrowFloor, false},
		{"a third", store.Click{ArticleID: "a", At: noon, Network: both(3, 3)}, 5, 0, false},
		{"the same numbers elsewhere", store.Click{ArticleID: "a", At: noon, Network: both(store.MaxNetwork, store.MaxNetwork)}, many, rule.NarrowFloor, false},
		{"an unknown network", store.Click{ArticleID: "a", At: noon}, 600, 600, false},
		// The others have 600 + 3 floors and a narrow one now.
		{"with many others", store.Click{ArticleID: "a", At: noon, Network: wide(1)}, many,
			(600+2*rule.WideFloor+rule.NarrowFloor)/rule.WidePart - rule.WideFloor, true},
		{"the next hour", store.Click{ArticleID: "a", At: end, Network: wide(1)}, many, rule.WideFloor, false},
	} {
		if step.close {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = again()
		}
		if got := taps(t, s, step.taps, step.c); got != step.want {
			t.Errorf("%s: %d of %d counted, want %d", step.why, got, step.taps, step.want)
		}
	}
}

// networkSharesOfTwo: two processes on one database count no more of a network than one does, however the clicks are
// distributed.
func networkSharesOfTwo(t *testing.T, open Opener) {
	again := open(t, time.Minute)
	stores := []store.Store{again(), again()}
	put(t, stores[0], record("a", "One"))
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for range 40 {
				c := store.Click{ArticleID: "a", At: noon, Network: store.Network{Wide: 7}}
				if _, err := stores[worker%2].Count(context.Background(), alone(store.Event{Click: c})); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	st, err := stores[1].Stats(t.Context(), "a", noon)
	if err != nil {
		t.Fatal(err)
	}
	same(t, store.NetworkShare.WideFloor, st.Clicks)
	same(t, map[store.Reason]int64{store.OverShare: 320 - store.NetworkShare.WideFloor}, st.Uncounted)
}

// dailyKeys: all processes have the key of a day, and nobody has it on the next.
func dailyKeys(t *testing.T, open Opener) {
	again := open(t, time.Minute)
	one, two := again(), again()
	key := func(s store.Store, at time.Time) [32]byte {
		t.Helper()
		k, err := s.DailyKey(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	night := time.Date(2026, 11, 23, 23, 59, 59, 0, time.UTC)
	first := key(one, night)
	if first == [32]byte{} || key(two, noon) != first || key(one, night.In(time.FixedZone("", 9*3600))) != first {
		t.Error("two keys on one day")
	}
	if err := one.Close(); err != nil {
		t.Fatal(err)
	}
	one = again()
	if key(one, noon) != first {
		t.Error("another key after a restart")
	}
	second := key(two, night.Add(time.Second))
	if second == first || key(one, night.Add(time.Hour)) != second {
		t.Error("the key is the same on the next day, or there are two")
	}
	if key(one, night) != second {
		t.Error("a process whose clock is slow has a key of its own")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := one.DailyKey(ctx, night); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled call: %v", err)
	}
}

// noWindow: without a window every click is counted, whatever the network and the visitor.
func noWindow(t *testing.T, open Opener) {
	s := open(t, 0)()
	put(t, s, record("a", "Storm"))
	visitor := [16]byte{1}
	for n := range 3 * store.NetworkShare.WideFloor {
		if !click(t, s, store.Click{ArticleID: "a", At: noon, Visitor: visitor, Network: store.Network{Wide: 1}}) {
			t.Fatalf("click %d is not counted", n)
		}
	}
}
