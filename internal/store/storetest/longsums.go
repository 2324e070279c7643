package storetest

import (
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

// longSums: windows up to store.SharpWindow begin with their five minutes, longer ones with their full hour, in the
// statistics of a story and in the top, whatever order the clicks come in.
func longSums(t *testing.T, open Opener) {
	s := open(t, 0)()
	put(t, s, record("a", "One"))
	put(t, s, record("b", "Two"))
	now := noon.Add(47*time.Minute + 11*time.Second)
	const span = 80 * time.Hour
	var times []time.Time
	b := store.Batch{Spool: "one", First: 1}
	send := func(at time.Time) {
		times = append(times, at)
		b.Events = append(b.Events, store.Event{Click: store.Click{ArticleID: "a", At: at}},
			store.Event{Click: store.Click{ArticleID: "a", Target: "mail", At: at}},
			store.Event{Click: store.Click{ArticleID: "b", At: at}})
		if len(b.Events) < 300 {
			return
		}
		if _, err := s.Count(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		b.First, b.Events = b.Last()+1, nil
	}
	for ago := span; ago >= 0; ago -= 7 * time.Minute {
		send(now.Add(-ago))
	}
	for ago := time.Duration(0); ago < span; ago += 41 * time.Minute { // late ones
		send(now.Add(-ago))
	}
	for len(b.Events) > 0 {
		send(now)
	}
	for _, window := range []time.Duration{
		time.Minute, 5 * time.Minute, 33 * time.Minute, time.Hour, 119 * time.Minute, store.SharpWindow,
		store.SharpWindow + store.LongBucket + store.Bucket, 6 * time.Hour, 13 * time.Hour, 24 * time.Hour,
		36*time.Hour + time.Minute, 72 * time.Hour, 30 * 24 * time.Hour,
	} {
		since := now.Add(-window)
		step := store.Bucket
		if window > store.SharpWindow {
			step = store.LongBucket
		}
		var want int64
		for _, at := range times {
			if !at.Before(since.Truncate(step)) {
				want++
			}
		}
		st, err := s.Stats(t.Context(), "a", since)
		if err != nil || st.Clicks != want || st.Shares != want || st.By["mail"] != want {
			t.Errorf("the statistics of %s: %+v, %v; want %d", window, st, err, want)
		}
		top, err := s.Top(t.Context(), store.TopQuery{Since: since, Now: now, Limit: 10})
		if err != nil || len(top) != 2 || top[0].Clicks != want || top[0].Shares != want ||
			top[1].Clicks != want || top[1].Shares != 0 {
			t.Errorf("the top of %s: %+v, %v; want %d", window, top, err, want)
		}
	}
}
