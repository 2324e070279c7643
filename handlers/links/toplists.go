package links

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// Times and bounds of the remembered lists.
const (
	listFresh  = 5 * time.Second        // a list is answered from memory
	listGrace  = 300 * time.Millisecond // how long an older one waits to be renewed before it is answered
	listStale  = time.Minute            // after which a reader waits longer for a new one
	listWait   = 10 * time.Second       // the longest wait; the store goes on for the next reader
	listOld    = 15 * time.Minute       // after which it is not answered at all
	listsAsked = 8                      // different lists that are asked of the store, or wait for it, at one time
	maxLists   = 64                     // lists that are remembered
	maxTop     = 100                    // stories of a list
)

// errListBusy says that a list takes too long, or that too many different lists are being made.
var errListBusy = fault.Public(fault.Unavailable, "the list is being counted", "the list is being counted; try again shortly")

// topLists remembers the lists of the Top 10: a list that costs the store seconds is asked for once in
// five, however many readers want it, and too many different lists at one time are refused, which costs only
// those that ask for lists that nobody asked for lately. It is safe for concurrent use.
type topLists struct {
	ask    func(context.Context, store.TopQuery) ([]api.TopStory, error)
	now    func() time.Time
	flight singleflight.Group
	turns  chan struct{} // one for each list that is being asked for

	mu      sync.Mutex
	lists   map[listKey]topList
	asking  int
	changed map[string]bool // ids of the articles that were changed while lists were being asked for
}

// listKey names a list: what is asked, but for the time and the number of stories.
type listKey struct {
	window   time.Duration
	by, site string
}

// newListKey rounds the window up, so that there are few lists: to five minutes up to an hour, to hours up to
// two days, to days from there.
func newListKey(window time.Duration, by, site string) listKey {
	step := store.Bucket
	switch {
	case window > 48*time.Hour:
		step = 24 * time.Hour
	case window > time.Hour:
		step = time.Hour
	}
	return listKey{(window + step - 1) / step * step, by, site}
}

type topList struct {
	stories []api.TopStory // never changed; the first has rank 1
	at      time.Time      // when it was asked for
	used    time.Time      // when it was last answered
}

func newTopLists(ask func(context.Context, store.TopQuery) ([]api.TopStory, error), now func() time.Time) *topLists {
	return &topLists{
		ask: ask, now: now, turns: make(chan struct{}, listsAsked),
		lists: map[listKey]topList{}, changed: map[string]bool{},
	}
}

// get returns the list of the key, of maxTop stories, at most listFresh old unless the store is slow or fails.
// The caller must not change it. Errors: errListBusy where the store takes too long or is asked for too many
// different lists; the store's own; that of ctx.
func (t *topLists) get(ctx context.Context, key listKey) ([]api.TopStory, error) {
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
	waiting, cancel := context.WithTimeoutCause(ctx, wait, errListBusy)
	defer cancel()
	var err error
	select {
	case r := <-renewed:
		if err = r.Err; err == nil {
			return r.Val.([]api.TopStory), nil
		}
	case <-waiting.Done():
		err = context.Cause(waiting)
	}
	if age < listOld {
		return old, nil
	}
	return nil, err
}

// recall returns the remembered list and its age, which is past all bounds where there is none to answer.
func (t *topLists) recall(key listKey) (stories []api.TopStory, age time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	list, known := t.lists[key]
	if known {
		list.used = now
		t.lists[key] = list
	}
	return list.stories, now.Sub(list.at)
}

// renew asks the store for the list and remembers it.
func (t *topLists) renew(ctx context.Context, key listKey) (stories []api.TopStory, err error) {
	select {
	case t.turns <- struct{}{}:
		defer func() { <-t.turns }()
	default:
		return nil, errListBusy
	}
	now := t.began()
	defer func() { t.ended(key, topList{stories: stories, at: now, used: now}, err) }()
	defer func() { // singleflight runs this in a goroutine of its own, where nobody else could recover
		if r := recover(); r != nil {
			err = fmt.Errorf("top stories: panic: %v", r)
		}
	}()
	return t.ask(ctx, store.TopQuery{Since: now.Add(-key.window), Now: now, By: key.by, Site: key.site, Limit: maxTop})
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
	if err == nil && !slices.ContainsFunc(list.stories, func(s api.TopStory) bool { return t.changed[s.Id] }) {
		t.makeRoom(key)
		t.lists[key] = list
	}
	if t.asking--; t.asking == 0 {
		clear(t.changed)
	}
}

// makeRoom evicts the list that nobody asked for longest where there are too many; the lock is held.
func (t *topLists) makeRoom(key listKey) {
	if _, known := t.lists[key]; known || len(t.lists) < maxLists {
		return
	}
	var unused listKey
	first := true
	for key, list := range t.lists {
		if first || list.used.Before(t.lists[unused].used) {
			unused, first = key, false
		}
	}
	delete(t.lists, unused)
}

// forget makes the next request ask the store again for each list in which the article stands.
func (t *topLists) forget(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.asking > 0 {
		t.changed[id] = true
	}
	for key, list := range t.lists {
		if slices.ContainsFunc(list.stories, func(s api.TopStory) bool { return s.Id == id }) {
			delete(t.lists, key)
		}
	}
}

func (k listKey) String() string { return fmt.Sprintf("%d %s %q", k.window, k.by, k.site) }
