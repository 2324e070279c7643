package clicks

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newsroom.example/cards/internal/store"
)

// ledger is a store in memory that fails as the test says.
type ledger struct {
	mu      sync.Mutex
	counted map[string]int64 // by spool
	events  []store.Event
	batches []int
	before  func(store.Batch) error // fails the batch before it is counted
	after   func(store.Batch) error // fails the batch although it is counted
}

func (l *ledger) Count(_ context.Context, b store.Batch) (store.Counted, error) {
	l.mu.Lock()
	before, after := l.before, l.after
	l.mu.Unlock()
	if before != nil {
		if err := before(b); err != nil {
			return store.Counted{}, err
		}
	}
	known := l.add(b)
	if after != nil {
		if err := after(b); err != nil {
			return store.Counted{}, err
		}
	}
	return store.Counted{Known: known}, nil
}

func (l *ledger) add(b store.Batch) (known int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.counted == nil {
		l.counted = map[string]int64{}
	}
	rest, known := b.After(l.counted[b.Spool])
	l.counted[b.Spool] = max(l.counted[b.Spool], b.Last())
	l.events = append(l.events, rest...)
	l.batches = append(l.batches, len(b.Events))
	return known
}

// set changes how the store fails.
func (l *ledger) set(before, after func(store.Batch) error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.before, l.after = before, after
}

func always(err error) func(store.Batch) error { return func(store.Batch) error { return err } }

// has checks that each of the articles was counted so often, and no other.
func (l *ledger) has(t *testing.T, want map[string]int) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	got := map[string]int{}
	for _, e := range l.events {
		got[e.ArticleID]++
	}
	for id := range got {
		if got[id] != want[id] {
			t.Errorf("%s was counted %d times, not %d", id, got[id], want[id])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d articles were counted, not %d", len(got), len(want))
	}
}

// of returns how often the article was counted.
func (l *ledger) of(id string) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.events {
		if e.ArticleID == id {
			n++
		}
	}
	return n
}

func tap(id string) store.Click { return store.Click{ArticleID: id, At: time.Now()} }

var errAway = fmt.Errorf("the database is away: %w", store.ErrUnavailable)

// TestWithoutASpoolAClickIsCountedWhenItsCallerReturns, and callers that come together share transactions.
func TestWithoutASpoolAClickIsCountedWhenItsCallerReturns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		c := Open("", l, nil, nil)
		for i := range 3 {
			if err := c.AddClick(t.Context(), tap("a")); err != nil || len(l.events) != i+1 {
				t.Errorf("%d are counted, %v", len(l.events), err)
			}
		}
		l.set(func(store.Batch) error { time.Sleep(time.Millisecond); return nil }, nil)
		var callers sync.WaitGroup
		for range 2000 {
			callers.Go(func() {
				if err := c.AddClick(t.Context(), tap("b")); err != nil {
					t.Error(err)
				}
			})
		}
		callers.Wait()
		if n := len(l.batches); n > 10 {
			t.Errorf("%d transactions: %v", n, l.batches)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		l.has(t, map[string]int{"a": 3, "b": 2000})
		if err := c.AddClick(t.Context(), tap("c")); !errors.Is(err, errClosed) {
			t.Errorf("after the end: %v", err)
		}
	})
}

// flush waits until what was added is counted.
func flush(t *testing.T, c *Counter) {
	t.Helper()
	if err := c.Flush(t.Context()); err != nil {
		t.Errorf("flush: %v", err)
	}
}

// TestCallersWaitForTheSpoolAlone: a click is in the file when its caller returns, and counted a moment later, or at
// once if somebody asks for the counts. Those of a moment share a transaction.
func TestCallersWaitForTheSpoolAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		c, dir := spooled(t, l)
		synctest.Wait() // it looks for spools first
		for range 30 {
			began := time.Now()
			if err := c.AddClick(t.Context(), tap("a")); err != nil || time.Since(began) > 0 {
				t.Errorf("after %s: %v", time.Since(began), err)
			}
		}
		synctest.Wait()
		l.has(t, map[string]int{})
		after := new(ledger) // of a kill
		if err := Open(crashed(t, dir), after, nil, nil).Close(); err != nil {
			t.Error(err)
		}
		after.has(t, map[string]int{"a": 30})
		time.Sleep(countAfter)
		synctest.Wait()
		l.has(t, map[string]int{"a": 30})
		if err := c.AddClick(t.Context(), tap("b")); err != nil {
			t.Error(err)
		}
		began := time.Now()
		flush(t, c)
		flush(t, c) // nothing waits
		if waited := time.Since(began); waited > 0 {
			t.Errorf("the counts came after %s", waited)
		}
		l.has(t, map[string]int{"a": 30, "b": 1})
		if fmt.Sprint(l.batches) != "[30 1]" {
			t.Errorf("transactions of %v", l.batches)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		if err := c.Flush(t.Context()); !errors.Is(err, errClosed) {
			t.Errorf("after the end: %v", err)
		}
	})
}

