package storetest

import (
	"strconv"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

// pruned tests that PruneClicks removes all clicks before a time, more than a store removes in one step, and no
// others.
func pruned(t *testing.T, open Opener) {
	again := open(t, 0)
	s := again()
	put(t, s, record("storm", "Storm"))
	const old = 2500
	var taps sync.WaitGroup // concurrently, since stores commit clicks in groups
	for i := range old {
		taps.Go(func() {
			if _, err := s.AddClick(t.Context(),
				store.Click{ArticleID: "storm", Target: strconv.Itoa(i), At: noon.Add(-time.Hour)}); err != nil {
				t.Error(err)
			}
		})
	}
	taps.Wait()
	for i, at := range []time.Time{noon.Add(-time.Hour), noon} {
		c := store.Confirmation{ArticleID: "storm", Target: "kakao", At: at, Receipt: strconv.Itoa(i)}
		if _, err := s.ConfirmShare(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	for _, at := range []time.Time{noon.Add(-time.Hour), noon} {
		if err := s.AddUncounted(store.Uncounted{ArticleID: "storm", Reason: store.ByRobot, At: at}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil { // stores them
		t.Fatal(err)
	}
	s = again()
	click(t, s, store.Click{ArticleID: "storm", At: noon})
	click(t, s, store.Click{ArticleID: "storm", Target: "mail", At: noon.Add(time.Minute)})
	for _, want := range []int{old + 2, 0} {
		removed, err := s.PruneClicks(t.Context(), noon)
		if err != nil || removed != want {
			t.Errorf("removed %d, %v; want %d", removed, err, want)
		}
	}
	sums, err := s.Stats(t.Context(), "storm", noon.Add(-24*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	same(t, store.Stats{Clicks: 1, Shares: 1, By: map[string]int64{"mail": 1},
		Confirmed: map[string]int64{"kakao": 1}, Uncounted: map[store.Reason]int64{store.ByRobot: 1}}, sums)
}
