package storetest

import (
	"slices"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

// refused returns a request that is not counted.
func refused(id string, why store.Reason, at time.Time) store.Event {
	return store.Event{Click: store.Click{ArticleID: id, At: at}, Reason: why}
}

// uncounted: each request that is not counted is in one sum, and the raw count is the sum of all.
func uncounted(t *testing.T, open Opener) {
	s := open(t, 5*time.Minute)()
	put(t, s, record("a", "One"))
	put(t, s, record("b", "Two"))
	add := func(id string, why store.Reason, at time.Time, n int) {
		t.Helper()
		if _, err := s.Count(t.Context(), alone(slices.Repeat([]store.Event{refused(id, why, at)}, n)...)); err != nil {
			t.Fatal(err)
		}
	}
	add("a", store.ByCrawler, noon, 3)
	add("a", store.ByCrawler, noon.Add(time.Hour), 2)
	add("a", store.ByRobot, noon, 1)
	add("a", store.Prefetch, noon.Add(-time.Hour), 4)
	add("a", store.NotNavigation, noon, 5)
	add("b", store.ByRobot, noon, 6)
	for range 3 {
		click(t, s, store.Click{ArticleID: "a", At: noon, Visitor: [16]byte{1}})
		click(t, s, store.Click{ArticleID: "a", Target: "mail", At: noon, Visitor: [16]byte{1}})
	}
	over := int(store.NetworkShare.WideFloor) + 7
	taps(t, s, over, store.Click{ArticleID: "b", At: noon, Network: store.Network{Wide: 1}})
	for _, tt := range []struct {
		id    string
		since time.Time
		raw   int64
		want  map[store.Reason]int64
	}{
		{"a", noon.Add(-2 * time.Hour), 21, map[store.Reason]int64{store.ByCrawler: 5, store.ByRobot: 1, store.Prefetch: 4, store.NotNavigation: 5, store.Repeat: 4}},
		{"a", noon, 17, map[store.Reason]int64{store.ByCrawler: 5, store.ByRobot: 1, store.NotNavigation: 5, store.Repeat: 4}},
		{"a", noon.Add(time.Hour), 2, map[store.Reason]int64{store.ByCrawler: 2}},
		{"a", noon.Add(2 * time.Hour), 0, map[store.Reason]int64{}},
		{"b", noon, int64(over) + 6, map[store.Reason]int64{store.ByRobot: 6, store.OverShare: 7}},
	} {
		st, err := s.Stats(t.Context(), tt.id, tt.since)
		if err != nil {
			t.Fatal(err)
		}
		same(t, tt.want, st.Uncounted)
		same(t, tt.raw, st.Raw())
	}
	top, err := s.Top(t.Context(), store.TopQuery{Since: noon.Add(-2 * time.Hour), Now: noon, Limit: 10})
	if err != nil || len(top) != 2 || top[0].Record.Article.ID != "b" || top[0].Clicks != store.NetworkShare.WideFloor ||
		top[1].Clicks != 1 || top[1].Shares != 1 {
		t.Errorf("the top has what was not counted: %+v, %v", top, err)
	}
}
