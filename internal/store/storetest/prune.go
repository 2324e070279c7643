package storetest

import (
	"strconv"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

// pruned tests that PruneClicks removes all clicks before a time, more than a store removes in one step, and no
// others.
func pruned(t *testing.T, open Opener) {
	s := open(t, 0)()
	put(t, s, record("storm", "Storm"))
	const old = 2500
	var taps []store.Event
	for i := range old {
		c := store.Click{ArticleID: "storm", Target: strconv.Itoa(i), At: noon.Add(-time.Hour)}
		taps = append(taps, store.Event{Click: c})
	}
	for _, at := range []time.Time{noon.Add(-time.Hour), noon} {
		taps = append(taps, refused("storm", store.ByRobot, at))
	}
	if _, err := s.Count(t.Context(), alone(taps...)); err != nil {
		t.Fatal(err)
	}
	for i, at := range []time.Time{noon.Add(-time.Hour), noon} {
		c := store.Confirmation{ArticleID: "storm", Target: "kakao", At: at, Receipt: strconv.Itoa(i)}
		if _, err := s.ConfirmShare(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
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
