package links

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/store"
)

// slowStore answers each list after a while, and counts what it is asked.
type slowStore struct {
	mu    sync.Mutex
	takes time.Duration
	err   error
	asked int
	most  int // lists that were asked for at one time
	now   int
}

func (s *slowStore) top(_ context.Context, q store.TopQuery) ([]api.TopStory, error) {
	s.mu.Lock()
	s.asked++
	s.now++
	s.most = max(s.most, s.now)
	n, takes, err := s.asked, s.takes, s.err
	s.mu.Unlock()
	time.Sleep(takes)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now--
	if q.By == "panic" {
		panic("lost")
	}
	return []api.TopStory{{Id: "storm-1", Clicks: int64(n)}}, err
}

func (s *slowStore) set(takes time.Duration, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.takes, s.err = takes, err
}

// clicks is the list's only figure: the number of the question that it answers.
func clicks(t *testing.T, lists *topLists, key listKey) int64 {
	t.Helper()
	stories, err := lists.get(t.Context(), key)
	if err != nil || len(stories) != 1 {
		t.Fatalf("%v, %v", stories, err)
	}
	return stories[0].Clicks
}

func TestTopListsAreRemembered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := &slowStore{}
		lists := newTopLists(db.top, time.Now)
		day, hour := listKey{window: 24 * time.Hour}, listKey{window: time.Hour}
		for _, step := range []struct {
			wait  time.Duration
			key   listKey
			takes time.Duration
			err   error
			want  int64
			why   string
		}{
			{0, day, 0, nil, 1, "the first"},
			{listFresh - 1, day, 0, nil, 1, "within five seconds"},
			{0, hour, 0, nil, 2, "another list"},
			{1, day, 0, nil, 3, "after five seconds"},
			{listFresh, day, time.Second, nil, 3, "a slow store: the older list"},
			{time.Second, day, 0, nil, 4, "and then the one that was renewed meanwhile"},
			{listFresh, day, 0, errors.New("disk"), 4, "a store that fails: the older list"},
			{listStale, day, time.Second, nil, 6, "one that is a minute old is waited for"},
			{listStale, day, 0, errors.New("disk"), 6, "but answered where there is no other"},
		} {
			time.Sleep(step.wait)
			db.set(step.takes, step.err)
			if got := clicks(t, lists, step.key); got != step.want {
				t.Errorf("%s: the answer to question %d, want %d", step.why, got, step.want)
			}
		}
		synctest.Wait()
	})
}

// TestASlowListIsThereForTheNextReader: the first is told to come back, and the store is not asked in vain.
func TestASlowListIsThereForTheNextReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := &slowStore{takes: 3 * listWait}
		lists := newTopLists(db.top, time.Now)
		key := listKey{window: 30 * 24 * time.Hour}
		began := time.Now()
		if _, err := lists.get(t.Context(), key); !errors.Is(err, errListBusy) || time.Since(began) != listWait {
			t.Errorf("after %s: %v", time.Since(began), err)
		}
		time.Sleep(2 * listWait)
		synctest.Wait() // the answer comes at this very moment
		if got := clicks(t, lists, key); got != 1 {
			t.Errorf("question %d", got)
		}
		time.Sleep(3 * listWait) // the renewal that it began
	})
}

func TestReadersShareOneQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := &slowStore{takes: 3 * time.Second}
		lists := newTopLists(db.top, time.Now)
		var readers sync.WaitGroup
		for range 100 {
			readers.Go(func() { clicks(t, lists, listKey{window: time.Hour}) })
		}
		readers.Wait()
		if db.asked != 1 {
			t.Errorf("the store was asked %d times", db.asked)
		}
	})
}

func TestTooManyDifferentListsAreRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := &slowStore{takes: 3 * time.Second}
		lists := newTopLists(db.top, time.Now)
		refused := make(chan error, 1000)
		var readers sync.WaitGroup
		for i := range 1000 {
			readers.Go(func() {
				_, err := lists.get(t.Context(), listKey{window: time.Hour, site: fmt.Sprint("site ", i)})
				refused <- err
			})
		}
		readers.Wait()
		close(refused)
		answered := 0
		for err := range refused {
			if err == nil {
				answered++
			} else if !errors.Is(err, errListBusy) {
				t.Error(err)
			}
		}
		if answered != listsAsked || db.most != listsAsked {
			t.Errorf("%d lists were answered, %d at one time", answered, db.most)
		}
	})
}

