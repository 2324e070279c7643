package stories

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

// TestDeleteWaitsForNoPhoto: Delete withdraws an article at once while Puts of it wait for the photo, and these Puts
// store nothing. This also holds for an article that was not stored yet.
func TestDeleteWaitsForNoPhoto(t *testing.T) {
	for why, registered := range map[string]bool{"new": false, "registered": true} {
		h := newHouse(t)
		want := store.ErrNotFound
		if registered {
			h.put(t, PutOptions{})
			want = nil
		}
		hold, waiting := make(chan struct{}), make(chan struct{})
		h.source.change(func(s *source) { s.hold, s.waiting = hold, waiting })
		puts := make(chan error, 3)
		put := func() {
			_, err := h.Put(t.Context(), h.story(), PutOptions{})
			puts <- err
		}
		go put()
		<-waiting
		go put()
		go put()
		for h.locks.users("storm-1") < cap(puts) {
			time.Sleep(time.Millisecond)
		}
		if err := h.Delete(t.Context(), "storm-1"); !errors.Is(err, want) {
			t.Errorf("%s: %v", why, err)
		}
		close(hold)
		for range cap(puts) {
			if err := <-puts; !errors.Is(err, store.ErrGone) {
				t.Errorf("%s: a put that was overtaken: %v", why, err)
			}
		}
		if _, err := h.Article(t.Context(), "storm-1"); !errors.Is(err, store.ErrGone) && !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: it is back: %v", why, err)
		}
		if len(h.locks.all) != 0 {
			t.Errorf("%s: %d locks are left", why, len(h.locks.all))
		}
		if r, warnings := h.put(t, PutOptions{}); !r.Created || warnings != "" {
			t.Errorf("%s: put afterwards: %+v", why, r)
		}
	}
}

func (l *locks) users(id string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if lock := l.all[id]; lock != nil {
		return lock.users
	}
	return 0
}

// meanwhile is a store that calls happens once, after Put has chosen a photo and before it stores the article.
type meanwhile struct {
	store.Store
	reads   int
	happens func()
}

func (m *meanwhile) Article(ctx context.Context, id string) (store.Record, error) {
	r, err := m.Store.Article(ctx, id)
	if m.reads++; m.reads == 2 {
		m.happens()
	}
	return r, err
}

// TestChangesDuringAnOutage: after an outage an article keeps the photo that it shows at the time of storing, and not
// one that was replaced or withdrawn meanwhile.
func TestChangesDuringAnOutage(t *testing.T) {
	outage := func(s *source) { s.status = http.StatusServiceUnavailable }
	for why, tt := range map[string]struct {
		happens func(h *house) string
		created bool
	}{
		"replaced": {func(h *house) string {
			h.source.replace(2)
			h.source.change(func(s *source) { s.status = 0 })
			r, _ := h.put(t, PutOptions{})
			h.source.change(outage)
			return r.Record.PhotoID
		}, false},
		"its photo withdrawn": {func(h *house) string {
			if _, err := h.WithdrawPhoto(t.Context(), photoID(1)); err != nil {
				t.Error(err)
			}
			return store.NoPhoto
		}, false},
	} {
		h := newHouse(t)
		first, _ := h.put(t, PutOptions{})
		h.source.change(outage)
		want := first.Record.PhotoID
		h.store = &meanwhile{Store: h.store, happens: func() { want = tt.happens(h) }}
		r, warnings := h.put(t, PutOptions{})
		if want == first.Record.PhotoID || r.Record.PhotoID != want || warnings != "source_unavailable " || r.Created != tt.created {
			t.Errorf("%s: photo %q, want %q; %s", why, r.Record.PhotoID, want, warnings)
		}
	}
}

// TestDeleteInAnotherProcess: a withdrawal by another process holds against a Put that began before it, as one by this
// process does.
func TestDeleteInAnotherProcess(t *testing.T) {
	for why, withdrawn := range map[string]bool{"registered": false, "withdrawn before": true} {
		h := newHouse(t)
		other := h.another(t)
		h.put(t, PutOptions{})
		if withdrawn {
			if err := other.Delete(t.Context(), "storm-1"); err != nil {
				t.Fatal(err)
			}
		}
		hold, waiting := make(chan struct{}), make(chan struct{})
		h.source.change(func(s *source) { s.hold, s.waiting = hold, waiting })
		done := make(chan error, 1)
		go func() {
			_, err := h.Put(t.Context(), h.story(), PutOptions{})
			done <- err
		}()
		<-waiting
		if err := other.Delete(t.Context(), "storm-1"); (err == nil) == withdrawn {
			t.Errorf("%s: %v", why, err)
		}
		close(hold)
		if err := <-done; !errors.Is(err, store.ErrGone) {
			t.Errorf("%s: a put that was overtaken: %v", why, err)
		}
		if _, err := h.Article(t.Context(), "storm-1"); !errors.Is(err, store.ErrGone) {
			t.Errorf("%s: it is back: %v", why, err)
		}
		if r, _ := h.put(t, PutOptions{}); !r.Created {
			t.Errorf("%s: put afterwards: %+v", why, r)
		}
	}
}

// TestStuckSource: a source that answers 304 to any entity tag does not bring back a replaced photo. For an article
// that is new, was withdrawn, or shows another photo, the request carries no validators.
func TestStuckSource(t *testing.T) {
	h := newHouse(t)
	h.source.change(func(s *source) { s.etag, s.stuck = `"1"`, true })
	first, _ := h.put(t, PutOptions{})
	h.source.replace(2)
	if same, _ := h.put(t, PutOptions{}); same.Record.PhotoID != first.Record.PhotoID || h.source.confirmed != 1 {
		t.Errorf("a source is not asked about the photo that is shown: confirmed %d", h.source.confirmed)
	}
	if err := h.Delete(t.Context(), "storm-1"); err != nil {
		t.Fatal(err)
	}
	back, warnings := h.put(t, PutOptions{})
	if back.Record.PhotoID == first.Record.PhotoID || back.Record.PhotoID == "" || warnings != "" || h.source.confirmed != 1 {
		t.Errorf("put after it was withdrawn: %+v", back)
	}
	h.source.replace(3)
	a := h.story()
	a.ID = "storm-2"
	for _, o := range []PutOptions{{DryRun: true}, {}} {
		r, err := h.Put(t.Context(), a, o)
		if err != nil || r.Record.PhotoID == back.Record.PhotoID || r.Record.PhotoID == "" || h.source.confirmed != 1 {
			t.Errorf("another article, dry run %t: %+v, %v", o.DryRun, r, err)
		}
	}
}

// TestManyPutsOfOnePhoto: if many articles with one photo are put at once, all show it, and only one request at a time
// goes to its source.
func TestManyPutsOfOnePhoto(t *testing.T) {
	h := newHouse(t)
	var now, most atomic.Int64
	h.source.arrive = func() {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		time.Sleep(10 * time.Millisecond) // other Puts arrive meanwhile
		now.Add(-1)                       // the next request may arrive as soon as this one is answered
	}
	var all sync.WaitGroup
	for i := range 48 {
		all.Go(func() {
			a := h.story()
			a.ID, a.URL = fmt.Sprint("storm-", i), fmt.Sprint("https://news.example/", i)
			if r, err := h.Put(t.Context(), a, PutOptions{}); err != nil || r.Record.PhotoID == "" || len(lasting(r.Warnings)) != 0 {
				t.Errorf("%d: %+v, %v", i, r, err)
			}
		})
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d fetches at a time", most.Load())
	}
}
