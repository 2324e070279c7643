package links

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// Times and limits of the cached lists.
const (
	listFresh  = 5 * time.Second        // age up to which a list is sent from memory
	listGrace  = 300 * time.Millisecond // how long a request waits for a renewal before it gets the older list
	listStale  = time.Minute            // age from which a request waits up to listWait for a renewal
	listWait   = 10 * time.Second       // maximum wait; the store's query goes on for later requests
	listOld    = 15 * time.Minute       // age from which a list is no longer sent
	listsAsked = 8                      // maximum number of lists that are queried, or wait for the store, at once
	maxLists   = 64                     // maximum number of cached lists
	maxBytes   = 8 << 20                // maximum memory of cached lists, in bytes
	maxTop     = 100                    // maximum number of stories in a list
)

// errListBusy reports that a list takes too long, or that too many different lists are being queried.
var errListBusy = fault.Public(fault.Unavailable, "the list is being counted", "the list is being counted; try again shortly")

// topLists caches the lists of the Top 10. A list may take the store seconds, so each is queried at most once in
// five seconds, however many readers request it. Requests for too many different lists at once are refused;
// this affects only lists that were not requested recently. It is safe for concurrent use.
type topLists struct {
	ask    func(context.Context, store.TopQuery) ([]api.TopStory, error)
	now    func() time.Time
	flight singleflight.Group
	turns  chan struct{} // one element for each list that is being queried

	mu     sync.Mutex
	lists  map[listKey]topList
	bytes  int                 // of the lists
	asking map[*query]struct{} // the queries that run
}

// query is a query of the store that runs.
type query struct {
	began   time.Time
	changed map[string]bool // ids of articles that changed since
}

// listKey identifies a list: the parameters of the request except the number of stories.
type listKey struct {
	window   time.Duration
	by, site string
}

// size returns the approximate memory of a list, in bytes.
func (k listKey) size(stories []api.TopStory) int {
	const overhead, ofStory = 512, 256 // without the strings
	bytes := overhead + len(k.site)
	for _, s := range stories {
		bytes += ofStory + len(s.Id) + len(s.Headline) + len(s.Url) + len(s.ShortUrl) + len(s.Site) + len(s.Image)
	}
	return bytes
}

// newListKey rounds the window up, so that there are few lists: to five minutes for windows up to an hour, to
// hours up to two days, and to days above. It copies the strings, which may be parts of a much longer request.
func newListKey(window time.Duration, by, site string) listKey {
	step := store.Bucket
	switch {
	case window > 48*time.Hour:
		step = 24 * time.Hour
	case window > time.Hour:
		step = time.Hour
	}
	return listKey{(window + step - 1) / step * step, strings.Clone(by), strings.Clone(site)}
}

type topList struct {
	stories []api.TopStory // never changed; the first has rank 1
	at      time.Time      // when it was queried
	used    time.Time      // when it was last sent
	bytes   int            // see listKey.size
}

func newTopLists(ask func(context.Context, store.TopQuery) ([]api.TopStory, error), now func() time.Time) *topLists {
	return &topLists{
		ask: ask, now: now, turns: make(chan struct{}, listsAsked),
		lists: map[listKey]topList{}, asking: map[*query]struct{}{},
	}
}

// get returns the list of the key, with at most maxTop stories. The list is at most listFresh old, unless the
// store is slow or fails. The caller must not modify it. The error is errListBusy if the store takes too long or
// too many different lists are requested, the store's error, or that of ctx.
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

// recall returns the cached list and its age. If there is none, the age is larger than every limit.
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

// renew queries the store for the list and caches it.
func (t *topLists) renew(ctx context.Context, key listKey) (stories []api.TopStory, err error) {
	select {
	case t.turns <- struct{}{}:
		defer func() { <-t.turns }()
	default:
		return nil, errListBusy
	}
	q := t.begin()
	defer func() { t.end(q, key, stories, err) }()
	defer func() { // singleflight runs this in its own goroutine, where a panic would end the process
		if r := recover(); r != nil {
			err = fmt.Errorf("top stories: panic: %v", r)
		}
	}()
	return t.ask(ctx, store.TopQuery{Since: q.began.Add(-key.window), Now: q.began, By: key.by, Site: key.site,
		Limit: maxTop})
}

func (t *topLists) begin() *query {
	q := &query{began: t.now(), changed: map[string]bool{}}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asking[q] = struct{}{}
	return q
}

// end caches the list, unless one of its stories changed while it was being queried.
func (t *topLists) end(q *query, key listKey, stories []api.TopStory, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.asking, q)
	if err == nil && !slices.ContainsFunc(stories, func(s api.TopStory) bool { return q.changed[s.Id] }) {
		t.keep(key, topList{stories: stories, at: q.began, used: q.began, bytes: key.size(stories)})
	}
}

// keep caches a list, and evicts the least recently used ones if there are too many. The caller holds the lock.
func (t *topLists) keep(key listKey, list topList) {
	t.drop(key)
	for len(t.lists) >= maxLists || len(t.lists) > 0 && t.bytes+list.bytes > maxBytes {
		t.drop(t.unused())
	}
	t.lists[key] = list
	t.bytes += list.bytes
}

// unused returns the key of the least recently used list. The caller holds the lock.
func (t *topLists) unused() (oldest listKey) {
	first := true
	for key, list := range t.lists {
		if first || list.used.Before(t.lists[oldest].used) {
			oldest, first = key, false
		}
	}
	return oldest
}

// drop removes a list, if it is cached. The caller holds the lock.
func (t *topLists) drop(key listKey) {
	t.bytes -= t.lists[key].bytes
	delete(t.lists, key)
}

// forget drops each list that contains the article, so that the next request queries the store.
func (t *topLists) forget(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for q := range t.asking {
		q.changed[id] = true
	}
	for key, list := range t.lists {
		if slices.ContainsFunc(list.stories, func(s api.TopStory) bool { return s.Id == id }) {
			t.drop(key)
		}
	}
}

func (k listKey) String() string { return fmt.Sprintf("%d %s %q", k.window, k.by, k.site) }