// TestStrangersTakeNoListFromReaders: who asks for many lists that nobody else asks for neither evicts the
// one that readers ask for nor keeps it from being answered.
func TestStrangersTakeNoListFromReaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := &slowStore{}
		lists := newTopLists(db.top, time.Now)
		readers := listKey{window: 24 * time.Hour}
		clicks(t, lists, readers)
		for i := range 3 * maxLists {
			clicks(t, lists, listKey{window: time.Hour, site: fmt.Sprint("site ", i)})
			time.Sleep(time.Millisecond)
			clicks(t, lists, readers)
		}
		time.Sleep(listStale)
		db.set(5*time.Minute, nil)
		for i := range listsAsked {
			go lists.get(context.Background(), listKey{window: time.Hour, site: fmt.Sprint("slow site ", i)})
		}
		synctest.Wait()
		if got := clicks(t, lists, readers); got != 1 {
			t.Errorf("question %d", got)
		}
		time.Sleep(5 * time.Minute)
	})
}

func TestWindowsAreFew(t *testing.T) {
	few := map[listKey]bool{}
	for window := time.Minute; window <= 30*24*time.Hour; window += time.Minute {
		key := newListKey(window, "", "")
		if key.window < window || key.window > max(2*window, store.Bucket) {
			t.Fatalf("%s becomes %s", window, key.window)
		}
		few[key] = true
	}
	if len(few) > 90 {
		t.Errorf("%d windows", len(few))
	}
	for _, window := range []time.Duration{time.Hour, 24 * time.Hour, 48 * time.Hour, 7 * 24 * time.Hour, 30 * 24 * time.Hour} {
		if key := newListKey(window, "", ""); key.window != window {
			t.Errorf("%s becomes %s", window, key.window)
		}
	}
}

func TestRememberedListsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lists := newTopLists((&slowStore{}).top, time.Now)
		for i := range 3 * maxLists {
			clicks(t, lists, listKey{window: time.Duration(i) * time.Hour})
			time.Sleep(time.Millisecond)
		}
		if _, age := lists.recall(listKey{window: (3*maxLists - 1) * time.Hour}); len(lists.lists) != maxLists || age > time.Second {
			t.Errorf("%d lists, the newest of age %s", len(lists.lists), age)
		}
	})
}

// TestRememberedListsAreBoundedInBytes: long headlines leave room for fewer lists, and the newest stays.
func TestRememberedListsAreBoundedInBytes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stories := make([]api.TopStory, maxTop)
		for i := range stories {
			stories[i].Headline = strings.Repeat("x", maxBytes/maxTop/10)
		}
		lists := newTopLists(func(context.Context, store.TopQuery) ([]api.TopStory, error) { return stories, nil }, time.Now)
		for i := range maxLists {
			key := listKey{window: time.Duration(i) * time.Hour}
			for range 2 { // the second time it replaces itself
				if _, err := lists.get(t.Context(), key); err != nil {
					t.Fatal(err)
				}
				time.Sleep(2 * listFresh)
			}
			sum := 0
			for key, list := range lists.lists {
				sum += key.size(list.stories)
			}
			if _, known := lists.lists[key]; !known || lists.bytes != sum || sum > maxBytes {
				t.Fatalf("%d lists of %d bytes, counted as %d; the newest is there: %t", len(lists.lists), sum, lists.bytes, known)
			}
		}
		if n := len(lists.lists); n != 9 {
			t.Errorf("%d lists of a tenth of the bytes", n)
		}
		synctest.Wait()
	})
}

// TestAChangedStoryIsAskedForAgain: a story that was withdrawn does not stand in a remembered list, nor in
// one that was being asked for when it was.
func TestAChangedStoryIsAskedForAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := &slowStore{}
		lists := newTopLists(db.top, time.Now)
		key := listKey{window: time.Hour}
		clicks(t, lists, key)
		lists.forget("another")
		if got := clicks(t, lists, key); got != 1 {
			t.Errorf("another story was changed: question %d", got)
		}
		lists.forget("storm-1")
		if got := clicks(t, lists, key); got != 2 {
			t.Errorf("the story was changed: question %d", got)
		}
		time.Sleep(listStale)
		db.set(time.Second, nil)
		go lists.get(context.Background(), key)
		synctest.Wait()
		lists.forget("storm-1")
		time.Sleep(2 * time.Second)
		db.set(0, nil)
		if got := clicks(t, lists, key); got != 4 {
			t.Errorf("the story was changed while the list was asked for: question %d", got)
		}
	})
}

func TestAPanicOfTheStoreIsAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lists := newTopLists((&slowStore{}).top, time.Now)
		for range 2 {
			if stories, err := lists.get(t.Context(), listKey{window: time.Hour, by: "panic"}); err == nil {
				t.Errorf("answered %v", stories)
			}
		}
	})
}