// TestAFullBatchIsCountedAtOnce.
func TestAFullBatchIsCountedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		c, _ := spooled(t, l)
		synctest.Wait()
		for range maxBatch {
			if err := c.AddClick(t.Context(), tap("a")); err != nil {
				t.Error(err)
			}
		}
		synctest.Wait()
		l.has(t, map[string]int{"a": maxBatch})
		_ = c.Close()
	})
}

// TestFlushAndAStoreThatFails: who asks for the counts waits for a store that works, and for no other.
func TestFlushAndAStoreThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		l.set(always(errAway), nil)
		c, _ := spooled(t, l)
		if err := c.AddClick(t.Context(), tap("a")); err != nil {
			t.Error(err)
		}
		for range 2 { // when it is tried, and when it is known
			if err := c.Flush(t.Context()); !errors.Is(err, store.ErrDeferred) || !errors.Is(err, errAway) {
				t.Errorf("away: %v", err)
			}
		}
		l.set(func(store.Batch) error { time.Sleep(stuckAfter / 2); return nil }, nil)
		time.Sleep(2 * retryAfter)
		flush(t, c)
		if err := c.AddClick(t.Context(), tap("a")); err != nil {
			t.Error(err)
		}
		short, cancel := context.WithTimeout(t.Context(), stuckAfter/4)
		defer cancel()
		if err := c.Flush(short); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the caller's own limit: %v", err)
		}
		flush(t, c)
		l.has(t, map[string]int{"a": 2})
		_ = c.Close()
	})
}

// TestFlushCountsWhatOthersAdd, however many add clicks meanwhile, and does not wait for what is added later.
func TestFlushCountsWhatOthersAdd(t *testing.T) {
	l := new(ledger)
	c, _ := spooled(t, l)
	var readers sync.WaitGroup
	for i := range 8 {
		readers.Go(func() {
			id := fmt.Sprint("story-", i)
			for n := range 50 {
				if err := c.AddClick(t.Context(), tap(id)); err != nil {
					t.Error(err)
				}
				if err := c.Flush(t.Context()); err != nil {
					t.Error(err)
				}
				if got := l.of(id); got != n+1 {
					t.Errorf("%d are counted of %d", got, n+1)
				}
			}
		})
	}
	readers.Wait()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

// TestAMinuteWithoutTheDatabase: no reader waits after the first failure, the failure is seen, and afterwards each click
// is counted once.
func TestAMinuteWithoutTheDatabase(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		l.set(always(errAway), nil)
		c := Open("", l, nil, nil)
		defer c.Close()
		began := time.Now()
		for range 700 { // more than one batch
			if err := c.AddClick(t.Context(), tap("a")); !errors.Is(err, store.ErrDeferred) {
				t.Fatal(err)
			}
		}
		if waited := time.Since(began); waited != 0 {
			t.Errorf("readers waited %s", waited)
		}
		if err := c.Ping(t.Context()); !errors.Is(err, store.ErrUnavailable) || !strings.Contains(err.Error(), "700 clicks wait") {
			t.Errorf("ping: %v", err)
		}
		time.Sleep(time.Minute)
		l.set(nil, nil)
		time.Sleep(retryAfter)
		synctest.Wait()
		if err := c.Ping(t.Context()); err != nil {
			t.Errorf("ping after it: %v", err)
		}
		if err := c.AddClick(t.Context(), tap("a")); err != nil {
			t.Errorf("after it: %v", err)
		}
		l.has(t, map[string]int{"a": 701})
	})
}

// TestUnknownOutcomes: a batch whose outcome is unknown is sent again with the same numbers, even if others follow.
func TestUnknownOutcomes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		c := Open("", l, nil, nil)
		n := 0
		l.set(nil, func(store.Batch) error {
			if n++; n%2 == 1 {
				return []error{errAway, context.DeadlineExceeded}[n/2%2]
			}
			return nil
		})
		for i := range 40 {
			err := c.AddClick(t.Context(), tap("a"))
			if err != nil && !errors.Is(err, store.ErrDeferred) {
				t.Errorf("click %d: %v", i, err)
			}
			time.Sleep(retryAfter / 3)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		l.has(t, map[string]int{"a": 40})
	})
}

// TestAnEventThatTheStoreRefuses does not keep others from being counted, and its caller learns of it.
func TestAnEventThatTheStoreRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		refused := errors.New("refused")
		l.set(func(b store.Batch) error {
			for _, e := range b.Events {
				if e.ArticleID == "bad" {
					return refused
				}
			}
			return nil
		}, nil)
		c := Open("", l, nil, nil)
		var callers sync.WaitGroup
		for i := range 100 {
			callers.Go(func() {
				id := "good"
				if i%50 == 25 {
					id = "bad"
				}
				if err := c.AddClick(t.Context(), tap(id)); errors.Is(err, refused) != (id == "bad") {
					t.Errorf("%s: %v", id, err)
				}
			})
		}
		callers.Wait()
		if err := errors.Join(c.Ping(t.Context()), c.Close()); err != nil {
			t.Error(err)
		}
		l.has(t, map[string]int{"good": 98})
	})
}

