package stories

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// plain returns an article without a photo.
func plain(headline string) article.Article {
	return article.Article{ID: "storm-1", URL: "https://news.example/storm", Headline: headline}
}

// at returns a time of the CMS.
func at(hour int) time.Time { return time.Date(2026, 11, 23, hour, 0, 0, 0, time.UTC) }

// headline returns the stored headline.
func (h *house) headline(t *testing.T) string {
	t.Helper()
	rec, err := h.Article(t.Context(), "storm-1")
	if err != nil {
		t.Fatal(err)
	}
	return rec.Article.Headline
}

// TestStale: an article that is older than the stored one is refused, unless it is forced.
func TestStale(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		headline string
		hour     int // of updated_at; 0: none
		o        PutOptions
		stale    bool
	}{
		{"first", 12, PutOptions{}, false},
		{"older", 11, PutOptions{}, true},
		{"older, dry run", 11, PutOptions{DryRun: true}, true},
		{"equal", 12, PutOptions{}, false},
		{"newer", 13, PutOptions{}, false},
		{"older, forced", 11, PutOptions{Force: true}, false},
		{"no time", 0, PutOptions{}, false},
		{"any after none", 1, PutOptions{}, false},
	} {
		a := plain(tt.headline)
		if tt.hour > 0 {
			a.UpdatedAt = at(tt.hour).In(time.FixedZone("", 9*60*60))
		}
		_, err := h.Put(t.Context(), a, tt.o)
		if (fault.KindOf(err) == fault.Stale) != tt.stale || err != nil && !tt.stale {
			t.Errorf("%s: %v", tt.headline, err)
		}
		if message := fault.MessageOf(err); tt.stale && (!strings.Contains(message, "2026-11-23T11:00:00Z") || !strings.Contains(message, "2026-11-23T12:00:00Z")) {
			t.Errorf("%s: %s", tt.headline, message)
		}
		if got := h.headline(t); (got == tt.headline) == tt.stale {
			t.Errorf("%s: stored %s", tt.headline, got)
		}
	}
	if err := h.Delete(t.Context(), "storm-1"); err != nil {
		t.Fatal(err)
	}
	old := plain("back")
	old.UpdatedAt = at(0)
	if r, err := h.Put(t.Context(), old, PutOptions{}); err != nil || !r.Created {
		t.Errorf("a withdrawn article that returns: %+v, %v", r, err)
	}
}

// TestStaleInAnotherProcess: an article that becomes stale in the last moment is not stored.
func TestStaleInAnotherProcess(t *testing.T) {
	h := newHouse(t)
	other := h.another(t)
	put := func(h *house, hour int) error {
		a := plain(fmt.Sprint("of ", hour))
		a.UpdatedAt = at(hour)
		_, err := h.Put(t.Context(), a, PutOptions{})
		return err
	}
	for _, meanwhile := range []int{13, 11} { // newer: it wins; older: it is replaced
		db := h.store
		h.store = &beforePut{Store: db, happens: func() {
			if err := put(other, meanwhile); err != nil {
				t.Error(err)
			}
		}}
		err := put(h, 12)
		if (fault.KindOf(err) == fault.Stale) != (meanwhile == 13) {
			t.Errorf("after %d: %v", meanwhile, err)
		}
		if got, want := h.headline(t), fmt.Sprint("of ", max(12, meanwhile)); got != want {
			t.Errorf("after %d: %s", meanwhile, got)
		}
		h.store = db
		if err := h.Delete(t.Context(), "storm-1"); err != nil {
			t.Fatal(err)
		}
	}
}

