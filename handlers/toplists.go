package handlers

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"cards/preview"
	"cards/store"
)

// Times and bounds of the remembered lists.
const (
	listFresh  = 5 * time.Second        // a list is answered from memory
	listGrace  = 300 * time.Millisecond // how long an older one waits to be renewed before it is answered
	listStale  = time.Minute            // after which it is not answered any more
	listWait   = 10 * time.Second       // the longest wait where there is none to answer; the store goes on
	listsAsked = 8                      // different lists that are asked of the store, or wait for it, at one time
	maxLists   = 64                     // lists that are remembered
)

// topLists remembers the lists of the Top 10: a list that costs the store seconds is asked for once in
// five, however many readers want it, and too many different lists at one time are refused. It is safe for
// concurrent use.
type topLists struct {
	ask    func(context.Context, store.TopQuery) ([]store.TopStory, error)
	now    func() time.Time
	flight singleflight.Group
	turns  chan struct{} // one for each list that is being asked for

	mu      sync.Mutex
	lists   map[listKey]topList
	asking  int
	changed map[string]bool // ids of the articles that were changed while lists were being asked for
}

// listKey names a list: what is asked, but for the time.
type listKey struct {
	window   time.Duration
	by, site string
	limit    int
}

type topList struct {
	stories []store.TopStory // never changed
	at      time.Time        // when it was asked for
}

func newTopLists(ask func(context.Context, store.TopQuery) ([]store.TopStory, error), now func() time.Time) *topLists {
	return &topLists{
		ask: ask, now: now, turns: make(chan struct{}, listsAsked),
		lists: map[listKey]topList{}, changed: map[string]bool{},
	}
}

// get returns the list of the key, at most listFresh old unless the store is slow or fails. The caller must
// not change it. Errors: preview.ErrOverloaded where the store takes too long or is asked for too many
// different lists; the store's own; that of ctx.
func (t *topLists) get(ctx context.Context, key listKey) ([]store.TopStory, error) {
	old, age := t.recall(key)
	if age < listFresh {
		return old, nil
	}
	renewed := t.flight.DoChan(key.String(), func() (any, error) {
		return t.renew(context.WithoutCancel(ctx), key)
	})
	wait := listWait
	if age < listStale {
		wait = listGrace
	}
	waiting, cancel := context.WithTimeoutCause(ctx, wait, preview.ErrOverloaded)
	defer cancel()
	var err error
	select {
	case r := <-renewed:
		if err = r.Err; err == nil {
			return r.Val.([]store.TopStory), nil
		}
	case <-waiting.Done():
		err = context.Cause(waiting)
	}
	if age < listStale {
		return old, nil
	}
	return nil, err
}

// recall returns the remembered list and its age, which is past all bounds where there is none to answer.
func (t *topLists) recall(key listKey) (stories []store.TopStory, age time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	list := t.lists[key]
	return list.stories, t.now().Sub(list.at)
}

// renew asks the store for the list and remembers it.
func (t *topLists) renew(ctx context.Context, key listKey) (stories []store.TopStory, err error) {
	select {
	case t.turns <- struct{}{}:
		defer func() { <-t.turns }()
	default:
		return nil, preview.ErrOverloaded
	}
	now := t.began()
	defer func() { t.ended(key, topList{stories, now}, err) }()
	defer func() { // singleflight runs this in a goroutine of its own, where nobody else could recover
		if r := recover(); r != nil {
			err = fmt.Errorf("top stories: panic: %v", r)
		}
	}()
	return t.ask(ctx, store.TopQuery{Since: now.Add(-key.window), Now: now, By: key.by, Site: key.site, Limit: key.limit})
}

func (t *topLists) began() (now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asking++
	return t.now()
}

// ended remembers the answer, unless one of its stories was changed while it was being asked for.
func (t *topLists) ended(key listKey, list topList, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err == nil && !slices.ContainsFunc(list.stories, func(s store.TopStory) bool { return t.changed[s.Record.Article.ID] }) {
		t.makeRoom(key)
		t.lists[key] = list
	}
	if t.asking--; t.asking == 0 {
		clear(t.changed)
	}
}

// makeRoom evicts the oldest list where there are too many; the lock is held.
func (t *topLists) makeRoom(key listKey) {
	if _, known := t.lists[key]; known || len(t.lists) < maxLists {
		return
	}
	var oldest listKey
	first := true
	for key, list := range t.lists {
		if first || list.at.Before(t.lists[oldest].at) {
			oldest, first = key, false
		}
	}
	delete(t.lists, oldest)
}

// forget makes the next request ask the store again for each list in which the article stands.
func (t *topLists) forget(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.asking > 0 {
		t.changed[id] = true
	}
	for key, list := range t.lists {
		if slices.ContainsFunc(list.stories, func(s store.TopStory) bool { return s.Record.Article.ID == id }) {
			delete(t.lists, key)
		}
	}
}

func (k listKey) String() string { return fmt.Sprintf("%d %s %d %q", k.window, k.by, k.limit, k.site) }