// TestAStoreThatRefusesEverything drops nothing: it is not the event.
func TestAStoreThatRefusesEverything(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		l.set(always(errors.New("no such table")), nil)
		c := Open("", l, nil, nil)
		for range 3 {
			if err := c.AddClick(t.Context(), tap("a")); !errors.Is(err, store.ErrDeferred) {
				t.Error(err)
			}
		}
		if c.Ping(t.Context()) == nil {
			t.Error("it looks well")
		}
		l.set(nil, nil)
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		l.has(t, map[string]int{"a": 3})
	})
}

// TestUncountedRequestsAreCollected for a moment, or until there is a batch of them, or somebody asks for the counts.
func TestUncountedRequestsAreCollected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		c, _ := spooled(t, l)
		defer c.Close()
		synctest.Wait() // it looks for spools first
		add := func(n int) {
			t.Helper()
			for range n {
				if err := c.AddUncounted(store.Uncounted{ArticleID: "a", Reason: store.ByRobot, At: time.Now()}); err != nil {
					t.Error(err)
				}
			}
			synctest.Wait()
		}
		for _, step := range []struct {
			add     int
			wait    time.Duration
			flush   bool
			batches []int
		}{
			{2, countAfter - 1, false, nil},
			{1, 1, false, []int{3}},
			{maxBatch, 0, false, []int{3, maxBatch}},
			{1, 0, true, []int{3, maxBatch, 1}},
		} {
			add(step.add)
			time.Sleep(step.wait)
			if step.flush {
				flush(t, c)
			}
			synctest.Wait()
			l.mu.Lock()
			if fmt.Sprint(l.batches) != fmt.Sprint(step.batches) {
				t.Errorf("%v, want %v", l.batches, step.batches)
			}
			l.mu.Unlock()
		}
		if e := l.events[0]; e.Reason != store.ByRobot || e.ArticleID != "a" || e.At.IsZero() {
			t.Errorf("%+v", e)
		}
	})
}

// TestCallersLeave: a reader who leaves waits no longer, and is counted.
func TestCallersLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		l.set(func(store.Batch) error { time.Sleep(5 * time.Second); return nil }, nil)
		c := Open("", l, nil, nil)
		ctx, cancel := context.WithTimeout(t.Context(), stuckAfter/2)
		defer cancel()
		if err := c.AddClick(ctx, tap("a")); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		if err := c.AddClick(ctx, tap("b")); !errors.Is(err, context.DeadlineExceeded) { // it is not even added
			t.Error(err)
		}
		time.Sleep(5 * time.Second)
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		l.has(t, map[string]int{"a": 1})
	})
}

// TestAStoreThatHangs holds up who asks for the counts for a moment, later ones not at all, and no reader. When it
// answers, nothing was counted twice.
func TestAStoreThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		c, _ := spooled(t, l)
		answers := make(chan struct{})
		l.set(nil, func(store.Batch) error { <-answers; return nil })
		began := time.Now()
		if err := c.AddClick(t.Context(), tap("a")); err != nil || time.Since(began) > 0 {
			t.Errorf("the first reader: after %v, %v", time.Since(began), err)
		}
		if err := c.Flush(t.Context()); !errors.Is(err, store.ErrDeferred) || time.Since(began) != stuckAfter {
			t.Errorf("the counts: after %v, %v", time.Since(began), err)
		}
		began = time.Now()
		deferred(t, c, 10)
		if time.Since(began) > 0 {
			t.Error("readers wait, or the counts do")
		}
		close(answers)
		synctest.Wait()
		l.has(t, map[string]int{"a": 11})
		for range 2 {
			if err := c.AddClick(t.Context(), tap("a")); err != nil {
				t.Error(err)
			}
			flush(t, c)
			time.Sleep(2 * stuckAfter) // no timer of an earlier batch says that the store hangs
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		l.has(t, map[string]int{"a": 13})
	})
}

// TestEventsInMemoryAreBounded: while nothing can be written, a limited number of events waits.
func TestEventsInMemoryAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		l.set(always(errAway), nil)
		c := Open("", l, nil, nil)
		for range maxHeld {
			if err := c.AddUncounted(store.Uncounted{ArticleID: "a", Reason: store.ByRobot}); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.AddClick(t.Context(), tap("a")); !errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrDeferred) {
			t.Errorf("a click more: %v", err)
		}
		if err := c.AddUncounted(store.Uncounted{ArticleID: "a", Reason: store.ByRobot}); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("a request more: %v", err)
		}
		if err := c.Close(); err == nil || !strings.Contains(err.Error(), "100000 clicks are lost") {
			t.Errorf("the end: %v", err)
		}
	})
}

// TestTheEndIsBounded: a store that hangs holds up the end for a moment only.
func TestTheEndIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		l.set(func(store.Batch) error { time.Sleep(time.Hour); return nil }, nil)
		c := Open("", l, nil, nil)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_ = c.AddClick(ctx, tap("a"))
		began := time.Now()
		if err := c.Close(); err == nil {
			t.Error("nothing was lost")
		}
		if waited := time.Since(began); waited != closeTime {
			t.Errorf("it took %s", waited)
		}
		time.Sleep(time.Hour)
	})
}