// TestConditions: Put, Update, Refresh and Delete ask whether the stored article fulfils the condition, and what others
// do in the last moment counts.
func TestConditions(t *testing.T) {
	of := func(revision int64) Condition {
		return func(current store.Record, live bool) bool { return live && current.Revision == revision }
	}
	absent := func(_ store.Record, live bool) bool { return !live }
	change := func(a article.Article) (article.Article, error) {
		a.Headline = "changed"
		return a, nil
	}
	calls := map[string]func(h *house, c Condition) error{
		"put": func(h *house, c Condition) error {
			_, err := h.Put(t.Context(), plain("changed"), PutOptions{If: c})
			return err
		},
		"update": func(h *house, c Condition) error {
			_, err := h.Update(t.Context(), "storm-1", change, PutOptions{If: c})
			return err
		},
		"refresh": func(h *house, c Condition) error {
			_, err := h.Refresh(t.Context(), "storm-1", PutOptions{If: c})
			return err
		},
		"delete": func(h *house, c Condition) error { return h.DeleteIf(t.Context(), "storm-1", c) },
	}
	for name, call := range calls {
		h := newHouse(t)
		first, err := h.Put(t.Context(), plain("first"), PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		seen := first.Record.Revision
		if err := call(h, of(seen+1)); !errors.Is(err, ErrPrecondition) {
			t.Errorf("%s of another revision: %v", name, err)
		}
		if got := h.headline(t); got != "first" {
			t.Errorf("%s of another revision stored %s", name, got)
		}
		if name != "refresh" { // which stores nothing here
			other, db := h.another(t), h.store
			h.store = &beforeChange{Store: db, happens: func() {
				if _, err := other.Put(t.Context(), plain("of another process"), PutOptions{}); err != nil {
					t.Error(err)
				}
			}}
			if err := call(h, of(seen)); !errors.Is(err, ErrPrecondition) || h.headline(t) != "of another process" {
				t.Errorf("%s after a change in the last moment: %v, %s", name, err, h.headline(t))
			}
			h.store = db
			seen++
		}
		if err := call(h, of(seen)); err != nil {
			t.Errorf("%s of this revision: %v", name, err)
		}
	}
	absentThenStored := newHouse(t)
	other, db := absentThenStored.another(t), absentThenStored.store
	absentThenStored.store = &beforeChange{Store: db, happens: func() {
		if _, err := other.Put(t.Context(), plain("of another process"), PutOptions{}); err != nil {
			t.Error(err)
		}
	}}
	if err := calls["delete"](absentThenStored, of(9)); !errors.Is(err, ErrPrecondition) || absentThenStored.headline(t) != "of another process" {
		t.Errorf("delete of what another process stores in the last moment: %v", err)
	}
	h := newHouse(t)
	if err := calls["put"](h, of(1)); !errors.Is(err, ErrPrecondition) {
		t.Errorf("put of what is not there: %v", err)
	}
	for name, want := range map[string]error{"update": store.ErrNotFound, "refresh": store.ErrNotFound, "delete": store.ErrNotFound} {
		if err := calls[name](h, of(1)); !errors.Is(err, want) {
			t.Errorf("%s of what is not there: %v", name, err)
		}
	}
	if err := calls["put"](h, absent); err != nil {
		t.Errorf("a new article: %v", err)
	}
	if err := calls["put"](h, absent); !errors.Is(err, ErrPrecondition) {
		t.Errorf("an article that exists: %v", err)
	}
	if err := h.Delete(t.Context(), "storm-1"); err != nil {
		t.Fatal(err)
	}
	if err := calls["put"](h, absent); err != nil {
		t.Errorf("a withdrawn article: %v", err)
	}
}

// beforeChange is a store that calls happens before the first article is stored or withdrawn.
type beforeChange struct {
	store.Store
	happens func()
}

func (b *beforeChange) once() {
	if happens := b.happens; happens != nil {
		b.happens = nil
		happens()
	}
}

func (b *beforeChange) PutArticle(ctx context.Context, r store.Record, seen store.Seen) (store.Record, bool, error) {
	b.once()
	return b.Store.PutArticle(ctx, r, seen)
}

func (b *beforeChange) DeleteArticle(ctx context.Context, id string, at time.Time, revision int64) error {
	b.once()
	return b.Store.DeleteArticle(ctx, id, at, revision)
}

// TestOneOfManyCreates: of many Puts of one new article in two processes, one finds that it does not exist.
func TestOneOfManyCreates(t *testing.T) {
	h := newHouse(t)
	other := h.another(t)
	errs := make([]error, 8)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			service := []*house{h, other}[i%2]
			_, errs[i] = service.Put(t.Context(), plain(fmt.Sprint(i)), PutOptions{If: func(_ store.Record, live bool) bool { return !live }})
		})
	}
	all.Wait()
	created := 0
	for _, err := range errs {
		if err == nil {
			created++
		} else if !errors.Is(err, ErrPrecondition) {
			t.Error(err)
		}
	}
	if created != 1 {
		t.Errorf("%d of them created it", created)
	}
}

