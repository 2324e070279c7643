package storetest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

// numbered returns the events with the numbers from first to last of a spool: each is a click on the story a.
func numbered(spool string, first, last int64) store.Batch {
	b := store.Batch{Spool: spool, First: first}
	for n := first; n <= last; n++ {
		b.Events = append(b.Events, store.Event{Click: store.Click{ArticleID: "a", At: noon}})
	}
	return b
}

// sent sends the batch, and checks how many of its events were known and how many are counted now.
func sent(t *testing.T, s store.Store, b store.Batch, known, counted int) {
	t.Helper()
	done, err := s.Count(t.Context(), b)
	if err != nil || done.Known != known || len(done.Against) != counted {
		t.Errorf("%d to %d of %s: %+v, %v; want %d known and %d counted", b.First, b.Last(), b.Spool, done, err, known, counted)
	}
}

// clicksOf checks how often the story was opened.
func clicksOf(t *testing.T, s store.Store, id string, want int64) {
	t.Helper()
	if st, err := s.Stats(t.Context(), id, noon); err != nil || st.Clicks != want {
		t.Errorf("%d clicks on %s, %v; want %d", st.Clicks, id, err, want)
	}
}

// batchAgain: a batch that is sent again is not counted again, whoever sends it: the same process, another one, or the
// next one.
func batchAgain(t *testing.T, open Opener) {
	again := open(t, 0)
	one, two := again(), again()
	put(t, one, record("a", "One"))
	b := numbered("one", 1, 100)
	sent(t, one, b, 0, 100)
	sent(t, one, b, 100, 0)
	sent(t, two, b, 100, 0)
	for _, s := range []store.Store{one, two} {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	three := again()
	sent(t, three, b, 100, 0)
	clicksOf(t, three, "a", 100)
}

// batchesOverlap: of batches that overlap, each event is counted once; spools have numbers of their own.
func batchesOverlap(t *testing.T, open Opener) {
	s := open(t, 0)()
	put(t, s, record("a", "One"))
	sent(t, s, numbered("one", 1, 3), 0, 3)
	sent(t, s, numbered("one", 2, 5), 2, 2)
	sent(t, s, numbered("one", 1, 2), 2, 0)
	sent(t, s, numbered("one", 5, 5), 1, 0)
	sent(t, s, numbered("two", 1, 4), 0, 4) // the same numbers in another spool
	sent(t, s, numbered("one", 6, 6), 0, 1)
	sent(t, s, numbered("one", 9, 10), 0, 2) // 7 and 8 were damaged, or refused
	sent(t, s, numbered("one", 7, 11), 4, 1)
	sent(t, s, numbered("three", 1_000_000, 1_000_001), 0, 2) // the store is older than the spool
	sent(t, s, numbered("one", 12, 11), 0, 0)                 // no event
	sent(t, s, numbered("one", 5, 4), 0, 0)
	clicksOf(t, s, "a", 5+4+1+2+1+2)
}

// batchOfTwo: of two processes that send the batches of one spool at once, as can be after a crash, each event is
// counted by one. A call that was canceled counts nothing.
func batchOfTwo(t *testing.T, open Opener) {
	again := open(t, 0)
	stores := []store.Store{again(), again()}
	put(t, stores[0], record("a", "One"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := stores[0].Count(ctx, numbered("one", 1, 10)); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Go(func() {
			for first := int64(1); first <= 400; first += 10 {
				if _, err := stores[worker%2].Count(context.Background(), numbered("one", first, first+9)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	clicksOf(t, stores[1], "a", 400)
}

// batchReturns: a batch has clicks and other requests, in any order of time, and the store says of each what it is.
func batchReturns(t *testing.T, open Opener) {
	s := open(t, 5*time.Minute)()
	put(t, s, record("a", "One"))
	put(t, s, record("b", "Two"))
	tap := func(id, target string, at time.Time, visitor byte) store.Event {
		return store.Event{Click: store.Click{ArticleID: id, Target: target, At: at, Visitor: [16]byte{visitor}}}
	}
	later := noon.Add(time.Hour)
	done, err := s.Count(t.Context(), alone(
		tap("a", "", noon, 1), refused("a", store.ByCrawler, noon), tap("a", "", noon, 1), tap("b", "", later, 1),
		tap("a", "mail", noon, 1), tap("b", "", noon, 2), refused("a", store.ByCrawler, later), tap("a", "", later, 1)))
	if err != nil {
		t.Fatal(err)
	}
	against := []store.Reason{"", store.ByCrawler, store.Repeat, "", "", "", store.ByCrawler, ""}
	same(t, store.Counted{Against: against}, done)
	st, err := s.Stats(t.Context(), "a", noon)
	if err != nil {
		t.Fatal(err)
	}
	same(t, store.Stats{Clicks: 2, Shares: 1, By: map[string]int64{"mail": 1}, Confirmed: map[string]int64{},
		Uncounted: map[store.Reason]int64{store.ByCrawler: 2, store.Repeat: 1}}, st)
	clicksOf(t, s, "b", 2)
}

// forgottenSpools: a spool is known as long as one of its events may be in a sum, so that what is counted again after
// that is as old as what was pruned.
func forgottenSpools(t *testing.T, open Opener) {
	s := open(t, 0)()
	put(t, s, record("a", "One"))
	b := numbered("one", 1, 3)
	b.Events[1].At = noon.Add(time.Hour)
	sent(t, s, b, 0, 3)
	for _, before := range []time.Time{noon, noon.Add(time.Hour)} {
		if _, err := s.PruneClicks(t.Context(), before); err != nil {
			t.Fatal(err)
		}
		sent(t, s, b, 3, 0)
	}
	if _, err := s.PruneClicks(t.Context(), noon.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	sent(t, s, b, 0, 3)
}