// TestNoUpdateIsLost: of many Updates in two processes each is in the end, as each was made of what was stored.
func TestNoUpdateIsLost(t *testing.T) {
	h := newHouse(t)
	other := h.another(t)
	if _, err := h.Put(t.Context(), plain("Storm"), PutOptions{}); err != nil {
		t.Fatal(err)
	}
	const updates = 6
	var all sync.WaitGroup
	for i := range updates {
		all.Go(func() {
			service, tag := []*house{h, other}[i%2], fmt.Sprint("tag ", i)
			for {
				_, err := service.Update(t.Context(), "storm-1", func(a article.Article) (article.Article, error) {
					a.Tags = append(a.Tags, tag)
					return a, nil
				}, PutOptions{})
				if err == nil {
					return
				}
				if fault.KindOf(err) != fault.Overloaded { // it may be overtaken too often
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if rec, err := h.Article(t.Context(), "storm-1"); err != nil || len(rec.Article.Tags) != updates {
		t.Errorf("%v, %v", rec.Article.Tags, err)
	}
}

// TestUpdateIsBounded: an article that others always change is not asked for again without end.
func TestUpdateIsBounded(t *testing.T) {
	h := newHouse(t)
	if _, err := h.Put(t.Context(), plain("Storm"), PutOptions{}); err != nil {
		t.Fatal(err)
	}
	h.store = always{h.store}
	tries := 0
	_, err := h.Update(t.Context(), "storm-1", func(a article.Article) (article.Article, error) {
		tries++
		return a, nil
	}, PutOptions{})
	if fault.KindOf(err) != fault.Overloaded || tries != updateTries {
		t.Errorf("%d tries, %v", tries, err)
	}
}

// always is a store in which others always change what is to be stored.
type always struct{ store.Store }

func (always) PutArticle(context.Context, store.Record, store.Seen) (store.Record, bool, error) {
	return store.Record{}, false, store.ErrChanged
}

// TestUpdateErrors: what change returns is returned, and its article is checked as that of a Put.
func TestUpdateErrors(t *testing.T) {
	h := newHouse(t)
	a := plain("Storm")
	a.UpdatedAt = at(12)
	if _, err := h.Put(t.Context(), a, PutOptions{}); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("failed")
	for want, change := range map[error]func(article.Article) (article.Article, error){
		failed:           func(a article.Article) (article.Article, error) { return a, failed },
		fault.ErrInvalid: func(a article.Article) (article.Article, error) { a.Headline = ""; return a, nil },
	} {
		if _, err := h.Update(t.Context(), "storm-1", change, PutOptions{}); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
	older := func(a article.Article) (article.Article, error) { a.UpdatedAt = at(11); return a, nil }
	if _, err := h.Update(t.Context(), "storm-1", older, PutOptions{}); fault.KindOf(err) != fault.Stale {
		t.Errorf("an older time: %v", err)
	}
	if r, err := h.Update(t.Context(), "storm-1", older, PutOptions{DryRun: true, Force: true}); err != nil || r.Record.Revision != 0 {
		t.Errorf("a forced dry run: %+v, %v", r, err)
	}
	if err := h.Delete(t.Context(), "storm-1"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Update(t.Context(), "storm-1", older, PutOptions{}); !errors.Is(err, store.ErrGone) {
		t.Errorf("withdrawn: %v", err)
	}
}

// TestBackgroundLeavesRoom: a Put in the background waits for those that draw in the background, and a Put that somebody
// waits for does not.
func TestBackgroundLeavesRoom(t *testing.T) {
	h := newHouse(t)
	for range cap(h.drawing) {
		h.drawing <- struct{}{}
	}
	if _, err := h.Put(t.Context(), plain("now"), PutOptions{}); err != nil {
		t.Error(err)
	}
	var free atomic.Bool
	h.store = &beforeChange{Store: h.store, happens: func() {
		if !free.Load() {
			t.Error("a Put in the background did not wait")
		}
	}}
	done := make(chan error, 1)
	go func() {
		_, err := h.Put(t.Context(), plain("later"), PutOptions{Background: true})
		done <- err
	}()
	for range 100 { // long enough for one that does not wait
		time.Sleep(time.Millisecond)
	}
	free.Store(true)
	<-h.drawing
	if err := <-done; err != nil || h.headline(t) != "later" || len(h.drawing) != cap(h.drawing)-1 {
		t.Errorf("%v, %s, %d drawing", err, h.headline(t), len(h.drawing))
	}
}
